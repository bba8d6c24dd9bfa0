package ingest_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"lotigraph/ingest"
)

// What cannot be read is said, and never waited for.
func TestSources(t *testing.T) {
	dir := t.TempDir()
	write := func(name string) {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte("Weeknote 1\n\nHello."), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"links.csv", "b/note.md", "a.txt", "people.csv", "README.md", "photo.png", ".hidden/note.md"} {
		write(name)
	}
	if err := os.Symlink(filepath.Join(dir, "a.txt"), filepath.Join(dir, "linked.txt")); err != nil {
		t.Fatal(err)
	}
	pipe := filepath.Join(dir, "pipe.txt")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Fatal(err)
	}
	list, problems := ingest.Sources([]string{dir, pipe, filepath.Join(dir, "nowhere.md"), filepath.Join(dir, "photo.png")})
	var names []string
	for _, s := range list {
		names = append(names, s.Name)
	}
	if want := []string{"people.csv", "a.txt", "b/note.md", "linked.txt", "photo.png", "links.csv"}; !slices.Equal(names, want) {
		t.Errorf("sources %q, want %q", names, want)
	}
	var said []string
	for _, p := range problems {
		said = append(said, p.Error())
	}
	if all := strings.Join(said, "\n"); len(said) != 2 || !strings.Contains(all, "neither a file nor a folder") || !strings.Contains(all, "no such file") {
		t.Errorf("problems: %s", all)
	}
}
