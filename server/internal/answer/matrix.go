package answer

import (
	"context"
	"iter"

	"lotigraph/graph"
	"lotigraph/record"
)

// Matrix is which borough joined which project.
type Matrix struct {
	in                Reader
	matrix            graph.Matrix
	boroughs, columns []int // totals
}

// Matrix makes the matrix.
func (r Reader) Matrix(ctx context.Context, f graph.ParticipationFilter) (*Matrix, error) {
	found, err := r.View.Graph.Matrix(ctx, r.Lens, f)
	m := &Matrix{in: r, matrix: found}
	m.boroughs, m.columns = found.Totals()
	return m, err
}

// Rows are the boroughs' lines.
func (m *Matrix) Rows() []MatrixRow {
	list := make([]MatrixRow, len(m.matrix.Boroughs))
	at := 0
	for i, b := range m.matrix.Boroughs {
		begin := at
		for at < len(m.matrix.Cells) && m.matrix.Cells[at].Borough == i {
			at++
		}
		list[i] = MatrixRow{Borough: m.in.wrap(b).(Borough), Total: m.boroughs[i], of: m, cells: m.matrix.Cells[begin:at]}
	}
	return list
}

// Columns are the projects' totals.
func (m *Matrix) Columns() []MatrixColumn {
	list := make([]MatrixColumn, len(m.matrix.Projects))
	for i, p := range m.matrix.Projects {
		list[i] = MatrixColumn{m.in.wrap(p).(Project), m.columns[i]}
	}
	return list
}

// Total counts the boroughs in projects, each once in each.
func (m *Matrix) Total() int { return m.matrix.Joined }

// ProposalsLeftOut are what only the lens leaves out.
func (m *Matrix) ProposalsLeftOut() int { return m.matrix.Withheld }

// Lens is the lens that was looked through.
func (m *Matrix) Lens() LensUsed { return m.in.used() }

// MatrixRow is a borough's line.
type MatrixRow struct {
	Borough Borough
	Total   int

	of    *Matrix
	cells []graph.Cell
}

// Cells are the filled cells of the line.
func (r MatrixRow) Cells() []MatrixCell {
	list := make([]MatrixCell, len(r.cells))
	for i := range r.cells {
		list[i] = MatrixCell{r.of, &r.cells[i]}
	}
	return list
}

// Roles are the line in short: a role for each column.
func (r MatrixRow) Roles() []*string {
	list := make([]*string, len(r.of.matrix.Projects))
	for cell := range r.telling() {
		role := cell.Role
		if role == "" {
			role = "joined"
		}
		list[cell.Project] = &role
	}
	return list
}

// EvidenceCounts are the passages that say so, for each column.
func (r MatrixRow) EvidenceCounts() []int {
	list := make([]int, len(r.of.matrix.Projects))
	for cell := range r.telling() {
		list[cell.Project] = cell.Evidence()
	}
	return list
}

// telling are the cells of the line, one for each project.
func (r MatrixRow) telling() iter.Seq[*graph.Cell] {
	line := graph.Matrix{Cells: r.cells}
	return line.Telling()
}

// MatrixColumn is a project's column.
type MatrixColumn struct {
	Project Project
	Total   int
}

// MatrixCell is one borough in one project.
type MatrixCell struct {
	of   *Matrix
	cell *graph.Cell
}

// Project is the project.
func (c MatrixCell) Project() Project {
	return c.of.in.wrap(c.of.matrix.Projects[c.cell.Project]).(Project)
}

// Role is the role, if one is known.
func (c MatrixCell) Role() *string { return filled(c.cell.Role) }

// Since is when it joined.
func (c MatrixCell) Since() record.PartialDate { return c.cell.Since() }

// Until is when it left.
func (c MatrixCell) Until() record.PartialDate { return c.cell.Until() }

// Status is how far the link has come.
func (c MatrixCell) Status() record.LinkStatus { return c.cell.Status() }

// Certain tells whether the link certainly holds on the lens's day.
func (c MatrixCell) Certain() bool { return c.cell.Holds == record.Certainly }

// EvidenceCount counts the passages that say so.
func (c MatrixCell) EvidenceCount() int { return c.cell.Evidence() }

// Link is the link, with the words of its evidence.
func (c MatrixCell) Link(ctx context.Context) (Link, error) {
	l, err := c.cell.Link(ctx)
	return c.of.in.link(l), err
}
