package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"lotigraph/server"
)

func TestTransport(t *testing.T) {
	s := start(t, server.Config{Token: token})
	const plain, full = "application/json", "application/graphql-response+json"
	get := "/graphql?query=" + url.QueryEscape("{ dataset { dataVersion } }")
	for _, c := range []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		code, contentType        string
	}{
		{"GET", "GET", get, "", nil, 200, "", plain},
		{"GET of the newer type", "GET", get, "", []string{"Accept", full}, 200, "", full},
		{"the newer type preferred", "GET", get, "", []string{"Accept", plain + ";q=0.9, " + full}, 200, "", full},
		{"the older type preferred", "GET", get, "", []string{"Accept", full + ";q=0.1, */*;q=0.2"}, 200, "", plain},
		{"no type that is here", "GET", get, "", []string{"Accept", "text/turtle"}, 406, "NOT_ACCEPTABLE", plain},
		{"GET that changes", "GET", "/graphql?query=" + url.QueryEscape(`mutation { undo(change:"1") { change } }`), "", []string{"Authorization", "Bearer " + token}, 405, "METHOD_NOT_ALLOWED", plain},
		{"GET with bad variables", "GET", get + "&variables=[]", "", nil, 400, "GRAPHQL_PARSE_FAILED", plain},
		{"GET without a query", "GET", "/graphql", "", nil, 400, "GRAPHQL_PARSE_FAILED", plain},
		{"POST", "POST", "/graphql", `{"query":"{ __typename }"}`, []string{"Content-Type", plain}, 200, "", plain},
		{"POST of a form", "POST", "/graphql", `query={__typename}`, []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "UNSUPPORTED_MEDIA_TYPE", plain},
		{"POST of text", "POST", "/graphql", `{"query":"{ __typename }"}`, []string{"Content-Type", "text/plain"}, 415, "UNSUPPORTED_MEDIA_TYPE", plain},
		{"POST in another charset", "POST", "/graphql", `{"query":"{ __typename }"}`, []string{"Content-Type", plain + "; charset=latin1"}, 415, "UNSUPPORTED_MEDIA_TYPE", plain},
		{"a list of operations", "POST", "/graphql", ` [{"query":"{ __typename }"}]`, []string{"Content-Type", plain}, 400, "GRAPHQL_PARSE_FAILED", plain},
		{"two bodies", "POST", "/graphql", `{"query":"{ __typename }"} {}`, []string{"Content-Type", plain}, 400, "GRAPHQL_PARSE_FAILED", plain},
		{"PUT", "PUT", "/graphql", `{}`, []string{"Content-Type", plain}, 405, "METHOD_NOT_ALLOWED", plain},
		{"@defer", "POST", "/graphql", `{"query":"{ ... @defer { dataset { dataVersion } } }"}`, []string{"Content-Type", plain, "Accept", full}, 400, "GRAPHQL_VALIDATION_FAILED", full},
		{"invalid, older type", "POST", "/graphql", `{"query":"{ nothing }"}`, []string{"Content-Type", plain}, 200, "GRAPHQL_VALIDATION_FAILED", plain},
		{"from another site", "POST", "/graphql", `{"query":"{ __typename }"}`, []string{"Content-Type", plain, "Sec-Fetch-Site", "cross-site"}, 403, "FORBIDDEN", plain},
	} {
		a := s.send(t, c.method, c.path, c.body, c.headers...)
		if a.status != c.status || a.code() != c.code || !strings.HasPrefix(a.header.Get("Content-Type"), c.contentType+";") {
			t.Errorf("%s: %d %s %s", c.name, a.status, a.header.Get("Content-Type"), a.raw)
		}
		if c.status == http.StatusMethodNotAllowed && a.header.Get("Allow") == "" {
			t.Errorf("%s: Allow is missing", c.name)
		}
		if a.code() != "" && strings.Contains(a.raw, `"data":`) {
			t.Errorf("%s: a request error has no data: %s", c.name, a.raw)
		}
		if c.status != 403 && a.Extensions["dataVersion"] == nil {
			t.Errorf("%s: no data version: %s", c.name, a.raw)
		}
	}
}

func TestOtherOrigins(t *testing.T) {
	const friend = "https://charts.example.org"
	closed, open := start(t, server.Config{}), start(t, server.Config{CORSOrigins: []string{friend}})
	ask := func(s *service, origin string) answered {
		return s.send(t, "POST", "/graphql", `{"query":"{ __typename }"}`, "Content-Type", "application/json", "Origin", origin, "Sec-Fetch-Site", "cross-site")
	}
	if a := ask(closed, friend); a.status != 403 || a.header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("nobody is allowed: %d %v", a.status, a.header)
	}
	if a := ask(open, friend); a.status != 200 || a.header.Get("Access-Control-Allow-Origin") != friend || a.header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("a friend: %d %v", a.status, a.header)
	}
	if a := open.send(t, "OPTIONS", "/graphql", "", "Origin", friend, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type,authorization"); a.status != 204 || !strings.Contains(a.header.Get("Access-Control-Allow-Headers"), "Authorization") {
		t.Errorf("a friend's preflight: %d %v", a.status, a.header)
	}
	if a := ask(open, "https://elsewhere.example.org"); a.status != 403 || a.header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("somebody else: %d %v", a.status, a.header)
	}
	if _, err := server.New(open.store, open.publisher, open.importer, server.Config{CORSOrigins: []string{"*"}}); err == nil {
		t.Error("* is not an origin")
	}
}
