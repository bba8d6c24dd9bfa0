package index

import (
	"errors"

	"github.com/blevesearch/bleve/v2/search"
	api "github.com/blevesearch/bleve_index_api"
)

// every finds the documents that a test lets through, with score 0. It asks the
// columns, which is quicker than any posting list.
type every struct {
	s     *Snapshot
	test  func(seg *segment, i int) bool // nil lets all through
	at    int                            // segment
	next  int                            // document of it
	count uint64
}

func (s *Snapshot) every(test func(seg *segment, i int) bool) *every {
	return &every{s: s, test: test, count: s.size}
}

// Next is the next document that the test lets through.
func (e *every) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	for ; e.at < len(e.s.segments); e.at, e.next = e.at+1, 0 {
		seg := &e.s.segments[e.at]
		for ; e.next < len(seg.ords); e.next++ {
			if seg.gone(e.next) || e.test != nil && !e.test(seg, e.next) {
				continue
			}
			m := ctx.DocumentMatchPool.Get()
			m.IndexInternalID = api.NewIndexInternalID(m.IndexInternalID, seg.first+uint64(e.next))
			m.Score = 0
			e.next++
			return m, nil
		}
	}
	return nil, nil
}

// Advance is the first such document from id on.
func (e *every) Advance(ctx *search.SearchContext, id api.IndexInternalID) (*search.DocumentMatch, error) {
	doc := id.Value()
	for e.at < len(e.s.segments) && doc >= e.s.segments[e.at].first+uint64(len(e.s.segments[e.at].ords)) {
		e.at, e.next = e.at+1, 0
	}
	if e.at < len(e.s.segments) && doc > e.s.segments[e.at].first {
		e.next = max(e.next, int(doc-e.s.segments[e.at].first))
	}
	return e.Next(ctx)
}

// gone tells whether document i was deleted since the segment was written.
func (seg *segment) gone(i int) bool {
	deleted := seg.Deleted()
	return deleted != nil && deleted.Contains(uint32(i))
}

// Close does nothing.
func (e *every) Close() error { return nil }

// Weight and SetQueryNorm have no part in a score of 0.
func (e *every) Weight() float64 { return 0 }

// SetQueryNorm does nothing.
func (e *every) SetQueryNorm(float64) {}

// Count is at the most how many documents will be found.
func (e *every) Count() uint64 { return e.count }

// Min is how many searchers must find a document.
func (e *every) Min() int { return 0 }

// Size is about how many bytes the searcher takes.
func (e *every) Size() int { return 64 }

// DocumentMatchPoolSize is how many matches are held at once.
func (e *every) DocumentMatchPoolSize() int { return 1 }

// without finds what one searcher finds and another does not.
type without struct {
	search.Searcher
	not     search.Searcher
	current *search.DocumentMatch // of not
	begun   bool
}

// Next is the next such document.
func (w *without) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	m, err := w.Searcher.Next(ctx)
	return w.check(ctx, m, err)
}

// Advance is the first such document from id on.
func (w *without) Advance(ctx *search.SearchContext, id api.IndexInternalID) (*search.DocumentMatch, error) {
	m, err := w.Searcher.Advance(ctx, id)
	return w.check(ctx, m, err)
}

func (w *without) check(ctx *search.SearchContext, m *search.DocumentMatch, err error) (*search.DocumentMatch, error) {
	for ; err == nil && m != nil; m, err = w.Searcher.Next(ctx) {
		if !w.begun || w.current != nil && w.current.IndexInternalID.Compare(m.IndexInternalID) < 0 {
			if w.current != nil {
				ctx.DocumentMatchPool.Put(w.current)
			}
			w.begun = true
			if w.current, err = w.not.Advance(ctx, m.IndexInternalID); err != nil {
				return nil, err
			}
		}
		if w.current == nil || !w.current.IndexInternalID.Equals(m.IndexInternalID) {
			return m, nil
		}
		ctx.DocumentMatchPool.Put(m)
	}
	return nil, err
}

// Close closes both.
func (w *without) Close() error { return errors.Join(w.Searcher.Close(), w.not.Close()) }

// DocumentMatchPoolSize is how many matches are held at once.
func (w *without) DocumentMatchPoolSize() int {
	return w.Searcher.DocumentMatchPoolSize() + w.not.DocumentMatchPoolSize() + 1
}
