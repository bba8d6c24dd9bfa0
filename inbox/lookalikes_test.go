package inbox

import (
	"context"
	"slices"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// Among many records the inbox goes on with the pairs that were found last, less
// those that are one by now, and shows new ones when they were looked for.
func TestDuplicatesAreLookedForBeside(t *testing.T) {
	defer func(was int) { few = was }(few)
	few = 0
	d := newDesk(t)
	var waiting []func(context.Context, *graph.Snapshot)
	d.Beside(func(do func(context.Context, *graph.Snapshot)) bool {
		waiting = append(waiting, do)
		return true
	})
	partner := func(names ...string) {
		t.Helper()
		var ops []record.Op
		for _, name := range names {
			ops = append(ops, record.Op{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Node: record.Node{Name: name, Stated: record.Public}}})
		}
		by := d.by()
		if _, err := d.store.Commit(t.Context(), record.Change{ID: by.ChangeID, Time: by.Now, Actor: by.Actor, Ops: ops}); err != nil {
			t.Fatal(err)
		}
	}
	pairs := func(when string, want ...string) {
		t.Helper()
		var got []string
		s, err := d.store.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		items, err := d.Items(t.Context(), s, staff.Viewer, Filter{Sorts: []Sort{Pair}}, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range items {
			got = append(got, i.Pair.A.Name+" = "+i.Pair.B.Name)
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s: %q, not %q", when, got, want)
		}
	}
	partner("Alpha Works", "Alpha Works Ltd", "Beta Trust", "Beta Trust Limited")
	pairs("at first", "Alpha Works = Alpha Works Ltd", "Beta Trust = Beta Trust Limited")
	d.must(d.Merge(t.Context(), d.by(), "partner:alpha-works-ltd", "partner:alpha-works"))
	partner("Gamma Fund", "Gamma Fund Ltd")
	pairs("before anybody has looked", "Beta Trust = Beta Trust Limited")
	pairs("asked again", "Beta Trust = Beta Trust Limited")
	if len(waiting) != 1 {
		t.Fatalf("looked for %d times at once", len(waiting))
	}
	s, err := d.store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	waiting[0](t.Context(), s)
	pairs("once they were looked for", "Beta Trust = Beta Trust Limited", "Gamma Fund = Gamma Fund Ltd")
}

// How alike two texts are is found once; when one is edited, it is found again.
func TestWordingOfAnEdit(t *testing.T) {
	d := newDesk(t)
	body := "In the autumn of this year every borough sent two people to a workshop about lamp posts, where they learned how sensors are fitted, " +
		"who pays for the power, and what to say to those who live beside them and fear for their sleep."
	note := func(name, title, body string) {
		d.read(name, "---\ntitle: "+title+"\ndate: 2021-10-01\n---\n\n"+body+"\n")
	}
	pairs := func() (n int) {
		for _, one := range d.duplicates(staff) {
			if one.A.Kind() == record.WeeknoteKind {
				n++
			}
		}
		return n
	}
	note("a.md", "About lamps", body)
	note("b.md", "Lamp posts again", body)
	for range 2 {
		if got := pairs(); got != 1 {
			t.Fatalf("two texts of one wording: %d pairs", got)
		}
	}
	note("b.md", "Lamp posts again", "This text was taken back: it told of another workshop than the one that was held, and of people who were not there. "+
		"What is right stands elsewhere now, on the pages of those boroughs that took part, with the names of everybody who came and spoke.")
	if got := pairs(); got != 0 {
		t.Errorf("after an edit: %d pairs", got)
	}
	note("b.md", "Lamp posts again", body)
	if got := pairs(); got != 1 {
		t.Errorf("after the edit was taken back: %d pairs", got)
	}
}
