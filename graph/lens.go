package graph

import (
	"cmp"
	"context"
	"slices"

	"lotigraph/record"
)

// sees tells whether the viewer may see a record. A text has a visibility of its
// own. Another record is seen when it was stated to be as open as that, or when
// a text that names it can be seen; the boroughs are public.
func (s *Snapshot) sees(w record.Viewer, n ref, node *record.Node) (bool, error) {
	switch {
	case node.Withdrawn:
		return false, nil
	case node.Weeknote != nil:
		return w.Sees(node.Weeknote.Visibility), nil
	case !guarded(node), w.Sees(record.Staff):
		return true, nil
	case node.Stated != 0 && w.Sees(node.Stated):
		return true, nil
	}
	if hidden := s.unseen[clearanceOf(w)].Load(); hidden != nil {
		_, ok := (*hidden)[n]
		return !ok, nil
	}
	return s.namedBySeen(w, n)
}

// namedBySeen tells whether a passage that the viewer may see mentions the
// record or has it as the author of a text.
func (s *Snapshot) namedBySeen(w record.Viewer, n ref) (bool, error) {
	for _, r := range []struct {
		direction record.Direction
		t         record.LinkType
	}{{record.In, record.Mentions}, {record.Out, record.Authored}} {
		seen := false
		prefix := nearPrefix(n, r.direction, r.t)
		err := s.view.scan(prefix, prefix, func(item item) error {
			e, err := s.edgeOfNear(item.Key())
			if err != nil {
				return err
			}
			g, err := s.look(record.Lens{Viewer: w, Proposed: true}, e)
			if err == nil && g != nil && len(g.proofs) > 0 {
				seen, err = true, errStop
			}
			return err
		})
		if err != nil && err != errStop || seen {
			return seen, ignoreStop(err)
		}
	}
	return false, nil
}

func ignoreStop(err error) error {
	if err == errStop {
		return nil
	}
	return err
}

// nearTail reads what stands behind the record and direction in a near key.
func nearTail(key tuple) (link ref, err error) {
	rest := key[1:]
	var n uint64
	for range 5 { // record, direction, type, date, link
		if n, rest, err = rest.takeNum(); err != nil {
			return 0, err
		}
	}
	return n, nil
}

func (s *Snapshot) edgeOfNear(key []byte) (*edge, error) {
	l, err := nearTail(key)
	if err != nil {
		return nil, err
	}
	return s.edge(l)
}

// glance is a link as one lens shows it.
type glance struct {
	edge     *edge
	proofs   []proof // the evidence that may be seen, of texts that stand
	withheld bool    // only the lens's Proposed keeps it out
}

// look puts a link under the lens; nil when it does not show. It does not judge
// the two ends.
//
// Evidence goes with its text. A link that has none left is shown, as unsourced,
// to those who could see some of it before. To those who may not see all of the
// evidence, whether its text still stands or not, a link shows no role and no
// dates: they may come from what is hidden.
func (s *Snapshot) look(l record.Lens, e *edge) (*glance, error) {
	if e.Withdrawn || e.Status == record.Rejected {
		return nil, nil
	}
	g := &glance{edge: e, withheld: !l.Shows(e.Status)}
	standing, seen := 0, 0
	for _, p := range e.Proofs {
		text, err := s.node(p.Text)
		if err != nil {
			return nil, err
		}
		sees, err := s.seesVersion(l.Viewer, p.Text, text.Weeknote, p.Version)
		if err != nil {
			return nil, err
		}
		if sees {
			seen++
		}
		if text.Withdrawn {
			continue
		}
		standing++
		if sees {
			g.proofs = append(g.proofs, p)
		}
	}
	if seen == 0 || standing > 0 && len(g.proofs) == 0 {
		return nil, nil
	}
	if seen < len(e.Proofs) && !e.Type.Derived() {
		bare := *e
		bare.Role, bare.Since, bare.Until, bare.Confidence = "", record.PartialDate{}, record.PartialDate{}, surest(g.proofs)
		if e.Status == record.Confirmed {
			bare.Confidence = 1
		}
		e, g.edge = &bare, &bare
	}
	certainty, err := s.holds(l, e, g.proofs)
	if err != nil || certainty == record.No {
		return nil, err
	}
	return g, nil
}

// seesVersion tells whether the viewer may read a version of a text: the text as
// it is now, and that version as it was when it was read.
func (s *Snapshot) seesVersion(w record.Viewer, n ref, now *record.Weeknote, version int) (bool, error) {
	if version == now.Version || !w.Sees(now.Visibility) {
		return w.Sees(now.Visibility), nil
	}
	parts, err := load[record.Text](s.view, textKey(n, version))
	if err != nil {
		return false, err
	}
	return parts != nil && w.Sees(cmp.Or(parts.Visibility, record.Staff)), nil // what nobody said is closed
}

// holds says whether the link holds on the lens's day.
func (s *Snapshot) holds(l record.Lens, e *edge, proofs []proof) (record.Certainty, error) {
	if l.AsOf.IsZero() {
		return record.Certainly, nil
	}
	var earliest record.PartialDate
	if e.Since.IsZero() {
		for _, p := range proofs {
			text, err := s.node(p.Text)
			if err != nil {
				return record.No, err
			}
			d := text.Weeknote.Date.Last()
			if !d.IsZero() && (earliest.IsZero() || d.Compare(earliest) < 0) {
				earliest = d
			}
		}
	}
	return record.Holds(e.Since, e.Until, earliest, l.AsOf), nil
}

// endsSeen tells whether both ends of a link may be seen.
func (s *Snapshot) endsSeen(w record.Viewer, e *edge) (bool, error) {
	for _, n := range []ref{e.From, e.To} {
		node, err := s.node(n)
		if err != nil {
			return false, err
		}
		if visible, err := s.sees(w, n, node); err != nil || !visible {
			return false, err
		}
	}
	return true, nil
}

// shown is the link as the lens shows it, nil when the viewer may not see it, or
// when another one stands for it. Withheld tells that it is a proposal, which the
// lens leaves out.
func (s *Snapshot) shown(l record.Lens, at ref, e *edge) (link *record.Link, withheld bool, err error) {
	p, err := s.partOf(l, at, e)
	if err != nil || p == nil {
		return nil, false, err
	}
	one, err := s.standing(l, *p)
	if err != nil || one == nil || one.at != at {
		return nil, false, err
	}
	link, err = s.outside(l.Viewer, *one)
	return link, one.withheld, err
}

// standing is the link that stands for p where ends of it were merged, and p
// itself elsewhere; nil when its ends have become one, or when what it proposes
// was rejected.
func (s *Snapshot) standing(l record.Lens, p part) (*part, error) {
	u, err := s.unions(l.Viewer)
	if err != nil || u == nil {
		return &p, err
	}
	from, to := u.one(p.edge.From), u.one(p.edge.To)
	if from == to {
		return nil, nil
	}
	if len(u.all(from))+len(u.all(to)) == 2 {
		return &p, nil
	}
	parts, err := s.twins(l, u, p)
	if err != nil || len(parts) == 0 {
		return nil, err
	}
	one := together(parts)
	return &one, nil
}

// outside is a link with the ids that its ends go by. Evidence names the text
// that it quotes, merged or not.
func (s *Snapshot) outside(w record.Viewer, p part) (*record.Link, error) {
	u, err := s.unions(w)
	if err != nil {
		return nil, err
	}
	e := *p.edge
	e.Proofs = p.proofs
	e.From, e.To = u.one(e.From), u.one(e.To)
	return e.link(p.at, s.id)
}

// shownAt is shown for a link that is still to be read; it is kept, since it will be
// asked for again.
func (s *Snapshot) shownAt(l record.Lens, at ref) (*record.Link, bool, error) {
	e := s.decoded.link(at)
	if e == nil {
		var err error
		if e, err = s.edge(at); err != nil {
			return nil, false, err
		}
		s.decoded.links.keep(at, e)
	}
	return s.shown(l, at, e)
}

// Hidden lists the records that the lens's viewer may not see, in the order of
// their refs: what an index must leave out of hits, totals and suggestions.
// Withdrawn records are not among them, since an index does not hold them.
func (s *Snapshot) Hidden(ctx context.Context, l record.Lens) ([]record.ID, error) {
	clearance := max(l.Viewer.Clearance, record.Public)
	if clearance == record.Staff {
		return nil, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, ok := s.hidden[clearance]; ok {
		return slices.Clone(known), nil
	}
	unseen, err := s.hiddenFrom(ctx, l.Viewer)
	if err != nil {
		return nil, err
	}
	list := make([]record.ID, len(unseen))
	refs := make(map[ref]struct{}, len(unseen))
	for i, n := range unseen {
		refs[n] = struct{}{}
		if list[i], err = s.id(n); err != nil {
			return nil, err
		}
	}
	s.unseen[clearanceOf(l.Viewer)].Store(&refs)
	s.hidden[clearance] = list
	return slices.Clone(list), nil
}

// fewGuarded is how many records are quickly judged one by one; less in tests.
var fewGuarded = 64

// hiddenFrom lists the refs of what a viewer may not see. Where many records hang
// on what texts say, it asks the links in memory, if they are at hand: they know it.
func (s *Snapshot) hiddenFrom(ctx context.Context, w record.Viewer) (unseen []ref, err error) {
	list, err := refs(s.view, table(guardedTable))
	if err != nil {
		return nil, err
	}
	var all *adjacency
	if len(list) > fewGuarded {
		if all, err = s.adjacencyAtHand(ctx); err != nil {
			return nil, err
		}
	}
	for _, n := range list {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		hidden := false
		if all != nil {
			hidden = all.hides(Handle(n), clearanceOf(w))
		} else if hidden, err = s.hides(w, n); err != nil {
			return nil, err
		}
		if hidden {
			unseen = append(unseen, n)
		}
	}
	return unseen, nil
}

// hides tells whether the viewer may not see a record that stands.
func (s *Snapshot) hides(w record.Viewer, n ref) (bool, error) {
	node, err := s.node(n)
	if err != nil || node.Withdrawn {
		return false, err
	}
	visible, err := s.sees(w, n, node)
	return !visible, err
}
