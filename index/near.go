package index

import (
	"slices"

	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// near are the records, texts apart, that have a name which is the query but for
// the endings of its words and for small words: "london council" for London
// Councils, "kensington chelsea".
func (r *run) near() (map[uint64]float64, error) {
	if len(r.asked.exact) != 1 || !r.asked.plain() || r.words.op == isAll || r.words.op == isNothing {
		return nil, nil
	}
	for _, c := range r.words.clauses() {
		if c.quoted || c.prefix {
			return nil, nil
		}
	}
	stems := tellingStems(r.asked.exact[0])
	if len(stems) == 0 {
		return nil, nil
	}
	var parts []finding
	f := r.finder(false)
	for _, stem := range stems {
		t, err := f.term(titleField, stem)
		if err != nil {
			return nil, err
		}
		parts = append(parts, t.cursor(numbers))
	}
	found := newAllOf(parts, nil)
	var names api.DocValueReader
	var err error
	tiers := map[uint64]float64{}
	for n, looked, doc := 0, 0, uint64(0); ; n, doc = n+1, doc+1 {
		if n%1024 == 1023 && r.ctx.Err() != nil {
			return nil, r.ctx.Err()
		}
		if doc, err = found.seek(doc); err != nil || doc == noMore {
			return tiers, err
		}
		seg, i := r.s.at(doc)
		if !r.scope.seen(seg, i) {
			continue
		}
		if looked++; looked > maxNear { // of those seen: how many others there are is nobody's business
			return nil, nil
		}
		if seg.kinds[i] == record.WeeknoteKind {
			continue
		}
		if names == nil {
			if names, err = r.s.reader.DocValueReader([]string{nameField, aliasField}); err != nil {
				return nil, err
			}
		}
		err := names.VisitDocValues(api.NewIndexInternalID(nil, doc), func(_ string, name []byte) {
			if slices.Equal(tellingStems(string(name)), stems) {
				tiers[doc] = nearName
			}
		})
		if err != nil {
			return nil, err
		}
	}
}

// tellingStems are the words of a folded name, without their endings and without
// small words.
func tellingStems(name string) (list []string) {
	for span := range words(name) {
		if word := span.Of(name); !dropped[word] {
			list = append(list, stemmed.term(word))
		}
	}
	return list
}
