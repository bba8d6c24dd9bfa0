package view_test

import (
	"fmt"
	"testing"
	"time"

	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/view"
)

// Where there are many records, a search for words does not wait for the links
// to be read; one that asks about links does, and the next view goes on from
// them.
func TestManyRecords(t *testing.T) {
	store, p := start(t, openIndex(t))
	w := newWorld(1)
	var last uint64
	commit := func(c record.Change) {
		t.Helper()
		e, err := store.Commit(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		last = e.Number
	}
	commit(w.begin())
	for range 6 {
		var ops []record.Op
		for i := range 2000 {
			ops = append(ops, w.thing(record.PartnerKind, fmt.Sprint("Example ", w.n, " ", i)))
		}
		commit(w.change(ops...))
	}
	w.things = w.things[:15]
	for range 20 {
		commit(w.change(w.text()))
	}
	lens := record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}
	facets := view.Request{Text: "alpha OR beta OR gamma OR delta", First: 100, Facets: []index.Key{index.ByBorough, index.ByTheme}}
	for range 3 {
		commit(w.change(w.text()))
		if err := p.Wait(t.Context(), last); err != nil {
			t.Fatal(err)
		}
		v, err := p.Current()
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		words := search(t, v, lens, view.Request{Text: facets.Text, First: 100})
		t.Log("without links", time.Since(begun))
		begun = time.Now()
		counted := search(t, v, lens, facets)
		t.Log("with links", time.Since(begun))
		if words.Total != counted.Total || len(counted.Facets[0].Values) == 0 {
			t.Errorf("%d found, and %d with links: %v", words.Total, counted.Total, counted.Facets)
		}
		checkFacets(t, v, lens, facets)
		v.Close()
	}
}
