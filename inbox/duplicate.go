package inbox

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"lotigraph/graph"
	"lotigraph/record"
)

// Duplicate is two records that may be one.
type Duplicate struct {
	A, B    record.Node // A is the one to keep: the one with more links, else the one with the shorter id
	Score   float64     // 0 to 1: how sure it is that they are one
	Reasons []Reason    // what makes up the score, the weightiest first
}

// Reason is something that speaks for two records being one or, when it begins
// with "but", against it.
type Reason struct {
	Text  string      // a sentence: “Thirty 3” and “Thirty3” are spelt alike
	Links []record.ID // the records that both are linked to, where that is the reason
}

// The scores, all of them. What two names say is where a pair starts; what else is
// known of the records then moves it. A raise takes away a share of the doubt that
// is left, a lowering a share of the score, so that it stays between 0 and 1.
const (
	threshold = 0.55 // below it a pair is more often two than one, and is not asked about
	hopeless  = 0.40 // names less alike than this make no pair, whatever else is alike

	// Names of any kind.
	sameName  = 0.95 // two records of one kind by the very same name are hardly two
	otherName = 0.90 // the name of one is noted as another name of the other
	spacing   = 0.93 // "Thirty 3", "Thirty3": nobody names two things so
	aloneName = 0.60 // a first name by itself is anybody's

	// People: the likenesses of first name, surname and middle name, multiplied, times sameName.
	turned          = 0.90 // "Smith Jane": sheets do this
	shortForm       = 0.82 // Bob is Robert; there may be two in the family
	firstInitial    = 0.66 // "J. Smith" is any name with J
	firstSlip       = 0.78 // "Micheal": letters swapped or doubled
	firstOtherSlip  = 0.50 // "Onyeca": as often another name (Marvin, Martin); asked about only where more agrees
	surnameSlip     = 0.86 // in seven letters or more
	shortSlip       = 0.76 // in fewer: Jones and Jonas are two names
	doubleBarrelled = 0.62 // "Smith", "Smith-Jones": a marriage, or a cousin
	middleName      = 0.94 // one has a middle name, the other none
	otherMiddle     = 0.45 // both have, and they differ: mostly two

	// Organisations and projects.
	smallWord    = 0.93 // "of", "and", "the"
	legalForm    = 0.92 // "Ltd" or none is how carefully somebody wrote
	genericWord  = 0.85 // "council", "programme" or none
	otherGeneric = 0.58 // "Ltd" and "CIC", "pilot" and "programme": may well be two
	otherOrder   = 0.86 // the same words in another order
	plural       = 0.88 // "Service", "Services"
	longSlip     = 0.82 // one letter in a word of eight or more is a slip
	wordSlip     = 0.68 // in a shorter one it may be another word
	acronym      = 0.68 // many bodies have the same initials
	knownAcronym = 0.82 // somebody noted that the one goes by the other's initials
	bothAcronym  = 0.45 // both go by the same initials, and by unlike names: Derby City Council, Devon County Council
	moreWords    = 0.58 // one word more, at least three the same
	moreOfTwo    = 0.45 // one word more, only two the same
	inPlace      = 0.45 // "X", "X London": the same, or its London branch
	oneNumber    = 0.45 // "Leaders", "Leaders 2021": the whole, or one of its years
	samePage     = 0.85 // an organisation's own address is its own

	// Texts.
	sameAddress  = 0.95 // published at one place
	sameWording  = 0.90 // most of the wording is the same
	someWording  = 0.62 // much of it: one may be an edit of the other, or quote it
	sameTitle    = 0.60 // notes of one series share titles
	perTitle     = 0.60 // raise, where the wording is the same, for the same title
	perDay       = 0.30 // raise: published on one day
	otherWording = 0.20 // lowering: one title over different words
	otherTime    = 0.50 // lowering: one title, more than a month apart, as with "Weeknote 11" of two years

	// Raises.
	perEmployer = 0.40 // few people of like names work in one place
	perShared   = 0.50 // at most, where everything that the smaller is linked to is shared
	perPage     = 0.55 // the same address
	perText     = 0.15 // one text uses the full and the short name of a person
	perBracket  = 0.85 // "Greater London Authority (GLA)": a text says it

	// Lowerings.
	inSentence    = 0.55 // one sentence names both: it would not, for one
	inText        = 0.25 // one text does, in other sentences
	coauthors     = 0.70 // both wrote one text
	otherEmployer = 0.25 // people move, so it says little
	otherPage     = 0.25 // organisations with two addresses
	otherPeriod   = 0.40 // one project ended before the other began
	couldBeOthers = 0.25 // the short name fits another record as well
)

// maxBlock is how many records that share a key are compared each with each. In a
// larger block each is compared with the nearNames that follow by name.
const (
	maxBlock  = 60
	nearNames = 10
)

// A record with fewLinks links or less tells as much as any when two share it. One
// with more tells less, down to one with mostLinks.
const (
	fewLinks  = 12
	mostLinks = 192
)

// Duplicates finds the records of one kind that may be one, as the lens shows
// them: the surest first, then by id. The list is the caller's. Boroughs are all
// different, and records that are linked to each other, such as by SUCCEEDED_BY,
// are two.
//
// A likeness of names (for an organisation or a text also one address, for a text
// also its wording) makes a pair; shared links only raise it. Not every two
// records are compared, but those that share a key: a name less one letter or less
// one word, an initial with a surname. So the time grows with the records, not
// with their pairs.
func Duplicates(ctx context.Context, s *graph.Snapshot, l record.Lens) ([]Duplicate, error) {
	r := reader{ctx: ctx, s: s, lens: l, names: newNamer(), near: map[record.ID]*surroundings{}, bodies: map[passageOf]string{},
		telling: map[record.ID]float64{}, openings: map[record.ID]*opening{}}
	var err error
	if r.cut, err = s.Cut(ctx, l); err != nil {
		return nil, err
	}
	if r.wordings, err = graph.Kept(ctx, s.Lasting(), wordingsKey{}, func() (*wordings, error) { return &wordings{}, nil }); err != nil {
		return nil, err
	}
	for at, err := range s.Nodes(ctx, l, record.BoroughKind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil {
			return nil, err
		}
		r.names.places[record.Fold(at.Value.Name)] = true
	}
	var found []Duplicate
	for _, kind := range append(record.NameKinds(), record.WeeknoteKind) {
		pairs, err := r.pairs(kind)
		if err != nil {
			return nil, fmt.Errorf("look for duplicates among %s: %w", kind.Plural(), err)
		}
		found = append(found, pairs...)
	}
	slices.SortFunc(found, func(a, b Duplicate) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), cmp.Compare(a.A.ID, b.A.ID), cmp.Compare(a.B.ID, b.B.ID))
	})
	return found, nil
}

// reader looks for duplicates in one snapshot through one lens.
type reader struct {
	ctx      context.Context
	s        *graph.Snapshot
	lens     record.Lens
	names    *namer
	near     map[record.ID]*surroundings
	bodies   map[passageOf]string
	telling  map[record.ID]float64 // how much it tells that two are linked to it
	cut      *graph.Cut
	wordings *wordings
	openings map[record.ID]*opening
}

// key is what a record is found by when one like it is looked for.
type key struct {
	hash uint64
	at   int
}

// fewPairs is how many pairs are judged in about a millisecond.
const fewPairs = 16

// pairs finds the possible duplicates among the records of a kind.
func (r *reader) pairs(kind record.Kind) ([]Duplicate, error) {
	var list []*profile
	var keys []key
	for at, err := range r.s.Nodes(r.ctx, r.lens, kind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil {
			return nil, err
		}
		if len(list)%fewPairs == 0 {
			graph.Rest(r.ctx)
		}
		p := r.names.profile(at.Value)
		r.names.eachKey(p, func(parts ...string) { keys = append(keys, key{hashOf(parts), len(list)}) })
		list = append(list, p)
	}
	var judged []*weighing
	for i, pair := range candidates(keys) {
		if i%fewPairs == 0 {
			graph.Rest(r.ctx)
		}
		w, err := r.judge(list[pair[0]], list[pair[1]])
		if err != nil {
			return nil, err
		}
		if w != nil {
			judged = append(judged, w)
		}
	}
	lowerAmbiguous(judged)
	var found []Duplicate
	for _, w := range judged {
		if w.score < threshold {
			continue
		}
		d, err := r.duplicate(w)
		if err != nil {
			return nil, err
		}
		found = append(found, d)
	}
	return found, nil
}

func hashOf(parts []string) uint64 {
	h := uint64(14695981039346656037) // FNV-1a; that of the library copies each string
	for _, part := range parts {
		for i := range len(part) {
			h = (h ^ uint64(part[i])) * 1099511628211
		}
		h *= 1099511628211 // a zero between the parts
	}
	return h
}

// candidates are the pairs of records that share a key, each once and in order.
// The records are numbered in the order of their names.
func candidates(keys []key) [][2]int {
	order := func(a, b key) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.at, b.at)) }
	slices.SortFunc(keys, order)
	keys = slices.Compact(keys)
	var pairs [][2]int
	for begin, end := 0, 0; begin < len(keys); begin = end {
		for end = begin; end < len(keys) && keys[end].hash == keys[begin].hash; end++ {
		}
		reach := maxBlock
		if end-begin > maxBlock {
			reach = nearNames
		}
		for i := begin; i < end; i++ {
			for _, other := range keys[i+1 : min(end, i+1+reach)] {
				pairs = append(pairs, [2]int{keys[i].at, other.at})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(pairs)
}

// weighing is a pair, its score so far, and what was weighed.
type weighing struct {
	a, b    *profile
	score   float64
	reasons []weighed
	short   record.ID // the record whose short name might be another's; "" for none
}

type weighed struct {
	Reason
	weight float64 // how far it moved the score
}

// start begins with what the names say.
func (w *weighing) start(score float64, why string) {
	w.score = score
	w.reasons = append(w.reasons, weighed{Reason{Text: why}, score})
}

// raise takes a share of the doubt away.
func (w *weighing) raise(share float64, why string, links ...record.ID) {
	by := (1 - w.score) * share
	w.score += by
	w.reasons = append(w.reasons, weighed{Reason{why, links}, by})
}

// lower takes a share of the score away.
func (w *weighing) lower(share float64, why string) {
	by := w.score * share
	w.score -= by
	w.reasons = append(w.reasons, weighed{Reason{Text: "but " + why}, by})
}

// judge weighs a pair; nil when its names are not alike, or something says that
// it is two.
func (r *reader) judge(a, b *profile) (*weighing, error) {
	w := &weighing{a: a, b: b}
	if a.node.Weeknote != nil {
		return w.orNil(r.weighTexts(w))
	}
	like := r.names.likeness(a, b)
	paged := a.node.Kind() == record.PartnerKind && a.page != "" && a.page == b.page
	if like.score < hopeless && !paged {
		return nil, nil
	}
	near, err := r.Around(a.node.ID)
	if err != nil {
		return nil, err
	}
	far, err := r.Around(b.node.ID)
	if err != nil {
		return nil, err
	}
	if near.all[b.node.ID] {
		return nil, nil
	}
	switch {
	case paged && like.score < samePage:
		w.start(samePage, "the addresses are the same")
		if like.score >= hopeless {
			w.raise(like.score/2, like.text)
		}
	default:
		w.start(like.score, like.text)
		w.weighPages(paged)
	}
	if like.short {
		w.short = a.node.ID
		if like.shortIsB {
			w.short = b.node.ID
		}
	}
	if err := r.weighLinks(w, near, far); err != nil {
		return nil, err
	}
	return w, r.weighMentions(w, like, near, far)
}

func (w *weighing) orNil(err error) (*weighing, error) {
	if err != nil || len(w.reasons) == 0 {
		return nil, err
	}
	return w, nil
}

// weighPages weighs the records' own addresses, and the periods of projects.
func (w *weighing) weighPages(same bool) {
	a, b := w.a.node, w.b.node
	switch {
	case w.a.page != "" && (same || w.a.page == w.b.page):
		w.raise(perPage, "the addresses are the same")
	case w.a.page != "" && w.b.page != "" && a.Kind() == record.PartnerKind:
		w.lower(otherPage, "the addresses differ")
	}
	if p, q := a.Project, b.Project; p != nil && q != nil && (before(p.End, q.Start) || before(q.End, p.Start)) {
		w.lower(otherPeriod, "one ended before the other began")
	}
}

func before(a, b record.PartialDate) bool {
	return !a.IsZero() && !b.IsZero() && a.Last().Compare(b.First()) < 0
}
