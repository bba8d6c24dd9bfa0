package graph

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"lotigraph/record"
)

// Matrix is which borough joined which project: the boroughs and projects with at
// least one cell, each by name, and the cells by borough, then by project.
type Matrix struct {
	Boroughs, Projects []record.Node
	Cells              []Cell
	Joined             int // pairs of a borough and a project; one with several cells counts once
	Withheld           int // proposals that the lens leaves out, of those that the filter lets through
}

// Cell is a borough's part in a project: a JOINED link told in short, one for each
// period.
type Cell struct {
	Told
	Borough, Project int // where they stand in Boroughs and Projects
}

// Matrix makes the matrix of the participations of boroughs that a filter lets
// through, under the lens.
func (s *Snapshot) Matrix(ctx context.Context, l record.Lens, f ParticipationFilter) (Matrix, error) {
	p, err := s.participating(ctx, l, f)
	if err != nil {
		return Matrix{}, err
	}
	m := filling{p: p, column: make([]uint32, p.cut.Size())}
	for h, err := range p.projects(ctx, "") {
		if err != nil {
			return Matrix{}, err
		}
		m.projects = append(m.projects, h)
		m.column[h] = uint32(len(m.projects))
	}
	for h, err := range p.boroughs(ctx) {
		if err == nil {
			err = m.line(h)
		}
		if err != nil {
			return Matrix{}, err
		}
	}
	err = m.heads()
	return m.Matrix, err
}

// boroughs yields those that the filter lets through, in name order.
func (p *participating) boroughs(ctx context.Context) iter.Seq2[Handle, error] {
	if p.filter.Borough == "" && p.filter.Partner == "" {
		return p.cut.byName(ctx, record.BoroughKind, NodeFilter{}, "")
	}
	return func(yield func(Handle, error) bool) {
		if p.borough != 0 {
			yield(p.borough, nil)
		}
	}
}

// filling is a matrix while it is filled. It takes the participations from the side
// of the boroughs, who are few: a project may be named by many texts, which would be
// passed by to find who joined it.
type filling struct {
	Matrix
	p        *participating
	projects []Handle // those that the filter lets through, by name
	column   []uint32 // by Handle: where a project stands among them, from 1 on; 0 for all else
	told     []Told   // of the line that is being filled
	order    []place
}

// place is where the cell of a line's nth link stands: by project, then by link.
type place struct {
	key uint64
	nth int
}

// line fills the line of a borough.
func (m *filling) line(borough Handle) error {
	m.told, m.order = m.told[:0], m.order[:0]
	for t := range m.p.cut.told(borough, record.Out, typesOf(record.Joined)) {
		column := m.column[t.Far]
		switch {
		case column == 0 || !m.p.filter.lets(t):
		case t.withheld:
			m.Withheld++
		default:
			m.order = append(m.order, place{uint64(column)<<32 | uint64(t.link), len(m.told)})
			m.told = append(m.told, t)
		}
	}
	if len(m.told) == 0 {
		return nil
	}
	node, err := m.p.s.joined(m.p.cut.lens().Viewer, ref(borough))
	if err != nil {
		return err
	}
	if m.Cells == nil && m.p.borough == 0 {
		m.Cells = make([]Cell, 0, 33*len(m.told)) // as many in each line, more or less
	}
	slices.SortFunc(m.order, func(a, b place) int { return cmp.Compare(a.key, b.key) })
	for _, at := range m.order { // columns are those of all projects, until heads
		m.Cells = append(m.Cells, Cell{m.told[at.nth], len(m.Boroughs), int(at.key>>32) - 1})
	}
	m.Boroughs = append(m.Boroughs, node)
	return nil
}

// heads leaves out the columns without a cell, and reads the projects of the others.
func (m *filling) heads() error {
	used := make([]bool, len(m.projects))
	for i := range m.Cells {
		used[m.Cells[i].Project] = true
	}
	at := make([]int, len(m.projects))
	for i, h := range m.projects {
		if !used[i] {
			continue
		}
		node, err := m.p.s.joined(m.p.cut.lens().Viewer, ref(h))
		if err != nil {
			return err
		}
		at[i] = len(m.Projects)
		m.Projects = append(m.Projects, node)
	}
	for i := range m.Cells {
		m.Cells[i].Project = at[m.Cells[i].Project]
		if m.First(i) {
			m.Joined++
		}
	}
	return nil
}

// First tells whether a cell is the first of its borough in its project.
func (m *Matrix) First(cell int) bool {
	if cell == 0 {
		return true
	}
	a, b := &m.Cells[cell-1], &m.Cells[cell]
	return a.Borough != b.Borough || a.Project != b.Project
}

// Telling yields one cell for each borough in each of its projects, in order: of
// several periods the one that tells more. That is one that has not ended, then one
// that is certain, then the weightier role, then the newer.
func (m *Matrix) Telling() iter.Seq[*Cell] {
	return func(yield func(*Cell) bool) {
		for i := 0; i < len(m.Cells); {
			best := &m.Cells[i]
			for i++; i < len(m.Cells) && !m.First(i); i++ {
				if moreTelling(&m.Cells[i], best) < 0 {
					best = &m.Cells[i]
				}
			}
			if !yield(best) {
				return
			}
		}
	}
}

func moreTelling(a, b *Cell) int {
	ended := func(c *Cell) int {
		if c.Ended() {
			return 1
		}
		return 0
	}
	weight := func(c *Cell) int {
		roles := record.Joined.Roles()
		if i := slices.Index(roles, c.Role); i >= 0 {
			return i
		}
		return len(roles)
	}
	return cmp.Or(ended(a)-ended(b), cmp.Compare(b.Holds, a.Holds), weight(a)-weight(b), b.Since().Compare(a.Since()))
}

// Totals are how many projects each borough joined, and how many boroughs joined
// each project.
func (m *Matrix) Totals() (boroughs, projects []int) {
	boroughs, projects = make([]int, len(m.Boroughs)), make([]int, len(m.Projects))
	for cell := range m.Telling() {
		boroughs[cell.Borough]++
		projects[cell.Project]++
	}
	return boroughs, projects
}
