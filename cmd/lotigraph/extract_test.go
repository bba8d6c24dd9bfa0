package main

import (
	"bufio"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lotigraph/extract"
)

// Every text of the corpus is read without an error, as one JSON object in the
// shape that the scorer reads, and every quote is an exact part of its text.
func TestExtractCorpus(t *testing.T) {
	w := newPerson(t)
	out := w.must(append([]string{"extract"}, texts()...)...)
	bodies := bodiesOf(t, texts())
	lines := bufio.NewScanner(strings.NewReader(out))
	lines.Buffer(nil, 1<<20)
	seen := map[string]bool{}
	for lines.Scan() {
		var got struct {
			File, Title             string
			Boroughs, Organisations []string
			Projects                []string
			People                  []struct{ Name string }
			Relations               []struct{ Subject, Predicate, Object, Quote string }
		}
		if err := json.Unmarshal(lines.Bytes(), &got); err != nil {
			t.Fatalf("%v in %s", err, lines.Text())
		}
		body, ok := bodies[got.File]
		if !ok || seen[got.File] {
			t.Errorf("file %q is no text given, or is printed twice", got.File)
		}
		seen[got.File] = true
		if got.Title == "" {
			t.Errorf("%s has no title", got.File)
		}
		for _, r := range got.Relations {
			if r.Quote == "" || !strings.Contains(body, r.Quote) {
				t.Errorf("%s: %s %s %s is said by %q, which is not in the text", got.File, r.Subject, r.Predicate, r.Object, r.Quote)
			}
		}
	}
	if len(seen) != len(bodies) {
		t.Errorf("%d texts of %d were read", len(seen), len(bodies))
	}
	score(t, out)
}

// score hands what was found to the scorer, where it is there: it must take it.
func score(t *testing.T, found string) {
	scorer, ok := shared("eval/score.py")
	python, err := exec.LookPath("python3")
	if !ok || err != nil {
		t.Log("the scorer is not beside the checkout, or Python is missing: not scored")
		return
	}
	name := filepath.Join(t.TempDir(), "found.jsonl")
	if err := os.WriteFile(name, []byte(found), 0o600); err != nil {
		t.Fatal(err)
	}
	gold, _ := shared("corpus/gold")
	raw, err := exec.CommandContext(t.Context(), python, scorer, gold, name).CombinedOutput()
	if err != nil {
		t.Errorf("the scorer refuses it: %v", err)
	}
	t.Logf("the scorer says:\n%s", raw)
}

// bodiesOf reads the texts in folders, by their names without ending.
func bodiesOf(t *testing.T, folders []string) map[string]string {
	bodies := map[string]string{}
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			raw, err := os.ReadFile(name)
			bodies[strings.TrimSuffix(entry.Name(), filepath.Ext(name))] = string(raw)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return bodies
}

// With --explain each find says its rule; with --data a folder's own
// records are known; a file that cannot be read is said and the others go on.
func TestExtract(t *testing.T) {
	w := newPerson(t)
	var got extract.Facts
	if err := json.Unmarshal([]byte(w.must("extract", "--explain", "testdata/weeknote-70.txt")), &got); err != nil {
		t.Fatal(err)
	}
	if got.Explain == nil || len(got.Explain.Names) == 0 || len(got.Explain.Links) == 0 {
		t.Fatalf("no explanation: %+v", got)
	}
	for _, f := range got.Explain.Names {
		if f.Rule == "" || f.Places == 0 {
			t.Errorf("%s is found by rule %q at %d places", f.Name, f.Rule, f.Places)
		}
	}
	knows := func(out string) bool { return strings.Contains(out, `"id":"project:community-engagement-playbook"`) }
	if !knows(w.must("extract", "--explain", "testdata/weeknote-70.txt")) {
		t.Error("the starter programme's project is not known")
	}
	data := t.TempDir()
	w.must("import", "--data", data, t.TempDir())
	if knows(w.must("extract", "--explain", "--data", data, "testdata/weeknote-70.txt")) {
		t.Error("an empty folder's lexicon knows the project")
	}
	r := w.run("extract", "missing.txt", "testdata/weeknote-70.txt")
	if r.code != exitFailed || strings.Count(r.out, "\n") != 1 || !strings.Contains(r.err, "missing.txt: no such file") {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
}
