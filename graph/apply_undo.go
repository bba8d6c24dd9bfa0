package graph

import (
	"fmt"
	"reflect"
	"slices"

	"lotigraph/record"
)

// withdraw takes back a record, a text or a link. Only its own mark changes: the
// evidence of a withdrawn text, and the links of a withdrawn record, are left
// out when they are read.
func (a *applier) withdraw(id string) (record.Saved, error) {
	saved := record.Saved{ID: id, Outcome: record.Changed}
	if _, err := linkRef(id); err == nil {
		l, before, err := a.edgeByID(id)
		if err != nil {
			return saved, err
		}
		after := *before
		after.Withdrawn = true
		return a.putEdgeIfChanged(l, before, after)
	}
	before, n, err := a.nodeByID(record.ID(id))
	if err != nil {
		return saved, err
	}
	if before.Kind() == record.BoroughKind {
		return saved, record.Invalid("id", "%s is one of London's 33 authorities, which always exist", id)
	}
	if before.Withdrawn {
		saved.Outcome = record.Unchanged
		return saved, nil
	}
	after := *before
	after.Withdrawn = true
	return saved, a.putNode(n, before, after)
}

// undo puts back what a change touched. What is no longer as the change left it
// is a conflict: undo the later change first, after which it is. What the change created is withdrawn,
// since ids are for ever; versions of texts stay, unread.
func (a *applier) undo(target uint64) (record.Saved, error) {
	saved := record.Saved{ID: fmt.Sprintf("change:%d", target), Outcome: record.Changed}
	entry, err := loadEntry(a.st, target)
	if err != nil {
		return saved, err
	}
	if err := entry.Err(); err != nil {
		return saved, record.Invalid("number", "change %d was refused; there is nothing to undo", target)
	}
	for _, effect := range slices.Backward(entry.Effects) {
		var err error
		switch {
		case effect.Node != nil:
			err = a.undoNode(target, *effect.Node)
		case effect.Link != nil:
			err = a.undoLink(target, *effect.Link)
		}
		if err != nil {
			return saved, err
		}
	}
	if len(entry.Effects) == 0 {
		saved.Outcome = record.Unchanged
	}
	return saved, nil
}

func touchedSince(id string, target uint64) error {
	return record.Conflict("%s was changed again after change %d; undo the later change first", id, target)
}

func (a *applier) undoNode(target uint64, was record.Was[record.Node]) error {
	now, n, err := a.nodeByID(was.After.ID)
	if err != nil {
		return err
	}
	left := *was.After
	left.Revision = now.Revision
	if !same(*now, left) {
		return touchedSince(string(now.ID), target)
	}
	back := *now
	switch {
	case was.Before != nil:
		back = *was.Before
	case back.Kind() == record.BoroughKind:
		return record.Invalid("number", "change %d made %s, one of London's 33 authorities, which always exist", target, back.ID)
	default:
		back.Withdrawn = true
	}
	return a.putNode(n, now, back)
}

func (a *applier) undoLink(target uint64, was record.Was[record.Link]) error {
	l, now, err := a.edgeByID(was.After.ID)
	if err != nil {
		return err
	}
	seen, err := outside(a.st, l, now)
	if err != nil {
		return err
	}
	left := *was.After
	left.Revision = seen.Revision
	if !reflect.DeepEqual(*seen, left) {
		return touchedSince(was.After.ID, target)
	}
	back := *now
	if was.Before == nil {
		back.Withdrawn = true
		return a.putEdge(l, now, back)
	}
	b := was.Before
	back.Role, back.Since, back.Until, back.Status, back.Confidence, back.Withdrawn = b.Role, b.Since, b.Until, b.Status, b.Confidence, b.Withdrawn
	back.Proofs = nil
	for _, ev := range b.Evidence {
		text, err := a.resolve(ev.Text)
		if err != nil {
			return err
		}
		back.Proofs = append(back.Proofs, proof{Text: text, Version: ev.Version, Start: ev.Start, End: ev.End, Quote: ev.Quote,
			Method: ev.Method, Confidence: ev.Confidence, Superseded: ev.Superseded})
	}
	return a.putEdge(l, now, back)
}
