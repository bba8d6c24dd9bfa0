package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHelp(t *testing.T) {
	w := newPerson(t)
	help := w.must("help")
	for _, c := range w.program(nil, nil).commands() {
		if !strings.Contains(help, "\n  "+c.name+" ") {
			t.Errorf("help does not list %s:\n%s", c.name, help)
		}
		if c.name == "help" {
			continue
		}
		usage := w.must("help", c.name)
		if !strings.HasPrefix(usage, "Usage: lotigraph "+c.name) {
			t.Errorf("help %s:\n%s", c.name, usage)
		}
		if again := w.must(c.name, "--help"); again != usage {
			t.Errorf("%s --help differs from help %s", c.name, c.name)
		}
	}
	serve := w.must("help", "serve")
	for _, name := range []string{"LOTIGRAPH_DATA", "LOTIGRAPH_ADDR", "LOTIGRAPH_SEED", "LOTIGRAPH_PUBLIC_URL", "LOTIGRAPH_LICENCE"} {
		if !strings.Contains(serve, name) {
			t.Errorf("help serve does not name %s", name)
		}
	}
}

func TestMisuse(t *testing.T) {
	w := newPerson(t)
	for _, call := range []struct {
		args, says string
	}{
		{"", "say what to do"},
		{"fly", `"fly" is no command`},
		{"import", "say which files"},
		{"import --wings x", "flag provided but not defined: -wings"},
		{"import --visibility SECRET x", `"SECRET" is not a visibility`},
		{"extract", "say which texts"},
		{"search", "say what to look for"},
		{"search --first 101 x", "1 to 100"},
		{"check here", `got "here"`},
		{"serve here", `got "here"`},
		{"serve --log xml", "text or json"},
	} {
		r := w.run(strings.Fields(call.args)...)
		if r.code != exitMisuse || !strings.Contains(r.err, call.says) || !strings.Contains(r.err, "lotigraph help") {
			t.Errorf("lotigraph %s: exit code %d, want %d and %q\n%s", call.args, r.code, exitMisuse, call.says, r.err)
		}
	}
}

// A flag has an environment variable, and the flag wins.
func TestEnvironment(t *testing.T) {
	w := newPerson(t)
	dir := t.TempDir()
	w.env["LOTIGRAPH_DATA"] = filepath.Join(dir, "a")
	if out := w.must("check"); !strings.Contains(out, filepath.Join(dir, "a")) {
		t.Errorf("LOTIGRAPH_DATA is not heard: %s", out)
	}
	if out := w.must("check", "--data", filepath.Join(dir, "b")); !strings.Contains(out, filepath.Join(dir, "b")) {
		t.Errorf("the flag does not win: %s", out)
	}
	w.env["LOTIGRAPH_SEED"] = "perhaps"
	if r := w.run("serve"); r.code != exitMisuse || !strings.Contains(r.err, `LOTIGRAPH_SEED="perhaps"`) {
		t.Errorf("a bad variable: exit code %d\n%s", r.code, r.err)
	}
}

// A data folder that is missing, empty or lacks its index is sound, and looking
// at one that is missing does not make it.
func TestCheckOfLittle(t *testing.T) {
	w := newPerson(t)
	dir := filepath.Join(t.TempDir(), "data")
	if out := w.must("check", "--data", dir); !strings.Contains(out, "nothing to check") || !strings.Contains(out, "sound") {
		t.Errorf("a missing folder: %s", out)
	}
	if r := w.run("search", "--data", dir, "x"); r.code != exitFailed || !strings.Contains(r.err, "there is no data in "+dir) {
		t.Errorf("a search in a missing folder: exit code %d\n%s", r.code, r.err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("looking made the folder")
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if out := w.must("check", "--data", dir); !strings.Contains(out, "nothing to check") {
		t.Errorf("an empty folder: %s", out)
	}
	w.must("import", "--data", dir, "testdata/weeknote-70.txt")
	if err := os.RemoveAll(filepath.Join(dir, indexFolder)); err != nil {
		t.Fatal(err)
	}
	if out := w.must("check", "--data", dir); !strings.Contains(out, "there is no index") || !strings.Contains(out, "sound: 34 records") {
		t.Errorf("a missing index: %s", out)
	}
}

// An index that follows another graph is a fault that check finds.
func TestCheckFindsFaults(t *testing.T) {
	w := newPerson(t)
	dir := t.TempDir()
	one, two := filepath.Join(dir, "one"), filepath.Join(dir, "two")
	w.must("import", "--data", one, "testdata/weeknote-70.txt")
	w.must("search", "--data", one, "playbook")  // the index catches up
	w.must("import", "--data", two, t.TempDir()) // a graph of boroughs only
	if err := os.RemoveAll(filepath.Join(two, indexFolder)); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(one, indexFolder), filepath.Join(two, indexFolder)); err != nil {
		t.Fatal(err)
	}
	r := w.run("check", "--data", two, "--json")
	if r.code != exitFailed || !strings.Contains(r.out, `"sound": false`) || !strings.Contains(r.out, "it is at change 2 and the graph only at 1") {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
}
