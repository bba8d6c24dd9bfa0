package index

import (
	"context"
	"slices"
)

// finder makes what finds one query's parts.
type finder struct {
	ctx   context.Context
	scope *Scope
	fixed bool // corrections count as well
	known *lookups
}

// lookups are what a query has looked up; it asks for the same again and again.
type lookups struct {
	terms map[[2]string]*term       // by field and text
	cut   map[string][each][]string // by text and analyser
	alone []int                     // see run.alone; nil until then
}

func newLookups() *lookups {
	return &lookups{terms: map[[2]string]*term{}, cut: map[string][each][]string{}}
}

// find finds what has the part, or lacks it where the part says so.
func (f finder) find(n *node) (finding, error) {
	switch n.op {
	case isAll:
		return every{s: f.scope.snapshot}, nil
	case isNothing:
		return none{}, nil
	case isField:
		return every{f.scope.snapshot, func(seg *segment, i int) bool { return n.field.choice.admits(f.scope, seg, i) }}, nil
	case isClause:
		return f.clause(n.clause)
	case isMeant:
		return f.meant(n)
	case orOf:
		return f.any(n.kids, &anyOf{least: 1})
	case mostOf:
		return f.any(n.kids, &anyOf{least: most(len(n.kids)), of: len(n.kids)})
	case notOf:
		return f.all([]*node{n})
	}
	return f.all(n.kids)
}

// any finds what has some of the parts.
func (f finder) any(kids []*node, a *anyOf) (finding, error) {
	for _, kid := range kids {
		found, err := f.find(kid)
		if err != nil {
			return nil, err
		}
		a.add(found, 1)
	}
	return a, nil
}

// all finds what has every part, and nothing that is behind a NOT.
func (f finder) all(kids []*node) (finding, error) {
	var having, lacking []finding
	for _, kid := range kids {
		list, one := &having, kid
		if kid.op == notOf {
			list, one = &lacking, kid.kids[0]
		}
		found, err := f.find(one)
		if err != nil {
			return nil, err
		}
		*list = append(*list, found)
	}
	if len(having) == 0 {
		having = append(having, every{s: f.scope.snapshot})
	}
	if len(having) == 1 && len(lacking) == 0 {
		return having[0], nil
	}
	return newAllOf(having, lacking), nil
}

// clause looks for a word or phrase in every field.
func (f finder) clause(c *clause) (*anyOf, error) {
	a := &anyOf{least: 1}
	if err := f.addText(a, c.text, 1); err != nil {
		return nil, err
	}
	for _, text := range f.others(c) {
		if err := f.addText(a, text, lesser); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// addText adds the fields that have a text, each with its weight.
func (f finder) addText(a *anyOf, text string, weight float64) error {
	for i := range fields {
		found, err := f.in(&fields[i], text, weights)
		if err != nil {
			return err
		}
		if found != nil {
			a.add(found, weight*fields[i].weight)
		}
	}
	return nil
}

// others are what counts as the clause, beside itself.
func (f finder) others(c *clause) []string {
	list := c.endings
	if f.fixed {
		list = slices.Concat(list, c.fixes, c.starts)
	}
	return list
}

// placing is a finding that can say where it found what.
type placing interface {
	finding
	read(yield func(spot))
}

// in looks for a text in one field, nil where it cannot be there.
func (f finder) in(field *field, text string, d detail) (placing, error) {
	terms := f.cut(field.words, text)
	switch len(terms) {
	case 0:
		return nil, nil
	case 1:
		c, err := f.cursor(field, terms[0], d)
		if err != nil || c.count == 0 {
			return nil, err
		}
		return c, nil
	}
	p, err := newPhrase(f.ctx, terms, func(word string) (*cursor, error) { return f.cursor(field, word, spots) })
	if err != nil || p.most() == 0 {
		return nil, err
	}
	return p, nil
}

// cursor goes through the documents that have a term in a field.
func (f finder) cursor(field *field, text string, d detail) (*cursor, error) {
	t, err := f.term(field.name, text)
	if err != nil {
		return nil, err
	}
	c := t.cursor(d)
	if t.count > 0 && d >= weights {
		var idf float64
		idf, err = f.scope.rarity(f.ctx, field.name, text, t)
		c.weight = newTermWeight(idf, field.usual)
	}
	return c, err
}

func (f finder) term(field, text string) (*term, error) {
	key := [2]string{field, text}
	if t, ok := f.known.terms[key]; ok {
		return t, nil
	}
	t, err := f.scope.snapshot.term(field, text)
	if err == nil {
		f.known.terms[key] = t
	}
	return t, err
}

// cut is a text as the words of a field.
func (f finder) cut(a analyser, text string) []string {
	both, ok := f.known.cut[text]
	if !ok {
		both = [each][]string{asIs: asIs.terms(text), stemmed: stemmed.terms(text)}
		f.known.cut[text] = both
	}
	return both[a]
}
