package page

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/inbox"
	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/server/internal/answer"
)

// Profile is what the pages of all records begin with.
type Profile struct {
	ID         string
	Name, Kind string
	Summary    string
	Aliases    string
	Facts      []Fact
	Staff      []Place // what staff can do here
}

// Fact is something to know about a record: its heading, and words or places.
type Fact struct {
	Name   string
	Text   string
	Places []Place
	Web    string // an address elsewhere
}

// LeftOut is how many proposals are not shown, and where they are.
type LeftOut struct {
	Says string
	Href string
}

// Record is the page of a borough, project, partner or person.
type Record struct {
	Profile
	Groups    []Group
	LeftOut   *LeftOut
	Roll      *Roll // a project's
	Alongside *Alongside
	Brief     *Brief // a borough's
	Timeline  *Timeline
	Near      *Ring
	Named     Named
}

// Named is the newest texts that name a record.
type Named struct {
	Total int
	Texts []Mentioned
	All   string // where all of them are
}

// Mentioned is a text that names a record, and the sentence in which it does.
type Mentioned struct {
	Source Place
	Date   string
	Pieces []Piece
}

// mentionsOn is how many texts the page shows.
const mentionsOn = 5

// describe is what the page of a record begins with.
func (r Reader) describe(ctx context.Context, n record.Node) (a Profile, err error) {
	a = Profile{ID: string(n.ID), Name: n.Name, Kind: kindOf(n), Summary: n.Summary, Aliases: strings.Join(n.Aliases, "; ")}
	a.Facts = r.facts(n)
	if u, err := url.Parse(n.URL); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		a.Facts = append(a.Facts, Fact{Name: "On the web", Text: u.Host, Web: n.URL})
	}
	merged, err := r.View.Graph.MergedFrom(ctx, r.Lens, n.ID)
	if err != nil {
		return a, err
	}
	if len(merged) > 0 {
		f := Fact{Name: "Also recorded as"}
		for _, id := range merged {
			own, err := r.View.Graph.OwnNode(ctx, r.Lens, id)
			if err != nil {
				continue
			}
			f.Text += "; " + own.Name
			if r.staff() { // where the merge can be undone
				f.Places = append(f.Places, Place{Name: own.Name, Href: Reader{}.To("/history", "id", string(id))})
			}
		}
		if f.Text = strings.TrimPrefix(f.Text, "; "); f.Text != "" {
			a.Facts = append(a.Facts, f)
		}
	}
	if r.staff() {
		a.Staff = []Place{{Name: "History", Href: Reader{}.To("/history", "id", a.ID)}, {Name: "What waits about it", Href: Reader{}.To("/inbox", "about", a.ID)}}
		edit := "/edit"
		if n.Weeknote != nil {
			edit = "/add"
		}
		a.Staff = append([]Place{{Name: "Edit", Href: Reader{}.To(edit, "id", a.ID)}}, a.Staff...)
	}
	return a, nil
}

// facts are what a record of its kind has beyond a name.
func (r Reader) facts(n record.Node) (list []Fact) {
	add := func(name, text string) {
		if text != "" {
			list = append(list, Fact{Name: name, Text: text})
		}
	}
	switch {
	case n.Weeknote != nil:
		add("Published", n.Weeknote.Date.English())
		if n.Weeknote.Visibility != record.Public {
			add("Who may read it", strings.ToLower(n.Weeknote.Visibility.String()))
		}
	case n.Project != nil:
		if len(n.Project.Themes) > 0 {
			f := Fact{Name: "Themes"}
			for _, t := range n.Project.Themes {
				f.Places = append(f.Places, Place{Name: t, Href: r.To("/search", "kind", "PROJECT", "theme", t)})
			}
			list = append(list, f)
		}
		if n.Project.Status != "unknown" {
			add("Status", n.Project.Status)
		}
		add("Began", n.Project.Start.English())
		add("Ended", n.Project.End.English())
	case n.Borough != nil:
		add("ONS code", n.Borough.ONSCode)
	case n.Partner != nil:
		add("Sector", n.Partner.Sector)
	}
	return list
}

// leftOut says how many proposals a page leaves out, and leads to the page with
// them; nil when there are none.
func (r Reader) leftOut(n int, path string) *LeftOut {
	if n == 0 {
		return nil
	}
	r.Lens.Proposed = true
	return &LeftOut{Count(n, "proposed link is", "proposed links are") + " left out, since nobody has reviewed " + plural(n, "it", "them"), r.To(path)}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// linked are all the types of link but mentions.
func linked() []record.LinkType {
	return slices.DeleteFunc(record.LinkTypes(), record.LinkType.Derived)
}

// Record is the page of a record that is no text. An address may ask for all links
// of one sort: links and skip.
func (r Reader) Record(ctx context.Context, n record.Node, q url.Values) (p Record, err error) {
	if p.Profile, err = r.describe(ctx, n); err != nil {
		return p, err
	}
	links, err := r.ties(ctx, n.ID, record.Both, linked()...)
	if err != nil {
		return p, err
	}
	if p.Groups, err = r.groups(ctx, n, links, q); err != nil {
		return p, err
	}
	withheld, err := r.View.Graph.Withheld(ctx, r.Lens, n.ID, graph.LinkFilter{Types: linked()})
	if err != nil {
		return p, err
	}
	p.LeftOut = r.leftOut(withheld, At(n.ID))
	if p.Timeline, err = r.timeline(ctx, n, links); err != nil {
		return p, err
	}
	p.Near = r.ring(n, links)
	if p.Named, err = r.namedIn(ctx, n); err != nil {
		return p, err
	}
	if n.Kind() == record.ProjectKind {
		if p.Roll, err = r.roll(ctx, n); err != nil {
			return p, err
		}
	}
	if n.Kind() == record.BoroughKind {
		if p.Brief, err = r.brief(ctx, n); err != nil {
			return p, err
		}
		p.Alongside = p.Brief.Alike
		return p, nil
	}
	p.Alongside, err = r.alongside(ctx, n, links)
	return p, err
}

// namedIn is the newest texts that name a record.
func (r Reader) namedIn(ctx context.Context, n record.Node) (m Named, err error) {
	counts, err := r.View.Graph.LinkCounts(ctx, r.Lens, n.ID)
	if err != nil {
		return m, err
	}
	for _, c := range counts {
		if c.Type == record.Mentions && c.Direction == record.In {
			m.Total = c.Count
		}
	}
	m.All = r.To("/search", "kind", "WEEKNOTE", "order", "newest", n.Kind().Slug(), string(n.ID))
	f := graph.LinkFilter{Types: []record.LinkType{record.Mentions}, Direction: record.In}
	for at, err := range r.View.Graph.Links(ctx, r.Lens, n.ID, f, "") {
		if err != nil {
			return m, err
		}
		if len(m.Texts) == mentionsOn {
			break
		}
		one, err := r.mentioned(ctx, at.Value)
		if err != nil {
			return m, err
		}
		m.Texts = append(m.Texts, one)
	}
	return m, nil
}

// mentioned is the first sentence in which a text names a record.
func (r Reader) mentioned(ctx context.Context, l record.Link) (m Mentioned, err error) {
	if len(l.Evidence) == 0 {
		m.Source, err = r.PlaceOf(ctx, l.From)
		return m, err
	}
	e := l.Evidence[0]
	n, err := r.View.Graph.OwnNode(ctx, r.Lens, e.Text)
	if err != nil {
		return m, err
	}
	t, err := r.View.Graph.Text(ctx, r.Lens, e.Text, e.Version)
	if err != nil {
		return m, err
	}
	for _, other := range l.Evidence { // a sentence of the main part says more than a title
		if t.Main.Contains(other.Span) {
			e = other
			break
		}
	}
	s := inbox.Around(t.Body, e.Span)
	m = Mentioned{Source: r.Place(n), Date: n.Weeknote.Date.English()}
	m.Source.Href = r.Passage(n, e.Version, s)
	m.Pieces = answer.Pieces(s.Of(t.Body), []record.Span{{Start: e.Start - s.Start, End: e.End - s.Start}})
	return m, nil
}

// Crumbs lead from the front page to a record of a kind.
func (r Reader) Crumbs(k record.Kind) []Place {
	return []Place{{Name: "Home", Href: r.To("/")}, {Name: record.Capital(index.KindLabel(k)), Href: r.To("/search", "kind", k.String())}}
}

// Exports are the files that say of a record what its page does.
func (r Reader) Exports(n record.Node) (list []Place) {
	k := n.Kind()
	switch k {
	case record.ProjectKind, record.BoroughKind, record.PartnerKind:
		list = append(list, Place{Name: "Who takes part in what, as CSV", Href: r.To("/export/participations.csv", k.Slug(), string(n.ID))})
	}
	around := func(format string) string { return r.To("/export/"+format, "focus", string(n.ID)) }
	if k == record.WeeknoteKind { // what a text names is around it along mentions, which the explorer leaves out otherwise
		around = func(format string) string {
			return r.To("/export/"+format, "focus", string(n.ID), "type", record.Mentions.String(), "type", record.Authored.String())
		}
	}
	within := ", the nearest " + itoa(maxRecords) + " records"
	return append(list,
		Place{Name: "The links around it with their sentences, as CSV" + within, Href: around("links.csv")},
		Place{Name: "What is around it, for Gephi (GEXF)" + within, Href: around("gexf")})
}
