package graph

import (
	"sync"
	"sync/atomic"

	"lotigraph/record"
)

// decoded are records that were read and made out of their bytes, which is most
// of what reading one costs. A snapshot has those that were read through it, and
// lends those of the snapshots before it which nothing has written since: so a
// change does not make everybody read everything again.
//
// Nobody changes what is in it.
type decoded struct {
	nodes  sync.Map // ref → *record.Node
	refs   sync.Map // record.ID → ref; an id leads to one record for ever
	count  atomic.Int64
	before *decoded     // of an earlier snapshot; nil for none
	since  map[ref]bool // the records written since before
	depth  int          // how many stand before it
}

// The bounds: how many records one has, and how many stand before another.
const (
	maxDecoded = 20_000
	maxLenders = 8
)

// handDown is what the next snapshot begins with, when stage was written between.
func (d *decoded) handDown(st *stage) *decoded {
	next := &decoded{before: d, since: map[ref]bool{}, depth: d.depth + 1}
	if d.count.Load() == 0 && d.before != nil { // nobody read through it
		next.before, next.depth = d.before, d.depth
		for n := range d.since {
			next.since[n] = true
		}
	}
	for _, n := range st.refsOf(nodeTable) {
		next.since[n] = true
	}
	if len(next.since) > maxDecoded {
		return &decoded{}
	}
	if next.depth <= maxLenders {
		return next
	}
	own := &decoded{}
	next.before.nodes.Range(func(n, node any) bool { // what was read lately
		if !next.since[n.(ref)] {
			own.keep(n.(ref), node.(*record.Node))
		}
		return true
	})
	return own
}

// node is a record that was read; nil when it was not.
func (d *decoded) node(n ref) *record.Node {
	for at := d; at != nil; at = at.before {
		if known, ok := at.nodes.Load(n); ok {
			node := known.(*record.Node)
			if at != d {
				d.keep(n, node)
			}
			return node
		}
		if at.since[n] {
			return nil
		}
	}
	return nil
}

// ref is what an id leads to, where that was looked up before.
func (d *decoded) ref(id record.ID) (ref, bool) {
	for at := d; at != nil; at = at.before {
		if n, ok := at.refs.Load(id); ok {
			return n.(ref), true
		}
	}
	return 0, false
}

// keep takes a record in. Where there is no room for more, it begins anew.
func (d *decoded) keep(n ref, node *record.Node) {
	if d.count.Add(1) > maxDecoded {
		d.nodes.Clear()
		d.refs.Clear()
		d.count.Store(1)
	}
	d.nodes.Store(n, node)
	d.refs.Store(node.ID, n)
}
