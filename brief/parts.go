package brief

import (
	"iter"
	"math/bits"

	"lotigraph/graph"
	"lotigraph/record"
)

// parts is who takes part in what, of participations that had begun by the lens's
// day: the same for every borough, so it is made once for a snapshot and a lens.
// Nobody changes it then.
type parts struct {
	joined   map[graph.Handle]set // by borough, the projects that it ever joined; no others
	partners []working
	names    map[graph.Handle]string // of all of them, folded, for sorting; no two are the same
	known    int                     // projects that any borough joined
}

// partsKey is where a snapshot keeps them: the lens, as far as it tells what is seen.
type partsKey record.Lens

// working is an organisation with the project of each of its participations.
type working struct {
	at       graph.Handle
	projects []graph.Handle
}

// parts gathers them, from memory.
func (g *gathering) parts() (*parts, error) {
	p := &parts{joined: map[graph.Handle]set{}, names: map[graph.Handle]string{}}
	any := set{}
	for h := range graph.Handle(g.cut.Size()) {
		switch g.cut.Kind(h) {
		case record.BoroughKind:
			for arc := range g.cut.NearBy(h, record.Joined) {
				if !g.began(arc.Since()) {
					continue
				}
				if p.joined[h] == nil {
					p.joined[h] = newSet(g.cut.Size())
				}
				p.joined[h].add(arc.Far)
			}
			any = any.or(p.joined[h])
		case record.PartnerKind:
			one := working{at: h}
			for arc := range g.cut.NearBy(h, record.PartnerIn) {
				if g.began(arc.Since()) {
					one.projects = append(one.projects, arc.Far)
				}
			}
			if len(one.projects) > 0 {
				p.partners = append(p.partners, one)
			}
		}
		if err := g.ctx.Err(); err != nil {
			return nil, err
		}
	}
	p.known = any.count()
	return p, p.call(g.cut)
}

// call gives everybody a name.
func (p *parts) call(cut *graph.Cut) error {
	for h := range graph.Handle(cut.Size()) {
		switch cut.Kind(h) {
		case record.BoroughKind, record.PartnerKind, record.ProjectKind:
			id, name, err := cut.Called(h)
			if err != nil {
				return err
			}
			p.names[h] = record.Fold(name) + "\x00" + string(id)
		}
	}
	return nil
}

// begun yields a record's participations that may have begun by the lens's day.
func (g *gathering) begun(h graph.Handle, t record.LinkType) iter.Seq[graph.Told] {
	return func(yield func(graph.Told) bool) {
		for told := range g.cut.Told(h, record.Out, t) {
			if g.began(told.Since()) && !yield(told) {
				return
			}
		}
	}
}

// set is a set of records: a bit for each handle. A nil set is empty.
type set []uint64

func newSet(size int) set { return make(set, size/64+1) }

func (s set) add(h graph.Handle) { s[h>>6] |= 1 << (h & 63) }

func (s set) has(h graph.Handle) bool { return int(h>>6) < len(s) && s[h>>6]>>(h&63)&1 == 1 }

func (s set) count() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// and lists what is in both.
func (s set) and(t set) (list []graph.Handle) {
	for i := range min(len(s), len(t)) {
		for word := s[i] & t[i]; word != 0; word &= word - 1 {
			list = append(list, graph.Handle(i<<6+bits.TrailingZeros64(word)))
		}
	}
	return list
}

// or is what is in either; both are of one size, or nil.
func (s set) or(t set) set {
	if len(s) == 0 {
		s = make(set, len(t))
	}
	for i, word := range t {
		s[i] |= word
	}
	return s
}
