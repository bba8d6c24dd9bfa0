package graph

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"iter"
	"slices"

	"lotigraph/record"
)

// ParticipationFilter chooses among the links that say who takes part in which
// project: JOINED and PARTNER_IN. Names may be aliases or ids. Borough and
// Partner together ask for the participations of either.
type ParticipationFilter struct {
	Project, Borough, Partner string
	Roles                     []string
	Themes                    []string
	Statuses                  []record.LinkStatus // none means those that the lens counts
	From, To                  record.PartialDate  // held at some time in this period, as far as is known
}

// Participations lists who takes part in what, under the lens: by the project's
// name, boroughs before partners, then by the participant's name.
func (s *Snapshot) Participations(ctx context.Context, l record.Lens, f ParticipationFilter, after string) iter.Seq2[At[record.Link], error] {
	return func(yield func(At[record.Link], error) bool) {
		for at, err := range s.ToldParticipations(ctx, l, f, after) {
			var link record.Link
			if err == nil {
				link, err = at.Value.Link(ctx)
			}
			if !yield(At[record.Link]{link, at.Cursor}, err) || err != nil {
				return
			}
		}
	}
}

// ToldParticipations is the list of Participations, told in short.
func (s *Snapshot) ToldParticipations(ctx context.Context, l record.Lens, f ParticipationFilter, after string) iter.Seq2[At[Told], error] {
	return func(yield func(At[Told], error) bool) {
		p, err := s.participating(ctx, l, f)
		if err == nil {
			err = p.each(ctx, after, func(t Told, place tuple) error {
				if !yield(At[Told]{t, base64.RawURLEncoding.EncodeToString(place)}, nil) {
					return errStop
				}
				return nil
			})
		}
		if err != nil && err != errStop {
			yield(At[Told]{}, err)
		}
	}
}

// CountParticipations is how many Participations lists, and how many proposals it
// leaves out.
func (s *Snapshot) CountParticipations(ctx context.Context, l record.Lens, f ParticipationFilter) (listed, withheld int, err error) {
	p, err := s.participating(ctx, l, f)
	if err != nil {
		return 0, 0, err
	}
	for project, err := range p.projects(ctx, "") {
		if err != nil {
			return 0, 0, err
		}
		for t := range p.of(project) {
			if t.withheld {
				withheld++
			} else {
				listed++
			}
		}
	}
	return listed, withheld, nil
}

// participating are the participations that a filter lets through, in memory.
type participating struct {
	s                         *Snapshot
	cut                       *Cut
	filter                    ParticipationFilter
	project, borough, partner Handle            // those that the filter names; 0 where it names none
	own                       map[Handle][]Told // of the participants that it names, by project; nil when it names none
}

func (s *Snapshot) participating(ctx context.Context, l record.Lens, f ParticipationFilter) (*participating, error) {
	if err := errors.Join(ctx.Err(), l.Validate(), f.validate()); err != nil {
		return nil, err
	}
	p := &participating{s: s, filter: f}
	for _, name := range []struct {
		field, name string
		kind        record.Kind
		to          *Handle
	}{
		{"project", f.Project, record.ProjectKind, &p.project},
		{"borough", f.Borough, record.BoroughKind, &p.borough},
		{"partner", f.Partner, record.PartnerKind, &p.partner},
	} {
		if name.name == "" {
			continue
		}
		n, err := s.one(ctx, l, name.field, name.name, name.kind)
		if err != nil {
			return nil, record.Under("filter", err)
		}
		*name.to = Handle(n)
	}
	var err error
	if p.cut, err = s.Cut(ctx, l); err != nil {
		return nil, err
	}
	if f.Borough == "" && f.Partner == "" {
		return p, nil
	}
	p.own = map[Handle][]Told{}
	for _, h := range []Handle{p.borough, p.partner} {
		if h != 0 {
			p.take(h)
		}
	}
	return p, nil
}

// take notes the participations of a participant.
func (p *participating) take(h Handle) {
	for t := range p.cut.told(h, record.Out, typesOf(participationTypes()...)) {
		p.own[t.Far] = append(p.own[t.Far], t)
	}
}

// of yields the participations in a project, in no order that counts.
func (p *participating) of(project Handle) iter.Seq[Told] {
	all := slices.Values(p.own[project])
	if p.own == nil {
		all = p.cut.told(project, record.In, typesOf(participationTypes()...))
	}
	return func(yield func(Told) bool) {
		for t := range all {
			if p.filter.lets(t) && !yield(t) {
				return
			}
		}
	}
}

// projects yields those to look at, in name order, beginning with those of a
// folded name.
func (p *participating) projects(ctx context.Context, from string) iter.Seq2[Handle, error] {
	f := NodeFilter{Themes: p.filter.Themes}
	return func(yield func(Handle, error) bool) {
		if p.project != 0 {
			node, err := p.s.node(ref(p.project))
			if err != nil || f.keeps(node) {
				yield(p.project, err)
			}
			return
		}
		for h, err := range p.cut.byName(ctx, record.ProjectKind, f, from) {
			if err == nil && p.own != nil && p.own[h] == nil {
				continue
			}
			if !yield(h, err) || err != nil {
				return
			}
		}
	}
}

// each gives the participations that the lens shows, in their order, from behind a
// cursor on.
func (p *participating) each(ctx context.Context, after string, do func(t Told, place tuple) error) error {
	behind, err := readPlace(after)
	if err != nil {
		return err
	}
	for project, err := range p.projects(ctx, placeName(behind)) {
		if err != nil {
			return err
		}
		list, err := p.sorted(project)
		if err != nil {
			return err
		}
		for _, t := range list {
			if after != "" && bytes.Compare(t.place, behind) <= 0 {
				continue
			}
			if err := cmp.Or(ctx.Err(), do(t.Told, t.place)); err != nil {
				return err
			}
		}
	}
	return nil
}

// placed is a participation and its place in the order of the list.
type placed struct {
	Told
	place tuple
}

// sorted are the participations in a project that the lens shows, in their order.
func (p *participating) sorted(project Handle) (list []placed, err error) {
	node, err := p.s.node(ref(project))
	if err != nil {
		return nil, err
	}
	name := record.Fold(node.Name)
	for t := range p.of(project) {
		if t.withheld {
			continue
		}
		participant, err := p.s.node(ref(t.From()))
		if err != nil {
			return nil, err
		}
		list = append(list, placed{t, placeOf(name, ref(project), t.Type, record.Fold(participant.Name), ref(t.link))})
	}
	slices.SortFunc(list, func(a, b placed) int { return bytes.Compare(a.place, b.place) })
	return list, nil
}

func (f ParticipationFilter) validate() error {
	var roles []string
	for _, t := range participationTypes() {
		roles = append(roles, t.Roles()...)
	}
	for _, role := range f.Roles {
		if !slices.Contains(roles, role) {
			return record.Invalid("filter.roles", "%q is not a role; use one of %q", role, roles)
		}
	}
	if slices.Contains(f.Statuses, record.Rejected) {
		return record.Invalid("filter.statuses", "what was rejected takes part in no list; use CONFIRMED or PROPOSED")
	}
	return forwards("filter.from", f.From, f.To)
}

// forwards refuses a period that ends before it begins: nothing held in it, and
// what has no dates would seem to.
func forwards(field string, from, to record.PartialDate) error {
	if !from.IsZero() && !to.IsZero() && from.First().Compare(to.Last()) > 0 {
		return record.Invalid(field, "%s is after %s", from, to)
	}
	return nil
}

func participationTypes() []record.LinkType {
	return []record.LinkType{record.Joined, record.PartnerIn}
}

// A place is (project's folded name, project, type, participant's folded name,
// link): everything the order looks at, so that it is total. Projects of one name
// follow their refs, as they do in name order.
const placeShape = "snnsn"

func placeOf(project string, to ref, t record.LinkType, participant string, at ref) tuple {
	return tuple{}.str(project).num(to).num(uint64(t)).str(participant).num(at)
}

func placeName(place tuple) string {
	name, _, _ := place.takeStr()
	return name
}

func readPlace(cursor string) (tuple, error) {
	if cursor == "" {
		return nil, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(cursor) > 4096 {
		return nil, badCursor(cursor)
	}
	if !tuple(raw).hasShape(placeShape) {
		return nil, badCursor(cursor)
	}
	return raw, nil
}

// lets tells whether the filter lets a participation through.
func (f ParticipationFilter) lets(t Told) bool {
	return f.keeps(t.Role, t.Since(), t.Until()) && (len(f.Statuses) == 0 || slices.Contains(f.Statuses, t.Status()))
}

// keeps tells whether the filter lets a role through, and a time in which the
// link may have held.
func (f ParticipationFilter) keeps(role string, since, until record.PartialDate) bool {
	return (len(f.Roles) == 0 || slices.Contains(f.Roles, role)) &&
		(f.From.IsZero() || until.IsZero() || until.Last().Compare(f.From.First()) >= 0) &&
		(f.To.IsZero() || since.IsZero() || since.First().Compare(f.To.Last()) <= 0)
}

// refsOfNear lists the links of a near range.
func refsOfNear(v view, prefix tuple) ([]ref, error) {
	var list []ref
	err := v.keys(prefix, func(key []byte) error {
		at, err := nearTail(key)
		list = append(list, at)
		return err
	})
	return list, err
}
