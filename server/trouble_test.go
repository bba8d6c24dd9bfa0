package server_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"lotigraph/server"
)

// A page that cannot be shown says what is wrong as people say it, and the way on.
func TestTroubleInWords(t *testing.T) {
	s := start(t, server.Config{Token: "t"})
	s.programme(t)
	for _, one := range []struct{ at, says, leads string }{
		{"/?as_of=someday&proposed=true", "As of: “someday” is not a date;", `href="/?proposed=true"`},
		{"/search?q=camden&from=yesterday", "From: “yesterday” is not a date;", `href="/search?q=camden"`},
		{"/matrix?from=2023&to=2021", "From: 2023 is after 2021.", `href="/matrix?to=2021"`},
		{"/search?q=" + strings.Repeat("camden+", 1500), "Search: 10500 bytes are more than", `href="/search"`},
		{"/project/community-engagement-handbook", "There is no project at this address. It may have been withdrawn.", `value="community engagement handbook"`},
		{"/explore/paths?from=Sutton&to=borough:sutton", "“Sutton” and “borough:sutton” are the same record; enter two", `href="#to"`},
	} {
		a := s.send(t, "GET", one.at, "", "Accept", "text/html")
		if a.status < 400 || !strings.Contains(a.raw, one.says) || !strings.Contains(a.raw, one.leads) {
			t.Errorf("%.60s: %d lacks %s or %s:\n%s", one.at, a.status, one.says, one.leads, a.raw)
		}
		wellFormed(t, a.raw)
	}
}

// Who sends a form when the sign-in is over learns that nothing was saved, and comes
// back to the page of the form, never to another site.
func TestSentTooLate(t *testing.T) {
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	s := start(t, server.Config{Token: "t", Now: func() time.Time { return now }})
	cookie := s.signIn(t, "t")
	now = now.Add(13 * time.Hour)
	for from, back := range map[string]string{s.URL + "/edit?kind=project": "/edit?kind=project", "https://elsewhere.example/edit": "/", "": "/"} {
		a := s.post(t, "/edit", url.Values{"kind": {"project"}, "name": {"Lamps"}}, "Cookie", cookie, "Referer", from)
		to := a.header.Get("Location")
		if want := "/sign-in?" + (url.Values{"back": {back}, "lost": {"true"}}).Encode(); a.status != 303 || to != want {
			t.Errorf("from %q: %d %q, want %q", from, a.status, to, want)
		}
		if form := s.send(t, "GET", to, ""); !strings.Contains(form.raw, "what you sent was not saved") {
			t.Errorf("the sign-in does not say that nothing was saved: %s", form.raw)
		}
	}
}
