package index

import (
	"context"
	"slices"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	api "github.com/blevesearch/bleve_index_api"
)

// finder makes the searchers of one query's parts.
type finder struct {
	s     *Snapshot
	scope *Scope
	fixed bool // corrections count as well
}

// search finds what has the part, or lacks it where the part says so.
func (f finder) search(ctx context.Context, n *node) (search.Searcher, error) {
	switch n.op {
	case isAll:
		return f.s.every(nil), nil
	case isNothing:
		return searcher.NewMatchNoneSearcher(f.s.reader)
	case isField:
		return f.s.every(func(seg *segment, i int) bool { return n.field.choice.admits(f.scope, seg, i) }), nil
	case isClause:
		return f.clause(ctx, n.clause)
	case orOf:
		return f.any(ctx, n.kids)
	case mostOf:
		list := &mostFinder{least: most(len(n.kids))}
		for _, kid := range n.kids {
			s, err := f.search(ctx, kid)
			if err != nil {
				list.Close()
				return nil, err
			}
			list.add(s, 1)
		}
		return list, nil
	case notOf:
		return f.all(ctx, []*node{n})
	}
	return f.all(ctx, n.kids)
}

// any finds what has one of the parts.
func (f finder) any(ctx context.Context, kids []*node) (search.Searcher, error) {
	best := &bestField{}
	for _, kid := range kids {
		s, err := f.search(ctx, kid)
		if err != nil {
			best.Close()
			return nil, err
		}
		best.add(s, 1)
	}
	return best, nil
}

// all finds what has every part, and nothing that is behind a NOT.
func (f finder) all(ctx context.Context, kids []*node) (found search.Searcher, err error) {
	var having, lacking []search.Searcher
	defer func() {
		if err != nil {
			for _, s := range append(having, lacking...) {
				s.Close()
			}
		}
	}()
	for _, kid := range kids {
		list, one := &having, kid
		if kid.op == notOf {
			list, one = &lacking, kid.kids[0]
		}
		s, err := f.search(ctx, one)
		if err != nil {
			return nil, err
		}
		*list = append(*list, s)
	}
	switch len(having) {
	case 0:
		found = f.s.every(nil)
	case 1:
		found = having[0]
	default:
		if found, err = searcher.NewConjunctionSearcher(ctx, f.s.reader, having, search.SearcherOptions{}); err != nil {
			return nil, err
		}
	}
	for _, s := range lacking {
		found = &without{Searcher: found, not: s}
	}
	return found, nil
}

// clause looks for a word or phrase in every field.
func (f finder) clause(ctx context.Context, c *clause) (search.Searcher, error) {
	best := &bestField{}
	add := func(text string, part float64) error {
		for i := range fields {
			s, rarity, err := clause{text: text}.searchIn(ctx, f.scope, &fields[i], search.SearcherOptions{})
			if err != nil {
				return err
			}
			best.add(s, part*fields[i].weight*rarity)
		}
		return nil
	}
	err := add(c.text, 1)
	for _, text := range f.others(c) {
		if err == nil {
			err = add(text, lesser)
		}
	}
	if err != nil {
		best.Close()
		return nil, err
	}
	return best, nil
}

// others are what counts as the clause, beside itself.
func (f finder) others(c *clause) []string {
	list := c.endings
	if f.fixed {
		list = slices.Concat(list, c.fixes, c.starts)
	}
	return list
}

// searchIn looks for the clause in one field; rarity is what its score is still to
// be multiplied by.
func (c clause) searchIn(ctx context.Context, sc *Scope, f *field, options search.SearcherOptions) (found search.Searcher, rarity float64, err error) {
	reader := sc.snapshot.reader
	terms := f.words.terms(c.text)
	switch len(terms) {
	case 0:
		found, err = searcher.NewMatchNoneSearcher(reader)
		return found, 1, err
	case 1:
		if rarity, err = sc.rarity(ctx, f.name, terms[0], documentsOf(ctx)); err != nil {
			return nil, 0, err
		}
		found, err = searcher.NewTermSearcher(ctx, reader, terms[0], f.name, 1, options)
		return found, rarity, err
	}
	found, err = newPhrase(ctx, sc, terms, f.name, options.IncludeTermVectors)
	return found, 1, err
}

// documentsOf is how many documents the scores of a context are made for.
func documentsOf(ctx context.Context) uint64 {
	stats, ok := ctx.Value(search.BM25StatsKey).(*search.BM25Stats)
	if !ok {
		return 0
	}
	return uint64(stats.DocCount)
}

// scoring makes Bleve score with BM25 and the usual lengths of mapping.go.
func scoring(ctx context.Context, documents uint64) context.Context {
	stats := &search.BM25Stats{DocCount: float64(documents), FieldCardinality: map[string]int{}}
	for _, f := range fields {
		stats.FieldCardinality[f.name] = f.usual * int(documents)
	}
	ctx = context.WithValue(ctx, search.BM25StatsKey, stats)
	return context.WithValue(ctx, search.GetScoringModelCallbackKey,
		search.GetScoringModelCallbackFn(func() string { return api.BM25Scoring }))
}
