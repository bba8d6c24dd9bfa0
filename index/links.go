package index

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"lotigraph/record"
)

// Links are what the records of an index are linked with, as one viewer sees
// them. The graph knows and judges it; the index only counts. A link is kept
// under the record that it is a link of: a text that mentions Camden has one to
// Camden, a project that Camden joined too.
//
// A Links never changes: [Links.With] makes another one that shares what stays.
type Links struct {
	registry *registry
	pages    [][]row // by ord
	known    *tripleTable
	triples  []triple // those that are known
	back     []uint32 // by ord: how many rows are linked with it
}

const pageRows = 256

// row is what one record is linked with: how many records in all, and then numbers
// in order, each once. Their top four bits say how, the others are an ord, or the
// place of a triple.
type row []uint32

const (
	linkedWith uint32 = iota << 28
	writtenBy
	ledBy
	takesPart
	sortOfLink = 15 << 28
)

// triple is one participation: who takes part in which project as what.
type triple struct {
	participant, project ord
	role                 string
}

// Linked is what one record is linked with.
type Linked struct {
	Records []record.ID     // boroughs, partners, projects and people
	Authors []record.ID     // who wrote it
	Leads   []record.ID     // the boroughs that lead it, or a project that it is linked with
	Parts   []Participation // those that it is an end of, or the source of
}

// Participation says that a borough or partner takes part in a project.
type Participation struct {
	Participant, Project record.ID
	Role                 string
}

// NewLinks keeps what the records of a snapshot's index are linked with.
func NewLinks(s *Snapshot, all map[record.ID]Linked) *Links {
	l := &Links{registry: s.store.registry, known: &tripleTable{numbers: map[triple]uint32{}}}
	return l.With(all)
}

// Of tells whether the links are those of the records of the snapshot's index,
// and not of one that was since made anew.
func (l *Links) Of(s *Snapshot) bool { return l.registry == s.store.registry }

// With is the links with those of some records replaced.
func (l *Links) With(changed map[record.ID]Linked) *Links {
	m := &Links{registry: l.registry, pages: slices.Clone(l.pages), known: l.known, back: slices.Clone(l.back)}
	fresh := map[int]bool{}
	var slab row // rows that are read one after the other lie one after the other
	for _, c := range m.inOrder(changed) {
		page := int(c.ord / pageRows)
		for len(m.pages) <= page {
			fresh[len(m.pages)] = true
			m.pages = append(m.pages, make([]row, pageRows))
		}
		if !fresh[page] {
			fresh[page] = true
			m.pages[page] = slices.Clone(m.pages[page])
		}
		place := &m.pages[page][c.ord%pageRows]
		m.linkBack(*place, -1)
		made := m.row(c.Linked)
		if len(slab)+len(made) > cap(slab) {
			slab = make(row, 0, max(len(made), min(slabSize, 16*len(changed))))
		}
		slab = append(slab, made...)
		*place = slices.Clip(slab[len(slab)-len(made):])
		m.linkBack(*place, 1)
	}
	m.triples = m.known.all()
	return m
}

// tripleTable gives out the numbers of triples. It only grows, and is shared by
// all Links that follow one another.
type tripleTable struct {
	mu      sync.Mutex
	list    []triple
	numbers map[triple]uint32
}

func (t *tripleTable) add(one triple) uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	n, ok := t.numbers[one]
	if !ok {
		n = uint32(len(t.list))
		t.numbers[one] = n
		t.list = append(t.list, one)
	}
	return n
}

// all are the triples as they are now. Nobody changes them.
func (t *tripleTable) all() []triple {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.list
}

const slabSize = 1 << 16

// change is what is said of a record, by its ord.
type change struct {
	ord
	Linked
}

func (l *Links) inOrder(changed map[record.ID]Linked) []change {
	ids := slices.Collect(maps.Keys(changed))
	list := make([]change, len(ids))
	for i, o := range l.registry.add(ids) {
		list[i] = change{o, changed[ids[i]]}
	}
	slices.SortFunc(list, func(a, b change) int { return cmp.Compare(a.ord, b.ord) })
	return list
}

func (l *Links) row(from Linked) row {
	var r row
	add := func(sort uint32, ids []record.ID) {
		for _, o := range l.registry.add(ids) {
			r = append(r, sort|o)
		}
	}
	add(linkedWith, from.Records)
	add(writtenBy, from.Authors)
	add(ledBy, from.Leads)
	for _, p := range from.Parts {
		ends := l.registry.add([]record.ID{p.Participant, p.Project})
		r = append(r, takesPart|l.known.add(triple{ends[0], ends[1], p.Role}))
	}
	slices.Sort(r)
	r = slices.Compact(r)
	if len(r) == 0 {
		return nil
	}
	with, _ := slices.BinarySearch(r, writtenBy)
	return slices.Insert(r, 0, uint32(with))
}

// linkBack counts a row at the records that it is linked with.
func (l *Links) linkBack(r row, by int) {
	for _, o := range r.part(linkedWith) {
		if n := int(o) + 1; n > len(l.back) {
			l.back = append(l.back, make([]uint32, n-len(l.back))...)
		}
		l.back[o] += uint32(by)
	}
}

func (l *Links) backlinks(o ord) int {
	if int(o) >= len(l.back) {
		return 0
	}
	return int(l.back[o])
}

// of is the row of a record, nil when it has none.
func (l *Links) of(o ord) row {
	if l == nil || int(o/pageRows) >= len(l.pages) {
		return nil
	}
	return l.pages[o/pageRows][o%pageRows]
}

// part is the links of one sort in a row.
func (r row) part(sort uint32) []uint32 {
	if len(r) == 0 {
		return nil
	}
	with := 1 + int(r[0])
	if sort == linkedWith {
		return r[1:with]
	}
	from, _ := slices.BinarySearch(r[with:], sort)
	from += with
	to := from
	for to < len(r) && r[to]&sortOfLink == sort {
		to++
	}
	return r[from:to]
}

// has tells whether a link of a sort to the ord is in the row.
func (r row) has(sort uint32, o ord) bool {
	if len(r) == 0 {
		return false
	}
	_, ok := slices.BinarySearch(r[1:], sort|o)
	return ok
}
