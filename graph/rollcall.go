package graph

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"lotigraph/record"
)

// RollCallFilter says what the boroughs are called for: exactly one of the first
// three. Names may be aliases or ids.
type RollCallFilter struct {
	Project  string             // who joined this project
	Theme    string             // who joined a project of this theme
	MemberOf string             // who is a member of this organisation
	From, To record.PartialDate // at some time in this period; open where zero
}

// State is how a borough stands in a roll call.
type State string

// The states. The moment asked about is the lens's day, else the period of the
// filter, else no moment in particular.
const (
	HasJoined State = "JOINED"  // a link says so that may hold at the moment; without a moment, one that has not ended
	HasLeft   State = "LEFT"    // links say so, and all of them had ended by the moment; without a moment, ended
	Unknown   State = "UNKNOWN" // no link that counts says so, but a proposal does, or a text names both
	Never     State = "NEVER"   // nothing says so, and no text names both; or it began after the moment
)

// States lists them in the order in which a legend shows them.
func States() []State { return []State{HasJoined, HasLeft, Unknown, Never} }

// RollCallRow is one borough's answer.
type RollCallRow struct {
	Borough record.Node
	State   State
	Certain bool   // false where partial or missing dates leave open whether it had joined by the lens's day, or had left
	Links   []Told // that say so, the most telling first: those that may hold at the moment, then the newest
}

// RollCall calls all of London's authorities, by name: which of them joined, left,
// never joined, or may have. There is a row for every borough, always.
func (s *Snapshot) RollCall(ctx context.Context, l record.Lens, f RollCallFilter) ([]RollCallRow, error) {
	if err := errors.Join(ctx.Err(), l.Validate(), forwards("from", f.From, f.To)); err != nil {
		return nil, err
	}
	t, targets, err := s.rollCallTargets(ctx, l, f)
	if err != nil {
		return nil, err
	}
	everDay := l
	everDay.AsOf = record.PartialDate{}
	cut, err := s.Cut(ctx, everDay)
	if err != nil {
		return nil, err
	}
	call := rollCall{cut: cut, lens: l, filter: f, links: map[Handle][]Told{}, maybe: map[Handle]bool{}}
	for _, target := range targets {
		call.gather(t, target)
	}
	var boroughs []Handle
	for h, err := range cut.byName(ctx, record.BoroughKind, NodeFilter{}, "") {
		if err != nil {
			return nil, err
		}
		boroughs = append(boroughs, h)
	}
	if err := call.gatherNamed(ctx, boroughs, targets); err != nil {
		return nil, err
	}
	rows := make([]RollCallRow, len(boroughs))
	for i, h := range boroughs {
		rows[i] = call.row(h)
		if rows[i].Borough, err = s.joined(l.Viewer, ref(h)); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// rollCallTargets are the records that the boroughs are linked to, and by which
// type of link.
func (s *Snapshot) rollCallTargets(ctx context.Context, l record.Lens, f RollCallFilter) (record.LinkType, []Handle, error) {
	asked := 0
	for _, name := range []string{f.Project, f.Theme, f.MemberOf} {
		if name != "" {
			asked++
		}
	}
	if asked != 1 {
		return 0, nil, record.Invalid("project", "say one of project, theme and memberOf; %d were given", asked)
	}
	t, kind, field, name := record.Joined, record.ProjectKind, "project", f.Project
	if f.MemberOf != "" {
		t, kind, field, name = record.MemberOf, record.PartnerKind, "memberOf", f.MemberOf
	}
	if f.Theme == "" {
		n, err := s.one(ctx, l, field, name, kind)
		return t, []Handle{Handle(n)}, err
	}
	cut, err := s.Cut(ctx, l)
	if err != nil {
		return 0, nil, err
	}
	var list []Handle
	for h, err := range cut.byName(ctx, record.ProjectKind, NodeFilter{Themes: []string{f.Theme}}, "") {
		if err != nil {
			return 0, nil, err
		}
		list = append(list, h)
	}
	if len(list) == 0 {
		return 0, nil, &record.Refusal{Class: record.ErrNotFound, Field: "theme", Reason: "no project has the theme \"" + f.Theme + "\""}
	}
	return t, list, nil
}

// rollCall is one while it is taken.
type rollCall struct {
	cut    *Cut // on no day
	lens   record.Lens
	filter RollCallFilter
	links  map[Handle][]Told // by borough, whenever they held
	maybe  map[Handle]bool   // boroughs of which a proposal, or a text that names both, may say so
}

// gather notes what is said of one project or organisation: the newest first, those
// without a date last.
func (c *rollCall) gather(t record.LinkType, target Handle) {
	said := slices.SortedFunc(c.cut.told(target, record.In, typesOf(t)), func(a, b Told) int {
		return cmp.Or(cmp.Compare(newestFirst(a.Since()), newestFirst(b.Since())), cmp.Compare(a.link, b.link))
	})
	for _, link := range said {
		switch from := link.From(); {
		case c.cut.Kind(from) != record.BoroughKind:
		case link.withheld:
			c.maybe[from] = true
		default:
			c.links[from] = append(c.links[from], link)
		}
	}
}

// gatherNamed notes the boroughs that stand in a text together with a target. It
// looks for those of which nothing else is known, until all are found.
func (c *rollCall) gatherNamed(ctx context.Context, boroughs, targets []Handle) error {
	open := map[Handle]bool{}
	for _, h := range boroughs {
		if len(c.links[h]) == 0 && !c.maybe[h] {
			open[h] = true
		}
	}
	for _, target := range targets {
		for text := range c.cut.Near(target) {
			if len(open) == 0 {
				return nil
			}
			if text.Type != record.Mentions || text.Out {
				continue
			}
			for far := range c.cut.Ends(text.Far) { // a text and a borough are joined by mentions alone
				if open[far] {
					delete(open, far)
					c.maybe[far] = true
				}
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// row is the answer of one borough.
func (c *rollCall) row(borough Handle) RollCallRow {
	links := c.links[borough]
	slices.SortStableFunc(links, func(a, b Told) int { return int(c.of(b)) - int(c.of(a)) })
	row := RollCallRow{State: Never, Links: links}
	switch {
	case len(links) > 0 && c.of(links[0]) == during:
		row.State = HasJoined
	case len(links) > 0 && c.of(links[0]) == ended:
		row.State = HasLeft
	case len(links) == 0 && c.maybe[borough]:
		row.State = Unknown
	}
	row.Certain = c.certain(row)
	return row
}

// certain tells whether the state is sure: of one that joined, whether a link
// surely holds on the lens's day. Without a day nothing is left open by dates; that
// a state is UNKNOWN says by itself that it is not sure.
func (c *rollCall) certain(row RollCallRow) bool {
	if row.State != HasJoined || c.lens.AsOf.IsZero() {
		return row.State != Unknown
	}
	return slices.ContainsFunc(row.Links, func(t Told) bool { return c.cut.holdsOn(t, c.lens.AsOf) == record.Certainly })
}

// when is how a link's time lies to the moment that is asked about.
type when uint8

const (
	notYet when = iota
	ended
	during
)

func (c *rollCall) of(link Told) when {
	from, to := c.filter.From, c.filter.To
	if !c.lens.AsOf.IsZero() {
		from, to = c.lens.AsOf, c.lens.AsOf
	}
	switch {
	case !to.IsZero() && link.since != 0 && link.Since().First().Compare(to.Last()) > 0:
		return notYet
	case link.until == 0:
		return during
	case from.IsZero() && to.IsZero():
		return ended
	case !from.IsZero() && link.Until().Last().Compare(from.First()) < 0:
		return ended
	}
	return during
}
