package export

import (
	"encoding/csv"
	"strings"

	"lotigraph/record"
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
	head, column := []string{"borough"}, map[record.ID]int{}
	for i, p := range m.Projects {
		head, column[p.ID] = append(head, guard(p.Name)), i+1
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for at, i := 0, 0; i < len(m.Boroughs); i++ {
		row := make([]string, len(head))
		row[0] = guard(m.Boroughs[i].Name)
		for ; at < len(m.Cells) && m.Cells[at].From == m.Boroughs[i].ID; at++ {
			cell := &row[column[m.Cells[at].To]]
			*cell = strings.TrimPrefix(*cell+listSign+part(m.Cells[at]), listSign)
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
func part(l record.Link) string {
	words := l.Role
	if words == "" {
		words = "joined"
	}
	if !l.Until.IsZero() {
		words += " (ended)"
	}
	if l.Status == record.Proposed {
		words += " (proposed)"
	}
	return words
}
