package walk

import (
	"cmp"
	"context"
	"slices"

	"lotigraph/graph"
)

// shortest finds the paths of fewest hops, the shortest first and those of one
// length record by record in the order of their ranks. For one length after the
// other it goes forward from the first record, depth first and in that order
// (iterative deepening, Korf 1985), and only to records from which the end is near
// enough. So the first path found is the best, and nothing needs to be known of
// those behind the last one wanted.
//
// How near the end is, nearness knows. Of two records of which one is linked with
// a hundred thousand, it asks whether they are linked rather than going through
// these.
type shortest struct {
	*ground
	near  *nearness
	most  int // paths wanted
	path  []graph.Handle
	found []found
}

func newShortest(g *ground) *shortest {
	return &shortest{ground: g, near: newNearness(g)}
}

// paths finds up to n, and tells whether no better path was left out.
func (s *shortest) paths(ctx context.Context, n int) (list []found, complete bool, err error) {
	defer s.near.close()
	s.most = n
	for length := 1; length <= s.query.MaxLength && len(s.found) < n && s.work > 0; length++ {
		s.path = append(s.path[:0], s.from)
		if err := s.goOn(ctx, length, []period{everlasting}); err != nil {
			return nil, false, err
		}
	}
	return s.found, s.work > 0, nil
}

// goOn continues the path with so many hops to the end.
func (s *shortest) goOn(ctx context.Context, hops int, held []period) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	at := s.path[len(s.path)-1]
	if hops == 1 {
		if s.near.within(at, 1) && len(s.goesOn(held, at, s.to)) > 0 {
			s.found = append(s.found, found{append(slices.Clone(s.path), s.to), uint32(len(s.path)) * unit})
		}
		return nil
	}
	if s.query.Direct && s.near.within(at, 1) {
		return nil // it is linked with the end
	}
	var err error
	s.eachNext(at, hops, func(next graph.Handle) bool {
		if slices.Contains(s.path, next) || !s.near.within(next, hops-1) || s.query.Direct && s.detour(next) {
			return true
		}
		if held := s.goesOn(held, at, next); len(held) > 0 {
			s.path = append(s.path, next)
			err = s.goOn(ctx, hops-1, held)
			s.path = s.path[:len(s.path)-1]
		}
		return err == nil && len(s.found) < s.most
	})
	return err
}

// detour tells whether the path would go to a record that it could have gone to
// before.
func (s *shortest) detour(next graph.Handle) bool {
	return slices.ContainsFunc(s.path[:len(s.path)-1], func(h graph.Handle) bool { return s.linked(h, next) })
}

// eachNext yields, by rank, records that a path may pass next which is to be at the
// end after so many hops; more than lie near enough when that is not known. Two or
// three hops before the end it may be quicker to ask who of those near the end is
// linked with the record.
func (s *shortest) eachNext(at graph.Handle, hops int, yield func(graph.Handle) bool) {
	behind := s.behind(at, hops)
	if behind == nil {
		for h := range s.cut.InOrder(at) {
			if s.work--; s.work <= 0 || s.passable(h) && !yield(h) {
				return
			}
		}
		return
	}
	for _, h := range behind {
		if s.work <= 0 || s.linked(at, h) && !yield(h) {
			return
		}
	}
}

// askingCost is how many links of a row are gone through in the time in which two
// records are asked whether they are linked; other in tests.
var askingCost = 16

// behind lists, by rank, the records from which the end is a hop less than so many
// away without passing what the path has passed; nil when those linked with the
// record at hand are quicker to go through.
func (s *shortest) behind(at graph.Handle, hops int) []graph.Handle {
	last := s.near.layers[0]
	if hops > 3 || askingCost*len(last) > s.cut.Breadth(at) {
		return nil
	}
	if hops == 2 {
		return last
	}
	links := 0
	for _, h := range last {
		links += s.cut.Breadth(h)
	}
	if askingCost*links > s.cut.Breadth(at) {
		return nil
	}
	list := []graph.Handle{}
	for _, h := range last {
		if slices.Contains(s.path, h) {
			continue
		}
		for far := range s.cut.Ends(h) {
			s.work--
			if s.passable(far) {
				list = append(list, far)
			}
		}
	}
	slices.SortFunc(list, func(a, b graph.Handle) int { return cmp.Compare(s.cut.Rank(a), s.cut.Rank(b)) })
	return slices.Compact(list)
}
