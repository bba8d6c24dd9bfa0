package extract

import (
	"strings"

	"lotigraph/record"
)

// headedProjects marks names that end in a word for something made: "Digital
// Inclusion Toolkit", "Data Managers network", "Thirty3 platform".
func (p *page) headedProjects() {
	for at := range p.passages {
		p.headedIn(at)
	}
}

func (p *page) headedIn(at int) {
	s := &p.passages[at]
	p.leadHeaded(at)
	for k := 1; k < len(s.tokens); k++ {
		t := s.tokens[k]
		head := t.fold
		if s.cover[k] != nil || !t.isWord() || t.glue && s.tokens[k-1].text == "-" {
			continue
		}
		big := t.isCapital() && (madeHeads[head] || plainHeads[head])
		small := t.isLower() && (smallHeads[head] || plainHeads[head] || head == "projects" || head == "networks" || head == "group" && s.word(k-1) == "working")
		if !big && !small || k+1 < len(s.tokens) && big && s.tokens[k+1].isCapital() && s.cover[k+1] == nil && (madeHeads[s.word(k+1)] || plainHeads[s.word(k+1)]) {
			continue
		}
		if small && k+1 < len(s.tokens) && (smallHeads[s.word(k+1)] && s.tokens[k+1].isLower()) {
			continue
		}
		if next := s.word(k + 1); jobHeads[next] && s.tokens[k+1].isCapital() && next != "partner" && next != "partners" && next != "support" || next == "support" && s.tokens[k+1].isCapital() {
			continue // a job title
		}
		from := p.projectStart(at, k)
		if from >= k && !(s.nameAt(k-1) != nil && s.nameAt(k-1).thing.kind == record.BoroughKind && k > 1 && s.tokens[k-2].isCapital() && s.cover[k-2] == nil) || s.word(from-1) == "(" && jobHeads[s.word(from-2)] {
			continue
		}
		p.markHeaded(at, from, k, big)
	}
}

// leadHeaded marks names that begin with a word for something made and go on with
// "of", "for" or "to": "the Festival of Open Data", "Introduction to Data".
func (p *page) leadHeaded(at int) {
	s := &p.passages[at]
	for i := 0; i+2 < len(s.tokens); i++ {
		w := s.word(i + 1)
		if s.cover[i] != nil || !s.tokens[i].isCapital() || !leadHeads[s.word(i)] || w != "of" && w != "for" && w != "to" && w != "on" {
			continue
		}
		j := i + 2
		if s.word(j) == "the" {
			j++
		}
		if j >= len(s.tokens) || !s.tokens[j].isCapital() || s.cover[j] != nil || s.sentenceStart(i) && !s.isHead() && w != "for" {
			continue
		}
		to := p.runEnd(at, j)
		from := p.backTo(at, i, false)
		for from < i && functionWords[s.word(from)] {
			from++
		}
		if to < len(s.tokens) && s.tokens[to].isNumber() && len(s.tokens[to].text) == 4 {
			to++
		}
		if head := s.word(to - 1); s.isHead() && !p.titleCase(s, from, to) || head == "" {
			continue
		}
		p.mark(at, from, to, p.projectCalled(p.text(at, from, to), "begins like something made"), "begins like something made")
		i = to
	}
}

// projectStart walks back from a head to where the name of a project begins.
func (p *page) projectStart(at, k int) int {
	s := &p.passages[at]
	from := p.backTo(at, k, true)
	if from == k && s.word(k-1) == ")" { // "Internet of Things (IoT) Standards"
		for j := k - 2; j > 0 && j > k-4; j-- {
			if s.tokens[j].text == "(" && s.tokens[j-1].isCapital() && s.cover[j-1] == nil {
				return p.backTo(at, j, true)
			}
		}
	}
	if from > 1 && from < k && s.word(from-1) == ")" {
		for j := from - 2; j > 0 && j > from-4; j-- {
			if s.tokens[j].text == "(" && s.tokens[j-1].isCapital() && s.cover[j-1] == nil {
				from = p.backTo(at, j, true)
				break
			}
		}
	}
	// One describing word in small letters: "Digital, Data and Innovation reference model".
	if from == k && k > 1 && s.tokens[k].isLower() && s.tokens[k-1].isLower() && isCommon(s.word(k-1)) && !functionWords[s.word(k-1)] && !smallWords[s.word(k-1)] && !plainHeads[s.word(k-1)] && s.tokens[k-2].isCapital() && s.cover[k-2] == nil {
		if at := p.backTo(at, k-1, true); at < k-2 {
			from = at
		}
	}
	// "a Digital, Data and …": what stands before a comma belongs to it behind an article.
	if from > 2 && from < k && s.word(from-1) == "," && s.tokens[from-2].isCapital() && s.cover[from-2] == nil {
		j := from - 2
		for j > 0 && s.tokens[j-1].isCapital() && s.cover[j-1] == nil && !functionWords[s.word(j-1)] {
			j--
		}
		if w := s.word(j - 1); (w == "a" || w == "an" || w == "our" || w == "the" || w == "’s") && strings.Contains(p.text(at, from, k), " and ") {
			from = j
		}
	}
	return from
}

// markHeaded marks a project whose name runs from one token to the head at k.
func (p *page) markHeaded(at, from, k int, big bool) {
	s := &p.passages[at]
	head := s.word(k)
	to := k + 1
	if !big && (plainHeads[head] || head == "projects") && !smallHeads[head] {
		to = k // "the Thirty3 platform"
	}
	if w := s.word(to); big && w == "for" && s.titled(to+1) { // "Insights Tool for Rough Sleeping"
		to = p.runEnd(at, to+1)
	}
	if n := s.nameAt(from - 1); n != nil && n.thing.kind == record.BoroughKind && n.to == n.from+1 && from > 1 && s.tokens[from-2].isCapital() && s.cover[from-2] == nil && !functionWords[s.word(from-2)] {
		from -= 2 // "Connected Camden programme"
	}
	from, to = p.withoutOwner(s, from, to)
	for from < to && (functionWords[s.word(from)] || from > 0 && s.tokens[from].glue && s.tokens[from-1].text == "-") {
		from++
	}
	for j := from; j < to-1; j++ {
		if jobHeads[s.word(j)] && (s.word(j+1) == "of" || s.word(j+1) == "for") {
			return // "Head of Digital Strategy"
		}
	}
	if from >= to || !p.tellsProject(s, from, to, k, big) {
		return
	}
	rule := "word of a project’s name"
	if to == k {
		rule = "called a project"
	}
	if strings.HasSuffix(head, "s") && madeHeads[one(head)] && one(head) != head {
		if p.splitPlural(at, from, k, rule) {
			return
		}
	}
	if i := strings.IndexByte(p.text(at, from, to), '/'); i > 0 && to == k {
		for j := from; j < to; j++ {
			if s.tokens[j].text == "/" {
				p.mark(at, from, j, p.projectCalled(p.text(at, from, j), rule), rule)
				p.mark(at, j+1, to, p.projectCalled(p.text(at, j+1, to), rule), rule)
				return
			}
		}
	}
	p.mark(at, from, to, p.projectCalled(p.text(at, from, to), rule), rule)
}

// titled tells whether two words in capitals stand at a token, no names yet.
func (s *passage) titled(i int) bool {
	return i+1 < len(s.tokens) && s.tokens[i].isCapital() && s.tokens[i+1].isCapital() && s.cover[i] == nil && s.cover[i+1] == nil
}

// splitPlural marks "Data Science and Data Leaders Networks" as two.
func (p *page) splitPlural(at, from, k int, rule string) bool {
	s := &p.passages[at]
	for j := from + 1; j < k-1; j++ {
		if s.word(j) != "and" {
			continue
		}
		head := one(s.word(k))
		if s.tokens[k].isCapital() {
			head = strings.ToUpper(head[:1]) + head[1:]
		}
		p.mark(at, from, j, p.projectCalled(p.text(at, from, j)+" "+head, rule), rule)
		p.mark(at, j+1, k+1, p.projectCalled(p.text(at, j+1, k)+" "+head, rule), rule)
		return true
	}
	return false
}

// tellsProject tells whether the words before a head are enough for a name.
func (p *page) tellsProject(s *passage, from, to, k int, big bool) bool {
	count := 0
	for i := from; i < min(k, to); i++ {
		if s.tokens[i].isWord() && !smallWords[s.word(i)] && !s.tokens[i].isNumber() {
			count++
		}
	}
	first, head := s.word(from), s.word(k)
	switch {
	case count == 0:
		return false
	case count == 1 && (first == "london" || first == "covid") && big && head != "week" && head != "project" && head != "programme":
		return true
	case count == 1 && head == "network" && big && !s.isHead() && !notNames[first] && !functionWords[first]:
		return true
	case count == 1 && (notNames[first] || jobHeads[first] || functionWords[first] || first == "loti" || first == "member" || first == "borough" || first == "council"):
		return false
	case count == 1 && to == k && (head == "strand" || head == "workstream") && s.word(k+1) == "of" && s.word(from-1) == "the":
		return true
	case count == 1 && to == k && isCommon(first) && s.tokens[k].fold != "project":
		return false
	case count == 1 && s.isHead() && isCommon(first):
		return false
	case s.isHead() && from == 0 && count == 1:
		return false
	}
	if count > 0 && big && (s.word(from-1) == "our" || p.isOwner(s, from-1)) && !(count == 1 && notNames[first] && !s.tokens[from].isAcronym()) {
		return true
	}
	switch head {
	case "week":
		return s.word(from-1) == "our" || s.tokens[max(from-1, 0)].possessive()
	case "day", "group", "service", "community", "partnership", "academy", "course", "sessions", "apprenticeships", "standards", "forum", "requirements", "principles", "tool", "app", "lab", "policy", "summit", "survey":
		if !big || count < 2 && isCommon(first) {
			return false
		}
	case "library", "bank", "grant", "pot", "hub", "portal", "index", "register", "clinic", "exchange", "audit":
		return count >= 2
	case "conference", "festival":
		return count >= 2 || !isCommon(first)
	}
	return true
}
