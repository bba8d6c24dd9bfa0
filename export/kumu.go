package export

import (
	"fmt"

	"lotigraph/record"
)

// kumu writes elements and connections as Kumu imports them: elements with ids,
// since labels need not be unique, and connections between those ids. What the
// export says of itself stands beside them under about, which Kumu passes over.
func kumu(e *exporter) error {
	fmt.Fprint(e.w, "{\n\"about\":")
	if err := e.put(e.aboutMembers()); err != nil {
		return err
	}
	fmt.Fprint(e.w, ",\n\"elements\":[")
	vertex, edge := e.vertexColumns(), e.edgeColumns()
	err := putAll(e, true, e.nodes(), func(n record.Node) (any, error) { return element(vertex, n), nil })
	if err != nil {
		return err
	}
	fmt.Fprint(e.w, "\n],\n\"connections\":[")
	err = putAll(e, true, e.links(), func(l record.Link) (any, error) {
		holds, err := e.holds(l)
		return connection(edge, seen{l, holds}), err
	})
	if err != nil {
		return err
	}
	fmt.Fprint(e.w, "\n],\n\"counts\":")
	if err := e.put(e.ending()); err != nil {
		return err
	}
	_, err = fmt.Fprint(e.w, "\n}\n")
	return err
}

// element is a record by the names that Kumu knows, and then its own.
func element(columns []column[record.Node], n record.Node) members {
	m := members{{"id", string(n.ID)}, {"label", n.Name}, {"type", n.Kind().Slug()}, {"description", n.Summary}}
	if n.Project != nil && len(n.Project.Themes) > 0 {
		m = append(m, member{"tags", n.Project.Themes})
	}
	for _, c := range columns {
		switch c.name {
		case "kind", "summary", "themes":
		case "aliases":
			if len(n.Aliases) > 0 {
				m = append(m, member{"aliases", n.Aliases})
			}
		default:
			m = append(m, member{c.name, c.of(n)})
		}
	}
	return m
}

// connection is a link by the names that Kumu knows, and then its own.
func connection(columns []column[seen], l seen) members {
	m := members{{"id", l.ID}, {"from", string(l.From)}, {"to", string(l.To)}, {"direction", "directed"}, {"label", l.Type.Phrase()}}
	for _, c := range columns {
		m = append(m, member{c.name, c.of(l)})
	}
	return m
}
