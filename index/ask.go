package index

import (
	"slices"
	"strings"

	"lotigraph/record"
)

// A question in words ("which boroughs joined the playbook?") is no list of
// words that a record must have. It is searched for by most of its words, those
// left out that only ask, and what goes by a name in it is found by that name.
// The result says so.

// question tells whether the query is one: words only, that begin with a word
// that asks or end with a question mark.
func isQuestion(text string, list []token) bool {
	words := 0
	for _, t := range list {
		if t.sort != wordToken && t.sort != dateToken {
			return false
		}
		words++
	}
	return words > 2 && (strings.HasSuffix(text, "?") || asks[record.Fold(list[0].text)])
}

// ofQuestion is a question as what is searched for; nil when it only asks. The
// time that it asks about must hold.
func ofQuestion(list []token) *node {
	n := &node{op: mostOf}
	var when *node
	seen := map[string]bool{}
	for _, t := range list {
		if t.sort == dateToken {
			when = join(andOf, when, meantNode(t.text, t.period))
			continue
		}
		folded := record.Fold(t.text)
		if seen[folded] || saysKind(folded) {
			continue
		}
		seen[folded] = true
		if kid := clauseNode(t.text, false, false); kid != nil {
			n.kids = append(n.kids, kid)
		}
	}
	switch len(n.kids) {
	case 0:
		return when
	case 1:
		n = n.kids[0]
	}
	return join(andOf, n, when)
}

// most is how many of n words of a question a record must have.
func most(n int) int {
	if n <= 3 {
		return max(1, n-1)
	}
	return (n*3 + 4) / 5
}

// namesIn are the names that may stand in a question: its words in a row, the
// longest first.
func namesIn(list []token) []string {
	var words []string
	for _, t := range list {
		words = append(words, strings.Fields(record.Fold(t.text))...)
	}
	words = words[:min(len(words), maxAsked)]
	var names []string
	for n := min(len(words), maxNameAsked); n > 0; n-- {
		for i := 0; i+n <= len(words); i++ {
			if n > 1 || !saysKind(words[i]) {
				names = append(names, strings.Join(words[i:i+n], " "))
			}
		}
	}
	return names
}

const (
	maxAsked     = 24 // words of a question that names are looked for in
	maxNameAsked = 10 // words of such a name
)

// named are the documents that go by a name in the question: how many words the
// longest such name has.
func (r *run) named() (map[uint64]int, error) {
	all := map[uint64]int{}
	var taken []string
	for _, name := range r.asked.named {
		if slices.ContainsFunc(taken, func(longer string) bool { return strings.Contains(" "+longer+" ", " "+name+" ") }) {
			continue // the longer name says what is meant
		}
		found, err := r.exact([]string{name})
		if err != nil {
			return nil, err
		}
		for doc := range found {
			if seg, i := r.s.at(doc); r.scope.seen(seg, i) {
				all[doc] = max(all[doc], strings.Count(name, " ")+1)
				taken = append(taken, name)
			}
		}
	}
	return all, nil
}
