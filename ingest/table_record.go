package ingest

import (
	"context"
	"path"
	"strconv"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

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

// fillVisibility says who may see a record, where the table has a column for it. An
// empty cell in a row of an export, which has an id, leaves a new record as open as
// the texts that name it; in a row that somebody added it says nothing. The word of
// whoever imports comes first; a text says it itself.
func (t list) fillVisibility(n *record.Node, isNew bool, row row, o Options) error {
	if t.column("visibility") < 0 || n.Weeknote != nil || o.Visibility != 0 {
		return nil
	}
	said, err := record.ParseVisibility(row.get("visibility"))
	if err == nil && (said != 0 || isNew && row.get("id") != "") {
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
