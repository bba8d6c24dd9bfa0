package index

import (
	"cmp"
	"slices"
	"sync"
)

// tally counts numbers below a limit. What it counts with is used again.
type tally struct {
	counts []uint32
	met    []uint32 // the numbers that were counted
	pool   *sync.Pool
}

func newTally(pool *sync.Pool, limit int) *tally {
	t, _ := pool.Get().(*tally)
	if t == nil {
		t = &tally{}
	}
	if cap(t.counts) < limit {
		t.counts = make([]uint32, limit, limit+limit/8)
	}
	t.counts, t.pool = t.counts[:limit], pool
	return t
}

// add counts a number; one beyond the limit does not count.
func (t *tally) add(n uint32) {
	if int(n) >= len(t.counts) {
		return
	}
	if t.counts[n] == 0 {
		t.met = append(t.met, n)
	}
	t.counts[n]++
}

// addMany counts a number so many times.
func (t *tally) addMany(n uint32, times int) {
	if times == 0 || int(n) >= len(t.counts) {
		return
	}
	if t.counts[n] == 0 {
		t.met = append(t.met, n)
	}
	t.counts[n] += uint32(times)
}

// addAll counts numbers, each of which is below the limit or does not count.
func (t *tally) addAll(list []uint32) {
	counts, met := t.counts, t.met
	for _, n := range list {
		if int(n) >= len(counts) {
			continue
		}
		if counts[n] == 0 {
			met = append(met, n)
		}
		counts[n]++
	}
	t.met = met
}

// each calls f with every number that was counted, in no order.
func (t *tally) each(f func(n uint32, count int)) {
	for _, n := range t.met {
		f(n, int(t.counts[n]))
	}
}

// release gives it back, empty.
func (t *tally) release() {
	if t == nil {
		return
	}
	for _, n := range t.met {
		t.counts[n] = 0
	}
	t.met = t.met[:0]
	t.pool.Put(t)
}

// ranking keeps the commonest values of a facet, and those that were chosen.
type ranking struct {
	most   int          // how many; 0 means all
	top    []FacetValue // in order, if there is a most
	chosen []FacetValue // of those that are not in top
	more   int
}

// before orders the values of a facet.
func (v FacetValue) before(w FacetValue) int {
	return cmp.Or(-cmp.Compare(v.Count, w.Count), cmp.Compare(v.Value, w.Value))
}

// add takes a value; what it is, is asked for only where it may be shown.
func (r *ranking) add(count int, chosen bool, value func() FacetValue) {
	full := r.most > 0 && len(r.top) == r.most
	if full && !chosen && count < r.top[r.most-1].Count {
		r.more++
		return
	}
	v := value()
	v.Count, v.Chosen = count, chosen
	if r.most == 0 {
		r.top = append(r.top, v)
		return
	}
	at, _ := slices.BinarySearchFunc(r.top, v, FacetValue.before)
	r.top = slices.Insert(r.top, at, v)
	if !full {
		return
	}
	last := r.top[r.most]
	r.top = r.top[:r.most]
	if last.Chosen {
		r.chosen = append(r.chosen, last)
	} else {
		r.more++
	}
}

func (r *ranking) facet(k Key) Facet {
	list := append(append([]FacetValue{}, r.top...), r.chosen...)
	slices.SortFunc(list, FacetValue.before)
	return Facet{Key: k, Values: list, More: r.more}
}
