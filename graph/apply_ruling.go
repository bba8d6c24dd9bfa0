package graph

import (
	"fmt"
	"reflect"
	"slices"

	"lotigraph/record"
)

// saveRuling gives a ruling. One that says what stands already changes nothing.
func (a *applier) saveRuling(in record.Ruling) (record.Saved, error) {
	ru := ruling{Sort: in.Sort, Kind: in.Kind, Name: in.Name}
	if in.Sort == record.Doubt {
		if err := a.doubted(&ru, in); err != nil {
			return record.Saved{}, err
		}
	} else if in.Sort != record.NoRecord {
		for _, end := range []struct {
			field string
			id    record.ID
			to    *ref
		}{{"from", in.From, &ru.From}, {"to", in.To, &ru.To}} {
			node, n, err := a.nodeByID(end.id)
			if err == nil && node.Withdrawn {
				err = record.Conflict("%s was withdrawn; undo that first", node.ID)
			}
			if err != nil {
				return record.Saved{}, record.Under(end.field, err)
			}
			*end.to = n
		}
	}
	standing, err := a.mayStand(&ru)
	if err != nil {
		return record.Saved{}, err
	}
	if standing != 0 {
		return record.Saved{ID: rulingID(standing), Outcome: record.Unchanged}, nil
	}
	r, err := a.next(metaNextRuling)
	if err != nil {
		return record.Saved{}, err
	}
	return record.Saved{ID: rulingID(r), Outcome: record.Created}, a.putRuling(r, nil, ru)
}

// mayStand says whether a ruling can stand beside those that do, and which one
// says the same already.
//
// Invariant: a record is merged into at most one other, and never in a circle.
func (a *applier) mayStand(ru *ruling) (standing ref, err error) {
	if ru.Sort == record.NoRecord {
		return a.first(noRecordPrefix(ru.Kind, record.Fold(ru.Name)))
	}
	if ru.Sort == record.Doubt {
		return a.sameDoubt(ru)
	}
	from, to, err := a.pairToRule(ru)
	if err != nil {
		return 0, err
	}
	groups := [2][]ref{}
	for i, n := range []ref{ru.From, ru.To} {
		if groups[i], err = a.group(n); err != nil {
			return 0, err
		}
	}
	one := slices.Contains(groups[0], ru.To)
	if ru.Sort == record.Distinct {
		if one {
			return 0, record.Conflict("%s and %s were merged; take that back first", from.ID, to.ID)
		}
		return a.first(distinctPrefix(ru.From, ru.To))
	}
	if one {
		return a.mergeWithin(groups[0], ru)
	}
	for _, x := range groups[0] {
		for _, y := range groups[1] {
			if said, err := a.first(distinctPrefix(x, y)); err != nil || said != 0 {
				if err == nil {
					err = record.Conflict("somebody said that these are two, not one (%s); take that back first", rulingID(said))
				}
				return 0, err
			}
		}
	}
	return 0, a.unmerged(ru.From, from.ID)
}

// pairToRule reads the two records of a ruling, which must be of one kind.
func (a *applier) pairToRule(ru *ruling) (from, to *record.Node, err error) {
	if from, err = a.node(ru.From); err == nil {
		to, err = a.node(ru.To)
	}
	switch {
	case err != nil:
	case from.Kind() != to.Kind():
		err = record.Invalid("to", "%s is a %s and %s a %s; only records of one kind can be one", from.ID, from.Kind().Label(), to.ID, to.Kind().Label())
	case from.Kind() == record.BoroughKind:
		err = record.Invalid("from", "%s is one of London's 33 authorities, which are all different", from.ID)
	}
	return from, to, err
}

// mergeWithin is the ruling by which two records of one group became one.
func (a *applier) mergeWithin(group []ref, ru *ruling) (ref, error) {
	var at ref
	for _, n := range group {
		_, r, err := a.mergedInto(n)
		if err != nil {
			return 0, err
		}
		if r != 0 && (at == 0 || n == ru.From) {
			at = r
		}
	}
	return at, nil
}

// mergedInto is the record that another one was merged into and the ruling that
// says so; zeros when there is none.
func (a *applier) mergedInto(n ref) (to, by ref, err error) {
	err = a.st.keys(mergedPrefix(n), func(key []byte) error {
		to, by, err = lastTwo(key, mergedPrefix(n))
		return err
	})
	return to, by, err
}

// root is the record that one goes by.
func (a *applier) root(n ref) (ref, error) {
	if ruled, err := a.anyRuling(); err != nil || !ruled {
		return n, err
	}
	for {
		to, _, err := a.mergedInto(n)
		if err != nil || to == 0 {
			return n, err
		}
		n = to
	}
}

// group lists the records that are one with n, itself included, ascending.
func (a *applier) group(n ref) ([]ref, error) {
	if ruled, err := a.anyRuling(); err != nil || !ruled {
		return []ref{n}, err
	}
	root, err := a.root(n)
	group := []ref{root}
	for i := 0; i < len(group) && err == nil; i++ {
		prefix := heldPrefix(group[i])
		err = a.st.keys(prefix, func(key []byte) error {
			from, _, err := lastTwo(key, prefix)
			group = append(group, from)
			return err
		})
	}
	slices.Sort(group)
	return group, err
}

// anyRuling tells whether there ever was a ruling: most graphs have none, and
// then nothing has to be looked up.
func (a *applier) anyRuling() (bool, error) {
	_, ruled, err := loadNumber(a.st, metaKey(metaNextRuling))
	return ruled, err
}

// first is the number that the first key of a prefix ends with, 0 for none.
func (a *applier) first(prefix tuple) (ref, error) {
	list, err := refs(a.st, prefix)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	return list[0], nil
}

func (a *applier) rulingByID(id string) (ref, *ruling, error) {
	r, err := rulingRef(id)
	if err != nil {
		return 0, nil, err
	}
	ru, err := load[ruling](a.st, rulingKey(r))
	if err == nil && ru == nil {
		err = record.NotFound("there is no %s", id)
	}
	return r, ru, err
}

// setWithdrawn takes a ruling back or lets it stand again. Nothing else changes:
// what was merged is there as it was, and as it became since.
func (a *applier) setWithdrawn(id string, withdrawn bool) (record.Saved, error) {
	saved := record.Saved{ID: id, Outcome: record.Unchanged}
	r, before, err := a.rulingByID(id)
	if err != nil || before.Withdrawn == withdrawn {
		return saved, err
	}
	after := *before
	after.Withdrawn = withdrawn
	if !withdrawn {
		standing, err := a.mayStand(&after)
		if err == nil && standing != 0 {
			err = record.Conflict("%s need not stand again: %s says the same", id, rulingID(standing))
		}
		if err != nil {
			return saved, err
		}
	}
	saved.Outcome = record.Changed
	return saved, a.putRuling(r, before, after)
}

// putRuling stores a ruling with its derived keys and notes the effect.
func (a *applier) putRuling(r ref, before *ruling, after ruling) error {
	after.Revision = 1
	if before != nil {
		after.Revision = before.Revision + 1
	}
	raw, err := encode(after)
	if err != nil {
		return err
	}
	a.st.set(rulingKey(r), raw)
	a.rewrite(rulingKeys(r, before), rulingKeys(r, &after))
	now, err := after.outside(r, a.idOf)
	if err != nil {
		return err
	}
	for i := range a.entry.Effects {
		if e := a.entry.Effects[i].Ruling; e != nil && e.After.ID == now.ID {
			e.After = now
			return nil
		}
	}
	was := &record.Was[record.Ruling]{After: now}
	if before != nil {
		if was.Before, err = before.outside(r, a.idOf); err != nil {
			return err
		}
	}
	a.entry.Effects = append(a.entry.Effects, record.Effect{Ruling: was})
	return nil
}

func (a *applier) undoRuling(target uint64, was record.Was[record.Ruling]) error {
	r, now, err := a.rulingByID(was.After.ID)
	if err != nil {
		return err
	}
	seen, err := now.outside(r, a.idOf)
	if err != nil {
		return err
	}
	left := *was.After
	left.Revision = seen.Revision
	if !reflect.DeepEqual(*seen, left) {
		return touchedSince(was.After.ID, target)
	}
	_, err = a.setWithdrawn(was.After.ID, was.Before == nil || was.Before.Withdrawn)
	return err
}

// restore lets what was withdrawn stand again.
func (a *applier) restore(id string) (record.Saved, error) {
	if record.IsRuling(id) {
		return a.setWithdrawn(id, false)
	}
	saved := record.Saved{ID: id, Outcome: record.Unchanged}
	if _, err := linkRef(id); err == nil {
		_, before, err := a.edgeByID(id)
		if err != nil || !before.Withdrawn {
			return saved, err
		}
		saved, err = a.eachOfOne(id, func(e edge) bool { return e.Withdrawn && !e.Undone }, func(e edge) edge {
			e.Withdrawn, e.Undone = false, false
			if e.Type.Derived() { // withdrawing rejected it
				e.Status = record.Confirmed
			}
			return e
		})
		if err != nil || before.Type.Derived() {
			return saved, err
		}
		return saved, a.anchorAgain(id)
	}
	before, n, err := a.nodeByID(record.ID(id))
	if err != nil || !before.Withdrawn {
		return saved, err
	}
	saved.Outcome = record.Changed
	return saved, a.setNodesWithdrawn(n, false)
}

// unmerged refuses a record that goes by another one.
func (a *applier) unmerged(n ref, id record.ID) error {
	root, err := a.root(n)
	if err != nil || root == n {
		return err
	}
	survivor, err := a.idOf(root)
	if err != nil {
		return err
	}
	return record.Conflict("%s was merged into %s; name that one, or take the merge back first", id, survivor)
}

// lastTwo reads the two numbers that a key of known prefix ends with.
func lastTwo(key, prefix tuple) (a, b ref, err error) {
	a, rest, err := key[len(prefix):].takeNum()
	if err == nil {
		b, rest, err = rest.takeNum()
	}
	if err != nil || len(rest) != 0 {
		return 0, 0, fmt.Errorf("%w: %x", errKey, []byte(key))
	}
	return a, b, nil
}
