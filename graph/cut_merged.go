package graph

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"lotigraph/record"
)

// joinedLink is a link with a merged end, as it shows, or would if the lens did
// not leave proposals out.
type joinedLink struct {
	from, to Handle
	row      link16
	says     saying
}

// merged tells whether a record is one with others, for the viewer.
func (c *Cut) merged(h Handle) bool {
	if c.unions == nil {
		return false
	}
	_, ok := c.unions.by[ref(h)]
	return ok
}

// merge settles the links of merged records. One that nobody questioned and that
// says alone what it says shows as it stands in memory; only for the others, which
// are few, is the store asked which of them stand for which.
func (c *Cut) merge(ctx context.Context, l record.Lens) error {
	c.joined, c.near, c.beside = map[uint32]*joinedLink{}, map[Handle][]Arc{}, map[Handle][]Arc{}
	alike := map[saidOf]int{}
	for m := range c.mergedLinks() {
		alike[c.saidOf(m)]++
	}
	for m := range c.mergedLinks() {
		if m.a&bitProposed == 0 && alike[c.saidOf(m)] == 1 {
			c.joinOwn(m)
		} else if err := c.join(ctx, l, m.link); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, j := range c.joined {
		if j == nil {
			continue
		}
		for _, arc := range []Arc{c.arc(j.from, j.to, true, &j.row), c.arc(j.to, j.from, false, &j.row)} {
			if c.merged(arc.Near) {
				c.near[arc.Near] = append(c.near[arc.Near], arc)
			} else {
				c.beside[arc.Near] = append(c.beside[arc.Near], arc)
			}
		}
	}
	for _, arcs := range c.near {
		slices.SortFunc(arcs, func(a, b Arc) int {
			return cmp.Or(cmp.Compare(c.Rank(a.Far), c.Rank(b.Far)), cmp.Compare(a.link, b.link))
		})
	}
	return nil
}

// saidOf is what links have in common that may be one.
type saidOf struct {
	from, to Handle // that the ends go by
	of       record.LinkType
}

func (c *Cut) saidOf(m mergedLink) saidOf {
	return saidOf{Handle(c.unions.one(ref(m.from))), Handle(c.unions.one(ref(m.to))), m.linkType()}
}

// mergedLink is a link with a merged end, with the ends that it was written with.
type mergedLink struct {
	row
	from, to Handle
}

// mergedLinks yields each once, whether it shows or not.
func (c *Cut) mergedLinks() iter.Seq[mergedLink] {
	return func(yield func(mergedLink) bool) {
		for n := range c.unions.by {
			for r := range c.all.near(Handle(n)) {
				m := mergedLink{r, Handle(n), r.far}
				if !r.out {
					if c.merged(r.far) {
						continue // it is looked at from there
					}
					m.from, m.to = m.to, m.from
				}
				if !yield(m) {
					return
				}
			}
		}
	}
}

// joinOwn settles that a link shows as it stands, if the lens shows it.
func (c *Cut) joinOwn(m mergedLink) {
	said, nodes := c.saidOf(m), c.all.nodes
	if said.from == said.to || !m.shown(c.who) || !nodes[m.from].seen(c.who) || !nodes[m.to].seen(c.who) || !c.asOf.IsZero() && !c.holds(&m.link16) {
		return
	}
	c.joined[m.link] = &joinedLink{said.from, said.to, m.link16, c.all.saying(m.from, m.row)}
}

// join settles how a link with a merged end shows.
func (c *Cut) join(ctx context.Context, l record.Lens, link uint32) error {
	if _, known := c.joined[link]; known {
		return ctx.Err()
	}
	c.joined[link] = nil
	e, err := c.snapshot.edge(ref(link))
	if err != nil {
		return err
	}
	p, err := c.snapshot.partOf(l, ref(link), e)
	if err != nil || p == nil {
		return err
	}
	one, err := c.snapshot.standing(l, *p)
	if err != nil || one == nil || one.at != ref(link) {
		return err
	}
	row := link16{link: link, a: uint32(one.edge.Type)<<typeShift | uint32(pack(one.edge.Since)), b: uint32(pack(one.edge.Until))}
	if one.edge.Status == record.Proposed {
		row.a |= bitProposed
	}
	says := saying{role: one.edge.Role}
	for _, p := range one.proofs {
		if p.Superseded {
			row.a |= bitSuperseded
		}
		shown := proofOfText(p.Text)
		shown.see(c.who)
		says.proofs = append(says.proofs, shown)
	}
	c.joined[link] = &joinedLink{Handle(c.unions.one(e.From)), Handle(c.unions.one(e.To)), row, says}
	return nil
}
