package main

import (
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
