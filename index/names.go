package index

import (
	"sync"

	api "github.com/blevesearch/bleve_index_api"
)

// lazyNames are the folded names of a segment's documents, read when somebody
// first sorts by name or asks for suggestions.
type lazyNames struct {
	once    sync.Once
	names   []string
	aliases [][]string
	words   []nameWord // of the names and aliases of all but texts, in order
	titles  []nameWord // of those of texts
}

// read fills in the names of a segment.
func (s *Snapshot) namesOf(seg *segment) *lazyNames {
	l := &seg.columns.names
	l.once.Do(func() {
		n := len(seg.ords)
		l.names, l.aliases = make([]string, n), make([][]string, n)
		values, err := s.reader.DocValueReader([]string{nameField, aliasField})
		if err != nil {
			return
		}
		for i := range n {
			// A name that cannot be read sorts first and is not suggested.
			_ = values.VisitDocValues(api.NewIndexInternalID(nil, seg.first+uint64(i)), func(field string, term []byte) {
				if field == nameField {
					l.names[i] = string(term)
				} else {
					l.aliases[i] = append(l.aliases[i], string(term))
				}
			})
		}
		l.words, l.titles = nameWords(l, seg.kinds, false), nameWords(l, seg.kinds, true)
	})
	return l
}

// nameOf is the folded name of document i.
func (s *Snapshot) nameOf(seg *segment, i int) string { return s.namesOf(seg).names[i] }
