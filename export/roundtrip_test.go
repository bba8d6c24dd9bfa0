package export_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lotigraph/export"
	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/seed"
)

// withoutTexts are the kinds whose records a table describes; texts come as texts.
func withoutTexts() []record.Kind {
	return []record.Kind{record.ProjectKind, record.BoroughKind, record.PersonKind, record.PartnerKind}
}

// texts are the texts of a file system.
func texts(t *testing.T, fsys fs.FS) fstest.MapFS {
	t.Helper()
	found := fstest.MapFS{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasPrefix(name, "texts/") {
			return err
		}
		raw, err := fs.ReadFile(fsys, name)
		found[name] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// toldNodes are the records as the tables of an import can say them, a line each.
func toldNodes(t *testing.T, s *graph.Snapshot, l record.Lens) (list []string, ids []record.ID) {
	t.Helper()
	for _, kind := range record.Kinds() {
		for at, err := range s.Nodes(t.Context(), l, kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				t.Fatal(err)
			}
			n := at.Value
			ids = append(ids, n.ID)
			list = append(list, fmt.Sprintf("%s %q %q %q %q %v %v %v", n.ID, n.Name, n.Aliases, n.Summary, n.URL, deref(n.Project), deref(n.Borough), deref(n.Partner)))
		}
	}
	return list, ids
}

// told is the graph as the tables of an import can say it: the records, and each
// confirmed link with each of its quotes. Ids of links, methods and confidences
// are no part of it.
func told(t *testing.T, s *graph.Snapshot, l record.Lens) []string {
	t.Helper()
	list, ids := toldNodes(t, s, l)
	for _, id := range ids {
		f := graph.LinkFilter{Direction: record.Out, Types: slices.DeleteFunc(record.LinkTypes(), record.LinkType.Derived)}
		for at, err := range s.Links(t.Context(), l, id, f, "") {
			if err != nil {
				t.Fatal(err)
			}
			link := at.Value
			for _, ev := range link.Evidence {
				list = append(list, fmt.Sprintf("%s %s %s %q %s–%s %s: %s %q", link.From, link.Type, link.To, link.Role, link.Since, link.Until, link.Status, ev.Text, ev.Quote))
			}
		}
	}
	return list
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// TestTablesComeBack is the law that the tables which export writes of the seed
// give the same graph when import reads them beside the texts.
func TestTablesComeBack(t *testing.T) {
	for _, form := range []string{"csv", "xlsx"} {
		t.Run(form, func(t *testing.T) {
			before := snapshot(t, programme(t))
			folder := texts(t, seed.FS())
			o := export.Options{Lens: record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}}
			links := write(t, before, "links.csv", o)
			if form == "xlsx" {
				folder["loti.xlsx"] = &fstest.MapFile{Data: write(t, before, "xlsx", o)}
			} else {
				folder["links.csv"] = &fstest.MapFile{Data: links}
				o.Kinds = withoutTexts()
				folder["nodes.csv"] = &fstest.MapFile{Data: write(t, before, "nodes.csv", o)}
			}
			store := open(t)
			report, err := ingest.New(store).Folder(t.Context(), folder, ingest.Options{Now: noon}, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range report.Problems {
				// A workbook has the texts in its table of records, and a sheet about itself.
				if form != "xlsx" || p.Sheet != "About" && !strings.Contains(p.Reason, "a weeknote comes from a text") {
					t.Error(p)
				}
			}
			want, got := told(t, before, o.Lens), told(t, snapshot(t, store), o.Lens)
			if len(want) < 500 {
				t.Errorf("there are only %d lines to compare", len(want))
			}
			same(t, "the graph", got, want)
		})
	}
}

// TestGuardedCellsComeBack holds the same of cells that were guarded, on the small
// graph, where each sort of them stands.
func TestGuardedCellsComeBack(t *testing.T) {
	before := snapshot(t, small(t))
	store := open(t)
	table := write(t, before, "nodes.csv", export.Options{Lens: staff(), Kinds: withoutTexts()})
	report, err := ingest.New(store).File(t.Context(), ingest.File{Name: "nodes.csv", Body: table}, ingest.Options{Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		t.Error(p)
	}
	got, _ := toldNodes(t, snapshot(t, store), staff())
	want, _ := toldNodes(t, before, staff())
	same(t, "records", got, slices.DeleteFunc(want, func(line string) bool { return strings.HasPrefix(line, "weeknote:") }))
}

// wholly is the graph as JSON Lines can say it: told, with what texts say of
// themselves and with the rules and confidences of quotes.
func wholly(t *testing.T, s *graph.Snapshot, l record.Lens) []string {
	t.Helper()
	list, ids := toldNodes(t, s, l)
	for _, id := range ids {
		n, err := s.Node(t.Context(), l, id)
		if err != nil {
			t.Fatal(err)
		}
		w := deref(n.Weeknote)
		w.Version, w.Unknown = 0, nil
		list = append(list, fmt.Sprintf("%s %+v %s", id, w, n.Stated))
		f := graph.LinkFilter{Direction: record.Out} // what texts mention too
		for at, err := range s.Links(t.Context(), l, id, f, "") {
			if err != nil {
				t.Fatal(err)
			}
			link := at.Value
			line := fmt.Sprintf("%s %s %s %q %s–%s %s %v", link.From, link.Type, link.To, link.Role, link.Since, link.Until, link.Status, link.Confidence)
			for _, ev := range link.Evidence {
				if !ev.Superseded {
					list = append(list, fmt.Sprintf("%s: %s %d–%d %q %s %v", line, ev.Text, ev.Start, ev.End, ev.Quote, ev.Method, ev.Confidence))
				}
			}
			list = append(list, line)
		}
	}
	slices.Sort(list)
	return list
}

// TestLinesComeBack is the law that JSON Lines, with proposals, give the same graph
// again, and that reading them twice changes nothing.
func TestLinesComeBack(t *testing.T) {
	before := snapshot(t, programme(t))
	l := record.Lens{Viewer: record.Viewer{Clearance: record.Staff}, Proposed: true}
	body := write(t, before, "jsonl", export.Options{Lens: l})
	store := open(t)
	im := ingest.New(store)
	for round := range 2 {
		report, err := im.File(t.Context(), ingest.File{Name: "loti.jsonl", Body: body}, ingest.Options{Now: noon})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range report.Problems {
			t.Error(p)
		}
		if round == 1 && (report.Added+report.Changed+report.RecordsAdded+report.RecordsChanged+report.LinksConfirmed+report.LinksProposed > 0) {
			t.Errorf("read again it changed something: %+v", report)
		}
		want, got := wholly(t, before, l), wholly(t, snapshot(t, store), l)
		if len(want) < 500 {
			t.Errorf("there are only %d lines to compare", len(want))
		}
		same(t, "the graph", got, want)
	}
	cut, err := im.File(t.Context(), ingest.File{Name: "cut.jsonl", Body: append(body[:len(body)/2], "\n{}\n"...)}, ingest.Options{Now: noon})
	if err != nil || len(cut.Problems) != 3 {
		t.Errorf("a file cut in the middle of a line: %v, %v", cut.Problems, err)
	}
}
