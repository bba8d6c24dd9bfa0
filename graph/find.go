package graph

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"lotigraph/record"
)

// found is a record that a name stands for, and how well: isName and so on, or
// isSuccessor.
type found struct {
	n    ref
	node *record.Node
	how  int
}

// isSuccessor: the record followed one that goes by the name.
const isSuccessor = isPart + 1

// Find returns the records that a name, an alias, an abbreviation or an id
// stands for: those called so before those also called so, then by kind and
// name; behind each the records that succeeded it. Where nobody is called so, it
// returns the people of that first or last name. No kinds means every kind.
// Nothing found is an empty list.
func (s *Snapshot) Find(ctx context.Context, l record.Lens, name string, kinds ...record.Kind) ([]record.Node, error) {
	hits, err := s.find(ctx, l, name, kinds)
	if err != nil {
		return nil, err
	}
	if record.ID(strings.TrimSpace(name)).Kind() == 0 { // an id means one record
		if hits, err = s.withSuccessors(ctx, l, hits, kinds); err != nil {
			return nil, err
		}
	}
	return s.nodesOf(l, hits)
}

// Called returns the records that a name, an alias, an abbreviation or an id stands
// for, each by itself, merged or not, and no others: for those who write and must
// know which one is meant.
func (s *Snapshot) Called(ctx context.Context, l record.Lens, name string, kinds ...record.Kind) ([]record.Node, error) {
	hits, err := s.findIn(ctx, l, nil, name, kinds)
	if err != nil {
		return nil, err
	}
	list := []record.Node{}
	for _, h := range hits {
		if h.how < isPart {
			list = append(list, h.node.Clone())
		}
	}
	return list, nil
}

func (s *Snapshot) nodesOf(l record.Lens, hits []found) (list []record.Node, err error) {
	list = make([]record.Node, len(hits))
	for i, h := range hits {
		if list[i], err = s.joined(l.Viewer, h.n); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// withSuccessors puts behind each record those that followed it, and what
// followed them: who asks for a project by its old name wants to know of the new
// one.
func (s *Snapshot) withSuccessors(ctx context.Context, l record.Lens, hits []found, kinds []record.Kind) ([]found, error) {
	known := map[ref]bool{}
	for _, h := range hits {
		known[h.n] = true
	}
	for i := 0; i < len(hits); i++ {
		f := LinkFilter{Types: []record.LinkType{record.SucceededBy}, Direction: record.Out}
		at := i + 1
		for next, err := range s.Links(ctx, l, hits[i].node.ID, f, "") {
			if err != nil {
				return nil, err
			}
			n, node, err := s.refOf(l, next.Value.To)
			if err != nil {
				return nil, err
			}
			if known[n] || len(kinds) > 0 && !slices.Contains(kinds, node.Kind()) {
				continue
			}
			known[n] = true
			hits = slices.Insert(hits, at, found{n, node, isSuccessor})
			at++
		}
	}
	return hits, nil
}

func (s *Snapshot) find(ctx context.Context, l record.Lens, name string, kinds []record.Kind) ([]found, error) {
	u, err := s.unions(l.Viewer)
	if err != nil {
		return nil, err
	}
	return s.findIn(ctx, l, u, name, kinds)
}

// findIn is find with the given records as one; nil takes each by itself.
func (s *Snapshot) findIn(ctx context.Context, l record.Lens, u *unions, name string, kinds []record.Kind) ([]found, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if id := record.ID(strings.TrimSpace(name)); id.Kind() != 0 {
		n, node, err := s.ownRefOf(l, id)
		if err != nil && !errors.Is(err, record.ErrNotFound) {
			return nil, err
		}
		if one := u.one(n); err == nil && one != n {
			n = one
			if node, err = s.node(n); err != nil {
				return nil, err
			}
		}
		if err == nil && (len(kinds) == 0 || slices.Contains(kinds, node.Kind())) {
			return []found{{n, node, isName}}, nil
		}
	}
	folded := record.Fold(name)
	if folded == "" {
		return nil, nil
	}
	best := map[ref]found{}
	prefix := namePrefix(folded)
	err := s.view.scan(prefix, prefix, func(item item) error {
		n, err := lastNum(item.Key(), prefix)
		if err != nil {
			return err
		}
		node, err := s.node(n)
		if err != nil || len(kinds) > 0 && !slices.Contains(kinds, node.Kind()) {
			return err
		}
		visible, err := s.sees(l.Viewer, n, node)
		if err != nil || !visible {
			return err
		}
		how := isName
		if err := item.Value(func(v []byte) error { how = int(v[0]); return nil }); err != nil {
			return err
		}
		if one := u.one(n); one != n {
			n, how = one, max(how, isAlias)
			if node, err = s.node(n); err != nil {
				return err
			}
		}
		if known, ok := best[n]; !ok || how < known.how {
			best[n] = found{n, node, how}
		}
		return nil
	})
	return ranked(best), err
}

// ranked are the records found, the best fit first. People who have but a part
// of the name are left out where somebody or something has all of it.
func ranked(best map[ref]found) []found {
	hits := slices.Collect(maps.Values(best))
	slices.SortFunc(hits, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.how, b.how), cmp.Compare(a.node.Kind(), b.node.Kind()), cmp.Compare(a.node.Name, b.node.Name), cmp.Compare(a.n, b.n))
	})
	if len(hits) > 0 && hits[0].how < isPart {
		hits = slices.DeleteFunc(hits, func(h found) bool { return h.how == isPart })
	}
	return hits
}

// Named finds the single record that an id, a name or an alias stands for, as it
// is asked for in an argument. Nothing is ErrNotFound; several that are called so
// equally are ErrInvalid, naming them. No kinds means every kind.
func (s *Snapshot) Named(ctx context.Context, l record.Lens, argument, name string, kinds ...record.Kind) (record.Node, error) {
	n, err := s.one(ctx, l, argument, name, kinds...)
	if err != nil {
		return record.Node{}, err
	}
	return s.joined(l.Viewer, n)
}

// one is the ref of what Named finds.
func (s *Snapshot) one(ctx context.Context, l record.Lens, field, name string, kinds ...record.Kind) (ref, error) {
	hits, err := s.find(ctx, l, name, kinds)
	if err != nil {
		return 0, err
	}
	if len(hits) == 0 {
		label := "record"
		if len(kinds) == 1 {
			label = kinds[0].Label()
		}
		return 0, &record.Refusal{Class: record.ErrNotFound, Field: field,
			Reason: "no " + label + " is called \"" + name + "\"; search for it to see how it is spelt"}
	}
	if len(hits) > 1 && hits[1].how == hits[0].how {
		ids := make([]string, len(hits))
		for i, h := range hits {
			ids[i] = string(h.node.ID)
		}
		return 0, record.Invalid(field, "%q is the name of several: %s; use one of these ids", name, strings.Join(ids, ", "))
	}
	return hits[0].n, nil
}
