package graph_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// playbook is a small graph: a note that says who works on what, proposed.
func playbook(t *testing.T, dir string) *graph.Store {
	s := open(t, dir)
	commit(t, s, saveNode(record.PartnerKind, "Snook"), saveNode(record.ProjectKind, "Playbook"),
		saveText("note.md", "Weeknote 1\n\nSnook works on the Playbook.", record.Public, "2021-05", map[string]record.ID{"Snook": "#Snook"}),
		saveLink(record.PartnerIn, "#Snook", "#Playbook", "#text", "Snook works on the Playbook.", record.Proposed))
	return s
}

// Check finds each kind of damage, and says what is wrong.
func TestCheckFindsDamage(t *testing.T) {
	first := func(s *graph.Store, table byte) []byte { return graph.TableKeys(s, table)[0] }
	for name, damage := range map[string]struct {
		edit func(s *graph.Store, set func(key, value []byte))
		says string
	}{
		"a name is lost":      {func(s *graph.Store, set func(k, v []byte)) { set(graph.NameKey("snook", 1), nil) }, "missing"},
		"a name of nobody":    {func(s *graph.Store, set func(k, v []byte)) { set(graph.NameKey("nobody", 1), []byte{0}) }, "belongs to nothing"},
		"an alias for a name": {func(s *graph.Store, set func(k, v []byte)) { set(graph.NameKey("snook", 1), []byte{1}) }, "wrong value"},
		"a body is lost":      {func(s *graph.Store, set func(k, v []byte)) { set(graph.BodyKey(3, 1), nil) }, "version 1"},
		"a body was edited": {func(s *graph.Store, set func(k, v []byte)) {
			set(graph.BodyKey(3, 1), []byte("Weeknote 1\n\nSnook left the playbook, alas."))
		}, "does not stand"},
		"a body is cut short": {func(s *graph.Store, set func(k, v []byte)) { set(graph.BodyKey(3, 1), []byte("Weeknote 1")) }, "do not lie"},
		"a quote was edited": {func(s *graph.Store, set func(k, v []byte)) {
			graph.EditLink(s, set, 2, "Snook works on", "Snook walks on")
		}, "does not stand"},
		"a link lost an end":           {func(s *graph.Store, set func(k, v []byte)) { set(graph.NodeKey(2), nil) }, "missing"},
		"a proposal is listed no more": {func(s *graph.Store, set func(k, v []byte)) { set(first(s, graph.WaitingTable), nil) }, "missing"},
		"an id leads nowhere":          {func(s *graph.Store, set func(k, v []byte)) { set(graph.IDKey("partner:ghost"), graph.FormatValue(77)) }, "partner:ghost"},
		"a counter was set back":       {func(s *graph.Store, set func(k, v []byte)) { set(graph.CounterKey(), graph.FormatValue(1)) }, "will be again"},
		"a verdict is lost":            {func(s *graph.Store, set func(k, v []byte)) { set(graph.SeenKey(s), nil) }, "not found by its id"},
		"a change is lost":             {func(s *graph.Store, set func(k, v []byte)) { set(graph.LogKey(1), nil) }, "log"},
		"a link is unreadable":         {func(s *graph.Store, set func(k, v []byte)) { set(first(s, graph.LinkTable), []byte("{")) }, "link:"},
	} {
		t.Run(name, func(t *testing.T) {
			s := playbook(t, "")
			if err := graph.Damage(s, func(set func(k, v []byte)) { damage.edit(s, set) }); err != nil {
				t.Fatal(err)
			}
			var said []string
			for broken, err := range snapshot(t, s).Check(t.Context()) {
				if err != nil {
					broken = err.Error()
				}
				said = append(said, broken)
			}
			if !strings.Contains(strings.Join(said, "\n"), damage.says) {
				t.Errorf("said %q; want %q in it", said, damage.says)
			}
		})
	}
}

// files are the contents of a folder.
func files(t *testing.T, dir string) map[string][]byte {
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		all[p], err = os.ReadFile(p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestUnknownFormatIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	s := playbook(t, dir)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "FORMAT"), []byte("lotigraph graph format 99\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	before := files(t, dir)
	if _, err := graph.Open(dir, graph.Options{}); err == nil || !strings.Contains(err.Error(), "99") {
		t.Fatalf("a newer format: %v", err)
	}
	after := files(t, dir)
	if len(before) != len(after) {
		t.Errorf("%d files became %d", len(before), len(after))
	}
	for name, content := range before {
		if !bytes.Equal(after[name], content) {
			t.Errorf("%s was changed", name)
		}
	}
}

// A store of format 1 had no table of waiting proposals.
func TestOlderFormatIsMigrated(t *testing.T) {
	dir := t.TempDir()
	s := playbook(t, dir)
	want := stateHash(t, s)
	err := graph.Damage(s, func(set func(k, v []byte)) {
		for _, key := range graph.TableKeys(s, graph.WaitingTable) {
			set(key, nil)
		}
		set(graph.FormatKey(), graph.FormatValue(1))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "FORMAT")); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	sound(t, s)
	if got := stateHash(t, s); got != want {
		t.Error("after the migration the graph is another one")
	}
	if census, err := snapshot(t, s).Census(t.Context(), record.Lens{}); err != nil || census.Proposals != 1 {
		t.Errorf("%d proposals wait, %v; want 1", census.Proposals, err)
	}
}

// Without the list of its files Badger would take a graph for a new one.
func TestMissingManifestIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	s := playbook(t, dir)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "MANIFEST")); err != nil {
		t.Fatal(err)
	}
	before := files(t, dir)
	if _, err := graph.Open(dir, graph.Options{}); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Fatalf("a folder without MANIFEST: %v", err)
	}
	if after := files(t, dir); len(after) != len(before) {
		t.Errorf("%d files became %d", len(before), len(after))
	}
}

// A copy holds whatever the graph holds, entries larger than memory's limit too;
// a graph in memory refuses those, and goes on.
func TestLargeEntries(t *testing.T) {
	long := strings.Repeat("word ", 790)
	var ops []record.Op
	for i := range 240 {
		op := saveNode(record.PartnerKind, fmt.Sprintf("Partner %d", i))
		op.SaveNode.Node.Summary = long
		ops = append(ops, op)
	}
	s := open(t, t.TempDir())
	commit(t, s, ops...)
	copied, err := s.Copy()
	if err != nil {
		t.Fatal(err)
	}
	if stateHash(t, copied) != stateHash(t, s) {
		t.Error("the copy differs")
	}
	if err := copied.Close(); err != nil {
		t.Fatal(err)
	}
	memory := open(t, "")
	if _, err := memory.Commit(t.Context(), change("large", ops...)); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("in memory: %v", err)
	}
	commit(t, memory, saveNode(record.PartnerKind, "Small"))
	sound(t, memory)
}

// When changes cannot be stored, those who wait are told, and nothing is written
// above what was lost.
func TestFailedStore(t *testing.T) {
	s := playbook(t, t.TempDir())
	graph.Break(s)
	for i := range 3 {
		if _, err := s.Commit(t.Context(), change(fmt.Sprint("lost ", i), saveNode(record.PartnerKind, "Lost"))); err == nil || errors.Is(err, record.ErrInvalid) {
			t.Errorf("a change that cannot be stored: %v", err)
		}
	}
	if s.Version() != 1 {
		t.Errorf("version %d", s.Version())
	}
}

func TestLockedFolder(t *testing.T) {
	dir := t.TempDir()
	playbook(t, dir)
	if _, err := graph.Open(dir, graph.Options{}); err == nil || !strings.Contains(err.Error(), "in use by another process") {
		t.Errorf("a folder in use: %v", err)
	}
}

// The log gives back every change whole, with what was before and after.
func TestLogSaysWhatChanged(t *testing.T) {
	s := playbook(t, "")
	commit(t, s, record.Op{ReviewLink: &record.ReviewLink{Link: "link:2", Status: record.Confirmed}})
	var last record.Entry
	for entry, err := range snapshot(t, s).Changes(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if entry.Number == 1 && !strings.Contains(entry.Change.Ops[2].SaveText.Text.Body, "Snook works") {
			t.Error("the log lost the body of a text")
		}
		last = entry
	}
	link := last.Effects[0].Link
	if last.Change.Actor != "a test" || link.Before.Status != record.Proposed || link.After.Status != record.Confirmed {
		raw, _ := json.Marshal(last)
		t.Errorf("the last entry is %s", raw)
	}
}

func TestCopyIsApart(t *testing.T) {
	s := playbook(t, t.TempDir())
	want := stateHash(t, s)
	copied, err := s.Copy()
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if got := stateHash(t, copied); got != want || copied.Version() != s.Version() {
		t.Error("the copy differs")
	}
	commit(t, copied, saveNode(record.PartnerKind, "Nitrous"))
	sound(t, copied)
	if stateHash(t, s) != want {
		t.Error("writing to the copy changed the graph")
	}
}
