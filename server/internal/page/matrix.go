package page

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// Matrix is which borough takes part in which project, as a table.
type Matrix struct {
	Says    string // how much there is
	LeftOut *LeftOut
	Themes  []Option
	Roles   []Option
	From    string // days, as they were typed
	To      string
	Kept    []Pair      // what the form carries along
	Chosen  []Choice    // every restriction, each with the way out of it
	Corner  string      // what lines and columns are
	Turn    Place       // the same with lines and columns swapped
	Orders  []Option    // how lines and columns are ordered
	Part    *MatrixPart // which projects are on the page; nil when all are
	Columns []MatrixHead
	Rows    []MatrixRow
	Total   int // cells that are filled
	Legend  []MatrixCell
	Exports []Place
}

// MatrixPart is the projects on a page where there are too many for one.
type MatrixPart struct {
	Says           string
	Before, Behind string // addresses, "" where there are no more
}

// MatrixHead is the head of a line or a column.
type MatrixHead struct {
	Place
	Total int // how many there are in it, on all pages
}

// MatrixRow is a line of the matrix, with a cell for each column.
type MatrixRow struct {
	MatrixHead
	Cells []MatrixCell
}

// MatrixCell is a borough in a project; the zero value is an empty cell.
type MatrixCell struct {
	Mark  string // what stands in it: "L"
	Says  string // in words: "Lead, since March 2021, 2 passages"; the heads say of whom and what
	State string // its look: "lead", "ended" …
	Href  string // the sentences that say so
}

// projectsOn is how many projects stand on a page: with 40 it would be near to 60 kB
// with all that it loads, and more are hard to read.
const projectsOn = 36

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

// Matrix is what an address asks for. With turned=true projects are the lines, with
// order=total the fullest lines and columns come first, and after=36 leaves out the
// first 36 projects.
func (r Reader) Matrix(ctx context.Context, q url.Values) (Matrix, error) {
	f, err := MatrixFilter(q)
	if err != nil {
		return Matrix{}, err
	}
	after, err := leftOutBefore(q.Get("after"))
	if err != nil {
		return Matrix{}, err
	}
	found, err := r.View.Graph.Matrix(ctx, r.Lens, f)
	if err != nil {
		return Matrix{}, err
	}
	at := address{r, "/matrix", clean(q)}
	m := Matrix{From: q.Get("from"), To: q.Get("to"), Kept: at.kept("theme", "role", "from", "to"), Total: found.Joined,
		LeftOut: r.leftOut(found.Withheld, at.on("/matrix"))}
	if err := m.choices(ctx, at); err != nil {
		return m, err
	}
	l := newLayout(found, at.q.Get("order") == "total")
	m.part(at, l, after)
	m.fill(r, l, q.Get("turned") == "true")
	m.Says = Count(len(found.Boroughs), "borough", "boroughs") + " in " + Count(len(found.Projects), "project", "projects") +
		": " + Count(found.Joined, "participation", "participations")
	if open := onlyPossible(found); open > 0 {
		m.Says += ", of which " + record.Thousands(open) + " only possibly on that day"
	}
	m.ways(at)
	return m, nil
}

// onlyPossible counts the boroughs in projects of which nothing says for sure that
// they took part on the lens's day.
func onlyPossible(m graph.Matrix) (n int) {
	for cell := range m.Telling() {
		if cell.Holds == record.Possibly {
			n++
		}
	}
	return n
}

// leftOutBefore reads how many projects are left out.
func leftOutBefore(after string) (int, error) {
	if after == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(after)
	if err != nil || n < 0 || n > 1_000_000 {
		return 0, record.Invalid("after", "%.20q is not a number of projects to leave out; write it like %d", after, projectsOn)
	}
	return n, nil
}

// ways are the same in another shape.
func (m *Matrix) ways(at address) {
	byTotal := at.q.Get("order") == "total"
	m.Orders = []Option{
		{Label: "Name", Href: at.set("order", ""), Chosen: !byTotal},
		{Label: "Most first", Href: at.set("order", "total"), Chosen: byTotal},
	}
	m.Turn = Place{Name: "Show projects down the side", Href: at.set("turned", "true")}
	if at.q.Get("turned") == "true" {
		m.Turn = Place{Name: "Show boroughs down the side", Href: at.set("turned", "")}
	}
	for _, name := range []string{"turned", "order"} {
		at.q.Del(name) // the files are as the filter has it, whatever the page looks like
	}
	m.Exports = []Place{
		{Name: "This table (CSV)", Href: at.on("/export/matrix.csv")},
		{Name: "Who takes part in what, with the sentences (CSV)", Href: at.on("/export/participations.csv")},
	}
}

// choices are the restrictions that can be made, and those that are.
func (m *Matrix) choices(ctx context.Context, at address) error {
	themes, err := at.in.View.Graph.Themes(ctx, at.in.Lens)
	if err != nil {
		return err
	}
	for _, theme := range themes {
		m.Themes = append(m.Themes, Option{Label: record.Capital(theme), Value: theme, Chosen: slices.ContainsFunc(at.q["theme"], func(t string) bool { return record.Fold(t) == record.Fold(theme) })})
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
