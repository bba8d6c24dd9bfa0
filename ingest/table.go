package ingest

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
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
	cells map[string]string
}

func (r row) get(column string) string { return strings.TrimSpace(r.cells[column]) }

// list reads a cell that holds several things, parted by semicolons.
func (r row) list(column string) []string {
	var list []string
	for part := range strings.SplitSeq(r.cells[column], ";") {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(list, part) {
			list = append(list, part)
		}
	}
	return list
}

// sheet is a table that was read.
type sheet struct {
	file    string
	columns []string // folded
	rows    []row
}

// The columns that a sheet may have, by what it lists. Column names are matched
// without regard to case, spaces, hyphens and underscores.
var (
	linkColumns = []string{"from", "type", "to", "role", "since", "until", "status", "source", "quote"}
	nodeColumns = []string{"kind", "id", "name", "aliases", "summary", "url", "onscode", "tilecolumn", "tilerow", "sector", "themes", "status", "start", "end"}
)

func foldColumn(name string) string {
	return strings.ReplaceAll(record.Fold(name), " ", "")
}

// readSheet reads a CSV file. Lines that begin with # are remarks.
func readSheet(file, body string) (sheet, []Problem) {
	s := sheet{file: file}
	var problems []Problem
	in := csv.NewReader(strings.NewReader(body))
	in.Comment, in.FieldsPerRecord, in.TrimLeadingSpace = '#', -1, true
	for {
		cells, err := in.Read()
		if err == io.EOF {
			return s, problems
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			problems = append(problems, Problem{File: file, Line: bad.StartLine, Reason: bad.Err.Error() + "; a cell with quotation marks is written in quotation marks, with each one inside doubled"})
			continue
		}
		if err != nil {
			return s, append(problems, Problem{File: file, Reason: err.Error()})
		}
		line, _ := in.FieldPos(0)
		if s.columns == nil {
			for _, c := range cells {
				s.columns = append(s.columns, foldColumn(c))
			}
			continue
		}
		if len(cells) > len(s.columns) {
			problems = append(problems, Problem{File: file, Line: line, Reason: fmt.Sprintf("%d cells are more than the %d columns; is a comma missing its quotation marks?", len(cells), len(s.columns))})
			continue
		}
		r := row{line: line, cells: map[string]string{}}
		for i, cell := range cells {
			r.cells[s.columns[i]] = cell
		}
		s.rows = append(s.rows, r)
	}
}

// listsLinks tells whether the sheet lists links; else it lists records.
func (s sheet) listsLinks() bool {
	return slices.Contains(s.columns, "from") && slices.Contains(s.columns, "to")
}

// strange are the problems of columns that nobody reads.
func (s sheet) strange(known []string) []Problem {
	var problems []Problem
	for _, c := range s.columns {
		if c != "" && !slices.Contains(known, c) {
			problems = append(problems, Problem{File: s.file, Line: 1, Field: c,
				Reason: "this column is not known and was passed over; known are " + strings.Join(known, ", ")})
		}
	}
	return problems
}

// table imports a table of records or of links.
func (im *Importer) table(ctx context.Context, name, body string, o Options) (Report, error) {
	s, problems := readSheet(name, body)
	r := Report{Problems: problems}
	snapshot, err := im.store.Snapshot()
	if err != nil {
		return r, err
	}
	defer snapshot.Close()
	b := batch{im: im, options: o, report: &r, file: name}
	read := func(row row) (record.Op, error) { return linkOp(ctx, snapshot, row) }
	switch {
	case s.listsLinks():
		r.Problems = append(r.Problems, s.strange(linkColumns)...)
	case slices.Contains(s.columns, "name"):
		r.Problems = append(r.Problems, s.strange(nodeColumns)...)
		read = func(row row) (record.Op, error) { return nodeOp(ctx, snapshot, name, row, o) }
	default:
		r.Problems = append(r.Problems, Problem{File: name, Line: 1, Reason: "the first line names no column that we know; a table of records has name, a table of links has from, type and to"})
		return r, nil
	}
	lines := map[string]int{} // of new records, by kind and name
	for _, row := range s.rows {
		op, err := read(row)
		if err == nil {
			err = op.Validate()
		}
		if save := op.SaveNode; err == nil && save != nil && save.Node.ID == "" {
			key := save.Kind.Slug() + ":" + record.Fold(save.Node.Name)
			if first := lines[key]; first > 0 {
				err = record.Invalid("name", "%q is described in line %d already; make one row of both", save.Node.Name, first)
			}
			lines[key] = row.line
		}
		if err != nil {
			problem, err := problemOf(name, row.line, err)
			if err != nil {
				return r, err
			}
			r.Problems = append(r.Problems, *problem)
			continue
		}
		if err := b.add(ctx, row.line, op); err != nil {
			return r, err
		}
	}
	return r, b.flush(ctx)
}

// nodeOp reads a row that describes a record. What the row does not say stays as
// it is with a record that exists.
func nodeOp(ctx context.Context, s *graph.Snapshot, file string, row row, o Options) (record.Op, error) {
	kindName := row.get("kind")
	if kindName == "" {
		kindName = strings.TrimSuffix(path.Base(file), path.Ext(file))
	}
	kind, err := record.ParseKind(kindName)
	if err != nil {
		return record.Op{}, record.Invalid("kind", "%q is not a kind; give the table a column kind, or name the file boroughs, projects, people or partners", kindName)
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
	return record.Op{SaveNode: &save}, fillNode(&save.Node, kind, row)
}

// existingNode is the record that a row means: the one of its id, or the one
// whose name it is; nil when it is new.
func existingNode(ctx context.Context, s *graph.Snapshot, kind record.Kind, n record.Node) (*record.Node, error) {
	name := n.Name
	if n.ID != "" {
		name = string(n.ID)
	}
	hits, err := s.Find(ctx, everything(), name, kind)
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
			if *d.to, err = record.ParsePartialDate(cell); err != nil {
				return record.Under(d.column, err)
			}
		}
	}
	n.Project = &p
	return nil
}

// linkOp reads a row that describes a link and the sentence that says it.
func linkOp(ctx context.Context, s *graph.Snapshot, row row) (record.Op, error) {
	t, err := record.ParseLinkType(row.get("type"))
	if err != nil {
		return record.Op{}, err
	}
	if t.Derived() {
		return record.Op{}, record.Invalid("type", "%s links are made by reading the texts, not by hand", t)
	}
	link := record.Link{Type: t, Role: row.get("role"), Status: record.Confirmed, Confidence: 1}
	if !t.FreeRole() {
		link.Role = strings.ToLower(link.Role)
	}
	if status := row.get("status"); status != "" {
		link.Status = record.LinkStatus(strings.ToUpper(status))
	}
	for _, end := range []struct {
		column string
		kinds  []record.Kind
		to     *record.ID
	}{{"from", t.From(), &link.From}, {"to", t.To(), &link.To}} {
		if *end.to, err = theOne(ctx, s, end.column, row.get(end.column), end.kinds); err != nil {
			return record.Op{}, err
		}
	}
	for _, d := range []struct {
		column string
		to     *record.PartialDate
	}{{"since", &link.Since}, {"until", &link.Until}} {
		if *d.to, err = record.ParsePartialDate(row.get(d.column)); err != nil {
			return record.Op{}, record.Under(d.column, err)
		}
	}
	text, err := textOf(ctx, s, row.get("source"))
	if err != nil {
		return record.Op{}, err
	}
	link.Evidence = []record.Evidence{{Text: text, Quote: row.get("quote"), Method: record.Curated, Confidence: 1}}
	return record.Op{SaveLink: &record.SaveLink{Link: link}}, nil
}

// textOf finds the text that a row gives as its source: by address, file name,
// id or title.
func textOf(ctx context.Context, s *graph.Snapshot, source string) (record.ID, error) {
	if node, _, err := s.BySource(ctx, source); !isNotFound(err) {
		return node.ID, err
	}
	return theOne(ctx, s, "source", source, []record.Kind{record.WeeknoteKind})
}

// theOne finds the record that a cell names.
func theOne(ctx context.Context, s *graph.Snapshot, column, name string, kinds []record.Kind) (record.ID, error) {
	if name == "" {
		return "", record.Invalid(column, "it is empty")
	}
	hits, err := s.Find(ctx, everything(), name, kinds...)
	if err != nil {
		return "", err
	}
	exact := slices.DeleteFunc(slices.Clone(hits), func(n record.Node) bool { return record.Fold(n.Name) != record.Fold(name) })
	if len(exact) > 0 {
		hits = exact
	}
	switch len(hits) {
	case 0:
		return "", record.Invalid(column, "no record is called %q; add it to its table first, or check the spelling", name)
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
