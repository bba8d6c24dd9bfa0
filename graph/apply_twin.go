package graph

import "lotigraph/record"

// eachOfOne edits a link and, where an end of it was merged with other records,
// the links of those that say the same: readers see them as one.
func (a *applier) eachOfOne(id string, edit func(edge) edge) (record.Saved, error) {
	l, before, err := a.edgeByID(id)
	if err != nil {
		return record.Saved{}, err
	}
	saved, err := a.putEdgeIfChanged(l, before, edit(*before))
	if err != nil || before.Withdrawn {
		return saved, err
	}
	twins, err := a.twins(l, *before)
	for _, twin := range twins {
		if err != nil {
			break
		}
		var old *edge
		if old, err = load[edge](a.st, linkKey(twin)); err == nil && !old.Withdrawn {
			var more record.Saved
			if more, err = a.putEdgeIfChanged(twin, old, edit(*old)); more.Outcome == record.Changed {
				saved.Outcome = record.Changed
			}
		}
	}
	return saved, err
}

// twins are the links between records that are one with the ends of e, other
// than at, that say what e says.
func (a *applier) twins(at ref, e edge) ([]ref, error) {
	froms, err := a.group(e.From)
	if err != nil {
		return nil, err
	}
	tos, err := a.group(e.To)
	if err != nil || len(froms)+len(tos) == 2 {
		return nil, err
	}
	var list []ref
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
				if l != at && saysTheSameAs(*old, e) {
					list = append(list, l)
				}
			}
		}
	}
	return list, nil
}

// settledElsewhere is the link by which a person has settled what e proposes,
// between records that are one with its ends: rejected or withdrawn, with none
// that stands. 0 when there is none.
func (a *applier) settledElsewhere(e edge) (gone ref, err error) {
	twins, err := a.twins(0, e)
	for _, l := range twins {
		if err != nil {
			return 0, err
		}
		var old *edge
		old, err = load[edge](a.st, linkKey(l))
		switch {
		case err != nil:
		case !old.Withdrawn && old.Status != record.Rejected:
			return 0, nil
		case old.Undone:
		case gone == 0:
			gone = l
		}
	}
	return gone, err
}

// saysTheSameAs tells whether two links between the same records could be one:
// for a job the same title or none, and periods that could be one.
func saysTheSameAs(a, b edge) bool {
	return a.Type == b.Type && onePeriod(a, b) && (!a.Type.FreeRole() || oneJob(a.Role, b.Role))
}
