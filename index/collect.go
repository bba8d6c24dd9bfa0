package index

import (
	"bytes"
	"cmp"
	"container/heap"
	"encoding/base64"
	"encoding/binary"
	"maps"
	"math"
	"slices"

	"lotigraph/record"
)

// match is a document that was found.
type match struct {
	doc   uint64 // its number in the snapshot
	id    record.ID
	score float64
}

// compare orders matches: the higher score first, then the lower id.
func (m match) compare(o match) int {
	return cmp.Or(-cmp.Compare(m.score, o.score), cmp.Compare(m.id, o.id))
}

// collector keeps the best matches behind the cursor, and counts.
type collector struct {
	size   int
	filter filter
	same   unions
	after  *match
	total  int // all that were admitted
	beyond int // those behind the cursor
	heap   matchHeap
}

// unions are records that are one with others, and the best match of each found
// so far.
type unions struct {
	by    map[record.ID]record.ID // a record → the one it is shown as, that one itself included
	found map[record.ID]match
}

func newUnions(same map[record.ID]record.ID) unions {
	if len(same) == 0 {
		return unions{}
	}
	u := unions{by: maps.Clone(same), found: map[record.ID]match{}}
	for _, to := range same {
		u.by[to] = to
	}
	return u
}

// take adds a match, or keeps it back while another record that is one with it
// may match better.
func (c *collector) take(m match) {
	to, ok := c.same.by[m.id]
	if !ok {
		c.add(m)
		return
	}
	m.id = to
	if known, ok := c.same.found[to]; !ok || m.score > known.score || m.score == known.score && m.doc < known.doc {
		c.same.found[to] = m
	}
}

// addUnions adds what take kept back.
func (c *collector) addUnions() {
	for _, m := range c.same.found {
		c.add(m)
	}
}

func (c *collector) add(m match) {
	c.total++
	if c.after != nil && m.compare(*c.after) <= 0 {
		return
	}
	c.beyond++
	switch {
	case len(c.heap) < c.size:
		heap.Push(&c.heap, m)
	case m.compare(c.heap[0]) < 0:
		c.heap[0] = m
		heap.Fix(&c.heap, 0)
	}
}

func (c *collector) best() []match {
	slices.SortFunc(c.heap, match.compare)
	return c.heap
}

// matchHeap has the last match on top.
type matchHeap []match

func (h matchHeap) Len() int           { return len(h) }
func (h matchHeap) Less(i, j int) bool { return h[i].compare(h[j]) > 0 }
func (h matchHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *matchHeap) Push(x any)        { *h = append(*h, x.(match)) }
func (h *matchHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// A cursor is the score and the id of a hit: what follows it is found again
// whatever has been written since, though scores may have moved a little.
const cursorMark = 's'

func (m match) cursor() string {
	b := binary.BigEndian.AppendUint64([]byte{cursorMark}, math.Float64bits(m.score))
	return base64.RawURLEncoding.EncodeToString(append(b, m.id...))
}

func parseCursor(s string) (match, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) < 9 || b[0] != cursorMark {
		return match{}, record.Invalid("after", "it is not a cursor of this list")
	}
	m := match{score: math.Float64frombits(binary.BigEndian.Uint64(b[1:])), id: record.ID(bytes.Clone(b[9:]))}
	if math.IsNaN(m.score) || m.id.Validate() != nil {
		return match{}, record.Invalid("after", "it is not a cursor of this list")
	}
	return m, nil
}
