package assist

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lotigraph/record"
)

// maxQuote is the most bytes of a quote; a sentence is rarely longer.
const maxQuote = 600

// oneLine tells whether a quote or a name keeps to one line.
func oneLine(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\t' || r == '\u2028' || r == '\u2029' })
}

// quoted is where a quote stands in a part of the body. White space around it
// does not count; all else must be the same.
func quoted(body string, part record.Span, quote string) (record.Span, bool) {
	quote = strings.TrimSpace(quote)
	if quote == "" || len(quote) > maxQuote || !oneLine(quote) {
		return record.Span{}, false
	}
	if list := occurrences(body, part, quote, 1); len(list) > 0 {
		return list[0], true
	}
	return record.Span{}, false
}

// occurrences are the places in a part of the body where s stands between the
// edges of words, up to a limit. They do not overlap.
func occurrences(body string, part record.Span, s string, limit int) (list []record.Span) {
	if s == "" {
		return nil
	}
	for at := part.Start; at < part.End && len(list) < limit; {
		i := strings.Index(body[at:part.End], s)
		if i < 0 {
			break
		}
		span := record.Span{Start: at + i, End: at + i + len(s)}
		if isEdge(body, span.Start) && isEdge(body, span.End) {
			list = append(list, span)
			at = span.End
			continue
		}
		_, size := utf8.DecodeRuneInString(body[span.Start:])
		at = span.Start + size
	}
	return list
}

// isEdge tells whether no character and no word goes across a place in the body.
// An apostrophe between letters is inside a word when it begins a name's second
// part ("O’Brien"), and outside when only a possessive ending follows.
func isEdge(body string, at int) bool {
	if at <= 0 || at >= len(body) {
		return true
	}
	if !utf8.RuneStart(body[at]) {
		return false
	}
	before, size := utf8.DecodeLastRuneInString(body[:at])
	after, _ := utf8.DecodeRuneInString(body[at:])
	if unicode.IsMark(after) {
		return false
	}
	if isApostrophe(before) && unicode.IsUpper(after) {
		inside, _ := utf8.DecodeLastRuneInString(body[:at-size])
		return !unicode.IsLetter(inside)
	}
	return !inWord(before) || !inWord(after)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' }

// shares tells whether s repeats that many bytes in a row of another string.
func shares(s, of string, run int) bool {
	for i := 0; run > 0 && i+run <= len(s); i++ {
		if strings.Contains(of, s[i:i+run]) {
			return true
		}
	}
	return false
}
