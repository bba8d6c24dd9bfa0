package graph_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// Two graphs that differ in nothing but what their hidden texts say give the
// public the same answers to the last byte: roles, dates, names, orders, counts
// and cursors.
func TestNothingHiddenShows(t *testing.T) {
	for seed := range uint64(2) {
		var answers [2]string
		var inside [2]string
		for variant := range answers {
			s := open(t, "")
			for i, ops := range secretScript(seed, uint64(variant)) {
				if _, err := s.Commit(t.Context(), change(fmt.Sprint("change ", i), ops...)); err != nil {
					t.Fatalf("seed %d, change %d: %v", seed, i, err)
				}
			}
			snap := snapshot(t, s)
			answers[variant] = everything(t, snap, record.Viewer{}, s.Version())
			inside[variant] = everything(t, snap, staff.Viewer, s.Version())
			sound(t, s)
		}
		if inside[0] == inside[1] {
			t.Fatalf("seed %d: staff see no difference; the script tests nothing", seed)
		}
		a, b := strings.Split(answers[0], "\n"), strings.Split(answers[1], "\n")
		for i := range a {
			if i >= len(b) || a[i] != b[i] {
				t.Errorf("seed %d: the public is told\n %s\n and\n %s", seed, a[i], b[min(i, len(b)-1)])
				break
			}
		}
	}
}

// What texts prove is what the links of records carry as evidence, whoever looks.
func TestProvenIsEvidence(t *testing.T) {
	for seed := range uint64(3) {
		s := open(t, "")
		for i, ops := range secretScript(seed, 0) {
			if _, err := s.Commit(t.Context(), change(fmt.Sprint("change ", i), ops...)); err != nil {
				t.Fatalf("seed %d, change %d: %v", seed, i, err)
			}
		}
		snap, found := snapshot(t, s), 0
		for _, l := range []record.Lens{{}, {Proposed: true}, {Viewer: staff.Viewer, Proposed: true}} {
			byText := provenByLinks(t, snap, l)
			for at, err := range snap.Nodes(t.Context(), l, record.WeeknoteKind, graph.NodeFilter{}, graph.ByName, "") {
				if err != nil {
					t.Fatal(err)
				}
				links, _, err := snap.Proven(t.Context(), l, at.Value.ID)
				if err != nil {
					t.Fatal(err)
				}
				found += len(links)
				var ids []string
				for _, link := range links {
					ids = append(ids, link.ID)
				}
				slices.Sort(ids)
				if !slices.Equal(ids, byText[at.Value.ID]) {
					t.Errorf("seed %d, %+v: %s proves %v, by the links %v", seed, l, at.Value.ID, ids, byText[at.Value.ID])
				}
			}
		}
		if found == 0 {
			t.Errorf("seed %d: no text proves anything; the script tests nothing", seed)
		}
	}
}

// provenByLinks are the links of all records, by the texts that they quote.
func provenByLinks(t *testing.T, snap *graph.Snapshot, l record.Lens) map[record.ID][]string {
	t.Helper()
	byText := map[record.ID][]string{}
	types := slices.DeleteFunc(record.LinkTypes(), record.LinkType.Derived)
	for _, kind := range record.Kinds() {
		for at, err := range snap.Nodes(t.Context(), l, kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				t.Fatal(err)
			}
			for link, err := range snap.Links(t.Context(), l, at.Value.ID, graph.LinkFilter{Types: types, Direction: record.Out}, "") {
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range link.Value.Evidence {
					own, err := snap.Node(t.Context(), l, e.Text)
					if err != nil {
						t.Fatal(err)
					}
					if !slices.Contains(byText[own.ID], link.Value.ID) {
						byText[own.ID] = append(byText[own.ID], link.Value.ID)
					}
				}
			}
		}
	}
	for _, ids := range byText {
		slices.Sort(ids)
	}
	return byText
}

// secretScript is a random run of changes. The seed decides their shape and what
// is public, the variant what the hidden texts say.
func secretScript(seed, variant uint64) (script [][]record.Op) {
	rng, secret := rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed, 100+variant))
	pick := func(r *rand.Rand, list ...string) string { return list[r.IntN(len(list))] }
	partners, projects := []string{"Snook", "Nitrous", "FutureGov"}, []string{"Playbook", "Data Map"}
	first := []record.Op{{SaveNode: &record.SaveNode{Node: record.Node{ID: "borough:camden", Name: "Camden", Borough: &record.Borough{ONSCode: "E09000007"}}}}}
	for _, name := range partners {
		first = append(first, saveNode(record.PartnerKind, name))
	}
	for _, name := range projects {
		first = append(first, saveNode(record.ProjectKind, name))
	}
	script = append(script, first)
	roles, merged := []string{"", "lead", "delivery", "data"}, map[record.ID]bool{}
	for i := range 60 {
		partner, project := pick(rng, partners...), pick(rng, projects...)
		from, to := record.NewID(record.PartnerKind, record.Slugify(partner)), record.NewID(record.ProjectKind, record.Slugify(project))
		status := record.LinkStatus(pick(rng, "PROPOSED", "CONFIRMED"))
		if rng.IntN(2) == 0 {
			quote := fmt.Sprintf("%s works on %s, %d.", partner, project, i)
			link := during(inRole(saveLink(record.PartnerIn, from, to, "#text", quote, status), pick(rng, roles...)), pick(rng, "", "2019", "2020-05", "2021-06-07"), "")
			script = append(script, []record.Op{saveText(fmt.Sprintf("open %d", rng.IntN(5)), fmt.Sprintf("Open %d\n\n%s", i, quote), record.Public, pick(rng, "", "2021", "2022-03"),
				map[string]record.ID{partner: from}), link})
			continue
		}
		words := pick(secret, "in spring", "with regret", "for a lot of money")
		quote := fmt.Sprintf("Secretly %s leads %s %s, %d.", partner, project, words, i)
		hidden := saveNode(record.PartnerKind, fmt.Sprintf("%s Hidden %d", pick(secret, "Alpha", "Omega", "Zeta"), i), pick(secret, "Snook", "Other"))
		hidden.SaveNode.Node.Stated, hidden.SaveNode.Handle = 0, "#hidden"
		source := fmt.Sprintf("closed %d", rng.IntN(4))
		v := record.Visibility(2 + rng.IntN(2))
		text := saveText(source, fmt.Sprintf("Closed %s %d\n\n%s Hidden too.", words, i, quote), v, pick(secret, "", "2018", "2020-02-02", "2024-01"),
			map[string]record.ID{"Hidden": "#hidden", partner: from})
		link := during(inRole(saveLink(record.PartnerIn, from, to, "#text", quote, status), pick(secret, roles...)), pick(secret, "", "2017", "2020-01-01", "2023-02"), "")
		other := during(inRole(saveLink(record.PartnerIn, "#hidden", to, "#text", "Hidden too.", record.Confirmed), pick(secret, roles...)), pick(secret, "", "2022"), "")
		joined := inRole(saveLink(record.Joined, "borough:camden", to, "#text", quote, status), pick(secret, "", "lead", "pilot"))
		script = append(script, []record.Op{hidden, text, link, other, joined})
		if rng.IntN(3) == 0 { // two that are one, of which the public may know only one
			id := record.NewID(record.PartnerKind, record.Slugify(hidden.SaveNode.Node.Name))
			ruling := &record.SaveRuling{Ruling: record.Ruling{Sort: record.Same, From: id, To: from}}
			if rng.IntN(2) == 0 && !merged[from] {
				merged[from] = true
				ruling.Ruling.From, ruling.Ruling.To = from, id
			}
			script = append(script, []record.Op{{SaveRuling: ruling}})
		}
		if rng.IntN(4) == 0 {
			script = append(script, []record.Op{{Withdraw: &record.Withdraw{ID: fmt.Sprintf("link:%d", 1+rng.IntN(6))}}})
			script = append(script, []record.Op{{Undo: &record.Undo{Number: uint64(len(script))}}})
		}
	}
	return script
}

// everything is all that a viewer can ask, answered.
func everything(t *testing.T, snap *graph.Snapshot, w record.Viewer, changes uint64) string {
	var b strings.Builder
	say := func(what string, v any, err error) {
		raw, _ := json.Marshal(v)
		fmt.Fprintf(&b, "%s: %s %v\n", what, raw, err)
	}
	for _, l := range []record.Lens{{}, {Proposed: true}, {AsOf: record.PartialDate{Year: 2020, Month: 3, Day: 4}}, {AsOf: record.PartialDate{Year: 2022, Month: 1, Day: 1}, Proposed: true}} {
		l.Viewer = w
		census, err := snap.Census(t.Context(), l)
		say("census", census, err)
		for link, err := range snap.Waiting(t.Context(), l) {
			say("waiting", link, err)
		}
		for naming, err := range snap.Unknown(t.Context(), l) {
			say("unknown", naming, err)
		}
		redirects, err := snap.Redirects(l)
		say("redirects", redirects, err)
		for _, name := range []string{"Snook", "Other", "Alpha Hidden 3", "Camden"} {
			hits, err := snap.Find(t.Context(), l, name)
			say("find "+name, hits, err)
		}
		for _, kind := range record.Kinds() {
			for _, order := range []graph.Order{graph.ByName, graph.NewestFirst, graph.OldestFirst} {
				for at, err := range snap.Nodes(t.Context(), l, kind, graph.NodeFilter{}, order, "") {
					say("node", at, err)
					if order == graph.ByName && err == nil {
						everythingOf(t, snap, l, at.Value.ID, say)
					}
				}
			}
		}
		for _, f := range []graph.ParticipationFilter{{}, {Roles: []string{"lead"}}, {From: record.PartialDate{Year: 2020}, To: record.PartialDate{Year: 2021}}, {Partner: "Snook"}} {
			for at, err := range snap.Participations(t.Context(), l, f, "") {
				say("participation", at, err)
			}
			_, n, err := snap.CountParticipations(t.Context(), l, f)
			say("left out", n, err)
		}
		for n := range 5 * changes {
			link, err := snap.Link(t.Context(), l, fmt.Sprint("link:", n))
			say("link", link, err)
		}
	}
	return b.String()
}

func everythingOf(t *testing.T, snap *graph.Snapshot, l record.Lens, id record.ID, say func(string, any, error)) {
	merged, err := snap.MergedFrom(t.Context(), l, id)
	say("merged from", merged, err)
	for at, err := range snap.Links(t.Context(), l, id, graph.LinkFilter{}, "") {
		say("link of "+string(id), at, err)
		certainty, err := snap.Holds(l, at.Value)
		say("certainty", certainty, err)
	}
	counts, err := snap.LinkCounts(t.Context(), l, id)
	say("counts", counts, err)
	n, err := snap.Withheld(t.Context(), l, id, graph.LinkFilter{})
	say("left out", n, err)
	if id.Kind() == record.WeeknoteKind {
		proven, withheld, err := snap.Proven(t.Context(), l, id)
		say("proven", []any{proven, withheld}, err)
		for version := range 6 {
			text, err := snap.Text(t.Context(), l, id, version)
			say("text", text, err)
		}
	}
}
