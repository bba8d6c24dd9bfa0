package extract

import (
	"strings"

	"lotigraph/record"
)

// surnames are ordinary words that many people are called.
var surnames = words(`smith hall taylor baker cook walker wright clark hill wood woods green white brown black young king bell long cole
	stone bird fox lane park banks rose day love price rice ford marsh heath knight page palmer porter potter
	shepherd turner weaver webb west north carter cooper hunter fisher gardner mason butler chapman bishop pope power savage
	sharp short small strong swift wise winter winters summers frost snow rivers brooks bush reed grant gray grey harding hope
	miller parker barker archer farmer fuller dyer tyler glover thatcher sawyer spencer steward stewart cross 
	 waters wells moore more bond book boon best bright barber batty bacon berry bull cash child christian
	coleman cotton crane dean dial drew drummer english french scott welsh finch flower foot freeman gold good goodman hand
	hardy hart hood horn hull hunt ireland joy key lamb law lee little lock lord major mann marshall martin may mills moss
	neville newman nice noble nutt peacock pearce peel perry pike pitt pool poole pound pratt prior rand read ray rich ross
	rush sage sands shaw silver singer skinner sparrow speed spring stern storm swan thorn trail underwood
	parsons gill bates barnes burns combs crook cummings dowling field fields forrest gates glass hayes hicks jewell kent knott lister merchant
	mercer nash parish parks peak plant prentice quick reeve riddle roach salmon sexton shields slack sparks spears spooner starling steel stock
	tanner temple tripp usher vine walls wheat wills wing woodcock woodward wren holder ridge holmes dales bridges
	vale wade wall ward warner way webber whale wheeler wilder wolf workman worth bibby bean beard begum khan`)

var titles = words(`cllr councillor dr mr mrs ms miss prof professor sir dame lord lady baroness rev`)

var particles = words(`de van von der den bin ibn al el da di la le du ap o st ter ten`)

// oftenWords are given names that are far more often ordinary words.
var oftenWords = words(`will may mark grant grace hope faith joy rich frank sunny summer autumn april june august dawn chase miles bill
	rose pat drew sterling guy penny art gene heath major may prince precious charity promise sky storm river page`)

// isWordFirst tells whether a capitalised word at the head of a sentence is
// more likely the ordinary word than somebody's name.
func isWordFirst(fold string) bool {
	return oftenWords[fold] || isCommon(fold) && !isGiven(fold)
}

// personScore is what a run of capitalised words must reach to be a person.
const personScore = 2.5

// markPeople marks full names.
func (p *page) markPeople() {
	for at := range p.passages {
		s := &p.passages[at]
		for i := 0; i < len(s.tokens); i++ {
			to, score := p.personAt(at, i)
			if score < personScore {
				continue
			}
			printed := p.text(at, i, to)
			t := p.personCalled(printed)
			p.mark(at, i, to, t, "full name")
			i = to - 1
		}
	}
}

// personCalled is the person of a full name: known, or met here first.
func (p *page) personCalled(printed string) *thing {
	if e, ok := p.lex.named(printed, record.PersonKind, 1); ok {
		return p.entryThing(e, "known person")
	}
	return p.thing(record.PersonKind, strings.Join(strings.Fields(printed), " "), "full name")
}

// personAt weighs whether a full name begins at a token, and says where it ends.
func (p *page) personAt(at, i int) (to int, score float64) {
	s := &p.passages[at]
	ends := p.nameWords(s, i)
	first := s.tokens[i]
	if len(ends) < 2 || first.fold == "st" || titles[first.fold] {
		return 0, 0
	}
	switch given := isGiven(first.text); {
	case given && !isWordFirst(first.fold):
		score = 3
	case given:
		score = 2
	case isCommon(first.fold) && !functionWords[first.fold] && !bodyHeads[first.fold] && !madeHeads[first.fold] && p.bracketJob(at, ends[1]) && !isCommon(s.tokens[ends[1]-1].fold):
		score = 0.5 // "Bramble Marlow (Head of Data)"
	case isCommon(first.fold) || functionWords[first.fold]:
		return 0, 0
	default:
		score = 1
	}
	if i > 0 && s.tokens[i-1].isCapital() && s.cover[i-1] == nil && !jobHeads[s.word(i-1)] && !titles[s.word(i-1)] && score < 3 && !s.sentenceStart(i-1) {
		return 0, 0 // the middle of a longer run
	}
	// The surname is the second word, and further ones that are no words.
	to = ends[1]
	for n := 2; n < len(ends) && n < 4; n++ {
		last := s.tokens[ends[n]-1]
		if isCommon(last.fold) && !surnames[last.fold] && !isGiven(last.text) || !plainName(last) {
			break
		}
		to = ends[n]
	}
	last := s.tokens[to-1]
	switch {
	case !plainName(last):
		return 0, 0
	case surnames[last.fold] || !isCommon(last.fold):
		score++
	case s.tokens[to-1].glue:
	default:
		score--
	}
	if s.isHead() && score < 4 {
		score -= 0.5
	}
	return to, score + p.personContext(at, i, to)
}

// plainName tells whether a word can be a part of somebody's name.
func plainName(t token) bool {
	if surnames[t.fold] {
		return true
	}
	switch t.fold {
	case "house", "hall", "street", "road", "square", "building", "tower", "station", "gardens":
		return false
	}
	return !notNames[t.fold] && !companyTails[t.fold] && !bodyHeads[t.fold] && !madeHeads[t.fold] && !t.isAcronym()
}

// nameWords are the ends of the words that may make up a name beginning at i:
// capitalised, of letters, with particles and hyphens between.
func (p *page) nameWords(s *passage, i int) (ends []int) {
	for j := i; j < len(s.tokens) && len(ends) < 5; {
		t := s.tokens[j]
		if !t.isWord() || !t.isCapital() || s.cover[j] != nil && !(len(ends) > 0 && p.isSurname(s, j)) || t.isAcronym() || strings.ContainsAny(t.text, "0123456789") {
			break
		}
		if len(t.text) == 1 && len(ends) == 0 {
			break
		}
		j++
		for j+1 < len(s.tokens) && s.tokens[j].text == "-" && s.tokens[j].glue && s.tokens[j+1].glue && s.tokens[j+1].isCapital() {
			j += 2
		}
		ends = append(ends, j)
		if j+1 < len(s.tokens) && len(t.text) == 1 && s.tokens[j].text == "." {
			j++
		}
		for k := 0; k < 2 && j+1 < len(s.tokens) && particles[s.tokens[j].fold] && s.tokens[j].isLower() && (s.tokens[j+1].isCapital() || particles[s.tokens[j+1].fold]); k++ {
			j++
		}
	}
	return ends
}

// isSurname tells whether a name of the lexicon may be a surname instead: a
// borough's single word right behind a given name.
func (p *page) isSurname(s *passage, j int) bool {
	n := s.cover[j]
	return n != nil && n.to-n.from == 1 && n.thing.kind == record.BoroughKind && isGiven(s.tokens[j-1].text) && !isCommon(s.tokens[j-1].fold) && s.cover[j-1] == nil
}

// personContext weighs what stands around a possible name.
func (p *page) personContext(at, i, to int) float64 {
	s := &p.passages[at]
	score := 0.0
	switch next := s.word(to); {
	case next == "(":
		score += 0.5
		if end := s.closing(to); end > 0 && isJob(p.text(at, to+1, end)) {
			score += 1.5
		} else if list, _ := p.bodiesAt(at, to+1); len(list) > 0 {
			score += 2
		}
	case next == "," || next == "—" || next == "–" || next == "-" && to+1 < len(s.tokens) && !s.tokens[to+1].glue:
		if end, ok := p.jobPhrase(at, to+1); ok && end > to+1 {
			score += 1.5
		} else if list, _ := p.bodiesAt(at, to+1); len(list) > 0 && (next != "," || s.word(i-1) == "(" || s.word(i-1) == ";") {
			score += 1.5
		}
	case speechVerbs[next] && to < len(s.tokens) && s.tokens[to].isLower():
		score++
	}
	if i == 0 {
		if s.kind == itemUnit && s.word(to) == "," {
			score++
		}
		return score
	}
	if e := s.nameAt(i - 2); s.word(i-1) == "(" && e != nil && (e.thing.kind == record.BoroughKind || e.thing.kind == record.PartnerKind) {
		score++
	}
	if w := s.word(i - 1); (w == "," || w == ":" || w == "–") && isJob(lastWords(p.before(at, i-1), 8)) {
		score += 2
	}
	switch before := s.word(i - 1); {
	case jobHeads[before]:
		score += 2
	case s.tokens[i-1].possessive() && s.nameAt(i-2) != nil:
		score++
	case titles[before]:
		score += 3
	case score == 0 && !isGiven(s.tokens[i].text) && p.toldOf(s, to): // "met Zorra Quell, whom"
		score += 0.5
	case score == 0 && !isGiven(s.tokens[i].text): // a body may be meant: "by Marsh Zorrel"
	case before == "by" || before == "with" || before == "and" || before == "thanks" || before == "to" || before == "from":
		score += 0.5
	}
	return score
}

// toldOf tells whether what stands behind a name is said of people only.
func (p *page) toldOf(s *passage, to int) bool {
	if s.word(to) != "," {
		return false
	}
	switch s.word(to + 1) {
	case "who", "whom", "appointed", "promoted", "retired":
		return true
	}
	return false
}

// lastWords are the last n words of s, as far as they follow a possessive or
// an article.
func lastWords(s string, n int) string {
	if len(s) > 200 {
		s = s[len(s)-200:]
	}
	fields := strings.Fields(s)
	for i := len(fields) - 1; i >= 0 && i >= len(fields)-n; i-- {
		w := strings.ToLower(fields[i])
		if strings.HasSuffix(w, "’s") || strings.HasSuffix(w, "'s") || strings.HasSuffix(w, "’") || w == "our" || w == "the" || w == "its" || w == "their" || w == "a" {
			return strings.Join(fields[i+1:], " ")
		}
	}
	return ""
}

// markFirstNames marks people who are called by one name only: those whose full
// name stands elsewhere in the text, those known to the lexicon, and others
// whom the sentence plainly takes for a person.
func (p *page) markFirstNames() {
	called := p.calledHere()
	for at := range p.passages {
		s := &p.passages[at]
		for i, t := range s.tokens {
			if s.cover[i] != nil || !t.isWord() || !t.isCapital() || t.isAcronym() || !p.alone(s, i) {
				continue
			}
			if who, ok := called[t.fold]; ok {
				if who != nil && (!isWordFirst(t.fold) || !s.sentenceStart(i)) {
					p.mark(at, i, i+1, who, "first name of a person in the text")
				}
				continue
			}
			if !p.actsAsPerson(at, i) {
				continue
			}
			if e, ok := p.lex.calledBy(t.text); ok {
				p.mark(at, i, i+1, p.entryThing(e, "first name of a known person"), "first name of a known person")
				continue
			}
			if isGiven(t.text) || p.bracketJob(at, i+1) {
				p.mark(at, i, i+1, p.thing(record.PersonKind, t.text, "first name"), "first name")
			}
		}
	}
}

// calledHere maps the first names in the text to the one person of that name,
// and to nil where there are several.
func (p *page) calledHere() map[string]*thing {
	called := make(map[string]*thing)
	for _, t := range p.things {
		if t.kind != record.PersonKind {
			continue
		}
		first, _, several := strings.Cut(t.name, " ")
		if !several {
			continue
		}
		key := record.Fold(first)
		if other, ok := called[key]; ok && other != t {
			called[key] = nil
		} else {
			called[key] = t
		}
	}
	return called
}

// alone tells whether a token is not part of a longer name.
func (p *page) alone(s *passage, i int) bool {
	if i > 0 && (s.tokens[i].glue && s.tokens[i-1].text == "-" || s.tokens[i-1].isCapital() && s.cover[i-1] == nil && !functionWords[s.word(i-1)]) {
		return false
	}
	if i+1 < len(s.tokens) {
		next := s.tokens[i+1]
		if next.isCapital() && s.cover[i+1] == nil || next.text == "-" && next.glue {
			return false
		}
	}
	return true
}

// actsAsPerson tells whether the sentence treats a word as a person: somebody's
// blog or team, somebody who says or does something, or is thanked.
func (p *page) actsAsPerson(at, i int) bool {
	s := &p.passages[at]
	t := s.tokens[i]
	if notNames[t.fold] || functionWords[t.fold] || !isGiven(t.text) && isCommon(t.fold) {
		return false
	}
	common := isWordFirst(t.fold)
	if p.bracketJob(at, i+1) {
		return true
	}
	if !isGiven(t.text) {
		if _, ok := p.lex.calledBy(t.text); !ok {
			return false
		}
	}
	next := s.word(i + 1)
	switch {
	case i+1 < len(s.tokens) && s.tokens[i+1].possessive():
		return !common || !s.sentenceStart(i)
	case speechVerbs[next] && next != "of":
		return !common || !s.sentenceStart(i) && next != "is" && next != "was" && next != "will"
	case !s.sentenceStart(i) && strings.HasSuffix(next, "ed") && i+1 < len(s.tokens) && s.tokens[i+1].isLower():
		return !common
	case s.sentenceStart(i):
		return !common && (strings.HasSuffix(next, "ed") || strings.HasSuffix(next, "es") || next == "and" || next == ",")
	}
	switch s.word(i - 1) {
	case "to", "with", "by", "and", "from", "thanks", "saw", "meet", "met", "welcome", "welcomed", ",", "as", "contact", "see", "meanwhile", "wednesday", "monday", "tuesday", "thursday", "friday", "week":
		return !common
	}
	return false
}

// bracketJob tells whether a bracket with a job title opens at token i.
func (p *page) bracketJob(at, i int) bool {
	s := &p.passages[at]
	if s.word(i) != "(" {
		return false
	}
	end := s.closing(i)
	return end > 0 && isJob(p.text(at, i+1, end))
}

// looksLikeName tells whether a line is nothing but somebody's name.
func looksLikeName(line string) bool {
	fields := strings.Fields(line)
	if len(fields) < 2 || len(fields) > 4 {
		return false
	}
	unknown := 0
	for i, f := range fields {
		t := token{text: f, fold: record.Fold(f)}
		if particles[t.fold] && i > 0 && i < len(fields)-1 {
			continue
		}
		if !t.isCapital() || strings.ContainsAny(f, "0123456789:;,!?()\"“”&") || t.isAcronym() || !plainName(t) || functionWords[t.fold] {
			return false
		}
		if isCommon(t.fold) && !surnames[t.fold] && !(i == 0 && isGiven(f)) {
			return false
		}
		if !isCommon(t.fold) {
			unknown++
		}
	}
	return isGiven(fields[0]) || unknown == len(fields)
}
