package index

import (
	"sync"

	"lotigraph/record"
)

// linkCount counts what the records that are found are linked with. It notes them
// first and counts at the end, in whichever way is shorter: along the rows of what
// was found, or along the incoming links of what is counted.
type linkCount struct {
	to     *tally // by ord
	links  *Links
	kinds  []record.Kind // by ord
	asked  kindSet
	found  *ordSet
	beside [kindLimit]*ordSet // what is found but for the choices of a kind, and counts for that one only
	pool   *sync.Pool         // of the sets
}

// kindSet is a set of kinds.
type kindSet [kindLimit]bool

// kindLimit is beyond the last kind.
const kindLimit = record.PartnerKind + 1

func newLinkCount(st *store, links *Links, kinds []record.Kind) *linkCount {
	c := &linkCount{to: newTally(&st.tallies, len(kinds)), links: links, kinds: kinds, pool: &st.ordSets}
	c.found = c.newSet()
	return c
}

func (c *linkCount) newSet() *ordSet {
	limit := max(len(c.kinds), c.links.limit())
	if s, _ := c.pool.Get().(*ordSet); s != nil && len(*s)*64 >= limit {
		return s
	}
	s := newOrdSet(limit + limit/8)
	return &s
}

// take notes a record that counts for all kinds asked for.
func (c *linkCount) take(o ord) { c.found.set(o) }

// takeFor notes a record that counts for one kind.
func (c *linkCount) takeFor(k record.Kind, o ord) {
	if c.beside[k] == nil {
		c.beside[k] = c.newSet()
	}
	c.beside[k].set(o)
}

// count counts what was noted. In the tally may be other kinds than those asked for.
func (c *linkCount) count() {
	c.countSet(*c.found, c.asked)
	for k, set := range c.beside {
		if set != nil {
			var only kindSet
			only[k] = true
			c.countSet(*set, only)
		}
	}
}

// release gives back what it counted with.
func (c *linkCount) release() {
	if c == nil {
		return
	}
	c.to.release()
	for _, set := range append(c.beside[:], c.found) {
		if set != nil {
			clear(*set)
			c.pool.Put(set)
		}
	}
}

// muchFound is which part of all rows must be found for the incoming links to be
// shorter: one in so many.
const muchFound = 16

func (c *linkCount) countSet(found ordSet, wanted kindSet) {
	if c.links == nil {
		return
	}
	if found.size()*muchFound < c.links.limit() {
		c.countRows(found.list(), wanted)
		return
	}
	in, changed := c.links.incoming()
	var rest []ord
	for _, o := range changed {
		if found.has(o) {
			found.unset(o)
			rest = append(rest, o)
		}
	}
	c.countRows(rest, wanted)
	in.count(found, c.kinds, wanted, c.to)
}

// rowsAtOnce is of how many records the rows are looked up at once. They lie far
// apart in memory: asked for one behind the other, the processor waits for each,
// and for all of them together not much longer than for one.
const rowsAtOnce = 64

func (c *linkCount) countRows(found []ord, wanted kindSet) {
	var rows [rowsAtOnce]row
	var with [rowsAtOnce]uint32
	for len(found) > 0 {
		n := min(len(found), rowsAtOnce)
		for i, o := range found[:n] {
			rows[i] = c.links.of(o)
		}
		for i := range n {
			with[i] = 0
			if len(rows[i]) > 0 {
				with[i] = rows[i][0]
			}
		}
		for i := range n {
			if with[i] > 0 {
				c.countRow(rows[i][1:1+with[i]], wanted)
			}
		}
		found = found[n:]
	}
}

func (c *linkCount) countRow(list []ord, wanted kindSet) {
	if wanted == c.asked { // kinds are told apart when all is counted
		c.to.addAll(list)
		return
	}
	for _, o := range list {
		if int(o) < len(c.kinds) && wanted[c.kinds[o]] {
			c.to.add(o)
		}
	}
}
