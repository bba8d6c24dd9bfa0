package index

import (
	"slices"
	"sync"
	"sync/atomic"

	"lotigraph/record"
)

// incoming is links the other way round: for every record, whose rows are linked
// with it. Where much is found, it is quicker to ask of each borough which of its
// records are among them than to go through the rows of all that were found. What
// many are linked with is a set of ords, of which 64 are counted at once; the
// others are lists. (Roaring bitmaps choose between the two in the same way:
// Chambi, Lemire, Kaser and Godin, "Better bitmap performance with Roaring
// bitmaps", 2016.)
type incoming struct {
	common []commonEnd
	rare   []rareEnd
	from   []ord // of the rare ones, one behind the other
}

type commonEnd struct {
	ord
	from ordSet
}

type rareEnd struct {
	ord
	end uint32 // in from; the list begins where the one before ends
}

// incomingOf makes the incoming links when they are first asked for. It is kept
// by the Links that they are of, and by those that came of it.
type incomingOf struct {
	once sync.Once
	of   *Links
	made atomic.Pointer[incoming]
}

// changedAtMost is of how many changed rows the incoming links are made anew: one
// in so many.
const changedAtMost = 50

// incoming are the incoming links, and the records whose rows may have changed
// since they were made.
func (l *Links) incoming() (*incoming, []ord) {
	in := l.turned
	in.once.Do(func() {
		in.made.Store(newIncoming(in.of))
		in.of = nil
	})
	return in.made.Load(), l.changed
}

// noteChanged notes whose rows are not those of the incoming links, of which
// there may be none yet.
func (l *Links) noteChanged(list []change) {
	if l.turned == nil || l.turned.made.Load() == nil || (len(l.changed)+len(list))*changedAtMost > l.limit() {
		l.turned, l.changed = &incomingOf{of: l}, nil
		return
	}
	l.changed = slices.Grow(slices.Clip(l.changed), len(list))
	for _, c := range list {
		l.changed = append(l.changed, c.ord)
	}
}

// newIncoming turns all links round.
func newIncoming(l *Links) *incoming {
	in := &incoming{}
	rows := l.limit()
	places := make([]uint32, len(l.back)) // where the next of each is put
	common := map[ord]ordSet{}
	size := uint32(0)
	for o, n := range l.back {
		switch places[o] = size; {
		case n == 0:
		case int(n)*64 > rows:
			common[ord(o)] = newOrdSet(rows)
			in.common = append(in.common, commonEnd{ord(o), common[ord(o)]})
		default:
			size += n
			in.rare = append(in.rare, rareEnd{ord(o), size})
		}
	}
	in.from = make([]ord, size)
	for p, page := range l.pages {
		for i := range ord(pageRows) {
			from := ord(p)*pageRows + i
			for _, o := range page.row(i).part(linkedWith) {
				if int(l.back[o])*64 > rows {
					common[o].set(from)
					continue
				}
				in.from[places[o]] = from
				places[o]++
			}
		}
	}
	return in
}

// count adds to the tally, for the records of the kinds, how many of the ords
// are linked with them.
func (in *incoming) count(found ordSet, kinds []record.Kind, wanted kindSet, to *tally) {
	for _, c := range in.common {
		if int(c.ord) < len(kinds) && wanted[kinds[c.ord]] {
			to.addMany(c.ord, found.shared(c.from))
		}
	}
	start := uint32(0)
	for _, r := range in.rare {
		if int(r.ord) < len(kinds) && wanted[kinds[r.ord]] {
			n := 0
			for _, o := range in.from[start:r.end] {
				n += int(found[o/64] >> (o % 64) & 1)
			}
			to.addMany(r.ord, n)
		}
		start = r.end
	}
}
