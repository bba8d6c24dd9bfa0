package graph

import (
	"iter"
	"slices"

	"lotigraph/record"
)

// Near yields the links of a record that the lens shows, from both ends, in no
// order that counts.
func (c *Cut) Near(h Handle) iter.Seq[Arc] {
	return func(yield func(Arc) bool) {
		if c.Kind(h) == 0 {
			return
		}
		if c.merged(h) {
			for _, arc := range c.near[h] {
				if (c.proposed || !arc.proposed) && !yield(arc) {
					return
				}
			}
			return
		}
		c.own(h, yield)
	}
}

// own yields the links of a record that goes by itself. It is adjacency.near with
// the lens laid on, in one loop, since nothing runs more often.
func (c *Cut) own(h Handle, yield func(Arc) bool) {
	b := c.all.base
	if int(h)+1 < len(b.outAt) {
		if !c.outward(h, yield) {
			return
		}
		for _, in := range b.in[b.inAt[h]:b.inAt[h+1]] {
			if arc, ok := c.shows(h, in.from(), false, &b.out[in.row]); ok && c.all.live(in.row) && !yield(arc) {
				return
			}
		}
	}
	c.added(h, yield)
}

// NearBy yields the arcs of Near of some types, which is quicker: of a record that
// thousands of texts mention, it passes none of these where mentions are not asked for.
func (c *Cut) NearBy(h Handle, types ...record.LinkType) iter.Seq[Arc] {
	return func(yield func(Arc) bool) {
		set := typesOf(types...)
		switch {
		case c.Kind(h) == 0:
		case c.merged(h):
			for arc := range c.Near(h) {
				if set.has(arc.Type) && !yield(arc) {
					return
				}
			}
		default:
			c.ownBy(h, set, yield)
		}
	}
}

// ownBy yields the links of some types of a record that goes by itself.
func (c *Cut) ownBy(h Handle, types typeSet, yield func(Arc) bool) {
	b := c.all.base
	if int(h)+1 < len(b.outAt) {
		for i := b.outAt[h]; i < b.outAt[h+1]; i++ {
			l := &b.out[i]
			if !types.has(l.linkType()) || !c.all.live(i) {
				continue
			}
			if arc, ok := c.shows(h, Handle(l.to), true, l); ok && !yield(arc) {
				return
			}
		}
		for _, in := range b.in[b.inAt[h]:b.inAt[h+1]] {
			if !tells(c.all.nodes[in.from()]) && !types.has(record.Mentions) {
				break // the rest are texts
			}
			l := &b.out[in.row]
			if !types.has(l.linkType()) || !c.all.live(in.row) {
				continue
			}
			if arc, ok := c.shows(h, in.from(), false, l); ok && !yield(arc) {
				return
			}
		}
	}
	c.added(h, func(arc Arc) bool { return !types.has(arc.Type) || yield(arc) })
}

// Ends yields the far end of each arc of Near, which is quicker where no more is
// needed of them.
func (c *Cut) Ends(h Handle) iter.Seq[Handle] {
	return func(yield func(Handle) bool) {
		if c.Kind(h) == 0 {
			return
		}
		if c.merged(h) || !c.asOf.IsZero() {
			for arc := range c.Near(h) {
				if !yield(arc.Far) {
					return
				}
			}
			return
		}
		c.ownEnds(h, yield)
	}
}

// ownEnds yields the ends for a record that goes by itself, on no day. It looks at
// no row of an inbound link, unless its other end was merged.
func (c *Cut) ownEnds(h Handle, yield func(Handle) bool) {
	end := func(arc Arc) bool { return yield(arc.Far) }
	b := c.all.base
	if int(h)+1 < len(b.outAt) {
		if !c.outward(h, end) {
			return
		}
		for _, in := range b.in[b.inAt[h]:b.inAt[h+1]] {
			far := in.from()
			if c.unions != nil && c.merged(far) {
				if arc, ok := c.shows(h, far, false, &b.out[in.row]); ok && c.all.live(in.row) && !yield(arc.Far) {
					return
				}
			} else if in.shown(c.who) && (c.proposed || !in.proposed()) && c.all.nodes[far].seen(c.who) && c.all.live(in.row) && !yield(far) {
				return
			}
		}
	}
	c.added(h, end)
}

// outward yields the links of the base that begin at a record; false when it was
// stopped.
func (c *Cut) outward(h Handle, yield func(Arc) bool) bool {
	b := c.all.base
	for i := b.outAt[h]; i < b.outAt[h+1]; i++ {
		l := &b.out[i]
		if arc, ok := c.shows(h, Handle(l.to), true, l); ok && c.all.live(i) && !yield(arc) {
			return false
		}
	}
	return true
}

// added yields the links above the base.
func (c *Cut) added(h Handle, yield func(Arc) bool) {
	if c.all.fresh == 0 {
		return
	}
	for i := range c.all.added[h] {
		r := &c.all.added[h][i]
		if arc, ok := c.shows(h, r.far, r.out, &r.link16); ok && !yield(arc) {
			return
		}
	}
}

// Links yields every link that the lens shows, once, from the end where it begins;
// of those that begin at records of some kinds where kinds are given.
func (c *Cut) Links(kinds ...record.Kind) iter.Seq[Arc] {
	return func(yield func(Arc) bool) {
		for h := range Handle(c.Size()) {
			kind := c.Kind(h)
			if kind == 0 || len(kinds) > 0 && !slices.Contains(kinds, kind) {
				continue
			}
			if !c.begun(h, yield) {
				return
			}
		}
	}
}

// begun yields the links that begin at a record; false when it was stopped.
func (c *Cut) begun(h Handle, yield func(Arc) bool) bool {
	going := true
	if c.merged(h) {
		for arc := range c.Near(h) {
			if going = !arc.Out || yield(arc); !going {
				break
			}
		}
		return going
	}
	if int(h)+1 < len(c.all.base.outAt) && !c.outward(h, yield) {
		return false
	}
	c.added(h, func(arc Arc) bool {
		going = !arc.Out || yield(arc)
		return going
	})
	return going
}

// shows lays the lens on a link of a record that goes by itself.
func (c *Cut) shows(h, far Handle, out bool, l *link16) (Arc, bool) {
	if c.unions != nil && c.merged(far) {
		j := c.joined[l.link]
		if j == nil || j.row.a&bitProposed != 0 && !c.proposed {
			return Arc{}, false
		}
		if out {
			return c.arc(j.from, j.to, true, &j.row), true
		}
		return c.arc(j.to, j.from, false, &j.row), true
	}
	if !l.shown(c.who) || l.a&bitProposed != 0 && !c.proposed || !c.all.nodes[far].seen(c.who) || !c.asOf.IsZero() && !c.holds(l) {
		return Arc{}, false
	}
	return c.arc(h, far, out, l), true
}

func (c *Cut) arc(near, far Handle, out bool, l *link16) Arc {
	arc := Arc{Near: near, Far: far, Out: out, Type: l.linkType(), link: l.link, proposed: l.a&bitProposed != 0, bare: l.bare(c.who), superseded: l.a&bitSuperseded != 0}
	if !arc.bare {
		arc.since, arc.until = packed(l.a&dateBits), packed(l.b&dateBits)
	}
	return arc
}

// holds tells whether a link may hold on the day of the lens, as far as its dates
// may be known.
func (c *Cut) holds(l *link16) bool {
	if l.bare(c.who) {
		return true
	}
	since, until := packed(l.a&dateBits), packed(l.b&dateBits)
	return record.Holds(since.date(), until.date(), record.PartialDate{}, c.asOf) != record.No
}
