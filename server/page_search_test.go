package server_test

import (
	"fmt"
	"regexp"
	"testing"

	"lotigraph/ingest"
	"lotigraph/seed"
	"lotigraph/server"
)

// A facet can be seen whole, and its counts are those of GraphQL; what cannot be
// read as a question is searched for, with the sentences.
func TestSearchPage(t *testing.T) {
	s := start(t, server.Config{})
	if _, err := s.importer.Folder(t.Context(), seed.FS(), ingest.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.publisher.Wait(t.Context(), s.store.Version()); err != nil {
		t.Fatal(err)
	}
	a := s.answer(t, `{ search(query:"camden") { facets(keys:[BOROUGH], first:100) { values { label count } } } }`, nil)
	values := a.at(t, "search", "facets", 0, "values").([]any)
	short := s.page(t, "/search?q=camden")
	more := regexp.MustCompile(`href="(/search\?all=borough&amp;q=camden)#facet-borough" rel="nofollow">Show (\d+) more`).FindStringSubmatch(short)
	need(t, more != nil, "no way to see all boroughs")
	listed := regexp.MustCompile(`(?s)id="facet-borough".*?</details>`).FindString(s.page(t, "/search?all=borough&q=camden"))
	counts := regexp.MustCompile(`<span>([^<]*)</span> <span class="numeric">(\d+)</span>`).FindAllStringSubmatch(listed, -1)
	need(t, len(counts) == len(values), "not all boroughs are listed")
	for i, v := range values {
		want := v.(map[string]any)
		if counts[i][1] != want["label"] || counts[i][2] != fmt.Sprint(want["count"]) {
			t.Errorf("the page has %s, GraphQL %v", counts[i][1:], want)
		}
	}
	// a filter can be taken away again where it leaves nothing
	holds(t, s.page(t, "/search?q=upfront&borough=borough:camden&kind=BOROUGH"), "No boroughs", "Remove filter </span>Borough: Camden", "Remove filter </span>Kind: boroughs", `href="/search?kind=BOROUGH&amp;q=upfront"`)
	// an answer stands above the results with the sentence that says most of it
	holds(t, s.page(t, "/search?q=which+boroughs+joined+the+community+engagement+playbook"), "Three boroughs joined Community Engagement Playbook",
		"“Kingston, Sutton and Waltham Forest, all LOTI boroughs, took part in last week’s kick-off", "30 November 2020", "The answer with all its sentences")
	holds(t, s.page(t, "/ask?q=which+boroughs+joined+the+playbook"), "did not guess", "delivery partner for the Community Engagement <mark>Playbook</mark>")
}
