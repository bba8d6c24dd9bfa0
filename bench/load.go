package bench

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"strconv"
	"sync"
	"time"

	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/seed"
)

// stamp is when everything made up was said.
var stamp = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// nodesPerChange is how many records one change of [Programme.Changes] saves.
const nodesPerChange = 200

// sayings is how many notes are evidence for a link at the most. In life a link
// that everybody knows is not proved again in every note either.
const sayings = 3

// Changes are the programme as changes: its records, then a change for each of
// the first n notes, with the mentions and links that reading it would give. The
// boroughs must be there.
func (p *Programme) Changes(n int) iter.Seq[record.Change] {
	return func(yield func(record.Change) bool) {
		var ops []record.Op
		number := 0
		flush := func() bool {
			number++
			c := record.Change{ID: "records " + strconv.Itoa(number), Time: stamp, Actor: "bench", Ops: ops}
			ops = nil
			return yield(c)
		}
		for saved := range p.Nodes() {
			if ops = append(ops, record.Op{SaveNode: &saved}); len(ops) == nodesPerChange && !flush() {
				return
			}
		}
		if len(ops) > 0 && !flush() {
			return
		}
		said := map[[3]string]int{}
		for note := range p.Notes(n) {
			if !yield(note.change(said)) {
				return
			}
		}
	}
}

// change is the note as a change; said counts the notes that say each link.
func (n Note) change(said map[[3]string]int) record.Change {
	ops := []record.Op{{SaveText: &record.SaveText{Handle: textHandle, Title: n.Title, URL: n.URL, Text: n.Text, Mentions: n.Mentions,
		Details: record.Weeknote{Source: n.URL, Form: record.FormWeeknote, Date: n.Date, Byline: n.Text.Byline.Of(n.Text.Body), Visibility: record.Public}}}}
	here := map[[3]string]bool{}
	for _, l := range n.Said {
		meaning := [3]string{l.Type.String(), string(l.From), string(l.To)}
		if l.Type != record.Authored {
			if here[meaning] || said[meaning] == sayings {
				continue
			}
			here[meaning] = true
			said[meaning]++
			l.Since = n.Date
		}
		ops = append(ops, record.Op{SaveLink: &record.SaveLink{Link: l}})
	}
	return record.Change{ID: n.Name, Time: stamp, Actor: "bench", Ops: ops}
}

// Boroughs imports London's boroughs and returns their names.
func Boroughs(ctx context.Context, store *graph.Store) ([]string, error) {
	name := record.BoroughKind.Plural() + ".csv"
	body, err := fs.ReadFile(seed.FS(), name)
	if err != nil {
		return nil, err
	}
	if _, err := ingest.New(store).File(ctx, ingest.File{Name: name, Body: body}, ingest.Options{}); err != nil {
		return nil, err
	}
	s, err := store.Snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	var names []string
	for at, err := range s.Nodes(ctx, record.Lens{}, record.BoroughKind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil {
			return nil, err
		}
		names = append(names, at.Value.Name)
	}
	return names, nil
}

// writers is how many changes are committed at once, so that they share syncs.
const writers = 64

// Load fills an empty graph with a programme of n notes and returns it.
// It goes the way that everything goes: each note is a change of its own.
func Load(ctx context.Context, store *graph.Store, seed uint64, n int) (*Programme, error) {
	boroughs, err := Boroughs(ctx, store)
	if err != nil {
		return nil, fmt.Errorf("import the boroughs: %w", err)
	}
	p := New(seed, n, boroughs)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	waiting := make(chan record.Change)
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for c := range waiting {
				if _, err := store.Commit(ctx, c); err != nil {
					stop(fmt.Errorf("change %s: %w", c.ID, err))
				}
			}
		})
	}
	textsBegun := false
	for c := range p.Changes(n) {
		if c.Ops[0].SaveText == nil || !textsBegun { // the records first
			textsBegun = c.Ops[0].SaveText != nil
			if _, err := store.Commit(ctx, c); err != nil {
				stop(fmt.Errorf("change %s: %w", c.ID, err))
			}
		} else {
			waiting <- c
		}
		if ctx.Err() != nil {
			break
		}
	}
	close(waiting)
	all.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return nil, err
	}
	return p, ctx.Err()
}
