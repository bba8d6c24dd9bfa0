package graph

import (
	"context"
	"maps"
	"slices"
	"time"

	"lotigraph/record"
)

// Census is what a snapshot holds, as one lens shows it.
type Census struct {
	Kinds      map[record.Kind]int
	Proposals  int       // links waiting for review
	LastChange time.Time // zero for a new graph
}

// maxCensuses is how many lenses a snapshot remembers the census of.
const maxCensuses = 32

// Census counts records by kind and proposals that wait for review. It is taken
// once for a lens; the caller may keep it.
func (s *Snapshot) Census(ctx context.Context, l record.Lens) (Census, error) {
	key := SeenThrough(l)
	s.mu.Lock()
	c, known := s.censuses[key]
	s.mu.Unlock()
	if !known {
		var err error
		if c, err = s.census(ctx, key); err != nil {
			return Census{}, err
		}
		s.mu.Lock()
		if s.censuses == nil || len(s.censuses) >= maxCensuses {
			s.censuses = map[record.Lens]Census{}
		}
		s.censuses[key] = c
		s.mu.Unlock()
	}
	c.Kinds = maps.Clone(c.Kinds)
	return c, nil
}

func (s *Snapshot) census(ctx context.Context, l record.Lens) (c Census, err error) {
	every := l
	every.Proposed = true
	cut, err := s.cutAtHand(ctx, every)
	switch {
	case err != nil:
		return c, err
	case cut != nil:
		c = cut.census()
	default:
		c.Kinds, err = s.countKinds(ctx, l)
		if err == nil {
			c.Proposals, err = s.countWaiting(ctx, l)
		}
		if err != nil {
			return c, err
		}
	}
	if s.version > 0 {
		entry, err := load[record.Entry](s.view, logKey(s.version))
		if err != nil {
			return c, err
		}
		c.LastChange = entry.Change.Time
	}
	return c, nil
}

// census counts in memory; the cut shows proposals.
func (c *Cut) census() Census {
	count := Census{Kinds: map[record.Kind]int{}}
	for h := range c.all.nodes {
		if kind := c.Kind(Handle(h)); kind != 0 {
			count.Kinds[kind]++
		}
	}
	kinds := tellingKinds()
	for h := range Handle(c.Size()) {
		if kind := c.Kind(h); kind != 0 && slices.Contains(kinds, kind) {
			count.Proposals += c.proposals(h)
		}
	}
	return count
}

// proposals counts those that begin at a record, of which a row tells at a glance
// whether it is one unless ends were merged.
func (c *Cut) proposals(h Handle) (n int) {
	take := func(arc Arc) bool {
		if arc.Out && arc.proposed {
			n++
		}
		return true
	}
	if c.merged(h) {
		c.Near(h)(take)
		return n
	}
	if b := c.all.base; int(h)+1 < len(b.outAt) {
		for i := b.outAt[h]; i < b.outAt[h+1]; i++ {
			l := &b.out[i]
			if l.a&bitProposed == 0 && (c.unions == nil || !c.merged(Handle(l.to))) || !c.all.live(i) {
				continue
			}
			if arc, ok := c.shows(h, Handle(l.to), true, l); ok {
				take(arc)
			}
		}
	}
	c.added(h, take)
	return n
}

// tellingKinds are the kinds of record at which links begin that somebody may propose:
// most links are mentions, which nobody does.
func tellingKinds() []record.Kind {
	return slices.DeleteFunc(record.Kinds(), func(k record.Kind) bool {
		return !slices.ContainsFunc(record.LinkTypes(), func(t record.LinkType) bool { return !t.Derived() && slices.Contains(t.From(), k) })
	})
}

// countKinds counts in the store.
func (s *Snapshot) countKinds(ctx context.Context, l record.Lens) (map[record.Kind]int, error) {
	kinds := map[record.Kind]int{}
	for _, kind := range record.Kinds() {
		prefix := orderPrefix(kind)
		err := s.view.scan(prefix, prefix, func(item) error {
			kinds[kind]++
			return ctx.Err()
		})
		if err != nil {
			return nil, err
		}
	}
	hidden, err := s.Hidden(ctx, l)
	if err != nil {
		return nil, err
	}
	for _, id := range hidden {
		kinds[id.Kind()]--
	}
	u, err := s.unions(l.Viewer)
	if err != nil {
		return nil, err
	}
	if u != nil {
		for one, members := range u.members {
			node, err := s.node(one)
			if err != nil {
				return nil, err
			}
			kinds[node.Kind()] -= len(members) - 1
		}
	}
	maps.DeleteFunc(kinds, func(_ record.Kind, n int) bool { return n == 0 })
	return kinds, nil
}

func (s *Snapshot) countWaiting(ctx context.Context, l record.Lens) (count int, err error) {
	for _, err := range s.Waiting(ctx, l) {
		if err != nil {
			return 0, err
		}
		count++
	}
	return count, nil
}

// LinkCount is how many links of a type a record has from one end.
type LinkCount struct {
	Type      record.LinkType
	Direction record.Direction // Out or In
	Count     int
}

// LinkCounts counts a record's links under the lens, in the order of Links,
// without the types it has none of.
func (s *Snapshot) LinkCounts(ctx context.Context, l record.Lens, id record.ID) ([]LinkCount, error) {
	n, node, err := s.refOf(l, id)
	if err != nil {
		return nil, err
	}
	cut, err := s.cutAtHand(ctx, l)
	if err != nil {
		return nil, err
	}
	if cut != nil {
		return cut.linkCounts(Handle(n)), nil
	}
	var counts []LinkCount
	err = s.eachLink(ctx, l, id, LinkFilter{}, "", func(link *record.Link, withheld bool, _ string) error {
		if withheld {
			return nil
		}
		d := record.Out
		if link.From != node.ID {
			d = record.In
		}
		if last := len(counts) - 1; last >= 0 && counts[last].Type == link.Type && counts[last].Direction == d {
			counts[last].Count++
		} else {
			counts = append(counts, LinkCount{link.Type, d, 1})
		}
		return nil
	})
	return counts, err
}

func (c *Cut) linkCounts(h Handle) (counts []LinkCount) {
	var found [record.In + 1][16]int // by direction and type, of which the arrays have 4 bits
	for arc := range c.Near(h) {
		found[arc.direction()][arc.Type]++
	}
	for _, d := range []record.Direction{record.Out, record.In} {
		for _, t := range record.LinkTypes() {
			if n := found[d][t]; n > 0 {
				counts = append(counts, LinkCount{t, d, n})
			}
		}
	}
	return counts
}

// Withheld counts the proposals among a record's links that the lens leaves out.
func (s *Snapshot) Withheld(ctx context.Context, l record.Lens, id record.ID, f LinkFilter) (int, error) {
	cut, err := s.cutAtHand(ctx, l)
	if err != nil {
		return 0, err
	}
	if cut != nil {
		h, err := cut.Handle(id)
		return cut.withheld(h, f), err
	}
	count := 0
	err = s.eachLink(ctx, l, id, f, "", func(_ *record.Link, withheld bool, _ string) error {
		if withheld {
			count++
		}
		return nil
	})
	return count, err
}

func (c *Cut) withheld(h Handle, f LinkFilter) (count int) {
	types := f.Types
	if len(types) == 0 {
		types = record.LinkTypes()
	}
	types = slices.DeleteFunc(slices.Clone(types), record.LinkType.Derived) // nobody proposes a mention
	for t := range c.told(h, f.Direction, typesOf(types...)) {
		if t.withheld {
			count++
		}
	}
	return count
}
