package extract

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"lotigraph/record"
)

// jobTurn is a turn of phrase that says for whom somebody works. Its first group is
// the list of bodies and its second the people, or the other way round where people
// comes first; a third is the role.
type jobTurn struct {
	name   string
	cues   string // one of these words, separated by |, must be there
	people bool   // the people come first
	re     *regexp.Regexp
}

// jobTurns read templates, as the rules for links do.
func jobTurns() []jobTurn {
	const (
		one  = `\{A([ \d]+)\}`
		who  = `\{N( \d+)\}`
		lend = `(?:lend|lends|lending|lent|second|seconds|seconding|seconded|loan|loans|loaning|loaned)`
	)
	turn := func(name, cues string, people bool, pattern string) jobTurn {
		return jobTurn{name, cues, people, regexp.MustCompile(pattern)}
	}
	return []jobTurn{
		turn("lent by a body", "len|second|loan", false, one+` (?:has |have |is |are |will |also |kindly |be )*`+lend+` (?:us |to us )?(?:an? (?P<role>[a-z -]{3,40}), )?`+who),
		turn("on loan from a body", "loan|second|borrowed", true, who+`,? (?:is |was |who is |who was )?(?:currently )?(?:on loan|on secondment|seconded|borrowed|lent)(?: to us| to \{A[ \d]+\})?(?: by| from) `+one),
		turn("whom a body appointed", "whom", true, who+`, whom `+one+` (?:has |have )?(?:just |recently |now )?(?:appointed|hired|recruited|taken on|named|made|employs)(?: as)?(?: its| their| the)?(?: new| first)? ?(?P<role>[a-z][a-z &-]{3,60})?`),
		turn("for a body, somebody", "for {A|at {A|from {A", false, `(?:^|\band,? |[;,] )(?:for|at|from) `+one+`, `+who+`[, ]`),
		turn("its holder of a job", "its ", false, `\b(?:from|at|in|with) `+one+`[^.{]{0,60}\bits (?P<role>[a-z][a-z &-]{3,60}), `+who),
		turn("and their team at", "team at|team in|colleagues at|colleagues in", true, who+`[^.;{]{0,60}\b(?:his|her|their) (?:own )?(?:team|colleagues) (?:at|in) `+one),
		turn("now with a body", "now with|now at|now in", true, who+`,? (?:once|formerly|previously|until recently)[^.;]{0,80}\bnow (?:with|at|in) `+one),
		turn("where somebody works", "where {N", false, `(?:visited|visit to|over to|went to|round|at|is|with|from) `+one+`,? where `+who),
		turn("body behind a dash", "– {A|— {A", true, `^(?:[a-z]+ )?`+who+` [–—] `+one+`(?: \{P[ \d]+\})?(?:;|\.|,|$)`),
	}
}

// jobTurnPatterns are the turns, compiled when first needed.
var jobTurnPatterns = sync.OnceValue(jobTurns)

// readJobTurns reads the jobs that the turns of phrase in a passage say of people
// whose job it does not say otherwise.
func (p *page) readJobTurns() {
	turns := jobTurnPatterns()
	p.templates = make([]*template, len(p.passages))
	for at := range p.passages {
		if s := &p.passages[at]; s.isHead() || s.Len() > maxSentence || !s.speaks() {
			continue
		}
		t := p.templateOf(at)
		if !strings.Contains(t.text, "{N ") || !strings.Contains(t.text, "{A ") {
			continue
		}
		for _, turn := range turns {
			if !hasAny(t.text, turn.cues) {
				continue
			}
			for _, m := range turn.re.FindAllStringSubmatch(t.text, 3) {
				p.takeTurn(t, turn, m)
			}
		}
	}
}

// takeTurn notes the job that a match says.
func (p *page) takeTurn(t template, turn jobTurn, m []string) {
	role := ""
	var groups []string
	for i, name := range turn.re.SubexpNames() {
		if i > 0 && name == "role" {
			role = m[i]
		} else if i > 0 {
			groups = append(groups, m[i])
		}
	}
	bodies, people := groups[0], groups[1]
	if turn.people {
		bodies, people = people, bodies
	}
	i, err := strconv.Atoi(strings.TrimSpace(people))
	if err != nil || i >= len(t.names) || len(p.jobsAt(t.names[i])) > 0 {
		return
	}
	if !isJob(role) {
		role = ""
	} else {
		role = p.asPrinted(t.at, role)
	}
	var employers []*thing
	for _, e := range t.things(bodies) {
		if e.kind == record.BoroughKind || e.kind == record.PartnerKind {
			employers = append(employers, e)
		}
	}
	p.employ(t.names[i], cutRole(role), employers, turn.name)
}

// asPrinted is a part of a passage, found again from its small letters.
func (p *page) asPrinted(at int, small string) string {
	body := p.passages[at].Of(p.body)
	if i := strings.Index(strings.ToLower(body), strings.TrimSpace(small)); i >= 0 && i+len(strings.TrimSpace(small)) <= len(body) {
		return body[i : i+len(strings.TrimSpace(small))]
	}
	return small
}

// hasAny tells whether a text has one of the words, which are separated by |.
func hasAny(text, words string) bool {
	for word := range strings.SplitSeq(words, "|") {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
