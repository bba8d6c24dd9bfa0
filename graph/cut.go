package graph

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"lotigraph/record"
)

// Cut is every link in memory, as one lens shows it: what walks along many links
// read instead of the store. It equals what Links lists for every record.
//
// It copies nothing: each link carries what each clearance may see of it, and
// the lens is laid on as it is passed. Only links of merged records are settled
// beforehand, since they are one with others. It is safe for concurrent use and
// good for as long as its snapshot.
type Cut struct {
	snapshot *Snapshot
	all      *adjacency
	who      clearance
	proposed bool
	asOf     record.PartialDate
	unions   *unions
	joined   map[uint32]*joinedLink // links with a merged end → how they show; nil when they do not
	near     map[Handle][]Arc       // of merged records, by the rank of their far ends; proposals that the lens leaves out included
	beside   map[Handle][]Arc       // those of the other records with merged ones
	degrees  []atomic.Uint32        // and one, of those that were counted
}

// Arc is a link looked at from one of its ends.
type Arc struct {
	Near, Far Handle
	Out       bool // the link begins at Near
	Type      record.LinkType

	since, until packed
	link         uint32
	proposed     bool
	bare         bool // shown without role and dates
	superseded   bool
}

// From is where the link begins.
func (a Arc) From() Handle {
	if a.Out {
		return a.Near
	}
	return a.Far
}

// To is where it ends.
func (a Arc) To() Handle {
	if a.Out {
		return a.Far
	}
	return a.Near
}

// Since is when the link began, as the viewer may know it; zero when unknown.
func (a Arc) Since() record.PartialDate { return a.since.date() }

// Until is when the link ended, as the viewer may know it; zero when it holds.
func (a Arc) Until() record.PartialDate { return a.until.date() }

// Proposed tells that nobody reviewed the link.
func (a Arc) Proposed() bool { return a.proposed }

// Status is how far the link has come: Proposed or Confirmed.
func (a Arc) Status() record.LinkStatus {
	if a.proposed {
		return record.Proposed
	}
	return record.Confirmed
}

// LinkID is the link's id; [Snapshot.Link] has its evidence.
func (a Arc) LinkID() string { return linkID(ref(a.link)) }

// cuts are those that were made of a snapshot.
type cuts struct {
	mu sync.Mutex
	of map[record.Lens]*Cut
}

// maxCuts is how many cuts a snapshot keeps.
const maxCuts = 32

// Cut is the links of the snapshot under a lens. The first in a store's life
// reads the store, about a second for a million links; after a change only what
// it touched is read.
func (s *Snapshot) Cut(ctx context.Context, l record.Lens) (*Cut, error) {
	if err := errors.Join(ctx.Err(), l.Validate()); err != nil {
		return nil, err
	}
	key := SeenThrough(l)
	s.cuts.mu.Lock()
	known := s.cuts.of[key]
	s.cuts.mu.Unlock()
	if known != nil {
		return known, nil
	}
	c, err := s.newCut(ctx, key)
	if err != nil {
		return nil, err
	}
	s.cuts.mu.Lock()
	defer s.cuts.mu.Unlock()
	if s.cuts.of == nil || len(s.cuts.of) >= maxCuts {
		s.cuts.of = map[record.Lens]*Cut{}
	}
	s.cuts.of[key] = c
	return c, nil
}

// SeenThrough is what of a lens decides what it shows: not who looks, but what
// they may see.
func SeenThrough(l record.Lens) record.Lens {
	return record.Lens{Viewer: record.Viewer{Clearance: max(l.Viewer.Clearance, record.Public)}, AsOf: l.AsOf, Proposed: l.Proposed}
}

// cutAtHand is Cut where no more has to be read than what changes touched; nil
// where the whole store would have to be.
func (s *Snapshot) cutAtHand(ctx context.Context, l record.Lens) (*Cut, error) {
	if !s.arrays.atHand() {
		return nil, nil
	}
	return s.Cut(ctx, l)
}

func (s *Snapshot) newCut(ctx context.Context, l record.Lens) (*Cut, error) {
	all, err := s.adjacency(ctx)
	if err != nil {
		return nil, err
	}
	c := &Cut{snapshot: s, all: all, who: clearanceOf(l.Viewer), proposed: l.Proposed, asOf: l.AsOf, degrees: make([]atomic.Uint32, len(all.nodes))}
	if c.unions, err = s.unions(l.Viewer); err != nil || c.unions == nil {
		return c, err
	}
	return c, c.merge(ctx, l)
}

// Size is more than every handle: what an array by handle needs.
func (c *Cut) Size() int { return len(c.all.nodes) }

// Bytes is how much memory all links take, of whatever cut.
func (c *Cut) Bytes() int { return c.all.bytes() }

// Kind is the kind of a record; 0 when the lens shows none there: it is hidden,
// withdrawn, or goes by another one.
func (c *Cut) Kind(h Handle) record.Kind {
	if int(h) >= len(c.all.nodes) || !c.all.nodes[h].seen(c.who) || c.unions != nil && c.unions.one(ref(h)) != ref(h) {
		return 0
	}
	return c.all.nodes[h].kind()
}

// Handle finds the record that an id leads to; ErrNotFound when the lens shows
// none.
func (c *Cut) Handle(id record.ID) (Handle, error) {
	n, _, err := c.snapshot.refOf(c.lens(), id)
	return Handle(n), err
}

// ID is the id of a record.
func (c *Cut) ID(h Handle) (record.ID, error) { return c.snapshot.id(ref(h)) }

// Degree is how many links a record has under the lens; it is counted once.
func (c *Cut) Degree(h Handle) int {
	if int(h) >= len(c.degrees) {
		return 0
	}
	if known := c.degrees[h].Load(); known != 0 {
		return int(known - 1)
	}
	n := uint32(0)
	for range c.Ends(h) {
		n++
	}
	c.degrees[h].Store(n + 1)
	return int(n)
}

// Breadth is how many links Near looks at, those it does not show included.
func (c *Cut) Breadth(h Handle) int {
	if c.merged(h) {
		return len(c.near[h])
	}
	return c.all.breadth(h)
}

// Link is the link of an arc with its evidence, as the lens shows it.
func (c *Cut) Link(ctx context.Context, a Arc) (record.Link, error) {
	link, withheld, err := c.snapshot.shownAt(c.lens(), ref(a.link))
	if err := cmp.Or(ctx.Err(), err); err != nil {
		return record.Link{}, err
	}
	if link == nil || withheld {
		return record.Link{}, record.NotFound("there is no %s", a.LinkID())
	}
	return *link, nil
}

func (c *Cut) lens() record.Lens {
	return record.Lens{Viewer: c.who.lens().Viewer, AsOf: c.asOf, Proposed: c.proposed}
}
