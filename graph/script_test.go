package graph_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"lotigraph/graph"
	"lotigraph/record"
)

// open opens a store in a folder, "" for memory, and closes it with the test.
func open(t *testing.T, dir string) *graph.Store {
	t.Helper()
	s, err := graph.Open(dir, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func snapshot(t *testing.T, s *graph.Store) *graph.Snapshot {
	t.Helper()
	snap, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(snap.Close)
	return snap
}

func stateHash(t *testing.T, s *graph.Store) string {
	t.Helper()
	snap, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	hash, err := snap.StateHash(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

// sound holds that Check finds nothing.
func sound(t *testing.T, s *graph.Store) {
	t.Helper()
	for broken, err := range snapshot(t, s).Check(t.Context()) {
		t.Errorf("broken: %s %v", broken, err)
	}
}

// commit says a change that must be accepted.
func commit(t *testing.T, s *graph.Store, ops ...record.Op) record.Entry {
	t.Helper()
	entry, err := s.Commit(t.Context(), change(fmt.Sprintf("%s-%d", t.Name(), s.Version()), ops...))
	if err != nil {
		t.Fatal(err)
	}
	return entry
}

func change(id string, ops ...record.Op) record.Change {
	return record.Change{ID: id, Time: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Actor: "a test", Ops: ops}
}

func saveNode(kind record.Kind, name string, aliases ...string) record.Op {
	n := record.Node{Name: name, Aliases: aliases, Stated: record.Public}
	return record.Op{SaveNode: &record.SaveNode{Kind: kind, Node: n, Handle: "#" + name}}
}

// saveText makes a text of a body whose first line is the title, naming the
// records of the ids given where their words stand.
func saveText(source, body string, v record.Visibility, date string, mentions map[string]record.ID) record.Op {
	title, _, _ := strings.Cut(body, "\n")
	d, err := record.ParsePartialDate(date)
	if err != nil {
		panic(err)
	}
	s := &record.SaveText{Handle: "#text", Title: title, Details: record.Weeknote{Source: source, Form: record.FormWeeknote, Date: d, Visibility: v},
		Text: record.Text{Body: body, Title: record.Span{End: len(title)}, Main: record.Span{End: len(body)}}}
	for _, words := range slices.Sorted(maps.Keys(mentions)) {
		if i := strings.Index(body, words); i >= 0 {
			s.Mentions = append(s.Mentions, record.Mention{To: mentions[words], Spans: []record.Span{{Start: i, End: i + len(words)}}, Method: "test"})
		}
	}
	return record.Op{SaveText: s}
}

func saveLink(t record.LinkType, from, to, text record.ID, quote string, status record.LinkStatus) record.Op {
	return record.Op{SaveLink: &record.SaveLink{Link: record.Link{Type: t, From: from, To: to, Status: status, Confidence: 0.5,
		Evidence: []record.Evidence{{Text: text, Quote: quote, Method: "test", Confidence: 0.5}}}}}
}

// script is a random but repeatable run of changes of every sort, some of which
// are refused: what the laws of the committer are held against.
func script(seed uint64, n int) []record.Change {
	rng := rand.New(rand.NewPCG(seed, 7))
	names := []string{"Snook", "PUBLIC", "Nitrous", "The Helix Centre", "FutureGov", "Faculty & Co"}
	projects := []string{"Playbook", "Thirty3", "City Tools", "Data Map"}
	id := func(kind record.Kind, name string) record.ID { return record.NewID(kind, record.Slugify(name)) }
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	var list []record.Change
	for i := range n {
		partner, project := pick(names), pick(projects)
		note := rng.IntN(6)
		source := fmt.Sprintf("note-%d.md", note)
		text := id(record.WeeknoteKind, fmt.Sprintf("Weeknote %d", note))
		sentence := partner + " works on " + project + "."
		var ops []record.Op
		switch rng.IntN(12) {
		case 0, 1:
			ops = []record.Op{saveNode(record.PartnerKind, partner, pick(names)+" Ltd"), saveNode(record.ProjectKind, project)}
			ops[rng.IntN(2)].SaveNode.Reuse = true
		case 2, 3:
			body := fmt.Sprintf("Weeknote %d\n\n%s %s", note, sentence, strings.Repeat("More words. ", rng.IntN(4)))
			ops = []record.Op{saveText(source, body, record.Visibility(1+rng.IntN(3)), fmt.Sprintf("2021-0%d", 1+rng.IntN(9)),
				map[string]record.ID{partner: id(record.PartnerKind, partner)})}
		case 4, 5:
			status := []record.LinkStatus{record.Proposed, record.Confirmed}[rng.IntN(2)]
			ops = []record.Op{saveLink(record.PartnerIn, id(record.PartnerKind, partner), id(record.ProjectKind, project), text, sentence, status)}
		case 6:
			ops = []record.Op{{ReviewLink: &record.ReviewLink{Link: fmt.Sprintf("link:%d", 1+rng.IntN(12)),
				Status: []record.LinkStatus{record.Confirmed, record.Rejected, record.Proposed}[rng.IntN(3)]}}}
		case 7:
			ops = []record.Op{{Withdraw: &record.Withdraw{ID: string([]record.ID{text, id(record.PartnerKind, partner)}[rng.IntN(2)])}}}
		case 8:
			ops = []record.Op{{Undo: &record.Undo{Number: uint64(1 + rng.IntN(i+1))}}}
		case 9:
			sort := []record.RulingSort{record.Same, record.Same, record.Distinct}[rng.IntN(3)]
			ops = []record.Op{{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: sort, From: id(record.PartnerKind, partner), To: id(record.PartnerKind, names[(slices.Index(names, partner)+1+rng.IntN(len(names)-1))%len(names)])}}}}
		case 10:
			again := []string{fmt.Sprintf("ruling:%d", 1+rng.IntN(8)), fmt.Sprintf("link:%d", 1+rng.IntN(12)), string(text), string(id(record.PartnerKind, partner))}[rng.IntN(4)]
			ops = []record.Op{{Restore: &record.Restore{ID: again}}}
			if rng.IntN(3) == 0 {
				ops = []record.Op{{Withdraw: &record.Withdraw{ID: again}}}
			}
		case 11:
			ops = []record.Op{{SaveReading: &record.SaveReading{Text: text, Version: 1 + rng.IntN(2),
				Mentions: []record.Mention{{To: id(record.PartnerKind, partner), Spans: []record.Span{{Start: 0, End: 8}}, Method: "test"}},
				Unknown:  []record.Unknown{{Kind: record.PartnerKind, Name: pick(names) + " Two", Spans: []record.Span{{Start: 0, End: 8}}}}}}}
		}
		list = append(list, change(fmt.Sprintf("change %d", i), ops...))
	}
	return list
}

// say says a script, refusals and all, and returns how many were refused.
func say(t *testing.T, s *graph.Store, changes []record.Change) (refused int) {
	t.Helper()
	for _, c := range changes {
		var refusal *record.Refusal
		if _, err := s.Commit(t.Context(), c); errors.As(err, &refusal) {
			refused++
		} else if err != nil {
			t.Fatalf("%s: %v", c.ID, err)
		}
	}
	return refused
}
