package index

import (
	"context"
	"strings"

	"github.com/blevesearch/bleve/v2/search"
	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// run is one query being answered.
type run struct {
	s     *Snapshot
	q     Query
	ctx   context.Context
	scope *Scope

	asked   question
	words   *node    // what of the query is searched for: all but the choices
	choices []choice // what all must hold
	parts   parts    // the participation that the choices ask for together

	collector  collector
	counts     counts
	highest    float64 // the most that anything but words can raise their weight
	joined     map[record.ID]*joined
	met        map[uint64]bool             // documents offered already
	isNamed    map[uint64]int              // documents that a question names, with the words of the name
	marked     map[uint64]map[place][]mark // where the words are in the hits
	didYouMean string
	loose      bool // words may be beginnings, as nothing has them whole
	refreshed  bool
}

// collect hands every document that matches to the collector, once: first what
// has the words as they were typed, then what has them corrected.
func (r *run) collect() error {
	exact, err := r.s.exact(r.ctx, r.asked.exact)
	if err != nil {
		return err
	}
	if r.isNamed, err = r.named(r.ctx); err != nil {
		return err
	}
	r.highest = highestLift
	if len(r.asked.named) > 0 {
		r.highest *= nameInside * whoIsPerson
	}
	if err := r.pass(finder{s: r.s, scope: r.scope}, exact, false); err != nil {
		return err
	}
	if r.didYouMean != "" || r.loose {
		if exact, err = r.s.exact(r.ctx, r.fixedNames()); err != nil {
			return err
		}
		if err := r.pass(finder{s: r.s, scope: r.scope, fixed: true}, exact, true); err != nil {
			return err
		}
	}
	r.addJoined()
	return nil
}

// list takes every document, for a query with nothing to search for.
func (r *run) list() error {
	for k := range r.s.segments {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		seg := &r.s.segments[k]
		for i := range seg.ords {
			if !seg.gone(i) {
				r.offerAt(seg, i, seg.first+uint64(i), 0, 0)
			}
		}
	}
	return nil
}

// pass runs one search; what an earlier one found stays as it is.
func (r *run) pass(f finder, exact map[uint64]float64, fixed bool) error {
	if r.words.op == isAll {
		return r.list()
	}
	found, err := f.search(r.ctx, r.words)
	if err != nil {
		return err
	}
	defer found.Close()
	tier := func(doc uint64) float64 {
		if fixed {
			return corrected(exact[doc])
		}
		return max(exact[doc], hasWords)
	}
	offered := map[uint64]bool{} // of those that a question names
	pool := r.s.pool(found)
	for n := 0; ; n++ {
		if n%1024 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		m, err := found.Next(pool)
		if err != nil {
			return err
		}
		if m == nil {
			break
		}
		doc := m.IndexInternalID.Value()
		r.offer(doc, tier(doc), m.Score)
		if len(exact) > 0 {
			delete(exact, doc)
		}
		if len(r.isNamed) > 0 {
			offered[doc] = true
		}
		pool.DocumentMatchPool.Put(m)
	}
	if !fixed {
		for doc := range r.isNamed {
			if !offered[doc] {
				r.offer(doc, hasWords, float64(r.isNamed[doc]))
			}
		}
	}
	if r.asked.plain() { // exact, but not by its words: "The Hub" for "hub"
		for doc := range exact {
			r.offer(doc, tier(doc), 0)
		}
	}
	return nil
}

// joined is the best match so far of records that are one with others.
type joined struct {
	match
	admitted bool
}

// offer takes a document that has the words, if it may be seen and fits.
func (r *run) offer(doc uint64, tier, words float64) {
	if r.didYouMean != "" || r.loose {
		if r.met[doc] {
			return
		}
		r.met[doc] = true
	}
	seg, i := r.s.at(doc)
	r.offerAt(seg, i, doc, tier, words)
}

// offerAt is offer for document i of a segment.
func (r *run) offerAt(seg *segment, i int, doc uint64, tier, words float64) {
	if !r.scope.seen(seg, i) {
		return
	}
	at, j, id, one := r.scope.shown(seg, i)
	if at.days[j] > r.scope.until || r.q.Only != nil && !r.q.Only[id] {
		return
	}
	m := match{doc: doc, id: id, score: tier}
	if words > 0 && !one && r.collector.beneath(score(tier, words*r.highest)) {
		fails := r.fails(at, j) // it cannot be among the best: it only counts
		r.counts.take(r, at, j, fails)
		if fails == 0 {
			r.collector.total++
			r.collector.beyond++
		}
		return
	}
	if words > 0 {
		connected, recent := r.lift(at, j)
		if at.kinds[j] != record.WeeknoteKind {
			connected += ofItsOwn
		}
		words *= r.answers(doc, at.kinds[j])
		m.score = score(tier, words*(1+connected+recent))
	}
	if one {
		if known := r.joined[id]; known != nil {
			if m.score > known.score || m.score == known.score && m.doc < known.doc {
				known.score, known.doc = m.score, m.doc
			}
			return
		}
	}
	fails := r.fails(at, j)
	r.counts.take(r, at, j, fails)
	switch r.collector.order {
	case NewestFirst, OldestFirst:
		m.day = at.days[j]
	case NameOrder:
		m.name = r.s.nameOf(at, j)
	}
	switch {
	case one:
		r.joined[id] = &joined{m, fails == 0}
	case fails == 0:
		r.collector.add(m)
	}
}

// answers is the factor by which a record answers a question better than its
// words say.
func (r *run) answers(doc uint64, kind record.Kind) float64 {
	if len(r.asked.named) == 0 {
		return 1
	}
	factor := 1.0
	if r.isNamed[doc] > 1 {
		factor = nameInside
	}
	if kind == record.PersonKind && strings.HasPrefix(record.Fold(r.asked.text), "who ") {
		factor *= whoIsPerson
	}
	return factor
}

// addJoined adds the records that are one with others, each once.
func (r *run) addJoined() {
	for _, m := range r.joined {
		if m.admitted {
			r.collector.add(m.match)
		}
	}
}

// lift is what the record's links and date add to the weight of its words.
func (r *run) lift(seg *segment, i int) (connected, recent float64) {
	age := -1
	if seg.days[i] != noDay {
		age = int(r.scope.newest() - seg.days[i])
	}
	return lift(r.scope.connections(seg, i), age)
}

// pool is what a searcher takes its matches from, one at a time.
func (s *Snapshot) pool(found search.Searcher) *search.SearchContext {
	return &search.SearchContext{
		DocumentMatchPool: search.NewDocumentMatchPool(found.DocumentMatchPoolSize()+1, 0),
		IndexReader:       s.reader,
	}
}

// exact are the documents that one of the folded texts is a whole name or alias
// of, with their tiers.
func (s *Snapshot) exact(ctx context.Context, texts []string) (map[uint64]float64, error) {
	tiers := map[uint64]float64{}
	for _, folded := range texts {
		if folded == "" {
			continue
		}
		for _, field := range [...]string{nameField, aliasField} {
			if err := s.exactIn(ctx, folded, field, tiers); err != nil {
				return nil, err
			}
		}
	}
	return tiers, nil
}

func (s *Snapshot) exactIn(ctx context.Context, folded, field string, tiers map[uint64]float64) error {
	names, err := s.reader.TermFieldReader(ctx, []byte(folded), field, false, false, false)
	if err != nil {
		return err
	}
	defer names.Close()
	for {
		var m *api.TermFieldDoc
		if m, err = names.Next(nil); err != nil || m == nil {
			return err
		}
		doc := m.ID.Value()
		seg, i := s.at(doc)
		tiers[doc] = max(tiers[doc], tierOf(seg.kinds[i], field == aliasField))
	}
}
