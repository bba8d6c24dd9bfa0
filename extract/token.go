package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lotigraph/record"
)

// token is a word, a number or a punctuation mark of the body. Hyphenated words
// are several tokens, and a possessive ending is a token of its own, so that
// "MHCLG-funded" and "Redbridge’s" begin with a name.
type token struct {
	record.Span
	text string // as printed
	fold string // as names are compared; "" for punctuation
	glue bool   // nothing stands between it and the token before
}

// isWord tells whether the token has letters or digits; a possessive ending has
// none that count.
func (t token) isWord() bool { return t.fold != "" }

// isCapital tells whether the token begins with a capital letter.
func (t token) isCapital() bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return unicode.IsUpper(r)
}

// isLower tells whether the token begins with a small letter.
func (t token) isLower() bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return unicode.IsLower(r)
}

// isAcronym tells whether the token is made of at least two capitals, digits
// aside: "GLA", "C19", "IGfL" (one small letter is let pass).
func (t token) isAcronym() bool { return isAcronym(t.text) }

func isAcronym(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper >= 2 && (lower == 0 || lower == 1 && upper >= 2 && len(s) <= 6)
}

// isNumber tells whether the token is made of digits.
func (t token) isNumber() bool {
	return t.text != "" && strings.Trim(t.text, "0123456789") == ""
}

// possessive tells whether the token is the ending of a possessive.
func (t token) possessive() bool {
	switch t.text {
	case "’s", "'s", "‘s":
		return true
	case "’", "'":
		return t.glue
	}
	return false
}

// tokenize cuts a part of the body into tokens.
func tokenize(body string, part record.Span) []token {
	list := make([]token, 0, part.Len()/4)
	last := -1
	for i := part.Start; i < part.End; {
		r, size := utf8.DecodeRuneInString(body[i:part.End])
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		end := i + size
		if isWordRune(r) {
			end = wordEnd(body, i, part.End)
		} else if isApostrophe(r) && last == i {
			end = suffixEnd(body, i, size, part.End)
		}
		t := token{Span: record.Span{Start: i, End: end}, text: body[i:end], glue: last == i}
		switch {
		case isWordRune(r):
			t.fold = record.Fold(t.text)
			if t.text == "The" || t.text == "the" || t.text == "THE" {
				t.fold = "the"
			}
		case t.text == "&":
			t.fold = "and"
		}
		list = append(list, t)
		last, i = end, end
	}
	return list
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func isApostrophe(r rune) bool { return r == '’' || r == '\'' || r == '‘' }

// wordEnd is where the word that begins at i ends. An apostrophe belongs to the
// word when letters follow that are not a known ending ("O’Brien").
func wordEnd(body string, i, limit int) int {
	for i < limit {
		r, size := utf8.DecodeRuneInString(body[i:limit])
		if isApostrophe(r) {
			if end := suffixEnd(body, i, size, limit); end > i+size && !isEnding(body[i+size:end]) {
				i = end
				continue
			}
			return i
		}
		if !isWordRune(r) {
			return i
		}
		i += size
	}
	return i
}

// suffixEnd is where the letters behind an apostrophe at i end.
func suffixEnd(body string, i, size, limit int) int {
	end := i + size
	for end < limit {
		r, n := utf8.DecodeRuneInString(body[end:limit])
		if !unicode.IsLetter(r) {
			break
		}
		end += n
	}
	return end
}

// isEnding tells whether letters behind an apostrophe are an ending of English.
func isEnding(s string) bool {
	switch strings.ToLower(s) {
	case "s", "t", "d", "m", "ve", "re", "ll":
		return true
	}
	return false
}
