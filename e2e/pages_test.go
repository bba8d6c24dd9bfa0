package e2e

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// states are pages that no link leads to: nothing found, something wrong.
var states = []string{
	"/search?q=zzzzqqq", "/search?q=camden+playbok&kind=WEEKNOTE&from=2020", "/search?q=%22never+said%22+AND+(", "/no/such/page", "/project/no-such-project",
	"/?as_of=2021", "/search?q=camden&as_of=2020&proposed=true", "/search?q=camden&from=yesterday", "/sign-in",
}

// found are the pages that following links leads to, one of each pattern: the same
// template with other records is the same page.
var found = sync.OnceValues(func() ([]string, error) {
	client := http.Client{}
	cookie, err := staff()
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	queue := []string{"/"}
	var list []string
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		r, err := http.NewRequest(http.MethodGet, site+at, nil)
		if err != nil {
			return nil, err
		}
		r.AddCookie(cookie)
		r.Header.Set("Accept", "text/html")
		res, err := client.Do(r)
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			return nil, err
		}
		if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") || at == "/graphiql" {
			continue
		}
		list = append(list, at)
		for _, m := range link.FindAllSubmatch(body, -1) {
			to := html.UnescapeString(string(m[1]))
			to, _, _ = strings.Cut(to, "#")
			p := pattern(to)
			if seen[p] || skipped.MatchString(to) {
				continue
			}
			seen[p] = true
			queue = append(queue, to)
		}
	}
	slices.Sort(list)
	return list, nil
})

var (
	link    = regexp.MustCompile(`href="(/[^"]*)"`)
	skipped = regexp.MustCompile(`^/(assets|export|graphql|healthz|readyz|metrics)\b`)
	slug    = regexp.MustCompile(`^/(weeknote|project|borough|person|partner)/[^/]+|^/(matrix)/[^/]+/[^/]+`)
)

// pattern is what addresses of one template have in common: the path without the
// name of a record, and one parameter at the most.
func pattern(address string) string {
	at, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := at.Query()
	keys := make([]string, 0, len(q))
	for key := range q {
		if key != "as_of" && key != "proposed" { // every page has a lens
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	p := slug.ReplaceAllString(at.Path, "/$1$2/*")
	keys = keys[:min(len(keys), 1)] // more narrow the same page down
	if p == "/search" {
		keys = nil
	}
	return p + "?" + strings.Join(keys, "&")
}

// pages are all that are looked at.
func pages(t testing.TB) []string {
	t.Helper()
	list, err := found()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 10 {
		t.Fatalf("following links led to %d pages: %v", len(list), list)
	}
	return slices.Concat(list, states)
}
