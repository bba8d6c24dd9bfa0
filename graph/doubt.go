package graph

import (
	"context"
	"errors"
	"fmt"

	"lotigraph/record"
)

// maxDoubts is how many doubts can stand about one link: those who would add
// another one are told that it is known.
const maxDoubts = 20

// doubted fills in what a doubt is about.
func (a *applier) doubted(ru *ruling, in record.Ruling) error {
	at, err := linkRef(in.Link)
	if err != nil {
		return record.Under("link", err)
	}
	e, err := load[edge](a.st, linkKey(at))
	if err != nil {
		return err
	}
	if e == nil || e.Withdrawn {
		return &record.Refusal{Class: record.ErrNotFound, Field: "link", Reason: "there is no " + in.Link}
	}
	ru.Link, ru.Says = at, in.Says
	return nil
}

// sameDoubt is the doubt about a link that says the same already.
func (a *applier) sameDoubt(ru *ruling) (ref, error) {
	standing, err := refs(a.st, doubtPrefix(ru.Link))
	if err != nil {
		return 0, err
	}
	for _, r := range standing {
		other, err := load[ruling](a.st, rulingKey(r))
		if err != nil {
			return 0, err
		}
		if other == nil {
			return 0, fmt.Errorf("%s is not there", rulingID(r))
		}
		if record.Fold(other.Says) == record.Fold(ru.Says) {
			return r, nil
		}
	}
	if len(standing) >= maxDoubts {
		return 0, record.Conflict("%d people said already that %s is wrong; it waits for a person to look at it", len(standing), linkID(ru.Link))
	}
	return 0, nil
}

// Doubts lists the doubts that stand about links, link by link, in the order in
// which they were raised. Those about links that the lens does not show, such as
// rejected ones, are left out. They are for staff alone: for anybody else the list
// is empty.
func (s *Snapshot) Doubts(ctx context.Context, l record.Lens) ([]record.Ruling, error) {
	if !l.Viewer.Sees(record.Staff) {
		return nil, nil
	}
	var list []record.Ruling
	prefix := table(doubtTable)
	err := s.view.scan(prefix, prefix, func(it item) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		link, r, err := lastTwo(it.Key(), prefix)
		if err != nil {
			return err
		}
		shown, err := s.Link(ctx, l, linkID(link))
		if errors.Is(err, record.ErrNotFound) || err == nil && shown.Status == record.Rejected {
			return nil
		}
		if err != nil {
			return err
		}
		ru, err := load[ruling](s.view, rulingKey(r))
		if err != nil || ru == nil {
			return err
		}
		out, err := ru.outside(r, s.id)
		if err == nil {
			list = append(list, *out)
		}
		return err
	})
	return list, err
}
