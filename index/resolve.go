package index

import (
	"slices"
	"strings"

	"lotigraph/record"
)

// filters compiles the query's own restrictions.
func (r *run) filters() error {
	q := &r.q
	if len(q.Kinds) > 0 {
		c := choice{key: ByKind, given: true}
		for _, k := range q.Kinds {
			if k.Valid() {
				c.kinds[k] = true
				c.labels = append(c.labels, KindLabel(k))
			}
		}
		r.choices = append(r.choices, c)
	}
	if len(q.Forms) > 0 {
		c := choice{key: ByForm, given: true}
		for _, f := range q.Forms {
			c.forms[formNumber(f)] = true
			c.labels = append(c.labels, formLabel(f))
		}
		r.choices = append(r.choices, c)
	}
	for _, given := range q.Choices {
		c, err := given.compile(r.s)
		if err != nil {
			return record.Under("filter", err)
		}
		c.given, c.labels = true, append(c.labels, given.Labels...)
		r.choices = append(r.choices, c)
	}
	if c, ok := period(q.From, q.To); ok {
		r.choices = append(r.choices, c)
	}
	return nil
}

// resolve says what the fields of the query's text mean. Those that must hold
// become choices, the rest of the text is searched for.
func (r *run) resolve() error {
	root := r.asked.root
	if err := r.resolveIn(root); err != nil {
		return err
	}
	rest := &node{op: andOf}
	for _, part := range root.parts() {
		if part.op == isField {
			r.choices = append(r.choices, part.field.choice)
		} else {
			rest = join(andOf, rest, part)
		}
	}
	switch len(rest.kids) {
	case 0:
		rest = &node{op: isAll}
	case 1:
		rest = rest.kids[0]
	}
	r.words = rest
	for i := range r.choices {
		c := &r.choices[i]
		switch c.key {
		case ByBorough, ByPartner:
			r.parts.participants = append(r.parts.participants, c.ords...)
		case ByProject:
			r.parts.projects = append(r.parts.projects, c.ords...)
		}
	}
	r.counts = newCounts(r)
	return nil
}

func (r *run) resolveIn(n *node) error {
	for _, kid := range n.kids {
		if err := r.resolveIn(kid); err != nil {
			return err
		}
	}
	if n.op != isField {
		return nil
	}
	why, err := r.meaning(n.field)
	if err != nil || why == "" {
		return err
	}
	if !n.field.soft {
		r.asked.ignore(why)
	}
	if n.field.words == nil {
		*n = node{op: isAll}
		return nil
	}
	*n = *n.field.words
	return nil
}

// meaning fills in what a field restricts to, or says why it does not.
func (r *run) meaning(f *Field) (why string, err error) {
	field := "“" + f.Key.String() + ":" + f.Value + "”"
	if f.Key.Kind() == 0 {
		typed := Choice{Key: f.Key, Values: []string{f.Value}}
		if f.Key == ByKind {
			typed = typedKind(f.Value)
		}
		c, err := typed.compile(r.s)
		if err != nil || !r.known(&c) {
			return field + " was searched for as words, since “" + f.Value + "” is no " + f.Key.wants() + ".", nil
		}
		f.choice = c
		return "", nil
	}
	if r.q.Find != nil {
		ids, labels, err := r.q.Find(r.ctx, f.Key, f.Value)
		if err != nil {
			return "", err
		}
		if len(ids) > 0 {
			f.choice, err = Choice{Key: f.Key, Records: ids}.compile(r.s)
			f.choice.labels = labels
			return "", err
		}
	}
	return field + " was searched for as words, since no " + f.Key.Kind().Label() + " is called “" + f.Value + "”.", nil
}

// known tells whether the value of a theme or role is one; the theme that is
// typed may be a part of its name.
func (r *run) known(c *choice) bool {
	switch c.key {
	case ByTheme:
		found := r.scope.themesLike(c.themes[0])
		c.themes, c.labels = nil, found
		for _, theme := range found {
			c.themes = append(c.themes, record.Fold(theme))
		}
		return len(found) > 0
	case ByRole:
		for _, t := range record.LinkTypes() {
			if slices.Contains(t.Roles(), c.roles[0]) {
				return true
			}
		}
		return false
	}
	return true
}

// NeedsLinks tells whether the query asks about links, so that its Scope has to
// know them: by a choice, by a facet, by what it groups by or by a field of its text.
func (q Query) NeedsLinks() bool {
	asks := func(k Key) bool { return k.linked() || k == ByTheme }
	needed := q.Grouping.linked() || slices.ContainsFunc(q.Facets, asks) || slices.ContainsFunc(q.Choices, func(c Choice) bool { return asks(c.Key) })
	if !needed && (strings.Contains(q.Text, ":") || strings.Contains(strings.ToLower(q.Text), "by")) { // else there is no field in it
		parse(q.Text, q.Prefix).root.fields(func(f *Field) { needed = needed || asks(f.Key) })
	}
	return needed
}
