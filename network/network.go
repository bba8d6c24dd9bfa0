// Package network sees a programme as a network: records of one kind, joined
// where they share records of another – partner organisations through shared
// projects, boroughs through shared projects, people through weeknotes.
//
//	a Source's ties, under a lens → who shares what (project.go) → rows (sparse.go)
//	     → measures: shortest.go, pagerank.go, louvain.go
//
// Everything follows from the ties alone. Nodes are in the order of their ids,
// what is random has fixed seeds, and sums are added up in a fixed order: the same
// ties give the same network to the last digit, on any number of processors.
//
// The measures work on arrays of our own. gonum's, on graphs of maps, follow the
// order of maps where it matters to the digit and to the grouping.
package network

import (
	"context"
	"errors"
	"slices"

	"lotigraph/record"
)

// Weight says how much a shared record counts.
type Weight string

// The weights.
const (
	Shared Weight = "SHARED" // 1: an edge weighs as much as it has shared records
	Newman Weight = "NEWMAN" // 1/(n-1) where n records share it (Newman 2001): being one of many joins less
)

// Question says which network is asked for.
type Question struct {
	Of, Through record.Kind
	Types       []record.LinkType  // which links count; none means all between the two kinds
	From, To    record.PartialDate // links that held at some time in this period, as far as is known; open where zero
	Weight      Weight             // Shared when empty
}

// Network is the answer. Nodes are in the order of their ids.
type Network struct {
	Question    Question
	Nodes       []Node
	Edges       []Edge // by the places of their ends
	Density     float64
	Components  int
	Communities int
	Modularity  float64
	Sampling    *Sampling // nil where every measure is exact

	through []record.ID
	shared  []int32 // what the edges share, by the places in through
}

// Node is a record with its measures. Each but the last two is defined for the
// network without its weights.
type Node struct {
	ID             record.ID
	Degree         int     // how many it is joined with
	Betweenness    float64 // which part of the shortest paths between all others runs through it, from 0 to 1
	Closeness      float64 // 1 over the mean distance to those it reaches, times the part of all that it reaches
	WeightedDegree float64 // the sum of the weights of its edges
	PageRank       float64 // which part of its time a walker along the edges spends there
	Community      int     // from 1, the largest community first
	Component      int     // from 1, the largest component first
}

// Edge joins two nodes, by their places in Nodes, the lower first.
type Edge struct {
	A, B   int
	Weight float64

	shared, behind int32 // where what they share begins and ends in the network's
}

// Sampling says how exact betweenness and closeness are where they are estimated.
type Sampling struct {
	Sources          int     // from how many nodes shortest paths were followed
	BetweennessError float64 // the widest half of a 95 % confidence interval of any node
	ClosenessError   float64
}

// Shared are the records that both ends of an edge are linked with, in the order
// of their ids.
func (n *Network) Shared(e Edge) []record.ID {
	list := make([]record.ID, e.SharedCount())
	for i, t := range n.shared[e.shared:e.behind] {
		list[i] = n.through[t]
	}
	return list
}

// SharedCount is how many they are.
func (e Edge) SharedCount() int { return int(e.behind - e.shared) }

// Validate tells what is wrong with a question, as [record.ErrInvalid].
func (q Question) Validate() error {
	for _, k := range []struct {
		field string
		kind  record.Kind
	}{{"of", q.Of}, {"through", q.Through}} {
		if !k.kind.Valid() {
			return record.Invalid(k.field, "%s is not a kind", k.kind)
		}
	}
	between := between(q.Of, q.Through)
	if len(between) == 0 {
		return record.Invalid("through", "no type of link joins a %s with a %s", q.Of.Label(), q.Through.Label())
	}
	for _, t := range q.Types {
		if !slices.Contains(between, t) {
			return record.Invalid("types", "%s does not join a %s with a %s; %v do", t, q.Of.Label(), q.Through.Label(), between)
		}
	}
	if q.Weight != "" && q.Weight != Shared && q.Weight != Newman {
		return record.Invalid("weight", "%q is not a weight; use SHARED or NEWMAN", q.Weight)
	}
	if !q.From.IsZero() && !q.To.IsZero() && q.From.First().Compare(q.To.Last()) > 0 {
		return record.Invalid("from", "%s is after %s", q.From, q.To)
	}
	return nil
}

// between are the link types that join records of two kinds, either way.
func between(a, b record.Kind) []record.LinkType {
	return slices.DeleteFunc(record.LinkTypes(), func(t record.LinkType) bool { return !joins(t, a, b) && !joins(t, b, a) })
}

func joins(t record.LinkType, from, to record.Kind) bool {
	return slices.Contains(t.From(), from) && slices.Contains(t.To(), to)
}

// types are those that count.
func (q Question) types() []record.LinkType {
	if len(q.Types) > 0 {
		return q.Types
	}
	return between(q.Of, q.Through)
}

// Build answers the question from a source under the lens.
func Build(ctx context.Context, s Source, l record.Lens, q Question) (*Network, error) {
	if err := errors.Join(l.Validate(), q.Validate()); err != nil {
		return nil, err
	}
	if q.Weight == "" {
		q.Weight = Shared
	}
	ties, err := tiesOf(ctx, s, l, q)
	if err != nil {
		return nil, err
	}
	return build(ctx, ties, q)
}

// build is Build, given the ties.
func build(ctx context.Context, ties []Tie, q Question) (*Network, error) {
	n, err := project(ctx, ties, q)
	if err != nil {
		return nil, err
	}
	return n, n.measure(ctx, exactSteps)
}

// measure fills in what is measured.
func (n *Network) measure(ctx context.Context, steps int) error {
	if len(n.Nodes) == 0 {
		return nil
	}
	edges := make([]pair, len(n.Edges))
	for i, e := range n.Edges {
		edges[i] = pair{int32(e.A), int32(e.B), e.Weight}
	}
	g := sparseOf(len(n.Nodes), edges)
	of, parts := g.components()
	component, count := numbered(of)
	n.Density, n.Components = g.density(), count
	short, err := g.shortestPaths(ctx, parts, steps)
	if err != nil {
		return err
	}
	strengths := g.strengths()
	ranks, err := g.pageRank(ctx, strengths)
	if err != nil {
		return err
	}
	var community []int
	community, n.Communities, n.Modularity, err = g.communities(ctx)
	if err != nil {
		return err
	}
	n.Sampling = short.sampling
	for v := range n.Nodes {
		node := &n.Nodes[v]
		node.Degree, node.WeightedDegree, node.PageRank = g.degree(v), strengths[v], ranks[v]
		node.Betweenness, node.Closeness = short.betweenness[v], short.closeness[v]
		node.Community, node.Component = community[v], component[v]
	}
	return nil
}
