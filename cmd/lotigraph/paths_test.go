package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// Paths are found in a folder and through a server alike.
func TestPaths(t *testing.T) {
	w := newPerson(t)
	data := t.TempDir()
	s := w.serve("--data", data)
	through := w.must("paths", "--server", s.url, "Snook", "Sutton")
	s.stop()
	here := w.must("paths", "--data", data, "Snook", "Sutton")
	if here != through {
		t.Errorf("from the folder\n%s\nthrough the server\n%s", here, through)
	}
	for _, want := range []string{
		"Snook – Community Engagement Playbook – Sutton\n",
		"  Snook is a delivery partner in Community Engagement Playbook, says LOTI: Weeknote 70\n",
		"    “Snook, the delivery partner for the playbook",
		"linked with very many",
	} {
		if !strings.Contains(here, want) {
			t.Errorf("the answer lacks %q:\n%s", want, here)
		}
	}
	var got linked
	if err := json.Unmarshal([]byte(w.must("paths", "--data", data, "--json", "--undamped", "--through", "weeknote", "--avoid", "LOTI; GLA", "--first", "1", "partner:snook", "Sutton")), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Paths) != 1 || got.Paths[0].Cost != 2 || got.Paths[0].Nodes[1].Kind.String() != "WEEKNOTE" || got.DataVersion == "" || !got.Complete {
		t.Errorf("%+v", got)
	}
	if told := w.must("paths", "--data", data, "--direct", "--first", "6", "Snook", "Sutton"); strings.Count(told, "Snook – ") != 2 || !strings.Contains(told, "detour") {
		t.Errorf("the ways without a detour:\n%s", told)
	}
	if r := w.run("paths", "--data", data, "Snook", "Sutten"); r.code == 0 || !strings.Contains(r.err, `no record is called "Sutten"`) {
		t.Errorf("an unknown name: %d, %s", r.code, r.err)
	}
	for _, args := range [][]string{{"paths", "Snook"}, {"paths", "--as-of", "2021", "a", "b"}, {"paths", "--through", "planets", "a", "b"}} {
		if r := w.run(args...); r.code != exitMisuse {
			t.Errorf("lotigraph %v ends with %d: %s", args, r.code, r.err)
		}
	}
}
