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
var doubt = regexp.MustCompile(`\b(?:may|might|could|would|should|invited?|inviting|hopes?|hoping|wants?|wanted|asked|interested|considering|if|whether|not|never|no longer|visited|visiting|thanks?|thanked|declined|applied|apply|bids? (?:for|to)|join(?:ed|s|ing)? us)\b|n't`)

// giverProject says that a fund or challenge stands for a project under it.
var giverProject = regexp.MustCompile(`\{P[ \d]+\} (?:project|pilot|bid|work)\b`)

// relate reads the links that the passages say.
func (p *page) relate(r *Reading, l layout) {
	p.relateAuthor(r, l)
	p.relateJobs(r)
	for at := range p.passages {
		p.relatePassage(r, at)
	}
	p.relateOwner(r)
	slices.SortStableFunc(r.Relations, func(a, b Relation) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Type, b.Type))
	})
	r.Relations = strongest(r.Relations)
}

// say notes a link that a passage says.
func (p *page) say(r *Reading, link record.LinkType, from, to *thing, role string, at int, rule string) {
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
	r.Relations = append(r.Relations, Relation{Type: link, From: from.index, To: to.index, Role: role, Span: p.passages[at].Span, Rule: rule, Confidence: p.lex.sure(rule)})
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
			r.Relations = append(r.Relations, Relation{Type: record.WorksFor, From: t.index, To: j.employer.index, Role: cmp.Or(j.role, t.role), Span: p.passages[j.at].Span, Rule: j.rule, Confidence: p.lex.sure(j.rule)})
		}
	}
}

// maxSentence is the most bytes that a passage may have to be read for links: a
// longer one is no sentence, and reading it would take long.
const maxSentence = 4000

// relatePassage applies the table of rules to a passage.
func (p *page) relatePassage(r *Reading, at int) {
	s := &p.passages[at]
	if s.title || s.Len() > maxSentence || !slices.ContainsFunc(s.cover, func(n *name) bool { return n != nil }) {
		return
	}
	t := p.templateOf(at)
	for _, c := range relationPatterns() {
		if !c.applies(t.text) {
			continue
		}
		for _, m := range c.re.FindAllStringSubmatchIndex(t.text, 4) {
			p.bind(r, t, c, m)
		}
	}
}

// bind turns a match of a rule into links.
func (p *page) bind(r *Reading, t template, c compiled, m []int) {
	if c.link != record.FundedBy && doubt.MatchString(t.text[m[0]:m[1]]) {
		return
	}
	if strings.HasSuffix(t.text[m[0]:m[1]], "}") && strings.HasPrefix(t.text[m[1]:], "'s") {
		return // what belongs to the last name is meant, not the name
	}
	var actors, people, projects []*thing
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
		case group == "":
		case group[0] == 'a':
			actors = append(actors, t.things(text)...)
		case group[0] == 'n':
			people = append(people, t.things(text)...)
		case group[0] == 'p':
			projects = append(projects, t.things(text)...)
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
	if len(projects) == 0 {
		projects = p.tie(t, c, head, m[0], m[1])
	} else if len(projects) == 1 && c.link != record.Leads && giverProject.MatchString(t.text[m[0]:]) {
		projects = p.withGiven(t.at, projects[0])
	}
	for _, project := range projects {
		for _, a := range actors {
			if c.outside && a.kind == record.BoroughKind {
				continue
			}
			if c.link == record.FundedBy {
				p.say(r, c.link, project, a, "", t.at, c.name)
				continue
			}
			p.say(r, record.Joined, a, project, role, t.at, c.name)
		}
		for _, n := range people {
			p.say(r, c.link, n, project, "", t.at, c.name)
		}
	}
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

// strongest keeps, of links that mean the same, the one that is most certain;
// of equals the first.
func strongest(list []Relation) []Relation {
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
		if rel.Confidence > kept[i].Confidence {
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
