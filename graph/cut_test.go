package graph_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// lenses are all that look at the graph differently: every clearance, with and
// without proposals, on days before, among and behind the dates of the script.
func lenses() (list []record.Lens) {
	for _, v := range record.Visibilities() {
		for _, proposed := range []bool{false, true} {
			for _, day := range []string{"", "2020-06-15", "2021-03-31", "2021-05-10", "2023-01-01"} {
				d, _ := record.ParsePartialDate(day)
				list = append(list, record.Lens{Viewer: record.Viewer{Clearance: v}, AsOf: d, Proposed: proposed})
			}
		}
	}
	return list
}

// walked lists every link that Links shows of any record, from both ends, with what
// it says.
func walked(t *testing.T, snap *graph.Snapshot, l record.Lens) (list []string) {
	t.Helper()
	for _, kind := range record.Kinds() {
		for node, err := range snap.Nodes(t.Context(), l, kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				t.Fatal(err)
			}
			id := node.Value.ID
			for at, err := range snap.Links(t.Context(), l, id, graph.LinkFilter{}, "") {
				if err != nil {
					t.Fatal(err)
				}
				link := at.Value
				far, out := link.To, true
				if far == id {
					far, out = link.From, false
				}
				one := fmt.Sprint(link.ID, " ", link.Type, " ", id, " ", far, " ", out, " ", link.Since, " ", link.Until, " ", link.Status)
				if !link.Type.Derived() {
					holds, err := snap.Holds(l, link)
					if err != nil {
						t.Fatal(err)
					}
					one += fmt.Sprintf(" %q %d %d %v", link.Role, len(link.Evidence), holds, daysOf(t, snap, l, link))
				}
				list = append(list, one)
			}
		}
	}
	slices.Sort(list)
	return list
}

// daysOf are the dates of the texts that say a link.
func daysOf(t *testing.T, snap *graph.Snapshot, l record.Lens, link record.Link) (days []record.PartialDate) {
	t.Helper()
	for _, e := range link.Evidence {
		text, err := snap.OwnNode(t.Context(), l, e.Text)
		if err != nil {
			t.Fatal(err)
		}
		if d := text.Weeknote.Date; !d.IsZero() && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	slices.SortFunc(days, record.PartialDate.Compare)
	return days
}

// cut lists the same from memory.
func cut(t *testing.T, snap *graph.Snapshot, l record.Lens) (list []string) {
	t.Helper()
	c, err := snap.Cut(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	links := map[string]bool{}
	for arc := range c.Links() {
		if links[arc.LinkID()] {
			t.Errorf("%+v: %s is there twice", l, arc.LinkID())
		}
		links[arc.LinkID()] = true
	}
	some := 0
	for _, kinds := range [][]record.Kind{{record.PartnerKind, record.PersonKind}, {record.ProjectKind, record.WeeknoteKind, record.BoroughKind}} {
		for arc := range c.Links(kinds...) {
			if !links[arc.LinkID()] || !slices.Contains(kinds, c.Kind(arc.Near)) {
				t.Errorf("%+v: %s begins at no %v", l, arc.LinkID(), kinds)
			}
			some++
		}
	}
	if some != len(links) {
		t.Errorf("%+v: %d links by the kinds where they begin, %d in all", l, some, len(links))
	}
	ids, err := c.IDs(t.Context())
	if err != nil || len(ids) != c.Size() {
		t.Fatalf("%+v: %d ids for %d handles, %v", l, len(ids), c.Size(), err)
	}
	for h := range graph.Handle(c.Size()) {
		if c.Kind(h) == 0 {
			if ids[h] != "" {
				t.Fatalf("%+v: %s is not shown, and its id is", l, ids[h])
			}
			for range c.Near(h) {
				t.Fatalf("%+v: a record that is not shown has links", l)
			}
			continue
		}
		id, err := c.ID(h)
		if err != nil {
			t.Fatal(err)
		}
		if ids[h] != id {
			t.Fatalf("%+v: the id of %s is %q among those of all", l, id, ids[h])
		}
		if back, err := c.Handle(id); err != nil || back != h || id.Kind() != c.Kind(h) {
			t.Fatalf("%s is at %d, and its handle is %d, %v", id, h, back, err)
		}
		ends := slices.Collect(c.Ends(h))
		for arc := range c.Near(h) {
			if len(ends) == 0 || ends[0] != arc.Far {
				t.Fatalf("%+v: the ends of %s go on with %v, not %d", l, id, ends, arc.Far)
			}
			ends = ends[1:]
			far, err := c.ID(arc.Far)
			if err != nil {
				t.Fatal(err)
			}
			if !links[arc.LinkID()] || arc.Near != h {
				t.Errorf("%+v: %s is not among all links", l, arc.LinkID())
			}
			if arc.Type.Derived() {
				list = append(list, fmt.Sprint(arc.LinkID(), " ", arc.Type, " ", id, " ", far, " ", arc.Out, " ", arc.Since(), " ", arc.Until(), " ", arc.Status()))
			}
		}
		ordered(t, c, h)
		told := slices.DeleteFunc(record.LinkTypes(), record.LinkType.Derived)
		listed(t, snap, c, l, id, told)
		for _, types := range [][]record.LinkType{told, {record.Mentions, record.Joined}, {record.Authored}} {
			near := slices.DeleteFunc(slices.Collect(c.Near(h)), func(a graph.Arc) bool { return !slices.Contains(types, a.Type) })
			if by := slices.Collect(c.NearBy(h, types...)); !slices.Equal(by, near) {
				t.Errorf("%+v: the links of %s by %v are %v, not %v", l, id, types, by, near)
			}
		}
		for a := range c.Told(h, record.Both, told...) {
			far, err := c.ID(a.Far)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, fmt.Sprint(a.LinkID(), " ", a.Type, " ", id, " ", far, " ", a.Out, " ", a.Since(), " ", a.Until(), " ", a.Status())+
				fmt.Sprintf(" %q %d %d %v", a.Role, a.Evidence(), a.Holds, c.Days(a)))
		}
	}
	slices.Sort(list)
	return list
}

// listed holds that what is told of a record's links can be listed as Links lists
// them, and that all evidence stands where none is said to be superseded.
func listed(t *testing.T, snap *graph.Snapshot, c *graph.Cut, l record.Lens, id record.ID, types []record.LinkType) {
	t.Helper()
	h, err := c.Handle(id)
	if err != nil {
		t.Fatal(err)
	}
	told := slices.SortedFunc(c.Told(h, record.Both, types...), graph.AsListed)
	for at, err := range snap.Links(t.Context(), l, id, graph.LinkFilter{Types: types}, "") {
		if err != nil {
			t.Fatal(err)
		}
		link := at.Value
		if len(told) == 0 || told[0].LinkID() != link.ID {
			t.Fatalf("%+v: the links of %s go on with %v, not %s", l, id, told, link.ID)
		}
		gone := slices.ContainsFunc(link.Evidence, func(e record.Evidence) bool { return e.Superseded })
		if gone && !told[0].Superseded() {
			t.Errorf("%+v: nothing says that a passage of %s is gone", l, link.ID)
		}
		told = told[1:]
	}
	if len(told) > 0 {
		t.Errorf("%+v: %s has the links %v too", l, id, told)
	}
}

// counted is every count that a snapshot gives.
func counted(t *testing.T, snap *graph.Snapshot, l record.Lens) (list []string) {
	t.Helper()
	census, err := snap.Census(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	list = append(list, fmt.Sprint(census.Kinds, census.Proposals))
	for _, kind := range record.Kinds() {
		for node, err := range snap.Nodes(t.Context(), l, kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				t.Fatal(err)
			}
			counts, err := snap.LinkCounts(t.Context(), l, node.Value.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range []graph.LinkFilter{{}, {Types: []record.LinkType{record.PartnerIn}}, {Direction: record.In}} {
				n, err := snap.Withheld(t.Context(), l, node.Value.ID, f)
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, fmt.Sprint(node.Value.ID, " ", counts, " ", n))
			}
		}
	}
	return list
}

// ordered holds that what is linked with a record, in order and one by one, is what
// Near lists.
func ordered(t *testing.T, c *graph.Cut, h graph.Handle) {
	t.Helper()
	arcs := map[graph.Handle][]string{}
	for arc := range c.Near(h) {
		arcs[arc.Far] = append(arcs[arc.Far], fmt.Sprint(arc))
	}
	want := slices.SortedFunc(maps.Keys(arcs), func(a, b graph.Handle) int {
		if text := c.Kind(a) == record.WeeknoteKind; text != (c.Kind(b) == record.WeeknoteKind) {
			return map[bool]int{true: 1, false: -1}[text]
		}
		return cmp.Compare(a, b)
	})
	if got := slices.Collect(c.InOrder(h)); !slices.Equal(got, want) {
		t.Fatalf("%d is linked with %v in order, not with %v", h, want, got)
	}
	for far := range graph.Handle(c.Size()) {
		var got []string
		for arc := range c.Between(h, far) {
			got = append(got, fmt.Sprint(arc))
		}
		slices.Sort(got)
		if slices.Sort(arcs[far]); !slices.Equal(got, arcs[far]) || c.Linked(h, far) != (len(got) > 0) {
			t.Fatalf("between %d and %d are %v, not %v", h, far, arcs[far], got)
		}
	}
}

// dated gives the links of a script roles and dates, and lets people write texts and
// records hide behind the texts that name them.
func dated(seed uint64, changes []record.Change) []record.Change {
	rng := rand.New(rand.NewPCG(seed, 8))
	dates := []string{"", "2020", "2021", "2021-03", "2021-05-10", "2022-02-01"}
	for i := range changes {
		for j, op := range changes[i].Ops {
			switch {
			case op.SaveLink != nil:
				a, b := dates[rng.IntN(len(dates))], dates[rng.IntN(len(dates))]
				if b < a {
					b = ""
				}
				changes[i].Ops[j] = during(op, a, b)
				roles := op.SaveLink.Link.Type.Roles()
				if op.SaveLink.Link.Type.FreeRole() {
					roles = []string{"Chief \"Digital\" Officer", "Head of Data"}
				}
				if at := rng.IntN(len(roles) + 1); at < len(roles) {
					op.SaveLink.Link.Role = roles[at]
				}
			case op.SaveNode != nil && rng.IntN(2) == 0:
				op.SaveNode.Node.Stated = record.Visibility(rng.IntN(4))
			}
		}
	}
	return changes
}

// busy is a script among many links: records of four kinds and texts to begin
// with, and between the script's changes links that are made and records that
// come back.
func busy(seed uint64, n int) []record.Change {
	rng := rand.New(rand.NewPCG(seed, 10))
	partners := []string{"Snook", "PUBLIC", "Nitrous", "The Helix Centre", "FutureGov", "Faculty & Co"}
	projects := []string{"Playbook", "Thirty3", "City Tools", "Data Map"}
	people := []string{"Ada Lovelace", "Joan Clarke", "Mary Kenneth"}
	const late = "Grace Hooper" // entered behind the texts
	id := func(kind record.Kind, name string) record.ID { return record.NewID(kind, record.Slugify(name)) }
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	text := func() record.ID { return id(record.WeeknoteKind, fmt.Sprintf("Weeknote %d", rng.IntN(6))) }
	var list []record.Change
	add := func(ops ...record.Op) { list = append(list, change(fmt.Sprintf("%d of busy", len(list)), ops...)) }
	for _, set := range []struct {
		kind  record.Kind
		names []string
	}{{record.PartnerKind, partners}, {record.ProjectKind, projects}, {record.PersonKind, people}} {
		for _, name := range set.names {
			add(saveNode(set.kind, name))
		}
	}
	for i := range 6 {
		body := fmt.Sprintf("Weeknote %d", i)
		for _, p := range partners {
			for _, q := range projects {
				body += "\n\n" + p + " works on " + q + "."
			}
		}
		for _, p := range slices.Concat(people, []string{late}) {
			body += "\n\n" + p + " leads and writes."
		}
		add(saveText(fmt.Sprintf("note-%d.md", i), body, record.Visibility(1+i%3), fmt.Sprintf("2021-0%d", 1+i), map[string]record.ID{
			pick(people): id(record.PersonKind, pick(people)), partners[i]: id(record.PartnerKind, partners[i])}))
	}
	add(saveNode(record.PersonKind, late))
	people = append(people, late)
	between := script(seed, n)
	for i := range n {
		status := []record.LinkStatus{record.Proposed, record.Confirmed}[rng.IntN(2)]
		partner, project, person := pick(partners), pick(projects), pick(people)
		switch rng.IntN(6) {
		case 0, 1:
			add(saveLink(record.PartnerIn, id(record.PartnerKind, partner), id(record.ProjectKind, project), text(), partner+" works on "+project+".", status))
		case 2:
			add(saveLink(record.Leads, id(record.PersonKind, person), id(record.ProjectKind, project), text(), person+" leads", status))
		case 3:
			add(saveLink(record.Authored, id(record.PersonKind, person), text(), text(), person+" leads and writes.", status))
		case 4:
			add(saveLink(record.WorksFor, id(record.PersonKind, person), id(record.PartnerKind, partner), text(), person, status))
		case 5:
			back := []string{string(text()), string(id(record.PartnerKind, partner))}
			again := record.Op{Restore: &record.Restore{ID: pick(back)}}
			if rng.IntN(2) == 0 { // what a text alone says goes with it
				again = record.Op{Withdraw: &record.Withdraw{ID: string(text())}}
			}
			add(again)
		}
		list = append(list, between[i])
	}
	return dated(seed, list)
}

// The links in memory are those in the store, through every lens, whatever
// changes land and wherever between them somebody asks.
func TestCutIsTheStore(t *testing.T) {
	for seed := range uint64(6) {
		if seed%2 == 0 {
			defer graph.FoldAt(15)() // so that some are made anew on the way
		}
		s := open(t, "")
		rng := rand.New(rand.NewPCG(seed, 9))
		shown, compared := 0, 0
		for i, c := range busy(seed, 130) {
			say(t, s, []record.Change{c})
			if i > 40 && rng.IntN(12) > 0 || rng.IntN(4) > 0 {
				continue
			}
			snap := snapshot(t, s)
			if rng.IntN(5) == 0 { // as it was some changes ago
				past, err := snap.At(t.Context(), snap.Version()-min(snap.Version(), 9))
				if err != nil {
					t.Fatal(err)
				}
				defer past.Close()
				snap = past
			}
			for _, l := range lenses() {
				if rng.IntN(3) > 0 {
					continue
				}
				want, got := walked(t, snap, l), cut(t, snap, l)
				if !slices.Equal(want, got) {
					t.Fatalf("seed %d, after change %d, through %+v:\nstore  %q\nmemory %q", seed, i+1, l, want, got)
				}
				if want, got := counted(t, graph.WithoutArrays(snap), l), counted(t, snap, l); !slices.Equal(want, got) {
					t.Fatalf("seed %d, after change %d, through %+v, counts:\nstore  %q\nmemory %q", seed, i+1, l, want, got)
				}
				shown, compared = shown+len(got), compared+1
			}
		}
		if shown < 4*compared {
			t.Errorf("seed %d: %d links in %d comparisons; the script tests nothing", seed, shown, compared)
		}
	}
}

// Readers walk, each through a snapshot of its own, while changes land; none
// stops another, and each sees the graph of its number.
func TestCutsWhileChangesLand(t *testing.T) {
	s := open(t, "")
	changes := busy(3, 100)
	say(t, s, changes[:80])
	ctx, stop := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for ctx.Err() == nil {
				snap, err := s.Snapshot()
				if err != nil {
					t.Error(err)
					return
				}
				a, b := walked(t, snap, staff), cut(t, snap, staff)
				if !slices.Equal(a, b) {
					t.Errorf("at %d:\nstore  %q\nmemory %q", snap.Version(), a, b)
				}
				snap.Close()
			}
		})
	}
	say(t, s, changes[80:])
	stop()
	readers.Wait()
}

// A cut that is given up half way leaves nothing half made.
func TestCutGivenUp(t *testing.T) {
	s := open(t, "")
	say(t, s, busy(4, 60))
	ctx, stop := context.WithCancel(t.Context())
	stop()
	snap := snapshot(t, s)
	if _, err := snap.Cut(ctx, staff); !errors.Is(err, context.Canceled) {
		t.Errorf("a cut for nobody: %v", err)
	}
	if a, b := walked(t, snap, staff), cut(t, snap, staff); !slices.Equal(a, b) {
		t.Errorf("store  %q\nmemory %q", a, b)
	}
}
