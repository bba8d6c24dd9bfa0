package index

import (
	"slices"
	"strings"
)

// What is done with a query that finds nothing, one step after the other until
// something is found. No step looks at a choice, so that what is found with a
// choice is always part of what is found without it.

// maxLoose is how many words are taken for others where nothing is found.
const maxLoose = 6

// loosen takes the words of a query that finds nothing as one where two of them
// make a word, "week note"; or else as the beginnings of words of names, "tower
// ham"; or else as misspelt, though there are such words; and then asks for most
// of many words only. Where something is chosen, the words are read without it.
func (r *run) loosen() error {
	defer r.forget()
	if !r.asked.plain() || r.words.op == isAll || r.words.op == isNothing {
		return nil
	}
	if len(r.choices) == 0 {
		_, err := r.reread()
		return err
	}
	free := r.without(r.asked.root.parts(), true)
	root := free.asked.root
	free.asked = r.asked
	free.asked.root = root
	if err := free.resolve(); err != nil {
		return err
	}
	if err := free.collect(); err != nil || free.collector.total > 0 {
		return err
	}
	if found, err := free.reread(); err != nil || !found {
		return err
	}
	r.words, r.didYouMean, r.loose = free.words, free.didYouMean, free.loose
	return r.collect()
}

// reread takes the steps until one finds something. Nothing is chosen, so a step that
// finds nothing has counted nothing either.
func (r *run) reread() (found bool, err error) {
	for _, step := range [...]func() (found bool, err error){r.joinWords, r.begin, r.respell, r.relate, r.mostly} {
		if found, err := step(); err != nil || found {
			return found, err
		}
	}
	return false, nil
}

// forget leaves out what words are short for where that finds nothing.
func (r *run) forget() {
	if r.collector.total > 0 {
		return
	}
	r.loose = false
	for _, c := range r.words.clauses() {
		c.starts = nil
	}
}

// retry searches again and tells whether that finds something.
func (r *run) retry() (bool, error) {
	err := r.collect()
	return r.collector.total > 0, err
}

// readings are what the words of a query may stand for.
type readings struct {
	fixes, starts [][]string
	didYouMean    string
	loose         bool
}

func (r *run) readings() (kept readings) {
	kept.didYouMean, kept.loose = r.didYouMean, r.loose
	for _, c := range r.words.clauses() {
		kept.fixes, kept.starts = append(kept.fixes, c.fixes), append(kept.starts, c.starts)
	}
	return kept
}

// restore takes back what a step tried.
func (r *run) restore(kept readings) {
	r.didYouMean, r.loose = kept.didYouMean, kept.loose
	for i, c := range r.words.clauses() {
		c.fixes, c.starts = kept.fixes[i], kept.starts[i]
	}
}

// begin takes words as the beginnings of words of names, those that were corrected
// to one as that: first of one name that has them all, then of any.
func (r *run) begin() (bool, error) {
	kept := r.readings()
	together, err := r.scope.beginnings(r.ctx, r.words.clauses())
	if err != nil {
		return false, err
	}
	any := false
	for _, c := range r.words.firstClauses() {
		word, ok := c.single()
		if longer := together[word]; ok && len(longer) > 0 {
			c.starts, c.fixes, r.loose, any = longer, nil, true, true
		}
	}
	if found, err := r.tried(any, kept); err != nil || found {
		return found, err
	}
	if any, err = r.beginAny(); err != nil {
		return false, err
	}
	return r.tried(any, kept)
}

// beginAny takes every word as the beginning of some word of a name.
func (r *run) beginAny() (any bool, err error) {
	for _, c := range r.words.firstClauses() {
		word, ok := c.single()
		if !ok || len(c.starts) > 0 {
			continue
		}
		if named, err := r.anyNamed(c.fixes); err != nil {
			return false, err
		} else if named {
			continue
		}
		starts, err := r.scope.starts(r.ctx, word)
		if err != nil {
			return false, err
		}
		if len(starts) > 0 {
			c.starts, c.fixes, r.loose, any = starts, nil, true, true
		}
	}
	return any, nil
}

// respell takes words for misspelt names that are found somewhere, but not with
// the others: first with as many letters wrong as ever, then with one more.
func (r *run) respell() (bool, error) {
	kept, wrong, err := r.misfits()
	if err != nil || len(wrong) == 0 {
		return false, err
	}
	for more := range 2 {
		found, err := r.replace(wrong, kept, func(c *clause) ([]string, error) { return r.respelt(c, more) })
		if err != nil || found {
			return found, err
		}
	}
	return false, nil
}

// misfits are the parts that are not found with the others, and how the words are
// read so far. One word alone has no others.
func (r *run) misfits() (kept readings, wrong []int, err error) {
	if kept = r.readings(); len(kept.fixes) < 2 {
		return kept, nil, nil
	}
	wrong, err = r.alone()
	return kept, wrong, err
}

// relate takes such words for others that begin as they do: "rough sleepers" for
// "sleeping".
func (r *run) relate() (bool, error) {
	kept, wrong, err := r.misfits()
	if err != nil || len(wrong) == 0 {
		return false, err
	}
	return r.replace(wrong, kept, func(c *clause) ([]string, error) {
		word, ok := c.single()
		if !ok || len(word) < leastRelated || edits(word) == 0 {
			return nil, nil
		}
		family, _, err := r.scope.endings(r.ctx, strings.ToValidUTF8(word[:max(leastRelated, len(word)-ending)], ""))
		return slices.DeleteFunc(family, func(other string) bool { return len(other) > len(word)+ending }), err
	})
}

const (
	leastRelated = 5 // letters that words of one family begin with …
	ending       = 3 // … and what they end with
)

// replace searches again with other words in the place of some parts, those that
// are found with the rest, and tells whether it found something.
func (r *run) replace(wrong []int, kept readings, others func(*clause) ([]string, error)) (bool, error) {
	any := false
	for _, i := range wrong {
		parts := slices.Clone(r.asked.root.parts())
		c := parts[i].clause
		list, err := others(c)
		if err != nil {
			return false, err
		}
		var fixes []string
		for _, other := range list[:min(len(list), 2*maxFixes)] {
			parts[i] = clauseNode(other, false, false)
			if found, err := r.finds(parts); err != nil {
				return false, err
			} else if found && len(fixes) < maxFixes {
				fixes = append(fixes, other)
			}
		}
		if len(fixes) > 0 {
			c.fixes, any = fixes, true
		}
	}
	return r.tried(any, kept)
}

// alone are the words without which the query would find something, as places
// among its parts.
func (r *run) alone() (list []int, err error) {
	if r.lookups.alone != nil {
		return r.lookups.alone, nil
	}
	list = []int{}
	parts := r.asked.root.parts()
	for i, part := range parts[:min(len(parts), maxLoose)] {
		if part.op != isClause {
			continue
		}
		if found, err := r.finds(slices.Delete(slices.Clone(parts), i, i+1)); err != nil {
			return nil, err
		} else if found {
			list = append(list, i)
		}
	}
	r.lookups.alone = list
	return list, nil
}

// finds tells whether something that may be seen has all these parts, whatever the
// choices.
func (r *run) finds(parts []*node) (bool, error) {
	parts = slices.DeleteFunc(slices.Clone(parts), func(n *node) bool { return n.op == isField })
	found, err := r.finder(true).all(parts)
	if err != nil {
		return false, err
	}
	for n, doc := 0, uint64(0); ; n, doc = n+1, doc+1 {
		if n%1024 == 1023 && r.ctx.Err() != nil {
			return false, r.ctx.Err()
		}
		if doc, err = found.seek(doc); err != nil || doc == noMore {
			return false, err
		}
		if seg, i := r.s.at(doc); r.scope.seen(seg, i) {
			return true, nil
		}
	}
}

// respelt are the words of names that a word may have been meant as, with so many
// more letters wrong.
func (r *run) respelt(c *clause, more int) (words []string, err error) {
	word, ok := c.single()
	allowed := edits(word)
	if !ok || allowed == 0 || more > 0 && len(word) < leastMore {
		return nil, nil
	}
	list, err := r.scope.spellings(r.ctx, word, min(allowed+more, 2))
	for _, s := range list {
		if s.named && (more == 0 || s.word[0] == word[0]) {
			words = append(words, s.word)
		}
	}
	return words, err
}

// leastMore is how many letters a word has that may have one more wrong.
const leastMore = 5

// tried searches again if anything is to be tried, and takes it back where that
// finds nothing.
func (r *run) tried(any bool, kept readings) (bool, error) {
	if !any {
		return false, nil
	}
	r.suggestText()
	found, err := r.retry()
	if !found {
		r.restore(kept)
	}
	return found, err
}

// mostly searches without words that only ask, then without those that say of what
// kind the answer is, and then for most of many words.
func (r *run) mostly() (bool, error) {
	words := r.words
	for least, less := range [...]func(string) bool{onlyAsks, saysKind} {
		telling, others := tellingParts(words, less)
		if n := len(telling); n <= least || n+len(others) == len(words.parts()) {
			continue
		}
		r.words = allParts(telling, others)
		if found, err := r.retry(); err != nil || found {
			return found, err
		}
	}
	if telling, others := tellingParts(words, onlyAsks); len(telling) >= leastMany {
		r.words = allParts([]*node{{op: mostOf, kids: telling}}, others)
		if found, err := r.retry(); err != nil || found {
			return found, err
		}
	}
	r.words = words
	return false, nil
}

// tellingParts are the words of a query that say what it is about, and the parts
// that must hold in any case, like a time.
func tellingParts(n *node, less func(string) bool) (telling, others []*node) {
	for _, part := range n.parts() {
		switch {
		case part.op != isClause:
			others = append(others, part)
		case part.clause.quoted || !less(part.clause.text):
			telling = append(telling, part)
		}
	}
	return telling, others
}

// allParts is the node that asks for all of some.
func allParts(telling, others []*node) *node {
	if all := slices.Concat(telling, others); len(all) > 1 {
		return &node{op: andOf, kids: all}
	}
	return telling[0]
}

// leastMany is how many words are so many that most of them will do.
const leastMany = 4

// firstClauses are those that are taken for others where nothing is found.
func (n *node) firstClauses() []*clause {
	list := n.clauses()
	return list[:min(len(list), maxLoose)]
}

// single is the clause as the one word that it is and that may be taken for
// another; ok is false where it is none.
func (c *clause) single() (word string, ok bool) {
	terms := asIs.terms(c.text)
	if len(terms) != 1 || c.quoted || c.prefix || c.literal {
		return "", false
	}
	return terms[0], true
}
