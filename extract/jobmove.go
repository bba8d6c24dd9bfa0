package extract

import (
	"cmp"
	"strings"

	"lotigraph/record"
)

// joinedBody reads "Name joined Org as Role" and "Name has joined the Org team",
// with the date where the words give one. i is the verb.
func (p *page) joinedBody(n *name, i int) {
	list, end := p.joinedWhom(n.at, i+1)
	if len(list) != 1 {
		return
	}
	rest := p.after(n.at, end)
	w := p.clauseWhen(n.at, i)
	switch {
	case strings.Contains(rest, "as ") && isJob(rest[strings.Index(rest, "as "):]):
		role, _, _ := strings.Cut(rest[strings.Index(rest, "as ")+3:], ".")
		if _, own, ok := strings.Cut(role, "’s "); ok && isJob(own) {
			role = own // "as LOTI’s Data Manager"
		}
		role, _, _ = strings.Cut(role, ", ")
		role = cutRole(strings.TrimPrefix(cutRole(strings.TrimPrefix(role, "its ")), "first "))
		p.employWhen(n, cutDate(role), list, "joined a body", w)
		if n.thing.role == "" {
			n.thing.role = cutDate(role)
		}
	case strings.HasSuffix(strings.ToLower(p.text(n.at, end-1, end)), "team") || strings.HasPrefix(strings.TrimPrefix(strings.ToLower(rest), "central "), "team"):
		p.employWhen(n, "", list, "joined a body", w)
	case !w.since.IsZero() && !p.isMeeting(n.at, i):
		p.employWhen(n, "", list, "joined a body", w)
	}
}

// startsAs reads "Name starts on Monday as our Role", "Name, on becoming Org’s Role"
// and "Name as Org’s Role". i is the verb, "on" or "as".
func (p *page) startsAs(n *name, i int) {
	s := &p.passages[n.at]
	as := i
	switch w := s.word(i); w {
	case "as":
	case "on":
		if next := s.word(i + 1); next != "becoming" && next != "joining" {
			return
		}
		as = i + 1
	default:
		for as < i+6 && s.word(as) != "as" {
			as++
		}
		if s.word(as) != "as" {
			return
		}
	}
	from := as + 1
	ours := s.word(from) == "our"
	for w := s.word(from); w == "our" || w == "the" || w == "a" || w == "an" || w == "new" || w == "its"; w = s.word(from) {
		from++
	}
	end, ok := p.jobPhrase(n.at, from)
	if !ok {
		return
	}
	role, employers, ok := p.parseJob(n.at, from, end)
	if !ok || len(employers) == 0 && !ours {
		return
	}
	if e := p.speaker(); len(employers) == 0 && e != nil {
		employers = []*thing{e}
	}
	p.employ(n, role, employers, "starts as")
}

// joinedWhom is bodiesAt, or the body that the text speaks for where it says "us"
// or "our team".
func (p *page) joinedWhom(at, i int) ([]*thing, int) {
	s := &p.passages[at]
	if w := s.word(i); w == "us" || (w == "our" || w == "the") && s.word(i+1) == "team" {
		if loti := p.speaker(); loti != nil {
			if w != "us" {
				i++
			}
			return []*thing{loti}, i + 1
		}
	}
	return p.bodiesAt(at, i)
}

// leftBody reads "Name has left Org", "Name moved from Org to Other". i is the
// verb. What is over is so by the date of the text at the latest; where neither
// that nor another date is known, nothing is said, since a job without an end
// still holds.
func (p *page) leftBody(n *name, i int) {
	s := &p.passages[n.at]
	verb, from := s.word(i), i+1
	moved := verb == "moved" || verb == "moves"
	if moved {
		if s.word(from) != "from" {
			return
		}
		from++
	}
	old, end := p.joinedWhom(n.at, from)
	if len(old) != 1 {
		return
	}
	w := p.clauseWhen(n.at, i)
	begun := cmp.Or(w.since, w.until) // "left Org for Other in May"
	if moved {
		w = period{until: begun}
	}
	if w.since = (period{}).since; w.until.IsZero() && verb != "leaving" && verb != "leaves" {
		w.until = p.date
	}
	gone := w
	if !w.until.IsZero() || verb == "leaving" || verb == "leaves" {
		p.employWhen(n, "", old, "leaving a body", w)
	}
	if w := s.word(end); w == "to" && moved || w == "for" {
		if list, end := p.bodiesAt(n.at, end+1); len(list) == 1 {
			p.takeUp(n, p.roleBehind(n.at, end), list, "moved to a body", period{since: begun})
		}
	} else if to := p.pastDate(s, end); s.word(to) == "to" && !moved {
		p.leftFor(n, to+1, begunWith(verb, gone))
	}
}

// pastDate is the token behind a date such as "in March 2022" or "last week".
func (p *page) pastDate(s *passage, i int) int {
	for end := i + 4; i < end; i++ {
		switch w := s.word(i); {
		case w == "in" || w == "on" || w == "at" || w == "last" || w == "this" || w == "week" || w == "month" || w == "year" || monthNumber(w) > 0:
		case i < len(s.tokens) && s.tokens[i].isNumber():
		default:
			return i
		}
	}
	return i
}

// begunWith is when the job begins for which another was left: when that ended, if
// it is over.
func begunWith(verb string, old period) period {
	if verb == "leaving" || verb == "leaves" {
		return period{}
	}
	return period{since: old.until}
}

// leftFor reads what somebody left a body for: "to join Other as Role", "to become
// Role at Other". i is the token behind "to".
func (p *page) leftFor(n *name, i int, w period) {
	s := &p.passages[n.at]
	switch s.word(i) {
	case "join":
		list, end := p.joinedWhom(n.at, i+1)
		if len(list) != 1 {
			return
		}
		p.takeUp(n, p.roleBehind(n.at, end), list, "leaving for a body", w)
	case "become", "be":
		from := p.pastArticles(s, i+1)
		if end, ok := p.jobPhrase(n.at, from); ok {
			if role, employers, ok := p.parseJob(n.at, from, end); ok && len(employers) > 0 {
				p.takeUp(n, cutDate(role), employers, "leaving for a body", w)
			}
		}
	}
}

// roleBehind is the job behind "as" at a token, "" for none.
func (p *page) roleBehind(at, i int) string {
	s := &p.passages[at]
	if s.word(i) != "as" {
		return ""
	}
	from := p.pastArticles(s, i+1)
	to, ok := p.jobPhrase(at, from)
	if !ok {
		return ""
	}
	return cutDate(cutRole(p.text(at, from, to)))
}

// takeUp notes the job that somebody has now.
func (p *page) takeUp(n *name, role string, employers []*thing, rule string, w period) {
	p.employWhen(n, role, employers, rule, w)
	if n.thing.role == "" {
		n.thing.role = role
	}
}

// pastArticles is the token behind articles and the like.
func (p *page) pastArticles(s *passage, i int) int {
	for w := s.word(i); w == "the" || w == "a" || w == "an" || w == "our" || w == "its" || w == "their" || w == "new"; w = s.word(i) {
		i++
	}
	return i
}

// onceAt reads "Name, formerly (Role at) Org" and "Name, until last month Role at
// Org". i is "formerly" or "until".
func (p *page) onceAt(n *name, i int) {
	s := &p.passages[n.at]
	if p.date.IsZero() {
		return
	}
	from, until := i+1, p.date
	if s.word(i) == "until" {
		for from < i+4 && s.word(from) != "a" && s.word(from) != "an" && s.word(from) != "the" && s.word(from) != "our" {
			from++
		}
		if d := resolve(strings.ToLower(p.text(n.at, i+1, from)), false, p.date); !d.IsZero() {
			until = d
		}
	}
	switch s.word(from) {
	case "of", "at", "from", "with", "a", "an", "the", "our":
		from++
	}
	if list, _ := p.bodiesAt(n.at, from); len(list) == 1 {
		p.employWhen(n, "", list, "formerly at", period{until: until})
		_, end := p.bodiesAt(n.at, from)
		p.andNow(n, end)
		return
	}
	if end, ok := p.jobPhrase(n.at, from); ok && end > from {
		if role, employers, ok := p.parseJob(n.at, from, end); ok && len(employers) > 0 {
			p.employWhen(n, role, employers, "formerly at", period{until: until})
			n.tail = end
			p.andNow(n, end)
		}
	}
}

// stepsDown reads "Name is stepping down as Role at Org". i is the verb.
func (p *page) stepsDown(n *name, i int) {
	s := &p.passages[n.at]
	as := i + 1
	for as < i+4 && s.word(as) != "as" {
		as++
	}
	if s.word(as) != "as" {
		return
	}
	from := as + 1
	if w := s.word(from); w == "the" || w == "our" {
		from++
	}
	end, ok := p.jobPhrase(n.at, from)
	if !ok {
		return
	}
	if role, employers, ok := p.parseJob(n.at, from, end); ok && len(employers) > 0 {
		w := p.clauseWhen(n.at, i)
		if w.since = (period{}).since; s.word(i) == "stepped" && w.until.IsZero() {
			w.until = p.date
		}
		if n.thing.role == "" {
			n.thing.role = role
		}
		p.employWhen(n, role, employers, "leaving a body", w)
	}
}

// promoted reads "Name has been promoted to Role at Org" and "At Org, Name has been
// appointed Role". i is the verb.
func (p *page) promoted(n *name, i int) {
	s := &p.passages[n.at]
	from := i + 1
	for w := s.word(from); w == "to" || w == "as" || w == "the" || w == "our" || w == "its" || w == "new"; w = s.word(from) {
		from++
	}
	end, ok := p.jobPhrase(n.at, from)
	if !ok {
		return
	}
	role, employers, ok := p.parseJob(n.at, from, end)
	if !ok {
		return
	}
	if len(employers) == 0 && n.from > 2 && s.word(n.from-1) == "," {
		if e := s.nameAt(n.from - 2); e != nil && (s.word(e.from-1) == "at" || s.word(e.from-1) == "in") && (e.thing.kind == record.BoroughKind || e.thing.kind == record.PartnerKind) {
			employers = []*thing{e.thing}
		}
	}
	p.employ(n, role, employers, "has been promoted")
}

// andNow reads the job behind an earlier one: "Name, formerly at Org, now Role at
// Other", "…, now runs data at Other". i is the comma.
func (p *page) andNow(n *name, i int) {
	s := &p.passages[n.at]
	n.tail = i
	if w := s.word(i); w != "," && w != "and" {
		return
	}
	if s.word(i+1) == "now" && (s.word(i+2) == "runs" || s.word(i+2) == "leads" || s.word(i+2) == "heads" || s.word(i+2) == "manages") {
		p.runsTeam(n, i+2)
		return
	}
	if s.word(i+1) != "now" {
		return
	}
	if list, end := p.bodiesAfter(n.at, i+2, "at"); len(list) == 1 {
		n.tail = end
		p.employ(n, "", list, "who works for")
		return
	}
	if end, ok := p.jobPhrase(n.at, i+2); ok {
		if role, employers, ok := p.parseJob(n.at, i+2, end); ok && len(employers) > 0 {
			n.tail = end
			p.employ(n, role, employers, "job behind a comma")
		}
	}
}

// clauseWhen is when what a verb says begins or ends, as far as its clause tells.
func (p *page) clauseWhen(at, verb int) period {
	clause := strings.ToLower(p.after(at, verb))
	for _, stop := range []string{", ", ";", " after ", " having ", " who ", " where ", " and "} {
		clause, _, _ = strings.Cut(clause, stop)
	}
	return when(strings.TrimRight(clause, "."), "", p.date)
}

// isMeeting tells whether somebody joined a body for an occasion only.
func (p *page) isMeeting(at, verb int) bool {
	clause := strings.ToLower(p.after(at, verb))
	return strings.Contains(clause, " for ") || strings.Contains(clause, " at ") || strings.Contains(clause, " to ")
}

// cutDate is a role without the date behind it.
func cutDate(role string) string {
	lower := strings.ToLower(role)
	for i, r := range lower {
		if r != ' ' {
			continue
		}
		rest := lower[i+1:]
		if onceWords.MatchString(rest) || sinceWords.MatchString(rest) || rangeWords.MatchString(rest) {
			return cutRole(role[:i])
		}
	}
	return role
}
