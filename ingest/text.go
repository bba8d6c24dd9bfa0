package ingest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"lotigraph/extract"
	"lotigraph/graph"
	"lotigraph/record"
)

// text imports one text as one change.
func (im *Importer) text(ctx context.Context, name, body string, o Options) (Report, error) {
	r := Report{Texts: 1}
	snapshot, err := im.store.Snapshot()
	if err != nil {
		return r, err
	}
	defer snapshot.Close()
	if err := im.know(ctx, snapshot); err != nil {
		return r, err
	}
	reading := extract.Read(extract.Source{Name: name, Body: body}, im.lexicon)
	r.addReadingProblems(name, reading)
	if reading.Title == "" {
		r.Problems = append(r.Problems, Problem{File: name, Reason: "no title was found; begin the text with a line that says its title"})
		return r, nil
	}
	if unreadVisibility(reading) {
		r.Problems = append(r.Problems, Problem{File: name, Field: "visibility", Reason: "who may read the text is not clear, so it was not stored; mend the line and import it again"})
		return r, nil
	}
	draft, err := im.draft(snapshot, name, reading, o)
	if err != nil {
		return r, err
	}
	before, err := im.before(ctx, snapshot, &draft)
	if err != nil {
		return r, err
	}
	switch {
	case before.withdrawn:
		r.Withdrawn++
		return r, nil
	case before.same:
		r.Unchanged++
		return r, nil
	case o.Replaces > 0 && before.version != o.Replaces:
		r.Problems = append(r.Problems, Problem{File: name, Reason: "somebody else changed this text meanwhile; open it again, and change it as it is now"})
		return r, nil
	case before.stranger && o.Replaces == 0:
		r.Problems = append(r.Problems, Problem{File: name, Reason: "a text with another title and no line in common was read from a file of this name before; rename the file, or give the text an address (url: in its front matter)"})
		return r, nil
	}
	if im.second != nil && draft.text.Details.Visibility == record.Public { // what is not for everybody stays in the house
		if draft, err = im.readSecond(ctx, snapshot, name, reading, o, &r); err != nil {
			return r, err
		}
		if _, err := im.before(ctx, snapshot, &draft); err != nil {
			return r, err
		}
	}
	c := im.change(o, "import of "+name, body)
	c.Ops = draft.ops()
	entry, err := im.store.Commit(ctx, c)
	if err != nil {
		problem, err := problemOf(name, 0, err)
		if problem != nil {
			r.Problems = append(r.Problems, *problem)
		}
		return r, err
	}
	r.count(entry, draft)
	im.learn(entry)
	return r, nil
}

// unreadVisibility tells whether the front matter says who may read the text in
// words that we do not know.
func unreadVisibility(reading extract.Reading) bool {
	for _, err := range reading.Problems {
		var refusal *record.Refusal
		if errors.As(err, &refusal) && strings.HasSuffix(refusal.Field, "visibility") {
			return true
		}
	}
	return false
}

func (r *Report) addReadingProblems(name string, reading extract.Reading) {
	for _, err := range reading.Problems {
		p := Problem{File: name, Reason: err.Error()}
		var refusal *record.Refusal
		if errors.As(err, &refusal) {
			line, field, _ := strings.Cut(strings.TrimPrefix(refusal.Field, "line "), ".")
			p.Line, _ = strconv.Atoi(line)
			p.Field, p.Reason = field, refusal.Reason
		}
		r.Problems = append(r.Problems, p)
	}
}

// know makes the lexicon that of the snapshot, anew only when somebody else wrote.
func (im *Importer) know(ctx context.Context, s *graph.Snapshot) (err error) {
	if im.lexicon != nil && im.version == s.Version() {
		return nil
	}
	if im.merged, err = mergedNodes(ctx, s); err != nil {
		return err
	}
	im.lexicon, err = Lexicon(ctx, s)
	im.version = s.Version()
	return err
}

// learn adds the records that a change saved to the lexicon.
func (im *Importer) learn(entry record.Entry) {
	if im.lexicon == nil || entry.Number != im.version+1 {
		return // others wrote too: it is made anew
	}
	var fresh []record.Node
	for _, effect := range entry.Effects {
		if effect.Ruling != nil {
			im.lexicon = nil
			return
		}
		if effect.Node == nil || effect.Node.After.Kind() == record.WeeknoteKind {
			continue
		}
		if effect.Node.Before != nil {
			im.lexicon = nil // a record changed: no adding makes up for that
			return
		}
		fresh = append(fresh, *effect.Node.After)
	}
	if len(fresh) > 0 {
		im.lexicon = im.lexicon.With(fresh...)
	}
	im.version = entry.Number
}

// previous is what the graph has of a text already.
type previous struct {
	same, withdrawn bool
	stranger        bool // another text under the same file name
	version         int  // the one now read; 0 where there is none
}

// shareALine tells whether two bodies have a line of some length in common.
func shareALine(a, b string) bool {
	const long = 30
	lines := map[string]bool{}
	for line := range strings.SplitSeq(a, "\n") {
		if line = strings.TrimSpace(line); len(line) >= long {
			lines[line] = true
		}
	}
	for line := range strings.SplitSeq(b, "\n") {
		if lines[strings.TrimSpace(line)] {
			return true
		}
	}
	return false
}

// before compares the draft with what the graph has under its source, and keeps
// what a person may have settled there.
func (im *Importer) before(ctx context.Context, s *graph.Snapshot, d *draft) (previous, error) {
	node, text, err := s.BySource(ctx, d.text.Details.Source)
	if isNotFound(err) {
		return previous{}, nil
	}
	if err != nil {
		return previous{}, err
	}
	p := previous{withdrawn: node.Withdrawn, version: node.Weeknote.Version}
	p.stranger = d.reading.URL == "" && record.Fold(node.Name) != record.Fold(d.text.Title) && !shareALine(text.Body, d.text.Text.Body)
	d.text.Details.Accepted = d.text.Details.Accepted || node.Weeknote.Accepted
	d.text.Summary = node.Summary
	if !d.saysVisibility { // what was closed does not open for want of a word
		d.text.Details.Visibility = node.Weeknote.Visibility
	}
	details := d.text.Details
	details.Version = node.Weeknote.Version
	p.same = text.Body == d.text.Text.Body && sameDetails(details, *node.Weeknote) && node.Name == d.text.Title && node.URL == d.text.URL
	return p, nil
}

// sameDetails compares what a text says of itself, whatever names it leaves open.
func sameDetails(a, b record.Weeknote) bool {
	a.Unknown, b.Unknown = nil, nil
	return reflect.DeepEqual(a, b)
}

// draft is a reading on its way to becoming operations.
type draft struct {
	reading        extract.Reading
	text           record.SaveText
	saysVisibility bool        // the text or the importer says who may read it
	ids            []record.ID // per thing found: its id, or a handle, or "" when nobody knows it
	restored       []record.ID // withdrawn records whose names are accepted again
	merged         map[record.ID][]record.Node
}

// textHandle is what the operations of a draft call its text.
const textHandle = "#text"

func (im *Importer) draft(s *graph.Snapshot, name string, r extract.Reading, o Options) (draft, error) {
	source := r.URL
	if source == "" {
		source = name
	}
	visibility := r.Visibility
	if o.Visibility != 0 {
		visibility = o.Visibility
	}
	d := draft{reading: r, saysVisibility: visibility != 0, ids: make([]record.ID, len(r.Found)), merged: im.merged}
	if visibility == 0 {
		visibility = record.Public
	}
	d.text = record.SaveText{Handle: textHandle, Title: r.Title, URL: r.URL, Text: r.Text, Details: record.Weeknote{
		Source: source, Form: r.Form, Number: r.Number, Date: r.Date, Byline: r.Byline, Visibility: visibility, Accepted: o.AcceptNew}}
	for i, f := range r.Found {
		d.ids[i] = d.writtenFor(f)
		if f.ID == "" && o.AcceptNew && acceptable(f) {
			if err := d.accept(s, i); err != nil {
				return d, err
			}
		}
	}
	d.text.Unknown = d.unknown()
	return d, nil
}

// accept lets a name become a record, unless a person said that it is none.
func (d *draft) accept(s *graph.Snapshot, i int) error {
	f := d.reading.Found[i]
	settled, err := s.NameSettled(f.Kind, f.Name)
	if err != nil || settled {
		return err
	}
	withdrawn, ok, err := s.WithdrawnCalled(f.Kind, f.Name)
	switch {
	case err != nil:
		return err
	case ok:
		d.ids[i] = withdrawn
		d.restored = append(d.restored, withdrawn)
	default:
		d.ids[i] = record.ID(fmt.Sprintf("#%d", i))
	}
	return nil
}

// unknown lists the names that stay without a record, each with how many links
// the text says of it.
func (d *draft) unknown() (list []record.Unknown) {
	for i, f := range d.reading.Found {
		if d.ids[i] != "" || len(f.Spans) == 0 || !slices.Contains(record.NameKinds(), f.Kind) || record.Fold(f.Name) == "" {
			continue
		}
		u := record.Unknown{Kind: f.Kind, Name: f.Name, Aliases: f.Aliases, Spans: f.Spans, Method: f.Rule, Confidence: f.Confidence}
		for _, rel := range d.reading.Relations {
			if rel.From == i || rel.To == i {
				u.Links++
			}
		}
		list = append(list, u)
	}
	return list
}

// acceptable tells whether a name that nobody knows can become a record. A first
// name alone cannot: it would stand for everybody called so.
func acceptable(f extract.Found) bool {
	return f.Kind != record.PersonKind || strings.ContainsRune(f.Name, ' ')
}

// ops are the operations of the change: the records accepted, the text with its
// mentions, the links proposed.
func (d *draft) ops() []record.Op {
	var ops []record.Op
	for _, id := range d.restored {
		ops = append(ops, record.Op{Restore: &record.Restore{ID: string(id)}})
	}
	for i, f := range d.reading.Found {
		if d.ids[i].IsHandle() {
			ops = append(ops, record.Op{SaveNode: &record.SaveNode{Handle: string(d.ids[i]), Kind: f.Kind, Reuse: true, Node: d.nodeOf(f)}})
		}
	}
	text := d.text
	text.Mentions = d.mentions()
	return d.withLinks(append(ops, record.Op{SaveText: &text}), textHandle)
}

// withLinks adds the operations that propose the links read.
func (d *draft) withLinks(ops []record.Op, text record.ID) []record.Op {
	for _, rel := range d.reading.Relations {
		if link, ok := d.link(rel, text); ok {
			ops = append(ops, record.Op{SaveLink: &record.SaveLink{Link: link}})
		}
	}
	return ops
}

// nodeOf is the record that a name nobody knew becomes. Of a text that not
// everybody may read it takes no alias: a record that other texts name would
// show it to all.
func (d *draft) nodeOf(f extract.Found) record.Node {
	node := record.Node{Name: f.Name}
	if d.text.Details.Visibility != record.Public {
		f.Aliases = nil
	}
	for _, alias := range f.Aliases {
		if record.Fold(alias) != record.Fold(f.Name) && !slices.Contains(node.Aliases, alias) {
			node.Aliases = append(node.Aliases, alias)
		}
	}
	switch f.Kind {
	case record.PartnerKind:
		node.Partner = &record.Partner{Sector: f.Sector}
	case record.ProjectKind:
		node.Project = &record.Project{}
	}
	return node
}

// mentions joins the spans of things found that are one record. Where a record
// goes by another one, the name that stands there says which of them is meant.
func (d *draft) mentions() []record.Mention {
	var list []record.Mention
	for i, f := range d.reading.Found {
		if d.ids[i] == "" {
			continue
		}
		for _, span := range f.Spans {
			to := d.ids[i]
			if f.ID != "" {
				to = d.ownerOf(f.ID, span.Of(d.reading.Text.Body))
			}
			at := slices.IndexFunc(list, func(m record.Mention) bool { return m.To == to })
			if at < 0 {
				at = len(list)
				list = append(list, record.Mention{To: to, Method: f.Rule})
			}
			list[at].Spans = append(list[at].Spans, span)
		}
	}
	for i := range list {
		slices.SortFunc(list[i].Spans, func(a, b record.Span) int { return a.Start - b.Start })
		list[i].Spans = slices.Compact(list[i].Spans)
	}
	return list
}

// link is the proposal of a relation; ok is false when an end is not known.
func (d *draft) link(rel extract.Relation, text record.ID) (link record.Link, ok bool) {
	end := func(i int) record.ID {
		if i == extract.SelfText {
			return text
		}
		return d.ids[i]
	}
	link = record.Link{Type: rel.Type, From: end(rel.From), To: end(rel.To), Role: rel.Role, Since: rel.Since, Until: rel.Until,
		Status: record.Proposed, Confidence: rel.Confidence, Evidence: []record.Evidence{{
			Text: text, Span: rel.Span, Quote: rel.Span.Of(d.reading.Text.Body), Method: rel.Rule, Confidence: rel.Confidence}}}
	return link, link.From != "" && link.To != "" && link.From != link.To
}

// stillProposed tells whether a link that the change touched waits for review.
func stillProposed(entry record.Entry, id string) bool {
	return slices.ContainsFunc(entry.Effects, func(e record.Effect) bool {
		return e.Link != nil && e.Link.After.ID == id && e.Link.After.Status == record.Proposed
	})
}

// count adds up what the change did.
func (r *Report) count(entry record.Entry, d draft) {
	for i, op := range entry.Change.Ops {
		saved := entry.Saved[i]
		if saved.Outcome == record.Unchanged {
			continue
		}
		switch {
		case op.SaveText != nil && saved.Outcome == record.Created:
			r.Added++
			r.Saved = append(r.Saved, record.ID(saved.ID))
		case op.SaveText != nil:
			r.Changed++
			r.Saved = append(r.Saved, record.ID(saved.ID))
		case op.Restore != nil, op.SaveNode != nil && saved.Outcome == record.Created:
			r.RecordsAdded++
		case op.SaveNode != nil:
			r.RecordsChanged++
		case op.SaveLink != nil && stillProposed(entry, saved.ID):
			r.LinksProposed++
		case op.SaveLink != nil:
			r.LinksSupported++
		}
	}
	for i, f := range d.reading.Found {
		if d.ids[i] == "" {
			r.Add(Report{Unknown: []Unknown{{f.Kind, f.Name, 1}}})
		} else {
			r.Mentions += len(f.Spans)
		}
	}
}
