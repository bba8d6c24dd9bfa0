package graph

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"

	"lotigraph/record"
)

// Waiting yields the links under the lens that nobody has reviewed, in the order
// in which they were made. Links that say the same, since ends of them were
// merged, come once, and not at all when one of them is confirmed.
func (s *Snapshot) Waiting(ctx context.Context, l record.Lens) iter.Seq2[record.Link, error] {
	l.Proposed = true
	return func(yield func(record.Link, error) bool) {
		prefix := table(waitingTable)
		err := s.view.scan(prefix, prefix, func(item item) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			at, err := lastNum(item.Key(), prefix)
			if err != nil {
				return err
			}
			link, _, err := s.shownAt(l, at)
			if err == nil && link != nil && !yield(*link, nil) {
				return errStop
			}
			return err
		})
		if err != nil && err != errStop {
			yield(record.Link{}, err)
		}
	}
}

// Naming is a name that texts use and that no record goes by.
type Naming struct {
	record.Unknown             // as the first text has it; Spans and Links are that text's
	Texts          []record.ID // that use it, in the order in which they came
	AllLinks       int         // that those texts say of it
}

// Unknown yields the names that texts under the lens use and that no record goes
// by, by kind and then by name. Left out are those of which a person said that
// they are no record.
func (s *Snapshot) Unknown(ctx context.Context, l record.Lens) iter.Seq2[Naming, error] {
	return func(yield func(Naming, error) bool) {
		var open naming
		err := s.view.scan(table(unknownTable), table(unknownTable), func(item item) error {
			kind, folded, text, err := unknownOf(item.Key())
			if err := cmp.Or(ctx.Err(), err); err != nil {
				return err
			}
			if kind != open.kind || folded != open.folded {
				if err := s.close(l, open, yield); err != nil {
					return err
				}
				open = naming{kind: kind, folded: folded}
			}
			open.texts = append(open.texts, text)
			return nil
		})
		if err == nil {
			err = s.close(l, open, yield)
		}
		if err != nil && err != errStop {
			yield(Naming{}, err)
		}
	}
}

// naming is the texts of one name while they are gathered.
type naming struct {
	kind   record.Kind
	folded string
	texts  []ref
}

// close yields a name whose texts have been gathered.
func (s *Snapshot) close(l record.Lens, open naming, yield func(Naming, error) bool) error {
	n, err := s.namingOf(l, open)
	if err == nil && n != nil && !yield(*n, nil) {
		err = errStop
	}
	return err
}

// namingOf is the name as the texts have it that the viewer may see; nil when
// there are none, or when it is settled.
func (s *Snapshot) namingOf(l record.Lens, open naming) (*Naming, error) {
	if settled, err := s.settled(open.kind, open.folded); err != nil || settled {
		return nil, err
	}
	var n *Naming
	for _, text := range open.texts {
		node, err := s.node(text)
		if err != nil {
			return nil, err
		}
		if visible, err := s.sees(l.Viewer, text, node); err != nil || !visible {
			if err != nil {
				return nil, err
			}
			continue
		}
		for _, u := range node.Weeknote.Unknown {
			if u.Kind != open.kind || record.Fold(u.Name) != open.folded {
				continue
			}
			if n == nil {
				n = &Naming{Unknown: u}
				n.Aliases, n.Spans = slices.Clone(u.Aliases), slices.Clone(u.Spans)
			}
			n.Texts = append(n.Texts, node.ID)
			n.AllLinks += u.Links
			break
		}
	}
	return n, nil
}

// Naming is a name that waits, by its kind and in any spelling: ErrNotFound when
// no text under the lens uses it, or when it is settled.
func (s *Snapshot) Naming(ctx context.Context, l record.Lens, kind record.Kind, name string) (Naming, error) {
	if err := ctx.Err(); err != nil {
		return Naming{}, err
	}
	open := naming{kind: kind, folded: record.Fold(name)}
	texts, err := refs(s.view, unknownPrefix(kind, open.folded))
	if err != nil {
		return Naming{}, err
	}
	open.texts = texts
	n, err := s.namingOf(l, open)
	if err == nil && n == nil {
		err = s.whyNoNaming(kind, name)
	}
	if err != nil {
		return Naming{}, err
	}
	return *n, nil
}

// Recognised lists the texts that use a name as unknown by which a record goes by
// now: reading them again finds it. In the order of their refs.
func (s *Snapshot) Recognised(ctx context.Context) ([]record.ID, error) {
	found := map[ref]bool{}
	goes := map[string]bool{} // by kind and folded name: whether a record does
	err := s.view.scan(table(unknownTable), table(unknownTable), func(item item) error {
		kind, folded, text, err := unknownOf(item.Key())
		if err := cmp.Or(ctx.Err(), err); err != nil {
			return err
		}
		key := kind.Slug() + ":" + folded
		known, asked := goes[key]
		if !asked {
			if known, err = s.goesBy(kind, folded); err != nil {
				return err
			}
			goes[key] = known
		}
		if known {
			found[text] = true
		}
		return nil
	})
	return s.standingTexts(slices.Sorted(maps.Keys(found)), err)
}

// TextsUsing lists the texts that use a name, in any spelling, as unknown, in the
// order of their refs.
func (s *Snapshot) TextsUsing(kind record.Kind, name string) ([]record.ID, error) {
	texts, err := refs(s.view, unknownPrefix(kind, record.Fold(name)))
	return s.standingTexts(texts, err)
}

// goesBy tells whether a record of a kind has a name or an alias.
func (s *Snapshot) goesBy(kind record.Kind, folded string) (known bool, err error) {
	prefix := namePrefix(folded)
	err = s.view.scan(prefix, prefix, func(item item) error {
		n, err := lastNum(item.Key(), prefix)
		if err != nil {
			return err
		}
		node, err := s.node(n)
		if err != nil || node.Kind() != kind {
			return err
		}
		return item.Value(func(v []byte) error {
			known = known || v[0] != isPart
			return nil
		})
	})
	return known, err
}

// TextsNaming lists the texts that mention a record, which need not stand any
// more, in the order of their refs.
func (s *Snapshot) TextsNaming(id record.ID) ([]record.ID, error) {
	n, ok, err := loadNumber(s.view, idKey(id))
	if err != nil || !ok {
		return nil, err
	}
	links, err := refsOfNear(s.view, nearPrefix(n, record.In, record.Mentions))
	if err != nil {
		return nil, err
	}
	texts := map[ref]bool{}
	for _, at := range links {
		e, err := s.edge(at)
		if err != nil {
			return nil, err
		}
		texts[e.From] = true
	}
	return s.standingTexts(slices.Sorted(maps.Keys(texts)), nil)
}

// standingTexts are the ids of texts, less those that were withdrawn.
func (s *Snapshot) standingTexts(texts []ref, err error) ([]record.ID, error) {
	if err != nil {
		return nil, err
	}
	var ids []record.ID
	for _, n := range texts {
		node, err := s.node(n)
		if err != nil {
			return nil, err
		}
		if !node.Withdrawn {
			ids = append(ids, node.ID)
		}
	}
	return ids, nil
}

// whyNoNaming says why a name does not wait.
func (s *Snapshot) whyNoNaming(kind record.Kind, name string) error {
	ruling, err := s.RuledOut(kind, name)
	switch {
	case err != nil:
		return err
	case ruling != "":
		return record.Conflict("%q was said to be no %s (%s); withdraw that ruling first", name, kind.Label(), ruling)
	}
	return record.NotFound("no %s called %q waits to be settled", kind.Label(), name)
}

// NameSettled tells whether a person said that what goes by a name is no record
// of the kind: reading a text must not make it one.
func (s *Snapshot) NameSettled(kind record.Kind, name string) (bool, error) {
	return s.settled(kind, record.Fold(name))
}

// Withdrawn are a withdrawn record and those that go by it, as they are written;
// none when it stands or is not there. It is for those who may restore it.
func (s *Snapshot) Withdrawn(id record.ID) (list []record.Node, err error) {
	n, ok, err := loadNumber(s.view, idKey(id))
	if err != nil || !ok {
		return nil, err
	}
	m, err := s.merged()
	if err != nil {
		return nil, err
	}
	group := []ref{m.root(n)}
	for from := range m.into {
		if m.root(from) == group[0] {
			group = append(group, from)
		}
	}
	slices.Sort(group)
	for _, member := range group {
		node, err := s.node(member)
		if err != nil {
			return nil, err
		}
		if node.Withdrawn {
			list = append(list, node.Clone())
		}
	}
	return list, nil
}

// WithdrawnCalled finds the withdrawn record that a name would make again: it is
// to be restored, not made a second time.
func (s *Snapshot) WithdrawnCalled(kind record.Kind, name string) (id record.ID, ok bool, err error) {
	n, ok, err := loadNumber(s.view, idKey(record.NewID(kind, record.Slugify(name))))
	if err != nil || !ok {
		return "", false, err
	}
	node, err := s.node(n)
	if err != nil {
		return "", false, err
	}
	return node.ID, node.Withdrawn && record.Fold(node.Name) == record.Fold(name), nil
}

// RuledOut is the id of the ruling by which a name is no record of a kind, "" when
// there is none.
func (s *Snapshot) RuledOut(kind record.Kind, name string) (string, error) {
	rulings, err := refs(s.view, noRecordPrefix(kind, record.Fold(name)))
	if err != nil || len(rulings) == 0 {
		return "", err
	}
	return rulingID(rulings[0]), nil
}

// settled tells whether a ruling stands that the name is no record.
func (s *Snapshot) settled(kind record.Kind, folded string) (bool, error) {
	rulings, err := refs(s.view, noRecordPrefix(kind, folded))
	return len(rulings) > 0, err
}

// Rulings lists the rulings about identity that stand, of records that the lens's
// viewer may see, in the order in which they were given.
func (s *Snapshot) Rulings(ctx context.Context, l record.Lens) ([]record.Ruling, error) {
	list := []record.Ruling{}
	prefix := table(rulingTable)
	err := s.view.scan(prefix, prefix, func(item item) error {
		r, err := lastNum(item.Key(), prefix)
		if err := cmp.Or(ctx.Err(), err); err != nil {
			return err
		}
		ru, err := decode[ruling](item)
		if err != nil || ru.Withdrawn {
			return err
		}
		if ru.Sort == record.Doubt { // see Doubts
			return nil
		}
		if ru.Sort == record.NoRecord {
			if !l.Viewer.Sees(record.Staff) { // it may name somebody whom they may not know of
				return nil
			}
		} else if seen, err := s.endsSeen(l.Viewer, &edge{From: ru.From, To: ru.To}); err != nil || !seen && !l.Viewer.Sees(record.Staff) {
			return err
		}
		out, err := ru.outside(r, s.id)
		if err == nil {
			list = append(list, *out)
		}
		return err
	})
	return list, err
}

// Ruling reads a ruling by its id, withdrawn or not: ErrNotFound when there is
// none, or none that the viewer may see.
func (s *Snapshot) Ruling(ctx context.Context, l record.Lens, id string) (record.Ruling, error) {
	r, err := rulingRef(id)
	if err != nil {
		return record.Ruling{}, err
	}
	ru, err := load[ruling](s.view, rulingKey(r))
	if err := cmp.Or(ctx.Err(), err); err != nil {
		return record.Ruling{}, err
	}
	seen := ru != nil && l.Viewer.Sees(record.Staff)
	if ru != nil && !seen && ru.Sort != record.NoRecord && ru.Sort != record.Doubt {
		if seen, err = s.endsSeen(l.Viewer, &edge{From: ru.From, To: ru.To}); err != nil {
			return record.Ruling{}, err
		}
	}
	if !seen {
		return record.Ruling{}, record.NotFound("there is no %s", id)
	}
	out, err := ru.outside(r, s.id)
	if err != nil {
		return record.Ruling{}, err
	}
	return *out, nil
}

// unknownOf reads a key of the unknown table.
func unknownOf(key tuple) (kind record.Kind, folded string, text ref, err error) {
	k, rest, err := key[1:].takeNum()
	if err == nil {
		folded, rest, err = rest.takeStr()
	}
	if err == nil {
		text, _, err = rest.takeNum()
	}
	return record.Kind(k), folded, text, err
}
