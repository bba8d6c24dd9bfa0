package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lotigraph/record"
)

// A token is a part of a query's text.
type token struct {
	sort  tokenSort
	text  string // of a word or phrase; of a field its value
	key   Key    // of a field
	span  record.Span
	loose bool // a field whose value stands behind a space

	period choice // of a date
	soft   bool   // a field that was typed as words
}

type tokenSort uint8

const (
	wordToken   tokenSort = iota // joined words too: co-design, R&D
	prefixToken                  // a word that goes on: procure*
	phraseToken
	fieldToken
	openToken
	closeToken
	notToken
	andToken
	orToken
	dateToken
)

// tokens cuts the text of a query; what it leaves out it tells ignore.
func tokens(text string, ignore func(string)) []token {
	c := cutter{text: text, ignore: ignore}
	for c.at < len(text) {
		c.next()
	}
	return c.list
}

// cutter is where we are in the text.
type cutter struct {
	text   string
	at     int
	list   []token
	ignore func(string)
}

func (c *cutter) next() {
	r, n := utf8.DecodeRuneInString(c.text[c.at:])
	switch {
	case unicode.IsSpace(r):
		c.at += n
	case isQuote(r):
		c.phrase(n)
	case r == '(':
		c.add(openToken, n)
	case r == ')':
		c.add(closeToken, n)
	case r == '-' && c.begins() && c.holdsNext(n):
		c.add(notToken, n)
	default:
		c.chunk()
	}
}

func (c *cutter) add(s tokenSort, n int) {
	c.list = append(c.list, token{sort: s, text: c.text[c.at : c.at+n], span: record.Span{Start: c.at, End: c.at + n}})
	c.at += n
}

// begins tells whether a word may begin here: behind a space or a bracket.
func (c *cutter) begins() bool {
	before, _ := utf8.DecodeLastRuneInString(c.text[:c.at])
	return c.at == 0 || unicode.IsSpace(before) || before == '('
}

// holdsNext tells whether a word, quote or bracket stands n bytes on.
func (c *cutter) holdsNext(n int) bool {
	r, _ := utf8.DecodeRuneInString(c.text[c.at+n:])
	return inWord(r) || isQuote(r) || r == '('
}

func isQuote(r rune) bool { return strings.ContainsRune("\"“”„‟«»", r) }

// quoted is what stands between the quote here and the next one, and where that
// ends; ok is false when there is no next one.
func (c *cutter) quoted(from int) (text string, end int, ok bool) {
	_, n := utf8.DecodeRuneInString(c.text[from:])
	rest := c.text[from+n:]
	close := strings.IndexFunc(rest, isQuote)
	if close < 0 {
		return "", from + n, false
	}
	_, m := utf8.DecodeRuneInString(rest[close:])
	return rest[:close], from + n + close + m, true
}

func (c *cutter) phrase(n int) {
	text, end, ok := c.quoted(c.at)
	if !ok {
		c.ignore("A quote that is never closed was ignored.")
		c.at += n
		return
	}
	c.list = append(c.list, token{sort: phraseToken, text: text, span: record.Span{Start: c.at, End: end}})
	c.at = end
}

// chunk cuts what reaches to the next space, bracket or quote.
func (c *cutter) chunk() {
	end := len(c.text)
	if i := strings.IndexFunc(c.text[c.at:], func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' || isQuote(r) }); i >= 0 {
		end = c.at + i
	}
	chunk := c.text[c.at:end]
	switch chunk {
	case "AND":
		c.add(andToken, len(chunk))
		return
	case "OR":
		c.add(orToken, len(chunk))
		return
	case "NOT":
		c.add(notToken, len(chunk))
		return
	}
	if c.field(chunk, end) {
		return
	}
	for _, span := range chunks(chunk) {
		s := wordToken
		if strings.HasPrefix(chunk[span.End:], "*") && span.Len() > 1 {
			s = prefixToken
		}
		c.list = append(c.list, token{sort: s, text: initials(span.Of(chunk)), span: record.Span{Start: c.at + span.Start, End: c.at + span.End}})
	}
	if stars := strings.Trim(chunk, "*"); stars == "" && chunk != "" {
		c.ignore("“*” by itself was ignored; behind the beginning of a word it stands for the rest.")
	}
	c.at = end
}

// initials is an abbreviation without its full stops, "RBK" for "R.B.K"; any
// other text stays.
func initials(text string) string {
	letters := strings.Split(text, ".")
	for _, letter := range letters {
		if len(letters) < 2 || len(letter) != 1 || isDigit(letter[0]) {
			return text
		}
	}
	return strings.Join(letters, "")
}

// field cuts a field and its value, which may be quoted and may stand behind a
// space.
func (c *cutter) field(chunk string, end int) bool {
	name, value, ok := strings.Cut(chunk, ":")
	if !ok || !isName(name) {
		return false
	}
	key, err := ParseKey(name)
	if err != nil {
		if value != "" && !strings.HasPrefix(value, "/") {
			c.ignore("“" + name + ":” is not a field, so both were searched for as words.")
		}
		return false
	}
	t := token{sort: fieldToken, text: value, key: key, span: record.Span{Start: c.at, End: end}}
	if value == "" {
		t.text, t.span.End, t.loose = c.valueBehind(end)
	}
	if strings.Trim(t.text, " *") == "" {
		c.ignore("“" + name + ":” has no value, so it was searched for as a word.")
		return false
	}
	c.list, c.at = append(c.list, t), t.span.End
	return true
}

// valueBehind is the quoted value at a place, or the word behind a space there.
func (c *cutter) valueBehind(at int) (value string, end int, loose bool) {
	if at < len(c.text) && c.text[at] == ' ' {
		at, loose = at+1, true
	}
	if r, _ := utf8.DecodeRuneInString(c.text[at:]); isQuote(r) {
		value, end, _ = c.quoted(at)
		return value, end, loose
	}
	end = len(c.text)
	if i := strings.IndexFunc(c.text[at:], func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' || isQuote(r) }); i >= 0 {
		end = at + i
	}
	return c.text[at:end], end, loose
}

// isName tells whether s may be the name of a field.
func isName(s string) bool {
	return s != "" && strings.TrimFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }) == ""
}

// chunks are the words of text, those that are joined taken together.
func chunks(text string) []record.Span {
	var list []record.Span
	for span := range words(text) {
		last := len(list) - 1
		if last >= 0 && joins(text, list[last].End, span.Start) {
			list[last].End = span.End
			continue
		}
		list = append(list, span)
	}
	return list
}

// joins tells whether what stands between two words makes them one: a hyphen, or a
// comma within a number.
func joins(text string, end, start int) bool {
	between := text[end:start]
	return strings.Trim(between, "-‐‑.&_@") == "" || between == "," && isDigit(text[end-1]) && isDigit(text[start])
}

// clean takes out of a query what does not show: characters that steer writing
// direction or join letters vanish, other control characters part words.
func clean(text string) (cleaned string, changed bool) {
	if len(text) > maxQuery {
		text = text[:maxQuery]
		for len(text) > 0 && !utf8.RuneStart(text[len(text)-1]) {
			text = text[:len(text)-1]
		}
	}
	cleaned = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			changed = true
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == utf8.RuneError:
			changed = true
			return ' '
		}
		return r
	}, text)
	return cleaned, changed
}
