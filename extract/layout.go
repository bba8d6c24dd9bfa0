package extract

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"lotigraph/record"
)

var (
	weeknoteTitle = regexp.MustCompile(`(?i)\bweek\s?notes?\b|\bweek\s+#?\d+\b`)
	titleNumber   = regexp.MustCompile(`(?i)\bweek(?:\s?notes?)?(?:\s+(?:number|no\.?))?\s*#?\s*(\d{1,4})\b`)
	titleYear     = regexp.MustCompile(`(?i)\bweek(?:\s?notes?)?\s*#?\s*\d{1,3}\s+(?:of|in|/)\s*((?:19|20)\d{2})\b`)
	bylineLead    = regexp.MustCompile(`^(?i)(?:(?:written|posted|published|blog)\s+by|by|author:?|words by)\s+`)
	footerLine    = regexp.MustCompile(`^(?i)(?:skip to (?:main )?content|join the \w+ conversation|sign up (?:for|to) (?:our|the)\b.*|subscribe\b.*|share (?:this|on)\b.*|follow us\b.*|related (?:posts|articles|content|projects)|more (?:posts|articles|from)\b.*|previous (?:post|article)\b.*|next (?:post|article)\b.*|leave a (?:comment|reply).*|(?:privacy|cookies?) (?:policy|notice|settings).*|accept (?:all )?cookies.*|©.*|copyright\b.*|all rights reserved.*|terms (?:of use|and conditions).*|back to top|get in touch|contact us|powered by\b.*|search this (?:site|website)|main menu|toggle navigation|menu|home|about( us)?|search|log ?in|sign in|blog|news|projects|resources|events|\d+ min(?:ute)?s? read|written by|tags?:.*|categor(?:y|ies):.*|posted in\b.*)$`)
	topOnly       = regexp.MustCompile(`^(?i)(?:get in touch|contact us|search this (?:site|website)|main menu|toggle navigation|menu|home|about( us)?|search|log ?in|sign in|blog|news|projects|resources|events|written by)$`)
	otherNotes    = regexp.MustCompile(`^(?i)(?:related|more|previous|next)\b`)
	readTime      = regexp.MustCompile(`^(?i)\d+ min(?:ute)?s?(?: read)?$`)
)

// layout says which part of the body is what.
type layout struct {
	title, byline, main record.Span
	dateline            record.PartialDate
	furniture           []record.Span
}

// lay finds the parts of a body whose front matter has been read. A name is
// whatever the judge takes for somebody's name.
func lay(body string, front, frontTitle, frontByline record.Span, isName func(string) bool) layout {
	lines := cutLines(body, record.Span{Start: front.End, End: len(body)})
	first, title := findTitle(body, lines, frontTitle)
	if title.IsZero() {
		title = frontTitle
	}
	l := layout{title: title, byline: frontByline}
	for _, above := range lines[:max(first-1, 0)] {
		if above.Len() > 0 {
			l.readMeta(body, above.Span, isName)
		}
	}
	first = l.readHead(body, lines, first, isName)
	l.readWrittenBy(body, lines[first:], isName)
	last := l.readFoot(body, lines, first, isName)
	if first < last {
		l.main = record.Span{Start: lines[first].Start, End: lines[last-1].End}
	} else {
		l.main = record.Span{Start: title.End, End: title.End}
	}
	l.furniture = gaps(body, l.title, l.byline, l.main)
	return l
}

// findTitle is the first line that is not a menu; where one of the first lines
// calls itself a weeknote and only short lines stand above it, that one. Next
// is the line behind it.
func findTitle(body string, lines []line, front record.Span) (next int, title record.Span) {
	plain, seen := -1, 0
	for i, l := range lines {
		text := l.Of(body)
		if text == "" {
			continue
		}
		if seen++; seen > 15 || plain >= 0 && len(text) > 120 {
			break
		}
		if footerLine.MatchString(text) {
			continue
		}
		if plain < 0 {
			plain = i
		}
		if seen > 1 && titleNumber.MatchString(text) && len(text) < 120 && !strings.HasSuffix(text, ".") && !titleNumber.MatchString(lines[plain].Of(body)) && seen < 8 {
			plain = i
			break
		}
	}
	if plain < 0 {
		return 0, record.Span{}
	}
	text := lines[plain].Of(body)
	if !front.IsZero() && record.Fold(strings.TrimLeft(text, "# ")) != record.Fold(front.Of(body)) {
		return plain, record.Span{}
	}
	if mark, level := listMark(body, lines[plain].Span); level > 0 {
		return plain + 1, record.Span{Start: lines[plain].Start + mark, End: lines[plain].End}
	}
	return plain + 1, lines[plain].Span
}

// readHead reads the lines between title and main part: byline, date, reading
// time. It returns the first line of the main part.
func (l *layout) readHead(body string, lines []line, at int, isName func(string) bool) int {
	for at < len(lines) {
		text := lines[at].Of(body)
		if text != "" && !l.readMeta(body, lines[at].Span, isName) && !(len(text) < 60 && footerLine.MatchString(text)) {
			return at
		}
		at++
	}
	return at
}

// writtenBy is a sentence that says who wrote the text.
var writtenBy = regexp.MustCompile(`^(?i)(?:this|the|a|today’s|this week’s)? ?(?:guest |latest )?(?:article|blog|blog post|blogpost|post|piece|note|weeknote|weeknotes|update)(?: is| was| has been| comes)? (?:written |authored |brought to you )?(?:by|from) `)

// readWrittenBy reads a byline in the words of the first lines: "This article was
// written by Ann Lee of Brent." The line stays where it is.
func (l *layout) readWrittenBy(body string, lines []line, isName func(string) bool) {
	for seen := 0; len(lines) > 0 && seen < 2 && l.byline.IsZero(); lines = lines[1:] {
		text := lines[0].Of(body)
		if text == "" {
			continue
		}
		seen++
		lead := len(writtenBy.FindString(text))
		if lead == 0 || lead == len(text) {
			continue
		}
		name := text[lead:]
		for _, end := range []string{" of ", " from ", " at ", " (", ", ", ".", " in "} {
			name, _, _ = strings.Cut(name, end)
		}
		if areNames(name, isName) {
			l.byline = record.Span{Start: lines[0].Start + lead, End: lines[0].Start + lead + len(name)}
		}
	}
}

// readFoot finds where the main part ends: before the first line of the footer,
// and before the byline and the date that stand over it.
func (l *layout) readFoot(body string, lines []line, first int, isName func(string) bool) int {
	last := len(lines)
	for i := first; i < len(lines); i++ {
		text := lines[i].Of(body)
		if len(text) > 100 || !footerLine.MatchString(text) || topOnly.MatchString(text) {
			continue
		}
		if i-first >= (len(lines)-first)/2 {
			last = i
			break
		}
	}
	l.readBelow(body, lines[last:], isName)
	for last > first {
		switch text := lines[last-1].Of(body); {
		case text == "":
		case len(text) < 100 && footerLine.MatchString(text):
		case l.readMeta(body, lines[last-1].Span, isName):
		default:
			return last
		}
		last--
	}
	return last
}

// readBelow reads a byline and a date that stand below the footer's first line: a
// closing sentence such as "Follow us for more." looks like one.
func (l *layout) readBelow(body string, lines []line, isName func(string) bool) {
	const near = 4 // lines; further down are other notes' bylines
	if len(lines) == 0 || otherNotes.MatchString(lines[0].Of(body)) {
		return
	}
	for seen := 0; len(lines) > 0 && seen < near; lines = lines[1:] {
		if lines[0].Of(body) == "" {
			continue
		}
		seen++
		if l.byline.IsZero() || l.dateline.IsZero() {
			l.readMeta(body, lines[0].Span, isName)
		}
	}
}

// readMeta reads a line that holds nothing but a byline, a date or a reading
// time, in any company.
func (l *layout) readMeta(body string, s record.Span, isName func(string) bool) bool {
	text := s.Of(body)
	if len(text) > 100 {
		return false
	}
	var byline record.Span
	var date record.PartialDate
	led := false // the name follows a word such as "by"
	for start := s.Start; start < s.End; {
		end := metaPieceEnd(body, start, s.End)
		piece := trim(body, record.Span{Start: start, End: end})
		if strings.HasSuffix(piece.Of(body), " on") {
			piece = trim(body, record.Span{Start: piece.Start, End: piece.End - 2})
		}
		lead := bylineLead.FindString(piece.Of(body))
		piece.Start += len(lead)
		word := piece.Of(body)
		d, isDate := spokenDate(word)
		switch {
		case word == "":
		case isDate:
			date = d
		case readTime.MatchString(word):
		case byline.IsZero() && areNames(word, isName):
			byline = piece
			led = lead != ""
		case led && !byline.IsZero(): // "By Ann Lee, Head of Data, Camden"
		default:
			return false
		}
		start = end
		if r, size := utf8.DecodeRuneInString(body[end:s.End]); size > 0 && strings.ContainsRune("·•|,–—", r) {
			start += size
		}
	}
	if byline.IsZero() && date.IsZero() && !readTime.MatchString(strings.Trim(text, "·•|,–— ")) {
		return false
	}
	if !byline.IsZero() {
		if !l.byline.IsZero() && l.byline.Of(body) != byline.Of(body) {
			return false
		}
		if l.byline.IsZero() {
			l.byline = byline
		}
	}
	if l.dateline.IsZero() {
		l.dateline = date
	}
	return true
}

// splitNames cuts "Ann Lee and Omar Diallo" into names, each with its span
// relative to s.
func splitNames(s string) (list []record.Span) {
	start := 0
	for start < len(s) {
		end, next := len(s), len(s)
		for _, joint := range []string{" and ", " & ", ", "} {
			if i := strings.Index(s[start:], joint); i >= 0 && start+i < end {
				end, next = start+i, start+i+len(joint)
			}
		}
		if end > start {
			list = append(list, record.Span{Start: start, End: end})
		}
		start = next
	}
	return list
}

// areNames tells whether a line is nothing but names of people.
func areNames(s string, isName func(string) bool) bool {
	list := splitNames(s)
	for _, part := range list {
		if !isName(part.Of(s)) {
			return false
		}
	}
	return len(list) > 0 && len(list) < 6
}

// metaPieceEnd is where a piece of a line of details ends: at a dot, bar or
// dash, at "on" before a date, at a comma unless a date goes on behind it.
func metaPieceEnd(body string, start, limit int) int {
	if _, ok := spokenDate(body[start:limit]); ok {
		return limit
	}
	for i := start; i < limit; {
		r, size := utf8.DecodeRuneInString(body[i:limit])
		switch {
		case strings.ContainsRune("·•|", r):
			return i
		case (r == '–' || r == '—') && i > start:
			return i
		case r == ',' && !monthBefore(body[start:i]):
			return i
		case i > start && strings.HasPrefix(body[i:limit], " on "):
			if _, ok := spokenDate(body[i+4 : limit]); ok {
				return i + 4
			}
		}
		i += size
	}
	return limit
}

// monthBefore tells whether a comma behind s stands inside a date: "November
// 30, 2020", "Monday, 30 November 2020".
func monthBefore(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 {
		return false
	}
	if len(words) >= 2 && monthNumber(words[len(words)-2]) > 0 {
		return true
	}
	last := strings.ToLower(words[len(words)-1])
	return strings.HasSuffix(last, "day") || monthNumber(last) > 0
}

// gaps are the parts of the body that are none of the given ones, white space
// aside.
func gaps(body string, parts ...record.Span) []record.Span {
	var list []record.Span
	at := 0
	for at < len(body) {
		next := record.Span{Start: len(body), End: len(body)}
		for _, p := range parts {
			if p.Len() > 0 && p.End > at && p.Start < next.Start {
				next = record.Span{Start: max(p.Start, at), End: p.End}
			}
		}
		if gap := trim(body, record.Span{Start: at, End: next.Start}); gap.Len() > 0 {
			list = append(list, gap)
		}
		at = max(next.End, at+1)
	}
	return list
}

// number is the number in a title that calls itself a weeknote.
func number(title string) int {
	m := titleNumber.FindStringSubmatch(title)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// yearOf is the year in a title such as "Weeknote 11 of 2021".
func yearOf(title string) record.PartialDate {
	m := titleYear.FindStringSubmatch(title)
	if m == nil {
		return record.PartialDate{}
	}
	date, _ := record.ParsePartialDate(m[1])
	return date
}
