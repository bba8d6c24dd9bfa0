package record

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold reduces a name to what two spellings of it share: case, accents of the
// common Latin letters, punctuation, "&" for "and" and a leading "the" are
// dropped. "Kensington & Chelsea" and "kensington and chelsea" fold alike.
// It is the one rule by which names are looked up.
func Fold(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	gap := false
	part := func() {
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
	}
	for _, r := range name {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9': // most letters, told without tables
			part()
			b.WriteByte(byte(r))
		case 'A' <= r && r <= 'Z':
			part()
			b.WriteByte(byte(r) + 'a' - 'A')
		case r == '&':
			gap = true
			part()
			b.WriteString("and")
			gap = true
		case r == '\'' || r == '’' || r == '‘':
		case r < utf8.RuneSelf:
			gap = true
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			part()
			b.WriteString(foldLetter(unicode.ToLower(r)))
		case unicode.Is(unicode.Mn, r):
		default:
			gap = true
		}
	}
	return strings.TrimPrefix(b.String(), "the ")
}

// plainLetters maps accented lower-case letters to plain ones.
var plainLetters = func() map[rune]string {
	m := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l"}
	for plain, accented := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćč", "d": "ďđ", "e": "èéêëēėęě", "g": "ğģ", "i": "ìíîïīįı",
		"l": "ļľ", "n": "ñńņň", "o": "òóôõöōő", "r": "ŕř", "s": "śşšș", "t": "ţťț",
		"u": "ùúûüūůűų", "y": "ýÿ", "z": "źżž",
	} {
		for _, r := range accented {
			m[r] = plain
		}
	}
	return m
}()

func foldLetter(r rune) string {
	if s, ok := plainLetters[r]; ok {
		return s
	}
	return string(r)
}

// validSlug tells whether s is words of folded letters and digits joined by
// single hyphens, and not too long.
func validSlug(s string) bool {
	if len(s) > maxSlug {
		return false
	}
	for word := range strings.SplitSeq(s, "-") {
		if word == "" {
			return false
		}
		for _, r := range word {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) || foldLetter(unicode.ToLower(r)) != string(r) {
				return false
			}
		}
	}
	return true
}

// Slugify makes the readable part of an id from a name: folded, words joined
// by hyphens, cut at a word near 80 bytes. It is "" for a name without letters
// or digits.
func Slugify(name string) string {
	slug := strings.ReplaceAll(Fold(name), " ", "-")
	const limit = 80
	if len(slug) <= limit {
		return slug
	}
	cut := strings.LastIndexByte(slug[:limit], '-')
	if cut <= 0 {
		cut = limit
	}
	return strings.ToValidUTF8(slug[:cut], "")
}
