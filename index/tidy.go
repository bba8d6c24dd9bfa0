package index

import (
	"slices"
	"strings"

	"lotigraph/record"
)

// tidy leaves out common words beside others and what is there twice.
func tidy(n *node) *node {
	for i, kid := range n.kids {
		n.kids[i] = tidy(kid)
	}
	if n.op != andOf && n.op != orOf {
		return n
	}
	others := n.op == andOf && slices.ContainsFunc(n.kids, func(k *node) bool { return k.op == isMeant || k.op == isClause && !k.clause.common() })
	type key struct {
		words  string
		prefix bool
		quoted bool
	}
	seen := map[key]bool{}
	n.kids = slices.DeleteFunc(n.kids, func(k *node) bool {
		if k.op != isClause {
			return false
		}
		one := key{strings.Join(asIs.terms(k.clause.text), " "), k.clause.prefix, k.clause.quoted && n.op == orOf}
		twice := seen[one]
		seen[one] = true
		return twice || others && k.clause.common()
	})
	if len(n.kids) == 1 {
		return n.kids[0]
	}
	return n
}

// common tells whether the clause is a common word and nothing else.
func (c *clause) common() bool {
	return !c.quoted && !c.prefix && dropped[strings.ToLower(record.Fold(c.text))]
}

// names are what in a query may be the whole name of a record: the words of the
// query, or of a side of its OR.
func names(n *node) []string {
	switch n.op {
	case isClause:
		return []string{record.Fold(n.clause.text)}
	case isMeant:
		return []string{record.Fold(n.field.Value)}
	case andOf:
		var words []string
		for _, kid := range n.kids {
			switch kid.op {
			case isClause:
				words = append(words, kid.clause.text)
			case isMeant:
				words = append(words, kid.field.Value)
			case orOf, andOf:
				return nil
			}
		}
		return []string{record.Fold(strings.Join(words, " "))}
	case orOf:
		var all []string
		for _, kid := range n.kids {
			all = append(all, names(kid)...)
		}
		return all
	}
	return nil
}

// plain tells whether the query is words and phrases that must all be there,
// beside fields: what then goes by its whole name is found by that name.
func (q *question) plain() bool {
	for _, kid := range q.root.parts() {
		if kid.op != isClause && kid.op != isField && kid.op != isMeant {
			return false
		}
	}
	return true
}

// parts are what must all hold.
func (n *node) parts() []*node {
	if n.op == andOf {
		return n.kids
	}
	return []*node{n}
}

// each calls f with every clause that what is found has, in the order in which
// they were typed: not those behind a NOT.
func (n *node) each(f func(*clause)) {
	switch n.op {
	case isClause:
		f(n.clause)
	case andOf, orOf, mostOf, isMeant:
		for _, kid := range n.kids {
			kid.each(f)
		}
	}
}

// clauses are those of each.
func (n *node) clauses() []*clause {
	var list []*clause
	n.each(func(c *clause) { list = append(list, c) })
	return list
}

// fields calls f with every field of the query.
func (n *node) fields(f func(*Field)) {
	if n.op == isField {
		f(n.field)
	}
	for _, kid := range n.kids {
		kid.fields(f)
	}
}
