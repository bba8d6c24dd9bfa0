package export

import (
	"iter"

	"lotigraph/network"
)

// namedNode is a record of a network by its name.
type namedNode struct {
	network.Node
	name string
}

// namedEdge is two records of a network by their names.
type namedEdge struct {
	network.Edge
	a, b namedNode
}

// networkNodesCSV writes the records of a network with their measures, a row each.
func networkNodesCSV(e *exporter, n *network.Network) error {
	columns := []column[namedNode]{
		{"id", words, func(v namedNode) any { return string(v.ID) }},
		{"name", words, func(v namedNode) any { return v.name }},
	}
	for _, c := range nodeMeasures() {
		columns = append(columns, column[namedNode]{c.name, c.sort, func(v namedNode) any { return c.of(v.Node) }})
	}
	return writeCSV(e, columns, e.namedNodes(n))
}

// namedNodes yields the records of a network in its order.
func (e *exporter) namedNodes(n *network.Network) iter.Seq2[namedNode, error] {
	return func(yield func(namedNode, error) bool) {
		for _, v := range n.Nodes {
			name, err := e.name(v)
			if !yield(namedNode{v, name}, err) || err != nil {
				return
			}
		}
	}
}

// networkEdgesCSV writes who shares what, a row for each two records.
func networkEdgesCSV(e *exporter, n *network.Network) error {
	var nodes []namedNode
	for v, err := range e.namedNodes(n) {
		if err != nil {
			return err
		}
		nodes = append(nodes, v)
	}
	end := func(of func(namedEdge) namedNode) (id, name func(namedEdge) any) {
		return func(l namedEdge) any { return string(of(l).ID) }, func(l namedEdge) any { return of(l).name }
	}
	fromID, fromName := end(func(l namedEdge) namedNode { return l.a })
	toID, toName := end(func(l namedEdge) namedNode { return l.b })
	columns := []column[namedEdge]{{"from", words, fromID}, {"from_name", words, fromName}, {"to", words, toID}, {"to_name", words, toName}}
	for _, c := range edgeMeasures(n) {
		columns = append(columns, column[namedEdge]{c.name, c.sort, func(l namedEdge) any { return c.of(l.Edge) }})
	}
	return writeCSV(e, columns, func(yield func(namedEdge, error) bool) {
		for _, l := range n.Edges {
			if !yield(namedEdge{l, nodes[l.A], nodes[l.B]}, nil) {
				return
			}
		}
	})
}
