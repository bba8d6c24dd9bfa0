package index

import (
	"context"
	"math"

	segments "github.com/blevesearch/scorch_segment_api/v2"

	"lotigraph/record"
)

// finding goes through the documents that have a part of a query, in the order
// of their numbers in the snapshot. Bleve's own searchers do the same; these are
// made for fields with weights, give no object for every document, and count what
// a document weighs only when it is asked for.
type finding interface {
	// seek goes on to the first document from doc on and gives its number, or noMore.
	// It never goes back: asked for what lies behind, it stays.
	seek(doc uint64) (uint64, error)
	// score is what the part weighs in the document that seek came to.
	score() float64
	// most is how many documents it may find at the most.
	most() uint64
}

// noMore stands behind the last document.
const noMore = math.MaxUint64

// term is a term of a field: the posting lists of the segments that have it. It
// may be gone through again and again.
type term struct {
	parts []postings
	count uint64 // of the documents that have it
}

// postings is the posting list of one segment, with the numbers of its documents.
type postings struct {
	first, end uint64
	list       segments.PostingsList
}

// term looks up a term of a field.
func (s *Snapshot) term(field, text string) (*term, error) {
	t := &term{}
	for k := range s.segments {
		seg := &s.segments[k]
		dictionary, err := seg.Segment().Dictionary(field)
		if err != nil {
			return nil, err
		}
		list, err := dictionary.PostingsList([]byte(text), seg.Deleted(), nil)
		if err != nil {
			return nil, err
		}
		if n := list.Count(); n > 0 {
			t.parts = append(t.parts, postings{seg.first, seg.first + uint64(len(seg.ords)), list})
			t.count += n
		}
	}
	return t, nil
}

// What is read of every document that has a term.
type detail uint8

const (
	numbers detail = iota // that it has it
	weights               // how often, and how long the field is
	spots                 // where it stands
)

// cursor goes through the documents with a term.
type cursor struct {
	*term
	detail  detail
	weight  termWeight
	at      int // of parts
	entries segments.PostingsIterator
	open    bool // whether entries is of that part
	begun   bool
	doc     uint64
	entry   segments.Posting
}

func (t *term) cursor(d detail) *cursor { return &cursor{term: t, detail: d} }

func (c *cursor) seek(doc uint64) (uint64, error) {
	if c.begun && c.doc >= doc {
		return c.doc, nil
	}
	c.begun = true
	for ; c.at < len(c.parts); c.at, c.open = c.at+1, false {
		p := &c.parts[c.at]
		if doc >= p.end {
			continue
		}
		if !c.open {
			c.entries, c.open = p.list.Iterator(c.detail >= weights, c.detail >= weights, c.detail == spots, c.entries), true
		}
		var err error
		if c.entry, err = c.entries.Advance(max(doc, p.first) - p.first); err != nil {
			return noMore, err
		}
		if c.entry != nil {
			c.doc = p.first + c.entry.Number()
			return c.doc, nil
		}
	}
	c.doc = noMore
	return noMore, nil
}

func (c *cursor) score() float64 { return c.weight.of(c.entry.Frequency(), length(c.entry)) }

// length is of how many words the field of a posting is.
func length(p segments.Posting) uint64 {
	if kept, ok := p.(interface{ NormUint64() uint64 }); ok { // as it was written
		return kept.NormUint64()
	}
	norm := p.Norm()
	return uint64(math.Round(1 / (norm * norm)))
}

func (c *cursor) most() uint64 { return c.count }

// spot is a place of a term: in which value of the field (which alias), the how
// manyth word it is there, and its span.
type spot struct {
	value, word uint64
	record.Span
}

// read yields the spots of the term in the document that seek came to.
func (c *cursor) read(yield func(spot)) {
	for _, l := range c.entry.Locations() {
		s := spot{word: l.Pos(), Span: record.Span{Start: int(l.Start()), End: int(l.End())}}
		if values := l.ArrayPositions(); len(values) > 0 {
			s.value = values[0]
		}
		yield(s)
	}
}

// each calls f with the documents that have the term, until it says that it has
// enough.
func (t *term) each(ctx context.Context, f func(doc uint64) (enough bool)) error {
	c := t.cursor(numbers)
	for n, doc := 0, uint64(0); ; n, doc = n+1, doc+1 {
		if n%1024 == 1023 && ctx.Err() != nil {
			return ctx.Err()
		}
		var err error
		if doc, err = c.seek(doc); err != nil || doc == noMore || f(doc) {
			return err
		}
	}
}
