package ask

import (
	"slices"
	"strings"
	"sync"

	"lotigraph/record"
)

// template is a question that can be asked, with all the ways to put it.
type template struct {
	Name     string // "boroughs-joined"
	Question string // how it is put when it is offered: "Which boroughs joined {project}?"
	Reads    string // how it is understood: "Boroughs that joined {project}"
	Slots    []Slot
	Period   bool     // whether it may ask about a period
	whole    bool     // names are given whole: a part of one is a word to search for
	Example  []string // what its slots are filled with in the example
	Next     []string // the templates that are offered beside it

	put      []string // the patterns, as they are written, with a mark (see mark)
	patterns []pattern
	answer   func(*work) error
}

// Slot is a place for a name in a question.
type Slot struct {
	Name  string
	Kinds []record.Kind // of record that may be named; none for a theme
	Theme bool
	About string // what goes there: "a project"
}

func (s Slot) key() string {
	if s.Theme {
		return "theme"
	}
	var b strings.Builder
	for _, k := range s.Kinds {
		b.WriteString(k.String())
	}
	return b.String()
}

func (s Slot) takes(v value) bool {
	if s.Theme || v.theme != "" {
		return s.Theme && v.theme != ""
	}
	return slices.Contains(s.Kinds, v.node.Kind())
}

func (t *template) slotNames() string {
	var names []string
	for _, s := range t.Slots {
		names = append(names, s.Name)
	}
	return strings.Join(names, " and ")
}

// mark is a sign before a pattern that says how it is to be taken.
type mark string

const (
	unlikely mark = "?" // it is short for more than one question
	timeless mark = "!" // with a period it would ask about something else: "joined in 2021" is no "took part in 2021"
)

func markOf(text string) mark {
	for _, m := range []mark{unlikely, timeless} {
		if strings.HasPrefix(text, string(m)) {
			return m
		}
	}
	return ""
}

// example is the question with its example filled in.
func (t *template) example() string {
	text := t.Question
	for i, s := range t.Slots {
		text = strings.ReplaceAll(text, "{"+s.Name+"}", t.Example[i])
	}
	return text
}

// Template describes a question that can be asked.
type Template struct {
	Name     string
	Pattern  string // with its slots in braces
	Slots    []Slot
	Period   bool // whether it may ask about a period
	Example  string
	Examples []string // what the slots are filled with in the example
	Ways     int      // in how many patterns it may be put
}

// Templates lists every question that can be asked, in the order in which equal
// readings are preferred.
func Templates() []Template {
	var list []Template
	for _, t := range templates() {
		list = append(list, Template{t.Name, t.Question, slices.Clone(t.Slots), t.Period, t.example(), slices.Clone(t.Example), len(t.patterns)})
	}
	return list
}

// Operation is the name of a template's GraphQL operation: "BoroughsJoined".
func (t Template) Operation() string {
	var b strings.Builder
	for part := range strings.SplitSeq(t.Name, "-") {
		b.WriteString(record.Capital(part))
	}
	return b.String()
}

// templates are all templates, made once.
var templates = sync.OnceValue(func() []*template {
	list := slices.Concat(participationTemplates(), setTemplates(), organisationTemplates(), peopleTemplates(), textTemplates(), recordTemplates())
	for _, t := range list {
		for _, text := range t.put {
			m := markOf(text)
			p := compile(strings.TrimPrefix(text, string(m)))
			p.mark = m
			t.patterns = append(t.patterns, p)
		}
	}
	return list
})

// templateOf is the template of a name, nil when there is none.
func templateOf(name string) *template {
	for _, t := range templates() {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// slot makes a slot of kinds.
func slot(name, about string, kinds ...record.Kind) Slot {
	return Slot{Name: name, Kinds: kinds, About: about}
}

func projectSlot(name string) Slot { return slot(name, "a project", record.ProjectKind) }
func boroughSlot(name string) Slot { return slot(name, "a borough", record.BoroughKind) }
func partnerSlot(name string) Slot { return slot(name, "a partner organisation", record.PartnerKind) }
func personSlot(name string) Slot  { return slot(name, "a person", record.PersonKind) }
func textSlot(name string) Slot    { return slot(name, "the title of a text", record.WeeknoteKind) }
func bodySlot(name string) Slot {
	return slot(name, "a borough or a partner organisation", record.BoroughKind, record.PartnerKind)
}
func themeSlot() Slot { return Slot{Name: "theme", Theme: true, About: "a theme of projects"} }
func thingSlot(name string) Slot {
	return slot(name, "a project, borough, person or partner organisation", record.ProjectKind, record.BoroughKind, record.PersonKind, record.PartnerKind)
}

// classes are words that mean the same, for patterns.
var classes = map[string]string{
	"which":     "([can you] (which|what|list|show|name|find|show me|give me) [me] [all|every|any] [of])",
	"boroughs":  "(boroughs|borough|councils|council|local authorities|local authority|authorities|authority)",
	"projects":  "(projects|project|programmes|programme|initiatives|schemes)",
	"partners":  "(partners|partner|partner organisations|partner organisation|organisations|organisation|organizations|orgs|companies)",
	"weeknotes": "(weeknotes|weeknote|week notes)",
	"texts":     "(texts|text|documents|pages|posts|notes)",
	"that":      "(that|which|who)",
	"havebeen":  "([have|has|had] [also|already|ever])",
	"joined":    "(joined|join|signed up to|signed up for)",
	"in": `((are|is|were|was) (in|part of|involved in|involved with|on|taking part in|participating in|working on) |
	        (took part|take part|takes part|taken part|participated|participate|participates|been part of|been involved) [in] | been in | involved in | worked on | work on | works on | part of )`,
	"notin": `((are|is|were|was) not (in|part of|involved in|involved with|on|taking part in|participating in|working on|yet in) | not in |
	           (did|do|does) not (join|take part in|participate in|work on) | (have|has|had) (not|never) [yet] (joined|taken part in|participated in|been part of|been in|been involved in|signed up to|worked on) | never joined | (have|has) yet to join)`,
	"lead":    "(lead|leads|led|leading|run|runs|in charge of|responsible for)",
	"fund":    "(fund|funds|funded|pay for|pays for|paid for|finance|financed|finances)",
	"howmany": "(how many|number of|count of|count)",
}
