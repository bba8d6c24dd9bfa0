package index

import (
	"context"
	"math"

	api "github.com/blevesearch/bleve_index_api"
)

// A word counts the more the rarer it is, and Bleve counts in how many documents
// it is whoever may see them: from a score one could read how many hidden ones
// have the word. So what a word weighs is put right by the viewer's own counts.

// unseen are the documents that the viewer may not see.
func (sc *Scope) unseen() []uint64 {
	sc.hiddenOnce.Do(func() {
		if sc.hidden == nil {
			return
		}
		for k := range sc.snapshot.segments {
			seg := &sc.snapshot.segments[k]
			for i, o := range seg.ords {
				if sc.hidden.has(o) && !seg.gone(i) {
					sc.hiddenDocs = append(sc.hiddenDocs, seg.first+uint64(i))
				}
			}
		}
	})
	return sc.hiddenDocs
}

// rarity is the factor that turns what Bleve says a term weighs in a field into
// what it weighs among the documents that the viewer may see, of which there are
// so many.
func (sc *Scope) rarity(ctx context.Context, field, term string, documents uint64) (float64, error) {
	if len(sc.unseen()) == 0 {
		return 1, nil
	}
	key := field + "\x00" + term
	if known, ok := sc.rarities.Load(key); ok {
		return known.(float64), nil
	}
	list, err := sc.snapshot.reader.TermFieldReader(ctx, []byte(term), field, false, false, false)
	if err != nil {
		return 0, err
	}
	defer list.Close()
	all := list.Count()
	hidden, err := sc.unseenIn(ctx, list)
	if err != nil {
		return 0, err
	}
	factor := inverseFrequency(documents, all-hidden) / inverseFrequency(documents, all)
	sc.rarities.Store(key, factor)
	return factor, nil
}

// unseenIn counts the hidden documents of a list: by going through the list or
// through them, whichever are fewer.
func (sc *Scope) unseenIn(ctx context.Context, list api.TermFieldReader) (n uint64, err error) {
	if list.Count() < uint64(len(sc.hiddenDocs)) {
		for looked := 0; ; looked++ {
			m, err := list.Next(nil)
			if err != nil || m == nil {
				return n, err
			}
			if seg, i := sc.snapshot.at(m.ID.Value()); sc.hidden.has(seg.ords[i]) {
				n++
			}
			if looked%1024 == 0 && ctx.Err() != nil {
				return 0, ctx.Err()
			}
		}
	}
	var id api.IndexInternalID
	for at := 0; at < len(sc.hiddenDocs); {
		id = api.NewIndexInternalID(id, sc.hiddenDocs[at])
		m, err := list.Advance(id, nil)
		if err != nil || m == nil {
			return n, err
		}
		found := m.ID.Value()
		for at < len(sc.hiddenDocs) && sc.hiddenDocs[at] < found {
			at++
		}
		if at < len(sc.hiddenDocs) && sc.hiddenDocs[at] == found {
			n++
			at++
		}
		if at%1024 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
	}
	return n, nil
}

// inverseFrequency is the idf of the package comment: that of BM25 as Bleve
// computes it. It is never 0.
func inverseFrequency(documents, having uint64) float64 {
	return math.Log(1 + (float64(documents)-float64(having)+0.5)/(float64(having)+0.5))
}
