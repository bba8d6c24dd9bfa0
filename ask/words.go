package ask

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lotigraph/record"
)

// word is a word of a question.
type word struct {
	text string      // folded; "'s" for a possessive ending
	span record.Span // where it stands in the question
	at   int         // which word it was, before any were taken out
}

// The most of a question that is read. What is longer is no question.
const (
	maxQuestion = 500
	maxWords    = 40
)

// split cuts a question into its words, by the rules of [record.Fold];
// contractions become the words that they stand for.
func split(question string) []word {
	var list []word
	add := func(span record.Span, texts ...string) {
		for _, t := range texts {
			list = append(list, word{t, span, len(list)})
		}
	}
	start := -1
	for i, r := range question + " " {
		if start < 0 {
			if inWord(r) {
				start = i
			} else if r == '&' || r == '+' {
				add(record.Span{Start: i, End: i + 1}, "and")
			}
			continue
		}
		if inWord(r) || isApostrophe(r) && letterFollows(question[i+utf8.RuneLen(r):]) {
			continue
		}
		whole := record.Span{Start: start, End: i}
		base, ending := contracted(question[start:i])
		stem := record.Span{Start: start, End: start + len(base)}
		switch {
		case ending == "":
			add(whole, record.Fold(base))
		case ending == "'s" && !asksFor[record.Fold(base)]:
			add(stem, record.Fold(base))
			add(record.Span{Start: stem.End, End: i}, "'s")
		case ending == "'s":
			add(whole, record.Fold(base), "is")
		default:
			add(whole, record.Fold(base), ending)
		}
		start = -1
		if r == '&' || r == '+' {
			add(record.Span{Start: i, End: i + 1}, "and")
		}
	}
	return slices.DeleteFunc(list, func(w word) bool { return w.text == "" })
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' }

func letterFollows(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return inWord(r)
}

// asksFor are the words that ask, behind which 's is "is".
var asksFor = map[string]bool{"who": true, "what": true, "where": true, "when": true, "how": true, "which": true, "that": true, "there": true}

// bare are contractions written without their apostrophe.
var bare = map[string][2]string{
	"whos": {"who", "is"}, "whats": {"what", "is"}, "wheres": {"where", "is"}, "whens": {"when", "is"},
	"havent": {"have", "not"}, "hasnt": {"has", "not"}, "didnt": {"did", "not"}, "isnt": {"is", "not"}, "arent": {"are", "not"},
	"dont": {"do", "not"}, "doesnt": {"does", "not"}, "wasnt": {"was", "not"}, "werent": {"were", "not"},
}

// contracted cuts a word into what it is made of: the ending is "" for none, "'s"
// for that, else the second word.
func contracted(raw string) (base, ending string) {
	plain := strings.Map(func(r rune) rune {
		if isApostrophe(r) {
			return '\''
		}
		return unicode.ToLower(r)
	}, raw)
	if pair, ok := bare[plain]; ok {
		return pair[0], pair[1]
	}
	at := strings.IndexFunc(raw, isApostrophe)
	if at < 0 {
		return raw, ""
	}
	_, behind, _ := strings.Cut(plain, "'")
	switch behind {
	case "s":
		return raw[:at], "'s"
	case "re":
		return raw[:at], "are"
	case "ve":
		return raw[:at], "have"
	case "t":
		if base, ok := strings.CutSuffix(plain, "n't"); ok {
			return base, "not"
		}
	}
	return raw, ""
}

// courtesies begin or end a question and carry no meaning. The longer ones come
// first.
var courtesies = []string{
	"can you please tell me", "could you please tell me", "can you tell me", "could you tell me", "please can you tell me", "please tell me",
	"i would like to know", "i want to know", "do you know", "do we know", "remind me", "tell me", "please", "hello", "hi", "ok", "so",
}

var farewells = []string{"thank you", "thanks", "please", "so far", "to date", "exactly"}

// stripped is the question without its courtesies.
func stripped(list []word) []word {
	for again := true; again; {
		again = false
		for _, phrase := range courtesies {
			if n := len(strings.Fields(phrase)); len(list) > n+1 && textOf(list[:n]) == phrase {
				list, again = list[n:], true
			}
		}
		for _, phrase := range farewells {
			if n := len(strings.Fields(phrase)); len(list) > n+1 && textOf(list[len(list)-n:]) == phrase {
				list, again = list[:len(list)-n], true
			}
		}
	}
	return list
}

func textOf(list []word) string {
	var texts []string
	for _, w := range list {
		texts = append(texts, w.text)
	}
	return strings.Join(texts, " ")
}

// misspelt tells whether a word may be a slip for a known one: the first letter
// is right, and one letter is wrong, missing, too many or swapped; two from ten
// letters on. A word that has a meaning of its own is no slip.
func misspelt(typed, known string) bool {
	n := utf8.RuneCountInString(typed)
	if n < 4 || len(known) < 4 || typed[0] != known[0] || realWords[typed] {
		return false
	}
	allowed := 1
	if n >= 10 {
		allowed = 2
	}
	d := record.Distance(typed, known, allowed)
	return d > 0 && d <= allowed
}
