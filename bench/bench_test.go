package bench_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"lotigraph/bench"
	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/seed"
	"lotigraph/view"
)

// boroughs are the names that made-up notes use for boroughs.
var boroughs = []string{"Camden", "Sutton", "Hackney", "Brent", "Kingston upon Thames", "Waltham Forest", "Westminster", "Southwark", "Barnet", "Newham"}

// report writes p50 and p99 of both sides and their ratio as metrics.
func report(b *testing.B, ours, theirs bench.Timing, name string) {
	micro := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }
	b.ReportMetric(0, "ns/op") // a round runs both sides: its time means nothing
	b.ReportMetric(micro(ours.Quantile(.5)), "µs-p50")
	b.ReportMetric(micro(ours.Quantile(.99)), "µs-p99")
	b.ReportMetric(micro(theirs.Quantile(.5)), "µs-p50-"+name)
	b.ReportMetric(float64(ours.Quantile(.5))/float64(theirs.Quantile(.5)), "×"+name)
}

func openGraph(b *testing.B, dir string) *graph.Store {
	b.Helper()
	store, err := graph.Open(dir, graph.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	return store
}

var stamp = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func saveNode(id int) record.Change {
	name := "Example partner " + strconv.Itoa(id)
	return record.Change{ID: name, Time: stamp, Actor: "bench", Ops: []record.Op{{SaveNode: &record.SaveNode{
		Kind: record.PartnerKind, Node: record.Node{Name: name, Stated: record.Public}}}}}
}

// BenchmarkCommit writes one record, durably: a change with its log entry and
// derived keys, against the same keys and values set by hand in one synced
// transaction of raw Badger.
func BenchmarkCommit(b *testing.B) {
	store, raw := openGraph(b, b.TempDir()), openBadger(b)
	n := 0
	ours, theirs, err := bench.Compare(max(b.N, 200), func() error {
		n++
		_, err := store.Commit(b.Context(), saveNode(n))
		return err
	}, func() error { return raw.put(n) })
	if err != nil {
		b.Fatal(err)
	}
	report(b, ours, theirs, "badger")
}

// BenchmarkCommitTogether writes one record from each of 64 writers at once, who
// share the syncs.
func BenchmarkCommitTogether(b *testing.B) {
	store := openGraph(b, b.TempDir())
	const writers = 64
	for round := 0; b.Loop(); round++ {
		var group sync.WaitGroup
		for w := range writers {
			group.Go(func() {
				if _, err := store.Commit(b.Context(), saveNode(round*writers+w)); err != nil {
					b.Error(err)
				}
			})
		}
		group.Wait()
	}
	b.ReportMetric(float64(b.N*writers)/b.Elapsed().Seconds(), "changes/s")
}

// BenchmarkImport reads and stores made-up notes of about 700 words, one synced
// change each, with the seed's records known.
func BenchmarkImport(b *testing.B) {
	store := openGraph(b, b.TempDir())
	importer := ingest.New(store)
	if _, err := importer.Folder(b.Context(), seed.FS(), ingest.Options{}, nil); err != nil {
		b.Fatal(err)
	}
	programme := bench.New(1, 1000, boroughs)
	for i := 0; b.Loop(); i++ {
		note := programme.Note(i)
		if _, err := importer.File(b.Context(), ingest.File{Name: note.Name, Body: []byte(note.File())}, ingest.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "texts/s")
}

// world is a seeded graph with made-up notes, indexed and published.
type world struct {
	store *graph.Store
	index *index.Index
	view  *view.View
}

func newWorld(b *testing.B, notes int) world {
	b.Helper()
	store := openGraph(b, "")
	importer := ingest.New(store)
	if _, err := importer.Folder(b.Context(), seed.FS(), ingest.Options{}, nil); err != nil {
		b.Fatal(err)
	}
	for note := range bench.New(1, notes, boroughs).Notes(notes) {
		if _, err := importer.File(b.Context(), ingest.File{Name: note.Name, Body: []byte(note.File())}, ingest.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	ix, err := index.Open("")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { ix.Close() })
	snapshot, err := store.Snapshot()
	if err != nil {
		b.Fatal(err)
	}
	if err := ix.CatchUp(b.Context(), snapshot, snapshot.Version()); err != nil {
		b.Fatal(err)
	}
	pinned, err := ix.Snapshot()
	if err != nil {
		b.Fatal(err)
	}
	v := &view.View{Graph: snapshot, Index: pinned}
	b.Cleanup(func() { pinned.Close(); snapshot.Close() })
	return world{store, ix, v}
}

// BenchmarkRead reads through a lens what a page needs.
func BenchmarkRead(b *testing.B) {
	w := newWorld(b, 1000)
	ctx, lens := context.Background(), record.Lens{Proposed: true}
	b.Run("node", func(b *testing.B) {
		for b.Loop() {
			if _, err := w.view.Graph.Node(ctx, lens, "borough:camden"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("fifty links", func(b *testing.B) {
		for b.Loop() {
			n := 0
			for _, err := range w.view.Graph.Links(ctx, lens, "borough:camden", graph.LinkFilter{}, "") {
				if err != nil {
					b.Fatal(err)
				}
				if n++; n == 50 {
					break
				}
			}
		}
	})
	b.Run("link counts of a much-mentioned record", func(b *testing.B) {
		for b.Loop() {
			if _, err := w.view.Graph.LinkCounts(ctx, lens, "borough:camden"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("participations of a project", func(b *testing.B) {
		f := graph.ParticipationFilter{Project: "Community Engagement Playbook"}
		for b.Loop() {
			for _, err := range w.view.Graph.Participations(ctx, lens, f, "") {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// BenchmarkSearch answers queries through a view: ten hits with their records
// and a snippet each.
func BenchmarkSearch(b *testing.B) {
	for _, notes := range []int{100, 1000} {
		w := newWorld(b, notes)
		for _, q := range []string{"camden", "community engagement playbook", "residents need data", `"show and tell"`} {
			b.Run(fmt.Sprintf("%d notes/%s", notes, q), func(b *testing.B) {
				var took bench.Timing
				for b.Loop() {
					begun := time.Now()
					if _, err := w.view.Search(b.Context(), record.Lens{}, view.Request{Text: q, First: 10, Snippets: 1}); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(begun))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took.Quantile(.99).Microseconds()), "µs-p99")
			})
		}
	}
}
