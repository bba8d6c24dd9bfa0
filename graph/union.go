package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"lotigraph/record"
)

// Merged records are one at read time only: each keeps its own names, texts and
// links as they were written, and a reader who may see several of them is shown
// the one that the others go by, with the names and links of all.
//
// Invariant: a viewer who may not see a record learns nothing from its having
// been merged: for them the others are one without it.

// merges is who goes by whom, by refs.
type merges struct{ into map[ref]ref }

// root is the record that one goes by, itself when it goes by none.
func (m *merges) root(n ref) ref {
	for {
		to, ok := m.into[n]
		if !ok {
			return n
		}
		n = to
	}
}

// merged reads the rulings by which records are one; once in a snapshot's life.
func (s *Snapshot) merged() (*merges, error) {
	s.mergesOnce.Do(func() {
		m := &merges{into: map[ref]ref{}}
		prefix := table(mergedTable)
		s.mergesErr = s.view.scan(prefix, prefix, func(item item) error {
			from, rest, err := tuple(item.Key()[1:]).takeNum()
			if err != nil {
				return err
			}
			m.into[from], _, err = rest.takeNum()
			return err
		})
		s.merges = m
	})
	return s.merges, s.mergesErr
}

// unions are the merged records as one viewer sees them; nil where nothing is
// merged. Only records of which the viewer sees two or more are in it.
type unions struct {
	by      map[ref]ref   // a record → the one it goes by; that one itself included
	members map[ref][]ref // the one they go by → all of them, it first, then ascending
}

// one is the record that n goes by.
func (u *unions) one(n ref) ref {
	if u == nil {
		return n
	}
	if by, ok := u.by[n]; ok {
		return by
	}
	return n
}

// all are the records that go by n, itself first.
func (u *unions) all(n ref) []ref {
	if u != nil {
		if members, ok := u.members[n]; ok {
			return members
		}
	}
	return []ref{n}
}

// unions are those that the viewer sees.
func (s *Snapshot) unions(w record.Viewer) (*unions, error) {
	m, err := s.merged()
	if err != nil || len(m.into) == 0 {
		return nil, err
	}
	clearance := max(w.Clearance, record.Public)
	s.unionsMu.Lock()
	defer s.unionsMu.Unlock()
	if known, ok := s.unionsOf[clearance]; ok {
		return known, nil
	}
	groups := map[ref][]ref{}
	for from := range m.into {
		root := m.root(from)
		groups[root] = append(groups[root], from)
	}
	u := &unions{by: map[ref]ref{}, members: map[ref][]ref{}}
	for root, rest := range groups {
		slices.Sort(rest)
		var seen []ref
		for _, n := range append([]ref{root}, rest...) {
			visible, err := s.seesRef(w, n)
			if err != nil {
				return nil, err
			}
			if visible {
				seen = append(seen, n)
			}
		}
		if len(seen) < 2 {
			continue
		}
		u.members[seen[0]] = seen
		for _, n := range seen {
			u.by[n] = seen[0]
		}
	}
	s.unionsOf[clearance] = u
	return u, nil
}

func (s *Snapshot) seesRef(w record.Viewer, n ref) (bool, error) {
	node, err := s.node(n)
	if err != nil {
		return false, err
	}
	return s.sees(w, n, node)
}

// joined is the record n as the viewer sees it: with the names of those that go
// by it among its aliases. It belongs to the caller.
func (s *Snapshot) joined(w record.Viewer, n ref) (record.Node, error) {
	node, err := s.node(n)
	if err != nil {
		return record.Node{}, err
	}
	own := node.Clone()
	u, err := s.unions(w)
	if err != nil {
		return record.Node{}, err
	}
	for _, m := range u.all(n)[1:] {
		other, err := s.node(m)
		if err != nil {
			return record.Node{}, err
		}
		own.Aliases = withAliases(own, other.Names())
	}
	return own, nil
}

// MergedFrom lists the ids of the records that go by the one of the id, in the
// order in which they were made. They lead to it too.
func (s *Snapshot) MergedFrom(ctx context.Context, l record.Lens, id record.ID) ([]record.ID, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	n, _, err := s.refOf(l, id)
	if err != nil {
		return nil, err
	}
	u, err := s.unions(l.Viewer)
	if err != nil {
		return nil, err
	}
	ids := []record.ID{}
	for _, m := range u.all(n)[1:] {
		id, err := s.id(m)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// Redirects are the records that go by another one as the lens's viewer sees
// them, each with the one it goes by. The caller may not change it.
func (s *Snapshot) Redirects(l record.Lens) (map[record.ID]record.ID, error) {
	u, err := s.unions(l.Viewer)
	if err != nil || u == nil {
		return nil, err
	}
	ids := make(map[record.ID]record.ID, len(u.by))
	for one, members := range u.members {
		to, err := s.id(one)
		if err != nil {
			return nil, err
		}
		for _, m := range members[1:] {
			from, err := s.id(m)
			if err != nil {
				return nil, err
			}
			ids[from] = to
		}
	}
	return ids, nil
}

// IfMerged is the snapshot as it would be if one record went by another. It is
// good for as long as the snapshot it was made of, and is not closed.
func (s *Snapshot) IfMerged(l record.Lens, from, into record.ID) (*Snapshot, error) {
	m, err := s.merged()
	if err != nil {
		return nil, err
	}
	a, _, err := s.ownRefOf(l, from)
	if err != nil {
		return nil, err
	}
	b, _, err := s.ownRefOf(l, into)
	if err != nil {
		return nil, err
	}
	supposed := &merges{into: maps.Clone(m.into)}
	if a = m.root(a); a != m.root(b) {
		supposed.into[a] = b
	}
	t := &Snapshot{view: s.view, version: s.version, lineage: s.lineage, merges: supposed,
		hidden: map[record.Visibility][]record.ID{}, unionsOf: map[record.Visibility]*unions{}, arrays: s.arrays, decoded: s.decoded, deeds: s.deeds, lasting: s.lasting}
	t.mergesOnce.Do(func() {})
	return t, nil
}

// part is one of the links that a reader sees as one.
type part struct {
	at       ref
	edge     *edge // as the viewer sees it
	proofs   []proof
	withheld bool
}

// before orders the parts of one link: what is shown before what is held back,
// confirmed before proposed, then as lists are ordered.
func (p part) before(q part) int {
	rank := func(p part) int {
		switch {
		case p.withheld:
			return 2
		case p.edge.Status != record.Confirmed:
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(rank(p), rank(q)), cmp.Compare(newestFirst(p.edge.Since), newestFirst(q.edge.Since)), cmp.Compare(p.at, q.at))
}

// partOf is a link under the lens; nil when it does not show.
func (s *Snapshot) partOf(l record.Lens, at ref, e *edge) (*part, error) {
	g, err := s.look(l, e)
	if err != nil || g == nil {
		return nil, err
	}
	if seen, err := s.endsSeen(l.Viewer, e); err != nil || !seen {
		return nil, err
	}
	return &part{at, g.edge, g.proofs, g.withheld}, nil
}

// twins are the links that a reader sees as one with p, which is among them; the
// first one stands for all. They are none when all of them are proposals of what
// was rejected of a record that is one with an end.
func (s *Snapshot) twins(l record.Lens, u *unions, p part) ([]part, error) {
	var all, rejected []part
	for _, from := range u.all(u.one(p.edge.From)) {
		for _, to := range u.all(u.one(p.edge.To)) {
			links, err := refs(s.view, pairPrefix(from, p.edge.Type, to))
			if err != nil {
				return nil, err
			}
			for _, at := range links {
				e, err := s.edge(at)
				if err != nil {
					return nil, err
				}
				asked := *e
				if e.Status == record.Rejected {
					asked.Status = record.Proposed // to know whether the viewer could see it
				}
				other, err := s.partOf(l, at, &asked)
				switch {
				case err != nil:
					return nil, err
				case other == nil:
				case e.Status == record.Rejected:
					rejected = append(rejected, *other)
				default:
					all = append(all, *other)
				}
			}
		}
	}
	slices.SortFunc(all, part.before)
	for _, class := range classes(all, func(q part) *edge { return q.edge }) {
		if slices.ContainsFunc(class, func(q part) bool { return q.at == p.at }) {
			slices.SortFunc(class, part.before)
			if class[0].edge.Status == record.Proposed && slices.ContainsFunc(rejected, func(q part) bool { return saysTheSameAs(*class[0].edge, *q.edge) }) {
				return nil, nil
			}
			return class, nil
		}
	}
	return []part{p}, nil
}

// together is the one link that a reader sees for several: the first one, with
// the evidence of all, and with what others of its status add to it.
func together(parts []part) part {
	one := parts[0]
	e := *one.edge
	for _, p := range parts[1:] {
		if e.Type.Derived() { // passages of one text: the longer name says which is meant
			one.proofs = widest(slices.Concat(one.proofs, p.proofs))
		} else {
			one.proofs = withProofs(one.proofs, p.proofs)
		}
		if p.withheld != one.withheld || p.edge.Status != e.Status {
			continue
		}
		e.Role = tellingRole(e.Type, e.Role, p.edge.Role)
		if e.Until.IsZero() {
			e.Until = p.edge.Until
		}
		e.Confidence = max(e.Confidence, p.edge.Confidence)
	}
	one.edge = &e
	return one
}
