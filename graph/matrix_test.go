package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// The matrix is the participations of boroughs, each where its borough and project
// stand by name, and its totals count each borough once in each project. A roll call
// of a project finds those of its column, when it is taken at no time in particular.
func TestMatrixIsTheParticipations(t *testing.T) {
	cells, twice, withheld, possible := 0, 0, 0, 0
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 21))
		s := newTeller(t)
		s.say("text Note, 2021-06-15: It says so, of the Playbook.")
		s.say("text Secret, 2021-06-15, for staff: It says so.")
		projects := []string{"Playbook", "Data Map", "City Tools", "Thirty3"}
		for _, p := range projects {
			s.say("project " + p)
		}
		for i := range 7 {
			s.say(fmt.Sprintf("borough B%d, code E090000%02d", i, i+1))
		}
		for range 26 {
			dates := []string{"", " from 2021", " from 2021-05 until 2021-06", " from 2022", " until 2020"}[rng.IntN(5)]
			how := []string{"proposed", "confirmed", "confirmed"}[rng.IntN(3)]
			by := []string{`Note: "It says so, of the Playbook."`, `Secret: "It says so."`}[rng.IntN(4)/3]
			s.say(fmt.Sprintf("B%d joined %s%s, %s by %s", rng.IntN(7), projects[rng.IntN(4)], dates, how, by))
		}
		snap := snapshot(t, s.store)
		for range 12 {
			l := record.Lens{Proposed: rng.IntN(2) == 0, Viewer: record.Viewer{Clearance: record.Visibility(rng.IntN(4))}}
			if rng.IntN(2) == 0 {
				l.AsOf = day(t, fmt.Sprintf("20%d-%02d-%02d", 20+rng.IntN(3), 1+rng.IntN(12), 1+rng.IntN(28)))
			}
			f := graph.ParticipationFilter{}
			switch rng.IntN(6) {
			case 0:
				f.Project = projects[rng.IntN(4)]
			case 1:
				f.Borough = fmt.Sprint("B", rng.IntN(7))
			case 2:
				f.From = day(t, "2021-04")
			}
			m, err := snap.Matrix(t.Context(), l, f)
			if err != nil {
				t.Fatal(err)
			}
			got := cellsOf(t, m)
			want, left := joinedCells(t, snap, l, f)
			if !slices.Equal(got, want) || m.Withheld != left {
				t.Fatalf("seed %d, %+v, %+v:\n%q and %d withheld, want\n%q and %d", seed, l, f, got, m.Withheld, want, left)
			}
			cells, twice, withheld = cells+len(got), twice+len(got)-m.Joined, withheld+m.Withheld
			for _, cell := range m.Cells {
				if cell.Holds == record.Possibly {
					possible++
				}
			}
			addsUp(t, snap, l, f, m)
		}
	}
	if cells < 300 || twice < 10 || withheld < 20 || possible < 20 {
		t.Errorf("%d cells, %d of them second periods, %d only possible, %d withheld: that tests little", cells, twice, possible, withheld)
	}
}

// cellsOf lists the cells with what each says.
func cellsOf(t *testing.T, m graph.Matrix) (list []string) {
	t.Helper()
	for _, cell := range m.Cells {
		link, err := cell.Link(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if cell.Role != link.Role || cell.Since() != link.Since || cell.Until() != link.Until || cell.Evidence() != len(link.Evidence) || cell.Status() != link.Status {
			t.Errorf("a cell says %+v of %+v", cell, link)
		}
		list = append(list, fmt.Sprint(m.Boroughs[cell.Borough].ID, m.Projects[cell.Project].ID, link))
	}
	return list
}

// joinedCells lists the same from participations.
func joinedCells(t *testing.T, s *graph.Snapshot, l record.Lens, f graph.ParticipationFilter) (list []string, withheld int) {
	t.Helper()
	for at, err := range s.Participations(t.Context(), l, f, "") {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, fmt.Sprint(at.Value.From, at.Value.To, at.Value))
	}
	slices.SortStableFunc(list, func(a, b string) int { // boroughs B0 to B6 are in order by id, projects come in order
		return int(a[len("borough:b")]) - int(b[len("borough:b")])
	})
	_, withheld, err := s.CountParticipations(t.Context(), l, f)
	if err != nil {
		t.Fatal(err)
	}
	return list, withheld
}

// addsUp holds the totals of a matrix against its cells, and against roll calls.
func addsUp(t *testing.T, s *graph.Snapshot, l record.Lens, f graph.ParticipationFilter, m graph.Matrix) {
	t.Helper()
	pairs := map[[2]int]bool{}
	for _, cell := range m.Cells {
		pairs[[2]int{cell.Borough, cell.Project}] = true
	}
	boroughs, projects := m.Totals()
	sum := func(list []int) (n int) {
		for _, one := range list {
			n += one
		}
		return n
	}
	if m.Joined != len(pairs) || sum(boroughs) != len(pairs) || sum(projects) != len(pairs) || slices.Contains(boroughs, 0) || slices.Contains(projects, 0) {
		t.Errorf("%d joined, by boroughs %v, by projects %v, and there are %d", m.Joined, boroughs, projects, len(pairs))
	}
	if l.AsOf.IsZero() || !f.From.IsZero() || f.Project != "" || f.Borough != "" {
		return
	}
	for i, p := range m.Projects {
		rows, err := s.RollCall(t.Context(), l, graph.RollCallFilter{Project: string(p.ID)})
		if err != nil {
			t.Fatal(err)
		}
		joined := 0
		for _, row := range rows {
			if row.State == graph.HasJoined {
				joined++
			}
		}
		if joined != projects[i] {
			t.Errorf("%+v: %d joined %s by the roll, %d by the matrix", l, joined, p.Name, projects[i])
		}
	}
}
