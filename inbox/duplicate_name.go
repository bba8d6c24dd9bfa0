package inbox

import (
	"slices"
	"strings"
	"unicode"

	"lotigraph/record"
)

// profile is a record with its names taken apart.
type profile struct {
	node  record.Node
	names []name
}

// name is a name as it is compared.
type name struct {
	text    string   // as the record has it
	folded  string   // record.Fold of it
	compact string   // folded, without spaces
	words   []string // folded, those that say little left aside where others are
	numbers []string // words with a digit, and those that number a part
	bare    string   // the words, sorted
}

func profileOf(n record.Node) profile {
	p := profile{node: n}
	for _, text := range n.Names() {
		if made, ok := nameOf(n.Kind(), text); ok {
			p.names = append(p.names, made)
		}
	}
	if n.Weeknote != nil {
		p.names = p.names[:min(1, len(p.names))] // a text goes by its title
	}
	return p
}

func nameOf(kind record.Kind, text string) (name, bool) {
	n := name{text: text, folded: record.Fold(text)}
	n.compact = strings.ReplaceAll(n.folded, " ", "")
	for _, word := range strings.Fields(n.folded) {
		if strings.ContainsFunc(word, unicode.IsDigit) || slices.Contains(numerals(), word) {
			n.numbers = append(n.numbers, word)
		}
		if kind == record.PersonKind || !slices.Contains(emptyWords(), word) {
			n.words = append(n.words, word)
		}
	}
	if len(n.words) == 0 {
		n.words = strings.Fields(n.folded)
	}
	sorted := slices.Clone(n.words)
	slices.Sort(sorted)
	n.bare = strings.Join(slices.Compact(sorted), " ")
	return n, n.compact != ""
}

// acronyms are the initials of a name, with and without those of its small
// words; none of fewer than three letters.
func (n name) acronyms() (list []string) {
	var all, large strings.Builder
	for _, w := range strings.Fields(n.folded) {
		all.WriteString(w[:1])
		if !slices.Contains(smallWords(), w) {
			large.WriteString(w[:1])
		}
	}
	for _, a := range []string{all.String(), large.String()} {
		if len(a) >= 3 {
			list = append(list, a)
		}
	}
	return list
}

// keys are what a record is found by when one like it is looked for: two records
// that could be alike share one.
func (p profile) keys() []string {
	seen := map[string]bool{}
	add := func(key string) { seen[key] = true }
	if p.node.URL != "" && p.node.Weeknote == nil {
		add("page " + p.node.URL)
	}
	for _, n := range p.names {
		add("whole " + n.compact)
		if p.node.Weeknote != nil {
			continue
		}
		add("words " + n.bare)
		for _, a := range n.acronyms() {
			add("whole " + a)
		}
		if p.node.Kind() == record.PersonKind {
			if len(n.words) > 1 {
				add("person " + n.words[0][:1] + n.words[len(n.words)-1])
				add("person " + n.words[len(n.words)-1][:1] + n.words[0])
				add("surname " + n.words[len(n.words)-1])
			}
		} else {
			for i, w := range n.words[:min(len(n.words), 8)] {
				for _, v := range n.words[i+1 : min(len(n.words), 8)] {
					add("both " + min(v, w) + " " + max(v, w))
				}
			}
		}
		if len(n.compact) >= 6 { // names one letter apart are equal less one letter
			for i := range n.compact {
				add("less " + n.compact[:i] + n.compact[i+1:])
			}
			add("less " + n.compact)
		}
	}
	keys := make([]string, 0, len(seen))
	for key := range seen {
		keys = append(keys, key)
	}
	return keys
}

// emptyWords say little about what goes by a name.
func emptyWords() []string {
	return []string{"the", "of", "and", "for", "a", "an", "in", "to", "on", "ltd", "limited", "llp", "plc", "cic", "inc",
		"project", "projects", "programme", "programmes", "program", "pilot", "initiative", "scheme", "council", "group", "company"}
}

// products are what a project has or makes, and not the project.
func products() []string {
	return []string{"guide", "guides", "guidance", "fund", "week", "toolkit", "playbook", "network", "standards", "standard", "map", "framework",
		"report", "handbook", "challenge", "award", "awards", "conference", "academy", "group", "board"}
}

// smallWords have no letter in an abbreviation.
func smallWords() []string { return []string{"the", "of", "and", "for", "a", "an", "in", "to", "on"} }

// numerals tell parts of one thing apart, as digits do.
func numerals() []string {
	return []string{"i", "ii", "iii", "iv", "v", "one", "two", "three", "four", "five", "first", "second", "third", "fourth",
		"north", "south", "east", "west", "central", "inner", "outer", "upper", "lower"}
}

// shortNames are first names with their short forms, as they are common in Britain.
func shortNames() []string {
	return []string{"alexander alexandra alex sandy", "andrew andy", "anthony antony tony", "benjamin ben", "catherine katherine kathryn kate katie cathy kath",
		"christopher christine christina chris", "daniel daniela dan danny", "david dave", "deborah debbie debra", "edward ed eddie ted", "elizabeth liz beth lizzie eliza",
		"gregory greg", "helen nell", "jacob jake", "james jim jamie", "jennifer jenny jen", "jessica jess", "jonathan jon jonny", "joseph joe", "joshua josh",
		"kenneth ken", "lawrence laurence larry", "margaret maggie meg", "matthew matt", "michael mike mick", "mohammed muhammad mohammad mohamed", "nicholas nicola nick nicky",
		"oliver olly ollie", "patricia patrick pat", "peter pete", "philip phillip phil", "rachel rach", "rebecca becky bex", "richard rick dick rich", "robert rob bob bobby",
		"ronald ron", "samuel samantha sam", "stephen steven steve", "susan sue susie", "theodore theo", "thomas tom", "timothy tim", "victoria vicky vicki", "william will bill", "zachary zach zak"}
}
