package graph

import (
	"bytes"
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
		err := s.eachParticipation(ctx, l, f, after, func(link record.Link, withheld bool, cursor string) error {
			if !withheld && !yield(At[record.Link]{link, cursor}, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && err != errStop {
			yield(At[record.Link]{}, err)
		}
	}
}

// WithheldParticipations counts the proposals that Participations leaves out.
func (s *Snapshot) WithheldParticipations(ctx context.Context, l record.Lens, f ParticipationFilter) (int, error) {
	count := 0
	err := s.eachParticipation(ctx, l, f, "", func(_ record.Link, withheld bool, _ string) error {
		if withheld {
			count++
		}
		return nil
	})
	return count, err
}

// participants are the refs that a filter names; 0 where it names none.
type participants struct {
	project, borough, partner ref
	of                        *participantLinks // nil when it names no participant
}

// participantLinks are the links of the participants that a filter names, and the
// projects that these lead to. Some may not show.
type participantLinks struct{ links, projects map[ref]bool }

// ofParticipants finds them in memory, so that no link of anybody else is read.
func (s *Snapshot) ofParticipants(ctx context.Context, l record.Lens, named ...ref) (*participantLinks, error) {
	all, err := s.adjacency(ctx)
	if err != nil {
		return nil, err
	}
	u, err := s.unions(l.Viewer)
	if err != nil {
		return nil, err
	}
	p := &participantLinks{map[ref]bool{}, map[ref]bool{}}
	for _, one := range named {
		if one == 0 {
			continue
		}
		for _, member := range u.all(one) {
			for r := range all.near(Handle(member)) {
				if r.out && slices.Contains(participationTypes(), r.linkType()) {
					p.links[ref(r.link)], p.projects[u.one(ref(r.far))] = true, true
				}
			}
		}
	}
	return p, nil
}

func (s *Snapshot) participants(ctx context.Context, l record.Lens, f ParticipationFilter) (p participants, err error) {
	for _, name := range []struct {
		field, name string
		kind        record.Kind
		to          *ref
	}{
		{"project", f.Project, record.ProjectKind, &p.project},
		{"borough", f.Borough, record.BoroughKind, &p.borough},
		{"partner", f.Partner, record.PartnerKind, &p.partner},
	} {
		if name.name == "" {
			continue
		}
		if *name.to, err = s.one(ctx, l, name.field, name.name, name.kind); err != nil {
			return p, record.Under("filter", err)
		}
	}
	if p.borough+p.partner != 0 && p.project == 0 {
		p.of, err = s.ofParticipants(ctx, l, p.borough, p.partner)
	}
	return p, err
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
	return nil
}

func participationTypes() []record.LinkType {
	return []record.LinkType{record.Joined, record.PartnerIn}
}

func (s *Snapshot) eachParticipation(ctx context.Context, l record.Lens, f ParticipationFilter, after string, do func(link record.Link, withheld bool, cursor string) error) error {
	if err := errors.Join(ctx.Err(), l.Validate(), f.validate()); err != nil {
		return err
	}
	who, err := s.participants(ctx, l, f)
	if err != nil {
		return err
	}
	place, err := readPlace(after)
	if err != nil {
		return err
	}
	for project, err := range s.participationProjects(ctx, l, f, who, place) {
		if err != nil {
			return err
		}
		list, err := s.projectParticipations(ctx, l, f, who, project)
		if err != nil {
			return err
		}
		for _, p := range list {
			if after != "" && bytes.Compare(p.place, place) <= 0 {
				continue
			}
			if err := do(*p.link, p.withheld, base64.RawURLEncoding.EncodeToString(p.place)); err != nil {
				return err
			}
		}
	}
	return nil
}

// participation is a link and its place in the order of the list.
type participation struct {
	link     *record.Link
	withheld bool // a proposal that the lens leaves out
	place    tuple
}

// participationProjects yields the projects to look at, in name order, beginning
// with the one where a cursor stands.
func (s *Snapshot) participationProjects(ctx context.Context, l record.Lens, f ParticipationFilter, who participants, place tuple) iter.Seq2[record.Node, error] {
	return func(yield func(record.Node, error) bool) {
		if who.project != 0 {
			node, err := s.node(who.project)
			if err != nil {
				yield(record.Node{}, err)
				return
			}
			if (NodeFilter{Themes: f.Themes}).keeps(node) {
				yield(*node, nil)
			}
			return
		}
		for at, err := range s.Nodes(ctx, l, record.ProjectKind, NodeFilter{Themes: f.Themes}, ByName, "") {
			if err == nil && len(place) > 0 && record.Fold(at.Value.Name) < placeName(place) {
				continue
			}
			if err == nil && who.of != nil {
				n, _, err := s.refOf(l, at.Value.ID)
				if err == nil && !who.of.projects[n] {
					continue
				}
			}
			if !yield(at.Value, err) || err != nil {
				return
			}
		}
	}
}

// A place is (project's folded name, project, type, participant's folded name,
// link): everything the order looks at, so that it is total. Projects of one name
// follow their refs, as they do in name order.
const placeShape = "snnsn"

func placeOf(project string, to ref, t record.LinkType, participant string, at ref) tuple {
	return tuple{}.str(record.Fold(project)).num(to).num(uint64(t)).str(record.Fold(participant)).num(at)
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

func (s *Snapshot) projectParticipations(ctx context.Context, l record.Lens, f ParticipationFilter, who participants, project record.Node) ([]participation, error) {
	var list []participation
	n, _, err := s.refOf(l, project.ID)
	if err != nil {
		return nil, err
	}
	u, err := s.unions(l.Viewer)
	if err != nil {
		return nil, err
	}
	for _, t := range participationTypes() {
		var links []ref
		for _, member := range u.all(n) {
			own, err := refsOfNear(s.view, nearPrefix(member, record.In, t))
			if err != nil {
				return nil, err
			}
			links = append(links, own...)
		}
		for _, at := range links {
			p, err := s.participation(ctx, l, f, who, project, at)
			if err != nil {
				return nil, err
			}
			if p != nil {
				list = append(list, *p)
			}
		}
	}
	slices.SortFunc(list, func(a, b participation) int { return bytes.Compare(a.place, b.place) })
	return list, nil
}

func (s *Snapshot) participation(ctx context.Context, l record.Lens, f ParticipationFilter, who participants, project record.Node, at ref) (*participation, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if who.of != nil && !who.of.links[at] {
		return nil, nil
	}
	e, err := s.edge(at)
	if err != nil {
		return nil, err
	}
	u, err := s.unions(l.Viewer)
	if err != nil {
		return nil, err
	}
	from := u.one(e.From)
	if who.borough+who.partner != 0 && from != who.borough && from != who.partner {
		return nil, nil
	}
	link, withheld, err := s.shown(l, at, e)
	if err != nil || link == nil || !f.keeps(link.Role, link.Since, link.Until) || len(f.Statuses) > 0 && !slices.Contains(f.Statuses, link.Status) {
		return nil, err
	}
	participant, err := s.node(from)
	if err != nil {
		return nil, err
	}
	return &participation{link, withheld, placeOf(project.Name, u.one(e.To), e.Type, participant.Name, at)}, nil
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
