package server_test

import (
	"encoding/xml"
	"io"
	"regexp"
	"strings"
	"testing"

	"lotigraph/server"
)

func TestPages(t *testing.T) {
	s := start(t, server.Config{Licence: "OGL 3.0"})
	s.programme(t)
	home := s.send(t, "GET", "/", "")
	for _, want := range []string{">LOTI Graph</h1>", ">2 boroughs</a>", "Data version 1,", "OGL 3.0", `href="/graphiql"`, `href="/graphql/schema.graphql"`, `action="/search"`} {
		if !strings.Contains(home.raw, want) {
			t.Errorf("the front page lacks %s:\n%s", want, home.raw)
		}
	}
	lost := s.send(t, "GET", "/no/such/page", "", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	if lost.status != 404 || !strings.Contains(lost.raw, ">Page not found</h1>") || !strings.Contains(lost.raw, `href="/"`) {
		t.Errorf("a lost reader: %d %s", lost.status, lost.raw)
	}
	if a := s.send(t, "GET", "/no/such/page", "", "Accept", "application/json"); a.status != 404 || a.code() != "NOT_FOUND" {
		t.Errorf("a lost program: %d %s", a.status, a.raw)
	}
	if a := s.send(t, "DELETE", "/", ""); a.status != 405 || a.header.Get("Allow") == "" {
		t.Errorf("a method that is not taken: %d %v", a.status, a.header)
	}
	found := s.send(t, "GET", "/search?q=playbook&as_of=2030&proposed=true", "")
	for _, want := range []string{"<mark>", "as they stood on <strong>31 December 2030</strong>", `href="/search?q=playbook"`, "as_of=2030-12-31"} {
		if !strings.Contains(found.raw, want) {
			t.Errorf("the results lack %s:\n%s", want, found.raw)
		}
	}
	for _, page := range []answered{home, lost, found} {
		wellFormed(t, page.raw)
		if strings.Contains(page.raw, "style=") || strings.Contains(page.raw, "<style") || inline.MatchString(page.raw) {
			t.Errorf("inline style or script:\n%s", page.raw)
		}
		if !strings.HasPrefix(page.header.Get("Content-Security-Policy"), "default-src 'none'") || strings.Contains(page.header.Get("Content-Security-Policy"), "unsafe") {
			t.Errorf("policy %q", page.header.Get("Content-Security-Policy"))
		}
	}
}

// inline is a script that is not in a file.
var inline = regexp.MustCompile(`<script[^>]*>[^<]`)

// wellFormed reads a page's tags to the end; our templates close void elements.
func wellFormed(t testing.TB, page string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Entity = xml.HTMLEntity
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, page)
		}
	}
}

func TestGraphiQL(t *testing.T) {
	s := start(t, server.Config{})
	page := s.send(t, "GET", "/graphiql", "", "Accept", "text/html")
	need(t, page.status != 503, "this test needs GraphiQL: run `npm ci --ignore-scripts && npm run build` in server/web")
	if page.status != 200 || strings.Count(page.raw, "query ") < 3 {
		t.Fatalf("%d %s", page.status, page.raw)
	}
	if csp := page.header.Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self';") || !strings.Contains(csp, "style-src 'self' 'unsafe-inline'") {
		t.Errorf("policy %q", csp)
	}
	for _, attribute := range []string{`src="`, `href="`} {
		for _, rest := range strings.Split(page.raw, attribute)[1:] {
			address, _, _ := strings.Cut(rest, `"`)
			if address == "data:," {
				continue
			}
			if a := s.send(t, "GET", address, ""); !strings.HasPrefix(address, "/") || a.status != 200 || a.raw == "" {
				t.Errorf("%s: %d", address, a.status)
			}
		}
	}
}

func TestHealth(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	for _, path := range []string{"/healthz", "/readyz"} {
		if a := s.send(t, "GET", path, ""); a.status != 200 {
			t.Errorf("%s: %d %s", path, a.status, a.raw)
		}
	}
	s.ask(t, `{ dataset { dataVersion } }`, nil)
	s.ask(t, `{ nothing }`, nil)
	s.send(t, "GET", "/no/such/page", "")
	s.send(t, "POST", "/graphql", strings.Repeat(" ", 70_000), "Content-Type", "application/json")
	metrics := s.send(t, "GET", "/metrics", "").raw
	for _, want := range []string{
		`lotigraph_http_requests_total{class="2xx",method="GET",route="/healthz"} 1`,
		`lotigraph_graphql_operation_duration_seconds_count{outcome="ok",type="query"} 1`,
		`lotigraph_graphql_refused_total{code="GRAPHQL_VALIDATION_FAILED"} 1`,
		`lotigraph_graphql_refused_total{code="REQUEST_TOO_LARGE"} 1`,
		`lotigraph_http_requests_total{class="4xx",method="GET",route="none"} 1`,
		"lotigraph_data_version 1", "lotigraph_index_lag_changes 0", `lotigraph_badger_bytes{part="tables"}`, "go_goroutines",
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("/metrics lacks %s", want)
		}
	}
}

func TestHeaders(t *testing.T) {
	s := start(t, server.Config{PublicURL: "https://graph.example.org"})
	a := s.send(t, "GET", "/graphql?query={__typename}", "", "X-Request-ID", "sane-id_1")
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000", "X-Request-Id": "sane-id_1"} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	if a := s.send(t, "GET", "/healthz", "", "X-Request-ID", "not <sane>"); strings.Contains(a.header.Get("X-Request-Id"), "<") || len(a.header.Get("X-Request-Id")) < 8 {
		t.Errorf("an id that is not sane became %q", a.header.Get("X-Request-Id"))
	}
}
