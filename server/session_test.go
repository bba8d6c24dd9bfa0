package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"lotigraph/server"
)

// post sends a form as a browser on a page of the service does.
func (s *service) post(t testing.TB, path string, form url.Values, headers ...string) answered {
	t.Helper()
	headers = append([]string{"Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html", "Sec-Fetch-Site", "same-origin"}, headers...)
	return s.send(t, http.MethodPost, path, form.Encode(), headers...)
}

// signIn signs in and returns the cookie that says so.
func (s *service) signIn(t testing.TB, token string) string {
	t.Helper()
	a := s.post(t, "/sign-in", url.Values{"token": {token}, "back": {"/"}})
	cookie := a.header.Get("Set-Cookie")
	if a.status != http.StatusSeeOther || cookie == "" {
		t.Fatalf("sign in: %d %s", a.status, a.raw)
	}
	pair, _, _ := strings.Cut(cookie, ";")
	return pair
}

func TestSignIn(t *testing.T) {
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	s := start(t, server.Config{Token: "open sesame", Now: func() time.Time { return now }})
	s.programme(t)
	signedIn := func(cookie string) bool {
		t.Helper()
		return strings.Contains(s.send(t, "GET", "/", "", "Cookie", cookie).raw, "Sign out")
	}

	if a := s.post(t, "/sign-in", url.Values{"token": {"sesame"}}); a.status != 422 || !strings.Contains(a.raw, "not the token") || !strings.Contains(a.raw, "<title>Error: Sign in") || a.header.Get("Set-Cookie") != "" {
		t.Errorf("a wrong token: %d %s", a.status, a.raw)
	}
	if a := s.post(t, "/sign-in", nil); a.status != 422 || !strings.Contains(a.raw, `<a href="#token">Enter the token</a>`) {
		t.Errorf("no token: %d %s", a.status, a.raw)
	}
	a := s.post(t, "/sign-in", url.Values{"token": {" open sesame "}, "back": {"/search?q=a&as_of=2021"}})
	if a.status != 303 || a.header.Get("Location") != "/search?q=a&as_of=2021" {
		t.Errorf("signing in led to %d %q", a.status, a.header.Get("Location"))
	}
	for _, flag := range []string{"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"} {
		if cookie := a.header.Get("Set-Cookie"); !strings.Contains(cookie, flag) || strings.Contains(cookie, "sesame") {
			t.Errorf("the cookie %q lacks %s or gives the token away", cookie, flag)
		}
	}
	cookie := s.signIn(t, "open sesame")
	if !signedIn(cookie) || signedIn("lotigraph=") || signedIn(cookie[:len(cookie)-2]+"AA") || signedIn("") {
		t.Error("a session is its cookie, whole")
	}
	// What the cookie opens, other sites cannot use.
	mutation := `{"query":"mutation { saveNode(input: {kind: PARTNER, name: \"Snook\"}) { change } }"}`
	if a := s.send(t, "POST", "/graphql", mutation, "Content-Type", "application/json", "Cookie", cookie, "Sec-Fetch-Site", "cross-site"); a.code() != "FORBIDDEN" {
		t.Errorf("another site's change: %d %s", a.status, a.raw)
	}
	if a := s.post(t, "/sign-out", nil, "Cookie", cookie, "Sec-Fetch-Site", "cross-site"); a.status != 403 {
		t.Errorf("another site signs out: %d", a.status)
	}
	if a := s.post(t, "/sign-out", nil, "Cookie", cookie); a.status != 303 || !strings.Contains(a.header.Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("signing out: %d %v", a.status, a.header)
	}
	now = now.Add(12 * time.Hour)
	if signedIn(cookie) {
		t.Error("a session does not end")
	}
	other := start(t, server.Config{Token: "another", Now: func() time.Time { return now.Add(-time.Hour) }})
	if strings.Contains(other.send(t, "GET", "/", "", "Cookie", cookie).raw, "Sign out") {
		t.Error("a session of another token is taken")
	}
}

// A sign-in leads nowhere but to this service, and a token cannot be guessed at speed.
func TestSignInIsNoDoor(t *testing.T) {
	for _, back := range []string{"", "https://example.org/", "//example.org/", `/\example.org`, "javascript:alert(1)", "/sign-in?back=/x", "example.org", "/%5cexample.org\r\nX: y", "https:/example.org"} {
		s := start(t, server.Config{Token: "open sesame"})
		if a := s.post(t, "/sign-in", url.Values{"token": {"open sesame"}, "back": {back}}); a.status != 303 || a.header.Get("Location") != "/" {
			t.Errorf("%q led to %d %q", back, a.status, a.header.Get("Location"))
		}
	}
	s := start(t, server.Config{Token: "open sesame"})
	last := 0
	for range 12 {
		last = s.post(t, "/sign-in", url.Values{"token": {"guess"}}).status
	}
	if a := s.post(t, "/sign-in", url.Values{"token": {"open sesame"}}); last != 429 || a.status != 429 {
		t.Errorf("after many guesses: %d, and the right one: %d", last, a.status)
	}
	unarmed := start(t, server.Config{})
	if a := unarmed.send(t, "GET", "/sign-in", ""); !strings.Contains(a.raw, "without a token") {
		t.Errorf("no token to sign in with: %s", a.raw)
	}
	if a := unarmed.post(t, "/sign-in", url.Values{"token": {""}}); a.status != 422 {
		t.Errorf("an empty token: %d", a.status)
	}
	over := start(t, server.Config{Token: "t", PublicURL: "https://graph.example.org"})
	if a := over.post(t, "/sign-in", url.Values{"token": {"t"}}); !strings.Contains(a.header.Get("Set-Cookie"), "__Host-lotigraph=") || !strings.Contains(a.header.Get("Set-Cookie"), "Secure") {
		t.Errorf("over HTTPS the cookie is %q", a.header.Get("Set-Cookie"))
	}
}
