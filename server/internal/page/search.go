package page

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/server/internal/answer"
	"lotigraph/view"
)

// Search is the page of results.
type Search struct {
	Typed    string // as it was typed
	Restated string // as it was understood
	Total    int
	Results  []Result
	Facets   []Facet
	Chosen   []Choice // every restriction, each with the way out of it
	Orders   []Option
	From, To string // days, as they were typed
	Kept     []Pair // what the form carries along

	Answer     *Answer // to a question that was typed, nil for none
	Ignored    []string
	DidYouMean *Place
	Instead    []Instead
	Refreshed  bool
	Next       string // "" on the last page
	First      string // "" on the first page
}

// Result is a record that was found.
type Result struct {
	Place
	Facts    []string // date, byline …
	Summary  string
	Passages []Passage
	Why      []string
}

// Passage is a piece of text with the words that matched.
type Passage struct {
	Pieces []Piece
	Href   string // to the passage in its text, "" where it is no text
}

// Piece is a part of a passage that did or did not match.
type Piece = answer.SnippetPiece

// Facet is what the results have of one key.
type Facet struct {
	Key, Title string
	Values     []Option
	More       int    // values left out
	All        string // shows those too
	Open       bool   // whether it is shown unfolded
}

// Option is a value to choose, or that is chosen.
type Option struct {
	Label  string
	Count  string
	Href   string // makes the choice, or takes it back
	Value  string
	Chosen bool
}

// Choice is a restriction in force.
type Choice struct{ Label, Href string }

// Instead is what a query without one of its parts would find.
type Instead struct {
	Drop  string
	Found string
	Href  string
}

// allParam names, in an address, the facets of which every value is shown.
const allParam = "all"

// The page's sizes.
const (
	resultsPerPage = 20
	facetValues    = 8
	passages       = 2
	unfolded       = 3      // facets shown open
	maxTyped       = 10_000 // bytes
)

// facets are the keys that the page counts by, in its order, and their titles.
var facets = []struct {
	key   index.Key
	title string
}{
	{index.ByKind, "Kind"}, {index.ByBorough, "Borough"}, {index.ByProject, "Project"}, {index.ByPartner, "Partner"},
	{index.ByPerson, "Person"}, {index.ByTheme, "Theme"}, {index.ByYear, "Year"}, {index.ByRole, "Role"}, {index.ByLead, "Lead borough"},
	{index.ByAuthor, "Author"}, {index.ByForm, "Form of text"},
}

// orders are the orders of results, as addresses and the page call them.
var orders = []struct {
	value, label string
	order        index.Order
}{
	{"", "Most relevant", index.BestFirst}, {"newest", "Newest", index.NewestFirst}, {"oldest", "Oldest", index.OldestFirst}, {"name", "Name", index.NameOrder},
}

// SearchRequest reads a search from an address: q, a parameter for each facet
// (as often as needed), from, to, order and after. What is not among them, such
// as the lens, is somebody else's.
func SearchRequest(q url.Values) (r view.Request, err error) {
	r = view.Request{Text: q.Get("q"), After: q.Get("after"), First: resultsPerPage, Snippets: passages, Explain: true}
	if len(r.Text) > maxTyped {
		return r, record.Invalid("q", "%d bytes are more than the %d that a search may have", len(r.Text), maxTyped)
	}
	for _, f := range facets {
		values := chosen(q, f.key)
		switch {
		case len(values) == 0:
		case f.key == index.ByKind:
			r.Kinds, err = parseAll(param(f.key), values, record.ParseKind)
		case f.key == index.ByForm:
			r.Forms, err = parseAll(param(f.key), values, record.ParseForm)
		default:
			r.Choices = append(r.Choices, index.Choice{Key: f.key, Values: values})
		}
		if err != nil {
			return r, err
		}
	}
	for name, day := range map[string]*record.PartialDate{"from": &r.From, "to": &r.To} {
		if text := strings.TrimSpace(q.Get(name)); text != "" {
			if *day, err = record.ParsePartialDate(text); err != nil {
				return r, record.Under(name, err)
			}
		}
	}
	for _, o := range orders {
		if o.value == q.Get("order") {
			r.Order = o.order
			return r, nil
		}
	}
	return r, record.Invalid("order", "%q is no order; there are newest, oldest and name, and none for the most relevant first", q.Get("order"))
}

// chosen are the values of a key in an address.
func chosen(q url.Values, k index.Key) []string {
	return slices.DeleteFunc(slices.Clone(q[param(k)]), func(v string) bool { return strings.TrimSpace(v) == "" })
}

// param is what a key is called in an address.
func param(k index.Key) string { return strings.ToLower(k.String()) }

// Search is what an address asks for.
func (r Reader) Search(ctx context.Context, q url.Values) (Search, error) {
	request, err := SearchRequest(q)
	if err != nil {
		return Search{}, err
	}
	for _, f := range facets {
		request.Facets = append(request.Facets, f.key)
	}
	if request.Values = facetValues; len(q[allParam]) > 0 {
		request.Values = 0
	}
	found, err := r.View.Search(ctx, r.Lens, request)
	if err != nil {
		return Search{}, err
	}
	at := address{r, "/search", clean(q)}
	s := Search{Typed: request.Text, Restated: shortened(found.Restated), Total: found.Total, Ignored: found.Ignored, Refreshed: found.Refreshed,
		From: q.Get("from"), To: q.Get("to"), Kept: at.kept("q")}
	for _, hit := range found.Hits {
		one := r.result(hit)
		if strings.TrimSpace(request.Text) == "" {
			one.Why = nil // there is nothing to say of what was not asked for
		}
		s.Results = append(s.Results, one)
	}
	s.facets(ctx, at, found.Facets)
	for _, o := range orders {
		s.Orders = append(s.Orders, Option{Label: o.label, Value: o.value, Href: at.set("order", o.value), Chosen: o.order == found.Order})
	}
	if found.DidYouMean != "" {
		s.DidYouMean = &Place{Name: found.DidYouMean, Href: at.set("q", found.DidYouMean)}
	}
	for _, i := range found.Instead {
		s.Instead = append(s.Instead, Instead{i.Drop, Count(i.Total, "result", "results"), at.set("q", without(request.Text, i.Drop))})
	}
	if found.HasNext && len(found.Hits) > 0 {
		s.Next = at.set("after", found.Hits[len(found.Hits)-1].Cursor)
	}
	if request.After != "" {
		s.First = at.set("after", "")
	}
	return s, nil
}

// maxHeading is the most letters of a heading.
const maxHeading = 300

// shortened is a heading of a length that somebody reads.
func shortened(text string) string {
	if letters := []rune(text); len(letters) > maxHeading {
		return strings.TrimSpace(string(letters[:maxHeading])) + "…"
	}
	return text
}

// without is a query less one of its parts.
func without(text, part string) string {
	return strings.Join(strings.Fields(strings.Replace(text, part, " ", 1)), " ")
}

// result lays out a hit.
func (r Reader) result(hit view.Hit) Result {
	out := Result{Place: r.Place(hit.Node), Summary: hit.Node.Summary, Why: hit.Why}
	if w := hit.Node.Weeknote; w != nil {
		out.Kind = w.Form.Label()
		if !w.Date.IsZero() {
			out.Facts = append(out.Facts, w.Date.English())
		}
		if w.Byline != "" {
			out.Facts = append(out.Facts, "by "+w.Byline)
		}
	}
	for _, s := range hit.Snippets {
		if s.Field == "summary" && len(hit.Snippets) > 1 {
			continue // it is shown beside
		}
		p := Passage{Pieces: answer.Snippet{Snippet: s}.Pieces()}
		if hit.Node.Weeknote != nil && !s.Span.IsZero() {
			p.Href = r.Passage(hit.Node, hit.Node.Weeknote.Version, s.Span)
		}
		if s.Field == "summary" {
			out.Summary = ""
		}
		out.Passages = append(out.Passages, p)
	}
	return out
}

// facets lays out the counts, and what is chosen of them.
func (s *Search) facets(ctx context.Context, at address, counted []view.Facet) {
	for i, f := range facets {
		picked := chosen(at.q, f.key)
		unseen := slices.Clone(picked) // of which nothing was found
		for _, c := range counted {
			if c.Key != f.key || len(c.Values) == 0 {
				continue
			}
			out := Facet{Key: param(f.key), Title: f.title, More: c.More, Open: i < unfolded}
			whole := slices.Contains(at.q[allParam], out.Key)
			for i, v := range c.Values {
				if !whole && i >= facetValues && !v.Chosen {
					out.More++
					continue
				}
				value := v.Value
				if v.Chosen {
					value = typedAs(picked, v)
				}
				o := Option{Label: v.Label, Count: record.Thousands(v.Count), Value: v.Value, Chosen: v.Chosen, Href: at.toggle(out.Key, value)}
				out.Values = append(out.Values, o)
				if v.Chosen {
					out.Open = true
					unseen = slices.DeleteFunc(unseen, func(p string) bool { return p == value })
					s.Chosen = append(s.Chosen, Choice{f.title + ": " + v.Label, o.Href})
				}
			}
			if out.More > 0 {
				out.All = at.toggle(allParam, out.Key) + "#facet-" + out.Key
			}
			out.Open = out.Open || whole
			s.Facets = append(s.Facets, out)
		}
		for _, p := range unseen {
			s.Chosen = append(s.Chosen, Choice{f.title + ": " + at.named(ctx, f.key, p), at.toggle(param(f.key), p)})
		}
	}
	for _, day := range []struct{ name, words string }{{"from", "From "}, {"to", "Up to "}} {
		if v := at.q.Get(day.name); v != "" {
			s.Chosen = append(s.Chosen, Choice{day.words + v, at.set(day.name, "")})
		}
	}
}

// named is how a value of a key in an address is called: by the name of the record
// whose id it is, else as it stands.
func (a address) named(ctx context.Context, k index.Key, value string) string {
	if id := record.ID(value); id.Kind() == k.Kind() && id.Validate() == nil {
		if n, err := a.in.View.Graph.Node(ctx, record.Lens{Viewer: a.in.Lens.Viewer}, id); err == nil {
			return n.Name
		}
	}
	if k == index.ByKind {
		if kind, err := record.ParseKind(value); err == nil {
			return index.KindLabel(kind)
		}
	}
	return value
}

// typedAs is how a chosen value stands in the address: as it is, or by a name.
func typedAs(picked []string, v view.FacetValue) string {
	for _, p := range picked {
		if p == v.Value || strings.EqualFold(p, v.Value) || record.Fold(p) == record.Fold(v.Label) {
			return p
		}
	}
	return v.Value
}
