package bench_test

import (
	"context"
	"fmt"
	"testing"

	"lotigraph/bench"
	"lotigraph/inbox"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/seed"
)

// BenchmarkInbox gathers everything that waits in a graph of 2,000 made-up notes,
// whose names are records and whose links are proposed, as after each decision.
func BenchmarkInbox(b *testing.B) {
	store := openGraph(b, "")
	importer := ingest.New(store)
	if _, err := importer.Folder(b.Context(), seed.FS(), ingest.Options{}, nil); err != nil {
		b.Fatal(err)
	}
	const notes = 2000
	for note := range bench.New(1, notes, boroughs).Notes(notes) {
		if _, err := importer.File(b.Context(), ingest.File{Name: note.Name, Body: []byte(note.File())}, ingest.Options{AcceptNew: note.Name[len(note.Name)-4] != '7'}); err != nil {
			b.Fatal(err)
		}
	}
	s, err := store.Snapshot()
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	waiting := 0
	for b.Loop() {
		items, err := inbox.New(store, importer).Items(b.Context(), s, record.Viewer{Clearance: record.Staff}, inbox.Filter{}, "")
		if err != nil {
			b.Fatal(err)
		}
		waiting = len(items)
	}
	b.ReportMetric(float64(waiting), "waiting")
}

// BenchmarkDuplicates compares 10,000 organisations with made-up names.
func BenchmarkDuplicates(b *testing.B) {
	store := openGraph(b, "")
	const many, each = 10_000, 500
	programme := bench.New(1, many, boroughs)
	for part := range many / each {
		var ops []record.Op
		for i := range each {
			name := programme.Partner(part*each + i)
			ops = append(ops, record.Op{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Node: record.Node{Name: name, Stated: record.Public}}})
		}
		if _, err := store.Commit(b.Context(), record.Change{ID: fmt.Sprint(part), Actor: "bench", Time: stamp, Ops: ops}); err != nil {
			b.Fatal(err)
		}
	}
	s, err := store.Snapshot()
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	found := 0
	for b.Loop() {
		pairs, err := inbox.Duplicates(context.Background(), s, record.Lens{Viewer: record.Viewer{Clearance: record.Staff}})
		if err != nil {
			b.Fatal(err)
		}
		found = len(pairs)
	}
	b.ReportMetric(float64(found), "pairs")
}
