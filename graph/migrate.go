package graph

import (
	"fmt"

	"github.com/dgraph-io/badger/v4"

	"lotigraph/record"
)

// migrate brings a store to the present format: a new one is marked, an older
// one has its derived tables made again, an unknown one is refused. The format
// is written last, so that a migration cut short begins again.
func (s *Store) migrate(dir string) error {
	var have uint64
	err := s.db.View(func(txn *badger.Txn) (err error) {
		have, _, err = loadNumber(view{txn: txn}, metaKey(metaFormat))
		return err
	})
	if err != nil {
		return err
	}
	switch {
	case have > format:
		return record.Invalid("format", "the graph in %s has format %d and this program knows formats up to %d; use the program that wrote it", dir, have, format)
	case have == format:
		return writeFormatFile(dir)
	case have > 0:
		s.log.Info("migrating the graph", "from", have, "to", format)
		if err := s.deriveAgain(); err != nil {
			return fmt.Errorf("migrate from format %d: %w", have, err)
		}
	}
	err = s.db.Update(func(txn *badger.Txn) error { return txn.Set(metaKey(metaFormat), number(format)) })
	if err != nil {
		return err
	}
	return writeFormatFile(dir)
}

// deriveAgain drops every derived key and makes it again from the records and
// links.
func (s *Store) deriveAgain() error {
	for _, tag := range derivedTables {
		if err := s.db.DropPrefix(table(tag)); err != nil {
			return err
		}
	}
	txn := s.db.NewTransaction(false)
	defer txn.Discard()
	batch := s.db.NewWriteBatch()
	defer batch.Cancel()
	err := eachDerived(view{txn: txn}, func(p pair) error {
		value := p.value
		if value == nil {
			value = []byte{}
		}
		return batch.Set(p.key, value)
	})
	if err != nil {
		return err
	}
	return batch.Flush()
}

// eachDerived calls f with every derived key that the records and links of a
// state ask for.
func eachDerived(v view, f func(pair) error) error {
	each := func(pairs []pair) error {
		for _, p := range pairs {
			if err := f(p); err != nil {
				return err
			}
		}
		return nil
	}
	err := v.scan(table(nodeTable), table(nodeTable), func(item item) error {
		n, err := lastNum(item.Key(), table(nodeTable))
		if err != nil {
			return err
		}
		node, err := decode[record.Node](item)
		if err != nil {
			return err
		}
		return each(nodeKeys(n, node))
	})
	if err != nil {
		return err
	}
	err = v.scan(table(rulingTable), table(rulingTable), func(item item) error {
		r, err := lastNum(item.Key(), table(rulingTable))
		if err != nil {
			return err
		}
		ru, err := decode[ruling](item)
		if err != nil {
			return err
		}
		return each(rulingKeys(r, ru))
	})
	if err != nil {
		return err
	}
	return v.scan(table(linkTable), table(linkTable), func(item item) error {
		l, err := lastNum(item.Key(), table(linkTable))
		if err != nil {
			return err
		}
		e, err := decode[edge](item)
		if err != nil {
			return err
		}
		return each(edgeKeys(l, e))
	})
}
