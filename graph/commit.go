package graph

import (
	"context"
	"encoding/json"
	"fmt"

	"lotigraph/record"
)

// request is a change on its way to the committer.
type request struct {
	change  record.Change
	preview bool // apply it, answer, and forget it
	answer  chan answer
}

type answer struct {
	entry record.Entry
	err   error // an internal fault; refusals are in the entry
}

// maxGroup is how many waiting changes, previews included, share one sync.
const maxGroup = 256

// Commit hands a change to the committer and waits for its verdict. When it
// returns without error the change is on disk, and the entry says its number,
// what was saved and what changed. A refusal is returned as the error, and is
// recorded too; a change that is not well formed by itself, or larger than
// record.MaxChange, is refused before it gets a number. A change id said before
// returns the first verdict. When the context ends first, the change may still
// be committed: say it again with the same id to know.
func (s *Store) Commit(ctx context.Context, c record.Change) (record.Entry, error) {
	return s.say(ctx, c, false)
}

// Preview says what a change would do, and forgets it.
func (s *Store) Preview(ctx context.Context, c record.Change) (record.Entry, error) {
	return s.say(ctx, c, true)
}

func (s *Store) say(ctx context.Context, c record.Change, preview bool) (record.Entry, error) {
	if err := ctx.Err(); err != nil {
		return record.Entry{}, err
	}
	if err := c.Validate(); err != nil {
		return record.Entry{}, err
	}
	raw, err := encode(c)
	if err != nil {
		return record.Entry{}, err
	}
	if len(raw) > record.MaxChange {
		return record.Entry{}, record.Invalid("", "the change takes %d bytes, more than the %d that one may; split it", len(raw), record.MaxChange)
	}
	// The committer works on a copy: what the caller does with its slices next
	// is no business of the log.
	r := request{preview: preview, answer: make(chan answer, 1)}
	if err := json.Unmarshal(raw, &r.change); err != nil {
		return record.Entry{}, fmt.Errorf("copy the change: %w", err)
	}
	select {
	case s.waiting <- r:
	case <-s.closing:
		return record.Entry{}, errClosed
	case <-ctx.Done():
		return record.Entry{}, ctx.Err()
	}
	select {
	case a := <-r.answer:
		if a.err != nil {
			return record.Entry{}, a.err
		}
		return a.entry, a.entry.Err()
	case <-ctx.Done():
		return record.Entry{}, ctx.Err()
	}
}

// commitLoop is the one committer.
func (s *Store) commitLoop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-s.waiting:
			g := s.newGroup()
			g.take(first)
			for taken, more := 1, true; more && taken < maxGroup; taken++ {
				select {
				case next := <-s.waiting:
					g.take(next)
				default:
					more = false
				}
			}
			g.finish()
		}
	}
}

// group is the changes that one transaction will store.
type group struct {
	store *Store
	base  *Snapshot
	stage *stage
	done  []verdict
	err   error // the first internal fault; everything behind it fails with it
}

type verdict struct {
	request request
	entry   record.Entry
}

func (s *Store) newGroup() *group {
	g := &group{store: s}
	g.begin()
	return g
}

func (g *group) begin() {
	if g.err = g.store.failure(); g.err != nil {
		return
	}
	if g.base, g.err = g.store.Snapshot(); g.err == nil {
		g.stage = newStage(g.base.view)
		g.store.ids.stored, _, g.err = loadNumber(g.base.view, metaKey(metaNextNode))
	}
}

// take applies one change above the ones taken before. A transaction that would
// grow beyond Badger's limit is stored first; a change is never split.
func (g *group) take(r request) {
	if g.err != nil {
		r.answer <- answer{err: g.err}
		return
	}
	top := newStage(g.stage)
	entry, err := apply(top, r.change, &g.store.ids)
	if err != nil {
		r.answer <- answer{err: err}
		return
	}
	if r.preview {
		r.answer <- answer{entry: entry}
		return
	}
	if g.store.db.Opts().InMemory && top.largest > memoryValue {
		r.answer <- answer{err: record.Invalid("", "the change makes a value of %d bytes, more than the %d that a graph in memory can hold; split it", top.largest, memoryValue)}
		return
	}
	maxSize, maxCount := g.store.db.MaxBatchSize()*9/10, g.store.db.MaxBatchCount()*9/10
	if top.size > maxSize || top.count > maxCount {
		r.answer <- answer{err: record.Invalid("", "the change touches more than one transaction can hold; split it")}
		return
	}
	if g.stage.size+top.size > maxSize || g.stage.count+top.count > maxCount {
		if g.finish(); g.err == nil {
			g.begin()
		}
		if g.err != nil { // what the change was applied above was never stored
			r.answer <- answer{err: g.err}
			return
		}
	}
	top.mergeInto(g.stage)
	g.done = append(g.done, verdict{r, entry})
}

// fail notes that a group could not be stored or published. What is on disk is
// then not known, so nothing more is written until the store is opened again.
func (s *Store) fail(err error) {
	s.log.Error("changes could not be stored; nothing is written any more", "error", err)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = fmt.Errorf("changes could not be stored, and nothing is written until the graph is opened again: %w", err)
}

func (s *Store) failure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.broken
}

// finish stores the group, publishes the new state and answers.
func (g *group) finish() {
	if g.base != nil {
		defer func() { g.base.Close(); g.base = nil }()
	}
	if g.err == nil && g.stage.count > 0 {
		if g.err = g.stage.store(g.store.db); g.err == nil {
			g.store.stored.Add(1)
			g.err = g.store.publish(g.stage)
		}
		if g.err != nil {
			g.store.fail(g.err)
		}
	}
	for _, v := range g.done {
		v.request.answer <- answer{v.entry, g.err}
	}
	g.done = nil
}
