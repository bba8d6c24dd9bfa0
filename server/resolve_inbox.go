package server

import (
	"context"
	"crypto/rand"
	"errors"
	"regexp"
	"strconv"
	"time"

	"lotigraph/inbox"
	"lotigraph/record"
	"lotigraph/server/internal/answer"
)

// staff says whether the caller may read what is for those who may change things,
// and why not.
func (q query) staff(ctx context.Context) error {
	return q.server.gate.mayChange(viewsOf(ctx).viewer)
}

func (q query) Inbox(ctx context.Context, f *answer.InboxFilter, first int, after *string) (*answer.InboxItemConnection, error) {
	if err := q.staff(ctx); err != nil {
		return nil, err
	}
	return q.reader(ctx, nil).Inbox(ctx, q.server.inbox, f.Filter(), answer.Page{First: first, After: after})
}

func (q query) Rulings(ctx context.Context) ([]answer.Ruling, error) {
	return q.reader(ctx, nil).Rulings(ctx)
}

func (q query) MergePreview(ctx context.Context, from, into record.ID) (*answer.MergePreview, error) {
	if err := q.staff(ctx); err != nil {
		return nil, err
	}
	p, err := q.server.inbox.PreviewMerge(ctx, from, into)
	if err != nil {
		return nil, err
	}
	return q.reader(ctx, nil).Previewed(p), nil
}

// by says who decides: the caller, if they may.
func (m mutation) by(ctx context.Context, reason, changeID *string) (inbox.By, error) {
	viewer := viewsOf(ctx).viewer
	by := inbox.By{Actor: viewer.Name, ChangeID: "api:" + rand.Text(), Now: time.Now().UTC()}
	if changeID != nil {
		by.ChangeID = "api:" + *changeID
	}
	if reason != nil {
		by.Reason = *reason
	}
	return by, m.server.gate.mayChange(viewer)
}

// operation is what a field of a refused change begins with.
var operation = regexp.MustCompile(`^ops(\[\d+\])?\.?(link\.|node\.|ruling\.)?`)

// asDecision leaves out of a refused field what only the change knows.
func asDecision(err error) error {
	var r *record.Refusal
	if !errors.As(err, &r) {
		return err
	}
	return &record.Refusal{Class: r.Class, Field: operation.ReplaceAllString(r.Field, ""), Reason: r.Reason}
}

// decide takes a decision of the caller, and returns its changes and a reader that
// sees them all. As names the argument that a refusal is about.
func (m mutation) decide(ctx context.Context, reason, changeID *string, as func(error) error, do func(inbox.By) ([]record.Entry, error)) (answer.Reader, []record.Entry, error) {
	by, err := m.by(ctx, reason, changeID)
	if err != nil {
		return answer.Reader{}, nil, err
	}
	entries, err := do(by)
	if err != nil {
		return answer.Reader{}, nil, as(err)
	}
	var last uint64
	for _, e := range entries {
		last = max(last, e.Number)
	}
	r, err := viewsOf(ctx).after(ctx, last)
	return r, entries, err
}

// single is a decision of one change as one of several.
func single(entry record.Entry, err error) ([]record.Entry, error) { return []record.Entry{entry}, err }

// settle takes a decision of which the first change is told.
func (m mutation) settle(ctx context.Context, reason, changeID *string, as func(error) error, do func(inbox.By) ([]record.Entry, error)) (*answer.ChangePayload, error) {
	r, entries, err := m.decide(ctx, reason, changeID, as, do)
	if err != nil {
		return nil, err
	}
	return new(r.Change(entries[0])), nil
}

func (m mutation) ReviewLinks(ctx context.Context, ids []record.ID, status record.LinkStatus, reason, changeID *string) (*answer.ChangePayload, error) {
	links := make([]string, len(ids))
	for i, id := range ids {
		links[i] = string(id)
	}
	return m.settle(ctx, reason, changeID, asDecision, func(by inbox.By) ([]record.Entry, error) {
		return single(m.server.inbox.Review(ctx, by, links, status))
	})
}

func (m mutation) ReviewAll(ctx context.Context, source *record.ID, rule *string, types []record.LinkType, status record.LinkStatus, reason, changeID *string) (*answer.ChangesPayload, error) {
	f := inbox.Filter{Types: types}
	if source != nil {
		f.Source = *source
	}
	if rule != nil {
		f.Rule = *rule
	}
	r, entries, err := m.decide(ctx, reason, changeID, asDecision, func(by inbox.By) ([]record.Entry, error) {
		return m.server.inbox.ReviewAll(ctx, by, f, status)
	})
	if err != nil {
		return nil, err
	}
	return r.Changes(entries), nil
}

func (m mutation) CorrectLink(ctx context.Context, id record.ID, in answer.CorrectionInput, revision *int, reason, changeID *string) (*answer.LinkPayload, error) {
	link := ""
	as := func(err error) error { return asArgument(asDecision(err)) }
	r, entries, err := m.decide(ctx, reason, changeID, as, func(by inbox.By) ([]record.Entry, error) {
		entry, stands, err := m.server.inbox.Correct(ctx, by, string(id), in.Correction(revision))
		link = stands
		return single(entry, err)
	})
	if err != nil {
		return nil, err
	}
	l, err := r.Link(ctx, link)
	if err != nil {
		return nil, err
	}
	return &answer.LinkPayload{ChangePayload: r.Change(entries[0]), Link: l}, nil
}

func (m mutation) AcceptName(ctx context.Context, kind record.Kind, name string, as *record.ID, in *answer.NameInput, reason, changeID *string) (*answer.NamePayload, error) {
	var known, id record.ID
	if as != nil {
		known = *as
	}
	r, entries, err := m.decide(ctx, reason, changeID, asDecision, func(by inbox.By) (entries []record.Entry, err error) {
		id, entries, err = m.server.inbox.AcceptName(ctx, by, kind, name, in.Record(), known)
		return entries, err
	})
	if err != nil {
		return nil, err
	}
	return r.Named(ctx, id, entries)
}

func (m mutation) DismissName(ctx context.Context, kind record.Kind, name string, reason, changeID *string) (*answer.ChangePayload, error) {
	return m.settle(ctx, reason, changeID, asDecision, func(by inbox.By) ([]record.Entry, error) {
		return single(m.server.inbox.DismissName(ctx, by, kind, name))
	})
}

func (m mutation) SettleReport(ctx context.Context, id record.ID, wrong bool, reason, changeID *string) (*answer.ChangePayload, error) {
	return m.settle(ctx, reason, changeID, asDecision, func(by inbox.By) ([]record.Entry, error) {
		return single(m.server.inbox.SettleReport(ctx, by, string(id), wrong))
	})
}

func (m mutation) Merge(ctx context.Context, from, into record.ID, reason, changeID *string) (*answer.NodePayload, error) {
	return m.identity(ctx, into, reason, changeID, func(by inbox.By) (record.Entry, error) {
		return m.server.inbox.Merge(ctx, by, from, into)
	})
}

func (m mutation) Unmerge(ctx context.Context, id record.ID, reason, changeID *string) (*answer.NodePayload, error) {
	return m.identity(ctx, id, reason, changeID, func(by inbox.By) (record.Entry, error) {
		return m.server.inbox.Unmerge(ctx, by, id)
	})
}

// identity takes a decision after which a record is to be read.
func (m mutation) identity(ctx context.Context, id record.ID, reason, changeID *string, rule func(inbox.By) (record.Entry, error)) (*answer.NodePayload, error) {
	r, entries, err := m.decide(ctx, reason, changeID, asDecision, func(by inbox.By) ([]record.Entry, error) { return single(rule(by)) })
	if err != nil {
		return nil, err
	}
	n, err := r.Node(ctx, id)
	if err != nil {
		return nil, err
	}
	return &answer.NodePayload{ChangePayload: r.Change(entries[0]), Node: n}, nil
}

func (m mutation) NotTheSame(ctx context.Context, a, b record.ID, reason, changeID *string) (*answer.ChangePayload, error) {
	return m.settle(ctx, reason, changeID, asDecision, func(by inbox.By) ([]record.Entry, error) {
		return single(m.server.inbox.Part(ctx, by, a, b))
	})
}

func (m mutation) Withdraw(ctx context.Context, id record.ID, revision *int, reason, changeID *string) (*answer.ChangePayload, error) {
	return m.settle(ctx, reason, changeID, asDecision, func(by inbox.By) ([]record.Entry, error) {
		return single(m.server.inbox.Withdraw(ctx, by, string(id), revision))
	})
}

func (m mutation) Restore(ctx context.Context, id record.ID, reason, changeID *string) (*answer.ChangePayload, error) {
	return m.settle(ctx, reason, changeID, asArgument, func(by inbox.By) ([]record.Entry, error) {
		return m.server.inbox.Restore(ctx, by, string(id))
	})
}

func (m mutation) Undo(ctx context.Context, change record.ID, reason, changeID *string) (*answer.ChangePayload, error) {
	number, err := strconv.ParseUint(string(change), 10, 64)
	if err != nil {
		return nil, record.Invalid("change", "%q is not the number of a change", change)
	}
	return m.settle(ctx, reason, changeID, asArgument, func(by inbox.By) ([]record.Entry, error) {
		return m.server.inbox.Undo(ctx, by, number)
	})
}

func (q query) Changes(ctx context.Context, first int, after *string) (*answer.ChangeConnection, error) {
	if err := q.staff(ctx); err != nil {
		return nil, err
	}
	return q.reader(ctx, nil).ChangeLog(ctx, answer.Page{First: first, After: after})
}
