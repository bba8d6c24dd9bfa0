// Package page is what the pages show: a struct for each page, read from the
// same calls as the API's answers, with every address already written, so that
// templates only lay out.
//
//	address → Reader{view, lens} → a page's struct → template → HTML
//
// An address says all that a page depends on, the lens too: as_of and proposed
// are carried from page to page (see Reader.To). Who is looking comes from the
// request alone.
//
// Invariant: nothing in here is read without the lens of its reader, and nothing
// here knows of HTTP beyond addresses.
package page

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"lotigraph/record"
	"lotigraph/view"
)

// Reader reads one view through one lens, and writes addresses that keep it.
type Reader struct {
	View *view.View
	Lens record.Lens
}

// Shown is a page, ready for its template.
type Shown struct {
	Template string // "search.html"
	Title    string // what the page is, as its heading says it
	Section  string // the entry of the navigation that it belongs to, "" for none
	Crumbs   []Place
	Exports  []Place // the same in other formats
	Body     any     // what the template lays out
	Faults   Faults  // what is wrong with a form that was sent
	Moved    string  // where the page is instead: the record goes by another one now
}

// Place is something to go to.
type Place struct {
	Name string
	Kind string // in words, "" where the name says enough
	Href string
}

// At is the address of a record's page.
func At(id record.ID) string {
	return "/" + id.Kind().Slug() + "/" + url.PathEscape(id.Slug())
}

// To writes an address that keeps the lens: path, then pairs of names and values.
// A pair without a value is left out.
func (r Reader) To(path string, pairs ...string) string {
	if len(pairs) == 0 && r.Lens.AsOf.IsZero() && !r.Lens.Proposed {
		return path // as most addresses of a page are
	}
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Add(pairs[i], pairs[i+1])
		}
	}
	return r.with(path, q)
}

// with is To with parameters that may repeat.
func (r Reader) with(path string, q url.Values) string {
	for key, value := range r.LensParams() {
		q[key] = value
	}
	path, anchor, _ := strings.Cut(path, "#")
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	if anchor != "" {
		path += "#" + anchor
	}
	return path
}

// LensParams is the lens as an address says it.
func (r Reader) LensParams() url.Values {
	q := url.Values{}
	if !r.Lens.AsOf.IsZero() {
		q.Set("as_of", r.Lens.AsOf.String())
	}
	if r.Lens.Proposed {
		q.Set("proposed", "true")
	}
	return q
}

// Place is a record to go to.
func (r Reader) Place(n record.Node) Place {
	return Place{n.Name, kindOf(n), r.To(At(n.ID))}
}

// kindOf is what a record is, in a word or two; of a text, which sort of text.
func kindOf(n record.Node) string {
	if n.Weeknote != nil {
		return strings.ToLower(string(n.Weeknote.Form))
	}
	return n.Kind().Label()
}

// PlaceOf is the record with this id to go to.
func (r Reader) PlaceOf(ctx context.Context, id record.ID) (Place, error) {
	n, err := r.View.Graph.Node(ctx, r.Lens, id)
	return r.Place(n), err
}

// Count is a number with its noun: "1 borough", "2 boroughs".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return record.Thousands(n) + " " + many
}

// itoa is a number as an address has it.
func itoa(n int) string { return strconv.Itoa(n) }

// Pairs are the parameters of an address, in order, for a form to carry along.
func Pairs(q url.Values) (list []Pair) {
	for _, key := range slices.Sorted(maps.Keys(q)) {
		for _, v := range q[key] {
			list = append(list, Pair{key, v})
		}
	}
	return list
}

// Pair is a parameter of an address.
type Pair struct{ Name, Value string }

// short is a borough's name on a square: three letters, as the tile map has
// them, or so many that no two are the same.
func short(name string) string {
	if s, ok := shorts[name]; ok {
		return s
	}
	return string([]rune(name)[:min(3, len([]rune(name)))])
}

// shorts are the names whose first three letters would not do, as "London
// Squared" abbreviates them.
var shorts = map[string]string{
	"Barking and Dagenham": "Bar", "Barnet": "Brt", "Bexley": "Bxl", "Brent": "Brn", "Bromley": "Brm", "Camden": "Cmd", "City of London": "Cty",
	"Croydon": "Crd", "Ealing": "Elg", "Enfield": "Enf", "Greenwich": "Grn", "Hackney": "Hck", "Hammersmith and Fulham": "Hms", "Haringey": "Hgy",
	"Harrow": "Hrw", "Havering": "Hvg", "Hillingdon": "Hdn", "Hounslow": "Hns", "Islington": "Isl", "Kensington and Chelsea": "Kns",
	"Kingston upon Thames": "Kng", "Lambeth": "Lam", "Lewisham": "Lsh", "Merton": "Mrt", "Newham": "Nwm", "Redbridge": "Rdb",
	"Richmond upon Thames": "Rch", "Southwark": "Swr", "Sutton": "Stn", "Tower Hamlets": "Tow", "Waltham Forest": "Wth", "Wandsworth": "Wns",
	"Westminster": "Wst",
}
