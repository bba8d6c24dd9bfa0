package index

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"math"

	"lotigraph/record"
)

// Order is how results are sorted. Every order ends with the id, so it is total.
type Order uint8

// The orders. Records without a date stand last in both orders of dates.
const (
	BestFirst Order = iota
	NewestFirst
	OldestFirst
	NameOrder
)

// String is the order as a sentence says it.
func (o Order) String() string {
	switch o {
	case NewestFirst:
		return "newest first"
	case OldestFirst:
		return "oldest first"
	case NameOrder:
		return "by name"
	}
	return "best first"
}

// match is a document that was found.
type match struct {
	doc   uint64    // its number in the snapshot
	ord   ord       // of its record
	id    record.ID // of its record; it is looked up where the order needs it
	score float64
	day   int32  // of its date, where that is the order
	name  string // folded, where that is the order
}

// compare orders matches; a cursor is one too.
func (o Order) compare(a, b match) int {
	return cmp.Or(o.roughly(a, b), cmp.Compare(a.id, b.id))
}

// roughly orders matches without their ids.
func (o Order) roughly(a, b match) (c int) {
	switch o {
	case NewestFirst:
		c = -cmp.Compare(a.day, b.day)
	case OldestFirst:
		if undated := a.day == noDay; undated == (b.day == noDay) {
			c = cmp.Compare(a.day, b.day)
		} else if undated {
			c = 1
		} else {
			c = -1
		}
	case NameOrder:
		c = cmp.Compare(a.name, b.name)
	default:
		c = -cmp.Compare(a.score, b.score)
	}
	return c
}

// A cursor is the place of a hit in its order: what follows it is found again
// whatever has been written since. Places by date and name never move; scores
// may have moved a little, and a cursor by score says so when the index has.
const cursorMark = "snoa" // by order

func (o Order) cursor(m match, version uint64) string {
	b := []byte{cursorMark[o]}
	switch o {
	case NewestFirst, OldestFirst:
		b = binary.BigEndian.AppendUint32(b, uint32(m.day))
	case NameOrder:
		b = binary.BigEndian.AppendUint32(b, uint32(len(m.name)))
		b = append(b, m.name...)
	default:
		b = binary.BigEndian.AppendUint64(b, version)
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(m.score))
	}
	return base64.RawURLEncoding.EncodeToString(append(b, m.id...))
}

// parseCursor reads the place that a cursor of the order stands for, and for one
// by score the version of the index that it comes from.
func (o Order) parseCursor(s string) (m match, version uint64, err error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) < 17 && o == BestFirst || len(b) < 5 || b[0] != cursorMark[o] {
		return match{}, 0, errCursor()
	}
	b = b[1:]
	switch o {
	case NewestFirst, OldestFirst:
		m.day = int32(binary.BigEndian.Uint32(b))
		b = b[4:]
	case NameOrder:
		n := binary.BigEndian.Uint32(b)
		if b = b[4:]; uint64(n) > uint64(len(b)) {
			return match{}, 0, errCursor()
		}
		m.name, b = string(b[:n]), b[n:]
	default:
		version = binary.BigEndian.Uint64(b)
		m.score = math.Float64frombits(binary.BigEndian.Uint64(b[8:]))
		b = b[16:]
	}
	m.id = record.ID(b)
	if math.IsNaN(m.score) || m.id.Validate() != nil {
		return match{}, 0, errCursor()
	}
	return m, version, nil
}

func errCursor() error { return record.Invalid("after", "it is not a cursor of this list") }

// CursorVersion is the version of the index that a cursor by score comes from;
// ok is false for every other text.
func CursorVersion(cursor string) (version uint64, ok bool) {
	_, version, err := BestFirst.parseCursor(cursor)
	return version, err == nil
}
