package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// A search finds the same in a folder and through a server, page by page, and
// says what to leave out where nothing is found.
func TestSearch(t *testing.T) {
	w := newPerson(t)
	data := t.TempDir()
	s := w.serve("--data", data)
	ask := []string{"--facets", "borough, year", "--explain", "--order", "newest", "comunity playbook"}
	through := w.must(append([]string{"search", "--server", s.url}, ask...)...)
	s.stop()
	here := w.must(append([]string{"search", "--data", data}, ask...)...)
	if here != through {
		t.Errorf("from the folder\n%s\nthrough the server\n%s", here, through)
	}
	for _, want := range []string{"newest first\n", "Did you mean community playbook?\n", "(weeknote, 20", "    · “playbook” is in ", "\nby borough\n", "\nby year\n"} {
		if !strings.Contains(here, want) {
			t.Errorf("the answer lacks %q:\n%s", want, here)
		}
	}
	if out := w.must("search", "--data", data, "zzzqq camden"); !strings.Contains(out, "Without “zzzqq”: ") {
		t.Errorf("nothing says what to leave out:\n%s", out)
	}
	page := func(args ...string) (got found) {
		if err := json.Unmarshal([]byte(w.must(append([]string{"search", "--data", data, "--json"}, args...)...)), &got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	whole := page("--first", "4", "camden")
	first := page("--first", "2", "camden")
	second := page("--first", "2", "--after", first.Next, "camden")
	if len(whole.Hits) != 4 || first.Hits[1].ID != whole.Hits[1].ID || len(second.Hits) != 2 || second.Hits[0].ID != whole.Hits[2].ID || second.Refreshed {
		t.Errorf("whole %+v\nfirst %+v\nsecond %+v", whole, first, second)
	}
	for _, args := range [][]string{{"search", "--order", "length", "x"}, {"search", "--as-of", "2021", "x"}} {
		if r := w.run(args...); r.code != exitMisuse {
			t.Errorf("lotigraph %v ends with %d: %s", args, r.code, r.err)
		}
	}
}
