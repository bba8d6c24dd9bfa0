package graph_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"lotigraph/graph"
	"lotigraph/record"
)

var update = flag.Bool("update", false, "rewrite the answers of the stories from what happens")

// TestStories tells the graph the facts of each story and holds its answers
// against those written there. testdata/stories/README.md says how one is written.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/stories/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			teller := newTeller(t)
			for i := range archive.Files {
				f := &archive.Files[i]
				if f.Name == "say" {
					for line := range strings.Lines(string(f.Data)) {
						teller.say(strings.TrimSpace(line))
					}
					continue
				}
				got := teller.ask(f.Name)
				if *update {
					f.Data = []byte(got)
				} else if string(f.Data) != got {
					t.Errorf("%s\n got:\n%s\n want:\n%s", f.Name, got, f.Data)
				}
			}
			sound(t, teller.store)
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

var question = regexp.MustCompile(`^ask( a member| staff)?( as of \S+)?( with proposals)?: (.+ is there|.+ in|.+ for|.+ to|.+ has|.+ called|.+ hidden|.+ refused)( .*)?\?$`)

// ask answers a question of a story in words.
func (s *teller) ask(words string) string {
	s.t.Helper()
	parts := question.FindStringSubmatch(words)
	if parts == nil {
		s.t.Fatalf("%q is no question; testdata/stories/README.md says how to ask", words)
	}
	l := record.Lens{Proposed: parts[3] != ""}
	switch parts[1] {
	case " a member":
		l.Viewer.Clearance = record.Members
	case " staff":
		l.Viewer.Clearance = record.Staff
	}
	var err error
	if l.AsOf, err = record.ParsePartialDate(strings.TrimPrefix(parts[2], " as of ")); err != nil {
		s.t.Fatal(err)
	}
	snap, err := s.store.Snapshot()
	if err != nil {
		s.t.Fatal(err)
	}
	defer snap.Close()
	r := reader{s, snap, l}
	answers := map[string]func(name string) []string{
		"Who takes part in": r.takesPart, "How does the roll stand for": r.rolled, "What is linked to": r.linked, "How many links has": r.counted,
		"Who is called": r.called, "How much is there": r.census, "What is hidden": r.hidden, "Why was the last thing refused": s.why,
	}
	answer, ok := answers[parts[4]]
	if !ok {
		s.t.Fatalf("%q is no question; testdata/stories/README.md says how to ask", parts[4])
	}
	lines := answer(strings.TrimSpace(parts[5]))
	if len(lines) == 0 {
		lines = []string{"nothing"}
	}
	return strings.Join(lines, "\n") + "\n"
}

// reader answers the questions of one lens.
type reader struct {
	*teller
	snap *graph.Snapshot
	lens record.Lens
}

func (r reader) takesPart(project string) (lines []string) {
	f := graph.ParticipationFilter{Project: project}
	for at, err := range r.snap.Participations(r.t.Context(), r.lens, f, "") {
		if err != nil {
			return []string{err.Error()}
		}
		lines = append(lines, r.sentence(at.Value)...)
	}
	_, n, err := r.snap.CountParticipations(r.t.Context(), r.lens, f)
	return append(lines, leftOut(n, err)...)
}

func (r reader) rolled(name string) (lines []string) {
	rows, err := r.snap.RollCall(r.t.Context(), r.lens, graph.RollCallFilter{Project: name})
	if err != nil {
		return []string{err.Error()}
	}
	for _, row := range rows {
		lines = append(lines, fmt.Sprintf("%s: %s", row.Borough.Name, row.State))
	}
	return lines
}

func (r reader) linked(name string) (lines []string) {
	id := r.id(name)
	for at, err := range r.snap.Links(r.t.Context(), r.lens, id, graph.LinkFilter{}, "") {
		if err != nil {
			return []string{err.Error()}
		}
		lines = append(lines, r.sentence(at.Value)...)
	}
	n, err := r.snap.Withheld(r.t.Context(), r.lens, id, graph.LinkFilter{})
	return append(lines, leftOut(n, err)...)
}

func (r reader) counted(name string) (lines []string) {
	id := r.id(name)
	counts, err := r.snap.LinkCounts(r.t.Context(), r.lens, id)
	if err != nil {
		return []string{err.Error()}
	}
	for _, c := range counts {
		lines = append(lines, fmt.Sprintf("%d %s %s", c.Count, []string{"", "from it:", "to it:"}[c.Direction], c.Type.Phrase()))
	}
	n, err := r.snap.Withheld(r.t.Context(), r.lens, id, graph.LinkFilter{})
	return append(lines, leftOut(n, err)...)
}

func leftOut(n int, err error) []string {
	switch {
	case err != nil:
		return []string{err.Error()}
	case n == 0:
		return nil
	case n == 1:
		return []string{"1 proposal is left out"}
	}
	return []string{fmt.Sprintf("%d proposals are left out", n)}
}

func (r reader) called(name string) (lines []string) {
	hits, err := r.snap.Find(r.t.Context(), r.lens, name)
	if err != nil {
		return []string{err.Error()}
	}
	for _, n := range hits {
		lines = append(lines, fmt.Sprintf("%s, a %s", n.Name, n.Kind().Label()))
	}
	return lines
}

func (r reader) census(string) (lines []string) {
	c, err := r.snap.Census(r.t.Context(), r.lens)
	if err != nil {
		return []string{err.Error()}
	}
	for _, kind := range record.Kinds() {
		if c.Kinds[kind] > 0 {
			lines = append(lines, fmt.Sprintf("%s: %d", kind.Plural(), c.Kinds[kind]))
		}
	}
	return append(lines, fmt.Sprintf("proposals that wait: %d", c.Proposals))
}

func (r reader) hidden(string) (lines []string) {
	ids, err := r.snap.Hidden(r.t.Context(), r.lens)
	if err != nil {
		return []string{err.Error()}
	}
	for _, id := range ids {
		lines = append(lines, string(id))
	}
	slices.Sort(lines)
	return lines
}

// sentence is a link in words, with its evidence below it.
func (r reader) sentence(l record.Link) []string {
	words := r.names[l.From] + " " + l.Type.Phrase() + " " + r.names[l.To]
	for _, more := range [][2]string{{" as ", l.Role}, {" from ", l.Since.English()}, {" until ", l.Until.English()}} {
		if more[1] != "" && l.Type != record.Mentions {
			words += more[0] + more[1]
		}
	}
	if l.Status != record.Confirmed {
		words += ", " + strings.ToLower(string(l.Status))
	}
	certainty, err := r.snap.Holds(r.lens, l)
	if err != nil {
		r.t.Fatal(err)
	}
	if certainty != record.Certainly {
		words += ", possibly"
	}
	lines := []string{words}
	for _, e := range l.Evidence {
		gone := ""
		if e.Superseded {
			gone = ", no longer there"
		}
		lines = append(lines, fmt.Sprintf("  %s, version %d%s: %q", r.names[e.Text], e.Version, gone, e.Quote))
	}
	if len(l.Evidence) == 0 {
		lines = append(lines, "  no evidence is left")
	}
	return lines
}
