package page

import (
	"cmp"
	"context"
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
func (r Reader) ring(ctx context.Context, n record.Node, links []record.Link) (*Ring, error) {
	dots, err := r.ringOf(ctx, n, links)
	if err != nil || len(dots) == 0 {
		return nil, err
	}
	p := &Ring{Width: ringWidth, Total: len(dots), More: max(0, len(dots)-ringOn), Explore: r.To("/explore", "focus", string(n.ID))}
	p.Dots = dots[:min(len(dots), ringOn)]
	p.place()
	p.Centre = RingRecord{Place: r.Place(n), Slug: n.Kind().Slug(), X: p.Width / 2, Y: p.Height / 2, Label: shorten(n.Name), Anchor: "middle"}
	return p, nil
}

// ringOf are a record's neighbours by kind and name, those of the links that hold first.
func (r Reader) ringOf(ctx context.Context, n record.Node, links []record.Link) (list []RingRecord, err error) {
	at := map[record.ID]int{}
	for _, l := range links {
		id, _ := far(l, n.ID)
		if _, ok := at[id]; !ok {
			place, err := r.PlaceOf(ctx, id)
			if err != nil {
				return nil, err
			}
			at[id] = len(list)
			list = append(list, RingRecord{Place: place, Slug: id.Kind().Slug(), Label: shorten(place.Name), Faint: true, Guessed: true})
		}
		d := &list[at[id]]
		from, to := n.Name, d.Name
		if l.To == n.ID {
			from, to = to, from
		}
		says := from + " " + l.Type.Phrase() + " " + to
		for _, more := range []string{l.Role, period(l)} {
			if more != "" {
				says += ", " + more
			}
		}
		d.Says = append(d.Says, says)
		d.Faint = d.Faint && !l.Until.IsZero()
		d.Guessed = d.Guessed && l.Status == record.Proposed
	}
	slices.SortStableFunc(list, func(a, b RingRecord) int {
		return cmp.Or(order(a.Faint, b.Faint), cmp.Compare(kindRank(a.Slug), kindRank(b.Slug)), byName(a.Place, b.Place))
	})
	return list, nil
}

func kindRank(slug string) int {
	return slices.IndexFunc(record.Kinds(), func(k record.Kind) bool { return k.Slug() == slug })
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
