package server_test

import (
	"strings"
	"testing"

	"lotigraph/ingest"
	"lotigraph/seed"
	"lotigraph/server"
)

func TestDifference(t *testing.T) {
	s := start(t, server.Config{})
	if _, err := s.importer.Folder(t.Context(), seed.FS(), ingest.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.publisher.Wait(t.Context(), s.store.Version()); err != nil {
		t.Fatal(err)
	}
	a := s.answer(t, `{ difference(fromDate:"2020-06-01", toDate:"2020-12-31", first:5) { totalCount counts { what count } pageInfo { endCursor } nodes { sentence certain node { name } other { name } link { id } evidence { quote } } } }`, nil)
	if got := fields(t, a.at(t, "difference")); !strings.Contains(got, "Kingston upon Thames joined Community Engagement Playbook") || !strings.Contains(got, "told us more about their proposal") {
		t.Errorf("the second half of 2020: %.600s", got)
	}
	cursor := a.at(t, "difference", "pageInfo", "endCursor")
	b := s.answer(t, `query($after: String) { difference(fromDate:"2020-06-01", toDate:"2020-12-31", first:5, after:$after) { nodes { sentence } } }`, map[string]any{"after": cursor})
	for _, row := range b.at(t, "difference", "nodes").([]any) {
		if sentence := row.(map[string]any)["sentence"].(string); strings.Contains(fields(t, a.at(t, "difference", "nodes")), sentence) {
			t.Errorf("%q is on both pages", sentence)
		}
	}
	c := s.answer(t, `{ difference(fromVersion:"40", what:[TEXT_ADDED]) { nodes { what sentence } counts { what } } }`, nil)
	if got := fields(t, c.at(t, "difference")); strings.Contains(got, "JOINED") || !strings.Contains(got, "was added") {
		t.Errorf("texts since change 40: %.300s", got)
	}
	for _, wrong := range []string{"", `fromDate:"2020-01-01", toVersion:"3"`, `fromVersion:"x"`, `fromVersion:"99999"`, `fromDate:"2020-01-02", toDate:"2020-01-01"`} {
		if a := s.ask(t, "{ difference"+strings.TrimSuffix("("+wrong+")", "()")+" { totalCount } }", nil); a.code() != "BAD_USER_INPUT" {
			t.Errorf("%s: %s", wrong, a.raw)
		}
	}
}
