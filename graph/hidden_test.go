package graph_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// Hidden lists the records that cannot be read one by one, whichever way it finds
// them: from the links in memory, while they follow changes, or from the store.
func TestHiddenAreThoseNotRead(t *testing.T) {
	defer graph.JudgeSinglyUpTo(0)()
	hiddenAtAll := 0
	for seed := range uint64(4) {
		s := open(t, "")
		rng := rand.New(rand.NewPCG(seed, 5))
		for i, c := range busy(seed, 120) {
			say(t, s, []record.Change{c})
			if rng.IntN(4) > 0 {
				continue
			}
			snap := snapshot(t, s)
			for _, l := range []record.Lens{public, members} {
				want := notRead(t, snap, l)
				got, err := snap.Hidden(t.Context(), l)
				if err != nil {
					t.Fatal(err)
				}
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Fatalf("seed %d, after change %d: hidden from %+v are %q, and not read %q", seed, i+1, l.Viewer, got, want)
				}
				if again := notRead(t, snap, l); !slices.Equal(again, want) { // now that Hidden is known
					t.Fatalf("seed %d, after change %d: not read by %+v are %q, and were %q", seed, i+1, l.Viewer, again, want)
				}
				hiddenAtAll += len(want)
			}
			if rng.IntN(3) == 0 { // the next ones find links in memory
				if _, err := snap.Cut(t.Context(), public); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if hiddenAtAll < 100 {
		t.Errorf("%d records were hidden; the script tests nothing", hiddenAtAll)
	}
}

// notRead are the standing records that a lens does not show, in order.
func notRead(t *testing.T, snap *graph.Snapshot, l record.Lens) (ids []record.ID) {
	t.Helper()
	for d, err := range snap.Documents(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if d.Gone || d.Node.Withdrawn {
			continue
		}
		if _, err := snap.OwnNode(t.Context(), l, d.Node.ID); errors.Is(err, record.ErrNotFound) {
			ids = append(ids, d.Node.ID)
		} else if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(ids)
	return ids
}
