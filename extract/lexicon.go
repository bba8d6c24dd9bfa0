package extract

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"lotigraph/record"
)

// Lexicon is what a reader knows beforehand: the records of a graph under every
// name they go by, above the general gazetteer of public bodies. It never
// changes; [Lexicon.With] makes a new one that shares what it can.
//
// It is a pile of layers, the newest on top. A record in a higher layer hides
// the same record in a lower one.
type Lexicon struct {
	layers  []*layer
	rules   map[string]ruleCount // how often each reading rule was right
	weights Weights              // of the evidence for links
}

// layer is some records and an index of their names.
type layer struct {
	nodes   []entry
	byID    map[record.ID]bool
	byFirst map[string][]form // by the first word, the longest form first
	byName  map[string][]int  // whole folded names to nodes
	given   map[string][]int  // the first words of people's names to nodes
}

// entry is a record as the lexicon needs it.
type entry struct {
	kind    record.Kind
	id      record.ID // "" for a body of the gazetteer
	name    string
	aliases []string
	sector  string
	gone    bool // taken back: it goes by no name any more
}

// form is one name of an entry, cut into words.
type form struct {
	words   []word
	node    int
	weak    bool
	anyway  bool // found in small letters too
	project bool
	owner   bool // ends in a possessive: "St Mungo’s"
}

// word is a word of a name.
type word struct {
	fold    string
	text    string // as printed, where its capitals count
	pause   bool   // a comma or bracket may stand before it
	owner   bool   // the word before it has the ending of a possessive
	capital bool   // begins with a capital letter
	exact   bool   // an acronym, found only as printed
}

// NewLexicon makes a lexicon of known records. Weeknotes are left out: their
// titles are not names to look for.
func NewLexicon(nodes iter.Seq[record.Node]) *Lexicon {
	var entries []entry
	for n := range nodes {
		if e, ok := entryOf(n); ok {
			entries = append(entries, e)
		}
	}
	return &Lexicon{layers: []*layer{newLayer(gazetteer()), newLayer(entries)}, rules: ruleCounts(), weights: fittedWeights()}
}

// With is the lexicon with some more records, or with newer states of records
// it has. The lexicon itself stays as it is.
func (l *Lexicon) With(nodes ...record.Node) *Lexicon {
	var entries []entry
	for _, n := range nodes {
		if e, ok := entryOf(n); ok {
			entries = append(entries, e)
		}
	}
	if len(entries) == 0 {
		return l
	}
	layers := slices.Clone(l.layers)
	// Small layers are joined, so that their count stays logarithmic.
	for len(layers) > 2 && len(layers[len(layers)-1].nodes) <= 2*len(entries) {
		top := layers[len(layers)-1]
		layers = layers[:len(layers)-1]
		entries = joinEntries(top.nodes, entries)
	}
	return &Lexicon{layers: append(layers, newLayer(entries)), rules: l.rules, weights: l.weights}
}

// joinEntries is the older entries that no newer one replaces, then the newer.
func joinEntries(older, newer []entry) []entry {
	replaced := make(map[record.ID]bool, len(newer))
	for _, e := range newer {
		replaced[e.id] = true
	}
	var list []entry
	for _, e := range older {
		if !replaced[e.id] {
			list = append(list, e)
		}
	}
	return append(list, newer...)
}

func entryOf(n record.Node) (entry, bool) {
	kind := n.Kind()
	if kind == 0 || kind == record.WeeknoteKind || strings.TrimSpace(n.Name) == "" {
		return entry{}, false
	}
	e := entry{kind: kind, id: n.ID, name: n.Name, aliases: n.Aliases, gone: n.Withdrawn}
	if n.Partner != nil {
		e.sector = n.Partner.Sector
	}
	return e, true
}

func newLayer(entries []entry) *layer {
	l := &layer{nodes: entries, byID: make(map[record.ID]bool, len(entries)), byFirst: make(map[string][]form),
		byName: make(map[string][]int), given: make(map[string][]int)}
	for i, e := range entries {
		if e.id != "" {
			l.byID[e.id] = true
		}
		if e.gone {
			continue
		}
		l.add(i, e.name, e)
		for _, alias := range e.aliases {
			l.add(i, alias, e)
		}
		if first, _, several := strings.Cut(e.name, " "); several && e.kind == record.PersonKind {
			key := record.Fold(first)
			l.given[key] = append(l.given[key], i)
		}
	}
	for key, forms := range l.byFirst {
		slices.SortStableFunc(forms, func(a, b form) int { return len(b.words) - len(a.words) })
		l.byFirst[key] = forms
	}
	return l
}

// add puts a name of node i into the index.
func (l *layer) add(i int, name string, e entry) {
	weak := strings.HasPrefix(name, "~")
	name = strings.TrimPrefix(name, "~")
	words := wordsOf(name)
	if len(words) == 0 || len(words) == 1 && len(words[0].text) < 2 {
		return
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimSuffix(name, "s"))
	f := form{words: words, node: i, owner: isApostrophe(last), weak: weak, project: e.kind == record.ProjectKind, anyway: e.kind == record.ProjectKind && len(words) >= 3 && !allExact(words)}
	l.byFirst[words[0].fold] = append(l.byFirst[words[0].fold], f)
	key := record.Fold(name)
	if !weak && !slices.Contains(l.byName[key], i) {
		l.byName[key] = append(l.byName[key], i)
	}
}

func allExact(words []word) bool {
	return !slices.ContainsFunc(words, func(w word) bool { return !w.exact })
}

// wordsOf cuts a name into words, a leading "the" aside.
func wordsOf(name string) []word {
	var list []word
	pause, owner := false, false
	for _, t := range tokenize(name, record.Span{End: len(name)}) {
		if !t.isWord() || t.fold == "" {
			owner = owner || t.possessive()
			pause = pause || !t.possessive() && t.text != "-"
			continue
		}
		if len(list) == 0 && t.fold == "the" {
			continue
		}
		list = append(list, word{fold: t.fold, text: t.text, pause: pause, owner: owner, capital: t.isCapital(), exact: t.isAcronym() && t.text != "&"})
		pause, owner = false, false
	}
	return list
}

// hit is a name of the lexicon found in a text.
type hit struct {
	entry entry
	count int // tokens covered
	weak  bool
	words int
}

// at finds the longest names that begin at token i. Several records may go by
// the same name; hits are in the order of the lexicon, newest layer first.
func (l *Lexicon) at(tokens []token, i int, heading bool) []hit {
	var best []hit
	for depth := len(l.layers) - 1; depth >= 0; depth-- {
		lay := l.layers[depth]
		for _, f := range lay.byFirst[tokens[i].fold] {
			count, ok := f.match(tokens[i:], heading)
			if !ok || len(best) > 0 && count < best[0].count {
				continue
			}
			e := lay.nodes[f.node]
			if e.id != "" && l.hidden(e.id, depth) {
				continue
			}
			if len(best) > 0 && count > best[0].count {
				best = best[:0]
			}
			best = append(best, hit{l.known(e, depth), count, f.weak, len(f.words)})
		}
	}
	return best
}

// hidden tells whether a layer above depth has the record.
func (l *Lexicon) hidden(id record.ID, depth int) bool {
	for _, above := range l.layers[depth+1:] {
		if above.byID[id] {
			return true
		}
	}
	return false
}

// known is the known record of the same name for a body of the gazetteer, else
// the body itself.
func (l *Lexicon) known(e entry, depth int) entry {
	if e.id != "" || depth != 0 {
		return e
	}
	for _, name := range append([]string{e.name}, e.aliases...) {
		if strings.HasPrefix(name, "~") {
			continue
		}
		if found, ok := l.named(name, record.PartnerKind, 1); ok {
			return found
		}
		if found, ok := l.named(name, record.BoroughKind, 1); ok {
			return found
		}
	}
	return e
}

// named finds a record by its whole name in the layers from the given one up.
func (l *Lexicon) named(name string, kind record.Kind, from int) (entry, bool) {
	key := record.Fold(name)
	for depth := len(l.layers) - 1; depth >= from; depth-- {
		lay := l.layers[depth]
		for _, i := range lay.byName[key] {
			if e := lay.nodes[i]; e.kind == kind && (e.id == "" || !l.hidden(e.id, depth)) {
				return l.known(e, depth), true
			}
		}
	}
	return entry{}, false
}

// calledBy finds the one known person of that first name; ok is false when
// there is none or more than one.
func (l *Lexicon) calledBy(first string) (e entry, ok bool) {
	key := record.Fold(first)
	count := 0
	for depth := len(l.layers) - 1; depth >= 1; depth-- {
		lay := l.layers[depth]
		for _, i := range lay.given[key] {
			if !l.hidden(lay.nodes[i].id, depth) {
				e = lay.nodes[i]
				count++
			}
		}
	}
	return e, count == 1
}

// match tells whether the form stands at the head of the tokens, and how many
// of them it covers.
func (f form) match(tokens []token, heading bool) (count int, ok bool) {
	at, small := 0, false
	for n, w := range f.words {
		for n > 0 && at < len(tokens) && !tokens[at].isWord() && (tokens[at].text == "-" && tokens[at].glue || w.pause && isPause(tokens[at]) || w.owner && tokens[at].possessive()) {
			at++
		}
		if at >= len(tokens) || tokens[at].fold != w.fold {
			return 0, false
		}
		if w.exact && tokens[at].text != w.text && !(len(f.words) > 2 && strings.EqualFold(tokens[at].text, w.text)) {
			return 0, false
		}
		if w.capital && !tokens[at].isCapital() {
			small = true
		}
		at++
	}
	if small && !f.anyway && !(heading && f.project && tokens[0].isCapital() && len(f.words) > 1) {
		return 0, false
	}
	if f.owner && at < len(tokens) && tokens[at].possessive() {
		at++
	}
	return at, true
}

// isPause tells whether a mark may stand inside a name.
func isPause(t token) bool {
	return !t.possessive() && strings.ContainsAny(t.text, ",()/&–-.:\"'“”‘’") || t.text == "&"
}
