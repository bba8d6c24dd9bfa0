package export_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lotigraph/export"
	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
)

// telling is a graph in words, for comparing two: a line a record, and what is
// said of each pair of records, a list of links.
type telling struct {
	nodes []string
	links map[string][]toldLink
}

type toldLink struct {
	record.Link
	rest   string
	proofs []string
}

// teller tells what a lens shows of a graph. What formats differ in is left to it.
type teller struct {
	s    *graph.Snapshot
	lens record.Lens
	node func(record.Node) string
	link func(record.Link) string
	by   func(record.Evidence) string
	gone bool // words that are gone from their text are told too
}

// source is what a text is called in every graph. Ids of texts come from their
// titles, and may differ.
func (r teller) source(t *testing.T, id record.ID) string {
	t.Helper()
	n, err := r.s.OwnNode(t.Context(), r.lens, id)
	if err != nil {
		t.Fatal(err)
	}
	if n.Weeknote == nil {
		return string(id)
	}
	return n.Weeknote.Source
}

// tell tells all, and counts the links that nothing proves any more.
func (r teller) tell(t *testing.T) (all telling, unproven int) {
	t.Helper()
	all.links = map[string][]toldLink{}
	for _, kind := range record.Kinds() {
		for at, err := range r.s.Nodes(t.Context(), r.lens, kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				t.Fatal(err)
			}
			if line := r.node(at.Value); line != "" {
				all.nodes = append(all.nodes, r.source(t, at.Value.ID)+" "+line)
			}
			f := graph.LinkFilter{Direction: record.Out, Types: slices.DeleteFunc(record.LinkTypes(), record.LinkType.Derived)}
			for at, err := range r.s.Links(t.Context(), r.lens, at.Value.ID, f, "") {
				if err != nil {
					t.Fatal(err)
				}
				l := toldLink{Link: at.Value, rest: r.link(at.Value)}
				for _, ev := range l.Evidence {
					if !ev.Superseded || r.gone {
						l.proofs = append(l.proofs, r.source(t, ev.Text)+" "+r.by(ev))
					}
				}
				if l.proofs == nil {
					unproven++
				}
				pair := fmt.Sprint(r.source(t, l.From), " ", l.Type, " ", r.source(t, l.To))
				all.links[pair] = append(all.links[pair], l)
			}
		}
	}
	return all, unproven
}

// lines are the told things, sorted, links without proofs left out. Of the pairs given only the proofs are told,
// all together.
func (a telling) lines(together map[string]bool) []string {
	list := slices.Clone(a.nodes)
	for pair, links := range a.links {
		var proofs []string
		for _, l := range links {
			slices.Sort(l.proofs)
			l.proofs = slices.Compact(l.proofs)
			proofs = append(proofs, l.proofs...)
			if !together[pair] && len(l.proofs) > 0 {
				list = append(list, fmt.Sprintf("%s %s: %s", pair, l.rest, strings.Join(l.proofs, "; ")))
			}
		}
		if together[pair] && len(proofs) > 0 {
			slices.Sort(proofs)
			list = append(list, pair+": "+strings.Join(slices.Compact(proofs), "; "))
		}
	}
	slices.Sort(list)
	return list
}

// oneMeaning are the pairs of which the lens shows two links that could be one.
// They come back as one: a lens that hides dates, or records that were merged, can
// show what nobody could say.
func (a telling) oneMeaning() map[string]bool {
	pairs := map[string]bool{}
	for pair, links := range a.links {
		for i, l := range links {
			for _, m := range links[:i] {
				pairs[pair] = pairs[pair] || record.OneMeaning(l.Link, m.Link)
			}
		}
	}
	return pairs
}

// alike reports what only one of two graphs tells.
func alike(t *testing.T, what string, got, want telling) {
	t.Helper()
	together := want.oneMeaning()
	has, all := got.lines(together), want.lines(together)
	if len(all) < 5 {
		t.Errorf("%s: there are only %d lines to compare", what, len(all))
	}
	for _, c := range []struct {
		says     string
		all, not []string
	}{{"did not come back", all, has}, {"came from nowhere", has, all}} {
		lost := slices.DeleteFunc(slices.Clone(c.all), func(line string) bool { return slices.Contains(c.not, line) })
		for _, line := range lost[:min(len(lost), 3)] {
			t.Errorf("%s: %d lines %s, such as %.600s", what, len(lost), c.says, line)
		}
	}
}

// byLines tells a graph as JSON Lines can. Visibility is told as the exporter
// could know it.
func byLines(t *testing.T, s *graph.Snapshot, l, exported record.Lens) teller {
	return teller{s, l, func(n record.Node) string {
		w, body := deref(n.Weeknote), ""
		w.Version, w.Unknown = 0, nil
		stated := n.Stated
		if n.Weeknote != nil {
			text, err := s.Text(t.Context(), l, n.ID, 0)
			if err != nil {
				t.Fatal(err)
			}
			body = text.Body
		} else if !exported.Viewer.Sees(record.Staff) {
			stated = max(exported.Viewer.Clearance, record.Public)
			if n.Borough != nil {
				stated = record.Public
			}
		}
		return fmt.Sprintf("%q %q %q %q %v %v %v %+v stated %q %q", n.Name, n.Aliases, n.Summary, n.URL, deref(n.Project), deref(n.Borough), deref(n.Partner), w, stated, body)
	}, func(l record.Link) string {
		return fmt.Sprintf("%q %s–%s %s %v", l.Role, l.Since, l.Until, l.Status, l.Confidence)
	}, func(e record.Evidence) string {
		return fmt.Sprintf("%d–%d %q %s %v gone: %t", e.Start, e.End, e.Quote, e.Method, e.Confidence, e.Superseded)
	}, true}
}

// TestAnyLinesComeBack is the law that JSON Lines of any graph under any lens,
// read into an empty one, show there what the lens showed; links whose texts were
// taken back are left out, each with a problem.
func TestAnyLinesComeBack(t *testing.T) {
	for seed := range uint64(10) {
		w := randomWorld(t, seed)
		s := snapshot(t, w.store)
		for range 4 {
			l := w.lens()
			body := write(t, s, "jsonl", export.Options{Lens: l})
			store := open(t)
			report, err := ingest.New(store).File(t.Context(), ingest.File{Name: "loti.jsonl", Body: body}, ingest.Options{Now: noon})
			if err != nil {
				t.Fatal(err)
			}
			want, unproven := byLines(t, s, l, l).tell(t)
			got, _ := byLines(t, snapshot(t, store), staff(), staff()).tell(t)
			alike(t, fmt.Sprintf("seed %d, %+v", seed, l), got, want)
			version := store.Version()
			if _, err := ingest.New(store).File(t.Context(), ingest.File{Name: "loti.jsonl", Body: body}, ingest.Options{Now: noon}); err != nil || store.Version() != version {
				t.Errorf("seed %d, %+v: read again it made %d changes (%v)", seed, l, store.Version()-version, err)
			}
			for _, p := range report.Problems {
				if unproven--; unproven < 0 || !strings.Contains(p.Reason, "the file has no words for it") {
					t.Errorf("seed %d, %+v: %v", seed, l, p)
				}
			}
			if t.Failed() {
				return
			}
		}
	}
}

// byTables tells a graph as tables can: no texts, which come from their files, and
// of evidence the text and the words; a job title is on one line. What a table said of itself, for want of
// words of a text, is left out.
func byTables(s *graph.Snapshot, l, exported record.Lens) teller {
	return teller{s, l, func(n record.Node) string {
		if n.Weeknote != nil {
			return ""
		}
		stated := n.Stated
		if !exported.Viewer.Sees(record.Staff) && n.Borough == nil {
			stated = max(exported.Viewer.Clearance, record.Public)
		} else if !exported.Viewer.Sees(record.Staff) {
			stated = record.Public
		}
		return fmt.Sprintf("%q %q %q %q %v %v %v stated %q", n.Name, n.Aliases, n.Summary, n.URL, deref(n.Project), deref(n.Borough), deref(n.Partner), stated)
	}, func(l record.Link) string {
		return fmt.Sprintf("%q %s–%s %s", strings.Join(strings.Fields(l.Role), " "), l.Since, l.Until, l.Status)
	}, func(e record.Evidence) string {
		return fmt.Sprintf("%q", e.Quote)
	}, false}
}

// TestAnyTablesComeBack is the law that tables and workbooks of any graph under
// any lens, read into an empty one beside the texts, show there what the lens
// showed.
func TestAnyTablesComeBack(t *testing.T) {
	for seed := range uint64(10) {
		w := randomWorld(t, seed)
		s := snapshot(t, w.store)
		for i := range 4 {
			l, form := w.lens(), []string{"csv", "xlsx"}[i%2]
			folder := w.shownTexts(t, s, l)
			o := export.Options{Lens: l, Kinds: withoutTexts()}
			if form == "xlsx" {
				folder["loti.xlsx"] = &fstest.MapFile{Data: write(t, s, form, export.Options{Lens: l})}
			} else {
				folder["nodes.csv"] = &fstest.MapFile{Data: write(t, s, "nodes.csv", o)}
				folder["links.csv"] = &fstest.MapFile{Data: write(t, s, "links.csv", export.Options{Lens: l})}
			}
			store := open(t)
			report, err := ingest.New(store).Folder(t.Context(), folder, ingest.Options{Now: noon}, nil)
			if err != nil {
				t.Fatal(err)
			}
			want, _ := byTables(s, l, l).tell(t)
			seen := staff()
			seen.Proposed = l.Proposed
			got, _ := byTables(snapshot(t, store), seen, staff()).tell(t)
			got.forget("links.csv", "loti.xlsx#Links")
			alike(t, fmt.Sprintf("%s, seed %d, %+v", form, seed, l), got, want)
			for _, p := range report.Problems {
				if form != "xlsx" || p.Sheet != "About" && !strings.Contains(p.Reason, "a weeknote comes from a text") {
					t.Errorf("%s, seed %d, %+v: %v", form, seed, l, p)
				}
			}
			if t.Failed() {
				return
			}
		}
	}
}

// shownTexts are the files of the texts that a lens shows, merged ones included.
func (w *world) shownTexts(t *testing.T, s *graph.Snapshot, l record.Lens) fstest.MapFS {
	t.Helper()
	bodies := map[string]bool{}
	for at, err := range s.Nodes(t.Context(), l, record.WeeknoteKind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil {
			t.Fatal(err)
		}
		merged, err := s.MergedFrom(t.Context(), l, at.Value.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range append(merged, at.Value.ID) {
			text, err := s.Text(t.Context(), l, id, 0)
			if err != nil {
				t.Fatal(err)
			}
			bodies[text.Body] = true
		}
	}
	folder := fstest.MapFS{}
	for name, file := range w.texts {
		if bodies[string(file.Data)] {
			folder[name] = file
		}
	}
	return folder
}

// forget leaves out the proofs of some sources.
func (a telling) forget(sources ...string) {
	for _, links := range a.links {
		for i := range links {
			links[i].proofs = slices.DeleteFunc(links[i].proofs, func(proof string) bool {
				source, _, _ := strings.Cut(proof, " ")
				return slices.Contains(sources, source)
			})
		}
	}
}

// TestCorrectionsComeBack holds that what a person made of a proposal is in the
// table what it is in the graph, though the text proposes it again.
func TestCorrectionsComeBack(t *testing.T) {
	folder := fstest.MapFS{
		"boroughs.csv": {Data: []byte("name,ons_code,tile_column,tile_row\nCamden,E09000007,3,2\n")},
		"projects.csv": {Data: []byte("kind,name\nproject,Data Map\n")},
		"note.md":      {Data: []byte("---\ndate: 2021-05-17\n---\n\n# Weeknote 1\n\nCamden leads the Data Map project.\n")},
	}
	store := open(t)
	if _, err := ingest.New(store).Folder(t.Context(), folder, ingest.Options{Now: noon}, nil); err != nil {
		t.Fatal(err)
	}
	before := snapshot(t, store)
	link, err := before.Link(t.Context(), staff(), "link:1")
	for at := range before.Links(t.Context(), staff(), "borough:camden", graph.LinkFilter{Types: []record.LinkType{record.Joined}}, "") {
		link = at.Value
	}
	if err != nil || link.Type != record.Joined || link.Role != "lead" {
		t.Fatalf("the text proposes %+v (%v); there is nothing to correct", link, err)
	}
	link.Role, link.Since, link.Status = "pilot", day("2020-11"), record.Confirmed
	commit(t, store, record.Op{SaveLink: &record.SaveLink{Link: link}})
	after := snapshot(t, store)
	folder["links.csv"] = &fstest.MapFile{Data: write(t, after, "links.csv", export.Options{Lens: staff()})}
	again := open(t)
	if _, err := ingest.New(again).Folder(t.Context(), folder, ingest.Options{Now: noon}, nil); err != nil {
		t.Fatal(err)
	}
	want, _ := byTables(after, staff(), staff()).tell(t)
	got, _ := byTables(snapshot(t, again), staff(), staff()).tell(t)
	if g, w := fmt.Sprint(got.lines(nil)), fmt.Sprint(want.lines(nil)); g != w {
		t.Errorf("got %s, want %s", g, w)
	}
}
