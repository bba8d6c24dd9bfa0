package answer

import (
	"context"
	"slices"

	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/view"
)

// SearchFilter says which records a search looks through.
type SearchFilter struct {
	Kinds                                 []record.Kind
	Forms                                 []record.Form
	Boroughs, Leads, Partners, Projects   []string
	People, Authors, Roles, Themes, Years []string
	From, To                              record.PartialDate
}

// SearchResult is a page of hits.
type SearchResult struct {
	Connection[Node]
	in      Reader
	request view.Request
	found   view.Result
}

// snippetsPerHit is how many passages show why a record was found.
const snippetsPerHit = 3

// maxQuery is the most bytes of a search.
const maxQuery = 10_000

// SearchWants is what of an answer is asked for and costs something: the rest is
// not worked out.
type SearchWants struct {
	Snippets, Why bool
	Facets        []index.Key // to be counted with the search …
	Values        int         // … and how many values of each
}

// Search finds records in an order.
func (r Reader) Search(ctx context.Context, query string, f *SearchFilter, o index.Order, p Page, wants SearchWants) (*SearchResult, error) {
	if err := PageSize(p.First); err != nil {
		return nil, err
	}
	if len(query) > maxQuery {
		return nil, record.Invalid("query", "%d bytes are more than the %d allowed", len(query), maxQuery)
	}
	q := view.Request{Text: query, First: p.First, Order: o, Explain: wants.Why}
	if wants.Snippets {
		q.Snippets = snippetsPerHit
	}
	if PageSize(wants.Values) == nil { // a wrong number is refused where the facets are made
		q.Facets, q.Values = wants.Facets, wants.Values
	}
	if f != nil {
		q.Kinds, q.Forms, q.From, q.To, q.Choices = f.Kinds, f.Forms, f.From, f.To, f.choices()
	}
	if p.After != nil {
		q.After = *p.After
	}
	found, err := r.View.Search(ctx, r.Lens, q)
	if err != nil {
		return nil, err
	}
	s := &SearchResult{in: r, request: q, found: found}
	for _, hit := range found.Hits {
		s.edges = append(s.edges, Edge[Node]{hit.Cursor, r.wrap(hit.Node)})
	}
	s.around(q.After, found.HasNext)
	return s, nil
}

// choices are the restrictions of the filter that go by a key.
func (f *SearchFilter) choices() (list []index.Choice) {
	for _, c := range []index.Choice{
		{Key: index.ByBorough, Values: f.Boroughs}, {Key: index.ByLead, Values: f.Leads}, {Key: index.ByPartner, Values: f.Partners},
		{Key: index.ByProject, Values: f.Projects}, {Key: index.ByPerson, Values: f.People}, {Key: index.ByAuthor, Values: f.Authors},
		{Key: index.ByRole, Values: f.Roles}, {Key: index.ByTheme, Values: f.Themes}, {Key: index.ByYear, Values: f.Years},
	} {
		if len(c.Values) > 0 {
			list = append(list, c)
		}
	}
	return list
}

// Facets counts the results by what they have.
func (s *SearchResult) Facets(ctx context.Context, keys []index.Key, first int) ([]view.Facet, error) {
	if err := PageSize(first); err != nil {
		return nil, err
	}
	q := s.request
	if first == q.Values && slices.Equal(keys, q.Facets) {
		return s.found.Facets, nil
	}
	q.First, q.After, q.Snippets, q.Explain, q.Facets, q.Values = 1, "", 0, false, keys, first
	found, err := s.in.View.Search(ctx, s.in.Lens, q)
	return found.Facets, err
}

// Restated is what was asked, in plain English.
func (s *SearchResult) Restated() string { return s.found.Restated }

// Ignored is what of the query was left out.
func (s *SearchResult) Ignored() []string { return append([]string{}, s.found.Ignored...) }

// DidYouMean is the query with a word spelt otherwise.
func (s *SearchResult) DidYouMean() *string { return filled(s.found.DidYouMean) }

// Refreshed tells whether results have changed since the page before.
func (s *SearchResult) Refreshed() bool { return s.found.Refreshed }

// SearchHint is a word to leave out.
type SearchHint struct {
	Drop       string
	TotalCount int
}

// Instead is which words to leave out where nothing was found.
func (s *SearchResult) Instead() []SearchHint {
	list := make([]SearchHint, len(s.found.Instead))
	for i, hint := range s.found.Instead {
		list[i] = SearchHint{hint.Drop, hint.Total}
	}
	return list
}

// Suggestion is a record that what is being typed may go on to.
type Suggestion struct {
	in    Reader
	found view.Suggestion
}

// maxSuggestions is the most records of a kind that are suggested.
const maxSuggestions = 20

// Suggest completes what is being typed.
func (r Reader) Suggest(ctx context.Context, typed string, kinds []record.Kind, first int) ([]Suggestion, error) {
	if first < 1 || first > maxSuggestions {
		return nil, record.Invalid("first", "%d is not between 1 and %d", first, maxSuggestions)
	}
	found, err := r.View.Suggest(ctx, r.Lens, typed, kinds, first)
	list := make([]Suggestion, len(found))
	for i, s := range found {
		list[i] = Suggestion{r, s}
	}
	return list, err
}

// Node is the record.
func (s Suggestion) Node() Node { return s.in.wrap(s.found.Node) }

// Text is its name.
func (s Suggestion) Text() string { return s.found.Node.Name }

// Alias is the other name that fits.
func (s Suggestion) Alias() *string { return filled(s.found.Alias) }

// Typo tells whether a letter or two differ.
func (s Suggestion) Typo() bool { return s.found.Typo }

// TotalCount is of all records that fit.
func (s *SearchResult) TotalCount() int { return s.found.Total }

// SearchEdge is a record found, with why.
type SearchEdge struct {
	Edge[Node]
	Score    float64
	Snippets []Snippet
	Why      []string
}

// Edges is the page with cursors, scores and snippets.
func (s *SearchResult) Edges() []SearchEdge {
	list := make([]SearchEdge, len(s.edges))
	for i, e := range s.edges {
		hit := s.found.Hits[i]
		list[i] = SearchEdge{e, hit.Score, make([]Snippet, len(hit.Snippets)), append([]string{}, hit.Why...)}
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

// Pieces is the passage cut at its marks, with "…" where its sentence goes on.
func (s Snippet) Pieces() []SnippetPiece {
	list := Pieces(s.Text, s.Marks)
	if s.CutBefore {
		list = slices.Insert(list, 0, SnippetPiece{Text: "… "})
	}
	if s.CutAfter {
		list = append(list, SnippetPiece{Text: " …"})
	}
	return list
}

// Pieces cuts a text at its marks, which are in order; one that lies in another, or
// beyond the text, does not count.
func Pieces(text string, marks []record.Span) []SnippetPiece {
	var list []SnippetPiece
	add := func(from, to int, match bool) {
		if from < to {
			list = append(list, SnippetPiece{text[from:to], match})
		}
	}
	at := 0
	for _, mark := range marks {
		if mark.Start < at || mark.End > len(text) {
			continue
		}
		add(at, mark.Start, false)
		add(mark.Start, mark.End, true)
		at = mark.End
	}
	add(at, len(text), false)
	return list
}
