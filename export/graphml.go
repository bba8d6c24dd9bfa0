package export

// graphMLTypes are what GraphML calls the sorts of value. Dates are texts, since
// they may be partial.
func graphMLType(s sort) string {
	switch s {
	case whole:
		return "int"
	case number:
		return "double"
	}
	return "string"
}

// graphML writes a directed graph that may have several edges between two nodes.
// Ids are ours; what the export says of itself are data of the graph.
func graphML(e *exporter) error {
	vertex, edge := e.vertexColumns(), e.edgeColumns()
	e.xmlf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
		"<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"" +
		" xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n")
	about := e.about()
	for _, p := range about {
		e.graphMLKey("graph", p.name, words)
	}
	e.graphMLKey("graph", "leftOut", whole)
	e.graphMLKey("node", "name", words)
	for _, c := range vertex {
		e.graphMLKey("node", c.name, c.sort)
	}
	for _, c := range edge {
		e.graphMLKey("edge", c.name, c.sort)
	}
	e.xmlf("<graph id=\"lotigraph\" edgedefault=\"directed\">\n")
	for _, p := range about {
		e.xmlf("<data key=\"graph.%s\">%s</data>\n", p.name, p.value)
	}
	for n, err := range e.nodes() {
		if err != nil {
			return err
		}
		e.xmlf("<node id=\"%s\"><data key=\"node.name\">%s</data>", string(n.ID), n.Name)
		graphMLData(e, "node", vertex, n)
		e.xmlf("</node>\n")
	}
	if err := e.graphMLEdges(edge); err != nil {
		return err
	}
	return e.xmlf("<data key=\"graph.leftOut\">%d</data>\n</graph>\n</graphml>\n", e.counts.LeftOut)
}

func (e *exporter) graphMLEdges(columns []column[seen]) error {
	for l, err := range e.links() {
		var holds string
		if err == nil {
			holds, err = e.holds(l)
		}
		if err != nil {
			return err
		}
		e.xmlf("<edge id=\"%s\" source=\"%s\" target=\"%s\">", l.ID, string(l.From), string(l.To))
		graphMLData(e, "edge", columns, seen{l, holds})
		e.xmlf("</edge>\n")
	}
	return nil
}

func (e *exporter) graphMLKey(of, name string, s sort) {
	e.xmlf("<key id=\"%s.%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", of, name, of, name, graphMLType(s))
}

func graphMLData[T any](e *exporter, of string, columns []column[T], row T) {
	for _, c := range columns {
		if value := c.of(row); value != nil {
			e.xmlf("<data key=\"%s.%s\">%s</data>", of, c.name, text(value))
		}
	}
}
