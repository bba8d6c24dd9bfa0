package page

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// tie is a link of a record, looked at from it, as memory has it: a record may
// have thousands, of which a page tells a few with their sentences.
type tie struct {
	graph.Told
	far    Place // the other end
	id     record.ID
	folded string // its name, for sorting
}

// end is which of a record's links are told together.
type end struct {
	t record.LinkType
	d record.Direction
}

// String is what an address calls it: "joined-in".
func (e end) String() string {
	if e.d == record.Out {
		return strings.ToLower(e.t.String()) + "-out"
	}
	return strings.ToLower(e.t.String()) + "-in"
}

func (t tie) end() end {
	if t.Out {
		return end{t.Type, record.Out}
	}
	return end{t.Type, record.In}
}

// from is the end at which the link begins, and to the other one, given the record
// that it is looked at from.
func (t tie) ends(near string) (from, to string) {
	if t.Out {
		return near, t.far.Name
	}
	return t.far.Name, near
}

// period is when the link holds, in words.
func (t tie) period() string {
	return period(record.Link{Type: t.Type, Since: t.Since(), Until: t.Until()})
}

// ties are the links of a record of some types, from memory: in order of type, then
// the newest first.
func (r Reader) ties(ctx context.Context, id record.ID, d record.Direction, types ...record.LinkType) (list []tie, err error) {
	cut, err := r.View.Graph.Cut(ctx, r.Lens)
	if err != nil {
		return nil, err
	}
	at, err := cut.Handle(id)
	if err != nil {
		return nil, err
	}
	for told := range cut.Told(at, d, types...) {
		far, name, err := cut.Called(told.Far)
		if err != nil {
			return nil, err
		}
		list = append(list, tie{told, Place{name, far.Kind().Label(), r.To(At(far))}, far, record.Fold(name)})
	}
	slices.SortFunc(list, func(a, b tie) int {
		first := cmp.Or(cmp.Compare(a.Type, b.Type), order(!a.Out, !b.Out), order(a.Since().IsZero(), b.Since().IsZero()),
			b.Since().Compare(a.Since()), cmp.Compare(a.folded, b.folded))
		if first != 0 {
			return first
		}
		return cmp.Compare(a.LinkID(), b.LinkID()) // made for those alone that need it
	})
	return list, nil
}

// Group is the links of one type from one end.
type Group struct {
	Key   string // what an address calls it
	Title string
	Total int
	Rows  []Row
	More  string // where all of them are, "" when these are all
	Next  string // the next of them, where they are looked at page by page
	Says  string // which of them these are, "" where that is plain
}

// Row is a link as the page of one of its ends shows it.
type Row struct {
	Statement
	Far   Place // the other end
	Ended bool
}

// How many links the page of a record tells with their sentences: the boroughs of a
// project, other groups that come first, those behind, and where somebody wants all
// of one.
const (
	rowsOfRoll  = 33 // London’s authorities
	rowsOfFirst = 15
	rowsOfOther = 8
	rowsOfAll   = 50
)

// groups are a record's links by type and end. Within a group those that hold come
// before those that ended, then the most telling role, then the name. An address
// asks for all of a group by its name, and passes over some with skip.
func (r Reader) groups(ctx context.Context, n record.Node, ties []tie, q url.Values) (list []Group, err error) {
	skip := 0
	if text := q.Get("skip"); text != "" {
		if skip, err = strconv.Atoi(text); err != nil || skip < 0 {
			return nil, record.Invalid("skip", "%q is not a number of links to pass over", text)
		}
	}
	by := map[end][]tie{}
	for _, t := range ties {
		by[t.end()] = append(by[t.end()], t)
	}
	for _, t := range linked() {
		for _, d := range []record.Direction{record.In, record.Out} {
			of := by[end{t, d}]
			if len(of) == 0 {
				continue
			}
			g := Group{Key: end{t, d}.String(), Title: t.Heading(d), Total: len(of)}
			tellingFirst(of)
			part := of[:min(len(of), room(n.Kind(), len(list)))]
			if asked := q.Get("links") == g.Key; asked {
				part = of[min(skip, len(of)):min(skip+rowsOfAll, len(of))]
				g.pages(r, n, skip, len(part))
			} else if len(part) < len(of) {
				g.More = r.To(At(n.ID)+"#"+g.Key, "links", g.Key)
			}
			if g.Rows, err = r.rows(ctx, part); err != nil {
				return nil, err
			}
			list = append(list, g)
		}
	}
	return list, nil
}

// room is how many links a group tells, before which stand so many groups.
func room(k record.Kind, before int) int {
	switch {
	case before > 0:
		return rowsOfOther
	case k == record.ProjectKind:
		return rowsOfRoll
	}
	return rowsOfFirst
}

// pages says which part of a group is shown, and leads to the next one.
func (g *Group) pages(r Reader, n record.Node, skip, shown int) {
	if shown == g.Total {
		return
	}
	g.Says = record.Thousands(min(skip+1, g.Total)) + " to " + record.Thousands(min(skip+shown, g.Total)) + " of " + record.Thousands(g.Total)
	if skip+shown < g.Total {
		g.Next = r.To(At(n.ID)+"#"+g.Key, "links", g.Key, "skip", itoa(skip+shown))
	}
}

func tellingFirst(list []tie) {
	slices.SortStableFunc(list, func(a, b tie) int {
		return cmp.Or(order(!a.Until().IsZero(), !b.Until().IsZero()), cmp.Compare(telling(a), telling(b)), cmp.Compare(a.folded, b.folded))
	})
}

// rows are links with their sentences.
func (r Reader) rows(ctx context.Context, ties []tie) (rows []Row, err error) {
	cut, err := r.View.Graph.Cut(ctx, r.Lens)
	if err != nil {
		return nil, err
	}
	for _, t := range ties {
		l, err := cut.Link(ctx, t.Arc)
		if err != nil {
			return nil, err
		}
		s, err := r.Statement(ctx, l)
		if err != nil {
			return nil, err
		}
		s.newestFirst()
		rows = append(rows, Row{s, t.far, !l.Until.IsZero()})
	}
	return rows, nil
}

// order sorts what is not before what is.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// telling is the place of a link's role among those of its type.
func telling(t tie) int {
	if i := slices.Index(t.Type.Roles(), t.Role); i >= 0 {
		return i
	}
	return len(t.Type.Roles())
}
