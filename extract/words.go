package extract

import (
	_ "embed" // for the word lists
	"strings"

	"lotigraph/record"
)

// The two lists are sorted by bytes, one word on a line, and are searched as
// they stand. words.txt has the common words of English in their basic form
// (from the SCOWL lists), givennames.txt the given names of people of many
// origins, in plain letters; WORDS.md says where they come from.
var (
	//go:embed words.txt
	commonWords string
	//go:embed givennames.txt
	givenNames string
)

// listed tells whether a sorted list with one word on a line has the word.
func listed(list, word string) bool {
	low, high := 0, len(list)
	for low < high {
		start := low + (high-low)/2
		if back := strings.LastIndexByte(list[low:start], '\n'); back >= 0 {
			start = low + back + 1
		} else {
			start = low
		}
		end := start + strings.IndexByte(list[start:], '\n')
		switch line := list[start:end]; {
		case line == word:
			return true
		case line < word:
			low = end + 1
		default:
			high = start
		}
	}
	return false
}

// isCommon tells whether a word, in small letters, is an ordinary one of
// English in any of its forms.
func isCommon(w string) bool {
	if len(w) < 2 {
		return true
	}
	if listed(commonWords, w) {
		return true
	}
	for _, ending := range [...]struct{ cut, put string }{
		{"s", ""}, {"es", ""}, {"ies", "y"}, {"ed", ""}, {"ed", "e"}, {"ing", ""}, {"ing", "e"}, {"ly", ""},
		{"er", ""}, {"er", "e"}, {"ment", ""}, {"ness", ""}, {"ied", "y"}, {"iness", "y"}, {"able", ""}, {"ers", ""}, {"ers", "e"}, {"ings", ""}, {"ments", ""},
	} {
		stem, ok := strings.CutSuffix(w, ending.cut)
		if !ok || len(stem) < 3 {
			continue
		}
		if listed(commonWords, stem+ending.put) {
			return true
		}
		if n := len(stem); ending.put == "" && n > 3 && stem[n-1] == stem[n-2] && listed(commonWords, stem[:n-1]) {
			return true
		}
	}
	return false
}

// isGiven tells whether a printed word is a given name.
func isGiven(printed string) bool {
	fold := record.Fold(printed)
	if fold == "" {
		return false
	}
	return listed(givenNames, strings.ToUpper(fold[:1])+fold[1:])
}

// set is a set of words in small letters.
type set map[string]bool

// words makes a set of the words of s.
func words(s string) set {
	list := make(set)
	for _, w := range strings.Fields(s) {
		list[w] = true
	}
	return list
}
