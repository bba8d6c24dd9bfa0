package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"lotigraph/record"
)

// An analyser cuts text into words, by the rules of [record.Fold]: letters and
// digits make words, "&" is the word "and", apostrophes inside a word do not
// count, everything else (a hyphen, too) parts words. Case and accents do not
// count. The analysers cut alike; they differ in the terms.
type analyser uint8

const (
	asIs    analyser = iota // the word itself: for names
	stemmed                 // without its possessive and its English ending: for sentences
	each                    // the word itself, without its possessive, and only once: for the vocabulary
)

// maxTerm is the most bytes of a word that count.
const maxTerm = 100

// Analyze cuts text into the words that Bleve keeps.
func (a analyser) Analyze(text []byte) analysis.TokenStream {
	s := string(text)
	tokens := make(analysis.TokenStream, 0, len(s)/6+1)
	seen := map[string]bool{}
	for span := range words(s) {
		word := span.Of(s)
		if a != asIs {
			word = withoutPossessive(word)
			span.End = span.Start + len(word)
		}
		term := a.term(word)
		if a == each {
			if seen[term] {
				continue
			}
			seen[term] = true
		}
		if term != "" {
			tokens = append(tokens, &analysis.Token{
				Term: []byte(term), Start: span.Start, End: span.End,
				Position: len(tokens) + 1, Type: analysis.AlphaNumeric,
			})
		}
	}
	return tokens
}

// terms are the words of text, in their order.
func (a analyser) terms(text string) []string {
	var list []string
	for _, t := range a.Analyze([]byte(text)) {
		list = append(list, string(t.Term))
	}
	return list
}

func (a analyser) term(word string) string {
	term := record.Fold(word)
	if len(term) > maxTerm {
		term = strings.ToValidUTF8(term[:maxTerm], "")
	}
	if a == stemmed {
		env := snowballstem.NewEnv(term)
		english.Stem(env)
		term = env.Current()
	}
	return term
}

func withoutPossessive(word string) string {
	for _, s := range [...]string{"'s", "’s", "'S", "’S"} {
		if cut, ok := strings.CutSuffix(word, s); ok && cut != "" {
			return cut
		}
	}
	return word
}

// words yields the span of every word of s.
func words(s string) func(yield func(record.Span) bool) {
	return func(yield func(record.Span) bool) {
		start := -1 // of the word we are in
		for i, r := range s {
			switch {
			case inWord(r):
				if start < 0 {
					start = i
				}
				continue
			case start >= 0 && isApostrophe(r) && wordFollows(s[i+utf8.RuneLen(r):]):
				continue
			}
			if start >= 0 && !yield(record.Span{Start: start, End: i}) {
				return
			}
			start = -1
			if r == '&' && !yield(record.Span{Start: i, End: i + 1}) {
				return
			}
		}
		if start >= 0 {
			yield(record.Span{Start: start, End: len(s)})
		}
	}
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' }

func wordFollows(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return inWord(r)
}
