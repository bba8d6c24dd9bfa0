// Package view publishes what readers look at: one snapshot of the graph and one
// of the index, of the same data version, together. Hits, totals and links of
// one answer come from one View alone.
//
//	graph.Store ──changes──▶ index.CatchUp ──▶ View{graph, index} ──▶ readers
//
// A new view is published as a whole after each change. Readers keep theirs
// until they close it.
//
// A search goes through the lens: what the graph says of it (who is hidden, who
// is one with whom, what is linked with what) is made into one [index.Scope] per
// lens and view, which the index counts by. What a view knows of links it has
// from the view before it, but for what the changes between them touched
// (carry.go). A list by score goes on in the view it began in (keep.go).
package view

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"lotigraph/graph"
	"lotigraph/index"
)

// Publisher keeps the index level with the graph and publishes views.
type Publisher struct {
	store *graph.Store
	index *index.Index
	log   *slog.Logger

	mu      sync.Mutex
	current *View         // nil until the first is published and after the end
	kept    []*View       // earlier ones on which lists still go on, the oldest first
	changed chan struct{} // closed at the next publication
	failure error         // why the last attempt failed, nil when it did not

	// Looks are made beside the requests that ask for them, and are over before Run
	// returns: whoever closes the store then closes it under nobody.
	ending sync.Mutex // by itself: looks are begun under a lock of their view, and views handed down under mu
	life   context.Context
	end    context.CancelFunc
	making sync.WaitGroup
}

// New wires a publisher; Run makes it work.
func New(store *graph.Store, ix *index.Index, log *slog.Logger) *Publisher {
	life, end := context.WithCancel(context.Background())
	return &Publisher{store: store, index: ix, log: log, changed: make(chan struct{}), life: life, end: end}
}

// retry is the pause after a failed attempt to follow the graph.
const retry = time.Second

// Run follows the graph until the context ends: each change is indexed, then
// published. When the index cannot follow, it is tried again, and Ready says why.
func (p *Publisher) Run(ctx context.Context) error {
	defer p.stop()
	for {
		changed := p.store.Changed()
		err := p.catchUp(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		p.mu.Lock()
		p.failure = err
		p.mu.Unlock()
		if err != nil {
			p.log.Error("the index does not follow the graph", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(retry):
			}
			continue
		}
		select {
		case <-ctx.Done():
		case <-changed:
		}
	}
}

// stop ends the looks that are being made, and publishes that there is nothing
// any more.
func (p *Publisher) stop() {
	p.ending.Lock()
	p.end()
	p.ending.Unlock()
	p.making.Wait()
	p.publish(nil)
}

// begin lets a look be made: how long it may go on, and what to call when it is
// made. After the end there are none.
func (p *Publisher) begin() (life context.Context, done func(), err error) {
	p.ending.Lock()
	defer p.ending.Unlock()
	if err := p.life.Err(); err != nil {
		return nil, nil, err
	}
	p.making.Add(1)
	return p.life, p.making.Done, nil
}

// Beside does something with the newest view beside the requests, for as long as
// that may take: it is over before Run returns, and its context ends when the
// publisher does. Where there is no view, or none any more, nothing is done, and
// Beside is false.
func (p *Publisher) Beside(do func(ctx context.Context, v *View)) bool {
	v, err := p.Current()
	if err != nil {
		return false
	}
	life, done, err := p.begin()
	if err != nil {
		v.Close()
		return false
	}
	go func() {
		defer done()
		defer v.Close()
		do(life, v)
	}()
	return true
}

// catchUp brings the index to the graph's newest version and publishes both.
func (p *Publisher) catchUp(ctx context.Context) error {
	g, err := p.store.Snapshot()
	if err != nil {
		return err
	}
	v := Of(g, nil)
	v.publisher = p
	if p.index.Position() > g.Version() {
		// The index is ahead of the truth: it followed another graph.
		if err := p.index.Rebuild(); err != nil {
			v.Close()
			return fmt.Errorf("rebuild the index: %w", err)
		}
	}
	if err := p.index.CatchUp(ctx, g, g.Version()); err != nil {
		v.Close()
		return fmt.Errorf("catch up to change %d: %w", g.Version(), err)
	}
	if v.Index, err = p.index.Snapshot(); err != nil {
		v.Close()
		return fmt.Errorf("open the index at change %d: %w", g.Version(), err)
	}
	p.publish(v)
	return nil
}

func (p *Publisher) publish(v *View) {
	p.mu.Lock()
	old, changed := p.current, p.changed
	if old != nil && v != nil {
		v.looks.prior = old.handDown()
	}
	p.current, p.changed = v, make(chan struct{})
	now := time.Now()
	if v == nil { // the end
		now = now.Add(2 * keepFor)
	}
	kept := old != nil && p.keep(old, now)
	p.sweep(now)
	p.mu.Unlock()
	close(changed)
	if old != nil && !kept {
		old.Close()
	}
}

// Current hands out the newest view. Close it. Before the first is published
// the error says so.
func (p *Publisher) Current() (*View, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.current == nil {
		return nil, fmt.Errorf("no view is published yet: %w", errStarting)
	}
	p.current.users.Add(1)
	return p.current, nil
}

var errStarting = fmt.Errorf("the index is still catching up")

// Wait returns once a view of at least that version is published, or with the
// context's error.
func (p *Publisher) Wait(ctx context.Context, version uint64) error {
	for {
		p.mu.Lock()
		v, changed := p.current, p.changed
		p.mu.Unlock()
		if v != nil && v.Version() >= version {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

// Ready tells whether the published view is level with the graph, and if not, why.
func (p *Publisher) Ready() (ok bool, why string) {
	p.mu.Lock()
	v, failure := p.current, p.failure
	p.mu.Unlock()
	switch at := p.store.Version(); {
	case failure != nil:
		return false, "the index does not follow the graph; the log says why"
	case v == nil:
		return false, fmt.Sprintf("the index is at change %d of %d", p.index.Position(), at)
	case v.Version() < at:
		return false, fmt.Sprintf("the index is at change %d of %d", v.Version(), at)
	}
	return true, ""
}

// View is one published state. It is safe for concurrent use.
type View struct {
	Graph     *graph.Snapshot
	Index     *index.Snapshot
	publisher *Publisher // nil for one that was put together by hand
	users     atomic.Int64
	looks     looks
	paged     atomic.Int64 // when a cursor to a next page by score was last given, in Unix nanoseconds
}

// Of puts a view together from a snapshot of each. It closes them when it is
// closed itself.
func Of(g *graph.Snapshot, ix *index.Snapshot) *View {
	v := &View{Graph: g, Index: ix}
	v.users.Store(1)
	return v
}

// Version is the number of the last change in the view.
func (v *View) Version() uint64 { return v.Graph.Version() }

// Close gives the view back.
func (v *View) Close() {
	if v.users.Add(-1) > 0 {
		return
	}
	v.Graph.Close()
	if v.Index != nil {
		v.Index.Close()
	}
}
