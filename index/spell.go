package index

import (
	"fmt"
	"slices"
	"strings"

	"lotigraph/record"
)

// maxFixed is how many words of a query are corrected, and maxFixes to how many
// words each.
const (
	maxFixed = 6
	maxFixes = 3
	maxOpen  = 4 // words that go on
)

// spell finds the ends of words that go on, and corrections for words that no
// record has which the viewer may see. It looks at no choice, so that what is
// found with a choice is always part of what is found without it.
func (r *run) spell() error {
	left, open := maxFixed, maxOpen
	for _, c := range r.words.clauses() {
		terms := asIs.terms(c.text)
		if len(terms) != 1 || c.literal {
			continue
		}
		if c.prefix && open > 0 {
			open--
			var more bool
			var err error
			if c.endings, more, err = r.scope.endings(r.ctx, terms[0]); err != nil {
				return err
			}
			if more {
				r.asked.ignore(fmt.Sprintf("Only the %d commonest words that begin with “%s” were searched for.", maxEndings, c.text))
			}
		}
		if left == 0 || len(c.endings) > 0 {
			continue
		}
		fixed, err := r.fix(c, terms[0])
		if err != nil {
			return err
		}
		if fixed {
			left--
		}
	}
	r.suggestText()
	return nil
}

// fix corrects a word that is found nowhere, or nearly, and tells whether it did.
func (r *run) fix(c *clause, word string) (bool, error) {
	found, err := r.foundBy(c)
	if err != nil || found > tooFew {
		return false, err
	}
	if named, err := r.scope.inFields(r.ctx, word, fields[:1]); err != nil || named {
		return false, err // so it is spelt
	}
	list, err := r.scope.spellings(r.ctx, word, edits(word))
	if err != nil {
		return false, err
	}
	for _, s := range list {
		if len(c.fixes) == maxFixes || found > 0 && s.count < 2*found {
			break
		}
		if found > 0 && !likelySlip(word, s.word, edits(word)) {
			continue
		}
		if found > 0 { // the word is there: only a name is likelier
			if named, err := r.scope.named(r.ctx, s.word); err != nil {
				return false, err
			} else if !named {
				continue
			}
		}
		if len(c.fixes) > 0 && s.wrong > list[0].wrong+0.5 {
			break // what is much further off was not meant
		}
		c.fixes = append(c.fixes, s.word)
	}
	if found == 0 {
		if half, err := r.isHalf(c); err != nil || half {
			return len(c.fixes) > 0, err
		}
		if longer, err := r.lengthen(c, word); err != nil || longer {
			return longer, err
		}
	}
	if len(c.fixes) == 0 && found == 0 {
		if two, err := r.parted(word); err != nil || two == "" {
			return false, err
		} else {
			c.fixes = []string{two}
		}
	}
	return len(c.fixes) > 0, nil
}

// foundBy counts the records that may be seen with the clause in them, as far as
// it matters.
func (r *run) foundBy(c *clause) (int, error) {
	found, err := r.finder(false).clause(c)
	if err != nil {
		return 0, err
	}
	count := 0
	for doc := uint64(0); count <= tooFew; doc++ {
		if doc, err = found.seek(doc); err != nil || doc == noMore {
			return count, err
		}
		if seg, i := r.s.at(doc); r.scope.seen(seg, i) {
			count++
		}
	}
	return count, nil
}

// suggestText writes the query with the likeliest corrections in it.
func (r *run) suggestText() {
	r.didYouMean = ""
	text, at := r.asked.text, 0
	changed := false
	for _, c := range r.words.clauses() {
		i := strings.Index(text[at:], c.text)
		if i < 0 {
			continue
		}
		at += i
		to := c.text
		if len(c.fixes) > 0 {
			to, changed = c.fixes[0], true
		}
		text = text[:at] + to + text[at+len(c.text):]
		at += len(to)
	}
	if changed {
		r.didYouMean = text
	}
}

// fixedNames are the whole names that the corrected query may be.
func (r *run) fixedNames() []string {
	if !r.asked.plain() {
		return nil
	}
	list := []string{""}
	for _, kid := range r.words.parts() {
		var typed []string
		switch kid.op {
		case isClause:
			typed = slices.Concat([]string{kid.clause.text}, kid.clause.fixes, kid.clause.starts)
		case isMeant:
			typed = []string{kid.field.Value}
		default:
			continue
		}
		var longer []string
		for _, text := range typed {
			for _, before := range list {
				if len(longer) < 64 {
					longer = append(longer, strings.TrimSpace(before+" "+text))
				}
			}
		}
		list = longer
	}
	for i, name := range list {
		list[i] = record.Fold(name)
	}
	return slices.Compact(list)
}

// instead is what the query would find without one of its parts, for those that
// would find something: the one that finds most first.
func (r *run) instead() ([]Hint, error) {
	parts := r.asked.root.parts()
	if len(parts) < 2 || len(parts) > maxHints {
		return nil, nil
	}
	var hints []Hint
	for i, part := range parts {
		if part.op == notOf {
			continue
		}
		less := r.without(slices.Delete(slices.Clone(parts), i, i+1), false)
		if err := less.resolve(); err != nil {
			return nil, err
		}
		if err := less.collect(); err != nil {
			return nil, err
		}
		if n := less.collector.total; n > 0 {
			hints = append(hints, Hint{part.String(), n})
		}
	}
	slices.SortStableFunc(hints, func(a, b Hint) int { return b.Total - a.Total })
	return hints, nil
}

// without is the run with other parts, and with the choices that were given or
// with none.
func (r *run) without(parts []*node, free bool) *run {
	q := r.q
	q.First, q.After, q.Snippets, q.Facets, q.Explain = 1, "", 0, nil, false
	less := &run{s: r.s, q: q, ctx: r.ctx, scope: r.scope, joined: map[ord]*joined{}, lookups: r.lookups, met: map[uint64]bool{},
		collector: collector{size: 1, scope: r.scope}, didYouMean: r.didYouMean, loose: r.loose}
	for _, c := range r.choices {
		if c.given && !free {
			less.choices = append(less.choices, c)
		}
	}
	if free {
		parts = slices.DeleteFunc(slices.Clone(parts), func(n *node) bool { return n.op == isField })
	}
	less.asked.root = &node{op: andOf, kids: parts}
	if len(parts) == 0 {
		less.asked.root = &node{op: isAll}
	}
	return less
}

// maxHints is how many parts a query may have and still be tried without each.
const maxHints = 12
