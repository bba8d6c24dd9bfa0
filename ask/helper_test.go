package ask_test

import (
	"testing"

	"lotigraph/ask"
	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/seed"
	"lotigraph/view"
)

// today is the day on which the tests ask.
var today = record.PartialDate{Year: 2026, Month: 11, Day: 26}

// seeded asks the starter programme, as everybody sees it.
func seeded(t testing.TB) ask.Asker {
	t.Helper()
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	report, err := ingest.New(store).Folder(t.Context(), seed.FS(), ingest.Options{Actor: "seed"}, nil)
	if err != nil || len(report.Problems) > 0 {
		t.Fatal(err, report.Problems)
	}
	return over(t, store)
}

// over asks what a store holds now.
func over(t testing.TB, store *graph.Store) ask.Asker {
	t.Helper()
	ix, err := index.Open("")
	if err != nil {
		t.Fatal(err)
	}
	g, err := store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	if err := ix.CatchUp(t.Context(), g, g.Version()); err != nil {
		t.Fatal(err)
	}
	s, err := ix.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	v := view.Of(g, s)
	t.Cleanup(func() { v.Close(); ix.Close() })
	return ask.Asker{View: v, Today: today}
}

func asked(t testing.TB, a ask.Asker, question string) *ask.Answer {
	t.Helper()
	answer, err := a.Ask(t.Context(), question)
	if err != nil {
		t.Fatalf("%s: %v", question, err)
	}
	return answer
}
