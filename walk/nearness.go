package walk

import (
	"sync"

	"lotigraph/graph"
)

// nearness knows how near records are to the end of the paths. It goes back from
// the end layer by layer as long as that is little to look at, and then finds out
// for one record after the other by looking at what that is linked with: in a
// well-connected graph the first few lead to the end. When it has looked at more
// than the next layer takes, it makes the layer after all.
type nearness struct {
	*ground
	marks  []mark           // by Handle
	known  []graph.Handle   // whose marks are set
	layers [][]graph.Handle // those one hop from the end, by rank, and those further off; complete
	direct bool             // the beginning is linked with the end
	owed   int              // what was looked at for want of the next layer
	cost   int              // what the next layer takes
}

// mark is what is known of a record. No way has 0 hops, so 0 is unknown.
type mark struct {
	within uint8 // so many hops lead to the end
	beyond uint8 // so many do not
	layer  uint8 // the layer it is in, from 1
}

// littleLooked is how many links are looked at for a layer without ado; other in
// tests.
var littleLooked = 500

// usedMarks are marks that are all unknown, to be used again.
var usedMarks sync.Pool

func newNearness(g *ground) *nearness {
	n := &nearness{ground: g, owed: littleLooked}
	if list, ok := usedMarks.Get().(*[]mark); ok && len(*list) >= g.cut.Size() {
		n.marks = *list
	} else {
		n.marks = make([]mark, g.cut.Size()+g.cut.Size()/8)
	}
	var last []graph.Handle
	for h := range g.cut.InOrder(g.to) {
		g.work--
		if g.passable(h) {
			last = append(last, h)
		}
		n.direct = n.direct || h == g.from
	}
	n.add(last)
	return n
}

// close gives the marks back.
func (n *nearness) close() {
	for _, h := range n.known {
		n.marks[h] = mark{}
	}
	usedMarks.Put(&n.marks)
}

// add makes records the next layer.
func (n *nearness) add(layer []graph.Handle) {
	n.layers = append(n.layers, layer)
	n.cost = 0
	for _, h := range layer {
		n.mark(h, inLayer(len(n.layers)))
		n.cost += n.cut.Breadth(h)
	}
}

func inLayer(hops int) mark { return mark{uint8(hops), uint8(hops - 1), uint8(hops)} }

func (n *nearness) mark(h graph.Handle, m mark) {
	if n.marks[h] == (mark{}) {
		n.known = append(n.known, h)
	}
	n.marks[h] = m
}

// within tells whether so many hops, at most, lead from a record to the end. When
// the work has run out it may be wrong.
func (n *nearness) within(h graph.Handle, hops int) bool {
	if h == n.from {
		return hops == 1 && n.direct
	}
	for {
		switch m := n.marks[h]; {
		case m.within > 0 && int(m.within) <= hops:
			return true
		case hops <= int(m.beyond) || hops <= len(n.layers) || n.ended() || n.work <= 0:
			return false
		}
		if n.owed < n.cost {
			break
		}
		n.deepen()
	}
	ok := n.leads(h, hops)
	m := n.marks[h]
	switch {
	case n.work <= 0:
		return ok
	case ok:
		m.within = uint8(hops)
	default:
		m.beyond = uint8(hops)
	}
	n.mark(h, m)
	return ok
}

// ended tells whether every record from which a way leads to the end is in a layer.
func (n *nearness) ended() bool { return len(n.layers[len(n.layers)-1]) == 0 }

// leads tells whether one of those linked with a record is a hop nearer.
func (n *nearness) leads(h graph.Handle, hops int) bool {
	if layer := n.layers[len(n.layers)-1]; hops == len(n.layers)+1 && askingCost*len(layer) < n.cut.Breadth(h) {
		n.owed += askingCost * len(layer)
		for _, near := range layer {
			if n.linked(h, near) {
				return true
			}
		}
		return false
	}
	for far := range n.cut.Ends(h) {
		n.work--
		n.owed++
		if n.passable(far) && n.within(far, hops-1) {
			return true
		}
	}
	return false
}

// deepen makes the next layer.
func (n *nearness) deepen() {
	var next []graph.Handle
	for _, near := range n.layers[len(n.layers)-1] {
		for h := range n.cut.Ends(near) {
			n.work--
			if n.marks[h].layer == 0 && n.passable(h) {
				n.mark(h, inLayer(len(n.layers)+1))
				next = append(next, h)
			}
		}
	}
	n.owed = max(0, n.owed-n.cost)
	n.add(next)
}
