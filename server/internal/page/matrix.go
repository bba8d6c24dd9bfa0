package page

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// Matrix is which borough takes part in which project, as a table.
type Matrix struct {
	Says    string // how much there is
	Themes  []Option
	Roles   []Option
	From    string // days, as they were typed
	To      string
	Kept    []Pair   // what the form carries along
	Chosen  []Choice // every restriction, each with the way out of it
	Corner  string   // what lines and columns are
	Turn    Place    // the same with lines and columns swapped
	Orders  []Option // how the lines are ordered
	Columns []MatrixHead
	Rows    []MatrixRow
	Total   int // cells that are filled
	Legend  []MatrixCell
	Exports []Place
}

// MatrixHead is the head of a line or a column.
type MatrixHead struct {
	Place
	Total int // of its filled cells
	id    record.ID
}

// MatrixRow is a line of the matrix, with a cell for each column.
type MatrixRow struct {
	MatrixHead
	Cells []MatrixCell
}

// MatrixCell is a borough in a project; the zero value is an empty cell.
type MatrixCell struct {
	Mark  string // what stands in it: "L"
	Says  string // in words: "Lead"
	State string // its look: "lead", "ended" …
	Href  string // the sentences that say so
}

// marks are what stands in a cell for each role, the most telling first.
var marks = []struct{ role, mark, says string }{
	{"lead", "L", "Lead"}, {"host", "H", "Host"}, {"pilot", "Pi", "Pilot"}, {"participant", "P", "Participant"}, {"", "J", "Joined, role not stated"},
}

// markOf is the place of a role among the marks.
func markOf(role string) int {
	if i := slices.IndexFunc(marks, func(m struct{ role, mark, says string }) bool { return m.role == role }); i >= 0 {
		return i
	}
	return len(marks) - 1
}

// MatrixFilter reads the restrictions of an address: theme and role, as often as
// needed, from and to.
func MatrixFilter(q url.Values) (f graph.ParticipationFilter, err error) {
	q = clean(q)
	f.Themes, f.Roles = q["theme"], q["role"]
	for name, day := range map[string]*record.PartialDate{"from": &f.From, "to": &f.To} {
		if *day, err = record.ParsePartialDate(strings.TrimSpace(q.Get(name))); err != nil {
			return f, record.Under(name, err)
		}
	}
	return f, nil
}

// Matrix is what an address asks for. With turned=true projects are the lines, and
// with order=total the fullest lines come first.
func (r Reader) Matrix(ctx context.Context, q url.Values) (Matrix, error) {
	f, err := MatrixFilter(q)
	if err != nil {
		return Matrix{}, err
	}
	found, err := r.View.Graph.Matrix(ctx, r.Lens, f)
	if err != nil {
		return Matrix{}, err
	}
	at := address{r, "/matrix", clean(q)}
	m := Matrix{From: q.Get("from"), To: q.Get("to"), Kept: at.kept("theme", "role", "from", "to")}
	if err := m.choices(ctx, at); err != nil {
		return m, err
	}
	m.fill(r, found, q.Get("turned") == "true")
	m.order(at)
	m.Says = Count(len(found.Boroughs), "borough", "boroughs") + " in " + Count(len(found.Projects), "project", "projects")
	m.Turn = Place{Name: "Show projects down the side", Href: at.set("turned", "true")}
	if q.Get("turned") == "true" {
		m.Turn = Place{Name: "Show boroughs down the side", Href: at.set("turned", "")}
	}
	for _, name := range []string{"turned", "order"} {
		at.q.Del(name) // the files are as the filter has it, whatever the page looks like
	}
	m.Exports = []Place{
		{Name: "This table (CSV)", Href: at.on("/export/matrix.csv")},
		{Name: "Who takes part in what, with the sentences (CSV)", Href: at.on("/export/participations.csv")},
	}
	return m, nil
}

// choices are the restrictions that can be made, and those that are.
func (m *Matrix) choices(ctx context.Context, at address) error {
	themes, err := at.in.themes(ctx)
	if err != nil {
		return err
	}
	for _, theme := range themes {
		m.Themes = append(m.Themes, Option{Label: capital(theme), Value: theme, Chosen: slices.ContainsFunc(at.q["theme"], func(t string) bool { return record.Fold(t) == record.Fold(theme) })})
	}
	for _, mark := range marks {
		if mark.role != "" {
			m.Roles = append(m.Roles, Option{Label: mark.says, Value: mark.role, Chosen: slices.Contains(at.q["role"], mark.role)})
		}
	}
	for _, name := range []struct{ param, words string }{{"theme", "Theme: "}, {"role", "Role: "}} {
		for _, v := range at.q[name.param] {
			m.Chosen = append(m.Chosen, Choice{name.words + v, at.toggle(name.param, v)})
		}
	}
	for _, day := range []struct{ param, words string }{{"from", "From "}, {"to", "Up to "}} {
		if v := at.q.Get(day.param); v != "" {
			m.Chosen = append(m.Chosen, Choice{day.words + v, at.set(day.param, "")})
		}
	}
	return nil
}

// themes are the themes of all projects, in order.
func (r Reader) themes(ctx context.Context) (list []string, err error) {
	for at, err := range r.View.Graph.Nodes(ctx, r.Lens, record.ProjectKind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil {
			return nil, err
		}
		list = append(list, at.Value.Project.Themes...)
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// fill lays the cells out.
func (m *Matrix) fill(r Reader, found graph.Matrix, turned bool) {
	lines, columns := found.Boroughs, found.Projects
	m.Corner = "Borough"
	if turned {
		lines, columns = columns, lines
		m.Corner = "Project"
	}
	column := map[record.ID]int{}
	for i, n := range columns {
		column[n.ID] = i
		m.Columns = append(m.Columns, MatrixHead{Place: r.Place(n), id: n.ID})
	}
	line := map[record.ID]int{}
	for i, n := range lines {
		line[n.ID] = i
		m.Rows = append(m.Rows, MatrixRow{MatrixHead{Place: r.Place(n), id: n.ID}, make([]MatrixCell, len(columns))})
	}
	best, used := map[[2]int]record.Link{}, map[string]bool{}
	for _, link := range found.Cells {
		at := [2]int{line[link.From], column[link.To]}
		if turned {
			at = [2]int{line[link.To], column[link.From]}
		}
		if old, ok := best[at]; !ok || moreTelling(link, old) < 0 {
			best[at] = link
		}
	}
	for at, link := range best {
		cell := cellOf(link)
		used[cell.Mark+cell.State] = true
		cell.Says += ": " + m.Rows[at[0]].Name + ", " + m.Columns[at[1]].Name
		cell.Href = r.To("/matrix/" + url.PathEscape(link.From.Slug()) + "/" + url.PathEscape(link.To.Slug()))
		m.Rows[at[0]].Cells[at[1]] = cell
		m.Rows[at[0]].Total++
		m.Columns[at[1]].Total++
		m.Total++
	}
	m.legend(used)
}

// moreTelling says which of two periods of one participation stands in the cell:
// one that has not ended, then the weightier role, then the newer.
func moreTelling(a, b record.Link) int {
	return cmp.Or(
		ended(a)-ended(b),
		cmp.Compare(markOf(a.Role), markOf(b.Role)),
		b.Since.Compare(a.Since),
	)
}

// ended is 1 for a link that has ended, else 0.
func ended(l record.Link) int {
	if l.Until.IsZero() {
		return 0
	}
	return 1
}

// cellOf is a link as it stands in the matrix, without an address.
func cellOf(l record.Link) MatrixCell {
	mark := marks[markOf(l.Role)]
	cell := MatrixCell{Mark: mark.mark, Says: mark.says, State: mark.role}
	switch {
	case l.Status == record.Proposed:
		cell.State, cell.Says = "proposed", cell.Says+", proposed"
	case !l.Until.IsZero():
		cell.State, cell.Says = "ended", cell.Says+", ended"
	}
	return cell
}

// legend explains the marks and looks that are there.
func (m *Matrix) legend(used map[string]bool) {
	seen := map[string]bool{}
	for _, mark := range marks {
		for _, state := range []string{mark.role, "ended", "proposed"} {
			if used[mark.mark+state] && !seen[mark.mark] {
				seen[mark.mark] = true
				m.Legend = append(m.Legend, MatrixCell{Mark: mark.mark, Says: mark.says, State: mark.role})
			}
		}
	}
	for _, state := range []string{"ended", "proposed"} {
		for key := range used {
			if strings.HasSuffix(key, state) && !seen[state] {
				seen[state] = true
				m.Legend = append(m.Legend, MatrixCell{Mark: "", Says: capital(state), State: state})
			}
		}
	}
}

// order puts the lines in the order that the address asks for.
func (m *Matrix) order(at address) {
	byTotal := at.q.Get("order") == "total"
	m.Orders = []Option{
		{Label: "Name", Href: at.set("order", ""), Chosen: !byTotal},
		{Label: "Most first", Href: at.set("order", "total"), Chosen: byTotal},
	}
	if byTotal {
		slices.SortStableFunc(m.Rows, func(a, b MatrixRow) int { return b.Total - a.Total })
	}
}

// Participation is what is known of a borough in a project.
type Participation struct {
	Borough, Project Place
	Statements       []Statement
	Texts            string // where texts that name both are found
	Matrix           string
}

// Participation is what the links between a borough and a project say; records
// that are not there are ErrNotFound.
func (r Reader) Participation(ctx context.Context, borough, project record.ID) (p Participation, err error) {
	if p.Borough, err = r.PlaceOf(ctx, borough); err != nil {
		return p, err
	}
	if p.Project, err = r.PlaceOf(ctx, project); err != nil {
		return p, err
	}
	f := graph.ParticipationFilter{Borough: string(borough), Project: string(project)}
	for at, err := range r.View.Graph.Participations(ctx, r.Lens, f, "") {
		if err != nil {
			return p, err
		}
		s, err := r.Statement(ctx, at.Value)
		if err != nil {
			return p, err
		}
		p.Statements = append(p.Statements, s)
	}
	p.Texts = r.To("/search", "kind", record.WeeknoteKind.String(), "borough", string(borough), "project", string(project))
	p.Matrix = r.To("/matrix")
	return p, nil
}
