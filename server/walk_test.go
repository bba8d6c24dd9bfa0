package server_test

import (
	"fmt"
	"strings"
	"testing"

	"lotigraph/ingest"
	"lotigraph/seed"
	"lotigraph/server"
)

// How Snook and Sutton are linked is the same from either end, by name or by id,
// and every hop has its sentence and its evidence.
func TestPaths(t *testing.T) {
	s := start(t, server.Config{})
	if _, err := s.importer.Folder(t.Context(), seed.FS(), ingest.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.publisher.Wait(t.Context(), s.store.Version()); err != nil {
		t.Fatal(err)
	}
	const ask = `{ paths(from: %q, to: %q, first: 1) { complete note lens { proposed } paths { length cost nodes { name } hops { sentence link { type evidence { quote } } } } } }`
	a := s.answer(t, fmt.Sprintf(ask, "Snook", "Sutton"), nil)
	path := a.at(t, "paths", "paths").([]any)[0].(map[string]any)
	if got := fmt.Sprint(path["nodes"]); got != "[map[name:Snook] map[name:Community Engagement Playbook] map[name:Sutton]]" {
		t.Errorf("the best path is %s", got)
	}
	hop := path["hops"].([]any)[0].(map[string]any)
	if hop["sentence"] != "Snook is a delivery partner in Community Engagement Playbook, says LOTI: Weeknote 70" || len(hop["link"].(map[string]any)["evidence"].([]any)) == 0 {
		t.Errorf("the first hop is %v", hop)
	}
	b := s.answer(t, fmt.Sprintf(ask, "borough:sutton", "partner:snook"), nil)
	if c, d := path["cost"], b.at(t, "paths", "paths").([]any)[0].(map[string]any)["cost"]; c != d || fmt.Sprint(c) <= "2" {
		t.Errorf("there it costs %v, and back %v", c, d)
	}
	undamped := s.answer(t, `{ paths(from: "Snook", to: "Sutton", first: 1, damped: false) { note paths { cost } } }`, nil)
	if undamped.at(t, "paths", "note") != nil || fmt.Sprint(undamped.at(t, "paths", "paths")) != "[map[cost:2]]" {
		t.Errorf("undamped: %v", undamped.at(t, "paths"))
	}
	around := s.answer(t, `{ neighbourhood(id: "Snook", types: [PARTNER_IN]) { center { id } nodes { distance node { id } } links { type } counts { type count } totalNodes complete note } }`, nil)
	if around.at(t, "neighbourhood", "center", "id") != "partner:snook" || around.at(t, "neighbourhood", "complete") != true ||
		!strings.Contains(fmt.Sprint(around.at(t, "neighbourhood", "nodes")), "community-engagement-playbook") ||
		!strings.HasPrefix(fmt.Sprint(around.at(t, "neighbourhood", "counts")), "[map[count:") {
		t.Errorf("around Snook: %v", around.at(t, "neighbourhood"))
	}
	direct := s.answer(t, `{ paths(from: "Snook", to: "Sutton", first: 6, direct: true) { note paths { nodes { name } } } }`, nil)
	for _, path := range direct.at(t, "paths", "paths").([]any) {
		if strings.Count(fmt.Sprint(path), "Sutton") != 1 || len(path.(map[string]any)["nodes"].([]any)) != 3 {
			t.Errorf("a detour where none was wanted: %v", path)
		}
	}
	for _, asked := range []any{direct.at(t, "paths", "note"), s.answer(t, `{ paths(from: "Snook", to: "Sutton", first: 6) { note } }`, nil).at(t, "paths", "note")} {
		if !strings.Contains(fmt.Sprint(asked), "detour") {
			t.Errorf("the note does not say what becomes of detours: %v", asked)
		}
	}
	for _, wrong := range []string{`paths(from: "Snook", to: "No such body") { note }`, `paths(from: "Snook", to: "Sutton", first: 101) { note }`, `neighbourhood(id: "Snook", depth: 9) { note }`} {
		if a := s.ask(t, `{ `+wrong+` }`, nil); a.code() != "BAD_USER_INPUT" && a.code() != "NOT_FOUND" {
			t.Errorf("%s gives %s", wrong, a.raw)
		}
	}
}
