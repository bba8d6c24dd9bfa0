package export_test

import (
	"slices"
	"strings"
	"testing"

	"lotigraph/export"
	"lotigraph/record"
)

// TestAsOf holds that an export as of a day has the links of that day and says
// which of them only possibly held.
func TestAsOf(t *testing.T) {
	s := snapshot(t, small(t))
	l := staff()
	l.AsOf = day("2021-05-20")
	holds := map[string]string{}
	for line := range strings.Lines(string(write(t, s, "jsonl", export.Options{Lens: l}))) {
		var one struct{ Link *struct{ ID, Holds string } }
		parse(t, []byte(line), &one)
		if one.Link != nil {
			holds[one.Link.ID] = one.Link.Holds
		}
	}
	for id, want := range map[string]string{
		"link:1": "possibly",  // since 2021
		"link:2": "",          // since 2023
		"link:4": "",          // since June
		"link:5": "certainly", // proven three days before
		"link:7": "certainly", // since 2020
	} {
		if holds[id] != want {
			t.Errorf("%s: got %q, want %q", id, holds[id], want)
		}
	}
}

// TestWordsThatAreGone holds that a table of links names no text for words which
// the text no longer has, and loses no link by it.
func TestWordsThatAreGone(t *testing.T) {
	store := small(t)
	commit(t, store, note("", "closed.md", "2021-06", record.Staff, "Weeknote 2\n\nNothing of that was right."))
	s := snapshot(t, store)
	o := export.Options{Lens: staff(), Types: []record.LinkType{record.Joined}}
	list := rows(t, write(t, s, "links.csv", o))
	i := slices.IndexFunc(list, func(row map[string]string) bool { return row["role"] == "pilot" })
	if len(list) != 4 || i < 0 || list[i]["source"] != "" || list[i]["quote"] != "" {
		t.Errorf("got %q", list)
	}
	if lines := string(write(t, s, "jsonl", o)); strings.Count(lines, `"superseded":true`) != 2 {
		t.Errorf("JSON Lines do not say which words are gone:\n%s", lines)
	}
}

// TestAddresses holds what records are called in the world, with and without an
// address of the site.
func TestAddresses(t *testing.T) {
	store := open(t)
	commit(t, store, node("", record.PersonKind, record.Node{Name: "Ωmega Papadopoulos"}))
	s := snapshot(t, store)
	for site, want := range map[string]string{
		"":                             "urn:lotigraph:person:%CF%89mega-papadopoulos",
		"https://example.org/graph///": "https://example.org/graph/person/%CF%89mega-papadopoulos",
	} {
		got := string(write(t, s, "jsonl", export.Options{PublicURL: site}))
		if !strings.Contains(got, `"address":"`+want+`"`) {
			t.Errorf("%q: got %s", site, got)
		}
	}
}
