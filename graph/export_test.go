package graph

import (
	"bytes"

	"github.com/dgraph-io/badger/v4"

	"lotigraph/record"
)

// Syncs counts the transactions that were stored since the store was opened.
func Syncs(s *Store) uint64 { return s.stored.Load() }

// Tuple opens the key encoding to the tests of its laws.
type Tuple = tuple

// Damage changes a stored key behind the store's back; nil removes it.
func Damage(s *Store, edit func(set func(key, value []byte))) error {
	err := s.db.Update(func(txn *badger.Txn) (err error) {
		edit(func(key, value []byte) {
			if value == nil {
				err = txn.Delete(key)
			} else {
				err = txn.Set(key, value)
			}
		})
		return err
	})
	if err != nil {
		return err
	}
	return s.publish(nil)
}

// Keys of single things, for damage.
func NameKey(name string, n uint64) []byte { return namePrefix(name).num(n) }
func BodyKey(n uint64, version int) []byte { return bodyKey(n, version) }
func LogKey(n uint64) []byte               { return logKey(n) }
func FormatKey() []byte                    { return metaKey(metaFormat) }
func FormatValue(n uint64) []byte          { return number(n) }
func TableKeys(s *Store, tag byte) (keys [][]byte) {
	s.db.View(func(txn *badger.Txn) error {
		return view{txn: txn}.keys(table(tag), func(key []byte) error { keys = append(keys, key); return nil })
	})
	return keys
}

// The tables that tests damage.
const (
	WaitingTable = waitingTable
	LinkTable    = linkTable
	Format       = format
)

// Break makes every later transaction fail.
func Break(s *Store) { s.fail(badger.ErrBlockedWrites) }

// DateInKey is how the key of a link of some type holds the day it began.
func DateInKey(d record.PartialDate) []byte { return tuple{}.num(newestFirst(d)) }

// CommitTogether says changes to the committer as one group, in their order, and
// returns what each was answered.
func CommitTogether(s *Store, changes []record.Change) (errs []error) {
	g := s.newGroup()
	answers := make([]chan answer, len(changes))
	for i, c := range changes {
		answers[i] = make(chan answer, 1)
		g.take(request{change: c, answer: answers[i]})
	}
	g.finish()
	for _, a := range answers {
		got := <-a
		if got.err == nil {
			got.err = got.entry.Err()
		}
		errs = append(errs, got.err)
	}
	return errs
}

// DropDerived removes every derived key and marks the store as of an older
// format: a migration that was cut short.
func DropDerived(s *Store) error {
	for _, tag := range derivedTables {
		if err := s.db.DropPrefix(table(tag)); err != nil {
			return err
		}
	}
	return s.db.Update(func(txn *badger.Txn) error { return txn.Set(metaKey(metaFormat), number(1)) })
}

func NodeKey(n uint64) []byte   { return nodeKey(n) }
func IDKey(id record.ID) []byte { return idKey(id) }
func CounterKey() []byte        { return metaKey(metaNextLink) }
func SeenKey(s *Store) []byte   { return TableKeys(s, seenTable)[0] }

// EditLink replaces words in a stored link.
func EditLink(s *Store, set func(key, value []byte), l uint64, old, new string) {
	s.db.View(func(txn *badger.Txn) error {
		raw, err := view{txn: txn}.get(linkKey(l))
		set(linkKey(l), bytes.ReplaceAll(raw, []byte(old), []byte(new)))
		return err
	})
}

// FoldAt sets how many links lie above the arrays in memory before they are made
// anew, and returns what sets it back.
func FoldAt(n int) (back func()) {
	was := maxFresh
	maxFresh = n
	return func() { maxFresh = was }
}

// WithoutArrays is the same snapshot with no links in memory. It is good for as
// long as the first, and is not closed.
func WithoutArrays(s *Snapshot) *Snapshot {
	return &Snapshot{view: s.view, version: s.version, lineage: s.lineage, hidden: map[record.Visibility][]record.ID{},
		unionsOf: map[record.Visibility]*unions{}, arrays: &arrays{}, decoded: &decoded{}}
}

// JudgeSinglyUpTo sets how many guarded records are judged one by one, and returns
// what sets it back.
func JudgeSinglyUpTo(n int) (back func()) {
	was := fewGuarded
	fewGuarded = n
	return func() { fewGuarded = was }
}

// SetMaxFreshDeeds lets fewer lie beside the sorted ones, until the returned
// function is called.
func SetMaxFreshDeeds(n int) func() {
	was := maxFreshDeeds
	maxFreshDeeds = n
	return func() { maxFreshDeeds = was }
}
