package server_test

import (
	"bytes"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"
	"time"

	"lotigraph/server"
)

// send sends a form with a file as a browser does.
func (s staffPages) upload(t testing.TB, name string, body []byte, fields ...string) answered {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(fields); i += 2 {
		w.WriteField(fields[i], fields[i+1])
	}
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write(body)
	}
	w.Close()
	return s.send(t, "POST", "/add", b.String(), "Content-Type", w.FormDataContentType(), "Accept", "text/html", "Sec-Fetch-Site", "same-origin", "Cookie", s.cookie)
}

// A weeknote is pasted, looked at and added; a record and a link by hand; all of it
// is in the history, and undone from there.
func TestAddPages(t *testing.T) {
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	base := start(t, server.Config{Token: "t", Now: func() time.Time { return now }})
	s := staffPages{base, base.signIn(t, "t")}
	s.get(t, "/add")
	version := func() string {
		return s.answer(t, `{ dataset { dataVersion } }`, nil).at(t, "dataset", "dataVersion").(string)
	}

	if a := s.upload(t, "", nil, "what", "text", "text", "  ", "date", "May"); a.status != 422 || !strings.Contains(a.raw, `href="#text"`) || !strings.Contains(a.raw, "<title>Error: Add") {
		t.Errorf("nothing pasted: %d %s", a.status, a.raw)
	}
	if a := s.upload(t, "", nil, "what", "text", "text", lamps, "address", "example.org", "date", "May"); a.status != 422 || !strings.Contains(a.raw, `href="#date"`) || !strings.Contains(a.raw, `href="#address"`) || !strings.Contains(a.raw, "Bright Lamps") {
		t.Errorf("bad date and address: %d %s", a.status, a.raw)
	}
	tried := s.upload(t, "", nil, "what", "text", "text", strings.ReplaceAll(lamps, "\n", "\r\n"), "address", "https://example.org/8")
	if tried.status != 303 || version() != "0" {
		t.Fatalf("a look at it: %d, and the data is at version %s", tried.status, version())
	}
	check := s.get(t, tried.header.Get("Location"))
	for _, want := range []string{"What adding “Weeknote 8 of 2026” would do", "1 text added", "date: 4 November 2026", "author: not found", "address: https://example.org/8", "Bright Lamps (project)", "Add it"} {
		if !strings.Contains(check.raw, want) {
			t.Errorf("the look lacks %s: %s", want, check.raw)
		}
	}
	key := strings.TrimPrefix(tried.header.Get("Location"), "/add/check?key=")
	done := s.do(t, "/add/check", url.Values{"key": {key}})
	if !strings.Contains(done.raw, "Weeknote 8 of 2026</a>") || !strings.Contains(done.raw, "/inbox?source=weeknote") {
		t.Errorf("added: %s", done.raw)
	}
	at := version()
	if s.do(t, "/add/check", url.Values{"key": {key}}); version() != at {
		t.Error("added twice")
	}
	now = now.Add(time.Hour)
	if a := s.post(t, "/add/check", url.Values{"key": {key}}, "Cookie", s.cookie); a.status != 404 || !strings.Contains(a.raw, "send it again") {
		t.Errorf("an hour later: %d %s", a.status, a.raw)
	}
	s.cookie = s.signIn(t, "t")

	// Files that are none, empty, or not what they say.
	for name, body := range map[string]string{"broken.xlsx": "PK\x03\x04 no zip", "odd.bin": "\xff\xfe\x00", `C:\notes\..\..\etc\passwd.md`: "# A note\n\nHello.\n"} {
		a := s.upload(t, name, []byte(body), "what", "file")
		if a.status != 303 {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
			continue
		}
		if page := s.get(t, a.header.Get("Location")); strings.Contains(page.raw, "etc") || name != `C:\notes\..\..\etc\passwd.md` && !strings.Contains(page.raw, "What could not be used") {
			t.Errorf("%s: %s", name, page.raw)
		}
	}
	if a := s.upload(t, "huge.txt", bytes.Repeat([]byte("x"), 25<<20), "what", "file"); a.status != 413 || !strings.Contains(a.raw, "a file may have 24 MB") {
		t.Errorf("a file of 25 MB: %d %s", a.status, a.raw)
	}
	if a := s.post(t, "/edit", url.Values{"kind": {"project"}, "name": {"x"}, "summary": {strings.Repeat("x", 70_000)}}, "Cookie", s.cookie); a.status != 413 || !strings.Contains(a.raw, "That is too large") {
		t.Errorf("a summary of 70 kB: %d %s", a.status, a.raw)
	}
	if a := s.upload(t, "empty.md", nil, "what", "file"); a.status != 422 || !strings.Contains(a.raw, `href="#file"`) {
		t.Errorf("an empty file: %d", a.status)
	}

	// By hand.
	s.get(t, "/edit?kind=project")
	if a := s.post(t, "/edit", url.Values{"kind": {"project"}, "name": {""}, "start": {"soon"}}, "Cookie", s.cookie); a.status != 422 || !strings.Contains(a.raw, `href="#name"`) || !strings.Contains(a.raw, `href="#start"`) {
		t.Errorf("a project without a name: %d %s", a.status, a.raw)
	}
	made := s.post(t, "/edit", url.Values{"kind": {"project"}, "name": {"Bright Lamps"}, "themes": {"light; energy"}}, "Cookie", s.cookie)
	if made.status != 303 || !strings.HasPrefix(made.header.Get("Location"), "/project/bright-lamps?change=") {
		t.Fatalf("made: %d %v", made.status, made.header)
	}
	form := s.get(t, "/edit?id=project:bright-lamps")
	if !strings.Contains(form.raw, `value="light; energy"`) {
		t.Errorf("the form lacks its themes: %s", form.raw)
	}
	if a := s.post(t, "/edit", url.Values{"id": {"project:bright-lamps"}, "revision": {"77"}, "name": {"Dim Lamps"}}, "Cookie", s.cookie); a.status != 422 || !strings.Contains(a.raw, "Somebody else changed this record") || !strings.Contains(a.raw, `value="Dim Lamps"`) {
		t.Errorf("an older revision: %d %s", a.status, a.raw)
	}
	if a := s.post(t, "/edit", url.Values{"kind": {"partner"}, "name": {"The Lantern Foundation"}}, "Cookie", s.cookie); a.status != 303 {
		t.Fatalf("a partner: %d %s", a.status, a.raw)
	}
	s.get(t, "/add/link?from=Bright+Lamps&type=FUNDED_BY")
	link := url.Values{"from": {"Bright Lamps"}, "type": {"FUNDED_BY"}, "to": {"The Lantern Foundation"}, "text": {"Weeknote 8 of 2026"}, "quote": {"which is paid by the Lantern Foundation"}}
	if a := s.post(t, "/add/link", link, "Cookie", s.cookie); a.status != 422 || !strings.Contains(a.raw, `href="#quote"`) {
		t.Errorf("words that are not in the text: %d %s", a.status, a.raw)
	}
	link.Set("quote", "which is funded by the Lantern Foundation")
	if a := s.post(t, "/add/link", link, "Cookie", s.cookie); a.status != 303 {
		t.Errorf("the link: %d %s", a.status, a.raw)
	}
	history := s.get(t, "/history?id=project:bright-lamps")
	for _, want := range []string{"name: Bright Lamps", "themes: light; energy", "is funded by", "Undo"} {
		if !strings.Contains(history.raw, want) {
			t.Errorf("the history lacks %s: %s", want, history.raw)
		}
	}
	gone := s.do(t, "/withdraw", url.Values{"id": {"project:bright-lamps"}, "back": {"/history?id=project:bright-lamps"}})
	if !strings.Contains(gone.raw, "which is withdrawn") || !strings.Contains(gone.raw, "Restore it") {
		t.Errorf("withdrawn: %s", gone.raw)
	}
	if lost := s.send(t, "GET", "/project/bright-lamps", "", "Accept", "text/html", "Cookie", s.cookie); lost.status != 404 || !strings.Contains(lost.raw, `href="/history?id=project%3Abright-lamps"`) {
		t.Errorf("the address of what is withdrawn: %d %s", lost.status, lost.raw)
	}
	if lost := s.send(t, "GET", "/project/bright-lamps", "", "Accept", "text/html"); lost.status != 404 || strings.Contains(lost.raw, "/history") {
		t.Errorf("to the public: %d %s", lost.status, lost.raw)
	}
	if back := s.do(t, "/restore", url.Values{"id": {"project:bright-lamps"}, "back": {"/history?id=project:bright-lamps"}}); strings.Contains(back.raw, "Restore it") {
		t.Errorf("restored: %s", back.raw)
	}
	if all := s.get(t, "/history"); !strings.Contains(all.raw, "Saved a record") {
		t.Errorf("everything's history: %s", all.raw)
	}
}

// What adding something would do is told thing by thing: each link with its
// sentence, each field of a record that would be otherwise.
func TestAddTellsEachThing(t *testing.T) {
	base := start(t, server.Config{Token: "t"})
	base.programme(t)
	s := staffPages{base, base.signIn(t, "t")}
	look := func(a answered) string {
		t.Helper()
		if a.status != 303 {
			t.Fatalf("a look: %d %s", a.status, a.raw)
		}
		return s.get(t, a.header.Get("Location")).raw
	}
	told := func(page string, wants ...string) {
		t.Helper()
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("the look lacks %s:\n%s", want, page)
			}
		}
	}
	pasted := "Weeknote 71\n\nSutton is leading the Community Engagement Playbook. <script>alert(1)</script>\n\nSnook is the delivery partner for the Community Engagement Playbook.\n"
	told(look(s.upload(t, "", nil, "what", "text", "text", pasted)), "Links it would propose", "Sutton joined Community Engagement Playbook, lead",
		"“Sutton is leading the Community Engagement Playbook. &lt;script&gt;alert(1)", "date: not found", "may be seen by everybody")
	told(look(s.upload(t, "partners.csv", []byte("name,summary\nSnook,A design agency\nHumble Bees,Keepers of bees\nWhoever,\n\"\",Nobody\n"), "what", "file")),
		"What adding partners.csv would do", "Snook <span", "Changed</strong>", "<li>summary: A design agency</li>", "Humble Bees <span", "New</strong>", "Line 5, name: ")
	// Who goes back finds what was typed.
	tried := s.upload(t, "", nil, "what", "text", "text", pasted, "address", "https://example.org/71")
	back := s.get(t, strings.Replace(tried.header.Get("Location"), "/add/check", "/add", 1)).raw
	told(back, "Sutton is leading the Community Engagement Playbook.", `value="https://example.org/71"`)
	// A text is changed where it stands: it stays the same text, and is withdrawn there.
	form := s.get(t, "/add?id=weeknote:loti-weeknote-70").raw
	told(form, "Change LOTI: Weeknote 70</h1>", "Kingston and Sutton joined the Playbook.", "Withdraw this text", `name="id" value="weeknote:loti-weeknote-70"`)
	change := func(version, text string) answered {
		return s.upload(t, "", nil, "what", "text", "id", "weeknote:loti-weeknote-70", "changes", "LOTI: Weeknote 70", "version", version, "text", text)
	}
	told(look(change("1", strings.Replace(note, "Snook is the partner", "Nobody is the partner", 1))),
		"What changing LOTI: Weeknote 70 would do", "Change it</button>", "1 text changed, as a new version", "Links whose sentence would be gone from the text", "“Snook is the partner”")
	// Who changes what somebody else has changed since is told, before and after the look.
	early := change("1", note+"\nOne more line of mine.\n")
	took := change("1", note+"\nOne more line of theirs.\n")
	key := func(a answered) url.Values {
		return url.Values{"key": {strings.TrimPrefix(a.header.Get("Location"), "/add/check?key=")}}
	}
	told(s.do(t, "/add/check", key(took)).raw, "LOTI: Weeknote 70 was changed", "1 text changed")
	late := change("1", note+"\nOne more line of mine.\n")
	if told(late.raw, "Somebody else changed this text", "One more line of mine.", `name="version" value="2"`); late.status != 422 {
		t.Errorf("a change of what was changed since is %d", late.status)
	}
	told(s.do(t, "/add/check", key(early)).raw, "Somebody else changed this text", "Go back and change it")
	if now := s.get(t, "/weeknote/loti-weeknote-70").raw; !strings.Contains(now, "line of theirs") {
		t.Errorf("the text reads %s", now)
	}
	told(look(change("2", note+"\nOne more line of mine.\n")), "1 text changed, as a new version")
}
