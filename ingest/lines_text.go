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

// earlierText saves an earlier version of a text, before the one that is read now. A
// text that is in the graph already keeps the versions that it has: the one of the
// same words is looked for.
func (f *lineFile) earlierText(ctx context.Context, n numbered[lineNode]) error {
	_, begun := f.ids[n.of.ID]
	number, known, err := f.im.versionOf(ctx, n.of)
	if err == nil && (!known || begun && number == 0) {
		f.ids[n.of.ID], err = f.im.lineText(ctx, f.name, n, f.options, f.report)
		if err == nil {
			number, _, err = f.im.versionOf(ctx, n.of)
		}
	}
	if number != 0 {
		f.earlier[version{n.of.ID, n.of.Version}] = number
	}
	return err
}

// versionOf is the newest version of a text that has the words of a line, 0 when
// none has; known tells whether the text is in the graph at all.
func (im *Importer) versionOf(ctx context.Context, l lineNode) (number int, known bool, err error) {
	s, err := im.store.Snapshot()
	if err != nil {
		return 0, false, err
	}
	defer s.Close()
	node, _, err := s.BySource(ctx, l.Source)
	if isNotFound(err) {
		return 0, false, nil
	}
	if err != nil || node.Withdrawn {
		return 0, true, err
	}
	for number = node.Weeknote.Version; number > 0; number-- {
		text, err := s.Text(ctx, everything(), node.ID, number)
		if err != nil || text.Body == l.Body {
			return number, true, err
		}
	}
	return 0, true, nil
}
