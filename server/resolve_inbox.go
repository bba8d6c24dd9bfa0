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

// decided reads what a decision did from the first view that holds it.
func (m mutation) decided(ctx context.Context, entries ...record.Entry) (answer.Reader, error) {
	var last uint64
	for _, e := range entries {
		last = max(last, e.Number)
	}
	return viewsOf(ctx).after(ctx, last)
}

// settle takes a decision that is one change.
func (m mutation) settle(ctx context.Context, reason, changeID *string, decide func(inbox.By) (record.Entry, error)) (*answer.ChangePayload, error) {
	by, err := m.by(ctx, reason, changeID)
	if err != nil {
		return nil, err
	}
	entry, err := decide(by)
	if err != nil {
		return nil, asDecision(err)
	}
	r, err := m.decided(ctx, entry)
	if err != nil {
		return nil, err
	}
	return new(r.Change(entry)), nil
}

func (m mutation) ReviewLinks(ctx context.Context, ids []record.ID, status record.LinkStatus, reason, changeID *string) (*answer.ChangePayload, error) {
	links := make([]string, len(ids))
	for i, id := range ids {
		links[i] = string(id)
	}
	return m.settle(ctx, reason, changeID, func(by inbox.By) (record.Entry, error) {
		return m.server.inbox.Review(ctx, by, links, status)
	})
}

func (m mutation) ReviewAll(ctx context.Context, source *record.ID, rule *string, types []record.LinkType, status record.LinkStatus, reason, changeID *string) (*answer.ChangesPayload, error) {
	by, err := m.by(ctx, reason, changeID)
	if err != nil {
		return nil, err
	}
	f := inbox.Filter{Types: types}
	if source != nil {
		f.Source = *source
	}
	if rule != nil {
		f.Rule = *rule
	}
	entries, err := m.server.inbox.ReviewAll(ctx, by, f, status)
	if err != nil {
		return nil, asDecision(err)
	}
	r, err := m.decided(ctx, entries...)
	if err != nil {
		return nil, err
	}
	return r.Changes(entries), nil
}

func (m mutation) CorrectLink(ctx context.Context, id record.ID, in answer.CorrectionInput, revision *int, reason, changeID *string) (*answer.LinkPayload, error) {
	by, err := m.by(ctx, reason, changeID)
	if err != nil {
		return nil, err
	}
	entry, link, err := m.server.inbox.Correct(ctx, by, string(id), in.Correction(revision))
	if err != nil {
		return nil, asArgument(asDecision(err))
	}
	r, err := m.decided(ctx, entry)
	if err != nil {
		return nil, err
	}
	l, err := r.Link(ctx, link)
	if err != nil {
		return nil, err
	}
	return &answer.LinkPayload{ChangePayload: r.Change(entry), Link: l}, nil
}

func (m mutation) AcceptName(ctx context.Context, kind record.Kind, name string, as *record.ID, in *answer.NameInput, reason, changeID *string) (*answer.NamePayload, error) {
	by, err := m.by(ctx, reason, changeID)
	if err != nil {
		return nil, err
	}
	var known record.ID
	if as != nil {
		known = *as
	}
	id, entries, err := m.server.inbox.AcceptName(ctx, by, kind, name, in.Record(), known)
	if err != nil {
		return nil, asDecision(err)
	}
	r, err := m.decided(ctx, entries...)
	if err != nil {
		return nil, err
	}
	return r.Named(ctx, id, entries)
}

func (m mutation) DismissName(ctx context.Context, kind record.Kind, name string, reason, changeID *string) (*answer.ChangePayload, error) {
	return m.settle(ctx, reason, changeID, func(by inbox.By) (record.Entry, error) {
		return m.server.inbox.DismissName(ctx, by, kind, name)
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
func (m mutation) identity(ctx context.Context, id record.ID, reason, changeID *string, decide func(inbox.By) (record.Entry, error)) (*answer.NodePayload, error) {
	by, err := m.by(ctx, reason, changeID)
	if err != nil {
		return nil, err
	}
	entry, err := decide(by)
	if err != nil {
		return nil, asDecision(err)
	}
	r, err := m.decided(ctx, entry)
	if err != nil {
		return nil, err
	}
	n, err := r.Node(ctx, id)
	if err != nil {
		return nil, err
	}
	return &answer.NodePayload{ChangePayload: r.Change(entry), Node: n}, nil
}

func (m mutation) NotTheSame(ctx context.Context, a, b record.ID, reason, changeID *string) (*answer.ChangePayload, error) {
	return m.settle(ctx, reason, changeID, func(by inbox.By) (record.Entry, error) {
		return m.server.inbox.Part(ctx, by, a, b)
	})
}

func (m mutation) Withdraw(ctx context.Context, id record.ID, revision *int, reason, changeID *string) (*answer.ChangePayload, error) {
	return m.settle(ctx, reason, changeID, func(by inbox.By) (record.Entry, error) {
		return m.server.inbox.Withdraw(ctx, by, string(id), revision)
	})
}

func (m mutation) Restore(ctx context.Context, id record.ID, reason, changeID *string) (*answer.ChangePayload, error) {
	return m.settleAll(ctx, reason, changeID, func(by inbox.By) ([]record.Entry, error) {
		return m.server.inbox.Restore(ctx, by, string(id))
	})
}

func (m mutation) Undo(ctx context.Context, change record.ID, reason, changeID *string) (*answer.ChangePayload, error) {
	number, err := strconv.ParseUint(string(change), 10, 64)
	if err != nil {
		return nil, record.Invalid("change", "%q is not the number of a change", change)
	}
	return m.settleAll(ctx, reason, changeID, func(by inbox.By) ([]record.Entry, error) {
		return m.server.inbox.Undo(ctx, by, number)
	})
}

// settleAll takes a decision after which texts may be read again. The payload is
// that of the decision, read when the texts have been.
func (m mutation) settleAll(ctx context.Context, reason, changeID *string, decide func(inbox.By) ([]record.Entry, error)) (*answer.ChangePayload, error) {
	by, err := m.by(ctx, reason, changeID)
	if err != nil {
		return nil, err
	}
	entries, err := decide(by)
	if err != nil {
		return nil, asArgument(err)
	}
	r, err := m.decided(ctx, entries...)
	if err != nil {
		return nil, err
	}
	return new(r.Change(entries[0])), nil
}

func (q query) Changes(ctx context.Context, first int, after *string) (*answer.ChangeConnection, error) {
	if err := q.staff(ctx); err != nil {
		return nil, err
	}
	return q.reader(ctx, nil).ChangeLog(ctx, answer.Page{First: first, After: after})
}
