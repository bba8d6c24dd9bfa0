package graph

import (
	"context"
	"errors"

	"lotigraph/record"
)

// Proven lists the links, mentions aside, of which a text holds evidence that the
// viewer may see, in the order in which they were made, and counts the proposals
// that the lens leaves out of them. Where the text and others are one, it lists
// what any of them proves. The links carry the evidence of other texts too.
func (s *Snapshot) Proven(ctx context.Context, l record.Lens, text record.ID) (links []record.Link, withheld int, err error) {
	if err := errors.Join(ctx.Err(), l.Validate()); err != nil {
		return nil, 0, err
	}
	n, _, err := s.refOf(l, text)
	if err != nil {
		return nil, 0, err
	}
	u, err := s.unions(l.Viewer)
	if err != nil {
		return nil, 0, err
	}
	seen := map[ref]bool{}
	for _, member := range u.all(n) {
		proven, err := refs(s.view, proofPrefix(member))
		if err != nil {
			return nil, 0, err
		}
		for _, at := range proven {
			one, err := s.provenPart(l, at, member)
			if err != nil {
				return nil, 0, err
			}
			if one == nil || seen[one.at] {
				continue
			}
			seen[one.at] = true
			if one.withheld {
				withheld++
				continue
			}
			link, err := s.outside(l.Viewer, *one)
			if err != nil {
				return nil, 0, err
			}
			links = append(links, *link)
		}
	}
	return links, withheld, nil
}

// provenPart is the link that stands for one that a text proves; nil when it is a
// mention, or when the lens does not show it or that text's evidence.
func (s *Snapshot) provenPart(l record.Lens, at, text ref) (*part, error) {
	e, err := s.edge(at)
	if err != nil || e.Type.Derived() {
		return nil, err
	}
	p, err := s.partOf(l, at, e)
	if err != nil || p == nil {
		return nil, err
	}
	shown := false
	for _, proof := range p.proofs {
		shown = shown || proof.Text == text
	}
	if !shown {
		return nil, nil
	}
	return s.standing(l, *p)
}
