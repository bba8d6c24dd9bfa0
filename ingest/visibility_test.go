package ingest_test

import (
	"testing"

	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
)

// A table that says who may see its records is believed: an export's empty cell
// leaves a record as open as the texts that name it, an empty cell in a row that
// somebody added leaves it public, and what the importer says comes first.
func TestWhoMaySeeARow(t *testing.T) {
	const table = "kind,id,name,visibility\npartner,partner:arup,Arup,STAFF\npartner,partner:snook,Snook,\npartner,,Nesta,\npartner,,Bloom,members\n"
	for _, c := range []struct {
		o    ingest.Options
		want map[record.ID]record.Visibility
	}{
		{ingest.Options{Now: noon}, map[record.ID]record.Visibility{"partner:arup": record.Staff, "partner:snook": 0, "partner:nesta": record.Public, "partner:bloom": record.Members}},
		{ingest.Options{Now: noon, Visibility: record.Staff}, map[record.ID]record.Visibility{"partner:arup": record.Staff, "partner:snook": record.Staff, "partner:nesta": record.Staff, "partner:bloom": record.Staff}},
	} {
		store, err := graph.Open("", graph.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		report, err := ingest.New(store).File(t.Context(), ingest.File{Name: "nodes.csv", Body: []byte(table)}, c.o)
		if err != nil || len(report.Problems) > 0 {
			t.Fatal(report.Problems, err)
		}
		s, err := store.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for id, want := range c.want {
			n, err := s.Node(t.Context(), record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}, id)
			if err != nil || n.Stated != want {
				t.Errorf("%+v: %s may be seen by %q, want %q (%v)", c.o, id, n.Stated, want, err)
			}
		}
	}
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	report, err := ingest.New(store).File(t.Context(), ingest.File{Name: "nodes.csv", Body: []byte("kind,name,visibility\npartner,Arup,friends\n")}, ingest.Options{Now: noon})
	if err != nil || len(report.Problems) != 1 || report.Problems[0].Line != 2 || report.Problems[0].Field != "visibility" {
		t.Errorf("a word that is no visibility: %+v (%v)", report.Problems, err)
	}
}
