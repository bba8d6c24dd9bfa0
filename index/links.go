package index

import (
	"cmp"
	"iter"
	"maps"
	"math"
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
	pages    []*linkPage // of the rows, by ord
	known    *tripleTable
	triples  []triple // those that are known
	back     []uint32 // by ord: how many rows are linked with it
	own      []uint16 // by ord: how many records its row is linked with, as far as that counts
	turned   *incomingOf
	changed  []ord // whose rows changed since those of turned
}

// linkPage is some rows, one behind the other: counting goes through many.
type linkPage struct {
	ends [pageRows]uint32
	rows []uint32
}

const pageRows = 256

// row is the row of a place in the page, nil where there is none.
func (p *linkPage) row(i ord) row {
	if p == nil {
		return nil
	}
	start := uint32(0)
	if i > 0 {
		start = p.ends[i-1]
	}
	return p.rows[start:p.ends[i]:p.ends[i]]
}

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

// LinkedPlaces is what one record is linked with, by their places in a list of
// records.
type LinkedPlaces struct {
	Records, Authors, Leads []int
	Parts                   []PlacedPart
}

// PlacedPart is a Participation by the places of its ends.
type PlacedPart struct {
	Participant, Project int
	Role                 string
}

// NewLinks keeps what the records of a snapshot's index are linked with: the first
// row is that of the first record. A row may be used again once it was yielded.
func NewLinks(s *Snapshot, records []record.ID, rows iter.Seq[LinkedPlaces]) *Links {
	l := &Links{registry: s.store.registry, known: &tripleTable{numbers: map[triple]uint32{}}}
	ords := l.registry.add(records)
	list := make([]change, 0, len(records))
	for from := range rows {
		r := make(row, 1, 1+len(from.Records)+len(from.Authors)+len(from.Leads)+len(from.Parts))
		add := func(sort uint32, places []int) {
			for _, p := range places {
				r = append(r, sort|ords[p])
			}
		}
		add(linkedWith, from.Records)
		add(writtenBy, from.Authors)
		add(ledBy, from.Leads)
		for _, p := range from.Parts {
			r = append(r, takesPart|l.known.add(triple{ords[p.Participant], ords[p.Project], p.Role}))
		}
		list = append(list, change{ords[len(list)], r.inOrder()})
	}
	return l.with(list)
}

// Of tells whether the links are those of the records of the snapshot's index,
// and not of one that was since made anew.
func (l *Links) Of(s *Snapshot) bool { return l.registry == s.store.registry }

// With is the links with those of some records replaced.
func (l *Links) With(changed map[record.ID]Linked) *Links {
	ids := slices.Collect(maps.Keys(changed))
	list := make([]change, len(ids))
	for i, o := range l.registry.add(ids) {
		list[i] = change{o, l.row(changed[ids[i]])}
	}
	return l.with(list)
}

// change is the row that a record has now.
type change struct {
	ord
	row
}

func (l *Links) with(changed []change) *Links {
	slices.SortFunc(changed, func(a, b change) int { return cmp.Compare(a.ord, b.ord) })
	m := &Links{registry: l.registry, pages: slices.Clone(l.pages), known: l.known, back: slices.Clone(l.back), own: slices.Clone(l.own), turned: l.turned, changed: l.changed}
	for list := changed; len(list) > 0; {
		at := int(list[0].ord / pageRows)
		n := 1
		for n < len(list) && int(list[n].ord/pageRows) == at {
			n++
		}
		for len(m.pages) <= at {
			m.pages = append(m.pages, nil)
		}
		m.pages[at] = m.page(m.pages[at], list[:n])
		list = list[n:]
	}
	m.triples = m.known.all()
	m.noteChanged(changed)
	return m
}

// page is a page with some rows changed, which are given in order.
func (l *Links) page(old *linkPage, changed []change) *linkPage {
	p := &linkPage{}
	if old != nil {
		p.rows = make([]uint32, 0, len(old.rows)+64)
	}
	for i := range ord(pageRows) {
		r := old.row(i)
		if len(changed) > 0 && changed[0].ord%pageRows == i {
			was := r
			r = changed[0].row
			l.count(changed[0].ord, was, r)
			changed = changed[1:]
		}
		p.rows = append(p.rows, r...)
		p.ends[i] = uint32(len(p.rows))
	}
	p.rows = slices.Clone(p.rows)
	return p
}

// count notes that a row takes the place of another one.
func (l *Links) count(o ord, was, is row) {
	l.linkBack(was, -1)
	l.linkBack(is, 1)
	if n := int(o) + 1; n > len(l.own) {
		l.own = append(l.own, make([]uint16, n-len(l.own))...)
	}
	l.own[o] = uint16(min(len(is.part(linkedWith)), math.MaxUint16))
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

func (l *Links) row(from Linked) row {
	r := row{0}
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
	return r.inOrder()
}

// inOrder is a row of numbers in any order, with room for how many records there are
// before them.
func (r row) inOrder() row {
	slices.Sort(r[1:])
	r = r[:1+len(slices.Compact(r[1:]))]
	if len(r) == 1 {
		return nil
	}
	with, _ := slices.BinarySearch(r[1:], writtenBy)
	r[0] = uint32(with)
	return r
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

// linked is how many records a row is linked with, as far as that counts.
func (l *Links) linked(o ord) int {
	if int(o) >= len(l.own) {
		return 0
	}
	return int(l.own[o])
}

func (l *Links) backlinks(o ord) int {
	if int(o) >= len(l.back) {
		return 0
	}
	return int(l.back[o])
}

// limit is beyond the last ord that has a row.
func (l *Links) limit() int {
	if l == nil {
		return 0
	}
	return len(l.pages) * pageRows
}

// of is the row of a record, nil when it has none.
func (l *Links) of(o ord) row {
	if l == nil || int(o/pageRows) >= len(l.pages) {
		return nil
	}
	return l.pages[o/pageRows].row(o % pageRows)
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
