package extract

import (
	"slices"

	"lotigraph/record"
)

// candidate is a part in a project that a passage could be saying, with the features
// that speak for and against it.
type candidate struct {
	from, to *thing // the body and the project
	at       int
	features []string
}

// Limits on what is weighed: a passage that names more than this is a table or no
// text, and says nothing of each pair in it.
const (
	maxWeighed = 300 // pairs in a passage
	maxItems   = 600 // words and names in a passage
)

// evidence gathers the candidates of all passages. said is what the rules have read.
func (p *page) evidence(said []Relation) (list []candidate) {
	ruled := rulesBySpan(said)
	for at := range p.passages {
		s := &p.passages[at]
		if s.title || s.Len() > maxSentence || len(s.tokens) > maxItems || !s.speaks() {
			continue
		}
		t := p.templateOf(at)
		p.resolveSubject(&t)
		if len(t.names) == 0 {
			continue
		}
		if s.kind == itemUnit && noPart.MatchString(p.above(at)) {
			continue // a list of those who are thanked, met or invited
		}
		c := &weighing{page: p, t: t, items: t.clause(), ruled: ruled}
		c.readSentence()
		c.findTies()
		if len(c.ties)*len(t.names) <= maxWeighed {
			list = c.weigh(list)
		}
	}
	return list
}

// weighing is a passage whose candidates are weighed.
type weighing struct {
	*page
	t        template
	items    []item
	projects []int           // the items that are projects
	ties     []tied          // the projects that it may be about
	sentence []string        // features of the sentence as a whole
	has      map[string]bool // classes of its words
	ruled    ruledLinks

	onlyHopes   bool // its first verb is one of hoping
	borrows     bool // it says where an idea comes from
	pointsFirst bool // it begins with "it", "the pilot" and the like
}

// telling are the classes of words that tell something wherever they stand in a
// sentence.
var telling = words(`hope idea not meet say pay copy`)

// readSentence notes what holds for the sentence as a whole.
func (c *weighing) readSentence() {
	c.has = make(map[string]bool)
	first := ""
	for i, it := range c.items {
		if it.letter == 'P' {
			c.projects = append(c.projects, i)
		}
		if first == "" && it.tells() {
			first = it.class
			c.onlyHopes = first == "hope"
			c.sentence = append(c.sentence, "first: "+first)
		}
		if it.class != "" && !c.has[it.class] {
			c.has[it.class] = true
			if telling[it.class] {
				c.sentence = append(c.sentence, "sentence: "+it.class)
			}
		}
		if it.word == "?" && !c.has["?"] {
			c.has["?"] = true
			c.sentence = append(c.sentence, "sentence: question")
		}
	}
}

// weigh adds the candidates of a passage: the bodies it names, and those for which the
// people work whom it names.
func (c *weighing) weigh(list []candidate) []candidate {
	for i, it := range c.items {
		for _, n := range it.names {
			switch it.letter {
			case 'A':
				list = c.withProjects(list, n.thing, i, c.around(i, n.thing))
			case 'N':
				list = c.throughPerson(list, n.thing, i)
			}
		}
	}
	return list
}

// throughPerson adds the bodies for which a person works.
func (c *weighing) throughPerson(list []candidate, person *thing, i int) []candidate {
	for _, j := range person.jobs {
		if !j.until.IsZero() || j.employer.kind == record.ProjectKind {
			continue
		}
		how := "through their person"
		if j.at != c.t.at {
			how = "through a person of theirs, as said elsewhere"
		}
		around := c.around(i, j.employer)
		for _, x := range around {
			if isDoing(x) {
				around = append(around, "their person "+x)
			}
		}
		list = c.withProjects(list, j.employer, i, append(around, how))
	}
	return list
}

// withProjects adds the candidates of a body, which is the i-th item or works through
// it, with the projects of the passage. The body that speaks in the text is in
// everything it reports, so that its name says nothing of a part.
func (c *weighing) withProjects(list []candidate, who *thing, i int, around []string) []candidate {
	if len(who.spans) == 0 || who == c.speaker() || c.onlyHopes || slices.ContainsFunc(around, func(x string) bool { return noPartIn[x] }) {
		return list
	}
	for _, tie := range c.ties {
		if tie.project == who || len(tie.project.spans) == 0 || c.bars(who, tie) {
			continue
		}
		f := slices.Concat(around, c.sentence, c.tieFeatures(tie, i), c.standing(tie.project), c.company(who, tie.project, i))
		for _, x := range around {
			if isDoing(x) || x == "through their person" {
				f = append(f, x+tie.place())
			}
		}
		if isEvent(tie.project) {
			f = append(f, "is an event"+tie.place())
		}
		if isGiver(tie.project) {
			f = append(f, "is a fund or challenge")
		}
		list = append(list, candidate{from: who, to: tie.project, at: c.t.at, features: f})
	}
	return list
}

// noPartIn are features after which nobody takes part, whatever else is said: who is
// visited, met or thanked, who only asks, hopes or may, who had it before.
var noPartIn = set{"does: hope": true, "does: not": true, "does: meet": true, "object of: meet": true, "taken over from": true, "does: something elsewhere": true,
	"done in: not": true, "done at: not": true, "done with: not": true, "done by: not": true, "done from: not": true,
	"their person does: hope": true, "their person does: say": true}

// Candidate is a part in a project that a passage of a text could be saying, for those
// who fit the weights.
type Candidate struct {
	RelationFact
	Features []string
}

// Evidence are all the candidates of a text, likely or not.
func Evidence(src Source, lex *Lexicon) []Candidate {
	r, p := read(src, lex.Weighed(nil))
	var list []Candidate
	for _, c := range p.evidence(r.Relations) {
		list = append(list, Candidate{r.relationFact(p.linkOf(c)), c.features})
	}
	return list
}
