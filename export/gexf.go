package export

import "lotigraph/record"

func gexfType(s sort) string {
	switch s {
	case whole:
		return "integer"
	case number:
		return "double"
	}
	return "string"
}

// gexf writes a directed graph in time. A link is an edge of its own for each of
// its periods, so start and end say all, and no edge needs a list of spells. A
// partial date is the first day that it can mean at a start and the last one at
// an end; the attributes since and until have it as it is known.
func gexf(e *exporter) error {
	vertex, edge := e.vertexColumns(), e.edgeColumns()
	e.xmlf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
		"<gexf xmlns=\"http://gexf.net/1.3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"" +
		" xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">\n<meta")
	if !e.o.Now.IsZero() {
		e.xmlf(" lastmodifieddate=\"%s\"", record.DateOf(e.o.Now.UTC()).String())
	}
	e.xmlf(">\n<creator>LOTI Graph</creator>\n<description>%s</description>\n</meta>\n", e.sentence())
	e.xmlf("<graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\" idtype=\"string\">\n")
	gexfAttributes(e, "node", vertex)
	gexfAttributes(e, "edge", edge)
	e.xmlf("<nodes>\n")
	for n, err := range e.nodes() {
		if err != nil {
			return err
		}
		e.xmlf("<node id=\"%s\" label=\"%s\"", string(n.ID), n.Name)
		e.gexfPeriod(period(n))
		e.xmlf(">")
		gexfValues(e, vertex, n)
		e.xmlf("</node>\n")
	}
	e.xmlf("</nodes>\n<edges>\n")
	for l, err := range e.links() {
		var holds string
		if err == nil {
			holds, err = e.holds(l)
		}
		if err != nil {
			return err
		}
		e.xmlf("<edge id=\"%s\" source=\"%s\" target=\"%s\" kind=\"%s\" label=\"%s\"", l.ID, string(l.From), string(l.To), l.Type.String(), l.Type.Phrase())
		e.gexfPeriod(l.Since, l.Until)
		e.xmlf(">")
		gexfValues(e, edge, seen{l, holds})
		e.xmlf("</edge>\n")
	}
	return e.xmlf("</edges>\n</graph>\n</gexf>\n<!-- %d links are left out, since an end of theirs is not among the nodes -->\n", e.counts.LeftOut)
}

// gexfPeriod writes from when to when something holds, as far as is known.
func (e *exporter) gexfPeriod(start, end record.PartialDate) {
	if !start.IsZero() {
		e.xmlf(" start=\"%s\"", start.First().String())
	}
	if !end.IsZero() {
		e.xmlf(" end=\"%s\"", end.Last().String())
	}
}

func gexfAttributes[T any](e *exporter, class string, columns []column[T]) {
	e.xmlf("<attributes class=\"%s\" mode=\"static\">\n", class)
	for _, c := range columns {
		e.xmlf("<attribute id=\"%s\" title=\"%s\" type=\"%s\"/>\n", c.name, c.name, gexfType(c.sort))
	}
	e.xmlf("</attributes>\n")
}

func gexfValues[T any](e *exporter, columns []column[T], row T) {
	e.xmlf("<attvalues>")
	for _, c := range columns {
		if value := c.of(row); value != nil {
			e.xmlf("<attvalue for=\"%s\" value=\"%s\"/>", c.name, text(value))
		}
	}
	e.xmlf("</attvalues>")
}
