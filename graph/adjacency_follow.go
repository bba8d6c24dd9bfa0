package graph

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"lotigraph/record"
)

// arrays is the adjacency of a snapshot, made when it is first asked for: from
// that of the nearest earlier snapshot that has one and what was written since,
// or from the store. So those who write wait for nobody, and a graph that is
// only written to keeps no arrays.
type arrays struct {
	mu     sync.Mutex // held by who makes them
	ready  atomic.Pointer[adjacency]
	asked  atomic.Bool
	before atomic.Pointer[arrays] // of the snapshot before; nil when they are not to be had from there

	nodes, links []ref // what was written since before
	count        int   // of what was written since the last that were ready
}

// maxFollowed is how many writes are followed one by one; beyond it everything
// is read anew.
const maxFollowed = 50_000

// maxFresh is how many links lie above a base before it is made anew; less in
// tests.
var maxFresh = 20_000

// handDown is where the next snapshot begins, when stage was written between.
func (a *arrays) handDown(st *stage) *arrays {
	next := &arrays{nodes: st.refsOf(nodeTable), links: st.refsOf(linkTable)}
	next.count = len(next.nodes) + len(next.links)
	if a.ready.Load() == nil {
		if !a.asked.Load() && a.before.Load() == nil {
			return &arrays{} // nobody walks
		}
		next.count += a.count
	}
	if next.count > maxFollowed {
		return &arrays{}
	}
	next.before.Store(a)
	return next
}

// refsOf lists the numbers of the keys that a stage writes to a table.
func (s *stage) refsOf(tag byte) []ref {
	list := make([]ref, 0, len(s.writes[tag]))
	for key := range s.writes[tag] {
		if n, err := lastNum([]byte(key), table(tag)); err == nil {
			list = append(list, n)
		}
	}
	return list
}

// adjacency is every link of the snapshot in memory.
func (s *Snapshot) adjacency(ctx context.Context) (*adjacency, error) {
	if a := s.arrays.ready.Load(); a != nil {
		return a, nil
	}
	s.arrays.mu.Lock()
	defer s.arrays.mu.Unlock()
	if a := s.arrays.ready.Load(); a != nil {
		return a, nil
	}
	s.arrays.asked.Store(true)
	var a *adjacency
	var err error
	if prior, since := s.arrays.prior(); prior != nil {
		a, err = s.follow(ctx, prior, since)
	} else {
		a, err = s.buildAdjacency(ctx)
	}
	if err != nil {
		return nil, err
	}
	s.arrays.ready.Store(a)
	s.arrays.before.Store(nil)
	return a, nil
}

// adjacencyAtHand is adjacency where it is there, or made from one that is; nil
// where everything would have to be read.
func (s *Snapshot) adjacencyAtHand(ctx context.Context) (*adjacency, error) {
	for a := s.arrays; a != nil; a = a.before.Load() {
		if a.ready.Load() != nil {
			return s.adjacency(ctx)
		}
		if a.asked.Load() {
			return nil, nil // somebody is making it, which may take long
		}
	}
	return nil, nil
}

// prior finds the nearest earlier arrays that are ready, or that somebody is
// making, and what was written since; nil when there are none.
func (a *arrays) prior() (ready *adjacency, since []*arrays) {
	for {
		since = append(since, a)
		before := a.before.Load()
		if before == nil {
			return nil, nil
		}
		if before.asked.Load() && before.ready.Load() == nil {
			before.wait()
		}
		if ready = before.ready.Load(); ready != nil {
			return ready, since
		}
		a = before
	}
}

// atHand tells whether the arrays, or earlier ones that they follow from, are
// ready.
func (a *arrays) atHand() bool {
	for ; a != nil; a = a.before.Load() {
		if a.ready.Load() != nil {
			return true
		}
	}
	return false
}

// wait returns when nobody is making the arrays any more.
func (a *arrays) wait() {
	a.mu.Lock()
	defer a.mu.Unlock()
}

// follow makes the arrays of the snapshot from earlier ones and what was written
// since. What a text says of itself decides about all the links that it proves.
func (s *Snapshot) follow(ctx context.Context, prior *adjacency, since []*arrays) (*adjacency, error) {
	a := prior.above()
	changed := map[ref]bool{} // links
	judged := map[Handle]bool{}
	for _, w := range since {
		for _, l := range w.links {
			changed[l] = true
		}
		for _, n := range w.nodes {
			node, err := s.node(n)
			if err != nil {
				return nil, err
			}
			a.setNode(Handle(n), node)
			judged[Handle(n)] = true
			if node.Weeknote == nil {
				continue
			}
			proved, err := refs(s.view, proofPrefix(n))
			if err != nil {
				return nil, err
			}
			for _, l := range proved {
				changed[l] = true
			}
		}
	}
	for l := range changed {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := s.followLink(a, l, judged); err != nil {
			return nil, err
		}
	}
	for h := range judged {
		if a.nodes[h]&bitGuarded != 0 {
			node, err := s.node(ref(h))
			if err != nil {
				return nil, err
			}
			a.nodes[h] = bitsOf(node)
			a.judgeNode(h)
		}
	}
	if a.fresh > maxFresh {
		return a.folded()
	}
	return a, nil
}

func (s *Snapshot) followLink(a *adjacency, at ref, judged map[Handle]bool) error {
	e, err := load[edgeFacts](s.view, linkKey(at))
	if err != nil {
		return err
	}
	if e == nil { // written and taken back since
		return nil
	}
	judged[Handle(e.From)], judged[Handle(e.To)] = true, true
	a.drop(Handle(e.From), Handle(e.To), uint32(at))
	if !e.stands() {
		return nil
	}
	l, err := s.judge(at, e, func(n ref) (textFacts, error) {
		node, err := s.node(n)
		if err != nil {
			return textFacts{}, err
		}
		return factsOf(node), nil
	})
	if err != nil {
		return err
	}
	a.fresh++
	says := saying{e.Role, slices.Clone(e.shown)}
	for _, end := range []struct {
		near, far Handle
		out       bool
	}{{Handle(e.From), Handle(e.To), true}, {Handle(e.To), Handle(e.From), false}} {
		a.added[end.near] = append(slices.Clip(a.added[end.near]), row{link16: l, far: end.far, says: &says, out: end.out})
	}
	return nil
}

func (a *adjacency) setNode(h Handle, node *record.Node) {
	for int(h) >= len(a.nodes) {
		a.nodes, a.days = append(a.nodes, 0), append(a.days, 0)
	}
	a.nodes[h], a.days[h] = bitsOf(node), factsOf(node).day
}

// drop takes a link out; its ends never change.
func (a *adjacency) drop(from, to Handle, link uint32) {
	for _, h := range []Handle{from, to} {
		rows := a.added[h]
		if i := slices.IndexFunc(rows, func(r row) bool { return r.link == link }); i >= 0 {
			a.added[h] = slices.Concat(rows[:i], rows[i+1:])
		}
	}
	b := a.base
	if int(from)+1 >= len(b.outAt) {
		return
	}
	for i := b.outAt[from]; i < b.outAt[from+1]; i++ {
		if b.out[i].link == link {
			a.dead[i>>6] |= 1 << (i & 63)
			a.fresh++
			return
		}
	}
}
