package page

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"lotigraph/export"
	"lotigraph/index"
	"lotigraph/quality"
	"lotigraph/record"
	"lotigraph/server/internal/answer"
)

// About says what the data is, where it comes from and how far it can be trusted.
type About struct {
	Version  string
	Updated  time.Time
	Counts   []KindCount
	Waiting  int
	Proposed string // where what waits is shown among the rest
	Sources  []SourceRow
	Lists    []ListEntry
	Found    string // the data version that sources and lists are of, where it is an earlier one
	Licence  string
	Cite     string
}

// SourceRow is texts of one form from one place.
type SourceRow struct {
	From, Form, Texts, Dates string
}

// ListEntry is a work list in the list of them.
type ListEntry struct {
	Place
	Means string
	Count string
}

// Service is what a page says of the service that shows it.
type Service struct {
	Version, Licence string
	Base             string // its address, without a slash at the end
	Contact          string // of those who run it, "" where none is stated
	Today            record.PartialDate
}

// About is the page about the data.
func (r Reader) About(ctx context.Context, found quality.Findings, s Service) (a About, err error) {
	census, err := r.View.Graph.Census(ctx, r.Lens)
	if err != nil {
		return a, err
	}
	a = About{Version: s.Version, Updated: census.LastChange, Waiting: census.Proposals, Licence: s.Licence, Cite: r.cite(s)}
	shown := r
	shown.Lens.Proposed = true
	a.Proposed = shown.To("/about")
	for _, kind := range record.Kinds() {
		n := census.Kinds[kind]
		a.Counts = append(a.Counts, KindCount{Place{Name: kindsOf(kind, n), Href: r.To("/search", "kind", kind.String())}, record.Thousands(n)})
	}
	a.Found = r.earlier(found)
	for _, one := range found.Sources {
		a.Sources = append(a.Sources, sourceRow(one))
	}
	for _, list := range found.Lists {
		a.Lists = append(a.Lists, ListEntry{Place{Name: list.Title, Href: r.To("/about/lists/" + string(list.Name))}, list.Means, record.Thousands(len(list.Items))})
	}
	return a, nil
}

// earlier is the data version of findings, "" where it is the reader's own.
func (r Reader) earlier(found quality.Findings) string {
	if found.Version == r.View.Version() {
		return ""
	}
	return answer.Version(found.Version)
}

// kindsOf is a kind after a number.
func kindsOf(k record.Kind, n int) string {
	switch {
	case n != 1:
		return index.KindLabel(k)
	case k == record.WeeknoteKind:
		return "text"
	}
	return k.Label()
}

func sourceRow(s quality.Source) SourceRow {
	row := SourceRow{From: s.Host, Form: record.Capital(strings.ToLower(string(s.Form))), Texts: record.Thousands(s.Texts), Dates: "not dated"}
	if s.Host == "" {
		row.From = "Texts without a web address"
	}
	switch {
	case s.First.IsZero():
	case s.First == s.Last:
		row.Dates = s.First.English()
	default:
		row.Dates = s.First.English() + " to " + s.Last.English()
	}
	return row
}

// cite is how a figure from here is quoted.
func (r Reader) cite(s Service) string {
	words := "LOTI Graph, data version " + s.Version
	if !r.Lens.AsOf.IsZero() {
		words += ", as of " + r.Lens.AsOf.English()
	}
	if r.Lens.Proposed {
		words += ", with proposals that nobody has reviewed"
	}
	return fmt.Sprintf("%s, %s, retrieved on %s. Licence of the data: %s.", words, s.Base+r.To("/"), s.Today.English(), s.Licence)
}

// WorkList is one of the lists of what wants a person's care.
type WorkList struct {
	Title, Means string
	Total        int
	Items        []WorkItem
	Next, First  string
	Found        string // the data version that this is of, where it is an earlier one
}

// WorkItem is something to look at.
type WorkItem struct {
	Records   []Place
	Statement *Statement
	Why       string
	Compare   string // where staff settle whether two records are one
}

// itemsPerPage is how many things a page of a work list has.
const itemsPerPage = 50

// WorkList is a page of a work list: those behind the first skip.
func (r Reader) WorkList(ctx context.Context, found quality.Findings, name string, q url.Values) (w WorkList, err error) {
	skip := 0
	if text := q.Get("skip"); text != "" {
		if skip, err = strconv.Atoi(text); err != nil || skip < 0 {
			return w, record.Invalid("skip", "%q is not a number of things to pass over", text)
		}
	}
	for _, list := range found.Lists {
		if string(list.Name) != name {
			continue
		}
		w = WorkList{Title: list.Title, Means: list.Means, Total: len(list.Items)}
		w.Found = r.earlier(found)
		from, to := min(skip, len(list.Items)), min(skip+itemsPerPage, len(list.Items))
		for _, item := range list.Items[from:to] {
			one, err := r.workItem(ctx, item)
			if w.Found != "" && errors.Is(err, record.ErrNotFound) {
				continue // somebody has put it right since
			}
			if err != nil {
				return w, err
			}
			w.Items = append(w.Items, one)
		}
		path := "/about/lists/" + name
		if to < len(list.Items) {
			w.Next = r.To(path, "skip", itoa(to))
		}
		if skip > 0 {
			w.First = r.To(path)
		}
		return w, nil
	}
	return w, record.NotFound("there is no work list called %q; they are listed at /about", name)
}

func (r Reader) workItem(ctx context.Context, item quality.Item) (w WorkItem, err error) {
	w.Why = item.Why
	for _, n := range item.Records {
		w.Records = append(w.Records, r.Place(n))
	}
	if len(item.Records) == 2 && r.Lens.Viewer.Clearance == record.Staff {
		w.Compare = r.To("/inbox/merge", "from", string(item.Records[1].ID), "into", string(item.Records[0].ID))
	}
	if item.Link != nil {
		s, err := r.Statement(ctx, *item.Link)
		if err != nil {
			return w, err
		}
		w.Statement = &s
	}
	return w, nil
}

// Developers is the page for those who build on this.
type Developers struct {
	Service
	Exports []ExportRow
	Example string // the id of a record that is there
}

// ExportRow is a format that the graph can be had in.
type ExportRow struct{ Name, Says, Href string }

// Developers is that page.
func (r Reader) Developers(s Service) Developers {
	d := Developers{Service: s}
	for _, f := range slices.Concat(export.Formats(), export.NetworkFormats()) {
		d.Exports = append(d.Exports, ExportRow{f.Name, f.Says, r.To("/export/" + f.Name)})
	}
	return d
}
