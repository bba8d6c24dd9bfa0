package server

import (
	"context"
	encoding "encoding/base64"
	"errors"
	"strings"

	"lotigraph/inbox"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/server/internal/answer"
)

// mutation answers the fields of Mutation. Each waits until its own change can
// be read.
type mutation struct{ server *Server }

// how is what every change may be given beside what it changes.
type how struct {
	reason, changeID *string
	expect           []record.Expect
}

// commit makes a change of one operation and returns a reader that sees it.
func (m mutation) commit(ctx context.Context, op record.Op, h how) (answer.Reader, record.Entry, error) {
	r, entries, err := m.decide(ctx, h.reason, h.changeID, asArgument, func(by inbox.By) ([]record.Entry, error) {
		return single(m.server.store.Commit(ctx, record.Change{ID: by.ChangeID, Time: by.Now, Actor: by.Actor, Reason: by.Reason,
			Expect: h.expect, Ops: []record.Op{op}}))
	})
	if err != nil {
		return r, record.Entry{}, err
	}
	return r, entries[0], nil
}

// asArgument names the argument that a refused field of a change came from.
func asArgument(err error) error {
	var r *record.Refusal
	if !errors.As(err, &r) {
		return err
	}
	field := strings.TrimPrefix(strings.TrimPrefix(r.Field, "ops[0]"), ".")
	for _, rule := range []struct{ inside, argument string }{
		{"expect[0]", "expectRevision"}, {"node.", "input."}, {"link.", "input."}, {"number", "change"}, {"from", "input.from"},
		{"to", "input.to"}, {"role", "input.role"}, {"type", "input.type"}, {"evidence", "input.evidence"}, {"name", "input.name"},
	} {
		if rest, ok := strings.CutPrefix(field, rule.inside); ok && (rest == "" || strings.HasSuffix(rule.inside, ".") || strings.ContainsAny(rest[:1], ".[")) {
			field = rule.argument + rest
			break
		}
	}
	return &record.Refusal{Class: r.Class, Field: field, Reason: r.Reason}
}

// expected is the revision that a caller insists on, if any.
func expected(id string, revision *int) ([]record.Expect, error) {
	switch {
	case revision == nil:
		return nil, nil
	case id == "":
		return nil, record.Invalid("expectRevision", "a revision belongs to an id; give the id too")
	}
	return []record.Expect{{ID: id, Revision: *revision}}, nil
}

func (m mutation) ImportText(ctx context.Context, name, body string, base64 bool, acceptNew bool, visibility *record.Visibility, dryRun bool) (*answer.ImportReport, error) {
	v := viewsOf(ctx)
	if err := m.server.gate.mayChange(v.viewer); err != nil {
		return nil, err
	}
	o := ingest.Options{Actor: v.viewer.Name, AcceptNew: acceptNew, DryRun: dryRun}
	if visibility != nil {
		o.Visibility = *visibility
	}
	file := ingest.File{Name: name, Body: []byte(body)}
	if base64 {
		raw, err := encoding.StdEncoding.DecodeString(body)
		if err != nil {
			return nil, record.Invalid("body", "it is not Base64: %v", err)
		}
		file.Body = raw
	}
	report, err := m.server.importer.File(ctx, file, o)
	if err != nil {
		return nil, err
	}
	at := report.Version
	if dryRun { // it was tried on a copy, whose version nobody else will see
		at = m.server.store.Version()
	}
	r, err := v.after(ctx, at)
	if err != nil {
		return nil, err
	}
	return r.Imported(report), nil
}

func (m mutation) SaveNode(ctx context.Context, in answer.NodeInput, reason, changeID *string) (*answer.NodePayload, error) {
	id := ""
	if in.ID != nil {
		id = string(*in.ID)
	}
	expect, err := expected(id, in.ExpectRevision)
	if err != nil {
		return nil, record.Under("input", err)
	}
	r, entries, err := m.decide(ctx, reason, changeID, asArgument, func(by inbox.By) ([]record.Entry, error) {
		return m.server.inbox.SaveNode(ctx, by, *in.Op().SaveNode, expect...)
	})
	if err != nil {
		return nil, err
	}
	return r.SavedNode(ctx, entries[0])
}

func (m mutation) SaveLink(ctx context.Context, in answer.LinkInput, reason, changeID *string) (*answer.LinkPayload, error) {
	expect, err := expected(in.ID, in.ExpectRevision)
	if err != nil {
		return nil, record.Under("input", err)
	}
	r, entry, err := m.commit(ctx, in.Op(), how{reason, changeID, expect})
	if err != nil {
		return nil, err
	}
	return r.SavedLink(ctx, entry)
}

func (m mutation) ReviewLink(ctx context.Context, id record.ID, status record.LinkStatus, revision *int, reason, changeID *string) (*answer.LinkPayload, error) {
	expect, err := expected(string(id), revision)
	if err != nil {
		return nil, err
	}
	op := record.Op{ReviewLink: &record.ReviewLink{Link: string(id), Status: status}}
	r, entry, err := m.commit(ctx, op, how{reason, changeID, expect})
	if err != nil {
		return nil, err
	}
	return r.SavedLink(ctx, entry)
}
