package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The program answers over an empty folder with the starter programme, and over
// the same folder again with the same.
func TestServe(t *testing.T) {
	w := newPerson(t)
	data := t.TempDir()
	const counts = `{ dataset { licence counts { kind count } } }`
	var answers [2]struct {
		Dataset struct {
			Licence string
			Counts  []struct {
				Kind  string
				Count int
			}
		}
	}
	for i := range answers {
		s := w.serve("--data", data, "--licence", "OGL 3.0")
		for path, says := range map[string]string{"/": "LOTI Graph", "/healthz": "ok", "/readyz": "ready", "/metrics": "lotigraph_data_version"} {
			if status, body := s.get(path); status != http.StatusOK || !strings.Contains(body, says) {
				t.Errorf("%s answers %d %s", path, status, body)
			}
		}
		s.ask(counts, &answers[i])
		if code := s.stop(); code != exitOK {
			t.Errorf("it ended with exit code %d\n%s", code, s.log)
		}
		if loaded := strings.Contains(s.log.String(), "the starter programme was loaded"); loaded != (i == 0) {
			t.Errorf("start %d: loaded %v", i+1, loaded)
		}
	}
	first := answers[0].Dataset
	if first.Licence != "OGL 3.0" || len(first.Counts) != 5 {
		t.Errorf("the first start: %+v", first)
	}
	for i, c := range first.Counts {
		if c.Kind == "BOROUGH" && c.Count != 33 {
			t.Errorf("%d boroughs", c.Count)
		}
		if c.Count == 0 || c != answers[1].Dataset.Counts[i] {
			t.Errorf("%+v, then %+v", c, answers[1].Dataset.Counts[i])
		}
	}
	before := w.state(data)
	if out := w.must("import", "--data", data, "../../seed"); !strings.Contains(out, "records  no change") || !strings.Contains(out, "links    no change") {
		t.Errorf("importing the seed again says:\n%s", out)
	}
	if w.state(data) != before {
		t.Error("importing the seed again changed something")
	}
}

// The 33 boroughs always exist, seed or not.
func TestBoroughsAlways(t *testing.T) {
	w := newPerson(t)
	s := w.serve("--seed=false", "--data", t.TempDir())
	var got struct {
		Boroughs struct{ TotalCount int }
		Projects struct{ TotalCount int }
	}
	s.ask(`{ boroughs(first: 1) { totalCount } projects(first: 1) { totalCount } }`, &got)
	if got.Boroughs.TotalCount != 33 || got.Projects.TotalCount != 0 {
		t.Errorf("%+v", got)
	}
}

// Loading the starter programme that was broken off is finished at the next
// start, and gives what an unbroken one gives.
func TestSeedingIsFinished(t *testing.T) {
	w := newPerson(t)
	whole, broken := t.TempDir(), t.TempDir()
	w.serve("--data", whole).stop()

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	f, err := openFolder(broken, w.program(nil, nil).quiet())
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.prepare(ctx, true, func(done, total int, _ string) {
		if done == total/2 {
			cancel()
		}
	})
	if err == nil {
		t.Error("it was not broken off")
	}
	if err := f.close(); err != nil {
		t.Fatal(err)
	}
	if out := w.must("check", "--data", broken); !strings.Contains(out, "not loaded to its end") {
		t.Errorf("check does not say so: %s", out)
	}
	half := w.state(broken)
	w.serve("--seed=false", "--data", broken).stop()
	if w.state(broken) != half {
		t.Error("--seed=false went on with it")
	}
	w.serve("--data", broken).stop()
	if got, want := w.state(broken), w.state(whole); got != want || got == half {
		t.Errorf("%s, want %s", got, want)
	}
	if _, err := os.Stat(filepath.Join(broken, seedingMark)); err == nil {
		t.Error("the mark is still there")
	}
}

// A folder in use is said, with what to do.
func TestFolderInUse(t *testing.T) {
	w := newPerson(t)
	data := t.TempDir()
	w.serve("--seed=false", "--data", data)
	for _, args := range [][]string{{"import", "testdata/weeknote-70.txt"}, {"search", "x"}, {"extract", "testdata/weeknote-70.txt"}, {"check"}, {"serve"}} {
		r := w.run(append(args, "--data", data)...)
		if r.code != exitFailed || !strings.Contains(r.err, "is using "+data) {
			t.Errorf("%s: exit code %d\n%s", args[0], r.code, r.err)
		}
	}
}

func TestAddressInUse(t *testing.T) {
	w := newPerson(t)
	s := w.serve("--seed=false", "--data", t.TempDir())
	r := w.run("serve", "--data", t.TempDir(), "--addr", strings.TrimPrefix(s.url, "http://"))
	if r.code != exitFailed || !strings.Contains(r.err, "address already in use") || !strings.Contains(r.err, "--addr") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}
