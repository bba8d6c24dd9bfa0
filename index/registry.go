package index

import (
	"hash/maphash"
	"math"
	"slices"
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
	ids   idList
	kinds []record.Kind
	table []ord // open addressing; 0 is free, else an ord + 1
	seed  maphash.Seed
}

func newRegistry() *registry {
	return &registry{table: make([]ord, 1024), seed: maphash.MakeSeed()}
}

// add gives every id an ord.
func (r *registry) add(ids []record.ID) []ord {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := make([]ord, len(ids))
	grown := false
	for i, id := range ids {
		o, ok := r.find(id)
		if !ok {
			if !grown { // readers keep theirs
				r.ids.pages, grown = slices.Clone(r.ids.pages), true
			}
			o = r.put(id)
		}
		list[i] = o
	}
	return list
}

// slot is where the id is in the table, or would be.
func (r *registry) slot(id record.ID) int {
	mask := len(r.table) - 1
	i := int(maphash.String(r.seed, string(id))) & mask
	for r.table[i] != 0 && r.ids.at(r.table[i]-1) != id {
		i = (i + 1) & mask
	}
	return i
}

func (r *registry) find(id record.ID) (ord, bool) {
	o := r.table[r.slot(id)]
	return o - 1, o != 0
}

// put takes an id that is not there.
func (r *registry) put(id record.ID) ord {
	o := r.ids.push(id)
	r.kinds = append(r.kinds, id.Kind())
	if r.ids.n*4 > len(r.table)*3 {
		r.table = make([]ord, len(r.table)*2)
		for known := range o {
			r.table[r.slot(r.ids.at(known))] = known + 1
		}
	}
	r.table[r.slot(id)] = o + 1
	return o
}

// idList is ids by ord. Many share a string, which takes a third of the room of
// a string each. A list that was handed out does not change.
type idList struct {
	pages []idPage
	n     int
}

// idsPerPage keeps a page below 64 kB: an id has little more than a hundred
// bytes.
const idsPerPage = 64

type idPage struct {
	text string
	ends *[idsPerPage]uint16 // shared by those who know less of the page
}

// push adds an id behind the others.
func (l *idList) push(id record.ID) ord {
	if l.n%idsPerPage == 0 {
		l.pages = append(l.pages, idPage{ends: &[idsPerPage]uint16{}})
	}
	page := &l.pages[l.n/idsPerPage]
	page.text += string(id)
	if len(page.text) > math.MaxUint16 {
		panic("index: an id of a thousand bytes")
	}
	page.ends[l.n%idsPerPage] = uint16(len(page.text))
	l.n++
	return ord(l.n - 1)
}

// at is the id of an ord that has one.
func (l *idList) at(o ord) record.ID {
	page, i := &l.pages[o/idsPerPage], o%idsPerPage
	start := uint16(0)
	if i > 0 {
		start = page.ends[i-1]
	}
	return record.ID(page.text[start:page.ends[i]])
}

// lookup is the ord of an id that has one.
func (r *registry) lookup(id record.ID) (ord, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.find(id)
}

// known are the ids and kinds by ord, as they are now. Nobody changes them.
func (r *registry) known() (idList, []record.Kind) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.ids, r.kinds
}
