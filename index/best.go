package index

import (
	"errors"

	"github.com/blevesearch/bleve/v2/search"
	api "github.com/blevesearch/bleve_index_api"
)

// bestField finds the documents that any of its searchers finds; a document's
// score is its best weighted score there and a part of the others. Bleve's own
// disjunction multiplies by the share of searchers that matched, which would
// punish a record for having few fields. It takes no norm from above either, so
// that scores do not depend on the other words of a query.
type bestField struct {
	searchers []search.Searcher
	weights   []float64
	current   []*search.DocumentMatch // nil where a searcher is at its end
	begun     bool
}

func (b *bestField) add(s search.Searcher, weight float64) {
	b.searchers = append(b.searchers, s)
	b.weights = append(b.weights, weight)
	b.current = append(b.current, nil)
}

// Next is the next document that any searcher finds.
func (b *bestField) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	if err := b.begin(ctx); err != nil {
		return nil, err
	}
	return b.take(ctx)
}

// Advance is the first document from id on that any searcher finds.
func (b *bestField) Advance(ctx *search.SearchContext, id api.IndexInternalID) (*search.DocumentMatch, error) {
	if err := b.begin(ctx); err != nil {
		return nil, err
	}
	for i, m := range b.current {
		if m == nil || m.IndexInternalID.Compare(id) >= 0 {
			continue
		}
		ctx.DocumentMatchPool.Put(m)
		var err error
		if b.current[i], err = b.searchers[i].Advance(ctx, id); err != nil {
			return nil, err
		}
	}
	return b.take(ctx)
}

func (b *bestField) begin(ctx *search.SearchContext) error {
	if b.begun {
		return nil
	}
	b.begun = true
	for i, s := range b.searchers {
		var err error
		if b.current[i], err = s.Next(ctx); err != nil {
			return err
		}
	}
	return nil
}

// take scores the lowest document and moves its searchers on.
func (b *bestField) take(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	m, _, sum, err := b.lowest(ctx)
	if m != nil {
		m.Score += elsewhere * (sum - m.Score)
	}
	return m, err
}

// lowest is the lowest document, its score the best there, with the number of
// searchers that are at it and the sum of their scores. It moves them on.
func (b *bestField) lowest(ctx *search.SearchContext) (lowest *search.DocumentMatch, found int, sum float64, err error) {
	for _, m := range b.current {
		if m != nil && (lowest == nil || m.IndexInternalID.Compare(lowest.IndexInternalID) < 0) {
			lowest = m
		}
	}
	if lowest == nil {
		return nil, 0, 0, nil
	}
	var best float64
	for i, m := range b.current {
		if m == nil || !m.IndexInternalID.Equals(lowest.IndexInternalID) {
			continue
		}
		weight := m.Score * b.weights[i]
		best, sum = max(best, weight), sum+weight
		found++
		if m != lowest {
			ctx.DocumentMatchPool.Put(m)
		}
		if b.current[i], err = b.searchers[i].Next(ctx); err != nil {
			return nil, 0, 0, err
		}
	}
	lowest.Score = best
	return lowest, found, sum, nil
}

// Close closes the searchers.
func (b *bestField) Close() error {
	var err error
	for _, s := range b.searchers {
		err = errors.Join(err, s.Close())
	}
	return err
}

// Weight and SetQueryNorm keep Bleve's norms out.
func (b *bestField) Weight() float64 { return 1 }

// SetQueryNorm does nothing.
func (b *bestField) SetQueryNorm(float64) {}

// Count is about how many documents will be found.
func (b *bestField) Count() uint64 {
	var n uint64
	for _, s := range b.searchers {
		n += s.Count()
	}
	return n
}

// Min is how many searchers must find a document.
func (b *bestField) Min() int { return 1 }

// Size is about how many bytes the searchers take.
func (b *bestField) Size() int {
	n := 0
	for _, s := range b.searchers {
		n += s.Size()
	}
	return n
}

// DocumentMatchPoolSize is how many matches are held at once.
func (b *bestField) DocumentMatchPoolSize() int {
	n := len(b.searchers)
	for _, s := range b.searchers {
		n += s.DocumentMatchPoolSize()
	}
	return n
}
