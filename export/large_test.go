package export_test

import (
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"lotigraph/export"
	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
)

// readSlowly is a file system of which no file can be read at once, as if each was
// larger than memory.
type readSlowly struct{ fstest.MapFS }

func (f readSlowly) Open(name string) (fs.File, error) {
	file, err := f.MapFS.Open(name)
	if info, bad := fs.Stat(f.MapFS, name); err != nil || bad != nil || info.IsDir() {
		return file, err
	}
	return onlyPieces{file}, nil
}

func (f readSlowly) ReadFile(name string) ([]byte, error) {
	return nil, fmt.Errorf("%s is too large to be read at once", name)
}

type onlyPieces struct{ fs.File }

func (f onlyPieces) Read(p []byte) (int, error) {
	if len(p) > 1<<20 {
		return 0, io.ErrShortBuffer
	}
	return f.File.Read(p)
}

func onDisk(t *testing.T) *graph.Store {
	t.Helper()
	store, err := graph.Open(t.TempDir(), graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// TestLargeFilesComeBack holds that import reads whatever export writes, however
// large: a file of more than any other file may have, a text of nearly the greatest
// length, of signs that are escaped, and a link with more quotes than a change holds.
func TestLargeFilesComeBack(t *testing.T) {
	before := onDisk(t) // where a link may be larger than in memory
	summary := strings.Repeat("“=”\n", 500)
	for i := 0; i < 4000; i += 100 {
		var ops []record.Op
		for j := range 100 {
			ops = append(ops, node("", record.PersonKind, record.Node{Name: fmt.Sprint("Person ", i+j), Summary: summary}))
		}
		commit(t, before, ops...)
	}
	commit(t, before, node("", record.ProjectKind, record.Node{Name: "Long Story"}), node("", record.PartnerKind, record.Node{Name: "Scribes"}))
	for i := range 2 {
		var body strings.Builder
		fmt.Fprintf(&body, "# Note %d\n\n", i)
		var quotes []string
		for j := range 14 {
			quotes = append(quotes, fmt.Sprintf("“%d.%d”\\ %s", i, j, strings.Repeat("\"\\ \"", 6000)))
			body.WriteString(quotes[j] + "\n\n")
		}
		report, err := ingest.New(before).File(t.Context(), ingest.File{Name: fmt.Sprint(i, ".md"), Body: []byte(body.String())}, ingest.Options{Now: noon})
		if err != nil || len(report.Problems) > 0 {
			t.Fatal(report.Problems, err)
		}
		for _, quote := range quotes {
			commit(t, before, says("partner:scribes", record.PartnerIn, "project:long-story", "delivery", "", "", record.Confirmed, report.Saved[0], quote))
		}
	}
	s := snapshot(t, before)
	body := write(t, s, "jsonl", export.Options{Lens: staff()})
	if len(body) < 17<<20 {
		t.Fatalf("the file has %d bytes, and should be a large one", len(body))
	}
	store := onDisk(t)
	report, err := ingest.New(store).Folder(t.Context(), readSlowly{fstest.MapFS{"loti.jsonl": {Data: body}}}, ingest.Options{Now: noon}, nil)
	if err != nil || len(report.Problems) > 0 {
		t.Fatal(report.Problems, err)
	}
	want, _ := byLines(t, s, staff(), staff()).tell(t)
	got, _ := byLines(t, snapshot(t, store), staff(), staff()).tell(t)
	alike(t, "a large file", got, want)
}
