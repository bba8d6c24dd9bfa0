package page

import (
	"context"
	"slices"

	"lotigraph/brief"
	"lotigraph/record"
)

// Brief is what the page of a borough tells beside its own links, for somebody who
// is about to visit it.
type Brief struct {
	Says     string // how much it takes part in
	Missed   []Missed
	Partners []SharedPartner
	Alike    *Alongside
}

// Missed is a project that boroughs like this one joined, and it never did.
type Missed struct {
	Place
	By []Statement
}

// SharedPartner is an organisation that works with the borough and with its
// neighbours.
type SharedPartner struct {
	Place
	Neighbours []Place
	Here       []Statement
	More       int // links that are not shown
}

// briefOn is how many lines each part of a brief has.
const briefOn = 6

// brief is a borough's.
func (r Reader) brief(ctx context.Context, n record.Node) (*Brief, error) {
	told, err := brief.Others(ctx, r.View.Graph, r.Lens, string(n.ID), briefOn)
	if err != nil {
		return nil, err
	}
	b := &Brief{Says: n.Name + " joined " + itoa(told.ProjectsEver) + " of the " + Count(told.Known, "project", "projects") + " that any borough joined."}
	for _, m := range told.NotJoined[:min(len(told.NotJoined), briefOn)] {
		one := Missed{Place: r.Place(m.Project)}
		if one.By, err = r.lines(ctx, m.By); err != nil {
			return nil, err
		}
		b.Missed = append(b.Missed, one)
	}
	for _, p := range told.Shared[:min(len(told.Shared), briefOn)] {
		one := SharedPartner{Place: r.Place(p.Partner), More: p.LinksHere - len(p.Here)}
		if one.Here, err = r.lines(ctx, p.Here); err != nil {
			return nil, err
		}
		for _, near := range p.Neighbours {
			one.Neighbours = append(one.Neighbours, r.Place(near))
		}
		b.Partners = append(b.Partners, one)
	}
	b.Alike = r.alike(told.Similar)
	return b, nil
}

// lines are the links of a brief as statements.
func (r Reader) lines(ctx context.Context, lines []brief.Line) (list []Statement, err error) {
	for _, l := range lines {
		s, err := r.Statement(ctx, l.Link)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// alike are the boroughs that share projects; nil when there are none.
func (r Reader) alike(similar []brief.Similar) *Alongside {
	if len(similar) == 0 {
		return nil
	}
	a := &Alongside{Title: "Boroughs in the same projects", More: max(0, len(similar)-companionsOn)}
	most := slices.SortedStableFunc(slices.Values(similar[:min(len(similar), companionsOn)]), func(a, b brief.Similar) int { return b.SharedCount - a.SharedCount })
	for _, s := range most {
		c := Companion{Place: r.Place(s.Borough), Count: Count(s.SharedCount, "project", "projects")}
		for _, p := range s.Shared {
			c.Shared = append(c.Shared, r.Place(p))
		}
		c.More = s.SharedCount - len(c.Shared)
		a.Rows = append(a.Rows, c)
	}
	return a
}
