package index

import (
	"math"
	"sort"

	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// columns are what filters and ties need of every document of one segment, by
// its number there. Segments never change, so columns are made once and shared
// by all snapshots that hold the segment; documents deleted later stay in them
// and are never asked for.
type columns struct {
	ids   []record.ID
	kinds []record.Kind
	forms []record.Form // "" for what is no text
	days  []int32       // first day of the text's date, as PartialDate.Number; noDay for none
}

const noDay = math.MinInt32

// segment is one segment of a snapshot.
type segment struct {
	first uint64 // the number of its first document in the snapshot
	*columns
	*scorch.SegmentSnapshot
}

// load finds or makes the columns of every segment.
func (s *Snapshot) load() error {
	st := s.store
	st.mu.Lock()
	defer st.mu.Unlock()
	values, err := s.reader.DocValueReader([]string{formField, dateField})
	if err != nil {
		return err
	}
	kept := map[uint64]*columns{}
	first := uint64(0)
	for _, seg := range s.reader.Segments() {
		c := st.columns[seg.Id()]
		if c == nil {
			if c, err = readColumns(seg, first, values); err != nil {
				return err
			}
		}
		kept[seg.Id()] = c
		s.segments = append(s.segments, segment{first, c, seg})
		first += uint64(seg.FullSize())
	}
	st.columns = kept
	return nil
}

func readColumns(seg *scorch.SegmentSnapshot, first uint64, values api.DocValueReader) (*columns, error) {
	n := int(seg.FullSize())
	c := &columns{
		ids:   make([]record.ID, n),
		kinds: make([]record.Kind, n),
		forms: make([]record.Form, n),
		days:  make([]int32, n),
	}
	for i := range n {
		id, err := seg.DocID(uint64(i))
		if err != nil {
			return nil, err
		}
		c.ids[i] = record.ID(id)
		c.kinds[i] = c.ids[i].Kind()
		c.days[i] = noDay
		err = values.VisitDocValues(api.NewIndexInternalID(nil, first+uint64(i)), func(field string, term []byte) {
			switch field {
			case formField:
				c.forms[i] = record.Form(term)
			case dateField:
				if d, err := record.ParsePartialDate(string(term)); err == nil && !d.IsZero() {
					c.days[i] = int32(d.Number())
				}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return c, nil
}

// at is the segment that holds the document and its number there.
func (s *Snapshot) at(doc uint64) (segment, int) {
	i := sort.Search(len(s.segments), func(i int) bool { return s.segments[i].first > doc }) - 1
	return s.segments[i], int(doc - s.segments[i].first)
}

// filter is a query's restrictions, ready to be asked of columns.
type filter struct {
	kinds  map[record.Kind]bool // nil for every kind
	forms  map[record.Form]bool // nil for every form
	hidden map[record.ID]bool
	only   map[record.ID]bool // nil for no restriction
	until  int32
}

func newFilter(q Query) filter {
	f := filter{
		kinds:  setOf(q.Kinds),
		forms:  setOf(q.Forms),
		hidden: setOf(q.Hidden),
		only:   q.Only,
		until:  math.MaxInt32,
	}
	if !q.Until.IsZero() {
		f.until = int32(q.Until.Last().Number())
	}
	return f
}

// setOf is the list as a set, nil for an empty one.
func setOf[T comparable](list []T) map[T]bool {
	if len(list) == 0 {
		return nil
	}
	set := make(map[T]bool, len(list))
	for _, v := range list {
		set[v] = true
	}
	return set
}

// admits tells whether document i of the columns may be shown and counted.
func (f *filter) admits(c *columns, i int) bool {
	kind := c.kinds[i]
	if f.kinds != nil && !f.kinds[kind] {
		return false
	}
	if kind == record.WeeknoteKind && (f.forms != nil && !f.forms[c.forms[i]] || c.days[i] > f.until) {
		return false
	}
	return !f.hidden[c.ids[i]] && (f.only == nil || f.only[c.ids[i]])
}
