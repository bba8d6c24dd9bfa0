package index

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"lotigraph/record"
)

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
func (r *run) addSnippets(found []match, hits []Hit) error {
	marks, err := r.marks(found)
	if err != nil {
		return err
	}
	for i, m := range found {
		if len(marks[m.doc]) == 0 || r.q.Snippets == 0 {
			continue
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
	for i, c := range r.words.clauses() {
		for _, text := range append([]string{c.text}, f.others(c)...) {
			if err := r.mark(f, text, i, docs, marks); err != nil {
				return nil, err
			}
		}
	}
	return marks, nil
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
		} else if p := placeOf(field, valueOf(pos)); marks[p] != nil {
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
