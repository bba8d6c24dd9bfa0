package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lotigraph/record"
)

// maxSnippet is the most bytes of a snippet.
const maxSnippet = 240

// A mark is where a clause of the query was found in a value of a field.
type mark struct {
	record.Span
	clause int
}

// passage is a span of a value with the marks in it.
type passage struct {
	record.Span
	marks  []mark
	within record.Span // the sentence it is cut from
}

// snippet is the passage as it is shown; start is where the body begins in the
// stored text.
func (p passage) snippet(value, field string, start int) Snippet {
	s := Snippet{Text: p.Of(value), Field: field, CutBefore: p.Start > p.within.Start, CutAfter: p.End < p.within.End}
	if field == bodyField {
		s.Span = record.Span{Start: start + p.Start, End: start + p.End}
	}
	for _, m := range p.marks {
		s.Marks = append(s.Marks, record.Span{Start: m.Start - p.Start, End: m.End - p.Start})
	}
	return s
}

// clauses is how many different clauses of the query are found in the passage.
func (p passage) clauses() int {
	seen := map[int]bool{}
	for _, m := range p.marks {
		seen[m.clause] = true
	}
	return len(seen)
}

// passages are the sentences of the value that have marks, cut to size, those
// with most of the query first.
func passages(value string, marks []mark) []passage {
	marks = slices.Clone(marks) // explain counts them all
	slices.SortFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.clause, b.clause))
	})
	marks = slices.CompactFunc(marks, func(a, b mark) bool { return a.Start == b.Start })
	times := map[int]int{}
	for _, m := range marks {
		times[m.clause]++
	}
	var list []passage
	for len(marks) > 0 {
		span := sentence(value, marks[0].Span)
		n := 1
		for n < len(marks) && span.Contains(marks[n].Span) {
			n++
		}
		list = append(list, cut(value, passage{span, marks[:n], span}))
		marks = marks[n:]
	}
	slices.SortStableFunc(list, func(a, b passage) int {
		return cmp.Or(cmp.Compare(b.clauses(), a.clauses()), cmp.Compare(b.telling(times), a.telling(times)), cmp.Compare(len(b.marks), len(a.marks)))
	})
	return list
}

// telling is the more the rarer the clauses in the passage are in the whole value.
func (p passage) telling(times map[int]int) float64 {
	sum, seen := 0.0, map[int]bool{}
	for _, m := range p.marks {
		if !seen[m.clause] {
			seen[m.clause] = true
			sum += 1 / float64(times[m.clause])
		}
	}
	return sum
}

// sentence is the sentence or line around a mark. It is made for showing: a
// full stop or the end of a line ends one, unless a small letter follows; an
// empty line always does.
func sentence(s string, m record.Span) record.Span {
	start, end := 0, len(s)
	for i := m.Start; i > 0; i-- {
		if endsAt(s, i) {
			start = i
			break
		}
	}
	for i := m.End; i < len(s); i++ {
		if endsAt(s, i) {
			end = i
			break
		}
	}
	return trimmed(s, record.Span{Start: start, End: end})
}

// endsAt tells whether a sentence or line ends right before byte i.
func endsAt(s string, i int) bool {
	if s[i] != '\n' && (s[i] != ' ' || !strings.ContainsRune(".!?", rune(s[i-1]))) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[i+1:min(len(s), i+8)], " "))
	return !unicode.IsLower(next) && (s[i] == '\n' || s[i-1] != '.' || !shortened(s[:i-1]))
}

// shortened tells whether the word that s ends with is one that a full stop
// shortens: an initial or a title.
func shortened(s string) bool {
	word := s[strings.LastIndexAny(s, " \n(“\"")+1:]
	switch word {
	case "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "No", "vs":
		return true
	}
	return len(word) == 1 && word[0] >= 'A' && word[0] <= 'Z' && word != "I"
}

// cut shortens a passage to maxSnippet bytes: to the part with most of the
// query in it, from the edge of a word to the edge of a word; to the beginning
// or the end of the sentence where no other part has more.
func cut(s string, p passage) passage {
	if p.Len() <= maxSnippet {
		return p
	}
	best := p.between(s, p.Start, p.Start+maxSnippet)
	if last := p.between(s, p.End-maxSnippet, p.End); last.clauses() > best.clauses() {
		best = last
	}
	for i := range p.marks {
		if q := window(s, p, i); q.clauses() > best.clauses() || best.Len() == 0 {
			best = q
		}
	}
	return best
}

// between is the part of p between two places, from word to word.
func (p passage) between(s string, start, end int) passage {
	if start > p.Start {
		if gap := strings.IndexFunc(s[start:end], unicode.IsSpace); gap >= 0 {
			start += gap
		}
	}
	if end < p.End {
		if gap := strings.LastIndexFunc(s[start:end], unicode.IsSpace); gap >= 0 {
			end = start + gap
		}
	}
	for start < end && !utf8.RuneStart(s[start]) {
		start++
	}
	for end > start && end < len(s) && !utf8.RuneStart(s[end]) {
		end--
	}
	return p.cutTo(trimmed(s, record.Span{Start: start, End: end}))
}

// cutTo is the part of p in a span, with the marks in it.
func (p passage) cutTo(span record.Span) passage {
	q := passage{Span: span, within: p.within}
	from, _ := slices.BinarySearchFunc(p.marks, q.Start, func(m mark, at int) int { return cmp.Compare(m.Start, at) })
	to := from
	for to < len(p.marks) && q.Contains(p.marks[to].Span) {
		to++
	}
	q.marks = p.marks[from:to]
	return q
}

// window is the part of p that begins a little before mark i.
func window(s string, p passage, i int) passage {
	const before = maxSnippet / 4
	first := p.marks[i].Span
	start := p.Start
	if first.Start-before > p.Start {
		start = first.Start - before
		if gap := strings.IndexFunc(s[start:first.Start], unicode.IsSpace); gap >= 0 {
			start += gap
		} else {
			start = first.Start
		}
	}
	end := p.End
	if start+maxSnippet < end {
		end = start + maxSnippet
		if gap := strings.LastIndexFunc(s[min(first.End, end):end], unicode.IsSpace); gap >= 0 {
			end = first.End + gap
		} else {
			end = min(max(first.End, start), end)
		}
		for end > start && !utf8.RuneStart(s[end]) {
			end--
		}
	}
	return p.cutTo(trimmed(s, record.Span{Start: start, End: end}))
}

// trimmed is the span without the spaces at its ends.
func trimmed(s string, span record.Span) record.Span {
	text := span.Of(s)
	left := strings.TrimLeftFunc(text, unicode.IsSpace)
	span.Start += len(text) - len(left)
	span.End = span.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	return span
}
