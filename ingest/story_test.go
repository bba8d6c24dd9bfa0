package ingest_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
)

var update = flag.Bool("update", false, "rewrite the stories' wanted parts from what happens")

// TestStories runs each story of testdata: folders imported one after another
// into one graph, and what is to be said of each. testdata/README.md says how a
// story is written.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { runStory(t, file) })
	}
}

func runStory(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	store := open(t)
	importer := ingest.New(store)
	folders := map[string]fstest.MapFS{}
	for _, f := range archive.Files {
		step, name, ok := strings.Cut(f.Name, "/")
		if !ok {
			t.Fatalf("%s: file %q is in no step; name it like \"1 first import/note.md\"", file, f.Name)
		}
		if name == "want" {
			continue
		}
		if folders[step] == nil {
			folders[step] = fstest.MapFS{}
		}
		folders[step][name] = &fstest.MapFile{Data: f.Data}
	}
	for _, step := range slices.Sorted(maps.Keys(folders)) {
		options := ingest.Options{Actor: "a test", Now: noon, AcceptNew: strings.Contains(step, "accepting"), DryRun: strings.Contains(step, "trying")}
		report, err := importer.Folder(t.Context(), folders[step], options, nil)
		if err != nil {
			t.Fatalf("%s: %v", step, err)
		}
		got := inWords(t, store, report)
		i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == step+"/want" })
		if *update {
			if i < 0 {
				archive.Files = append(archive.Files, txtar.File{Name: step + "/want"})
				i = len(archive.Files) - 1
			}
			archive.Files[i].Data = []byte(got)
		} else if i < 0 || string(archive.Files[i].Data) != got {
			t.Errorf("%s: got\n%s", step, got)
		}
	}
	if *update {
		slices.SortStableFunc(archive.Files, func(a, b txtar.File) int {
			stepA, _, _ := strings.Cut(a.Name, "/")
			stepB, _, _ := strings.Cut(b.Name, "/")
			return cmp.Compare(stepA, stepB)
		})
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	sound(t, store)
}

func noon() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) }

func open(t *testing.T) *graph.Store {
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// sound holds that the graph's invariants hold.
func sound(t *testing.T, store *graph.Store) {
	t.Helper()
	s := snapshot(t, store)
	for broken, err := range s.Check(t.Context()) {
		t.Errorf("broken: %s %v", broken, err)
	}
}

func snapshot(t *testing.T, store *graph.Store) *graph.Snapshot {
	t.Helper()
	s, err := store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// inWords is the report, and then what the graph holds, as a person reads it.
func inWords(t *testing.T, store *graph.Store, r ingest.Report) string {
	var b strings.Builder
	count := func(n int, what string) {
		if n > 0 {
			fmt.Fprintf(&b, "%d %s\n", n, what)
		}
	}
	count(r.Added, "texts added")
	count(r.Changed, "texts changed")
	count(r.Unchanged, "texts unchanged")
	count(r.Withdrawn, "texts withdrawn")
	count(r.RecordsAdded, "records added")
	count(r.RecordsChanged, "records changed")
	count(r.LinksConfirmed, "links confirmed")
	count(r.LinksProposed, "links proposed")
	count(r.LinksSupported, "links with new evidence")
	for _, u := range r.Unknown {
		fmt.Fprintf(&b, "unknown %s: %s\n", u.Kind.Label(), u.Name)
	}
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "problem: %s\n", p.Error())
	}
	fmt.Fprintf(&b, "version %d\n", r.Version)
	contents(t, store, &b)
	return b.String()
}

// contents writes the records and the links between them.
func contents(t *testing.T, store *graph.Store, b *strings.Builder) {
	s, err := store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, all := context.Background(), record.Lens{Proposed: true, Viewer: record.Viewer{Clearance: record.Staff}}
	for _, kind := range record.Kinds() {
		for at, err := range s.Nodes(ctx, all, kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				t.Fatal(err)
			}
			n := at.Value
			fmt.Fprintf(b, "\n%s %q revision %d\n", n.ID, n.Names(), n.Revision)
			if n.Weeknote != nil && n.Weeknote.Visibility != record.Public {
				fmt.Fprintf(b, "  for %s only\n", n.Weeknote.Visibility)
			}
			f := graph.LinkFilter{Direction: record.Out}
			for link, err := range s.Links(ctx, all, n.ID, f, "") {
				if err != nil {
					t.Fatal(err)
				}
				writeLink(b, link.Value)
			}
		}
	}
}

func writeLink(b *strings.Builder, l record.Link) {
	if l.Type == record.Mentions {
		fmt.Fprintf(b, "  mentions %s:", l.To)
		for _, e := range l.Evidence {
			fmt.Fprintf(b, " %q", e.Quote)
		}
		fmt.Fprintln(b)
		return
	}
	fmt.Fprintf(b, "  %s %s %s\n", l.Status, l.Type, l.To)
	if l.Role != "" {
		fmt.Fprintf(b, "    role %s\n", l.Role)
	}
	for _, e := range l.Evidence {
		mark := ""
		if e.Superseded {
			mark = " (superseded)"
		}
		fmt.Fprintf(b, "    %s version %d%s: %q\n", e.Text, e.Version, mark, e.Quote)
	}
}
