package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"lotigraph/extract"
	"lotigraph/graph"
	"lotigraph/record"
)

// Reread reads texts of the graph again, with some records known besides those
// of the snapshot (a record that the graph has takes its place), and returns the
// operations that would save what they name and say then. Each text's operations
// stay together.
func (im *Importer) Reread(ctx context.Context, s *graph.Snapshot, known []record.Node, texts []record.ID) ([][]record.Op, error) {
	_, end, err := im.begin(ctx, Options{})
	if err != nil {
		return nil, err
	}
	defer end()
	if err := im.know(ctx, s); err != nil {
		return nil, err
	}
	lexicon := im.lexicon.With(known...)
	var all [][]record.Op
	for _, id := range texts {
		ops, err := im.reread(ctx, s, lexicon, known, id)
		if err != nil {
			return nil, fmt.Errorf("read %s again: %w", id, err)
		}
		all = append(all, ops)
	}
	return all, nil
}

func (im *Importer) reread(ctx context.Context, s *graph.Snapshot, lexicon *extract.Lexicon, known []record.Node, id record.ID) ([]record.Op, error) {
	node, err := s.OwnNode(ctx, everything(), id)
	if err != nil {
		return nil, err
	}
	text, err := s.Text(ctx, everything(), id, 0)
	if err != nil {
		return nil, err
	}
	reading := extract.Read(extract.Source{Name: node.Weeknote.Source, Body: text.Body}, lexicon)
	d, err := im.draft(s, node.Weeknote.Source, reading, Options{})
	if err != nil {
		return nil, err
	}
	saved := &record.SaveReading{Text: id, Version: text.Version, Mentions: d.mentions(), Unknown: d.unknown()}
	if err := im.keepSecond(ctx, s, node, known, saved); err != nil {
		return nil, err
	}
	return d.withLinks([]record.Op{{SaveReading: saved}}, id), nil
}

// ReadAgain reads texts again, since other names are known than when they were
// read, and saves what they say then in as few changes as hold it. It returns the
// changes.
func (im *Importer) ReadAgain(ctx context.Context, o Options, texts ...record.ID) ([]record.Entry, error) {
	_, end, err := im.begin(ctx, Options{})
	if err != nil {
		return nil, err
	}
	defer end()
	return im.readAgain(ctx, o, texts)
}

// recognise reads the texts again that use a name as unknown by which a record
// goes by now: a table may have brought it after them.
func (im *Importer) recognise(ctx context.Context, o Options, r *Report) error {
	if r.RecordsAdded+r.RecordsChanged == 0 {
		return nil
	}
	s, err := im.store.Snapshot()
	if err != nil {
		return err
	}
	defer s.Close()
	texts, err := s.Recognised(ctx)
	if err != nil {
		return err
	}
	entries, err := im.readAgain(ctx, o, texts)
	for _, entry := range entries {
		for i, op := range entry.Change.Ops {
			switch {
			case op.SaveLink == nil || entry.Saved[i].Outcome == record.Unchanged:
			case stillProposed(entry, entry.Saved[i].ID):
				r.LinksProposed++
			default:
				r.LinksSupported++
			}
		}
	}
	return err
}

func (im *Importer) readAgain(ctx context.Context, o Options, texts []record.ID) (entries []record.Entry, err error) {
	if len(texts) == 0 {
		return nil, nil
	}
	texts = slices.Compact(slices.Sorted(slices.Values(texts)))
	s, err := im.store.Snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if err := im.know(ctx, s); err != nil {
		return nil, err
	}
	var rereads [][]record.Op
	for _, id := range texts {
		ops, err := im.reread(ctx, s, im.lexicon, nil, id)
		if isNotFound(err) { // withdrawn since
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read %s again: %w", id, err)
		}
		rereads = append(rereads, ops)
	}
	batches, err := Batches(rereads)
	if err != nil {
		return nil, err
	}
	for _, ops := range batches {
		c := im.change(o, "reading again of texts whose names are known now", fmt.Sprint(len(entries)))
		c.Ops = ops
		if preview, err := im.store.Preview(ctx, c); err != nil {
			return entries, err
		} else if len(preview.Effects) == 0 {
			continue
		}
		entry, err := im.store.Commit(ctx, c)
		if err != nil {
			return entries, err
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

// roomForTexts is how many bytes of operations a change of several texts may have.
const roomForTexts = record.MaxChange / 2

// Batches gathers the operations of texts, those of one together, into as few
// changes as hold them.
func Batches(texts [][]record.Op) (batches [][]record.Op, err error) {
	room := 0
	for _, ops := range texts {
		raw, err := json.Marshal(ops)
		if err != nil {
			return nil, fmt.Errorf("measure a reading: %w", err)
		}
		if len(batches) == 0 || len(raw) > room {
			batches, room = append(batches, nil), roomForTexts
		}
		last := len(batches) - 1
		batches[last], room = append(batches[last], ops...), room-len(raw)
	}
	return batches, nil
}

// mergedNodes are, for each record by which others go, those others and then
// itself, each as its own.
func mergedNodes(ctx context.Context, s *graph.Snapshot) (map[record.ID][]record.Node, error) {
	redirects, err := s.Redirects(everything())
	if err != nil || len(redirects) == 0 {
		return nil, err
	}
	groups := map[record.ID][]record.ID{}
	for from, to := range redirects {
		groups[to] = append(groups[to], from)
	}
	nodes := make(map[record.ID][]record.Node, len(groups))
	for to, ids := range groups {
		slices.Sort(ids)
		for _, id := range append(ids, to) {
			node, err := s.OwnNode(ctx, everything(), id)
			if err != nil {
				return nil, err
			}
			nodes[to] = append(nodes[to], node)
		}
	}
	return nodes, nil
}

// ownerOf is the record that a name stands for, of those that go by the one of
// the id: the others where it is theirs alone.
func (d *draft) ownerOf(id record.ID, name string) record.ID {
	nodes := d.merged[id]
	if len(nodes) == 0 || nodes[len(nodes)-1].GoesBy(name) {
		return id
	}
	for _, n := range nodes[:len(nodes)-1] {
		if n.GoesBy(name) {
			return n.ID
		}
	}
	return id
}

// writtenFor is the record that links of a thing found are written for: the one
// whose name stands everywhere in the text, else the one that all go by.
func (d *draft) writtenFor(f extract.Found) record.ID {
	if f.ID == "" || len(f.Spans) == 0 || d.merged[f.ID] == nil {
		return f.ID
	}
	owner := d.ownerOf(f.ID, f.Spans[0].Of(d.reading.Text.Body))
	for _, span := range f.Spans[1:] {
		if d.ownerOf(f.ID, span.Of(d.reading.Text.Body)) != owner {
			return f.ID
		}
	}
	return owner
}
