package graph

import (
	"iter"
	"slices"

	"lotigraph/record"
)

// Told is a link with what it says in short: what a table of many links shows of
// each. It is read from memory; [Cut.Link] has the evidence itself.
type Told struct {
	Arc
	Role     string
	Evidence int              // how many passages say so, of those that the viewer may see
	Holds    record.Certainty // on the lens's day; Certainly without a day

	withheld bool // a proposal that the lens leaves out
}

// Status is how far the link has come: Proposed or Confirmed.
func (t Told) Status() record.LinkStatus {
	if t.proposed {
		return record.Proposed
	}
	return record.Confirmed
}

// Told yields the links of a record of some types, looked at from it, in no order
// that counts; mentions say nothing beyond that they are there. It equals what
// Links lists.
func (c *Cut) Told(h Handle, d record.Direction, types ...record.LinkType) iter.Seq[Told] {
	return func(yield func(Told) bool) {
		for t := range c.told(h, d, types) {
			if !t.withheld && !yield(t) {
				return
			}
		}
	}
}

// told yields the proposals too that the lens leaves out.
func (c *Cut) told(h Handle, d record.Direction, types []record.LinkType) iter.Seq[Told] {
	asked := func(t record.LinkType, out bool) bool {
		return slices.Contains(types, t) && (d == record.Both || (d == record.Out) == out)
	}
	return func(yield func(Told) bool) {
		if c.Kind(h) == 0 {
			return
		}
		if !c.merged(h) {
			c.ownTold(h, asked, yield)
			return
		}
		for _, arc := range c.near[h] {
			if asked(arc.Type, arc.Out) && !yield(c.toldOf(arc, c.joined[arc.link].says)) {
				return
			}
		}
	}
}

// ownTold is told for a record that goes by itself.
func (c *Cut) ownTold(h Handle, asked func(t record.LinkType, out bool) bool, yield func(Told) bool) {
	open := *c // shows the proposals too
	open.proposed = true
	one := func(far Handle, out bool, l *link16, says func() saying) bool {
		if !asked(l.linkType(), out) {
			return true
		}
		arc, ok := open.shows(h, far, out, l)
		if !ok {
			return true
		}
		if j := c.joined[arc.link]; j != nil {
			return yield(c.toldOf(arc, j.says))
		}
		return yield(c.toldOf(arc, says()))
	}
	b := c.all.base
	if int(h)+1 < len(b.outAt) {
		for i := b.outAt[h]; i < b.outAt[h+1]; i++ {
			if c.all.live(i) && !one(Handle(b.out[i].to), true, &b.out[i], func() saying { return b.saying(h, i) }) {
				return
			}
		}
		mentions := asked(record.Mentions, false)
		for _, in := range b.in[b.inAt[h]:b.inAt[h+1]] {
			if !tells(c.all.nodes[in.from()]) && !mentions {
				continue // most are such, and their rows lie far away in memory
			}
			if c.all.live(in.row) && !one(in.from(), false, &b.out[in.row], func() saying { return b.saying(in.from(), in.row) }) {
				return
			}
		}
	}
	for i := range c.all.added[h] {
		r := &c.all.added[h][i]
		if !one(r.far, r.out, &r.link16, func() saying { return *r.says }) {
			return
		}
	}
}

// toldOf is an arc with what its link says.
func (c *Cut) toldOf(arc Arc, says saying) Told {
	t := Told{Arc: arc, Role: says.role, Evidence: says.evidence(c.who), Holds: record.Certainly, withheld: arc.proposed && !c.proposed}
	if arc.bare {
		t.Role = ""
	}
	if c.asOf.IsZero() {
		return t
	}
	var first record.PartialDate
	if arc.since == 0 {
		first = says.earliest(c.who, c.all.days)
	}
	t.Holds = record.Holds(arc.Since(), arc.Until(), first, c.asOf)
	return t
}
