package extract

import (
	"slices"
	"strings"

	"lotigraph/record"
)

// unknownIn takes the words in brackets behind a full name for a body: words in
// capitals that are no ordinary ones, or that have "for" among them.
func (p *page) unknownIn(n *name, from, to int) *thing {
	s := &p.passages[n.at]
	if n.to != from-1 || n.to-n.from < 2 || to-from > 6 {
		return nil
	}
	forWord := false
	for i := from; i < to; i++ {
		t := s.tokens[i]
		switch {
		case s.cover[i] != nil || notNames[t.fold] || monthNumber(t.fold) > 0:
			return nil
		case i > from && (t.fold == "for" || t.fold == "of"):
			forWord = forWord || t.fold == "for"
		case t.text == "&" || t.text == "-" && t.glue:
		case !t.isCapital():
			return nil
		}
	}
	if s.allCommon(from, to) && !forWord {
		return nil
	}
	t := p.bodyCalled(p.text(n.at, from, to), "employer behind a name")
	p.mark(n.at, from, to, t, "employer behind a name")
	return t
}

// jobBehindDash reads "Name — Role, Org" and "Name — Org" where the name begins a
// line, or follows another dash in it.
func (p *page) jobBehindDash(n *name, dash int) {
	s := &p.passages[n.at]
	first := n.from
	if titles[s.word(first-1)] {
		first--
	}
	switch s.word(first - 1) {
	case "", "—", "–", "-", "|":
	default:
		p.jobBetweenDashes(n, dash)
		return
	}
	if s.tokens[dash].text == ":" && s.kind != itemUnit {
		return
	}
	if list, end := p.bodiesAt(n.at, dash+1); len(list) > 0 && p.endsItem(s, end) {
		n.tail = end
		p.employ(n, "", list, "job behind a dash")
		return
	}
	end, ok := p.jobPhrase(n.at, dash+1)
	if !ok {
		return
	}
	if role, employers, ok := p.parseJob(n.at, dash+1, end); ok && p.endsItem(s, end) {
		n.tail = end
		if at := strings.LastIndex(role, ", "); len(employers) == 0 && at > 0 {
			if e := p.employerIn(n.at, dash+1, end, len(role)-at-2); e != nil {
				role, employers = cutRole(role[:at]), []*thing{e}
			}
		}
		p.uncover(n.at, dash+1, end, role, employers)
		p.employ(n, role, employers, "job behind a dash")
	}
}

// jobBetweenDashes reads "… Name – Role at Org – …".
func (p *page) jobBetweenDashes(n *name, dash int) {
	s := &p.passages[n.at]
	end, ok := p.jobPhrase(n.at, dash+1)
	if !ok || s.word(end) != s.word(dash) {
		return
	}
	if role, employers, ok := p.parseJob(n.at, dash+1, end); ok && len(employers) > 0 {
		n.tail = end + 1
		p.employ(n, role, employers, "job behind a dash")
	}
}

// employerIn takes the last bytes of a job, which follow its last comma, for a
// body, unless they read as a part of the title.
func (p *page) employerIn(at, from, end, size int) *thing {
	s := &p.passages[at]
	i := end
	for i > from && s.tokens[end-1].End-s.tokens[i-1].Start <= size {
		i--
	}
	if i == end || !s.tokens[i].isCapital() || isJob(p.text(at, i, end)) || s.allCommon(i, end) && end-i < 2 {
		return nil
	}
	t := p.bodyCalled(p.text(at, i, end), "employer behind a job title")
	p.mark(at, i, end, t, "employer behind a job title")
	return t
}

// uncover takes back names of unknown bodies that are words of a job title:
// "Head of Smart Cities Team, GLA".
func (p *page) uncover(at, from, end int, role string, employers []*thing) {
	s := &p.passages[at]
	for i := from; i < end; i++ {
		n := s.cover[i]
		if n == nil || n.thing.id != "" || n.rule == "well-known body" || n.thing.kind != record.PartnerKind || slices.Contains(employers, n.thing) || !strings.Contains(role, p.text(at, n.from, n.to)) {
			continue
		}
		for j := n.from; j < n.to; j++ {
			s.cover[j] = nil
		}
	}
}

// endsItem tells whether a line, or an item of a list in brackets, ends at a
// token.
func (p *page) endsItem(s *passage, i int) bool {
	switch s.word(i) {
	case "", "(", ")", ";", ".":
		return true
	}
	return false
}

// bodyInList reads "Name, Org" where both are an item of a list: one in brackets
// with semicolons, or a line.
func (p *page) bodyInList(n *name, comma int) {
	s := &p.passages[n.at]
	if len(p.jobsAt(n)) > 0 {
		return
	}
	before := s.word(n.from - 1)
	line := n.from == 0 && s.kind == itemUnit
	if !line && before != "(" && before != ";" && before != ":" {
		return
	}
	list, end := p.bodiesAt(n.at, comma+1)
	if len(list) != 1 {
		return
	}
	if next := s.word(end); line && (p.endsItem(s, end) || next == ",") || next == ";" || next == ")" && (before != ":" || p.inOwnBrackets(n)) {
		n.tail = end
		p.employ(n, "", list, "name and body in a list")
	}
}

// inOwnBrackets tells whether a bracket says only who somebody is: "(speaker: Name, Org)".
func (p *page) inOwnBrackets(n *name) bool {
	s := &p.passages[n.at]
	return s.word(n.from-1) == ":" && (s.word(n.from-3) == "(" || s.word(n.from-4) == "(")
}

// behindBody reads "Org – Name, Role" as a line, and "Org: Name".
func (p *page) behindBody(n *name) {
	s := &p.passages[n.at]
	i := n.from - 1
	if titles[s.word(i)] {
		i--
	}
	switch s.word(i) {
	case "—", "–", "-", ":", "|":
	default:
		return
	}
	e := s.nameAt(i - 1)
	if e == nil || e.from > 1 || e.to != i || s.kind != itemUnit || len(p.jobsAt(n)) > 0 || e.thing.kind != record.BoroughKind && e.thing.kind != record.PartnerKind {
		return
	}
	p.employ(n, n.thing.role, []*thing{e.thing}, "behind a body in a list")
}

// inBracketsOf reads "Org (Name, Role)". Behind "A, and B and C (Name)", B and C
// are one item of the list.
func (p *page) inBracketsOf(n *name) {
	s := &p.passages[n.at]
	if s.word(n.from-1) != "(" || s.nameAt(n.from-2) == nil || len(p.jobsAt(n)) > 0 {
		return
	}
	e := s.nameAt(n.from - 2)
	if e.thing.kind != record.BoroughKind && e.thing.kind != record.PartnerKind || s.closing(n.from-1) < 0 {
		return
	}
	list := []*thing{e.thing}
	if w := s.word(e.from - 1); w == "and" || w == "&" {
		if other := s.nameAt(e.from - 2); other != nil && other.thing.kind == e.thing.kind && s.word(other.from-1) == "and" && s.word(other.from-2) == "," {
			list = []*thing{other.thing, e.thing}
		}
	}
	p.employ(n, n.thing.role, list, "in brackets behind a body")
}
