package index

import "math/bits"

// ordSet is a set of ords, a bit for each.
type ordSet []uint64

func newOrdSet(limit int) ordSet { return make(ordSet, (limit+63)/64) }

// set puts an ord below the limit into the set; another one it leaves out.
func (s ordSet) set(o ord) {
	if int(o/64) < len(s) {
		s[o/64] |= 1 << (o % 64)
	}
}

func (s ordSet) has(o ord) bool { return int(o/64) < len(s) && s[o/64]&(1<<(o%64)) != 0 }

func (s ordSet) unset(o ord) { s[o/64] &^= 1 << (o % 64) }

// size is how many ords are in the set.
func (s ordSet) size() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// shared is how many ords are in both.
func (s ordSet) shared(t ordSet) (n int) {
	t = t[:min(len(s), len(t))]
	for i, word := range t {
		n += bits.OnesCount64(word & s[i])
	}
	return n
}

// list is the ords of the set, in order.
func (s ordSet) list() []ord {
	list := make([]ord, 0, s.size())
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			list = append(list, ord(i*64+bits.TrailingZeros64(word)))
		}
	}
	return list
}
