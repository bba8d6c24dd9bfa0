package graph_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

var (
	public   = record.Lens{}
	proposed = record.Lens{Proposed: true}
	members  = record.Lens{Viewer: record.Viewer{Clearance: record.Members}}
)

// links lists a record's links as short sentences.
func links(t *testing.T, s *graph.Store, l record.Lens, id record.ID, types ...record.LinkType) []string {
	t.Helper()
	var list []string
	for at, err := range snapshot(t, s).Links(t.Context(), l, id, graph.LinkFilter{Types: types}, "") {
		if errors.Is(err, record.ErrNotFound) {
			return []string{"not there"}
		}
		if err != nil {
			t.Fatal(err)
		}
		v := at.Value
		words := fmt.Sprintf("%s %s %s", v.From.Slug(), v.Type, v.To.Slug())
		if v.Role != "" {
			words += " as " + v.Role
		}
		for _, e := range v.Evidence {
			words += fmt.Sprintf(" [%s %d", e.Text.Slug(), e.Version)
			if e.Superseded {
				words += " superseded"
			}
			words += "]"
		}
		if len(v.Evidence) == 0 {
			words += " unsourced"
		}
		list = append(list, words)
	}
	return list
}

func inRole(op record.Op, role string) record.Op {
	op.SaveLink.Link.Role = role
	return op
}

func want(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got  %q\n want %q", what, got, want)
	}
}

// Withdrawing a text takes its evidence along and marks the link; undo gives
// back what was there.
func TestWithdrawnText(t *testing.T) {
	s := playbook(t, "")
	commit(t, s, record.Op{ReviewLink: &record.ReviewLink{Link: "link:2", Status: record.Confirmed}})
	before := []string{"snook PARTNER_IN playbook [weeknote-1 1]"}
	want(t, "at first", links(t, s, public, "partner:snook", record.PartnerIn), before)
	entry := commit(t, s, record.Op{Withdraw: &record.Withdraw{ID: "weeknote:weeknote-1"}})
	want(t, "without the text", links(t, s, public, "partner:snook"), []string{"snook PARTNER_IN playbook unsourced"})
	if len(entry.Effects) != 1 {
		t.Errorf("withdrawing a text touched %d things", len(entry.Effects))
	}
	sound(t, s)
	commit(t, s, record.Op{Undo: &record.Undo{Number: entry.Number}})
	want(t, "after undo", links(t, s, public, "partner:snook", record.PartnerIn), before)
	want(t, "its mention", links(t, s, public, "weeknote:weeknote-1"), []string{"weeknote-1 MENTIONS snook [weeknote-1 1]"})
	sound(t, s)
}

// An edited text is a new version: quotes found in it again move there, the
// others stay with the old version, marked.
func TestEditedText(t *testing.T) {
	s := playbook(t, "")
	commit(t, s, saveText("note.md", "Weeknote 1\n\nNew first words. Snook works on the Playbook.", record.Public, "2021-05", nil))
	want(t, "moved", links(t, s, proposed, "partner:snook", record.PartnerIn), []string{"snook PARTNER_IN playbook [weeknote-1 2]"})
	commit(t, s, saveText("note.md", "Weeknote 1\n\nAll else is gone.", record.Public, "2021-05", nil))
	want(t, "superseded", links(t, s, proposed, "partner:snook", record.PartnerIn), []string{"snook PARTNER_IN playbook [weeknote-1 2 superseded]"})
	sound(t, s)
	last := s.Version()
	commit(t, s, record.Op{Undo: &record.Undo{Number: last}})
	want(t, "undone", links(t, s, proposed, "partner:snook", record.PartnerIn), []string{"snook PARTNER_IN playbook [weeknote-1 2]"})
	commit(t, s, saveText("note.md", "Weeknote 1\n\nAnd again: Snook works on the Playbook.", record.Public, "2021-05", nil))
	want(t, "edited after the undo", links(t, s, proposed, "partner:snook", record.PartnerIn), []string{"snook PARTNER_IN playbook [weeknote-1 4]"})
	sound(t, s)
}

// Nothing of a text that a viewer may not read shows: no link, no count, no
// record known from it alone, no total.
func TestHiddenText(t *testing.T) {
	s := playbook(t, "")
	secret := saveNode(record.PartnerKind, "Hidden Ltd")
	secret.SaveNode.Node.Stated = 0
	commit(t, s, secret, saveText("secret.md", "Secret note\n\nHidden Ltd joins the Playbook, and so does Snook.", record.Members, "2021-06",
		map[string]record.ID{"Hidden Ltd": "#Hidden Ltd", "Snook": "partner:snook"}),
		saveLink(record.PartnerIn, "#Hidden Ltd", "project:playbook", "#text", "Hidden Ltd joins the Playbook", record.Confirmed),
		inRole(saveLink(record.PartnerIn, "partner:snook", "project:playbook", "#text", "so does Snook", record.Confirmed), "lead"))
	want(t, "the public sees its own evidence", links(t, s, public, "partner:snook", record.PartnerIn), []string{"snook PARTNER_IN playbook [weeknote-1 1]"})
	want(t, "members see both", links(t, s, members, "partner:snook", record.PartnerIn), []string{"snook PARTNER_IN playbook as lead [weeknote-1 1] [secret-note 1]"})
	want(t, "a record of the hidden text", links(t, s, public, "partner:hidden-ltd"), []string{"not there"})
	want(t, "of a hidden text", links(t, s, public, "weeknote:secret-note"), []string{"not there"})
	snap := snapshot(t, s)
	for _, l := range []record.Lens{public, members} {
		open := l.Viewer.Clearance == record.Members
		census, err := snap.Census(t.Context(), l)
		if err != nil {
			t.Fatal(err)
		}
		hits, _ := snap.Find(t.Context(), l, "hidden ltd")
		hidden, _ := snap.Hidden(t.Context(), l)
		counts, _ := snap.LinkCounts(t.Context(), l, "project:playbook")
		wantKinds, wantHits, wantHidden, wantCount := 1, 0, 2, 1
		if open {
			wantKinds, wantHits, wantHidden, wantCount = 2, 1, 0, 2
		}
		if census.Kinds[record.PartnerKind] != wantKinds || census.Kinds[record.WeeknoteKind] != wantKinds || len(hits) != wantHits || len(hidden) != wantHidden || counts[0].Count != wantCount {
			t.Errorf("open %v: census %v, %d found, %d hidden, counts %v", open, census.Kinds, len(hits), len(hidden), counts)
		}
	}
	n := 0
	for range snap.Participations(t.Context(), public, graph.ParticipationFilter{}, "") {
		n++
	}
	if n != 1 {
		t.Errorf("the public sees %d participations", n)
	}
}

// A text that opens up does not open what its older versions said.
func TestOpenedText(t *testing.T) {
	s := playbook(t, "")
	closed := "Private note\n\nSnook joined the Playbook after a quarrel."
	commit(t, s, saveText("p.md", closed, record.Staff, "2021-06", nil),
		saveLink(record.PartnerIn, "partner:snook", "project:playbook", "#text", "Snook joined the Playbook after a quarrel.", record.Confirmed))
	commit(t, s, saveText("p.md", "Private note\n\nAll is well.", record.Public, "2021-06", nil))
	want(t, "of the open version", links(t, s, public, "partner:snook", record.PartnerIn), []string{"snook PARTNER_IN playbook [weeknote-1 1]"})
	if text, err := snapshot(t, s).Text(t.Context(), public, "weeknote:private-note", 1); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the public reads version 1: %q, %v", text.Body, err)
	}
	staff := record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}
	if text, err := snapshot(t, s).Text(t.Context(), staff, "weeknote:private-note", 1); err != nil || text.Body != closed {
		t.Errorf("staff read version 1: %q, %v", text.Body, err)
	}
	sound(t, s)
}

// A rejection is remembered by what the link means; a person's word settles.
func TestRejectedStaysRejected(t *testing.T) {
	s := playbook(t, "")
	again := saveLink(record.PartnerIn, "partner:snook", "project:playbook", "weeknote:weeknote-1", "Snook works on the Playbook.", record.Proposed)
	commit(t, s, record.Op{ReviewLink: &record.ReviewLink{Link: "link:2", Status: record.Rejected}})
	entry := commit(t, s, again)
	if entry.Saved[0].Outcome != record.Unchanged {
		t.Errorf("proposed again: %+v", entry.Saved)
	}
	want(t, "rejected", links(t, s, proposed, "partner:snook", record.PartnerIn), nil)
	again.SaveLink.Link.Status = record.Confirmed
	commit(t, s, again)
	want(t, "a person says so", links(t, s, public, "partner:snook", record.PartnerIn), []string{"snook PARTNER_IN playbook [weeknote-1 1]"})
	again.SaveLink.Link.Status, again.SaveLink.Link.Role = record.Proposed, "lead"
	commit(t, s, again)
	want(t, "a proposal changes nothing settled", links(t, s, public, "partner:snook", record.PartnerIn), []string{"snook PARTNER_IN playbook [weeknote-1 1]"})
}

// A reading of the sentence that a person quoted a part of is the same evidence.
func TestOnePassageIsOneProof(t *testing.T) {
	s := playbook(t, "")
	quoted := saveLink(record.PartnerIn, "partner:snook", "project:playbook", "weeknote:weeknote-1", "Snook works on", record.Confirmed)
	quoted.SaveLink.Link.Evidence[0].Method = record.Curated
	commit(t, s, quoted)
	commit(t, s, saveLink(record.PartnerIn, "partner:snook", "project:playbook", "weeknote:weeknote-1", "Snook works on the Playbook.", record.Proposed))
	link, err := snapshot(t, s).Link(t.Context(), public, "link:2")
	if err != nil || len(link.Evidence) != 1 || link.Evidence[0].Quote != "Snook works on" {
		t.Errorf("evidence %+v, %v; want the person's quote alone", link.Evidence, err)
	}
}

// Two jobs are two links, a job without a title is any of them, and a second
// period is a new link.
func TestJobsAndPeriods(t *testing.T) {
	s := open(t, "")
	commit(t, s, saveNode(record.PersonKind, "Jay Saggar"), saveNode(record.PartnerKind, "LOTI"),
		saveText("n.md", "Note\n\nJay works here.", record.Public, "2020-03", nil))
	job := func(role, since, until string) {
		op := saveLink(record.WorksFor, "person:jay-saggar", "partner:loti", "weeknote:note", "Jay works here.", record.Confirmed)
		l := &op.SaveLink.Link
		l.Role = role
		l.Since, _ = record.ParsePartialDate(since)
		l.Until, _ = record.ParsePartialDate(until)
		commit(t, s, op)
	}
	job("", "", "")
	job("Data Projects Manager", "2019", "2020")
	job("Programme Manager", "2021", "")
	job("programme manager", "", "")
	want(t, "jobs", links(t, s, public, "person:jay-saggar", record.WorksFor), []string{
		"jay-saggar WORKS_FOR loti as Programme Manager [note 1]", "jay-saggar WORKS_FOR loti as Data Projects Manager [note 1]"})
	job("Data Projects Manager", "2023", "")
	if got := links(t, s, public, "person:jay-saggar", record.WorksFor); len(got) != 3 {
		t.Errorf("a second period: %q", got)
	}
	asOf := func(day string) []string {
		l := public
		l.AsOf, _ = record.ParsePartialDate(day)
		return links(t, s, l, "person:jay-saggar", record.WorksFor)
	}
	want(t, "in 2018", asOf("2018-06-01"), nil)
	want(t, "in 2020", asOf("2020-06-01"), []string{"jay-saggar WORKS_FOR loti as Data Projects Manager [note 1]"})
	want(t, "in 2022", asOf("2022-06-01"), []string{"jay-saggar WORKS_FOR loti as Programme Manager [note 1]"})
	if _, err := snapshot(t, s).Node(t.Context(), record.Lens{AsOf: record.PartialDate{Year: 2021}}, "partner:loti"); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("as of a year: %v", err)
	}
}

// An answer that leaves proposals out can say how many.
func TestWithheldProposals(t *testing.T) {
	s := playbook(t, "")
	snap := snapshot(t, s)
	n, err := snap.Withheld(t.Context(), public, "partner:snook", graph.LinkFilter{})
	_, m, err2 := snap.CountParticipations(t.Context(), public, graph.ParticipationFilter{Project: "playbook"})
	if n != 1 || m != 1 || err != nil || err2 != nil {
		t.Errorf("%d and %d withheld, %v %v", n, m, err, err2)
	}
	if link, err := snap.Link(t.Context(), public, "link:2"); err != nil || link.Status != record.Proposed {
		t.Errorf("by its id: %v %v", link.Status, err)
	}
}

func TestParticipationNames(t *testing.T) {
	s := playbook(t, "")
	commit(t, s, saveNode(record.ProjectKind, "Second", "The Double"), saveNode(record.ProjectKind, "Third", "Double"))
	for name, says := range map[string]string{"Playbok": "is called", "double": "project:second, project:third"} {
		for _, err := range snapshot(t, s).Participations(t.Context(), public, graph.ParticipationFilter{Project: name}, "") {
			if err == nil || !strings.Contains(err.Error(), says) || !strings.HasPrefix(err.Error(), "filter.project") {
				t.Errorf("%q: %v", name, err)
			}
		}
	}
}

// Lists go on behind a cursor while others write, in both directions; what is no
// cursor is refused.
func TestCursors(t *testing.T) {
	s := open(t, "")
	for i := range 30 {
		commit(t, s, saveText(fmt.Sprintf("%d.md", i), fmt.Sprintf("Note %02d\n\nSomething.", i), record.Public, fmt.Sprintf("2021-%02d-%02d", 1+i%12, 1+i%5), nil))
	}
	for _, order := range []graph.Order{graph.ByName, graph.NewestFirst, graph.OldestFirst} {
		var whole []record.ID
		for at, err := range snapshot(t, s).Nodes(t.Context(), public, record.WeeknoteKind, graph.NodeFilter{}, order, "") {
			if err != nil {
				t.Fatal(err)
			}
			whole = append(whole, at.Value.ID)
		}
		var pages []record.ID
		for cursor := ""; ; {
			n := 0
			for at, err := range snapshot(t, s).Nodes(t.Context(), public, record.WeeknoteKind, graph.NodeFilter{}, order, cursor) {
				if err != nil {
					t.Fatal(err)
				}
				pages = append(pages, at.Value.ID)
				cursor = at.Cursor
				if n++; n == 7 {
					break
				}
			}
			if n < 7 {
				break
			}
			commit(t, s, saveNode(record.PartnerKind, cursor)) // somebody writes between two pages
		}
		if len(whole) < 30 || !slices.Equal(whole, pages) {
			t.Errorf("order %d: pages give %v, the whole list %v", order, pages, whole)
		}
	}
	for _, bad := range []string{"!", "AA", strings.Repeat("A", 5000)} {
		for _, err := range snapshot(t, s).Nodes(t.Context(), public, record.WeeknoteKind, graph.NodeFilter{}, graph.ByName, bad) {
			if !errors.Is(err, record.ErrInvalid) {
				t.Errorf("cursor %.10q: %v", bad, err)
			}
		}
	}
}
