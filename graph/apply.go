package graph

import (
	"errors"
	"fmt"
	"slices"

	"lotigraph/record"
)

// apply applies a change to the stage and writes its entry to the log. The
// error is an internal fault; a refusal is in the entry.
//
// Invariant: what apply does is a function of the stage and the change. It
// reads no clock, draws no lot and walks no map.
func apply(st *stage, c record.Change, ids *idCache) (record.Entry, error) {
	if number, seen, err := loadNumber(st, seenKey(c.ID)); err != nil || seen {
		if err != nil {
			return record.Entry{}, err
		}
		entry, err := loadEntry(st, number)
		if err == nil && !saysTheSame(entry.Change, c) {
			entry.Saved, entry.Effects = nil, nil
			entry.Refuse(&record.Refusal{Class: record.ErrConflict, Field: "id",
				Reason: fmt.Sprintf("the change id %q was used for something else, change %d; choose another", c.ID, number)})
		}
		return entry, err
	}
	last, _, err := loadNumber(st, metaKey(metaLast))
	if err != nil {
		return record.Entry{}, err
	}
	a := &applier{st: newStage(st), entry: record.Entry{Number: last + 1, Change: c}, handles: map[record.ID]ref{}, ids: ids}
	var refusal *record.Refusal
	switch err := a.run(); {
	case err == nil:
		a.st.mergeInto(st)
	case errors.As(err, &refusal):
		a.entry.Refuse(refusal)
	default:
		return record.Entry{}, fmt.Errorf("apply change %s: %w", c.ID, err)
	}
	return a.entry, saveEntry(st, a.entry)
}

// saysTheSame tells whether a change said again is the one said before, by the
// sorts of its operations: what they carry may have been completed since.
func saysTheSame(a, b record.Change) bool {
	return slices.EqualFunc(a.Ops, b.Ops, func(x, y record.Op) bool { return x.Sort() == y.Sort() })
}

// applier is one change being applied.
type applier struct {
	st      *stage
	entry   record.Entry
	handles map[record.ID]ref
	ids     *idCache
}

func (a *applier) run() error {
	for i, e := range a.entry.Change.Expect {
		if err := a.expect(e); err != nil {
			return record.Under(fmt.Sprintf("expect[%d]", i), err)
		}
	}
	for i := range a.entry.Change.Ops {
		saved, err := a.op(&a.entry.Change.Ops[i])
		if err != nil {
			return record.Under(fmt.Sprintf("ops[%d]", i), err)
		}
		a.entry.Saved = append(a.entry.Saved, saved)
	}
	return nil
}

func (a *applier) op(op *record.Op) (record.Saved, error) {
	switch {
	case op.SaveNode != nil:
		return a.saveNode(*op.SaveNode)
	case op.SaveText != nil:
		return a.saveText(op.SaveText)
	case op.SaveReading != nil:
		return a.saveReading(*op.SaveReading)
	case op.SaveLink != nil:
		return a.saveLink(op.SaveLink.Link)
	case op.ReviewLink != nil:
		return a.reviewLink(*op.ReviewLink)
	case op.SaveRuling != nil:
		return a.saveRuling(op.SaveRuling.Ruling)
	case op.Withdraw != nil:
		return a.withdraw(op.Withdraw.ID)
	case op.Restore != nil:
		return a.restore(op.Restore.ID)
	case op.Undo != nil:
		return a.undo(op.Undo.Number)
	}
	return record.Saved{}, record.Invalid("", "an operation that does nothing")
}

// expect holds the change against the revision that its author saw.
func (a *applier) expect(e record.Expect) error {
	revision := 0
	if l, err := linkRef(e.ID); err == nil {
		old, err := load[edge](a.st, linkKey(l))
		if err != nil {
			return err
		}
		if old != nil {
			revision = old.Revision
		}
	} else if record.IsRuling(e.ID) {
		_, old, err := a.rulingByID(e.ID)
		if err != nil && !errors.Is(err, record.ErrNotFound) {
			return err
		}
		if old != nil {
			revision = old.Revision
		}
	} else {
		old, _, err := a.nodeByID(record.ID(e.ID))
		if err != nil && !errors.Is(err, record.ErrNotFound) {
			return err
		}
		if old != nil {
			revision = old.Revision
		}
	}
	if revision != e.Revision {
		return record.Conflict("%s is at revision %d, not %d: somebody changed it; read it again and redo your change", e.ID, revision, e.Revision)
	}
	return nil
}

// resolve turns an id or a handle of this change into a ref.
func (a *applier) resolve(id record.ID) (ref, error) {
	if id.IsHandle() {
		n, ok := a.handles[id]
		if !ok {
			return 0, record.Invalid("", "the handle %s stands for nothing saved before it in this change", id)
		}
		return n, nil
	}
	n, ok, err := loadNumber(a.st, idKey(id))
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, record.NotFound("there is no %s", id)
	}
	return n, nil
}

// nodeByID reads a record by id or handle; ErrNotFound when there is none.
func (a *applier) nodeByID(id record.ID) (*record.Node, ref, error) {
	n, err := a.resolve(id)
	if err != nil {
		return nil, 0, err
	}
	node, err := a.node(n)
	return node, n, err
}

func (a *applier) node(n ref) (*record.Node, error) {
	node, err := load[record.Node](a.st, nodeKey(n))
	if err == nil && node == nil {
		err = fmt.Errorf("record %d is missing", n)
	}
	return node, err
}

// next gives out the next ref of a counter.
func (a *applier) next(counter string) (ref, error) {
	n, _, err := loadNumber(a.st, metaKey(counter))
	if err != nil {
		return 0, err
	}
	a.st.set(metaKey(counter), number(n+1))
	return n + 1, nil
}

// putNode stores a record with its derived keys and notes the effect. The
// revision is decided here.
func (a *applier) putNode(n ref, before *record.Node, after record.Node) error {
	after.Revision = 1
	if before != nil {
		after.Revision = before.Revision + 1
	}
	if err := after.Validate(); err != nil {
		return err
	}
	raw, err := encode(after)
	if err != nil {
		return err
	}
	a.st.set(nodeKey(n), raw)
	a.st.set(touchedKey(n), number(a.entry.Number))
	a.rewrite(nodeKeys(n, before), nodeKeys(n, &after))
	for i := range a.entry.Effects { // a record touched twice is one effect
		if e := a.entry.Effects[i].Node; e != nil && e.After.ID == after.ID {
			e.After = &after
			return nil
		}
	}
	a.entry.Effects = append(a.entry.Effects, record.Effect{Node: &record.Was[record.Node]{Before: before, After: &after}})
	return nil
}

// putEdge does the same for a link.
func (a *applier) putEdge(l ref, before *edge, after edge) error {
	after.Revision = 1
	if before != nil {
		after.Revision = before.Revision + 1
	}
	raw, err := encode(after)
	if err != nil {
		return err
	}
	a.st.set(linkKey(l), raw)
	a.rewrite(edgeKeys(l, before), edgeKeys(l, &after))
	now, err := a.outside(l, &after)
	if err != nil {
		return err
	}
	for i := range a.entry.Effects {
		if e := a.entry.Effects[i].Link; e != nil && e.After.ID == now.ID {
			e.After = now
			return nil
		}
	}
	was, err := a.outside(l, before)
	if err != nil {
		return err
	}
	a.entry.Effects = append(a.entry.Effects, record.Effect{Link: &record.Was[record.Link]{Before: was, After: now}})
	return nil
}

// rewrite replaces one set of derived keys by another.
func (a *applier) rewrite(before, after []pair) {
	keep := map[string]bool{}
	for _, p := range after {
		keep[string(p.key)] = true
		a.st.set(p.key, p.value)
	}
	for _, p := range before {
		if !keep[string(p.key)] {
			a.st.delete(p.key)
		}
	}
}

// idCache is the ids of records that are stored: they never change, and a link may
// be proved by thousands of texts. Only the committer uses it.
type idCache struct {
	ids    map[ref]record.ID
	stored ref // the last record that is stored; later refs may still be given out otherwise
}

// outside is a link as the world sees it, with ids for refs; nil for nil.
func (a *applier) outside(l ref, e *edge) (*record.Link, error) {
	if e == nil {
		return nil, nil
	}
	return e.link(l, a.idOf)
}

// idOf is the id of a record.
func (a *applier) idOf(n ref) (record.ID, error) {
	if id, ok := a.ids.ids[n]; ok {
		return id, nil
	}
	node, err := a.node(n)
	if err != nil {
		return "", err
	}
	if n <= a.ids.stored {
		a.ids.ids[n] = node.ID
	}
	return node.ID, nil
}

// link is the edge with ids for refs.
func (e *edge) link(l ref, id func(ref) (record.ID, error)) (*record.Link, error) {
	from, err := id(e.From)
	if err != nil {
		return nil, err
	}
	to, err := id(e.To)
	if err != nil {
		return nil, err
	}
	out := &record.Link{ID: linkID(l), Type: e.Type, From: from, To: to, Role: e.Role, Since: e.Since, Until: e.Until,
		Status: e.Status, Confidence: e.Confidence, Revision: e.Revision, Withdrawn: e.Withdrawn}
	for _, p := range e.Proofs {
		text, err := id(p.Text)
		if err != nil {
			return nil, err
		}
		out.Evidence = append(out.Evidence, record.Evidence{Text: text, Version: p.Version, Span: p.span(), Quote: p.Quote,
			Method: p.Method, Confidence: p.Confidence, Superseded: p.Superseded})
	}
	return out, nil
}
