package graph_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lotigraph/graph"
	"lotigraph/record"
)

// The same changes give the same graph and the same verdicts, whether they come
// one by one or wait for each other; a change said twice in one group has one
// verdict.
func TestGroupsDoNotMatter(t *testing.T) {
	for seed := range uint64(3) {
		changes := script(seed, 300)
		one, many := open(t, ""), open(t, t.TempDir())
		var verdicts, together []string
		for _, c := range changes {
			_, err := one.Commit(t.Context(), c)
			verdicts = append(verdicts, fmt.Sprint(err))
		}
		rng := rand.New(rand.NewPCG(seed, 1))
		for rest := changes; len(rest) > 0; {
			n := min(1+rng.IntN(60), len(rest))
			errs := graph.CommitTogether(many, append(slices.Clone(rest[:n]), rest[0]))
			if fmt.Sprint(errs[n]) != fmt.Sprint(errs[0]) {
				t.Errorf("seed %d: said again in one group: %v and then %v", seed, errs[0], errs[n])
			}
			for _, err := range errs[:n] {
				together = append(together, fmt.Sprint(err))
			}
			rest = rest[n:]
		}
		if !slices.Equal(verdicts, together) {
			t.Errorf("seed %d: verdicts differ", seed)
		}
		if stateHash(t, one) != stateHash(t, many) || one.Version() != many.Version() {
			t.Errorf("seed %d: the graphs differ", seed)
		}
		sound(t, many)
	}
}

// Whoever waits when the graph is closed is told so; what was accepted is there.
func TestCloseWhileChangesWait(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	var accepted sync.Map
	var group sync.WaitGroup
	for w := range 24 {
		group.Go(func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%d and %d", w, i)
				entry, err := s.Commit(t.Context(), change(name, saveNode(record.PartnerKind, name)))
				if err != nil {
					if !strings.Contains(err.Error(), "closed") {
						t.Error(err)
					}
					return
				}
				accepted.Store(record.ID(entry.Saved[0].ID), entry.Number)
			}
		})
	}
	time.Sleep(50 * time.Millisecond)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	group.Wait()
	if _, err := s.Snapshot(); err == nil {
		t.Error("a closed graph gives a snapshot")
	}
	again := open(t, dir)
	n := 0
	snap := snapshot(t, again)
	accepted.Range(func(id, number any) bool {
		n++
		if _, err := snap.Node(t.Context(), public, id.(record.ID)); err != nil || number.(uint64) > again.Version() {
			t.Errorf("%v was accepted as change %d: %v", id, number, err)
		}
		return true
	})
	if n == 0 {
		t.Error("nothing was accepted before the graph was closed")
	}
	sound(t, again)
}

// Those who only try do not keep those who write from being served.
func TestPreviewsDoNotStarveWriters(t *testing.T) {
	s := open(t, "")
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			for ctx.Err() == nil {
				if entry, err := s.Preview(ctx, change("try", saveNode(record.PartnerKind, "Tried"))); err == nil && entry.Saved[0].Outcome != record.Created {
					t.Errorf("%+v", entry.Saved)
				}
			}
		})
	}
	for i := range 20 {
		start := time.Now()
		commit(t, s, saveNode(record.PartnerKind, fmt.Sprint("Written ", i)))
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("a change waited %v", took)
		}
	}
	cancel()
	group.Wait()
	if hits, err := snapshot(t, s).Find(t.Context(), public, "Tried"); len(hits) > 0 || err != nil {
		t.Errorf("what was only tried is there: %v %v", hits, err)
	}
}

// A snapshot stays what it is while others write, for as long as somebody has it.
func TestSnapshotStays(t *testing.T) {
	s := playbook(t, t.TempDir())
	old := snapshot(t, s)
	want, err := old.StateHash(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	group.Go(func() { say(t, s, script(3, 200)) })
	for range 6 {
		group.Go(func() {
			for range 40 {
				if got, err := old.StateHash(t.Context()); err != nil || got != want || old.Version() != 1 {
					t.Errorf("the snapshot changed: version %d, %v", old.Version(), err)
				}
				fresh, err := s.Snapshot()
				if err != nil {
					t.Error(err)
					return
				}
				readAll(t, fresh)
				fresh.Close()
			}
		})
	}
	group.Wait()
	sound(t, s)
}

// readAll reads a snapshot in every way; what is read must fit together.
func readAll(t *testing.T, snap *graph.Snapshot) {
	for _, l := range []record.Lens{public, proposed, members, staff} {
		hidden, err := snap.Hidden(t.Context(), l)
		if err != nil {
			t.Error(err)
		}
		for _, kind := range record.Kinds() {
			for at, err := range snap.Nodes(t.Context(), l, kind, graph.NodeFilter{}, graph.ByName, "") {
				if err != nil || slices.Contains(hidden, at.Value.ID) {
					t.Errorf("%s is listed and hidden, %v", at.Value.ID, err)
					return
				}
				listed, counted := 0, 0
				for _, err := range snap.Links(t.Context(), l, at.Value.ID, graph.LinkFilter{}, "") {
					if err != nil {
						t.Error(err)
					}
					listed++
				}
				counts, err := snap.LinkCounts(t.Context(), l, at.Value.ID)
				for _, c := range counts {
					counted += c.Count
				}
				if err != nil || listed != counted {
					t.Errorf("%s has %d links and counts %d, %v", at.Value.ID, listed, counted, err)
				}
			}
		}
	}
}

// Reading and writing end when nobody waits any more.
func TestCancelled(t *testing.T) {
	s := playbook(t, "")
	snap := snapshot(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	first := func(err error) error { return err }
	for what, read := range map[string]func() error{
		"commit": func() error {
			_, err := s.Commit(ctx, change("late", saveNode(record.PartnerKind, "Late")))
			return err
		},
		"node":   func() error { _, err := snap.Node(ctx, public, "partner:snook"); return err },
		"find":   func() error { _, err := snap.Find(ctx, public, "snook"); return err },
		"census": func() error { _, err := snap.Census(ctx, public); return err },
		"counts": func() error { _, err := snap.LinkCounts(ctx, public, "partner:snook"); return err },
		"text":   func() error { _, err := snap.Text(ctx, public, "weeknote:weeknote-1", 0); return err },
		"nodes": func() (err error) {
			for _, err = range snap.Nodes(ctx, public, record.PartnerKind, graph.NodeFilter{}, graph.ByName, "") {
			}
			return first(err)
		},
		"links": func() (err error) {
			for _, err = range snap.Links(ctx, public, "partner:snook", graph.LinkFilter{}, "") {
			}
			return first(err)
		},
		"participations": func() (err error) {
			for _, err = range snap.Participations(ctx, public, graph.ParticipationFilter{}, "") {
			}
			return first(err)
		},
		"check": func() (err error) {
			for _, err = range snap.Check(ctx) {
			}
			return first(err)
		},
	} {
		if err := read(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if s.Version() != 1 {
		t.Errorf("version %d", s.Version())
	}
}

// The value log is collected while others read and write, and nothing is lost.
func TestCollectingTheValueLog(t *testing.T) {
	s, err := graph.Open(t.TempDir(), graph.Options{GC: 2 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for i := range 24 { // above Badger's threshold for the value log, and written anew each time
		body := fmt.Sprintf("Note\n\nVersion %d. %s", i, strings.Repeat("Snook works on it. ", 6000))
		op := saveText("n.md", body, record.Public, "2021", nil)
		for at := range 700 {
			op.SaveText.Mentions = append(op.SaveText.Mentions, record.Mention{To: "#Snook", Method: "test", Spans: []record.Span{{Start: 20 + 19*at, End: 25 + 19*at}}})
		}
		node := saveNode(record.PartnerKind, "Snook")
		node.SaveNode.Reuse = true
		commit(t, s, node, op)
	}
	sound(t, s)
}
