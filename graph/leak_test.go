package graph_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

var staff = record.Lens{Viewer: record.Viewer{Clearance: record.Staff}, Proposed: true}

// during gives a link its dates.
func during(op record.Op, since, until string) record.Op {
	l := &op.SaveLink.Link
	l.Since, _ = record.ParsePartialDate(since)
	l.Until, _ = record.ParsePartialDate(until)
	return op
}

// confidential is a graph where the public may read that Snook works on the
// Playbook, and only members why and since when; the same of Nitrous, of which
// nothing is hidden.
func confidential(t *testing.T) *graph.Store {
	s := open(t, "")
	commit(t, s, saveNode(record.ProjectKind, "Playbook"), saveNode(record.ProjectKind, "Data Map"), saveNode(record.PartnerKind, "Snook"),
		saveText("open.md", "Open note\n\nSnook works on the Playbook. Snook works on the Data Map.", record.Public, "2021-05-01", nil),
		saveLink(record.PartnerIn, "#Snook", "#Playbook", "#text", "Snook works on the Playbook.", record.Proposed),
		during(saveLink(record.PartnerIn, "#Snook", "#Data Map", "#text", "Snook works on the Data Map.", record.Proposed), "2021-03-01", ""))
	commit(t, s, saveText("closed.md", "Closed note\n\nSnook leads the Playbook since April 2022.", record.Members, "2022-06-01", nil),
		during(inRole(saveLink(record.PartnerIn, "partner:snook", "project:playbook", "#text", "Snook leads the Playbook since April 2022.", record.Proposed), "lead"), "2022-04-09", ""))
	return s
}

// What hidden evidence says of role and dates does not show in the order of a
// list, in its cursors or in the count of what was left out.
func TestHiddenDatesDoNotOrder(t *testing.T) {
	s := confidential(t)
	snap := snapshot(t, s)
	var order []record.ID
	for at, err := range snap.Links(t.Context(), proposed, "partner:snook", graph.LinkFilter{Types: []record.LinkType{record.PartnerIn}}, "") {
		if err != nil {
			t.Fatal(err)
		}
		order = append(order, at.Value.To)
		place, err := base64.RawURLEncoding.DecodeString(at.Cursor)
		hidden, _ := record.ParsePartialDate("2022-04-09")
		if err != nil || strings.Contains(string(place), string(graph.DateInKey(hidden))) {
			t.Errorf("the cursor of the link to %s tells the hidden date", at.Value.To)
		}
	}
	if want := []record.ID{"project:data-map", "project:playbook"}; !slices.Equal(order, want) {
		t.Errorf("the public sees the order %v; one whose dates are hidden comes last: %v", order, want)
	}
	for _, c := range []struct {
		filter graph.ParticipationFilter
		want   int
	}{
		{graph.ParticipationFilter{Project: "Playbook"}, 1},
		{graph.ParticipationFilter{Project: "Playbook", Roles: []string{"lead"}}, 0},
		{graph.ParticipationFilter{Project: "Playbook", To: record.PartialDate{Year: 2021}}, 1},
	} {
		if _, n, err := snap.CountParticipations(t.Context(), public, c.filter); err != nil || n != c.want {
			t.Errorf("%+v: %d proposals are said to be left out, %v; want %d", c.filter, n, err, c.want)
		}
	}
}

// Pages of a list in which dates are hidden join up, wherever they are cut.
func TestPagesWithHiddenDates(t *testing.T) {
	s := open(t, "")
	ops := []record.Op{saveNode(record.PartnerKind, "Snook"), saveText("open.md", "Open note\n\nSnook works.", record.Public, "2021-05-01", nil)}
	for i := range 12 {
		name := fmt.Sprintf("Project %d", i)
		since := []string{"", "2020", "2021-02-03"}[i%3]
		ops = append(ops, saveNode(record.ProjectKind, name), during(saveLink(record.PartnerIn, "#Snook", record.ID("#"+name), "#text", "Snook works.", record.Confirmed), since, ""))
	}
	commit(t, s, ops...)
	secret := []record.Op{saveText("closed.md", "Closed note\n\nSnook leads.", record.Members, "2022-06-01", nil)}
	for i := 0; i < 12; i += 2 {
		secret = append(secret, saveLink(record.PartnerIn, "partner:snook", record.ID(fmt.Sprintf("project:project-%d", i)), "#text", "Snook leads.", record.Confirmed))
	}
	commit(t, s, secret...)
	for _, l := range []record.Lens{public, members} {
		for size := 1; size <= 5; size++ {
			for _, direction := range []record.Direction{record.Both, record.Out} {
				filter := graph.LinkFilter{Direction: direction}
				whole, pages := pagesOf(t, s, l, "partner:snook", filter, 100), pagesOf(t, s, l, "partner:snook", filter, size)
				if len(whole) != 12 || !slices.Equal(whole, pages) {
					t.Errorf("pages of %d give %v, the whole list %v", size, pages, whole)
				}
			}
		}
	}
}

// pagesOf reads a record's links page by page, and returns their ids.
func pagesOf(t *testing.T, s *graph.Store, l record.Lens, id record.ID, f graph.LinkFilter, size int) (ids []string) {
	t.Helper()
	for after, more := "", true; more; {
		n := 0
		for at, err := range snapshot(t, s).Links(t.Context(), l, id, f, after) {
			if err != nil {
				t.Fatal(err)
			}
			ids, after = append(ids, at.Value.ID), at.Cursor
			if n++; n == size {
				break
			}
		}
		more = n == size
	}
	return ids
}

// Withdrawing a text that somebody may not read tells them nothing of it.
func TestWithdrawingHiddenTextTellsNothing(t *testing.T) {
	s := confidential(t)
	want(t, "before", links(t, s, proposed, "project:playbook"), []string{"snook PARTNER_IN playbook [open-note 1]"})
	commit(t, s, record.Op{Withdraw: &record.Withdraw{ID: "weeknote:closed-note"}})
	want(t, "after", links(t, s, proposed, "project:playbook"), []string{"snook PARTNER_IN playbook [open-note 1]"})
	want(t, "to members", links(t, s, record.Lens{Viewer: members.Viewer, Proposed: true}, "project:playbook"), []string{"snook PARTNER_IN playbook as lead [open-note 1]"})
}

// That somebody wrote a text is known to those who may read where it says so.
func TestHiddenAuthorStaysHidden(t *testing.T) {
	s := open(t, "")
	author := saveNode(record.PersonKind, "Ann Onymous")
	author.SaveNode.Node.Stated = 0
	commit(t, s, saveText("open.md", "Open note\n\nUnsigned words.", record.Public, "2021-05-01", nil))
	commit(t, s, author, saveText("closed.md", "Closed note\n\nAnn Onymous wrote the open note.", record.Staff, "2021-06-01", map[string]record.ID{"Ann Onymous": "#Ann Onymous"}),
		saveLink(record.Authored, "#Ann Onymous", "weeknote:open-note", "#text", "Ann Onymous wrote the open note.", record.Confirmed))
	if n, err := snapshot(t, s).Node(t.Context(), public, "person:ann-onymous"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the public knows %q, %v", n.Name, err)
	}
	if hits, err := snapshot(t, s).Find(t.Context(), public, "Ann Onymous"); len(hits) != 0 || err != nil {
		t.Errorf("the public finds %v, %v", hits, err)
	}
	if _, err := snapshot(t, s).Node(t.Context(), staff, "person:ann-onymous"); err != nil {
		t.Errorf("staff: %v", err)
	}
}

// A version that was taken back is read by nobody else any more, also when the
// text has got another version since.
func TestUndoneVersionIsClosed(t *testing.T) {
	s := open(t, "")
	commit(t, s, saveText("n.md", "Note\n\nFit to print.", record.Public, "", nil))
	slip := commit(t, s, saveText("n.md", "Note\n\nNot fit to print.", record.Public, "", nil))
	undone := commit(t, s, record.Op{Undo: &record.Undo{Number: slip.Number}})
	read := func(l record.Lens, version int) string {
		text, err := snapshot(t, s).Text(t.Context(), l, "weeknote:note", version)
		if err != nil && !errors.Is(err, record.ErrNotFound) {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(text.Body, "\n\n")
		return body
	}
	if got := read(public, 2); got != "" {
		t.Errorf("the public reads the undone version: %q", got)
	}
	commit(t, s, saveText("n.md", "Note\n\nMore that is fit to print.", record.Public, "", nil))
	if got := []string{read(public, 1), read(public, 2), read(public, 3), read(staff, 2)}; !slices.Equal(got, []string{"Fit to print.", "", "More that is fit to print.", "Not fit to print."}) {
		t.Errorf("after another version: %q", got)
	}
	commit(t, s, record.Op{Undo: &record.Undo{Number: s.Version()}}, record.Op{Undo: &record.Undo{Number: undone.Number}})
	if got := []string{read(public, 1), read(public, 2), read(public, 3)}; !slices.Equal(got, []string{"Fit to print.", "Not fit to print.", ""}) {
		t.Errorf("after undoing the undo: %q", got)
	}
	sound(t, s)
}
