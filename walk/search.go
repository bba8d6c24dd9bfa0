package walk

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"lotigraph/graph"
)

// search finds the cheapest paths where well-connected records are damped, the
// cheapest first. It is a best-first search
// over beginnings of paths (A*, Hart, Nilsson and Raphael 1968) whose estimate is
// the true cost of the rest, as far as the search from both ends knows it. A
// beginning is gone on with piece by piece: first to where it costs no more than
// it must (partial expansion, Yoshizumi et al. 2000), so that a record with many
// links does not flood the queue.
type search struct {
	*ground
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

func newSearch(g *ground) *search {
	s := &search{ground: g, ends: newEnds(g.cut.Size(), g.from, g.to)}
	s.open.less = func(a, b waiting) bool {
		return a.cost < b.cost || a.cost == b.cost && s.compare(a.path, b.path) < 0
	}
	return s
}

func (s *search) passing(h graph.Handle) uint32 {
	s.work -= s.cut.Degree(h) / 8 // counting is quicker than walking
	return passing(s.cut, h)
}

// paths finds up to n, and tells whether no better path was left out.
func (s *search) paths(ctx context.Context, n int) (list []found, complete bool, err error) {
	defer s.ends.close()
	if err := s.meet(ctx); err != nil {
		return nil, false, err
	}
	if s.ends.best != unknown {
		s.begun = append(s.begun, beginning{before: -1, at: s.from, held: []period{everlasting}})
		s.open.push(waiting{s.ends.best, 0})
	}
	for len(s.open.list) > 0 && len(list) < n && s.work > 0 {
		w := s.open.pop()
		if s.begun[w.path].at == s.to {
			list = append(list, found{s.trace(w.path), w.cost})
			continue
		}
		if err := s.goOn(ctx, w); err != nil {
			return nil, false, err
		}
	}
	return list, s.work > 0, nil
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
	var tight []graph.Handle
	for h := range s.ahead(b.at) {
		s.work--
		total := s.whole(b, base, h)
		switch {
		case total == w.cost && !s.passed(w.path, h):
			tight = append(tight, h)
		case total > w.cost:
			next = min(next, total)
		}
	}
	s.begin(w, base, tight)
	if next != unknown {
		s.open.push(waiting{next, w.path})
	}
	return nil
}

// ahead are the records linked with one; where paths take no detour, the end alone
// when it is among them.
func (s *search) ahead(h graph.Handle) iter.Seq[graph.Handle] {
	if s.query.Direct && s.linked(h, s.to) {
		return slices.Values([]graph.Handle{s.to})
	}
	return s.cut.Ends(h)
}

// whole is the least that a path costs which goes on to a record, exact as far as
// paths of that cost are known; unknown when none does.
func (s *search) whole(b beginning, base uint32, h graph.Handle) uint32 {
	switch {
	case h == s.to:
		return base
	case !s.passable(h) || int(b.hops)+2 > s.query.MaxLength:
		return unknown
	}
	return s.ends.whole(base, h)
}

// begin opens the continuations, each record once.
func (s *search) begin(w waiting, base uint32, tight []graph.Handle) {
	slices.Sort(tight)
	b := s.begun[w.path]
	for _, h := range slices.Compact(tight) {
		if s.query.Direct && s.detour(b.before, h) {
			continue
		}
		if held := s.goesOn(b.held, b.at, h); len(held) > 0 {
			s.begun = append(s.begun, beginning{w.path, h, b.hops + 1, base, held})
			s.open.push(waiting{w.cost, int32(len(s.begun) - 1)})
		}
	}
}

// detour tells whether a beginning, or what comes before it, is linked with a
// record.
func (s *search) detour(path int32, h graph.Handle) bool {
	for ; path >= 0; path = s.begun[path].before {
		if s.linked(s.begun[path].at, h) {
			return true
		}
	}
	return false
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
		first = cmp.Or(cmp.Compare(s.cut.Rank(s.begun[a].at), s.cut.Rank(s.begun[b].at)), first)
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
