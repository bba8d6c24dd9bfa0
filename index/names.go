package index

import (
	"strings"
	"sync"

	api "github.com/blevesearch/bleve_index_api"
)

// lazyNames are the folded names of a segment's documents, read when somebody
// first sorts by name or asks for suggestions.
type lazyNames struct {
	once    sync.Once
	text    string           // of all names, one after the other
	ends    []uint32         // where each ends
	aliases map[int][]string // of the few documents that have some
	words   []nameWord       // of the names and aliases of all but texts, in order
	titles  []nameWord       // of those of texts
}

// namesOf reads the names of a segment.
func (s *Snapshot) namesOf(seg *segment) *lazyNames {
	l := &seg.columns.names
	l.once.Do(func() {
		n := len(seg.ords)
		l.ends, l.aliases = make([]uint32, n), map[int][]string{}
		values, err := s.reader.DocValueReader([]string{nameField, aliasField})
		if err != nil {
			return
		}
		var text strings.Builder
		for i := range n {
			// A name that cannot be read sorts first and is not suggested.
			_ = values.VisitDocValues(api.NewIndexInternalID(nil, seg.first+uint64(i)), func(field string, term []byte) {
				if field == nameField {
					text.Write(term)
				} else {
					l.aliases[i] = append(l.aliases[i], string(term))
				}
			})
			l.ends[i] = uint32(text.Len())
		}
		l.text = strings.Clone(text.String())
		l.words, l.titles = nameWords(l, seg.kinds, false), nameWords(l, seg.kinds, true)
	})
	return l
}

// own is the name of document i, without its aliases.
func (l *lazyNames) own(i int) string {
	start := uint32(0)
	if i > 0 {
		start = l.ends[i-1]
	}
	return l.text[start:l.ends[i]]
}

// nameOf is the folded name of document i.
func (s *Snapshot) nameOf(seg *segment, i int) string { return s.namesOf(seg).own(i) }
