package graph_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"lotigraph/record"
)

// The entries of an id are those of the log in which it stands, newest first, as far
// back as asked.
func TestNewestOf(t *testing.T) {
	s := open(t, "")
	say(t, s, busy(5, 60))
	snap := snapshot(t, s)
	found := 0
	for _, id := range []string{"partner:snook", "project:playbook", "link:3", "partner:nobody", "partner:snoo"} {
		for _, behind := range []uint64{0, snap.Version() / 2} {
			var want, got []uint64
			for e, err := range snap.Newest(t.Context(), 0) {
				if err != nil {
					t.Fatal(err)
				}
				raw, err := json.Marshal(struct {
					Change  record.Change
					Effects []record.Effect
				}{e.Change, e.Effects})
				if err != nil {
					t.Fatal(err)
				}
				if e.Number > behind && strings.Contains(string(raw), `"`+id+`"`) {
					want = append(want, e.Number)
				}
			}
			for e, err := range snap.NewestOf(t.Context(), id, 0, behind) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, e.Number)
			}
			missed := slices.ContainsFunc(want, func(n uint64) bool { return !slices.Contains(got, n) })
			if missed || !slices.IsSortedFunc(got, func(a, b uint64) int { return int(b) - int(a) }) || len(got) > 0 && got[len(got)-1] <= behind {
				t.Errorf("%s behind %d: %v, not %v", id, behind, got, want)
			}
			found += len(want)
		}
	}
	if found == 0 {
		t.Error("no entry was looked for")
	}
}
