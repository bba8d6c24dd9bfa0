package server_test

import (
	"fmt"
	"html"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"lotigraph/record"
	"lotigraph/server"
)

// Somebody who wants to quote a figure reads what the data is; the lists of what
// wants care agree with the API.
func TestAboutPage(t *testing.T) {
	s := start(t, server.Config{Licence: "OGL 3.0", Token: token, PublicURL: "https://graph.example.org/"})
	holds(t, s.page(t, "/about"), "There are no texts yet", "0 boroughs")
	s.programme(t)
	page := s.page(t, "/about?as_of=2021")
	holds(t, page, "LOTI Graph, data version 1, as of 31 December 2021, https://graph.example.org/?as_of=2021-12-31, retrieved on", "Licence of the data: OGL 3.0",
		">2 boroughs</a>", ">1 project</a>", "30 November 2020", "5 links. They are left out")

	lists := s.ask(t, `{ workLists(lens: {proposed: true}) { name title count } }`, nil).at(t, "workLists").([]any)
	page = s.page(t, "/about?proposed=true")
	for _, one := range lists {
		list := one.(map[string]any)
		holds(t, page, fmt.Sprintf("%s: %s</a>", list["title"], list["count"]))
		shown := s.page(t, fmt.Sprintf("/about/lists/%s?proposed=true", list["name"]))
		if got := strings.Count(shown, `<li class="statement">`); fmt.Sprint(got) != fmt.Sprint(list["count"]) {
			t.Errorf("%s has %d entries on its page, %s by GraphQL", list["name"], got, list["count"])
		}
	}
	for path, want := range map[string]int{"/about/lists/nothing": 404, "/about/lists/past-date?skip=x": 400, "/about/lists/past-date?skip=999": 200} {
		if a := s.send(t, "GET", path, "", "Accept", "text/html"); a.status != want {
			t.Errorf("%s: %d, not %d", path, a.status, want)
		}
	}

	// Two records that may be one: staff can go on to compare them.
	var twins []record.Op
	for _, name := range []string{"Forgotten Ltd", "Forgotten Limited"} {
		twins = append(twins, record.Op{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Node: record.Node{Name: name, Stated: record.Public}}})
	}
	s.commit(t, "twins", twins...)
	holds(t, s.page(t, "/about/lists/unnamed-records"), "Forgotten Ltd", "Forgotten Limited", "2 entries")
	if public := s.page(t, "/about/lists/duplicates"); strings.Contains(public, "Compare them") || !strings.Contains(public, "1 entry") {
		t.Errorf("the public reads %s", public)
	}
	staff := staffPages{s, s.signIn(t, token)}
	holds(t, staff.get(t, "/about/lists/duplicates").raw, "/inbox/merge?from=partner%3Aforgotten-l", "Compare them")
}

func TestAccessibilityPage(t *testing.T) {
	bare := start(t, server.Config{})
	holds(t, bare.page(t, "/accessibility"), "partially compliant", "has not stated a contact", "Equality Advisory")
	stated := start(t, server.Config{Contact: "help@example.org"})
	holds(t, stated.page(t, "/accessibility"), "contact help@example.org.")
}

// The commands on the page for developers run as they stand.
func TestDeveloperExamples(t *testing.T) {
	for _, tool := range []string{"sh", "curl", "python3"} {
		_, err := exec.LookPath(tool)
		need(t, err == nil, "this test needs "+tool)
	}
	s := start(t, server.Config{})
	s.programme(t)
	page := s.page(t, "/developers")
	holds(t, page, `href="/export/gexf"`, `href="/export/matrix.csv"`)
	wants := []string{`"totalCount":0`, `"understood":`, `"total":2`, "", ""}
	examples := regexp.MustCompile(`(?s)data-run="run">(.*?)</pre>`).FindAllStringSubmatch(page, -1)
	if len(examples) != len(wants) {
		t.Fatalf("%d examples", len(examples))
	}
	for i, example := range examples {
		command := exec.CommandContext(t.Context(), "sh", "-c", "set -e\n"+html.UnescapeString(example[1]))
		command.Dir = t.TempDir()
		out, err := command.CombinedOutput()
		if text := string(out); err != nil || strings.Contains(text, `"errors"`) || !strings.Contains(text, wants[i]) {
			t.Errorf("%s\ngives %v %s", example[1], err, text)
		}
	}
}

// Every page says which data there are, those too that show none of it.
func TestPagesAreDated(t *testing.T) {
	s := start(t, server.Config{Token: token})
	s.programme(t)
	for _, at := range []string{"/", "/about", "/sign-in", "/no/such/page", "/project/none", "/accessibility", "/developers"} {
		if a := s.send(t, "GET", at, "", "Accept", "text/html"); !strings.Contains(a.raw, "Data version 1, last updated") {
			t.Errorf("%s says no data version: %s", at, a.raw)
		}
	}
}
