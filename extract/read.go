package extract

import (
	"cmp"
	"slices"
	"strings"

	"lotigraph/record"
)

// Read reads a text with the help of what is known.
func Read(src Source, lex *Lexicon) Reading {
	r, _ := read(src, lex)
	return r
}

// read reads a text, and gives the page too.
func read(src Source, lex *Lexicon) (Reading, *page) {
	body := src.Body
	r := Reading{Text: record.Text{Body: body}}
	fields, front, problems := frontMatter(body)
	r.Problems = problems
	frontTitle, frontByline := r.applyFront(fields)
	isName := func(s string) bool {
		_, known := lex.named(s, record.PersonKind, 1)
		return known || looksLikeName(s)
	}
	l := lay(body, front, frontTitle, frontByline, isName)
	r.Text.Title, r.Text.Byline, r.Text.Main, r.Text.Furniture = l.title, l.byline, l.main, l.furniture
	r.Title = strings.Join(strings.Fields(l.title.Of(body)), " ")
	r.Byline = strings.Join(strings.Fields(l.byline.Of(body)), " ")
	r.Number = number(r.Title)
	for _, d := range []record.PartialDate{l.dateline, addressDate(r.URL), yearOf(r.Title)} {
		if r.Date.IsZero() {
			r.Date = d
		}
	}
	if r.Form == "" {
		r.Form = formOf(r.Title, src.Name, r.URL)
	}
	p := newPage(body, l, lex)
	p.date = r.Date
	p.project = (strings.Contains(r.URL, "/projects/") || strings.Contains(r.URL, "/?p=")) && r.Form != record.FormWeeknote
	p.find(l)
	p.about(r.Form)
	p.fill(&r, l)
	return r, p
}

// find marks every name in the text. The order matters: what is known comes
// first, what needs the others last.
func (p *page) find(l layout) {
	p.markKnown()
	p.titleProject()
	p.quotedNames()
	p.markBodies()
	p.headedProjects()
	p.siblingLabels()
	p.markPeople()
	p.plainProjects()
	p.markAliases()
	p.authors(l.byline)
	p.markFirstNames()
	p.markAgain()
	p.markPartners()
	p.headingProjects()
	p.repeatedProjects()
	p.smallProjects()
	p.projectsOfGivers()
	p.markAliases()
	p.markAgain()
	p.readJobs()
	p.readJobTurns()
}

// authors are the people of the byline.
func (p *page) authors(byline record.Span) (list []*thing) {
	printed := byline.Of(p.body)
	for _, part := range splitNames(printed) {
		span := trim(p.body, record.Span{Start: byline.Start + part.Start, End: byline.Start + part.End})
		if span.Len() == 0 {
			continue
		}
		t := p.personCalled(span.Of(p.body))
		if !slices.Contains(t.spans, span) {
			t.spans = append(t.spans, span)
		}
		list = append(list, t)
	}
	return list
}

// fill puts what was found into the reading.
func (p *page) fill(r *Reading, l layout) {
	for at := range p.passages {
		s := &p.passages[at]
		s.each(func(n *name) {
			n.thing.spans = append(n.thing.spans, s.span(n.from, n.to))
		})
	}
	var things []*thing
	for _, t := range p.things {
		slices.SortFunc(t.spans, func(a, b record.Span) int { return cmp.Compare(a.Start, b.Start) })
		t.spans = slices.Compact(t.spans)
		if len(t.spans) > 0 {
			things = append(things, t)
		}
	}
	slices.SortStableFunc(things, func(a, b *thing) int { return cmp.Compare(a.spans[0].Start, b.spans[0].Start) })
	for i, t := range things {
		t.index = i
		r.Found = append(r.Found, Found{Kind: t.kind, ID: t.id, Name: t.name, Aliases: t.aliases, Sector: t.sector, Role: t.role,
			Spans: t.spans, Rule: t.rule, Confidence: p.lex.sure(t.rule)})
	}
	p.holders = p.holdersOfProjects()
	p.relate(r, l)
}
