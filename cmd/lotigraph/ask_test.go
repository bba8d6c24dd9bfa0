package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// A question is answered from a folder and through a server alike.
func TestAsk(t *testing.T) {
	w := newPerson(t)
	data := t.TempDir()
	s := w.serve("--data", data)
	question := []string{"which", "boroughs", "joined", "the", "comunity", "engagement", "playbook"}
	through := w.must(append([]string{"ask", "--server", s.url}, question...)...)
	list := w.must("ask", "--server", s.url, "--list")
	s.stop()
	here := w.must(append([]string{"ask", "--data", data}, question...)...)
	if here != through {
		t.Errorf("from the folder\n%s\nthrough the server\n%s", here, through)
	}
	for _, want := range []string{
		"Read as: Boroughs that joined Community Engagement Playbook, as of today",
		"Three boroughs joined Community Engagement Playbook: Kingston upon Thames, Sutton and Waltham Forest.",
		"  Waltham Forest        participant",
		"all LOTI boroughs, took part in last week’s kick-off",
		"    LOTI: Weeknote 70, 2020-11-30",
		"  Which boroughs have not joined Community Engagement Playbook?",
	} {
		if !strings.Contains(here, want) {
			t.Errorf("the answer lacks %q:\n%s", want, here)
		}
	}
	if !strings.Contains(list, "boroughs-joined") {
		t.Errorf("the list of questions is\n%s", list)
	}
	var got answer
	if err := json.Unmarshal([]byte(w.must("ask", "--data", data, "--json", "--as-of", "2023-07-01", "Which boroughs are in the Strategic Insights Tool?")), &got); err != nil {
		t.Fatal(err)
	}
	if got.Table == nil || len(got.Table.Rows) != 4 || got.Understood == nil || !strings.HasSuffix(*got.Understood, ", as of 1 July 2023") || got.DataVersion == "" {
		t.Errorf("%+v", got)
	}
	unread := w.must("ask", "--data", data, "why did camden join city tools")
	if strings.Contains(unread, "Read as") || !strings.Contains(unread, "could not read this as a question; here is what search finds.") || !strings.Contains(unread, "project:city-tools") {
		t.Errorf("a question that cannot be read is answered\n%s", unread)
	}
	for _, args := range [][]string{{"ask"}, {"ask", "--as-of", "2021", "who"}, {"ask", "--list", "who"}} {
		if r := w.run(args...); r.code != exitMisuse {
			t.Errorf("lotigraph %v ends with %d: %s", args, r.code, r.err)
		}
	}
}
