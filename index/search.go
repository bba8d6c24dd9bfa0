package index

import (
	"context"
	"fmt"

	"github.com/blevesearch/bleve/v2/search"
	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// Query says what to search for. The index judges no visibility: whoever asks
// has compiled it into Hidden and Only.
type Query struct {
	Text     string                  // what was typed; "" lists everything, ordered by id
	Kinds    []record.Kind           // none means every kind
	Forms    []record.Form           // of texts; none means every form; other kinds have no form and stay
	Hidden   []record.ID             // never shown and never counted
	Only     map[record.ID]bool      // nothing else is shown or counted; nil is no restriction, an empty set shows nothing
	Same     map[record.ID]record.ID // records that are one with another: what finds either finds that one, once
	Until    record.PartialDate      // texts dated after this day are not searched, undated ones are; zero makes no cut
	First    int                     // how many hits, above 0
	After    string                  // the cursor of the last hit seen, "" for the first page
	Snippets int                     // how many snippets a hit may have
}

// Result is a page of hits.
type Result struct {
	Total   int // all records that match, seen or not, exactly
	Hits    []Hit
	HasNext bool // whether hits follow the last one
}

// Hit is a record that matches. The package comment says how it is scored.
type Hit struct {
	ID       record.ID
	Score    float64
	Cursor   string // for Query.After
	Snippets []Snippet
}

// Snippet is a passage of a record with what matched in it.
type Snippet struct {
	Text  string
	Marks []record.Span // within Text, in order
	Span  record.Span   // where Text stands in the record's stored text; zero but for the field "body"
	Field string        // name, alias, topic, summary or body
}

// Search answers the query from the snapshot alone. A cursor that is none is
// [record.ErrInvalid]; there is no text that is.
func (s *Snapshot) Search(ctx context.Context, q Query) (Result, error) {
	if q.First <= 0 {
		return Result{}, record.Invalid("first", "%d is not above 0", q.First)
	}
	c := collector{size: q.First, filter: newFilter(q), same: newUnions(q.Same)}
	if q.After != "" {
		after, err := parseCursor(q.After)
		if err != nil {
			return Result{}, err
		}
		c.after = &after
	}
	asked := parse(q.Text)
	documents, err := s.reader.DocCount()
	if err != nil {
		return Result{}, fmt.Errorf("index: search: %w", err)
	}
	ctx = scoring(ctx, documents)
	if err := s.collect(ctx, asked, &c); err != nil {
		return Result{}, fmt.Errorf("index: search: %w", err)
	}
	c.addUnions()
	found := c.best()
	result := Result{Total: c.total, HasNext: c.beyond > len(found), Hits: make([]Hit, len(found))}
	for i, f := range found {
		result.Hits[i] = Hit{ID: f.id, Score: f.score, Cursor: f.cursor()}
	}
	if q.Snippets > 0 && !asked.all {
		if err := s.addSnippets(ctx, asked, found, result.Hits, q.Snippets); err != nil {
			return Result{}, fmt.Errorf("index: search: %w", err)
		}
	}
	for i, f := range found { // a passage of the other text is none of this one's
		if seg, at := s.at(f.doc); seg.ids[at] != f.id {
			for j := range result.Hits[i].Snippets {
				result.Hits[i].Snippets[j].Span = record.Span{}
			}
		}
	}
	return result, nil
}

// pool is what a searcher takes its matches from, one at a time.
func (s *Snapshot) pool(found search.Searcher) *search.SearchContext {
	return &search.SearchContext{
		DocumentMatchPool: search.NewDocumentMatchPool(found.DocumentMatchPoolSize()+1, 0),
		IndexReader:       s.reader,
	}
}

// collect hands every document that matches to the collector, once.
func (s *Snapshot) collect(ctx context.Context, asked question, c *collector) error {
	exact, err := s.exact(ctx, asked.exact)
	if err != nil {
		return err
	}
	found, err := asked.searcher(ctx, s.reader)
	if err != nil {
		return err
	}
	defer found.Close()
	pool := s.pool(found)
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		m, err := found.Next(pool)
		if err != nil {
			return err
		}
		if m == nil {
			break
		}
		doc := m.IndexInternalID.Value()
		words := m.Score
		if asked.all {
			words = 0
		}
		s.offer(c, doc, score(exact[doc], words))
		delete(exact, doc)
		pool.DocumentMatchPool.Put(m)
	}
	for doc, tier := range exact { // exact, but not by its words: "The Hub" for "hub"
		s.offer(c, doc, tier)
	}
	return nil
}

func (s *Snapshot) offer(c *collector, doc uint64, score float64) {
	seg, i := s.at(doc)
	if c.filter.admits(seg.columns, i) {
		c.take(match{doc, seg.ids[i], score})
	}
}

// exact are the documents that the folded text is a whole name or alias of,
// with their tiers.
func (s *Snapshot) exact(ctx context.Context, folded string) (map[uint64]float64, error) {
	if folded == "" {
		return nil, nil
	}
	tiers := map[uint64]float64{}
	for _, field := range [...]string{nameField, aliasField} {
		names, err := s.reader.TermFieldReader(ctx, []byte(folded), field, false, false, false)
		if err != nil {
			return nil, err
		}
		for {
			var m *api.TermFieldDoc
			if m, err = names.Next(nil); err != nil || m == nil {
				break
			}
			doc := m.ID.Value()
			seg, i := s.at(doc)
			tiers[doc] = max(tiers[doc], tierOf(seg.kinds[i], field == aliasField))
		}
		names.Close()
		if err != nil {
			return nil, err
		}
	}
	return tiers, nil
}
