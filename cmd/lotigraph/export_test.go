package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An export is the same from a folder and through a server, and whole in its file.
// Imported again it makes passages that rules have read a person's; once more, it
// changes nothing.
func TestExport(t *testing.T) {
	w, data := newPerson(t), t.TempDir()
	s := w.serve("--data", data)
	through := w.must("export", "--server", s.url, "--format", "links.csv")
	s.stop()
	file := filepath.Join(t.TempDir(), "links.csv")
	if out := w.must("export", "--data", data, "--format", "links.csv", "-o", file); out != "" || readFile(t, file) != through {
		t.Errorf("from the folder it is another one (%q)", out)
	}
	w.must("import", "--data", data, file)
	if got := w.must("import", "--data", data, file); !strings.Contains(got, "links    no change") {
		t.Errorf("imported again: %s", got)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"export", "--data", data}, exitMisuse, "which --format"},
		{[]string{"export", "--data", data, "--format", "gif"}, exitFailed, "there is no export called"},
		{[]string{"export", "--data", data, "--format", "gexf", "--as-of", "May"}, exitFailed, "as_of"},
		{[]string{"export", "--data", data, "--format", "gexf", "-o", "/no/such/folder/x"}, exitFailed, "write the export"},
	} {
		if r := w.run(c.args...); r.code != c.code || !strings.Contains(r.err, c.says) {
			t.Errorf("%v: %d %s", c.args, r.code, r.err)
		}
	}
}

// What an export may show, where the data lives and under which licence, whoever
// exports a folder can say; and what to narrow it by.
func TestExportOfAFolder(t *testing.T) {
	w, data := newPerson(t), t.TempDir()
	w.serve("--data", data).stop()
	note := filepath.Join(t.TempDir(), "secret.md")
	if err := os.WriteFile(note, []byte("---\nvisibility: STAFF\n---\n\n# A confidential note\n\nCamden joined the London Digital Exclusion Map.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.must("import", "--data", data, note)
	open := w.must("export", "--data", data, "--format", "jsonl", "--public", "--public-url", "https://graph.example.org", "--licence", "OGL-UK-3.0")
	if strings.Contains(open, "confidential") || !strings.Contains(open, "https://graph.example.org/borough/camden") || !strings.Contains(open, `"licence":"OGL-UK-3.0"`) || !strings.Contains(open, "seen as PUBLIC") {
		t.Errorf("for everybody: %.400s", open)
	}
	if all := w.must("export", "--data", data, "--format", "jsonl"); !strings.Contains(all, "confidential") || !strings.Contains(all, "urn:lotigraph:borough:camden") {
		t.Errorf("for staff: %.400s", all)
	}
	if two := w.must("export", "--data", data, "--format", "nodes.csv", "--where", "record=borough:camden", "--where", "record=borough:sutton"); strings.Count(two, "\n") != 3 {
		t.Errorf("two records: %s", two)
	}
	if theirs := w.must("export", "--data", data, "--format", "participations.csv", "--where", "borough=Camden"); !strings.Contains(theirs, ",Camden,") || strings.Contains(theirs, ",Sutton,") {
		t.Errorf("what Camden takes part in: %s", theirs)
	}
	if r := w.run("export", "--data", data, "--format", "nodes.csv", "--where", "borough"); r.code != exitMisuse || !strings.Contains(r.err, "borough=Camden") {
		t.Errorf("no value: %d %s", r.code, r.err)
	}
	if r := w.run("export", "--data", data, "--format", "nodes.csv", "--where", "dragon=yes"); r.code != exitFailed || !strings.Contains(r.err, "dragon") {
		t.Errorf("a key that is not known: %d %s", r.code, r.err)
	}
}
