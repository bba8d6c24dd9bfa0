package network

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"lotigraph/oracle"
)

// random is a graph of one of four shapes: sparse, dense, in two halves with few
// edges between them, or with a hub. Some nodes stand alone.
func random(rng *rand.Rand) *Network {
	n := 2 + rng.IntN(30)
	shape, chance := rng.IntN(4), []float64{1.5 / float64(n), 0.5, 0.3, 0.08}
	w := &Network{Nodes: make([]Node, n)}
	for a := range n {
		for b := a + 1; b < n; b++ {
			p := chance[shape]
			switch {
			case shape == 2 && (a < n/2) != (b < n/2):
				p = 0.03
			case shape == 3 && a == 0:
				p = 0.8
			}
			if rng.Float64() < p {
				w.Edges = append(w.Edges, Edge{A: a, B: b, Weight: float64(1+rng.IntN(12)) / 2})
			}
		}
	}
	return w
}

func asked(w *Network, what ...string) oracle.Graph {
	g := oracle.Graph{Size: len(w.Nodes), Edges: [][3]float64{}, What: what}
	for _, e := range w.Edges {
		g.Edges = append(g.Edges, [3]float64{float64(e.A), float64(e.B), e.Weight})
	}
	return g
}

func column(w *Network, of func(Node) float64) []float64 {
	list := make([]float64, len(w.Nodes))
	for v, n := range w.Nodes {
		list[v] = of(n)
	}
	return list
}

// groups lists the nodes of each group, in order, by the first.
func groups(w *Network, of func(Node) int) [][]int {
	all := map[int][]int{}
	for v, n := range w.Nodes {
		all[of(n)] = append(all[of(n)], v)
	}
	var list [][]int
	for _, g := range all {
		list = append(list, g)
	}
	slices.SortFunc(list, func(a, b []int) int { return a[0] - b[0] })
	return list
}

// judged is how many random graphs networkx is asked about.
const judged = 240

// TestNetworkxAgrees holds every measure against networkx.
func TestNetworkxAgrees(t *testing.T) {
	x := oracle.StartNetworkx(t)
	for seed := range uint64(judged) {
		w := random(rand.New(rand.NewPCG(seed, 1)))
		if err := w.measure(t.Context(), exactSteps); err != nil {
			t.Fatal(err)
		}
		g := asked(w, "betweenness", "closeness", "pageRank", "components", "density")
		if len(w.Edges) > 0 {
			g.What = append(g.What, "louvain", "modularity")
			g.Communities = groups(w, func(n Node) int { return n.Community })
		}
		o := x.Ask(t, g)
		for _, m := range []struct {
			name      string
			got, want []float64
			within    float64
		}{
			{"betweenness", column(w, func(n Node) float64 { return n.Betweenness }), o.Betweenness, 1e-9},
			{"closeness", column(w, func(n Node) float64 { return n.Closeness }), o.Closeness, 1e-9},
			{"PageRank", column(w, func(n Node) float64 { return n.PageRank }), o.PageRank, 1e-9},
			{"density and modularity", []float64{w.Density, w.Modularity}, []float64{o.Density, o.Modularity}, 1e-9},
		} {
			for i := range m.want {
				if math.Abs(m.got[i]-m.want[i]) > m.within {
					t.Errorf("graph %d, %s of node %d: got %v, networkx says %v", seed, m.name, i, m.got[i], m.want[i])
				}
			}
			if len(m.got) != len(m.want) {
				t.Errorf("graph %d: %d values of %s, networkx has %d", seed, len(m.got), m.name, len(m.want))
			}
		}
		if got := groups(w, func(n Node) int { return n.Component }); !reflect.DeepEqual(got, o.Components) || len(got) != w.Components {
			t.Errorf("graph %d: components %v, networkx says %v", seed, got, o.Components)
		}
		if w.Modularity < o.Louvain-0.01*math.Abs(o.Louvain)-1e-9 {
			t.Errorf("graph %d: communities have modularity %v, networkx finds %v", seed, w.Modularity, o.Louvain)
		}
	}
}

// TestSameAgain holds that measuring twice gives the same to the last digit, and
// that the sums of a network are what its definition says.
func TestSameAgain(t *testing.T) {
	for seed := range uint64(50) {
		one, two := random(rand.New(rand.NewPCG(seed, 2))), random(rand.New(rand.NewPCG(seed, 2)))
		for _, w := range []*Network{one, two} {
			if err := w.measure(t.Context(), 50); err != nil { // so few steps that larger ones are sampled
				t.Fatal(err)
			}
		}
		if !reflect.DeepEqual(one, two) {
			t.Fatalf("graph %d: measured twice, it differs", seed)
		}
		degrees, strengths, ranks, weights := 0, 0.0, 0.0, 0.0
		for _, n := range one.Nodes {
			degrees, strengths, ranks = degrees+n.Degree, strengths+n.WeightedDegree, ranks+n.PageRank
		}
		for _, e := range one.Edges {
			weights += e.Weight
		}
		if degrees != 2*len(one.Edges) || math.Abs(strengths-2*weights) > 1e-9 || math.Abs(ranks-1) > 1e-9 {
			t.Errorf("graph %d: degrees %d, strengths %v, ranks %v of %d edges of weight %v", seed, degrees, strengths, ranks, len(one.Edges), weights)
		}
	}
}

// TestSamplingError holds that estimates are as exact as they say: of all nodes
// of several graphs, at least 95 % lie within the stated error.
func TestSamplingError(t *testing.T) {
	within, all := 0, 0
	for seed := range uint64(8) {
		exact, sampled := large(seed), large(seed)
		if err := exact.measure(t.Context(), exactSteps); err != nil {
			t.Fatal(err)
		}
		if err := sampled.measure(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if exact.Sampling != nil || sampled.Sampling == nil || sampled.Sampling.Sources < fewestSources {
			t.Fatalf("sampling: got %v of the exact and %v of the sampled", exact.Sampling, sampled.Sampling)
		}
		for v, n := range sampled.Nodes {
			all += 2
			if math.Abs(n.Betweenness-exact.Nodes[v].Betweenness) <= sampled.Sampling.BetweennessError {
				within++
			}
			if math.Abs(n.Closeness-exact.Nodes[v].Closeness) <= sampled.Sampling.ClosenessError {
				within++
			}
		}
		if e := sampled.Sampling.ClosenessError; e <= 0 || e > 0.1 {
			t.Errorf("graph %d: an error of closeness of %v says little", seed, e)
		}
	}
	if 100*within < 95*all {
		t.Errorf("%d of %d estimates are within the error that is stated", within, all)
	}
}

// large is a graph of 400 nodes, each joined with some of those before it.
func large(seed uint64) *Network {
	rng := rand.New(rand.NewPCG(seed, 3))
	w := &Network{Nodes: make([]Node, 400)}
	for a := range w.Nodes {
		for b := a + 1; b < len(w.Nodes); b++ {
			if rng.IntN(1+b-a) < 2 {
				w.Edges = append(w.Edges, Edge{A: a, B: b, Weight: 1})
			}
		}
	}
	return w
}
