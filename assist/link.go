package assist

import (
	"slices"
	"strings"

	"lotigraph/extract"
	"lotigraph/record"
)

// joint is what a link means; a text says it once.
type joint struct {
	link     record.LinkType
	from, to int
}

// takeLink keeps a link when its quote stands in the piece, its ends were found
// and fit, and one of them stands in the quote. One that was read before stays
// as it is.
func (c *check) takeLink(piece record.Span, l linkAnswer) bool {
	link, err := record.ParseLinkType(l.Type)
	if err != nil || link.Derived() {
		return false
	}
	body := c.reading.Text.Body
	span, ok := quoted(body, piece, l.Quote)
	if !ok {
		return false
	}
	from, fromOK := c.end(l.From, link.From())
	to, toOK := c.end(l.To, link.To())
	if !fromOK || !toOK || from == to || from == extract.SelfText {
		return false
	}
	if !c.stands(from, l.From, span) && !c.stands(to, l.To, span) {
		return false
	}
	meaning := joint{link, from, to}
	if c.joined[meaning] {
		return true
	}
	c.joined[meaning] = true
	rel := extract.Relation{Type: link, From: from, To: to, Role: roleOf(link, l.Role, span.Of(body)), Span: span, Rule: Rule, Confidence: Confidence}
	rel.Since, rel.Until = period(span.Of(body), l.Since, l.Until)
	c.reading.Relations = append(c.reading.Relations, rel)
	return true
}

// end is what a link's end stands for: something found of a kind that it may
// have, or the text itself.
func (c *check) end(name string, kinds []record.Kind) (at int, ok bool) {
	if strings.EqualFold(strings.TrimSpace(name), thisText) && slices.Contains(kinds, record.WeeknoteKind) {
		return extract.SelfText, true
	}
	return c.find(strings.TrimRight(strings.TrimSpace(name), ".,;: "), kinds...)
}

// stands tells whether a thing found is named in a part of the text.
func (c *check) stands(at int, name string, part record.Span) bool {
	if at == extract.SelfText {
		return false
	}
	return slices.ContainsFunc(c.reading.Found[at].Spans, part.Contains) ||
		len(occurrences(c.reading.Text.Body, part, strings.TrimSpace(name), 1)) > 0
}

// roleOf is a role of the closed list, or a job title in the words of the quote;
// "" for anything else.
func roleOf(link record.LinkType, role, quote string) string {
	if link.FreeRole() {
		return freeRole(role, quote)
	}
	role = strings.ToLower(strings.TrimSpace(role))
	if slices.Contains(link.Roles(), role) {
		return role
	}
	return ""
}

// freeRole is a job title that stands in the quote.
func freeRole(role, quote string) string {
	const maxRole = 120
	role = strings.TrimSpace(role)
	if len(role) > maxRole || !oneLine(role) || len(occurrences(quote, record.Span{End: len(quote)}, role, 1)) == 0 {
		return ""
	}
	return role
}
