package network_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lotigraph/graph"
	"lotigraph/network"
	"lotigraph/record"
)

func open(t *testing.T) *graph.Store {
	t.Helper()
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func commit(t *testing.T, store *graph.Store, ops ...record.Op) {
	t.Helper()
	c := record.Change{ID: fmt.Sprint("change ", store.Version()), Time: time.Unix(0, 0), Actor: "a test", Ops: ops}
	if _, err := store.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func snapshot(t *testing.T, store *graph.Store) network.Store {
	t.Helper()
	s, err := store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return network.Store{Snapshot: s}
}

func day(s string) record.PartialDate {
	d, err := record.ParsePartialDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func node(kind record.Kind, name string) record.Op {
	n := record.Node{Name: name, Stated: record.Public}
	if kind == record.BoroughKind {
		n.Borough = &record.Borough{ONSCode: fmt.Sprintf("E0900%04d", len(name))}
	}
	return record.Op{SaveNode: &record.SaveNode{Kind: kind, Node: n}}
}

// note is a text that names records: each name is its slug with spaces.
func note(title, date string, v record.Visibility, names ...record.ID) record.Op {
	body := "It says so."
	var mentions []record.Mention
	for _, id := range names {
		start := len(body) + 1
		body += " " + strings.ReplaceAll(id.Slug(), "-", " ")
		mentions = append(mentions, record.Mention{To: id, Spans: []record.Span{{Start: start, End: len(body)}}, Method: "a test"})
	}
	return record.Op{SaveText: &record.SaveText{Title: title,
		Details:  record.Weeknote{Source: title, Form: record.FormWeeknote, Date: day(date), Visibility: v},
		Text:     record.Text{Body: body, Main: record.Span{End: len(body)}},
		Mentions: mentions}}
}

func link(from record.ID, t record.LinkType, to record.ID, since, until string, status record.LinkStatus, text record.ID) record.Op {
	return record.Op{SaveLink: &record.SaveLink{Link: record.Link{Type: t, From: from, To: to, Since: day(since), Until: day(until), Status: status,
		Confidence: 1, Evidence: []record.Evidence{{Text: text, Quote: "It says so.", Method: record.Curated, Confidence: 1}}}}}
}

func build(t *testing.T, s network.Store, l record.Lens, q network.Question) *network.Network {
	t.Helper()
	n, err := network.Build(t.Context(), s, l, q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return n
}

// edges are the edges of a network as sentences.
func edges(n *network.Network) []string {
	var list []string
	for _, e := range n.Edges {
		list = append(list, fmt.Sprintf("%s and %s, %.2g: %v", n.Nodes[e.A].ID.Slug(), n.Nodes[e.B].ID.Slug(), e.Weight, n.Shared(e)))
	}
	return list
}

// TestStory: four organisations in three projects, one of which ended, one link
// that nobody has reviewed, and one that only a closed text says.
func TestStory(t *testing.T) {
	store := open(t)
	var ops []record.Op
	for _, name := range []string{"Ash", "Birch", "Cedar", "Dill"} {
		ops = append(ops, node(record.PartnerKind, name))
	}
	for _, name := range []string{"One", "Two", "Three"} {
		ops = append(ops, node(record.ProjectKind, name))
	}
	commit(t, store, append(ops, note("Open", "2021-05", record.Public, "partner:ash", "partner:birch"), note("Closed", "2022-01-02", record.Staff, "partner:cedar", "partner:birch"))...)
	yes, open, closed := record.Confirmed, record.ID("weeknote:open"), record.ID("weeknote:closed")
	commit(t, store,
		link("partner:ash", record.PartnerIn, "project:one", "2019", "2020-06", yes, open),
		link("partner:birch", record.PartnerIn, "project:one", "2020", "", yes, open),
		link("partner:cedar", record.PartnerIn, "project:one", "", "", yes, open),
		link("partner:ash", record.PartnerIn, "project:two", "", "", yes, open),
		link("project:two", record.FundedBy, "partner:birch", "", "", yes, open),
		link("partner:cedar", record.PartnerIn, "project:two", "", "", record.Proposed, open),
		link("partner:cedar", record.PartnerIn, "project:three", "", "", yes, closed),
		link("partner:birch", record.PartnerIn, "project:three", "", "", yes, closed),
		link("partner:dill", record.PartnerIn, "project:three", "", "", yes, open))
	s := snapshot(t, store)
	public, staff := record.Lens{}, record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}
	proposed := record.Lens{Proposed: true}
	asOf := record.Lens{AsOf: day("2022-01-01")}
	q := network.Question{Of: record.PartnerKind, Through: record.ProjectKind}
	with := func(f func(*network.Question)) network.Question { c := q; f(&c); return c }
	for _, c := range []struct {
		name string
		lens record.Lens
		q    network.Question
		want []string
	}{
		{"everybody", public, q, []string{"ash and birch, 2: [project:one project:two]", "ash and cedar, 1: [project:one]", "birch and cedar, 1: [project:one]"}},
		{"staff", staff, q, []string{"ash and birch, 2: [project:one project:two]", "ash and cedar, 1: [project:one]", "birch and cedar, 2: [project:one project:three]",
			"birch and dill, 1: [project:three]", "cedar and dill, 1: [project:three]"}},
		{"proposals", proposed, q, []string{"ash and birch, 2: [project:one project:two]", "ash and cedar, 2: [project:one project:two]", "birch and cedar, 2: [project:one project:two]"}},
		{"as of", asOf, q, []string{"ash and birch, 1: [project:two]", "birch and cedar, 1: [project:one]"}},
		{"one type", public, with(func(q *network.Question) { q.Types = []record.LinkType{record.PartnerIn} }),
			[]string{"ash and birch, 1: [project:one]", "ash and cedar, 1: [project:one]", "birch and cedar, 1: [project:one]"}},
		{"a period", public, with(func(q *network.Question) { q.From = day("2021") }), []string{"ash and birch, 1: [project:two]", "birch and cedar, 1: [project:one]"}},
		{"Newman", public, with(func(q *network.Question) { q.Weight = network.Newman }),
			[]string{"ash and birch, 1.5: [project:one project:two]", "ash and cedar, 0.5: [project:one]", "birch and cedar, 0.5: [project:one]"}},
		{"through texts", public, network.Question{Of: record.PartnerKind, Through: record.WeeknoteKind}, []string{"ash and birch, 1: [weeknote:open]"}},
		{"through texts, staff", staff, network.Question{Of: record.PartnerKind, Through: record.WeeknoteKind}, []string{"ash and birch, 1: [weeknote:open]", "birch and cedar, 1: [weeknote:closed]"}},
		{"through texts of a time", staff, network.Question{Of: record.PartnerKind, Through: record.WeeknoteKind, From: day("2021-06")}, []string{"birch and cedar, 1: [weeknote:closed]"}},
		{"texts through what they name", staff, network.Question{Of: record.WeeknoteKind, Through: record.PartnerKind}, []string{"closed and open, 1: [partner:birch]"}},
	} {
		if got := edges(build(t, s, c.lens, c.q)); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
	n := build(t, s, public, q)
	if len(n.Nodes) != 4 || n.Components != 2 || n.Nodes[3].Degree != 0 || n.Nodes[3].Component != 2 {
		t.Errorf("Dill works alone, as far as everybody knows: %+v", n)
	}
	if nodes, kept := n.Part(network.ByWeightedDegree, 2); len(nodes) != 2 || nodes[0].ID != "partner:ash" || nodes[1].ID != "partner:birch" || len(kept) != 1 {
		t.Errorf("the first two by weight: %v %v", nodes, kept)
	}
}

// TestRefusals: what cannot be asked names the argument.
func TestRefusals(t *testing.T) {
	s := snapshot(t, open(t))
	for field, q := range map[string]network.Question{
		"of":      {Through: record.ProjectKind},
		"through": {Of: record.BoroughKind, Through: record.BoroughKind},
		"types":   {Of: record.BoroughKind, Through: record.ProjectKind, Types: []record.LinkType{record.Mentions}},
		"weight":  {Of: record.BoroughKind, Through: record.ProjectKind, Weight: "HEAVY"},
		"from":    {Of: record.BoroughKind, Through: record.ProjectKind, From: day("2022"), To: day("2021")},
	} {
		_, err := network.Build(t.Context(), s, record.Lens{}, q)
		var r *record.Refusal
		if !errors.Is(err, record.ErrInvalid) || !errors.As(err, &r) || r.Field != field {
			t.Errorf("%+v: got %v, want a refusal of %s", q, err, field)
		}
	}
	if n := build(t, s, record.Lens{}, network.Question{Of: record.BoroughKind, Through: record.ProjectKind}); len(n.Nodes) != 0 || n.Components != 0 {
		t.Errorf("of nothing: %+v", n)
	}
}

// TestAgreesWithParticipations: boroughs are joined through exactly the projects
// that participations list for both, whatever the lens and the period.
func TestAgreesWithParticipations(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 4))
		store := open(t)
		ops := []record.Op{note("Open", "2021-05", record.Public), note("Closed", "2022", record.Staff)}
		for i := range 6 {
			ops = append(ops, node(record.BoroughKind, "Borough "+strings.Repeat("x", i+1)), node(record.ProjectKind, fmt.Sprint("Project ", i)))
		}
		commit(t, store, ops...)
		pick := func(list ...string) string { return list[rng.IntN(len(list))] }
		for range 20 {
			from := record.ID("borough:borough-" + strings.Repeat("x", 1+rng.IntN(6)))
			commit(t, store, link(from, record.Joined, record.ID(fmt.Sprint("project:project-", rng.IntN(6))), pick("", "2019", "2020-03"), pick("", "2021", "2020-06-01"),
				record.LinkStatus(pick("CONFIRMED", "CONFIRMED", "PROPOSED")), record.ID(pick("weeknote:open", "weeknote:closed"))))
		}
		s := snapshot(t, store)
		for range 8 {
			l := record.Lens{Viewer: record.Viewer{Clearance: []record.Visibility{record.Public, record.Staff}[rng.IntN(2)]}, Proposed: rng.IntN(2) == 0, AsOf: day(pick("", "", "2020-05-01"))}
			q := network.Question{Of: record.BoroughKind, Through: record.ProjectKind, From: day(pick("", "2021")), To: day(pick("", "2022"))}
			in := map[record.ID]map[record.ID]bool{}
			for p, err := range s.Participations(t.Context(), l, graph.ParticipationFilter{From: q.From, To: q.To}, "") {
				if err != nil {
					t.Fatal(err)
				}
				if in[p.Value.From] == nil {
					in[p.Value.From] = map[record.ID]bool{}
				}
				in[p.Value.From][p.Value.To] = true
			}
			var want []string
			for a := range in {
				for b := range in {
					var shared []record.ID
					for p := range in[a] {
						if a < b && in[b][p] {
							shared = append(shared, p)
						}
					}
					if slices.Sort(shared); len(shared) > 0 {
						want = append(want, fmt.Sprintf("%s and %s, %d: %v", a.Slug(), b.Slug(), len(shared), shared))
					}
				}
			}
			slices.Sort(want)
			n := build(t, s, l, q)
			got := edges(n)
			if slices.Sort(got); !slices.Equal(got, want) || len(n.Nodes) != len(in) {
				t.Errorf("seed %d, %+v, %+v:\n got %q\nwant %q", seed, l, q, got, want)
			}
			if again := build(t, s, l, q); !reflect.DeepEqual(n, again) {
				t.Errorf("seed %d: asked twice, it differs", seed)
			}
		}
	}
}
