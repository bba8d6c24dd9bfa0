package page

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"lotigraph/inbox"
	"lotigraph/record"
)

// Fault is what is wrong with a field of a form.
type Fault struct{ Field, Text string }

// Faults are what is wrong with a form, in the order of its fields.
type Faults []Fault

// Of is what is wrong with one field, "" for nothing.
func (f Faults) Of(field string) string {
	for _, one := range f {
		if one.Field == field {
			return one.Text
		}
	}
	return ""
}

// add notes that a field is wrong.
func (f *Faults) add(field string, err error) {
	text := err.Error()
	var r *record.Refusal
	if errors.As(err, &r) {
		text = r.Reason
	}
	*f = append(*f, Fault{field, record.Capital(Quoted(text))})
}

// straight are words between straight quotation marks.
var straight = regexp.MustCompile(`"([^"]*)"`)

// Quoted is a text with the quotation marks of a book, as pages have them.
func Quoted(text string) string { return straight.ReplaceAllString(text, "“$1”") }

// indexes are the places in a list that a refused field names.
var indexes = regexp.MustCompile(`\[\d+\]`)

// Refused notes a refusal that a person can mend by filling in the form otherwise,
// and tells whether it was one.
func (f *Faults) Refused(err error) bool {
	var r *record.Refusal
	if !errors.As(err, &r) || !errors.Is(err, record.ErrInvalid) {
		return false
	}
	field := indexes.ReplaceAllString(r.Field, "") // "evidence[0].quote" is the field quote
	f.add(field[strings.LastIndex(field, ".")+1:], err)
	return true
}

// date reads a date that may be left empty.
func (f *Faults) date(field, text string) (d record.PartialDate) {
	if text = strings.TrimSpace(text); text == "" {
		return d
	}
	d, err := record.ParsePartialDate(text)
	if err != nil {
		f.add(field, err)
	}
	return d
}

// record reads the name or id of a record of some kinds.
func (f *Faults) record(ctx context.Context, r Reader, field, text string, kinds ...record.Kind) record.ID {
	r.Lens.Proposed = true
	id, err := r.named(ctx, text, kinds...)
	if err != nil {
		f.add(field, err)
	}
	return id
}

// named is the record that goes by a name, or has an id; an error that says what
// to do where none or several do.
func (r Reader) named(ctx context.Context, text string, kinds ...record.Kind) (record.ID, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", record.Invalid("", "enter a name")
	}
	found, err := r.View.Graph.Find(ctx, r.Lens, text, kinds...)
	if err != nil {
		return "", err
	}
	exact := found[:0:0]
	for _, n := range found {
		if string(n.ID) == text || n.GoesBy(text) {
			exact = append(exact, n)
		}
	}
	if len(exact) > 0 {
		found = exact
	}
	switch len(found) {
	case 0:
		return "", record.Invalid("", "no record that fits here goes by “%s”; check the spelling, or add it first", text)
	case 1:
		return found[0].ID, nil
	}
	var names []string
	for _, n := range found[:min(len(found), 5)] {
		names = append(names, n.Name+" ("+string(n.ID)+")")
	}
	return "", record.Invalid("", "several records go by “%s”; enter one of these ids: %s", text, strings.Join(names, ", "))
}

// Correction is the form on which a link is put right.
type Correction struct {
	Link               string
	Confirmed          bool
	Revision           int
	Statement          WaitingLink
	Types              []Option
	From, To           string // as they are filled in: names or ids
	FromKinds, ToKinds string // what a suggestion may be, as an address says it
	Role, Since, Until string
	Roles              []string // that a link of this type may have; none where it is free or has none
	Back               string
	link               record.Link
	fromName, toName   string
	Faults
}

// Correction is the form for a link.
func (r Reader) Correction(ctx context.Context, id string) (form Correction, err error) {
	r.Lens.Proposed = true
	l, err := r.View.Graph.Link(ctx, r.Lens, id)
	if err != nil {
		return form, err
	}
	w, err := r.waitingLink(ctx, l)
	if err != nil {
		return form, err
	}
	form = Correction{Link: l.ID, Revision: l.Revision, Statement: *w, From: w.From.Name, To: w.To.Name, Role: l.Role, Roles: l.Type.Roles(), Confirmed: l.Status == record.Confirmed,
		Since: l.Since.String(), Until: l.Until.String(), link: l, fromName: w.From.Name, toName: w.To.Name}
	form.choose(l.Type)
	return form, nil
}

// choose sets the type that is chosen.
func (form *Correction) choose(t record.LinkType) {
	form.Types = nil
	form.FromKinds, form.ToKinds = kindParams(t.From()), kindParams(t.To())
	form.Roles = t.Roles()
	for _, one := range record.LinkTypes() {
		if !one.Derived() {
			form.Types = append(form.Types, Option{Label: one.Phrase(), Value: one.String(), Chosen: one == t})
		}
	}
}

func kindParams(kinds []record.Kind) string {
	q := url.Values{}
	for _, k := range kinds {
		q.Add("kind", k.String())
	}
	return q.Encode()
}

// Read takes in the form as it was filled in, and notes what is wrong. Fields that
// say what the link says already are no correction.
func (form *Correction) Read(ctx context.Context, r Reader, v url.Values) (c inbox.Correction) {
	form.From, form.To, form.Role, form.Since, form.Until = v.Get("from"), v.Get("to"), strings.TrimSpace(v.Get("role")), v.Get("since"), v.Get("until")
	t, err := record.ParseLinkType(v.Get("type"))
	if err != nil {
		form.add("type", err)
		return c
	}
	form.choose(t)
	if t != form.link.Type {
		c.Type = &t
	}
	if form.From != form.fromName {
		c.From = new(form.Faults.record(ctx, r, "from", form.From, t.From()...))
	}
	if form.To != form.toName {
		c.To = new(form.Faults.record(ctx, r, "to", form.To, t.To()...))
	}
	if form.Role != form.link.Role {
		c.Role = &form.Role
	}
	if since := form.date("since", form.Since); since != form.link.Since {
		c.Since = &since
	}
	if until := form.date("until", form.Until); until != form.link.Until {
		c.Until = &until
	}
	c.Revision = &form.Revision
	if v.Get("revision") != "" && v.Get("revision") != itoa(form.Revision) {
		form.add("", record.Conflict("somebody else changed this link since you opened it; it is shown as it is now"))
	}
	return c
}

// NameForm is the form on which a name becomes a record.
type NameForm struct {
	Waiting Waiting
	Name    string
	Aliases string
	Sector  string
	As      string // the record that goes by it, "" for a new one
	Back    string
	Faults
}

// NameForm is the form for a name that waits.
func (r Reader) NameForm(ctx context.Context, in *inbox.Inbox, id string) (form NameForm, err error) {
	form.Waiting, err = r.One(ctx, in, id)
	if err != nil {
		return form, err
	}
	if form.Waiting.Name == nil {
		return form, record.Invalid("id", "%q is not a name that waits", id)
	}
	form.Name, form.Aliases = form.Waiting.Name.Name, form.Waiting.Name.Aliases
	return form, nil
}

// Read takes in the form as it was filled in.
func (form *NameForm) Read(ctx context.Context, r Reader, v url.Values) (*inbox.NewRecord, record.ID) {
	form.Name, form.Aliases, form.Sector, form.As = strings.TrimSpace(v.Get("name")), v.Get("aliases"), strings.TrimSpace(v.Get("sector")), v.Get("as")
	if v.Get("do") == "as" {
		kind, err := record.ParseKind(form.Waiting.Name.Slug)
		if err != nil {
			form.add("as", err)
			return nil, ""
		}
		return nil, form.Faults.record(ctx, r, "as", form.As, kind)
	}
	if form.Name == "" {
		form.add("name", record.Invalid("", "enter the name as it should be spelt"))
	}
	return &inbox.NewRecord{Name: form.Name, Aliases: list(form.Aliases), Sector: form.Sector}, ""
}

// list are the parts of a text between semicolons.
func list(text string) (parts []string) {
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}
