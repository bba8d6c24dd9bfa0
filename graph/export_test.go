package graph

import (
	"github.com/dgraph-io/badger/v4"
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
	return s.publish()
}

// Keys of single things, for damage.
func NameKey(name string, n uint64) []byte { return namePrefix(name).num(n) }
func BodyKey(n uint64, version int) []byte { return bodyKey(n, version) }
func LogKey(n uint64) []byte               { return logKey(n) }
func FormatKey() []byte                    { return metaKey(metaFormat) }
func FormatValue(n uint64) []byte          { return number(n) }
func TableKeys(s *Store, tag byte) (keys [][]byte) {
	s.db.View(func(txn *badger.Txn) error {
		return view{txn}.keys(table(tag), func(key []byte) error { keys = append(keys, key); return nil })
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
