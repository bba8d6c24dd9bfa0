package graph

import (
	"cmp"
	"context"
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
	var m Matrix
	p, err := s.participating(ctx, l, f)
	if err != nil {
		return m, err
	}
	if err := p.ofBoroughs(ctx); err != nil {
		return m, err
	}
	for project, err := range p.projects(ctx, "") {
		if err != nil {
			return m, err
		}
		before := len(m.Cells)
		for t := range p.of(project) {
			switch {
			case t.Type != record.Joined:
			case t.withheld:
				m.Withheld++
			default:
				m.Cells = append(m.Cells, Cell{Told: t, Project: len(m.Projects)})
			}
		}
		if len(m.Cells) == before {
			continue
		}
		node, err := s.joined(l.Viewer, ref(project))
		if err != nil {
			return m, err
		}
		m.Projects = append(m.Projects, node)
	}
	if err := m.lines(ctx, p.cut, l); err != nil {
		return m, err
	}
	slices.SortFunc(m.Cells, func(a, b Cell) int {
		return cmp.Or(a.Borough-b.Borough, a.Project-b.Project, cmp.Compare(a.link, b.link))
	})
	for i := range m.Cells {
		if m.First(i) {
			m.Joined++
		}
	}
	return m, nil
}

// ofBoroughs takes the participations from the side of the boroughs, who are few,
// where the filter names nobody. A project may be named by many texts, which would
// be passed by to find who joined it.
func (p *participating) ofBoroughs(ctx context.Context) error {
	if p.own != nil || p.project != 0 {
		return nil
	}
	p.own = map[Handle][]Told{}
	for h, err := range p.cut.byName(ctx, record.BoroughKind, NodeFilter{}, "") {
		if err != nil {
			return err
		}
		p.take(h)
	}
	return nil
}

// lines gives the cells their boroughs.
func (m *Matrix) lines(ctx context.Context, c *Cut, l record.Lens) error {
	at := map[Handle]int{}
	for _, cell := range m.Cells {
		at[cell.From()] = 0
	}
	for h, err := range c.byName(ctx, record.BoroughKind, NodeFilter{}, "") {
		if err != nil {
			return err
		}
		if _, used := at[h]; !used {
			continue
		}
		node, err := c.snapshot.joined(l.Viewer, ref(h))
		if err != nil {
			return err
		}
		at[h] = len(m.Boroughs)
		m.Boroughs = append(m.Boroughs, node)
	}
	for i := range m.Cells {
		m.Cells[i].Borough = at[m.Cells[i].From()]
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

// Totals are how many projects each borough joined, and how many boroughs joined
// each project.
func (m *Matrix) Totals() (boroughs, projects []int) {
	boroughs, projects = make([]int, len(m.Boroughs)), make([]int, len(m.Projects))
	for i, cell := range m.Cells {
		if m.First(i) {
			boroughs[cell.Borough]++
			projects[cell.Project]++
		}
	}
	return boroughs, projects
}
