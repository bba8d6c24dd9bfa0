package extract

import (
	"regexp"
	"strings"

	"lotigraph/record"
)

// projectCalled is the project of a printed name: known, the same as one met
// here under a longer or shorter name, or new.
func (p *page) projectCalled(printed, rule string) *thing {
	printed = strings.Join(strings.Fields(printed), " ")
	if m := trailing.FindStringSubmatch(printed); m != nil && isAcronym(m[2]) {
		t := p.projectCalled(m[1], rule)
		p.alias(t, m[2])
		return t
	}
	if e, ok := p.lex.named(printed, record.ProjectKind, 1); ok {
		return p.entryThing(e, "known project")
	}
	key := record.Fold(printed)
	if loti := strings.TrimPrefix(key, "loti "); loti != key && p.named["project "+loti] != nil {
		return p.named["project "+loti]
	} else if t := p.named["project loti "+key]; t != nil {
		p.alias(t, printed)
		return t
	}
	for _, t := range p.things {
		if t.kind != record.ProjectKind {
			continue
		}
		for _, other := range t.folds {
			if sameProject(other, key) {
				p.alias(t, printed)
				return t
			}
		}
	}
	t := p.thing(record.ProjectKind, printed, rule)
	if i := strings.LastIndexByte(printed, ' '); i > 0 && plainHeads[strings.ToLower(printed[i+1:])] && printed[i+1] < 'a' && !strings.Contains(printed[:i], " ") && !isCommon(strings.ToLower(printed[:i])) {
		p.alias(t, printed[:i]) // "the Leafwatch Project"
	}
	if m := bracketed.FindStringSubmatch(printed); m != nil {
		p.alias(t, m[1]+" "+m[3])
		p.alias(t, m[2]+" "+m[3])
	}
	return t
}

// trailing is a name with its abbreviation behind it.
var trailing = regexp.MustCompile(`^(.+) \((\w+)\)$`)

// bracketed is a name with an abbreviation inside: "Internet of Things (IoT)
// Standards".
var bracketed = regexp.MustCompile(`^(.+) \((\w+)\) (.+)$`)

// sameProject tells whether two folded names are one project's: the same but
// for a last word such as "project", or one that begins with all the words of
// the other.
func sameProject(a, b string) bool {
	if a == b {
		return true
	}
	if !strings.HasPrefix(a, b) && !strings.HasPrefix(b, a) {
		return false
	}
	short, long := strings.Fields(a), strings.Fields(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	for i, w := range short {
		if long[i] != w {
			return false
		}
	}
	rest := long[len(short):]
	if len(rest) == 1 && plainHeads[rest[0]] {
		return true
	}
	return len(short) >= 3 && !madeHeads[rest[len(rest)-1]]
}

// quotedNames marks names in quotation marks that the sentence calls a project,
// a proposal and the like, or that end like one, and those that it calls a team
// or a company.
func (p *page) quotedNames() {
	for at := range p.passages {
		p.quotedIn(at)
	}
}

func (p *page) quotedIn(at int) {
	s := &p.passages[at]
	for i := 0; i < len(s.tokens); i++ {
		if s.cover[i] != nil || i > 0 && s.tokens[i].glue && s.tokens[i-1].isWord() {
			continue
		}
		end := s.quoteEnd(i)
		if end < 0 {
			continue
		}
		if small := !s.tokens[i+1].isCapital() && !s.tokens[i+1].isNumber(); end-i < 3 && !s.tokens[i+1].isCapital() || small && (end-i > 6 || !workNouns[s.word(end+1)]) {
			continue
		}
		if w := s.word(i - 1); (w == "called" || w == "named") && (partnerish[s.word(i-2)] || s.word(i-2) == "team" || s.word(i-2) == "unit") {
			p.mark(at, i+1, end, p.bodyCalled(p.text(at, i+1, end), "body called by name"), "body called by name")
			i = end
			continue
		}
		if !p.callsProject(at, i, end) {
			continue
		}
		from, to := p.withoutOwner(s, i+1, end)
		if from < to {
			p.mark(at, from, to, p.projectCalled(p.text(at, from, to), "project in quotation marks"), "project in quotation marks")
		}
		i = end
	}
}

// callsProject tells whether the words around a quotation, or its last word,
// say that it is a project.
func (p *page) callsProject(at, i, end int) bool {
	s := &p.passages[at]
	next := s.word(end + 1)
	if next == "category" || next == "award" || next == "awards" || next == "blog" || next == "webinar" || next == "session" {
		return false
	}
	last := s.word(end - 1)
	if end-i < 3 {
		return plainHeads[next] || workNouns[next]
	}
	if w := s.word(end + 2); next == "," && (w == "a" || w == "an" || w == "the" || w == "our") && p.titleCase(s, i+1, end) && !p.nearWord(s, end+3, readable) {
		return true
	}
	if plainHeads[next] || madeHeads[next] || madeHeads[last] && end-i > 2 && s.cover[end-1] == nil || plainHeads[last] {
		return true
	}
	if p.titleCase(s, i+1, end) && (leadVerbs[s.word(i-1)] || leadVerbs[s.word(i-2)] && (s.word(i-1) == "on" || s.word(i-1) == "our")) {
		return true
	}
	if i == 0 && s.kind == itemUnit && p.titleCase(s, 1, end) && end >= len(s.tokens)-2 && p.listOfWork(at) {
		return true
	}
	if w := s.word(i - 1); (w == "called" || w == "named" || w == "dubbed") && !readable[s.word(i-2)] {
		return true
	}
	for j := i - 1; j >= 0 && j >= i-5; j-- {
		w := s.word(j)
		if plainHeads[w] || w == "projects" || madeHeads[w] {
			return true
		}
		if !(w == "," || w == ":" || w == "called" || w == "named" || w == "titled" || w == "for" || w == "a" || w == "an" || w == "on" || w == "as" || w == "known" || w == "the" || w == "new" || w == "entitled" || w == "dubbed") {
			return false
		}
	}
	return false
}

// listOfWork tells whether the sentence over a list speaks of bids, projects or ideas.
func (p *page) listOfWork(at int) bool {
	above := p.above(at)
	for _, w := range []string{"project", "bid", "idea", "proposal", "winner", "pilot", "winning"} {
		if strings.Contains(above, w) {
			return true
		}
	}
	return false
}

// leadVerbs are what people do with projects and with nothing else that stands in
// quotation marks.
var leadVerbs = words(`lead leads leading led co-leading piloting piloted pilots developing developed develops building built launching launched`)

// workNouns say right behind a quotation that it names a project.
var workNouns = words(`project programme initiative pilot trial scheme strand workstream challenge campaign toolkit platform tool service app`)

// nearWord tells whether one of the words stands among the next small ones.
func (p *page) nearWord(s *passage, i int, list set) bool {
	for end := i + 4; i < end && i < len(s.tokens) && s.tokens[i].isLower(); i++ {
		if list[s.word(i)] {
			return true
		}
	}
	return false
}

// readable are things with a name that are no projects.
var readable = words(`blog post article report paper book session webinar talk workshop event meeting podcast video film song chapter page
	document briefing survey group person man woman place building award category deck presentation newsletter`)

// withoutOwner drops a body's name, and "the" and "our", from the head of a
// candidate.
func (p *page) withoutOwner(s *passage, from, to int) (int, int) {
	for from < to {
		n := s.cover[from]
		switch {
		case n != nil && n.from == from && n.to < to && (n.thing.kind == record.PartnerKind || n.thing.kind == record.BoroughKind):
			from = n.to
		case s.tokens[from].possessive(), s.word(from) == "the", s.word(from) == "our", s.word(from) == "a", s.word(from) == "an":
			from++
		default:
			return from, to
		}
	}
	return from, to
}
