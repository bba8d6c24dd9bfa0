package index

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// place is one value of a field: the second alias, the body.
type place struct {
	field string
	value int
}

// places lists where words are found, the best snippets first: a sentence says
// more than a name, which is shown with the hit anyway.
var places = [...]string{bodyField, "summary", "topic", "alias", "name"}

// addSnippets gives every hit its snippets: the sentences with most of the
// query's words in them.
func (r *run) addSnippets(found []match, hits []Hit) error {
	marks, err := r.marks(found)
	if err != nil {
		return err
	}
	for i, m := range found {
		if r.q.Snippets == 0 {
			break
		}
		if hits[i].Snippets, err = r.s.snippets(m.doc, marks[m.doc], r.q.Snippets); err != nil {
			return err
		}
		if seg, at := r.s.at(m.doc); seg.ords[at] != m.ord { // a passage of the other text is none of this one's
			for j := range hits[i].Snippets {
				hits[i].Snippets[j].Span = record.Span{}
			}
		}
	}
	r.marked = marks
	return nil
}

// marks finds the places of the query's words in the documents found, which
// are asked for in the order of their numbers.
func (r *run) marks(found []match) (map[uint64]map[place][]mark, error) {
	docs := make([]uint64, len(found))
	for i, m := range found {
		docs[i] = m.doc
	}
	slices.Sort(docs)
	marks := map[uint64]map[place][]mark{}
	f := r.finder(true)
	clauses := r.words.clauses()
	for i := range r.choices { // what names what was chosen shows as well why a record is there
		names, err := r.namesOf(&r.choices[i])
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if err := r.mark(f, name, len(clauses)+i, docs, marks); err != nil {
				return nil, err
			}
		}
	}
	for i, c := range clauses {
		for _, text := range append([]string{c.text}, f.others(c)...) {
			if err := r.mark(f, text, i, docs, marks); err != nil {
				return nil, err
			}
		}
	}
	return marks, nil
}

// namesOf are the names that the records of a choice go by, folded.
func (r *run) namesOf(c *choice) (list []string, err error) {
	if c.key.Kind() == 0 || len(c.ords) == 0 {
		return nil, nil
	}
	names, err := r.s.reader.DocValueReader([]string{nameField, aliasField})
	if err != nil {
		return nil, err
	}
	for _, o := range c.ords[:min(len(c.ords), maxFields)] {
		doc, ok := r.s.docOf(r.scope.id(o))
		if !ok {
			continue
		}
		err := names.VisitDocValues(api.NewIndexInternalID(nil, doc), func(_ string, name []byte) {
			if len(list) < maxWords {
				list = append(list, string(name))
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// mark notes where a text is in the documents.
func (r *run) mark(f finder, text string, clause int, docs []uint64, marks map[uint64]map[place][]mark) error {
	for j := range fields {
		found, err := f.in(&fields[j], text, spots)
		if err != nil {
			return err
		}
		if found == nil {
			continue
		}
		for _, doc := range docs {
			at, err := found.seek(doc)
			if err != nil {
				return err
			}
			if at != doc {
				continue
			}
			if marks[doc] == nil {
				marks[doc] = map[place][]mark{}
			}
			found.read(func(s spot) {
				p := placeOf(fields[j].name, int(s.value))
				marks[doc][p] = append(marks[doc][p], mark{s.Span, clause})
			})
		}
	}
	return r.ctx.Err()
}

// placeOf is the stored value that a location in a field is about: the words of
// "title" are those of the name (value 0) and the aliases.
func placeOf(field string, value int) place {
	if field != "title" {
		return place{field, value}
	}
	if value == 0 {
		return place{"name", 0}
	}
	return place{"alias", value - 1}
}

// valueOf says which value of a field array positions stand for.
func valueOf(positions []uint64) int {
	if len(positions) == 0 {
		return 0
	}
	return int(positions[0])
}

// snippets reads the stored values of a document and cuts the best passages.
func (s *Snapshot) snippets(doc uint64, marks map[place][]mark, n int) ([]Snippet, error) {
	values := map[place]string{}
	start := 0
	seg, i := s.at(doc)
	err := seg.VisitDocument(uint64(i), func(field string, _ byte, value []byte, pos []uint64) bool {
		if field == startField {
			start, _ = strconv.Atoi(string(value))
		} else if p := placeOf(field, valueOf(pos)); marks[p] != nil || field == "summary" {
			values[p] = string(value)
		} else if field == bodyField {
			values[p] = string(value[:min(len(value), 4*maxSnippet)])
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	var list []Snippet
	for _, p := range inOrder(marks) {
		if p.field == "topic" || p.field == "name" || p.field == "alias" && !adds(marks, p) {
			continue // they are shown with the hit, or say nothing by themselves
		}
		for _, passage := range passages(values[p], marks[p]) {
			if len(list) == n {
				return list, nil
			}
			list = append(list, passage.snippet(values[p], p.field, start))
		}
	}
	if len(list) == 0 {
		list = opening(values, start)
	}
	return list, nil
}

// adds tells whether an alias has a part of the query that neither the name nor
// an alias before it has.
func adds(marks map[place][]mark, alias place) bool {
	known := map[int]bool{}
	for p, list := range marks {
		if p.field == "name" || p.field == "alias" && p.value < alias.value {
			for _, m := range list {
				known[m.clause] = true
			}
		}
	}
	return slices.ContainsFunc(marks[alias], func(m mark) bool { return !known[m.clause] })
}

// opening is what a record is shown with where only its name has been found: its
// summary, or the first sentence of a text.
func opening(values map[place]string, start int) []Snippet {
	for _, field := range [...]string{"summary", bodyField} {
		value := strings.ToValidUTF8(values[place{field, 0}], "")
		first := len(value) - len(strings.TrimLeftFunc(value, unicode.IsSpace))
		if first == len(value) {
			continue
		}
		span := sentence(value, record.Span{Start: first, End: first})
		for next := span.End; next < len(value) && !strings.ContainsRune(".!?”", lastRune(span.Of(value))); next = span.End {
			next += len(value[next:]) - len(strings.TrimLeftFunc(value[next:], unicode.IsSpace)) // behind a heading
			if next == len(value) {
				break
			}
			span = sentence(value, record.Span{Start: next, End: next})
		}
		return []Snippet{cut(value, passage{Span: span, within: span}).snippet(value, field, start)}
	}
	return nil
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func inOrder(marks map[place][]mark) []place {
	return slices.SortedFunc(maps.Keys(marks), func(a, b place) int {
		return cmp.Or(cmp.Compare(slices.Index(places[:], a.field), slices.Index(places[:], b.field)),
			cmp.Compare(a.value, b.value))
	})
}
