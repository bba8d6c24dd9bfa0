package index

import "slices"

// anyOf finds the documents that any of its branches finds, or that many of them
// do. A document's score is its best weighted score there and a part of the others;
// where many branches must find it, the sum, which counts the less the fewer do.
type anyOf struct {
	branches []branch // those that are not at their end
	least    int      // how many must find a document
	of       int      // how many branches there were, where the sum counts; else 0
	begun    bool
	doc      uint64
}

// branch is a part with what its scores are multiplied by.
type branch struct {
	finding
	weight float64
	at     uint64
}

func (a *anyOf) add(f finding, weight float64) {
	a.branches = append(a.branches, branch{finding: f, weight: weight})
}

func (a *anyOf) seek(doc uint64) (uint64, error) {
	if a.begun && a.doc >= doc {
		return a.doc, nil
	}
	if a.begun && a.least <= 1 && len(a.branches) == 1 { // most words are in one field only, of most records
		b := &a.branches[0]
		var err error
		if b.at < doc {
			b.at, err = b.seek(doc)
		}
		a.doc = b.at
		return a.doc, err
	}
	for {
		found, ended := 0, false
		a.doc = noMore
		for i := range a.branches {
			b := &a.branches[i]
			if !a.begun || b.at < doc {
				var err error
				if b.at, err = b.seek(doc); err != nil {
					return noMore, err
				}
				ended = ended || b.at == noMore
			}
			switch {
			case b.at < a.doc:
				a.doc, found = b.at, 1
			case b.at == a.doc:
				found++
			}
		}
		a.begun = true
		if ended {
			a.branches = slices.DeleteFunc(a.branches, func(b branch) bool { return b.at == noMore })
		}
		if found >= a.least || a.doc == noMore {
			return a.doc, nil
		}
		doc = a.doc + 1
	}
}

func (a *anyOf) score() float64 {
	best, sum, found := 0.0, 0.0, 0
	for i := range a.branches {
		if b := &a.branches[i]; b.at == a.doc {
			weight := b.score() * b.weight
			best, sum, found = max(best, weight), sum+weight, found+1
		}
	}
	if a.of > 0 {
		part := float64(found) / float64(a.of)
		return sum * part * part
	}
	return best + elsewhere*(sum-best)
}

func (a *anyOf) most() (n uint64) {
	for i := range a.branches {
		n += a.branches[i].most()
	}
	return n
}

// allOf finds the documents that all its parts find, and none of those that must
// be lacking. Its score is the sum.
type allOf struct {
	parts   []finding // the rarest first
	lacking []finding
	doc     uint64
	begun   bool
}

func newAllOf(parts, lacking []finding) *allOf {
	slices.SortStableFunc(parts, func(a, b finding) int {
		switch n, m := a.most(), b.most(); {
		case n < m:
			return -1
		case n > m:
			return 1
		}
		return 0
	})
	return &allOf{parts: parts, lacking: lacking}
}

func (a *allOf) seek(doc uint64) (uint64, error) {
	if a.begun && a.doc >= doc {
		return a.doc, nil
	}
	a.begun = true
	var err error
	for a.doc = doc; a.doc != noMore; {
		if doc, err = a.step(a.doc); err != nil {
			return noMore, err
		}
		if doc == a.doc {
			break
		}
		a.doc = doc
	}
	return a.doc, nil
}

// step is the document itself where all holds, and else one behind it to try.
func (a *allOf) step(doc uint64) (uint64, error) {
	for _, p := range a.parts {
		if at, err := p.seek(doc); err != nil || at > doc {
			return at, err
		}
	}
	for _, l := range a.lacking {
		if at, err := l.seek(doc); err != nil {
			return at, err
		} else if at == doc {
			return doc + 1, nil
		}
	}
	return doc, nil
}

func (a *allOf) score() (sum float64) {
	for _, p := range a.parts {
		sum += p.score()
	}
	return sum
}

func (a *allOf) most() uint64 {
	least := uint64(noMore)
	for _, p := range a.parts {
		least = min(least, p.most())
	}
	return least
}

// every finds the documents that a test lets through, with score 0. It asks the
// columns, which is quicker than any posting list.
type every struct {
	s    *Snapshot
	test func(seg *segment, i int) bool // nil lets all through
}

func (e every) seek(doc uint64) (uint64, error) {
	for k := range e.s.segments {
		seg := &e.s.segments[k]
		end := seg.first + uint64(len(seg.ords))
		for doc = max(doc, seg.first); doc < end; doc++ {
			if i := int(doc - seg.first); !seg.gone(i) && (e.test == nil || e.test(seg, i)) {
				return doc, nil
			}
		}
	}
	return noMore, nil
}

func (e every) score() float64 { return 0 }

func (e every) most() uint64 { return e.s.size }

// gone tells whether document i was deleted since the segment was written.
func (seg *segment) gone(i int) bool {
	deleted := seg.Deleted()
	return deleted != nil && deleted.Contains(uint32(i))
}

// none finds nothing.
type none struct{}

func (none) seek(uint64) (uint64, error) { return noMore, nil }
func (none) score() float64              { return 0 }
func (none) most() uint64                { return 0 }

// weighing is what a document weighs that was found in another way.
type weighing float64

func (w weighing) score() float64 { return float64(w) }
