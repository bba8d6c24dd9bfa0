package page

import (
	"context"
	"slices"

	"lotigraph/record"
	"lotigraph/walk"
)

// surroundings is what is around a record.
type surroundings struct {
	nodes   map[record.ID]record.Node
	hops    map[record.ID]int
	parents map[record.ID]record.ID // by which each is reached
	links   []record.Link
	notes   []string // what is left out
}

// around gathers what is around a record: as far as depth, and around each record
// that was opened, along links of some types (none means all but mentions).
func (r Reader) around(ctx context.Context, focus record.Node, depth int, types []record.LinkType, opened []record.ID) (surroundings, error) {
	if len(types) == 0 {
		types = slices.DeleteFunc(record.LinkTypes(), record.LinkType.Derived)
	}
	s := surroundings{nodes: map[record.ID]record.Node{focus.ID: focus}, hops: map[record.ID]int{focus.ID: 0}, parents: map[record.ID]record.ID{}}
	if err := s.add(ctx, r, focus.ID, depth, types); err != nil {
		return s, err
	}
	for waiting := slices.Clone(opened); len(waiting) > 0; {
		i := slices.IndexFunc(waiting, func(id record.ID) bool { _, in := s.nodes[id]; return in })
		if i < 0 {
			break // the rest is not in the picture
		}
		if err := s.add(ctx, r, waiting[i], 1, types); err != nil {
			return s, err
		}
		waiting = slices.Delete(waiting, i, i+1)
	}
	s.reach(focus.ID)
	return s, nil
}

// add adds what is around one record.
func (s *surroundings) add(ctx context.Context, r Reader, id record.ID, depth int, types []record.LinkType) error {
	room := maxRecords - len(s.nodes) + 1
	if room < 1 {
		s.notes = append(s.notes, "What is around "+s.nodes[id].Name+" is left out: the picture is full.")
		return nil
	}
	found, err := walk.Around(ctx, r.View.Graph, r.Lens, walk.AroundQuery{ID: id, Depth: depth, Types: types, First: room, Links: maxLinks})
	if err != nil {
		return err
	}
	for _, n := range found.Nodes {
		s.nodes[n.Node.ID] = n.Node
	}
	for _, l := range found.Links {
		if !slices.ContainsFunc(s.links, func(have record.Link) bool { return have.ID == l.ID }) {
			s.links = append(s.links, l)
		}
	}
	if found.Note != "" {
		s.notes = append(s.notes, found.Note)
	}
	if found.LinksLeft > 0 {
		s.notes = append(s.notes, Count(found.LinksLeft, "more link", "more links")+" among these records are left out, here and in the picture: those by which each is reached are shown, then those of the records nearest to "+s.nodes[id].Name+". The files have them all.")
	}
	return nil
}

// reach finds how each record is reached from the middle: by the fewest links,
// then from the record that was reached first.
func (s *surroundings) reach(middle record.ID) {
	near := map[record.ID][]record.ID{}
	for _, l := range s.links {
		near[l.From] = append(near[l.From], l.To)
		near[l.To] = append(near[l.To], l.From)
	}
	for queue := []record.ID{middle}; len(queue) > 0; queue = queue[1:] {
		id := queue[0]
		for _, far := range near[id] {
			if _, reached := s.hops[far]; !reached {
				s.hops[far], s.parents[far] = s.hops[id]+1, id
				queue = append(queue, far)
			}
		}
	}
}
