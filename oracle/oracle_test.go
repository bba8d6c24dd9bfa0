package oracle_test

import (
	"slices"
	"testing"

	"lotigraph/oracle"
)

// TestNetworkx holds that the questions reach networkx as they are meant, by a
// graph whose answers can be worked out by hand: a path 0–1–2 and a node apart.
func TestNetworkx(t *testing.T) {
	o := oracle.StartNetworkx(t).Ask(t, oracle.Graph{
		Size: 4, Edges: [][3]float64{{0, 1, 2}, {1, 2, 3}},
		What:        []string{"betweenness", "closeness", "pageRank", "components", "density", "louvain", "modularity"},
		Communities: [][]int{{0, 1, 2}, {3}},
		Paths:       []oracle.Paths{{From: 0, To: 2, First: 5, Weighted: true}, {From: 0, To: 3, First: 1}},
	})
	if want := []float64{0, 1.0 / 3, 0, 0}; !slices.Equal(o.Betweenness, want) {
		t.Errorf("betweenness: got %v, want %v", o.Betweenness, want)
	}
	if want := 2.0 / 3; o.Closeness[1] != want {
		t.Errorf("closeness of the middle: got %v, want %v", o.Closeness[1], want)
	}
	if !(o.PageRank[1] > o.PageRank[2] && o.PageRank[2] > o.PageRank[0] && o.PageRank[0] > o.PageRank[3]) {
		t.Errorf("PageRank heeds no weights: %v", o.PageRank)
	}
	if len(o.Components) != 2 || o.Density != 1.0/3 || o.Modularity != 0 || o.Louvain < 0 {
		t.Errorf("got %+v", o)
	}
	if len(o.Paths) != 2 || len(o.Paths[0]) != 1 || o.Paths[0][0].Cost != 5 || !slices.Equal(o.Paths[0][0].Nodes, []int{0, 1, 2}) || len(o.Paths[1]) != 0 {
		t.Errorf("paths: got %+v", o.Paths)
	}
}
