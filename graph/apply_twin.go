package graph

import (
	"cmp"
	"slices"

	"lotigraph/record"
)

// saysTheSameAs tells whether two links between the same records could be one.
func saysTheSameAs(a, b edge) bool {
	meaning := func(e edge) record.Link {
		return record.Link{Type: e.Type, Role: e.Role, Since: e.Since, Until: e.Until}
	}
	return record.OneMeaning(meaning(a), meaning(b))
}

// classes parts links between records that are one into those that say the same,
// each class under its first. A job without a title says the same as any, but
// belongs to one class: it joins the first that it fits, after the others are
// formed.
func classes[T any](sorted []T, of func(T) *edge) (all [][]T) {
	bare := func(e *edge) bool { return e.Type.FreeRole() && e.Role == "" }
	for _, last := range []bool{false, true} {
		for _, item := range sorted {
			e := of(item)
			if bare(e) != last {
				continue
			}
			at := slices.IndexFunc(all, func(class []T) bool { return saysTheSameAs(*of(class[0]), *e) })
			if at < 0 {
				all = append(all, []T{item})
			} else {
				all[at] = append(all[at], item)
			}
		}
	}
	return all
}

// twin is a link among those that say the same.
type twin struct {
	at   ref
	edge *edge
}

// eachOfOne edits a link and, where an end of it was merged with other records,
// the links that readers see as one with it: those of its class that stand as it
// does.
func (a *applier) eachOfOne(id string, stands func(edge) bool, edit func(edge) edge) (record.Saved, error) {
	l, before, err := a.edgeByID(id)
	if err != nil {
		return record.Saved{}, err
	}
	class := []twin{{l, before}}
	if stands(*before) {
		if class, err = a.classOf(l, *before, stands); err != nil {
			return record.Saved{}, err
		}
	}
	saved := record.Saved{ID: id, Outcome: record.Unchanged}
	for _, t := range class {
		one, err := a.putEdgeIfChanged(t.at, t.edge, edit(*t.edge))
		if err != nil {
			return saved, err
		}
		if one.Outcome == record.Changed {
			saved.Outcome = record.Changed
		}
	}
	return saved, nil
}

// classOf is the links that readers see as one with a link: it alone where
// nothing was merged.
func (a *applier) classOf(l ref, e edge, stands func(edge) bool) ([]twin, error) {
	all, err := a.twins(e)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(t twin) bool { return !stands(*t.edge) })
	for _, class := range classes(all, func(t twin) *edge { return t.edge }) {
		if slices.ContainsFunc(class, func(t twin) bool { return t.at == l }) {
			return class, nil
		}
	}
	return []twin{{l, &e}}, nil
}

// twins are the links of a type between records that are one with the ends of e,
// itself included, as readers order them; none where nothing was merged.
func (a *applier) twins(e edge) ([]twin, error) {
	froms, err := a.group(e.From)
	if err != nil {
		return nil, err
	}
	tos, err := a.group(e.To)
	if err != nil || len(froms)+len(tos) == 2 {
		return nil, err
	}
	var list []twin
	for _, from := range froms {
		for _, to := range tos {
			links, err := refs(a.st, pairPrefix(from, e.Type, to))
			if err != nil {
				return nil, err
			}
			for _, l := range links {
				old, err := load[edge](a.st, linkKey(l))
				if err != nil {
					return nil, err
				}
				list = append(list, twin{l, old})
			}
		}
	}
	slices.SortFunc(list, func(x, y twin) int {
		confirmed := func(e *edge) int {
			if e.Status == record.Confirmed {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(confirmed(x.edge), confirmed(y.edge)), cmp.Compare(newestFirst(x.edge.Since), newestFirst(y.edge.Since)), cmp.Compare(x.at, y.at))
	})
	return list, nil
}

// settledElsewhere is the link by which a person has settled what e proposes,
// between records that are one with its ends: rejected or withdrawn, with none
// that stands. 0 when there is none.
func (a *applier) settledElsewhere(e edge) (gone ref, err error) {
	all, err := a.twins(e)
	for _, t := range all {
		switch {
		case !saysTheSameAs(*t.edge, e):
		case !t.edge.Withdrawn && t.edge.Status != record.Rejected:
			return 0, nil
		case t.edge.Undone:
		case gone == 0:
			gone = t.at
		}
	}
	return gone, err
}
