package index

import (
	"context"
	"strings"

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
	joined     map[ord]*joined
	lookups    *lookups
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
	exact, err := r.exact(r.asked.exact)
	if err == nil && len(exact) == 0 {
		exact, err = r.near()
	}
	if err != nil {
		return err
	}
	if r.isNamed, err = r.named(); err != nil {
		return err
	}
	r.highest = highestLift
	if len(r.asked.named) > 0 {
		r.highest *= nameInside * whoIsPerson
	}
	if err := r.pass(exact, false); err != nil {
		return err
	}
	if r.didYouMean != "" || r.loose {
		if exact, err = r.exact(r.fixedNames()); err != nil {
			return err
		}
		if err := r.pass(exact, true); err != nil {
			return err
		}
	}
	r.addJoined()
	return nil
}

// finder finds parts of the query, corrected ones as well if fixed.
func (r *run) finder(fixed bool) finder {
	return finder{ctx: r.ctx, scope: r.scope, fixed: fixed, known: r.lookups}
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
				r.offerAt(seg, i, seg.first+uint64(i), 0, weighing(0))
			}
		}
	}
	return nil
}

// pass runs one search; what an earlier one found stays as it is.
func (r *run) pass(exact map[uint64]float64, fixed bool) error {
	if r.words.op == isAll {
		return r.list()
	}
	found, err := r.finder(fixed).find(r.words)
	if err != nil {
		return err
	}
	tier := func(doc uint64) float64 {
		if fixed {
			return corrected(exact[doc])
		}
		return max(exact[doc], hasWords)
	}
	usual := tier(noMore)
	offered := map[uint64]bool{} // of those that a question names
	for n, doc := 0, uint64(0); ; n, doc = n+1, doc+1 {
		if n%1024 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		if doc, err = found.seek(doc); err != nil {
			return err
		}
		if doc == noMore {
			break
		}
		at := usual
		if len(exact) > 0 {
			at = tier(doc)
			delete(exact, doc)
		}
		if len(r.isNamed) > 0 {
			offered[doc] = true
		}
		r.offer(doc, at, found)
	}
	if !fixed {
		for doc := range r.isNamed {
			if !offered[doc] {
				r.offer(doc, hasWords, weighing(r.isNamed[doc]))
			}
		}
	}
	if r.asked.plain() { // exact, but not by its words: "The Hub" for "hub"
		for doc := range exact {
			r.offer(doc, tier(doc), weighing(0))
		}
	}
	return nil
}

// joined is the best match so far of records that are one with others.
type joined struct {
	match
	admitted bool
}

// weighed says what the words of the document at hand weigh.
type weighed interface{ score() float64 }

// offer takes a document that has the words, if it may be seen and fits.
func (r *run) offer(doc uint64, tier float64, words weighed) {
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
func (r *run) offerAt(seg *segment, i int, doc uint64, tier float64, words weighed) {
	if !r.scope.seen(seg, i) {
		return
	}
	at, j, of, one := r.scope.shown(seg, i)
	if at.days[j] > r.scope.until || r.q.Only != nil && !r.q.Only[r.scope.id(of)] {
		return
	}
	m := match{doc: doc, ord: of, score: tier}
	if one {
		m.score = r.score(at, j, doc, tier, words.score())
		if r.better(m) {
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
		r.joined[of] = &joined{m, fails == 0}
	case fails == 0:
		r.admit(m, at, j, words)
	}
}

// admit gives a match to the collector. What its words weigh is asked for only
// where it matters, and what its links and its date add only where it may be among
// the best.
func (r *run) admit(m match, seg *segment, i int, words weighed) {
	c := &r.collector
	switch {
	case c.order == BestFirst:
		weight := words.score()
		if c.light(m.score, weight*r.highest) {
			c.pass()
			return
		}
		m.score = r.score(seg, i, m.doc, m.score, weight)
	case !c.hopeless(m):
		m.score = r.score(seg, i, m.doc, m.score, words.score())
	}
	c.add(m)
}

// better tells whether a record that is one with others was met already, and
// keeps the better match of the two.
func (r *run) better(m match) bool {
	known := r.joined[m.ord]
	if known == nil {
		return false
	}
	if m.score > known.score || m.score == known.score && m.doc < known.doc {
		known.score, known.doc = m.score, m.doc
	}
	return true
}

// score is that of a document whose words weigh so much.
func (r *run) score(seg *segment, i int, doc uint64, tier, words float64) float64 {
	if words <= 0 {
		return tier
	}
	connected, recent := r.lift(seg, i)
	if seg.kinds[i] != record.WeeknoteKind {
		connected += ofItsOwn
	}
	words *= r.answers(doc, seg.kinds[i])
	return score(tier, words*(1+connected+recent))
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

// exact are the documents that one of the folded texts is a whole name or alias
// of, with their tiers.
func (r *run) exact(texts []string) (map[uint64]float64, error) {
	tiers := map[uint64]float64{}
	for _, folded := range texts {
		if folded == "" {
			continue
		}
		for _, field := range [...]string{nameField, aliasField} {
			names, err := r.finder(false).term(field, folded)
			if err == nil {
				err = names.each(r.ctx, func(doc uint64) bool {
					seg, i := r.s.at(doc)
					tiers[doc] = max(tiers[doc], tierOf(seg.kinds[i], field == aliasField))
					return false
				})
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return tiers, nil
}
