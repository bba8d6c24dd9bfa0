package graph_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// shownAll is everything that a lens shows of a graph, in words.
func shownAll(t *testing.T, s *graph.Snapshot, l record.Lens) string {
	t.Helper()
	var b strings.Builder
	for _, kind := range record.Kinds() {
		for at, err := range s.Nodes(t.Context(), l, kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s %s %q %d %+v\n", at.Value.ID, at.Value.Name, at.Value.Aliases, at.Value.Revision, at.Value.Weeknote)
			if found, err := s.Find(t.Context(), l, at.Value.Name); err != nil || len(found) == 0 {
				t.Fatalf("%s is not found by its name: %v", at.Value.ID, err)
			}
			for link, err := range s.Links(t.Context(), l, at.Value.ID, graph.LinkFilter{}, "") {
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(&b, "  %+v\n", link.Value)
			}
			merged, err := s.MergedFrom(t.Context(), l, at.Value.ID)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "  goes for %v\n", merged)
		}
	}
	var backwards []string
	for at, err := range s.Nodes(t.Context(), l, record.WeeknoteKind, graph.NodeFilter{}, graph.OldestFirst, "") {
		if err != nil {
			t.Fatal(err)
		}
		backwards = append(backwards, string(at.Value.ID))
	}
	fmt.Fprintln(&b, backwards)
	census, err := s.Census(t.Context(), l)
	fmt.Fprintf(&b, "%+v %v\n", census, err)
	return b.String()
}

// asClosed is what is not as it was: how closed a text is.
var asClosed = regexp.MustCompile(`Visibility:\w+`)

// Taking changes back gives what replaying the log to the same number gives; and
// to those who may not see everything it shows no quote and no text that they may
// not read by now.
func TestEarlierStates(t *testing.T) {
	for seed := range uint64(6) {
		store := open(t, "")
		say(t, store, script(seed+20, 240))
		now := snapshot(t, store)
		for _, at := range []uint64{0, 1, 60, 150, 199, 238, 240} {
			replayed := open(t, "")
			if err := graph.Replay(t.Context(), now, at, replayed); err != nil {
				t.Fatal(err)
			}
			past, err := now.At(t.Context(), at)
			if err != nil {
				t.Fatal(err)
			}
			staff := record.Lens{Viewer: record.Viewer{Clearance: record.Staff}, Proposed: true}
			want := asClosed.ReplaceAllString(shownAll(t, snapshot(t, replayed), staff), "")
			if got := asClosed.ReplaceAllString(shownAll(t, past, staff), ""); got != want {
				t.Errorf("seed %d, change %d: taken back\n%.1500s\nreplayed\n%.1500s", seed, at, got, want)
			}
			hidesWhatIsHidden(t, now, past)
			past.Close()
		}
	}
}

func hidesWhatIsHidden(t *testing.T, now, past *graph.Snapshot) {
	t.Helper()
	public, staff := record.Lens{Proposed: true}, record.Lens{Viewer: record.Viewer{Clearance: record.Staff}, Proposed: true}
	closed := map[record.ID]bool{}
	for at, err := range now.Nodes(t.Context(), staff, record.WeeknoteKind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil {
			t.Fatal(err)
		}
		closed[at.Value.ID] = at.Value.Weeknote.Visibility != record.Public
	}
	for at, err := range past.Nodes(t.Context(), public, record.WeeknoteKind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil || closed[at.Value.ID] {
			t.Errorf("the public sees %s as it was, though it is closed now (%v)", at.Value.ID, err)
		}
	}
	shown := shownAll(t, past, public)
	for _, id := range slices.Sorted(maps.Keys(closed)) {
		if closed[id] && strings.Contains(shown, "Text:"+string(id)+" ") {
			t.Errorf("the public is shown a quote of %s, which is closed now", id)
		}
	}
}

func TestNoSuchState(t *testing.T) {
	s := open(t, "")
	commit(t, s, saveNode(record.ProjectKind, "Playbook"))
	if _, err := snapshot(t, s).At(t.Context(), 2); err == nil || !strings.Contains(err.Error(), "there is no data version 2 yet") {
		t.Errorf("a version to come: %v", err)
	}
}
