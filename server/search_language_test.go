package server_test

import (
	"strings"
	"testing"

	"lotigraph/ingest"
	"lotigraph/seed"
	"lotigraph/server"
)

// A search is said back in plain English, counted by what its results have, and
// narrowed by what was counted; what is typed is completed.
func TestSearchLanguageOverTheAPI(t *testing.T) {
	s := start(t, server.Config{})
	if _, err := s.importer.Folder(t.Context(), seed.FS(), ingest.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.publisher.Wait(t.Context(), s.store.Version()); err != nil {
		t.Fatal(err)
	}
	a := s.answer(t, `{ search(query:"camden playbok", first:3) { totalCount restated didYouMean ignored refreshed nodes { name } edges { why }
		facets(keys:[KIND, BOROUGH]) { key values { value label count chosen } more } } }`, nil)
	if got := fields(t, a.at(t, "search")); !strings.Contains(got, `"key":"BOROUGH"`) || !strings.Contains(got, `"label":"Camden"`) || !strings.Contains(got, `"didYouMean":"camden playbook"`) {
		t.Errorf("%.700s", got)
	}
	// Each count is what choosing the value finds.
	a = s.answer(t, `{ search(query:"data") { facets(keys:[PARTNER], first:3) { values { value count } } } }`, nil)
	for _, v := range a.at(t, "search", "facets", 0, "values").([]any) {
		value := v.(map[string]any)
		narrowed := s.answer(t, `query($p:[String!]) { search(query:"data", filter:{partners:$p}) { totalCount } }`, map[string]any{"p": []any{value["value"]}})
		if got, want := fields(t, narrowed.at(t, "search", "totalCount")), fields(t, value["count"]); got != want {
			t.Errorf("%v: %s are found, %s were counted", value["value"], got, want)
		}
	}
	a = s.answer(t, `{ suggest(prefix:"comm") { node { id } text alias typo } search(query:"procurement", orderBy:NEWEST_FIRST, filter:{kinds:[WEEKNOTE], from:"2020", to:"2021"}) { restated nodes { ... on Weeknote { date } } } none: search(query:"procurement dragons zebra") { totalCount instead { drop totalCount } } }`, nil)
	if got := fields(t, a.at(t, "suggest")); !strings.Contains(got, "project:community-engagement-playbook") {
		t.Errorf("suggested: %s", got)
	}
	if got := fields(t, a.at(t, "search", "restated")); !strings.Contains(got, "procurement") || !strings.Contains(got, "newest first") {
		t.Errorf("restated: %s", got)
	}
	if a := s.ask(t, `{ search(query:"x", filter:{boroughs:["Atlantis"]}) { totalCount } }`, nil); a.code() != "NOT_FOUND" {
		t.Errorf("a borough that is none: %s", a.raw)
	}
	first := s.answer(t, `{ search(query:"data", first:2) { pageInfo { endCursor } nodes { id } } }`, nil)
	next := s.answer(t, `query($a:String) { search(query:"data", first:2, after:$a) { nodes { id } refreshed } }`, map[string]any{"a": first.at(t, "search", "pageInfo", "endCursor")})
	if fields(t, first.at(t, "search", "nodes")) == fields(t, next.at(t, "search", "nodes")) {
		t.Error("the second page is the first")
	}
}
