package server_test

import (
	"net/http"
	"strings"
	"testing"

	"lotigraph/export"
	"lotigraph/server"
)

// Every format has an address, which says what it holds and of which data.
func TestExportAddresses(t *testing.T) {
	s := start(t, server.Config{Token: token, PublicURL: "https://graph.example.org", Licence: "CC BY 4.0"})
	s.programme(t)
	for _, f := range export.Formats() {
		a := s.send(t, http.MethodGet, "/export/"+f.Name+"?proposed=true", "")
		if a.status != http.StatusOK || a.header.Get("Content-Type") != f.MediaType || len(a.raw) < 100 {
			t.Errorf("%s: %d %q, %d bytes", f.Name, a.status, a.header.Get("Content-Type"), len(a.raw))
		}
		if a.header.Get("X-Data-Version") != "1" || a.header.Get("X-Licence") != "CC BY 4.0" || !strings.Contains(a.header.Get("X-Lens"), "proposed=true") {
			t.Errorf("%s: headers %v", f.Name, a.header)
		}
		again := s.send(t, http.MethodGet, "/export/"+f.Name+"?proposed=true", "", "If-None-Match", a.header.Get("ETag"))
		if again.status != http.StatusNotModified || again.raw != "" {
			t.Errorf("%s again: %d, %d bytes", f.Name, again.status, len(again.raw))
		}
	}
	if a := s.send(t, http.MethodGet, "/export/jsonld?proposed=true", ""); !strings.Contains(a.raw, "https://graph.example.org/borough/sutton") {
		t.Errorf("addresses: %.300s", a.raw)
	}
	// What the public and staff are given are two things, under two tags.
	public, staff := s.send(t, http.MethodGet, "/export/nodes.csv", ""), s.send(t, http.MethodGet, "/export/nodes.csv", "", "Authorization", "Bearer "+token)
	if public.header.Get("ETag") == staff.header.Get("ETag") || public.header.Get("Vary") == "" {
		t.Errorf("tags %q and %q", public.header.Get("ETag"), staff.header.Get("ETag"))
	}
	for address, status := range map[string]int{
		"/export/nodes.csv?kind=BOROUGH": 200, "/export/participations.csv?project=the+Playbook&proposed=true": 200,
		"/export/nothing": 404, "/export/nodes.csv?kind=DRAGON": 400, "/export/nodes.csv?knid=BOROUGH": 400,
		"/export/nodes.csv?as_of=2021": 400, "/export/nodes.csv?proposed=yes": 400, "/export/participations.csv?project=No+such+thing": 404,
	} {
		if a := s.send(t, http.MethodGet, address, "", "Accept", "application/json"); a.status != status {
			t.Errorf("%s: %d %.200s", address, a.status, a.raw)
		}
	}
	// A search narrows every format, and one that cannot heed it says so.
	for address, want := range map[string]string{
		"/export/nodes.csv?q=Sutton+kind:borough": "borough:sutton", "/export/nodes.csv?kind=BOROUGH&q=nothingofthesort": "",
		"/export/jsonl?q=Sutton+kind:borough": "found by"} {
		a := s.send(t, http.MethodGet, address, "")
		if a.status != http.StatusOK || !strings.Contains(a.raw, want) || strings.Contains(a.raw, "project:the-playbook") || strings.Contains(address, "nothing") && strings.Count(a.raw, "\n") != 1 {
			t.Errorf("%s: %d %s", address, a.status, a.raw)
		}
	}
	if a := s.send(t, http.MethodGet, "/export/participations.csv?q=Sutton", "", "Accept", "application/json"); a.status != http.StatusBadRequest {
		t.Errorf("a search of participations: %d", a.status)
	}
	if a := s.send(t, http.MethodGet, "/export/nodes.csv?kind=BOROUGH", ""); strings.Count(a.raw, "\n") != 3 || !strings.Contains(a.raw, "Sutton") {
		t.Errorf("the boroughs: %q", a.raw)
	}
}
