package answer

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"lotigraph/graph"
	"lotigraph/record"
)

// RollCall is which of London's authorities joined something.
type RollCall struct {
	in   Reader
	rows []graph.RollCallRow
}

// RollCall calls the roll.
func (r Reader) RollCall(ctx context.Context, f graph.RollCallFilter) (*RollCall, error) {
	rows, err := r.View.Graph.RollCall(ctx, r.Lens, f)
	return &RollCall{r, rows}, err
}

// Rows are the authorities' answers.
func (c *RollCall) Rows() []RollCallRow {
	list := make([]RollCallRow, len(c.rows))
	for i, row := range c.rows {
		list[i] = RollCallRow{c.in, row}
	}
	return list
}

func (c *RollCall) count(s graph.State) (n int) {
	for _, row := range c.rows {
		if row.State == s {
			n++
		}
	}
	return n
}

// Joined counts those that joined.
func (c *RollCall) Joined() int { return c.count(graph.HasJoined) }

// Left counts those that left.
func (c *RollCall) Left() int { return c.count(graph.HasLeft) }

// Unknown counts those that may have joined.
func (c *RollCall) Unknown() int { return c.count(graph.Unknown) }

// Never counts those that did not.
func (c *RollCall) Never() int { return c.count(graph.Never) }

// Coverage is the share of the authorities that joined, from 0 to 1.
func (c *RollCall) Coverage() float64 {
	if len(c.rows) == 0 {
		return 0
	}
	return float64(c.Joined()) / float64(len(c.rows))
}

// Total counts the authorities.
func (c *RollCall) Total() int { return len(c.rows) }

// Lens is the lens that was looked through.
func (c *RollCall) Lens() LensUsed { return c.in.used() }

// RollCallRow is one authority's answer.
type RollCallRow struct {
	in  Reader
	row graph.RollCallRow
}

// Borough is the authority.
func (r RollCallRow) Borough() Borough { return r.in.wrap(r.row.Borough).(Borough) }

// State is how it stands.
func (r RollCallRow) State() graph.State { return r.row.State }

// Certain tells whether that is sure.
func (r RollCallRow) Certain() bool { return r.row.Certain }

// Since is since when, by the most telling link.
func (r RollCallRow) Since() record.PartialDate {
	if len(r.row.Links) == 0 {
		return record.PartialDate{}
	}
	return r.row.Links[0].Since
}

// Until is until when, by the same link.
func (r RollCallRow) Until() record.PartialDate {
	if len(r.row.Links) == 0 {
		return record.PartialDate{}
	}
	return r.row.Links[0].Until
}

// Participation is its part in the project, if there is one.
func (r RollCallRow) Participation() *Participation {
	if len(r.row.Links) == 0 || r.row.Links[0].Type != record.Joined {
		return nil
	}
	return &Participation{r.in.link(r.row.Links[0])}
}

// Links are those that say so.
func (r RollCallRow) Links() []Link { return r.in.links(r.row.Links) }

func (r Reader) links(links []record.Link) []Link {
	list := make([]Link, len(links))
	for i, l := range links {
		list[i] = r.link(l)
	}
	return list
}

// used is the reader's lens as an answer says it.
func (r Reader) used() LensUsed {
	return LensUsed{r.Lens.AsOf, r.Lens.Proposed, max(r.Lens.Viewer.Clearance, record.Public)}
}

// Matrix is which borough joined which project.
type Matrix struct {
	in     Reader
	matrix graph.Matrix
}

// Matrix makes the matrix.
func (r Reader) Matrix(ctx context.Context, f graph.ParticipationFilter) (*Matrix, error) {
	m, err := r.View.Graph.Matrix(ctx, r.Lens, f)
	return &Matrix{r, m}, err
}

// Rows are the boroughs' lines.
func (m *Matrix) Rows() []MatrixRow {
	list := make([]MatrixRow, len(m.matrix.Boroughs))
	at := 0
	for i, b := range m.matrix.Boroughs {
		row := MatrixRow{Borough: m.in.wrap(b).(Borough), Cells: []MatrixCell{}}
		for ; at < len(m.matrix.Cells) && m.matrix.Cells[at].From == b.ID; at++ {
			cell := m.matrix.Cells[at]
			if n := len(row.Cells); n == 0 || row.Cells[n-1].link.To != cell.To {
				row.Total++
			}
			row.Cells = append(row.Cells, MatrixCell{m.in.link(cell)})
		}
		list[i] = row
	}
	return list
}

// Columns are the projects' totals.
func (m *Matrix) Columns() []MatrixColumn {
	joined := map[record.ID]map[record.ID]bool{}
	for _, cell := range m.matrix.Cells {
		if joined[cell.To] == nil {
			joined[cell.To] = map[record.ID]bool{}
		}
		joined[cell.To][cell.From] = true
	}
	list := make([]MatrixColumn, len(m.matrix.Projects))
	for i, p := range m.matrix.Projects {
		list[i] = MatrixColumn{m.in.wrap(p).(Project), len(joined[p.ID])}
	}
	return list
}

// Total counts the filled cells.
func (m *Matrix) Total() int { return len(m.matrix.Cells) }

// Lens is the lens that was looked through.
func (m *Matrix) Lens() LensUsed { return m.in.used() }

// MatrixRow is a borough's line.
type MatrixRow struct {
	Borough Borough
	Total   int
	Cells   []MatrixCell
}

// MatrixColumn is a project's column.
type MatrixColumn struct {
	Project Project
	Total   int
}

// MatrixCell is one borough in one project.
type MatrixCell struct{ Link }

// Project is the project.
func (c MatrixCell) Project(ctx context.Context) (Project, error) {
	return one[Project](ctx, c.in, c.link.To)
}

// EvidenceCount counts the passages that say so.
func (c MatrixCell) EvidenceCount() int { return len(c.link.Evidence) }

// MarshalRollCallState writes how a borough stands.
func MarshalRollCallState(s graph.State) graphql.Marshaler { return word(string(s)) }

// UnmarshalRollCallState is there for the generator; no argument is a state.
func UnmarshalRollCallState(v any) (graph.State, error) {
	return read(v, func(s string) (graph.State, error) { return graph.State(s), nil })
}
