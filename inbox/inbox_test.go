package inbox

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"lotigraph/extract"
	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/seed"
)

var staff = record.Lens{Viewer: record.Viewer{Clearance: record.Staff}, Proposed: true}

// desk is a person at an inbox over a graph in memory with the 33 boroughs.
type desk struct {
	*Inbox
	t *testing.T
	n int
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	d := &desk{Inbox: New(store, ingest.New(store)), t: t}
	body, err := fs.ReadFile(seed.FS(), "boroughs.csv")
	if err != nil {
		t.Fatal(err)
	}
	d.read("boroughs.csv", string(body))
	return d
}

// read imports a file, in which nothing may be wrong.
func (d *desk) read(name, body string) ingest.Report {
	d.t.Helper()
	r, err := d.importer.File(d.t.Context(), ingest.File{Name: name, Body: []byte(body)}, ingest.Options{})
	if err != nil || len(r.Problems) > 0 {
		d.t.Fatal(r.Problems, err)
	}
	return r
}

func (d *desk) by() By {
	d.n++
	return By{Actor: "a test", ChangeID: fmt.Sprint("decision ", d.n), Now: time.Unix(0, 0).UTC()}
}

// waits lists what waits, in words.
func (d *desk) waits(f Filter) (list []string) {
	d.t.Helper()
	s, _, err := d.snapshot()
	if err != nil {
		d.t.Fatal(err)
	}
	defer s.Close()
	items, err := d.Items(d.t.Context(), s, staff.Viewer, f, "")
	if err != nil {
		d.t.Fatal(err)
	}
	for _, item := range items {
		q, err := item.Question(func(id record.ID) (string, error) {
			n, err := s.Node(d.t.Context(), staff, id)
			return n.Name, err
		})
		if err != nil {
			d.t.Fatal(err)
		}
		list = append(list, q)
	}
	slices.Sort(list)
	return list
}

func (d *desk) want(what string, f Filter, want ...string) {
	d.t.Helper()
	slices.Sort(want)
	if got := d.waits(f); !slices.Equal(got, want) {
		d.t.Errorf("%s:\n got  %q\n want %q", what, got, want)
	}
}

// links lists a record's links, mentions left aside.
func (d *desk) links(id record.ID) (list []string) {
	d.t.Helper()
	s, _, err := d.snapshot()
	if err != nil {
		d.t.Fatal(err)
	}
	defer s.Close()
	for at, err := range s.Links(d.t.Context(), staff, id, graph.LinkFilter{}, "") {
		if err != nil {
			d.t.Fatal(err)
		}
		if l := at.Value; !l.Type.Derived() {
			list = append(list, fmt.Sprint(l.From.Slug(), " ", l.Type, " ", l.To.Slug(), " ", l.Role, " ", l.Status))
		}
	}
	slices.Sort(list)
	return list
}

func (d *desk) undo(e record.Entry) {
	d.t.Helper()
	if _, err := d.Undo(d.t.Context(), d.by(), e.Number); err != nil {
		d.t.Fatal(err)
	}
}

const firstNote = `Weeknote 1

Camden joined the “Bright Lamps” project, which is funded by the Lantern Foundation.

Ann Lee (Head of Data, Camden) leads Bright Lamps.
`

// A text is read, its names are settled, its links are settled, and reading it
// again, as it is or edited, opens nothing that was settled.
func TestFromTextToAnswers(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.read("one.md", firstNote)
	names := Filter{Sorts: []Sort{Name}}
	d.want("at first", names, "Is Bright Lamps a project?", "Is Lantern Foundation a partner organisation?", "Is Ann Lee a person?")
	project, entries, err := d.AcceptName(ctx, d.by(), record.ProjectKind, "bright-lamps", nil, "")
	if err != nil || project != "project:bright-lamps" || len(entries) != 1 {
		t.Fatal(project, entries, err)
	}
	if _, _, err := d.AcceptName(ctx, d.by(), record.PartnerKind, "Lantern Foundation", &NewRecord{Name: "The Lantern Foundation", Sector: "charity"}, ""); err != nil {
		t.Fatal(err)
	}
	dismissed, err := d.DismissName(ctx, d.by(), record.PersonKind, "Ann Lee")
	if err != nil {
		t.Fatal(err)
	}
	d.want("names settled", names)
	d.want("links now proposed", Filter{Sorts: []Sort{Link}}, "Is it right that Camden joined Bright Lamps as participant?", "Is it right that Bright Lamps is funded by The Lantern Foundation?")

	s, _, _ := d.snapshot()
	items, err := d.Items(ctx, s, staff.Viewer, Filter{Types: []record.LinkType{record.Joined}}, "")
	s.Close()
	if err != nil || len(items) != 1 {
		t.Fatal(items, err)
	}
	lead := "lead"
	if _, _, err := d.Correct(ctx, d.by(), items[0].ID, Correction{Role: &lead}); err != nil {
		t.Fatal(err)
	}
	rejected, err := d.ReviewAll(ctx, d.by(), Filter{Source: "weeknote:weeknote-1"}, record.Rejected)
	if err != nil || len(rejected) != 1 {
		t.Fatal(rejected, err)
	}
	d.want("all settled", Filter{})
	if got := d.links(project); !slices.Equal(got, []string{"camden JOINED bright-lamps lead CONFIRMED"}) {
		t.Errorf("linked: %q", got)
	}
	d.read("one.md", firstNote)
	d.read("one.md", firstNote+"\nAnn Lee leads Bright Lamps for Camden. The Lantern Foundation funds Bright Lamps.\n")
	d.want("read again, and edited", Filter{})
	d.undo(dismissed)
	d.want("a decision undone", Filter{Sorts: []Sort{Name}}, "Is Ann Lee a person?")
}

// An accepted name that is undone waits again, and accepted again it is the same
// record.
func TestAcceptanceIsUndone(t *testing.T) {
	d := newDesk(t)
	d.read("one.md", firstNote)
	before := d.waits(Filter{})
	id, entries, err := d.AcceptName(t.Context(), d.by(), record.ProjectKind, "Bright Lamps", nil, "")
	if err != nil {
		t.Fatal(err)
	}
	accepted := d.waits(Filter{})
	d.undo(entries[0])
	d.want("undone", Filter{}, before...)
	again, _, err := d.AcceptName(t.Context(), d.by(), record.ProjectKind, "Bright Lamps", nil, "")
	if err != nil || again != id {
		t.Errorf("accepted again it is %s, was %s (%v)", again, id, err)
	}
	d.want("accepted again", Filter{}, accepted...)
	if _, _, err := d.AcceptName(t.Context(), d.by(), record.ProjectKind, "Bright Lamps", nil, ""); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a name that does not wait: %v", err)
	}
}

// A name becomes another name of a known record: its texts name that record.
func TestNameOfAKnownRecord(t *testing.T) {
	d := newDesk(t)
	d.read("projects.csv", "name\nShining Lights\n")
	d.read("one.md", firstNote)
	id, entries, err := d.AcceptName(t.Context(), d.by(), record.ProjectKind, "Bright Lamps", nil, "project:shining-lights")
	if err != nil || id != "project:shining-lights" {
		t.Fatal(id, err)
	}
	if got := d.links(id); !slices.Contains(got, "camden JOINED shining-lights participant PROPOSED") {
		t.Errorf("linked: %q", got)
	}
	d.undo(entries[0])
	if got := d.links(id); len(got) != 0 {
		t.Errorf("undone, and yet %q", got)
	}
}

// A table that comes after the texts settles the names it lists, and a record that
// is added by hand does.
func TestNamesThatComeLater(t *testing.T) {
	d := newDesk(t)
	d.read("one.md", firstNote)
	if r := d.read("projects.csv", "name\nBright Lamps\n"); r.LinksProposed != 1 {
		t.Errorf("%d links were proposed", r.LinksProposed)
	}
	if _, err := d.SaveNode(t.Context(), d.by(), record.SaveNode{Kind: record.PersonKind, Node: record.Node{Name: "Ann Lee"}}); err != nil {
		t.Fatal(err)
	}
	d.want("names left", Filter{Sorts: []Sort{Name}}, "Is Lantern Foundation a partner organisation?")
	if got := d.links("person:ann-lee"); !slices.Contains(got, "ann-lee LEADS bright-lamps  PROPOSED") {
		t.Errorf("read again: %q", got)
	}
}

// A link to the wrong record is put right: the wrong one stays rejected.
func TestCorrectingAnEnd(t *testing.T) {
	d := newDesk(t)
	d.read("projects.csv", "name\nBright Lamps\nDim Lamps\n")
	d.read("one.md", firstNote)
	s, _, _ := d.snapshot()
	items, err := d.Items(t.Context(), s, staff.Viewer, Filter{Types: []record.LinkType{record.Joined}}, "")
	s.Close()
	if err != nil || len(items) != 1 {
		t.Fatal(items, err)
	}
	to := record.ID("project:dim-lamps")
	entry, right, err := d.Correct(t.Context(), d.by(), items[0].ID, Correction{To: &to})
	if err != nil || right == items[0].ID {
		t.Fatal(right, err)
	}
	d.read("one.md", firstNote+"\nMore.\n")
	if got := append(d.links("project:bright-lamps"), d.links(to)...); !slices.Equal(got, []string{"camden JOINED dim-lamps participant CONFIRMED"}) {
		t.Errorf("corrected: %q", got)
	}
	d.undo(entry)
	if got := d.links("project:bright-lamps"); !slices.Contains(got, "camden JOINED bright-lamps participant PROPOSED") {
		t.Errorf("undone: %q", got)
	}
}

// A withdrawn record is not made again by reading, nor asked about.
func TestWithdrawnStaysGone(t *testing.T) {
	d := newDesk(t)
	d.read("projects.csv", "name\nBright Lamps\n")
	gone, err := d.Withdraw(t.Context(), d.by(), "project:bright-lamps", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.importer.File(t.Context(), ingest.File{Name: "one.md", Body: []byte(firstNote)}, ingest.Options{AcceptNew: true}); err != nil {
		t.Fatal(err)
	}
	if got := d.waits(Filter{Kinds: []record.Kind{record.ProjectKind}}); len(got) != 0 {
		t.Errorf("asked about: %q", got)
	}
	d.undo(gone)
	if got := d.waits(Filter{Kinds: []record.Kind{record.ProjectKind}, Sorts: []Sort{Name}}); len(got) != 0 {
		t.Errorf("a record that stands again, and yet asked: %q", got)
	}
	if got := d.links("project:bright-lamps"); !slices.Contains(got, "camden JOINED bright-lamps participant PROPOSED") {
		t.Errorf("a record that stands again, of which nothing is read: %q", got)
	}
}

// What a second reader finds waits like everything else, stays when the text is
// read again without it, and is asked for once; that it fails harms nothing.
func TestSecondReader(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	asked, broken := 0, false
	d.importer.ReadAlsoWith(func(_ context.Context, r extract.Reading, _ *extract.Lexicon) (extract.Reading, error) {
		asked++
		if broken {
			return r, errors.New("it does not answer")
		}
		at := strings.Index(r.Text.Body, "moonbeam")
		r.Found = append(slices.Clone(r.Found), extract.Found{Kind: record.PartnerKind, Name: "moonbeam", Spans: []record.Span{{Start: at, End: at + 8}}, Rule: record.Model, Confidence: 0.4})
		return r, nil
	})
	note := firstNote + "\nEverything was made by moonbeam.\n"
	d.read("one.md", note)
	d.read("one.md", note)
	if asked != 1 {
		t.Errorf("the same text was read %d times", asked)
	}
	partners := Filter{Kinds: []record.Kind{record.PartnerKind}, Sorts: []Sort{Name}}
	d.want("found", partners, "Is Lantern Foundation a partner organisation?", "Is moonbeam a partner organisation?")
	if _, _, err := d.AcceptName(ctx, d.by(), record.PartnerKind, "Lantern Foundation", nil, ""); err != nil {
		t.Fatal(err)
	}
	d.want("after the text was read again", partners, "Is moonbeam a partner organisation?")
	id, _, err := d.AcceptName(ctx, d.by(), record.PartnerKind, "moonbeam", &NewRecord{Name: "Moonbeam Ltd"}, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.AcceptName(ctx, d.by(), record.ProjectKind, "Bright Lamps", nil, ""); err != nil {
		t.Fatal(err)
	}
	s, _, _ := d.snapshot()
	counts, err := s.LinkCounts(ctx, staff, id)
	s.Close()
	if err != nil || len(counts) != 1 || counts[0].Type != record.Mentions {
		t.Errorf("its mentions: %v, %v", counts, err)
	}
	broken = true
	r, err := d.importer.File(ctx, ingest.File{Name: "two.md", Body: []byte("Weeknote 2\n\nCamden is well.\n")}, ingest.Options{})
	if err != nil || r.Added != 1 || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Reason, "without it") {
		t.Errorf("while it fails: %+v, %v", r, err)
	}
}

// Pairs that were ruled on are not shown again; the preview of a merge says what
// the merge then does.
func TestPairsAndPreview(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.read("partners.csv", "name\nThe Lantern Foundation\nLantern Foundation Ltd\nLanterne Foundation\n")
	d.read("projects.csv", "name\nBright Lamps\nDim Lamps\n")
	d.read("note.md", "Note\n\nThe Lantern Foundation funds Bright Lamps. Lantern Foundation Ltd funds Bright Lamps and Dim Lamps.\n")
	d.read("links.csv", `from,type,to,source,quote
Bright Lamps,FUNDED_BY,The Lantern Foundation,note.md,The Lantern Foundation funds Bright Lamps.
Bright Lamps,FUNDED_BY,Lantern Foundation Ltd,note.md,Lantern Foundation Ltd funds Bright Lamps and Dim Lamps.
Dim Lamps,FUNDED_BY,Lantern Foundation Ltd,note.md,Lantern Foundation Ltd funds Bright Lamps and Dim Lamps.
`)
	pairs := Filter{Sorts: []Sort{Pair}}
	// One text names two of them, so those are taken for two; the third is one letter away.
	if got := strings.Join(d.waits(pairs), "\n"); !strings.Contains(got, "Lanterne Foundation") {
		t.Errorf("pairs: %s", got)
	}
	const from, into = "partner:lantern-foundation-ltd", "partner:lantern-foundation"
	p, err := d.PreviewMerge(ctx, from, into)
	if err != nil || p.Refusal != "" || p.Joins != 2 || !slices.Equal(p.Names, []string{"Lantern Foundation Ltd"}) {
		t.Fatalf("%+v, %v", p, err)
	}
	if _, err := d.Merge(ctx, d.by(), from, into); err != nil {
		t.Fatal(err)
	}
	if got := d.links(into); len(got) != 2 {
		t.Errorf("merged: %q", got)
	}
	if p, err = d.PreviewMerge(ctx, "partner:lanterne-foundation", "project:bright-lamps"); err != nil || p.Refusal == "" {
		t.Errorf("a partner into a project: %+v, %v", p, err)
	}
	if _, err := d.Part(ctx, d.by(), into, "partner:lanterne-foundation"); err != nil {
		t.Fatal(err)
	}
	d.want("ruled on", pairs)
	if p, err = d.PreviewMerge(ctx, "partner:lanterne-foundation", into); err != nil || !strings.Contains(p.Refusal, "two") {
		t.Errorf("two that were said to be two: %+v, %v", p, err)
	}
	if _, err := d.Unmerge(ctx, d.by(), into); !errors.Is(err, record.ErrInvalid) || !strings.Contains(err.Error(), from) {
		t.Errorf("the one that others go by: %v", err)
	}
	if _, err := d.Unmerge(ctx, d.by(), from); err != nil {
		t.Fatal(err)
	}
	if got := d.links(from); len(got) != 2 {
		t.Errorf("un-merged: %q", got)
	}
}

// While two records are one, what a text says under a name of either is written
// for the one whose name it is, and goes with it.
func TestNamesOfMergedRecords(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.read("projects.csv", "name\nBright Lamps\nShining Lights\n")
	if _, err := d.Merge(ctx, d.by(), "project:bright-lamps", "project:shining-lights"); err != nil {
		t.Fatal(err)
	}
	d.read("one.md", "Weeknote 1\n\nCamden joined the Bright Lamps project.\n")
	if got := d.links("project:shining-lights"); !slices.Equal(got, []string{"camden JOINED shining-lights participant PROPOSED"}) {
		t.Errorf("while they are one: %q", got)
	}
	if _, err := d.Unmerge(ctx, d.by(), "project:bright-lamps"); err != nil {
		t.Fatal(err)
	}
	if got := d.links("project:bright-lamps"); !slices.Equal(got, []string{"camden JOINED bright-lamps participant PROPOSED"}) {
		t.Errorf("apart: %q", got)
	}
	if got := d.links("project:shining-lights"); len(got) != 0 {
		t.Errorf("the other: %q", got)
	}
}

// Rejecting everything that the starter programme proposes, and reading all of it
// again, opens nothing; importing it twice is importing it once.
func TestRejectThenReread(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	for range 2 {
		if _, err := d.importer.Folder(ctx, seed.FS(), ingest.Options{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	before := d.waits(Filter{})
	if len(before) == 0 {
		t.Fatal("the starter programme opens no question; the test tests nothing")
	}
	version := d.store.Version()
	if _, err := d.importer.Folder(ctx, seed.FS(), ingest.Options{}, nil); err != nil || d.store.Version() != version {
		t.Errorf("imported again: version %d after %d, %v", d.store.Version(), version, err)
	}
	s, _, _ := d.snapshot()
	items, err := d.Items(ctx, s, staff.Viewer, Filter{}, "")
	s.Close()
	if err != nil {
		t.Fatal(err)
	}
	var texts []record.ID
	for _, item := range items {
		switch item.Sort {
		case Link:
			_, err = d.Review(ctx, d.by(), []string{item.ID}, record.Rejected)
			texts = append(texts, item.Link.Evidence[0].Text)
		case Name:
			_, err = d.DismissName(ctx, d.by(), item.Name.Kind, item.Name.Name)
			texts = append(texts, item.Name.Texts...)
		case Pair:
			_, err = d.Part(ctx, d.by(), item.Pair.A.ID, item.Pair.B.ID)
		}
		if err != nil {
			t.Fatal(item.ID, err)
		}
	}
	d.want("all rejected", Filter{})
	s, _, _ = d.snapshot()
	defer s.Close()
	slices.Sort(texts)
	rereads, err := d.importer.Reread(ctx, s, nil, slices.Compact(texts))
	if err != nil {
		t.Fatal(err)
	}
	for i, ops := range rereads {
		if _, err := d.store.Commit(ctx, record.Change{ID: fmt.Sprint("reread ", i), Actor: "a test", Ops: ops}); err != nil {
			t.Fatal(err)
		}
	}
	d.want("read again", Filter{})
}

// The tables and texts of the starter programme, imported again while records of it
// are merged, change nothing.
func TestImportWhileMerged(t *testing.T) {
	d := newDesk(t)
	if _, err := d.importer.Folder(t.Context(), seed.FS(), ingest.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	for from, into := range map[record.ID]record.ID{"project:city-tools": "project:thirty3", "partner:snook": "partner:nitrous", "person:genta-hajri": "person:eddie-copeland"} {
		if _, err := d.Merge(t.Context(), d.by(), from, into); err != nil {
			t.Fatal(err)
		}
	}
	version := d.store.Version()
	r, err := d.importer.Folder(t.Context(), seed.FS(), ingest.Options{}, nil)
	if err != nil || len(r.Problems) > 0 || d.store.Version() != version {
		t.Errorf("version %d after %d, %v, %v", d.store.Version(), version, r.Problems, err)
	}
}

// The inbox is for staff, and its pages join up.
func TestInboxPages(t *testing.T) {
	d := newDesk(t)
	d.read("one.md", firstNote)
	d.read("two.md", strings.ReplaceAll(strings.ReplaceAll(firstNote, "Weeknote 1", "Weeknote 2"), "Camden", "Sutton"))
	s, _, _ := d.snapshot()
	defer s.Close()
	if _, err := d.Items(t.Context(), s, record.Viewer{}, Filter{}, ""); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("the public: %v", err)
	}
	if _, err := d.Items(t.Context(), s, staff.Viewer, Filter{}, "nonsense"); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("a cursor that is none: %v", err)
	}
	all, err := d.Items(t.Context(), s, staff.Viewer, Filter{}, "")
	if err != nil || len(all) < 3 {
		t.Fatal(all, err)
	}
	for i, item := range all {
		rest, err := d.Items(t.Context(), s, staff.Viewer, Filter{}, item.Cursor())
		if err != nil || len(rest) != len(all)-i-1 {
			t.Errorf("behind item %d there are %d, %v", i, len(rest), err)
		}
	}
	if all[0].Sort != Name || all[0].Settles < all[len(all)-1].Settles {
		t.Errorf("the list begins with %+v", all[0])
	}
}
