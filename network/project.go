package network

import (
	"cmp"
	"context"
	"hash/maphash"
	"iter"
	"maps"
	"math"
	"slices"

	"lotigraph/graph"
	"lotigraph/record"
)

// Tie is a link between a record of the kind asked for and one of the kind that
// it is seen through.
type Tie struct{ Of, Through record.ID }

// Source tells ties: those of a question's types and period, as the lens shows
// them, in any order and as often as there are links.
type Source interface {
	Ties(ctx context.Context, l record.Lens, q Question) iter.Seq2[Tie, error]
}

// pair is an edge between two nodes of a sparse graph.
type pair struct {
	a, b   int32
	weight float64
}

// mostShares is how many times two records may share one, all in all: about what
// a gigabyte holds.
const mostShares = 50_000_000

// tiesOf are a source's ties under the lens, each once and in order.
func tiesOf(ctx context.Context, s Source, l record.Lens, q Question) (ties []Tie, err error) {
	for t, err := range s.Ties(ctx, l, q) {
		if err != nil {
			return nil, err
		}
		ties = append(ties, t)
	}
	sortTies(ties)
	return slices.Compact(ties), nil
}

// sortTies puts ties in the order of their ids: these are sorted once each, and the
// ties by their places.
func sortTies(ties []Tie) {
	place := map[record.ID]uint64{}
	for _, t := range ties {
		place[t.Of], place[t.Through] = 0, 0
	}
	ids := slices.Sorted(maps.Keys(place))
	for i, id := range ids {
		place[id] = uint64(i)
	}
	list := make([]uint64, len(ties))
	for i, t := range ties {
		list[i] = place[t.Of]<<32 | place[t.Through]
	}
	slices.Sort(list)
	for i, both := range list {
		ties[i] = Tie{ids[both>>32], ids[both&math.MaxUint32]}
	}
}

// digest tells ties from all others, but for one chance in 2¹²⁸; it is another one in
// another process.
type digest [2]uint64

var digestSeeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

func digestOf(ties []Tie) (sum digest) {
	for i, seed := range digestSeeds {
		var h maphash.Hash
		h.SetSeed(seed)
		for _, t := range ties {
			h.WriteString(string(t.Of))
			h.WriteByte(0) // which no id has
			h.WriteString(string(t.Through))
			h.WriteByte(0)
		}
		sum[i] = h.Sum64()
	}
	return sum
}

// project joins the records that share others, given the ties as tiesOf has them. A
// record that shares none is a node without edges.
func project(ctx context.Context, ties []Tie, q Question) (*Network, error) {
	n := &Network{Question: q}
	for _, t := range ties {
		n.through = append(n.through, t.Through)
	}
	slices.Sort(n.through)
	n.through = slices.Compact(n.through)
	place := make(map[record.ID]int32, len(n.through))
	for i, id := range n.through {
		place[id] = int32(i)
	}
	members := make([][]int32, len(n.through))
	var rows [][]int32
	for _, t := range ties {
		if last := len(n.Nodes) - 1; last < 0 || n.Nodes[last].ID != t.Of {
			n.Nodes, rows = append(n.Nodes, Node{ID: t.Of}), append(rows, nil)
		}
		v, at := len(n.Nodes)-1, place[t.Through]
		members[at] = append(members[at], int32(v))
		rows[v] = append(rows[v], at)
	}
	shares := 0
	for _, list := range members {
		shares += len(list) * (len(list) - 1) / 2
	}
	if shares > mostShares {
		return nil, record.Invalid("through", "two %s share a %s %d times, more than the %d that a network may have; ask for fewer types or a shorter period",
			q.Of.Plural(), q.Through.Label(), shares, mostShares)
	}
	return n, n.join(ctx, sharing{rows, members}, shares)
}

// sharing is who shares what.
type sharing struct {
	rows    [][]int32 // what each node is linked with, in order
	members [][]int32 // the nodes that are linked with each, in order
}

// each calls with every record that a node shares, and every node behind it that
// shares it.
func (s sharing) each(v int, do func(at, u int32)) {
	for _, at := range s.rows[v] {
		list := s.members[at]
		behind, _ := slices.BinarySearch(list, int32(v+1))
		for _, u := range list[behind:] {
			do(at, u)
		}
	}
}

// pairs counts those that share anything.
func (s sharing) pairs() (n int) {
	last := make([]int, len(s.rows)) // and one: the node that was seen to share with it
	for v := range s.rows {
		s.each(v, func(_, u int32) {
			if last[u] != v+1 {
				last[u] = v + 1
				n++
			}
		})
	}
	return n
}

// join makes the edges, each from its lower node, in order, of records that are
// shared so many times all in all.
func (n *Network) join(ctx context.Context, s sharing, shares int) error {
	n.Edges, n.shared = make([]Edge, 0, s.pairs()), make([]int32, shares)
	counts, places := make([]int32, len(s.rows)), make([]int32, len(s.rows)) // of what the node at hand shares with another, by that one
	var others []int32
	next := int32(0)
	for v := range s.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		others = others[:0]
		s.each(v, func(_, u int32) {
			if counts[u] == 0 {
				others = append(others, u)
			}
			counts[u]++
		})
		slices.Sort(others)
		for _, u := range others {
			e := Edge{A: v, B: int(u), shared: next, behind: next + counts[u]}
			n.Edges = append(n.Edges, e)
			places[u], next, counts[u] = e.shared, e.behind, 0
		}
		s.each(v, func(at, u int32) {
			n.shared[places[u]] = at
			places[u]++
		})
	}
	for i := range n.Edges {
		n.Edges[i].Weight = n.weigh(n.Edges[i], s.members)
	}
	return nil
}

// weigh is how much it counts what two nodes share.
func (n *Network) weigh(e Edge, members [][]int32) float64 {
	if n.Question.Weight != Newman {
		return float64(e.SharedCount())
	}
	weight := 0.0
	for _, at := range n.shared[e.shared:e.behind] {
		weight += 1 / float64(len(members[at])-1)
	}
	return weight
}

// Store reads ties from a snapshot of the graph, out of the links that it holds
// in memory.
type Store struct{ *graph.Snapshot }

// Ties reads them. The time of a link that a text says by itself (a mention, an
// author) is the date of the text; undated texts are in no period.
func (s Store) Ties(ctx context.Context, l record.Lens, q Question) iter.Seq2[Tie, error] {
	return func(yield func(Tie, error) bool) {
		cut, err := s.Cut(ctx, l)
		if err != nil {
			yield(Tie{}, err)
			return
		}
		r := reading{s: s, ctx: ctx, lens: l, q: q, cut: cut, ids: make([]record.ID, cut.Size()), dates: map[record.ID]record.PartialDate{}}
		types := q.types()
		for arc := range cut.Links(q.Of, q.Through) {
			if slices.Contains(types, arc.Type) && !r.tie(arc, yield) {
				return
			}
		}
	}
}

// reading is one reading of ties.
type reading struct {
	s     Store
	ctx   context.Context
	lens  record.Lens
	q     Question
	cut   *graph.Cut
	ids   []record.ID                      // by handle, as far as they were asked for
	dates map[record.ID]record.PartialDate // of texts
}

// tie yields what a link ties; false when no more are wanted. Where both kinds
// are one, it ties each end to the other.
func (r *reading) tie(arc graph.Arc, yield func(Tie, error) bool) bool {
	near, far := r.cut.Kind(arc.Near), r.cut.Kind(arc.Far)
	out, in := near == r.q.Of && far == r.q.Through, far == r.q.Of && near == r.q.Through
	if !out && !in {
		return true
	}
	from, err := r.id(arc.Near)
	to, err2 := r.id(arc.Far)
	fits := false
	if err = cmp.Or(err, err2); err == nil {
		fits, err = r.fits(arc, from, to)
	}
	if err != nil {
		yield(Tie{}, err)
		return false
	}
	return !fits || (!out || yield(Tie{from, to}, nil)) && (!in || yield(Tie{to, from}, nil))
}

func (r *reading) id(h graph.Handle) (id record.ID, err error) {
	if r.ids[h] == "" {
		r.ids[h], err = r.cut.ID(h)
	}
	return r.ids[h], err
}

// fits tells whether a link may have held in the period asked for.
func (r *reading) fits(arc graph.Arc, ends ...record.ID) (bool, error) {
	from, to := r.q.From, r.q.To
	if from.IsZero() && to.IsZero() {
		return true, nil
	}
	since, until := arc.Since(), arc.Until()
	for _, end := range ends {
		if end.Kind() != record.WeeknoteKind {
			continue
		}
		date, err := r.date(end)
		if err != nil || date.IsZero() {
			return false, err
		}
		since, until = date, date
		break
	}
	return (from.IsZero() || until.IsZero() || until.Last().Compare(from.First()) >= 0) &&
		(to.IsZero() || since.IsZero() || since.First().Compare(to.Last()) <= 0), nil
}

func (r *reading) date(text record.ID) (record.PartialDate, error) {
	if known, ok := r.dates[text]; ok {
		return known, nil
	}
	node, err := r.s.Node(r.ctx, r.lens, text)
	if err != nil || node.Weeknote == nil {
		return record.PartialDate{}, err
	}
	r.dates[text] = node.Weeknote.Date
	return node.Weeknote.Date, nil
}
