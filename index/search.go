package index

import (
	"bytes"
	"cmp"
	"container/heap"
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2/search"
	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// Query says what to search for. The index judges no visibility: whoever asks
// has compiled it into Hidden and Only.
type Query struct {
	Text     string             // what was typed; "" lists everything, ordered by id
	Kinds    []record.Kind      // none means every kind
	Forms    []record.Form      // of texts; none means every form; other kinds have no form and stay
	Hidden   []record.ID        // never shown and never counted
	Only     map[record.ID]bool // nothing else is shown or counted; nil is no restriction, an empty set shows nothing
	Until    record.PartialDate // texts dated after this day are not searched, undated ones are; zero makes no cut
	First    int                // how many hits, above 0
	After    string             // the cursor of the last hit seen, "" for the first page
	Snippets int                // how many snippets a hit may have
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
	Span  record.Span   // where Text stands in the stored text; zero but for the field "body"
	Field string        // name, alias, topic, summary or body
}

// Search answers the query from the snapshot alone. A cursor that is none is
// [record.ErrInvalid]; there is no text that is.
func (s *Snapshot) Search(ctx context.Context, q Query) (Result, error) {
	if q.First <= 0 {
		return Result{}, record.Invalid("first", "%d is not above 0", q.First)
	}
	c := collector{size: q.First, filter: newFilter(q)}
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
	return result, nil
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
	pool := &search.SearchContext{
		DocumentMatchPool: search.NewDocumentMatchPool(found.DocumentMatchPoolSize()+1, 0),
		IndexReader:       s.reader,
	}
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
		c.add(match{doc, seg.ids[i], score})
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

// match is a document that was found.
type match struct {
	doc   uint64 // its number in the snapshot
	id    record.ID
	score float64
}

// compare orders matches: the higher score first, then the lower id.
func (m match) compare(o match) int {
	return cmp.Or(-cmp.Compare(m.score, o.score), cmp.Compare(m.id, o.id))
}

// collector keeps the best matches behind the cursor, and counts.
type collector struct {
	size   int
	filter filter
	after  *match
	total  int // all that were admitted
	beyond int // those behind the cursor
	heap   matchHeap
}

func (c *collector) add(m match) {
	c.total++
	if c.after != nil && m.compare(*c.after) <= 0 {
		return
	}
	c.beyond++
	switch {
	case len(c.heap) < c.size:
		heap.Push(&c.heap, m)
	case m.compare(c.heap[0]) < 0:
		c.heap[0] = m
		heap.Fix(&c.heap, 0)
	}
}

func (c *collector) best() []match {
	slices.SortFunc(c.heap, match.compare)
	return c.heap
}

// matchHeap has the last match on top.
type matchHeap []match

func (h matchHeap) Len() int           { return len(h) }
func (h matchHeap) Less(i, j int) bool { return h[i].compare(h[j]) > 0 }
func (h matchHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *matchHeap) Push(x any)        { *h = append(*h, x.(match)) }
func (h *matchHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// A cursor is the score and the id of a hit: what follows it is found again
// whatever has been written since, though scores may have moved a little.
const cursorMark = 's'

func (m match) cursor() string {
	b := binary.BigEndian.AppendUint64([]byte{cursorMark}, math.Float64bits(m.score))
	return base64.RawURLEncoding.EncodeToString(append(b, m.id...))
}

func parseCursor(s string) (match, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) < 9 || b[0] != cursorMark {
		return match{}, record.Invalid("after", "it is not a cursor of this list")
	}
	m := match{score: math.Float64frombits(binary.BigEndian.Uint64(b[1:])), id: record.ID(bytes.Clone(b[9:]))}
	if math.IsNaN(m.score) || m.id.Validate() != nil {
		return match{}, record.Invalid("after", "it is not a cursor of this list")
	}
	return m, nil
}
