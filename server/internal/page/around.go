package page

import (
	"context"
	"slices"

	"lotigraph/graph"
	"lotigraph/record"
)

// around gathers what is around a record: as far as depth, and around each record
// that was opened, along links of some types (none means all but mentions).
func (r Reader) around(ctx context.Context, focus record.Node, depth int, types []record.LinkType, opened map[record.ID]bool) (s surroundings, err error) {
	if len(types) == 0 {
		types = slices.DeleteFunc(record.LinkTypes(), record.LinkType.Derived)
	}
	s = surroundings{nodes: map[record.ID]record.Node{focus.ID: focus}, hops: map[record.ID]int{focus.ID: 0}, parents: map[record.ID]record.ID{}}
	seen, turned := map[string]bool{}, map[string]bool{}
	for queue := []record.ID{focus.ID}; len(queue) > 0; queue = queue[1:] {
		id := queue[0]
		if s.hops[id] >= depth && !opened[id] {
			continue
		}
		for at, err := range r.View.Graph.Links(ctx, r.Lens, id, graph.LinkFilter{Types: types}, "") {
			if err != nil {
				return s, err
			}
			l := at.Value
			far := l.To
			if far == id {
				far = l.From
			}
			if _, in := s.nodes[far]; !in {
				if len(s.nodes) >= maxRecords {
					turned[l.ID] = true
					continue
				}
				if s.nodes[far], err = r.View.Graph.Node(ctx, r.Lens, far); err != nil {
					return s, err
				}
				s.hops[far], s.parents[far] = s.hops[id]+1, id
				queue = append(queue, far)
			}
			if !seen[l.ID] {
				seen[l.ID] = true
				s.links = append(s.links, l)
			}
		}
	}
	s.more = len(turned)
	if len(s.links) > maxShown {
		s.more += len(s.links) - maxShown
		s.links = s.links[:maxShown]
	}
	return s, nil
}
