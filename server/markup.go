package server

import (
	"html/template"
	"strconv"
	"strings"

	"lotigraph/server/internal/page"
)

// What stands on a page a hundred times over is laid out here instead of in a
// template, which takes ten times as long: statements with the sentences that say
// so, and the lines and dots of pictures.
//
// Invariant: what is not written in this file is escaped, and an address leads to a
// page of this service.

// markup is HTML that is being written.
type markup struct{ strings.Builder }

// add writes HTML of ours and text of others by turns, beginning with ours.
func (m *markup) add(turns ...string) {
	for i, s := range turns {
		if i%2 == 1 {
			s = template.HTMLEscapeString(s)
		}
		m.WriteString(s)
	}
}

// within is an address of this service; another one leads nowhere: "//" begins the
// name of a host, and "/\" does in browsers.
func within(address string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.HasPrefix(address, `/\`) {
		return "#"
	}
	return address
}

// link leads to a place.
func (m *markup) link(p page.Place) {
	m.WriteString(string(linkTo(p)))
}

// linkTo leads to a place.
func linkTo(p page.Place) template.HTML {
	return template.HTML(`<a class="govuk-link" href="` + template.HTMLEscapeString(within(p.Href)) + `">` + template.HTMLEscapeString(p.Name) + `</a>`)
}

// html is what was written.
func (m *markup) html() template.HTML { return template.HTML(m.String()) }

// proofOf is a passage with where it stands.
func proofOf(p page.Proof) template.HTML {
	var m markup
	m.proof(p)
	return m.html()
}

func (m *markup) proof(p page.Proof) {
	m.add("<figure class=\"proof\">\n<blockquote class=\"govuk-body\"><p class=\"govuk-body\">“", p.Quote, "”</p></blockquote>\n<figcaption class=\"govuk-body-s meta\">")
	m.link(p.Source)
	if p.Date != "" {
		m.add(", ", p.Date)
	}
	if p.Superseded {
		m.WriteString(" – these words are no longer in the text as it is now")
	}
	m.WriteString("</figcaption>\n</figure>")
}

// statementOf is a link with the sentences that say so, which are opened in place.
func statementOf(s page.Statement) template.HTML {
	var m markup
	m.says(s)
	m.proofs(s)
	m.WriteString("\n</li>")
	return m.html()
}

// says begins an item of a list with a link in words.
func (m *markup) says(s page.Statement) {
	m.WriteString("<li class=\"statement\">\n<p class=\"govuk-body statement__says\">")
	m.link(s.From)
	m.add(" ", s.Verb, " ")
	m.link(s.To)
	for _, more := range []string{s.Role, s.Period} {
		if more != "" {
			m.add(", ", more)
		}
	}
	for _, mark := range s.Marks {
		m.add(` <strong class="govuk-tag govuk-tag--grey">`, mark, `</strong>`)
	}
	m.WriteString("</p>\n")
}

// proofsOf are the sentences that say a link.
func proofsOf(s page.Statement) template.HTML {
	var m markup
	m.proofs(s)
	return m.html()
}

func (m *markup) proofs(s page.Statement) {
	if len(s.Proofs) == 0 {
		m.WriteString(`<p class="govuk-body-s meta">No sentence says so any more. `)
		m.report(s)
		m.WriteString("</p>")
		return
	}
	m.summary(s, page.Count(len(s.Proofs), "sentence says so", "sentences say so"))
	m.WriteString("\n")
	for _, p := range s.Proofs {
		m.proof(p)
		m.WriteString("\n")
	}
	m.WriteString(`<p class="govuk-body-s">`)
	m.report(s)
	m.WriteString("</p>\n</div></details>")
}

// summary begins what is opened in place.
func (m *markup) summary(s page.Statement, words string) {
	m.add(`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">`, words)
	m.about(": ", s)
	m.WriteString("</span></summary>\n<div class=\"govuk-details__text\">")
}

// about says to those who only hear a page what words are about.
func (m *markup) about(joint string, s page.Statement) {
	m.add(`<span class="govuk-visually-hidden">`+joint, s.From.Name, " ", s.Verb, " ", s.To.Name, `</span>`)
}

func (m *markup) report(s page.Statement) {
	m.add(`<a class="govuk-link report-link" href="`, within(s.Report), `">Report a mistake`)
	m.about(" in: ", s)
	m.WriteString("</a>")
}

// shownStatementOf is a link with the first sentence that says so shown at once.
func shownStatementOf(s page.Statement) template.HTML {
	var m markup
	m.says(s)
	if len(s.Proofs) == 0 {
		m.WriteString(`<p class="govuk-body-s meta">No sentence says so any more.</p>`)
	} else {
		m.proof(s.Proofs[0])
		if rest := s.Proofs[1:]; len(rest) > 0 {
			m.summary(s, page.Count(len(rest), "more sentence", "more sentences"))
			for _, p := range rest {
				m.proof(p)
			}
			m.WriteString("</div></details>")
		}
	}
	m.WriteString("\n<p class=\"govuk-body-s statement__says\">")
	m.report(s)
	m.WriteString("</p>\n</li>")
	return m.html()
}

// picturedOf are the lines and the dots of a picture.
func picturedOf(p page.Picture) template.HTML {
	var m markup
	m.WriteString(`<g class="picture__lines">`)
	for _, l := range p.Lines {
		m.add(`<path d="`, l.Path, `" class="line line--`+strconv.Itoa(l.Weight))
		if l.Look != "" {
			m.add(" line--", l.Look)
		}
		m.add(`" data-from="`, l.From, `" data-to="`, l.To, `"><title>`, l.Says, "</title></path>\n")
	}
	m.WriteString("</g>\n")
	for _, d := range p.Dots {
		m.dot(d)
	}
	return m.html()
}

func (m *markup) dot(d page.PictureDot) {
	says := d.Name + ", " + d.Kind
	if d.Does != "" {
		says += ": " + d.Does
	}
	m.add(`<a href="`, within(d.Href), `" class="dot dot--`, d.Look)
	if d.Focus {
		m.WriteString(" dot--focus")
	}
	x, y, r := strconv.Itoa(d.X), strconv.Itoa(d.Y), strconv.Itoa(d.Radius)
	m.add(`" data-id="`, d.ID, `" data-x="`+x+`" data-y="`+y+`" data-r="`+r+`" data-name="`, d.Name, `" aria-label="`, says, `"><title>`, says,
		`</title><circle cx="`+x+`" cy="`+y+`" r="`+r+`"/><text x="`+strconv.Itoa(d.LabelX)+`" y="`+strconv.Itoa(d.LabelY)+`" text-anchor="`, d.Anchor, `"`)
	if d.Turn != "" {
		m.add(` transform="`, d.Turn, `"`)
	}
	m.WriteString(">")
	for i, line := range d.Label {
		next := ""
		if i > 0 {
			m.WriteString(" ")
			next = ` dy="14"`
		}
		m.add(`<tspan x="`+strconv.Itoa(d.LabelX)+`"`+next+`>`, line, `</tspan>`)
	}
	m.WriteString("</text></a>\n")
}
