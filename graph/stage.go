package graph

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/dgraph-io/badger/v4"
)

// stage is the state as it will be: writes that are not stored yet, above
// another state. The committer has one for the group of changes that it will
// store together, and above it one for the change being applied, which is
// merged when the change is accepted and dropped when it is refused.
type stage struct {
	below   state
	writes  map[byte]map[string][]byte // by table, then key; a nil value deletes
	size    int64                      // an upper bound of what Badger counts for the writes
	count   int64
	largest int // bytes of the largest value
}

// state is what a stage stands on.
type state interface {
	getter
	// keys calls f with every key of the prefix, in no order that counts.
	keys(prefix tuple, f func(key []byte) error) error
}

func newStage(below state) *stage {
	return &stage{below: below, writes: map[byte]map[string][]byte{}}
}

func (s *stage) get(key tuple) ([]byte, error) {
	if v, ok := s.writes[key[0]][string(key)]; ok {
		return v, nil
	}
	return s.below.get(key)
}

func (s *stage) set(key tuple, value []byte) {
	if value == nil {
		value = []byte{}
	}
	s.write(key, value)
}

func (s *stage) delete(key tuple) { s.write(key, nil) }

// perEntry is more than the bytes Badger adds to an entry's key and value.
const perEntry = 32

func (s *stage) write(key tuple, value []byte) {
	t := s.writes[key[0]]
	if t == nil {
		t = map[string][]byte{}
		s.writes[key[0]] = t
	}
	if old, ok := t[string(key)]; ok {
		s.size += int64(len(value) - len(old))
	} else {
		s.size += int64(len(key) + len(value) + perEntry)
		s.count++
	}
	t[string(key)] = value
	s.largest = max(s.largest, len(value))
}

func (s *stage) keys(prefix tuple, f func(key []byte) error) error {
	staged := s.writes[prefix[0]]
	err := s.below.keys(prefix, func(key []byte) error {
		if _, ok := staged[string(key)]; ok {
			return nil
		}
		return f(key)
	})
	if err != nil {
		return err
	}
	for key, value := range staged {
		if value != nil && strings.HasPrefix(key, string(prefix)) {
			if err := f([]byte(key)); err != nil {
				return err
			}
		}
	}
	return nil
}

// refs lists the numbers that the keys of a prefix end with, ascending: the one
// order in which applying a change looks at several things.
func refs(s state, prefix tuple) ([]ref, error) {
	var list []ref
	err := s.keys(prefix, func(key []byte) error {
		n, err := lastNum(key, prefix)
		list = append(list, n)
		return err
	})
	slices.Sort(list)
	return list, err
}

// mergeInto moves the writes to the stage below.
func (s *stage) mergeInto(below *stage) {
	for _, t := range s.writes {
		for key, value := range t {
			below.write(tuple(key), value)
		}
	}
	clear(s.writes)
	s.size, s.count = 0, 0
}

// store writes everything in one transaction, synced when it returns.
func (s *stage) store(db *badger.DB) error {
	txn := db.NewTransaction(true)
	defer txn.Discard()
	for _, tag := range slices.Sorted(maps.Keys(s.writes)) {
		for key, value := range s.writes[tag] {
			var err error
			if value == nil {
				err = txn.Delete([]byte(key))
			} else {
				err = txn.Set([]byte(key), value)
			}
			if err != nil {
				return err
			}
		}
	}
	return txn.Commit()
}

// item is a key with its value, good until the scan goes on.
type item interface {
	Key() []byte
	Value(use func([]byte) error) error
}

// view is a stored state, as of one moment; with what lies over it where an
// earlier one is read (past.go).
type view struct {
	txn  *badger.Txn
	over *overlay
}

func (v view) get(key tuple) ([]byte, error) {
	if v.over != nil {
		if value, ok := v.over.writes[key[0]][string(key)]; ok {
			return value, nil
		}
	}
	stored, err := v.txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	value, err := stored.ValueCopy(nil)
	if value == nil && err == nil {
		value = []byte{}
	}
	return value, err
}

func (v view) keys(prefix tuple, f func(key []byte) error) error {
	return v.scan(prefix, prefix, func(it item) error { return f(bytes.Clone(it.Key())) })
}

// scan calls f with the items of a prefix in key order, from the first one not
// before from. f may not keep the item.
func (v view) scan(prefix, from tuple, f func(item) error) error {
	if v.over != nil {
		return v.over.scan(v, prefix, from, f)
	}
	return v.scanStored(prefix, from, f)
}

func (v view) scanStored(prefix, from tuple, f func(item) error) error {
	o := badger.DefaultIteratorOptions
	o.Prefix, o.PrefetchValues = prefix, false // nearly all values lie beside their keys; a goroutine for each to fetch it costs more than it saves
	it := v.txn.NewIterator(o)
	defer it.Close()
	for it.Seek(from); it.Valid(); it.Next() {
		if err := f(it.Item()); err != nil {
			return err
		}
	}
	return nil
}
