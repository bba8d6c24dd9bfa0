package index

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2/search"
	api "github.com/blevesearch/bleve_index_api"

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
		if seg, at := r.s.at(m.doc); r.s.ids.at(seg.ords[at]) != m.id { // a passage of the other text is none of this one's
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
	f := finder{s: r.s, scope: r.scope, fixed: true}
	for i, c := range r.words.clauses() {
		for _, text := range append([]string{c.text}, f.others(c)...) {
			if err := r.mark(clause{text: text}, i, docs, marks); err != nil {
				return nil, err
			}
		}
	}
	return marks, nil
}

// mark notes where a clause is in the documents.
func (r *run) mark(c clause, number int, docs []uint64, marks map[uint64]map[place][]mark) error {
	for j := range fields {
		err := r.locate(c, &fields[j], docs, func(doc uint64, at search.Location) {
			if marks[doc] == nil {
				marks[doc] = map[place][]mark{}
			}
			p := placeOf(fields[j].name, at.ArrayPositions)
			marks[doc][p] = append(marks[doc][p], mark{record.Span{Start: int(at.Start), End: int(at.End)}, number})
		})
		if err != nil {
			return err
		}
	}
	return nil
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

func (r *run) locate(c clause, f *field, docs []uint64, yield func(uint64, search.Location)) error {
	found, _, err := c.searchIn(r.ctx, r.scope, f, search.SearcherOptions{IncludeTermVectors: true})
	if err != nil {
		return err
	}
	defer found.Close()
	pool := r.s.pool(found)
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
		if i%16 == 15 && r.ctx.Err() != nil {
			return r.ctx.Err()
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
