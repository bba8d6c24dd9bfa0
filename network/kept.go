package network

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"weak"

	"lotigraph/graph"
	"lotigraph/record"
)

// Of answers the question from a snapshot, as [Build] does. The last few networks
// are kept for as long as their snapshots are, so that a page, its figures and its
// downloads come of one measurement; those who ask for one while it is made wait
// for it. A network follows from its ties alone, so one is used again after a change
// that moved none. Nobody may change what it returns.
func Of(ctx context.Context, s *graph.Snapshot, l record.Lens, q Question) (*Network, error) {
	return kept.of(ctx, s, l, q)
}

// kept are the networks of this process: of the last 8 those that together have no
// more than two million edges, about 80 MB.
var kept = keeper{most: 8, mostEdges: 2_000_000}

// keeper keeps networks, up to a count of them and of their edges.
type keeper struct {
	most, mostEdges int

	mu   sync.Mutex
	list []*keep // the last asked for first
}

// keep is a network that is made or being made.
type keep struct {
	key
	made    chan struct{} // closed when it is, or when that failed
	ties    digest
	network *Network // nil where that failed
	err     error
}

// key is what a network follows from. A snapshot is not kept for its networks.
type key struct {
	snapshot weak.Pointer[graph.Snapshot]
	lens     record.Lens
	question string
}

func keyOf(s *graph.Snapshot, l record.Lens, q Question) key {
	types := slices.Sorted(slices.Values(q.Types))
	q.Types = nil
	lens := record.Lens{Viewer: record.Viewer{Clearance: max(l.Viewer.Clearance, record.Public)}, AsOf: l.AsOf, Proposed: l.Proposed}
	return key{weak.Make(s), lens, fmt.Sprint(q, slices.Compact(types))}
}

func (k *keeper) of(ctx context.Context, s *graph.Snapshot, l record.Lens, q Question) (*Network, error) {
	if err := errors.Join(l.Validate(), q.Validate()); err != nil {
		return nil, err
	}
	if q.Weight == "" {
		q.Weight = Shared
	}
	for {
		one, mine := k.take(keyOf(s, l, q))
		if mine {
			k.make(ctx, one, s, l, q)
			return one.network, one.err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-one.made:
		}
		if one.network != nil {
			return one.network, nil
		}
		if !errors.Is(one.err, context.Canceled) && !errors.Is(one.err, context.DeadlineExceeded) {
			return nil, one.err
		}
		// Who made it gave up, which is nobody else's end.
	}
}

// take finds a network, or a place for one that the caller is to make.
func (k *keeper) take(of key) (one *keep, mine bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	at := slices.IndexFunc(k.list, func(one *keep) bool { return one.key == of })
	if at >= 0 {
		one = k.list[at]
		k.list = slices.Delete(k.list, at, at+1)
	} else {
		one, mine = &keep{key: of, made: make(chan struct{})}, true
	}
	k.list = slices.Insert(k.list, 0, one)
	return one, mine
}

// make makes a network and keeps it, if that went well, as far as there is room.
func (k *keeper) make(ctx context.Context, one *keep, s *graph.Snapshot, l record.Lens, q Question) {
	one.err = errors.New("the network was not made to the end")
	defer func() {
		close(one.made)
		k.mu.Lock()
		defer k.mu.Unlock()
		k.sweep()
	}()
	var ties []Tie
	if ties, one.err = tiesOf(ctx, Store{Snapshot: s}, l, q); one.err != nil {
		return
	}
	one.ties = digestOf(ties)
	if one.network = k.alike(one); one.network != nil {
		one.err = nil
		return
	}
	n, err := build(ctx, ties, q)
	if one.err = err; err == nil {
		one.network = n
	}
}

// alike is a network of the same ties, lens and question, of another snapshot; nil
// where none is kept.
func (k *keeper) alike(one *keep) *Network {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, other := range k.list {
		select {
		case <-other.made:
			if other.network != nil && other.lens == one.lens && other.question == one.question && other.ties == one.ties {
				return other.network
			}
		default:
		}
	}
	return nil
}

// sweep lets go of what failed, of networks whose snapshots are gone where there is a
// newer one, and of the oldest beyond the bounds. One that is larger than them by
// itself is not kept.
func (k *keeper) sweep() {
	count, edges, newer := 0, 0, map[key]bool{}
	k.list = slices.DeleteFunc(k.list, func(one *keep) bool {
		select {
		case <-one.made:
		default:
			return false
		}
		asked := key{lens: one.lens, question: one.question}
		if one.network == nil || one.snapshot.Value() == nil && newer[asked] {
			return true
		}
		newer[asked] = true
		if count == k.most || edges+len(one.network.Edges) > k.mostEdges {
			return true
		}
		count++
		edges += len(one.network.Edges)
		return false
	})
}
