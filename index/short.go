package index

import (
	"context"
	"slices"
	"strings"

	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// People shorten names as they type: "tower ham", "south glos" for
// Gloucestershire, "gtf" for the Good Things Foundation.

const (
	leastShort   = 3 // letters of what may be short for something
	mostInitials = 8
	maxShort     = 4 // names that one word may be short for
)

// lengthen takes a word that is found nowhere as short for words of names, unless
// it was corrected to one, and tells whether it did.
func (r *run) lengthen(c *clause, word string) (bool, error) {
	if len(word) < leastShort || c.quoted {
		return false, nil
	}
	if named, err := r.anyNamed(c.fixes); err != nil || named {
		return false, err
	}
	c.starts = nil
	for _, longer := range [...]func(context.Context, string) ([]string, error){r.scope.initials, r.scope.starts, r.scope.contracted} {
		var err error
		if c.starts, err = longer(r.ctx, word); err != nil {
			return false, err
		}
		if len(c.starts) > 0 {
			c.fixes, r.loose = nil, true
			return true, nil
		}
	}
	return false, nil
}

// anyNamed tells whether one of the words is in a name.
func (r *run) anyNamed(words []string) (bool, error) {
	for _, word := range words {
		if named, err := r.scope.named(r.ctx, word); err != nil || named {
			return named, err
		}
	}
	return false, nil
}

// starts are words of names, of records that may be seen, that begin with a word.
func (sc *Scope) starts(ctx context.Context, prefix string) ([]string, error) {
	return sc.nameTerms(ctx, prefix, maxStarts, func(term string) bool { return term != prefix })
}

// beginnings are, for the words of some clauses, the words of names that go on from
// them, of names that have all of them.
func (sc *Scope) beginnings(ctx context.Context, clauses []*clause) (map[string][]string, error) {
	var typed []string
	for _, c := range clauses {
		word, ok := c.single()
		if !ok {
			return nil, nil
		}
		typed = append(typed, word)
	}
	if len(typed) < 2 || len(typed) > maxTyped {
		return nil, nil
	}
	found := suggester{scope: sc, words: typed, folded: strings.Join(typed, " "), best: map[ord]suggested{}}
	if err := found.exact(ctx); err != nil {
		return nil, err
	}
	longer := map[string][]string{}
	for _, s := range found.best {
		if s.kind == record.WeeknoteKind {
			continue
		}
		for _, known := range strings.Fields(s.name) {
			for _, word := range typed {
				if strings.HasPrefix(known, word) && known != word && !slices.Contains(longer[word], known) {
					longer[word] = append(longer[word], known)
				}
			}
		}
	}
	for word, list := range longer {
		slices.Sort(list)
		longer[word] = list[:min(len(list), maxEndings)]
	}
	return longer, nil
}

// contracted are words of names of which a word leaves letters out: "glos" for
// "gloucestershire". The first letters must be there.
func (sc *Scope) contracted(ctx context.Context, word string) ([]string, error) {
	const kept = 2
	if len(word) <= leastShort {
		return nil, nil
	}
	return sc.nameTerms(ctx, word[:kept], maxShort, func(term string) bool {
		return 2*len(term) >= 3*len(word) && leavesOut(term, word)
	})
}

// leavesOut tells whether word is term without some of its letters.
func leavesOut(term, word string) bool {
	for i := range len(word) {
		at := strings.IndexByte(term, word[i])
		if at < 0 {
			return false
		}
		term = term[at+1:]
	}
	return true
}

// nameTerms are the words of names that begin with a prefix and may be seen, as
// many as most of those that are wanted.
func (sc *Scope) nameTerms(ctx context.Context, prefix string, most int, wanted func(term string) bool) (list []string, err error) {
	for _, f := range fields[:2] {
		dict, err := sc.snapshot.reader.FieldDictPrefix(f.name, []byte(prefix))
		if err != nil {
			return nil, err
		}
		found, err := read(ctx, dict, func(e *api.DictEntry) bool { return wanted(e.Term) && !slices.Contains(list, e.Term) })
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			if len(list) == most {
				return list, nil
			}
			if named, err := sc.named(ctx, c.term); err != nil {
				return nil, err
			} else if named {
				list = append(list, c.term)
			}
		}
	}
	return list, nil
}

// initials are the names whose words begin with the letters of a word, small
// words counted or not; where none does, the parts of names that do.
func (sc *Scope) initials(ctx context.Context, word string) ([]string, error) {
	if len(word) > mostInitials || strings.ContainsFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return nil, nil
	}
	var whole, parts []string
	looked := 0
	for k := range sc.snapshot.segments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		seg := &sc.snapshot.segments[k]
		names := sc.snapshot.namesOf(seg)
		for _, w := range names.within(names.words, word[:1]) {
			if !sc.seen(seg, int(w.doc)) || seg.gone(int(w.doc)) {
				continue
			}
			if looked++; looked > maxThings {
				break
			}
			long, all := abbreviated(names.from(w), word)
			if long == "" {
				continue
			}
			list := &parts
			if all && w.at == 0 {
				list = &whole
			}
			if !slices.Contains(*list, long) && len(*list) < maxShort {
				*list = append(*list, long)
			}
		}
	}
	if len(whole) > 0 {
		return whole, nil
	}
	return parts, nil
}

// abbreviated is the beginning of a folded name that the letters stand for, ""
// for none, and whether that is all of it.
func abbreviated(name, letters string) (long string, all bool) {
	end, at := 0, 0
	for _, word := range strings.Fields(name) {
		if at == len(letters) {
			return strings.TrimSuffix(name[:end], " "), false
		}
		switch {
		case word[0] == letters[at]:
			at++
		case !dropped[word]:
			return "", false
		}
		end += len(word) + 1
	}
	if at < len(letters) {
		return "", false
	}
	return name, true
}
