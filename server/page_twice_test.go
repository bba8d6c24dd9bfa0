package server_test

import (
	"net/url"
	"strings"
	"testing"

	"lotigraph/server"
)

// Two people look at the same inbox: who comes second does not overturn what the
// first decided, and is told so; who decides the same is not bothered.
func TestTwoPeopleDecide(t *testing.T) {
	base := start(t, server.Config{Token: "t"})
	base.programme(t)
	s := staffPages{base, base.signIn(t, "t")}
	link := s.waiting(t, "/inbox?sort=link")[0]
	decide := func(id, do string) answered {
		t.Helper()
		return s.post(t, "/inbox", url.Values{"id": {id}, "do": {do}, "back": {"/inbox?sort=link"}}, "Cookie", s.cookie, "Referer", s.URL+"/inbox?sort=link")
	}
	if a := decide(link, "accept"); a.status != 303 {
		t.Fatalf("the first: %d %s", a.status, a.raw)
	}
	late := decide(link, "reject")
	if late.status != 409 || !strings.Contains(late.raw, "Somebody else settled this already: the link is confirmed now.") || !strings.Contains(late.raw, `href="/inbox?sort=link"`) || strings.Contains(late.raw, "If you typed the address") {
		t.Errorf("the second: %d %s", late.status, late.raw)
	}
	if history := s.get(t, "/history?id="+link); !strings.Contains(history.raw, "status: confirmed (it was proposed)") || strings.Contains(history.raw, "status: rejected") {
		t.Errorf("what became of the link: %s", history.raw)
	}
	if a := decide(link, "accept"); a.status != 303 || a.header.Get("Location") != "/inbox?sort=link" {
		t.Errorf("the same again: %d %v", a.status, a.header)
	}
	if a := s.post(t, "/withdraw", url.Values{"id": {"borough:sutton"}}, "Cookie", s.cookie); a.status != 400 || strings.Contains(a.raw, "Id:") || !strings.Contains(a.raw, "always exist") {
		t.Errorf("a borough withdrawn: %d %s", a.status, a.raw)
	}
	if form := s.get(t, "/edit?id=borough:sutton"); strings.Contains(form.raw, "Withdraw this") {
		t.Error("the form of a borough offers what cannot be done")
	}
	// A name that somebody settled is no lost page either.
	if a := decide("name:project:never-waited", "accept"); a.status != 409 || !strings.Contains(a.raw, "The name does not wait any more") {
		t.Errorf("a name settled before: %d %s", a.status, a.raw)
	}
}

// The old address of a merged record leads to the one it goes by, until that is
// taken back: no browser may remember it longer.
func TestMergedAddressIsAskedAgain(t *testing.T) {
	base := start(t, server.Config{Token: "t"})
	base.programme(t)
	s := staffPages{base, base.signIn(t, "t")}
	from, into := "partner:snook", "partner:ministry-of-housing-communities-and-local-government"
	done := s.do(t, "/inbox/merge", url.Values{"from": {from}, "into": {into}, "back": {"/inbox"}})
	if !strings.Contains(done.raw, "You merged two records: Snook is Ministry of Housing, Communities and Local Government.") {
		t.Errorf("the merge is not told: %s", done.raw)
	}
	old := s.send(t, "GET", "/partner/snook", "")
	if old.status != 308 || !strings.HasSuffix(old.header.Get("Location"), "local-government") || !strings.Contains(old.header.Get("Cache-Control"), "no-cache") {
		t.Errorf("the old address: %d %v", old.status, old.header)
	}
	if one := s.get(t, "/"+strings.Replace(into, ":", "/", 1)); !strings.Contains(one.raw, `href="/history?id=partner%3Asnook"`) {
		t.Errorf("nothing leads to where the merge is undone: %s", one.raw)
	}
	if again := s.do(t, "/undo", url.Values{"change": {"2"}, "back": {"/partner/snook"}}); !strings.Contains(again.raw, ">Snook</h1>") {
		t.Errorf("after the merge was undone: %s", again.raw)
	}
	if late := s.post(t, "/undo", url.Values{"change": {"2"}, "back": {"/"}}, "Cookie", s.cookie); late.status != 409 || !strings.Contains(late.raw, "Change 2 cannot be undone") {
		t.Errorf("undone twice: %d %s", late.status, late.raw)
	}
}
