package walk_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
	"lotigraph/walk"
)

// With room for all, a neighbourhood is every record within its depth, each at
// its distance, and every link among them; with less room it is the best of them,
// and says how many it left out.
func TestAround(t *testing.T) {
	f := plant(t, 6, 60)
	c, err := f.snap.Cut(t.Context(), staff)
	if err != nil {
		t.Fatal(err)
	}
	cutShort := 0
	for _, ids := range f.trees {
		for depth := 1; depth <= 3; depth++ {
			middle := handle(t, c, ids[0])
			all, err := walk.Around(t.Context(), f.snap, staff, walk.AroundQuery{ID: ids[0], Depth: depth, First: 100})
			if err != nil {
				t.Fatal(err)
			}
			distance := distances(c, middle, depth)
			for _, n := range all.Nodes {
				if h := handle(t, c, n.Node.ID); distance[h] != n.Distance {
					t.Errorf("%s is %d hops from %s, not %d", n.Node.ID, distance[h], ids[0], n.Distance)
				}
			}
			links, counted := 0, 0
			for arc := range c.Links() {
				_, from := distance[arc.Near]
				if _, to := distance[arc.Far]; from && to {
					links++
				}
			}
			for _, n := range all.Counts {
				counted += n.Count
			}
			if len(all.Nodes) != len(distance)-1 || all.Total != len(all.Nodes) || len(all.Links) != links || counted != links || all.Note != "" {
				t.Fatalf("around %s to %d hops: %d records of %d, %d links of %d, note %q", ids[0], depth, len(all.Nodes), len(distance)-1, len(all.Links), links, all.Note)
			}
			tree, err := walk.Around(t.Context(), f.snap, staff, walk.AroundQuery{ID: ids[0], Depth: depth, First: 100, Links: len(all.Nodes) + 1})
			if err != nil {
				t.Fatal(err)
			}
			if want := min(len(all.Nodes)+1, links); len(tree.Links) != want || tree.LinksLeft != links-want || !joins(tree) || !slices.Equal(tree.Counts, all.Counts) {
				t.Errorf("around %s, %d of %d links are told and %d left; all reached: %v", ids[0], len(tree.Links), links, tree.LinksLeft, joins(tree))
			}
			few, err := walk.Around(t.Context(), f.snap, staff, walk.AroundQuery{ID: ids[0], Depth: 1, First: 2})
			if err != nil {
				t.Fatal(err)
			}
			if depth == 1 && few.Total > 2 {
				cutShort++
				if !strings.Contains(few.Note, "left out") || !slices.Equal(idsOf(few.Nodes), idsOf(all.Nodes[:2])) || few.Total != all.Total {
					t.Errorf("the two best around %s are %v of %v; %q", ids[0], idsOf(few.Nodes), idsOf(all.Nodes), few.Note)
				}
				best := score(c, middle, handle(t, c, few.Nodes[0].Node.ID))
				for _, n := range all.Nodes {
					if own := score(c, middle, handle(t, c, n.Node.ID)); own > best+1e-9 {
						t.Errorf("%s scores %g, more than the first", n.Node.ID, own)
					}
				}
			}
		}
	}
	if cutShort < 20 {
		t.Errorf("only %d neighbourhoods were cut short", cutShort)
	}
	for field, q := range map[string]walk.AroundQuery{"depth": {ID: f.trees[0][0], Depth: 5, First: 1}, "first": {ID: f.trees[0][0], Depth: 1, First: 101}, "id": {ID: "project:none", Depth: 1, First: 1}} {
		var refusal *record.Refusal
		if _, err := walk.Around(t.Context(), f.snap, staff, q); !errors.As(err, &refusal) || refusal.Field != field {
			t.Errorf("a bad %s: %v", field, err)
		}
	}
}

// joins tells whether the links of a neighbourhood lead to all of its records.
func joins(n walk.Neighbourhood) bool {
	reached := map[record.ID]bool{n.Center.ID: true}
	for range n.Nodes {
		for _, l := range n.Links {
			if reached[l.From] || reached[l.To] {
				reached[l.From], reached[l.To] = true, true
			}
		}
	}
	return len(reached) == len(n.Nodes)+1
}

func idsOf(list []walk.Neighbour) (ids []record.ID) {
	for _, n := range list {
		ids = append(ids, n.Node.ID)
	}
	return ids
}

func distances(c *graph.Cut, middle graph.Handle, depth int) map[graph.Handle]int {
	distance := map[graph.Handle]int{middle: 0}
	for d := 1; d <= depth; d++ {
		for arc := range c.Links() {
			for _, ends := range [][2]graph.Handle{{arc.Near, arc.Far}, {arc.Far, arc.Near}} {
				at, known := distance[ends[0]]
				if _, seen := distance[ends[1]]; known && at == d-1 && !seen {
					distance[ends[1]] = d
				}
			}
		}
	}
	return distance
}

func score(c *graph.Cut, middle, h graph.Handle) (sum float64) {
	links := 0
	for arc := range c.Near(h) {
		links++
		switch {
		case arc.Far != middle:
		case arc.Type == record.Mentions:
			sum += 0.25
		default:
			sum++
		}
	}
	return sum / math.Log2(2+float64(links))
}
