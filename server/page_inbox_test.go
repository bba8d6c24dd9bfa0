package server_test

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"lotigraph/server"
)

// staffPages is a server whose pages a person who is signed in looks at.
type staffPages struct {
	*service
	cookie string
}

func (s staffPages) get(t testing.TB, path string) answered {
	t.Helper()
	a := s.send(t, "GET", path, "", "Accept", "text/html", "Cookie", s.cookie)
	if a.status != 200 {
		t.Fatalf("GET %s: %d %s", path, a.status, a.raw)
	}
	wellFormed(t, a.raw)
	return a
}

// do posts a form and follows where it leads.
func (s staffPages) do(t testing.TB, path string, form url.Values) answered {
	t.Helper()
	a := s.post(t, path, form, "Cookie", s.cookie)
	if a.status != 303 {
		t.Fatalf("POST %s: %d %s", path, a.status, a.raw)
	}
	at, _, _ := strings.Cut(a.header.Get("Location"), "#")
	return s.get(t, at)
}

// waiting are the ids that the inbox page shows, in its order.
func (s staffPages) waiting(t testing.TB, path string) (ids []string) {
	t.Helper()
	for _, m := range regexp.MustCompile(`name="id" value="([^"]*)"`).FindAllStringSubmatch(s.get(t, path).raw, -1) {
		ids = append(ids, html.UnescapeString(m[1]))
	}
	return ids
}

const lamps = "Weeknote 8 of 2026\n4 November 2026\n\nCamden and Sutton joined the “Bright Lamps” project, which is funded by the Lantern Foundation.\n\nAnn Lee (Head of Data, Camden) leads Bright Lamps.\n"

// A weeknote comes in, and a person settles it on pages, without a script.
func TestInboxPages(t *testing.T) {
	base := start(t, server.Config{Token: "t"})
	s := staffPages{base, base.signIn(t, "t")}
	for i, name := range []string{"Camden", "Sutton"} {
		s.answer(t, `mutation($n: String!, $code: String!, $column: Int!) { saveNode(input: {kind: BOROUGH, name: $n, borough: {onsCode: $code, column: $column, row: 1}}) { change } }`,
			map[string]any{"n": name, "code": fmt.Sprintf("E0900000%d", i+1), "column": i}, "t")
	}
	s.answer(t, `mutation($b: String!) { importText(name: "lamps.md", body: $b) { dataVersion } }`, map[string]any{"b": lamps}, "t")

	if a := s.send(t, "GET", "/inbox?sort=name", "", "Accept", "text/html"); a.status != 303 || a.header.Get("Location") != "/sign-in?back=%2Finbox%3Fsort%3Dname" {
		t.Fatalf("somebody who is not signed in: %d %q", a.status, a.header.Get("Location"))
	}
	if got := s.waiting(t, "/inbox"); len(got) != 3 || got[0] != "name:project:bright-lamps" {
		t.Fatalf("waiting: %v", got)
	}
	// Accepted as it is, undone, and accepted again.
	page := s.do(t, "/inbox", url.Values{"id": {"name:project:bright-lamps"}, "do": {"accept"}, "back": {"/inbox#waits-0"}})
	change := regexp.MustCompile(`name="change" value="(\d+)"`).FindStringSubmatch(page.raw)
	if change == nil || !strings.Contains(page.raw, "You saved a record") {
		t.Fatalf("no notice of what was done: %s", page.raw)
	}
	s.do(t, "/undo", url.Values{"change": {change[1]}, "back": {"/inbox"}})
	if got := s.waiting(t, "/inbox"); len(got) != 3 {
		t.Fatalf("after the undoing: %v", got)
	}
	s.do(t, "/inbox", url.Values{"id": {"name:project:bright-lamps"}, "do": {"accept"}, "back": {"/inbox"}})

	// A name as it should be spelt; what is wrong with a form is said beside its field, and what was typed is kept.
	s.get(t, "/inbox/name?id=name:partner:lantern-foundation&back=/inbox")
	wrong := s.post(t, "/inbox/name", url.Values{"id": {"name:partner:lantern-foundation"}, "do": {"new"}, "name": {" "}, "aliases": {"Lanterns"}}, "Cookie", s.cookie)
	if wrong.status != 422 || !strings.Contains(wrong.raw, `<a href="#name">Enter the name as it should be spelt</a>`) || !strings.Contains(wrong.raw, `value="Lanterns"`) {
		t.Errorf("a name left empty: %d %s", wrong.status, wrong.raw)
	}
	wellFormed(t, wrong.raw)
	s.do(t, "/inbox/name", url.Values{"id": {"name:partner:lantern-foundation"}, "do": {"new"}, "name": {"The Lantern Foundation"}, "sector": {"charity"}, "back": {"/inbox"}})
	s.do(t, "/inbox", url.Values{"id": {"name:person:ann-lee"}, "do": {"reject"}, "back": {"/inbox"}})

	// Camden leads it.
	links := s.waiting(t, "/inbox?sort=link&about=borough:camden")
	if len(links) != 1 {
		t.Fatalf("Camden's links: %v", links)
	}
	form := s.get(t, "/inbox/correct?id="+links[0])
	for _, want := range []string{"<mark>Camden</mark>", `value="Bright Lamps"`, `value="participant"`, "One of: lead"} {
		if !strings.Contains(form.raw, want) {
			t.Errorf("the form lacks %s: %s", want, form.raw)
		}
	}
	filled := url.Values{"id": {links[0]}, "from": {"Camden"}, "to": {"Bright Lamps"}, "type": {"JOINED"}, "role": {"boss"}, "since": {"May"}, "back": {"/inbox"}}
	wrong = s.post(t, "/inbox/correct", filled, "Cookie", s.cookie)
	if wrong.status != 422 || !strings.Contains(wrong.raw, `href="#since"`) || !strings.Contains(wrong.raw, `value="boss"`) {
		t.Errorf("a date that is none: %d %s", wrong.status, wrong.raw)
	}
	filled.Set("since", "2026-11")
	if wrong = s.post(t, "/inbox/correct", filled, "Cookie", s.cookie); wrong.status != 422 || !strings.Contains(wrong.raw, `href="#role"`) {
		t.Errorf("a role that is none: %d %s", wrong.status, wrong.raw)
	}
	filled.Set("role", "lead")
	filled.Set("to", "Dark Lamps")
	if wrong = s.post(t, "/inbox/correct", filled, "Cookie", s.cookie); wrong.status != 422 || !strings.Contains(wrong.raw, "goes by “Dark Lamps”") {
		t.Errorf("a project that is none: %d %s", wrong.status, wrong.raw)
	}
	filled.Set("to", "Bright Lamps")
	s.do(t, "/inbox/correct", filled)

	// The rest is right.
	text := s.answer(t, `{ weeknotes { nodes { id } } }`, nil, "t").at(t, "weeknotes", "nodes", 0, "id").(string)
	all := s.get(t, "/inbox?source="+text)
	if !strings.Contains(all.raw, "/inbox/all?source=") {
		t.Errorf("no way to settle them all: %s", all.raw)
	}
	s.get(t, "/inbox/all?source="+text)
	s.do(t, "/inbox/all", url.Values{"source": {text}, "do": {"accept"}, "back": {"/inbox"}})
	if got := s.waiting(t, "/inbox"); len(got) != 0 {
		t.Errorf("still waiting: %v", got)
	}
	got := s.answer(t, `{ participations(filter: {project: "Bright Lamps"}) { nodes { borough { name } role since status } } }`, nil)
	if want := `[{"borough":{"name":"Camden"},"role":"lead","since":"2026-11","status":"CONFIRMED"},{"borough":{"name":"Sutton"},"role":"participant","since":null,"status":"CONFIRMED"}]`; fields(t, got.at(t, "participations", "nodes")) != want {
		t.Errorf("in the answers: %s", got.raw)
	}
}

// Two records that may be one are looked at side by side, and merged after a look at what it does.
func TestMergePages(t *testing.T) {
	base := start(t, server.Config{Token: "t"})
	s := staffPages{base, base.signIn(t, "t")}
	for _, name := range []string{"Thirty3", "Thirty 3"} {
		s.answer(t, `mutation($n: String!) { saveNode(input: {kind: PROJECT, name: $n}) { change } }`, map[string]any{"n": name}, "t")
	}
	pairs := s.waiting(t, "/inbox?sort=pair")
	if len(pairs) != 1 {
		t.Fatalf("pairs: %v", pairs)
	}
	preview := s.get(t, "/inbox/merge?from=project:thirty-3&into=project:thirty3")
	if !strings.Contains(preview.raw, "would also be found as: Thirty 3") || !strings.Contains(preview.raw, "The other way round") {
		t.Errorf("the preview: %s", preview.raw)
	}
	s.do(t, "/inbox/merge", url.Values{"from": {"project:thirty-3"}, "into": {"project:thirty3"}, "back": {"/inbox"}})
	if got := s.waiting(t, "/inbox"); len(got) != 0 {
		t.Errorf("still waiting: %v", got)
	}
	if got := s.answer(t, `{ node(id: "project:thirty-3") { id } }`, nil, "t"); got.at(t, "node", "id") != "project:thirty3" {
		t.Errorf("not merged: %s", got.raw)
	}
	// What is no decision is refused, and so is another site's.
	if a := s.post(t, "/inbox", url.Values{"id": {"link:1"}, "do": {"burn"}}, "Cookie", s.cookie); a.status != 400 {
		t.Errorf("no decision: %d", a.status)
	}
	if a := s.post(t, "/inbox", url.Values{"id": {"what?"}, "do": {"accept"}}, "Cookie", s.cookie); a.status != 400 {
		t.Errorf("no id: %d", a.status)
	}
	if a := s.post(t, "/undo", url.Values{"change": {"1"}}, "Cookie", s.cookie, "Sec-Fetch-Site", "cross-site"); a.status != 403 {
		t.Errorf("another site's undoing: %d", a.status)
	}
	if a := s.post(t, "/undo", url.Values{"change": {"1"}}); a.status != 303 || !strings.HasPrefix(a.header.Get("Location"), "/sign-in") {
		t.Errorf("nobody's undoing: %d", a.status)
	}
}
