package walk

import (
	"context"
	"slices"

	"lotigraph/graph"
	"lotigraph/record"
)

// ground is what paths between two records run over: where they may pass, and
// how much may still be looked at.
type ground struct {
	cut      *graph.Cut
	from, to graph.Handle // the first has the smaller id
	query    PathQuery
	avoid    map[graph.Handle]bool
	through  [8]bool // by kind
	work     int     // links that may still be looked at
}

// found is a path as the records it passes, and what it costs.
type found struct {
	records []graph.Handle
	cost    uint32
}

func newGround(c *graph.Cut, from, to graph.Handle, q PathQuery, avoid map[graph.Handle]bool) *ground {
	g := &ground{cut: c, from: from, to: to, query: q, avoid: avoid, work: q.Work}
	for _, k := range record.Kinds() {
		g.through[k] = len(q.Through) == 0 || slices.Contains(q.Through, k)
	}
	return g
}

// paths finds up to n, the best first, and tells whether no better one was left
// out.
func (g *ground) paths(ctx context.Context, n int) (list []found, complete bool, err error) {
	if g.query.Damped {
		return newSearch(g).paths(ctx, n)
	}
	return newShortest(g).paths(ctx, n)
}

// passable tells whether a path may pass through a record.
func (g *ground) passable(h graph.Handle) bool {
	return h != g.from && h != g.to && g.through[g.cut.Kind(h)] && (len(g.avoid) == 0 || !g.avoid[h])
}

// linked tells whether two records are linked.
func (g *ground) linked(a, b graph.Handle) bool {
	g.work--
	return g.cut.Linked(a, b)
}

// goesOn is when a path may have held as a whole that goes on from its last record
// to another; nothing when it cannot have.
func (g *ground) goesOn(held []period, last, next graph.Handle) []period {
	if !g.query.Overlapping { // then it does not matter
		return held
	}
	return overlaps(held, slices.Collect(g.cut.Between(last, next)))
}

// overlaps is when a path may have held as a whole, with any of the links that
// lead on.
func overlaps(held []period, arcs []graph.Arc) (list []period) {
	for _, arc := range arcs {
		p := periodOf(arc)
		for _, h := range held {
			if both, ok := h.meet(p); ok && !slices.Contains(list, both) {
				list = append(list, both)
			}
		}
	}
	return list
}
