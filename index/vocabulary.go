package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// The vocabulary is the field "word": every word of a record once, as it is.
// Nothing is found by it; it says how words go on and how they are spelt. A word
// is known to a viewer when a record that they may see has it.

// seenIn counts the documents that may be seen with a term in a field, up to a
// limit.
func (sc *Scope) seenIn(ctx context.Context, field, term string, limit int) (int, error) {
	key := field + "\x00" + term
	if n, ok := sc.vocabulary.Load(key); ok && (n.(int) < limit || limit <= knownLimit) {
		return min(n.(int), limit), nil
	}
	s := sc.snapshot
	t, err := s.term(field, term)
	if err != nil || t.count == 0 { // not kept: of words that nothing has there is no end
		return 0, err
	}
	count, enough := 0, max(limit, knownLimit)
	err = t.each(ctx, func(doc uint64) bool {
		if seg, i := s.at(doc); sc.seen(seg, i) {
			count++
		}
		return count >= enough
	})
	if err != nil {
		return 0, err
	}
	sc.vocabulary.Store(key, count)
	return min(count, limit), nil
}

// knownLimit is how far seenIn always counts.
const knownLimit = 50

// endings are the commonest words that begin with a word and may be seen; more
// tells that there are others.
func (sc *Scope) endings(ctx context.Context, prefix string) (list []string, more bool, err error) {
	dict, err := sc.snapshot.reader.FieldDictPrefix(wordField, []byte(prefix))
	if err != nil {
		return nil, false, err
	}
	counts, err := read(ctx, dict, func(*api.DictEntry) bool { return true })
	if err != nil {
		return nil, false, err
	}
	slices.SortFunc(counts, func(a, b termCount) int { return cmp.Or(-cmp.Compare(a.count, b.count), cmp.Compare(a.term, b.term)) })
	for _, c := range counts {
		if c.term == prefix {
			continue
		}
		if n, err := sc.seenIn(ctx, wordField, c.term, 1); err != nil {
			return nil, false, err
		} else if n == 0 {
			continue
		}
		if len(list) == maxEndings {
			return list, true, nil
		}
		list = append(list, c.term)
	}
	return list, false, nil
}

type termCount struct {
	term  string
	count uint64
}

// maxTerms is how many words of a dictionary are looked at.
const maxTerms = 5000

func read(ctx context.Context, dict api.FieldDict, keep func(*api.DictEntry) bool) (list []termCount, err error) {
	defer dict.Close()
	for n := 0; n < maxTerms; n++ {
		e, err := dict.Next()
		if err != nil || e == nil {
			return list, err
		}
		if n%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if keep(e) {
			list = append(list, termCount{e.Term, e.Count})
		}
	}
	return list, nil
}

// edits is how many letters of a word may be wrong.
func edits(word string) int {
	if strings.ContainsFunc(word, unicode.IsDigit) {
		return 0
	}
	switch n := utf8.RuneCountInString(word); {
	case n <= 3:
		return 0
	case n <= 7:
		return 1
	}
	return 2
}

// spelt is a word that may have been meant.
type spelt struct {
	word  string
	wrong float64 // how far it is from what was typed
	count int     // of the documents that may be seen with it
	named bool    // it is in a name
}

// spellings are the words nearest to one that nobody knows, with so many letters
// wrong at the most, the likeliest first.
func (sc *Scope) spellings(ctx context.Context, word string, allowed int) ([]spelt, error) {
	if allowed == 0 {
		return nil, nil
	}
	dict, err := sc.snapshot.reader.FieldDictFuzzy(wordField, word, allowed, "")
	if err != nil {
		return nil, err
	}
	near, err := read(ctx, dict, func(e *api.DictEntry) bool { return e.Term != word && len(e.Term) > 2 && !dropped[e.Term] })
	if err != nil {
		return nil, err
	}
	var list []spelt
	for _, c := range near {
		d := record.Distance(word, c.term, allowed)
		if d > allowed {
			continue
		}
		count, err := sc.seenIn(ctx, wordField, c.term, knownLimit)
		if err != nil {
			return nil, err
		}
		if count == 0 {
			continue
		}
		named, err := sc.named(ctx, c.term)
		if err != nil {
			return nil, err
		}
		if !named && !likelySlip(word, c.term, allowed) {
			continue
		}
		list = append(list, spelt{c.term, misspelling(word, c.term, d, named), count, named})
	}
	slices.SortFunc(list, func(a, b spelt) int {
		return cmp.Or(cmp.Compare(a.wrong, b.wrong), -cmp.Compare(a.count, b.count), cmp.Compare(a.word, b.word))
	})
	return list, nil
}

// named tells whether the word is in a name or alias, that may be seen, of a
// record that is no text.
func (sc *Scope) named(ctx context.Context, term string) (bool, error) {
	return sc.inFields(ctx, term, fields[:2])
}

// inFields tells whether the word is in one of the fields, that may be seen, of a
// record that is no text.
func (sc *Scope) inFields(ctx context.Context, term string, list []field) (bool, error) {
	s := sc.snapshot
	for _, f := range list {
		t, err := s.term(f.name, term)
		if err != nil {
			return false, err
		}
		found, looked := false, 0
		err = t.each(ctx, func(doc uint64) bool {
			seg, i := s.at(doc)
			found = seg.kinds[i] != record.WeeknoteKind && sc.seen(seg, i)
			looked++
			return found || looked == 1000
		})
		if found || err != nil {
			return found, err
		}
	}
	return false, nil
}
