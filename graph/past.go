package graph

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lotigraph/record"
)

// An earlier state is the present one with what was changed since taken back: the
// log says what everything touched was before. That is laid over Badger's view, so
// a state of last week costs what last week's changes touched and no more.
//
// Invariant: an earlier state shows its reader nothing that they may not see by
// now. A text, and what was stated of a record, is as closed as it was then or as
// it is now, whichever is more.

// The most that may be taken back to read an earlier state.
const (
	maxTakenBack      = 20_000    // changes
	maxTakenBackBytes = 128 << 20 // what they touched
)

// At is the graph as it was at an earlier change number; s itself at its own. Close
// it. A number that is greater than the snapshot's, or too far back, is ErrInvalid.
func (s *Snapshot) At(ctx context.Context, version uint64) (*Snapshot, error) {
	switch {
	case version > s.version:
		return nil, record.Invalid("version", "there is no data version %d yet; the newest is %d", version, s.version)
	case s.version-version > maxTakenBack:
		return nil, record.Invalid("version", "data version %d is more than %d changes back; choose a later one", version, maxTakenBack)
	}
	s.users.Add(1)
	if version == s.version {
		return s, nil
	}
	b := takingBack{now: s, st: newStage(s.view)}
	err := b.all(ctx, version)
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("go back to change %d: %w", version, err)
	}
	past := &Snapshot{view: view{s.view.txn, newOverlay(b.st)}, version: version, lineage: s.lineage, present: s,
		hidden: map[record.Visibility][]record.ID{}, unionsOf: map[record.Visibility]*unions{}, arrays: &arrays{}, decoded: &decoded{}, deeds: &deeds{}, lasting: &Shelf{}}
	past.users.Store(1)
	return past, nil
}

// takingBack lays what things were before over what they are now.
type takingBack struct {
	now *Snapshot
	st  *stage
}

// all takes back every change behind a number, the newest first.
func (b *takingBack) all(ctx context.Context, version uint64) error {
	for entry, err := range b.now.Newest(ctx, 0) {
		switch {
		case err != nil:
			return err
		case entry.Number <= version:
			return nil
		case b.st.size > maxTakenBackBytes:
			return record.Invalid("version", "too much was changed since to read the graph as it was then; choose a later version")
		}
		for _, effect := range slices.Backward(entry.Effects) {
			switch {
			case effect.Node != nil:
				err = b.node(*effect.Node)
			case effect.Link != nil:
				err = b.link(*effect.Link)
			case effect.Ruling != nil:
				err = b.ruling(*effect.Ruling)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *takingBack) node(was record.Was[record.Node]) error {
	n, err := b.refOf(was.After.ID)
	if err != nil {
		return err
	}
	standing, err := load[record.Node](b.st, nodeKey(n))
	if err != nil {
		return err
	}
	before := was.Before
	if before != nil {
		if before, err = b.closed(n, *before); err != nil {
			return err
		}
	} else {
		b.st.delete(idKey(was.After.ID))
	}
	return b.put(nodeKey(n), before != nil, before, nodeKeys(n, standing), nodeKeys(n, before))
}

// closed is a record as it was, no more open than it is now.
func (b *takingBack) closed(n ref, before record.Node) (*record.Node, error) {
	before = before.Clone()
	now, err := b.now.node(n)
	if err != nil {
		return nil, err
	}
	if before.Stated != 0 && (now.Stated == 0 || now.Stated > before.Stated) {
		before.Stated = now.Stated
	}
	w := before.Weeknote
	if w == nil || now.Weeknote == nil {
		return &before, nil
	}
	w.Visibility = max(w.Visibility, now.Weeknote.Visibility)
	if w.Version != now.Weeknote.Version {
		parts, err := load[record.Text](b.now.view, textKey(n, w.Version))
		if err != nil {
			return nil, err
		}
		if parts != nil {
			w.Visibility = max(w.Visibility, parts.Visibility)
		}
	}
	return &before, nil
}

func (b *takingBack) link(was record.Was[record.Link]) error {
	l, err := linkRef(was.After.ID)
	if err != nil {
		return err
	}
	standing, err := load[edge](b.st, linkKey(l))
	if err != nil {
		return err
	}
	var before *edge
	if was.Before != nil {
		if before, err = b.edge(*was.Before); err != nil {
			return err
		}
	}
	return b.put(linkKey(l), before != nil, before, edgeKeys(l, standing), edgeKeys(l, before))
}

// edge is a link as it is stored, its ids as refs.
func (b *takingBack) edge(l record.Link) (*edge, error) {
	from, err := b.refOf(l.From)
	if err != nil {
		return nil, err
	}
	to, err := b.refOf(l.To)
	if err != nil {
		return nil, err
	}
	e := &edge{Type: l.Type, From: from, To: to, Role: l.Role, Since: l.Since, Until: l.Until, Status: l.Status,
		Confidence: l.Confidence, Revision: l.Revision, Withdrawn: l.Withdrawn}
	for _, ev := range l.Evidence {
		text, err := b.refOf(ev.Text)
		if err != nil {
			return nil, err
		}
		e.Proofs = append(e.Proofs, proofOf(ev, text))
	}
	return e, nil
}

func (b *takingBack) ruling(was record.Was[record.Ruling]) error {
	r, err := rulingRef(was.After.ID)
	if err != nil {
		return err
	}
	standing, err := load[ruling](b.st, rulingKey(r))
	if err != nil {
		return err
	}
	var before *ruling
	if w := was.Before; w != nil {
		before = &ruling{Sort: w.Sort, Kind: w.Kind, Name: w.Name, Says: w.Says, Revision: w.Revision, Withdrawn: w.Withdrawn}
		switch w.Sort {
		case record.NoRecord:
		case record.Doubt:
			if before.Link, err = linkRef(w.Link); err != nil {
				return err
			}
		default:
			if before.From, err = b.refOf(w.From); err != nil {
				return err
			}
			if before.To, err = b.refOf(w.To); err != nil {
				return err
			}
		}
	}
	return b.put(rulingKey(r), before != nil, before, rulingKeys(r, standing), rulingKeys(r, before))
}

// put lays a thing over what stands there, or its absence, with its derived keys.
func (b *takingBack) put(key tuple, there bool, before any, standing, derived []pair) error {
	for _, p := range standing {
		b.st.delete(p.key)
	}
	if !there {
		b.st.delete(key)
		return nil
	}
	raw, err := encode(before)
	if err != nil {
		return err
	}
	b.st.set(key, raw)
	for _, p := range derived {
		b.st.set(p.key, p.value)
	}
	return nil
}

// refOf is the ref of an id, which is for ever.
func (b *takingBack) refOf(id record.ID) (ref, error) {
	n, ok, err := loadNumber(b.now.view, idKey(id))
	if err != nil || !ok {
		return 0, fmt.Errorf("%s: %w", id, orMissing(err))
	}
	return n, nil
}

// overlay is keys and values that stand before those of a view; a nil value takes
// one away. It is not changed once it is made.
type overlay struct {
	writes map[byte]map[string][]byte
	sorted map[byte][]string
}

func newOverlay(st *stage) *overlay {
	o := &overlay{st.writes, map[byte][]string{}}
	for tag, writes := range st.writes {
		o.sorted[tag] = slices.Sorted(maps.Keys(writes))
	}
	return o
}

// laid is an item of an overlay.
type laid struct {
	key   string
	value []byte
}

func (l laid) Key() []byte                        { return []byte(l.key) }
func (l laid) Value(use func([]byte) error) error { return use(l.value) }

// scan is view.scan of the view below with the overlay's keys in their places.
func (o *overlay) scan(v view, prefix, from tuple, f func(item) error) error {
	if len(prefix) == 0 {
		return fmt.Errorf("scan of every table of an earlier state: %w", errKey)
	}
	writes, sorted := o.writes[prefix[0]], o.sorted[prefix[0]]
	at, _ := slices.BinarySearch(sorted, string(from))
	upTo := func(key []byte) error { // gives the overlay's keys before key; all of the prefix when it is nil
		for ; at < len(sorted) && strings.HasPrefix(sorted[at], string(prefix)) && (key == nil || sorted[at] < string(key)); at++ {
			if value := writes[sorted[at]]; value != nil {
				if err := f(laid{sorted[at], value}); err != nil {
					return err
				}
			}
		}
		return nil
	}
	err := v.scanStored(prefix, from, func(it item) error {
		key := bytes.Clone(it.Key())
		if err := upTo(key); err != nil {
			return err
		}
		if value, ok := writes[string(key)]; ok {
			if at < len(sorted) && sorted[at] == string(key) {
				at++
			}
			if value == nil {
				return nil
			}
			return f(laid{string(key), value})
		}
		return f(it)
	})
	if err != nil {
		return err
	}
	return upTo(nil)
}

// scanBack gives the keys of a prefix before start in backward order.
func (o *overlay) scanBack(v view, prefix, start tuple, f func(item) error) error {
	var list []laid
	err := o.scan(v, prefix, prefix, func(it item) error {
		list = append(list, laid{key: string(it.Key())})
		return nil
	})
	if err != nil {
		return err
	}
	cursor := ""
	if len(start) > len(prefix) {
		cursor = string(start[:len(start)-1]) // startBehind's step forward is none backwards
	}
	for _, it := range slices.Backward(list) {
		if cursor != "" && it.key >= cursor {
			continue
		}
		if err := f(it); err != nil {
			return err
		}
	}
	return nil
}
