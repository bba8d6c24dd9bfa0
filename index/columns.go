package index

import (
	"math"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// columns are what filters, facets and ties need of every document of one
// segment, by its number there. Segments never change, so columns are made once
// and shared by all snapshots that hold the segment; documents deleted later
// stay in them and are never asked for.
type columns struct {
	ords   []ord
	kinds  []record.Kind
	forms  []uint8          // place in record.Forms, from 1; 0 for what is no text
	days   []int32          // first day of the text's date, as PartialDate.Number; noDay for none
	spans  []uint8          // of which date day is the first: oneDay, oneMonth or oneYear
	themes map[int][]string // of projects

	names lazyNames
}

const noDay = math.MinInt32

// What a date is known to.
const (
	oneDay uint8 = iota
	oneMonth
	oneYear
)

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
	values, err := s.reader.DocValueReader([]string{formField, dateField, themeField})
	if err != nil {
		return err
	}
	kept := map[uint64]*columns{}
	first := uint64(0)
	for _, seg := range s.reader.Segments() {
		c := st.columns[seg.Id()]
		if c == nil {
			if c, err = readColumns(seg, first, values, st.registry); err != nil {
				return err
			}
		}
		kept[seg.Id()] = c
		s.segments = append(s.segments, segment{first, c, seg})
		first += uint64(seg.FullSize())
	}
	st.columns = kept
	s.size = first
	s.ids, s.kindsOf = st.registry.known()
	return nil
}

func readColumns(seg *scorch.SegmentSnapshot, first uint64, values api.DocValueReader, reg *registry) (*columns, error) {
	n := int(seg.FullSize())
	c := &columns{
		kinds: make([]record.Kind, n), forms: make([]uint8, n),
		days: make([]int32, n), spans: make([]uint8, n), themes: map[int][]string{},
	}
	ids := make([]record.ID, n)
	for i := range n {
		id, err := seg.DocID(uint64(i))
		if err != nil {
			return nil, err
		}
		ids[i] = record.ID(id)
		c.kinds[i] = ids[i].Kind()
		c.days[i] = noDay
		err = values.VisitDocValues(api.NewIndexInternalID(nil, first+uint64(i)), func(field string, term []byte) {
			c.keep(i, field, string(term))
		})
		if err != nil {
			return nil, err
		}
	}
	c.ords = reg.add(ids)
	return c, nil
}

// keep takes a value of document i.
func (c *columns) keep(i int, field, value string) {
	switch field {
	case formField:
		c.forms[i] = formNumber(record.Form(value))
	case dateField:
		d, err := record.ParsePartialDate(value)
		if err != nil || d.IsZero() {
			return
		}
		c.days[i] = int32(d.Number())
		switch {
		case d.Month == 0:
			c.spans[i] = oneYear
		case d.Day == 0:
			c.spans[i] = oneMonth
		}
	case themeField:
		c.themes[i] = append(c.themes[i], value)
	}
}

// formNumber is the form as columns hold it.
func formNumber(f record.Form) uint8 {
	for i, known := range record.Forms() {
		if known == f {
			return uint8(i + 1)
		}
	}
	return 0
}

// date is the date of document i, as exact as it is known.
func (c *columns) date(i int) record.PartialDate {
	if c.days[i] == noDay {
		return record.PartialDate{}
	}
	d := dateOf(int(c.days[i]))
	switch c.spans[i] {
	case oneYear:
		d.Month, d.Day = 0, 0
	case oneMonth:
		d.Day = 0
	}
	return d
}

// year is that of the date of document i; 0 for none.
func (c *columns) year(i int) int {
	if c.days[i] == noDay {
		return 0
	}
	years := yearOf()
	if n := int(c.days[i]) - firstDay; n >= 0 && n < len(years) {
		return int(years[n])
	}
	return int(dateOf(int(c.days[i])).Year)
}

// firstDay is where yearOf begins, 1990-01-01: dates of a programme lie behind it.
const firstDay = 7305

// yearOf is the year of each of 80 years' days.
var yearOf = sync.OnceValue(func() []int16 {
	list := make([]int16, 80*366)
	for i := range list {
		list[i] = dateOf(firstDay + i).Year
	}
	return list
})

// lastDay is the last day that the date of document i can mean.
func (c *columns) lastDay(i int) int32 {
	if c.spans[i] == oneDay {
		return c.days[i]
	}
	return int32(c.date(i).Last().Number())
}

// at is the segment that holds the document and its number there.
func (s *Snapshot) at(doc uint64) (*segment, int) {
	i := len(s.segments) - 1
	for s.segments[i].first > doc { // there are few
		i--
	}
	return &s.segments[i], int(doc - s.segments[i].first)
}

// docOf is the document of an id; ok is false when there is none.
func (s *Snapshot) docOf(id record.ID) (doc uint64, ok bool) {
	found, err := s.reader.InternalID(string(id))
	if err != nil || found == nil {
		return 0, false
	}
	return found.Value(), true
}
