package server_test

import (
	"net/url"
	"strings"
	"testing"

	"lotigraph/server"
)

// The history says what was changed in names, not ids, with how much it leaves out.
func TestHistoryInNames(t *testing.T) {
	base := start(t, server.Config{Token: "t"})
	base.programme(t)
	s := staffPages{base, base.signIn(t, "t")}
	all := s.get(t, "/history")
	for _, want := range []string{">Community Engagement Playbook</a>", "<li class=\"meta\">and 6 more</li>", "Saved 6 records, stored a text, saved 5 links"} {
		if !strings.Contains(all.raw, want) {
			t.Errorf("the history lacks %s:\n%s", want, all.raw)
		}
	}
	ids := s.waiting(t, "/inbox")
	if one := s.do(t, "/inbox", url.Values{"id": {ids[0]}, "do": {"accept"}, "back": {"/history"}}); !strings.Contains(one.raw, "Community Engagement Playbook</a></li>") || strings.Contains(one.raw, ">"+ids[0]+"<") {
		t.Errorf("the history of a decision names no records:\n%s", one.raw)
	}
	// Of a record: what joined it, and that it goes by another one.
	s.do(t, "/inbox/merge", url.Values{"from": {"partner:snook"}, "into": {"partner:ministry-of-housing-communities-and-local-government"}, "back": {"/inbox"}})
	one := s.get(t, "/history?id=partner:snook")
	for _, want := range []string{"Snook is Ministry of Housing, Communities and Local Government"} {
		if !strings.Contains(one.raw, want) {
			t.Errorf("the history of a partner lacks %s:\n%s", want, one.raw)
		}
	}
}
