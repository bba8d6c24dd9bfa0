package extract

import (
	"strings"

	"lotigraph/record"
)

// theirTeam reads "… and his Borough team".
func (p *page) theirTeam(n *name, i int) {
	s := &p.passages[n.at]
	switch s.word(i) {
	case "his", "her", "their":
		list, end := p.bodiesAt(n.at, i+1)
		if w := s.word(end); len(list) == 1 && (w == "team" || w == "colleagues" || w == "colleague") {
			p.employ(n, n.thing.role, list, "name and their team")
		}
	}
}

// jobBefore reads a job in front of a name: "Redbridge’s Alex Murphy", "LOTI
// researcher Sam Nutt", "our new Data Analyst, Ann Lee".
func (p *page) jobBefore(n *name) {
	s := &p.passages[n.at]
	i := n.from
	if s.word(i-1) == "by" && s.word(i-2) == "led" {
		p.leadsTeam(n)
		return
	}
	if i > 1 && s.word(i-1) == "," {
		if p.titleBeforeComma(n, i-1) {
			return
		}
		if jobHeads[s.word(i-2)] {
			i--
		}
	}
	end := i
	head := false
	for i > 0 && s.cover[i-1] == nil {
		t := s.tokens[i-1]
		switch {
		case jobHeads[t.fold] && !functionWords[t.fold]:
			head = true
		case end == i:
		case t.isCapital() && !functionWords[t.fold], jobStarts[t.fold], t.text == "-", t.text == "&":
		case (t.fold == "of" || t.fold == "and" || t.fold == "for") && i > 1 && s.cover[i-2] == nil && (s.tokens[i-2].isCapital() || jobHeads[s.word(i-2)]):
		case t.fold == "experience" || t.fold == "work":
		default:
			t = token{}
		}
		if t.text == "" || end == i && !head {
			break
		}
		i--
	}
	role := ""
	if head {
		role = cutRole(p.text(n.at, i, end))
	}
	employer := (*name)(nil)
	own := i > 0 && s.tokens[i-1].possessive()
	if own {
		employer = s.nameAt(i - 2)
	} else if head {
		employer = s.nameAt(i - 1)
	}
	if employer != nil && (employer.thing.kind == record.BoroughKind || employer.thing.kind == record.PartnerKind) {
		list := []*thing{employer.thing}
		rule := "a body’s person"
		if head && !own {
			rule = "a body’s job title before a name"
		}
		p.employ(n, role, list, rule)
		return
	}
	if role != "" && n.thing.role == "" {
		p.employ(n, role, nil, "job title before a name")
	}
}

// leadsTeam reads "Borough’s data team, led by Ann Lee" and "the team at
// Borough, led by Ann Lee".
func (p *page) leadsTeam(n *name) {
	s := &p.passages[n.at]
	for i := n.from - 3; i >= 0 && i > n.from-9; i-- {
		e := s.nameAt(i)
		if e == nil || e.thing.kind != record.BoroughKind && e.thing.kind != record.PartnerKind {
			continue
		}
		between := p.body[s.tokens[e.to-1].End:s.tokens[n.from-2].Start]
		if strings.Contains(between, "team") && e.to < len(s.tokens) && s.tokens[e.to].possessive() || s.word(e.from-1) == "at" && s.word(e.from-2) == "team" {
			p.employ(n, "", []*thing{e.thing}, "leads a body’s team")
		}
		return
	}
}

// titleBeforeComma reads "Borough’s Director of Social Care, Ann Lee".
func (p *page) titleBeforeComma(n *name, comma int) bool {
	s := &p.passages[n.at]
	from := comma
	for from > 0 && s.cover[from-1] == nil {
		t := s.tokens[from-1]
		if !(t.isCapital() && !functionWords[t.fold] || t.text == "&" || t.text == "-" || smallWords[t.fold] && from < comma && t.fold != "a" && t.fold != "an" && t.fold != "the" || jobHeads[t.fold] || jobStarts[t.fold]) {
			break
		}
		from--
	}
	if from == comma || from == 0 || !s.tokens[from-1].possessive() || !isJob(p.text(n.at, from, comma)) {
		return false
	}
	e := s.nameAt(from - 2)
	if e == nil || e.thing.kind != record.BoroughKind && e.thing.kind != record.PartnerKind {
		return false
	}
	p.employ(n, cutRole(p.text(n.at, from, comma)), []*thing{e.thing}, "a body’s job title before a name")
	return true
}

// jobInVerb reads "Name and her Borough team", "Name joined Org as Role".
func (p *page) jobInVerb(n *name, i int) {
	s := &p.passages[n.at]
	switch s.word(i) {
	case "and":
		p.theirTeam(n, i+1)
	case "completes", "joins", "joined":
		list, end := p.bodiesAt(n.at, i+1)
		if len(list) != 1 {
			return
		}
		rest := p.after(n.at, end)
		if as := strings.Index(rest, " as "); as >= 0 && isJob(rest[as:]) {
			role, _, _ := strings.Cut(rest[as+4:], ".")
			p.employ(n, cutRole(strings.TrimPrefix(cutRole(strings.TrimPrefix(role, "its ")), "first ")), list, "joined a body")
		} else if strings.HasSuffix(strings.ToLower(p.text(n.at, end-1, end)), "team") || strings.HasPrefix(rest, "team") || strings.HasPrefix(rest, "Central Team") || strings.HasPrefix(rest, "central team") || strings.HasPrefix(rest, "Team") {
			p.employ(n, "", list, "joined a body")
		}
	case "is", "becomes", "was":
		from := i + 1
		for w := s.word(from); w == "the" || w == "a" || w == "our" || w == "now" || w == "new"; w = s.word(from) {
			from++
		}
		end, ok := p.jobPhrase(n.at, from)
		if !ok || from >= end {
			return
		}
		if role, employers, ok := p.parseJob(n.at, from, end); ok && s.word(i) != "was" && (len(employers) > 0 || s.tokens[from].isCapital()) {
			rule := "is somebody’s"
			if e := p.speaker(); len(employers) == 0 && s.word(i+1) == "our" && e != nil {
				employers, rule = []*thing{e}, "is our"
			}
			p.employ(n, role, employers, rule)
		}
	case "who":
		switch s.word(i + 1) {
		case "is":
			if s.word(i+2) == "leaving" {
				if list, _ := p.bodiesAt(n.at, i+3); len(list) > 0 {
					p.employ(n, "", list[:1], "leaving a body")
				}
			}
		case "runs", "leads", "heads", "manages":
			if list, end := p.bodiesAt(n.at, i+2); len(list) == 1 && end < len(s.tokens) && s.tokens[end].possessive() {
				p.employ(n, "", list, "who runs a body’s")
				return
			}
			for j := i + 2; j < i+8 && s.word(i+1) == "leads"; j++ {
				if s.word(j) == "for" || s.word(j) == "at" {
					if list, _ := p.bodiesAt(n.at, j+1); len(list) > 0 {
						p.employ(n, "", list, "who runs a body’s")
					}
					return
				}
			}
		case "works":
			if list, _ := p.bodiesAt(n.at, i+3); len(list) == 1 && (s.word(i+2) == "for" || s.word(i+2) == "at") {
				p.employ(n, "", list, "who works for")
			}
		}
	}
}

// impliedEmployer is the body that somebody with a title but no employer works
// for: one the person comes to or joins, or the one whose team is introduced.
func (p *page) impliedEmployer(at, i int) (*thing, string) {
	s := &p.passages[at]
	switch s.word(i) {
	case "comes", "joins", "joined", "came":
		if s.word(i+1) == "to" {
			i++
		}
		if list, _ := p.bodiesAt(at, i+1); len(list) == 1 {
			return list[0], "joined a body"
		}
	}
	if s.section >= 0 {
		if e := p.listEmployer(at); e != nil {
			return e, "list under a body’s heading"
		}
		head := strings.ToLower(p.passages[s.section].Of(p.body))
		if strings.Contains(head, "the team") || strings.Contains(head, "our team") {
			return p.speaker(), "the team’s own heading"
		}
	}
	return nil, ""
}

// speaker is the body that says "we" and "our" in these texts, nil when the
// text does not name it.
func (p *page) speaker() *thing {
	e, ok := p.lex.named("LOTI", record.PartnerKind, 0)
	if !ok {
		return nil
	}
	if e.id != "" {
		return p.known[e.id]
	}
	return p.named[record.PartnerKind.Slug()+" "+record.Fold(e.name)]
}

// listEmployer is the body whose bare name is the heading over a passage.
func (p *page) listEmployer(at int) *thing {
	s := &p.passages[at]
	if s.section < 0 {
		return nil
	}
	head := &p.passages[s.section]
	list, end := p.bodiesAt(s.section, 0)
	if len(list) == 1 && (end >= len(head.tokens) || s.word(end) == ":") {
		return list[0]
	}
	return nil
}
