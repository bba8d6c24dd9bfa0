package graph

import "lotigraph/record"

// told is what links say beyond their ends and dates: their roles, and the
// passages that say so. It stands beside the rows for every link that does not
// begin at a text; those that do are mentions, which say no more and are most of
// all links. It takes 8 bytes for a link and 4 for a passage.
type told struct {
	at     []uint32  // by Handle: where the links that begin there begin in of, in the order of their rows; one more at the end
	of     []telling // of each such link
	proofs []proofBits
	roles  roleTable
}

// telling is what one link says.
type telling struct {
	role  uint32 // in roles
	proof uint32 // where its passages begin in proofs; 0 where it has none
}

// proofBits is a passage of a text that stands: the text, by clearance whether it
// may be seen, and whether it is the last one of its link.
type proofBits uint32

const (
	proofSeenShift = 28
	lastProof      = 1 << 31
)

func (p proofBits) text() Handle          { return Handle(p & handleBits) }
func (p proofBits) seen(c clearance) bool { return p>>(proofSeenShift+proofBits(c))&1 == 1 }

// proofOfText is a passage of a text, to be seen by nobody yet.
func proofOfText(text ref) proofBits { return proofBits(text) & handleBits }

func (p *proofBits) see(c clearance) { *p |= 1 << (proofSeenShift + proofBits(c)) }

// tells tells whether links that begin at a record are told of.
func tells(n nodeBits) bool { return n.kind() != record.WeeknoteKind }

// roleTable gives each role a number, 0 for none.
type roleTable struct {
	names  []string
	number map[string]uint32
}

func (r *roleTable) numberOf(role string) uint32 {
	if n, known := r.number[role]; known {
		return n
	}
	if r.number == nil {
		r.number = map[string]uint32{}
	}
	n := uint32(len(r.names))
	r.names, r.number[role] = append(r.names, role), n
	return n
}

// saying is what a link says, looked at.
type saying struct {
	role   string
	proofs []proofBits
}

// newTold is the table for rows that begin at outAt, with nothing in it.
func newTold(nodes []nodeBits, outAt []uint32) told {
	t := told{at: make([]uint32, len(nodes)+1), proofs: []proofBits{lastProof}}
	t.roles.numberOf("")
	for h, n := range nodes {
		t.at[h+1] = t.at[h]
		if tells(n) {
			t.at[h+1] += outAt[h+1] - outAt[h]
		}
	}
	t.of = make([]telling, t.at[len(nodes)])
	return t
}

// place is where the nth link of a record is told of.
func (t *told) place(from Handle, n uint32) uint32 { return t.at[from] + n }

// take puts passages and roles into the table, and gives what was said with
// their places there.
func (t *told) take(g *gathered) []telling {
	behind := uint32(len(t.proofs))
	t.proofs = append(t.proofs, g.proofs...)
	roles := make([]uint32, len(g.roles.names))
	for i, name := range g.roles.names {
		roles[i] = t.roles.numberOf(name)
	}
	for i := range g.told {
		say := &g.told[i]
		say.role = roles[say.role]
		if say.proof > 0 {
			say.proof += behind - 1
		}
	}
	return g.told
}

// saying is what the link of a row says.
func (b *baseRows) saying(from Handle, row uint32) saying {
	at := b.place(from, row-b.outAt[from])
	if at >= b.at[from+1] {
		return saying{}
	}
	say := b.of[at]
	end := say.proof
	for b.proofs[end]&lastProof == 0 {
		end++
	}
	return saying{b.roles.names[say.role], b.proofs[say.proof : end+1]}
}

// saying is what the link of a row says, given where it begins.
func (a *adjacency) saying(from Handle, r row) saying {
	if r.says != nil {
		return *r.says
	}
	return a.base.saying(from, r.at)
}

func (t *told) bytes() int {
	n := 4*len(t.at) + 8*len(t.of) + 4*len(t.proofs)
	for _, role := range t.roles.names {
		n += 64 + len(role) // about what a name and its entry take
	}
	return n
}

// gathered are links on their way into rows, in any order.
type gathered struct {
	nodes  []nodeBits
	from   []uint32
	links  []link16
	told   []telling // of those that are told of, in the same order; their passages begin at 1
	proofs []proofBits
	roles  roleTable
}

func (g *gathered) add(from uint32, l link16, s saying) {
	g.from, g.links = append(g.from, from), append(g.links, l)
	if !tells(g.nodes[from]) {
		return
	}
	say := telling{role: g.roles.numberOf(s.role)}
	if n := len(s.proofs); n > 0 {
		say.proof = uint32(len(g.proofs)) + 1
		g.proofs = append(g.proofs, s.proofs...)
		g.proofs[len(g.proofs)-1] |= lastProof
	}
	g.told = append(g.told, say)
}
