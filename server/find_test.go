package server_test

import (
	"testing"

	"lotigraph/ingest"
	"lotigraph/seed"
	"lotigraph/server"
)

// Names by which staff know things lead where they expect.
func TestFindAsStaffExpect(t *testing.T) {
	s := start(t, server.Config{})
	if _, err := s.importer.Folder(t.Context(), seed.FS(), ingest.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.publisher.Wait(t.Context(), s.store.Version()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"RBKC":              `["Kensington and Chelsea"]`,
		"Genta":             `["Genta Hajri"]`,
		"hajri":             `["Genta Hajri"]`,
		"City Tools":        `["City Tools","Thirty3"]`,
		"citytools":         `["City Tools","Thirty3"]`,
		"LOTI":              `["London Office of Technology and Innovation"]`,
		"the GLA":           `["Greater London Authority"]`,
		"LB Camden":         `["Camden"]`,
		"E09000007":         `["Camden"]`,
		"borough:camden":    `["Camden"]`,
		"Nobody in no book": `[]`,
	} {
		names := []any{}
		a := s.answer(t, `query($n:String!) { find(name:$n) { name } }`, map[string]any{"n": name})
		for _, n := range a.at(t, "find").([]any) {
			names = append(names, n.(map[string]any)["name"])
		}
		if got := fields(t, names); got != want {
			t.Errorf("find(%q): %s, want %s", name, got, want)
		}
	}
}
