package index

import (
	"hash/maphash"
	"strings"
	"sync"

	"lotigraph/record"
)

// ord is a number that stands for the id of a record, from 0, for as long as a
// store is open. Segments and merges renumber documents; ords stay, so that
// what is known of a record need not be found anew with every snapshot.
type ord = uint32

// registry gives out ords. It only grows.
type registry struct {
	mu    sync.RWMutex
	ids   []record.ID
	kinds []record.Kind
	table []ord // open addressing; 0 is free, else an ord + 1
	seed  maphash.Seed
}

func newRegistry() *registry {
	return &registry{table: make([]ord, 1024), seed: maphash.MakeSeed()}
}

// add gives every id an ord. The ids are kept in strings of many, which take
// less room than one each.
func (r *registry) add(ids []record.ID) []ord {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := make([]ord, len(ids))
	var fresh strings.Builder
	var at []int // in list
	for i, id := range ids {
		if o, ok := r.find(id); ok {
			list[i] = o
			continue
		}
		at = append(at, i)
		fresh.WriteString(string(id))
	}
	rest := fresh.String()
	for _, i := range at {
		n := len(ids[i])
		list[i] = r.put(record.ID(rest[:n]))
		rest = rest[n:]
	}
	return list
}

// slot is where the id is in the table, or would be.
func (r *registry) slot(id record.ID) int {
	mask := len(r.table) - 1
	i := int(maphash.String(r.seed, string(id))) & mask
	for r.table[i] != 0 && r.ids[r.table[i]-1] != id {
		i = (i + 1) & mask
	}
	return i
}

func (r *registry) find(id record.ID) (ord, bool) {
	o := r.table[r.slot(id)]
	return o - 1, o != 0
}

func (r *registry) put(id record.ID) ord {
	if o, ok := r.find(id); ok {
		return o
	}
	r.ids = append(r.ids, id)
	r.kinds = append(r.kinds, id.Kind())
	if len(r.ids)*2 > len(r.table) {
		r.table = make([]ord, len(r.table)*2)
		for i, known := range r.ids[:len(r.ids)-1] {
			r.table[r.slot(known)] = ord(i) + 1
		}
	}
	r.table[r.slot(id)] = ord(len(r.ids))
	return ord(len(r.ids)) - 1
}

// lookup is the ord of an id that has one.
func (r *registry) lookup(id record.ID) (ord, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.find(id)
}

// known are the ids and kinds by ord, as they are now. Nobody changes them.
func (r *registry) known() ([]record.ID, []record.Kind) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.ids, r.kinds
}

// bits is a set of ords or of documents.
type bits []uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }

func (b bits) set(i uint32) {
	if int(i/64) < len(b) {
		b[i/64] |= 1 << (i % 64)
	}
}

func (b bits) has(i uint32) bool { return int(i/64) < len(b) && b[i/64]&(1<<(i%64)) != 0 }
