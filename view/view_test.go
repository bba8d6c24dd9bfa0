package view_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/view"
)

// start opens a graph and an index in memory and publishes views of them.
func start(t *testing.T, ix *index.Index) (*graph.Store, *view.Publisher) {
	t.Helper()
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := view.New(store, ix, slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { p.Run(ctx); close(done) }()
	t.Cleanup(func() {
		stop()
		<-done
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store, p
}

func openIndex(t *testing.T) *index.Index {
	t.Helper()
	ix, err := index.Open("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

func save(t *testing.T, store *graph.Store, name string) uint64 {
	t.Helper()
	entry, err := store.Commit(t.Context(), record.Change{ID: name, Actor: "a test", Time: time.Unix(0, 0), Ops: []record.Op{
		{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Node: record.Node{Name: name, Stated: record.Public}}}}})
	if err != nil {
		t.Fatal(err)
	}
	return entry.Number
}

func total(t *testing.T, v *view.View, text string) int {
	t.Helper()
	r, err := v.Search(t.Context(), record.Lens{}, view.Request{Text: text, First: 10})
	if err != nil {
		t.Fatal(err)
	}
	return r.Total
}

// What was written is found once a view of its version is published; a view that
// was taken before stays as it was.
func TestPublishing(t *testing.T) {
	store, p := start(t, openIndex(t))
	if err := p.Wait(t.Context(), save(t, store, "Example one")); err != nil {
		t.Fatal(err)
	}
	old, err := p.Current()
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if err := p.Wait(t.Context(), save(t, store, "Example two")); err != nil {
		t.Fatal(err)
	}
	fresh, err := p.Current()
	if err != nil {
		t.Fatal(err)
	}
	defer fresh.Close()
	if total(t, old, "example") != 1 || total(t, fresh, "example") != 2 || old.Version() != 1 || fresh.Version() != 2 {
		t.Errorf("the old view finds %d at %d, the new one %d at %d", total(t, old, "example"), old.Version(), total(t, fresh, "example"), fresh.Version())
	}
	if ok, why := p.Ready(); !ok {
		t.Error("not ready:", why)
	}
}

// The graph and the index of a view are of one version, and every hit of it is
// in it, while others write.
func TestViewIsWhole(t *testing.T) {
	store, p := start(t, openIndex(t))
	save(t, store, "Example first")
	var group sync.WaitGroup
	group.Go(func() {
		for i := range 60 {
			save(t, store, fmt.Sprintf("Example %d", i))
		}
	})
	for done := false; !done; {
		if p.Wait(t.Context(), 1) != nil {
			t.Fatal("nothing was published")
		}
		v, err := p.Current()
		if err != nil {
			t.Fatal(err)
		}
		if n := total(t, v, "example"); uint64(n) != v.Version() || v.Index.Version() != v.Graph.Version() {
			t.Errorf("%d found at version %d of the graph and %d of the index", n, v.Graph.Version(), v.Index.Version())
		}
		done = v.Version() == 61
		v.Close()
	}
	group.Wait()
}

// An index that is ahead of the graph followed another one: it is made anew.
func TestIndexOfAnotherGraph(t *testing.T) {
	ix := openIndex(t)
	other, q := start(t, ix)
	for _, name := range []string{"Stranger one", "Stranger two", "Stranger three"} {
		save(t, other, name)
	}
	if err := q.Wait(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	store, p := start(t, ix)
	if err := p.Wait(t.Context(), save(t, store, "Example")); err != nil {
		t.Fatal(err)
	}
	v, err := p.Current()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if total(t, v, "stranger") != 0 || total(t, v, "example") != 1 {
		t.Errorf("%d strangers and %d of our own", total(t, v, "stranger"), total(t, v, "example"))
	}
}

// Records that were merged are found as one, by the names of each, by those who
// may see both; to others they are what they were.
func TestMergedAreFoundAsOne(t *testing.T) {
	store, p := start(t, openIndex(t))
	save(t, store, "Nitrous")
	entry, err := store.Commit(t.Context(), record.Change{ID: "two", Actor: "a test", Ops: []record.Op{
		{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Node: record.Node{Name: "Nitros Company"}}},
		{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Node: record.Node{Name: "Another Nitrous Company", Stated: record.Public}}},
		{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: record.Same, From: "partner:nitros-company", To: "partner:nitrous"}}},
		{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: record.Same, From: "partner:another-nitrous-company", To: "partner:nitros-company"}}}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(t.Context(), entry.Number); err != nil {
		t.Fatal(err)
	}
	v, err := p.Current()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for _, test := range []struct {
		clearance record.Visibility
		query     string
		want      string
	}{
		{record.Staff, "company", "[partner:nitrous] of 1"},
		{record.Staff, "nitrous", "[partner:nitrous] of 1"},
		{record.Public, "company", "[partner:nitrous] of 1"},
		{record.Public, "nitros", "[partner:nitrous] of 1"}, // as a misspelling
		{record.Public, "\"nitros company\"", "[] of 0"},
	} {
		r, err := v.Search(t.Context(), record.Lens{Viewer: record.Viewer{Clearance: test.clearance}}, view.Request{Text: test.query, First: 10})
		if err != nil {
			t.Fatal(err)
		}
		ids := []record.ID{}
		for _, hit := range r.Hits {
			ids = append(ids, hit.ID)
			if hit.Node.ID != hit.ID {
				t.Errorf("%s is shown as %s", hit.ID, hit.Node.ID)
			}
		}
		if got := fmt.Sprint(ids, " of ", r.Total); got != test.want {
			t.Errorf("%v, %q: %s, want %s", test.clearance, test.query, got, test.want)
		}
	}
}

// The pages of a list by score go on in the view that they began in, while
// others write; a list that nobody reads on goes on in the newest one.
func TestPagesWhileWriting(t *testing.T) {
	store, p := start(t, openIndex(t))
	for i := range 20 {
		save(t, store, fmt.Sprintf("Example %d", i))
	}
	if err := p.Wait(t.Context(), 20); err != nil {
		t.Fatal(err)
	}
	seen := map[record.ID]int{}
	after := ""
	for page := 0; ; page++ {
		v, err := p.For(after)
		if err != nil {
			t.Fatal(err)
		}
		r := search(t, v, record.Lens{}, view.Request{Text: "example", First: 3, After: after})
		v.Close()
		if r.Total != 20 || r.Refreshed {
			t.Errorf("page %d: %d in all, refreshed %t", page, r.Total, r.Refreshed)
		}
		for _, hit := range r.Hits {
			seen[hit.ID]++
		}
		if !r.HasNext {
			break
		}
		after = r.Hits[len(r.Hits)-1].Cursor
		if err := p.Wait(t.Context(), save(t, store, fmt.Sprintf("Example of later %d", page))); err != nil {
			t.Fatal(err)
		}
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s is shown %d times", id, n)
		}
	}
	if len(seen) != 20 {
		t.Errorf("%d of 20 are shown", len(seen))
	}
	v, err := p.Current()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if r := search(t, v, record.Lens{}, view.Request{Text: "example", First: 3, After: after}); !r.Refreshed {
		t.Error("a page of another view does not say so")
	}
}
