package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lotigraph/record"
)

// Picture is records and links drawn by the server. A record is a dot of at least
// 24 units across, which leads somewhere; a link is a line. Equal data give equal
// pictures.
type Picture struct {
	Title, Says   string // what is drawn, for those who do not see it
	Width, Height int
	Lines         []PictureLine
	Dots          []PictureDot
	Groups        bool // whether colours are groups and not kinds
}

// PictureLine is a line between two dots.
type PictureLine struct {
	From, To string // the ids of its ends
	Path     string // in SVG
	Says     string
	Look     string // "ended", "proposed" or ""
	Weight   int    // 1 to 5: how thick
}

// PictureDot is a record in a picture.
type PictureDot struct {
	Place
	ID     string
	X, Y   int
	Radius int
	Look   string   // the kind's slug
	Label  []string // the name in lines, or as many of its words as fit
	LabelX int
	LabelY int    // of the first line
	Anchor string // "start", "middle" or "end"
	Turn   string // how the label is turned, in SVG; "" for not
	Focus  bool
	Does   string // what following it does, in words
}

// The measures of a picture of a neighbourhood.
const (
	dotRadius  = 12  // 24 units across: what a finger can hit
	lineHeight = 30  // between two records of a column
	inner      = 190 // from the middle to the first column
	between    = 300 // from one column to the next
	margin     = 260 // room for labels at the sides
	labelRunes = 34
	lineStep   = 14 // from one line of a label to the next, as in the template
	oneSided   = 14 // rows that fit at one side alone, which suits a narrow screen
)

// knot is a record on its way into a picture.
type knot struct {
	place    Place
	id       record.ID
	hop      int // how many links from the middle
	children []*knot
	order    string // among its siblings
	leaves   int
	x, y     int
	right    bool
}

// columns draws a record and what is around it in columns at its right, or at both
// sides where there is much: each record stands beside the one it was reached from, so that labels
// never lie upon one another.
func columns(middle *knot) (dots []*knot, width, height int) {
	deepest := middle.settle()
	left, right := middle.halves()
	rows := 0
	for _, side := range []struct {
		of    []*knot
		right bool
	}{{left, false}, {right, true}} {
		row := 0
		for _, k := range side.of {
			k.stand(side.right, &row)
		}
		rows = max(rows, row)
	}
	reach := 0
	if deepest > 0 {
		reach = inner + (deepest-1)*between
	}
	width, height = 2*(reach+margin), max(rows, 3)*lineHeight+2*lineHeight
	middle.x = width / 2
	if len(left) == 0 {
		width, middle.x = reach+margin+margin/2, margin/2
	}
	for _, side := range [][]*knot{left, right} {
		shift(side, middle.x, (height-spanOf(side))/2)
	}
	middle.y = height / 2
	middle.each(func(k *knot) { dots = append(dots, k) })
	return dots, width, height
}

// settle orders the children, counts leaves and returns how deep the knot goes.
func (k *knot) settle() int {
	slices.SortFunc(k.children, func(a, b *knot) int { return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.id, b.id)) })
	deepest := k.hop
	for _, c := range k.children {
		deepest = max(deepest, c.settle())
		k.leaves += c.leaves
	}
	k.leaves = max(k.leaves, 1)
	return deepest
}

// halves parts the children into a left and a right side with about as many
// leaves.
func (k *knot) halves() (left, right []*knot) {
	if k.leaves <= oneSided {
		return nil, k.children
	}
	taken := 0
	for i, c := range k.children {
		if 2*taken >= k.leaves && i > 0 {
			return k.children[:i], k.children[i:]
		}
		taken += c.leaves
	}
	return nil, k.children
}

// stand places the knot and its children: leaves in rows of their own, others in
// the middle of their children.
func (k *knot) stand(right bool, row *int) {
	k.right = right
	k.x = inner + (k.hop-1)*between
	if !right {
		k.x = -k.x
	}
	if len(k.children) == 0 {
		k.y = *row * lineHeight
		*row++
		return
	}
	for _, c := range k.children {
		c.stand(right, row)
	}
	k.y = (k.children[0].y + k.children[len(k.children)-1].y) / 2
}

func (k *knot) each(do func(*knot)) {
	do(k)
	for _, c := range k.children {
		c.each(do)
	}
}

// spanOf is how high a side is.
func spanOf(side []*knot) int {
	low := 0
	for _, k := range side {
		k.each(func(k *knot) { low = max(low, k.y) })
	}
	return low
}

func shift(side []*knot, x, y int) {
	for _, k := range side {
		k.each(func(k *knot) { k.x += x; k.y += y })
	}
}

// dot is the knot as the picture shows it.
func (k *knot) dot() PictureDot {
	d := PictureDot{Place: k.place, ID: string(k.id), X: k.x, Y: k.y, Radius: dotRadius, Look: k.id.Kind().Slug(), Focus: k.hop == 0}
	d.Label = lines(k.place.Name, labelRunes, 2)
	d.LabelY = k.y + 5 - (len(d.Label)-1)*lineStep/2
	switch {
	case k.hop == 0:
		d.Radius, d.LabelX, d.LabelY, d.Anchor = dotRadius+6, k.x, k.y-26-(len(d.Label)-1)*lineStep, "middle"
	case k.right:
		d.LabelX, d.Anchor = k.x+dotRadius+6, "start"
	default:
		d.LabelX, d.Anchor = k.x-dotRadius-6, "end"
	}
	return d
}

// lines is a text in at most so many lines of about so many letters, parted
// between words; words that do not fit are left out.
func lines(text string, letters, most int) (list []string) {
	for _, word := range strings.Fields(text) {
		last := len(list) - 1
		switch {
		case last >= 0 && len([]rune(list[last]))+1+len([]rune(word)) <= letters:
			list[last] += " " + word
		case len(list) < most:
			list = append(list, word)
		default:
			return list
		}
	}
	return list
}

// curve is the path of a line between two dots: sideways out of the one and into
// the other, and around between dots of one column.
func curve(a, b *knot) string {
	if a.x == b.x {
		bulge := 60
		if a.right {
			bulge = -60 // towards the middle
		}
		return fmt.Sprintf("M%d %dQ%d %d %d %d", a.x, a.y, a.x+bulge, (a.y+b.y)/2, b.x, b.y)
	}
	middle := (a.x + b.x) / 2
	return fmt.Sprintf("M%d %dC%d %d %d %d %d %d", a.x, a.y, middle, a.y, middle, b.y, b.x, b.y)
}
