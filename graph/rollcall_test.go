package graph_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// Every borough has one row under any lens, and stands as its links, read one by
// one, say. A roll taken on a day is sure of those that joined exactly when a link
// of theirs certainly holds.
func TestRollCallIsWhole(t *testing.T) {
	counts := map[graph.State]int{}
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 17))
		s := newTeller(t)
		s.say("project Playbook")
		s.say("text Note, 2021-06-15: It says so, of the Playbook.")
		s.say("text Secret, 2021-06-15, for staff: It says so.")
		const boroughs = 12
		for i := range boroughs {
			s.say(fmt.Sprintf("borough B%d, code E090000%02d", i, i+1))
			dates := []string{"", " from 2021", " from 2021-05", " from 2021-07-01", " until 2022", " until 2021-03", " from 2020 until 2022-02-03"}[rng.IntN(7)]
			how := []string{"proposed", "confirmed", "confirmed", ""}[rng.IntN(4)]
			by := []string{`Note: "It says so, of the Playbook."`, `Secret: "It says so."`}[rng.IntN(4)/3]
			if how != "" {
				s.say(fmt.Sprintf("B%d joined Playbook%s, %s by %s", i, dates, how, by))
			}
		}
		snap := snapshot(t, s.store)
		for range 20 {
			l := record.Lens{Proposed: rng.IntN(2) == 0, Viewer: record.Viewer{Clearance: record.Visibility(rng.IntN(4))}}
			if rng.IntN(3) > 0 {
				l.AsOf = day(t, fmt.Sprintf("20%d-%02d-%02d", 20+rng.IntN(4), 1+rng.IntN(12), 1+rng.IntN(28)))
			}
			rows, err := snap.RollCall(t.Context(), l, graph.RollCallFilter{Project: "Playbook"})
			if err != nil {
				t.Fatal(err)
			}
			if len(rows) != boroughs {
				t.Fatalf("seed %d: %d rows for %d boroughs", seed, len(rows), boroughs)
			}
			now := map[record.ID]record.Certainty{}
			for at, err := range snap.Participations(t.Context(), l, graph.ParticipationFilter{Project: "Playbook"}, "") {
				if err != nil {
					t.Fatal(err)
				}
				how, err := snap.Holds(l, at.Value)
				if err != nil {
					t.Fatal(err)
				}
				if l.AsOf.IsZero() && !at.Value.Until.IsZero() {
					how = record.No
				}
				now[at.Value.From] = max(now[at.Value.From], how)
			}
			for _, row := range rows {
				counts[row.State]++
				how := now[row.Borough.ID]
				if (row.State == graph.HasJoined) != (how != record.No) {
					t.Errorf("seed %d, %+v: %s is %s, and its links hold: %d", seed, l, row.Borough.Name, row.State, how)
				}
				if row.State == graph.HasJoined && row.Certain != (how == record.Certainly) {
					t.Errorf("seed %d, %+v: %s is certain: %t, and its links hold: %d", seed, l, row.Borough.Name, row.Certain, how)
				}
				if row.State == graph.HasLeft && len(row.Links) == 0 {
					t.Errorf("%s left what it had not joined", row.Borough.Name)
				}
			}
		}
	}
	for _, state := range graph.States() {
		if counts[state] == 0 {
			t.Errorf("nobody was %s: that is not tested", state)
		}
	}
}

// What participations are asked for by status is what they have.
func TestParticipationsByStatus(t *testing.T) {
	s := aYear(t)
	s.say("borough Barnet, code E09000003")
	s.say(`Barnet joined Playbook, proposed by Weeknote 1: "Sutton joined the Playbook."`)
	snap := snapshot(t, s.store)
	for status, want := range map[record.LinkStatus]int{record.Confirmed: 2, record.Proposed: 1} {
		got := 0
		for at, err := range snap.Participations(t.Context(), record.Lens{Proposed: true}, graph.ParticipationFilter{Statuses: []record.LinkStatus{status}}, "") {
			if err != nil || at.Value.Status != status {
				t.Errorf("asked for %s: %+v %v", status, at.Value, err)
			}
			got++
		}
		if got != want {
			t.Errorf("%d are %s, want %d", got, status, want)
		}
	}
	for _, err := range snap.Participations(t.Context(), record.Lens{}, graph.ParticipationFilter{Statuses: []record.LinkStatus{record.Rejected}}, "") {
		if err == nil {
			t.Error("what was rejected takes part")
		}
	}
}
