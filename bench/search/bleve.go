package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/bench"
	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/record"
)

// bleveAlone is Bleve's own index of the same documents, which hold beside what
// the service's hold the kind, the day and the links, for Bleve's own filters
// and facets.
type bleveAlone struct{ index bleve.Index }

func newBleveAlone(ctx context.Context, w *world) (*bleveAlone, error) {
	dir := filepath.Join(w.dir, "bleve")
	if w.done("bleve") {
		ix, err := bleve.Open(dir)
		return &bleveAlone{ix}, err
	}
	ix, err := bleve.New(dir, bleveMapping())
	if err != nil {
		return nil, err
	}
	b := &bleveAlone{ix}
	begun := time.Now()
	s, err := w.store.Snapshot()
	if err != nil {
		return b, err
	}
	defer s.Close()
	if err := b.fill(ctx, s, w); err != nil {
		return b, err
	}
	if took := time.Since(begun); took > 5*time.Second {
		bench.Progress("in Bleve alone after %.0f s", took.Seconds())
	}
	return b, w.mark("bleve")
}

// bleveMapping scores as the service does. The documents are made field by field,
// so nothing else of it counts.
func bleveMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.ScoringModel = api.BM25Scoring
	return m
}

// batchSize is how many documents of a batch are written at once.
const batchSize = 500

func (b *bleveAlone) fill(ctx context.Context, s *graph.Snapshot, w *world) error {
	links := w.links(w.notes())
	batch := b.index.NewBatch()
	for d, err := range s.Documents(ctx, 0) {
		if err != nil {
			return err
		}
		doc := index.BleveDocument(&d)
		addLinks(doc, &d.Node, links[d.Node.ID])
		if err := batch.IndexAdvanced(doc); err != nil {
			return err
		}
		if batch.Size() == batchSize {
			if err := b.index.Batch(batch); err != nil {
				return err
			}
			batch = b.index.NewBatch()
		}
	}
	return b.index.Batch(batch)
}

func addLinks(doc *document.Document, n *record.Node, links map[record.ID]bool) {
	const options = api.IndexField | api.SkipFreqNorm | api.DocValues
	add := func(field string, value []byte) {
		doc.AddField(document.NewTextFieldCustom(field, nil, value, options, nil))
	}
	add("kind", []byte(n.Kind().Slug()))
	if n.Weeknote != nil && !n.Weeknote.Date.IsZero() {
		day := float64(n.Weeknote.Date.Number())
		doc.AddField(document.NewNumericFieldWithIndexingOptions("day", nil, day, options))
	}
	for id := range links {
		add("linked "+id.Kind().Slug(), []byte(id))
	}
}

func (b *bleveAlone) search(ctx context.Context, t task) (found, error) {
	q, err := index.BleveQuery(t.text)
	if err != nil {
		return found{}, err
	}
	request := bleve.NewSearchRequestOptions(q, 10, 0, false)
	if t.filtered {
		from, to := float64(t.from.Number()), float64(t.to.Number())
		inclusive := true
		dates := query.NewNumericRangeInclusiveQuery(&from, &to, &inclusive, &inclusive)
		dates.SetField("day")
		kind := query.NewTermQuery(record.WeeknoteKind.Slug())
		kind.SetField("kind")
		request.Query = query.NewConjunctionQuery([]query.Query{kind, dates})
		request.SortBy([]string{"-day", "_id"})
	}
	if t.facets {
		for _, key := range facetKeys {
			request.AddFacet(key.String(), bleve.NewFacetRequest("linked "+key.Kind().Slug(), facetValues))
		}
	}
	got, err := b.index.SearchInContext(ctx, request)
	if err != nil {
		return found{}, err
	}
	f := found{total: int(got.Total), facets: map[string]int{}}
	for name, facet := range got.Facets {
		if facet.Terms == nil {
			return f, fmt.Errorf("the facet %s has no terms", name)
		}
		for _, term := range facet.Terms.Terms() {
			f.facets[term.Term] = term.Count
		}
	}
	return f, nil
}
