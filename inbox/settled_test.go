package inbox

import (
	"fmt"
	"strings"
	"testing"

	"lotigraph/ingest"
	"lotigraph/record"
)

func (d *desk) item(f Filter) Item {
	d.t.Helper()
	s, _, _ := d.snapshot()
	defer s.Close()
	items, err := d.Items(d.t.Context(), s, staff.Viewer, f, "")
	if err != nil || len(items) == 0 {
		d.t.Fatal(items, err)
	}
	return items[0]
}

func (d *desk) must(e record.Entry, err error) record.Entry {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	return e
}

func (d *desk) own(id string) record.Link {
	d.t.Helper()
	s, l, _ := d.snapshot()
	defer s.Close()
	link, err := s.OwnLink(d.t.Context(), l, id)
	if err != nil {
		d.t.Fatal(err)
	}
	return link
}

// A job title that was corrected is not proposed again when the text is edited.
func TestCorrectRoleThenReread(t *testing.T) {
	d := newDesk(t)
	d.read("people.csv", "name\nX\n")
	body := "Weeknote 1\n\nAnn Lee (Head of Data, Camden) spoke.\n"
	d.read("one.md", body)
	if _, _, err := d.AcceptName(t.Context(), d.by(), record.PersonKind, "Ann Lee", nil, ""); err != nil {
		t.Fatal(err)
	}
	i := d.item(Filter{Types: []record.LinkType{record.WorksFor}})
	role := "Head of Digital"
	_, _, err := d.Correct(t.Context(), d.by(), i.ID, Correction{Role: &role})
	if err != nil {
		t.Fatal(err)
	}
	d.want("corrected", Filter{Sorts: []Sort{Link}})
	d.read("one.md", body+"\nMore words here.\n")
	d.want("re-read", Filter{Sorts: []Sort{Link}})
}

// Nor is a period that was corrected.
func TestCorrectDateThenReread(t *testing.T) {
	d := newDesk(t)
	d.read("projects.csv", "name\nBright Lamps\n")
	for _, body := range []string{
		"Weeknote 1\n\nCamden joined the Bright Lamps project until March 2021.\n",
		"Weeknote 1\n\nCamden left the Bright Lamps project in March 2021.\n",
		"Weeknote 1\n\nCamden was part of the Bright Lamps project from 2019 to 2021.\n",
		"Weeknote 1\n\nAnn Lee was Head of Data at Camden until 2021.\n",
		"Weeknote 1\n\nAnn Lee joined Camden as Head of Data in 2021.\n",
	} {
		d.read("one.md", body)
		s, _, _ := d.snapshot()
		items, _ := d.Items(t.Context(), s, staff.Viewer, Filter{}, "")
		for _, i := range items {
			if i.Link != nil {
				t.Log(body, i.Link.Type, i.Link.Role, i.Link.Since, i.Link.Until)
			}
		}
		s.Close()
	}
}

// Of two names accepted from one text, either can be undone.
func TestUndoFirstOfTwoAcceptances(t *testing.T) {
	d := newDesk(t)
	d.read("one.md", firstNote)
	_, e1, err := d.AcceptName(t.Context(), d.by(), record.ProjectKind, "Bright Lamps", nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err = d.AcceptName(t.Context(), d.by(), record.PersonKind, "Ann Lee", nil, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Undo(t.Context(), d.by(), e1[0].Number); err != nil {
		t.Errorf("undo of the first: %v", err)
	}
}

// A name accepted, undone and accepted otherwise is as it was accepted last.
func TestAcceptAgainOtherwise(t *testing.T) {
	d := newDesk(t)
	d.read("one.md", firstNote)
	id, e1, err := d.AcceptName(t.Context(), d.by(), record.PartnerKind, "Lantern Foundation", &NewRecord{Sector: "charity"}, "")
	if err != nil {
		t.Fatal(err)
	}
	d.undo(e1[0])
	id2, _, err := d.AcceptName(t.Context(), d.by(), record.PartnerKind, "Lantern Foundation", &NewRecord{Sector: "funder", Aliases: []string{"LF"}}, "")
	s, _, _ := d.snapshot()
	defer s.Close()
	n, _ := s.Node(t.Context(), staff, id2)
	if n.Partner.Sector != "funder" || !n.GoesBy("LF") {
		t.Errorf("%s %s %+v %+v %v", id, id2, n.Partner, n.Aliases, err)
	}
}

// A decision said twice under one id is one decision.
func TestSaidTwice(t *testing.T) {
	d := newDesk(t)
	d.read("one.md", firstNote)
	by := d.by()
	if _, _, err := d.AcceptName(t.Context(), by, record.ProjectKind, "Bright Lamps", nil, ""); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.AcceptName(t.Context(), by, record.ProjectKind, "Bright Lamps", nil, ""); err != nil {
		t.Errorf("accept twice with one change id: %v", err)
	}
	by = d.by()
	d.must(d.Withdraw(t.Context(), by, "project:bright-lamps", nil))
	if _, err := d.Withdraw(t.Context(), by, "project:bright-lamps", nil); err != nil {
		t.Errorf("withdraw twice with one change id: %v", err)
	}
	d.read("projects.csv", "name\nA\nB\n")
	d.read("partners.csv", "name\nAlpha Co\nBeta Co\n")
	d.must(d.Merge(t.Context(), d.by(), "partner:alpha-co", "partner:beta-co"))
	by = d.by()
	d.must(d.Unmerge(t.Context(), by, "partner:alpha-co"))
	if _, err := d.Unmerge(t.Context(), by, "partner:alpha-co"); err != nil {
		t.Errorf("unmerge twice with one change id: %v", err)
	}
	by = d.by()
	d.must(d.Withdraw(t.Context(), by, "partner:alpha-co", nil))
	by = d.by()
	if _, err := d.Restore(t.Context(), by, "partner:alpha-co"); err != nil {
		t.Error(err)
	}
	s, _, _ := d.snapshot()
	defer s.Close()
	rs, _ := s.Rulings(t.Context(), staff)
	for _, r := range rs {
		if r.Name == "Alpha Co" {
			t.Errorf("after withdraw and restore it stands that: %+v", r)
		}
	}
}

// twins is a graph of two partners, of each of which a text says that it pays for
// Bright Lamps.
func twins(t *testing.T) *desk {
	d := newDesk(t)
	d.read("partners.csv", "name\nAlpha Fund\nBeta Trust\n")
	d.read("projects.csv", "name\nBright Lamps\nDim Lamps\n")
	d.read("a.md", "Note A\n\nBright Lamps is funded by Alpha Fund.\n")
	d.read("b.md", "Note B\n\nBright Lamps is funded by Beta Trust.\n")
	return d
}

func (d *desk) fundedBy() (ids map[record.ID]string) {
	ids = map[record.ID]string{}
	s, _, _ := d.snapshot()
	defer s.Close()
	for i := range 60 {
		l, err := s.OwnLink(d.t.Context(), staff, fmt.Sprint("link:", i+1))
		if err == nil && l.Type == record.FundedBy {
			ids[l.To] = l.ID
		}
	}
	return ids
}

// A date set while two records are one leaves each link its own evidence.
func TestCorrectWhileMerged(t *testing.T) {
	d := twins(t)
	ids := d.fundedBy()
	t.Log(ids)
	d.must(d.Merge(t.Context(), d.by(), "partner:alpha-fund", "partner:beta-trust"))
	i := d.item(Filter{Sorts: []Sort{Link}})
	t.Log(i.ID, len(i.Link.Evidence))
	since := record.PartialDate{Year: 2020}
	if _, _, err := d.Correct(t.Context(), d.by(), i.ID, Correction{Since: &since}); err != nil {
		t.Fatal(err)
	}
	d.want("nothing waits", Filter{Sorts: []Sort{Link}})
	d.must(d.Unmerge(t.Context(), d.by(), "partner:alpha-fund"))
	for to, id := range ids {
		l := d.own(id)
		for _, e := range l.Evidence {
			if !strings.Contains(e.Quote, map[record.ID]string{"partner:alpha-fund": "Alpha", "partner:beta-trust": "Beta"}[to]) {
				t.Errorf("%s → %s has evidence %q", id, to, e.Quote)
			}
		}
		t.Log(id, to, l.Status, l.Since)
	}
}

// What was rejected of one record stays rejected when the same is accepted of
// another one with which it was merged, and does not wait in another form.
func TestRejectedTwin(t *testing.T) {
	d := twins(t)
	ids := d.fundedBy()
	d.must(d.Review(t.Context(), d.by(), []string{ids["partner:beta-trust"]}, record.Rejected))
	d.must(d.Merge(t.Context(), d.by(), "partner:alpha-fund", "partner:beta-trust"))
	d.want("a meaning that was rejected waits", Filter{Sorts: []Sort{Link}})
	d.must(d.Review(t.Context(), d.by(), []string{ids["partner:alpha-fund"]}, record.Confirmed))
	d.must(d.Unmerge(t.Context(), d.by(), "partner:alpha-fund"))
	if l := d.own(ids["partner:beta-trust"]); l.Status != record.Rejected {
		t.Errorf("rejected before the merge, and after it %s", l.Status)
	}
}

// Withdrawing what is shown as one link and restoring it are about the same links.
func TestWithdrawRestoreTwin(t *testing.T) {
	d := twins(t)
	ids := d.fundedBy()
	d.must(d.Merge(t.Context(), d.by(), "partner:alpha-fund", "partner:beta-trust"))
	d.must(d.Withdraw(t.Context(), d.by(), ids["partner:beta-trust"], nil))
	if _, err := d.Restore(t.Context(), d.by(), ids["partner:beta-trust"]); err != nil {
		t.Fatal(err)
	}
	d.must(d.Unmerge(t.Context(), d.by(), "partner:alpha-fund"))
	for to, id := range ids {
		if l := d.own(id); l.Withdrawn {
			t.Errorf("%s → %s stays withdrawn after restore", id, to)
		}
	}
}

// Withdrawing the record that others go by withdraws them with it, and remembers
// their names; un-merged and restored, each is there again.
func TestSurvivorWithdrawn(t *testing.T) {
	d := twins(t)
	d.must(d.Merge(t.Context(), d.by(), "partner:alpha-fund", "partner:beta-trust"))
	d.must(d.Withdraw(t.Context(), d.by(), "partner:beta-trust", nil))
	d.read("c.md", "Note C\n\nDim Lamps is funded by Alpha Fund.\n")
	if got := d.waits(Filter{Kinds: []record.Kind{record.PartnerKind}, Sorts: []Sort{Name}}); len(got) != 0 {
		t.Errorf("asked about: %q", got)
	}
	d.must(d.Unmerge(t.Context(), d.by(), "partner:alpha-fund"))
	if _, err := d.Restore(t.Context(), d.by(), "partner:alpha-fund"); err != nil {
		t.Fatal(err)
	}
	s, _, _ := d.snapshot()
	defer s.Close()
	if n, err := s.Node(t.Context(), staff, "partner:alpha-fund"); err != nil || n.ID != "partner:alpha-fund" {
		t.Errorf("restored: %v, %v", n.ID, err)
	}
	if _, err := s.Node(t.Context(), staff, "partner:beta-trust"); err == nil {
		t.Error("the other one stands again too")
	}
}

// Nothing is merged into a record that was withdrawn with the one it goes by.
func TestMergeIntoGone(t *testing.T) {
	d := twins(t)
	d.read("partners.csv", "name,sector\nGamma Lab,x\n")
	d.must(d.Merge(t.Context(), d.by(), "partner:alpha-fund", "partner:beta-trust"))
	d.must(d.Withdraw(t.Context(), d.by(), "partner:beta-trust", nil))
	if _, err := d.Merge(t.Context(), d.by(), "partner:gamma-lab", "partner:alpha-fund"); err == nil {
		s, _, _ := d.snapshot()
		defer s.Close()
		_, err := s.Node(t.Context(), staff, "partner:gamma-lab")
		t.Errorf("merged into a record that is gone; then gamma is: %v", err)
	}
}

// Nor is such a record merged into another one.
func TestMergeFromGone(t *testing.T) {
	d := twins(t)
	d.read("partners.csv", "name,sector\nGamma Lab,x\n")
	d.must(d.Merge(t.Context(), d.by(), "partner:alpha-fund", "partner:beta-trust"))
	d.must(d.Withdraw(t.Context(), d.by(), "partner:beta-trust", nil))
	if e, err := d.Merge(t.Context(), d.by(), "partner:alpha-fund", "partner:gamma-lab"); err == nil {
		s, _, _ := d.snapshot()
		defer s.Close()
		n, err := s.Node(t.Context(), staff, "partner:alpha-fund")
		t.Errorf("a withdrawn record was merged: ruling %+v; alpha is %v %v", e.Effects[0].Ruling.After, n.ID, err)
	}
}

// Making a record is not undone while another one goes by it, or it by another.
func TestUndoCreationOfMerged(t *testing.T) {
	d := twins(t)
	e, err := d.SaveNode(t.Context(), d.by(), record.SaveNode{Kind: record.PartnerKind, Node: record.Node{Name: "Gamma Lab", Partner: &record.Partner{}}})
	if err != nil {
		t.Fatal(err)
	}
	d.must(d.Merge(t.Context(), d.by(), "partner:alpha-fund", "partner:gamma-lab"))
	if _, err := d.Undo(t.Context(), d.by(), e[0].Number); err == nil {
		s, _, _ := d.snapshot()
		_, err := s.Node(t.Context(), staff, "partner:alpha-fund")
		s.Close()
		t.Errorf("the making of the survivor was undone; alpha, which was there before: %v", err)
	}
}

// The same of the one that goes by the other.
func TestUndoCreationOfTheOtherMerged(t *testing.T) {
	d := twins(t)
	e, err := d.SaveNode(t.Context(), d.by(), record.SaveNode{Kind: record.PartnerKind, Node: record.Node{Name: "Gamma Lab", Partner: &record.Partner{}}})
	if err != nil {
		t.Fatal(err)
	}
	d.must(d.Merge(t.Context(), d.by(), "partner:gamma-lab", "partner:alpha-fund"))
	if _, err := d.Undo(t.Context(), d.by(), e[0].Number); err == nil {
		_, err = d.Unmerge(t.Context(), d.by(), "partner:gamma-lab")
		t.Errorf("the making of a merged record was undone (Withdraw refuses this); unmerge says: %v", err)
	}
}

// Another name that was added and undone is no name of the record any more.
func TestUndoAlias(t *testing.T) {
	d := newDesk(t)
	d.read("partners.csv", "name,sector\nAlpha Fund,x\n")
	d.read("one.md", "Note\n\nCamden thanked the Lantern Foundation, which funds the work.\n")
	before := d.waits(Filter{})
	s, _, _ := d.snapshot()
	n, _ := s.OwnNode(t.Context(), staff, "partner:alpha-fund")
	s.Close()
	n.Aliases = append(n.Aliases, "Lantern Foundation")
	es, err := d.SaveNode(t.Context(), d.by(), record.SaveNode{Node: n})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(es), d.waits(Filter{}))
	d.undo(es[0])
	d.want("undone", Filter{}, before...)
	s, _, _ = d.snapshot()
	defer s.Close()
	c, _ := s.LinkCounts(t.Context(), staff, "partner:alpha-fund")
	if len(c) > 0 {
		t.Errorf("alpha fund is still mentioned by a name that it has not: %v", c)
	}
}

// A name by which a record goes already makes no second one.
func TestAmbiguousName(t *testing.T) {
	d := newDesk(t)
	d.read("one.md", firstNote)
	for range 2 {
		if _, err := d.SaveNode(t.Context(), d.by(), record.SaveNode{Kind: record.PartnerKind, Node: record.Node{Name: "Lantern Foundation", Partner: &record.Partner{}}}); err != nil {
			t.Fatal(err)
		}
	}
	d.read("two.md", strings.ReplaceAll(firstNote, "Weeknote 1", "Weeknote 2"))
	t.Log(d.waits(Filter{Sorts: []Sort{Name, Pair}}))
	s, _, _ := d.snapshot()
	r, _ := s.Recognised(t.Context())
	t.Log(r)
	s.Close()
	// accept with the name of a known record
	d.read("three.md", strings.ReplaceAll(firstNote, "Lantern Foundation", "Lanthorn Foundation"))
	id, _, err := d.AcceptName(t.Context(), d.by(), record.PartnerKind, "Lanthorn Foundation", &NewRecord{Name: "Lantern Foundation"}, "")
	t.Log(id, err)
}

// leighs adds Ann and Anna Leigh and a text that names them, and returns what says
// that one of them works for Camden.
func leighs(d *desk) (link func(from record.ID, role, q string, st record.LinkStatus, since int16) string) {
	t := d.t
	save := func(k record.Kind, name string) {
		if _, err := d.SaveNode(t.Context(), d.by(), record.SaveNode{Kind: k, Node: record.Node{Name: name}}); err != nil {
			t.Fatal(err)
		}
	}
	save(record.PersonKind, "Ann Leigh")
	save(record.PersonKind, "Anna Leigh")
	d.read("n.md", "Note\n\nAnn Leigh was there. So was Anna Leigh. They spoke of Camden.\n")
	return func(from record.ID, role, q string, st record.LinkStatus, since int16) string {
		l := record.Link{Type: record.WorksFor, From: from, To: "borough:camden", Role: role, Status: st, Confidence: 1, Evidence: []record.Evidence{{Text: "weeknote:note", Quote: q}}}
		if since > 0 {
			l.Since = record.PartialDate{Year: since}
		}
		e, err := d.store.Commit(t.Context(), record.Change{ID: d.by().ChangeID, Actor: "t", Ops: []record.Op{{SaveLink: &record.SaveLink{Link: l}}}})
		if err != nil {
			t.Fatal(err)
		}
		return e.Saved[0].ID
	}
}

// Rejecting a job without a title leaves the jobs with one alone.
func TestRejectTakesOthers(t *testing.T) {
	d := newDesk(t)
	d.read("people.csv", "name,kind\nAnn Lee,person\n")
	link := leighs(d)
	head := link("person:ann-leigh", "Head of Data", "Ann Leigh was there.", record.Confirmed, 2015)
	cto := link("person:ann-leigh", "CTO", "Ann Leigh was there.", record.Confirmed, 2019)
	bare := link("person:anna-leigh", "", "So was Anna Leigh.", record.Proposed, 0)
	d.must(d.Merge(t.Context(), d.by(), "person:anna-leigh", "person:ann-leigh"))
	t.Log(d.links("person:ann-leigh"))
	d.must(d.Review(t.Context(), d.by(), []string{bare}, record.Rejected))
	t.Log(head, cto, bare, d.links("person:ann-leigh"))
	if len(d.links("person:ann-leigh")) == 0 {
		t.Error("rejecting a proposal that says no title took two confirmed jobs with it")
	}
}

// A job without a title does not hide one that has one.
func TestBareJobSwallowsOther(t *testing.T) {
	d := newDesk(t)
	link := leighs(d)
	link("person:ann-leigh", "Head of Data", "Ann Leigh was there.", record.Confirmed, 2015)
	link("person:ann-leigh", "CTO", "Ann Leigh was there.", record.Confirmed, 2019)
	link("person:anna-leigh", "", "So was Anna Leigh.", record.Confirmed, 2021)
	before := d.links("person:ann-leigh")
	d.must(d.Merge(t.Context(), d.by(), "person:anna-leigh", "person:ann-leigh"))
	if after := d.links("person:ann-leigh"); len(after) < len(before) {
		t.Errorf("two jobs %q became %q by a merge", before, after)
	}
}

// A record that stands again is no longer said to be none.
func TestRulingOfRestored(t *testing.T) {
	d := newDesk(t)
	d.read("partners.csv", "name,sector\nAlpha Co,x\n")
	d.must(d.Withdraw(t.Context(), d.by(), "partner:alpha-co", nil))
	if _, err := d.Restore(t.Context(), d.by(), "partner:alpha-co"); err != nil {
		t.Error(err)
	}
	s, _, _ := d.snapshot()
	defer s.Close()
	rs, _ := s.Rulings(t.Context(), staff)
	for _, r := range rs {
		t.Errorf("after withdraw and restore it stands that: %+v", r)
	}
}

// Two that were said to be two are two after one of them was merged as well.
func TestDistinctAfterMerge(t *testing.T) {
	d := newDesk(t)
	d.read("partners.csv", "name,sector\nLantern Foundation,x\nLanterne Foundation,x\nNight Fund,x\n")
	pairs := Filter{Sorts: []Sort{Pair}}
	t.Log(d.waits(pairs))
	d.must(d.Part(t.Context(), d.by(), "partner:lantern-foundation", "partner:lanterne-foundation"))
	d.want("parted", pairs)
	d.must(d.Merge(t.Context(), d.by(), "partner:lantern-foundation", "partner:night-fund"))
	d.want("parted, and one merged", pairs)
}

// A name that does not wait cannot be dismissed.
func TestDismissWhatIsNot(t *testing.T) {
	d := newDesk(t)
	d.read("partners.csv", "name,sector\nLantern Foundation,x\n")
	e, err := d.DismissName(t.Context(), d.by(), record.PartnerKind, "Lantern Foundation")
	t.Log("a record's own name:", e.Saved, err)
	e, err = d.DismissName(t.Context(), d.by(), record.PartnerKind, "no such thing")
	t.Log("a name nobody uses:", e.Saved, err)
}

// Texts that come in while a name is being accepted are read again too.
func TestRaceOfReading(t *testing.T) {
	d := newDesk(t)
	d.read("one.md", firstNote)
	for i := range 30 {
		d.read(fmt.Sprint("n", i, ".md"), fmt.Sprintf("Note %d\n\nCamden joined the “Project X%d” project. Sutton joined the “Bright Lamps” project.\n", i, i))
	}
	done := make(chan error)
	go func() {
		for i := range 40 {
			_, err := d.importer.File(t.Context(), ingest.File{Name: fmt.Sprint("r", i, ".md"), Body: []byte(fmt.Sprintf("Race %d\n\nCamden joined the “Bright Lamps” project.\n", i))}, ingest.Options{})
			if err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	_, _, err := d.AcceptName(t.Context(), By{Actor: "x", ChangeID: "race"}, record.ProjectKind, "Bright Lamps", nil, "")
	t.Log("accept:", err)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	d.want("after the race", Filter{Sorts: []Sort{Name}, Kinds: []record.Kind{record.ProjectKind}, Rule: "nothing"})
	for _, w := range d.waits(Filter{Sorts: []Sort{Name}}) {
		if strings.Contains(w, "Bright Lamps") {
			t.Errorf("a record stands, and yet: %s", w)
			id, _, err := d.AcceptName(t.Context(), By{Actor: "x", ChangeID: "race2"}, record.ProjectKind, "Bright Lamps", nil, "")
			t.Log("accepting it again makes", id, err)
		}
	}
}

// A text that was withdrawn with the one it goes by stands in the way of nothing.
func TestPoisonedReading(t *testing.T) {
	d := newDesk(t)
	d.read("a.md", "Note A\n\nCamden met the Lantern Foundation.\n")
	d.read("b.md", "Note B\n\nCamden met nobody.\n")
	d.must(d.Merge(t.Context(), d.by(), "weeknote:note-a", "weeknote:note-b"))
	d.must(d.Withdraw(t.Context(), d.by(), "weeknote:note-b", nil))
	save := func(name string) error {
		_, err := d.SaveNode(t.Context(), d.by(), record.SaveNode{Kind: record.PartnerKind, Node: record.Node{Name: name, Partner: &record.Partner{}}})
		return err
	}
	if err := save("Lantern Foundation"); err != nil {
		t.Errorf("adding a record: %v", err)
	}
	if err := save("Something Else"); err != nil {
		t.Errorf("adding another, that has nothing to do with it: %v", err)
	}
	r, err := d.importer.File(t.Context(), ingest.File{Name: "partners.csv", Body: []byte("name,sector\nThird Org,x\n")}, ingest.Options{})
	t.Log(r.Problems, err)
}

// A link that was read through a merged record can be sent back.
func TestEditLinkOfMerged(t *testing.T) {
	d := newDesk(t)
	d.read("partners.csv", "name,sector\nAlpha Fund,x\nBeta Trust,x\n")
	d.read("projects.csv", "name\nBright Lamps\n")
	d.read("a.md", "Note A\n\nBright Lamps is funded by Alpha Fund.\n")
	d.must(d.Merge(t.Context(), d.by(), "partner:alpha-fund", "partner:beta-trust"))
	l := *d.item(Filter{Sorts: []Sort{Link}}).Link
	l.Since, l.Status = record.PartialDate{Year: 2020}, record.Confirmed
	if _, err := d.store.Commit(t.Context(), record.Change{ID: "edit", Actor: "t", Ops: []record.Op{{SaveLink: &record.SaveLink{Link: l}}}}); err != nil {
		t.Error(err)
	}
}

// Correcting an end of what is shown as one link rejects all of it.
func TestCorrectEndWhileMerged(t *testing.T) {
	d := twins(t)
	ids := d.fundedBy()
	d.must(d.Merge(t.Context(), d.by(), "partner:alpha-fund", "partner:beta-trust"))
	i := d.item(Filter{Sorts: []Sort{Link}})
	from := record.ID("project:dim-lamps")
	e, right, err := d.Correct(t.Context(), d.by(), i.ID, Correction{From: &from})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", d.own(right))
	d.undo(e)
	for to, id := range ids {
		t.Log(to, d.own(id).Status)
	}
	t.Log(d.own(right).Withdrawn)
	// correct an end to the alias record
	to := record.ID("partner:alpha-fund")
	_, right, err = d.Correct(t.Context(), d.by(), i.ID, Correction{To: &to})
	t.Log(right, err, d.links("project:bright-lamps"))
	d.must(d.Unmerge(t.Context(), d.by(), "partner:alpha-fund"))
	t.Log(d.links("project:bright-lamps"))
}
