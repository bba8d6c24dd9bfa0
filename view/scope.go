package view

import (
	"context"
	"sync"

	"lotigraph/index"
	"lotigraph/record"
)

// looks are what the viewers of one view see, each made when it is first asked
// for.
type looks struct {
	mu    sync.Mutex
	list  map[record.Lens]*look
	prior map[record.Lens]prior // of the view before this one
}

// look is what one lens shows of a view, ready to be searched.
type look struct {
	bare   *index.Scope  // without links
	whole  *index.Scope  // nil until done is closed
	links  *index.Links  // of whole
	err    error         // why there is no whole
	done   chan struct{} // closed when whole or err is there
	hidden []record.ID
	same   map[record.ID]record.ID
}

// prior is a look at an earlier version, of which most still holds; it may still
// be in the making.
type prior struct {
	version uint64
	look    *look
}

// handDown is what the next view may go on from.
func (v *View) handDown() map[record.Lens]prior {
	v.looks.mu.Lock()
	defer v.looks.mu.Unlock()
	all := map[record.Lens]prior{}
	for key, p := range v.looks.prior {
		if len(all) < maxLooks {
			all[key] = p
		}
	}
	for key, k := range v.looks.list {
		if len(all) < maxLooks || all[key].look != nil {
			all[key] = prior{v.Version(), k}
		}
	}
	return all
}

// maxLooks is how many lenses a view keeps ready, and few how many records are
// so few that their links are always read before the first search.
const (
	maxLooks = 16
	few      = 10_000
)

// scope is what the lens shows of the view. Lenses that show the same share it.
// Where there are many records, reading their links takes seconds: searches that
// ask for none do not wait for them, and only lack what links add to a score.
func (v *View) scope(ctx context.Context, l record.Lens, needsLinks bool) (*index.Scope, error) {
	k, err := v.look(ctx, l)
	if err != nil {
		return nil, err
	}
	select {
	case <-k.done:
	default:
		if !needsLinks && v.Index.Size() > few {
			return k.bare, nil
		}
		select {
		case <-k.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return k.whole, k.err
}

// look finds what a lens shows, or begins to make it.
func (v *View) look(ctx context.Context, l record.Lens) (*look, error) {
	key := record.Lens{Viewer: record.Viewer{Clearance: max(l.Viewer.Clearance, record.Public)}, AsOf: l.AsOf, Proposed: l.Proposed}
	v.looks.mu.Lock()
	defer v.looks.mu.Unlock()
	if k := v.looks.list[key]; k != nil {
		return k, nil
	}
	hidden, err := v.Graph.Hidden(ctx, key)
	if err != nil {
		return nil, err
	}
	same, err := v.Graph.Redirects(key)
	if err != nil {
		return nil, err
	}
	life, made := context.Background(), func() {}
	if v.publisher != nil {
		if life, made, err = v.publisher.begin(); err != nil {
			return nil, err
		}
	}
	k := &look{hidden: hidden, same: same, done: make(chan struct{}), bare: v.Index.Scope(hidden, same, nil, l.AsOf)}
	if v.looks.list == nil || len(v.looks.list) >= maxLooks { // days beyond number: those of before are made anew when asked for
		v.looks.list = map[record.Lens]*look{}
	}
	v.looks.list[key] = k
	before := v.looks.prior[key]
	v.users.CompareAndSwap(0, 1) // one that was put together by hand
	v.users.Add(1)
	go func() {
		defer made()
		defer v.Close()
		defer close(k.done)
		v.finish(life, key, k, before)
	}()
	return k, nil
}

// finish reads the links of a look. It goes on when the search that asked for it
// is given up: others wait for it too.
func (v *View) finish(ctx context.Context, l record.Lens, k *look, before prior) {
	if before.look != nil {
		<-before.look.done
	}
	k.links, k.err = v.linksOf(ctx, l, k, before)
	if k.err == nil {
		k.whole = v.Index.Scope(k.hidden, k.same, k.links, l.AsOf)
	}
}

// linksOf are the links that a look shows, carried on from those of an earlier one
// where that can be.
func (v *View) linksOf(ctx context.Context, l record.Lens, k *look, before prior) (*index.Links, error) {
	cut, err := v.Graph.Cut(ctx, l)
	if err != nil {
		return nil, err
	}
	links, err := v.carriedOn(ctx, cut, k, before)
	if err != nil || links != nil {
		return links, err
	}
	return allLinks(ctx, cut, v.Index)
}
