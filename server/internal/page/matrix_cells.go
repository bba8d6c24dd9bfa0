package page

import (
	"html/template"
	"net/url"
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// layout is where everything of a matrix stands.
type layout struct {
	graph.Matrix
	boroughTotals, projectTotals []int
	boroughs, projects           []int // those on the page, in their order
	line, column                 []int // where each borough and each project stands there; -1 when it does not
}

func newLayout(m graph.Matrix, byTotal bool) *layout {
	l := &layout{Matrix: m}
	l.boroughTotals, l.projectTotals = m.Totals()
	l.boroughs, l.projects = inOrder(l.boroughTotals, byTotal), inOrder(l.projectTotals, byTotal)
	return l
}

// inOrder are the places of a side, the fullest first where that is asked for.
func inOrder(totals []int, byTotal bool) []int {
	list := make([]int, len(totals))
	for i := range list {
		list[i] = i
	}
	if byTotal {
		slices.SortStableFunc(list, func(a, b int) int { return totals[b] - totals[a] })
	}
	return list
}

// place settles where they stand.
func place(list []int, of int) []int {
	at := make([]int, of)
	for i := range at {
		at[i] = -1
	}
	for i, one := range list {
		at[one] = i
	}
	return at
}

// part leaves out the projects that are on other pages.
func (m *Matrix) part(at address, l *layout, after int) {
	all := len(l.projects)
	after = min(after, max(0, all-1))
	upTo := min(after+projectsOn, all)
	l.projects = l.projects[after:upTo]
	l.line, l.column = place(l.boroughs, len(l.Boroughs)), place(l.projects, all)
	if len(l.projects) == all {
		return
	}
	m.Part = &MatrixPart{Says: "Projects " + record.Thousands(after+1) + " to " + record.Thousands(upTo) + " of " + record.Thousands(all) + "; totals are of all"}
	if after > 0 {
		m.Part.Before = at.set("after", itoa(max(0, after-projectsOn)))
	}
	if upTo < all {
		m.Part.Behind = at.set("after", itoa(upTo))
	}
}

// fill lays the cells out.
func (m *Matrix) fill(r Reader, l *layout, turned bool) {
	boroughs, projects := make([]MatrixHead, len(l.boroughs)), make([]MatrixHead, len(l.projects))
	for i, b := range l.boroughs {
		boroughs[i] = MatrixHead{r.Place(l.Boroughs[b]), l.boroughTotals[b]}
	}
	for i, p := range l.projects {
		projects[i] = MatrixHead{r.Place(l.Projects[p]), l.projectTotals[p]}
	}
	lines, columns := boroughs, projects
	m.Corner = "Borough"
	if turned {
		lines, columns = columns, lines
		m.Corner = "Project"
	}
	m.Columns, m.Rows = columns, make([]MatrixRow, len(lines))
	for i, head := range lines {
		m.Rows[i] = MatrixRow{head, make([]MatrixCell, len(columns))}
	}
	seen, query := legend{marks: map[int]bool{}, states: map[string]bool{}}, r.To("")
	for best := range l.Telling() {
		line, column := l.line[best.Borough], l.column[best.Project]
		if column < 0 {
			continue
		}
		cell := cellOf(best)
		seen.take(best, cell)
		borough, project := &l.Boroughs[best.Borough], &l.Projects[best.Project]
		cell.Href = "/matrix/" + url.PathEscape(borough.ID.Slug()) + "/" + url.PathEscape(project.ID.Slug()) + query
		if turned {
			line, column = column, line
		}
		m.Rows[line].Cells[column] = cell
	}
	m.Legend = seen.list()
}

// cellOf is a link as it stands in the matrix, without an address.
func cellOf(c *graph.Cell) MatrixCell {
	mark := marks[markOf(c.Role)]
	cell := MatrixCell{Mark: mark.mark, Says: mark.says, State: mark.role}
	if when := period(record.Link{Since: c.Since(), Until: c.Until()}); when != "" {
		cell.Says += ", " + when
	}
	switch {
	case c.Proposed():
		cell.State, cell.Says = "proposed", cell.Says+", proposed"
	case c.Ended():
		cell.State, cell.Says = "ended", cell.Says+", ended"
	}
	if c.Holds == record.Possibly {
		cell.Mark, cell.Says = cell.Mark+"?", cell.Says+", possibly on that day"
	}
	cell.Says += ", " + Count(c.Evidence(), "passage", "passages")
	return cell
}

// legend explains the marks and looks that are there.
type legend struct {
	marks  map[int]bool // places among the marks
	states map[string]bool
	open   bool // a cell is possible only
}

func (l *legend) take(c *graph.Cell, cell MatrixCell) {
	l.marks[markOf(c.Role)], l.states[cell.State] = true, true
	l.open = l.open || c.Holds == record.Possibly
}

func (l *legend) list() (list []MatrixCell) {
	for i, mark := range marks {
		if l.marks[i] {
			list = append(list, MatrixCell{Mark: mark.mark, Says: mark.says, State: mark.role})
		}
	}
	for _, state := range []string{"ended", "proposed"} {
		if l.states[state] {
			list = append(list, MatrixCell{Says: record.Capital(state), State: state})
		}
	}
	if l.open {
		list = append(list, MatrixCell{Mark: "?", Says: "Possibly on that day: the dates leave it open"})
	}
	return list
}

// Filled are the cells as they stand in the table. There may be more than a thousand
// on a page, and a template takes several times as long for each.
func (r MatrixRow) Filled() template.HTML {
	var b strings.Builder
	escape := template.HTMLEscapeString
	for _, c := range r.Cells {
		if c.Href == "" {
			b.WriteString("<td></td>")
			continue
		}
		b.WriteString(`<td><a class="cell cell--` + escape(c.State) + `" href="` + escape(c.Href) + `" title="` + escape(c.Says) +
			`"><span aria-hidden="true">` + escape(c.Mark) + `</span></a></td>`)
	}
	return template.HTML(b.String())
}
