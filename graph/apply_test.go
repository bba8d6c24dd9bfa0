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

// Names make ids whatever they are, also when two records share a long one.
func TestNamesMakeIDs(t *testing.T) {
	s := open(t, "")
	long := strings.TrimSpace(strings.Repeat("a title that goes on ", 9))
	for _, name := range []string{"The The Band", "The the", "the", long, long, long, strings.Repeat("x", 300), strings.Repeat("x", 300), strings.Repeat("é", 100), "Ольга"} {
		entry, err := s.Commit(t.Context(), change(fmt.Sprint(name, s.Version()), saveNode(record.PartnerKind, name)))
		if err != nil {
			t.Errorf("%.30q: %v", name, err)
			continue
		}
		if id := record.ID(entry.Saved[0].ID); id.Validate() != nil || len(id.Slug()) > 100 {
			t.Errorf("%.30q made the id %s: %v", name, id, id.Validate())
		}
	}
	for i := range 12 {
		commit(t, s, saveText(fmt.Sprint(i), long+"\nbody", record.Public, "", nil))
	}
	sound(t, s)
}

// What would break an invariant is refused, and names the field.
func TestWhatIsRefused(t *testing.T) {
	s := playbook(t, "")
	text := func() record.Op {
		return saveText("new.md", "New note\n\nSnook again.", record.Public, "", map[string]record.ID{"Snook": "partner:snook"})
	}
	blank := text()
	blank.SaveText.Mentions[0].Spans = []record.Span{{Start: 8, End: 10}}
	empty := text()
	empty.SaveText.Mentions[0].Spans = []record.Span{{Start: 3, End: 3}}
	bodiless := record.Op{SaveNode: &record.SaveNode{Kind: record.WeeknoteKind, Node: record.Node{Name: "No text",
		Weeknote: &record.Weeknote{Source: "note.md", Version: 1, Form: record.FormPage, Visibility: record.Public}}}}
	selfless := record.Op{SaveLink: &record.SaveLink{Link: record.Link{ID: "link:2", Type: record.PartnerIn, From: "partner:snook", To: "project:playbook",
		Status: record.Confirmed, Evidence: []record.Evidence{{Text: "weeknote:weeknote-1", Quote: "Snook works for free"}}}}}
	borough := func(name, code string) record.Op {
		return record.Op{SaveNode: &record.SaveNode{Kind: record.BoroughKind, Node: record.Node{ID: record.NewID(record.BoroughKind, record.Slugify(name)), Name: name, Borough: &record.Borough{ONSCode: code}}}}
	}
	commit(t, s, borough("Camden", "E09000007"), borough("Sutton", "E09000029"))
	for what, c := range map[string]struct {
		op    record.Op
		class error
		field string
	}{
		"a mention of blanks":       {blank, record.ErrInvalid, "ops[0].text.mentions[0]"},
		"a mention of nothing":      {empty, record.ErrInvalid, "ops[0].text.mentions[0]"},
		"a weeknote without text":   {bodiless, record.ErrInvalid, "ops[0].kind"},
		"a quote that is not there": {selfless, record.ErrInvalid, "ops[0].evidence[0].quote"},
		"a second Camden":           {borough("Camden Town", "E09000007"), record.ErrConflict, "ops[0]"},
		"Sutton becoming Camden":    {borough("Sutton", "E09000007"), record.ErrConflict, "ops[0]"},
		"a link that is not there":  {record.Op{Withdraw: &record.Withdraw{ID: "link:99"}}, record.ErrNotFound, "ops[0]"},
		"undoing what never was":    {record.Op{Undo: &record.Undo{Number: 99}}, record.ErrNotFound, "ops[0]"},
	} {
		var r *record.Refusal
		if _, err := s.Commit(t.Context(), change(what, c.op)); !errors.Is(err, c.class) || !errors.As(err, &r) || r.Field != c.field {
			t.Errorf("%s: %v; want a refusal of %s that is %v", what, err, c.field, c.class)
		}
	}
	sound(t, s)
}

// A name that one record has and another is also called leads to the first.
func TestReusePrefersTheName(t *testing.T) {
	s := open(t, "")
	commit(t, s, saveNode(record.PartnerKind, "Ministry of Housing", "MHCLG"))
	commit(t, s, saveNode(record.PartnerKind, "MHCLG"))
	again := saveNode(record.PartnerKind, "MHCLG")
	again.SaveNode.Reuse = true
	if entry := commit(t, s, again); entry.Saved[0].ID != "partner:mhclg" {
		t.Errorf("MHCLG was taken for %s", entry.Saved[0].ID)
	}
}

// A text may name one record a great many times; a longer name counts once.
func TestManyMentionsOfOneName(t *testing.T) {
	s := open(t, t.TempDir())
	const n = 12_000
	op := saveText("n.md", "Note\n\n"+strings.Repeat("LOTI ", n), record.Public, "", nil)
	m := record.Mention{To: "#LOTI", Method: "test"}
	for i := range n {
		m.Spans = append(m.Spans, record.Span{Start: 6 + 5*i, End: 10 + 5*i})
	}
	m.Spans = append(m.Spans, record.Span{Start: 6, End: 15}) // a longer name over two others
	op.SaveText.Mentions = []record.Mention{m}
	commit(t, s, saveNode(record.PartnerKind, "LOTI"), op)
	link, err := snapshot(t, s).Link(t.Context(), public, "link:1")
	if err != nil || len(link.Evidence) != n-1 {
		t.Errorf("%d pieces of evidence, %v; want %d", len(link.Evidence), err, n-1)
	}
	sound(t, s)
}

// A review settles how sure a link is, and reopening it unsettles that.
func TestReviewSettlesConfidence(t *testing.T) {
	s := playbook(t, "")
	for _, c := range []struct {
		status record.LinkStatus
		want   float64
	}{{record.Confirmed, 1}, {record.Proposed, 0.5}, {record.Rejected, 0.5}, {record.Confirmed, 1}} {
		commit(t, s, record.Op{ReviewLink: &record.ReviewLink{Link: "link:2", Status: c.status}})
		if link, err := snapshot(t, s).Link(t.Context(), staff, "link:2"); err != nil || link.Confidence != c.want || link.Status != c.status {
			t.Errorf("%s: confidence %g, %v; want %g", link.Status, link.Confidence, err, c.want)
		}
	}
}

// A mention that a person took back stays away when the text is read again; one
// that a text no longer has comes back with its words.
func TestWithdrawnMention(t *testing.T) {
	s := playbook(t, "")
	again := func(more string) {
		commit(t, s, saveText("note.md", "Weeknote 1\n\nSnook works on the Playbook."+more, record.Public, "2021-05", map[string]record.ID{"Snook": "partner:snook"}))
	}
	mentions := func() []string { return links(t, s, public, "partner:snook", record.Mentions) }
	taken := commit(t, s, record.Op{Withdraw: &record.Withdraw{ID: "link:1"}})
	again(" Edited.")
	want(t, "read again", mentions(), nil)
	commit(t, s, saveText("note.md", "Weeknote 1\n\nNobody works on it.", record.Public, "2021-05", nil))
	again(" Edited again.")
	want(t, "and again", mentions(), nil)
	commit(t, s, record.Op{Undo: &record.Undo{Number: taken.Number}})
	want(t, "undone", mentions(), []string{"weeknote-1 MENTIONS snook [weeknote-1 4]"})
	again(" Edited a third time.")
	want(t, "read once more", mentions(), []string{"weeknote-1 MENTIONS snook [weeknote-1 5]"})
	commit(t, s, saveText("note.md", "Weeknote 1\n\nNobody works on it.", record.Public, "2021-05", nil))
	want(t, "no longer named", mentions(), nil)
	again("")
	want(t, "named again", mentions(), []string{"weeknote-1 MENTIONS snook [weeknote-1 7]"})
	sound(t, s)
}

// Evidence that was given to a version which is read no longer, because it was
// edited or undone, says so.
func TestEvidenceFollowsTheVersionRead(t *testing.T) {
	s := open(t, "")
	commit(t, s, saveNode(record.ProjectKind, "Playbook"), saveNode(record.PartnerKind, "Snook"), saveNode(record.PartnerKind, "Nitrous"),
		saveText("n.md", "Note\n\nSnook works. Nitrous works.", record.Public, "2021", nil))
	edit := commit(t, s, saveText("n.md", "Note\n\nIn short: Nitrous works.", record.Public, "2021", nil))
	said := func(partner record.ID, quote string, version int) {
		op := saveLink(record.PartnerIn, partner, "project:playbook", "weeknote:note", quote, record.Confirmed)
		op.SaveLink.Link.Evidence[0].Version = version
		commit(t, s, op)
	}
	said("partner:snook", "Snook works.", 1)
	said("partner:nitrous", "Nitrous works.", 1)
	want(t, "an older version", links(t, s, public, "project:playbook"),
		[]string{"snook PARTNER_IN playbook [note 1 superseded]", "nitrous PARTNER_IN playbook [note 2]"})
	undo := commit(t, s, record.Op{Undo: &record.Undo{Number: edit.Number}})
	want(t, "after undo", links(t, s, public, "project:playbook"),
		[]string{"snook PARTNER_IN playbook [note 1]", "nitrous PARTNER_IN playbook [note 1]"})
	sound(t, s)
	commit(t, s, record.Op{Undo: &record.Undo{Number: undo.Number}})
	want(t, "after undoing the undo", links(t, s, public, "project:playbook"),
		[]string{"snook PARTNER_IN playbook [note 1 superseded]", "nitrous PARTNER_IN playbook [note 2]"})
	sound(t, s)
}

// What one is handed is one's own: changing it changes no graph.
func TestHandedRecordsAreOnesOwn(t *testing.T) {
	s := open(t, "")
	op := saveNode(record.ProjectKind, "Playbook", "A", "B", "C")
	op.SaveNode.Node.Project = &record.Project{Themes: []string{"data"}, Status: "live"}
	commit(t, s, op)
	snap := snapshot(t, s)
	read := func() []record.Node {
		one, err := snap.Node(t.Context(), public, "project:playbook")
		if err != nil {
			t.Fatal(err)
		}
		list, _ := snap.Find(t.Context(), public, "a")
		for at := range snap.Nodes(t.Context(), public, record.ProjectKind, graph.NodeFilter{}, graph.ByName, "") {
			list = append(list, at.Value)
		}
		for doc := range snap.Documents(t.Context(), 0) {
			list = append(list, doc.Node)
		}
		return append(list, one)
	}
	for _, n := range read() {
		slices.Reverse(n.Aliases)
		n.Project.Status, n.Project.Themes[0] = "finished", "spoilt"
	}
	for _, n := range read() {
		if n.Aliases[0] != "A" || n.Project.Status != "live" || n.Project.Themes[0] != "data" {
			t.Errorf("now it is %+v with %+v", n, *n.Project)
		}
	}
}
