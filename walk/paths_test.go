package walk_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lotigraph/graph"
	"lotigraph/record"
	"lotigraph/walk"
)

var staff = record.Lens{Viewer: record.Viewer{Clearance: record.Staff}, Proposed: true}

// forest is a store with many small random graphs, each by itself: partners,
// projects and texts, linked at random, some with dates.
type forest struct {
	snap  *graph.Snapshot
	trees [][]record.ID
}

const quote = "Many things are linked."

// plant makes graphs of 4 to 9 records, where one is linked with each other with
// a likelihood of nearly a half.
func plant(t *testing.T, seed uint64, trees int) forest {
	t.Helper()
	return plantOf(t, seed, trees, 4, 6, 4)
}

// plantOf makes graphs of smallest to smallest+more-1 records, where a link in
// either direction has a likelihood of one in rarity.
func plantOf(t *testing.T, seed uint64, trees, smallest, more, rarity int) forest {
	t.Helper()
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	rng := rand.New(rand.NewPCG(seed, 1))
	var f forest
	for i := range trees {
		ids, ops := tree(rng, i, smallest+rng.IntN(more), rarity)
		f.trees = append(f.trees, ids)
		c := record.Change{ID: fmt.Sprint("tree ", i), Time: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Actor: "a test", Ops: ops}
		if _, err := store.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	if f.snap, err = store.Snapshot(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.snap.Close)
	return f
}

func tree(rng *rand.Rand, number, size, rarity int) (ids []record.ID, ops []record.Op) {
	handles := []record.ID{}
	body := fmt.Sprintf("Note %d\n\n%s", number, quote)
	note := &record.SaveText{Handle: "#note", Title: fmt.Sprintf("Note %d", number), Details: record.Weeknote{Source: fmt.Sprintf("%d.md", number), Form: record.FormWeeknote, Visibility: record.Public},
		Text: record.Text{Body: body, Title: record.Span{End: strings.Index(body, "\n")}, Main: record.Span{End: len(body)}}}
	for i := range size {
		kind := []record.Kind{record.PartnerKind, record.ProjectKind}[rng.IntN(2)]
		name := fmt.Sprintf("%c%d of %d", 'a'+rng.IntN(26), i, number)
		handle := record.ID(fmt.Sprint("#", i))
		ops = append(ops, record.Op{SaveNode: &record.SaveNode{Kind: kind, Handle: string(handle), Node: record.Node{Name: name, Stated: record.Public}}})
		ids, handles = append(ids, record.NewID(kind, record.Slugify(name))), append(handles, handle)
		if rng.IntN(rarity/2) == 0 {
			note.Mentions = append(note.Mentions, record.Mention{To: handle, Spans: []record.Span{{Start: 0, End: 4}}, Method: "test"})
		}
	}
	ops = append(ops, record.Op{SaveText: note})
	dates := []string{"", "", "2019", "2020-05", "2021"}
	for i := range size {
		for j := range size {
			if i == j || rng.IntN(rarity) > 0 {
				continue
			}
			since, _ := record.ParsePartialDate(dates[rng.IntN(len(dates))])
			until := since
			if rng.IntN(2) == 0 {
				until = record.PartialDate{}
			}
			ops = append(ops, record.Op{SaveLink: &record.SaveLink{Link: record.Link{Type: record.SucceededBy, From: handles[i], To: handles[j], Since: since, Until: until,
				Status: record.Confirmed, Evidence: []record.Evidence{{Text: "#note", Quote: quote}}}}})
		}
	}
	return ids, ops
}

// way is a path as the tests compare it.
type way struct {
	nodes []graph.Handle
	cost  float64
}

// everyWay lists every path by trying all, in the order that Between promises.
func everyWay(t *testing.T, s *graph.Snapshot, q walk.PathQuery) (list []way) {
	t.Helper()
	c, err := s.Cut(t.Context(), staff)
	if err != nil {
		t.Fatal(err)
	}
	from, to := handle(t, c, q.From), handle(t, c, q.To)
	if q.To < q.From {
		from, to = to, from
	}
	var links [][]graph.Arc
	var visit func(so []graph.Handle)
	visit = func(so []graph.Handle) {
		last := so[len(so)-1]
		if last == to {
			if q.Direct && roundabout(c, so) {
				return
			}
			if !q.Overlapping || mayMeet(links, record.PartialDate{}, record.PartialDate{Year: 9999, Month: 12, Day: 31}) {
				list = append(list, way{slices.Clone(so), costOf(c, so, q.Damped)})
			}
			return
		}
		if len(so) > q.MaxLength {
			return
		}
		next := map[graph.Handle][]graph.Arc{}
		for arc := range c.Near(last) {
			id, _ := c.ID(arc.Far)
			inner := arc.Far != to
			if slices.Contains(so, arc.Far) || inner && (slices.Contains(q.Avoid, id) || len(q.Through) > 0 && !slices.Contains(q.Through, id.Kind())) {
				continue
			}
			next[arc.Far] = append(next[arc.Far], arc)
		}
		for h, arcs := range next {
			links = append(links, arcs)
			visit(append(so, h))
			links = links[:len(links)-1]
		}
	}
	visit([]graph.Handle{from})
	key := func(h graph.Handle) int {
		if c.Kind(h) == record.WeeknoteKind {
			return int(h) + c.Size()
		}
		return int(h)
	}
	slices.SortFunc(list, func(a, b way) int {
		return cmp.Or(cmp.Compare(math.Round(1000*a.cost), math.Round(1000*b.cost)), slices.CompareFunc(a.nodes, b.nodes, func(x, y graph.Handle) int { return cmp.Compare(key(x), key(y)) }))
	})
	if q.To < q.From {
		for _, w := range list {
			slices.Reverse(w.nodes)
		}
	}
	return list
}

// roundabout tells whether two records on a path are linked that do not follow each
// other.
func roundabout(c *graph.Cut, path []graph.Handle) bool {
	for i, h := range path {
		for arc := range c.Near(h) {
			if j := slices.Index(path, arc.Far); j > i+1 {
				return true
			}
		}
	}
	return false
}

// mayMeet tells whether one link of each hop can be chosen so that all may have
// held on one day.
func mayMeet(hops [][]graph.Arc, from, to record.PartialDate) bool {
	if from.Compare(to) > 0 {
		return false
	}
	if len(hops) == 0 {
		return true
	}
	for _, arc := range hops[0] {
		f, u := from, to
		if d := arc.Since().First(); d.Compare(f) > 0 {
			f = d
		}
		if d := arc.Until().Last(); !d.IsZero() && d.Compare(u) < 0 {
			u = d
		}
		if mayMeet(hops[1:], f, u) {
			return true
		}
	}
	return false
}

func costOf(c *graph.Cut, nodes []graph.Handle, damped bool) float64 {
	cost := float64(len(nodes) - 1)
	for _, h := range nodes[1 : len(nodes)-1] {
		if !damped {
			continue
		}
		links := 0
		for range c.Near(h) {
			links++
		}
		cost += math.Round(1000*math.Log2(float64(links+1))) / 1000
		if c.Kind(h) == record.WeeknoteKind {
			cost += 4
		}
	}
	return cost
}

func handle(t *testing.T, c *graph.Cut, id record.ID) graph.Handle {
	t.Helper()
	h, err := c.Handle(id)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func waysOf(t *testing.T, s *graph.Snapshot, p walk.Paths) (list []way) {
	t.Helper()
	c, err := s.Cut(t.Context(), staff)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range p.Paths {
		w := way{cost: path.Cost}
		for _, n := range path.Nodes {
			w.nodes = append(w.nodes, handle(t, c, n.ID))
		}
		for i, hop := range path.Hops {
			a, b := path.Nodes[i].ID, path.Nodes[i+1].ID
			if l := hop.Link; !(l.From == a && l.To == b || l.From == b && l.To == a) || !strings.Contains(hop.Sentence, path.Nodes[i].Name) {
				t.Errorf("the hop from %s to %s reads %q and is %s to %s", a, b, hop.Sentence, l.From, l.To)
			}
		}
		list = append(list, w)
	}
	return list
}

func sameWays(a, b []way) bool {
	return slices.EqualFunc(a, b, func(a, b way) bool {
		return slices.Equal(a.nodes, b.nodes) && math.Abs(a.cost-b.cost) < 1e-6
	})
}

// Paths are those that trying every way gives, in that order, and the same from
// either end.
func TestPathsAreTheBest(t *testing.T) { pathsAreTheBest(t, plant(t, 1, 220), 6, 100) }

// So they are whichever way the search prefers to find out what it needs to know.
func TestPathsAreTheBestAnyWay(t *testing.T) {
	for _, tune := range [][2]int{{0, 0}, {1, 3}, {1, 1000}, {1000, 0}} {
		back := walk.Tune(tune[0], tune[1])
		pathsAreTheBest(t, plant(t, 8, 60), 6, 25)
		pathsAreTheBest(t, plantOf(t, 9, 30, 30, 30, 28), 9, 25)
		back()
	}
}

// So they are where the ends lie far apart, and the two sides of the search meet
// in the middle.
func TestFarPathsAreTheBest(t *testing.T) { pathsAreTheBest(t, plantOf(t, 7, 120, 30, 30, 28), 9, 80) }

func pathsAreTheBest(t *testing.T, f forest, longest, atLeast int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(2, 1))
	several := 0
	for _, ids := range f.trees {
		for range 3 {
			q := walk.PathQuery{From: ids[0], To: ids[1+rng.IntN(len(ids)-1)], First: 1 + rng.IntN(12), MaxLength: 1 + rng.IntN(longest),
				Damped: rng.IntN(2) == 0, Overlapping: rng.IntN(3) == 0, Direct: rng.IntN(3) == 0}
			if rng.IntN(3) == 0 {
				q.Through = []record.Kind{record.ProjectKind}
			}
			if avoided := ids[1+rng.IntN(len(ids)-1)]; avoided != q.To && rng.IntN(3) == 0 {
				q.Avoid = []record.ID{avoided}
			}
			if rng.IntN(2) == 0 {
				q.From, q.To = q.To, q.From
			}
			want := everyWay(t, f.snap, q)
			want = want[:min(len(want), q.First)]
			got, err := walk.Between(t.Context(), f.snap, staff, q)
			if err != nil {
				t.Fatal(err)
			}
			if ways := waysOf(t, f.snap, got); !sameWays(ways, want) || !got.Complete {
				t.Fatalf("%+v\ngives %v\nwant  %v", q, ways, want)
			}
			several += min(len(want)/3, 1)
			q.From, q.To = q.To, q.From
			back, err := walk.Between(t.Context(), f.snap, staff, q)
			if err != nil {
				t.Fatal(err)
			}
			for i := range back.Paths {
				slices.Reverse(back.Paths[i].Nodes)
				slices.Reverse(back.Paths[i].Hops)
			}
			if !slices.EqualFunc(back.Paths, got.Paths, func(a, b walk.Path) bool { return fmt.Sprint(a.Hops) == fmt.Sprint(b.Hops) && a.Cost == b.Cost }) {
				t.Fatalf("%+v: from the other end there are other paths", q)
			}
		}
	}
	if several < atLeast {
		t.Errorf("only %d questions have three paths; the graphs test nothing", several)
	}
}

// A search that runs out of work says so, and what it gives is right as far as
// it goes.
func TestPathsOutOfWork(t *testing.T) {
	f := plant(t, 3, 5)
	stopped := 0
	for _, ids := range f.trees {
		for work := 1; work < 400; work *= 2 {
			q := walk.PathQuery{From: ids[0], To: ids[2], First: 20, MaxLength: 6, Work: work}
			got, err := walk.Between(t.Context(), f.snap, staff, q)
			if err != nil {
				t.Fatal(err)
			}
			want, ways := everyWay(t, f.snap, q), waysOf(t, f.snap, got)
			if !sameWays(ways, want[:min(len(ways), len(want))]) {
				t.Errorf("with %d links looked at: %v, not the first of %v", work, ways, want)
			}
			if got.Complete && len(ways) < min(20, len(want)) {
				t.Errorf("%d of %d paths, and the answer calls itself complete", len(ways), len(want))
			}
			if !got.Complete {
				stopped++
				if !strings.Contains(got.Note, "stopped") {
					t.Errorf("the note hides that the search stopped: %q", got.Note)
				}
			}
		}
	}
	if stopped == 0 {
		t.Error("no search ran out of work")
	}
}

func TestPathsRefuse(t *testing.T) {
	f := plant(t, 4, 1)
	ids := f.trees[0]
	good := walk.PathQuery{From: ids[0], To: ids[1], First: 3, MaxLength: 6}
	for field, edit := range map[string]func(*walk.PathQuery){
		"first":     func(q *walk.PathQuery) { q.First = 101 },
		"maxLength": func(q *walk.PathQuery) { q.MaxLength = 0 },
		"to":        func(q *walk.PathQuery) { q.To = q.From },
		"avoid[0]":  func(q *walk.PathQuery) { q.Avoid = []record.ID{q.From} },
		"from":      func(q *walk.PathQuery) { q.From = "project:nowhere" },
	} {
		q := good
		edit(&q)
		var refusal *record.Refusal
		if _, err := walk.Between(t.Context(), f.snap, staff, q); !errors.As(err, &refusal) || refusal.Field != field {
			t.Errorf("a bad %s: %v", field, err)
		}
	}
}

// Of records that are linked, only that is a way without a detour, and to know it
// takes no work, whatever else leads from one to the other.
func TestDirectPathOfLinkedRecords(t *testing.T) {
	f := plant(t, 10, 40)
	c, err := f.snap.Cut(t.Context(), staff)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, ids := range f.trees {
		if !c.Linked(handle(t, c, ids[0]), handle(t, c, ids[1])) {
			continue
		}
		tried++
		for _, damped := range []bool{true, false} {
			got, err := walk.Between(t.Context(), f.snap, staff, walk.PathQuery{From: ids[0], To: ids[1], First: 100, MaxLength: 12, Damped: damped, Direct: true, Work: 100})
			if err != nil || len(got.Paths) != 1 || len(got.Paths[0].Hops) != 1 || !got.Complete {
				t.Errorf("%s and %s, damped %t: %d ways, complete %t, %v", ids[0], ids[1], damped, len(got.Paths), got.Complete, err)
			}
		}
	}
	if tried < 10 {
		t.Errorf("only %d pairs are linked", tried)
	}
}

// Questions that are asked side by side, or given up, do not get into each other's
// way.
func TestPathsSideBySide(t *testing.T) {
	f := plant(t, 11, 12)
	ask := func(ctx context.Context, ids []record.ID, damped bool) string {
		got, err := walk.Between(ctx, f.snap, staff, walk.PathQuery{From: ids[0], To: ids[2], First: 9, MaxLength: 6, Damped: damped})
		said := fmt.Sprint(got.Complete, err)
		for _, path := range got.Paths {
			for _, hop := range path.Hops {
				said += ", " + hop.Sentence
			}
			said += fmt.Sprint(" at ", path.Cost)
		}
		return said
	}
	var want [2][]string
	for i, damped := range []bool{false, true} {
		for _, ids := range f.trees {
			want[i] = append(want[i], ask(t.Context(), ids, damped))
		}
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i, damped := range []bool{false, true} {
				for j, ids := range f.trees {
					ask(gone, ids, damped)
					if got := ask(t.Context(), ids, damped); got != want[i][j] {
						t.Errorf("%s to %s, damped %t: %.300q side by side, %.300q alone", ids[0], ids[2], damped, got, want[i][j])
					}
				}
			}
		})
	}
	group.Wait()
}
