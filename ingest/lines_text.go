package ingest

import (
	"context"
	"fmt"

	"lotigraph/extract"
	"lotigraph/record"
)

// lineText saves a text with the details that its line has, and returns its id in
// this graph; "" when it was refused.
func (im *Importer) lineText(ctx context.Context, file string, n numbered[lineNode], o Options, r *Report) (record.ID, error) {
	s, err := im.store.Snapshot()
	if err != nil {
		return "", err
	}
	defer s.Close()
	if err := im.know(ctx, s); err != nil {
		return "", err
	}
	r.Texts++
	l := n.of
	reading := extract.Read(extract.Source{Name: l.Source, Body: l.Body}, im.lexicon)
	d, err := im.draft(s, l.Source, reading, Options{})
	if err != nil {
		return "", err
	}
	save := d.text
	save.Title, save.URL, save.Summary, save.Mentions = l.Name, l.URL, l.Summary, d.mentions()
	save.Details = record.Weeknote{Source: l.Source, Form: l.Form, Number: l.Number, Date: l.Date, Byline: l.Byline, Visibility: max(l.Visibility, record.Public)}
	if o.Visibility != 0 {
		save.Details.Visibility = o.Visibility
	}
	known, _, err := s.BySource(ctx, l.Source)
	if err == nil {
		save.Details.Accepted = known.Weeknote.Accepted
	} else if !isNotFound(err) {
		return "", err
	}
	c := im.change(o, fmt.Sprintf("import of %s, line %d", file, n.line), l.Body)
	c.Ops = []record.Op{{SaveText: &save}}
	entry, err := im.commitText(ctx, c, known.ID != "")
	if err != nil {
		problem, err := problemOf(file, n.line, err)
		if problem != nil {
			r.Problems = append(r.Problems, *problem)
		}
		return "", err
	}
	if len(entry.Effects) == 0 {
		r.Unchanged++
	}
	r.count(entry, d)
	return record.ID(entry.Saved[0].ID), nil
}

// commitText commits a text. One that is known may be there as it is: then there is
// nothing to put down in the log.
func (im *Importer) commitText(ctx context.Context, c record.Change, known bool) (record.Entry, error) {
	if known {
		entry, err := im.store.Preview(ctx, c)
		if err != nil || len(entry.Effects) == 0 {
			return entry, err
		}
	}
	entry, err := im.store.Commit(ctx, c)
	if err == nil {
		im.learn(entry)
	}
	return entry, err
}
