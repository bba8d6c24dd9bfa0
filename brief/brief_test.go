package brief_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"lotigraph/brief"
	"lotigraph/graph"
	"lotigraph/record"
)

// programme is a small programme made by chance: boroughs on tiles, projects,
// partners, and who takes part in what, some of it told to staff only.
func programme(t *testing.T, seed uint64) *graph.Snapshot {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 3))
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	say := func(ops ...record.Op) {
		t.Helper()
		c := record.Change{ID: fmt.Sprint("change ", store.Version()), Time: time.Unix(0, 0), Actor: "a test", Ops: ops}
		if _, err := store.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	body := "Note\n\nThey all work together."
	for i, seen := range []record.Visibility{record.Public, record.Staff} {
		say(record.Op{SaveText: &record.SaveText{Title: fmt.Sprint("Note ", i), Text: record.Text{Body: body, Main: record.Span{End: len(body)}},
			Details: record.Weeknote{Source: fmt.Sprint(i, ".md"), Form: record.FormWeeknote, Date: record.PartialDate{Year: 2021, Month: 5, Day: 1}, Visibility: seen}}})
	}
	for i := range 9 {
		name := fmt.Sprint("Borough ", i)
		say(record.Op{SaveNode: &record.SaveNode{Node: record.Node{ID: record.NewID(record.BoroughKind, record.Slugify(name)), Name: name,
			Borough: &record.Borough{ONSCode: fmt.Sprintf("E0900000%d", i+1), Column: i % 3, Row: i / 3}}}})
		say(record.Op{SaveNode: &record.SaveNode{Kind: record.ProjectKind, Node: record.Node{Name: fmt.Sprint("Project ", i), Stated: record.Public}}})
		say(record.Op{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Node: record.Node{Name: fmt.Sprint("Partner ", i), Stated: record.Public}}})
	}
	for range 70 {
		kind, of, roles := record.BoroughKind, record.Joined, record.Joined.Roles()
		if rng.IntN(3) == 0 {
			kind, of, roles = record.PartnerKind, record.PartnerIn, record.PartnerIn.Roles()
		}
		link := record.Link{Type: of, From: record.NewID(kind, fmt.Sprint(kind.Slug(), "-", rng.IntN(9))), To: record.NewID(record.ProjectKind, fmt.Sprint("project-", rng.IntN(9))),
			Role: roles[rng.IntN(len(roles))], Status: record.Confirmed, Confidence: 1}
		if rng.IntN(3) == 0 {
			link.Until = record.PartialDate{Year: 2022}
		}
		text := record.ID(fmt.Sprint("weeknote:note-", min(rng.IntN(5), 4)/4))
		link.Evidence = []record.Evidence{{Text: text, Quote: "They all work together.", Method: record.Curated, Confidence: 1}}
		say(record.Op{SaveLink: &record.SaveLink{Link: link}})
	}
	s, err := store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// What a brief says of a borough is what its participations, read one by one, come to.
func TestBriefAgreesWithParticipations(t *testing.T) {
	listed, similar := 0, 0
	for seed := range uint64(12) {
		s := programme(t, seed)
		for _, l := range []record.Lens{{}, {Viewer: record.Viewer{Clearance: record.Staff}}, {AsOf: record.PartialDate{Year: 2023, Month: 1, Day: 1}}} {
			joined, ended := map[record.ID][]record.ID{}, map[string]bool{}
			ever := l
			ever.AsOf = record.PartialDate{}
			for at, err := range s.Participations(t.Context(), ever, graph.ParticipationFilter{}, "") {
				if err != nil {
					t.Fatal(err)
				}
				if link := at.Value; link.Type == record.Joined && !slices.Contains(joined[link.From], link.To) {
					joined[link.From] = append(joined[link.From], link.To)
				}
				ended[at.Value.ID] = !at.Value.Until.IsZero()
			}
			for i := range 9 {
				b, err := brief.For(t.Context(), s, l, fmt.Sprint("Borough ", i))
				if err != nil {
					t.Fatal(err)
				}
				mine := joined[b.Borough.ID]
				if b.ProjectsEver != len(mine) {
					t.Errorf("seed %d: %s joined %d projects, not %d", seed, b.Borough.Name, len(mine), b.ProjectsEver)
				}
				for _, part := range []struct {
					lines []brief.Line
					over  bool
				}{{b.Led, false}, {b.Joined, false}, {b.Left, true}} {
					for _, line := range part.lines {
						listed++
						if ended[line.Link.ID] != part.over || line.Link.From != b.Borough.ID || len(line.Link.Evidence) == 0 {
							t.Errorf("seed %d: %s is in the wrong place, or without evidence", seed, line.Sentence)
						}
					}
				}
				for _, one := range b.Similar {
					similar++
					theirs := joined[one.Borough.ID]
					both := slices.DeleteFunc(slices.Clone(theirs), func(p record.ID) bool { return !slices.Contains(mine, p) })
					want := float64(len(both)) / float64(len(mine)+len(theirs)-len(both))
					if one.Score != want || len(one.Shared) != len(both) {
						t.Errorf("seed %d: %s is like %s by %v, not %v", seed, b.Borough.Name, one.Borough.Name, want, one.Score)
					}
				}
				for _, not := range b.NotJoined {
					if slices.Contains(mine, not.Project.ID) || len(not.By) == 0 {
						t.Errorf("seed %d: %s did join %s", seed, b.Borough.Name, not.Project.Name)
					}
				}
				for _, p := range b.Shared {
					for _, here := range p.Here {
						if !slices.Contains(mine, here.Link.To) {
							t.Errorf("seed %d: %s is no project of %s", seed, here.Sentence, b.Borough.Name)
						}
					}
					for _, n := range p.Neighbours {
						if !slices.ContainsFunc(p.There, func(l brief.Line) bool { return slices.Contains(joined[n.ID], l.Link.To) }) {
							t.Errorf("seed %d: nothing says that %s works with %s", seed, n.Name, p.Partner.Name)
						}
					}
				}
			}
		}
	}
	if listed == 0 || similar == 0 {
		t.Errorf("%d lines and %d similar boroughs: nothing was tested", listed, similar)
	}
}

// In the middle of a map of three by three there are four neighbours, in a corner two.
func TestNeighbours(t *testing.T) {
	s := programme(t, 1)
	for name, want := range map[string][]string{"Borough 4": {"Borough 1", "Borough 3", "Borough 5", "Borough 7"}, "Borough 0": {"Borough 1", "Borough 3"}} {
		b, err := brief.For(t.Context(), s, record.Lens{}, name)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range b.Neighbours {
			got = append(got, n.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("beside %s: %v, want %v", name, got, want)
		}
	}
	if _, err := brief.For(t.Context(), s, record.Lens{}, "Bristol"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("Bristol: %v", err)
	}
}
