package walk

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math"
	"slices"

	"lotigraph/graph"
	"lotigraph/record"
)

// AroundQuery asks for what lies around a record.
type AroundQuery struct {
	ID    record.ID
	Depth int               // hops, at most
	Types []record.LinkType // links to follow; none means every type
	First int               // records to keep, at most
	Links int               // links among these to tell, at most; 0 for all. Those by which each record is reached always are
}

// The limits of a question for what lies around.
const (
	MaxDepth      = 4
	MaxNeighbours = 100
)

// Neighbourhood is the answer: the nearest and most telling part of what lies
// around a record.
type Neighbourhood struct {
	Center record.Node
	Nodes  []Neighbour   // the nearest first
	Links  []record.Link // among them and the record in the middle, each once
	Counts []TypeCount   // of the links, most first
	Total  int           // records found, kept or not

	LinksLeft int    // links among them that Links leaves out; Counts counts these too
	Note      string // what was left out; "" when nothing was
}

// Neighbour is a record near another one.
type Neighbour struct {
	Node     record.Node
	Distance int     // hops
	Score    float64 // what it was kept by: links to what is nearer, damped by all its links
}

// TypeCount is how many links of a type there are.
type TypeCount struct {
	Type  record.LinkType
	Count int
}

func (q AroundQuery) validate() error {
	switch {
	case q.Depth < 1 || q.Depth > MaxDepth:
		return record.Invalid("depth", "%d is not from 1 to %d", q.Depth, MaxDepth)
	case q.First < 1 || q.First > MaxNeighbours:
		return record.Invalid("first", "%d is not from 1 to %d", q.First, MaxNeighbours)
	}
	return nil
}

// near is a record that was found, on the way to being kept.
type near struct {
	at       graph.Handle
	distance int
	score    float64
}

// Around finds what lies around a record under the lens. At each distance it
// scores what links lead to from what it kept of the distance before: the sum of
// those links, a mention counting a quarter, over the binary logarithm of two
// more than all links of the record. Of more than First it keeps the nearest,
// then the highest scores.
func Around(ctx context.Context, s *graph.Snapshot, l record.Lens, q AroundQuery) (Neighbourhood, error) {
	var answer Neighbourhood
	if err := q.validate(); err != nil {
		return answer, err
	}
	c, err := s.Cut(ctx, l)
	if err != nil {
		return answer, err
	}
	middle, err := c.Handle(q.ID)
	if err != nil {
		return answer, record.Under("id", err)
	}
	kept, total, err := q.gather(ctx, c, middle)
	if err != nil {
		return answer, err
	}
	answer.Total = total
	if answer.Center, err = node(ctx, s, l, c, middle); err != nil {
		return answer, err
	}
	for _, n := range kept[1:] {
		shown, err := node(ctx, s, l, c, n.at)
		if err != nil {
			return answer, err
		}
		answer.Nodes = append(answer.Nodes, Neighbour{shown, n.distance, n.score})
	}
	if err := answer.links(ctx, c, q, kept); err != nil {
		return answer, err
	}
	if left := total - len(answer.Nodes); left > 0 {
		answer.Note = fmt.Sprintf("%d of the %d records found are left out: the nearest are kept, and of those equally near the ones with the most links to what is kept, a mention counting a quarter, damped by how many links they have in all.", left, total)
	}
	return answer, nil
}

// gather finds the records to keep, the one in the middle first, and counts what
// it found besides that one.
func (q AroundQuery) gather(ctx context.Context, c *graph.Cut, middle graph.Handle) (kept []near, total int, err error) {
	seen, weights := make([]bool, c.Size()), make([]float64, c.Size())
	seen[middle] = true
	kept = []near{{at: middle}}
	layer := kept
	for distance := 1; distance <= q.Depth && len(layer) > 0; distance++ {
		var found []graph.Handle
		for _, n := range layer {
			for arc := range q.near(c, n.at) {
				if seen[arc.Far] {
					continue
				}
				if weights[arc.Far] == 0 {
					found = append(found, arc.Far)
				}
				weights[arc.Far] += weightOf(arc)
			}
			if err := ctx.Err(); err != nil {
				return nil, 0, err
			}
		}
		total += len(found)
		layer = best(c, found, weights, q.First+1-len(kept))
		for i := range layer {
			layer[i].distance = distance
		}
		for _, h := range found {
			seen[h] = true
		}
		kept = append(kept, layer...)
	}
	return kept, total, nil
}

// best are the n with the highest scores, the best first. Of many that were found
// it sorts only those.
func best(c *graph.Cut, found []graph.Handle, weights []float64, n int) []near {
	better := func(a, b near) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(c.Rank(a.at), c.Rank(b.at)))
	}
	worst := queue[near]{less: func(a, b near) bool { return better(a, b) > 0 }}
	for _, h := range found {
		one := near{at: h, score: weights[h] / math.Log2(2+float64(c.Degree(h)))}
		switch {
		case len(worst.list) < n:
			worst.push(one)
		case n > 0 && better(one, worst.list[0]) < 0:
			worst.pop()
			worst.push(one)
		}
	}
	slices.SortFunc(worst.list, better)
	return worst.list
}

// near are the links of a record that are followed.
func (q AroundQuery) near(c *graph.Cut, h graph.Handle) iter.Seq[graph.Arc] {
	if len(q.Types) == 0 {
		return c.Near(h)
	}
	return c.NearBy(h, q.Types...)
}

func weightOf(a graph.Arc) float64 {
	if a.Type == record.Mentions {
		return 0.25
	}
	return 1
}

// joining is a link among the records that were kept.
type joining struct {
	arc   graph.Arc
	leads bool // whether it is the first that leads to its far end
}

// links adds the links among the records that were kept, in the order of these: of
// more than are asked for, those that lead to each record and then the first ones.
func (n *Neighbourhood) links(ctx context.Context, c *graph.Cut, q AroundQuery, kept []near) error {
	place := map[graph.Handle]int{}
	for i, k := range kept {
		place[k.at] = i
	}
	counts, reached := map[record.LinkType]int{}, map[graph.Handle]bool{}
	var all []joining
	for i, k := range kept {
		var arcs []graph.Arc
		for arc := range q.near(c, k.at) {
			if to, ok := place[arc.Far]; ok && i < to {
				arcs = append(arcs, arc)
			}
		}
		slices.SortFunc(arcs, func(a, b graph.Arc) int { return cmp.Or(cmp.Compare(place[a.Far], place[b.Far]), telling(a, b)) })
		for _, arc := range arcs {
			all = append(all, joining{arc, !reached[arc.Far]})
			reached[arc.Far] = true
			counts[arc.Type]++
		}
	}
	spare := len(all) // for those that do not lead to a record
	if q.Links > 0 {
		spare = max(0, q.Links-(len(kept)-1))
	}
	for _, one := range all {
		if !one.leads {
			if spare == 0 {
				n.LinksLeft++
				continue
			}
			spare--
		}
		link, err := c.Link(ctx, one.arc)
		if err != nil {
			return err
		}
		n.Links = append(n.Links, link)
	}
	for _, t := range record.LinkTypes() {
		if counts[t] > 0 {
			n.Counts = append(n.Counts, TypeCount{t, counts[t]})
		}
	}
	slices.SortStableFunc(n.Counts, func(a, b TypeCount) int { return cmp.Compare(b.Count, a.Count) })
	return nil
}
