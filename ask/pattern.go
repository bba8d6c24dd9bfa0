package ask

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A pattern says how a question may be put: words, {slots}, [what may be left
// out], (one|or another) and @classes of words (classes, in templates.go).
//
//	@which @boroughs [have|has] joined {project}
type pattern struct {
	text string
	mark mark
	parts
	needs [][]string // of each of these sets a question that fits has a word
}

// part is a word, a slot or a choice among sequences of parts.
type part struct {
	word   string
	slot   string
	choice []parts // [x] is the choice of x and nothing
}

type parts []part

// compile reads a pattern. Patterns are written in this package, so one that
// cannot be read is a mistake in it, and panics; a test reads them all.
func compile(text string) pattern {
	p := compiler{strings.Fields(spaced.Replace(text)), 0}
	list := p.sequence("")
	if p.at < len(p.tokens) {
		panic(fmt.Sprintf("ask: %q does not end where it should", text))
	}
	return pattern{text: text, parts: list, needs: list.needs()}
}

// needs are sets of words of which one at least is used wherever the parts fit: most
// patterns can be told not to fit a question by them.
func (p parts) needs() (sets [][]string) {
	for _, one := range p {
		switch {
		case one.word != "":
			sets = append(sets, []string{one.word})
		case one.choice != nil:
			if set := eachNeeds(one.choice); set != nil {
				sets = append(sets, set)
			}
		}
	}
	return sets
}

// eachNeeds is a word or more of each of the choices; nil where one can do without.
func eachNeeds(choices []parts) (set []string) {
	for _, c := range choices {
		own := c.needs()
		if len(own) == 0 {
			return nil
		}
		set = append(set, own[0]...)
	}
	return set
}

// spaced puts space around the signs of a pattern.
var spaced = strings.NewReplacer("(", " ( ", ")", " ) ", "[", " [ ", "]", " ] ", "|", " | ")

type compiler struct {
	tokens []string
	at     int
}

func (c *compiler) sequence(until string) parts {
	var list parts
	for c.at < len(c.tokens) {
		t := c.tokens[c.at]
		switch {
		case t == ")" || t == "]" || t == "|":
			return list
		case t == "(":
			c.at++
			list = append(list, part{choice: c.choices(")")})
			continue
		case t == "[":
			c.at++
			list = append(list, part{choice: append(c.choices("]"), nil)})
			continue
		case t[0] == '@':
			class, ok := classes[t[1:]]
			if !ok {
				panic("ask: there is no class " + t)
			}
			list = append(list, part{choice: compile(class).parts.asChoice()})
		case t[0] == '{':
			list = append(list, part{slot: strings.Trim(t, "{}")})
		default:
			list = append(list, part{word: t})
		}
		c.at++
	}
	if until != "" {
		panic("ask: a pattern lacks " + until)
	}
	return list
}

func (c *compiler) choices(until string) []parts {
	var list []parts
	for {
		list = append(list, c.sequence(until))
		if c.at >= len(c.tokens) {
			panic("ask: a pattern lacks " + until)
		}
		t := c.tokens[c.at]
		c.at++
		if t == until {
			return list
		}
		if t != "|" {
			panic("ask: " + t + " where " + until + " belongs")
		}
	}
}

// asChoice is what a class stands for: its text is one choice.
func (p parts) asChoice() []parts { return []parts{p} }

// words are all words of a pattern.
func (p parts) words(yield func(string) bool) bool {
	for _, part := range p {
		if part.word != "" && !yield(part.word) {
			return false
		}
		for _, c := range part.choice {
			if !c.words(yield) {
				return false
			}
		}
	}
	return true
}

// match is a way in which a pattern fits a question.
type match struct {
	slots map[string][2]int // from which word to before which
	cost  int
	typed int // words that are the pattern's own
}

// What a reading costs, beside nothing for what is exactly so.
const (
	costMisspelt = 10 // a word of the pattern, or of a name, that is misspelt
	costPart     = 4  // a name that is given in part
	costBareYear = 3  // a year without "in"
	costUnlikely = 2  // a pattern that is short for more than one question
)

// matcher fits a pattern to words.
type matcher struct {
	words  []word
	known  map[string]bool // words of patterns: they are not misspelt
	most   int             // words that a slot may have
	steps  int             // left to take
	slots  map[string][2]int
	accept func(match)
	has    map[string]bool // words of patterns, whether a word of the question may stand for them
}

// may tells whether some word of the question may stand for a word of a pattern.
func (m *matcher) may(known string) bool {
	has, asked := m.has[known]
	if !asked {
		has = slices.ContainsFunc(m.words, func(w word) bool { return w.text == known || !m.known[w.text] && misspelt(w.text, known) })
		m.has[known] = has
	}
	return has
}

// maxSteps is how far a question is tried against one pattern. The longest that
// a person asked takes a hundredth of it.
const maxSteps = 20_000

func (m *matcher) run(p pattern) {
	m.steps, m.slots = maxSteps, map[string][2]int{}
	for _, set := range p.needs {
		if !slices.ContainsFunc(set, m.may) {
			return
		}
	}
	m.from(p.parts, 0, 0, 0, func(at, cost, typed int) {
		if at == len(m.words) {
			slots := map[string][2]int{}
			for name, span := range m.slots {
				slots[name] = span
			}
			m.accept(match{slots, cost, typed})
		}
	})
}

// from fits parts from a word on and calls then behind each way that fits.
func (m *matcher) from(list parts, at, cost, typed int, then func(at, cost, typed int)) {
	m.steps--
	if m.steps < 0 {
		return
	}
	if len(list) == 0 {
		then(at, cost, typed)
		return
	}
	first, rest := list[0], list[1:]
	switch {
	case first.choice != nil:
		for _, c := range first.choice {
			m.from(c, at, cost, typed, func(at, cost, typed int) { m.from(rest, at, cost, typed, then) })
		}
	case first.slot != "":
		m.slot(first.slot, rest, at, cost, typed, then)
	default:
		m.word(first.word, rest, at, cost, typed, then)
	}
}

// word fits one word; an article before it does not count.
func (m *matcher) word(known string, rest parts, at, cost, typed int, then func(at, cost, typed int)) {
	if at >= len(m.words) {
		return
	}
	text := m.words[at].text
	switch {
	case text == known:
		m.from(rest, at+1, cost, typed+1, then)
	case isArticle(text):
		m.word(known, rest, at+1, cost, typed, then)
	case !m.known[text] && misspelt(text, known):
		m.from(rest, at+1, cost+costMisspelt, typed+1, then)
	}
}

func isArticle(text string) bool { return text == "the" || text == "a" || text == "an" }

// slot fills a slot with words in a row, whatever they are: what they name is
// looked up when all of the pattern fits.
func (m *matcher) slot(name string, rest parts, at, cost, typed int, then func(at, cost, typed int)) {
	if _, taken := m.slots[name]; taken {
		return
	}
	for at < len(m.words) && isArticle(m.words[at].text) {
		at++
	}
	low := at + 1
	if len(rest) == 0 {
		low = max(low, len(m.words))
	}
	for end := low; end <= min(len(m.words), at+m.most) && m.inARow(at, end); end++ {
		if m.steps < 0 {
			return
		}
		m.slots[name] = [2]int{at, end}
		m.from(rest, end, cost, typed, then)
		delete(m.slots, name)
	}
}

// inARow tells whether nothing was taken out between words.
func (m *matcher) inARow(from, to int) bool {
	return m.words[to-1].at-m.words[from].at == to-1-from
}

// vocabulary is every word of the patterns, made once.
var vocabulary = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for _, t := range templates() {
		for _, p := range t.patterns {
			p.parts.words(func(w string) bool { known[w] = true; return true })
		}
	}
	return known
})

// sortedKeys are a map's keys in order.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
