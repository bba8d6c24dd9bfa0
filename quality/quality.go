// Package quality says how far the data can be trusted: where it comes from, and
// what in it wants a person's care.
//
//	graph.Snapshot through a lens → work lists (lists.go), sources (sources.go)
//
// A work list names records or links that may be wrong or stale, each with the
// reason. It is an invitation to look, not a verdict. Everything is read through
// the lens, so that a list tells nobody of what they may not see.
//
// Invariant: a list's count is the length of what it lists.
package quality

import (
	"context"

	"lotigraph/graph"
	"lotigraph/record"
)

// Name is a work list's name in an address.
type Name string

// The work lists, in the order in which they are shown.
const (
	UnnamedRecords Name = "unnamed-records"
	UnprovenLinks  Name = "unproven-links"
	PastDate       Name = "past-date"
	OldJobs        Name = "old-jobs"
	Duplicates     Name = "duplicates"
)

// Names lists the work lists in their order.
func Names() []Name {
	return []Name{UnnamedRecords, UnprovenLinks, PastDate, OldJobs, Duplicates}
}

// List is a work list.
type List struct {
	Name  Name
	Title string // "Records that no text names"
	Means string // in a sentence or two: what is listed, and what to do
	Items []Item
}

// Item is something to look at: one record, two that may be one, or a link.
type Item struct {
	Records []record.Node
	Link    *record.Link
	Why     string // a clause: "the project ended in 2021"; "" where the list says it
}

// staleAfter is how many years after its newest text a job is asked about.
const staleAfter = 2

// titles are what the lists are called and mean.
var titles = map[Name][2]string{
	UnnamedRecords: {"Records that no text names", "Projects, people and partners that are in the graph without any text we hold naming them, and without a link that quotes one. Import a text that does, or withdraw them. The 33 boroughs are there whether a text names them or not."},
	UnprovenLinks:  {"Links without a sentence", "Links of which no text, as it is now, has a sentence that says so: they were entered by hand without one, or the sentence is gone. Add a sentence, or withdraw them."},
	PastDate:       {"Links past their date", "Links of a project that has finished which nobody has ended. Give them an end, or give the project back its life."},
	OldJobs:        {"Jobs nobody has told of lately", "Jobs without an end that no text of the last two years tells of. People move on: ask, and end the job or add a newer sentence."},
	Duplicates:     {"Possible duplicates", "Records that may be one and the same, the surest first. Staff settle them in the inbox."},
}

// Lists makes every work list, in their order, as the lens shows them. today
// counts where the lens has no day.
func Lists(ctx context.Context, s *graph.Snapshot, l record.Lens, today record.PartialDate) ([]List, error) {
	if !l.AsOf.IsZero() {
		today = l.AsOf
	}
	w := walk{s: s, lens: l, today: today, items: map[Name][]Item{}, projects: map[record.ID]record.Node{}}
	var err error
	if w.cut, err = s.Cut(ctx, l); err != nil {
		return nil, err
	}
	if err := w.all(ctx); err != nil {
		return nil, err
	}
	var lists []List
	for _, name := range Names() {
		lists = append(lists, List{name, titles[name][0], titles[name][1], w.items[name]})
	}
	return lists, nil
}
