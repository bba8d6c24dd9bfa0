package ingest

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// row is a line of a table under its header: cells by the column's folded name.
type row struct {
	line  int
	width int // how many cells it has
	cells map[string]string
}

func (r row) get(column string) string { return strings.TrimSpace(r.cells[column]) }

// raw is a cell with its line ends.
func (r row) raw(column string) string { return r.cells[column] }

// list reads a cell that holds several things, parted by semicolons. One that has
// a semicolon itself stands in quotation marks, with each one inside doubled.
func (r row) list(column string) []string {
	var list []string
	for rest := r.cells[column]; rest != ""; {
		var part string
		if part, rest = nextOfList(rest); part != "" && !slices.Contains(list, part) {
			list = append(list, part)
		}
	}
	return list
}

// nextOfList cuts the first thing off a list. Quotation marks that do not enclose
// all of it are part of it.
func nextOfList(s string) (first, rest string) {
	if quoted, ok := strings.CutPrefix(strings.TrimSpace(s), `"`); ok {
		for at := 0; at < len(quoted); at++ {
			switch {
			case quoted[at] != '"':
			case strings.HasPrefix(quoted[at+1:], `"`):
				at++
			default:
				if gap, behind, _ := strings.Cut(quoted[at+1:], ";"); strings.TrimSpace(gap) == "" {
					return strings.TrimSpace(strings.ReplaceAll(quoted[:at], `""`, `"`)), behind
				}
				at = len(quoted)
			}
		}
	}
	first, rest, _ = strings.Cut(s, ";")
	return strings.TrimSpace(first), rest
}

// which are the sheets of a file to import: a folder's workbooks are read twice,
// for their records before the texts and for their links after them.
type which uint8

const (
	allSheets which = iota
	recordSheets
	linkSheets
)

// tables imports the tables of a file: lists of records before lists of links
// and grids.
func (im *Importer) tables(ctx context.Context, f File, o Options, w which) (r Report, err error) {
	list, problems := sheets(f)
	if w != linkSheets {
		r.Problems = problems
	}
	for _, pass := range []which{recordSheets, linkSheets} {
		for _, s := range list {
			if w == allSheets || w == pass {
				if err := errors.Join(ctx.Err(), im.sheet(ctx, s, o, pass, &r)); err != nil {
					return r, err
				}
			}
		}
	}
	if more := len(r.Problems) - maxProblems; more > 0 {
		r.Problems = append(r.Problems[:maxProblems], Problem{File: f.Name, Reason: fmt.Sprintf("%d more problems of this file are not listed", more)})
	}
	return r, nil
}

// sheet imports a sheet if the pass is for its sort.
func (im *Importer) sheet(ctx context.Context, s sheet, o Options, pass which, r *Report) error {
	snapshot, err := im.store.Snapshot()
	if err != nil {
		return err
	}
	defer snapshot.Close()
	t, ok := s.asList(false)
	surely := ok
	if !ok {
		g, is, err := s.asGrid(ctx, snapshot)
		switch {
		case err != nil:
			return err
		case is && pass == linkSheets:
			claims, problems := g.claims()
			r.Problems = append(r.Problems, problems...)
			return im.claims(ctx, s, claims, o, r)
		case is:
			return nil
		}
		t, ok = s.asList(true)
	}
	switch {
	case !surely && pass == recordSheets: // boroughs that make it a grid may still come
	case !ok:
		row := 1
		if len(s.rows) > 0 {
			row = s.rows[0].number
		}
		r.Problems = append(r.Problems, s.problem(row, -1, "", "the first line names no column that we know; a table of records has name, a table of links has from, type and to, a grid has boroughs on one side and projects on the other"))
	case t.links && pass == linkSheets:
		return im.links(ctx, snapshot, t, o, r)
	case !t.links && (pass == recordSheets || !surely):
		return im.records(ctx, snapshot, t, o, r)
	}
	return nil
}

// records imports a list of records.
func (im *Importer) records(ctx context.Context, s *graph.Snapshot, t list, o Options, r *Report) error {
	r.Problems = append(r.Problems, t.strange(nodeColumns)...)
	b := batch{im: im, options: o, report: r, source: t.source(), place: t.at}
	lines := map[string]int{} // of new records, by kind and name
	for _, row := range t.rows {
		if row.width > len(t.columns) {
			r.Problems = append(r.Problems, t.tooWide(row))
			continue
		}
		op, err := nodeOp(ctx, s, t, row, o)
		if err == nil {
			err = op.Validate()
		}
		if save := op.SaveNode; err == nil && save.Node.ID == "" {
			key := save.Kind.Slug() + ":" + record.Fold(save.Node.Name)
			if first := lines[key]; first > 0 {
				err = record.Invalid("name", "%q is described in line %d already; make one row of both", save.Node.Name, first)
			}
			lines[key] = row.line
		}
		if err := b.addOrSay(ctx, row.line, op, err); err != nil {
			return err
		}
	}
	return b.flush(ctx)
}

// links imports a list of links: those that name a text and quote it, and those
// of which the table itself is the source.
func (im *Importer) links(ctx context.Context, s *graph.Snapshot, t list, o Options, r *Report) error {
	r.Problems = append(r.Problems, t.strange(linkColumns)...)
	b := batch{im: im, options: o, report: r, source: t.source(), place: t.at}
	near := &spelling{snapshot: s}
	var own []claim
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
		if err := b.addOrSay(ctx, row.line, op, err); err != nil {
			return err
		}
	}
	if err := b.flush(ctx); err != nil {
		return err
	}
	return im.claims(ctx, t.sheet, own, o, r)
}

// tooWide is the problem of a row with more cells than headings.
func (t list) tooWide(row row) Problem {
	return t.problem(row.line, -1, "", fmt.Sprintf("%d cells are more than the %d columns; is a comma missing its quotation marks?", row.width, len(t.columns)))
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

// namesIn are the names in a cell: the whole cell where a record is called so,
// else its parts between semicolons, line ends or commas.
func namesIn(ctx context.Context, s *graph.Snapshot, cell string, kinds []record.Kind) ([]string, error) {
	whole := oneLine(cell)
	if whole == "" || !strings.ContainsAny(cell, ";,\n") {
		return nonEmpty(whole), nil
	}
	if hits, err := called(ctx, s, whole, kinds); err != nil || len(hits) > 0 {
		return nonEmpty(whole), err
	}
	signs := ";\n"
	if !strings.ContainsAny(strings.TrimSpace(cell), signs) {
		signs = ","
	}
	var names []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(signs, r) }) {
		if part = oneLine(part); part != "" && !slices.Contains(names, part) {
			names = append(names, part)
		}
	}
	return names, nil
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// nodeOp reads a row that describes a record. What the row does not say stays as
// it is with a record that exists.
func nodeOp(ctx context.Context, s *graph.Snapshot, t list, row row, o Options) (record.Op, error) {
	kind, err := t.kindOf(row)
	if err != nil {
		return record.Op{}, err
	}
	save := record.SaveNode{Kind: kind, Node: record.Node{Name: row.get("name"), Stated: max(o.Visibility, record.Public)}}
	if id := row.get("id"); id != "" {
		save.Node.ID = record.ID(id)
	}
	existing, err := existingNode(ctx, s, kind, save.Node)
	if err != nil {
		return record.Op{}, err
	}
	if existing != nil {
		save.Node = *existing
		save.Node.Name = row.get("name")
	}
	if err := t.fillVisibility(&save.Node, existing == nil, row, o); err != nil {
		return record.Op{}, err
	}
	return record.Op{SaveNode: &save}, fillNode(&save.Node, kind, row)
}

// fillVisibility says who may see a record, where the table has a column for it:
// an empty cell of a new record leaves it as open as the texts that name it. The
// word of whoever imports comes first; a text says it itself.
func (t list) fillVisibility(n *record.Node, isNew bool, row row, o Options) error {
	if t.column("visibility") < 0 || n.Weeknote != nil || o.Visibility != 0 {
		return nil
	}
	said, err := record.ParseVisibility(row.get("visibility"))
	if err == nil && (isNew || said != 0) {
		n.Stated = said
	}
	return err
}

// kindOf is what a row describes: as it says itself, else the headings, the
// sheet's name or the file's.
func (t list) kindOf(row row) (record.Kind, error) {
	base := strings.TrimSuffix(path.Base(t.file), path.Ext(t.file))
	said := row.get("kind")
	if said == "" && t.kind != "" {
		said = t.kind
	}
	if said != "" {
		base = said
	} else if kind, err := record.ParseKind(strings.TrimSpace(t.name)); err == nil {
		return kind, nil
	}
	kind, err := record.ParseKind(base)
	if err != nil {
		return 0, record.Invalid("kind", "%q is not a kind; give the table a column kind, or name the file boroughs, projects, people or partners", base)
	}
	return kind, nil
}

// existingNode is the record that a row means: the one of its id, or the one
// whose name it is; nil when it is new.
func existingNode(ctx context.Context, s *graph.Snapshot, kind record.Kind, n record.Node) (*record.Node, error) {
	name := n.Name
	if n.ID != "" {
		name = string(n.ID)
	}
	hits, err := s.Called(ctx, everything(), name, kind)
	if err != nil {
		return nil, err
	}
	for _, hit := range hits {
		if n.ID == hit.ID || n.ID == "" && record.Fold(hit.Name) == record.Fold(n.Name) {
			return &hit, nil
		}
	}
	return nil, nil
}

// everything is the lens of those who keep the graph.
func everything() record.Lens {
	return record.Lens{Viewer: record.Viewer{Clearance: record.Staff}, Proposed: true}
}

// fillNode writes the cells of a row into a record.
func fillNode(n *record.Node, kind record.Kind, row row) error {
	if cell := row.get("summary"); cell != "" {
		n.Summary = cell
	}
	if cell := row.get("url"); cell != "" {
		n.URL = cell
	}
	if list := row.list("aliases"); list != nil {
		n.Aliases = list
	}
	switch kind {
	case record.BoroughKind:
		return fillBorough(n, row)
	case record.ProjectKind:
		return fillProject(n, row)
	case record.PartnerKind:
		p := record.Partner{}
		if n.Partner != nil {
			p = *n.Partner
		}
		if cell := row.get("sector"); cell != "" {
			p.Sector = strings.ToLower(cell)
			if row.get("id") != "" { // a row of an export: its words are the record's
				p.Sector = cell
			}
		}
		n.Partner = &p
	}
	return nil
}

func fillBorough(n *record.Node, row row) error {
	b := record.Borough{}
	if n.Borough != nil {
		b = *n.Borough
	}
	if cell := row.get("onscode"); cell != "" {
		b.ONSCode = cell
	}
	for _, tile := range []struct {
		column string
		to     *int
	}{{"tilecolumn", &b.Column}, {"tilerow", &b.Row}} {
		if cell := row.get(tile.column); cell != "" {
			n, err := strconv.Atoi(cell)
			if err != nil || n < 0 || n > 99 {
				return record.Invalid(tile.column, "%q is not a position; it is a whole number from 0", cell)
			}
			*tile.to = n
		}
	}
	n.Borough = &b
	return nil
}

func fillProject(n *record.Node, row row) (err error) {
	p := record.Project{}
	if n.Project != nil {
		p = *n.Project
	}
	if list := row.list("themes"); list != nil {
		p.Themes = list
	}
	if cell := row.get("status"); cell != "" {
		p.Status = strings.ToLower(cell)
	}
	for _, d := range []struct {
		column string
		to     *record.PartialDate
	}{{"start", &p.Start}, {"end", &p.End}} {
		if cell := row.get(d.column); cell != "" {
			if *d.to, err = sheetDate(cell); err != nil {
				return record.Under(d.column, err)
			}
		}
	}
	n.Project = &p
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

// noRecord begins the reason for refusing a name that nobody goes by.
const noRecord = "no record is called"

// theOne finds the record that a cell names.
func theOne(ctx context.Context, s *graph.Snapshot, near *spelling, column, name string, kinds []record.Kind) (record.ID, error) {
	if name == "" {
		return "", record.Invalid(column, "it is empty")
	}
	hits, err := called(ctx, s, name, kinds)
	if err != nil {
		return "", err
	}
	switch len(hits) {
	case 0:
		suggestion, err := near.suggestion(ctx, name, kinds)
		if err != nil {
			return "", err
		}
		return "", record.Invalid(column, noRecord+" %q; add it to its table first, or check the spelling%s", name, suggestion)
	case 1:
		return hits[0].ID, nil
	}
	ids := make([]string, len(hits))
	for i, hit := range hits {
		ids[i] = string(hit.ID)
	}
	return "", record.Invalid(column, "%q is the name of several records; write one of %s", name, strings.Join(ids, ", "))
}

func isNotFound(err error) bool { return errors.Is(err, record.ErrNotFound) }
