package extract

import (
	"regexp"
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
	if titles[s.word(i-1)] {
		i--
	}
	if s.word(i-1) == "by" && s.word(i-2) == "led" {
		p.leadsTeam(n)
		return
	}
	if w := s.word(i - 1); w == "colleague" || w == "colleagues" {
		if e := s.nameAt(i - 2); e != nil && e.to == i-1 && (e.thing.kind == record.BoroughKind || e.thing.kind == record.PartnerKind) {
			p.employ(n, "", []*thing{e.thing}, "a body’s person")
			return
		}
	}
	if w := s.word(i - 1); i > 1 && (w == "," || w == ":" || w == "–" || w == "-") {
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
		if staff.MatchString(between) && e.to < len(s.tokens) && s.tokens[e.to].possessive() || s.word(e.from-1) == "at" && s.word(e.from-2) == "team" {
			p.employ(n, "", []*thing{e.thing}, "leads a body’s team")
		}
		return
	}
}

// staff are words for people of a body who have a leader.
var staff = regexp.MustCompile(`\b(?:team|scientists|analysts|researchers|officers|designers|developers|engineers|service|department|unit)\b`)

// titleBeforeComma reads "Borough’s Director of Data, Insight and Care, Ann Lee"
// and "our new Director: Ann Lee".
func (p *page) titleBeforeComma(n *name, comma int) bool {
	s := &p.passages[n.at]
	from := comma
	for from > 0 && comma-from < 14 {
		t := s.tokens[from-1]
		if n := s.cover[from-1]; n != nil && n.thing.kind != record.ProjectKind && n.rule != "word of a body’s name" {
			break
		}
		inside := t.text == "," && from < comma && s.tokens[from].isCapital() && from > 1 && s.tokens[from-2].isCapital()
		if !(inside || t.isCapital() && !functionWords[t.fold] || t.text == "&" || t.text == "-" || smallWords[t.fold] && from < comma && t.fold != "a" && t.fold != "an" && t.fold != "the" || jobHeads[t.fold] || jobStarts[t.fold]) {
			break
		}
		from--
	}
	low := from // "Org’s service lead for adult care, Name"
	for low > 0 && comma-low < 9 && s.cover[low-1] == nil && (s.tokens[low-1].isWord() || s.tokens[low-1].text == "-") && s.word(low-1) != "our" && !s.tokens[low-1].possessive() {
		low--
	}
	if low < from && (s.word(low-1) == "our" || low > 1 && s.tokens[low-1].possessive() && s.cover[low-2] != nil) {
		from = low
	}
	if from == comma || from == 0 || !isJob(p.text(n.at, from, comma)) {
		return false
	}
	if s.word(from-1) == "our" {
		if loti := p.speaker(); loti != nil {
			p.employ(n, cutRole(p.text(n.at, from, comma)), []*thing{loti}, "is our")
			return true
		}
	}
	if !s.tokens[from-1].possessive() {
		return false
	}
	e := s.nameAt(from - 2)
	if e == nil || e.thing.kind != record.BoroughKind && e.thing.kind != record.PartnerKind {
		return false
	}
	role := cutRole(p.text(n.at, from, comma))
	p.uncover(n.at, from, comma, role, []*thing{e.thing})
	p.employ(n, role, []*thing{e.thing}, "a body’s job title before a name")
	return true
}

// jobInVerb reads "Name and her Borough team", "Name joined Org as Role", "Name,
// who has just left Org", "Name is Role at Org".
func (p *page) jobInVerb(n *name, i int) {
	s := &p.passages[n.at]
	who := s.word(i) == "who"
	i = p.verbAt(s, i)
	switch s.word(i) {
	case "and":
		p.theirTeam(n, i+1)
	case "completes", "joins", "joined":
		p.joinedBody(n, i)
	case "starts", "started", "begins", "on", "as":
		p.startsAs(n, i)
	case "left", "moves", "moved", "leaves":
		p.leftBody(n, i)
	case "formerly", "previously", "until", "then":
		p.onceAt(n, i)
	case "will":
		if s.word(i+1) == "be" {
			p.isJob(n, i+1)
		}
	case "been":
		if w := s.word(i + 1); w == "promoted" || w == "appointed" || w == "named" || w == "made" {
			p.promoted(n, i+1)
		}
	case "steps", "stepped":
		p.stepsDown(n, i)
	case "is", "becomes", "was":
		switch s.word(p.verbAt(s, i+1)) {
		case "stepping", "retiring":
			p.stepsDown(n, p.verbAt(s, i+1))
		case "promoted", "appointed":
			p.promoted(n, p.verbAt(s, i+1))
		case "leaving", "moving":
			p.leftBody(n, p.verbAt(s, i+1))
		case "joining":
			p.joinedBody(n, p.verbAt(s, i+1))
		default:
			p.isJob(n, i)
		}
	case "runs", "leads", "heads", "manages", "looks", "oversees":
		if who {
			p.runsTeam(n, i)
		}
	case "works", "sits":
		if list, _ := p.bodiesAt(n.at, i+2); (who || s.word(i) == "works") && len(list) == 1 && (s.word(i+1) == "for" || s.word(i+1) == "at" || s.word(i+1) == "in") {
			p.employ(n, "", list, "who works for")
		}
	}
}

// verbAt is where the verb stands behind "who", "has" and adverbs: "who has just
// joined".
func (p *page) verbAt(s *passage, i int) int {
	for end := i + 5; i < end; i++ {
		switch s.word(i) {
		case "who", "has", "have", "just", "recently", "now", "also", "newly", "soon":
		default:
			return i
		}
	}
	return i
}

// isJob reads "Name is (now) Role at Org". i is the verb.
func (p *page) isJob(n *name, i int) {
	s := &p.passages[n.at]
	from := i + 1
	for w := s.word(from); w == "the" || w == "a" || w == "our" || w == "now" || w == "new" || w == "next"; w = s.word(from) {
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
}

// runsTeam reads "who runs Org’s team" and "who leads on data for Org". i is the
// verb.
func (p *page) runsTeam(n *name, i int) {
	s := &p.passages[n.at]
	if list, end := p.bodiesAt(n.at, i+1); len(list) == 1 && end < len(s.tokens) && s.tokens[end].possessive() {
		p.employ(n, "", list, "who runs a body’s")
		return
	}
	for j := i + 1; j < i+7; j++ {
		if w := s.word(j); w == "for" || w == "at" || w == "in" {
			if list, _ := p.bodiesAt(n.at, j+1); len(list) > 0 {
				p.employ(n, "", list, "who runs a body’s")
				return
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
