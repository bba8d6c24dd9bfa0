// Package walk goes from record to record along the links: the best paths
// between two records, and what lies around one.
//
// It walks on a graph.Cut, so through a lens, and reads from the store only what
// it hands out. What it answers is a function of the data and the question
// alone: ties are broken by the records, never by chance.
package walk

import (
	"cmp"
	"context"
	"math"

	"lotigraph/graph"
	"lotigraph/record"
)

// unit is the cost of a hop. Costs are whole numbers, so that a path costs the
// same from either end.
const unit = 1000

// textSurcharge is what passing through a text costs beside: two records that
// one text names need not have met.
const textSurcharge = 4 * unit

// passing is the cost of passing through a record: the binary logarithm of one
// more than its links, in units. LOTI, which everybody is linked with, thus
// joins two records only when nothing closer does.
func passing(c *graph.Cut, h graph.Handle) uint32 {
	cost := uint32(math.Round(unit * math.Log2(1+float64(c.Degree(h)))))
	if c.Kind(h) == record.WeeknoteKind {
		cost += textSurcharge
	}
	return cost
}

// telling orders the links between the same two records: confirmed ones first,
// statements before mentions, the later before the earlier.
func telling(a, b graph.Arc) int {
	weight := func(a graph.Arc) int {
		w := int(a.Type)
		if a.Type == record.Mentions {
			w += 100
		}
		if a.Proposed() {
			w += 1000
		}
		return w
	}
	if first := cmp.Or(cmp.Compare(weight(a), weight(b)), b.Since().Compare(a.Since())); first != 0 {
		return first
	}
	return cmp.Compare(a.LinkID(), b.LinkID())
}

// period is a stretch of days, both ends included; an open end is the zero day
// or one behind all others.
type period struct{ from, to record.PartialDate }

var everlasting = period{to: record.PartialDate{Year: math.MaxInt16, Month: 12, Day: 31}}

// periodOf is when a link may have held, as widely as its dates may mean.
func periodOf(a graph.Arc) period {
	p := everlasting
	p.from = a.Since().First()
	if until := a.Until(); !until.IsZero() {
		p.to = until.Last()
	}
	return p
}

// meet is the days that both have; false when there are none.
func (p period) meet(q period) (period, bool) {
	if p.from.Compare(q.from) < 0 {
		p.from = q.from
	}
	if q.to.Compare(p.to) < 0 {
		p.to = q.to
	}
	return p, p.from.Compare(p.to) <= 0
}

// node reads a record for the answer.
func node(ctx context.Context, s *graph.Snapshot, l record.Lens, c *graph.Cut, h graph.Handle) (record.Node, error) {
	id, err := c.ID(h)
	if err != nil {
		return record.Node{}, err
	}
	return s.Node(ctx, l, id)
}
