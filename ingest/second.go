package ingest

import (
	"context"
	"slices"

	"lotigraph/extract"
	"lotigraph/graph"
	"lotigraph/record"
)

// SecondReader reads a text after the rules have, and gives the reading with what
// it found besides. When it fails, the reading it gives is the one it got.
type SecondReader func(ctx context.Context, reading extract.Reading, known *extract.Lexicon) (extract.Reading, error)

// ReadAlsoWith lets a second reader read every text that is new or edited and for
// everybody, from now on. It must be called before the first import.
func (im *Importer) ReadAlsoWith(second SecondReader) { im.second = second }

// readSecond is the draft of a text that the second reader has read too. That it
// failed is said, and the text goes on without it.
func (im *Importer) readSecond(ctx context.Context, s *graph.Snapshot, name string, reading extract.Reading, o Options, r *Report) (draft, error) {
	more, err := im.second(ctx, reading, im.lexicon)
	if err := ctx.Err(); err != nil {
		return draft{}, err
	}
	if err != nil {
		r.Problems = append(r.Problems, Problem{File: name, Reason: "the second reader failed, and the text was read without it: " + err.Error()})
		more = reading
	}
	return im.draft(s, name, more, o)
}

// keepSecond keeps in a reading what the rules did not find and the second reader
// did: its mentions, and its unknown names, which may be known by now.
func (im *Importer) keepSecond(ctx context.Context, s *graph.Snapshot, text record.Node, known []record.Node, saved *record.SaveReading) error {
	add := func(to record.ID, spans []record.Span, method string) {
		if !slices.ContainsFunc(saved.Mentions, func(m record.Mention) bool { return m.To == to }) {
			saved.Mentions = append(saved.Mentions, record.Mention{To: to, Spans: spans, Method: method})
		}
	}
	f := graph.LinkFilter{Types: []record.LinkType{record.Mentions}, Direction: record.Out}
	for at, err := range s.Links(ctx, everything(), text.ID, f, "") {
		if err != nil {
			return err
		}
		var spans []record.Span
		for _, e := range at.Value.Evidence {
			if e.Text == text.ID && e.Version == saved.Version && e.Method == record.Model {
				spans = append(spans, e.Span)
			}
		}
		if len(spans) > 0 {
			add(at.Value.To, spans, record.Model)
		}
	}
	for _, u := range text.Weeknote.Unknown {
		if u.Method != record.Model || slices.ContainsFunc(saved.Unknown, func(v record.Unknown) bool { return v.Kind == u.Kind && record.Fold(v.Name) == record.Fold(u.Name) }) {
			continue
		}
		to, err := calledSo(ctx, s, known, u)
		switch {
		case err != nil:
			return err
		case to != "":
			add(to, u.Spans, u.Method)
		default:
			saved.Unknown = append(saved.Unknown, u)
		}
	}
	return nil
}

// calledSo is the record that goes by an unknown name now, "" for none.
func calledSo(ctx context.Context, s *graph.Snapshot, known []record.Node, u record.Unknown) (record.ID, error) {
	for _, n := range known {
		if n.Kind() == u.Kind && n.GoesBy(u.Name) {
			return n.ID, nil
		}
	}
	found, err := s.Called(ctx, everything(), u.Name, u.Kind)
	if err != nil || len(found) == 0 || !found[0].GoesBy(u.Name) {
		return "", err
	}
	return found[0].ID, nil
}
