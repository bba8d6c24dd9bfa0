package bench_test

import (
	"fmt"
	"testing"

	"github.com/dgraph-io/badger/v4"
)

// rawBadger writes what a change of one record writes, by hand.
type rawBadger struct{ db *badger.DB }

func openBadger(b *testing.B) rawBadger {
	b.Helper()
	db, err := badger.Open(badger.DefaultOptions(b.TempDir()).WithLogger(nil).WithSyncWrites(true).WithMemTableSize(32 << 20))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return rawBadger{db}
}

// put sets nine keys of the sizes that saving a record takes.
func (r rawBadger) put(n int) error {
	return r.db.Update(func(txn *badger.Txn) error {
		for i, size := range []int{400, 150, 8, 8, 8, 8, 8, 1, 0} {
			if err := txn.Set(fmt.Appendf(nil, "table%d/%08d", i, n), make([]byte, size)); err != nil {
				return err
			}
		}
		return nil
	})
}
