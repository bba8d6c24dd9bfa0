package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lotigraph/record"
)

// template is a passage in the form in which the rules read it: in small
// letters, every name a mark in braces. {A 0 2} are bodies (boroughs and
// partners) in a list, {P 1} a project, {N 3} people, {F 4} a body that only
// says who pays ("MHCLG-funded"); the numbers are positions in names. What
// belongs to a name, such as a job in brackets, is left out.
type template struct {
	at    int
	text  string
	names []*name
}

// templateOf is the template of a passage; once all names are marked it is made only
// once.
func (p *page) templateOf(at int) template {
	if p.templates == nil {
		return p.newTemplate(at)
	}
	if p.templates[at] == nil {
		t := p.newTemplate(at)
		t.names = slices.Clip(t.names)
		p.templates[at] = &t
	}
	return *p.templates[at]
}

// newTemplate makes the template of a passage.
func (p *page) newTemplate(at int) template {
	s := &p.passages[at]
	t := template{at: at}
	var b strings.Builder
	b.Grow(s.Len() + 16)
	last := mark{}
	pos := s.Start
	for i := 0; i < len(s.tokens); {
		n := s.cover[i]
		if n == nil {
			b.WriteString(between(p.body[pos:s.tokens[i].Start]))
			b.WriteString(plain(s.tokens[i].text))
			pos = s.tokens[i].End
			i++
			continue
		}
		b.WriteString(between(p.body[pos:s.tokens[i].Start]))
		t.names = append(t.names, n)
		letter := p.letter(s, n)
		end := max(n.to, n.tail)
		m := mark{letter: letter, names: []int{len(t.names) - 1}}
		text := b.String()
		if open := strings.TrimRight(text, "‘“\"'"); letter == 'P' && open != text && end < len(s.tokens) && strings.ContainsAny(s.tokens[end].text, "’‘”\"'") && s.tokens[end].glue {
			text = open // the quotation marks around a project
			end++
		}
		text = strings.TrimSuffix(text, "the ")
		owns := end < len(s.tokens) && s.tokens[end].possessive() && len(last.names) == 1 && strings.TrimSpace(text[last.end:]) == ","
		if last.letter == letter && !owns && joinsList(text[last.end:], len(last.names)) {
			m.names = append(last.names, m.names...)
			text = text[:last.begin]
		}
		m.begin = len(text)
		b.Reset()
		b.WriteString(text)
		b.WriteString(m.String())
		last = m
		last.end = b.Len()
		pos = s.tokens[end-1].End
		i = end
	}
	b.WriteString(between(p.body[pos:s.End]))
	t.text = b.String()
	if strings.Contains(t.text, "} –") || strings.Contains(t.text, "} —") {
		t.text = aside.ReplaceAllString(t.text, "} ")
	}
	return t
}

var (
	// apposed is a list that says which ones are meant: "five boroughs, A, B and C,".
	apposed = regexp.MustCompile(`(?:\b[a-z]+ )?\b(?:boroughs|councils|authorities|organisations|partners|members|suppliers|charities|teams|companies), (\{A[ \d]+\}),? `)
	// remark is a bracket behind a name that names nothing.
	remark = regexp.MustCompile(`\} \((?:[^(){}]|\{N[ \d]+\}){2,80}\)`)
	// andInserted is what a pair of commas puts behind "and" in a list.
	andInserted = regexp.MustCompile(`\band, [^,{}.;]{3,40}, `)
	// twoLists are two lists that have become one.
	twoLists = regexp.MustCompile(`\{A([ \d]+)\}(?:,? and |, | & )\{A([ \d]+)\}`)
	// ownerOf is the body that begins a project's name, twoProjects a list of two.
	ownerOf     = regexp.MustCompile(`\{A[ \d]+\} \{P`)
	twoProjects = regexp.MustCompile(`\{P([ \d]+)\}(?:,? and |, )(?:the )?\{P([ \d]+)\}`)
	// twoPeople are people of two bodies who do something together.
	twoPeople = regexp.MustCompile(`\{A([ \d]+)\}'s \{N([ \d]+)\}(?:,? and |, )\{A([ \d]+)\}'s \{N([ \d]+)\}`)
	// oneAndTheirs are somebody and the person of a body.
	oneAndTheirs = regexp.MustCompile(`\{N([ \d]+)\},? and \{A[ \d]+\}'s \{N([ \d]+)\}`)
	// unitOf is a body and its unit, "the Statistics Office Data Campus".
	unitOf = regexp.MustCompile(`\{A([ \d]+)\} \{A([ \d]+)\}`)
	// abbreviated is a body’s abbreviation in brackets behind its possessive.
	abbreviated = regexp.MustCompile(`\}'s \(\{A[ \d]+\}\)`)
	// thingInserted is what a pair of commas puts between a thing and its verb.
	thingInserted = regexp.MustCompile(`\b(programme|project|pilot|platform|tool|toolkit|course|scheme|network|service|dashboard|guide|app|map), [^,;:.{}]{3,60}, ((?:is|was|are|were|has|have|will)\b)`)
	// inserted is what a pair of commas puts between a name and what it does.
	inserted = regexp.MustCompile(`\}, (?:with|thanks|through|backed|supported|funded|led|alongside|together|in partnership|working|which|who|part of|based|where|whose|like|an?|the|all|both|each|experts|specialists|one of|our|once|having)\b[^,;:.]{3,90}, `)
)

// core is the template without what is put between a name and what it does; ok is
// false where there is nothing of the kind.
func (t template) core() (template, bool) {
	if !strings.Contains(t.text, "}, ") && !strings.Contains(t.text, "} (") && !strings.Contains(t.text, ", {") && !strings.Contains(t.text, "and, ") && !strings.Contains(t.text, "'s {N") && !strings.Contains(t.text, "} {") && !strings.Contains(t.text, "'s ({A") && (strings.Count(t.text, ", ") < 2 || !thingInserted.MatchString(t.text)) {
		return t, false
	}
	text := abbreviated.ReplaceAllString(t.text, "}'s")
	text = unitOf.ReplaceAllString(text, "{A$1$2}")
	text = thingInserted.ReplaceAllString(text, "$1 $2")
	text = remark.ReplaceAllString(text, "}")
	text = inserted.ReplaceAllString(apposed.ReplaceAllString(text, "$1 "), "} ")
	text = andInserted.ReplaceAllString(text, "and ")
	text = twoProjects.ReplaceAllString(ownerOf.ReplaceAllString(text, "{P"), "{P$1$2}")
	text = oneAndTheirs.ReplaceAllString(text, "{N$1$2}")
	text = twoPeople.ReplaceAllString(text, "{A$1$3}'s {N$2$4}")
	ok := text != t.text
	for ok && twoLists.MatchString(text) {
		text = twoLists.ReplaceAllString(text, "{A$1$2}")
	}
	t.text = text
	return t, ok
}

// aside is what a pair of dashes puts between a name and what it does.
var aside = regexp.MustCompile(`\} [–—] [^–—]{3,150} [–—] `)

// mark is a name or a list of names in a template.
type mark struct {
	letter byte
	names  []int
	end    int
	begin  int
}

func (m mark) String() string {
	var b strings.Builder
	b.WriteByte('{')
	b.WriteByte(m.letter)
	for _, n := range m.names {
		b.WriteByte(' ')
		b.WriteString(strconv.Itoa(n))
	}
	b.WriteByte('}')
	return b.String()
}

// letter is the letter that stands for a name in the template.
func (p *page) letter(s *passage, n *name) byte {
	switch n.thing.kind {
	case record.ProjectKind:
		return 'P'
	case record.PersonKind:
		return 'N'
	}
	if s.word(n.to) == "-" && (s.word(n.to+1) == "funded" || s.word(n.to+1) == "backed" || s.word(n.to+1) == "sponsored") {
		return 'F'
	}
	switch next := s.word(n.to); {
	case (next == "borough" || next == "boroughs" || next == "member" || next == "members" || next == "bodies" || next == "trusts" || next == "organisations") && n.thing.kind == record.PartnerKind:
		return 'M' // "LOTI boroughs" are not LOTI
	}
	return 'A'
}

// otherMembers are the unnamed ones in a list.
var otherMembers = regexp.MustCompile(`^,? (?:and |with )?(?:(?:several|some|many|two|three|the) )?others?(?: london)?(?: boroughs| councils)?(?:,|$)`)

// saidToBe is what a list may say one of its bodies is: "A and the charity B".
var saidToBe = regexp.MustCompile(`^(,|,? ?and|,? ?&) (?:the |an? )?(?:[a-z-]+ ){0,2}(?:consultancy|provider|charity|company|supplier|agency|firm|start-?up|university|think-?tank|council|housing association|social enterprise|developers?|designers?|researchers|specialists?) $`)

// joinsList tells whether what stands between two names makes a list of them.
// A comma and "and" together do so behind two names at least: else they join
// sentences.
func joinsList(s string, before int) bool {
	if strings.TrimSpace(s) == ", and" {
		return before > 1
	}
	s = otherMembers.ReplaceAllString(s, ",")
	s = saidToBe.ReplaceAllString(s, "$1 ")
	switch strings.TrimSpace(s) {
	case ",", "and", "&", ", together with", "together with", "as well as", ", as well as":
		return true
	}
	return false
}

// between is white space as one space.
func between(s string) string {
	if s == "" {
		return ""
	}
	if strings.TrimSpace(s) == "" {
		return " "
	}
	return strings.ToLower(s)
}

// plain is a token in small letters and with plain apostrophes.
func plain(s string) string {
	switch s {
	case "{", "}":
		return ""
	}
	return strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(s, "’", "'"), "‘", "'"))
}

// pick is the name of a number in a mark.
func (t template) pick(number string) []*name {
	if i, err := strconv.Atoi(number); err == nil && i < len(t.names) {
		return t.names[i : i+1]
	}
	return nil
}
