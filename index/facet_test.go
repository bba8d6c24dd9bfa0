package index

import (
	"fmt"
	"maps"
	"testing"

	"github.com/blevesearch/bleve/v2/search"
	topn "github.com/blevesearch/bleve/v2/search/collector"
	"github.com/blevesearch/bleve/v2/search/facet"
	"github.com/blevesearch/bleve/v2/search/searcher"

	"lotigraph/record"
)

// TestFacetsAreBleves compares counts and totals with those of Bleve's own
// facets over the same snapshot, while records are written, changed and deleted
// and segments merge; in memory and on disk.
func TestFacetsAreBleves(t *testing.T) {
	for _, dir := range []string{"", t.TempDir()} {
		l := readRecords(t)
		ix := follow(t, dir, l)
		done := make(chan error)
		go func() {
			for i := range 120 {
				d := newText(record.ID(fmt.Sprintf("weeknote:note-%d", i%70)), fmt.Sprintf("Note %d", i), "Camden "+[]string{"playbook", "tablets", "sensors"}[i%3])
				d.Node.Weeknote.Form = record.Forms()[i%6]
				d.Node.Weeknote.Date, _ = record.ParsePartialDate(fmt.Sprint(2018 + i%5))
				d.Node.Withdrawn = i%11 == 0
				d.Number = l.last() + 1
				l = append(l, d)
				if err := ix.CatchUp(t.Context(), l, l.last()); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
		for more := true; more; {
			select {
			case err := <-done:
				if err != nil {
					t.Fatal(err)
				}
				more = false
			default:
			}
			s, err := ix.Snapshot()
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{"camden", "playbook", "tablets"} {
				compareWithBleve(t, s, word)
			}
			s.Close()
		}
	}
}

func compareWithBleve(t *testing.T, s *Snapshot, word string) {
	t.Helper()
	ours := find(t, s, Query{Text: word, First: 1, Facets: []Key{ByForm, ByTheme}})
	builder := search.NewFacetsBuilder(s.reader)
	builder.Add("form", facet.NewTermsFacetBuilder(formField, 100))
	builder.Add("theme", facet.NewTermsFacetBuilder(themeField, 100))
	top := topn.NewTopNCollector(1, 0, search.SortOrder{&search.SortScore{Desc: true}})
	top.SetFacetsBuilder(builder)
	var any []search.Searcher
	for _, f := range fields {
		one, err := searcher.NewTermSearcher(t.Context(), s.reader, f.words.term(word), f.name, 1, search.SearcherOptions{})
		if err != nil {
			t.Fatal(err)
		}
		any = append(any, one)
	}
	found, err := searcher.NewDisjunctionSearcher(t.Context(), s.reader, any, 1, search.SearcherOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	if err := top.Collect(t.Context(), found, s.reader); err != nil {
		t.Fatal(err)
	}
	if int(top.Total()) != ours.Total {
		t.Errorf("%q: Bleve finds %d, and we %d", word, top.Total(), ours.Total)
	}
	for i, name := range []string{"form", "theme"} {
		theirs, counted := map[string]int{}, map[string]int{}
		for _, term := range top.FacetResults()[name].Terms.Terms() {
			theirs[term.Term] = term.Count
		}
		for _, v := range ours.Facets[i].Values {
			counted[v.Value] = v.Count
		}
		if !maps.Equal(theirs, counted) {
			t.Errorf("%q by %s, in %d segments: Bleve counts %v, and we %v", word, name, len(s.segments), theirs, counted)
		}
	}
}
