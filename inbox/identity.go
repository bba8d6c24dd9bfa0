package inbox

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"lotigraph/graph"
	"lotigraph/record"
)

// pairs are the possible duplicates that nobody has ruled on.
func (in *Inbox) pairs(ctx context.Context, s *graph.Snapshot, l record.Lens) (items []Item, alikeAt uint64, err error) {
	found, alikeAt, err := in.duplicates(ctx, s, l)
	if err != nil {
		return nil, 0, err
	}
	rulings, err := s.Rulings(ctx, l)
	if err != nil {
		return nil, 0, err
	}
	redirects, err := s.Redirects(l)
	if err != nil {
		return nil, 0, err
	}
	now := func(id record.ID) record.ID { return cmp.Or(redirects[id], id) }
	two := map[[2]record.ID]bool{} // what goes by them now is two as well
	for _, r := range rulings {
		if r.Sort == record.Distinct {
			from, to := now(r.From), now(r.To)
			two[[2]record.ID{from, to}], two[[2]record.ID{to, from}] = true, true
		}
	}
	for _, d := range found {
		if two[[2]record.ID{d.A.ID, d.B.ID}] {
			continue
		}
		settles, err := linksOf(ctx, s, l, d.B.ID, false)
		if err != nil {
			return nil, 0, err
		}
		items = append(items, Item{ID: "pair:" + string(d.A.ID) + ":" + d.B.ID.Slug(), Sort: Pair, Settles: 1 + settles, Certainty: d.Score, Pair: &d})
	}
	return items, alikeAt, nil
}

// linksOf counts a record's links, with its mentions or without.
func linksOf(ctx context.Context, s *graph.Snapshot, l record.Lens, id record.ID, mentions bool) (n int, err error) {
	counts, err := s.LinkCounts(ctx, l, id)
	for _, c := range counts {
		if mentions || !c.Type.Derived() {
			n += c.Count
		}
	}
	return n, err
}

// MergePreview says what merging one record into another would do.
type MergePreview struct {
	From, Into record.Node
	Names      []string          // that Into would be found by, besides its own
	Moves      []graph.LinkCount // the links that would be Into's, as From has them now
	Joins      int               // how many of them say what links of Into say, and would be one with those
	Refusal    string            // why it cannot be done; "" when it can
}

// PreviewMerge says what merging from into another record would do, and changes
// nothing.
func (in *Inbox) PreviewMerge(ctx context.Context, from, into record.ID) (p MergePreview, err error) {
	s, l, err := in.snapshot()
	if err != nil {
		return p, err
	}
	defer s.Close()
	if p.From, err = s.Node(ctx, l, from); err != nil {
		return p, record.Under("from", err)
	}
	if p.Into, err = s.Node(ctx, l, into); err != nil {
		return p, record.Under("into", err)
	}
	if p.Moves, err = s.LinkCounts(ctx, l, from); err != nil {
		return p, err
	}
	for _, name := range p.From.Names() {
		if !p.Into.GoesBy(name) && !slices.Contains(p.Names, name) {
			p.Names = append(p.Names, name)
		}
	}
	_, err = in.store.Preview(ctx, record.Change{ID: "preview", Actor: "preview", Ops: []record.Op{ruling(record.Same, from, into)}})
	var refusal *record.Refusal
	if errors.As(err, &refusal) {
		p.Refusal = refusal.Reason
		return p, nil
	}
	if err != nil {
		return p, err
	}
	p.Joins, err = joins(ctx, s, l, from, into)
	return p, err
}

// joins counts the links of two records that would be one with others, or with
// nothing between them, if the records were one.
func joins(ctx context.Context, s *graph.Snapshot, l record.Lens, from, into record.ID) (int, error) {
	merged, err := s.IfMerged(l, from, into)
	if err != nil {
		return 0, err
	}
	apart := 0
	for _, id := range []record.ID{from, into} {
		n, err := linksOf(ctx, s, l, id, true)
		if err != nil {
			return 0, err
		}
		apart += n
	}
	joined, err := linksOf(ctx, merged, l, into, true)
	return apart - joined, err
}

// Merge says that two records are one, which goes by into. Nothing is rewritten:
// from keeps what is its own, and its id leads to into, until the merge is taken
// back.
func (in *Inbox) Merge(ctx context.Context, by By, from, into record.ID) (record.Entry, error) {
	return in.rule(ctx, by, record.Same, from, into)
}

// Part says that two records are two, however alike they look.
func (in *Inbox) Part(ctx context.Context, by By, a, b record.ID) (record.Entry, error) {
	return in.rule(ctx, by, record.Distinct, a, b)
}

func (in *Inbox) rule(ctx context.Context, by By, sort record.RulingSort, from, to record.ID) (record.Entry, error) {
	return in.commit(ctx, by, 0, []record.Op{ruling(sort, from, to)})
}

func ruling(sort record.RulingSort, from, to record.ID) record.Op {
	return record.Op{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: sort, From: from, To: to}}}
}

// Unmerge takes back the merge of the record of an old id: it is there again as it
// was, with what was said of it since.
func (in *Inbox) Unmerge(ctx context.Context, by By, id record.ID) (record.Entry, error) {
	if said, err := in.said(ctx, by); err != nil || len(said) > 0 {
		return first(said), err
	}
	s, l, err := in.snapshot()
	if err != nil {
		return record.Entry{}, err
	}
	defer s.Close()
	rulings, err := s.Rulings(ctx, l)
	if err != nil {
		return record.Entry{}, err
	}
	var others []record.ID
	for _, r := range rulings {
		if r.Sort != record.Same {
			continue
		}
		if r.From == id {
			return in.commit(ctx, by, 0, []record.Op{{Withdraw: &record.Withdraw{ID: r.ID}}})
		}
		if r.To == id {
			others = append(others, r.From)
		}
	}
	if _, err := s.OwnNode(ctx, l, id); err != nil {
		return record.Entry{}, err
	}
	if len(others) > 0 {
		return record.Entry{}, record.Invalid("id", "%s is the one that others go by; say which of them to part from it: %v", id, others)
	}
	return record.Entry{}, record.Invalid("id", "%s was not merged into another record", id)
}

func first(entries []record.Entry) record.Entry {
	if len(entries) == 0 {
		return record.Entry{}
	}
	return entries[0]
}
