package server_test

import (
	"strconv"
	"strings"
	"testing"

	"lotigraph/ingest"
	"lotigraph/seed"
	"lotigraph/server"
)

// The roll adds up to 33 whatever it is called for, and the matrix agrees with it
// and with the participations.
func TestRollAndMatrixAgree(t *testing.T) {
	s := start(t, server.Config{})
	if _, err := s.importer.Folder(t.Context(), seed.FS(), ingest.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.publisher.Wait(t.Context(), s.store.Version()); err != nil {
		t.Fatal(err)
	}
	a := s.answer(t, `{ rollCall(project:"Community Engagement Playbook") { joined left unknown never total rows { borough { name } state participation { role evidence { quote } } } }
		theme: rollCall(theme:"data ethics") { joined left unknown never total } member: rollCall(memberOf:"LOTI", lens:{asOf:"2020-01-01"}) { total joined left unknown never lens { asOf } }
		participations(filter:{project:"Community Engagement Playbook"}) { nodes { borough { name } } }
		matrix { total rows { borough { name } total cells { project { name } role evidenceCount } } columns { project { name } total } } }`, nil)
	roll := fields(t, a.at(t, "rollCall"))
	for _, field := range []any{"rollCall", "theme", "member"} {
		if total := fields(t, a.at(t, field, "total")); total != "33" {
			t.Errorf("%v: %s authorities were called", field, total)
		}
		sum := 0
		for _, state := range []any{"joined", "left", "unknown", "never"} {
			n, err := strconv.Atoi(fields(t, a.at(t, field, state)))
			if err != nil {
				t.Fatal(err)
			}
			sum += n
		}
		if sum != 33 {
			t.Errorf("%v: %d authorities have a state", field, sum)
		}
	}
	if !strings.Contains(roll, `"state":"JOINED"`) || !strings.Contains(roll, "Kingston, Sutton and Waltham Forest") {
		t.Errorf("the roll: %.300s", roll)
	}
	joined := 0
	for _, p := range a.at(t, "participations", "nodes").([]any) {
		if borough, ok := p.(map[string]any)["borough"].(map[string]any); ok && borough != nil {
			joined++
			if !strings.Contains(roll, `{"borough":{"name":"`+borough["name"].(string)+`"},"participation":{`) {
				t.Errorf("%v takes part, and not by the roll", borough["name"])
			}
		}
	}
	if got := fields(t, a.at(t, "rollCall", "joined")); got != fields(t, joined) {
		t.Errorf("%s joined by the roll, %d by the list", got, joined)
	}
	for _, column := range a.at(t, "matrix", "columns").([]any) {
		c := column.(map[string]any)
		if c["project"].(map[string]any)["name"] == "Community Engagement Playbook" && fields(t, c["total"]) != fields(t, joined) {
			t.Errorf("the matrix counts %v", c["total"])
		}
	}
	for _, wrong := range []string{`rollCall { total }`, `rollCall(project:"x", theme:"y") { total }`, `rollCall(project:"No such project") { total }`} {
		if a := s.ask(t, "{ "+wrong+" }", nil); a.code() != "BAD_USER_INPUT" && a.code() != "NOT_FOUND" {
			t.Errorf("%s: %s", wrong, a.raw)
		}
	}
}
