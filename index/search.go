package index

import (
	"context"
	"fmt"

	"lotigraph/record"
)

// Query says what to search for. The index judges no visibility: whoever asks
// has compiled it into a Scope, or into Hidden, Same and Until.
type Query struct {
	Text   string // what was typed, see parse.go; "" lists everything
	Prefix bool   // whether the last word is still being typed

	// Find says which records a name in the query's text stands for, as the viewer
	// sees them, and their full names; nil where no names are known.
	Find func(ctx context.Context, key Key, name string) (ids []record.ID, labels []string, err error)

	Scope  *Scope                  // what may be seen, made ready; it takes the place of Hidden, Same and Until
	Hidden []record.ID             // never shown and never counted
	Same   map[record.ID]record.ID // records that are one with another: what finds either finds that one, once
	Until  record.PartialDate      // texts dated after this day are not searched, undated ones are; zero makes no cut

	Kinds    []record.Kind      // none means every kind
	Forms    []record.Form      // of texts; none means every form; other kinds have no form and stay
	Choices  []Choice           // restrictions that must all hold
	Only     map[record.ID]bool // nothing else is shown or counted; nil is no restriction, an empty set shows nothing
	From, To record.PartialDate // texts whose date may lie between these; other records have none

	Order    Order
	First    int    // how many hits, above 0
	After    string // the cursor of the last hit seen, "" for the first page
	Snippets int    // how many snippets a hit may have
	Facets   []Key  // what to count the results by
	Values   int    // how many values a facet has at the most, those chosen beside; 0 means all
	Grouping Grouping
	Explain  bool // whether hits say why they are there
}

// Result is a page of hits.
type Result struct {
	Total   int // all records that match, seen or not, exactly
	Hits    []Hit
	HasNext bool // whether hits follow the last one

	Facets     []Facet // in the order in which they were asked for
	Groups     []Group
	Restated   string   // the query in plain English, as it was understood
	Ignored    []string // what of the query was left out, as sentences
	DidYouMean string   // the query as it may have been meant; "" where nothing looks misspelt
	Instead    []Hint   // where nothing was found: what to leave out
	Order      Order    // what the hits are in: the one asked for, unless the text asks for another
	Refreshed  bool     // the page goes on in results that have changed since the page before
}

// Hint is what a query without one of its parts would find.
type Hint struct {
	Drop  string // as it was typed
	Total int
}

// Hit is a record that matches. The package comment says how it is scored.
type Hit struct {
	ID       record.ID
	Score    float64
	Cursor   string // for Query.After
	Snippets []Snippet
	Why      []string // why it is there, as sentences, the weightiest first
}

// Snippet is a passage of a record with what matched in it.
type Snippet struct {
	Text  string
	Marks []record.Span // within Text, in order
	Span  record.Span   // where Text stands in the record's stored text; zero but for the field "body"
	Field string        // name, alias, summary or body

	CutBefore, CutAfter bool // the sentence begins before Text, or goes on behind it
}

// Search answers the query from the snapshot alone. A cursor that is none is
// [record.ErrInvalid]; there is no text that is.
func (s *Snapshot) Search(ctx context.Context, q Query) (Result, error) {
	r, err := s.newRun(ctx, q)
	if err != nil {
		return Result{}, err
	}
	result, err := r.answer()
	if err != nil {
		return Result{}, fmt.Errorf("index: search: %w", err)
	}
	return result, nil
}

// newRun understands a query.
func (s *Snapshot) newRun(ctx context.Context, q Query) (*run, error) {
	if q.First <= 0 {
		return nil, record.Invalid("first", "%d is not above 0", q.First)
	}
	if q.Order > NameOrder {
		return nil, record.Invalid("order", "there is no order %d", q.Order)
	}
	if err := q.Grouping.validate(); err != nil {
		return nil, err
	}
	asked := parse(q.Text, q.Prefix)
	if asked.newest && q.Order == BestFirst {
		q.Order = NewestFirst
	}
	r := &run{s: s, q: q, asked: asked, scope: s.scope(q), joined: map[ord]*joined{}, lookups: newLookups(), met: map[uint64]bool{},
		collector: collector{size: q.First, order: q.Order}}
	if q.After != "" {
		after, version, err := q.Order.parseCursor(q.After)
		if err != nil {
			return nil, err
		}
		r.collector.after = &after
		r.refreshed = q.Order == BestFirst && version != s.version
	}
	r.ctx, r.collector.scope = ctx, r.scope
	if err := r.filters(); err != nil {
		return nil, err
	}
	if err := r.resolve(); err != nil {
		return nil, fmt.Errorf("index: search: %w", err)
	}
	return r, nil
}

// answer searches and puts the result together.
func (r *run) answer() (Result, error) {
	if err := r.spell(); err != nil {
		return Result{}, err
	}
	if err := r.collect(); err != nil {
		return Result{}, err
	}
	if r.collector.total == 0 {
		if err := r.loosen(); err != nil {
			return Result{}, err
		}
	}
	c := &r.collector
	found := c.best()
	result := Result{Total: c.total, HasNext: c.beyond > len(found), Hits: make([]Hit, len(found)),
		Ignored: r.asked.ignored, DidYouMean: r.didYouMean, Order: c.order, Refreshed: r.refreshed}
	for i, f := range found {
		result.Hits[i] = Hit{ID: f.id, Score: f.score, Cursor: c.order.cursor(f, r.s.version)}
	}
	if r.q.Snippets > 0 || r.q.Explain {
		if err := r.addSnippets(found, result.Hits); err != nil {
			return Result{}, err
		}
	}
	if r.q.Explain {
		r.explain(found, result.Hits)
	}
	result.Facets = r.counts.facets(r.q.Facets, r.q.Values)
	var err error
	if result.Groups, err = r.counts.groups.result(); err != nil {
		return Result{}, err
	}
	if c.total == 0 {
		result.DidYouMean = "" // it would find nothing either
		if result.Instead, err = r.instead(); err != nil {
			return Result{}, err
		}
		for _, c := range r.words.clauses() {
			c.fixes = nil
		}
	}
	result.Restated = r.restate(c.total)
	return result, nil
}
