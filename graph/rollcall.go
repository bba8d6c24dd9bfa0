package graph

import (
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
	Certain bool          // false where partial or missing dates leave open whether it had joined by the lens's day, or had left
	Links   []record.Link // that say so, the most telling first: those that may hold at the moment, then the newest
}

// RollCall calls all of London's authorities, by name: which of them joined, left,
// never joined, or may have. There is a row for every borough, always.
func (s *Snapshot) RollCall(ctx context.Context, l record.Lens, f RollCallFilter) ([]RollCallRow, error) {
	if err := errors.Join(ctx.Err(), l.Validate()); err != nil {
		return nil, err
	}
	t, targets, err := s.rollCallTargets(ctx, l, f)
	if err != nil {
		return nil, err
	}
	call := rollCall{s: s, ctx: ctx, lens: l, filter: f, links: map[record.ID][]record.Link{}, maybe: map[record.ID]bool{}}
	for _, target := range targets {
		if err := call.gather(t, target); err != nil {
			return nil, err
		}
	}
	var rows []RollCallRow
	for at, err := range s.Nodes(ctx, l, record.BoroughKind, NodeFilter{}, ByName, "") {
		if err != nil {
			return nil, err
		}
		row := call.row(at.Value)
		if row.Certain, err = call.certain(row); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// rollCallTargets are the records that the boroughs are linked to, and by which
// type of link.
func (s *Snapshot) rollCallTargets(ctx context.Context, l record.Lens, f RollCallFilter) (record.LinkType, []record.ID, error) {
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
		if err != nil {
			return 0, nil, err
		}
		id, err := s.id(n)
		return t, []record.ID{id}, err
	}
	var ids []record.ID
	for at, err := range s.Nodes(ctx, l, record.ProjectKind, NodeFilter{Themes: []string{f.Theme}}, ByName, "") {
		if err != nil {
			return 0, nil, err
		}
		ids = append(ids, at.Value.ID)
	}
	if len(ids) == 0 {
		return 0, nil, &record.Refusal{Class: record.ErrNotFound, Field: "theme", Reason: "no project has the theme \"" + f.Theme + "\""}
	}
	return t, ids, nil
}

// rollCall is one while it is taken.
type rollCall struct {
	s      *Snapshot
	ctx    context.Context
	lens   record.Lens
	filter RollCallFilter
	links  map[record.ID][]record.Link // by borough, whenever they held
	maybe  map[record.ID]bool          // boroughs of which a proposal, or a text that names both, may say so
}

// gather notes what is said of one project or organisation.
func (c *rollCall) gather(t record.LinkType, target record.ID) error {
	everDay := c.lens
	everDay.AsOf = record.PartialDate{}
	err := c.s.eachLink(c.ctx, everDay, target, LinkFilter{Types: []record.LinkType{t}, Direction: record.In}, "", func(link *record.Link, withheld bool, _ string) error {
		switch {
		case link.From.Kind() != record.BoroughKind:
		case withheld:
			c.maybe[link.From] = true
		default:
			c.links[link.From] = append(c.links[link.From], *link)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.gatherNamed(everDay, target)
}

// gatherNamed notes the boroughs that stand in a text together with the target.
func (c *rollCall) gatherNamed(l record.Lens, target record.ID) error {
	cut, err := c.s.Cut(c.ctx, l)
	if err != nil {
		return err
	}
	at, err := cut.Handle(target)
	if err != nil {
		return err
	}
	named := map[Handle]bool{}
	for text := range cut.Near(at) {
		if text.Type != record.Mentions || text.Out {
			continue
		}
		for arc := range cut.Near(text.Far) {
			if arc.Type == record.Mentions && arc.Out && cut.Kind(arc.Far) == record.BoroughKind {
				named[arc.Far] = true
			}
		}
	}
	for h := range named {
		id, err := cut.ID(h)
		if err != nil {
			return err
		}
		c.maybe[id] = true
	}
	return c.ctx.Err()
}

// row is the answer of one borough.
func (c *rollCall) row(borough record.Node) RollCallRow {
	links := c.links[borough.ID]
	slices.SortStableFunc(links, func(a, b record.Link) int { return int(c.of(b)) - int(c.of(a)) })
	row := RollCallRow{Borough: borough, State: Never, Links: links}
	for _, link := range links {
		switch c.of(link) {
		case during:
			row.State = HasJoined
			return row
		case ended:
			row.State = HasLeft
			return row
		}
	}
	if len(links) == 0 && c.maybe[borough.ID] {
		row.State = Unknown
	}
	return row
}

// certain tells whether the state is sure: of one that joined, whether a link
// surely holds on the lens's day. Without a day nothing is left open by dates; that
// a state is UNKNOWN says by itself that it is not sure.
func (c *rollCall) certain(row RollCallRow) (bool, error) {
	if row.State == Unknown || row.State != HasJoined || c.lens.AsOf.IsZero() {
		return row.State != Unknown, nil
	}
	for _, link := range row.Links {
		if how, err := c.s.Holds(c.lens, link); err != nil || how == record.Certainly {
			return err == nil, err
		}
	}
	return false, nil
}

// when is how a link's time lies to the moment that is asked about.
type when uint8

const (
	notYet when = iota
	ended
	during
)

func (c *rollCall) of(link record.Link) when {
	from, to := c.filter.From, c.filter.To
	if !c.lens.AsOf.IsZero() {
		from, to = c.lens.AsOf, c.lens.AsOf
	}
	switch {
	case !to.IsZero() && !link.Since.IsZero() && link.Since.First().Compare(to.Last()) > 0:
		return notYet
	case link.Until.IsZero():
		return during
	case from.IsZero() && to.IsZero():
		return ended
	case !from.IsZero() && link.Until.Last().Compare(from.First()) < 0:
		return ended
	}
	return during
}
