package server_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lotigraph/ingest"
	"lotigraph/seed"
	"lotigraph/server"
)

// On the seed GraphiQL's examples find something, and a page of 50 records with
// everything about them is one request.
func TestSeed(t *testing.T) {
	s := start(t, server.Config{})
	report, err := s.importer.Folder(t.Context(), seed.FS(), ingest.Options{Actor: "seed"}, nil)
	if err != nil || len(report.Problems) > 0 {
		t.Fatal(err, report.Problems)
	}
	if err := s.publisher.Wait(t.Context(), report.Version); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("web/examples/*.graphql")
	if err != nil || len(names) != 3 {
		t.Fatal(err, names)
	}
	for _, name := range names {
		query, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if a := s.answer(t, string(query), nil); strings.Contains(a.raw, `"totalCount":0`) || strings.Contains(a.raw, `"nodes":[]`) || strings.Contains(a.raw, `"node":null`) {
			t.Errorf("%s finds nothing: %.2000s", name, a.raw)
		}
	}
	a := s.answer(t, `{ boroughs { totalCount nodes { name onsCode tile { column row } linkCounts { type count } projects { name } } } partners(first:50) { nodes { name aliases sector linkCounts { type direction count } projects { name } people { name } } } }`, nil)
	if n := len(a.at(t, "boroughs", "nodes").([]any)); n != 33 {
		t.Errorf("%d boroughs", n)
	}
}
