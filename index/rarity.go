package index

import (
	"context"
	"math"
)

// A word counts the more the rarer it is, and a posting list holds all documents
// with the word, whoever may see them: from a score one could read how many hidden
// ones have it. So what a word weighs goes by the viewer's own counts.

// unseen are the documents that the viewer may not see.
func (sc *Scope) unseen() []uint64 {
	sc.hiddenOnce.Do(func() {
		for k := range sc.snapshot.segments {
			seg := &sc.snapshot.segments[k]
			sc.live += seg.Count()
			if sc.hidden == nil {
				continue
			}
			for i, o := range seg.ords {
				if sc.hidden.has(o) && !seg.gone(i) {
					sc.hiddenDocs = append(sc.hiddenDocs, seg.first+uint64(i))
				}
			}
		}
	})
	return sc.hiddenDocs
}

// documents is how many the viewer may see, and 1 for none.
func (sc *Scope) documents() uint64 {
	hidden := uint64(len(sc.unseen()))
	return max(1, sc.live-hidden)
}

// rarity is what a term of a field weighs for being rare among the documents that
// the viewer may see.
func (sc *Scope) rarity(ctx context.Context, field, text string, t *term) (float64, error) {
	having := t.count
	if len(sc.unseen()) > 0 {
		hidden, err := sc.hiddenWith(ctx, field, text, t)
		if err != nil {
			return 0, err
		}
		having -= hidden
	}
	return inverseFrequency(sc.documents(), having), nil
}

// hiddenWith counts the hidden documents that have a term.
func (sc *Scope) hiddenWith(ctx context.Context, field, text string, t *term) (n uint64, err error) {
	key := field + "\x00" + text
	if known, ok := sc.rarities.Load(key); ok {
		return known.(uint64), nil
	}
	if t.count < uint64(len(sc.hiddenDocs)) {
		err = t.each(ctx, func(doc uint64) bool {
			if seg, i := sc.snapshot.at(doc); sc.hidden.has(seg.ords[i]) {
				n++
			}
			return false
		})
	} else {
		n, err = sc.hiddenIn(ctx, t.cursor(numbers))
	}
	if err == nil {
		sc.rarities.Store(key, n)
	}
	return n, err
}

// hiddenIn goes through the hidden documents, where they are fewer than those
// that have the term.
func (sc *Scope) hiddenIn(ctx context.Context, c *cursor) (n uint64, err error) {
	for i, doc := range sc.hiddenDocs {
		at, err := c.seek(doc)
		if err != nil || at == noMore {
			return n, err
		}
		if at == doc {
			n++
		}
		if i%1024 == 1023 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
	}
	return n, nil
}

// inverseFrequency is the idf of the package comment. It is never 0.
func inverseFrequency(documents, having uint64) float64 {
	return math.Log(1 + (float64(documents)-float64(having)+0.5)/(float64(having)+0.5))
}
