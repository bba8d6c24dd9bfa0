package index

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/search"
	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// maxSnippet is the most bytes of a snippet.
const maxSnippet = 240

// A mark is where a clause of the query was found in a value of a field.
type mark struct {
	record.Span
	clause int
}

// place is one value of a field: the second alias, the body.
type place struct {
	field string
	value int
}

// places lists where snippets come from, the best first: a sentence says more
// than a name, which is shown with the hit anyway.
var places = [...]string{bodyField, "summary", "topic", "alias", "name"}

// addSnippets gives every hit its snippets: the sentences with most of the
// query's words in them.
func (s *Snapshot) addSnippets(ctx context.Context, asked question, found []match, hits []Hit, n int) error {
	marks, err := s.marks(ctx, asked, found)
	if err != nil {
		return err
	}
	for i, m := range found {
		if len(marks[m.doc]) == 0 {
			continue
		}
		if hits[i].Snippets, err = s.snippets(m.doc, marks[m.doc], n); err != nil {
			return err
		}
	}
	return nil
}

// marks finds the places of the query's words in the documents found, which
// are asked for in the order of their numbers.
func (s *Snapshot) marks(ctx context.Context, asked question, found []match) (map[uint64]map[place][]mark, error) {
	docs := make([]uint64, len(found))
	for i, m := range found {
		docs[i] = m.doc
	}
	slices.Sort(docs)
	marks := map[uint64]map[place][]mark{}
	for i, c := range asked.clauses {
		for j := range fields {
			err := s.locate(ctx, c, &fields[j], docs, func(doc uint64, at search.Location) {
				if marks[doc] == nil {
					marks[doc] = map[place][]mark{}
				}
				p := placeOf(fields[j].name, at.ArrayPositions)
				marks[doc][p] = append(marks[doc][p], mark{record.Span{Start: int(at.Start), End: int(at.End)}, i})
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return marks, nil
}

// placeOf is the stored value that a location in a field is about: the words of
// "title" are those of the name (value 0) and the aliases.
func placeOf(field string, values search.ArrayPositions) place {
	value := 0
	if len(values) > 0 {
		value = int(values[0])
	}
	if field != "title" {
		return place{field, value}
	}
	if value == 0 {
		return place{"name", 0}
	}
	return place{"alias", value - 1}
}

func (s *Snapshot) locate(ctx context.Context, c clause, f *field, docs []uint64, yield func(uint64, search.Location)) error {
	found, err := c.searchIn(ctx, s.reader, f, search.SearcherOptions{IncludeTermVectors: true})
	if err != nil {
		return err
	}
	defer found.Close()
	pool := &search.SearchContext{
		DocumentMatchPool: search.NewDocumentMatchPool(found.DocumentMatchPoolSize()+1, 0),
		IndexReader:       s.reader,
	}
	var m *search.DocumentMatch
	for i, doc := range docs {
		id := api.NewIndexInternalID(nil, doc)
		if m != nil && m.IndexInternalID.Compare(id) < 0 {
			pool.DocumentMatchPool.Put(m)
			m = nil
		}
		if m == nil {
			if m, err = found.Advance(pool, id); err != nil || m == nil {
				return err
			}
		}
		if m.IndexInternalID.Equals(id) {
			for _, at := range m.FieldTermLocations {
				yield(doc, at.Location)
			}
		}
		if i%16 == 15 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// snippets reads the stored values of a document and cuts the best passages.
func (s *Snapshot) snippets(doc uint64, marks map[place][]mark, n int) ([]Snippet, error) {
	values := map[place]string{}
	start := 0
	seg, i := s.at(doc)
	err := seg.VisitDocument(uint64(i), func(field string, _ byte, value []byte, pos []uint64) bool {
		if field == startField {
			start, _ = strconv.Atoi(string(value))
		} else if p := placeOf(field, pos); marks[p] != nil {
			values[p] = string(value)
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	var list []Snippet
	for _, p := range inOrder(marks) {
		for _, passage := range passages(values[p], marks[p]) {
			if len(list) == n {
				return list, nil
			}
			list = append(list, passage.snippet(values[p], p.field, start))
		}
	}
	return list, nil
}

func inOrder(marks map[place][]mark) []place {
	return slices.SortedFunc(maps.Keys(marks), func(a, b place) int {
		return cmp.Or(cmp.Compare(slices.Index(places[:], a.field), slices.Index(places[:], b.field)),
			cmp.Compare(a.value, b.value))
	})
}

// passage is a span of a value with the marks in it.
type passage struct {
	record.Span
	marks []mark
}

// snippet is the passage as it is shown; start is where the body begins in the
// stored text.
func (p passage) snippet(value, field string, start int) Snippet {
	s := Snippet{Text: p.Of(value), Field: field}
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
	slices.SortFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.clause, b.clause))
	})
	marks = slices.CompactFunc(marks, func(a, b mark) bool { return a.Start == b.Start })
	var list []passage
	for len(marks) > 0 {
		span := sentence(value, marks[0].Span)
		n := 1
		for n < len(marks) && span.Contains(marks[n].Span) {
			n++
		}
		list = append(list, cut(value, passage{span, marks[:n]}))
		marks = marks[n:]
	}
	slices.SortStableFunc(list, func(a, b passage) int {
		return cmp.Or(cmp.Compare(b.clauses(), a.clauses()), cmp.Compare(len(b.marks), len(a.marks)))
	})
	return list
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
	return !unicode.IsLower(next)
}

// cut shortens a passage to maxSnippet bytes: to the part with most of the
// query in it, from the edge of a word to the edge of a word.
func cut(s string, p passage) passage {
	if p.Len() <= maxSnippet {
		return p
	}
	var best passage
	for i := range p.marks {
		if q := window(s, p, i); q.clauses() > best.clauses() || best.Len() == 0 {
			best = q
		}
	}
	return best
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
	q := passage{Span: trimmed(s, record.Span{Start: start, End: end})}
	for _, m := range p.marks {
		if q.Contains(m.Span) {
			q.marks = append(q.marks, m)
		}
	}
	return q
}

// trimmed is the span without the spaces at its ends.
func trimmed(s string, span record.Span) record.Span {
	text := span.Of(s)
	left := strings.TrimLeftFunc(text, unicode.IsSpace)
	span.Start += len(text) - len(left)
	span.End = span.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	return span
}
