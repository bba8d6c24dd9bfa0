package index

import (
	"slices"
	"strings"

	"lotigraph/record"
)

// Some words of a query mean more than they say: a date (dates.go), and a form of
// texts in the plural ("camden weeknotes"). They find the texts of that time or
// form, and whatever has them as words.

// meantNode is such words: field is what they mean, kids are the words.
func meantNode(typed string, means choice) *node {
	n := &node{op: isMeant, field: &Field{Key: means.key, Value: strings.Join(strings.Fields(typed), " "), choice: means}}
	for span := range words(typed) {
		kid := clauseNode(span.Of(typed), false, false)
		if kid == nil || kid.clause.common() {
			continue
		}
		kid.clause.literal = true
		n.kids = append(n.kids, kid)
	}
	return n
}

// formsMeant are the forms that their plural means. Pages and news are words of
// sentences as well, and are not read so.
var formsMeant = [...]record.Form{record.FormWeeknote, record.FormBlog, record.FormDeck, record.FormReport}

// formMeant is the form of texts that a word means.
func formMeant(word string) (choice, bool) {
	for _, f := range formsMeant {
		if label := formLabel(f); record.Fold(word) == label {
			c := choice{key: ByForm, labels: []string{label}}
			c.forms[formNumber(f)] = true
			return c, true
		}
	}
	return choice{}, false
}

// eitherForm reads "blogs and weeknotes" as texts of either form: none is of both.
func eitherForm(root *node) {
	var meant []*node
	either := choice{key: ByForm}
	for _, part := range root.parts() {
		if part.op != isMeant || part.field.Key != ByForm {
			continue
		}
		meant = append(meant, part)
		for f, is := range part.field.choice.forms {
			either.forms[f] = either.forms[f] || is
		}
		for _, label := range part.field.choice.labels {
			if !slices.Contains(either.labels, label) {
				either.labels = append(either.labels, label)
			}
		}
	}
	for _, n := range meant {
		n.field.choice = either
	}
}

// meant finds what such words mean, or what has them.
func (f finder) meant(n *node) (finding, error) {
	said, err := f.all(n.kids)
	if err != nil {
		return nil, err
	}
	a := &anyOf{least: 1}
	a.add(said, 1)
	c := &n.field.choice
	of := every{f.scope.snapshot, func(seg *segment, i int) bool { return c.admits(f.scope, seg, i) }}
	a.add(&fitting{every: of, choice: c}, 1)
	return a, nil
}

// fitting finds what is of a time or a form. What is surely of a time weighs more
// than what may be.
type fitting struct {
	every
	choice *choice
	doc    uint64
}

func (d *fitting) seek(doc uint64) (at uint64, err error) {
	d.doc, err = d.every.seek(doc)
	return d.doc, err
}

func (d *fitting) score() float64 {
	if d.choice.key == ByForm {
		return ofTheForm
	}
	seg, i := d.s.at(d.doc)
	if seg.days[i] >= d.choice.from && seg.lastDay(i) <= d.choice.to {
		return ofTheTime
	}
	return maybeOfTheTime
}

// saysMeant is what such words mean, as what a record does.
func (f *Field) saysMeant() string {
	switch labels := f.choice.labels; {
	case f.Key != ByForm:
	case len(labels) == 1:
		return "are " + labels[0] + " (or say “" + f.Value + "”)"
	default:
		var each []string
		for _, label := range labels {
			each = append(each, "a "+strings.TrimSuffix(label, "s"))
		}
		return "are " + orList(each) + " (or say “" + strings.Join(labels, "” and “") + "”)"
	}
	return "are from " + f.choice.labels[0] + " or say “" + f.Value + "”"
}
