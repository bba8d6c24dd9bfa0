package graph

import (
	"maps"
	"sync"
	"sync/atomic"

	"lotigraph/record"
)

// decoded are records and links that were read and made out of their bytes, which is
// most of what reading one costs. A snapshot has those that were read through it, and
// lends those of the snapshots before it which nothing has written since: so a
// change does not make everybody read everything again. Links are kept where they were
// asked for one by one, and not where all of a record were read.
//
// Nobody changes what is in it.
type decoded struct {
	nodes  readTable[record.Node]
	links  readTable[edge]
	refs   sync.Map // record.ID → ref; an id leads to one record for ever
	before *decoded // of an earlier snapshot; nil for none
	depth  int      // how many stand before it
}

// readTable is what was decoded of one table.
type readTable[T any] struct {
	known sync.Map // ref → *T
	count atomic.Int64
	since map[ref]bool // those written since the snapshot before
}

// The bounds: how many records and how many links one has, and how many stand before
// another.
const (
	maxDecoded = 20_000
	maxLenders = 8
)

// handDown is what the next snapshot begins with, when stage was written between.
func (d *decoded) handDown(st *stage) *decoded {
	next := &decoded{before: d, depth: d.depth + 1}
	idle := d.nodes.count.Load() == 0 && d.links.count.Load() == 0 && d.before != nil // nobody read through it
	if idle {
		next.before, next.depth = d.before, d.depth
	}
	next.nodes.written(st.refsOf(nodeTable), &d.nodes, idle)
	next.links.written(st.refsOf(linkTable), &d.links, idle)
	if len(next.nodes.since) > maxDecoded || len(next.links.since) > maxDecoded {
		return &decoded{}
	}
	if next.depth <= maxLenders {
		return next
	}
	own := &decoded{}
	gather(&own.nodes, next, func(d *decoded) *readTable[record.Node] { return &d.nodes }, func(n ref, node *record.Node) { own.keep(n, node) })
	gather(&own.links, next, func(d *decoded) *readTable[edge] { return &d.links }, func(n ref, link *edge) { own.links.keep(n, link) })
	return own
}

// gather takes what the tables from d back have that was not written since, the
// newest first, as far as there is room for it and for some more.
func gather[T any](into *readTable[T], d *decoded, of func(*decoded) *readTable[T], keep func(ref, *T)) {
	written := map[ref]bool{}
	for at := d; at != nil; at = at.before {
		of(at).known.Range(func(n, one any) bool {
			if _, newer := into.known.Load(n); !newer && !written[n.(ref)] {
				keep(n.(ref), one.(*T))
			}
			return into.count.Load() < maxDecoded*3/4
		})
		maps.Copy(written, of(at).since)
	}
}

// written notes what was written since before, and what was before that where
// nothing stands between.
func (t *readTable[T]) written(list []ref, before *readTable[T], idle bool) {
	t.since = map[ref]bool{}
	if idle {
		maps.Copy(t.since, before.since)
	}
	for _, n := range list {
		t.since[n] = true
	}
}

// keep takes one in. Where there is no room for more, it begins anew, and is true.
func (t *readTable[T]) keep(n ref, one *T) (anew bool) {
	if t.count.Add(1) > maxDecoded {
		t.known.Clear()
		t.count.Store(1)
		anew = true
	}
	t.known.Store(n, one)
	return anew
}

// find looks for one in the tables from d back; nil when it was not read, or was
// written since.
func find[T any](d *decoded, of func(*decoded) *readTable[T], n ref) *T {
	for at := d; at != nil; at = at.before {
		if known, ok := of(at).known.Load(n); ok {
			one := known.(*T)
			if at != d {
				of(d).keep(n, one)
			}
			return one
		}
		if of(at).since[n] {
			return nil
		}
	}
	return nil
}

// node is a record that was read; nil when it was not.
func (d *decoded) node(n ref) *record.Node {
	return find(d, func(d *decoded) *readTable[record.Node] { return &d.nodes }, n)
}

// link is a link that was read; nil when it was not.
func (d *decoded) link(n ref) *edge {
	return find(d, func(d *decoded) *readTable[edge] { return &d.links }, n)
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

// keep takes a record in.
func (d *decoded) keep(n ref, node *record.Node) {
	if d.nodes.keep(n, node) {
		d.refs.Clear()
	}
	d.refs.Store(node.ID, n)
}
