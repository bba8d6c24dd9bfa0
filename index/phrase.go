package index

import (
	"context"
	"slices"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	api "github.com/blevesearch/bleve_index_api"
)

// phrase finds the documents that have some words next to each other in a
// field; its score is the sum of theirs. Bleve's own phrase searcher compares
// every place of a word with every place of the next, which takes minutes on a
// text that says one word ten thousand times.
type phrase struct {
	search.Searcher // finds the documents that have all the words
	terms           []string
	everywhere      bool // whether all its places are wanted
}

func newPhrase(ctx context.Context, sc *Scope, terms []string, field string, everywhere bool) (search.Searcher, error) {
	reader := sc.snapshot.reader
	options := search.SearcherOptions{IncludeTermVectors: true}
	var all []search.Searcher
	seen := map[string]bool{}
	for _, term := range terms {
		if seen[term] {
			continue
		}
		seen[term] = true
		rarity, err := sc.rarity(ctx, field, term, documentsOf(ctx))
		var s search.Searcher
		if err == nil {
			s, err = searcher.NewTermSearcher(ctx, reader, term, field, 1, options)
		}
		if err != nil {
			for _, s := range all {
				s.Close()
			}
			return nil, err
		}
		word := &bestField{}
		word.add(s, rarity)
		all = append(all, word)
	}
	every, err := searcher.NewConjunctionSearcher(ctx, reader, all, options)
	return &phrase{every, terms, everywhere}, err
}

// Next is the next document with the phrase.
func (p *phrase) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	m, err := p.Searcher.Next(ctx)
	return p.check(ctx, m, err)
}

// Advance is the first document from id on with the phrase.
func (p *phrase) Advance(ctx *search.SearchContext, id api.IndexInternalID) (*search.DocumentMatch, error) {
	m, err := p.Searcher.Advance(ctx, id)
	return p.check(ctx, m, err)
}

// check goes on from m until a document has the phrase. What is kept of its
// locations is the phrase.
func (p *phrase) check(ctx *search.SearchContext, m *search.DocumentMatch, err error) (*search.DocumentMatch, error) {
	for ; err == nil && m != nil; m, err = p.Searcher.Next(ctx) {
		if found := p.locations(m.FieldTermLocations); found != nil {
			m.FieldTermLocations = found
			return m, nil
		}
		ctx.DocumentMatchPool.Put(m)
	}
	return nil, err
}

// locations are those that make up the phrase: wherever it is, each once, or
// where it is first found.
func (p *phrase) locations(all []search.FieldTermLocation) []search.FieldTermLocation {
	type position struct{ value, word uint64 }
	at := make(map[position]int, len(all))
	for i, l := range all {
		at[position{valueOf(l.Location), l.Location.Pos}] = i
	}
	taken := make([]bool, len(all))
	run := make([]int, len(p.terms))
	var found []search.FieldTermLocation
	for i, l := range all {
		if l.Term != p.terms[0] {
			continue
		}
		run = append(run[:0], i)
		for k, term := range p.terms[1:] {
			next, ok := at[position{valueOf(l.Location), l.Location.Pos + uint64(k) + 1}]
			if !ok || all[next].Term != term {
				break
			}
			run = append(run, next)
		}
		if len(run) < len(p.terms) {
			continue
		}
		for _, j := range run {
			if !taken[j] {
				taken[j] = true
				part := all[j]
				part.Location.ArrayPositions = slices.Clone(part.Location.ArrayPositions) // Bleve uses them again
				found = append(found, part)
			}
		}
		if !p.everywhere {
			break
		}
	}
	return found
}

// valueOf says which value of the field (which alias) a location is in.
func valueOf(l search.Location) uint64 {
	if len(l.ArrayPositions) == 0 {
		return 0
	}
	return l.ArrayPositions[0]
}
