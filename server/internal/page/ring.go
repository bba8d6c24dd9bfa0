package page

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"lotigraph/record"
)

// Ring is a record with what it is linked to around it, drawn, and as a table.
type Ring struct {
	Width, Height int
	Centre        RingRecord
	Dots          []RingRecord
	More          int // neighbours that are left out
	Total         int
	Explore       string // where the picture goes on
}

// RingRecord is a record in a picture, with the line that joins it to the centre.
type RingRecord struct {
	Place
	Slug    string // the kind, as a class has it
	X, Y    int
	Label   string // the name, cut where it is long
	LabelX  int
	Anchor  string   // from which end the label is written: "start", "middle" or "end"
	Says    []string // how it is linked, in words
	Faint   bool     // no link of it holds any more
	Guessed bool     // proposals alone link it
	links   []tie
	folded  string // its name, for sorting
	rank    int    // of its kind, for sorting
}

// The picture's measures, in units of the drawing. A dot is a target of 26 units.
const (
	ringOn       = 24
	ringLabel    = 30
	ringWidth    = 900
	ringDistance = 42 // between the dots of a side, from top to bottom
	ringRadius   = 13
)

// ring draws a record's neighbours; nil where it has none.
func (r Reader) ring(n record.Node, links []tie) *Ring {
	dots := ringOf(n, links)
	if len(dots) == 0 {
		return nil
	}
	p := &Ring{Width: ringWidth, Total: len(dots), More: max(0, len(dots)-ringOn), Explore: r.To("/explore", "focus", string(n.ID))}
	p.Dots = dots[:min(len(dots), ringOn)]
	p.place()
	p.Centre = RingRecord{Place: r.Place(n), Slug: n.Kind().Slug(), X: p.Width / 2, Y: p.Height / 2, Label: shorten(n.Name), Anchor: "middle"}
	return p
}

// ringOf are a record's neighbours by kind and name, those of the links that hold first.
func ringOf(n record.Node, links []tie) (list []RingRecord) {
	at, kinds := map[record.ID]int{}, record.Kinds()
	for _, l := range links {
		if _, ok := at[l.id]; !ok {
			at[l.id] = len(list)
			list = append(list, RingRecord{Place: l.far, Slug: l.id.Kind().Slug(), Label: shorten(l.far.Name), Faint: true, Guessed: true, folded: l.folded, rank: slices.Index(kinds, l.id.Kind())})
		}
		d := &list[at[l.id]]
		d.links = append(d.links, l)
		d.Faint = d.Faint && !l.Until().IsZero()
		d.Guessed = d.Guessed && l.Proposed()
	}
	slices.SortStableFunc(list, func(a, b RingRecord) int {
		return cmp.Or(order(a.Faint, b.Faint), cmp.Compare(a.rank, b.rank), cmp.Compare(a.folded, b.folded), cmp.Compare(a.Href, b.Href))
	})
	for i := range list[:min(len(list), ringOn)] {
		for _, l := range list[i].links {
			list[i].Says = append(list[i].Says, l.says(n.Name))
		}
	}
	return list
}

// says is a link in words, given the record that it is looked at from.
func (t tie) says(near string) string {
	from, to := t.ends(near)
	says := from + " " + t.Type.Phrase() + " " + to
	for _, more := range []string{t.Role, t.period()} {
		if more != "" {
			says += ", " + more
		}
	}
	return says
}

// place puts the dots on a ring, clockwise from the top: at even heights, so that
// no label lies on another one.
func (p *Ring) place() {
	right := (len(p.Dots) + 1) / 2
	p.Height = max(right, 3)*ringDistance + 40
	for i := range p.Dots {
		d := &p.Dots[i]
		row, rows, side := i, right, 1.0
		if i >= right {
			row, rows, side = len(p.Dots)-1-i, len(p.Dots)-right, -1
		}
		height := float64(rows-1) / 2 * ringDistance
		y := float64(row)*ringDistance - height
		reach := float64(p.Height) / 2
		x := 60 + 120*math.Sqrt(max(0, 1-y*y/(reach*reach)))
		d.X, d.Y = p.Width/2+int(math.Round(side*x)), p.Height/2+int(math.Round(y))
		d.LabelX, d.Anchor = d.X+ringRadius+6, "start"
		if side < 0 {
			d.LabelX, d.Anchor = d.X-ringRadius-6, "end"
		}
	}
}

// shorten is a name as a label has room for it.
func shorten(name string) string {
	r := []rune(name)
	if len(r) <= ringLabel {
		return name
	}
	return strings.TrimRight(string(r[:ringLabel-1]), " ") + "…"
}
