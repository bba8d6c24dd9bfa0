package graph_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

func rule(sort record.RulingSort, from, to record.ID) record.Op {
	return record.Op{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: sort, From: from, To: to}}}
}

// standing lists the records of some kinds that staff see.
func standing(t *testing.T, s *graph.Store, kinds ...record.Kind) (ids []record.ID) {
	t.Helper()
	for _, kind := range kinds {
		for at, err := range snapshot(t, s).Nodes(t.Context(), staff, kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, at.Value.ID)
		}
	}
	return ids
}

// said are the answers to everything that each viewer can ask.
func said(t *testing.T, s *graph.Store) (all [3]string) {
	t.Helper()
	for i, v := range record.Visibilities() {
		all[i] = everything(t, snapshot(t, s), record.Viewer{Clearance: v}, 60)
	}
	return all
}

// Merges, taken back in any order, leave every viewer's answers to everything as
// they were; and while they stand the graph is sound and its lists agree.
func TestMergeThenUnmerge(t *testing.T) {
	for seed := range uint64(3) {
		s := open(t, "")
		say(t, s, script(seed, 150))
		for i, ops := range secretScript(seed, seed) {
			s.Commit(t.Context(), change(fmt.Sprint("secret ", i), ops...))
		}
		before := said(t, s)
		rng := rand.New(rand.NewPCG(seed, 3))
		ids := standing(t, s, record.PartnerKind, record.ProjectKind, record.WeeknoteKind)
		var rulings []string
		for range 40 {
			a, b := ids[rng.IntN(len(ids))], ids[rng.IntN(len(ids))]
			if a == b {
				continue
			}
			entry, err := s.Commit(t.Context(), change(fmt.Sprint("merge ", len(rulings), s.Version()), rule(record.Same, a, b)))
			if err == nil && entry.Saved[0].Outcome == record.Created {
				rulings = append(rulings, entry.Saved[0].ID)
			}
		}
		if len(rulings) < 5 {
			t.Fatalf("seed %d: %d merges test nothing", seed, len(rulings))
		}
		sound(t, s)
		agree(t, s)
		if said(t, s) == before {
			t.Fatalf("seed %d: merging changed nothing", seed)
		}
		rng.Shuffle(len(rulings), func(i, j int) { rulings[i], rulings[j] = rulings[j], rulings[i] })
		for _, id := range rulings {
			commit(t, s, record.Op{Withdraw: &record.Withdraw{ID: id}})
		}
		after := said(t, s)
		for i, v := range record.Visibilities() {
			if after[i] != before[i] {
				t.Errorf("seed %d: after un-merging, %v are told something else", seed, v)
			}
		}
		sound(t, s)
	}
}

// agree holds that what is said of one graph in several ways is the same: counts
// and lists, pages and wholes, the two ends of a link, and every id that leads to
// a record.
func agree(t *testing.T, s *graph.Store) {
	t.Helper()
	snap := snapshot(t, s)
	for _, l := range []record.Lens{{}, proposed, staff} {
		seen := map[string]int{}
		for _, kind := range record.Kinds() {
			for at, err := range snap.Nodes(t.Context(), l, kind, graph.NodeFilter{}, graph.ByName, "") {
				if err != nil {
					t.Fatal(err)
				}
				id := at.Value.ID
				whole := pagesOf(t, s, l, id, graph.LinkFilter{}, 1000)
				if pages := pagesOf(t, s, l, id, graph.LinkFilter{}, 2); !slices.Equal(whole, pages) {
					t.Errorf("%s: pages give %v, the whole list %v", id, pages, whole)
				}
				counts, err := snap.LinkCounts(t.Context(), l, id)
				total := 0
				for _, c := range counts {
					total += c.Count
				}
				if err != nil || total != len(whole) {
					t.Errorf("%s: %d links are counted and %d listed (%v)", id, total, len(whole), err)
				}
				for _, link := range whole {
					seen[link]++
				}
				merged, err := snap.MergedFrom(t.Context(), l, id)
				for _, old := range merged {
					if n, err := snap.Node(t.Context(), l, old); err != nil || n.ID != id {
						t.Errorf("%s was merged into %s and leads to %s, %v", old, id, n.ID, err)
					}
				}
				if err != nil {
					t.Error(err)
				}
			}
		}
		for link, times := range seen {
			if times != 2 {
				t.Errorf("%s is listed %d times; a link has two ends", link, times)
			}
		}
	}
}

// What is said of one of two merged records while they are one stays with the
// one it was said of.
func TestEditsStayWhereTheyBelong(t *testing.T) {
	s := open(t, "")
	commit(t, s, saveNode(record.PartnerKind, "Nitrous", "Nitrous Ltd"), saveNode(record.PartnerKind, "Nitros"), saveNode(record.ProjectKind, "Thirty3"), saveNode(record.ProjectKind, "Map"),
		saveText("n.md", "Note\n\nNitrous made Thirty3. Nitros made the Map.", record.Public, "2021", map[string]record.ID{"Nitrous": "#Nitrous", "Nitros": "#Nitros"}),
		saveLink(record.PartnerIn, "#Nitrous", "#Thirty3", "#text", "Nitrous made Thirty3.", record.Proposed),
		saveLink(record.PartnerIn, "#Nitros", "#Thirty3", "#text", "Nitros made the Map.", record.Proposed))
	merge := commit(t, s, rule(record.Same, "partner:nitros", "partner:nitrous"))
	want(t, "merged", links(t, s, staff, "project:thirty3"), []string{"nitrous PARTNER_IN thirty3 [note 1] [note 1]"})
	// A client reads the record and sends it back with a summary.
	node, err := snapshot(t, s).Node(t.Context(), public, "partner:nitros")
	if err != nil || !slices.Equal(node.Aliases, []string{"Nitrous Ltd", "Nitros"}) {
		t.Fatalf("%+v, %v", node, err)
	}
	node.Summary = "A company."
	commit(t, s, record.Op{SaveNode: &record.SaveNode{Node: node}},
		saveLink(record.PartnerIn, "partner:nitros", "project:map", "weeknote:note", "Nitros made the Map.", record.Confirmed),
		record.Op{ReviewLink: &record.ReviewLink{Link: "link:3", Status: record.Confirmed}})
	if entry, err := s.Commit(t.Context(), change("same again", rule(record.Same, "partner:nitrous", "partner:nitros"))); err != nil || entry.Saved[0].Outcome != record.Unchanged {
		t.Errorf("merging again: %v, %v", entry.Saved, err)
	}
	commit(t, s, record.Op{Withdraw: &record.Withdraw{ID: merge.Saved[0].ID}})
	want(t, "Nitrous", links(t, s, public, "partner:nitrous"), []string{"nitrous PARTNER_IN thirty3 [note 1]", "note MENTIONS nitrous [note 1]"})
	want(t, "Nitros", links(t, s, public, "partner:nitros"), []string{"nitros PARTNER_IN thirty3 [note 1]", "nitros PARTNER_IN map [note 1]", "note MENTIONS nitros [note 1]"})
	if node, err = snapshot(t, s).Node(t.Context(), public, "partner:nitrous"); err != nil || !slices.Equal(node.Aliases, []string{"Nitrous Ltd"}) || node.Summary != "A company." {
		t.Errorf("%+v, %v", node, err)
	}
	sound(t, s)
}

// What was rejected of one of two records stays rejected when it is proposed of
// the other while they are one.
func TestRejectionHoldsForAll(t *testing.T) {
	s := open(t, "")
	text := saveText("n.md", "Note\n\nNitrous made Thirty3.", record.Public, "2021", nil)
	propose := func(from record.ID) record.Op {
		return saveLink(record.PartnerIn, from, "project:thirty3", "weeknote:note", "Nitrous made Thirty3.", record.Proposed)
	}
	commit(t, s, saveNode(record.PartnerKind, "Nitrous"), saveNode(record.PartnerKind, "Nitros"), saveNode(record.ProjectKind, "Thirty3"), text)
	commit(t, s, propose("partner:nitros"), rule(record.Same, "partner:nitros", "partner:nitrous"), record.Op{ReviewLink: &record.ReviewLink{Link: "link:1", Status: record.Rejected}})
	if entry := commit(t, s, propose("partner:nitrous")); len(entry.Effects) != 0 {
		t.Errorf("it was proposed again: %+v", entry.Effects)
	}
	want(t, "links", links(t, s, staff, "project:thirty3"), nil)
}

// Rulings that contradict one another are refused, and one that was taken back
// can stand again only where it still fits.
func TestRulingsThatContradict(t *testing.T) {
	s := open(t, "")
	commit(t, s, saveNode(record.PartnerKind, "A"), saveNode(record.PartnerKind, "B"), saveNode(record.PartnerKind, "C"), saveNode(record.ProjectKind, "P"),
		record.Op{SaveNode: &record.SaveNode{Node: record.Node{ID: "borough:camden", Name: "Camden", Borough: &record.Borough{ONSCode: "E09000007"}}}},
		record.Op{SaveNode: &record.SaveNode{Node: record.Node{ID: "borough:barnet", Name: "Barnet", Borough: &record.Borough{ONSCode: "E09000003"}}}})
	first := commit(t, s, rule(record.Same, "partner:a", "partner:b"))
	refused := func(what string, class error, op record.Op) {
		t.Helper()
		if _, err := s.Commit(t.Context(), change(what, op)); !errors.Is(err, class) {
			t.Errorf("%s: %v", what, err)
		}
	}
	refused("distinct though merged", record.ErrConflict, rule(record.Distinct, "partner:a", "partner:b"))
	refused("two kinds", record.ErrInvalid, rule(record.Same, "partner:a", "project:p"))
	refused("boroughs", record.ErrInvalid, rule(record.Same, "borough:camden", "borough:barnet"))
	refused("itself", record.ErrInvalid, rule(record.Same, "partner:a", "partner:a"))
	refused("withdraw the merged one", record.ErrConflict, record.Op{Withdraw: &record.Withdraw{ID: "partner:a"}})
	commit(t, s, rule(record.Distinct, "partner:a", "partner:c"))
	refused("the group and C", record.ErrConflict, rule(record.Same, "partner:c", "partner:b"))
	commit(t, s, record.Op{Withdraw: &record.Withdraw{ID: first.Saved[0].ID}})
	commit(t, s, rule(record.Same, "partner:b", "partner:c"))
	refused("restore against a ruling", record.ErrConflict, record.Op{Restore: &record.Restore{ID: first.Saved[0].ID}})
	// The one that the others go by is withdrawn: all of them are gone, until it stands again.
	commit(t, s, record.Op{Withdraw: &record.Withdraw{ID: "partner:c"}})
	if ids := standing(t, s, record.PartnerKind); !slices.Equal(ids, []record.ID{"partner:a"}) {
		t.Errorf("standing: %v", ids)
	}
	commit(t, s, record.Op{Restore: &record.Restore{ID: "partner:c"}})
	if ids := standing(t, s, record.PartnerKind); !slices.Equal(ids, []record.ID{"partner:a", "partner:c"}) {
		t.Errorf("standing: %v", ids)
	}
	sound(t, s)
}

// A name that a person said is no record is not asked about again, however it is
// spelt; undone, it is.
func TestNameRuledOut(t *testing.T) {
	s := open(t, "")
	text := saveText("n.md", "Note\n\nWe met Big Bang.", record.Public, "2021", nil)
	text.SaveText.Unknown = []record.Unknown{{Kind: record.PartnerKind, Name: "Big Bang", Spans: []record.Span{{Start: 13, End: 21}}, Links: 2}}
	commit(t, s, text)
	waiting := func() (names []string) {
		for n, err := range snapshot(t, s).Unknown(t.Context(), staff) {
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, fmt.Sprint(n.Name, n.Texts, n.AllLinks))
		}
		return names
	}
	want(t, "at first", waiting(), []string{"Big Bang[weeknote:note] 2"})
	ruled := commit(t, s, record.Op{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: record.NoRecord, Kind: record.PartnerKind, Name: "The BIG bang"}}})
	want(t, "ruled out", waiting(), nil)
	if settled, err := snapshot(t, s).NameSettled(record.PartnerKind, "big-bang"); err != nil || !settled {
		t.Errorf("settled: %v, %v", settled, err)
	}
	commit(t, s, record.Op{Undo: &record.Undo{Number: ruled.Number}})
	want(t, "undone", waiting(), []string{"Big Bang[weeknote:note] 2"})
	commit(t, s, record.Op{SaveReading: &record.SaveReading{Text: "weeknote:note", Version: 1}})
	want(t, "read again", waiting(), nil)
	commit(t, s, record.Op{Undo: &record.Undo{Number: s.Version()}})
	want(t, "the reading undone", waiting(), []string{"Big Bang[weeknote:note] 2"})
	sound(t, s)
}
