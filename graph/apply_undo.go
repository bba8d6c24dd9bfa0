package graph

import (
	"fmt"
	"reflect"
	"slices"

	"lotigraph/record"
)

// withdraw takes back a record, a text, a link or a ruling. Only its own mark
// changes: the evidence of a withdrawn text, and the links of a withdrawn record, are left
// out when they are read.
func (a *applier) withdraw(id string) (record.Saved, error) {
	if record.IsRuling(id) {
		return a.setWithdrawn(id, true)
	}
	saved := record.Saved{ID: id, Outcome: record.Changed}
	if _, err := linkRef(id); err == nil {
		return a.eachOfOne(id, func(e edge) bool { return !e.Withdrawn && e.Status != record.Rejected }, func(e edge) edge {
			e.Withdrawn = true
			if e.Type.Derived() { // so that reading the text again does not bring it back
				e.Status = record.Rejected
			}
			return e
		})
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
	if err := a.unmerged(n, before.ID); err != nil {
		return saved, err
	}
	return saved, a.setNodesWithdrawn(n, true)
}

// setNodesWithdrawn takes back a record and those that go by it, or lets them
// stand again: they are one.
func (a *applier) setNodesWithdrawn(n ref, withdrawn bool) error {
	group, err := a.group(n)
	for _, m := range group {
		if err != nil {
			return err
		}
		var before *record.Node
		if before, err = a.node(m); err == nil && before.Withdrawn != withdrawn {
			after := *before
			after.Withdrawn = withdrawn
			err = a.putNode(m, before, after)
		}
	}
	return err
}

// undo puts back what a change touched. What is no longer as the change left it
// is a conflict: undo the later change first, after which it is. What the change
// created is withdrawn, since ids are for ever; versions of texts stay, unread,
// and evidence that was given to them since is looked for in the one now read.
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
		case effect.Ruling != nil:
			err = a.undoRuling(target, *effect.Ruling)
		}
		if err != nil {
			return saved, err
		}
	}
	if err := a.readAgain(entry.Effects); err != nil {
		return saved, err
	}
	if len(entry.Effects) == 0 {
		saved.Outcome = record.Unchanged
	}
	return saved, nil
}

// otherVersion tells whether two states of a record read different versions of
// a text.
func otherVersion(a, b *record.Node) bool {
	return a.Weeknote != nil && b.Weeknote != nil && a.Weeknote.Version != b.Weeknote.Version
}

// readAgain anchors evidence in the versions of texts now read, after effects
// were undone: all evidence of a text that got another version back, and that of
// links that were put back.
func (a *applier) readAgain(undone []record.Effect) error {
	for _, effect := range undone {
		if was := effect.Node; was != nil && was.Before != nil && otherVersion(was.Before, was.After) {
			n, err := a.resolve(was.Before.ID)
			if err != nil {
				return err
			}
			version, body, err := a.read(n)
			if err != nil {
				return err
			}
			if err := a.reanchor(n, version, body); err != nil {
				return err
			}
		}
		if was := effect.Link; was != nil && was.Before != nil {
			if err := a.anchorAgain(was.Before.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// anchorAgain anchors the evidence of a link in the versions of its texts that
// are now read.
func (a *applier) anchorAgain(id string) error {
	l, before, err := a.edgeByID(id)
	if err != nil {
		return err
	}
	after, moved := *before, false
	after.Proofs = slices.Clone(before.Proofs)
	for i := range after.Proofs {
		p := &after.Proofs[i]
		version, body, err := a.read(p.Text)
		if err != nil {
			return err
		}
		moved = p.Version != version && p.anchor(version, body) || moved
	}
	if !moved {
		return nil
	}
	return a.putEdge(l, before, after)
}

// read is the version of a text that is now read, and its body.
func (a *applier) read(text ref) (int, string, error) {
	node, err := a.node(text)
	if err != nil {
		return 0, "", err
	}
	body, err := a.st.get(bodyKey(text, node.Weeknote.Version))
	if err != nil || body == nil {
		return 0, "", orMissing(err)
	}
	return node.Weeknote.Version, string(body), nil
}

func touchedSince(id string, target uint64) error {
	return record.Conflict("%s was changed again after change %d; undo the later change first", id, target)
}

// undoNode puts a record back. Unknown names of a text that were read in it since
// are no business of the change: they stay, until it is read again.
func (a *applier) undoNode(target uint64, was record.Was[record.Node]) error {
	now, n, err := a.nodeByID(was.After.ID)
	if err != nil {
		return err
	}
	left := was.After.Clone()
	left.Revision = now.Revision
	if left.Weeknote != nil && now.Weeknote != nil && left.Weeknote.Version == now.Weeknote.Version {
		left.Weeknote.Unknown = now.Weeknote.Unknown
	}
	if !same(*now, left) {
		last, _, err := loadNumber(a.st, touchedKey(n))
		if err != nil {
			return err
		}
		return record.Conflict("%s was changed again after change %d, last by change %d; undo the later change first", now.ID, target, last)
	}
	back := *now
	if gone := was.Before == nil || was.Before.Withdrawn; gone && !now.Withdrawn {
		if group, err := a.group(n); err != nil || len(group) > 1 {
			if err == nil {
				err = record.Conflict("%s was merged with another record since; take the merge back first", now.ID)
			}
			return err
		}
	}
	switch {
	case was.Before != nil:
		back = was.Before.Clone()
		if back.Weeknote != nil && back.Weeknote.Version == now.Weeknote.Version && !reflect.DeepEqual(was.After.Weeknote.Unknown, now.Weeknote.Unknown) {
			back.Weeknote.Unknown = now.Weeknote.Unknown
		}
	case back.Kind() == record.BoroughKind:
		return record.Invalid("number", "change %d made %s, one of London's 33 authorities, which always exist", target, back.ID)
	default:
		back.Withdrawn = true
	}
	if otherVersion(now, &back) {
		closed := now.Weeknote.Visibility
		if back.Weeknote.Version < now.Weeknote.Version { // taken back: others do not read it any more
			closed = record.Staff
		}
		if err := a.keepClosed(n, now.Weeknote.Version, closed); err != nil {
			return err
		}
	}
	return a.putNode(n, now, back)
}

// undoLink puts a link back. Evidence that was moved, or added by reading, since a
// change that had not touched the evidence does not stand in the way: it stays.
func (a *applier) undoLink(target uint64, was record.Was[record.Link]) error {
	l, now, err := a.edgeByID(was.After.ID)
	if err != nil {
		return err
	}
	seen, err := a.outside(l, now)
	if err != nil {
		return err
	}
	kept := was.Before != nil && sameQuotes(was.Before.Evidence, was.After.Evidence) // the evidence is none of the change's business
	left := *was.After
	left.Revision = seen.Revision
	if kept || sameQuotes(seen.Evidence, left.Evidence) {
		left.Evidence = seen.Evidence
	}
	if !reflect.DeepEqual(*seen, left) {
		if now.Type.Derived() {
			return nil // what its text mentions by now is what was read in it last
		}
		return touchedSince(was.After.ID, target)
	}
	back := *now
	if was.Before == nil {
		back.Withdrawn, back.Undone = true, !now.Type.Derived()
		return a.putEdge(l, now, back)
	}
	b := was.Before
	back.Role, back.Since, back.Until, back.Status, back.Confidence, back.Withdrawn, back.Undone = b.Role, b.Since, b.Until, b.Status, b.Confidence, b.Withdrawn, false
	if kept {
		return a.putEdge(l, now, back)
	}
	back.Proofs = nil
	for _, ev := range b.Evidence {
		text, err := a.resolve(ev.Text)
		if err != nil {
			return err
		}
		back.Proofs = append(back.Proofs, proofOf(ev, text))
	}
	return a.putEdge(l, now, back)
}

// sameQuotes tells whether two lists of evidence quote the same words of the same
// texts, wherever in them.
func sameQuotes(a, b []record.Evidence) bool {
	return slices.EqualFunc(a, b, func(x, y record.Evidence) bool {
		return x.Text == y.Text && x.Quote == y.Quote && x.Method == y.Method && x.Confidence == y.Confidence
	})
}
