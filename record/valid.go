package record

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The limits of single fields, in bytes.
const (
	maxName  = 500
	maxField = 4000
	maxSlug  = 100 // what Slugify makes, and a number behind it
)

// ProjectStatuses lists what Project.Status may be, besides "".
func ProjectStatuses() []string { return []string{"live", "finished", "planned", "unknown"} }

// Validate says whether the id is of a known kind and has a slug of lower-case
// letters, digits and hyphens.
func (id ID) Validate() error {
	if id.Kind() == 0 {
		return Invalid("id", "%q is not an id; write it like borough:camden, with one of %s", id, joinStringers(Kinds()))
	}
	if !validSlug(id.Slug()) {
		return Invalid("id", "%q is not an id; the part behind the colon has lower-case letters, digits and single hyphens", id)
	}
	return nil
}

// Validate says whether the record is well formed: an id, a name, no field of
// another kind. The error says which field and why.
func (n Node) Validate() error {
	if err := n.ID.Validate(); err != nil {
		return err
	}
	if err := validName("name", n.Name); err != nil {
		return err
	}
	for i, alias := range n.Aliases {
		if err := validName(fmt.Sprintf("aliases[%d]", i), alias); err != nil {
			return err
		}
	}
	if err := validText("summary", n.Summary, maxField); err != nil {
		return err
	}
	if err := validURL(n.URL); err != nil {
		return err
	}
	return n.validDetails()
}

func (n Node) validDetails() error {
	kind := n.Kind()
	for _, d := range []struct {
		kind Kind
		has  bool
	}{
		{WeeknoteKind, n.Weeknote != nil}, {ProjectKind, n.Project != nil},
		{BoroughKind, n.Borough != nil}, {PartnerKind, n.Partner != nil},
	} {
		if d.has && d.kind != kind {
			return Invalid(d.kind.Slug(), "a %s has no details of a %s", kind.Label(), d.kind.Label())
		}
	}
	switch {
	case kind == WeeknoteKind && n.Weeknote == nil:
		return Invalid("weeknote", "a weeknote comes from a text; import the text")
	case kind == WeeknoteKind:
		return Under("weeknote", n.Weeknote.Validate())
	case kind == ProjectKind && n.Project != nil:
		return Under("project", n.Project.Validate())
	case kind == BoroughKind && n.Borough == nil:
		return Invalid("borough", "a borough has an ONS code and a tile position")
	case kind == BoroughKind && !validONSCode(n.Borough.ONSCode):
		return Invalid("borough.onsCode", "%q is not the code of a London authority; it looks like E09000021", n.Borough.ONSCode)
	case kind == PartnerKind && n.Partner != nil:
		return validText("partner.sector", n.Partner.Sector, maxName)
	}
	return nil
}

// validONSCode tells whether the code is that of one of London's 33 authorities,
// E09000001 to E09000033.
func validONSCode(code string) bool {
	digits, ok := strings.CutPrefix(code, "E090000")
	n, err := strconv.Atoi(digits)
	return ok && len(digits) == 2 && err == nil && n >= 1 && n <= 33
}

// Validate says whether the details of a text are well formed.
func (w Weeknote) Validate() error {
	if strings.TrimSpace(w.Source) == "" {
		return Invalid("source", "a text needs a source: its address, else its file name")
	}
	if err := validText("source", w.Source, maxField); err != nil {
		return err
	}
	if !slices.Contains(Forms(), w.Form) {
		return Invalid("form", "%q is not a form of text; use one of %s", w.Form, joinStringers(Forms()))
	}
	if w.Visibility.String() == "" {
		return Invalid("visibility", "a text is one of %s", joinStringers(Visibilities()))
	}
	if w.Number < 0 {
		return Invalid("number", "%d is below 0", w.Number)
	}
	return validText("byline", w.Byline, maxName)
}

// Validate says whether the details of a project are well formed.
func (p Project) Validate() error {
	if p.Status != "" && !slices.Contains(ProjectStatuses(), p.Status) {
		return Invalid("status", "%q is not a status; use one of %s", p.Status, strings.Join(ProjectStatuses(), ", "))
	}
	for i, theme := range p.Themes {
		if err := validName(fmt.Sprintf("themes[%d]", i), theme); err != nil {
			return err
		}
	}
	return validPeriod("end", p.Start, p.End)
}

// Validate says whether the link is well formed by itself: a type of the
// table, ends of the kinds it joins, a role it may have, a period that does not
// end before it begins, evidence with a quote.
func (l Link) Validate() error {
	if !l.Type.Valid() {
		return Invalid("type", "a link needs a type: one of %s", joinStringers(LinkTypes()))
	}
	if err := l.validEnds(); err != nil {
		return err
	}
	if err := l.validRole(); err != nil {
		return err
	}
	if !l.Status.Valid() {
		return Invalid("status", "%q is not a status; use PROPOSED, CONFIRMED or REJECTED", l.Status)
	}
	if err := validConfidence(l.Confidence); err != nil {
		return err
	}
	if err := validPeriod("until", l.Since, l.Until); err != nil {
		return err
	}
	if len(l.Evidence) == 0 {
		return Invalid("evidence", "a link needs the sentence that says it: a text and a quote")
	}
	for i, e := range l.Evidence {
		if err := e.Validate(); err != nil {
			return Under(fmt.Sprintf("evidence[%d]", i), err)
		}
	}
	return nil
}

func (l Link) validEnds() error {
	for _, end := range []struct {
		field string
		id    ID
		kinds []Kind
	}{{"from", l.From, l.Type.From()}, {"to", l.To, l.Type.To()}} {
		if end.id.IsHandle() {
			continue // its kind is checked when the handle is resolved
		}
		if err := end.id.Validate(); err != nil {
			return Under(end.field, err)
		}
		if !slices.Contains(end.kinds, end.id.Kind()) {
			return Invalid(end.field, "%s cannot be here; %s goes from %s to %s",
				end.id, l.Type, joinStringers(l.Type.From()), joinStringers(l.Type.To()))
		}
	}
	if l.From == l.To {
		return Invalid("to", "a link joins two different records")
	}
	return nil
}

func (l Link) validRole() error {
	if l.Role == "" || l.Type.FreeRole() {
		return validText("role", l.Role, maxName)
	}
	if roles := l.Type.Roles(); !slices.Contains(roles, l.Role) {
		if roles == nil {
			return Invalid("role", "%s has no role", l.Type)
		}
		return Invalid("role", "%q is not a role of %s; use one of %s", l.Role, l.Type, strings.Join(roles, ", "))
	}
	return nil
}

// Validate says whether the evidence names a text and quotes it.
func (e Evidence) Validate() error {
	if e.Text == "" {
		return Invalid("text", "evidence needs the id of a text")
	}
	if !e.Text.IsHandle() && e.Text.Kind() != WeeknoteKind {
		return Invalid("text", "%s is not a text; its id begins with weeknote:", e.Text)
	}
	if strings.TrimSpace(e.Quote) == "" {
		return Invalid("quote", "evidence needs the exact words of the text")
	}
	if !e.Span.IsZero() && e.Len() != len(e.Quote) {
		return Invalid("quote", "the quote has %d bytes and its span %d", len(e.Quote), e.Len())
	}
	return validConfidence(e.Confidence)
}

func validConfidence(c float64) error {
	if c >= 0 && c <= 1 { // which no NaN does
		return nil
	}
	return Invalid("confidence", "%g does not lie between 0 and 1", c)
}

// Validate says whether the text is well formed: UTF-8, with its parts inside
// it and on the edges of characters.
func (t Text) Validate() error {
	if strings.TrimSpace(t.Body) == "" {
		return Invalid("body", "the text is empty")
	}
	if !utf8.ValidString(t.Body) {
		return Invalid("body", "the text is not UTF-8; save it as UTF-8 and try again")
	}
	for _, part := range []struct {
		field string
		span  Span
	}{{"title", t.Title}, {"byline", t.Byline}, {"main", t.Main}} {
		if err := part.span.in(t.Body); err != nil {
			return Under(part.field, err)
		}
	}
	for i, span := range t.Furniture {
		if err := span.in(t.Body); err != nil {
			return Under(fmt.Sprintf("furniture[%d]", i), err)
		}
	}
	return nil
}

// in says whether the span lies in body on the edges of characters.
func (s Span) in(body string) error {
	if s.Start < 0 || s.End < s.Start || s.End > len(body) {
		return Invalid("span", "bytes %d to %d do not lie in a text of %d", s.Start, s.End, len(body))
	}
	for _, edge := range []int{s.Start, s.End} {
		if edge < len(body) && !utf8.RuneStart(body[edge]) {
			return Invalid("span", "byte %d is inside a character", edge)
		}
	}
	return nil
}

// Validate says whether the change is well formed by itself; whether it fits
// the graph is for the graph to say.
func (c Change) Validate() error {
	if c.ID == "" || len(c.ID) > maxName {
		return Invalid("id", "a change needs an id of 1 to %d bytes", maxName)
	}
	if c.Actor == "" {
		return Invalid("actor", "a change needs to say who makes it")
	}
	if len(c.Ops) == 0 {
		return Invalid("ops", "a change needs at least one operation")
	}
	for i, op := range c.Ops {
		if err := op.Validate(); err != nil {
			return Under(fmt.Sprintf("ops[%d]", i), err)
		}
	}
	return nil
}

// Validate says whether the operation is well formed. What depends on the
// graph (an id still to be made, a quote still to be found) is not looked at.
func (o Op) Validate() error {
	set := 0
	for _, present := range []bool{o.SaveNode != nil, o.SaveText != nil, o.SaveReading != nil, o.SaveLink != nil,
		o.ReviewLink != nil, o.SaveRuling != nil, o.Withdraw != nil, o.Restore != nil, o.Undo != nil} {
		if present {
			set++
		}
	}
	if set != 1 {
		return Invalid("", "an operation does one thing; this one names %d", set)
	}
	switch {
	case o.SaveNode != nil:
		return Under("node", o.SaveNode.validate())
	case o.SaveText != nil:
		return Under("text", o.SaveText.validate())
	case o.SaveLink != nil:
		return Under("link", o.SaveLink.Link.Validate())
	case o.SaveRuling != nil:
		return o.SaveRuling.Ruling.Validate()
	case o.ReviewLink != nil && !o.ReviewLink.Status.Valid():
		return Invalid("status", "%q is not a status; use PROPOSED, CONFIRMED or REJECTED", o.ReviewLink.Status)
	}
	return nil
}

func (s SaveNode) validate() error {
	n := s.Node
	if n.ID == "" {
		if !s.Kind.Valid() {
			return Invalid("kind", "a new record needs a kind: one of %s", joinStringers(Kinds()))
		}
		slug := Slugify(n.Name)
		if slug == "" {
			return Invalid("name", "%q is no name: it needs a letter or a digit", n.Name)
		}
		n.ID = NewID(s.Kind, slug)
	}
	return n.Validate()
}

func (s SaveText) validate() error {
	if err := validName("title", s.Title); err != nil {
		return err
	}
	if Slugify(s.Title) == "" {
		return Invalid("title", "%q is no title: it needs a letter or a digit", s.Title)
	}
	if err := validURL(s.URL); err != nil {
		return err
	}
	if err := s.Details.Validate(); err != nil {
		return err
	}
	if err := s.Text.Validate(); err != nil {
		return err
	}
	return ValidReading(s.Mentions, s.Unknown, s.Text.Body)
}

// ValidReading says whether mentions and unknown names stand in the body where
// they say.
func ValidReading(mentions []Mention, unknown []Unknown, body string) error {
	for i, m := range mentions {
		if len(m.Spans) == 0 {
			return Invalid(indexed("mentions", i), "a mention needs to say where")
		}
		for _, span := range m.Spans {
			if err := span.in(body); err != nil {
				return Under(indexed("mentions", i), err)
			}
			if strings.TrimSpace(span.Of(body)) == "" {
				return Invalid(indexed("mentions", i), "there is no name at bytes %d to %d", span.Start, span.End)
			}
		}
	}
	return validUnknown(unknown, body)
}

func indexed(field string, i int) string { return fmt.Sprintf("%s[%d]", field, i) }

func validName(field, s string) error {
	if strings.TrimSpace(s) == "" {
		return Invalid(field, "it is empty")
	}
	if s != strings.TrimSpace(s) {
		return Invalid(field, "%q begins or ends with a space", s)
	}
	return validText(field, s, maxName)
}

func validText(field, s string, limit int) error {
	if len(s) > limit {
		return Invalid(field, "%d bytes are more than the %d allowed", len(s), limit)
	}
	if !utf8.ValidString(s) {
		return Invalid(field, "it is not UTF-8")
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }); i >= 0 {
		return Invalid(field, "it has a control character at byte %d", i)
	}
	return nil
}

func validURL(s string) error {
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return Invalid("url", "%q is not a web address; it begins with https://", s)
	}
	return validText("url", s, maxField)
}

func validPeriod(field string, since, until PartialDate) error {
	if !since.IsZero() && !until.IsZero() && until.Last().Compare(since.First()) < 0 {
		return Invalid(field, "%s is before %s", until, since)
	}
	return nil
}
