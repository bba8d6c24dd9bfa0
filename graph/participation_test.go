package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// Participations are read from memory; they are the links that the store has of each
// project, in their order, and those left out are counted as it counts them.
func TestParticipationsAreTheStore(t *testing.T) {
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
			for _, f := range participationFilters(t, snap, l, rng) {
				want, left := stored(t, snap, l, f)
				got, out := participations(t, snap, l, f)
				if !slices.Equal(got, want) || out != left {
					t.Fatalf("seed %d, %+v, of %+v:\nmemory %q and %d withheld\nstore  %q and %d", seed, l, f, got, out, want, left)
				}
				found, withheld = found+len(got), withheld+out
			}
		}
	}
	if found < 300 || withheld < 60 {
		t.Errorf("%d participations and %d withheld ones test nothing", found, withheld)
	}
}

// participationFilters are those that name each partner, each project, both, and
// nobody but a role, a status or a period.
func participationFilters(t *testing.T, s *graph.Snapshot, l record.Lens, rng *rand.Rand) (list []graph.ParticipationFilter) {
	projects, partners := idsOfKind(t, s, l, record.ProjectKind), idsOfKind(t, s, l, record.PartnerKind)
	for _, id := range projects {
		list = append(list, graph.ParticipationFilter{Project: string(id)})
	}
	for _, id := range partners {
		list = append(list, graph.ParticipationFilter{Partner: string(id)})
		if len(projects) > 0 {
			list = append(list, graph.ParticipationFilter{Partner: string(id), Project: string(projects[rng.IntN(len(projects))])})
		}
	}
	from, until := day(t, "2021-03"), day(t, "2021-05-10")
	return append(list, graph.ParticipationFilter{}, graph.ParticipationFilter{Roles: []string{"lead", "data", "delivery"}},
		graph.ParticipationFilter{From: from}, graph.ParticipationFilter{To: until}, graph.ParticipationFilter{From: from, To: until},
		graph.ParticipationFilter{Statuses: []record.LinkStatus{record.Confirmed}}, graph.ParticipationFilter{Statuses: []record.LinkStatus{record.Proposed}})
}

// stored reads the participations link by link, project by project.
func stored(t *testing.T, s *graph.Snapshot, l record.Lens, f graph.ParticipationFilter) (list []string, withheld int) {
	t.Helper()
	linksOf := func(l record.Lens, project record.ID) (links []record.Link) {
		f2 := graph.LinkFilter{Types: []record.LinkType{record.Joined, record.PartnerIn}, Direction: record.In}
		for at, err := range s.Links(t.Context(), l, project, f2, "") {
			if err != nil {
				t.Fatal(err)
			}
			if fits(f, at.Value) {
				links = append(links, at.Value)
			}
		}
		return links
	}
	key := func(link record.Link) string {
		node, err := s.Node(t.Context(), l, link.From)
		if err != nil {
			t.Fatal(err)
		}
		number, _ := strconv.Atoi(strings.TrimPrefix(link.ID, "link:"))
		return fmt.Sprintf("%d %s\x00%09d", link.Type, record.Fold(node.Name), number)
	}
	open := l
	open.Proposed = true
	for _, project := range idsOfKind(t, s, l, record.ProjectKind) {
		if f.Project != "" && f.Project != string(project) {
			continue
		}
		links := linksOf(l, project)
		slices.SortFunc(links, func(a, b record.Link) int { return strings.Compare(key(a), key(b)) })
		for _, link := range links {
			list = append(list, fmt.Sprint(link))
		}
		withheld += len(linksOf(open, project)) - len(links)
	}
	return list, withheld
}

func fits(f graph.ParticipationFilter, link record.Link) bool {
	return (f.Partner == "" || f.Partner == string(link.From)) &&
		(len(f.Roles) == 0 || slices.Contains(f.Roles, link.Role)) &&
		(len(f.Statuses) == 0 || slices.Contains(f.Statuses, link.Status)) &&
		(f.From.IsZero() || link.Until.IsZero() || link.Until.Last().Compare(f.From.First()) >= 0) &&
		(f.To.IsZero() || link.Since.IsZero() || link.Since.First().Compare(f.To.Last()) <= 0)
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
		list = append(list, fmt.Sprint(at.Value))
	}
	_, withheld, err := s.CountParticipations(t.Context(), l, f)
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
