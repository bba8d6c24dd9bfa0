package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
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

// tooWide is the problem of a row with more cells than headings.
func (t list) tooWide(row row) Problem {
	return t.problem(row.line, -1, "", fmt.Sprintf("%d cells are more than the %d columns; is a comma missing its quotation marks?", row.width, len(t.columns)))
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

// everything is the lens of those who keep the graph.
func everything() record.Lens {
	return record.Lens{Viewer: record.Viewer{Clearance: record.Staff}, Proposed: true}
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
