package index

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"lotigraph/record"
)

// Suggestion is a record whose name or alias goes on as what is being typed.
type Suggestion struct {
	ID    record.ID
	Alias string // the alias that fits, folded; "" when it is the name
	Typo  bool   // a letter or two differ
}

// nameWord is a word of a name from which on the name may be searched.
type nameWord struct {
	doc  uint32
	name uint16 // 0 for the name, n for alias n-1
	at   uint16 // where the word begins
}

// nameWords are the words of the names of texts, or of all others, in the order
// of what follows from each.
func nameWords(l *lazyNames, kinds []record.Kind, texts bool) []nameWord {
	var list []nameWord
	for doc := range l.ends {
		if (kinds[doc] == record.WeeknoteKind) != texts {
			continue
		}
		for n, name := range l.all(doc) {
			for at := range name {
				if (at == 0 || name[at-1] == ' ') && at < 1<<16 {
					list = append(list, nameWord{uint32(doc), uint16(n), uint16(at)})
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b nameWord) int { return strings.Compare(l.from(a), l.from(b)) })
	return slices.Clone(list) // without what it may have grown beyond
}

func (l *lazyNames) all(doc int) []string { return append([]string{l.own(doc)}, l.aliases[doc]...) }

func (l *lazyNames) name(w nameWord) string {
	if w.name == 0 {
		return l.own(int(w.doc))
	}
	return l.aliases[int(w.doc)][w.name-1]
}

// from is the name from the word on.
func (l *lazyNames) from(w nameWord) string { return l.name(w)[w.at:] }

// within is the words of a list that begin with the prefix.
func (l *lazyNames) within(list []nameWord, prefix string) []nameWord {
	from := sort.Search(len(list), func(i int) bool { return l.from(list[i]) >= prefix })
	n := sort.Search(len(list)-from, func(i int) bool { return !strings.HasPrefix(l.from(list[from+i]), prefix) })
	return list[from : from+n]
}

// Suggest completes what is being typed to at most n records of every kind given
// (none means all), the likeliest first within a kind, kinds by their likeliest.
// Words may be typed in any order, each as far as it goes.
func (sc *Scope) Suggest(ctx context.Context, typed string, kinds []record.Kind, n int) ([]Suggestion, error) {
	typed, _ = clean(typed)
	words := strings.Fields(record.Fold(typed))
	if len(words) == 0 || len(words) > maxTyped || n <= 0 {
		return nil, nil
	}
	found := suggester{scope: sc, words: words, folded: strings.Join(words, " "), kinds: setOf(kinds), best: map[ord]suggested{}}
	if err := found.exact(ctx); err != nil {
		return nil, err
	}
	if len(found.best) == 0 {
		if err := found.initials(ctx); err != nil {
			return nil, err
		}
	}
	if len(found.best) == 0 {
		if err := found.nearly(ctx); err != nil {
			return nil, err
		}
	}
	return found.list(n), nil
}

const (
	maxTyped  = 12     // words that are completed
	maxThings = 10_000 // words of names that are looked at …
	maxTitles = 2_000  // … and of titles of texts: a letter or two begin too many
)

// suggested is a suggestion with what it weighs.
type suggested struct {
	Suggestion
	kind   record.Kind
	fit    int // how well it fits, the lower the better
	known  int // its links, of a text its day
	length int
	name   string
}

// compare orders suggestions of one kind, the likeliest first.
func (a suggested) compare(b suggested) int {
	switch {
	case a.fit != b.fit:
		return a.fit - b.fit
	case a.known != b.known:
		return b.known - a.known
	case a.length != b.length:
		return a.length - b.length
	}
	return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.ID, b.ID))
}

type suggester struct {
	scope  *Scope
	words  []string
	folded string
	kinds  map[record.Kind]bool
	best   map[ord]suggested
	typo   bool
}

// exact looks for names that have all the words. The longest one is looked up,
// the others are compared.
func (s *suggester) exact(ctx context.Context) error {
	left, leftTitles := maxThings, maxTitles
	longest := slices.MaxFunc(s.words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	for k := range s.scope.snapshot.segments {
		if err := ctx.Err(); err != nil {
			return err
		}
		seg := &s.scope.snapshot.segments[k]
		names := s.scope.snapshot.namesOf(seg)
		things, titles := names.within(names.words, longest), names.within(names.titles, longest)
		things = things[:min(len(things), left)]
		left -= len(things)
		for _, w := range things {
			s.offer(seg, names, w)
		}
		if s.kinds != nil && !s.kinds[record.WeeknoteKind] {
			continue
		}
		titles = titles[:min(len(titles), leftTitles)]
		leftTitles -= len(titles)
		for _, w := range titles {
			s.offer(seg, names, w)
		}
	}
	return nil
}

func (s *suggester) offer(seg *segment, names *lazyNames, w nameWord) {
	i := int(w.doc)
	if s.kinds != nil && !s.kinds[seg.kinds[i]] || !s.scope.seen(seg, i) || seg.gone(i) {
		return
	}
	name := names.name(w)
	fit, ok := s.fit(name)
	if !ok {
		return
	}
	o, id := seg.ords[i], s.scope.snapshot.ids.at(seg.ords[i])
	if u, ok := s.scope.union[o]; ok {
		o, id = u.ord, u.id
	}
	if w.name > 0 || o != seg.ords[i] {
		fit++ // an alias comes behind a name that fits as well
	}
	got := suggested{Suggestion: Suggestion{ID: id, Typo: s.typo}, kind: seg.kinds[i], fit: fit,
		known: s.known(seg, i), length: len(name), name: name}
	if w.name > 0 {
		got.Alias = name
	}
	if known, ok := s.best[o]; ok {
		own := got.Alias == "" || known.Alias == "" // its name fits as well, so that no other need be told
		if got.compare(known) > 0 {
			got = known
		}
		if own {
			got.Alias = ""
		}
	}
	s.best[o] = got
}

// known is by what names that fit as well are put in order: how much a record is
// linked with, how new a text is.
func (s *suggester) known(seg *segment, i int) int {
	if seg.kinds[i] == record.WeeknoteKind {
		return int(seg.days[i])
	}
	return s.scope.connections(seg, i)
}

// fit tells how well a name fits what was typed: 0 when it is the whole, 2 when
// only the end of its last word is missing, 4 when it begins so, 6 when the words
// follow each other in it, 8 when all are there.
func (s *suggester) fit(name string) (fit int, ok bool) {
	rest, begins := strings.CutPrefix(name, s.folded)
	switch {
	case begins && rest == "":
		return 0, true
	case begins && !strings.Contains(rest, " "):
		return 2, true
	case begins:
		return 4, true
	case strings.Contains(name, " "+s.folded):
		return 6, true
	}
	for _, word := range s.words {
		if !strings.HasPrefix(name, word) && !strings.Contains(name, " "+word) {
			return 0, false
		}
	}
	return 8, true
}

// initials looks for names that what was typed is short for.
func (s *suggester) initials(ctx context.Context) error {
	if len(s.words) != 1 || len(s.words[0]) < leastShort {
		return nil
	}
	long, err := s.scope.initials(ctx, s.words[0])
	if err != nil {
		return err
	}
	typed := s.words
	for _, name := range long {
		s.words, s.folded = strings.Fields(name), name
		if err := s.exact(ctx); err != nil {
			return err
		}
	}
	s.words, s.folded = typed, typed[0]
	return nil
}

// nearly looks for names with words that a letter or two of those typed differ
// from: one from five letters on, two from eight on; never the first letter.
func (s *suggester) nearly(ctx context.Context) error {
	s.typo = true
	typed := slices.Clone(s.words)
	for n, word := range typed {
		fixed, err := s.spelling(ctx, word)
		if err != nil {
			return err
		}
		if fixed == "" {
			return nil
		}
		s.words[n] = fixed
	}
	s.folded = strings.Join(s.words, " ")
	return s.exact(ctx)
}

// spelling is the beginning of a word of a name nearest to what was typed, the
// typed word itself when names have it, "" when nothing is near.
func (s *suggester) spelling(ctx context.Context, word string) (string, error) {
	allowed := 0
	switch n := utf8.RuneCountInString(word); {
	case n >= 8:
		allowed = 2
	case n >= 5:
		allowed = 1
	}
	best, least := "", allowed+1
	first, _ := utf8.DecodeRuneInString(word)
	for k := range s.scope.snapshot.segments {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		seg := &s.scope.snapshot.segments[k]
		names := s.scope.snapshot.namesOf(seg)
		if s.begins(seg, names, names.words, word) || s.begins(seg, names, names.titles, word) {
			return word, nil
		}
		if allowed == 0 {
			continue
		}
		for _, list := range [...][]nameWord{names.words, names.titles} {
			last := ""
			for _, w := range names.within(list, string(first)) {
				known, _, _ := strings.Cut(names.from(w), " ")
				if known == last {
					continue
				}
				last = known
				if d, part := nearest(word, known, least-1); d < least && s.begins(seg, names, list, known) {
					best, least = part, d
				}
			}
		}
	}
	return best, nil
}

// begins tells whether a name that may be seen has a word that begins so.
func (s *suggester) begins(seg *segment, names *lazyNames, list []nameWord, prefix string) bool {
	return slices.ContainsFunc(names.within(list, prefix), func(w nameWord) bool {
		return s.scope.seen(seg, int(w.doc)) && !seg.gone(int(w.doc))
	})
}

// nearest is the beginning of the known word that is nearest to the typed one,
// and how many letters differ; more than limit when none is near.
func nearest(typed, known string, limit int) (int, string) {
	best, part := limit+1, ""
	for n := len(typed) - limit; n <= len(typed)+limit; n++ {
		if n < 1 || n > len(known) || n < len(known) && !utf8.RuneStart(known[n]) {
			continue
		}
		if d := record.Distance(typed, known[:n], limit); d < best {
			best, part = d, known[:n]
		}
	}
	return best, part
}

// list is the best of every kind.
func (s *suggester) list(n int) []Suggestion {
	best := map[record.Kind][]suggested{}
	for _, got := range s.best {
		list := best[got.kind]
		if len(list) == n && got.compare(list[n-1]) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(list, got, suggested.compare)
		list = slices.Insert(list, at, got)
		best[got.kind] = list[:min(len(list), n)]
	}
	kinds := slices.DeleteFunc(record.Kinds(), func(k record.Kind) bool { return len(best[k]) == 0 })
	slices.SortStableFunc(kinds, func(a, b record.Kind) int { return compareKinds(best[a][0], best[b][0]) })
	var list []Suggestion
	for _, kind := range kinds {
		for _, got := range best[kind] {
			list = append(list, got.Suggestion)
		}
	}
	return list
}

// compareKinds orders kinds by their best suggestions: texts behind what they are
// about, where they fit no better.
func compareKinds(a, b suggested) int {
	if a.fit/2 != b.fit/2 { // an alias is as good as a name
		return a.fit - b.fit
	}
	switch text := record.WeeknoteKind; {
	case a.kind == text:
		return 1
	case b.kind == text:
		return -1
	}
	return b.known - a.known
}

// setOf is the list as a set, nil for an empty one.
func setOf[T comparable](list []T) map[T]bool {
	if len(list) == 0 {
		return nil
	}
	set := make(map[T]bool, len(list))
	for _, v := range list {
		set[v] = true
	}
	return set
}
