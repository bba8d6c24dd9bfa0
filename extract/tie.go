package extract

import (
	"regexp"
	"slices"
	"strings"

	"lotigraph/record"
)

// tie finds the projects that a passage is about when the rule's words name
// none: the one in the rest of the sentence where the rule allows it, the one
// that ends in the noun the sentence uses, the last one named before in the
// same section, or the heading's.
func (p *page) tie(t template, c compiled, head string, from, to int) []*thing {
	if head != "" {
		if found := p.headTie(t.at, head); found != nil {
			return []*thing{found}
		}
	}
	if found := p.definite(t, from, to); found != nil {
		return []*thing{found}
	}
	if c.each {
		return p.labelsBefore(t.at)
	}
	if c.label {
		if found := p.lineLabel(t.at); found != nil {
			return []*thing{found}
		}
		return nil
	}
	if c.topic || c.tied {
		if found := p.topic(t, c, from, to); found != nil {
			return p.withGiven(t.at, found)
		}
		return nil
	}
	if c.near {
		if found := p.nearTie(t, to); found != nil {
			list := p.withGiven(t.at, found)
			if c.link == record.FundedBy {
				list = list[:1] // who pays a project need not pay into the fund named beside it
			}
			return list
		}
	}
	if c.same {
		if found := p.nearTie(t, to); found != nil {
			return []*thing{found}
		}
		return nil
	}
	if c.forward {
		if found := p.forwardTie(t.at); found != nil {
			return []*thing{found}
		}
	}
	if found := p.backTie(t.at); found != nil {
		return []*thing{found}
	}
	return nil
}

// lineLabel is the only project that the sentences before in a list line name.
func (p *page) lineLabel(at int) *thing {
	s := &p.passages[at]
	if s.kind != itemUnit {
		return nil
	}
	for i := at - 1; i >= 0 && p.passages[i].kind == itemUnit && p.passages[i].paragraph == s.paragraph; i-- {
		if list := p.projectsIn(i); len(list) == 1 {
			return list[0]
		} else if len(list) > 1 {
			return nil
		}
	}
	return nil
}

// labelsBefore are the projects that label the lines of the list before a sentence.
func (p *page) labelsBefore(at int) (list []*thing) {
	section := p.passages[at].section
	for i := at - 1; i > section && i >= 0 && p.passages[i].kind == itemUnit; i-- {
		if i == 0 || p.passages[i-1].kind != itemUnit || p.passages[i-1].paragraph != p.passages[i].paragraph {
			if s := &p.passages[i]; len(s.cover) > 1 && (s.cover[0] != nil || s.cover[1] != nil) {
				if named := p.projectsIn(i); len(named) > 0 {
					list = append(list, named[0])
				}
			}
		}
	}
	return list
}

// introduced is the one project that the sentence before begins with or presents,
// where the sentence goes on with "it", "the platform" and the like.
func (p *page) introduced(t template) *thing {
	if !goesOn.MatchString(t.text) {
		return nil
	}
	before := p.templateBefore(t.at)
	if before.text == "" || p.passages[t.at-1].paragraph != p.passages[t.at].paragraph {
		return nil
	}
	m := presents.FindStringSubmatch(before.text)
	if m == nil {
		return nil
	}
	if list := before.things(m[1] + m[2] + m[3]); len(list) == 1 && !isGiver(list[0]) {
		return list[0]
	}
	return nil
}

var (
	// presents is a sentence that is about a project which it begins with, presents
	// or says somebody leads, or that ends in it.
	presents = regexp.MustCompile(`^(?:[a-z]+ )?\{P([ \d]+)\} (?:is|are|has|was|will)\b|\b(?:is|are|was|called|named|leads?|led|leading|launched|as lead of(?: our)?) \{P([ \d]+)\}|(?:\b[a-z]+(?:ed|ing)(?: our)?|: an?) \{P([ \d]+)\}(?: (?:project|programme|pilot|platform|scheme))?(?:[.!]$|, [a-z]+ed by )`)
	// goesOn is a sentence about what the one before it presents.
	goesOn = regexp.MustCompile(`\b(?:it|its|the (?:platform|tool|group|app|dashboard|map|toolkit|network|service|guide|playbook|library|prototype|framework|model|course))\b`)
)

// projectsIn are the projects named in a passage, in order.
func (p *page) projectsIn(at int) (list []*thing) {
	p.passages[at].each(func(n *name) {
		if n.thing.kind == record.ProjectKind {
			list = append(list, n.thing)
		}
	})
	return list
}

// holdersOfProjects are the passages that name projects, in order: looking back
// for one must not go through all that is between.
func (p *page) holdersOfProjects() (list []int) {
	for at := range p.passages {
		if len(p.projectsIn(at)) > 0 {
			list = append(list, at)
		}
	}
	return list
}

// nearTie is the project in the same sentence: the first behind the rule's
// words, as far as a semicolon, else the last before them.
func (p *page) nearTie(t template, to int) *thing {
	if i := strings.Index(t.text[to:], "{P "); i >= 0 && !strings.Contains(t.text[to:to+i], ";") {
		rest := t.text[to+i+3:]
		if things := t.things(rest[:strings.IndexByte(rest, '}')]); len(things) > 0 {
			return things[0]
		}
	}
	if i := strings.LastIndex(t.text[:to], "{P "); i >= 0 {
		rest := t.text[i+3:]
		if things := t.things(rest[:strings.IndexByte(rest, '}')]); len(things) > 0 {
			return things[0]
		}
	}
	return nil
}

// withGiven puts before a fund or challenge the project under it that the
// section is about: "their Challenge project" under the project's heading.
func (p *page) withGiven(at int, found *thing) []*thing {
	if isGiver(found) {
		if given := p.backTie(at); given != nil && given != found && !isGiver(given) {
			return []*thing{given, found}
		}
	}
	return []*thing{found}
}

// headTie is the project whose name ends in the noun, the nearest one before,
// else the first behind.
func (p *page) headTie(at int, noun string) *thing {
	ends := func(i int) *thing {
		list := p.projectsIn(i)
		for j := len(list) - 1; j >= 0; j-- {
			if strings.HasSuffix(strings.ToLower(list[j].name), noun) {
				return list[j]
			}
		}
		return nil
	}
	for i := at; i >= 0; i-- {
		if t := ends(i); t != nil {
			return t
		}
	}
	for i := at + 1; i < len(p.passages); i++ {
		if t := ends(i); t != nil {
			return t
		}
	}
	return nil
}

// forwardTie is the project that the next sentence names when it begins with
// "it" and the like.
func (p *page) forwardTie(at int) *thing {
	if at+1 >= len(p.passages) || p.passages[at+1].isHead() {
		return nil
	}
	s := &p.passages[at+1]
	switch s.word(0) {
	case "it", "this", "they", "their":
		if list := p.projectsIn(at + 1); len(list) > 0 {
			return list[0]
		}
	}
	return nil
}

// backTie is the project last named before in the section, else the heading's.
// A fund or challenge counts only when there is no other: it pays for projects
// and is seldom the one that is meant.
func (p *page) backTie(at int) *thing {
	section := p.passages[at].section
	if found := p.lineLabel(at); found != nil {
		return found
	}
	if found := p.introduced(p.templateOf(at)); found != nil {
		return found
	}
	if list := p.titleProjects(); len(list) > 0 && section <= 0 {
		return list[0]
	}
	if section > 0 {
		if n := p.wholeHeading(section); n != nil {
			return n
		}
	}
	var giver *thing
	pick := func(i int) *thing {
		for _, t := range p.projectsIn(i) {
			if !isGiver(t) {
				return t
			}
			if giver == nil {
				giver = t
			}
		}
		return nil
	}
	before, _ := slices.BinarySearch(p.holders, at)
	for k := before - 1; k >= 0 && p.holders[k] > section; k-- {
		if t := pick(p.holders[k]); t != nil {
			return t
		}
	}
	if section >= 0 {
		if t := pick(section); t != nil {
			return t
		}
	}
	if giver == nil && len(p.passages) > 0 && p.passages[0].title {
		if list := p.projectsIn(0); len(list) == 1 {
			return list[0]
		}
	}
	if giver == nil {
		return p.subject
	}
	return giver
}

// about finds the one project that a text is about: of a text that is no weeknote,
// the only one named, or the one named more often than all others together.
func (p *page) about(form record.Form) {
	if form == record.FormWeeknote {
		return
	}
	places, all := make(map[*thing]int), 0
	var most *thing
	for at := range p.passages {
		for _, t := range p.projectsIn(at) {
			if isGiver(t) {
				continue
			}
			all++
			if places[t]++; most == nil || places[t] > places[most] {
				most = t
			}
		}
	}
	if most != nil && 2*places[most] > all {
		p.subject = most
	}
}

// definite is the project that the words of a rule point to by the last word of
// its name: "the package" where the section has named the Access Package.
func (p *page) definite(t template, from, to int) *thing {
	for _, m := range pointed.FindAllStringSubmatch(t.text[from:to], -1) {
		for i := t.at - 1; i >= max(p.passages[t.at].section, 0); i-- {
			list := p.projectsIn(i)
			for j := len(list) - 1; j >= 0; j-- {
				if name := strings.ToLower(list[j].name); strings.HasSuffix(name, " "+m[1]) {
					return list[j]
				}
			}
		}
	}
	return nil
}

var pointed = regexp.MustCompile(`\b(?:the|this|our|its) (?:[a-z-]+ )?` + "(" + things[3:])

// topic is the project that a sentence is plainly about: one that it names, the
// label of its list line, the project that its heading begins with, or, where the
// sentence says "it" or "the pilot" and the like, the one named just before.
func (p *page) topic(t template, c compiled, from, to int) *thing {
	near := p.nearTie(t, to)
	if near != nil && !isGiver(near) {
		return near
	}
	section := p.passages[t.at].section
	if found := p.lineLabel(t.at); found != nil && near == nil {
		return found
	}
	if found := p.introduced(t); found != nil && near == nil {
		return found
	}
	if section > 0 {
		if found := p.wholeHeading(section); found != nil && (c.link == record.FundedBy && strings.Contains(t.text[from:to], "£") || refers(t.text, from, to)) {
			return found
		}
	}
	if near != nil && c.link == record.FundedBy {
		return nil // the fund named is where the money comes from
	}
	if near != nil {
		return near
	}
	if s := &p.passages[t.at]; s.kind == itemUnit { // a further sentence of a labelled line
		for i := t.at - 1; i > section && p.passages[i].paragraph == s.paragraph; i-- {
			if list := p.projectsIn(i); len(list) == 1 {
				return list[0]
			}
		}
		return nil
	}
	if !points.MatchString(t.text) {
		if p.subject != nil && refers(t.text, from, to) {
			return p.subject
		}
		return nil
	}
	for i := t.at - 1; i > section && i >= t.at-2 && i >= 0; i-- {
		if list := p.projectsIn(i); len(list) > 0 {
			return list[len(list)-1]
		}
	}
	return p.subject
}

// refers tells whether a sentence that names no project is about its heading's: it
// points to it, or what is done is done to something that has been spoken of.
func refers(text string, from, to int) bool {
	rest := text[to:]
	if i := strings.IndexAny(rest, ".;"); i >= 0 {
		rest = rest[:i]
	}
	rest = strings.ReplaceAll(strings.ReplaceAll(rest, "its own", ""), "their own", "")
	return pointsFirst.MatchString(text) || points.MatchString(text[from:to]) || points.MatchString(rest) || hasObject(rest) || sequel.MatchString(text[from:to]) && len(strings.Fields(rest)) < 6
}

// hasObject tells whether a clause goes on with something spoken of before.
func hasObject(rest string) bool {
	m := spoken.FindStringSubmatch(rest)
	return m != nil && !elsewhere[m[1]] // "us" too: whoever helps us helps with it
}

var (
	// spoken is the head of an object that has been spoken of.
	spoken = regexp.MustCompile(`^ us\b|^ (?:[a-z-]+ ){0,2}?(?:these|those|them|drafts?|version (?:one|two|three|[0-9])|chapters?|(?:the|our) ([a-z-]+))\b`)
	// elsewhere are such objects as belong to no project.
	elsewhere = words(`way lead world market country city capital table stage floor call meeting event day week year month audience room door
		news award awards prize contract public press law government council councils borough boroughs discussion workshop conference session`)
	// pointsFirst begins a sentence about what was spoken of.
	pointsFirst = regexp.MustCompile(`^(?:(?:the |a )?(?:first |second |new |latest )?(?:version|phase|release|draft|prototype)|it|this|these|they|the (?:[a-z-]+ )?` + things + `)\b`)
	// sequel are verbs of one who comes after others.
	sequel = regexp.MustCompile(`\b(?:follow|followed|follows|next|first|involved|volunteered|signed up)\b`)
)

// points are words that point to a project named just before.
var points = regexp.MustCompile(`\b(?:it|its|they|them|their|this|the (?:[a-z-]+ )?` + things + `)\b`)

// wholeHeading is the project with whose name a heading begins, its owners and
// words such as "Preparing for" aside.
func (p *page) wholeHeading(at int) *thing {
	s := &p.passages[at]
	i := 0
	if w := s.word(0); strings.HasSuffix(w, "ing") || reportWords[w] {
		for i < len(s.cover) && s.cover[i] == nil && (i == 0 || headSmall[s.word(i)]) {
			i++
		}
	}
	for i < len(s.cover) && s.cover[i] != nil && s.cover[i].thing.kind == record.PartnerKind || s.word(i) == "&" && i > 0 || i < len(s.tokens) && s.tokens[i].possessive() {
		i++
	}
	if i >= len(s.cover) || s.cover[i] == nil || s.cover[i].thing.kind != record.ProjectKind || isGiver(s.cover[i].thing) {
		return nil
	}
	return s.cover[i].thing
}

var (
	// reportWords begin a heading over a report on a project.
	reportWords = words(`progress update updates news latest more next`)
	headSmall   = words(`on for of with in the our about from to up and made next steps work new`)
)

// titleProjects are the projects in the title of a project's own page.
func (p *page) titleProjects() []*thing {
	if !p.project || len(p.passages) == 0 || !p.passages[0].title {
		return nil
	}
	return p.projectsIn(0)
}

// isGiver tells whether a project by its name gives money to others.
func isGiver(t *thing) bool {
	last := strings.ToLower(t.name[strings.LastIndexByte(t.name, ' ')+1:])
	return last == "fund" || last == "challenge" || last == "prize" || last == "pot" || last == "grant"
}
