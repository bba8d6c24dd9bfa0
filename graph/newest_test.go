package graph_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// The entries of an id are those of the log in which it stands, newest first, those
// of changes that came since it was last asked included.
func TestNewestOf(t *testing.T) {
	defer graph.SetMaxFreshDeeds(50)()
	s := open(t, "")
	changes := busy(5, 60)
	say(t, s, changes[:40])
	early := snapshot(t, s)
	tellsOf(t, early)
	say(t, s, changes[40:50])
	tellsOf(t, snapshot(t, s))
	say(t, s, changes[50:])
	tellsOf(t, snapshot(t, s))
	tellsOf(t, early)
}

// tellsOf compares what is told of some ids with the whole log.
func tellsOf(t *testing.T, snap *graph.Snapshot) {
	t.Helper()
	found := 0
	for _, id := range []string{"partner:snook", "project:playbook", "link:3", "partner:nobody", "partner:snoo"} {
		for _, before := range []uint64{0, snap.Version() / 2} {
			var want, got []uint64
			whole := map[uint64]record.Entry{}
			for e, err := range snap.Newest(t.Context(), before) {
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
				if strings.Contains(string(raw), `"`+id+`"`) {
					want = append(want, e.Number)
					whole[e.Number] = e
				}
			}
			for e, err := range snap.NewestOf(t.Context(), id, before) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, e.Number)
				if of, ok := whole[e.Number]; ok {
					sameBriefly(t, id, e, of)
				}
			}
			missed := slices.ContainsFunc(want, func(n uint64) bool { return !slices.Contains(got, n) })
			if missed || len(got) > 0 && got[0] > snap.Version() || !slices.IsSortedFunc(got, func(a, b uint64) int { return int(b) - int(a) }) {
				t.Errorf("%s before %d: %v, not %v", id, before, got, want)
			}
			found += len(want)
		}
	}
	if found == 0 {
		t.Error("no entry was looked for")
	}
}

// sameBriefly holds that an entry is what the whole one says of an id.
func sameBriefly(t *testing.T, id string, brief, whole record.Entry) {
	t.Helper()
	text := func(of any) string {
		raw, err := json.Marshal(of)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	for i, op := range whole.Change.Ops {
		switch {
		case i >= len(brief.Change.Ops) || brief.Change.Ops[i].Sort() != op.Sort():
			t.Fatalf("change %d did %v, not %v", whole.Number, brief.Change.Ops, whole.Change.Ops)
		case op.SaveText == nil && op.SaveReading == nil && text(brief.Change.Ops[i]) != text(op):
			t.Errorf("change %d: %s\nnot %s", whole.Number, text(brief.Change.Ops[i]), text(op))
		}
	}
	brief.Change.Ops, whole.Change.Ops = nil, nil
	whole.Effects = slices.DeleteFunc(whole.Effects, func(e record.Effect) bool { return !strings.Contains(text(e), `"`+id+`"`) })
	if text(brief) != text(whole) {
		t.Errorf("%s in change %d: %s\nnot %s", id, whole.Number, text(brief), text(whole))
	}
}
