package extract

import "lotigraph/record"

// markKnown marks the names of the lexicon.
func (p *page) markKnown() {
	var weak []pending
	for at := range p.passages {
		s := &p.passages[at]
		for i := 0; i < len(s.tokens); i++ {
			if !s.tokens[i].isWord() {
				continue
			}
			hits := p.lex.at(s.tokens, i, s.isHead())
			if len(hits) == 0 {
				continue
			}
			h := hits[0]
			if !p.fits(at, i, h) {
				continue
			}
			if h.weak {
				weak = append(weak, pending{at, i, h})
				continue
			}
			p.markHit(at, i, h)
			i += h.count - 1
		}
	}
	for _, w := range weak {
		if p.passages[w.at].free(w.from, w.from+w.count) && p.amongCouncils(w) {
			p.weak[record.Fold(p.text(w.at, w.from, w.from+w.count))] = true
			p.markHit(w.at, w.from, w.hit)
		}
	}
}

// pending is a hit that counts in good company only.
type pending struct {
	at, from int
	hit
}

func (p *page) markHit(at, i int, h hit) {
	rule := "known " + h.entry.kind.Slug()
	if h.entry.id == "" {
		rule = "well-known body"
	}
	t := p.entryThing(h.entry, rule)
	printed := p.text(at, i, i+h.count)
	if record.Fold(printed) != record.Fold(t.name) {
		p.alias(t, printed)
	}
	from := i
	if h.entry.kind == record.ProjectKind {
		from = p.markOwner(at, i, i+h.count)
	}
	p.mark(at, from, i+h.count, t, rule)
}

// markOwner marks the bodies that begin a known project's name, as in "LOTI
// Innovation Fund": they are named too, and are no part of what the sentence
// says of the project. It returns where the rest begins.
func (p *page) markOwner(at, i, end int) int {
	s := &p.passages[at]
	for from := i; from < end-1; {
		if s.tokens[from].possessive() || s.tokens[from].text == "/" {
			from++
			continue
		}
		hits := p.lex.at(s.tokens[:end-1], from, false)
		if len(hits) == 0 || hits[0].weak || hits[0].entry.kind != record.PartnerKind && hits[0].entry.kind != record.BoroughKind || from+hits[0].count >= end || !p.fits(at, from, hits[0]) {
			return from
		}
		p.markHit(at, from, hits[0])
		from += hits[0].count
	}
	return i
}

// fits tells whether a name of the lexicon stands for its record here.
func (p *page) fits(at, i int, h hit) bool {
	s := &p.passages[at]
	end := i + h.count
	single := h.words == 1 && !s.tokens[i].isAcronym()
	next := token{}
	if end < len(s.tokens) {
		next = s.tokens[end]
	}
	switch h.entry.kind {
	case record.BoroughKind:
		if single && next.isCapital() && placeTails[next.fold] {
			return false
		}
		if single && next.isCapital() && p.bodyBehind(at, end) {
			return false // "Sutton Housing Partnership"
		}
		if single && (s.word(i-1) == "of" && bodyHeads[s.word(i-2)] || next.fold == "upon" && end+1 < len(s.tokens) && s.tokens[end+1].isCapital()) {
			return false
		}
		if single && p.isAfterGiven(s, i) {
			return false // somebody's surname
		}
		if record.Fold(h.entry.name) == "city of london" && s.word(end-1) == "london" {
			return p.isAuthority(at, i, end)
		}
	case record.PersonKind:
		if single {
			return p.isFirstName(at, i)
		}
	case record.PartnerKind:
		if single && h.entry.sector == "local government" && (s.word(i-1) == "in" || s.word(i-1) == "near") && next.fold != "council" {
			return false // a town, not its council
		}
		if single && p.isAfterGiven(s, i) {
			return false
		}
		if single && h.entry.id == "" && isCommon(s.tokens[i].fold) && s.sentenceStart(i) {
			return false
		}
		if single && next.isCapital() && bodyHeads[next.fold] && s.cover[end] == nil && !next.isAcronym() {
			return false // the beginning of another body's name
		}
		if single && next.isCapital() && (placeTails[next.fold] || wares[next.fold]) && h.entry.id == "" {
			return false
		}
	}
	return true
}

// wares are what a maker's name stands before when a product is meant.
var wares = words(`slides docs sheets drive maps meet calendar forms teams word excel sharepoint office chrome play cloud analytics scholar earth`)

// isAfterGiven tells whether a given name stands right before a token.
func (p *page) isAfterGiven(s *passage, i int) bool {
	if i == 0 || s.tokens[i].glue || s.cover[i-1] != nil {
		return false
	}
	t := s.tokens[i-1]
	return t.isCapital() && isGiven(t.text) && !isCommon(t.fold)
}

// isAuthority tells whether "City of London" plainly means the authority: in
// the company of boroughs, as somebody's employer, or as one who acts with
// others.
func (p *page) isAuthority(at, i, end int) bool {
	s := &p.passages[at]
	if i > 0 && s.word(i-1) == "the" {
		i--
	}
	before, after := s.word(i-1), s.word(end)
	switch before {
	case "from", "at", "with", "by", "(", "councils", "boroughs":
		return true
	case ",", "and", "&":
		if n := s.nameAt(i - 2); n != nil && n.thing.kind == record.BoroughKind {
			return true
		}
		if n := s.nameAt(i - 3); n != nil && n.thing.kind == record.BoroughKind {
			return true
		}
		if s.closing(i) < 0 && after == ")" {
			return true
		}
	}
	if after == "," || after == "and" || after == "&" {
		for _, j := range []int{end + 1, end + 2} {
			if j < len(s.tokens) {
				for _, h := range p.lex.at(s.tokens, j, false) {
					if h.entry.kind == record.BoroughKind {
						return true
					}
				}
			}
		}
	}
	return after == ")" || after == "corporation" || after == "council"
}

// isFirstName tells whether a single known word names a person here: printed
// with a capital, and not the ordinary word at the head of a sentence.
func (p *page) isFirstName(at, i int) bool {
	s := &p.passages[at]
	t := s.tokens[i]
	if !t.isCapital() {
		return false
	}
	if i+1 < len(s.tokens) && s.tokens[i+1].isCapital() && !s.tokens[i+1].isAcronym() {
		return false // the full name of somebody else
	}
	if i > 0 && s.tokens[i-1].isCapital() && isGiven(s.tokens[i-1].text) {
		return false
	}
	return !isWordFirst(t.fold) || !s.sentenceStart(i)
}

// councilPeople are people who come from councils rather than from towns.
var councilPeople = words(`leaders colleagues officers councillors councils teams partners counterparts cios directors`)

// amongCouncils tells whether a town's name stands in a list with boroughs or
// councils, or is spoken of as one.
func (p *page) amongCouncils(w pending) bool {
	s := &p.passages[w.at]
	end := w.from + w.count
	council := func(n *name) bool {
		return n != nil && (n.thing.kind == record.BoroughKind || n.thing.sector == "local government")
	}
	switch s.word(w.from - 1) {
	case ",", "and", "&":
		if council(s.nameAt(w.from-2)) || council(s.nameAt(w.from-3)) {
			return true
		}
	}
	if s.word(w.from-1) == "from" && councilPeople[s.word(w.from-2)] {
		return true
	}
	switch s.word(end) {
	case ",", "and", "&":
		if council(s.nameAt(end+1)) || council(s.nameAt(end+2)) {
			return true
		}
	}
	return false
}
