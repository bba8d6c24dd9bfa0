package ingest

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// links imports a list of links: those that name a text and quote it, and those
// of which the table itself is the source.
func (im *Importer) links(ctx context.Context, s *graph.Snapshot, t list, o Options, r *Report) error {
	r.Problems = append(r.Problems, t.strange(linkColumns)...)
	b := batch{im: im, options: o, report: r, source: t.source(), place: t.at}
	near := &spelling{snapshot: s}
	var own []claim
	var quoted []numbered[record.Op] // what waits to be saved
	save := func() error {
		if err := im.correct(ctx, o, quoted); err != nil {
			return err
		}
		for _, q := range quoted {
			if err := b.add(ctx, q.line, q.of); err != nil {
				return err
			}
		}
		quoted = quoted[:0]
		return nil
	}
	for _, row := range t.rows {
		if row.width > len(t.columns) {
			r.Problems = append(r.Problems, t.tooWide(row))
			continue
		}
		link, from, to, err := t.linkOf(row)
		if err == nil && row.get("source") == "" {
			err = b.addClaims(ctx, s, t, row, link, from, to, &own)
			if err == nil {
				continue
			}
		}
		var op record.Op
		if err == nil {
			op, err = linkOp(ctx, s, near, row, link, from, to)
		}
		if err == nil {
			err = op.Validate()
		}
		if err == nil {
			quoted = append(quoted, numbered[record.Op]{row.line, op})
		} else if err := b.addOrSay(ctx, row.line, op, err); err != nil {
			return err
		}
		if len(quoted) == maxBatch {
			if err := save(); err != nil {
				return err
			}
		}
	}
	if err := save(); err != nil {
		return err
	}
	if err := b.flush(ctx); err != nil {
		return err
	}
	return im.claims(ctx, t.sheet, own, o, r)
}

// correct makes rows that settle a proposal edits of it: where the row and what was
// read differ in role or dates, the row's word counts. What a row leaves empty
// stays as it was read.
func (im *Importer) correct(ctx context.Context, o Options, rows []numbered[record.Op]) error {
	if len(rows) == 0 {
		return nil
	}
	c := im.change(o, "what of a table settles a proposal")
	for _, row := range rows {
		c.Ops = append(c.Ops, row.of)
	}
	entry, err := im.store.Preview(ctx, c)
	if err != nil {
		return im.correctEach(ctx, o, rows, err)
	}
	proposals := map[string]record.Link{}
	for _, e := range entry.Effects {
		if e.Link != nil && e.Link.Before != nil && e.Link.Before.Status == record.Proposed && !e.Link.Before.Withdrawn {
			if _, ok := proposals[e.Link.Before.ID]; !ok {
				proposals[e.Link.Before.ID] = *e.Link.Before
			}
		}
	}
	first := map[string]record.Link{} // what a row made of a proposal
	for i, row := range rows {
		link := &row.of.SaveLink.Link
		was, ok := proposals[entry.Saved[i].ID]
		if !ok || link.Status != record.Confirmed {
			continue
		}
		is := record.Link{Role: cmp.Or(link.Role, was.Role), Since: cmp.Or(link.Since, was.Since), Until: cmp.Or(link.Until, was.Until)}
		if said, ok := first[was.ID]; ok && (said.Role != is.Role || said.Since != is.Since || said.Until != is.Until) {
			continue // a second row of another role or period does not undo the first
		}
		first[was.ID] = is
		link.ID, link.Role, link.Since, link.Until = was.ID, is.Role, is.Since, is.Until
	}
	return nil
}

// correctEach is correct for rows of which one was refused: it and no other is left
// as it is. The batch says why.
func (im *Importer) correctEach(ctx context.Context, o Options, rows []numbered[record.Op], refused error) error {
	if _, fault := problemOf("", 0, refused); fault != nil || len(rows) == 1 {
		return fault
	}
	for i := range rows {
		if err := im.correct(ctx, o, rows[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

// addClaims makes claims of a row: one for each name where a cell lists several.
func (b *batch) addClaims(ctx context.Context, s *graph.Snapshot, t list, row row, link record.Link, from, to string, own *[]claim) error {
	var ends [2][]claimEnd
	for i, e := range []struct {
		cell  string
		kinds []record.Kind
		side  string
	}{{from, link.Type.From(), "from"}, {to, link.Type.To(), "to"}} {
		kinds, column := e.kinds, t.column(e.side)
		if column < 0 {
			column = t.column(t.ends[i])
			if kind, err := record.ParseKind(strings.Replace(t.ends[i], "funder", "partner", 1)); err == nil && len(kinds) > 1 && slices.Contains(kinds, kind) {
				kinds = only(kind)
				if t.ends[i] == "partner" && slices.Contains(e.kinds, record.BoroughKind) {
					kinds = e.kinds // an organisation may be a borough
				}
			}
		}
		names, err := namesIn(ctx, s, e.cell, kinds)
		if err != nil {
			return err
		}
		if names == nil {
			return record.Invalid(e.side, "it is empty")
		}
		for _, name := range names {
			end := claimEnd{name: name, kinds: kinds, row: row.line, column: -1, field: t.heading(column)}
			if t.name != "" {
				end.column = column
			}
			ends[i] = append(ends[i], end)
		}
	}
	probe := link
	probe.From, probe.To = record.NewID(ends[0][0].kinds[0], "a"), record.NewID(ends[1][0].kinds[0], "b")
	probe.Evidence = []record.Evidence{{Text: record.NewID(record.WeeknoteKind, "a"), Quote: "a"}}
	if err := probe.Validate(); err != nil {
		return err
	}
	for _, f := range ends[0] {
		for _, to := range ends[1] {
			*own = append(*own, claim{row: row.line, column: -1, from: f, to: to, link: link, quote: oneLine(row.get("quote"))})
		}
	}
	return nil
}

// linkOf is what a row says of a link, and the names of its ends.
func (t list) linkOf(row row) (link record.Link, from, to string, err error) {
	link = record.Link{Type: t.linkType(), Status: record.Confirmed, Confidence: 1}
	from, to = row.get("from"), row.get("to")
	if link.Type != 0 {
		from, to = row.raw(t.ends[0]), row.raw(t.ends[1])
	}
	if cell := row.get("type"); cell != "" || link.Type == 0 {
		if link.Type, err = record.ParseLinkType(cell); err != nil {
			return link, from, to, err
		}
	}
	if link.Type.Derived() {
		return link, from, to, record.Invalid("type", "%s links are made by reading the texts, not by hand", link.Type)
	}
	link.Role = oneLine(row.get("role"))
	if !link.Type.FreeRole() {
		link.Role = strings.ToLower(link.Role)
	}
	if s, ok := cellWord(link.Role); ok && link.Type == record.Joined && link.Role != "" && !s.nothing {
		link.Role, link.Status = s.role, s.status
	}
	if status := row.get("status"); status != "" {
		link.Status = record.LinkStatus(strings.ToUpper(status))
	}
	for _, d := range []struct {
		column string
		to     *record.PartialDate
	}{{"since", &link.Since}, {"until", &link.Until}} {
		if *d.to, err = sheetDate(row.get(d.column)); err != nil {
			return link, from, to, record.Under(d.column, err)
		}
	}
	return link, from, to, nil
}

// linkOp is the operation for a row that names a text and quotes it.
func linkOp(ctx context.Context, s *graph.Snapshot, near *spelling, row row, link record.Link, from, to string) (op record.Op, err error) {
	for _, end := range []struct {
		column, name string
		kinds        []record.Kind
		to           *record.ID
	}{{"from", from, link.Type.From(), &link.From}, {"to", to, link.Type.To(), &link.To}} {
		if *end.to, err = theOne(ctx, s, near, end.column, oneLine(end.name), end.kinds); err != nil {
			return op, err
		}
	}
	text, err := textOf(ctx, s, near, row.get("source"))
	if err != nil {
		return op, err
	}
	quote, err := quoteIn(ctx, s, text, row)
	if err != nil {
		return op, err
	}
	link.Evidence = []record.Evidence{{Text: text, Quote: quote, Method: record.Curated, Confidence: 1}}
	return record.Op{SaveLink: &record.SaveLink{Link: link}}, nil
}

// quoteIn is the quote of a row: with the spaces around it where the text has
// them, as an export writes it, without them else.
func quoteIn(ctx context.Context, s *graph.Snapshot, text record.ID, row row) (string, error) {
	whole, trimmed := row.raw("quote"), row.get("quote")
	if whole == trimmed {
		return trimmed, nil
	}
	read, err := s.Text(ctx, everything(), text, 0)
	if err == nil && strings.Contains(read.Body, whole) {
		return whole, nil
	}
	return trimmed, err
}

// textOf finds the text that a row gives as its source: by address, file name,
// id or title.
func textOf(ctx context.Context, s *graph.Snapshot, near *spelling, source string) (record.ID, error) {
	if node, _, err := s.BySource(ctx, source); !isNotFound(err) {
		return node.ID, err
	}
	return theOne(ctx, s, near, "source", source, only(record.WeeknoteKind))
}
