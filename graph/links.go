package graph

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"

	"lotigraph/record"
)

// LinkFilter chooses among a record's links; the zero value lets all through.
type LinkFilter struct {
	Types     []record.LinkType // none means every type, mentions included
	Direction record.Direction
}

// ranges are the near ranges that the filter asks for, in the order of a list:
// outgoing before incoming, then by type.
func (f LinkFilter) ranges(n ref) []tuple {
	types := f.Types
	if len(types) == 0 {
		types = record.LinkTypes()
	}
	var list []tuple
	for _, d := range []record.Direction{record.Out, record.In} {
		if f.Direction != record.Both && f.Direction != d {
			continue
		}
		for _, t := range record.LinkTypes() {
			if slices.Contains(types, t) {
				list = append(list, nearPrefix(n, d, t))
			}
		}
	}
	return list
}

// Links lists the links of a record that the lens shows: outgoing then incoming,
// each by type, newest first and those without a date last. Evidence that the
// viewer may not see is left out.
func (s *Snapshot) Links(ctx context.Context, l record.Lens, id record.ID, f LinkFilter, after string) iter.Seq2[At[record.Link], error] {
	return func(yield func(At[record.Link], error) bool) {
		err := s.eachLink(ctx, l, id, f, after, func(link *record.Link, withheld bool, cursor string) error {
			if !withheld && !yield(At[record.Link]{*link, cursor}, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && err != errStop {
			yield(At[record.Link]{}, err)
		}
	}
}

// eachLink calls do with the links of a record, those that the lens leaves out
// included.
func (s *Snapshot) eachLink(ctx context.Context, l record.Lens, id record.ID, f LinkFilter, after string, do func(link *record.Link, withheld bool, cursor string) error) error {
	if err := errors.Join(ctx.Err(), l.Validate()); err != nil {
		return err
	}
	n, _, err := s.refOf(l, id)
	if err != nil {
		return err
	}
	u, err := s.unions(l.Viewer)
	if err != nil {
		return err
	}
	whole := table(nearTable).num(n)
	start, err := startBehind(whole, after)
	if err != nil {
		return err
	}
	for _, prefix := range f.ranges(n) {
		from := prefix
		if after != "" && string(start) > string(prefix) {
			if !bytes.HasPrefix(start, prefix) {
				continue // the cursor is behind this range
			}
			from = start
		}
		err := nearRange{s, l, prefix, from, u.all(n)}.each(ctx, func(link *record.Link, withheld bool, key tuple) error {
			return do(link, withheld, cursorOf(whole, key))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// nearRange is the links of one record, direction and type, from a place on, as
// one lens shows them.
//
// Invariant: order and places follow from what is shown. A link whose dates are
// hidden from the viewer stands among those without a date, at the end, although
// its key stands elsewhere. The links of records that go by this one stand where
// they would if they were its own.
type nearRange struct {
	s            *Snapshot
	lens         record.Lens
	prefix, from tuple
	members      []ref // the records whose links these are; the first is that of the prefix
}

// scan calls f with the keys of the range from a place on, in their order.
func (r nearRange) scan(from tuple, f func(key tuple) error) error {
	if len(r.members) < 2 {
		return r.s.view.scan(r.prefix, from, func(item item) error { return f(item.Key()) })
	}
	var keys [][]byte
	behind := len(table(nearTable).num(r.members[0])) // what follows is direction and type
	for _, n := range r.members {
		own := append(table(nearTable).num(n), r.prefix[behind:]...)
		err := r.s.view.keys(own, func(key []byte) error {
			keys = append(keys, append(slices.Clone(r.prefix), key[len(own):]...))
			return nil
		})
		if err != nil {
			return err
		}
	}
	slices.SortFunc(keys, bytes.Compare)
	for _, key := range keys {
		if bytes.Compare(key, from) < 0 {
			continue
		}
		if err := f(key); err != nil {
			return err
		}
	}
	return nil
}

func (r nearRange) each(ctx context.Context, do func(link *record.Link, withheld bool, key tuple) error) error {
	undated := slices.Clone(r.prefix).num(newestFirst(record.PartialDate{}))
	var last []ref // without a date that the viewer may see
	err := r.scan(r.from, func(key tuple) error {
		if bytes.Compare(key, undated) >= 0 {
			at, err := nearTail(key)
			last = append(last, at)
			return err
		}
		at, link, withheld, err := r.link(ctx, key)
		switch {
		case err != nil || link == nil:
			return err
		case link.Since.IsZero():
			last = append(last, at)
			return nil
		}
		return do(link, withheld, key)
	})
	if err != nil {
		return err
	}
	earlier, err := r.undatedBefore(ctx)
	if err != nil {
		return err
	}
	last = append(last, earlier...)
	slices.Sort(last)
	for _, at := range last {
		key := slices.Clip(undated).num(at)
		if bytes.Compare(key, r.from) < 0 {
			continue
		}
		_, link, withheld, err := r.link(ctx, key)
		if err == nil && link != nil {
			err = do(link, withheld, key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// undatedBefore lists the links whose keys stand before the place, and whose
// dates the viewer may not see.
func (r nearRange) undatedBefore(ctx context.Context) ([]ref, error) {
	if len(r.from) == len(r.prefix) || r.lens.Viewer.Sees(record.Staff) {
		return nil, nil
	}
	var list []ref
	err := r.scan(r.prefix, func(key tuple) error {
		if bytes.Compare(key, r.from) >= 0 {
			return errStop
		}
		at, link, _, err := r.link(ctx, key)
		if link != nil && link.Since.IsZero() {
			list = append(list, at)
		}
		return err
	})
	return list, ignoreStop(err)
}

func (r nearRange) link(ctx context.Context, key tuple) (at ref, link *record.Link, withheld bool, err error) {
	if err := ctx.Err(); err != nil {
		return 0, nil, false, err
	}
	if at, err = nearTail(key); err != nil {
		return at, nil, false, err
	}
	e := r.s.decoded.link(at)
	if e == nil {
		if e, err = r.s.edge(at); err != nil {
			return at, nil, false, err
		}
	}
	link, withheld, err = r.s.shown(r.lens, at, e)
	return at, link, withheld, err
}

// Link reads a link by its id, whatever its status. One whose ends or evidence
// the viewer may not see is ErrNotFound; one of several that say the same, since
// ends of them were merged, gives the one that stands for all.
func (s *Snapshot) Link(ctx context.Context, l record.Lens, id string) (record.Link, error) {
	if err := ctx.Err(); err != nil {
		return record.Link{}, err
	}
	at, err := linkRef(id)
	if err != nil {
		return record.Link{}, err
	}
	e, err := load[edge](s.view, linkKey(at))
	if err != nil {
		return record.Link{}, err
	}
	if e == nil || e.Withdrawn {
		return record.Link{}, record.NotFound("there is no %s", id)
	}
	asked := *e
	if asked.Status == record.Rejected {
		asked.Status = record.Confirmed // a rejected link is looked at by itself
	}
	p, err := s.partOf(record.Lens{Viewer: l.Viewer, Proposed: true}, at, &asked)
	if err == nil && p != nil && e.Status != record.Rejected {
		p, err = s.standing(record.Lens{Viewer: l.Viewer, Proposed: true}, *p)
	}
	if err != nil {
		return record.Link{}, err
	}
	if p == nil {
		return record.Link{}, record.NotFound("there is no %s", id)
	}
	link, err := s.outside(l.Viewer, *p)
	if err != nil {
		return record.Link{}, err
	}
	if e.Status == record.Rejected {
		link.Status, link.Confidence = e.Status, e.Confidence
	}
	return *link, nil
}

// Holds says how surely a link holds on the lens's day, from the evidence that
// it carries.
func (s *Snapshot) Holds(l record.Lens, link record.Link) (record.Certainty, error) {
	e := &edge{Since: link.Since, Until: link.Until}
	proofs := make([]proof, 0, len(link.Evidence))
	for _, ev := range link.Evidence {
		n, ok, err := s.refOfID(ev.Text)
		if err != nil {
			return record.No, err
		}
		if ok {
			proofs = append(proofs, proof{Text: n})
		}
	}
	return s.holds(l, e, proofs)
}

// OwnLink reads a link by its id as it was written: with its own ends, merged or
// not, and with no evidence but its own. It is for those who change links.
func (s *Snapshot) OwnLink(ctx context.Context, l record.Lens, id string) (record.Link, error) {
	at, err := linkRef(id)
	if err := cmp.Or(ctx.Err(), err); err != nil {
		return record.Link{}, err
	}
	e, err := load[edge](s.view, linkKey(at))
	if err != nil {
		return record.Link{}, err
	}
	if e == nil || !l.Viewer.Sees(record.Staff) {
		return record.Link{}, record.NotFound("there is no %s", id)
	}
	link, err := e.link(at, s.id)
	if err != nil {
		return record.Link{}, err
	}
	return *link, nil
}
