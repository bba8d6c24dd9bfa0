package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// kills is at how many points an import is killed.
const kills = 10

// An import of many texts that is killed leaves a sound folder behind, wherever
// the kill falls, and importing again completes with the same graph as an import
// that nobody disturbed.
func TestKill(t *testing.T) {
	binary := build(t)
	undisturbed := filepath.Join(t.TempDir(), "data")
	_, total := importUntil(t, binary, undisturbed, -1, 0)
	want := checked(t, binary, undisturbed)
	var inTime atomic.Int32 // kills that found the import unfinished
	t.Cleanup(func() {
		if inTime.Load() < kills/2 {
			t.Errorf("only %d of %d kills came before the import was done", inTime.Load(), kills)
		}
	})
	for i := range kills {
		t.Run(fmt.Sprint(i+1), func(t *testing.T) {
			t.Parallel()
			data := filepath.Join(t.TempDir(), "data")
			// A little later each time, so that kills fall into reading and into writing.
			done, _ := importUntil(t, binary, data, (2*i+1)*total/(2*kills), time.Duration(i)*time.Millisecond)
			half := checked(t, binary, data)
			if half.State != want.State {
				inTime.Add(1)
			}
			importUntil(t, binary, data, -1, 0)
			if got := checked(t, binary, data); got.State != want.State {
				t.Errorf("killed after %d of %d texts at data version %d: %+v, want %+v", done, total, half.Version, got, want)
			}
		})
	}
}

// importUntil imports the texts as a process of its own, and kills it when so
// many are done, and a pause; -1 lets it finish. It returns how many were done
// of how many.
func importUntil(t *testing.T, binary, data string, until int, pause time.Duration) (done, total int) {
	t.Helper()
	c := process(t, binary, slices.Concat([]string{"import", "--accept-new", "--verbose", "--data", data}, texts())...)
	said, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for lines := bufio.NewScanner(io.TeeReader(said, &all)); lines.Scan(); {
		if _, err := fmt.Sscanf(lines.Text(), "%d/%d", &done, &total); err == nil && done == until {
			time.Sleep(pause)
			break
		}
	}
	if until >= 0 {
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		c.Wait()
		return done, total
	}
	if err := c.Wait(); err != nil || done != total {
		t.Fatalf("the import ended at %d of %d: %v\n%s", done, total, err, all.String())
	}
	return done, total
}

// process is a run of the program as a process of its own, with no settings but
// its flags.
func process(t *testing.T, binary string, args ...string) *exec.Cmd {
	c := exec.CommandContext(t.Context(), binary, args...)
	c.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "LOTIGRAPH_") })
	return c
}

// checked is the verdict of a check, which must find the folder sound.
func checked(t *testing.T, binary, data string) (v verdict) {
	t.Helper()
	raw, err := process(t, binary, "check", "--json", "--data", data).Output()
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatalf("check: %v in %s", err, raw)
	}
	if err != nil || !v.Sound {
		t.Fatalf("check: %v\n%s", err, raw)
	}
	return v
}

// Deleting the index, or having it made anew, changes no answer.
func TestIndexMayBeDeleted(t *testing.T) {
	w := newPerson(t)
	data := t.TempDir()
	questions := []string{
		`{ search(query: "community engagement", first: 50) { totalCount edges { score cursor snippets { text } node { id name } } } }`,
		`{ search(query: "data", first: 50) { totalCount edges { score node { id } } } }`,
		`{ participations(first: 50, lens: {proposed: true}) { totalCount nodes { project { name } status evidence { quote } } } }`,
		`{ dataset { dataVersion counts { kind count } } }`,
	}
	answers := func(flags ...string) (all []byte) {
		s := w.serve(append(flags, "--data", data)...)
		defer s.stop()
		for _, q := range questions {
			answer := s.raw(q, "")
			if len(answer.Errors) > 0 {
				t.Fatalf("%s: %s", q, answer.Errors[0].Message)
			}
			all = append(append(all, answer.Data...), '\n')
		}
		return all
	}
	before := answers()
	if after := answers("--reindex"); !bytes.Equal(before, after) {
		t.Errorf("before:\n%s\nmade anew:\n%s", before, after)
	}
	if err := os.RemoveAll(filepath.Join(data, indexFolder)); err != nil {
		t.Fatal(err)
	}
	if after := answers(); !bytes.Equal(before, after) {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}
