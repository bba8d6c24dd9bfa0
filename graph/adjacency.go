package graph

import (
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"

	"lotigraph/record"
)

// adjacency is every link that stands at one change number, in memory: what
// walks over many links read, and never changed once it is made. It judges as
// the lens does, beforehand, for each of the three clearances.
//
// The base is compressed sparse rows: the links of a record stand side by side,
// those that begin there in out, those that end there in in. What changed since
// the base was made lies above it (adjacency_follow.go): rows that no longer
// hold are marked in dead, new ones are in added. A link takes 16 bytes in out
// and 8 in in: 12 for each direction in which it is walked.
type adjacency struct {
	base  *baseRows
	dead  []uint64         // a bit for each row of base.out
	added map[Handle][]row // rows above the base, by their near end; each is at both of its ends
	fresh int              // how many links were added or marked since the base was made
	nodes []nodeBits       // by Handle
	days  []packed         // by Handle: the date of a text
}

// baseRows are the sorted arrays.
type baseRows struct {
	outAt []uint32 // by Handle: where the links that begin there begin in out; one more at the end
	out   []link16
	inAt  []uint32
	in    []inbound // of each record by the rank of where they begin
	told
}

// Handle is a record as the arrays have it. Handles are small numbers, given out
// in order; a record keeps its own for ever.
type Handle uint32

// link16 is a link from its From end.
type link16 struct {
	to   uint32
	link uint32
	a    uint32 // since, and bits
	b    uint32 // until, and bits
}

// inbound is the same link from its To end. Beside its From end it has what tells
// whether it shows, since its row lies far away in memory.
type inbound struct{ end, row uint32 }

// The bits of an inbound: the handle, by clearance whether the link shows, and
// whether it is proposed.
const (
	handleBits   = 1<<28 - 1
	inShownShift = 28
	inProposed   = 1 << 31
)

func inboundOf(from Handle, row uint32, l *link16) inbound {
	end := uint32(from) | l.b>>shownShift&7<<inShownShift
	if l.a&bitProposed != 0 {
		end |= inProposed
	}
	return inbound{end, row}
}

func (i inbound) from() Handle           { return Handle(i.end & handleBits) }
func (i inbound) shown(c clearance) bool { return i.end>>(inShownShift+uint32(c))&1 == 1 }
func (i inbound) proposed() bool         { return i.end&inProposed != 0 }

// row is a link16 looked at from one of its ends.
type row struct {
	link16
	far  Handle
	at   uint32  // where it stands in base.out
	says *saying // what it says where it stands above the base; nil elsewhere
	out  bool
}

// packed is a partial date in 23 bits: year, month, day; 0 for no date.
type packed uint32

const dateBits = 1<<23 - 1

func pack(d record.PartialDate) packed {
	return packed(uint32(d.Year)<<9 | uint32(d.Month)<<5 | uint32(d.Day))
}

func (p packed) date() record.PartialDate {
	p &= dateBits
	return record.PartialDate{Year: int16(p >> 9), Month: uint8(p >> 5 & 15), Day: uint8(p & 31)}
}

// The bits beside the dates. In a: the type (4 bits), then these.
const (
	typeShift   = 23
	bitProposed = 1 << 27
	bitSourced  = 1 << 28 // a text that proves it stands

	bitSuperseded = 1 << 29 // a passage that says so, seen or not, is no longer in its text
)

// In b, by clearance: whether the link shows, and whether without role and dates.
const (
	shownShift = 23
	bareShift  = 26
)

func (l *link16) linkType() record.LinkType { return record.LinkType(l.a >> typeShift & 15) }
func (l *link16) shown(c clearance) bool    { return l.b>>(shownShift+uint32(c))&1 == 1 }
func (l *link16) bare(c clearance) bool     { return l.b>>(bareShift+uint32(c))&1 == 1 }

// clearance is a viewer's, from 0 for the public.
type clearance uint8

const clearances = 3

func clearanceOf(w record.Viewer) clearance {
	return clearance(max(w.Clearance, record.Public) - record.Public)
}

func (c clearance) lens() record.Lens {
	return record.Lens{Viewer: record.Viewer{Clearance: record.Public + record.Visibility(c)}, Proposed: true}
}

// nodeBits is a record: its kind (3 bits), who sees it (a bit for each
// clearance) and whether that hangs on the texts that name it.
type nodeBits uint8

const (
	seenShift  = 3
	bitGuarded = 1 << 6
)

func (n nodeBits) kind() record.Kind     { return record.Kind(n & 7) }
func (n nodeBits) seen(c clearance) bool { return n>>(seenShift+c)&1 == 1 }

// hides tells whether a clearance may not see a record that stands.
func (a *adjacency) hides(h Handle, c clearance) bool {
	return int(h) < len(a.nodes) && a.nodes[h].seen(clearances-1) && !a.nodes[h].seen(c)
}

func (n *nodeBits) see(c clearance) { *n |= 1 << (seenShift + c) }

// near yields the links of a record, those that begin there first.
func (a *adjacency) near(h Handle) iter.Seq[row] {
	return func(yield func(row) bool) {
		b := a.base
		if int(h)+1 < len(b.outAt) {
			for i := b.outAt[h]; i < b.outAt[h+1]; i++ {
				if a.live(i) && !yield(row{link16: b.out[i], far: Handle(b.out[i].to), at: i, out: true}) {
					return
				}
			}
			for i := b.inAt[h]; i < b.inAt[h+1]; i++ {
				at := b.in[i]
				if a.live(at.row) && !yield(row{link16: b.out[at.row], far: at.from(), at: at.row}) {
					return
				}
			}
		}
		if a.fresh == 0 {
			return
		}
		for _, r := range a.added[h] {
			if !yield(r) {
				return
			}
		}
	}
}

// breadth is how many rows a record has, dead ones included.
func (a *adjacency) breadth(h Handle) int {
	n := len(a.added[h])
	if b := a.base; int(h)+1 < len(b.outAt) {
		n += int(b.outAt[h+1] - b.outAt[h] + b.inAt[h+1] - b.inAt[h])
	}
	return n
}

func (a *adjacency) live(row uint32) bool {
	return a.fresh == 0 || a.dead[row>>6]>>(row&63)&1 == 0
}

// newAdjacency sorts links into rows.
func newAdjacency(nodes []nodeBits, days []packed, parts ...*gathered) (*adjacency, error) {
	total := 0
	for _, p := range parts {
		total += len(p.links)
	}
	if uint64(total) > math.MaxUint32 {
		return nil, fmt.Errorf("%d links are more than the arrays in memory can hold", total)
	}
	if len(nodes) > handleBits+1 {
		return nil, fmt.Errorf("%d records are more than the arrays in memory can hold", len(nodes))
	}
	b := &baseRows{outAt: make([]uint32, len(nodes)+1), inAt: make([]uint32, len(nodes)+1),
		out: make([]link16, total), in: make([]inbound, total)}
	for _, p := range parts {
		for i, l := range p.links {
			b.outAt[p.from[i]+1]++
			b.inAt[l.to+1]++
		}
	}
	for h := range nodes {
		b.outAt[h+1] += b.outAt[h]
		b.inAt[h+1] += b.inAt[h]
	}
	b.told = newTold(nodes, b.outAt)
	next := slices.Clone(b.outAt)
	for _, p := range parts {
		tellings := b.take(p)
		for i, l := range p.links {
			from := p.from[i]
			b.out[next[from]] = l
			if tells(nodes[from]) {
				b.of[b.place(Handle(from), next[from]-b.outAt[from])], tellings = tellings[0], tellings[1:]
			}
			next[from]++
		}
	}
	copy(next, b.inAt)
	for _, texts := range []bool{false, true} { // by rank
		for h, n := range nodes {
			if tells(n) == texts {
				continue
			}
			for i := b.outAt[h]; i < b.outAt[h+1]; i++ {
				to := b.out[i].to
				b.in[next[to]] = inboundOf(Handle(h), i, &b.out[i])
				next[to]++
			}
		}
	}
	return &adjacency{base: b, nodes: nodes, days: days}, nil
}

// folded is the same links with nothing above the base.
func (a *adjacency) folded() (*adjacency, error) {
	g := &gathered{nodes: a.nodes}
	b := a.base
	for h := range a.nodes {
		if h+1 < len(b.outAt) {
			for i := b.outAt[h]; i < b.outAt[h+1]; i++ {
				if a.live(i) {
					g.add(uint32(h), b.out[i], b.saying(Handle(h), i))
				}
			}
		}
		for _, r := range a.added[Handle(h)] {
			if r.out {
				g.add(uint32(h), r.link16, *r.says)
			}
		}
	}
	return newAdjacency(a.nodes, a.days, g)
}

// above is a copy that can be changed until it is handed out.
func (a *adjacency) above() *adjacency {
	next := &adjacency{base: a.base, dead: slices.Clone(a.dead), added: maps.Clone(a.added), fresh: a.fresh,
		nodes: slices.Clone(a.nodes), days: slices.Clone(a.days)}
	if next.dead == nil {
		next.dead = make([]uint64, len(a.base.out)/64+1)
	}
	if next.added == nil {
		next.added = map[Handle][]row{}
	}
	return next
}

// namedBy tells whether a passage that the clearance may see names the record,
// as Snapshot.namedBySeen does.
func (a *adjacency) namedBy(h Handle, c clearance) bool {
	for r := range a.near(h) {
		t := r.linkType()
		if (t == record.Mentions && !r.out || t == record.Authored && r.out) && r.shown(c) && r.a&bitSourced != 0 {
			return true
		}
	}
	return false
}

// judgeNode settles who sees a record of which that hangs on texts.
func (a *adjacency) judgeNode(h Handle) {
	n := a.nodes[h]
	if n&bitGuarded == 0 {
		return
	}
	for c := range clearance(clearances) {
		if !n.seen(c) && a.namedBy(h, c) {
			n.see(c)
		}
	}
	a.nodes[h] = n
}

// bytes is what the arrays take.
func (a *adjacency) bytes() int {
	b := a.base
	n := 4*(len(b.outAt)+len(b.inAt)) + 16*len(b.out) + 8*len(b.in) + b.told.bytes() + 5*len(a.nodes) + 8*len(a.dead)
	for _, rows := range a.added {
		n += 40 * len(rows)
	}
	return n
}
