package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lotigraph/record"
)

// doubt says that a sentence only considers something.
var doubt = regexp.MustCompile(`\b(?:may|might|could|would|should|invited?|inviting|hopes?|hoping|wants?|wanted|asked|interested|considering|if|whether|not|never|no longer|visited|visiting|thanks?|thanked|declined|applied|apply|bids? (?:for|to)|join(?:ed|s|ing)? us|similar to|unlike|hosted visitors|told us about (?:its|their) own)\b|n't`)

// borrowed says that a sentence is about where an idea comes from.
var borrowed = regexp.MustCompile(`\b(?:modelled on|inspired by|based on work|borrowed from|copied from)\b`)

// meeting is what people lead, run and host without a part in a project.
var meeting = regexp.MustCompile(`^ (?:[a-z-]+ ){0,3}(?:discussion|conversation|chat|talk|panel|debate|visit|tour|lunch|party|keynote|article|story|piece|blog|post)\b|^ about\b|^ (?:[a-z]+ ){0,3}£|^ (?:[a-z]+ ){0,2}(?:money|funding)\b`)

// giverProject says that a fund or challenge stands for a project under it.
var giverProject = regexp.MustCompile(`\{P[ \d]+\} (?:project|pilot|bid|work)\b`)

// relate reads the links that the passages say.
func (p *page) relate(r *Reading, l layout) {
	p.relateAuthor(r, l)
	p.relateJobs(r)
	for at := range p.passages {
		p.relatePassage(r, at)
	}
	p.relateLists(r)
	p.relateOwner(r)
	inOrder := func(a, b Relation) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Type, b.Type))
	}
	slices.SortStableFunc(r.Relations, inOrder)
	r.Relations = strongest(r.Relations, r.namesBoth)
	p.relateEvidence(r)
	slices.SortStableFunc(r.Relations, inOrder)
}

// say notes a link that a passage says.
func (p *page) say(r *Reading, link record.LinkType, from, to *thing, role string, at int, rule string, w period) {
	if from == to || len(from.spans) == 0 || len(to.spans) == 0 {
		return
	}
	if link == record.Joined && from.kind == record.PartnerKind {
		link = record.PartnerIn
	}
	if roles := link.Roles(); roles != nil && !slices.Contains(roles, role) {
		role = ""
		if link == record.Joined {
			role = "participant"
		}
	}
	r.Relations = append(r.Relations, Relation{Type: link, From: from.index, To: to.index, Role: role, Since: w.since, Until: w.until, Span: p.passages[at].Span, Rule: rule, Confidence: p.lex.sure(rule)})
}

func (p *page) relateAuthor(r *Reading, l layout) {
	for _, t := range p.authors(l.byline) {
		r.Relations = append(r.Relations, Relation{Type: record.Authored, From: t.index, To: SelfText, Span: l.byline, Rule: "byline", Confidence: p.lex.sure("byline")})
	}
}

func (p *page) relateJobs(r *Reading) {
	for _, t := range p.things {
		for _, j := range t.jobs {
			if len(j.employer.spans) == 0 || len(t.spans) == 0 {
				continue
			}
			role := cmp.Or(j.role, t.role)
			if !j.until.IsZero() {
				role = j.role // the person's role is another by now
			}
			r.Relations = append(r.Relations, Relation{Type: record.WorksFor, From: t.index, To: j.employer.index, Role: role, Since: j.since, Until: j.until, Span: p.passages[j.at].Span, Rule: j.rule, Confidence: p.lex.sure(j.rule)})
		}
	}
}

// maxSentence is the most bytes that a passage may have to be read for links: a
// longer one is no sentence, and reading it would take long.
const maxSentence = 4000

// relatePassage applies the table of rules to a passage.
func (p *page) relatePassage(r *Reading, at int) {
	s := &p.passages[at]
	if s.title || s.Len() > maxSentence || !s.speaks() {
		return
	}
	t := p.templateOf(at)
	p.resolveSubject(&t)
	if len(t.names) == 0 {
		return
	}
	p.applyRules(r, t)
	if core, ok := t.core(); ok {
		p.applyRules(r, core)
	}
}

// speaks tells whether a passage names something, or begins with a word that
// stands for what the one before it names.
func (s *passage) speaks() bool {
	switch s.word(0) {
	case "they", "both", "the", "all", "its", "their":
		return true
	}
	return slices.ContainsFunc(s.cover, func(n *name) bool { return n != nil })
}

// applyRules applies the table of rules to a template.
func (p *page) applyRules(r *Reading, t template) {
	for _, c := range relationPatterns() {
		if !c.applies(t.text) {
			continue
		}
		for _, m := range c.matches(t.text) {
			p.bind(r, t, c, m)
		}
	}
}

// matches are where a rule's pattern stands in a text. A pattern that begins with a
// verb is looked for again behind one that is none of work.
func (c compiled) matches(text string) [][]int {
	const most = 4
	if !c.verbFirst {
		return c.re.FindAllStringSubmatchIndex(text, most)
	}
	var list [][]int
	for at := 0; at < len(text) && len(list) < most; {
		m := c.re.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += at
			}
		}
		if at = m[3]; isWork(text[m[2]:m[3]]) {
			list = append(list, m)
			at = m[1]
		}
	}
	return list
}

// bind turns a match of a rule into links.
func (p *page) bind(r *Reading, t template, c compiled, m []int) {
	if c.link != record.FundedBy && !c.wish && doubt.MatchString(t.text[m[0]:m[1]]) {
		return
	}
	if c.topic && borrowed.MatchString(t.text) {
		return
	}
	if strings.HasSuffix(t.text[m[0]:m[1]], "}") && strings.HasPrefix(t.text[m[1]:], "'s") {
		return // what belongs to the last name is meant, not the name
	}
	var actors, people, projects, from, to []*thing
	role, head := c.role, ""
	for g := 1; g < len(c.groups); g++ {
		if m[2*g] < 0 {
			continue
		}
		text := t.text[m[2*g]:m[2*g+1]]
		switch group := c.groups[g]; {
		case group == "head":
			head = text
		case group == "kind":
			role = partnerRole(text)
		case strings.HasPrefix(group, "verb"):
			if !isWork(text) || meeting.MatchString(t.text[m[1]:]) {
				return
			}
		case group == "":
		case group[0] == 'a':
			actors = append(actors, t.things(text)...)
		case group[0] == 'n':
			people = append(people, t.things(text)...)
		case group[0] == 'h':
			people = append(people, p.lastPerson(t, m[0])...)
		case group[0] == 'p':
			projects = append(projects, t.things(text)...)
		case group[0] == 'x':
			from = append(from, t.things(text)...)
		case group[0] == 'b':
			from = append(from, slices.DeleteFunc(t.things(text), func(x *thing) bool { return x.kind != record.BoroughKind })...)
		case group[0] == 'y':
			to = append(to, t.things(text)...)
		case group[0] == 'g':
			if given := t.things(text); len(given) == 1 && isGiver(given[0]) {
				projects = append(projects, given[0])
			} else {
				return
			}
		case group[0] == 's':
			actors = append(actors, p.actorsIn(t, text)...)
		}
	}
	w := when(t.text[m[0]:m[1]], t.text[m[1]:], r.Date)
	if c.link == record.MemberOf || c.link == record.SucceededBy {
		p.sayLife(r, c, t.at, from, to, w)
		return
	}
	if len(projects) == 0 {
		projects = p.tie(t, c, head, m[0], m[1])
	} else if len(projects) == 1 && c.link != record.Leads && giverProject.MatchString(t.text[m[0]:]) {
		projects = p.withGiven(t.at, projects[0])
	}
	for _, project := range projects {
		for _, a := range actors {
			if c.outside && a.kind == record.BoroughKind || c.topic && a == p.speaker() {
				continue
			}
			if c.link == record.FundedBy {
				p.say(r, c.link, project, a, "", t.at, c.name, w)
				continue
			}
			p.say(r, record.Joined, a, project, role, t.at, c.name, w)
		}
		for _, n := range people {
			p.say(r, c.link, n, project, "", t.at, c.name, w)
			if c.link == record.Leads {
				p.sayEmployer(r, n, project, t.at)
			}
		}
	}
}

// leaderWorksFor is the rule that infers a part from the employer of a leader: any
// sentence that says the part itself is a better quote.
const leaderWorksFor = "whom its leader works for"

// sayEmployer notes that the bodies for which the leader of a project works have a
// part in it.
func (p *page) sayEmployer(r *Reading, leader, project *thing, at int) {
	for _, j := range leader.jobs {
		if j.until.IsZero() && j.employer.kind != record.ProjectKind {
			p.say(r, record.Joined, j.employer, project, "", at, leaderWorksFor, period{})
		}
	}
}

// lastPerson is whom "he" or "she" means: the person last named before, in the
// sentence or the one before it; "they" are all that are named together.
func (p *page) lastPerson(t template, before int) []*thing {
	for _, text := range []template{{at: t.at, text: t.text[:before], names: t.names}, p.templateBefore(t.at)} {
		if i := strings.LastIndex(text.text, "{N "); i >= 0 {
			list := text.things(text.text[i+3 : i+strings.IndexByte(text.text[i:], '}')])
			if len(list) == 1 {
				return list
			}
			return nil
		}
	}
	return nil
}

// templateBefore is the template of the sentence before one, in the same section.
func (p *page) templateBefore(at int) template {
	if at == 0 || p.passages[at-1].isHead() || p.passages[at-1].section != p.passages[at].section {
		return template{}
	}
	return p.templateOf(at - 1)
}

// partnerRole is the role that a word before "partner" says.
func partnerRole(kind string) string {
	switch strings.TrimSpace(kind) {
	case "delivery", "design", "technical":
		return "delivery"
	case "research", "evaluation":
		return "research"
	case "technology", "commercial":
		return "supplier"
	case "data":
		return "data"
	case "advisory", "strategic":
		return "advisory"
	}
	return ""
}

// things are what the numbers of a mark stand for.
func (t template) things(numbers string) (list []*thing) {
	for _, n := range strings.Fields(numbers) {
		if i, err := strconv.Atoi(n); err == nil && i < len(t.names) {
			list = append(list, t.names[i].thing)
		}
	}
	return list
}

var actorMark = regexp.MustCompile(`\{([AN])([ \d]+)\}('s)?`)

// actorsIn are the bodies in a part of a template, and the employers that the
// passage states for the people in it.
func (p *page) actorsIn(t template, text string) (list []*thing) {
	for _, m := range actorMark.FindAllStringSubmatch(text, -1) {
		if m[3] != "" && m[1] == "A" {
			continue
		}
		if m[1] == "A" {
			list = append(list, t.things(m[2])...)
			continue
		}
		for _, f := range strings.Fields(m[2]) {
			if i, err := strconv.Atoi(f); err == nil && i < len(t.names) {
				for _, j := range p.jobsAt(t.names[i]) {
					list = append(list, j.employer)
				}
			}
		}
	}
	return list
}

// namesBoth tells whether the quote of a link names both its ends, rather than
// points to one by "they" or "it".
func (r *Reading) namesBoth(rel Relation) bool {
	switch rel.Rule {
	case leaderWorksFor, "their people do it", "label, then their people":
		return false // the body is only the employer of the one who is said to do it
	}
	return r.within(rel.From, rel.Span) && r.within(rel.To, rel.Span)
}

// within tells whether a thing found is named inside a span.
func (r *Reading) within(i int, span record.Span) bool {
	if i == SelfText {
		return true
	}
	spans := r.Found[i].Spans
	at, _ := slices.BinarySearchFunc(spans, span.Start, func(s record.Span, start int) int { return cmp.Compare(s.Start, start) })
	return at < len(spans) && spans[at].End <= span.End
}

// strongest keeps, of links that mean the same, the one whose quote names both its
// ends, then the one that is most certain; of equals the first.
func strongest(list []Relation, namesBoth func(Relation) bool) []Relation {
	type meaning struct {
		link     record.LinkType
		from, to int
	}
	best := make(map[meaning]int)
	var kept []Relation
	for _, rel := range list {
		key := meaning{rel.Type, rel.From, rel.To}
		i, ok := best[key]
		if !ok {
			best[key] = len(kept)
			kept = append(kept, rel)
			continue
		}
		if kept[i].Since.IsZero() && kept[i].Until.IsZero() {
			kept[i].Since, kept[i].Until = rel.Since, rel.Until
		} else if rel.Since.IsZero() && rel.Until.IsZero() {
			rel.Since, rel.Until = kept[i].Since, kept[i].Until
		}
		if was, is := namesBoth(kept[i]), namesBoth(rel); is && !was || is == was && rel.Confidence > kept[i].Confidence {
			if rel.Role == "" || rel.Role == "participant" {
				rel.Role = cmp.Or(kept[i].Role, rel.Role)
			}
			kept[i] = rel
		} else if kept[i].Role == "" || kept[i].Role == "participant" {
			kept[i].Role = cmp.Or(rel.Role, kept[i].Role)
		}
	}
	return kept
}
