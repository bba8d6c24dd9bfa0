package graph

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/dgraph-io/badger/v4"

	"lotigraph/record"
)

// found is a record that a name stands for.
type found struct {
	n     ref
	node  *record.Node
	alias bool
}

// Find returns the records that a name, an alias, an abbreviation or an id
// stands for: those called so before those also called so, then by kind and
// name. No kinds means every kind. Nothing found is an empty list.
func (s *Snapshot) Find(ctx context.Context, l record.Lens, name string, kinds ...record.Kind) ([]record.Node, error) {
	hits, err := s.find(ctx, l, name, kinds)
	if err != nil {
		return nil, err
	}
	list := make([]record.Node, len(hits))
	for i, h := range hits {
		list[i] = h.node.Clone()
	}
	return list, nil
}

func (s *Snapshot) find(ctx context.Context, l record.Lens, name string, kinds []record.Kind) ([]found, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if id := record.ID(strings.TrimSpace(name)); id.Kind() != 0 {
		n, node, err := s.refOf(l, id)
		if err != nil && !errors.Is(err, record.ErrNotFound) {
			return nil, err
		}
		if err == nil && (len(kinds) == 0 || slices.Contains(kinds, node.Kind())) {
			return []found{{n: n, node: node}}, nil
		}
	}
	folded := record.Fold(name)
	if folded == "" {
		return nil, nil
	}
	var hits []found
	prefix := namePrefix(folded)
	err := s.view.scan(prefix, prefix, true, func(item *badger.Item) error {
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
		return item.Value(func(v []byte) error {
			hits = append(hits, found{n, node, len(v) == 1 && v[0] == 1})
			return nil
		})
	})
	slices.SortStableFunc(hits, func(a, b found) int {
		return cmp.Or(boolCompare(a.alias, b.alias), cmp.Compare(a.node.Kind(), b.node.Kind()), cmp.Compare(a.node.Name, b.node.Name))
	})
	return hits, err
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// one finds the single record that a filter's field names. Nothing is
// ErrNotFound; several that are called so equally are ErrInvalid, naming them.
func (s *Snapshot) one(ctx context.Context, l record.Lens, field, name string, kind record.Kind) (ref, error) {
	hits, err := s.find(ctx, l, name, []record.Kind{kind})
	if err != nil {
		return 0, err
	}
	if len(hits) == 0 {
		return 0, &record.Refusal{Class: record.ErrNotFound, Field: field,
			Reason: "no " + kind.Label() + " is called \"" + name + "\"; search for it to see how it is spelt"}
	}
	if len(hits) > 1 && hits[1].alias == hits[0].alias {
		ids := make([]string, len(hits))
		for i, h := range hits {
			ids[i] = string(h.node.ID)
		}
		return 0, record.Invalid(field, "%q is the name of several: %s; use one of these ids", name, strings.Join(ids, ", "))
	}
	return hits[0].n, nil
}

// Census is what a snapshot holds, as one lens shows it.
type Census struct {
	Kinds      map[record.Kind]int
	Proposals  int       // links waiting for review
	LastChange time.Time // zero for a new graph
}

// Census counts records by kind and proposals that wait for review.
func (s *Snapshot) Census(ctx context.Context, l record.Lens) (Census, error) {
	c := Census{Kinds: map[record.Kind]int{}}
	for _, kind := range record.Kinds() {
		prefix := orderPrefix(kind)
		err := s.view.scan(prefix, prefix, false, func(*badger.Item) error {
			c.Kinds[kind]++
			return ctx.Err()
		})
		if err != nil {
			return c, err
		}
	}
	hidden, err := s.Hidden(ctx, l)
	if err != nil {
		return c, err
	}
	for _, id := range hidden {
		c.Kinds[id.Kind()]--
	}
	if c.Proposals, err = s.countWaiting(ctx, l); err != nil {
		return c, err
	}
	if s.version > 0 {
		entry, err := load[record.Entry](s.view, logKey(s.version))
		if err != nil {
			return c, err
		}
		c.LastChange = entry.Change.Time
	}
	return c, nil
}

func (s *Snapshot) countWaiting(ctx context.Context, l record.Lens) (int, error) {
	count := 0
	l.Proposed = true
	prefix := table(waitingTable)
	err := s.view.scan(prefix, prefix, false, func(item *badger.Item) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		at, err := lastNum(item.Key(), prefix)
		if err != nil {
			return err
		}
		link, _, err := s.shownAt(l, at)
		if link != nil {
			count++
		}
		return err
	})
	return count, err
}
