package extract

import (
	"slices"
	"strings"

	"lotigraph/record"
)

// readJobs reads what the text says of the jobs of everybody named in it.
func (p *page) readJobs() {
	for at := range p.passages {
		s := &p.passages[at]
		var list []*name
		s.each(func(n *name) {
			if n.thing.kind == record.PersonKind {
				list = append(list, n)
			}
		})
		for _, n := range list {
			p.jobAfter(n)
			p.jobBefore(n)
			p.inBracketsOf(n)
			p.behindBody(n)
		}
		p.shareJobs(at, list)
	}
}

// employ notes a job of a person.
func (p *page) employ(n *name, role string, employers []*thing, rule string) {
	role = strings.TrimSpace(strings.Trim(role, ",;-–— "))
	if n.thing.role == "" {
		n.thing.role = role
	}
	p.employWhen(n, role, employers, rule, period{})
}

// employWhen notes a job of a person and when it was theirs. One that is over
// does not become the person's role.
func (p *page) employWhen(n *name, role string, employers []*thing, rule string, w period) {
	for _, e := range employers {
		n.thing.jobs = append(n.thing.jobs, job{employer: e, role: role, at: n.at, rule: rule, period: w})
	}
}

// jobAfter reads a job behind a name: in brackets, behind a comma, or "at" and
// "from" a body.
func (p *page) jobAfter(n *name) {
	s := &p.passages[n.at]
	i := n.to
	rule := "job in brackets"
	if i < len(s.tokens) && s.tokens[i].possessive() { // "Jay’s blog (LOTI’s Data Manager)"
		rule = "job in brackets after a possession"
		for i++; i < n.to+4 && i < len(s.tokens) && s.tokens[i].isLower(); i++ {
		}
	}
	switch s.word(i) {
	case "mbe", "obe", "cbe", "phd":
		i++
	}
	switch s.word(i) {
	case "(":
		end := s.closing(i)
		if end < 0 {
			return
		}
		role, employers, ok := p.parseJob(n.at, i+1, end)
		if !ok {
			if e := p.unknownIn(n, i+1, end); e != nil {
				role, employers, ok = "", []*thing{e}, true
			}
		}
		if !ok {
			if m := s.nameAt(i + 1); m != nil && m.to == end && i == n.to {
				n.tail = end + 1 // a programme: a tie, but no employer
			}
			return
		}
		if i == n.to {
			n.tail = end + 1
		}
		if len(employers) == 0 && role != "" {
			if e, how := p.impliedEmployer(n.at, end+1); e != nil {
				employers, rule = []*thing{e}, how
			}
		}
		p.employ(n, role, employers, rule)
	case ",":
		p.jobBehindComma(n, i)
		p.bodyInList(n, i)
	case "—", "–", "-", "|", ":":
		if !s.tokens[i].glue || s.tokens[i].text == ":" {
			p.jobBehindDash(n, i)
		}
	case "from", "at", "of", "for":
		if i != n.to {
			return
		}
		if employers, end := p.bodiesAt(n.at, i+1); len(employers) > 0 {
			n.tail = end
			p.employ(n, "", employers, "name from a body")
		} else if e, end := p.councilNamed(n.at, i+1); e != nil {
			n.tail = end
			p.employ(n, "", []*thing{e}, "of the council just named")
		} else if s.word(i) == "at" || s.word(i) == "from" {
			p.unknownAt(n, i+1, s.word(i) == "at")
		}
	case "and", "who", "on", "as", "starts", "started", "just", "recently", "now", "completes", "joins", "joined", "is", "becomes", "was", "will", "steps", "works", "has", "left", "leaves", "moved", "moves", "formerly", "previously":
		p.jobInVerb(n, i)
	}
}

// unknownAt reads "Name at Org" of a body that nobody knows. A town, and words
// that are ordinary ones, could be a place or a meeting.
func (p *page) unknownAt(n *name, i int, at bool) {
	s := &p.passages[n.at]
	if s.word(i) == "the" {
		i++
	}
	if i >= len(s.tokens) || s.cover[i] != nil || !s.tokens[i].isCapital() {
		return
	}
	to := p.partnerEnd(s, i)
	if to == 0 || s.allCommon(i, to) && (at || to-i < 2 || !p.amongStaff(n)) || !at && isGiven(s.tokens[i].text) {
		return
	}
	if hits := p.lex.at(s.tokens, i, false); len(hits) > 0 && hits[0].weak {
		return // a town
	}
	t := p.bodyCalled(p.text(n.at, i, to), "employer behind a name")
	p.mark(n.at, i, to, t, "employer behind a name")
	n.tail = to
	p.employ(n, "", []*thing{t}, "name at an unknown body")
}

// councilNamed is the borough that "the council" means at a token: the only one that
// the sentence before names.
func (p *page) councilNamed(at, i int) (council *thing, end int) {
	s := &p.passages[at]
	if s.word(i) != "the" || s.word(i+1) != "council" && s.word(i+1) != "borough" || at == 0 || p.passages[at-1].section != s.section {
		return nil, 0
	}
	several := false
	p.passages[at-1].each(func(n *name) {
		if n.thing.kind == record.BoroughKind {
			several = several || council != nil && council != n.thing
			council = n.thing
		}
	})
	if several {
		return nil, 0
	}
	end = i + 2
	if end < len(s.tokens) && s.tokens[end].possessive() {
		for end++; end < i+8 && end < len(s.tokens) && s.cover[end] == nil && s.tokens[end-1].fold != "team"; end++ {
		}
		if s.word(end-1) != "team" {
			end = i + 2
		}
	}
	return council, end
}

// amongStaff tells whether the person before in the same passage is said to be from
// a body: "Ann Lee from Nominet, Bo Marsh from Good Neighbours".
func (p *page) amongStaff(n *name) bool {
	var before *name
	p.passages[n.at].each(func(m *name) {
		if m.thing.kind == record.PersonKind && m.to <= n.from {
			before = m
		}
	})
	return before != nil && slices.ContainsFunc(p.jobsAt(before), func(j job) bool { return j.rule == "name from a body" || j.rule == "name at an unknown body" })
}

// jobBehindComma reads "Name, Role at Org" and "Name, Org’s Role".
func (p *page) jobBehindComma(n *name, comma int) {
	s := &p.passages[n.at]
	switch s.word(comma + 1) {
	case "who", "formerly", "previously", "until", "then":
		p.jobInVerb(n, comma+1)
		return
	}
	from := comma + 1
	now := s.word(from) == "currently" || s.word(from) == "now"
	if now || s.word(from) == "both" || s.word(from) == "all" {
		from++
	}
	if w := s.word(from); w == "from" || w == "of" || now && (w == "with" || w == "at" || w == "in") {
		if list, end := p.bodiesAt(n.at, from+1); len(list) > 0 {
			n.tail = end
			if to, ok := p.jobPhrase(n.at, end+1); ok && s.word(end) == "as" {
				n.tail = to
				p.employ(n, cutRole(p.text(n.at, end+1, to)), list, "name from a body")
				return
			}
			p.employ(n, "", list, "name from a body")
			return
		}
	}
	from = comma + 1
	end, ok := p.jobPhrase(n.at, from)
	if !ok {
		return
	}
	ours := s.word(from) == "our"
	for from < end && (s.word(from) == "a" || s.word(from) == "an" || s.word(from) == "the" || s.word(from) == "our") {
		from++
	}
	role, employers, ok := p.parseJob(n.at, from, end)
	if !ok {
		return
	}
	n.tail = end
	rule := "job behind a comma"
	if len(employers) == 0 {
		if list, _ := p.bodiesAfter(n.at, end, "hired", "by"); len(list) > 0 {
			employers, rule = list, "hired by"
		} else if list, _ := p.bodiesAfter(n.at, end, "from"); len(list) > 0 {
			employers = list
		} else if e := p.listEmployer(n.at); e != nil && s.kind == itemUnit && n.from == 0 {
			employers, rule = []*thing{e}, "list under a body’s heading"
		} else if e := p.speaker(); ours && e != nil {
			employers, rule = []*thing{e}, "is our"
		}
	}
	p.employ(n, role, employers, rule)
	if s.word(end) == "," {
		end++
	}
	if len(employers) == 0 && s.word(end) == "and" {
		p.theirTeam(n, end+1)
	}
}

// bodiesAfter is bodiesAt behind the given words.
func (p *page) bodiesAfter(at, i int, lead ...string) ([]*thing, int) {
	s := &p.passages[at]
	for _, w := range lead {
		if s.word(i) != w {
			return nil, i
		}
		i++
	}
	return p.bodiesAt(at, i)
}

// bodiesAt reads a list of boroughs and partners that begins at token i:
// "Kingston and Sutton", "the GLA", "RBKC, Camden and the Met Police".
func (p *page) bodiesAt(at, i int) (list []*thing, end int) {
	s := &p.passages[at]
	for {
		j := i
		for s.word(j) == "the" || s.word(j) == "and" && len(list) > 0 || s.word(j) == "&" && len(list) > 0 || s.word(j) == "," && len(list) > 0 {
			j++
		}
		n := s.nameAt(j)
		if n == nil || n.from != j || n.thing.kind != record.BoroughKind && n.thing.kind != record.PartnerKind {
			return list, end
		}
		if w := s.word(n.to); len(list) > 0 && (w == "team" || w == "staff") {
			return list, end // another subject
		}
		list = append(list, n.thing)
		i = max(n.to, n.tail)
		end = i
		if next := s.word(i); next != "," && next != "and" && next != "&" {
			return list, end
		}
	}
}

// shareJobs gives the employer of one person to those named with them: forward
// in "Redbridge’s A (Role), B (Role) and C (Role)", backward in "A and B from
// Westminster".
func (p *page) shareJobs(at int, list []*name) {
	s := &p.passages[at]
	joined := func(a, b *name) bool {
		between := strings.TrimSpace(p.body[s.tokens[max(a.to, a.tail)-1].End:s.tokens[b.from].Start])
		return max(a.to, a.tail) <= b.from && (between == "," || between == "and" || between == ", and" || between == "&")
	}
	for i := 1; i < len(list); i++ {
		a, b := list[i-1], list[i]
		from := p.jobsAt(a)
		if joined(a, b) && len(p.jobsAt(b)) == 0 && len(from) > 0 && (from[0].rule == "a body’s person" || from[0].rule == "shared with the person before") {
			b.thing.jobs = append(b.thing.jobs, job{employer: from[0].employer, role: b.thing.role, at: at, rule: "shared with the person before"})
		}
	}
	for i := len(list) - 1; i > 0; i-- {
		a, b := list[i-1], list[i]
		from := p.jobsAt(b)
		if joined(a, b) && a.tail == a.to && a.thing.role == "" && len(p.jobsAt(a)) == 0 && len(from) > 0 && (from[0].rule == "name from a body" || from[0].rule == "of the council just named" || from[0].rule == "shared with the person behind") {
			for _, j := range from {
				a.thing.jobs = append(a.thing.jobs, job{employer: j.employer, at: at, rule: "shared with the person behind"})
			}
		}
	}
}

// jobsAt are the jobs that the passage of a name states for the person.
func (p *page) jobsAt(n *name) (list []job) {
	for _, j := range n.thing.jobs {
		if j.at == n.at {
			list = append(list, j)
		}
	}
	return list
}
