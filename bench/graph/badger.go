package main

import (
	"encoding/binary"

	"github.com/dgraph-io/badger/v4"

	"lotigraph/graph"
)

// badgerSide is every link as two keys, one for each end, that begin with the
// record there: what walks would read if nothing were kept in memory.
type badgerSide struct{ db *badger.DB }

func newBadgerSide(w *world) (*badgerSide, error) {
	db, err := badger.Open(badger.DefaultOptions("").WithInMemory(true).WithLogger(nil).WithMemTableSize(64 << 20))
	if err != nil {
		return nil, err
	}
	b := &badgerSide{db}
	batch := db.NewWriteBatch()
	defer batch.Cancel()
	for arc := range w.cut.Links() {
		for _, ends := range [][2]graph.Handle{{arc.Near, arc.Far}, {arc.Far, arc.Near}} {
			key := binary.BigEndian.AppendUint32(nil, uint32(ends[0]))
			key = append(key, byte(arc.Type))
			key = binary.BigEndian.AppendUint32(key, uint32(ends[1]))
			if err := batch.Set(append(key, arc.LinkID()...), nil); err != nil {
				return b, err
			}
		}
	}
	return b, batch.Flush()
}

// twoHops counts the records within two hops of one, itself left out.
func (b *badgerSide) twoHops(from graph.Handle) (int, error) {
	seen := map[graph.Handle]bool{from: true}
	err := b.db.View(func(txn *badger.Txn) error {
		options := badger.DefaultIteratorOptions
		options.PrefetchValues = false
		it := txn.NewIterator(options)
		defer it.Close()
		layer := []graph.Handle{from}
		for range 2 {
			var next []graph.Handle
			for _, h := range layer {
				prefix := binary.BigEndian.AppendUint32(nil, uint32(h))
				for it.Seek(prefix); it.ValidForPrefix(prefix); it.Next() {
					far := graph.Handle(binary.BigEndian.Uint32(it.Item().Key()[5:]))
					if !seen[far] {
						seen[far] = true
						next = append(next, far)
					}
				}
			}
			layer = next
		}
		return nil
	})
	return len(seen) - 1, err
}
