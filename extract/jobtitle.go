package extract

import (
	"strings"

	"lotigraph/record"
)

// jobPhrase finds where a job title that begins at token i ends. A title may
// hold commas: "Director of Data Analytics, Insight and Reporting".
func (p *page) jobPhrase(at, i int) (end int, ok bool) {
	s := &p.passages[at]
	start, head := i, false
	last := i
	for i < len(s.tokens) && i < start+24 {
		t := s.tokens[i]
		if n := s.cover[i]; n != nil && n.thing.kind == record.PersonKind {
			if prev := s.word(i - 1); prev == "," || prev == "and" || prev == "&" {
				break
			}
			return start, false // the job is that person's
		} else if n != nil && n.thing.kind == record.ProjectKind && s.kind != itemUnit {
			return start, false // a part in a project, not a job
		}
		switch {
		case s.cover[i] != nil:
			i = s.cover[i].to - 1
			last = i + 1
		case t.possessive() || t.text == "-" || t.text == "&" || t.text == "/" || t.text == "’" || t.text == "'":
		case t.text == "(":
			close := s.closing(i)
			if close < 0 || !head {
				return last, head
			}
			i = close
			last = i + 1
		case t.text == ",":
			if i+1 >= len(s.tokens) || !s.tokens[i+1].isCapital() {
				return last, head
			}
		case !t.isWord():
			return last, head
		case t.isCapital() || t.isNumber():
			head = head || jobHeads[t.fold]
			last = i + 1
		case jobHeads[t.fold] || jobStarts[t.fold]:
			head = head || jobHeads[t.fold]
			last = i + 1
		case t.glue && s.tokens[i-1].text == "-":
			last = i + 1
		case t.fold == "old" || t.fold == "year" || t.fold == "experience":
			last = i + 1
		case smallWords[t.fold] || t.fold == "from" || t.fold == "our" && i == start:
			if i == start && t.fold != "a" && t.fold != "an" && t.fold != "the" && t.fold != "our" {
				return last, false
			}
		default:
			return last, head
		}
		i++
	}
	return last, head
}

// parseJob reads the words of a job: bodies only, a title only, or both in any
// of their orders.
func (p *page) parseJob(at, from, to int) (role string, employers []*thing, ok bool) {
	s := &p.passages[at]
	if from >= to {
		return "", nil, false
	}
	if list, end := p.bodiesAt(at, from); len(list) > 0 {
		switch {
		case end >= to:
			return "", list, true
		case end < to && s.tokens[end].possessive():
			end++
		case s.word(end) == ",":
			end++
		case len(list) == 1 && s.cover[end] != nil && s.cover[end].to == to && s.cover[end].rule == "word of a body’s name":
			p.uncover(at, end, to, p.text(at, end, to), list) // "UCL School of Management": a part of it
			return "", list, true
		}
		if role := p.text(at, end, to); isJob(role) {
			return cutRole(role), list, true
		}
		return "", list, s.word(end) == ";" || s.word(end) == "–"
	}
	// A title, then a known body at the very end: "Head of Data Team, GLA".
	for i := to - 2; i > from; i-- {
		if w := s.word(i); w != "," && w != "at" && w != "for" && w != "of" {
			continue
		}
		if list, end := p.bodiesAt(at, i+1); len(list) > 0 && end >= to && isJob(p.text(at, from, i)) && p.allKnown(at, i+1, end) {
			if i+1 < to && s.cover[i+1] != nil && s.word(i) == "of" && !jobHeads[s.word(i-1)] {
				continue
			}
			return cutRole(p.text(at, from, i)), list, true
		}
	}
	// A title, then perhaps "at", "for", "of", "from", a comma or a bracket, and bodies to the end.
	for i := from + 1; i < to; i++ {
		switch w := s.word(i); w {
		case ",", "at", "for", "of", "from", "(", "in", "with", "–", "-":
			start := i + 1
			if w == "(" && (s.word(start) == "for" || s.word(start) == "at") {
				start++
			}
			list, end := p.bodiesAt(at, start)
			if len(list) > 1 && end < to && s.tokens[end].possessive() {
				list, end = list[:len(list)-1], to // "Mayor of A and B’s Champion": the second is another job
			}
			rest := end >= to || end == to-1 && s.word(end) == ")" || s.word(end) == ";" || s.word(end) == ","
			if len(list) > 0 && rest && isJob(p.text(at, from, i)) {
				return cutRole(p.text(at, from, i)), list, true
			}
			if (w == "at" || w == "," || w == "of") && isJob(p.text(at, from, i)) {
				if e := p.unknownEmployer(at, start, to, w == "at"); e != nil {
					return cutRole(p.text(at, from, i)), []*thing{e}, true
				}
			}
		}
	}
	for i := from + 1; i < to-1; i++ { // "interim LOTI Director"
		if n := s.cover[i]; n != nil && n.from == i && (n.thing.kind == record.PartnerKind || n.thing.kind == record.BoroughKind) && n.to < to && !s.tokens[n.to].possessive() {
			if role = p.text(at, from, i) + " " + p.text(at, n.to, to); isJob(p.text(at, n.to, to)) {
				return cutRole(role), []*thing{n.thing}, true
			}
		}
	}
	role = cutRole(p.text(at, from, to))
	return role, nil, isJob(role)
}

// allKnown tells whether the names among some tokens are known or well known.
func (p *page) allKnown(at, from, to int) bool {
	for _, n := range p.passages[at].cover[from:to] {
		if n != nil && n.thing.id == "" && n.thing.rule != "well-known body" {
			return false
		}
	}
	return true
}

// cutRole is a job title without what is said after a semicolon, and without
// whose title it is.
func cutRole(role string) string {
	role, _, _ = strings.Cut(role, ";")
	for _, lead := range []string{"London’s ", "London's ", "our ", "the ", "a ", "an ", "new ", "former ", "first "} {
		role = strings.TrimPrefix(role, lead)
	}
	return strings.TrimRight(strings.TrimSpace(role), ",–- ")
}

// unknownEmployer takes the words from i to the end for a body nobody knows:
// behind "at" any words in capitals, behind a comma only such as are no words
// of a title.
func (p *page) unknownEmployer(at, from, to int, plain bool) *thing {
	s := &p.passages[at]
	if s.word(from) == "the" {
		from++
	}
	end := from
	common := true
	for end < to && (s.tokens[end].isCapital() && s.cover[end] == nil || end > from && smallWords[s.word(end)] && end+1 < to && s.tokens[end+1].isCapital() || s.tokens[end].text == "&") {
		w := s.word(end)
		common = common && (isCommon(w) || notNames[w] || s.tokens[end].isAcronym() && len(s.tokens[end].text) < 4)
		end++
	}
	if end == from || end-from > 6 || end < to && s.word(end) != ")" && s.word(end) != "," || notNames[s.word(from)] && end == from+1 {
		return nil
	}
	if !plain && (common || end < to || isJob(p.text(at, from, end))) {
		return nil
	}
	t := p.bodyCalled(p.text(at, from, end), "employer behind a job title")
	p.mark(at, from, end, t, "employer behind a job title")
	return t
}
