package answer

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"lotigraph/network"
)

// Network is records of one kind, joined where they share records of another.
type Network struct {
	in    Reader
	whole *network.Network
	nodes []network.Node
	edges []network.Edge
}

// Network measures a network and takes its part that a measure puts first: first
// nodes, or as many as an answer may hold when it is nil.
func (r Reader) Network(ctx context.Context, q network.Question, by network.Measure, first *int) (*Network, error) {
	most := 0
	if first != nil {
		most = *first
		if err := PageSize(most); err != nil {
			return nil, err
		}
	}
	whole, err := network.Of(ctx, r.View.Graph, r.Lens, q)
	if err != nil {
		return nil, err
	}
	n := &Network{in: r, whole: whole}
	n.nodes, n.edges = whole.Part(by, most)
	return n, nil
}

// Nodes are the records of the part, the highest first.
func (n *Network) Nodes() []NetworkNode {
	list := make([]NetworkNode, len(n.nodes))
	for i, node := range n.nodes {
		list[i] = NetworkNode{measured{node}, n.in}
	}
	return list
}

// Edges are those between the nodes of the part, the heaviest first.
func (n *Network) Edges() []NetworkEdge {
	list := make([]NetworkEdge, len(n.edges))
	for i, e := range n.edges {
		list[i] = NetworkEdge{n.in, n.whole, e}
	}
	return list
}

// NodeCount counts the nodes of the whole network.
func (n *Network) NodeCount() int { return len(n.whole.Nodes) }

// EdgeCount counts its edges.
func (n *Network) EdgeCount() int { return len(n.whole.Edges) }

// NodesLeftOut counts the nodes that the part lacks.
func (n *Network) NodesLeftOut() int { return len(n.whole.Nodes) - len(n.nodes) }

// EdgesLeftOut counts the edges that it lacks.
func (n *Network) EdgesLeftOut() int { return len(n.whole.Edges) - len(n.edges) }

// Density is which part of all pairs are joined.
func (n *Network) Density() float64 { return n.whole.Density }

// Components counts the connected parts.
func (n *Network) Components() int { return n.whole.Components }

// Communities counts the communities.
func (n *Network) Communities() int { return n.whole.Communities }

// Modularity says how well they are told apart.
func (n *Network) Modularity() float64 { return n.whole.Modularity }

// Sampling says how exact estimates are; nil where nothing is estimated.
func (n *Network) Sampling() *network.Sampling { return n.whole.Sampling }

// Lens is the lens that was looked through.
func (n *Network) Lens() LensUsed { return n.in.used() }

// NetworkNode is a record with its measures.
type NetworkNode struct {
	measured
	in Reader
}

// measured lies between, so that Node is the record.
type measured struct{ network.Node }

// Node is the record.
func (n NetworkNode) Node(ctx context.Context) (Node, error) { return n.in.Node(ctx, n.ID) }

// NetworkEdge is two records that share others.
type NetworkEdge struct {
	in    Reader
	whole *network.Network
	edge  network.Edge
}

// From is the one with the lower id.
func (e NetworkEdge) From(ctx context.Context) (Node, error) {
	return e.in.Node(ctx, e.whole.Nodes[e.edge.A].ID)
}

// To is the other one.
func (e NetworkEdge) To(ctx context.Context) (Node, error) {
	return e.in.Node(ctx, e.whole.Nodes[e.edge.B].ID)
}

// Weight is how much the shared records count.
func (e NetworkEdge) Weight() float64 { return e.edge.Weight }

// SharedCount counts the shared records.
func (e NetworkEdge) SharedCount() int { return e.edge.SharedCount() }

// Shared are the shared records, at most so many.
func (e NetworkEdge) Shared(ctx context.Context, first int) ([]Node, error) {
	if err := PageSize(first); err != nil {
		return nil, err
	}
	ids := e.whole.Shared(e.edge)
	list := make([]Node, 0, min(first, len(ids)))
	for _, id := range ids[:min(first, len(ids))] {
		n, err := e.in.Node(ctx, id)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, nil
}

// MarshalNetworkMeasure writes a measure.
func MarshalNetworkMeasure(m network.Measure) graphql.Marshaler { return word(string(m)) }

// UnmarshalNetworkMeasure reads one.
func UnmarshalNetworkMeasure(v any) (network.Measure, error) { return read(v, network.ParseMeasure) }

// MarshalNetworkWeight writes a weight.
func MarshalNetworkWeight(w network.Weight) graphql.Marshaler { return word(string(w)) }

// UnmarshalNetworkWeight reads one; the schema has seen to it that it is known.
func UnmarshalNetworkWeight(v any) (network.Weight, error) {
	return read(v, func(s string) (network.Weight, error) { return network.Weight(s), nil })
}
