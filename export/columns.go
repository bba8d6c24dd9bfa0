package export

import (
	"fmt"
	"strconv"
	"strings"

	"lotigraph/record"
)

// sort is what the values of a column are.
type sort uint8

const (
	words  sort = iota // string
	whole              // int
	number             // float64
	date               // record.PartialDate
	long               // string, of a sentence or more
)

// column is a property of a row: a record, a link, a participation. Of gives a
// value of the column's sort, or nil where the row has none.
type column[T any] struct {
	name string
	sort sort
	of   func(T) any
}

// text is a value as formats without types write it, "" for none.
func text(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return fmt.Sprint(value)
}

// listSign parts the values within a cell; import reads it so.
const listSign = ";"

// listed are several values as one cell. One that has the sign itself, or that
// begins with a quotation mark, stands in quotation marks, with each one inside
// doubled, as a CSV file quotes its cells.
func listed(values []string) string {
	cells := make([]string, len(values))
	for i, v := range values {
		if strings.Contains(v, listSign) || strings.HasPrefix(v, `"`) {
			v = `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
		}
		cells[i] = v
	}
	return strings.Join(cells, listSign)
}

func wordsOr(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func dateOr(d record.PartialDate) any {
	if d.IsZero() {
		return nil
	}
	return d
}

// nodeColumns are the columns of a table of records that import reads. A text's
// date stands under start.
func (e *exporter) nodeColumns() []column[record.Node] {
	type n = record.Node
	return []column[n]{
		{"kind", words, func(n n) any { return n.Kind().Slug() }},
		{"id", words, func(n n) any { return string(n.ID) }},
		{"name", words, func(n n) any { return n.Name }},
		{"aliases", words, func(n n) any { return wordsOr(listed(n.Aliases)) }},
		{"summary", words, func(n n) any { return wordsOr(n.Summary) }},
		{"url", words, func(n n) any { return wordsOr(n.URL) }},
		{"ons_code", words, func(n n) any { return ofBorough(n, func(b record.Borough) any { return b.ONSCode }) }},
		{"tile_column", whole, func(n n) any { return ofBorough(n, func(b record.Borough) any { return b.Column }) }},
		{"tile_row", whole, func(n n) any { return ofBorough(n, func(b record.Borough) any { return b.Row }) }},
		{"sector", words, func(n n) any {
			if n.Partner == nil {
				return nil
			}
			return wordsOr(n.Partner.Sector)
		}},
		{"themes", words, func(n n) any {
			return ofProject(n, func(p record.Project) any { return wordsOr(listed(p.Themes)) })
		}},
		{"status", words, func(n n) any { return ofProject(n, func(p record.Project) any { return wordsOr(p.Status) }) }},
		{"start", date, func(n n) any { start, _ := period(n); return dateOr(start) }},
		{"end", date, func(n n) any { _, end := period(n); return dateOr(end) }},
		{"visibility", words, func(n n) any { return wordsOr(e.o.visibility(n).String()) }},
	}
}

func ofBorough(n record.Node, of func(record.Borough) any) any {
	if n.Borough == nil {
		return nil
	}
	return of(*n.Borough)
}

func ofProject(n record.Node, of func(record.Project) any) any {
	if n.Project == nil {
		return nil
	}
	return of(*n.Project)
}

// period is from when to when a record is: a project's dates, a text's day.
func period(n record.Node) (start, end record.PartialDate) {
	switch {
	case n.Project != nil:
		return n.Project.Start, n.Project.End
	case n.Weeknote != nil:
		return n.Weeknote.Date, record.PartialDate{}
	}
	return start, end
}

// visibility is who may see a record, as far as the viewer may know: of a text what
// it says; of another record, to staff what was stated, 0 where it is as open as
// the texts that name it. To others it is what they are themselves: whoever imports
// what they were given must not open it further, nor close it to them.
func (o Options) visibility(n record.Node) record.Visibility {
	switch {
	case n.Weeknote != nil:
		return n.Weeknote.Visibility
	case o.Lens.Viewer.Sees(record.Staff):
		return n.Stated
	case n.Borough != nil:
		return record.Public
	}
	return max(o.Lens.Viewer.Clearance, record.Public)
}

// proven is a link with one piece of its evidence: a row of a table of links. The
// ends and the text are there for their names.
type proven struct {
	seen
	by               record.Evidence
	from, to, source record.Node // source is none where the row has no words
}

// proofs are the pieces of evidence for which a link has rows. Words that are no
// longer in the text now read are left out, since import would look for them in
// vain; a link without others has one row that names no source.
func proofs(link record.Link) []record.Evidence {
	var rows []record.Evidence
	for _, ev := range link.Evidence {
		if !ev.Superseded {
			rows = append(rows, ev)
		}
	}
	if rows == nil {
		rows = []record.Evidence{{}}
	}
	return rows
}

// proofColumns are the columns of a table of links: those that import reads, and
// for people the names, the day of the text, and how surely the link holds on the
// lens's day.
func proofColumns() []column[proven] {
	type p = proven
	return []column[p]{
		{"from", words, func(p p) any { return string(p.From) }},
		{"from_name", words, func(p p) any { return p.from.Name }},
		{"type", words, func(p p) any { return p.Type.String() }},
		{"to", words, func(p p) any { return string(p.To) }},
		{"to_name", words, func(p p) any { return p.to.Name }},
		{"role", words, func(p p) any { return wordsOr(p.Role) }},
		{"since", date, func(p p) any { return dateOr(p.Since) }},
		{"until", date, func(p p) any { return dateOr(p.Until) }},
		{"status", words, func(p p) any { return string(p.Status) }},
		{"holds", words, func(p p) any { return wordsOr(p.holds) }},
		{"quote", words, func(p p) any { return wordsOr(p.by.Quote) }},
		{"source", words, func(p p) any { return wordsOr(string(p.by.Text)) }},
		{"source_name", words, func(p p) any { return wordsOr(p.source.Name) }},
		{"source_date", date, func(p p) any { day, _ := period(p.source); return dateOr(day) }},
	}
}

// vertexColumns are what the files of network tools say of a record besides its
// id and name. Its dates have longer names there, since start and end are words
// of GEXF and mean whole days.
func (e *exporter) vertexColumns() []column[record.Node] {
	var list []column[record.Node]
	for _, c := range e.nodeColumns() {
		switch c.name {
		case "id", "name", "visibility":
			continue
		case "start", "end":
			c.name += "_date"
		}
		list = append(list, c)
	}
	return append(list, column[record.Node]{"address", words, func(n record.Node) any { return e.o.address(string(n.ID)) }})
}

// seen is a link as the lens shows it on its day.
type seen struct {
	record.Link
	holds string
}

// edgeColumns are what the files of network tools say of a link besides its id
// and ends.
func (e *exporter) edgeColumns() []column[seen] {
	type l = seen
	return []column[l]{
		{"type", words, func(l l) any { return l.Type.String() }},
		{"role", words, func(l l) any { return wordsOr(l.Role) }},
		{"since", date, func(l l) any { return dateOr(l.Since) }},
		{"until", date, func(l l) any { return dateOr(l.Until) }},
		{"status", words, func(l l) any { return string(l.Status) }},
		{"confidence", number, func(l l) any { return l.Confidence }},
		{"evidence", whole, func(l l) any { return len(l.Evidence) }},
		{"source", words, func(l l) any { return wordsOr(string(standing(l.Link).Text)) }},
		{"quote", words, func(l l) any { return wordsOr(standing(l.Link).Quote) }},
		{"holds", words, func(l l) any { return wordsOr(l.holds) }},
	}
}
