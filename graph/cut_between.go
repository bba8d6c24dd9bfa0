package graph

import (
	"cmp"
	"iter"
	"slices"
	"sort"
)

// rank orders records where nothing else does: texts behind others, and then
// those that were entered earlier first. The links that end at a record stand in
// the order of where they begin, so that one of a hundred thousand is found at
// once.
func (a *adjacency) rank(h Handle) uint32 {
	if !tells(a.nodes[h]) {
		return uint32(h) | 1<<31
	}
	return uint32(h)
}

// Rank is where a record stands among others in the order of InOrder.
func (c *Cut) Rank(h Handle) uint32 { return c.all.rank(h) }

// inFrom are the links of the base that begin at one record and end at another,
// as they stand in the rows of the second.
func (a *adjacency) inFrom(from, to Handle) []inbound {
	b := a.base
	if int(to)+1 >= len(b.inAt) {
		return nil
	}
	in, rank := b.in[b.inAt[to]:b.inAt[to+1]], a.rank(from)
	in = in[sort.Search(len(in), func(i int) bool { return a.rank(in[i].from()) >= rank }):]
	n := 0
	for n < len(in) && in[n].from() == from {
		n++
	}
	return in[:n]
}

// Between yields the links between two records that the lens shows, looked at from
// the first, in no order that counts. It does not look at the others that they
// have.
func (c *Cut) Between(a, b Handle) iter.Seq[Arc] {
	return func(yield func(Arc) bool) {
		switch {
		case c.Kind(a) == 0 || c.Kind(b) == 0:
		case c.merged(a):
			for _, arc := range c.nearTo(a, b) {
				if (c.proposed || !arc.proposed) && !yield(arc) {
					return
				}
			}
		case c.merged(b):
			for _, arc := range c.nearTo(b, a) {
				arc.Near, arc.Far, arc.Out = a, b, !arc.Out
				if (c.proposed || !arc.proposed) && !yield(arc) {
					return
				}
			}
		default:
			c.ownBetween(a, b, yield)
		}
	}
}

// nearTo are the links of a merged record with another one.
func (c *Cut) nearTo(merged, far Handle) []Arc {
	list := c.near[merged]
	at, _ := slices.BinarySearchFunc(list, far, func(arc Arc, far Handle) int { return cmp.Compare(c.Rank(arc.Far), c.Rank(far)) })
	n := at
	for n < len(list) && list[n].Far == far {
		n++
	}
	return list[at:n]
}

// ownBetween is Between for two records that go by themselves.
func (c *Cut) ownBetween(a, b Handle, yield func(Arc) bool) {
	for _, out := range []bool{true, false} {
		from, to := a, b
		if !out {
			from, to = b, a
		}
		for _, in := range c.all.inFrom(from, to) {
			if arc, ok := c.shows(a, b, out, &c.all.base.out[in.row]); ok && c.all.live(in.row) && !yield(arc) {
				return
			}
		}
	}
	if c.all.fresh == 0 {
		return
	}
	turned := len(c.all.added[b]) < len(c.all.added[a])
	near, far := a, b
	if turned {
		near, far = b, a
	}
	for i := range c.all.added[near] {
		r := &c.all.added[near][i]
		if r.far != far {
			continue
		}
		if arc, ok := c.shows(a, b, r.out != turned, &r.link16); ok && !yield(arc) {
			return
		}
	}
}

// Linked tells whether the lens shows a link between two records.
func (c *Cut) Linked(a, b Handle) bool {
	for range c.Between(a, b) {
		return true
	}
	return false
}

// InOrder yields the records that the lens shows linked with one, each once, by
// Rank. It goes through links only as far as it is asked to.
func (c *Cut) InOrder(h Handle) iter.Seq[Handle] {
	return func(yield func(Handle) bool) {
		if c.Kind(h) == 0 {
			return
		}
		others, in := c.others(h), []inbound(nil)
		if b := c.all.base; !c.merged(h) && int(h)+1 < len(b.inAt) {
			in = b.in[b.inAt[h]:b.inAt[h+1]]
		}
		last, begun := Handle(0), false
		give := func(far Handle) bool {
			if begun && far == last {
				return true
			}
			last, begun = far, true
			return yield(far)
		}
		for _, i := range in {
			far := i.from()
			if !c.showsInbound(h, i) {
				continue
			}
			for len(others) > 0 && c.Rank(others[0]) < c.Rank(far) {
				if !give(others[0]) {
					return
				}
				others = others[1:]
			}
			if !give(far) {
				return
			}
		}
		for _, far := range others {
			if !give(far) {
				return
			}
		}
	}
}

// showsInbound lays the lens on a link of the base that ends at a record and
// begins at one that was not merged; others it does not show.
func (c *Cut) showsInbound(h Handle, in inbound) bool {
	far := in.from()
	switch {
	case c.unions != nil && c.merged(far):
		return false
	case !in.shown(c.who) || in.proposed() && !c.proposed || !c.all.nodes[far].seen(c.who) || !c.all.live(in.row):
		return false
	}
	return c.asOf.IsZero() || c.holds(&c.all.base.out[in.row])
}

// others are the far ends of a record's links beside those of the base that end
// there, by Rank.
func (c *Cut) others(h Handle) (list []Handle) {
	take := func(arc Arc) bool {
		if !c.merged(arc.Far) {
			list = append(list, arc.Far)
		}
		return true
	}
	arcs := c.beside[h]
	if c.merged(h) {
		arcs = c.near[h]
	} else {
		if int(h)+1 < len(c.all.base.outAt) {
			c.outward(h, take)
		}
		c.added(h, take)
	}
	for _, arc := range arcs {
		if c.proposed || !arc.proposed {
			list = append(list, arc.Far)
		}
	}
	slices.SortFunc(list, func(a, b Handle) int { return cmp.Compare(c.Rank(a), c.Rank(b)) })
	return list
}
