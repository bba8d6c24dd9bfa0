package page

import (
	"context"
	"net/url"
	"strings"

	"lotigraph/record"
)

// RecordForm is the form of a record.
type RecordForm struct {
	Title              string
	ID                 record.ID
	Kind, KindWords    string
	Revision           int
	Name, Aliases      string
	Summary, URL       string
	Visibility         string
	Themes, Start, End string // of a project
	Statuses           []Option
	Sector             string // of an organisation
	Project, Partner   bool
	Back               string
	kind               record.Kind
	was                record.Node
	Faults
}

// RecordForm is the form of the record with this id, or of a new one of a kind.
func (r Reader) RecordForm(ctx context.Context, id record.ID, kind string) (form RecordForm, err error) {
	r.Lens.Proposed = true
	if id == "" {
		if form.kind, err = record.ParseKind(kind); err != nil {
			return form, record.Under("kind", err)
		}
		if form.kind == record.WeeknoteKind || form.kind == record.BoroughKind {
			return form, record.Invalid("kind", "a %s is not added on this form; paste or upload a text, and the 33 boroughs are there", form.kind.Label())
		}
		form.Title, form.Back = "Add a "+form.kind.Label(), "/add"
	} else {
		if form.was, err = r.View.Graph.Node(ctx, r.Lens, id); err != nil {
			return form, err
		}
		if form.was.Weeknote != nil {
			return form, record.Invalid("id", "a text is changed on the form at /add?id=%s", id)
		}
		form.kind = form.was.Kind()
		form.Title, form.Back = "Edit "+form.was.Name, r.To(At(form.was.ID))
	}
	n := form.was
	form.ID, form.Revision, form.Name, form.Aliases, form.Summary, form.URL = n.ID, n.Revision, n.Name, strings.Join(n.Aliases, "; "), n.Summary, n.URL
	form.Kind, form.KindWords = form.kind.Slug(), form.kind.Label()
	form.Project, form.Partner = form.kind == record.ProjectKind, form.kind == record.PartnerKind
	if n.Stated != 0 {
		form.Visibility = n.Stated.String()
	}
	status := ""
	if p := n.Project; p != nil {
		form.Themes, form.Start, form.End, status = strings.Join(p.Themes, "; "), p.Start.String(), p.End.String(), p.Status
	}
	if p := n.Partner; p != nil {
		form.Sector = p.Sector
	}
	form.choose(status)
	return form, nil
}

// choose sets the status that is chosen.
func (form *RecordForm) choose(status string) {
	form.Statuses = []Option{{Label: "not known", Chosen: status == ""}}
	for _, s := range record.ProjectStatuses() {
		form.Statuses = append(form.Statuses, Option{Label: s, Value: s, Chosen: s == status})
	}
}

// Read takes in the form as it was filled in.
func (form *RecordForm) Read(v url.Values) (save record.SaveNode, expect []record.Expect) {
	text := func(name string) string { return strings.TrimSpace(v.Get(name)) }
	form.Name, form.Aliases, form.Summary, form.URL, form.Visibility = text("name"), v.Get("aliases"), text("summary"), text("url"), text("visibility")
	form.Themes, form.Start, form.End, form.Sector = v.Get("themes"), text("start"), text("end"), text("sector")
	form.choose(text("status"))
	if form.Name == "" {
		form.add("name", record.Invalid("", "enter a name"))
	}
	n := form.was.Clone()
	n.Name, n.Aliases, n.Summary, n.URL = form.Name, list(form.Aliases), form.Summary, form.URL
	seen, err := record.ParseVisibility(form.Visibility)
	if err != nil {
		form.add("visibility", err)
	}
	n.Stated = seen
	if form.Project {
		n.Project = &record.Project{Themes: list(form.Themes), Status: text("status"), Start: form.date("start", form.Start), End: form.date("end", form.End)}
	}
	if form.Partner {
		n.Partner = &record.Partner{Sector: form.Sector}
	}
	if form.ID != "" {
		if v.Get("revision") != itoa(form.Revision) {
			form.add("", record.Conflict("somebody else changed this record since you opened it; look at its history, and send the form again if yours shall stand"))
		}
		expect = []record.Expect{{ID: string(form.ID), Revision: form.Revision}}
	}
	return record.SaveNode{Node: n, Kind: form.kind}, expect
}

// LinkForm is the form of a link that a person adds.
type LinkForm struct {
	Types              []Option
	From, To           string // names or ids
	Role, Since, Until string
	Text, Quote        string // the evidence: a text's name or id, and its words
	Back               string
	Faults
}

// LinkForm is the form of a new link, filled in with what an address says of it.
func (r Reader) LinkForm(_ context.Context, q url.Values) (form LinkForm, err error) {
	form = LinkForm{From: q.Get("from"), To: q.Get("to"), Text: q.Get("text"), Quote: q.Get("quote"), Back: "/add"}
	form.choose(q.Get("type"))
	return form, nil
}

func (form *LinkForm) choose(t string) {
	form.Types = nil
	for _, one := range record.LinkTypes() {
		if !one.Derived() {
			form.Types = append(form.Types, Option{Label: one.Phrase(), Value: one.String(), Chosen: one.String() == t})
		}
	}
}

// Read takes in the form as it was filled in.
func (form *LinkForm) Read(ctx context.Context, r Reader, v url.Values) (l record.Link) {
	text := func(name string) string { return strings.TrimSpace(v.Get(name)) }
	form.From, form.To, form.Role, form.Since, form.Until, form.Text, form.Quote = text("from"), text("to"), text("role"), text("since"), text("until"), text("text"), text("quote")
	form.choose(text("type"))
	t, err := record.ParseLinkType(text("type"))
	if err != nil {
		form.add("type", err)
		return l
	}
	l = record.Link{Type: t, Role: form.Role, Status: record.Confirmed, Confidence: 1, Since: form.date("since", form.Since), Until: form.date("until", form.Until)}
	l.From = form.Faults.record(ctx, r, "from", form.From, t.From()...)
	l.To = form.Faults.record(ctx, r, "to", form.To, t.To()...)
	proof := record.Evidence{Method: record.Curated, Confidence: 1, Quote: strings.ReplaceAll(form.Quote, "\r\n", "\n")}
	proof.Text = form.Faults.record(ctx, r, "text", form.Text, record.WeeknoteKind)
	if proof.Quote == "" {
		form.add("quote", record.Invalid("", "copy the sentence from the text that says it"))
	}
	l.Evidence = []record.Evidence{proof}
	return l
}
