package ask

import (
	"context"
	"slices"
	"strings"

	"lotigraph/record"
)

// value is what a slot is filled with: a record or a theme.
type value struct {
	node  record.Node
	theme string
}

func (v value) id() string {
	if v.theme != "" {
		return v.theme
	}
	return string(v.node.ID)
}

func (v value) label() string {
	if v.theme != "" {
		return v.theme
	}
	return v.node.Name
}

// candidate is a value that words may stand for, and what reading them so costs.
type candidate struct {
	value
	cost int
	part bool // the words are a part of its name
}

// names finds what words stand for, each once.
type names struct {
	asker    Asker
	ctx      context.Context
	question string
	words    []word
	known    map[string][]candidate
	themes   []string // nil until they are asked for
	err      error
	stand    map[string]bool // words of patterns, whether a word of the question may stand for them
}

// maxName is how many words a name may have.
const maxName = 14

// candidates are what the words from one to before another may stand for in a
// slot, the exact names if there are any, else the nearest ones.
func (n *names) candidates(slot Slot, from, to int) []candidate {
	if to-from > maxName || n.err != nil {
		return nil
	}
	text := n.question[n.words[from].span.Start:n.words[to-1].span.End]
	key := slot.key() + "\x00" + text
	if list, ok := n.known[key]; ok {
		return list
	}
	list, err := n.find(slot, text)
	if err != nil {
		n.err = err
		return nil
	}
	n.known[key] = list
	return list
}

func (n *names) find(slot Slot, text string) ([]candidate, error) {
	if slot.Theme {
		return n.theme(text)
	}
	nodes, err := n.asker.View.Graph.Find(n.ctx, n.asker.Lens, text, slot.Kinds...)
	if err != nil {
		return nil, err
	}
	var exact []candidate
	for _, node := range nodes {
		if goesBy(node, text) {
			exact = append(exact, candidate{value: value{node: node}})
		}
	}
	if len(exact) > 0 {
		return exact, nil
	}
	return n.nearly(slot, text)
}

// goesBy tells whether a text is an id, a name or an alias of a record, or a part
// of a person's. A record that only followed one of that name does not.
func goesBy(node record.Node, text string) bool {
	if record.ID(strings.TrimSpace(text)).Kind() != 0 {
		return true
	}
	folded := record.Fold(text)
	if slices.ContainsFunc(node.Names(), func(s string) bool { return record.Fold(s) == folded }) {
		return true
	}
	return node.Kind() == record.PersonKind && slices.Contains(strings.Fields(record.Fold(node.Name)), folded) || node.Kind() == record.BoroughKind && strings.EqualFold(node.Borough.ONSCode, folded)
}

// maxNear is how many records a name in part may mean and still be asked back
// about.
const maxNear = 6

// nearly finds the records with a name that has all the words of a text, a
// letter or two aside.
func (n *names) nearly(slot Slot, text string) ([]candidate, error) {
	typed := strings.Fields(record.Fold(text))
	if !telling(typed) {
		return nil, nil
	}
	found, err := n.asker.View.Suggest(n.ctx, n.asker.Lens, strings.Join(typed, " "), slot.Kinds, 20)
	if err != nil {
		return nil, err
	}
	var list []candidate
	for _, s := range found {
		if cost, part, ok := costOf(s.Node, typed); ok {
			list = append(list, candidate{value{node: s.Node}, cost, part})
		}
	}
	list = cheapest(list)
	if len(list) > maxNear {
		return nil, nil
	}
	return list, nil
}

func cheapest(list []candidate) []candidate {
	if len(list) == 0 {
		return nil
	}
	least := slices.MinFunc(list, func(a, b candidate) int { return a.cost - b.cost }).cost
	return slices.DeleteFunc(list, func(c candidate) bool { return c.cost > least })
}

// common are words of names that say too little by themselves.
var common = map[string]bool{
	"project": true, "projects": true, "programme": true, "network": true, "council": true, "councils": true, "borough": true, "boroughs": true,
	"london": true, "office": true, "week": true, "weeknote": true, "loti": true, "service": true, "group": true, "tool": true, "partner": true,
	"partners": true, "people": true, "person": true, "work": true, "works": true, "data": true, "digital": true, "innovation": true, "of": true,
	"and": true, "in": true, "with": true, "for": true, "on": true, "to": true, "at": true, "by": true, "any": true, "all": true, "not": true,
	"it": true, "public": true, "our": true, "new": true, "that": true, "this": true, "them": true, "they": true,
}

// telling tells whether words say enough to look for names that have them.
func telling(typed []string) bool {
	if len(typed) == 0 || len(typed) > 10 {
		return false
	}
	return slices.ContainsFunc(typed, func(w string) bool {
		return len(w) > 2 && !common[w] || len(typed) > 1 && strings.ContainsAny(w, "0123456789") // "weeknote 70"
	})
}

// costOf is what it costs to read words as a record: every one of them has to be
// in one of its names. Part tells that there are more words in that name.
func costOf(node record.Node, typed []string) (best int, part, ok bool) {
	for _, name := range node.Names() {
		if cost, partly, fits := nameCost(name, typed); fits && (!ok || cost < best) {
			best, part, ok = cost, partly, true
		}
	}
	return best, part, ok
}

// nameCost is what it costs to read words as one name.
func nameCost(name string, typed []string) (cost int, part, ok bool) {
	have := strings.Fields(record.Fold(name))
	if len(have) != len(typed) {
		cost = costPart // something is left out
	}
	for _, w := range typed {
		c, has := wordCost(w, have)
		if !has {
			return 0, false, false
		}
		cost += c
	}
	return cost, len(have) > len(typed), len(typed) > 0
}

// wordCost is what it costs to take a word for one of others: nothing for the
// word itself and its plural.
func wordCost(typed string, have []string) (int, bool) {
	best, ok := 0, false
	for _, h := range have {
		switch {
		case typed == h:
			return 0, true
		case typed+"s" == h || typed == h+"s":
			best, ok = 1, true
		case !ok && slipOf(typed, h):
			best, ok = costMisspelt, true
		}
	}
	return best, ok
}

// slipOf tells whether a word of a name is misspelt: the first letter is right,
// and one letter is wrong from five letters on, two from eight on.
func slipOf(typed, name string) bool {
	if len(typed) < 5 || len(name) < 4 || typed[0] != name[0] || realWords[typed] {
		return false
	}
	allowed := 1
	if len(typed) >= 8 {
		allowed = 2
	}
	return record.Distance(typed, name, allowed) <= allowed
}

// theme finds the themes of projects that are called so, or else those with all
// the words in their name, a letter or two aside.
func (n *names) theme(text string) ([]candidate, error) {
	themes, err := n.allThemes()
	if err != nil {
		return nil, err
	}
	typed := strings.Fields(record.Fold(text))
	var list []candidate
	for _, theme := range themes {
		if cost, part, ok := nameCost(theme, typed); ok {
			list = append(list, candidate{value{theme: theme}, cost, part})
		}
	}
	if list = cheapest(list); len(list) > maxNear {
		return nil, nil
	}
	return list, nil
}

// allThemes are the themes of the projects that may be seen.
func (n *names) allThemes() ([]string, error) {
	if n.themes != nil {
		return n.themes, nil
	}
	themes, err := n.asker.View.Graph.Themes(n.ctx, n.asker.Lens)
	if err != nil {
		return nil, err
	}
	n.themes = append([]string{}, themes...)
	return n.themes, nil
}
