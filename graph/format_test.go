package graph_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// A migration that was cut short begins again, however far it had come.
func TestMigrationBeginsAgain(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	say(t, s, script(5, 120))
	want := stateHash(t, s)
	if err := graph.DropDerived(s); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Close(), os.Remove(filepath.Join(dir, "FORMAT"))); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	sound(t, s)
	if stateHash(t, s) != want {
		t.Error("after the migration the graph is another one")
	}
}

// A newer format is refused also where only the store itself tells of it, and
// what cannot be read as a format is no format.
func TestFormatsThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	s := playbook(t, dir)
	err := graph.Damage(s, func(set func(k, v []byte)) { set(graph.FormatKey(), graph.FormatValue(graph.Format+1)) })
	file := filepath.Join(dir, "FORMAT")
	if err := errors.Join(err, s.Close(), os.Remove(file)); err != nil {
		t.Fatal(err)
	}
	if _, err := graph.Open(dir, graph.Options{}); !errors.Is(err, record.ErrInvalid) || !strings.Contains(err.Error(), "knows formats up to") {
		t.Errorf("a newer store: %v", err)
	}
	for _, content := range []string{"", "something else\n", "lotigraph graph format 0\n", "lotigraph graph format -1\n"} {
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := graph.Open(dir, graph.Options{}); !errors.Is(err, record.ErrInvalid) || !strings.Contains(err.Error(), "Nothing was changed") {
			t.Errorf("%q: %v", content, err)
		}
		if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, []byte(content)) {
			t.Errorf("%q became %q, %v", content, now, err)
		}
	}
}

// Opening a graph again does not write its format again.
func TestFormatIsWrittenOnce(t *testing.T) {
	dir := t.TempDir()
	stat := func() os.FileInfo {
		s := open(t, dir)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(dir, "FORMAT"))
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	if first, second := stat(), stat(); !os.SameFile(first, second) {
		t.Error("it was written again")
	}
}
