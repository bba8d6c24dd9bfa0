package extract

import "strings"

var (
	// emptyHeads are what headings end in that name no project.
	emptyHeads = words(`visit visits workshop workshops meeting meetings member members updates update week team news events event recovery
		leadership introduction summary steps year thanks welcome award awards winners winner highlights reading jobs vacancies
		lessons themes conclusion background boroughs borough responses response challenges priorities questions partners
		progress tweets london council councils ideas studies initiatives benefits story stories approach approaches
		workplaces outcomes learning findings delivery things people more goals partnerships partnership start end resources
		panel teams sessions session talk talks blog blogs launch future past agenda calendar opportunities month covid covid-19
		strategy plan plans world work life time crisis transition monday tuesday wednesday thursday friday collaboration collaborations
		residents services support update(s) roundup round-up tell tells feedback conversation discussion webinar webinars event`)
	// openers open a heading about something, and belong to no name.
	openers = words(`introducing meeting visiting welcoming launching celebrating announcing updating thanking hosting joining saying
		reflecting looking getting planning drafting kicking attending presenting finishing starting developing using publishing
		exploring understanding revisiting showcasing completing wrapping relaunching`)
	// workSigns are words of a section that reports work under its heading.
	workSigns = words(`project pilot pilots discovery prototype prototypes workshop workshops phase trial trials sprint alpha beta appointed lead leads leading
		commissioned research researcher playbook toolkit dashboard platform group kick-off showcase interviews map mapping funded funding`)
	// headTrails are dropped from the end of a heading.
	headTrails = words(`workshop workshops project projects update updates programme session sessions event`)
)

// headingProjects marks headings that name a project which the section reports.
func (p *page) headingProjects() {
	for at := range p.passages {
		s := &p.passages[at]
		if !s.isHead() || s.title || len(p.projectsIn(at)) > 0 {
			continue
		}
		from, to, rule := p.headingName(at)
		if from >= to {
			continue
		}
		p.mark(at, from, to, p.projectCalled(p.text(at, from, to), rule), rule)
	}
}

// titleProject marks the title of a project's own page.
func (p *page) titleProject() {
	if !p.project || len(p.passages) == 0 || !p.passages[0].title || len(p.projectsIn(0)) > 0 {
		return
	}
	if s := &p.passages[0]; p.titleCase(s, 0, len(s.tokens)) {
		p.mark(0, 0, len(s.tokens), p.projectCalled(s.Of(p.body), "title of a project’s page"), "title of a project’s page")
	}
}

// headingName finds the name of a project in a heading.
func (p *page) headingName(at int) (from, to int, rule string) {
	s := &p.passages[at]
	to = len(s.tokens)
	for to > 0 && !s.tokens[to-1].isWord() && s.tokens[to-1].text != ")" {
		to--
	}
	if start := p.afterNumber(s); start > 0 && start < to {
		return start, to, "numbered project in a heading"
	}
	for i := 1; i < to; i++ {
		if t := s.tokens[i]; t.text == ":" || t.text == "–" || t.text == "—" {
			from = i + 1
		}
	}
	if start, ok := p.afterPhrase(s, from, to); ok {
		from = start
		for i := from + 1; i < to; i++ {
			if s.word(i) == "with" && s.nameAt(i+1) != nil {
				to = i
				break
			}
		}
		if rule = "what a heading is about"; p.titleCase(s, from, to) && (to-from > 1 || !isCommon(s.word(from)) && !notNames[s.word(from)]) && p.headingCounts(at, from, to, 1) {
			return from, to, rule
		}
		return 0, 0, ""
	}
	for to > from+1 && headTrails[s.word(to-1)] {
		to--
	}
	for i := from; i < to; i++ {
		if s.word(i) == "on" {
			return 0, 0, ""
		}
	}
	if !p.titleCase(s, from, to) || to-from < 2 || !p.headingCounts(at, from, to, 1) {
		return 0, 0, ""
	}
	return from, to, "heading over a project’s report"
}

// afterNumber is where the name begins in "Project 1 and 2 – Name".
func (p *page) afterNumber(s *passage) int {
	switch s.word(0) {
	case "project", "projects", "strand", "workstream", "pilot", "idea", "theme":
	default:
		return 0
	}
	numbered := false
	for i := 1; i < len(s.tokens); i++ {
		switch t := s.tokens[i]; {
		case t.isNumber():
			numbered = true
		case t.text == "–" || t.text == ":" || t.text == "-" || t.text == "—":
			if numbered {
				return i + 1
			}
			return 0
		case t.fold == "and" || t.text == "&" || t.text == ",":
		default:
			return 0
		}
	}
	return 0
}

// afterPhrase is where the name begins behind a phrase such as "Progress made
// on", "What’s new with", "Hosting a show and tell on".
func (p *page) afterPhrase(s *passage, from, to int) (start int, ok bool) {
	phrase := false
	for i := from; i < to; i++ {
		w := s.word(i)
		if i == from && strings.HasSuffix(w, "ing") && i+1 < to && s.tokens[i+1].isCapital() {
			if !openers[w] {
				return 0, false // "Mapping Digital Exclusion" is a name
			}
			return i + 1, true
		}
		if i == from && (strings.HasSuffix(w, "ing") || w == "progress" || w == "update" || w == "updates" || w == "what" || w == "more" || w == "launch" || w == "news" || w == "next" || w == "an" || w == "a" || w == "final" || w == "first" || w == "introduction" || w == "our" || w == "research") {
			phrase = true
		}
		if !phrase {
			return 0, false
		}
		switch w {
		case "on", "with", "about", "of", "for", "to", "our", "the", "a", "an":
			start = i + 1
			if i > from && (w == "on" || w == "about") {
				return start, start < to && s.tokens[start].isCapital()
			}
		}
		if start > 0 && i >= start && s.tokens[i].isCapital() {
			return start, i == start
		}
	}
	return 0, false
}

// titleCase tells whether every word that counts is capitalised.
func (p *page) titleCase(s *passage, from, to int) bool {
	count := 0
	for i := from; i < to; i++ {
		t := s.tokens[i]
		switch {
		case t.possessive() && !(i > from && i+1 < to && strings.HasSuffix(s.word(i-1), "s") && len(t.text) < 4 && t.text != "’s" && t.text != "'s") || t.text == "?" || t.text == "!" || functionWords[t.fold] && !smallWords[t.fold] && !(i > from && i == to-1 && t.isCapital()):
			return false
		case s.cover[i] != nil && s.cover[i].thing.kind.Slug() != "partner":
			return false
		case !t.isWord() || smallWords[t.fold]:
		case t.isNumber() && !t.glue:
			return false
		case !t.isCapital() && !t.isNumber() && !headTrails[t.fold]:
			return false
		default:
			count++
		}
	}
	return count > 0 && count <= 9
}

// headingCounts tells whether a heading names something that the section
// reports as work: its last word is not an empty one, and the section has signs
// of work or says the name again.
func (p *page) headingCounts(at, from, to, least int) bool {
	s := &p.passages[at]
	last := s.word(to - 1)
	if bodyHeads[last] && !madeHeads[last] {
		return false
	}
	if emptyHeads[last] || emptyHeads[s.word(from)] && to-from < 3 {
		return false
	}
	name := strings.ToLower(p.text(at, from, to))
	signs := 0
	for i := at + 1; i < len(p.passages) && p.passages[i].section == at && !p.passages[i].isHead(); i++ {
		if strings.Contains(strings.ToLower(p.passages[i].Of(p.body)), name) {
			return true
		}
		for _, t := range p.passages[i].tokens {
			if workSigns[t.fold] {
				signs++
			}
		}
	}
	return signs >= least
}
