package graph

import (
	"context"
	"slices"

	"lotigraph/record"
)

// Matrix is which borough joined which project: the boroughs and projects with at
// least one cell, each by name, and the cells by borough, then by project.
type Matrix struct {
	Boroughs, Projects []record.Node
	Cells              []record.Link // JOINED links, one for each period
}

// Matrix makes the matrix of the participations of boroughs that a filter lets
// through, under the lens.
func (s *Snapshot) Matrix(ctx context.Context, l record.Lens, f ParticipationFilter) (Matrix, error) {
	var m Matrix
	rank := map[record.ID]int{}
	for at, err := range s.Participations(ctx, l, f, "") {
		if err != nil {
			return m, err
		}
		if link := at.Value; link.Type == record.Joined {
			m.Cells = append(m.Cells, link)
		}
	}
	for _, axis := range []struct {
		kind record.Kind
		end  func(record.Link) record.ID
		into *[]record.Node
	}{
		{record.BoroughKind, func(c record.Link) record.ID { return c.From }, &m.Boroughs},
		{record.ProjectKind, func(c record.Link) record.ID { return c.To }, &m.Projects},
	} {
		used := map[record.ID]bool{}
		for _, cell := range m.Cells {
			used[axis.end(cell)] = true
		}
		for at, err := range s.Nodes(ctx, l, axis.kind, NodeFilter{}, ByName, "") {
			if err != nil {
				return m, err
			}
			if used[at.Value.ID] {
				rank[at.Value.ID] = len(*axis.into)
				*axis.into = append(*axis.into, at.Value)
			}
		}
	}
	slices.SortStableFunc(m.Cells, func(a, b record.Link) int {
		if a.From != b.From {
			return rank[a.From] - rank[b.From]
		}
		return rank[a.To] - rank[b.To]
	})
	return m, nil
}
