package network

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"lotigraph/graph"
	"lotigraph/record"
)

// shelf is a store with partners in one project, and what keeps their networks.
func shelf(t *testing.T) (*graph.Store, *keeper) {
	t.Helper()
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	body := "It says so."
	say(t, store, record.Op{SaveNode: &record.SaveNode{Kind: record.ProjectKind, Node: record.Node{Name: "One", Stated: record.Public}}},
		record.Op{SaveText: &record.SaveText{Title: "Note", Details: record.Weeknote{Source: "note", Form: record.FormWeeknote, Visibility: record.Public},
			Text: record.Text{Body: body, Main: record.Span{End: len(body)}}}})
	join(t, store, "Ash")
	join(t, store, "Birch")
	join(t, store, "Cedar")
	return store, &keeper{most: 2, mostEdges: 6}
}

func say(t *testing.T, store *graph.Store, ops ...record.Op) {
	t.Helper()
	c := record.Change{ID: fmt.Sprint("change ", store.Version()), Time: time.Unix(0, 0), Actor: "a test", Ops: ops}
	if _, err := store.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func join(t *testing.T, store *graph.Store, name string) {
	t.Helper()
	say(t, store, record.Op{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Handle: "#it", Node: record.Node{Name: name, Stated: record.Public}}},
		record.Op{SaveLink: &record.SaveLink{Link: record.Link{Type: record.PartnerIn, From: "#it", To: "project:one", Status: record.Confirmed,
			Evidence: []record.Evidence{{Text: "weeknote:note", Quote: "It says so."}}}}})
}

func look(t *testing.T, store *graph.Store) *graph.Snapshot {
	t.Helper()
	s, err := store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// One snapshot, lens and question have one network, whoever asks; anything else
// has another, and what is kept is bounded.
func TestKept(t *testing.T) {
	store, k := shelf(t)
	s := look(t, store)
	q := Question{Of: record.PartnerKind, Through: record.ProjectKind, Types: []record.LinkType{record.PartnerIn, record.FundedBy}}
	ask := func(s *graph.Snapshot, l record.Lens, q Question) *Network {
		t.Helper()
		n, err := k.of(t.Context(), s, l, q)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	first := ask(s, record.Lens{}, q)
	turned := q
	turned.Types, turned.Weight = []record.LinkType{record.FundedBy, record.PartnerIn}, Shared
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if n, err := k.of(t.Context(), s, record.Lens{Viewer: record.Viewer{Clearance: record.Public}}, turned); n != first || err != nil {
				t.Errorf("the same question has another network: %v", err)
			}
		})
	}
	group.Wait()
	newman, staff := q, record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}
	newman.Weight = Newman
	if a, b := ask(s, record.Lens{}, newman), ask(s, staff, q); a == first || b == first || a == b || a.Edges[0].Weight == b.Edges[0].Weight {
		t.Error("another question or lens has the same network")
	}
	if len(k.list) != 2 || ask(s, record.Lens{}, q) == first {
		t.Errorf("%d networks are kept, the oldest too", len(k.list))
	}
	join(t, store, "Dill")
	if now := ask(look(t, store), record.Lens{}, q); len(now.Nodes) != 4 || len(first.Nodes) != 3 {
		t.Errorf("after a change there are %d nodes, and before it %d", len(now.Nodes), len(first.Nodes))
	}
	if len(k.list) != 1 { // six edges, and no room for three more
		t.Errorf("%d networks are kept, with more edges than there may be", len(k.list))
	}
	join(t, store, "Elm")
	if ask(look(t, store), record.Lens{}, q); len(k.list) != 1 || len(k.list[0].network.Edges) != 6 {
		t.Error("a network that is too large by itself drove out another")
	}
	var refusal *record.Refusal
	if _, err := k.of(t.Context(), s, record.Lens{}, Question{Of: record.BoroughKind, Through: record.BoroughKind}); !errors.As(err, &refusal) {
		t.Errorf("a question that makes no sense: %v", err)
	}
}

// A change that moves no tie has the network of before it; one that moves a tie, or
// hides one, has another.
func TestKeptOverChanges(t *testing.T) {
	store, _ := shelf(t)
	k := &keeper{most: 8, mostEdges: 100}
	q := Question{Of: record.PartnerKind, Through: record.ProjectKind}
	ask := func(what string, nodes int) *Network {
		t.Helper()
		n, err := k.of(t.Context(), look(t, store), record.Lens{}, q)
		if err != nil {
			t.Fatal(err)
		}
		if len(n.Nodes) != nodes {
			t.Errorf("%s: %d nodes, not %d", what, len(n.Nodes), nodes)
		}
		return n
	}
	first := ask("at first", 3)
	say(t, store, record.Op{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Node: record.Node{ID: "partner:ash", Name: "Ash", Summary: "A tree.", Stated: record.Public}}})
	if ask("after a summary", 3) != first {
		t.Error("a summary moved the network")
	}
	join(t, store, "Dill")
	if ask("after another joined", 4) == first {
		t.Error("the network stayed when another joined")
	}
	say(t, store, record.Op{Withdraw: &record.Withdraw{ID: "partner:dill"}})
	if n := ask("after one was withdrawn", 3); n != first {
		t.Error("the network of the same ties was made again")
	}
	var all record.Lens
	all.Proposed = true
	if n, err := k.of(t.Context(), look(t, store), all, q); err != nil || n == first {
		t.Errorf("another lens has the same network: %v", err)
	}
}

// Who gives up ends nobody else's question.
func TestKeptGivenUp(t *testing.T) {
	store, k := shelf(t)
	s := look(t, store)
	q := Question{Of: record.PartnerKind, Through: record.ProjectKind}
	gone, leave := context.WithCancel(t.Context())
	leave()
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() {
			ctx := t.Context()
			if i%2 == 0 {
				ctx = gone
			}
			n, err := k.of(ctx, s, record.Lens{}, q)
			if i%2 == 1 && (err != nil || len(n.Nodes) != 3) {
				t.Errorf("others gave up, and the answer is %v, %v", n, err)
			}
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
	}
	group.Wait()
}
