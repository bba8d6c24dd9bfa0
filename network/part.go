package network

import (
	"cmp"
	"slices"

	"lotigraph/record"
)

// Measure is something that nodes can be ordered by.
type Measure string

// The measures.
const (
	ByDegree         Measure = "DEGREE"
	ByWeightedDegree Measure = "WEIGHTED_DEGREE"
	ByBetweenness    Measure = "BETWEENNESS"
	ByCloseness      Measure = "CLOSENESS"
	ByPageRank       Measure = "PAGE_RANK"
)

// measures is the one table of measures.
func measures() []struct {
	Measure
	of func(Node) float64
} {
	return []struct {
		Measure
		of func(Node) float64
	}{
		{ByDegree, func(n Node) float64 { return float64(n.Degree) }},
		{ByWeightedDegree, func(n Node) float64 { return n.WeightedDegree }},
		{ByBetweenness, func(n Node) float64 { return n.Betweenness }},
		{ByCloseness, func(n Node) float64 { return n.Closeness }},
		{ByPageRank, func(n Node) float64 { return n.PageRank }},
	}
}

// ParseMeasure reads a measure as the API spells it. Anything else is ErrInvalid.
func ParseMeasure(s string) (Measure, error) {
	var names []Measure
	for _, m := range measures() {
		if string(m.Measure) == s {
			return m.Measure, nil
		}
		names = append(names, m.Measure)
	}
	return "", record.Invalid("orderBy", "%q is not a measure; use one of %v", s, names)
}

// A part is never larger than this, so that an answer stays readable.
const (
	mostNodes = 500
	mostEdges = 5000
)

// Part is the nodes of a network that a measure puts first, the highest first and
// those that are equal by id, and the edges between them, the heaviest first. Of
// the nodes there are at most so many, 500 when first is 0; of the edges, 5000.
func (n *Network) Part(by Measure, first int) (nodes []Node, edges []Edge) {
	var of func(Node) float64
	for _, m := range measures() {
		if m.Measure == by {
			of = m.of
		}
	}
	places := make([]int, len(n.Nodes))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int { return cmp.Compare(of(n.Nodes[b]), of(n.Nodes[a])) })
	if first == 0 {
		first = mostNodes
	}
	shown := make([]bool, len(n.Nodes))
	for _, v := range places[:min(first, len(places))] {
		nodes = append(nodes, n.Nodes[v])
		shown[v] = true
	}
	for _, e := range n.Edges {
		if shown[e.A] && shown[e.B] {
			edges = append(edges, e)
		}
	}
	slices.SortStableFunc(edges, func(a, b Edge) int { return cmp.Compare(b.Weight, a.Weight) })
	return nodes, edges[:min(mostEdges, len(edges))]
}
