package graph

import (
	"cmp"
	"context"
	"iter"

	"lotigraph/record"
)

// Told is a link with what it says in short: what a table of many links shows of
// each. It is read from memory, and good for as long as its snapshot.
type Told struct {
	Arc
	Role  string
	Holds record.Certainty // on the lens's day; Certainly without a day

	proofs   []proofBits
	cut      *Cut
	withheld bool // a proposal that the lens leaves out
}

// Ended tells whether the link has ended: of a link that is shown on a day, it has
// not.
func (t Told) Ended() bool { return t.until != 0 && t.cut.asOf.IsZero() }

// Evidence counts the passages that say so, of those that the viewer may see.
func (t Told) Evidence() (n int) {
	for _, p := range t.proofs {
		if p.seen(t.cut.who) {
			n++
		}
	}
	return n
}

// Superseded tells that some passage may no longer be in its text, as [Told.Link] then
// says of each; where it is false, all that Evidence counts are there.
func (t Told) Superseded() bool { return t.superseded }

// AsListed orders the links of one record as Links lists them.
func AsListed(a, b Told) int {
	return cmp.Or(cmp.Compare(a.direction(), b.direction()), cmp.Compare(a.Type, b.Type), cmp.Compare(newestFirst(a.Since()), newestFirst(b.Since())), cmp.Compare(a.link, b.link))
}

func (a Arc) direction() record.Direction {
	if a.Out {
		return record.Out
	}
	return record.In
}

// Link is the link with the words of its evidence, as the lens shows it.
func (t Told) Link(ctx context.Context) (record.Link, error) { return t.cut.Link(ctx, t.Arc) }

// Texts yields the texts of these passages: as often as they have one, and as they
// were before they were merged.
func (t Told) Texts() iter.Seq[Handle] {
	return func(yield func(Handle) bool) {
		for _, p := range t.proofs {
			if p.seen(t.cut.who) && !yield(p.text()) {
				return
			}
		}
	}
}

// typeSet is a set of link types: a bit for each.
type typeSet uint16

func typesOf(types ...record.LinkType) (set typeSet) {
	for _, t := range types {
		set |= 1 << t
	}
	return set
}

func (s typeSet) has(t record.LinkType) bool { return s>>t&1 == 1 }

// allows tells whether links that go out, or come in, are asked for.
func allows(d record.Direction, out bool) bool {
	return d == record.Both || (d == record.Out) == out
}

// Told yields the links of a record of some types, looked at from it, in no order
// that counts; mentions say nothing beyond that they are there. It equals what
// Links lists.
func (c *Cut) Told(h Handle, d record.Direction, types ...record.LinkType) iter.Seq[Told] {
	return func(yield func(Told) bool) {
		for t := range c.told(h, d, typesOf(types...)) {
			if !t.withheld && !yield(t) {
				return
			}
		}
	}
}

// told yields the proposals too that the lens leaves out.
func (c *Cut) told(h Handle, d record.Direction, types typeSet) iter.Seq[Told] {
	return func(yield func(Told) bool) {
		switch {
		case c.Kind(h) == 0:
		case c.merged(h):
			for _, arc := range c.near[h] {
				if types.has(arc.Type) && allows(d, arc.Out) && !yield(c.toldOf(arc, c.joined[arc.link].says)) {
					return
				}
			}
		default:
			c.ownTold(h, d, types, yield)
		}
	}
}

// ownTold is told for a record that goes by itself.
func (c *Cut) ownTold(h Handle, d record.Direction, types typeSet, yield func(Told) bool) {
	open := *c // shows the proposals too
	open.proposed = true
	b := c.all.base
	if int(h)+1 < len(b.outAt) {
		if d != record.In && !c.toldOutward(&open, h, types, yield) {
			return
		}
		if d != record.Out && !c.toldInward(&open, h, types, yield) {
			return
		}
	}
	for i := range c.all.added[h] {
		r := &c.all.added[h][i]
		if !types.has(r.linkType()) || !allows(d, r.out) {
			continue
		}
		if arc, ok := open.shows(h, r.far, r.out, &r.link16); ok && !yield(c.toldOf(arc, c.says(arc, r.says))) {
			return
		}
	}
}

// toldOutward yields the links of the base that begin at a record; false when it was
// stopped.
func (c *Cut) toldOutward(open *Cut, h Handle, types typeSet, yield func(Told) bool) bool {
	b := c.all.base
	for i := b.outAt[h]; i < b.outAt[h+1]; i++ {
		l := &b.out[i]
		if !types.has(l.linkType()) || !c.all.live(i) {
			continue
		}
		if arc, ok := open.shows(h, Handle(l.to), true, l); ok {
			says := b.saying(h, i)
			if !yield(c.toldOf(arc, c.says(arc, &says))) {
				return false
			}
		}
	}
	return true
}

// toldInward yields those that end there, those of texts last.
func (c *Cut) toldInward(open *Cut, h Handle, types typeSet, yield func(Told) bool) bool {
	b := c.all.base
	for _, in := range b.in[b.inAt[h]:b.inAt[h+1]] {
		if !tells(c.all.nodes[in.from()]) && !types.has(record.Mentions) {
			break
		}
		l := &b.out[in.row]
		if !types.has(l.linkType()) || !c.all.live(in.row) {
			continue
		}
		if arc, ok := open.shows(h, in.from(), false, l); ok {
			says := b.saying(in.from(), in.row)
			if !yield(c.toldOf(arc, c.says(arc, &says))) {
				return false
			}
		}
	}
	return true
}

// says is what an arc's link says, which is what its own row says unless it is one
// with others.
func (c *Cut) says(arc Arc, own *saying) saying {
	if c.joined != nil {
		if j := c.joined[arc.link]; j != nil {
			return j.says
		}
	}
	return *own
}

// toldOf is an arc with what its link says.
func (c *Cut) toldOf(arc Arc, says saying) Told {
	t := Told{Arc: arc, proofs: says.proofs, cut: c, withheld: arc.proposed && !c.proposed}
	if !arc.bare {
		t.Role = says.role
	}
	t.Holds = c.holdsOn(t, c.asOf)
	return t
}

// holdsOn says how surely a link holds on a day.
func (c *Cut) holdsOn(t Told, day record.PartialDate) record.Certainty {
	if day.IsZero() {
		return record.Certainly
	}
	var first record.PartialDate // that a text says so
	if t.since == 0 {
		for text := range t.Texts() {
			if d := c.all.days[text].date().Last(); !d.IsZero() && (first.IsZero() || d.Compare(first) < 0) {
				first = d
			}
		}
	}
	return record.Holds(t.Since(), t.Until(), first, day)
}

// byName yields the records of a kind that the lens shows and a filter lets
// through, in name order, beginning with those of a folded name.
func (c *Cut) byName(ctx context.Context, kind record.Kind, f NodeFilter, from string) iter.Seq2[Handle, error] {
	return func(yield func(Handle, error) bool) {
		prefix := orderPrefix(kind)
		start := prefix
		if from != "" {
			start = orderPrefix(kind).str(from)
		}
		err := c.snapshot.view.scan(prefix, start, func(it item) error {
			n, err := endNum(it.Key())
			if err := cmp.Or(ctx.Err(), err); err != nil || c.Kind(Handle(n)) != kind {
				return err
			}
			if len(f.Themes) > 0 {
				node, err := c.snapshot.node(n)
				if err != nil || !f.keeps(node) {
					return err
				}
			}
			if !yield(Handle(n), nil) {
				return errStop
			}
			return nil
		})
		if err != nil && err != errStop {
			yield(0, err)
		}
	}
}
