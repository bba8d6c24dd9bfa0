package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// What a participant takes part in is found through the links in memory; it is
// what the store has, project by project, in that order, with what is withheld.
func TestParticipationsOfOneAreThoseOfEachProject(t *testing.T) {
	found, withheld := 0, 0
	for seed := range uint64(12) {
		s := open(t, "")
		say(t, s, busy(seed, 110))
		snap := snapshot(t, s)
		rng := rand.New(rand.NewPCG(seed, 18))
		for _, l := range lenses() {
			if rng.IntN(3) > 0 {
				continue
			}
			projects := idsOfKind(t, snap, l, record.ProjectKind)
			for _, id := range idsOfKind(t, snap, l, record.PartnerKind) {
				var want []string
				left := 0
				for _, project := range projects {
					list, out := participations(t, snap, l, graph.ParticipationFilter{Project: string(project), Partner: string(id)})
					want, left = append(want, list...), left+out
				}
				got, out := participations(t, snap, l, graph.ParticipationFilter{Partner: string(id)})
				if !slices.Equal(got, want) || out != left {
					t.Fatalf("seed %d, %+v, of %s:\nmemory %q and %d withheld\nstore  %q and %d", seed, l, id, got, out, want, left)
				}
				found, withheld = found+len(got), withheld+out
			}
		}
	}
	if found < 100 || withheld < 20 {
		t.Errorf("%d participations and %d withheld ones test nothing", found, withheld)
	}
}

func idsOfKind(t *testing.T, s *graph.Snapshot, l record.Lens, kind record.Kind) (ids []record.ID) {
	t.Helper()
	for at, err := range s.Nodes(t.Context(), l, kind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, at.Value.ID)
	}
	return ids
}

func participations(t *testing.T, s *graph.Snapshot, l record.Lens, f graph.ParticipationFilter) (list []string, withheld int) {
	t.Helper()
	for at, err := range s.Participations(t.Context(), l, f, "") {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, fmt.Sprint(at.Value, at.Cursor))
	}
	withheld, err := s.WithheldParticipations(t.Context(), l, f)
	if err != nil {
		t.Fatal(err)
	}
	return list, withheld
}

// A borough without links is unknown exactly when a text names both it and what
// the roll is of, link by link in the store.
func TestRollCallKnowsWhoIsNamedTogether(t *testing.T) {
	counts := map[graph.State]int{}
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 19))
		s := newTeller(t)
		s.say("project Playbook")
		const boroughs = 8
		for i := range boroughs {
			s.say(fmt.Sprintf("borough Borough%d, code E090000%02d", i, i+1))
		}
		for n := range 4 {
			about := []string{"of the Playbook", "of nothing"}[rng.IntN(2)]
			for i := range boroughs {
				if rng.IntN(4) == 0 {
					about += fmt.Sprintf(" and Borough%d", i)
				}
			}
			s.say(fmt.Sprintf("text Note %d, 2021-06-15%s: It speaks %s.", n, []string{"", ", for staff"}[rng.IntN(2)], about))
		}
		snap := snapshot(t, s.store)
		for _, l := range lenses() {
			rows, err := snap.RollCall(t.Context(), l, graph.RollCallFilter{Project: "Playbook"})
			if err != nil {
				t.Fatal(err)
			}
			l.AsOf = record.PartialDate{}
			together := mentioned(t, snap, l, rows, "project:playbook")
			for _, row := range rows {
				want := graph.Never
				if together[row.Borough.ID] {
					want = graph.Unknown
				}
				counts[want]++
				if row.State != want {
					t.Errorf("seed %d, %+v: %s is %s, not %s", seed, l, row.Borough.Name, row.State, want)
				}
			}
		}
	}
	if counts[graph.Unknown] < 20 || counts[graph.Never] < 20 {
		t.Errorf("%v tests nothing", counts)
	}
}

// mentioned are the boroughs of a roll that a text names together with a record.
func mentioned(t *testing.T, s *graph.Snapshot, l record.Lens, rows []graph.RollCallRow, with record.ID) map[record.ID]bool {
	t.Helper()
	textsOf := func(id record.ID) map[record.ID]bool {
		texts := map[record.ID]bool{}
		for at, err := range s.Links(t.Context(), l, id, graph.LinkFilter{Types: []record.LinkType{record.Mentions}, Direction: record.In}, "") {
			if err != nil {
				t.Fatal(err)
			}
			texts[at.Value.From] = true
		}
		return texts
	}
	found := map[record.ID]bool{}
	own := textsOf(with)
	for _, row := range rows {
		for text := range textsOf(row.Borough.ID) {
			found[row.Borough.ID] = found[row.Borough.ID] || own[text]
		}
	}
	return found
}
