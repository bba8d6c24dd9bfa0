package graph_test

import (
	"errors"
	"fmt"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// A doubt is for staff alone, is one however often it is said, goes with its link,
// and is undone, restored and looked back at like anything else.
func TestDoubts(t *testing.T) {
	s := playbook(t, "")
	doubt := func(says string) record.Op {
		return record.Op{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: record.Doubt, Link: "link:2", Says: says}}}
	}
	first := commit(t, s, doubt("Snook left"))
	if again := commit(t, s, doubt("snook left!")); again.Saved[0].Outcome != record.Unchanged {
		t.Errorf("said again: %+v", again.Saved)
	}
	open := func(snap *graph.Snapshot, l record.Lens) int {
		doubts, err := snap.Doubts(t.Context(), l)
		if err != nil {
			t.Fatal(err)
		}
		return len(doubts)
	}
	if n := open(snapshot(t, s), record.Lens{Proposed: true}); n != 0 {
		t.Errorf("the public sees %d doubts", n)
	}
	if _, err := snapshot(t, s).Ruling(t.Context(), record.Lens{}, first.Saved[0].ID); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the public reads a doubt: %v", err)
	}
	raised := s.Version()
	settled := commit(t, s, record.Op{ReviewLink: &record.ReviewLink{Link: "link:2", Status: record.Rejected}}, record.Op{Withdraw: &record.Withdraw{ID: first.Saved[0].ID}})
	if n := open(snapshot(t, s), staff); n != 0 {
		t.Errorf("settled, and %d doubts stand", n)
	}
	past, err := snapshot(t, s).At(t.Context(), raised)
	if err != nil {
		t.Fatal(err)
	}
	defer past.Close()
	if n := open(past, staff); n != 1 {
		t.Errorf("before it was settled %d doubts stood", n)
	}
	commit(t, s, record.Op{Undo: &record.Undo{Number: settled.Number}})
	if n := open(snapshot(t, s), staff); n != 1 {
		t.Errorf("undone, and %d doubts stand", n)
	}
	commit(t, s, record.Op{Withdraw: &record.Withdraw{ID: "link:2"}})
	if n := open(snapshot(t, s), staff); n != 0 {
		t.Errorf("of a withdrawn link %d doubts stand", n)
	}
	commit(t, s, record.Op{Restore: &record.Restore{ID: "link:2"}})
	for n := range 19 {
		commit(t, s, doubt(fmt.Sprint("reason ", n)))
	}
	if _, err := s.Commit(t.Context(), change("one too many", doubt("one more"))); !errors.Is(err, record.ErrConflict) {
		t.Errorf("one too many: %v", err)
	}
	for _, wrong := range []record.Ruling{{Sort: record.Doubt, Link: "link:2"}, {Sort: record.Doubt, Says: "x"}, {Sort: record.Doubt, Link: "link:99", Says: "x"}} {
		if _, err := s.Commit(t.Context(), change(fmt.Sprint(wrong), record.Op{SaveRuling: &record.SaveRuling{Ruling: wrong}})); err == nil {
			t.Errorf("%+v was taken", wrong)
		}
	}
	sound(t, s)
}
