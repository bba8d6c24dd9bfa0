package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"lotigraph/record"
)

// DifferenceSort says what a row of a difference tells.
type DifferenceSort string

// The sorts, in the order in which a difference lists them.
const (
	JoinedIt      DifferenceSort = "JOINED"         // a borough or organisation takes part in a project
	LeftIt        DifferenceSort = "LEFT"           // it does no longer
	MovedJob      DifferenceSort = "MOVED_JOB"      // a person left one job and took another
	StartedJob    DifferenceSort = "STARTED_JOB"    // a person works for a borough or organisation
	EndedJob      DifferenceSort = "ENDED_JOB"      // or does no longer
	BeganLeading  DifferenceSort = "BEGAN_LEADING"  // a person leads a project
	EndedLeading  DifferenceSort = "ENDED_LEADING"  // or does no longer
	LinkBegan     DifferenceSort = "LINK_BEGAN"     // a link of another type
	LinkEnded     DifferenceSort = "LINK_ENDED"     // of which the same is true
	LinkChanged   DifferenceSort = "LINK_CHANGED"   // its role, dates or status are others
	LinkRemoved   DifferenceSort = "LINK_REMOVED"   // it was taken back or rejected
	LostSource    DifferenceSort = "LOST_SOURCE"    // no text that is now read says it
	WasMerged     DifferenceSort = "MERGED"         // a record goes by another one
	WasUnmerged   DifferenceSort = "UNMERGED"       // or does no longer
	WasRenamed    DifferenceSort = "RENAMED"        // a record has another name
	RecordAdded   DifferenceSort = "RECORD_ADDED"   // there is a record
	RecordChanged DifferenceSort = "RECORD_CHANGED" // other details of a record were edited
	RecordRemoved DifferenceSort = "RECORD_REMOVED" // a record or text was taken back
	TextAdded     DifferenceSort = "TEXT_ADDED"     // there is a text; between two days, one was published
	TextChanged   DifferenceSort = "TEXT_CHANGED"   // another version of it is read
)

// DifferenceSorts lists them in their order.
func DifferenceSorts() []DifferenceSort {
	return []DifferenceSort{JoinedIt, LeftIt, MovedJob, StartedJob, EndedJob, BeganLeading, EndedLeading, LinkBegan, LinkEnded, LinkChanged,
		LinkRemoved, LostSource, WasMerged, WasUnmerged, WasRenamed, RecordAdded, RecordChanged, RecordRemoved, TextAdded, TextChanged}
}

// Difference is one thing that differs between two states or days.
type Difference struct {
	What     DifferenceSort
	Sentence string             // in plain English, with its day where one is known
	Date     record.PartialDate // when it happened in the world; zero where that is not known
	Certain  bool               // false where partial dates leave open whether it happened between the two days
	Node     record.Node        // what it is about, the link's first end
	Other    *record.Node       // the link's other end, or what a record was merged with; nil elsewhere
	Link     *record.Link       // as it is on record now; nil where it no longer is, or for a record

	key string // its place in the order
}

// differing gathers the rows of one difference.
type differing struct {
	ctx           context.Context
	lens          record.Lens
	before, after *Snapshot
	now           *Snapshot // what readers of today may see
	rows          []Difference
}

// add adds a row unless its reader may not see by now what it is about: what was
// taken back since is told to staff only.
func (d *differing) add(row Difference, link *record.Link) error {
	whole := d.lens
	whole.AsOf, whole.Proposed = record.PartialDate{}, true
	if link != nil {
		l, err := d.now.Link(d.ctx, whole, link.ID)
		switch {
		case err == nil && l.Status != record.Rejected:
			row.Link = &l
		case err != nil && !errors.Is(err, record.ErrNotFound):
			return err
		case !d.lens.Viewer.Sees(record.Staff):
			return nil
		}
	}
	if !d.lens.Viewer.Sees(record.Staff) {
		if _, err := d.now.OwnNode(d.ctx, whole, row.Node.ID); err != nil {
			return ignoreMissing(err)
		}
		if row.Other != nil {
			if _, err := d.now.OwnNode(d.ctx, whole, row.Other.ID); err != nil {
				return ignoreMissing(err)
			}
		}
	}
	id := string(row.Node.ID)
	if link != nil {
		id = link.ID
	}
	row.key = fmt.Sprintf("%02d %s %s %s", slices.Index(DifferenceSorts(), row.What), dayOr(row.Date), record.Fold(row.Sentence), id)
	d.rows = append(d.rows, row)
	return nil
}

func dayOr(d record.PartialDate) string {
	if d.IsZero() {
		return "9999"
	}
	return d.First().String()
}

func ignoreMissing(err error) error {
	if errors.Is(err, record.ErrNotFound) {
		return nil
	}
	return err
}

// node reads a record as the later state has it, else the earlier one.
func (d *differing) node(id record.ID) (record.Node, error) {
	n, err := d.after.Node(d.ctx, d.lens, id)
	if errors.Is(err, record.ErrNotFound) {
		n, err = d.before.Node(d.ctx, d.lens, id)
	}
	return n, err
}

// clause is what a link's beginning and its end are called in a difference.
type clause struct {
	begin, end DifferenceSort
	began      string
	ended      string
}

func clauseOf(t record.LinkType) clause {
	switch t {
	case record.Joined:
		return clause{JoinedIt, LeftIt, "joined", "left"}
	case record.PartnerIn:
		return clause{JoinedIt, LeftIt, "became a partner in", "ceased to be a partner in"}
	case record.WorksFor:
		return clause{StartedJob, EndedJob, "started at", "left"}
	case record.Leads:
		return clause{BeganLeading, EndedLeading, "began to lead", "ceased to lead"}
	case record.FundedBy:
		return clause{LinkBegan, LinkEnded, "was funded by", "ceased to be funded by"}
	case record.MemberOf:
		return clause{LinkBegan, LinkEnded, "became a member of", "ceased to be a member of"}
	}
	return clause{LinkBegan, LinkEnded, t.Phrase(), "ceased to be: " + t.Phrase()}
}

// on is a date behind a verb: " in 2021", " on 17 May 2021"; "" for none.
func on(d record.PartialDate) string {
	switch {
	case d.IsZero():
		return ""
	case d.IsDay():
		return " on " + d.English()
	}
	return " in " + d.English()
}

// linkRow adds a row about a link; words makes its sentence of the names of the ends.
func (d *differing) linkRow(what DifferenceSort, link record.Link, date record.PartialDate, certain bool, words func(from, to string) string) error {
	from, err := d.node(link.From)
	if err != nil {
		return ignoreMissing(err)
	}
	to, err := d.node(link.To)
	if err != nil {
		return ignoreMissing(err)
	}
	return d.add(Difference{What: what, Sentence: words(from.Name, to.Name) + ".", Date: date, Certain: certain, Node: from, Other: &to}, &link)
}

func asRole(link record.Link) string {
	if link.Role == "" {
		return ""
	}
	return " as " + link.Role
}

// done sorts the rows, a job left and one taken by the same person as one.
func (d *differing) done() []Difference {
	byPlace := func(a, b Difference) int { return cmp.Compare(a.key, b.key) }
	slices.SortFunc(d.rows, byPlace)
	var rows []Difference
	used := map[int]bool{}
	for i, row := range d.rows {
		if row.What != EndedJob {
			continue
		}
		for j, next := range d.rows {
			if next.What == StartedJob && !used[j] && next.Node.ID == row.Node.ID && next.Other.ID != row.Other.ID {
				used[i], used[j] = true, true
				moved := next
				moved.What, moved.Certain = MovedJob, row.Certain && next.Certain
				moved.Sentence = fmt.Sprintf("%s moved from %s to %s%s.", row.Node.Name, row.Other.Name, next.Other.Name, on(next.Date))
				moved.key = fmt.Sprintf("%02d %s", slices.Index(DifferenceSorts(), MovedJob), next.key[3:])
				rows = append(rows, moved)
				break
			}
		}
	}
	for i, row := range d.rows {
		if !used[i] {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, byPlace)
	return rows
}

// Cursor is a row's place in the list, which other rows do not move.
func (d Difference) Cursor() string { return d.key }
