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
}

func newPhrase(ctx context.Context, reader api.IndexReader, terms []string, field string) (search.Searcher, error) {
	options := search.SearcherOptions{IncludeTermVectors: true}
	var all []search.Searcher
	seen := map[string]bool{}
	for _, term := range terms {
		if seen[term] {
			continue
		}
		seen[term] = true
		s, err := searcher.NewTermSearcher(ctx, reader, term, field, 1, options)
		if err != nil {
			for _, s := range all {
				s.Close()
			}
			return nil, err
		}
		word := &bestField{}
		word.add(s, 1)
		all = append(all, word)
	}
	every, err := searcher.NewConjunctionSearcher(ctx, reader, all, options)
	return &phrase{every, terms}, err
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

// locations are those that make up the phrase, wherever it is.
func (p *phrase) locations(all []search.FieldTermLocation) []search.FieldTermLocation {
	type position struct{ value, word uint64 }
	at := make(map[position]int, len(all))
	for i, l := range all {
		at[position{valueOf(l.Location), l.Location.Pos}] = i
	}
	var found []search.FieldTermLocation
	for _, l := range all {
		if l.Term != p.terms[0] {
			continue
		}
		begun := len(found)
		for k, term := range p.terms {
			i, ok := at[position{valueOf(l.Location), l.Location.Pos + uint64(k)}]
			if !ok || all[i].Term != term {
				found = found[:begun]
				break
			}
			part := all[i]
			part.Location.ArrayPositions = slices.Clone(part.Location.ArrayPositions) // Bleve uses them again
			found = append(found, part)
		}
	}
	if len(found) == 0 {
		return nil
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
