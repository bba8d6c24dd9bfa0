package walk

import (
	"context"
	"math"
	"sync"

	"lotigraph/graph"
)

// ends is a search from both ends of the paths at once (Nicholson 1966), with
// Dijkstra's algorithm from either. It tells for records on the way what the
// cheapest rest of a path costs, as far as paths of a given cost need it: where
// the two have met, only what both have to do with counts. So it looks at few
// links where a search from one end would look at nearly all.
//
// A cost at a record includes passing through it. Since that is known when the
// record is come to, a record is come to once, at its least cost, and what lies
// behind a well-connected one is looked at late or never.
type ends struct {
	sides [2]*side // from where the paths begin, and from where they end
	rest  []uint32 // by Handle: the cheapest rest of a path, found between the two
	found []graph.Handle

	best uint32 // what the cheapest path costs, as far as one is known
	sure uint32 // paths that cost no more are known in every part
}

// side is the search from one end.
type side struct {
	end    graph.Handle
	passed []uint32 // by Handle: the least cost of coming from the end and passing through
	come   []graph.Handle
	behind []graph.Handle // those whose links were looked at
	next   queue[reached]
	looked int // at how many links
}

const unknown = math.MaxUint32

// reached is a record that a side has come to.
type reached struct {
	cost uint32
	at   graph.Handle
}

func (a reached) before(b reached) bool { return a.cost < b.cost || a.cost == b.cost && a.at < b.at }

// used are arrays that hold unknown everywhere, to be used again.
var used sync.Pool

func blank(size int) []uint32 {
	if list, ok := used.Get().(*[]uint32); ok && len(*list) >= size {
		return *list
	}
	list := make([]uint32, size+size/8)
	for i := range list {
		list[i] = unknown
	}
	return list
}

func giveBack(list []uint32, known ...[]graph.Handle) {
	for _, handles := range known {
		for _, h := range handles {
			list[h] = unknown
		}
	}
	used.Put(&list)
}

func newEnds(size int, from, to graph.Handle) *ends {
	e := &ends{rest: blank(size), best: unknown}
	for i, h := range []graph.Handle{from, to} {
		e.sides[i] = &side{end: h, passed: blank(size), next: queue[reached]{less: reached.before}}
		e.sides[i].come = append(e.sides[i].come, h)
		e.sides[i].passed[h] = 0
		e.sides[i].next.push(reached{0, h})
	}
	return e
}

func (e *ends) close() {
	giveBack(e.rest, e.found)
	for _, s := range e.sides {
		giveBack(s.passed, s.come)
	}
}

// least is less than every path costs that is not known in every part; unknown
// when there is no such path.
func (e *ends) least() uint32 {
	a, b := e.sides[0].next.list, e.sides[1].next.list
	if len(a) == 0 || len(b) == 0 {
		return unknown
	}
	return a[0].cost + b[0].cost + unit
}

// meet finds what the cheapest path costs.
func (s *search) meet(ctx context.Context) error {
	for least := s.ends.least(); least <= s.ends.best && s.work > 0; least = s.ends.least() {
		if least == unknown {
			break
		}
		if err := s.comeNearer(ctx); err != nil {
			return err
		}
	}
	return s.between(ctx)
}

// slack is how much further the two sides go at a time: damped costs lie close
// together.
const slack = 2 * unit

// knows sees to it that paths of no more than a cost are known in every part.
func (s *search) knows(ctx context.Context, cost uint32) error {
	if cost <= s.ends.sure {
		return nil
	}
	cost += slack
	for least := s.ends.least(); least <= cost && least != unknown && s.work > 0; least = s.ends.least() {
		if err := s.comeNearer(ctx); err != nil {
			return err
		}
	}
	return s.between(ctx)
}

// comeNearer looks at the links of one more record, on the side that will have
// looked at fewer then.
func (s *search) comeNearer(ctx context.Context) error {
	e := s.ends
	cost := func(i int) int { return e.sides[i].looked + s.cut.Breadth(e.sides[i].next.list[0].at) }
	near, far := e.sides[0], e.sides[1]
	if 2*cost(0) > cost(1) { // what begins looks at its links twice
		near, far = far, near
	}
	r := near.next.pop()
	near.behind = append(near.behind, r.at)
	for h := range s.cut.Ends(r.at) {
		near.looked++
		if h == far.end {
			e.best = min(e.best, r.cost+unit)
		}
		if near.passed[h] != unknown || !s.passable(h) {
			continue
		}
		passing := s.passing(h)
		cost := r.cost + unit + passing
		near.passed[h] = cost
		near.come = append(near.come, h)
		near.next.push(reached{cost, h})
		if rest := far.passed[h]; rest != unknown {
			e.best = min(e.best, cost+rest-passing)
		}
	}
	s.work -= s.cut.Breadth(r.at) + 1
	return ctx.Err()
}

// between finds the rest of paths at records that the side from the beginning
// has behind it and the other has not come to: Dijkstra's algorithm among these,
// from those that touch what the other has come to.
func (s *search) between(ctx context.Context) error {
	e := s.ends
	first, last := e.sides[0], e.sides[1]
	e.sure = e.least() - 1
	for _, h := range e.found {
		e.rest[h] = unknown
	}
	e.found = e.found[:0]
	next := queue[reached]{less: reached.before}
	touching := map[graph.Handle][]graph.Handle{}
	for _, h := range first.behind {
		if last.passed[h] != unknown || h == s.from {
			continue
		}
		own := s.passing(h)
		for other := range s.cut.Ends(h) {
			s.work--
			if rest := last.passed[other]; rest != unknown {
				e.improve(&next, h, rest+unit+own)
			} else if first.passed[other] != unknown && other != s.from {
				touching[other] = append(touching[other], h)
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	for len(next.list) > 0 && next.list[0].cost <= e.sure {
		r := next.pop()
		if r.cost > e.rest[r.at] {
			continue
		}
		for _, h := range touching[r.at] {
			e.improve(&next, h, r.cost+unit+s.passing(h))
		}
	}
	return nil
}

func (e *ends) improve(next *queue[reached], h graph.Handle, cost uint32) {
	if cost >= e.rest[h] {
		return
	}
	if e.rest[h] == unknown {
		e.found = append(e.found, h)
	}
	e.rest[h] = cost
	next.push(reached{cost, h})
}

// whole is the least that a path costs which comes to a record at a cost and goes
// on to its end, exact when that is known; unknown when none does.
func (e *ends) whole(cost uint32, h graph.Handle) uint32 {
	if rest := e.sides[1].passed[h]; rest != unknown {
		return cost + rest
	}
	if rest := e.rest[h]; rest != unknown && cost+rest <= e.sure {
		return cost + rest
	}
	if e.sure == unknown-1 {
		return unknown
	}
	return e.sure + 1
}
