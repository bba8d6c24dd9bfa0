package walk_test

import (
	"fmt"
	"slices"
	"testing"

	"lotigraph/graph"
	"lotigraph/oracle"
	"lotigraph/walk"
)

// Undamped paths are networkx's shortest simple paths, on 220 random graphs.
func TestPathsAgreeWithNetworkx(t *testing.T) {
	x := oracle.StartNetworkx(t)
	f := plant(t, 5, 220)
	c, err := f.snap.Cut(t.Context(), staff)
	if err != nil {
		t.Fatal(err)
	}
	for _, ids := range f.trees {
		got, err := walk.Between(t.Context(), f.snap, staff, walk.PathQuery{From: ids[0], To: ids[2], First: 5, MaxLength: walk.MaxHops})
		if err != nil {
			t.Fatal(err)
		}
		// The graph around one end, with numbers of its own.
		number := map[graph.Handle]int{}
		order := []graph.Handle{handle(t, c, ids[0]), handle(t, c, ids[2])}
		number[order[0]], number[order[1]] = 0, 1
		var edges [][3]float64
		for i := 0; i < len(order); i++ {
			for arc := range c.Near(order[i]) {
				if _, known := number[arc.Far]; !known {
					number[arc.Far] = len(order)
					order = append(order, arc.Far)
				}
				if arc.Out {
					edges = append(edges, [3]float64{float64(i), float64(number[arc.Far]), 1})
				}
			}
		}
		theirs := x.Ask(t, oracle.Graph{Size: len(order), Edges: edges, Paths: []oracle.Paths{{From: 0, To: 1, First: 5, Ties: true}}}).Paths[0]
		if len(got.Paths) != min(5, len(theirs)) {
			t.Fatalf("%s to %s: %d paths, networkx has %d", ids[0], ids[2], len(got.Paths), len(theirs))
		}
		seen := map[string]bool{}
		for i, w := range waysOf(t, f.snap, got) {
			var ours []int
			for _, h := range w.nodes {
				ours = append(ours, number[h])
			}
			if len(ours) != len(theirs[i].Nodes) || seen[fmt.Sprint(ours)] ||
				!slices.ContainsFunc(theirs, func(p oracle.Path) bool { return slices.Equal(p.Nodes, ours) }) {
				t.Fatalf("%s to %s: path %d is %v; networkx has %v", ids[0], ids[2], i, ours, theirs)
			}
			seen[fmt.Sprint(ours)] = true
		}
	}
}
