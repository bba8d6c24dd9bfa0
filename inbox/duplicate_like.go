package inbox

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"lotigraph/record"
)

// likeness is what the names of two records say.
type likeness struct {
	score    float64
	text     string // in a sentence
	shorter  bool   // one is a shorter form, such as a text goes on with
	short    bool   // that may stand for several
	shortIsB bool   // and is the second record's
}

// likeness compares the names of two records of a kind: those most alike count.
func (n *namer) likeness(p, q *profile) (best likeness) {
	for _, x := range p.names {
		for _, y := range q.names {
			compare := n.things
			if p.node.Kind() == record.PersonKind {
				compare = n.people
			}
			l, how := compare(x, y)
			if l.score > best.score {
				best = l
				best.text = strings.NewReplacer("{a}", "“"+x.text+"”", "{b}", "“"+y.text+"”").Replace(how)
			}
		}
	}
	return best
}

func oneName(x, y name) string {
	if x.text == y.text {
		return "both are called {a}"
	}
	return "{a} and {b} are one name"
}

// people compares the names of two people. Those who share but a surname are two.
func (n *namer) people(x, y name) (l likeness, how string) {
	switch {
	case len(x.words) == 0 || len(y.words) == 0:
		return l, ""
	case slices.Equal(x.words, y.words) && len(x.words) == 1:
		return likeness{score: aloneName}, "both are called {a}, and no more is known"
	case slices.Equal(x.words, y.words):
		return likeness{score: sameName}, oneName(x, y)
	case x.compact == y.compact:
		return likeness{score: spacing}, "{a} and {b} are spelt alike"
	case len(x.words) < 2 || len(y.words) < 2:
		return l, ""
	}
	if sameBag(x.words, y.words) {
		return likeness{score: sameName * turned}, "{a} and {b} are the same names in another order"
	}
	first, which := n.compareFirst(x.words[0], y.words[0])
	last, slipped := surnames(x.words[1:], y.words[1:])
	l.score = sameName * first * last * middles(x.words, y.words)
	l.shorter = which != bySlip
	switch {
	case which == byInitial && slipped: // too little is left
		return likeness{}, ""
	case which == byInitial:
		l.short, l.shortIsB = true, len(y.words[0]) < len(x.words[0])
		if l.shortIsB {
			return l, "{b} could be {a}"
		}
		return l, "{a} could be {b}"
	case which == byNickname:
		return l, "{a} and {b} could be forms of one name"
	case which == bySlip || slipped:
		l.shorter = false
		return l, "{a} and {b} are one letter apart"
	case x.words[len(x.words)-1] != y.words[len(y.words)-1]:
		return l, "{a} and {b} share the first name and one surname"
	}
	return l, "{a} and {b} differ only in a middle name"
}

func sameBag(a, b []string) bool {
	return len(a) == len(b) && slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// howFirst is how two first names are alike.
type howFirst uint8

const (
	byItself howFirst = iota
	byInitial
	byNickname
	bySlip
)

// compareFirst compares two first names.
func (n *namer) compareFirst(a, b string) (float64, howFirst) {
	if a == b {
		return 1, byItself
	}
	x, size := utf8.DecodeRuneInString(a)
	y, tall := utf8.DecodeRuneInString(b)
	if size == len(a) || tall == len(b) {
		if x == y && size+tall < len(a)+len(b) {
			return firstInitial, byInitial
		}
		return 0, byInitial
	}
	for _, circle := range n.circles[a] {
		if slices.Contains(n.circles[b], circle) {
			return shortForm, byNickname
		}
	}
	if len(n.circles[a]) > 0 && len(n.circles[b]) > 0 || !oneLetter(a, b) || a[len(a)-1] != b[len(b)-1] {
		return 0, bySlip // two names, or two endings: Julia, Julie
	}
	if swapped(a, b) {
		return firstSlip, bySlip
	}
	return firstOtherSlip, bySlip
}

// surnames compares what stands behind two first names.
func surnames(a, b []string) (score float64, slipped bool) {
	x, y := a[len(a)-1], b[len(b)-1]
	switch {
	case x == y:
		return 1, false
	case slices.Contains(a, y) || slices.Contains(b, x):
		return doubleBarrelled, false
	case !oneLetter(x, y):
		return 0, false
	case min(len(x), len(y)) < 7:
		return shortSlip, true
	}
	return surnameSlip, true
}

// middles compares what stands between first and last.
func middles(a, b []string) float64 {
	a, b = a[1:len(a)-1], b[1:len(b)-1]
	if len(a) == 0 && len(b) == 0 {
		return 1
	}
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] && !(min(len(a[i]), len(b[i])) == 1 && a[i][0] == b[i][0]) {
			return otherMiddle
		}
	}
	return middleName
}

// things compares the names of two organisations or projects.
func (n *namer) things(x, y name) (l likeness, how string) {
	switch {
	case x.folded == y.folded && (x.acronym || y.acronym) && x.alias && y.alias:
		return likeness{score: bothAcronym, short: true}, "{a} is short for both"
	case x.folded == y.folded && (x.acronym || y.acronym) && (x.alias || y.alias):
		return likeness{score: knownAcronym, shorter: true, short: true, shortIsB: x.alias}, "{a} is noted as short for the other"
	case x.folded == y.folded && (x.alias || y.alias):
		return likeness{score: otherName}, "{a} is noted as a name of the other"
	case x.folded == y.folded:
		return likeness{score: sameName}, oneName(x, y)
	case x.compact == y.compact:
		return likeness{score: spacing}, "{a} and {b} are spelt alike"
	case y.acronym && !y.own && slices.Contains(n.initials(x), y.compact):
		return likeness{score: acronym, shorter: true, short: true, shortIsB: true}, "{b} could be short for {a}"
	case x.acronym && !x.own && slices.Contains(n.initials(y), x.compact):
		return likeness{score: acronym, shorter: true, short: true}, "{a} could be short for {b}"
	case !slices.Equal(x.numbers, y.numbers) && len(x.numbers) > 0 && len(y.numbers) > 0:
		return l, ""
	}
	l, how = n.cores(x, y)
	if !slices.Equal(x.numbers, y.numbers) && l.score > oneNumber {
		l.score, how = oneNumber, "{a} and {b} are alike but for a number"
	}
	return l, how
}

// cores compares two names but for numbers and words for the sort of thing.
func (n *namer) cores(x, y name) (l likeness, how string) {
	more, less := without(x.core, y.core), without(y.core, x.core)
	if len(more) < len(less) {
		more, less = less, more
	}
	common := (len(x.core) + len(y.core) - len(more) - len(less)) / 2
	switch {
	case len(more) == 0:
		l, how = n.sameCores(x, y)
	case len(more) == 1 && len(less) == 1:
		l, how = slips(more[0], less[0])
	case len(more) == 1 && n.words[more[0]] == area:
		l, how = likeness{score: inPlace}, "{a} and {b} are alike but for a place"
	case len(more) == 1 && !n.places[more[0]] && n.words[more[0]] != product && common >= 2:
		l, how = likeness{score: moreOfTwo}, "{a} and {b} share all words but one"
		if common >= 3 {
			l.score = moreWords
		}
	}
	if len(without(x.generic, y.generic)) > 0 && len(without(y.generic, x.generic)) > 0 {
		l.score, l.shorter = min(l.score, otherGeneric), false // each says that it is something else
	}
	return l, how
}

// sameCores compares two names that say the same but for the words that say
// little.
func (n *namer) sameCores(x, y name) (likeness, string) {
	extra := append(without(x.generic, y.generic), without(y.generic, x.generic)...)
	switch {
	case len(extra) == 0 && sameBag(x.words, y.words):
		return likeness{score: otherOrder}, "{a} and {b} are the same words in another order"
	case len(extra) == 0:
		return likeness{score: smallWord}, "{a} and {b} differ only in small words"
	case !slices.ContainsFunc(extra, func(w string) bool { return n.words[w] != legal }):
		return likeness{score: legalForm, shorter: true}, fmt.Sprintf("{a} and {b} are alike but for “%s”", capital(extra[0]))
	}
	return likeness{score: genericWord, shorter: true}, fmt.Sprintf("{a} and {b} are alike but for “%s”", strings.Join(extra, "”, “"))
}

// capital is a legal form as it is written.
func capital(form string) string {
	switch form {
	case "ltd", "inc":
		return strings.ToUpper(form[:1]) + form[1:]
	case "plc":
		return form
	}
	return strings.ToUpper(form)
}

// slips compares the one word in which two names differ.
func slips(a, b string) (likeness, string) {
	switch {
	case a == b+"s" || b == a+"s":
		return likeness{score: plural}, "{a} and {b} differ only in a plural"
	case !oneLetter(a, b) || hasDigit(a) || hasDigit(b):
		return likeness{}, ""
	case min(len(a), len(b)) < 6: // too short to tell a slip from another word
		return likeness{}, ""
	case min(len(a), len(b)) >= 8:
		return likeness{score: longSlip}, "{a} and {b} are one letter apart"
	}
	return likeness{score: wordSlip}, "{a} and {b} are one letter apart"
}

// without are the sorted words of a that b lacks, each as often as it has more.
func without(a, b []string) (list []string) {
	for _, w := range a {
		for len(b) > 0 && b[0] < w {
			b = b[1:]
		}
		if len(b) > 0 && b[0] == w {
			b = b[1:]
			continue
		}
		list = append(list, w)
	}
	return list
}

// oneLetter tells whether one letter added, left out, changed or swapped with the
// next makes one word of another of five or more. The first letter must be the
// same: it is seldom mistaken.
func oneLetter(s, t string) bool {
	a, b := []rune(s), []rune(t)
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 5 && len(b) < 6 || len(b)-len(a) > 1 || s == t || a[0] != b[0] {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	return slices.Equal(a[i+1:], b[i+1:]) || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}

// swapped tells of two words one letter apart whether two letters changed places,
// or one stands double.
func swapped(s, t string) bool {
	a, b := []rune(s), []rune(t)
	if len(a) == len(b) {
		slices.Sort(a)
		slices.Sort(b)
		return slices.Equal(a, b)
	}
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}
