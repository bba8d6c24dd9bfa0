package server_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"lotigraph/record"
	"lotigraph/server"
)

// Somebody who is not signed in says that a link is wrong; staff find it in the
// inbox, reject the link, and can undo that. Nobody else sees what was said.
func TestReportedMistake(t *testing.T) {
	base := start(t, server.Config{Token: "t"})
	base.programme(t)
	s := staffPages{base, base.signIn(t, "t")}
	link := base.answer(t, `{ node(id:"partner:snook") { links(types:[PARTNER_IN], lens:{proposed:true}) { nodes { id } } } }`, nil).at(t, "node", "links", "nodes", 0, "id").(string)
	address := "/report?link=" + url.QueryEscape(link)
	base.shows(t, address, " is the partner”", "How it was read", `name="says"`, "Proposed")
	base.shows(t, "/partner/snook?proposed=true", `href="/report?link=`+url.QueryEscape(link)+`&amp;proposed=true"`)

	if a := base.post(t, "/report", url.Values{"link": {link}, "says": {"  "}}); a.status != 422 || !strings.Contains(a.raw, `href="#says"`) {
		t.Errorf("a report that says nothing: %d %s", a.status, a.raw)
	}
	if a := base.post(t, "/report", url.Values{"link": {"link:999"}, "says": {"x"}}); a.status != 404 {
		t.Errorf("a report of nothing: %d", a.status)
	}
	if a := base.send(t, "POST", "/report", url.Values{"link": {link}, "says": {"x"}}.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site"); a.status != 403 {
		t.Errorf("a report from another site: %d", a.status)
	}
	words := "Snook only gave a talk <b>once</b>"
	sent := base.post(t, "/report", url.Values{"link": {link}, "says": {words}, "contact": {"ann@example.org"}})
	if sent.status != 303 {
		t.Fatalf("a report: %d %s", sent.status, sent.raw)
	}
	base.shows(t, sent.header.Get("Location"), "your report was sent")
	if a := base.ask(t, `{ inbox { totalCount } rulings { id } }`, nil); !strings.Contains(a.raw, "UNAUTHENTICATED") {
		t.Errorf("the public reads the inbox: %s", a.raw)
	}
	if a := base.answer(t, `{ rulings { id } }`, nil, "t"); len(a.at(t, "rulings").([]any)) != 0 {
		t.Errorf("a doubt among the rulings: %s", a.raw)
	}
	waits := base.answer(t, `{ inbox(filter:{sorts:[REPORT]}) { totalCount nodes { id question report { says link { id } } } } }`, nil, "t")
	if got := waits.at(t, "inbox", "nodes", 0, "report", "says"); got != words || waits.at(t, "inbox", "nodes", 0, "report", "link", "id") != link {
		t.Fatalf("it waits as %s", waits.raw)
	}
	id := waits.at(t, "inbox", "nodes", 0, "id").(string)
	if got := s.waiting(t, "/inbox"); got[0] != id {
		t.Errorf("the inbox begins with %v, not with the report", got)
	}
	if page := s.get(t, "/inbox?sort=report"); !strings.Contains(page.raw, "once&lt;/b&gt;") || strings.Contains(page.raw, "ann@example.org") {
		t.Errorf("the report on the page: %s", page.raw)
	}

	page := s.do(t, "/inbox", url.Values{"id": {id}, "do": {"accept"}, "back": {"/inbox?sort=report"}})
	status := func() record.LinkStatus {
		return statusOfLink(t, base, link)
	}
	if got := status(); got != record.Rejected || len(s.waiting(t, "/inbox?sort=report")) != 0 {
		t.Errorf("accepted, and the link is %v", got)
	}
	change := regexp.MustCompile(`name="change" value="(\d+)"`).FindStringSubmatch(page.raw)
	need(t, change != nil, "no notice of what was done")
	s.do(t, "/undo", url.Values{"change": {change[1]}, "back": {"/inbox"}})
	if got := s.waiting(t, "/inbox?sort=report"); status() != record.Proposed || len(got) != 1 || got[0] != id {
		t.Errorf("undone, and the link is %v; waiting: %v", status(), got)
	}
	s.do(t, "/inbox", url.Values{"id": {id}, "do": {"reject"}, "back": {"/inbox"}})
	if got := s.waiting(t, "/inbox?sort=report"); status() != record.Proposed || len(got) != 0 {
		t.Errorf("kept, and the link is %v; waiting: %v", status(), got)
	}

	var last answered
	for range 8 { // an address that goes on and on
		last = base.post(t, "/report", url.Values{"link": {link}, "says": {"x"}})
	}
	if last.status != 429 || last.header.Get("Retry-After") == "" {
		t.Errorf("many reports: %d %v", last.status, last.header)
	}
	quiet := start(t, server.Config{})
	quiet.programme(t)
	quiet.shows(t, address, "tell whoever runs this service")
	if a := quiet.post(t, "/report", url.Values{"link": {link}, "says": {"x"}}); a.status != 403 {
		t.Errorf("a report where nobody can settle it: %d", a.status)
	}
	if problems := base.broken(t); len(problems) > 0 {
		t.Errorf("the graph is broken: %v", problems)
	}
}

// Staff put a confirmed link right where its mistake is looked at: a role in the
// link itself, another end as another link. A mention is put right in the names.
func TestMistakePutRightInPlace(t *testing.T) {
	base := start(t, server.Config{Token: "t"})
	base.programme(t)
	s := staffPages{base, base.signIn(t, "t")}
	list := func(query string) []any {
		return base.answer(t, query, nil, "t").at(t, "node", "links", "nodes").([]any)
	}
	id := list(`{ node(id:"borough:sutton") { links(types:[JOINED], lens:{proposed:true}) { nodes { id } } } }`)[0].(map[string]any)["id"].(string)
	s.do(t, "/inbox", url.Values{"id": {id}, "do": {"accept"}, "back": {"/inbox"}})
	joined := func() map[string]any {
		return list(`{ node(id:"borough:sutton") { links(types:[JOINED]) { nodes { id role since revision status } } } }`)[0].(map[string]any)
	}
	before := joined()
	if before["id"] != id || before["status"] != "CONFIRMED" {
		t.Fatalf("confirmed, the link is %v", before)
	}
	address := "/report?link=" + url.QueryEscape(id)
	if public := base.page(t, address); strings.Contains(public, "/inbox/correct") || strings.Contains(public, "Put it right") {
		t.Errorf("everybody is shown how staff correct: %s", public)
	}
	holds(t, s.get(t, address).raw, `action="/inbox/correct"`, "Save as corrected")
	form := url.Values{"id": {id}, "type": {"JOINED"}, "from": {"Sutton"}, "to": {"Community Engagement Playbook"}, "role": {"host"}, "since": {"2019"}, "revision": {fmt.Sprint(before["revision"])}, "back": {"/borough/sutton"}}
	s.do(t, "/inbox/correct", form)
	if now := joined(); now["id"] != id || now["role"] != "host" || now["since"] != "2019" || now["status"] != "CONFIRMED" {
		t.Fatalf("put right, the link is %v", now)
	}
	if a := s.post(t, "/inbox/correct", form, "Cookie", s.cookie); a.status != 422 {
		t.Errorf("put right by somebody who saw it as it was before: %d", a.status)
	}
	mention := list(`{ node(id:"borough:sutton") { links(types:[MENTIONS]) { nodes { id } } } }`)[0].(map[string]any)["id"].(string)
	page := s.get(t, "/report?link="+url.QueryEscape(mention)).raw
	holds(t, page, "Edit the names of Sutton")
	if strings.Contains(page, "/inbox/correct") || strings.Contains(page, "/add/link") {
		t.Errorf("a mention is offered to be corrected as a link: %s", page)
	}
	if problems := base.broken(t); len(problems) > 0 {
		t.Errorf("the graph is broken: %v", problems)
	}
}

// statusOfLink is how far a link has come.
func statusOfLink(t testing.TB, s *service, id string) record.LinkStatus {
	t.Helper()
	snap, err := s.store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	l, err := snap.Link(t.Context(), record.Lens{}, id)
	if err != nil {
		t.Fatal(err)
	}
	return l.Status
}

// broken is what is wrong with the graph.
func (s *service) broken(t testing.TB) (list []string) {
	t.Helper()
	snap, err := s.store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	for problem, err := range snap.Check(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, problem)
	}
	return list
}
