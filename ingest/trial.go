package ingest

import (
	"context"

	"lotigraph/graph"
	"lotigraph/record"
)

// Trial is what a dry run did to its copy of the graph, which is gone by now: what
// an import would do, thing by thing. That texts mention records is left out.
type Trial struct {
	Effects []record.Effect
	More    int                  // effects beside these
	Names   map[record.ID]string // of the records that the effects name
}

// maxTrial is the most effects that a trial keeps.
const maxTrial = 300

// trial reads what was done behind a version of the data.
func trial(ctx context.Context, store *graph.Store, since uint64) (*Trial, error) {
	s, err := store.Snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	t := &Trial{Names: map[record.ID]string{}}
	for e, err := range s.Changes(ctx, since) {
		if err != nil {
			return nil, err
		}
		for _, effect := range e.Effects {
			t.add(effect)
		}
	}
	return t, t.name(ctx, s)
}

func (t *Trial) add(effect record.Effect) {
	switch {
	case effect.Link != nil && (effect.Link.After == nil || effect.Link.After.Type == record.Mentions),
		effect.Node != nil && effect.Node.After == nil, effect.Node == nil && effect.Link == nil:
	case len(t.Effects) == maxTrial:
		t.More++
	default:
		t.Effects = append(t.Effects, effect)
	}
}

// name finds the names of the records that links join.
func (t *Trial) name(ctx context.Context, s *graph.Snapshot) error {
	all := record.Lens{Viewer: record.Viewer{Clearance: record.Staff}, Proposed: true}
	for _, effect := range t.Effects {
		if effect.Link == nil {
			continue
		}
		for _, id := range []record.ID{effect.Link.After.From, effect.Link.After.To} {
			if t.Names[id] != "" {
				continue
			}
			switch n, err := s.OwnNode(ctx, all, id); {
			case err == nil:
				t.Names[id] = n.Name
			case isNotFound(err): // it was withdrawn
				t.Names[id] = string(id)
			default:
				return err
			}
		}
	}
	return nil
}
