package index

import (
	"container/heap"
	"slices"
)

// collector keeps the best matches behind the cursor, and counts.
type collector struct {
	size   int
	order  Order
	scope  *Scope // which says the ids
	after  *match
	total  int // all that were admitted
	beyond int // those behind the cursor
	heap   matchHeap
	bar    bar
}

func (c *collector) add(m match) {
	c.total++
	c.heap.order = c.order
	if c.after != nil {
		if c.order.roughly(m, *c.after) == 0 {
			m.id = c.scope.id(m.ord)
		}
		if c.order.compare(m, *c.after) <= 0 {
			return
		}
	}
	c.beyond++
	if c.hopeless(m) {
		return
	}
	m.id = c.scope.id(m.ord)
	switch {
	case len(c.heap.list) < c.size:
		heap.Push(&c.heap, m)
	case c.order.compare(m, c.heap.list[0]) < 0:
		c.heap.list[0] = m
		heap.Fix(&c.heap, 0)
	}
}

// hopeless tells whether a match cannot be among the best.
func (c *collector) hopeless(m match) bool {
	return len(c.heap.list) == c.size && c.order.roughly(m, c.heap.list[0]) > 0
}

// pass counts a match that cannot be among the best.
func (c *collector) pass() {
	c.total++
	c.beyond++
}

// light tells whether a match of a tier whose words weigh no more cannot be among
// the best.
func (c *collector) light(tier, words float64) bool {
	if c.order != BestFirst || c.after != nil || len(c.heap.list) < c.size {
		return false
	}
	if worst := c.heap.list[0].score; c.bar.worst != worst || c.bar.tier != tier {
		c.bar = bar{worst, tier, needed(tier, worst)}
	}
	return words < c.bar.needed
}

// bar is what words must weigh to come before the worst of the best matches.
type bar struct{ worst, tier, needed float64 }

func (c *collector) best() []match {
	slices.SortFunc(c.heap.list, c.order.compare)
	return c.heap.list
}

// matchHeap has the last match on top.
type matchHeap struct {
	order Order
	list  []match
}

func (h *matchHeap) Len() int           { return len(h.list) }
func (h *matchHeap) Less(i, j int) bool { return h.order.compare(h.list[i], h.list[j]) > 0 }
func (h *matchHeap) Swap(i, j int)      { h.list[i], h.list[j] = h.list[j], h.list[i] }
func (h *matchHeap) Push(x any)         { h.list = append(h.list, x.(match)) }
func (h *matchHeap) Pop() any {
	last := h.list[len(h.list)-1]
	h.list = h.list[:len(h.list)-1]
	return last
}
