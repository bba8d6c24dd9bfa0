package ask_test

import (
	"fmt"
	"strings"
	"testing"

	"lotigraph/ask"
	"lotigraph/graph"
	"lotigraph/record"
	"lotigraph/walk"
)

// TestLinkedIsWalked: what says how two records are linked are paths that walk
// finds, link for link, and every link between the two where there are some.
func TestLinkedIsWalked(t *testing.T) {
	s := programme(t)
	s.says(fact{kind: record.FundedBy, from: "project:warm-homes", to: "partner:snook", date: "2021-05-01"})
	a := over(t, s.store)
	if got, want := asked(t, a, "How are Snook and Warm Homes linked?").Sentence, "Snook and Warm Homes are linked directly: Snook is a delivery partner in Warm Homes, says Note 14; Warm Homes is funded by Snook, says Note 19."; got != want {
		t.Errorf("says %s\nwant %s", got, want)
	}
	names := []string{"Camden", "Brent", "Sutton", "Warm Homes", "LOTI", "Snook", "Ada Example"}
	for _, lens := range []record.Lens{{}, {Proposed: true}, {AsOf: record.PartialDate{Year: 2020, Month: 12, Day: 1}}} {
		a.Lens = lens
		for i, one := range names {
			for _, two := range names[i+1:] {
				answer := asked(t, a, "How are "+one+" and "+two+" linked?")
				sound(t, answer.Question, answer)
				againstWalk(t, a, answer)
			}
		}
	}
}

func againstWalk(t *testing.T, a ask.Asker, answer *ask.Answer) {
	t.Helper()
	found, err := walk.Between(t.Context(), a.View.Graph, a.Lens, walk.PathQuery{From: record.ID(answer.Slots[0].Value), To: record.ID(answer.Slots[1].Value),
		First: 100, MaxLength: 6, Damped: true})
	if err != nil {
		t.Fatal(err)
	}
	walked := map[string]bool{}
	for _, p := range found.Paths {
		walked[trail(p)] = true
	}
	ways := map[string][]string{}
	for _, row := range answer.Table.Rows {
		ways[row.Cells[0]] = append(ways[row.Cells[0]], fmt.Sprint(row.Records))
	}
	for number, steps := range ways {
		if !walked[strings.Join(steps, " ")] {
			t.Errorf("%s: way %s is no path: %v", answer.Question, number, steps)
		}
	}
	if (len(found.Paths) > 0) != (len(ways) > 0) {
		t.Errorf("%s: %d paths, %d ways", answer.Question, len(found.Paths), len(ways))
	}
}

// trail is a path as the rows of an answer have it.
func trail(p walk.Path) string {
	var steps []string
	for i := range p.Hops {
		steps = append(steps, fmt.Sprint([]record.ID{p.Nodes[i].ID, p.Nodes[i+1].ID}))
	}
	return strings.Join(steps, " ")
}

// A search that is stopped says so, and claims nothing.
func TestLinkedWithinLimits(t *testing.T) {
	a := over(t, programme(t).store)
	a.Work = 3
	want := "No chain of links from Ada Example to Snook was found. The search stopped when it had looked at three links, so there may be other ways."
	if got := asked(t, a, "How are Ada and Snook linked?").Sentence; got != want {
		t.Errorf("says %s\nwant %s", got, want)
	}
}

// What everybody is linked with joins two boroughs only where nothing closer
// does: of those that share a project, none is linked through an organisation
// first.
func TestLinkedPastHubs(t *testing.T) {
	a := seeded(t)
	var boroughs []record.ID
	for at, err := range a.View.Graph.Nodes(t.Context(), a.Lens, record.BoroughKind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil {
			t.Fatal(err)
		}
		boroughs = append(boroughs, at.Value.ID)
	}
	share, none := 0, 0
	for i, one := range boroughs {
		for _, two := range boroughs[i+1:] {
			slots := map[string]string{"one": string(one), "two": string(two)}
			together, err := a.Template(t.Context(), "together", slots, ask.When{})
			if err != nil {
				t.Fatal(err)
			}
			if len(together.Table.Rows) == 0 {
				none++
				continue
			}
			share++
			answer, err := a.Template(t.Context(), "linked", slots, ask.When{})
			if err != nil {
				t.Fatal(err)
			}
			if first := answer.Table.Rows[0].Records[1]; first.Kind() != record.ProjectKind && first.Kind() != record.PersonKind {
				t.Errorf("%s: %s", answer.Question, answer.Sentence)
			}
		}
	}
	t.Logf("%d pairs share a project, %d do not", share, none)
	if share < 30 {
		t.Errorf("only %d pairs of boroughs share a project: the test does not see much", share)
	}
}
