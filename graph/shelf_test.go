package graph_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// What is kept of a snapshot is made once, however many ask, and is not the next
// one's; what lasts is.
func TestShelf(t *testing.T) {
	store := playbook(t, "")
	var made atomic.Int64
	ask := func(on *graph.Shelf, key any) string {
		got, err := graph.Kept(t.Context(), on, key, func() (string, error) { return fmt.Sprint("thing ", made.Add(1)), nil })
		if err != nil {
			t.Error(err)
		}
		return got
	}
	type key struct{ lens record.Lens }
	before := snapshot(t, store)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := ask(before.Shelf(), key{}); got != "thing 1" {
				t.Errorf("the same snapshot gave %q", got)
			}
		})
	}
	all.Wait()
	if got := ask(before.Shelf(), key{record.Lens{Proposed: true}}); got != "thing 2" {
		t.Errorf("another lens gave %q", got)
	}
	lasting := ask(before.Lasting(), key{})
	commit(t, store, saveNode(record.PartnerKind, "Nitrous"))
	after := snapshot(t, store)
	if got := ask(after.Shelf(), key{}); got != "thing 4" {
		t.Errorf("the next snapshot gave %q", got)
	}
	if got := ask(after.Lasting(), key{}); got != lasting {
		t.Errorf("what lasts is %q, and was %q", got, lasting)
	}
}

// What fails is made again for the next who asks, and who gives up spoils nothing for
// those who wait.
func TestShelfAfterFailure(t *testing.T) {
	shelf := snapshot(t, playbook(t, "")).Shelf()
	wrong := errors.New("this went wrong")
	gives := func(thing int, err error) func() (int, error) { return func() (int, error) { return thing, err } }
	if _, err := graph.Kept(t.Context(), shelf, "a", gives(0, wrong)); !errors.Is(err, wrong) {
		t.Errorf("the failure is told as %v", err)
	}
	if got, err := graph.Kept(t.Context(), shelf, "a", gives(7, nil)); got != 7 || err != nil {
		t.Errorf("after a failure: %d, %v", got, err)
	}
	begun, goOn := signal(), signal()
	go graph.Kept(t.Context(), shelf, "b", func() (int, error) {
		close(begun)
		<-goOn
		return 0, context.Canceled
	})
	<-begun
	waits := signal()
	go func() {
		defer close(waits)
		if got, err := graph.Kept(t.Context(), shelf, "b", gives(8, nil)); got != 8 || err != nil {
			t.Errorf("after somebody gave up: %d, %v", got, err)
		}
	}()
	close(goOn)
	<-waits
	given, giveUp := context.WithCancel(t.Context())
	giveUp()
	begun, goOn = signal(), signal()
	defer close(goOn)
	go graph.Kept(t.Context(), shelf, "c", func() (int, error) { close(begun); <-goOn; return 0, nil })
	<-begun
	if _, err := graph.Kept(given, shelf, "c", gives(9, nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("who gives up hears %v", err)
	}
}

func signal() chan struct{} { return make(chan struct{}) }

// A link that was read is read again once it was changed, and stays what it was in the
// states before; many changes of other things later, too.
func TestLinksReadAgain(t *testing.T) {
	store := playbook(t, "")
	link := func(s *graph.Snapshot) record.Link {
		t.Helper()
		cut, err := s.Cut(t.Context(), record.Lens{Proposed: true})
		if err != nil {
			t.Fatal(err)
		}
		for arc := range cut.Links(record.PartnerKind) {
			l, err := cut.Link(t.Context(), arc)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		t.Fatal("there is no link")
		return record.Link{}
	}
	first := snapshot(t, store)
	was := link(first)
	roles := record.PartnerIn.Roles()
	for round := range 12 {
		changed := was
		changed.Role = roles[round%len(roles)]
		changed.ID = link(snapshot(t, store)).ID
		commit(t, store, record.Op{SaveLink: &record.SaveLink{Link: changed}})
		for i := range round {
			now := snapshot(t, store)
			if i%2 == 0 {
				link(now)
			}
			commit(t, store, saveNode(record.PartnerKind, fmt.Sprint("Partner ", round, i)))
		}
		if got := link(snapshot(t, store)).Role; got != changed.Role {
			t.Fatalf("round %d: the link has the role %q", round, got)
		}
		if got := link(first).Role; got != was.Role {
			t.Fatalf("round %d: in the first state the link has the role %q", round, got)
		}
	}
}
