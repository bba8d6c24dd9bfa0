package answer

import (
	"context"

	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/view"
)

// SearchFilter says which records a search looks through.
type SearchFilter struct {
	Kinds []record.Kind
	Forms []record.Form
}

// SearchResult is a page of hits.
type SearchResult struct {
	Connection[Node]
	found view.Result
}

// snippetsPerHit is how many passages show why a record was found.
const snippetsPerHit = 3

// maxQuery is the most bytes of a search.
const maxQuery = 500

// Search finds records, best first.
func (r Reader) Search(ctx context.Context, query string, f *SearchFilter, p Page) (*SearchResult, error) {
	if err := PageSize(p.First); err != nil {
		return nil, err
	}
	if len(query) > maxQuery {
		return nil, record.Invalid("query", "%d bytes are more than the %d allowed", len(query), maxQuery)
	}
	q := view.Request{Text: query, First: p.First, Snippets: snippetsPerHit}
	if f != nil {
		q.Kinds, q.Forms = f.Kinds, f.Forms
	}
	if p.After != nil {
		q.After = *p.After
	}
	found, err := r.View.Search(ctx, r.Lens, q)
	if err != nil {
		return nil, err
	}
	s := &SearchResult{found: found}
	for _, hit := range found.Hits {
		s.edges = append(s.edges, Edge[Node]{hit.Cursor, r.wrap(hit.Node)})
	}
	s.around(q.After, found.HasNext)
	return s, nil
}

// TotalCount is of all records that fit.
func (s *SearchResult) TotalCount() int { return s.found.Total }

// SearchEdge is a record found, with why.
type SearchEdge struct {
	Edge[Node]
	Score    float64
	Snippets []Snippet
}

// Edges is the page with cursors, scores and snippets.
func (s *SearchResult) Edges() []SearchEdge {
	list := make([]SearchEdge, len(s.edges))
	for i, e := range s.edges {
		hit := s.found.Hits[i]
		list[i] = SearchEdge{e, hit.Score, make([]Snippet, len(hit.Snippets))}
		for j, snippet := range hit.Snippets {
			list[i].Snippets[j] = Snippet{snippet}
		}
	}
	return list
}

// Snippet is a passage that shows why a record was found.
type Snippet struct{ index.Snippet }

// Span is where the passage stands in the body of the text.
func (s Snippet) Span() *record.Span { return known(s.Snippet.Span) }

// SnippetPiece is a part of a snippet that is, or is not, a word of the query.
type SnippetPiece struct {
	Text  string
	Match bool
}

// Pieces is the passage cut at its marks, which are in order.
func (s Snippet) Pieces() []SnippetPiece {
	var list []SnippetPiece
	add := func(from, to int, match bool) {
		if from < to {
			list = append(list, SnippetPiece{s.Text[from:to], match})
		}
	}
	at := 0
	for _, mark := range s.Marks {
		if mark.Start < at || mark.End > len(s.Text) {
			continue
		}
		add(at, mark.Start, false)
		add(mark.Start, mark.End, true)
		at = mark.End
	}
	add(at, len(s.Text), false)
	return list
}
