package inbox

import (
	"context"

	"lotigraph/graph"
	"lotigraph/record"
)

// Report is what somebody says against a link.
type Report struct {
	Ruling record.Ruling // the doubt
	Link   record.Link   // as it is now
}

// reports are the doubts that nobody has settled.
func reports(ctx context.Context, s *graph.Snapshot, l record.Lens) ([]Item, error) {
	doubts, err := s.Doubts(ctx, l)
	if err != nil {
		return nil, err
	}
	var list []Item
	for _, d := range doubts {
		link, err := s.Link(ctx, l, d.Link)
		if err != nil {
			return nil, err
		}
		list = append(list, Item{ID: d.ID, Sort: Reported, Settles: 1, Certainty: 1, Report: &Report{d, link}})
	}
	return list, nil
}

// Report says that a link is wrong, and why. It settles nothing: it waits for a
// person. The caller has looked whether whoever says so may see the link. Saying
// the same again changes nothing, and a link of which many said so takes no more.
func (in *Inbox) Report(ctx context.Context, by By, link, says string) (record.Entry, error) {
	return in.commit(ctx, by, 0, []record.Op{{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: record.Doubt, Link: link, Says: says}}}})
}

// SettleReport closes a report: the link is wrong, and is rejected, or it stays as
// it is. Both are one change, and undone as one.
func (in *Inbox) SettleReport(ctx context.Context, by By, id string, wrong bool) (record.Entry, error) {
	if said, err := in.said(ctx, by); err != nil || len(said) > 0 {
		return first(said), err
	}
	s, l, err := in.snapshot()
	if err != nil {
		return record.Entry{}, err
	}
	defer s.Close()
	doubt, err := s.Ruling(ctx, l, id)
	if err != nil {
		return record.Entry{}, record.Under("id", err)
	}
	if doubt.Sort != record.Doubt {
		return record.Entry{}, record.Invalid("id", "%s is no report of a mistake", id)
	}
	if doubt.Withdrawn {
		return record.Entry{}, record.Conflict("somebody settled %s already", id)
	}
	var ops []record.Op
	if wrong {
		ops = reviews([]string{doubt.Link}, record.Rejected)
	}
	return in.commit(ctx, by, 0, append(ops, record.Op{Withdraw: &record.Withdraw{ID: id}}))
}
