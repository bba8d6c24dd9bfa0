package index

import (
	"fmt"
	"slices"
	"strings"

	"lotigraph/record"
)

// The language of queries. The table is also in docs/search.md, for those who
// type them.
//
//	camden playbook        both words, in any order, each in any field
//	camden AND playbook    the same
//	camden OR brent        either; AND, or nothing, binds tighter than OR
//	(camden OR brent) map  brackets say what belongs together
//	NOT camden, -camden    without it
//	"data standards"       the words next to each other, in one field;
//	                       curly quotes do as well
//	co-design, R&D         words joined by - . & _ or @ are such a phrase too, and
//	75,000                 numbers with a comma
//	procure*               words that begin so
//	may 2021               texts of that time and what says so, see dates.go
//	the playbook           common words ("the", "of") are left out beside others
//	camden weeknotes       weeknotes with the other word, and what says "weeknotes";
//	                       "blogs and weeknotes" are texts of either form
//	latest weeknotes       texts of a form, the newest first
//	blogs by eddie         texts that somebody wrote
//	kind:project           fields, see keys.go; a value of several words stands
//	borough:"Tower Hamlets"  in quotes
//
// AND, OR and NOT are in capitals; small, they are words. Every other character
// parts words. Nothing that is typed is an error: what makes no sense is left
// out, and the result says so. A query with no letter or digit in it finds
// nothing, an empty one everything.
const (
	maxQuery  = 10_000 // bytes of a query that are read
	maxWords  = 64     // words that are searched for; what follows is not
	maxFields = 16
	maxDepth  = 20 // brackets within brackets
)

// A clause is a word or phrase that a record must have.
type clause struct {
	text    string
	quoted  bool
	literal bool     // it is never taken for another word
	prefix  bool     // its last word may go on
	endings []string // words that begin with it
	fixes   []string // words to search for as well, since the word is found nowhere
	starts  []string // words of names that begin with it, where nothing else is found
}

// op is what a node of a query does with the nodes below it.
type op uint8

const (
	isNothing op = iota // found nowhere
	isAll               // every record
	isClause
	isField
	andOf
	orOf
	notOf
	mostOf  // of a question's words
	isMeant // of that time or form, or with its words
)

// node is a part of a query.
type node struct {
	op     op
	kids   []*node
	clause *clause
	field  *Field
}

// Field is a restriction that was typed: "borough:camden".
type Field struct {
	Key   Key
	Value string // as it was typed

	soft   bool   // it was typed as words
	choice choice // what it means
	words  *node  // what it means when the value is none
}

// question is a query's text, understood.
type question struct {
	text    string // as it was read
	all     bool   // nothing was typed
	root    *node
	exact   []string // what may be whole names, folded as names are
	named   []string // what in a question may be names, likewise
	newest  bool     // the newest is asked for first
	ignored []string // what was left out, as sentences
}

// parse reads a query; prefix says that its last word may go on.
func parse(text string, prefix bool) question {
	q := question{root: &node{op: isAll}}
	full := len(text)
	text, changed := clean(text)
	if full > maxQuery {
		q.ignore(fmt.Sprintf("Only the first %d of %d bytes were read.", maxQuery, full))
	}
	if changed {
		q.ignore("Characters that do not show were ignored.")
	}
	q.text = strings.TrimSpace(text)
	if q.text == "" {
		q.all = full == 0 || !changed
		if !q.all {
			q.root.op = isNothing
		}
		return q
	}
	p := parser{q: &q, list: withDates(text, tokens(text, q.ignore))}
	p.shorten()
	p.newestFirst()
	p.writtenBy()
	if isQuestion(q.text, p.list) {
		if asked := ofQuestion(p.list); asked != nil {
			q.exact, q.named = []string{record.Fold(q.text)}, namesIn(p.list)
			q.root = asked
			return q
		}
	}
	if prefix {
		p.openEnd()
	}
	root := p.or(0)
	for p.at < len(p.list) { // a bracket that closes none
		p.at++
		q.ignore("A bracket that closes none was ignored.")
		root = join(andOf, root, p.or(0))
	}
	if root == nil {
		root = &node{op: isNothing}
	}
	q.exact = names(root)
	q.root = tidy(root)
	eitherForm(q.root)
	return q
}

func (q *question) ignore(sentence string) {
	if !slices.Contains(q.ignored, sentence) {
		q.ignored = append(q.ignored, sentence)
	}
}

// parser reads tokens; every method returns nil for what says nothing.
type parser struct {
	q    *question
	list []token
	at   int
}

// shorten leaves out the words and fields beyond what is searched for.
func (p *parser) shorten() {
	words, fields, seen := 0, 0, map[string]bool{}
	p.list = slices.DeleteFunc(p.list, func(t token) bool {
		switch t.sort {
		case fieldToken:
			if fields++; fields > maxFields {
				p.q.ignore(fmt.Sprintf("Only the first %d fields were read.", maxFields))
				return true
			}
		case wordToken, prefixToken, phraseToken, dateToken:
			if folded := record.Fold(t.text); seen[folded] && words >= maxWords {
				return true
			} else if !seen[folded] {
				seen[folded] = true
				words += len(asIs.terms(t.text))
			}
			if words > maxWords {
				p.q.ignore(fmt.Sprintf("Only the first %d words were searched for.", maxWords))
				return true
			}
		}
		return false
	})
}

// openEnd lets the word that the query ends with go on.
func (p *parser) openEnd() {
	if last := len(p.list) - 1; last >= 0 && p.list[last].sort == wordToken {
		p.list[last].sort = prefixToken
	}
}

func (p *parser) peek() (tokenSort, bool) {
	if p.at < len(p.list) {
		return p.list[p.at].sort, true
	}
	return 0, false
}

func (p *parser) or(depth int) *node {
	left := p.and(depth)
	for {
		if s, ok := p.peek(); !ok || s != orToken {
			return left
		}
		p.at++
		right := p.and(depth)
		if left == nil || right == nil {
			p.q.ignore("“OR” was ignored, since it has nothing on one side.")
		}
		left = join(orOf, left, right)
	}
}

func (p *parser) and(depth int) *node {
	var left *node
	for {
		s, ok := p.peek()
		switch {
		case !ok || s == orToken || s == closeToken:
			return left
		case s == andToken:
			p.at++
			after, ok := p.peek()
			if left == nil || !ok || after == orToken || after == closeToken || after == andToken {
				p.q.ignore("“AND” was ignored, since it has nothing on one side.")
			}
			continue
		}
		left = join(andOf, left, p.not(depth))
	}
}

func (p *parser) not(depth int) *node {
	if s, ok := p.peek(); !ok || s != notToken {
		return p.term(depth)
	}
	negated, begun := false, p.at
	for {
		s, ok := p.peek()
		if !ok || s != notToken {
			break
		}
		negated = !negated
		p.at++
	}
	var kid *node
	if s, ok := p.peek(); ok && s != orToken && s != andToken && s != closeToken {
		kid = p.term(depth)
	}
	if kid == nil {
		p.q.ignore("“" + p.list[begun].text + "” was ignored, since it has nothing behind it.")
		return nil
	}
	if !negated {
		return kid
	}
	return &node{op: notOf, kids: []*node{kid}}
}

func (p *parser) term(depth int) *node {
	t := p.list[p.at]
	p.at++
	switch t.sort {
	case openToken:
		return p.bracket(depth)
	case fieldToken:
		f := &Field{Key: t.key, soft: t.soft, Value: strings.Join(strings.Fields(t.text), " ")}
		f.words = clauseNode(t.text, false, false)
		if t.loose {
			f.words = join(andOf, clauseNode(t.key.String(), false, false), f.words)
		}
		return &node{op: isField, field: f}
	case dateToken:
		return meantNode(t.text, t.period)
	case wordToken:
		if means, ok := formMeant(t.text); ok {
			return meantNode(t.text, means)
		}
	}
	return clauseNode(t.text, t.sort == phraseToken, t.sort == prefixToken)
}

func (p *parser) bracket(depth int) *node {
	if depth >= maxDepth {
		p.q.ignore(fmt.Sprintf("Brackets within more than %d brackets were ignored.", maxDepth))
		return nil // what follows is read as if the bracket were not there
	}
	kid := p.or(depth + 1)
	if s, ok := p.peek(); ok && s == closeToken {
		p.at++
	} else {
		p.q.ignore("A bracket that is never closed was ignored.")
	}
	return kid
}

// clauseNode is a word or phrase, nil when it has no letter or digit.
func clauseNode(text string, quoted, prefix bool) *node {
	text = strings.TrimSpace(text)
	if record.Fold(text) == "" && len(asIs.terms(text)) == 0 {
		return nil
	}
	return &node{op: isClause, clause: &clause{text: text, quoted: quoted, prefix: prefix}}
}

// join puts two parts together; either may be nil.
func join(o op, a, b *node) *node {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	if a.op != o {
		a = &node{op: o, kids: []*node{a}}
	}
	if b.op == o {
		a.kids = append(a.kids, b.kids...)
	} else {
		a.kids = append(a.kids, b)
	}
	return a
}
