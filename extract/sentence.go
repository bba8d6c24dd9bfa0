package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lotigraph/record"
)

// unitKind says what sort of passage a unit is.
type unitKind uint8

const (
	sentenceUnit unitKind = iota
	headingUnit
	itemUnit // a line of a list, or a sentence in one
)

// unit is the smallest passage that can be quoted: a heading, a list line or a
// sentence. Units do not overlap, and all that is between them is white space
// and list marks.
type unit struct {
	record.Span
	kind      unitKind
	paragraph int  // counts lines of the text
	lead      bool // ends in a colon: what follows belongs to it
}

// cutUnits cuts the main part into units.
func cutUnits(body string, main record.Span) []unit {
	lines := cutLines(body, main)
	var units []unit
	for i, l := range lines {
		if l.blank() {
			continue
		}
		next := line{}
		if i+1 < len(lines) {
			next = lines[i+1]
		}
		switch mark, level := listMark(body, l.Span); {
		case level > 0:
			units = append(units, unit{Span: trim(body, record.Span{Start: l.Start + mark, End: l.End}), kind: headingUnit, paragraph: i})
		case mark > 0:
			units = appendSentences(units, body, record.Span{Start: l.Start + mark, End: l.End}, itemUnit, i)
		case isHeading(body, l, next):
			units = append(units, unit{Span: l.Span, kind: headingUnit, paragraph: i})
		default:
			units = appendSentences(units, body, l.Span, sentenceUnit, i)
		}
	}
	return units
}

// line is a line of the text without the white space around it.
type line struct {
	record.Span
}

func (l line) blank() bool { return l.Len() == 0 }

// cutLines cuts a part of the body into lines, blank ones included.
func cutLines(body string, part record.Span) []line {
	var lines []line
	for start := part.Start; start <= part.End; {
		end := part.End
		if n := strings.IndexByte(body[start:part.End], '\n'); n >= 0 {
			end = start + n
		}
		lines = append(lines, line{trim(body, record.Span{Start: start, End: end})})
		start = end + 1
	}
	return lines
}

// trim is the span without the white space at its ends.
func trim(body string, s record.Span) record.Span {
	text := body[s.Start:s.End]
	left := strings.TrimLeftFunc(text, unicode.IsSpace)
	start := s.End - len(left)
	end := start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	return record.Span{Start: start, End: end}
}

// listMark is the length of the mark that begins a list line, with the space
// behind it, 0 for no list line. Level is above 0 for the marks of a heading.
func listMark(body string, s record.Span) (mark, level int) {
	text := s.Of(body)
	r, size := utf8.DecodeRuneInString(text)
	rest := text[size:]
	switch {
	case r == '#':
		rest = strings.TrimLeft(rest, "#")
		level = 1
	case strings.ContainsRune("•-*–—·◦▪‣●○", r):
	case unicode.IsDigit(r) || strings.HasPrefix(rest, ")"):
		rest = strings.TrimLeft(rest, "0123456789")
		if !strings.HasPrefix(rest, ".") && !strings.HasPrefix(rest, ")") {
			return 0, 0
		}
		rest = rest[1:]
	default:
		return 0, 0
	}
	trimmed := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if trimmed == rest || trimmed == "" {
		return 0, 0
	}
	return len(text) - len(trimmed), level
}

// isHeading tells whether a line stands as a heading over what follows: short,
// no end of a sentence, and a new paragraph or a list behind it.
func isHeading(body string, l, next line) bool {
	text := l.Of(body)
	if len(text) > 110 || len(strings.Fields(text)) > 14 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	if strings.ContainsRune(".:;,", last) {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(text); unicode.IsLower(first) {
		return false
	}
	if mark, _ := listMark(body, next.Span); mark > 0 {
		return true
	}
	return next.blank() && !strings.Contains(text, ". ")
}

// appendSentences cuts a line into sentences.
func appendSentences(units []unit, body string, s record.Span, kind unitKind, paragraph int) []unit {
	for start := s.Start; start < s.End; {
		end := sentenceEnd(body, start, s.End)
		if span := trim(body, record.Span{Start: start, End: end}); span.Len() > 0 {
			units = append(units, unit{Span: span, kind: kind, paragraph: paragraph, lead: body[span.End-1] == ':'})
		}
		start = end
	}
	return units
}

// sentenceEnd is where the sentence that begins at start ends: behind a stop
// and the quotes that close with it, before white space and a word that can
// begin a sentence.
func sentenceEnd(body string, start, limit int) int {
	for i := start; i < limit; i++ {
		if c := body[i]; c != '.' && c != '!' && c != '?' {
			continue
		}
		end := i + 1
		for end < limit {
			r, size := utf8.DecodeRuneInString(body[end:limit])
			if !strings.ContainsRune(".!?)]\"'”’", r) {
				break
			}
			end += size
		}
		rest := body[end:limit]
		after := strings.TrimLeftFunc(rest, unicode.IsSpace)
		if after == "" {
			return limit
		}
		if after == rest || !beginsSentence(after) || body[i] == '.' && isAbbreviation(body[start:i]) {
			i = end - 1
			continue
		}
		return end
	}
	return limit
}

func beginsSentence(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'“‘([£"))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// isAbbreviation tells whether a stop behind s ends an abbreviation and not a
// sentence.
func isAbbreviation(s string) bool {
	word := s[strings.LastIndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '(' })+1:]
	switch strings.ToLower(word) {
	case "mr", "mrs", "ms", "dr", "prof", "st", "no", "vs", "e.g", "i.e", "eg", "ie", "cllr", "rev", "approx", "inc", "ltd", "co":
		return true
	}
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsUpper(r) && word != "I"
}
