package ingest

import (
	"context"
	"fmt"
	"strings"

	"lotigraph/extract"
	"lotigraph/graph"
	"lotigraph/record"
)

// claim is a link that a table says without the words of any text: a row, or a
// cell of a grid. The words that prove it are put down in a text that stands for
// the table, one sentence a claim; that text has versions like any other, so that
// what a cell said before stays on record.
type claim struct {
	row, column int // where it stands; column -1 for the whole row
	from, to    claimEnd
	link        record.Link // all but ends and evidence
	quote       string      // the words for it, where the table has them
}

// claimEnd is an end of a claim: a name and where it stands.
type claimEnd struct {
	name        string
	kinds       []record.Kind
	row, column int
	field       string
	id          record.ID
}

// claims imports what a sheet claims: new names where they are accepted, then
// the text that stands for the sheet, then the links.
func (im *Importer) claims(ctx context.Context, s sheet, list []claim, o Options, r *Report) error {
	list, err := im.resolve(ctx, s, list, o, r)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		if known, err := im.hasSource(ctx, s.source()); err != nil || !known {
			return err
		}
	}
	text, spans := textOfTable(s, list)
	id, ok, err := im.saveTable(ctx, s, text, mentionsOf(list, spans), o, r)
	if err != nil || !ok {
		return err
	}
	return im.saveClaims(ctx, s, id, list, spans, text.Body, o, r)
}

// hasSource tells whether there is a text of that source.
func (im *Importer) hasSource(ctx context.Context, source string) (bool, error) {
	s, err := im.store.Snapshot()
	if err != nil {
		return false, err
	}
	defer s.Close()
	_, _, err = s.BySource(ctx, source)
	if isNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// resolve finds the records of the ends. Claims of names that nobody knows are
// left out and said, once a name and place.
func (im *Importer) resolve(ctx context.Context, s sheet, list []claim, o Options, r *Report) ([]claim, error) {
	missing, err := im.look(ctx, s, list, o, r)
	if err != nil {
		return nil, err
	}
	if len(missing) > 0 {
		b := batch{im: im, options: o, report: r, source: s.source(), place: s.place}
		for _, end := range missing {
			if end.id != "" {
				if err := b.add(ctx, end.row, record.Op{Restore: &record.Restore{ID: string(end.id)}}); err != nil {
					return nil, err
				}
				continue
			}
			node := record.Node{Name: end.name, Stated: max(o.Visibility, record.Public)}
			op := record.Op{SaveNode: &record.SaveNode{Handle: fmt.Sprintf("#%d", len(b.ops)), Kind: end.kinds[0], Reuse: true, Node: node}}
			if err := b.add(ctx, end.row, op); err != nil {
				return nil, err
			}
		}
		if err := b.flush(ctx); err != nil {
			return nil, err
		}
		if _, err := im.look(ctx, s, list, Options{}, &Report{}); err != nil {
			return nil, err
		}
	}
	var known []claim
	for _, c := range list {
		if c.from.id != "" && c.to.id != "" {
			known = append(known, c)
		}
	}
	return known, nil
}

// look fills in the ids of the ends, and returns those that are to become
// records.
func (im *Importer) look(ctx context.Context, s sheet, list []claim, o Options, r *Report) (missing []claimEnd, err error) {
	snapshot, err := im.store.Snapshot()
	if err != nil {
		return nil, err
	}
	defer snapshot.Close()
	type key struct {
		name string
		kind record.Kind
	}
	near := &spelling{snapshot: snapshot}
	seen, said := map[key]record.ID{}, map[string]bool{}
	for i := range list {
		for _, end := range []*claimEnd{&list[i].from, &list[i].to} {
			k := key{record.Fold(end.name), end.kinds[0]}
			id, ok := seen[k]
			if !ok {
				accept := o.AcceptNew && len(end.kinds) == 1 && end.kinds[0] != record.BoroughKind && record.Slugify(end.name) != ""
				if accept {
					settled, err := snapshot.NameSettled(end.kinds[0], end.name)
					if err != nil {
						return nil, err
					}
					accept = !settled
				}
				id, err = theOne(ctx, snapshot, near, "", end.name, end.kinds)
				refused, fault := problemOf(s.file, end.row, err)
				switch {
				case fault != nil:
					return nil, fault
				case refused != nil && accept && strings.HasPrefix(refused.Reason, noRecord):
					gone, _, err := snapshot.WithdrawnCalled(end.kinds[0], end.name)
					if err != nil {
						return nil, err
					}
					missing = append(missing, *end)
					missing[len(missing)-1].id = gone
				case refused != nil:
					at := fmt.Sprint(end.row, " ", end.column)
					if !said[at] {
						r.Problems = append(r.Problems, s.problem(end.row, end.column, end.field, refused.Reason))
					}
					said[at] = true
					continue
				}
				seen[k] = id
			}
			end.id = id
		}
	}
	return missing, nil
}

// sentence is what a claim says, in words. The names are as the table writes
// them: when a record is renamed, the table's words stay its words.
func (c claim) sentence() string {
	if c.quote != "" {
		return c.quote
	}
	phrase := c.link.Type.Phrase()
	behind := ""
	switch role := c.link.Role; {
	case c.link.Status == record.Proposed && c.link.Type == record.Joined:
		phrase = "is to be confirmed in"
		if role != "" {
			phrase = "is to be confirmed as " + role + " in"
		}
	case role == "":
	case c.link.Type == record.Joined && role == "lead":
		phrase = "is lead in"
	case c.link.Type == record.Joined:
		phrase = "is a " + role + " in"
	default:
		behind = " as " + role
	}
	var dates string
	switch {
	case !c.link.Since.IsZero() && !c.link.Until.IsZero():
		dates = fmt.Sprintf(", from %s until %s", c.link.Since.English(), c.link.Until.English())
	case !c.link.Since.IsZero():
		dates = ", since " + c.link.Since.English()
	case !c.link.Until.IsZero():
		dates = ", until " + c.link.Until.English()
	}
	return fmt.Sprintf("%s %s %s%s%s.", c.from.name, phrase, c.to.name, behind, dates)
}

// where is the address of a claim in its table: "B4", "row 4".
func (c claim) where() string {
	if c.column < 0 {
		return fmt.Sprintf("row %d", c.row)
	}
	return fmt.Sprintf("cell %s%d", columnName(c.column), c.row)
}

// claimSpans are where a claim's sentence and the names in it stand.
type claimSpans struct{ sentence, from, to record.Span }

// textOfTable is the text that stands for a table.
func textOfTable(s sheet, list []claim) (record.Text, []claimSpans) {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\nform: REPORT\n---\n\n# ", s.title())
	title := record.Span{Start: b.Len(), End: b.Len() + len(s.title())}
	front := record.Span{End: b.Len() - len("\n# ")}
	fmt.Fprintf(&b, "%s\n\n", s.title())
	main := b.Len()
	spans := make([]claimSpans, len(list))
	for i, c := range list {
		b.WriteString("- ")
		said, at := c.sentence(), b.Len()
		spans[i].sentence = record.Span{Start: at, End: at + len(said)}
		spans[i].from, spans[i].to = nameIn(said, c.from.name, at), nameIn(said, c.to.name, at)
		fmt.Fprintf(&b, "%s (%s)\n", said, c.where())
	}
	if len(list) == 0 {
		b.WriteString("The table says nothing any more.\n")
	}
	body := b.String()
	front.End = len(strings.TrimRight(body[:front.End], "\n"))
	return record.Text{Body: body, Title: title, Main: record.Span{Start: main, End: len(body) - 1}, Furniture: []record.Span{front}}, spans
}

func nameIn(sentence, name string, at int) record.Span {
	i := strings.Index(sentence, name)
	if i < 0 || name == "" {
		return record.Span{}
	}
	return record.Span{Start: at + i, End: at + i + len(name)}
}

// mentionsOf are where the text of a table names its records.
func mentionsOf(list []claim, spans []claimSpans) (mentions []record.Mention) {
	place := map[record.ID]int{}
	for i, c := range list {
		for _, m := range []struct {
			id   record.ID
			span record.Span
		}{{c.from.id, spans[i].from}, {c.to.id, spans[i].to}} {
			if m.span.IsZero() || m.id.Kind() == record.WeeknoteKind {
				continue
			}
			at, ok := place[m.id]
			if !ok {
				at = len(mentions)
				place[m.id] = at
				mentions = append(mentions, record.Mention{To: m.id, Method: "named in a table"})
			}
			mentions[at].Spans = append(mentions[at].Spans, m.span)
		}
	}
	return mentions
}

// saveTable saves the text that stands for a table, unless it is there already;
// ok is false when it was withdrawn or refused.
func (im *Importer) saveTable(ctx context.Context, s sheet, text record.Text, mentions []record.Mention, o Options, r *Report) (id record.ID, ok bool, err error) {
	snapshot, err := im.store.Snapshot()
	if err != nil {
		return "", false, err
	}
	defer snapshot.Close()
	d := draft{reading: extract.Reading{URL: s.source()}, saysVisibility: o.Visibility != 0}
	d.text = record.SaveText{Handle: textHandle, Title: oneLine(s.title()), Text: text, Mentions: mentions, Details: record.Weeknote{
		Source: s.source(), Form: record.FormReport, Visibility: max(o.Visibility, record.Public)}}
	before, err := im.before(ctx, snapshot, &d)
	if err != nil {
		return "", false, err
	}
	r.Texts++
	switch {
	case before.withdrawn:
		r.Withdrawn++
		return "", false, nil
	case before.same:
		r.Unchanged++
		node, _, err := snapshot.BySource(ctx, s.source())
		return node.ID, err == nil, err
	}
	c := im.change(o, "import of "+s.source(), text.Body)
	c.Ops = []record.Op{{SaveText: &d.text}}
	entry, err := im.store.Commit(ctx, c)
	if err != nil {
		problem, err := problemOf(s.file, 0, err)
		if problem != nil {
			problem.Sheet = s.name
			r.Problems = append(r.Problems, *problem)
		}
		return "", false, err
	}
	r.count(entry, d)
	im.learn(entry)
	return record.ID(entry.Saved[0].ID), true, nil
}

// saveClaims saves the links. What a person settled about a sentence that was
// there before is left alone; where a cell changed, and nothing else says the
// link, its role and dates become the cell's.
func (im *Importer) saveClaims(ctx context.Context, s sheet, text record.ID, list []claim, spans []claimSpans, body string, o Options, r *Report) error {
	b := batch{im: im, options: o, report: r, source: s.source(), place: s.place}
	const chunk = 100
	for start := 0; start < len(list); start += chunk {
		var ops []record.Op
		part := list[start:min(start+chunk, len(list))]
		for i, c := range part {
			link, span := c.link, spans[start+i].sentence
			link.From, link.To = c.from.id, c.to.id
			link.Evidence = []record.Evidence{{Text: text, Span: span, Quote: span.Of(body), Method: record.Curated, Confidence: link.Confidence}}
			ops = append(ops, record.Op{SaveLink: &record.SaveLink{Link: link}})
		}
		keep, err := im.unsettled(ctx, o, text, ops)
		if err != nil {
			return err
		}
		for i, op := range ops {
			if keep[i] {
				if err := b.add(ctx, part[i].row, op); err != nil {
					return err
				}
			}
		}
		if err := b.flush(ctx); err != nil {
			return err
		}
	}
	return nil
}

// unsettled says which of the links are still to be saved. Those that take the
// place of what the table said before get the link's id.
func (im *Importer) unsettled(ctx context.Context, o Options, text record.ID, ops []record.Op) ([]bool, error) {
	keep := make([]bool, len(ops))
	c := im.change(o, "what of a table is new")
	c.Ops = ops
	entry, err := im.store.Preview(ctx, c)
	if err != nil {
		for i := range keep {
			keep[i] = true // the batch says which one is at fault
		}
		_, err := problemOf("", 0, err)
		return keep, err
	}
	touched := map[string]*record.Was[record.Link]{}
	for _, e := range entry.Effects {
		if e.Link != nil && touched[e.Link.After.ID] == nil {
			touched[e.Link.After.ID] = e.Link
		}
	}
	for i := range ops {
		was := touched[entry.Saved[i].ID]
		if was == nil {
			continue
		}
		keep[i] = true
		if was.Before == nil {
			continue
		}
		link := &ops[i].SaveLink.Link
		said, live := saidBefore(*was.Before, text, link.Evidence[0].Quote)
		switch settled := was.Before.Withdrawn || was.Before.Status == record.Rejected; {
		case settled:
			keep[i] = !said
		case !live && was.Before.Status == record.Confirmed && link.Status == record.Confirmed:
			link.ID = was.Before.ID
		}
	}
	return keep, nil
}

// saidBefore tells whether a link has this sentence of the text as evidence
// already, and whether it has any evidence that still stands.
func saidBefore(l record.Link, text record.ID, quote string) (said, live bool) {
	for _, e := range l.Evidence {
		live = live || !e.Superseded
		said = said || e.Text == text && e.Quote == quote && !e.Superseded
	}
	return said, live
}

// place places a refusal of a row of the sheet.
func (s sheet) place(row int, err error) (*Problem, error) {
	p, err := problemOf(s.file, row, err)
	if p != nil {
		p.Sheet = s.name
	}
	return p, err
}

// only is a list of one kind.
func only(kind record.Kind) []record.Kind { return []record.Kind{kind} }

// called are the records that a name stands for: those called so, else those
// also called so.
func called(ctx context.Context, s *graph.Snapshot, name string, kinds []record.Kind) ([]record.Node, error) {
	hits, err := s.Called(ctx, everything(), name, kinds...)
	if err != nil {
		return nil, err
	}
	var exact []record.Node
	for _, n := range hits {
		if record.Fold(n.Name) == record.Fold(name) {
			exact = append(exact, n)
		}
	}
	if exact != nil {
		return exact, nil
	}
	return hits, nil
}
