package export

import (
	"encoding/csv"
	"strings"

	"lotigraph/graph"
)

// matrixCSV is which borough takes part in which project, as a table to read: a
// line for each borough, a column for each project, and in the cell the roles,
// "joined" where none is known. What has ended or is a proposal says so.
func matrixCSV(e *exporter) error {
	m, err := e.s.Matrix(e.ctx, e.o.Lens, e.o.Participations)
	if err != nil {
		return err
	}
	out := csv.NewWriter(e.w)
	head := []string{"borough"}
	for _, p := range m.Projects {
		head = append(head, guard(p.Name))
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for at, i := 0, 0; i < len(m.Boroughs); i++ {
		row := make([]string, len(head))
		row[0] = guard(m.Boroughs[i].Name)
		for ; at < len(m.Cells) && m.Cells[at].Borough == i; at++ {
			cell := &row[m.Cells[at].Project+1]
			*cell = strings.TrimPrefix(*cell+listSign+part(m.Cells[at].Told), listSign)
			e.counts.Links++
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// part is how a borough takes part, in a word or two.
func part(l graph.Told) string {
	words := l.Role
	if words == "" {
		words = "joined"
	}
	if l.Ended() {
		words += " (ended)"
	}
	if l.Proposed() {
		words += " (proposed)"
	}
	return words
}
