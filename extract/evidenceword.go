package extract

import (
	"maps"
	"slices"
	"strings"

	"lotigraph/record"
)

// prepositions and other small words that lead to a name.
var prepositions = words(`with by from at in for to of between on about like including into as alongside via through behind under across over around near than`)

// auxiliaries stand between a name and what it does.
var auxiliaries = words(`also now jointly together all both already just kindly generously finally recently first therefore currently each
	has have had is are was were been being be will 've 're have the an a then again still who which that to ,`)

// inFront stand between a preposition and a name.
var inFront = words(`the both our boroughs councils`)

// stops are marks and words at which a look around a name ends.
var stops = words(`and , . ) ( : ;`)

// markName is what the letter of a mark stands for.
func markName(letter byte) string {
	switch letter {
	case 'P':
		return "a project"
	case 'N':
		return "a person"
	case 'M':
		return "members"
	case 'F':
		return "a giver"
	}
	return "a body"
}

// isDoing tells whether a feature is about what somebody does or what is done to them.
func isDoing(feature string) bool {
	return strings.HasPrefix(feature, "does: ") || strings.HasPrefix(feature, "object of: ") || strings.HasPrefix(feature, "done ")
}

// around are the features of what stands around a body or a person, the i-th item.
func (c *weighing) around(i int, who *thing) []string {
	list := []string{"in general", "is a " + sortOf(who)}
	if len(c.items[i].names) > 1 {
		list = append(list, "in a list")
	}
	return append(append(list, c.leadingTo(i)...), c.doing(i)...)
}

// sortOf is the sort of body that somebody is.
func sortOf(who *thing) string {
	if who.kind == record.BoroughKind {
		return "borough"
	}
	return "partner"
}

// doing is what somebody is said to do: the first words behind the name.
func (c *weighing) doing(i int) []string {
	j := i + 1
	if j < len(c.items) && c.items[j].word == "'s" {
		return c.owning(j)
	}
	will := false
	for ; j < len(c.items) && j < i+8 && auxiliaries[c.items[j].word]; j++ {
		will = will || c.items[j].word == "will"
	}
	if j >= len(c.items) {
		return []string{"followed by: nothing"}
	}
	switch it := c.items[j]; {
	case it.letter != 0:
		return []string{"followed by: " + markName(it.letter)}
	case it.class != "" && j+2 < len(c.items) && c.items[j+1].word == "the" && elsewhere[c.items[j+2].word]:
		return []string{"does: something elsewhere"} // "leads the way"
	case it.class != "" && will:
		return []string{"does: " + it.class, "does it in time to come"}
	case it.class != "":
		return []string{"does: " + it.class}
	case prepositions[it.word] || stops[it.word]:
		return []string{"followed by: " + it.word}
	case strings.HasSuffix(it.word, "ed") || strings.HasSuffix(it.word, "ing"):
		return []string{"does: something else"}
	}
	return []string{"followed by: some word"}
}

// owning is what a possessive, the j-th item, belongs to.
func (c *weighing) owning(j int) []string {
	for k := j + 1; k < len(c.items) && k < j+4; k++ {
		if c.items[k].letter != 0 {
			return []string{"possessive of " + markName(c.items[k].letter)}
		}
	}
	return []string{"possessive"}
}

// leadingTo is what leads to a name: a preposition with the verb before it, or the
// verb whose object it is.
func (c *weighing) leadingTo(i int) []string {
	j := i - 1
	if j > 0 && c.items[j].word == "'s" && c.items[j-1].letter == 'A' {
		j -= 2 // "from Camden's Ann Lee"
	}
	for j >= 0 && j > i-6 && (inFront[c.items[j].word] || c.items[j].class == "person" || c.items[j].word == "and" && j == i-1) {
		j--
	}
	if j < 0 {
		return []string{"preceded by: nothing"}
	}
	switch it := c.items[j]; {
	case it.letter != 0:
		return []string{"preceded by: " + markName(it.letter)}
	case prepositions[it.word]:
		return c.doneTo(j)
	case it.class != "":
		return []string{"object of: " + it.class}
	case it.word == "–" || it.word == "—" || it.word != "." && it.word != "and" && stops[it.word]:
		return []string{"preceded by: " + it.word}
	}
	return []string{"preceded by: some word"}
}

// doneTo is a preposition, the j-th item, with the verb before it: "built with".
func (c *weighing) doneTo(j int) []string {
	preposition := c.items[j].word
	if preposition == "from" && j > 0 && c.items[j-1].word == "over" {
		return []string{"taken over from"}
	}
	list := []string{"preceded by: " + preposition}
	for k := j - 1; k >= 0 && k > j-7 && c.items[k].word != "." && c.items[k].word != ";"; k-- {
		if c.items[k].tells() {
			return append(list, "done "+preposition+": "+c.items[k].class)
		}
	}
	return list
}

// sortedKeys are the keys of a set in order.
func sortedKeys(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }
