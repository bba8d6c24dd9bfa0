package graph

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"time"

	"lotigraph/record"
)

// saveEntry writes an entry to the log. The body of a text that was stored is
// not written a second time: the operation names its id and version.
func saveEntry(st *stage, e record.Entry) error {
	if e.Refusal == "" {
		e.Change.Ops = withoutBodies(e.Change.Ops)
	}
	raw, err := encode(e)
	if err != nil {
		return err
	}
	st.set(logKey(e.Number), raw)
	st.set(seenKey(e.Change.ID), number(e.Number))
	st.set(metaKey(metaLast), number(e.Number))
	return nil
}

func withoutBodies(ops []record.Op) []record.Op {
	out := make([]record.Op, len(ops))
	for i, op := range ops {
		if op.SaveText != nil {
			bare := *op.SaveText
			bare.Text.Body = ""
			op.SaveText = &bare
		}
		out[i] = op
	}
	return out
}

// loadEntry reads an entry of the log, whole. ErrNotFound when there is none.
func loadEntry(g getter, n uint64) (record.Entry, error) {
	e, err := load[record.Entry](g, logKey(n))
	if err != nil {
		return record.Entry{}, err
	}
	if e == nil {
		return record.Entry{}, record.NotFound("there is no change %d", n)
	}
	return *e, withBodies(g, e)
}

// withBodies puts back what withoutBodies took out.
func withBodies(g getter, e *record.Entry) error {
	for _, op := range e.Change.Ops {
		if op.SaveText == nil || op.SaveText.Text.Body != "" {
			continue
		}
		text := &op.SaveText.Text
		n, ok, err := loadNumber(g, idKey(text.ID))
		if err != nil || !ok {
			return fmt.Errorf("change %d: text %s: %w", e.Number, text.ID, orMissing(err))
		}
		body, err := g.get(bodyKey(n, text.Version))
		if err != nil || body == nil {
			return fmt.Errorf("change %d: body of %s version %d: %w", e.Number, text.ID, text.Version, orMissing(err))
		}
		text.Body = string(body)
	}
	return nil
}

func orMissing(err error) error {
	if err == nil {
		return errMissing
	}
	return err
}

// Changes yields the log from the change behind the given number on: who, when,
// what, and what every touched thing was before and after.
func (s *Snapshot) Changes(ctx context.Context, after uint64) iter.Seq2[record.Entry, error] {
	return func(yield func(record.Entry, error) bool) {
		for e, err := range logged[record.Entry](ctx, s, after) {
			if err == nil {
				err = withBodies(s.view, &e)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// logged yields the entries of the log behind the given number, or as much of
// each as T has fields for.
func logged[T any](ctx context.Context, s *Snapshot, after uint64) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		err := s.view.scan(table(logTable), logKey(after+1), func(item item) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			e, err := decode[T](item)
			if err == nil && !yield(*e, nil) {
				err = errStop
			}
			return err
		})
		if err != nil && err != errStop {
			yield(*new(T), err)
		}
	}
}

// touched is what following the log needs of an entry.
type touched struct {
	Number  uint64          `json:"number"`
	Effects []record.Effect `json:"effects"`
}

// Documents yields the records that changes behind the given number touched, as
// they are in this snapshot, in the order of the last change that touched each.
func (s *Snapshot) Documents(ctx context.Context, after uint64) iter.Seq2[record.Document, error] {
	return func(yield func(record.Document, error) bool) {
		for entry, err := range logged[touched](ctx, s, after) {
			if err != nil {
				yield(record.Document{}, err)
				return
			}
			for _, effect := range entry.Effects {
				if effect.Node == nil {
					continue
				}
				n, last, err := s.lastTouch(effect.Node.After.ID)
				if err == nil && last != entry.Number {
					continue // a later change touched it: it comes then
				}
				var doc record.Document
				if err == nil {
					doc, err = s.document(n, last)
				}
				if !yield(doc, err) || err != nil {
					return
				}
			}
		}
	}
}

// Lineage tells this graph's history from every other one: it sums up the first
// change, which stays the first. It is "" before there is one.
func (s *Snapshot) Lineage() string { return s.lineage }

// lineage reads what Lineage tells.
func lineage(g getter) (string, error) {
	first, err := load[record.Entry](g, logKey(1))
	if err != nil || first == nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(first.Change.ID + "\x00" + first.Change.Time.UTC().Format(time.RFC3339Nano) + "\x00" + first.Change.Actor))
	return hex.EncodeToString(sum[:8]), nil
}

// lastTouch is the record of an id and the number of the last change to it.
func (s *Snapshot) lastTouch(id record.ID) (ref, uint64, error) {
	n, ok, err := loadNumber(s.view, idKey(id))
	if err != nil || !ok {
		return 0, 0, fmt.Errorf("record %s: %w", id, orMissing(err))
	}
	last, _, err := loadNumber(s.view, touchedKey(n))
	return n, last, err
}

func (s *Snapshot) document(n ref, last uint64) (record.Document, error) {
	node, err := s.node(n)
	if err != nil {
		return record.Document{}, err
	}
	doc := record.Document{Number: last, Gone: node.Withdrawn, Node: node.Clone()}
	if node.Weeknote != nil && !node.Withdrawn {
		text, err := s.text(n, node.Weeknote.Version)
		if err != nil {
			return record.Document{}, err
		}
		doc.Body, doc.Main, doc.Version = text.Body, text.Main, text.Version
	}
	return doc, nil
}

// Replay says the changes of a snapshot's log, up to number, to another store.
// Said to an empty store they give the graph at that number.
func Replay(ctx context.Context, from *Snapshot, to uint64, into *Store) error {
	for entry, err := range from.Changes(ctx, 0) {
		if err != nil {
			return err
		}
		if entry.Number > to {
			return nil
		}
		if _, err := into.Commit(ctx, entry.Change); err != nil && entry.Refusal == "" {
			return fmt.Errorf("replay change %d: %w", entry.Number, err)
		}
	}
	return nil
}

// Change reads an entry of the log by the id of its change: ErrNotFound when no
// change of that id was said.
func (s *Snapshot) Change(ctx context.Context, id string) (record.Entry, error) {
	if err := ctx.Err(); err != nil {
		return record.Entry{}, err
	}
	number, ok, err := loadNumber(s.view, seenKey(id))
	if err == nil && !ok {
		err = record.NotFound("no change has the id %s", id)
	}
	if err != nil {
		return record.Entry{}, err
	}
	e, err := load[record.Entry](s.view, logKey(number))
	if err == nil && e == nil {
		err = orMissing(nil)
	}
	if err != nil {
		return record.Entry{}, err
	}
	return *e, nil
}

// Newest yields the entries of the log from the newest back, those from before
// the given number on; 0 begins with the last. Bodies of texts are left out.
func (s *Snapshot) Newest(ctx context.Context, before uint64) iter.Seq2[record.Entry, error] {
	return func(yield func(record.Entry, error) bool) {
		for number := s.newest(before); number > 0 && s.tell(ctx, number, nil, yield); number-- {
		}
	}
}

// NewestOf yields the entries that Newest does and in which an id stands, whatever
// they say of it: of their effects those in which it stands, and of operations on texts
// no more than that there are such. The first time, it reads all of the log.
func (s *Snapshot) NewestOf(ctx context.Context, id string, before uint64) iter.Seq2[record.Entry, error] {
	return func(yield func(record.Entry, error) bool) {
		quoted, err := encode(id)
		var changes []uint64
		if err == nil {
			changes, err = s.deeds.of(ctx, s, id)
		}
		if err != nil {
			yield(record.Entry{}, err)
			return
		}
		for _, number := range slices.Backward(changes) {
			if number <= s.newest(before) && !s.tell(ctx, number, bytes.TrimSpace(quoted), yield) {
				return
			}
		}
	}
}

// newest is the last change from before a number, 0 being behind the last.
func (s *Snapshot) newest(before uint64) uint64 {
	if before > 0 && before <= s.version {
		return before - 1
	}
	return s.version
}

// tell yields an entry of the log without the bodies of texts, if the words stand in
// it, and tells whether to go on.
func (s *Snapshot) tell(ctx context.Context, number uint64, words []byte, yield func(record.Entry, error) bool) bool {
	raw, err := s.view.get(logKey(number))
	if err = cmp.Or(ctx.Err(), err); err == nil && (raw == nil || !bytes.Contains(raw, words)) {
		return true
	}
	var e record.Entry
	if err == nil {
		if words != nil {
			raw = briefly(raw, words)
		}
		if err = json.Unmarshal(raw, &e); err != nil {
			err = fmt.Errorf("read change %d: %w", number, err)
		}
	}
	return yield(e, err) && err == nil
}
