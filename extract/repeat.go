package extract

import "strings"

// repeatedProjects marks names in capitals that the text says more than once and
// that no other rule has taken for anything: what is spoken of again and again in
// these texts is mostly somebody's work.
func (p *page) repeatedProjects() {
	type place struct{ at, from, to int }
	places := make(map[string][]place)
	var order []string
	for at := range p.passages {
		s := &p.passages[at]
		for i := 0; i < len(s.tokens); i++ {
			if s.cover[i] != nil || !s.tokens[i].isCapital() || functionWords[s.word(i)] || i > 0 && s.tokens[i-1].isCapital() && s.cover[i-1] == nil && !functionWords[s.word(i-1)] {
				continue
			}
			to := i
			for to < len(s.tokens) && s.cover[to] == nil && s.tokens[to].isWord() && s.tokens[to].isCapital() {
				to++
			}
			if to-i < 2 || to-i > 5 || !p.repeatable(s, i, to) {
				i = max(i, to-1)
				continue
			}
			key := strings.ToLower(p.text(at, i, to))
			if places[key] == nil {
				order = append(order, key)
			}
			places[key] = append(places[key], place{at, i, to})
			i = to - 1
		}
	}
	for _, key := range order {
		list := places[key]
		inText := 0
		for _, x := range list {
			if !p.passages[x.at].isHead() {
				inText++
			}
		}
		if len(list) < 2 || inText == 0 {
			continue
		}
		for _, x := range list {
			p.mark(x.at, x.from, x.to, p.projectCalled(p.text(x.at, x.from, x.to), "named again and again"), "named again and again")
		}
	}
}

// repeatable tells whether some words in capitals could be the name of work.
func (p *page) repeatable(s *passage, i, to int) bool {
	last := s.word(to - 1)
	switch last {
	case "hall", "house", "building", "tower":
		return false
	}
	if emptyHeads[last] || bodyHeads[last] && !madeHeads[last] || jobHeads[last] || placeTails[last] || companyTails[last] || isGiven(s.tokens[i].text) {
		return false
	}
	for j := i; j < to; j++ {
		if notNames[s.word(j)] && s.word(j) != "london" || monthNumber(s.word(j)) > 0 || jobHeads[s.word(j)] || s.tokens[j].isNumber() {
			return false
		}
	}
	return true
}
