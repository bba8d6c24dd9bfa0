package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"lotigraph/graph"
	"lotigraph/network"
	"lotigraph/record"
)

// NetworkFormats are the formats of a network: records of one kind, joined by
// what they share, with the measures of each.
func NetworkFormats() []Format {
	return []Format{
		{"network.gexf", "gexf", "application/gexf+xml", "a network of records that share others, with its measures, as GEXF 1.3 for Gephi"},
		{"network.graphml", "graphml", "application/graphml+xml", "the same as GraphML for yEd, Cytoscape, networkx and igraph"},
		{"network.csv", "csv", "text/csv; charset=utf-8; header=present", "its records with their measures as a table"},
		{"network.edges.csv", "csv", "text/csv; charset=utf-8; header=present", "its edges, who shares what with whom, as a table"},
	}
}

// nodeMeasures are the columns of a node, and edgeMeasures those of an edge.
func nodeMeasures() []column[network.Node] {
	return []column[network.Node]{
		{name: "kind", sort: words, of: func(n network.Node) any { return n.ID.Kind().String() }},
		{name: "degree", sort: whole, of: func(n network.Node) any { return n.Degree }},
		{name: "weightedDegree", sort: number, of: func(n network.Node) any { return n.WeightedDegree }},
		{name: "betweenness", sort: number, of: func(n network.Node) any { return n.Betweenness }},
		{name: "closeness", sort: number, of: func(n network.Node) any { return n.Closeness }},
		{name: "pageRank", sort: number, of: func(n network.Node) any { return n.PageRank }},
		{name: "community", sort: whole, of: func(n network.Node) any { return n.Community }},
		{name: "component", sort: whole, of: func(n network.Node) any { return n.Component }},
	}
}

func edgeMeasures(n *network.Network) []column[network.Edge] {
	return []column[network.Edge]{
		{name: "weight", sort: number, of: func(e network.Edge) any { return e.Weight }},
		{name: "sharedCount", sort: whole, of: func(e network.Edge) any { return e.SharedCount() }},
		{name: "shared", sort: words, of: func(e network.Edge) any {
			var ids []string
			for _, id := range n.Shared(e) {
				ids = append(ids, string(id))
			}
			return strings.Join(ids, " ")
		}},
	}
}

// WriteNetwork writes the network that a question asks for. A format that there
// is not, a question or an option that is not valid is ErrInvalid, and nothing is
// written then.
func WriteNetwork(ctx context.Context, w io.Writer, s *graph.Snapshot, format string, q network.Question, o Options) error {
	write := map[string]func(*exporter, *network.Network) error{"network.gexf": networkGEXF, "network.graphml": networkGraphML,
		"network.csv": networkNodesCSV, "network.edges.csv": networkEdgesCSV}[format]
	if write == nil {
		return record.Invalid("format", "%q is not a format of a network; use network.gexf, network.graphml, network.csv or network.edges.csv", format)
	}
	if err := o.validate(); err != nil {
		return err
	}
	n, err := network.Of(ctx, s, o.Lens, q)
	if err != nil {
		return err
	}
	o.PublicURL = strings.TrimRight(o.PublicURL, "/")
	o.question = networkWords(n.Question)
	e := &exporter{ctx: ctx, s: s, o: o, w: bufio.NewWriterSize(w, 64<<10)}
	if err := write(e, n); err != nil {
		return fmt.Errorf("export %s: %w", format, err)
	}
	if err := e.w.Flush(); err != nil {
		return fmt.Errorf("export %s: %w", format, err)
	}
	return nil
}

// networkWords is a question as an export says its filter.
func networkWords(q network.Question) string {
	words := "network: " + q.Of.Plural() + " through shared " + q.Through.Plural() + "; weight: " + strings.ToLower(string(q.Weight))
	if len(q.Types) > 0 {
		words += "; links: " + joined(q.Types)
	}
	if !q.From.IsZero() {
		words += "; from " + q.From.String()
	}
	if !q.To.IsZero() {
		words += "; to " + q.To.String()
	}
	return words
}

// name is how a node is called.
func (e *exporter) name(n network.Node) (string, error) {
	node, err := e.s.Node(e.ctx, e.o.Lens, n.ID)
	return node.Name, err
}

func networkGEXF(e *exporter, n *network.Network) error {
	vertex, edge := nodeMeasures(), edgeMeasures(n)
	e.xmlf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"+
		"<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n<meta>\n<creator>LOTI Graph</creator>\n<description>%s</description>\n</meta>\n", e.sentence())
	e.xmlf("<graph defaultedgetype=\"undirected\" mode=\"static\" idtype=\"string\">\n")
	gexfAttributes(e, "node", vertex)
	gexfAttributes(e, "edge", edge[1:]) // GEXF has the weight of an edge itself
	e.xmlf("<nodes>\n")
	for _, v := range n.Nodes {
		name, err := e.name(v)
		if err != nil {
			return err
		}
		e.xmlf("<node id=\"%s\" label=\"%s\">", string(v.ID), name)
		gexfValues(e, vertex, v)
		e.xmlf("</node>\n")
	}
	e.xmlf("</nodes>\n<edges>\n")
	for i, l := range n.Edges {
		e.xmlf("<edge id=\"%d\" source=\"%s\" target=\"%s\" weight=\"%g\">", i, string(n.Nodes[l.A].ID), string(n.Nodes[l.B].ID), l.Weight)
		gexfValues(e, edge[1:], l)
		e.xmlf("</edge>\n")
	}
	e.xmlf("</edges>\n</graph>\n</gexf>\n")
	return e.ready()
}

func networkGraphML(e *exporter, n *network.Network) error {
	vertex, edge := nodeMeasures(), edgeMeasures(n)
	e.xmlf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n")
	about := e.about()
	for _, p := range about {
		e.graphMLKey("graph", p.name, words)
	}
	e.graphMLKey("node", "name", words)
	for _, c := range vertex {
		e.graphMLKey("node", c.name, c.sort)
	}
	for _, c := range edge {
		e.graphMLKey("edge", c.name, c.sort)
	}
	e.xmlf("<graph id=\"lotigraph\" edgedefault=\"undirected\">\n")
	for _, p := range about {
		e.xmlf("<data key=\"graph.%s\">%s</data>\n", p.name, p.value)
	}
	for _, v := range n.Nodes {
		name, err := e.name(v)
		if err != nil {
			return err
		}
		e.xmlf("<node id=\"%s\"><data key=\"node.name\">%s</data>", string(v.ID), name)
		graphMLData(e, "node", vertex, v)
		e.xmlf("</node>\n")
	}
	for i, l := range n.Edges {
		e.xmlf("<edge id=\"%d\" source=\"%s\" target=\"%s\">", i, string(n.Nodes[l.A].ID), string(n.Nodes[l.B].ID))
		graphMLData(e, "edge", edge, l)
		e.xmlf("</edge>\n")
	}
	e.xmlf("</graph>\n</graphml>\n")
	return e.ready()
}
