package extract

import (
	"strings"

	"lotigraph/record"
)

// plainProjects marks what "our X", "LOTI’s X", "a project called X" or "X, the
// platform that" say to be a project, whatever its name ends in.
func (p *page) plainProjects() {
	for at := range p.passages {
		if !p.passages[at].isHead() {
			p.labelled(at)
			p.plainIn(at)
		}
	}
}

func (p *page) plainIn(at int) {
	s := &p.passages[at]
	for i := 0; i < len(s.tokens); i++ {
		if s.cover[i] != nil || !s.tokens[i].isCapital() || s.sentenceStart(i) && functionWords[s.word(i)] {
			continue
		}
		to := p.runEnd(at, i)
		for j := i + 1; j < to; j++ { // a preposition of the sentence ends the name
			if w := s.word(j); s.tokens[j].isLower() && w != "of" && w != "for" && w != "in" && w != "and" && w != "the" {
				to = j
			}
		}
		if to <= i {
			continue
		}
		if rule, ok := p.projectCue(s, i, to); ok {
			p.mark(at, i, to, p.projectCalled(p.text(at, i, to), rule), rule)
		}
		i = to
	}
}

// labelled marks "Digital Apprenticeships: …" in a list of projects.
func (p *page) labelled(at int) {
	s := &p.passages[at]
	if s.kind != itemUnit || len(s.tokens) < 4 || !s.tokens[0].isCapital() {
		return
	}
	to := p.runEnd(at, 0)
	if to == 0 || to > 9 || !s.free(0, to) || functionWords[s.word(0)] {
		return
	}
	dash := s.word(to) == "–" || s.word(to) == "—" || s.word(to) == "-" && to+1 < len(s.tokens) && !s.tokens[to].glue && !s.tokens[to+1].glue
	if s.word(to) != ":" && !(dash && to > 1) {
		return
	}
	if above := p.above(at); strings.Contains(above, "project") || dash && (strings.Contains(above, "network") || strings.Contains(above, "communit") || strings.Contains(above, "pilot") || strings.Contains(above, "programme")) {
		p.mark(at, 0, to, p.projectCalled(p.text(at, 0, to), "label in a list of projects"), "label in a list of projects")
	}
}

// siblingLabels marks the label of a list line, "X: …" or "X – …", where two other
// lines of the list are labelled with projects.
func (p *page) siblingLabels() {
	for at := range p.passages {
		s := &p.passages[at]
		if s.kind != itemUnit || len(s.tokens) < 3 || !s.tokens[0].isCapital() || functionWords[s.word(0)] {
			continue
		}
		to := p.runEnd(at, 0)
		if to < 2 || to > 7 || !s.free(0, to) || !s.isLabel(to) || !p.titleCase(s, 0, to) {
			continue
		}
		if p.labelsAround(at) >= 2 {
			p.mark(at, 0, to, p.projectCalled(p.text(at, 0, to), "label in a list of projects"), "label in a list of projects")
		}
	}
}

// isLabel tells whether a colon or a dash stands at a token.
func (s *passage) isLabel(i int) bool {
	w := s.word(i)
	return w == ":" || w == "–" || w == "—"
}

// labelsAround counts the lines of a list that are labelled with projects.
func (p *page) labelsAround(at int) (count int) {
	for _, step := range [...]int{-1, 1} {
		for i := at + step; i >= 0 && i < len(p.passages) && i > at-12 && i < at+12 && p.passages[i].kind == itemUnit; i += step {
			s := &p.passages[i]
			if n := s.nameAt(0); n != nil && n.thing.kind == record.ProjectKind && n.from == 0 && s.isLabel(n.to) {
				count++
			}
		}
	}
	return count
}

// above is what stands over a list: its heading and the sentence that leads to
// it, in small letters.
func (p *page) above(at int) string {
	text := ""
	if section := p.passages[at].section; section >= 0 {
		text = p.passages[section].Of(p.body)
	}
	for i := at - 1; i >= 0 && i > at-12; i-- {
		if p.passages[i].lead {
			text += " " + p.passages[i].Of(p.body)
			break
		}
		if p.passages[i].kind != itemUnit {
			break
		}
	}
	return strings.ToLower(text)
}

// projectCue names the rule by which the words around a run say that it is a
// project.
func (p *page) projectCue(s *passage, i, to int) (string, bool) {
	count := 0
	for j := i; j < to; j++ {
		if t := s.tokens[j]; t.isWord() && !smallWords[t.fold] {
			count++
		}
		if jobHeads[s.word(j)] {
			return "", false
		}
	}
	single := count == 1
	if single && (notNames[s.word(i)] || functionWords[s.word(i)]) {
		return "", false
	}
	prev, two := s.word(i-1), s.word(i-2)
	next, second := s.word(to), s.word(to+1)
	uncommon := !s.allCommon(i, to)
	if (!single || uncommon && camel(s.tokens[i].text)) && to-i == count && isOut(s, to) && !emptyHeads[s.word(to-1)] && !functionWords[s.word(i)] && s.free(i, to) {
		return "is out", true
	}
	if i == 0 || s.sentenceStart(i) {
		if count >= 2 && thingVerbs[next] && !functionWords[s.word(i)] && !emptyHeads[s.word(to-1)] && to-i == count {
			return "does what a tool does", true
		}
		if next != "," && next != "(" && next != "is" {
			return "", false
		}
	}
	switch {
	case next == "," && madeWords[second] && (s.word(to+2) == "with" || s.word(to+2) == "by" || s.word(to+2) == "in" || s.word(to+2) == "on"):
		return "made with or by", uncommon || !single
	case next == "(" && !single && s.word(to+2) == ")" && to+3 < len(s.tokens) && s.tokens[to+1].isAcronym() && (plainHeads[s.word(to+3)] || s.word(to+3) == "leads" || s.word(to+3) == "projects"):
		return "abbreviated work", true
	case prev == "#" && single && camel(s.tokens[i].text) && (s.word(i-2) == "of" || s.word(i-2) == "for" || s.word(i-2) == "our" || s.word(i-2) == "during" || s.word(i-2) == "at" || isLaunch(s.word(i-2))):
		return "hashtag of an event", true
	case (prev == "is" || prev == "was") && p.subjectMade(s, i-1) && (next == "," || next == "." || to >= len(s.tokens)) && (!single || uncommon || s.tokens[i].isAcronym()):
		return "said to be a project", true
	case (isLaunch(prev) || (prev == "the" || prev == "our" || prev == "a") && isLaunch(two)) && !single && (!emptyHeads[s.word(to-1)] || s.word(to-1) == "london"):
		return "launched", true
	case (prev == "called" || prev == "named" || prev == "titled") && !isGiven(s.tokens[i].text):
		return "called a project", true
	case (plainHeads[prev] || prev == "platform" || prev == "tool") && prev != "work" && prev != "research" && uncommon && (two == "the" || two == "our" || two == "new" || two == "’s"):
		return "called a project", true
	case !single && plainHeads[prev] && prev != "work" && prev != "research" && prev != "tool" && s.tokens[i-1].isLower() && !s.sentenceStart(i-1):
		return "called a project", true
	case (next == "is" || next == "was") && (!single || uncommon) && !emptyHeads[s.word(to-1)] && isMade(s, to+1):
		return "said to be a project", true
	case next == "," && (second == "the" || second == "a" || second == "an" || second == "our") && to+2 < len(s.tokens) && (plainHeads[s.word(to+2)] || smallHeads[s.word(to+2)] || plainHeads[s.word(to+3)] || smallHeads[s.word(to+3)]):
		return "said to be a project", uncommon || !single
	case !single && (prev == "our" || prev == "’s" && p.isOwner(s, i-2)):
		if to < len(s.tokens) && s.tokens[to].possessive() {
			return "", false
		}
		if emptyHeads[s.word(to-1)] && s.word(to-1) != "strategy" && s.word(to-1) != "plan" {
			return "", false
		}
		if next == "user" && second == "research" {
			return "owned work", true
		}
		if to < len(s.tokens) && s.tokens[to].isLower() && !functionWords[next] && !plainHeads[next] && !strings.HasSuffix(next, "ed") {
			return "", false // it describes the noun behind it
		}
		return "owned work", true
	}
	return "", false
}

// subjectMade tells whether the sentence up to its verb is about something made:
// "The course they have in mind is".
func (p *page) subjectMade(s *passage, verb int) bool {
	for i := 0; i < verb && verb < 9; i++ {
		w := s.word(i)
		if s.cover[i] != nil || i > 0 && s.tokens[i].isCapital() {
			return false
		}
		if smallHeads[w] || plainHeads[w] && w != "work" && w != "research" {
			return i > 0 && (functionWords[s.word(0)])
		}
	}
	return false
}

// isOut tells whether a phrase says of something that it can be used: "is live",
// "has launched".
func isOut(s *passage, i int) bool {
	switch s.word(i) {
	case "is", "are":
		switch w := s.word(i + 1); w {
		case "now", "finally", "nearly", "almost":
			i++
		}
		switch s.word(i + 1) {
		case "live", "out", "back", "open", "online", "published":
			return !s.nextNoun(i + 2)
		}
	case "went", "goes", "go":
		return s.word(i+1) == "live"
	case "has", "have":
		return s.word(i+1) == "launched" || s.word(i+1) == "gone" && s.word(i+2) == "live"
	}
	return false
}

// nextNoun tells whether a noun in small letters goes on at a token: "is open data".
func (s *passage) nextNoun(i int) bool {
	return i < len(s.tokens) && s.tokens[i].isLower() && !functionWords[s.word(i)]
}

// isMade tells whether a phrase that begins at a token is about something made:
// "a new website", "one of five projects".
func isMade(s *passage, i int) bool {
	switch s.word(i) {
	case "a", "an", "our", "the", "one":
	default:
		return false
	}
	for j := i + 1; j < i+6 && j < len(s.tokens) && s.tokens[j].isLower(); j++ {
		switch w := s.word(j); {
		case w == "for" || w == "that" || w == "which" || w == "to" || w == "with":
			return false
		case plainHeads[w] && w != "work" || smallHeads[w] || w == "projects" || w == "website":
			return true
		}
	}
	return false
}

func isLaunch(w string) bool {
	return w == "launch" || w == "launched" || w == "launching" || w == "relaunched" || w == "launches"
}

// isOwner tells whether the token is the name of the body that the text speaks
// for.
func (p *page) isOwner(s *passage, i int) bool {
	n := s.nameAt(i)
	return n != nil && n.thing.kind == record.PartnerKind && record.Fold(n.thing.name) == "london office of technology and innovation"
}
