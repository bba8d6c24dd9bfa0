package inbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
)

// maxDecided is how many decisions make one change.
const maxDecided = 200

// Review settles links: CONFIRMED, REJECTED, or PROPOSED to open the question
// again. All of them are one change, or none.
func (in *Inbox) Review(ctx context.Context, by By, links []string, status record.LinkStatus) (record.Entry, error) {
	if len(links) == 0 {
		return record.Entry{}, record.Invalid("ids", "name at least one link")
	}
	if len(links) > maxDecided {
		return record.Entry{}, record.Invalid("ids", "%d are more than the %d that one decision may settle", len(links), maxDecided)
	}
	return in.commit(ctx, by, 0, reviews(links, status))
}

// Settle confirms or rejects a link that waits. Whoever decides what somebody else
// has settled otherwise since they saw it waiting is told so by an ErrConflict; who
// decides the same changes nothing, and no change is returned.
func (in *Inbox) Settle(ctx context.Context, by By, link string, status record.LinkStatus) ([]record.Entry, error) {
	if said, err := in.said(ctx, by); err != nil || len(said) > 0 {
		return said, err
	}
	s, l, err := in.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	now, err := s.Link(ctx, l, link)
	switch {
	case errors.Is(err, record.ErrNotFound):
		return nil, record.Conflict("the link does not wait any more: it was withdrawn, or its text was read again")
	case err != nil:
		return nil, err
	case now.Status == status:
		return nil, nil
	case now.Status != record.Proposed:
		return nil, record.Conflict("somebody else settled this already: the link is %s now", strings.ToLower(string(now.Status)))
	}
	entry, err := in.commit(ctx, by, 0, reviews([]string{link}, status), record.Expect{ID: link, Revision: now.Revision})
	return []record.Entry{entry}, err
}

func reviews(links []string, status record.LinkStatus) (ops []record.Op) {
	for _, id := range links {
		ops = append(ops, record.Op{ReviewLink: &record.ReviewLink{Link: id, Status: status}})
	}
	return ops
}

// ReviewAll settles every proposed link that a filter lets through: all that one
// text says, say, or all that one rule has read. The filter must name a source or
// a rule. Many links take several changes, all of which are returned; what is
// settled stays so when a later one fails.
func (in *Inbox) ReviewAll(ctx context.Context, by By, f Filter, status record.LinkStatus) ([]record.Entry, error) {
	if f.Source == "" && f.Rule == "" {
		return nil, record.Invalid("source", "say which source or which rule; settling everything at once settles nothing")
	}
	if said, err := in.said(ctx, by); err != nil || len(said) > 0 {
		return said, err
	}
	s, l, err := in.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if f.Source != "" {
		text, err := s.OwnNode(ctx, l, f.Source)
		if err != nil {
			return nil, record.Under("source", err)
		}
		f.Source = text.ID
	}
	all, err := in.everything(ctx, s)
	if err != nil {
		return nil, err
	}
	f.Sorts = []Sort{Link}
	var links []string
	for _, item := range all {
		if f.keeps(item) {
			links = append(links, item.ID)
		}
	}
	var entries []record.Entry
	for part := 0; len(links) > 0; part++ {
		n := min(maxDecided, len(links))
		entry, err := in.commit(ctx, by, part, reviews(links[:n], status))
		if err != nil {
			return entries, err
		}
		entries, links = append(entries, entry), links[n:]
	}
	return entries, nil
}

// Correction is what is wrong about a proposed link. Nil leaves a field as it is.
type Correction struct {
	Type         *record.LinkType
	From, To     *record.ID
	Role         *string
	Since, Until *record.PartialDate
	Revision     *int // that the link must be at
}

// Correct settles a link as it should have been read. Another role or another date
// is put right in the link; another meaning (an end, the type, a job title, a
// period that is another one) makes another link, by the same sentences, and
// rejects this one, so that it is not proposed again. The result is the link that
// stands.
func (in *Inbox) Correct(ctx context.Context, by By, id string, c Correction) (entry record.Entry, link string, err error) {
	if said, err := in.said(ctx, by); err != nil || len(said) > 0 {
		entry = first(said)
		if n := len(entry.Saved); n > 0 {
			link = entry.Saved[n-1].ID
		}
		return entry, link, err
	}
	s, l, err := in.snapshot()
	if err != nil {
		return record.Entry{}, "", err
	}
	defer s.Close()
	old, err := s.Link(ctx, l, id)
	if err != nil {
		return record.Entry{}, "", err
	}
	if old.Type.Derived() {
		return record.Entry{}, "", record.Invalid("id", "%s is a mention; it follows from the text", id)
	}
	right := c.of(old)
	right.Status, right.Confidence = record.Confirmed, 1
	var expect []record.Expect
	if c.Revision != nil {
		expect = append(expect, record.Expect{ID: id, Revision: *c.Revision})
	}
	if right.From == old.From && right.To == old.To && record.OneMeaning(old, right) {
		own, err := s.OwnLink(ctx, l, old.ID)
		if err != nil {
			return record.Entry{}, "", err
		}
		right.From, right.To, right.Evidence = own.From, own.To, own.Evidence // as they were written
		entry, err = in.commit(ctx, by, 0, []record.Op{{SaveLink: &record.SaveLink{Link: right}},
			{ReviewLink: &record.ReviewLink{Link: old.ID, Status: record.Confirmed}}}, expect...) // and all that readers see as one with it
		return entry, old.ID, err
	}
	right.ID = ""
	for i := range right.Evidence {
		right.Evidence[i].Method, right.Evidence[i].Confidence = record.Curated, 1
	}
	entry, err = in.commit(ctx, by, 0, []record.Op{{ReviewLink: &record.ReviewLink{Link: old.ID, Status: record.Rejected}},
		{SaveLink: &record.SaveLink{Link: right}}}, expect...)
	if err != nil {
		return entry, "", err
	}
	return entry, entry.Saved[1].ID, nil
}

// of is the link with what was wrong put right. A role that the type cannot have
// is left behind when the type is another one.
func (c Correction) of(l record.Link) record.Link {
	if c.Type != nil && *c.Type != l.Type {
		l.Type, l.Role = *c.Type, ""
	}
	set(&l.From, c.From)
	set(&l.To, c.To)
	set(&l.Role, c.Role)
	set(&l.Since, c.Since)
	set(&l.Until, c.Until)
	return l
}

func set[T any](field *T, to *T) {
	if to != nil {
		*field = *to
	}
}

// Withdraw takes back a text, a record, a link or a ruling. The names of a record
// are remembered as none, so that reading does not bring it back.
func (in *Inbox) Withdraw(ctx context.Context, by By, id string, revision *int) (record.Entry, error) {
	if said, err := in.said(ctx, by); err != nil || len(said) > 0 {
		return first(said), err
	}
	ops := []record.Op{{Withdraw: &record.Withdraw{ID: id}}}
	if kind := record.ID(id).Kind(); slices.Contains(record.NameKinds(), kind) {
		names, err := in.namesOf(ctx, record.ID(id))
		if err != nil {
			return record.Entry{}, err
		}
		for _, name := range names {
			ops = append(ops, noRecord(kind, name))
		}
	}
	var expect []record.Expect
	if revision != nil {
		expect = append(expect, record.Expect{ID: id, Revision: *revision})
	}
	return in.commit(ctx, by, 0, ops, expect...)
}

// namesOf are the names of a record and of those that go by it, as they are
// written; none when it does not stand.
func (in *Inbox) namesOf(ctx context.Context, id record.ID) (names []string, err error) {
	s, l, err := in.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	merged, err := s.MergedFrom(ctx, l, id)
	if errors.Is(err, record.ErrNotFound) {
		return nil, nil
	}
	for _, one := range append([]record.ID{id}, merged...) {
		if err != nil {
			return nil, err
		}
		var node record.Node
		if node, err = s.OwnNode(ctx, l, one); err == nil {
			names = append(names, node.Name)
		}
	}
	return names, err
}

// again reads the texts again for which changes have changed what is known: those
// that use the name of a record that stands now, and those that name one which
// lost a name. What cannot be read again now, since somebody else changed it, is
// left to the next time.
func (in *Inbox) again(ctx context.Context, by By, done ...record.Entry) ([]record.Entry, error) {
	s, _, err := in.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	var texts []record.ID
	for _, entry := range done {
		for _, effect := range entry.Effects {
			if effect.Node == nil || effect.Node.After.Kind() == record.WeeknoteKind {
				continue
			}
			more, err := concerned(s, *effect.Node)
			if err != nil {
				return nil, err
			}
			texts = append(texts, more...)
		}
	}
	entries, err := in.importer.ReadAgain(ctx, ingest.Options{Actor: by.Actor, Now: func() time.Time { return by.Now }}, texts...)
	var refusal *record.Refusal
	if errors.As(err, &refusal) {
		err = nil
	}
	return entries, err
}

// concerned are the texts that read otherwise since a record changed: those that
// name it when it has lost a name, those that use its names when it stands.
func concerned(s *graph.Snapshot, was record.Was[record.Node]) (texts []record.ID, err error) {
	now := *was.After
	lost := now.Withdrawn
	if was.Before != nil && !was.Before.Withdrawn {
		lost = lost || slices.ContainsFunc(was.Before.Names(), func(name string) bool { return !now.GoesBy(name) })
	}
	if lost {
		if texts, err = s.TextsNaming(now.ID); err != nil {
			return nil, err
		}
	}
	if now.Withdrawn {
		return texts, nil
	}
	for _, name := range now.Names() {
		using, err := s.TextsUsing(now.Kind(), name)
		if err != nil {
			return nil, err
		}
		texts = append(texts, using...)
	}
	return texts, nil
}

// Undo puts back what a change touched, and reads the texts again for which it
// matters. The first of the changes is the undoing.
func (in *Inbox) Undo(ctx context.Context, by By, number uint64) ([]record.Entry, error) {
	return in.withAgain(ctx, by, []record.Op{{Undo: &record.Undo{Number: number}}})
}

// Restore lets what was withdrawn stand again, and a record's names with it.
func (in *Inbox) Restore(ctx context.Context, by By, id string) ([]record.Entry, error) {
	ops := []record.Op{{Restore: &record.Restore{ID: id}}}
	if said, err := in.said(ctx, by); err != nil || len(said) > 0 {
		return said, err
	}
	if kind := record.ID(id).Kind(); slices.Contains(record.NameKinds(), kind) {
		rulings, err := in.ruledOut(record.ID(id))
		if err != nil {
			return nil, err
		}
		for _, ruling := range rulings {
			ops = append(ops, record.Op{Withdraw: &record.Withdraw{ID: ruling}})
		}
	}
	return in.withAgain(ctx, by, ops)
}

// ruledOut are the rulings that the names of a withdrawn record are none.
func (in *Inbox) ruledOut(id record.ID) (rulings []string, err error) {
	s, _, err := in.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	nodes, err := s.Withdrawn(id)
	for _, node := range nodes {
		for _, name := range node.Names() {
			ruling, err := s.RuledOut(node.Kind(), name)
			if err != nil {
				return nil, err
			}
			if ruling != "" && !slices.Contains(rulings, ruling) {
				rulings = append(rulings, ruling)
			}
		}
	}
	return rulings, err
}

// SaveNode saves a record by hand, and reads the texts again that use its names. A
// record that goes by another one is refused: whoever saves it means that one.
func (in *Inbox) SaveNode(ctx context.Context, by By, save record.SaveNode, expect ...record.Expect) ([]record.Entry, error) {
	s, l, err := in.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	redirects, err := s.Redirects(l)
	if err != nil {
		return nil, err
	}
	if to, ok := redirects[save.Node.ID]; ok {
		return nil, &record.Refusal{Class: record.ErrConflict, Field: "id", Reason: fmt.Sprintf("%s goes by %s now; save that one, or take the merge back first", save.Node.ID, to)}
	}
	return in.withAgain(ctx, by, []record.Op{{SaveNode: &save}}, expect...)
}

func (in *Inbox) withAgain(ctx context.Context, by By, ops []record.Op, expect ...record.Expect) ([]record.Entry, error) {
	entry, err := in.commit(ctx, by, 0, ops, expect...)
	if err != nil {
		return nil, err
	}
	again, err := in.again(ctx, by, entry)
	return append([]record.Entry{entry}, again...), err
}

func noRecord(kind record.Kind, name string) record.Op {
	return record.Op{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: record.NoRecord, Kind: kind, Name: name}}}
}
