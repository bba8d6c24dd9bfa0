package walk

import (
	"cmp"
	"context"
	"slices"

	"lotigraph/graph"
	"lotigraph/record"
)

// search finds the cheapest paths, the cheapest first. It is a best-first search
// over beginnings of paths (A*, Hart, Nilsson and Raphael 1968) whose estimate is
// the true cost of the rest, as far as the search from both ends knows it. A
// beginning is gone on with piece by piece: first to where it costs no more than
// it must (partial expansion, Yoshizumi et al. 2000), so that a record with many
// links does not flood the queue.
type search struct {
	cut      *graph.Cut
	from, to graph.Handle
	query    PathQuery
	avoid    map[graph.Handle]bool
	through  [8]bool // by kind
	work     int     // links that may still be looked at

	ends  *ends
	begun []beginning
	open  queue[waiting]
}

// beginning is a path as far as it goes.
type beginning struct {
	before int32 // the beginning without the last hop; -1 at the start
	at     graph.Handle
	hops   int32
	cost   uint32 // of its hops, and of passing all its records but the last
	held   []period
}

// waiting is a beginning that may be gone on with for no less than a cost.
type waiting struct {
	cost uint32
	path int32
}

func newSearch(c *graph.Cut, from, to graph.Handle, q PathQuery, avoid map[graph.Handle]bool) *search {
	s := &search{cut: c, from: from, to: to, query: q, avoid: avoid, work: q.Work, ends: newEnds(c.Size(), from, to)}
	for _, k := range record.Kinds() {
		s.through[k] = len(q.Through) == 0 || slices.Contains(q.Through, k)
	}
	s.open.less = func(a, b waiting) bool {
		return a.cost < b.cost || a.cost == b.cost && s.compare(a.path, b.path) < 0
	}
	return s
}

// passable tells whether a path may pass through a record.
func (s *search) passable(h graph.Handle) bool {
	return h != s.from && h != s.to && s.through[s.cut.Kind(h)] && (len(s.avoid) == 0 || !s.avoid[h])
}

func (s *search) passing(h graph.Handle) uint32 {
	if !s.query.Damped {
		return 0
	}
	s.work -= s.cut.Degree(h) / 8 // counting is quicker than walking
	return passing(s.cut, h)
}

// paths finds up to n, each as the records it passes, and whether there is no
// other that is as good: false when the work ran out.
func (s *search) paths(ctx context.Context, n int) (found [][]graph.Handle, costs []uint32, complete bool, err error) {
	limit := uint32(unknown)
	if !s.query.Damped {
		limit = unit * uint32(s.query.MaxLength)
	}
	if err := s.meet(ctx, limit); err != nil {
		return nil, nil, false, err
	}
	if s.ends.best <= limit && s.ends.best != unknown {
		s.begun = append(s.begun, beginning{before: -1, at: s.from, held: []period{everlasting}})
		s.open.push(waiting{s.ends.best, 0})
	}
	for len(s.open.list) > 0 && len(found) < n && s.work > 0 {
		w := s.open.pop()
		if s.begun[w.path].at == s.to {
			found, costs = append(found, s.trace(w.path)), append(costs, w.cost)
			continue
		}
		if err := s.goOn(ctx, w); err != nil {
			return nil, nil, false, err
		}
	}
	return found, costs, s.work > 0, nil
}

// goOn continues a beginning to each record from where the whole costs what it is
// waiting for, and lets it wait for the next cost.
func (s *search) goOn(ctx context.Context, w waiting) error {
	b := s.begun[w.path]
	base := b.cost + unit
	if b.at != s.from {
		base += s.passing(b.at)
	}
	if int(b.hops) >= s.query.MaxLength {
		return nil
	}
	if err := s.knows(ctx, w.cost); err != nil || s.work <= 0 {
		return err
	}
	next := uint32(unknown)
	var tight []graph.Arc
	consider := func(arc graph.Arc) {
		s.work--
		total, ok := s.whole(b, base, arc.Far)
		switch {
		case !ok:
		case total > w.cost:
			next = min(next, total)
		case total == w.cost && !s.passed(w.path, arc.Far):
			tight = append(tight, arc)
		}
	}
	if s.query.Overlapping { // only then does it matter which link leads there
		for arc := range s.cut.Near(b.at) {
			consider(arc)
		}
	} else {
		for h := range s.cut.Ends(b.at) {
			consider(graph.Arc{Far: h})
		}
	}
	s.begin(w, base, tight)
	if next != unknown {
		s.open.push(waiting{next, w.path})
	}
	return nil
}

// whole is the least that a path costs which goes on to a record; exact as far as
// paths of that cost are known.
func (s *search) whole(b beginning, base uint32, h graph.Handle) (uint32, bool) {
	switch {
	case h == s.to:
		return base, true
	case !s.passable(h) || int(b.hops)+2 > s.query.MaxLength:
		return 0, false
	}
	total := s.ends.whole(base, h)
	return total, total != unknown && (s.query.Damped || total <= unit*uint32(s.query.MaxLength))
}

// begin opens the continuations, each record once.
func (s *search) begin(w waiting, base uint32, tight []graph.Arc) {
	slices.SortFunc(tight, func(a, b graph.Arc) int { return cmp.Compare(a.Far, b.Far) })
	b := s.begun[w.path]
	for i := 0; i < len(tight); {
		j := i
		for ; j < len(tight) && tight[j].Far == tight[i].Far; j++ {
		}
		held := b.held
		if s.query.Overlapping {
			held = overlaps(b.held, tight[i:j])
		}
		if len(held) > 0 {
			s.begun = append(s.begun, beginning{w.path, tight[i].Far, b.hops + 1, base, held})
			s.open.push(waiting{w.cost, int32(len(s.begun) - 1)})
		}
		i = j
	}
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

// passed tells whether a beginning has been at a record.
func (s *search) passed(path int32, h graph.Handle) bool {
	for ; path >= 0; path = s.begun[path].before {
		if s.begun[path].at == h {
			return true
		}
	}
	return false
}

// trace is the records of a beginning, from the start.
func (s *search) trace(path int32) []graph.Handle {
	list := make([]graph.Handle, s.begun[path].hops+1)
	for i := len(list) - 1; i >= 0; i-- {
		list[i], path = s.begun[path].at, s.begun[path].before
	}
	return list
}

// compare orders beginnings record by record; a shorter one comes before what it
// begins.
func (s *search) compare(a, b int32) int {
	longer := cmp.Compare(s.begun[a].hops, s.begun[b].hops)
	for s.begun[a].hops > s.begun[b].hops {
		a = s.begun[a].before
	}
	for s.begun[b].hops > s.begun[a].hops {
		b = s.begun[b].before
	}
	first := 0 // difference; all before it is the same
	for ; a != b; a, b = s.begun[a].before, s.begun[b].before {
		first = cmp.Or(cmp.Compare(rank(s.cut, s.begun[a].at), rank(s.cut, s.begun[b].at)), first)
	}
	return cmp.Or(first, longer)
}

// queue hands out the least first; a binary heap.
type queue[T any] struct {
	list []T
	less func(a, b T) bool
}

func (q *queue[T]) push(v T) {
	q.list = append(q.list, v)
	for i := len(q.list) - 1; i > 0; {
		up := (i - 1) / 2
		if !q.less(q.list[i], q.list[up]) {
			return
		}
		q.list[i], q.list[up] = q.list[up], q.list[i]
		i = up
	}
}

func (q *queue[T]) pop() T {
	top, last := q.list[0], len(q.list)-1
	q.list[0] = q.list[last]
	q.list = q.list[:last]
	for i := 0; ; {
		child := 2*i + 1
		if child+1 < last && q.less(q.list[child+1], q.list[child]) {
			child++
		}
		if child >= last || !q.less(q.list[child], q.list[i]) {
			return top
		}
		q.list[i], q.list[child] = q.list[child], q.list[i]
		i = child
	}
}
