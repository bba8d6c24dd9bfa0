package walk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// PathQuery asks for paths between two records.
type PathQuery struct {
	From, To    record.ID
	First       int           // how many, at most
	MaxLength   int           // hops, at most
	Through     []record.Kind // which kinds a path may pass through; none means every kind
	Avoid       []record.ID   // records that no path may pass through
	Overlapping bool          // only paths that may have held as a whole on one day
	Damped      bool          // whether well-connected records cost more
	Direct      bool          // only paths without a detour: none goes from one record to another that it could have gone to before
	Work        int           // links that may be looked at; 0 for DefaultWork
}

// The limits of a question for paths.
const (
	MaxPaths    = 100
	MaxHops     = 12
	MaxAvoid    = 100
	DefaultWork = 10_000_000
)

// Paths is the answer.
type Paths struct {
	Paths    []Path
	Complete bool   // no better path was left out for want of work
	Note     string // how the paths were found, and what stopped the search
}

// Path is a way from one record to another, no record twice.
type Path struct {
	Nodes []record.Node // from the first to the last
	Hops  []Hop         // between them, one fewer
	Cost  float64       // what the paths are ordered by; the hops when nothing is damped
}

// Hop is a link of a path and what it says.
type Hop struct {
	Link     record.Link
	Sentence string
}

func (q PathQuery) validate() error {
	switch {
	case q.First < 1 || q.First > MaxPaths:
		return record.Invalid("first", "%d is not from 1 to %d", q.First, MaxPaths)
	case q.MaxLength < 1 || q.MaxLength > MaxHops:
		return record.Invalid("maxLength", "%d is not from 1 to %d", q.MaxLength, MaxHops)
	case len(q.Avoid) > MaxAvoid:
		return record.Invalid("avoid", "%d are more than the %d allowed", len(q.Avoid), MaxAvoid)
	}
	return nil
}

// Between finds the best loopless paths between two records under the lens, the
// best first: the cheapest, and of equally cheap ones, seen from the end with the
// smaller id, record by record, the one that passes through another record rather
// than a text, and then through the one that was entered earlier. So a question
// the other way round gives the same paths turned round.
func Between(ctx context.Context, s *graph.Snapshot, l record.Lens, q PathQuery) (Paths, error) {
	if err := q.validate(); err != nil {
		return Paths{}, err
	}
	if q.Work == 0 {
		q.Work = DefaultWork
	}
	cut, err := s.Cut(ctx, l)
	if err != nil {
		return Paths{}, err
	}
	ends, avoid, err := q.records(cut)
	if err != nil {
		return Paths{}, err
	}
	turned := q.turned(cut, ends)
	from, to := ends[0], ends[1]
	if turned {
		from, to = to, from
	}
	g := newGround(cut, from, to, q, avoid)
	list, complete, err := g.paths(ctx, q.First)
	if err != nil {
		return Paths{}, err
	}
	answer := Paths{Paths: []Path{}, Complete: complete}
	for _, f := range list {
		if turned {
			slices.Reverse(f.records)
		}
		p, err := pathOf(ctx, s, l, cut, q, f.records)
		if err != nil {
			return Paths{}, err
		}
		p.Cost = float64(f.cost) / unit
		answer.Paths = append(answer.Paths, p)
	}
	answer.Note = q.note(answer, detours(cut, list))
	return answer, nil
}

// records are the two ends and what is to be avoided.
func (q PathQuery) records(c *graph.Cut) (ends [2]graph.Handle, avoid map[graph.Handle]bool, err error) {
	for i, end := range []struct {
		field string
		id    record.ID
	}{{"from", q.From}, {"to", q.To}} {
		if ends[i], err = c.Handle(end.id); err != nil {
			return ends, nil, record.Under(end.field, err)
		}
	}
	if ends[0] == ends[1] {
		return ends, nil, record.Invalid("to", "%s and %s are one record; a path leads from one to another", q.From, q.To)
	}
	avoid = map[graph.Handle]bool{}
	for i, id := range q.Avoid {
		h, err := c.Handle(id)
		if err != nil {
			return ends, nil, record.Under(fmt.Sprintf("avoid[%d]", i), err)
		}
		if h == ends[0] || h == ends[1] {
			return ends, nil, record.Invalid(fmt.Sprintf("avoid[%d]", i), "%s is an end of the paths", id)
		}
		avoid[h] = true
	}
	return ends, avoid, nil
}

// turned tells whether the second end has the smaller id.
func (q PathQuery) turned(c *graph.Cut, ends [2]graph.Handle) bool {
	a, errA := c.ID(ends[0])
	b, errB := c.ID(ends[1])
	return errors.Join(errA, errB) == nil && b < a
}

// detours counts the paths that pass others between two records that are linked
// themselves.
func detours(c *graph.Cut, list []found) (n int) {
	for _, f := range list {
		if takesDetour(c, f.records) {
			n++
		}
	}
	return n
}

func takesDetour(c *graph.Cut, path []graph.Handle) bool {
	for i, h := range path {
		for _, later := range path[min(i+2, len(path)):] {
			if c.Linked(h, later) {
				return true
			}
		}
	}
	return false
}

func (q PathQuery) note(p Paths, detours int) string {
	var say []string
	if len(p.Paths) == 0 && p.Complete {
		say = append(say, fmt.Sprintf("No path of at most %d hops leads from one to the other.", q.MaxLength))
	}
	if !p.Complete {
		say = append(say, fmt.Sprintf("The search stopped after it had looked at %d links; there may be other paths. Ask for fewer paths, shorter ones, or through fewer kinds of record.", q.Work))
	}
	switch {
	case q.Direct:
		say = append(say, "Ways with a detour are left out: they go by way of others between two records that are linked themselves.")
	case detours > 0:
		say = append(say, fmt.Sprintf("Ways with a detour: %d of %d. They go by way of others between two records that are linked themselves.", detours, len(p.Paths)))
	}
	if q.Damped {
		say = append(say, "Short ways come first; ways by way of records that are linked with very many, or of a text that names both, come later.")
	}
	if q.Overlapping {
		say = append(say, "A path counts when all its links may have held on one day; one without dates may have held on any.")
	}
	return strings.Join(say, " ")
}

// pathOf puts the records and the most telling links of a path together.
func pathOf(ctx context.Context, s *graph.Snapshot, l record.Lens, c *graph.Cut, q PathQuery, handles []graph.Handle) (Path, error) {
	var p Path
	for _, h := range handles {
		n, err := node(ctx, s, l, c, h)
		if err != nil {
			return p, err
		}
		p.Nodes = append(p.Nodes, n)
	}
	var err error
	p.Hops, err = hopsOf(ctx, s, l, c, chosen(c, q, handles))
	return p, err
}

// hopsOf reads links and says what they say.
func hopsOf(ctx context.Context, s *graph.Snapshot, l record.Lens, c *graph.Cut, arcs []graph.Arc) (hops []Hop, err error) {
	for _, arc := range arcs {
		link, err := c.Link(ctx, arc)
		if err != nil {
			return nil, err
		}
		sentence, err := Sentence(ctx, s, l, link)
		if err != nil {
			return nil, err
		}
		hops = append(hops, Hop{link, sentence})
	}
	return hops, nil
}

// Direct is every link between two records under the lens, the most telling
// first: confirmed ones before proposals, statements before mentions.
func Direct(ctx context.Context, s *graph.Snapshot, l record.Lens, a, b record.ID) ([]Hop, error) {
	cut, err := s.Cut(ctx, l)
	if err != nil {
		return nil, err
	}
	ends, _, err := PathQuery{From: a, To: b}.records(cut)
	if err != nil {
		return nil, err
	}
	return hopsOf(ctx, s, l, cut, arcsBetween(cut, ends[0], ends[1]))
}

// chosen is the link of each hop: the most telling ones, and where the path must
// have held as a whole, the first that do so together. It does not matter from
// which end the path is seen.
func chosen(c *graph.Cut, q PathQuery, handles []graph.Handle) []graph.Arc {
	hops := make([][]graph.Arc, len(handles)-1)
	for i := range hops {
		hops[i] = arcsBetween(c, handles[i], handles[i+1])
	}
	pick := make([]graph.Arc, len(hops))
	if !q.Overlapping {
		for i, arcs := range hops {
			pick[i] = arcs[0]
		}
		return pick
	}
	a, b := handles[0], handles[len(handles)-1]
	idA, _ := c.ID(a)
	idB, _ := c.ID(b)
	order := make([]int, len(hops))
	for i := range order {
		order[i] = i
	}
	if idB < idA {
		slices.Reverse(order)
	}
	choose(hops, order, everlasting, pick)
	return pick
}

// arcsBetween are the links between two records, the most telling first.
func arcsBetween(c *graph.Cut, a, b graph.Handle) []graph.Arc {
	return slices.SortedFunc(c.Between(a, b), telling)
}

// choose picks a link for each hop in order, so that all may have held on one
// day within held; false when that cannot be.
func choose(hops [][]graph.Arc, order []int, held period, pick []graph.Arc) bool {
	if len(order) == 0 {
		return true
	}
	at := order[0]
	for _, arc := range hops[at] {
		both, ok := held.meet(periodOf(arc))
		if !ok {
			continue
		}
		pick[at] = arc
		if choose(hops, order[1:], both, pick) {
			return true
		}
	}
	return false
}
