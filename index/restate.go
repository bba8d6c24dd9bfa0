package index

import (
	"fmt"
	"slices"
	"strings"

	"lotigraph/record"
)

// String is the part as it may be typed.
func (n *node) String() string {
	switch n.op {
	case isClause:
		text := n.clause.text
		if n.clause.quoted {
			text = `"` + text + `"`
		}
		if n.clause.prefix {
			text += "*"
		}
		return text
	case isField:
		value := n.field.Value
		if strings.Contains(value, " ") {
			value = `"` + value + `"`
		}
		return n.field.Key.String() + ":" + value
	case isMeant:
		return n.field.Value
	case notOf:
		return "NOT " + n.kids[0].String()
	}
	by := " "
	if n.op == orOf {
		by = " OR "
	}
	parts := make([]string, len(n.kids))
	for i, kid := range n.kids {
		parts[i] = kid.String()
	}
	return "(" + strings.Join(parts, by) + ")"
}

// restate says the query back in plain English, as it was understood: "12
// weeknotes that mention or take part with Camden and contain “procurement”,
// newest first".
func (r *run) restate(total int) string {
	var b strings.Builder
	what, one := r.subject()
	switch total {
	case 0:
		fmt.Fprintf(&b, "No %s", what)
	case 1:
		fmt.Fprintf(&b, "1 %s", one)
	default:
		fmt.Fprintf(&b, "%d %s", total, what)
	}
	var clauses []string
	for i := range r.choices {
		if c := &r.choices[i]; c.key > ByForm && c.says() != "" {
			if said := r.saysChoice(c); !slices.Contains(clauses, said) {
				clauses = append(clauses, said)
			}
		}
	}
	switch r.words.op {
	case isAll:
	case isNothing:
		return "Nothing was found, as there is no word to search for"
	default:
		clauses = append(clauses, r.says(r.words, false))
	}
	if len(clauses) > 0 {
		said := " that " + andList(clauses)
		if what == record.PersonKind.Plural() {
			said = " who " + andList(clauses)
		}
		if total == 1 {
			said = ofOne(said)
		}
		b.WriteString(said)
	}
	if total > 1 && (r.words.op != isAll || r.collector.order != BestFirst) {
		b.WriteString(", " + r.collector.order.String())
	}
	if strings.Contains(b.String(), goesOn) {
		b.WriteString(" (“…” stands for the rest of a word in a name)")
	}
	return b.String()
}

// subject is what is searched for, in the plural and in the singular.
func (r *run) subject() (many, one string) {
	for i := range r.choices {
		c := &r.choices[i]
		if (c.key != ByKind && c.key != ByForm) || len(c.labels) == 0 {
			continue
		}
		if c.key == ByForm && many != "" && many != textKind+"s" {
			many += " and " + orList(c.labels)
			continue
		}
		if c.key == ByKind && many != "" && many != orList(c.labels) {
			many += " that are also " + orList(c.labels)
			continue
		}
		many = orList(c.labels)
	}
	switch many {
	case "":
		return "records", "record"
	case "people":
		return many, "person"
	}
	if strings.Contains(many, " ") {
		return many, "of the " + many
	}
	return many, strings.TrimSuffix(many, "s")
}

// saysChoice is says, with the words that fit what is searched for: texts mention,
// other records are linked.
func (r *run) saysChoice(c *choice) string {
	said := c.says()
	rest, ok := strings.CutPrefix(said, mentioned)
	if !ok {
		return said
	}
	texts, others := true, true
	for i := range r.choices {
		switch c := &r.choices[i]; {
		case c.key == ByForm:
			others = false
		case c.key == ByKind:
			texts = texts && c.kinds[record.WeeknoteKind]
			others = others && slices.ContainsFunc(record.Kinds(), func(k record.Kind) bool { return k != record.WeeknoteKind && c.kinds[k] })
		}
	}
	switch {
	case !others:
		return "mention" + rest
	case !texts:
		return "are linked with" + rest
	}
	return said
}

// says is a choice as what a record does: "mention or take part with Camden".
func (c *choice) says() string {
	if c.key == After && c.given {
		return saysPeriod(c)
	}
	if len(c.labels) == 0 {
		return ""
	}
	labels := c.labels
	if c.key == ByYear {
		for i, label := range labels {
			if label == NoDate {
				return "have no date"
			}
			labels[i] = strings.ReplaceAll(label, "..", "-")
		}
	}
	return keys[c.key].says + " " + orList(labels)
}

func saysPeriod(c *choice) string {
	from, to := dateOf(int(c.from)).English(), dateOf(int(c.to)).English()
	switch {
	case c.from == noDay:
		return "are dated up to " + to
	case c.to == lastOf(record.PartialDate{}):
		return "are dated from " + from + " on"
	}
	return "are dated from " + from + " to " + to
}

// says is a part of the query as what a record does.
func (r *run) says(n *node, inner bool) string {
	switch n.op {
	case isClause:
		return "contain " + n.clause.says()
	case isField:
		switch n.field.choice.key {
		case ByKind, ByForm:
			return "are " + orList(n.field.choice.labels)
		}
		return r.saysChoice(&n.field.choice)
	case isMeant:
		return n.field.saysMeant()
	case notOf:
		said := r.says(n.kids[0], true)
		switch {
		case n.kids[0].op == isMeant:
			what, words, _ := strings.Cut(strings.TrimPrefix(said, "are "), "or say ")
			return "are not " + strings.TrimRight(what, " (") + " and do not say " + strings.TrimSuffix(words, ")")
		case strings.HasPrefix(said, "are "), strings.HasPrefix(said, "were "):
			verb, rest, _ := strings.Cut(said, " ")
			return verb + " not " + rest
		case strings.HasPrefix(said, mentioned):
			return "neither mention nor are linked with" + strings.TrimPrefix(said, mentioned)
		case strings.HasPrefix(said, "("):
			return "are none of those that " + said
		}
		return "do not " + said
	case isAll, isNothing:
		return "are records"
	}
	said := r.saysEach(n)
	list := andList(said)
	switch n.op {
	case orOf:
		list = orList(said)
	case mostOf:
		if len(said) == 2 {
			return orList(said) + " or both"
		}
		why := "nothing has all"
		if len(r.asked.named) > 0 {
			why = "this is a question"
		}
		return fmt.Sprintf("%s (%d of them at least, since %s)", list, most(len(said)), why)
	}
	onlyWords := !slices.ContainsFunc(n.kids, func(k *node) bool { return k.op != isClause })
	switch {
	case inner && n.op == orOf && onlyWords:
		return strings.Replace(list, "contain ", "contain either ", 1)
	case inner && !onlyWords:
		return "(" + list + ")"
	}
	return list
}

// saysEach is what the parts say: words as one list, "contain “a”, “b” and “c”",
// where other things must hold beside.
func (r *run) saysEach(n *node) []string {
	var words, said []string
	at := 0 // where the words stand
	for _, kid := range n.kids {
		text := r.says(kid, true)
		switch {
		case kid.op == isMeant && slices.Contains(said, text): // of another form, which both say
			continue
		case kid.op != isClause:
			said = append(said, text)
			continue
		}
		if len(words) > 0 {
			text = strings.TrimPrefix(text, "contain ")
		} else {
			at = len(said)
		}
		words = append(words, text)
	}
	if len(said) > 0 && n.op == andOf && len(words) > 0 {
		words = []string{andList(words)}
	}
	return slices.Insert(said, at, words...)
}

// says is the clause in quotes, with what it was corrected to.
func (c *clause) says() string {
	text := "“" + c.text + "”"
	if c.prefix {
		text = "a word that begins with " + text
	}
	switch {
	case len(c.starts) == 0:
	case strings.HasPrefix(c.starts[0], record.Fold(c.text)):
		text = "“" + c.text + goesOn
	default:
		text += " (short for " + quotedList(c.starts) + ")"
	}
	if len(c.fixes) > 0 {
		text += " (or, likelier, " + quotedList(c.fixes) + ")"
	}
	return text
}

// goesOn ends a word that is a beginning.
const goesOn = "…”"

func quotedList(list []string) string { return "“" + strings.Join(list, "” or “") + "”" }

// ofOne is a sentence about several as one about one; what is quoted stays.
func ofOne(said string) string {
	verbs := strings.NewReplacer(append(oneForm(),
		"do not contain", "does not contain", "do not mention", "does not mention", "do not say", "does not say", "do not are", "is not", "are not", "is not",
		"neither mention nor are", "neither mentions nor is", " contain ", " contains ", " mention ", " mentions ",
		" belong ", " belongs ", " or say ", " or says ", "(or say ", "(or says ", " are ", " is ", " were ", " was ", " have ", " has ")...)
	var b strings.Builder
	for said != "" {
		open := strings.Index(said, "“")
		if open < 0 {
			open = len(said)
		}
		b.WriteString(verbs.Replace(said[:open]))
		close := open
		if n := strings.Index(said[open:], "”"); n >= 0 {
			close = open + n
		} else {
			close = len(said)
		}
		b.WriteString(said[open:close])
		said = said[close:]
	}
	return b.String()
}

func andList(list []string) string { return joinList(list, "and") }
func orList(list []string) string  { return joinList(list, "or") }

func joinList(list []string, last string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " " + last + " " + list[len(list)-1]
}

// oneForm says of one text that it is of a form: "is a weeknote".
func oneForm() (pairs []string) {
	for _, f := range formsMeant {
		pairs = append(pairs, " are "+formLabel(f)+" ", " is a "+f.Label()+" ", " are not "+formLabel(f)+" ", " is not a "+f.Label()+" ")
	}
	return pairs
}
