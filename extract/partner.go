package extract

import (
	"slices"
	"strings"

	"lotigraph/record"
)

// Words in front of a body that nobody knows. The cue is what stands right
// before the name, "the" aside.
var (
	withVerbs = words(`works made built developed created designed delivered produced written run work worked working partnered partnering teamed up
		forces partnership collaboration together along co codesigned conjunction agreement contract alongside develop build design
		developing building designing creating hosted met meeting meet spoke talked signed deal co-designed piloted tested running
		planned collaborating co-produced jointly discussion discussions conversation sessions workshop workshops session engaged`)
	byVerbs = words(`made built developed created designed delivered produced written run led hosted provided supplied funded organised
		organized supported commissioned backed sponsored conducted facilitated out for published owned managed appointed
		carried paid given updated maintained checked tested presented submitted drafted managed overseen evaluated coordinated`)
	fromNouns = words(`support help funding funded colleagues speakers speaker team people representatives experts researchers heard
		presentation talk input advice money grant investment students colleague talks presentations insights demo demos
		demonstration consultants friends designers developers guests speech lessons contributions officers teams bids staff
		sponsorship donation donations comes came come hear learn evidence response`)
	atNouns    = words(`colleagues team people experts researchers friends hosted held office offices headquarters event based staff workshop session visit`)
	partnerish = words(`partner partners supplier suppliers agency consultancy firm charity contractor vendor company startup
		consultants provider providers developer developers companies agencies consultancies firms charities startups start-ups vendors universities organisations contractors association associations enterprise enterprises researchers organisation start-up up university think-tank publisher`)
	hireVerbs = words(`commissioned hired appointed contracted engaged procured selected chose chosen commissioning appointing hiring
		asked brought invited selecting contracting welcomed thank visited joined`)
	actVerbs = words(`ran built supplied developed wrote delivered designed produced made created developing building delivering designing
		develop build deliver facilitated supplied hosted presented shared demonstrated surveyed interviewed offers provides
		providing supplying running leading working helping hosting offering sharing evaluating testing funding paying supplies
		delivers develops builds designs makes writes provides produces
		begun started published launched offered
		refurbishes publishes advises supports analyses collects trains hosts
		found pledged donated matched sponsored sponsors awarded contributed invested
		provided evaluated prototyped commissioned maps manages maintains hosts operates funds funded carried leads led worked
		works joined helped is are have has had was were will team staff colleagues`)
	plainNext = words(`team to and or which who for on as has have had is are was were at in from with about that this will , . ; : ) ’s 's
		, also during over by when where so but since via after before staff colleagues project last next today yesterday
		tomorrow monday tuesday wednesday thursday friday their our of into through using including plus among ( ran built developed wrote led prototyped designed made`)
)

// markPartners marks bodies that nobody knows and whose name says nothing: the
// sentence says that they act, pay or work with others.
func (p *page) markPartners() {
	heads := make(map[string]bool) // a topic of the text, not a body
	for i := range p.passages {
		if p.passages[i].isHead() {
			heads[record.Fold(p.passages[i].Of(p.body))] = true
		}
	}
	for at := range p.passages {
		s := &p.passages[at]
		for i := 0; i < len(s.tokens); i++ {
			if s.cover[i] != nil || !s.tokens[i].isCapital() || i > 0 && s.tokens[i-1].text == "#" || i > 0 && s.tokens[i].glue && s.tokens[i-1].text == "-" {
				continue
			}
			to := p.partnerEnd(s, i)
			if to == 0 {
				continue
			}
			rule, ok := p.partnerCue(at, i, to)
			if ok = ok && !(heads[record.Fold(p.text(at, i, to))] && s.someCommon(i, to)); ok {
				p.mark(at, i, to, p.bodyCalled(p.text(at, i, to), rule), rule)
				i = to - 1
			} else if to > i+1 {
				i = to - 1
			}
		}
		p.spreadLists(at)
	}
}

// partnerEnd is where a candidate that begins at i ends, 0 when it is none.
func (p *page) partnerEnd(s *passage, i int) int {
	if i > 0 && s.tokens[i-1].isCapital() && s.cover[i-1] == nil && !s.tokens[i].glue && !functionWords[s.word(i-1)] && !partnerish[s.word(i-1)] {
		return 0
	}
	to := i
	for to < len(s.tokens) && s.cover[to] == nil && to < i+5 {
		t := s.tokens[to]
		switch {
		case t.isWord() && t.isCapital() && !(to == i && functionWords[t.fold]):
			to++
			continue
		case to > i && t.text == "&" && to+1 < len(s.tokens) && s.tokens[to+1].isCapital():
			to += 2
			continue
		case to > i && t.text == "-" && t.glue && to+1 < len(s.tokens) && s.tokens[to+1].glue && s.tokens[to+1].isCapital():
			to += 2
			continue
		}
		break
	}
	if to == i || to == i+1 && (notNames[s.word(i)] || len(s.tokens[i].text) < 2) || functionWords[s.word(i)] {
		return 0
	}
	for j := i; j < to; j++ {
		if notNames[s.word(j)] && to-i == 1 || monthNumber(s.word(j)) > 0 && to-i < 3 {
			return 0
		}
	}
	if last := s.word(to - 1); last == "day" || last == "days" || last == "week" || madeHeads[last] && last != "partnership" && last != "group" || jobHeads[last] && last != "partners" && last != "associates" {
		return 0
	}
	return to
}

// allCommon tells whether every word of some tokens is an ordinary one.
func (s *passage) allCommon(from, to int) bool {
	for i := from; i < to; i++ {
		t := s.tokens[i]
		if t.isWord() && !notNames[t.fold] && (!isCommon(t.fold) || t.isAcronym() && len(t.text) > 3) {
			return false
		}
	}
	return true
}

// someCommon tells whether one word of some tokens is an ordinary one.
func (s *passage) someCommon(from, to int) bool {
	for i := from; i < to; i++ {
		if s.allCommon(i, i+1) {
			return true
		}
	}
	return false
}

// camel tells whether a word has a capital inside: "FutureGov".
func camel(s string) bool {
	return len(s) > 3 && !isAcronym(s) && strings.ToLower(s[1:]) != s[1:]
}

// partnerCue names the rule by which the words around a candidate say that it
// is a body.
func (p *page) partnerCue(at, i, to int) (rule string, ok bool) {
	s := &p.passages[at]
	common := s.allCommon(i, to)
	next := s.word(to)
	if common && (next == "team" || next == "staff" || next == "colleagues" || next == "leads") && !s.tokens[i].isAcronym() {
		return "", false
	}
	if common && !plainNext[next] && to < len(s.tokens) {
		return "", false // it only describes the noun behind it
	}
	if smallHeads[next] && to < len(s.tokens) && s.tokens[to].isLower() || plainHeads[next] {
		return "", false // a project
	}
	b := i - 1
	if s.word(b) == "the" {
		b--
	}
	if s.word(b) == "’s" || s.word(b) == "our" {
		return "", false
	}
	two := s.word(b - 1)
	switch cue := s.word(b); {
	case cue == "(" && partnerish[two] && s.word(to) == ")":
		return "partner in brackets", true
	case cue == "with" && withVerbs[two]:
		return "made or working with", true
	case cue == "alongside" && !s.sentenceStart(b) || cue == "alongside" && !common:
		return "made or working with", true
	case cue == "by" && byVerbs[two]:
		return "done by", true
	case (cue == "from") && fromNouns[two]:
		return "support or people from", true
	case cue == "from" && !common && (two == "data" || two == "figures" || two == "laptops" || two == "devices" || two == "sensors" || two == "software"):
		return "support or people from", true
	case cue == "at" && atNouns[two]:
		return "people at", true
	case hireVerbs[cue] && (next == "to" || next == "for" || next == "as" || next == "who" || !common && b > 0):
		return "hired to", true
	case partnerish[cue] && i-1 == b:
		return "called a partner", true
	case (cue == "is" || cue == "are") && partnerish[two]:
		return "called a partner", true
	case cue == "between" || cue == "behind":
		if !common {
			return "made or working with", true
		}
	}
	if (next == "is" || next == "are" || next == "was" || next == "as") && (!common || !s.sentenceStart(i) || to > i+1) {
		for j := to + 1; j < to+5 && j < len(s.tokens); j++ {
			if partnerish[s.word(j)] {
				return "called a partner", true
			}
		}
	}
	if next == "," && s.word(to+1) == "as" && !common {
		for j := to + 2; j < to+6 && j < len(s.tokens); j++ {
			if partnerish[s.word(j)] || s.word(j) == "partners" {
				return "called a partner", true
			}
		}
	}
	if rule, ok := p.partnerActs(at, i, to, common); ok {
		return rule, true
	}
	if s.isHead() || plainHeads[s.word(i-1)] || s.word(i-1) == "the" {
		return "", false
	}
	for j := i; j < to; j++ {
		if camel(s.tokens[j].text) && !isGiven(s.tokens[i].text) && !strings.HasPrefix(s.tokens[j].text, "Mc") && !strings.HasPrefix(s.tokens[j].text, "Mac") {
			return "spelt like a brand", true
		}
	}
	return "", false
}

// partnerActs names the rule by which what stands behind a candidate says that
// it is a body.
func (p *page) partnerActs(at, i, to int, common bool) (string, bool) {
	s := &p.passages[at]
	if s.isHead() {
		return "", false
	}
	next, second := s.word(to), s.word(to+1)
	the := s.word(i-1) == "the"
	start := s.sentenceStart(i) || the && s.sentenceStart(i-1)
	single := to == i+1
	strong := !common || !start && (s.tokens[i].isAcronym() || !single)
	switch {
	case (next == "has" || next == "have" || next == "was" || next == "were") && (second == "been" || hireVerbs[second]) && (hireVerbs[second] || hireVerbs[s.word(to+2)]):
		return "has been appointed", strong || !start
	case next == "team" && the && !start:
		return "the team of", strong && !madeHeads[s.word(to-1)]
	case next == "team" && the:
		return "the team of", !common
	case next == "," && (second == "part" && s.word(to+2) == "of"):
		return "part of a body", true
	case next == "," && (second == "who" || second == "whom" || second == "which") && s.word(to+2) == "we" && hireVerbs[s.word(to+3)]:
		return "hired to", !isGiven(s.tokens[i].text)
	case next == "," && second == "who" && actVerbs[s.word(to+2)]:
		return "who act", strong && !isGiven(s.tokens[i].text)
	case next == "," && second == "which" && (actVerbs[s.word(to+2)] && s.word(to+2) != "is"):
		return "who act", strong && !isGiven(s.tokens[i].text)
	case (next == "," || next == "(") && (second == "a" || second == "an" || second == "the") && p.callsBody(s, to+2):
		return "said to be a body", strong || !start
	case actVerbs[next] && s.tokens[to].isLower():
		if (next == "is" || next == "are" || next == "had" || next == "has" || next == "have" || next == "was" || next == "were" || next == "will") && !(actVerbs[second] && len(second) > 4 && second != "team" && second != "staff") {
			return "", false
		}
		return "acts in a sentence", !common && (camel(s.tokens[i].text) || !isGiven(s.tokens[i].text) && (single || !start || the)) || !start && strong && (next == "wrote" || next == "built" || next == "developed" || next == "ran" || next == "designed")
	}
	return "", false
}

// callsBody tells whether a phrase that begins at i is about a company, a
// charity and the like.
func (p *page) callsBody(s *passage, i int) bool {
	for j := i; j < i+6 && j < len(s.tokens) && s.tokens[j].isWord(); j++ {
		switch s.word(j) {
		case "company", "charity", "agency", "consultancy", "firm", "startup", "supplier", "organisation", "nonprofit", "enterprise", "association", "foundation", "trust", "council", "bank", "retailer", "body", "university", "provider", "vendor":
			return true
		case "that", "which", "who":
			return false
		}
	}
	return false
}

// spreadLists marks what stands in a list beside bodies: "Acme, Zoom and the
// GLA".
func (p *page) spreadLists(at int) {
	s := &p.passages[at]
	var list []*name
	s.each(func(n *name) {
		if n.thing.kind.Slug() == "partner" || n.thing.kind.Slug() == "borough" {
			list = append(list, n)
		}
	})
	for len(list) > 0 {
		n := list[0]
		list = list[1:]
		// forward
		i := max(n.to, n.tail)
		if s.word(i) == "," || s.word(i) == "and" || s.word(i) == "&" {
			comma := s.word(i) == ","
			for s.word(i) == "," || s.word(i) == "and" || s.word(i) == "the" || s.word(i) == "&" {
				comma = comma && s.word(i) != "and" && s.word(i) != "&"
				i++
			}
			if m := p.listed(at, i, n.rule, comma); m != nil {
				list = append(list, m)
			}
		}
		// backward
		i = n.from
		if s.word(i-1) == "the" {
			i--
		}
		if w := s.word(i - 1); w == "," || w == "and" || w == "&" {
			i--
			if s.word(i-1) == "," {
				i--
			}
			from := i
			for from > 0 && s.cover[from-1] == nil && s.tokens[from-1].isCapital() && (!functionWords[s.word(from-1)] || from > 1 && s.tokens[from-2].isCapital() && s.cover[from-2] == nil) && i-from < 4 {
				from--
			}
			if from < i {
				if m := p.listed(at, from, n.rule, false); m != nil && m.to == i {
					list = append(list, m)
				}
			}
		}
	}
}

// byBefore tells whether the list of boroughs that goes on at a token says by whom
// something was made: "built by Camden and Zorrel".
func (p *page) byBefore(s *passage, i int) bool {
	for i > 0 && (s.cover[i-1] != nil || s.word(i-1) == "and" || s.word(i-1) == "," || s.word(i-1) == "&") {
		i--
	}
	return s.word(i-1) == "by"
}

// listed marks a candidate that stands in a list of bodies, if it is one. Where
// only a comma stands before it, the list must go on behind it.
func (p *page) listed(at, i int, rule string, goesOn bool) *name {
	s := &p.passages[at]
	if i >= len(s.tokens) || s.cover[i] != nil || !s.tokens[i].isCapital() || s.isHead() {
		return nil
	}
	to := p.partnerEnd(s, i)
	if to == 0 {
		return nil
	}
	next := s.word(to)
	if rule == "known borough" && !actVerbs[next] && (s.allCommon(i, to) || !p.byBefore(s, i)) {
		return nil
	}
	if goesOn && next != "," && next != "and" && next != "&" {
		return nil // the comma ended a phrase, and no list goes on
	}
	if s.allCommon(i, to) && !plainNext[next] && to < len(s.tokens) || s.tokens[to-1].isAcronym() && len(s.tokens[to-1].text) < 3 {
		return nil
	}
	if to-i == 1 && s.allCommon(i, to) && !slices.Contains([]string{"support or people from", "made or working with", "done by", "called a partner"}, rule) {
		return nil
	}
	return p.mark(at, i, to, p.bodyCalled(p.text(at, i, to), "in a list of bodies"), "in a list of bodies")
}
