package view_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/view"
)

// world makes changes at random, all of which fit.
type world struct {
	rand   *rand.Rand
	n      int
	things []record.ID // what texts mention
	texts  []record.ID
	merged map[record.ID]bool
}

func newWorld(seed uint64) *world {
	return &world{rand: rand.New(rand.NewPCG(seed, 1)), merged: map[record.ID]bool{},
		things: []record.ID{"borough:camden", "borough:brent", "borough:sutton"}}
}

func pick[T any](w *world, list ...T) T { return list[w.rand.IntN(len(list))] }

func (w *world) change(ops ...record.Op) record.Change {
	w.n++
	return record.Change{ID: fmt.Sprint("change ", w.n), Actor: "a test", Time: time.Unix(0, 0), Ops: ops}
}

// begin is the first change: the boroughs, and something of every other kind.
func (w *world) begin() record.Change {
	var ops []record.Op
	for i, name := range []string{"Camden", "Brent", "Sutton"} {
		ops = append(ops, record.Op{SaveNode: &record.SaveNode{Kind: record.BoroughKind, Node: record.Node{Name: name,
			Borough: &record.Borough{ONSCode: fmt.Sprintf("E0900000%d", i+1)}}}})
	}
	for i := range 4 {
		ops = append(ops, w.thing(record.ProjectKind, fmt.Sprint("Project ", i)), w.thing(record.PartnerKind, fmt.Sprint("Partner ", i)),
			w.thing(record.PersonKind, fmt.Sprint("Person ", i)))
	}
	return w.change(ops...)
}

func (w *world) thing(kind record.Kind, name string) record.Op {
	n := record.Node{Name: name, Stated: pick(w, record.Visibility(0), record.Public)}
	if kind == record.ProjectKind {
		n.Project = &record.Project{Themes: []string{pick(w, "data", "inclusion")}}
	}
	w.things = append(w.things, record.NewID(kind, record.Slugify(name)))
	return record.Op{SaveNode: &record.SaveNode{Kind: kind, Node: n}}
}

func (w *world) of(kinds ...record.Kind) record.ID {
	return pick(w, slices.DeleteFunc(slices.Clone(w.things), func(id record.ID) bool { return !slices.Contains(kinds, id.Kind()) })...)
}

// text saves a new text, or one again, that mentions things and says words.
func (w *world) text() record.Op {
	title := fmt.Sprint("Note ", w.n)
	if len(w.texts) > 0 && w.rand.IntN(5) == 0 {
		title = fmt.Sprint("Note ", pick(w, w.texts...).Slug()[len("note-"):])
	} else {
		w.texts = append(w.texts, record.NewID(record.WeeknoteKind, record.Slugify(title)))
	}
	var body strings.Builder
	var mentions []record.Mention
	seen := map[record.ID]bool{}
	for range 1 + w.rand.IntN(4) {
		body.WriteString(pick(w, "alpha ", "beta ", "gamma data. ", "delta "))
		id := pick(w, w.things...)
		if seen[id] {
			continue
		}
		seen[id] = true
		start := body.Len()
		body.WriteString(strings.ReplaceAll(id.Slug(), "-", " "))
		mentions = append(mentions, record.Mention{To: id, Spans: []record.Span{{Start: start, End: body.Len()}}, Method: "a test"})
		body.WriteString(". ")
	}
	date, _ := record.ParsePartialDate(pick(w, "", "2020", "2020-03", "2021-05-17", "2022-01"))
	return record.Op{SaveText: &record.SaveText{Title: title, URL: "https://example.org/" + record.Slugify(title),
		Details:  record.Weeknote{Source: "https://example.org/" + record.Slugify(title), Form: pick(w, record.FormWeeknote, record.FormBlog), Date: date, Visibility: pick(w, record.Public, record.Public, record.Staff)},
		Text:     record.Text{Body: body.String(), Main: record.Span{End: body.Len()}},
		Mentions: mentions}}
}

func (w *world) link() record.Op {
	l := record.Link{Status: pick(w, record.Confirmed, record.Confirmed, record.Proposed), Confidence: 1,
		Evidence: []record.Evidence{{Text: pick(w, w.texts...), Quote: ".", Method: "a test", Confidence: 1}}}
	switch w.rand.IntN(4) {
	case 0:
		l.Type, l.From, l.To, l.Role = record.Joined, w.of(record.BoroughKind), w.of(record.ProjectKind), pick(w, "lead", "pilot", "participant")
	case 1:
		l.Type, l.From, l.To, l.Role = record.PartnerIn, w.of(record.PartnerKind), w.of(record.ProjectKind), pick(w, "lead", "supplier")
	case 2:
		l.Type, l.From, l.To = record.WorksFor, w.of(record.PersonKind), w.of(record.BoroughKind, record.PartnerKind)
	case 3:
		l.Type, l.From, l.To = record.Authored, w.of(record.PersonKind), pick(w, w.texts...)
	}
	return record.Op{SaveLink: &record.SaveLink{Link: l}}
}

func (w *world) next() record.Change {
	switch n := w.rand.IntN(28); {
	case n < 10 || len(w.texts) < 3:
		return w.change(w.text())
	case n < 16:
		return w.change(w.link())
	case n == 16:
		return w.change(w.thing(pick(w, record.ProjectKind, record.PartnerKind), fmt.Sprint("Thing ", w.n)))
	case n == 17:
		from, to := w.of(record.PartnerKind, record.ProjectKind), record.ID("")
		if to = w.of(from.Kind()); from != to && !w.merged[from] && !w.merged[to] {
			w.merged[from] = true
			return w.change(record.Op{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: record.Same, From: from, To: to}}})
		}
	case n == 18:
		return w.change(record.Op{Withdraw: &record.Withdraw{ID: string(pick(w, w.texts...))}})
	case n >= 20:
		return w.change(w.afterthought())
	}
	return w.change(w.thing(record.PersonKind, fmt.Sprint("Body ", w.n)))
}

// afterthought is what is said of things that are there: a link is decided on or
// doubted, a change undone, a record said to be otherwise.
func (w *world) afterthought() record.Op {
	link := fmt.Sprint("link:", 1+w.rand.IntN(3*w.n))
	switch w.rand.IntN(5) {
	case 0:
		return record.Op{ReviewLink: &record.ReviewLink{Link: link, Status: pick(w, record.Confirmed, record.Rejected, record.Proposed)}}
	case 1:
		return record.Op{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: record.Doubt, Link: link, Says: "It was not so."}}}
	case 2, 3:
		return record.Op{Undo: &record.Undo{Number: uint64(2 + w.rand.IntN(w.n))}}
	}
	id := pick(w, w.things[3:]...) // not a borough
	n := record.Node{ID: id, Name: strings.ReplaceAll(id.Slug(), "-", " ") + " otherwise", Stated: pick(w, record.Visibility(0), record.Public)}
	if id.Kind() == record.ProjectKind {
		n.Project = &record.Project{Themes: []string{pick(w, "data", "inclusion")}}
	}
	return record.Op{SaveNode: &record.SaveNode{Kind: id.Kind(), Node: n}}
}

// request is a search at random, all its hits on one page.
func (w *world) request() view.Request {
	r := view.Request{Text: pick(w, "", "alpha", "data", "alpha OR delta", "beta -alpha", "camden", "project", "kind:project data", "borough:camden"),
		First: 1000, Facets: index.Facets()}
	r.Order = pick(w, index.BestFirst, index.NewestFirst, index.OldestFirst, index.NameOrder)
	for range w.rand.IntN(3) {
		switch w.rand.IntN(7) {
		case 0:
			r.Choices = append(r.Choices, index.Choice{Key: index.ByKind, Values: []string{pick(w, "WEEKNOTE", "PROJECT")}})
		case 1:
			r.Choices = append(r.Choices, index.Choice{Key: index.ByRole, Values: []string{pick(w, "lead", "pilot", "supplier")}})
		case 2:
			r.Choices = append(r.Choices, index.Choice{Key: index.ByBorough, Values: []string{pick(w, "Camden", "Brent")}})
		case 3:
			r.Choices = append(r.Choices, index.Choice{Key: index.ByYear, Values: []string{pick(w, "2020", "none", "2021-2022")}})
		case 4:
			r.Choices = append(r.Choices, index.Choice{Key: index.ByTheme, Values: []string{"data"}})
		case 5:
			r.Choices = append(r.Choices, index.Choice{Key: index.ByLead, Values: []string{pick(w, "Camden", "Sutton")}})
		case 6:
			r.From, _ = record.ParsePartialDate(pick(w, "2020", "2020-04"))
		}
	}
	return r
}

// TestFacetsAreTrue: while records are written, merged and withdrawn, a value's
// count is how many records are found when it is chosen; what a view carried over
// from the one before it is what it would have made anew; and who is linked with
// whom is what the graph says.
func TestFacetsAreTrue(t *testing.T) {
	for seed := range uint64(3) {
		ix := openIndex(t)
		if seed == 0 {
			var err error
			if ix, err = index.Open(t.TempDir()); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { ix.Close() })
		}
		facetsAreTrue(t, ix, seed)
	}
}

func facetsAreTrue(t *testing.T, ix *index.Index, seed uint64) {
	store, p := start(t, ix)
	w := newWorld(seed)
	commit := func(c record.Change) uint64 {
		e, err := store.Commit(t.Context(), c)
		if err != nil {
			return 0 // what does not fit is refused, and changes nothing
		}
		return e.Number
	}
	if commit(w.begin()) == 0 {
		t.Fatal("the first change is refused")
	}
	done := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		defer close(done)
		for range 250 {
			commit(w.next())
		}
	})
	asker := newWorld(100 + seed)
	for round, more := 0, true; more || round < 30; round++ {
		select {
		case <-done:
			more = false
		default:
		}
		if err := p.Wait(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		v, err := p.Current()
		if err != nil {
			t.Fatal(err)
		}
		lens := record.Lens{Viewer: record.Viewer{Clearance: pick(asker, record.Public, record.Staff)}, Proposed: asker.rand.IntN(2) == 0}
		if asker.rand.IntN(4) == 0 {
			lens.AsOf, _ = record.ParsePartialDate("2021-01-01")
		}
		request := asker.request()
		checkFacets(t, v, lens, request)
		checkGroups(t, v, lens, request)
		if round%5 == 0 && lens.AsOf.IsZero() {
			checkLinked(t, v, lens)
		}
		v.Close()
		if t.Failed() {
			break
		}
	}
	group.Wait()
}

func checkFacets(t *testing.T, v *view.View, l record.Lens, r view.Request) {
	t.Helper()
	got := search(t, v, l, r)
	anew := search(t, view.Of(v.Graph, v.Index), l, r) // never closed: v closes both
	if !reflect.DeepEqual(got.Facets, anew.Facets) || got.Total != anew.Total {
		t.Errorf("version %d, %+v, %+v: carried over\n%v\nmade anew\n%v", v.Version(), l, r, got.Facets, anew.Facets)
		return
	}
	if got.Total != len(got.Hits) {
		t.Errorf("%+v: %d of %d", r, len(got.Hits), got.Total)
	}
	for _, f := range got.Facets {
		if strings.Contains(r.Text, f.Key.String()+":") {
			continue // the text has a choice of its own, which stays
		}
		for _, value := range f.Values {
			one := r
			one.Facets = nil
			one.Choices = slices.DeleteFunc(slices.Clone(r.Choices), func(c index.Choice) bool { return c.Key == f.Key })
			one.Choices = append(one.Choices, index.Choice{Key: f.Key, Values: []string{value.Value}})
			if n := search(t, v, l, one).Total; n != value.Count {
				t.Errorf("version %d, %+v, %+v: %s %s counts %d and finds %d", v.Version(), l, r, f.Key, value.Value, value.Count, n)
			}
		}
	}
}

// checkLinked compares what choosing a record finds with what the graph links
// with it.
func checkLinked(t *testing.T, v *view.View, l record.Lens) {
	t.Helper()
	for _, kind := range []record.Kind{record.BoroughKind, record.ProjectKind, record.PartnerKind, record.PersonKind} {
		key, _ := index.ParseKey(kind.Slug())
		for at, err := range v.Graph.Nodes(t.Context(), l, kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				t.Fatal(err)
			}
			id := at.Value.ID
			want := map[record.ID]bool{id: true}
			for link, err := range v.Graph.Links(t.Context(), l, id, graph.LinkFilter{}, "") {
				if err != nil {
					t.Fatal(err)
				}
				want[link.Value.From], want[link.Value.To] = true, true
			}
			r := search(t, v, l, view.Request{First: 1000, Choices: []index.Choice{{Key: key, Values: []string{string(id)}}}})
			got := map[record.ID]bool{}
			for _, hit := range r.Hits {
				got[hit.ID] = true
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("version %d, %+v: %s finds %v, and the graph links %v", v.Version(), l, id, got, want)
			}
		}
	}
}

func search(t *testing.T, v *view.View, l record.Lens, r view.Request) view.Result {
	t.Helper()
	got, err := v.Search(t.Context(), l, r)
	if err != nil {
		t.Fatalf("%+v: %v", r, err)
	}
	return got
}
