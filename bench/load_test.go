package bench_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"lotigraph/bench"
	"lotigraph/graph"
	"lotigraph/record"
)

// TestLoad holds that a made-up programme is a sound graph, that its names are
// Zipf's, and that it can be made again.
func TestLoad(t *testing.T) {
	const notes = 300
	store, err := graph.Open(t.TempDir(), graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	p, err := bench.Load(t.Context(), store, 1, notes)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for problem, err := range s.Check(t.Context()) {
		t.Fatal(problem, err)
	}
	if once, again := p.Note(7), p.Note(7); once.Text.Body != again.Text.Body || once.Text.Body == p.Note(8).Text.Body {
		t.Fatal("a note cannot be made again")
	}
	counts := map[record.ID]int{}
	words := map[string]int{}
	for note := range p.Notes(notes) {
		for _, m := range note.Mentions {
			counts[m.To]++
		}
		for _, w := range strings.Fields(note.Text.Body) {
			words[w]++
		}
		for _, l := range note.Said {
			if e := l.Evidence[0]; e.Span.Of(note.Text.Body) != e.Quote {
				t.Fatalf("%s: %q does not stand there", note.Name, e.Quote)
			}
		}
	}
	boroughs := p.Records(record.BoroughKind)
	if first, last := counts[boroughs[0].ID], counts[boroughs[len(boroughs)-1].ID]; first < 2*last || last == 0 {
		t.Errorf("the first borough is in %d notes and the last in %d", first, last)
	}
	once := 0
	for n := range maps.Values(words) {
		if n == 1 {
			once++
		}
	}
	if tail := float64(once) / float64(len(words)); tail < 0.3 {
		t.Errorf("%.2f of the words stand in one place only", tail)
	}
	if slices.Max(slices.Collect(maps.Values(words))) < notes {
		t.Error("no word is in every note")
	}
}
