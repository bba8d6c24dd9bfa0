package extract

import (
	"regexp"
	"slices"
	"strings"

	"lotigraph/record"
)

// tied is a project that a passage may be about.
type tied struct {
	project *thing
	how     string // how it comes to be
	item    int    // where the passage names it, -1 for nowhere
}

// place says where a tied project stands, as the end of a feature's name.
func (t tied) place() string {
	switch {
	case t.item >= 0:
		return "; project in the sentence"
	case strings.HasPrefix(t.how, "back"):
		return "; project further back"
	}
	return "; project near by"
}

// findTies notes the projects that the passage names or, where it names none, may point
// to: the label of its line, the list or heading over it, what was presented just
// before; where it says "it" and the like, also what was named before.
func (c *weighing) findTies() {
	at := c.t.at
	c.borrows = borrowed.MatchString(c.t.text)
	c.pointsFirst = pointsFirst.MatchString(c.t.text)
	for _, i := range c.projects {
		for _, n := range c.items[i].names {
			c.tieTo(n.thing, "in the sentence", i)
		}
	}
	c.tieTo(c.listProject(at), "list", -1)
	if len(c.projects) > 0 {
		return
	}
	pointed := ""
	if points.MatchString(c.t.text) {
		pointed = ", pointed to"
	}
	c.tieTo(c.lineLabel(at), "label", -1)
	if section := c.passages[at].section; section > 0 {
		c.tieTo(c.wholeHeading(section), "heading"+pointed, -1)
	}
	c.tieTo(c.introduced(c.t), "introduced", -1)
	if pointed != "" {
		c.tieBefore()
	}
	if back := c.backTie(at); pointed != "" || back != nil && (back == c.subject || c.farBack(back) == ", in the heading") {
		c.tieTo(back, "back"+pointed+c.farBack(back), -1)
	}
}

// tieTo notes a project, nil for none, unless it is tied already.
func (c *weighing) tieTo(project *thing, how string, item int) {
	if project != nil && !slices.ContainsFunc(c.ties, func(x tied) bool { return x.project == project }) {
		c.ties = append(c.ties, tied{project, how, item})
	}
}

// tieBefore notes the project last named in the sentence before.
func (c *weighing) tieBefore() {
	at, s := c.t.at, &c.passages[c.t.at]
	if at == 0 || at-1 <= s.section {
		return
	}
	list := c.projectsIn(at - 1)
	if len(list) == 0 {
		return
	}
	how := "sentence before, one"
	if len(list) > 1 {
		how = "sentence before, several"
	}
	if c.passages[at-1].paragraph != s.paragraph {
		how += ", other paragraph"
	}
	c.tieTo(list[len(list)-1], how, -1)
}

// farBack says how far back in the section a project is named.
func (c *weighing) farBack(project *thing) string {
	for i := c.t.at - 1; i >= 0 && i >= c.passages[c.t.at].section; i-- {
		switch {
		case !slices.Contains(c.projectsIn(i), project):
		case c.passages[i].isHead():
			return ", in the heading"
		case i > c.t.at-3:
			return ", near"
		default:
			return ", far"
		}
	}
	return ""
}

// bars tells whether what is said elsewhere, or what the sentence is about, leaves no
// room for a part: the body only pays, the project is only where money comes from, an
// idea was borrowed, or the sentence counts members of a body and names no project.
func (c *weighing) bars(who *thing, tie tied) bool {
	if tie.item < 0 && counted.MatchString(c.t.text) {
		return true
	}
	return c.ruled.pays[[2]int{tie.project.index, who.index}] || c.paysOut(tie) || c.borrows
}

// counted says that a sentence is about how many members a body has.
var counted = regexp.MustCompile(`\b(?:\d+|[a-z]+teen|twenty) members\b|\bmembership\b|\bjoined (?:loti|us)\b`)

// paysOut tells whether a fund or challenge is only named as where money comes from.
func (c *weighing) paysOut(tie tied) bool {
	if tie.item < 0 || !isGiver(tie.project) {
		return false
	}
	for k := tie.item - 1; k >= 0 && k > tie.item-6; k-- {
		switch c.items[k].word {
		case "from", "by", "through", "via":
			return true
		}
	}
	return false
}

// isEvent tells whether a project by its name is something that people come to.
func isEvent(t *thing) bool {
	return eventHeads[record.Fold(t.name[strings.LastIndexByte(t.name, ' ')+1:])]
}

var eventHeads = words(`day days week conference festival summit expo show sprint forum camp hackathon fair awards`)

// standing are the features of what part a project plays in the text.
func (c *weighing) standing(project *thing) (list []string) {
	if section := c.passages[c.t.at].section; section > 0 {
		named := c.projectsIn(section)
		switch about := c.wholeHeading(section); {
		case about == project:
			list = append(list, "section is about it")
		case about != nil:
			list = append(list, "section is about another")
		case slices.Contains(named, project):
			list = append(list, "heading names it")
		case len(named) > 0:
			list = append(list, "heading names another")
		}
	}
	switch n := len(project.spans); {
	case n == 1:
		list = append(list, "project named once")
	case n > 3:
		list = append(list, "project named often")
	}
	if c.subject == project {
		list = append(list, "text is about it")
	}
	return list
}

// tieFeatures are the features of how a project comes into what is said of the i-th
// item.
func (c *weighing) tieFeatures(tie tied, i int) []string {
	if tie.item < 0 {
		list := []string{"project: " + tie.how}
		if c.pointsFirst {
			list = append(list, "points at its head")
		}
		return list
	}
	list := []string{"project: in the sentence"}
	if len(c.projects) == 1 {
		list = append(list, "the only project")
	}
	if tie.item > i {
		list = append(list, "project behind", distance(tie.item-i))
	} else {
		list = append(list, "project before", distance(i-tie.item))
	}
	list = append(list, c.between(min(i, tie.item), max(i, tie.item))...)
	return append(list, c.leadsTo(tie.item)...)
}

func distance(items int) string {
	switch {
	case items <= 3:
		return "near"
	case items <= 8:
		return "quite near"
	case items <= 16:
		return "far"
	}
	return "very far"
}

// between are the features of what stands between two items.
func (c *weighing) between(low, high int) (list []string) {
	project, body, stop, first, last := false, false, "", "", ""
	for _, it := range c.items[low+1 : high] {
		switch {
		case it.letter == 'P':
			project = true
		case it.letter == 'A' || it.letter == 'N':
			body = true
		case it.word == ";" || it.word == "." || it.word == ":":
			stop = "stop between"
		case it.word == "," && stop == "":
			stop = "comma between"
		}
		if it.tells() {
			if first == "" {
				first = it.class
			}
			last = it.class
		}
	}
	if first != "" {
		list = append(list, "first between: "+first, "last between: "+last)
	}
	if project {
		list = append(list, "another project between")
	}
	if body {
		list = append(list, "another body between")
	}
	if stop != "" {
		list = append(list, stop)
	}
	return list
}

// leadsTo is the preposition, the verb or the possessive before a project.
func (c *weighing) leadsTo(project int) []string {
	for k := project - 1; k >= 0 && k > project-5; k-- {
		switch it := c.items[k]; {
		case prepositions[it.word] || it.word == "'s":
			return []string{it.word + " project"}
		case it.class != "":
			return []string{"project is object of: " + it.class}
		}
	}
	return nil
}

// ruledLinks are what the rules have read, for a quick look.
type ruledLinks struct {
	parts map[record.Span][]Relation // who takes part in what, by the passage that says it
	pays  map[[2]int]bool            // project and who pays for it
}

func rulesBySpan(said []Relation) ruledLinks {
	r := ruledLinks{make(map[record.Span][]Relation), make(map[[2]int]bool)}
	for _, rel := range said {
		switch rel.Type {
		case record.FundedBy:
			r.pays[[2]int{rel.From, rel.To}] = true
		case record.Joined, record.PartnerIn:
			r.parts[rel.Span] = append(r.parts[rel.Span], rel)
		}
	}
	return r
}

// company are the features of what the rules read in the same passage of others.
func (c *weighing) company(who, project *thing, i int) []string {
	has := make(map[string]bool)
	for _, rel := range c.ruled.parts[c.passages[c.t.at].Span] {
		inList := slices.ContainsFunc(c.items[i].names, func(n *name) bool { return n.thing.index == rel.From })
		switch same := rel.To == project.index; {
		case rel.From == who.index && same:
			return nil // the rule says it
		case rel.From == who.index:
			has["a rule ties it to another project here"] = true
		case inList && same:
			has["a rule ties another of its list to the project here"] = true
		case same:
			has["a rule ties another body to the project here"] = true
		case inList:
			has["a rule ties another of its list to another project here"] = true
		default:
			has["a rule ties another body to another project here"] = true
		}
	}
	return sortedKeys(has)
}
