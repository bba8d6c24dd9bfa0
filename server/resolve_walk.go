package server

import (
	"context"

	"lotigraph/record"
	"lotigraph/server/internal/answer"
	"lotigraph/walk"
)

func (q query) Paths(ctx context.Context, from, to record.ID, first, maxLength int, through []record.Kind, avoid []record.ID, overlapping, damped, direct bool, lens *answer.Lens) (*answer.PathResult, error) {
	return q.reader(ctx, lens).Paths(ctx, walk.PathQuery{From: from, To: to, First: first, MaxLength: maxLength, Through: through, Avoid: avoid,
		Overlapping: overlapping, Damped: damped, Direct: direct})
}

func (q query) Neighbourhood(ctx context.Context, id record.ID, depth int, types []record.LinkType, first int, lens *answer.Lens) (*answer.Subgraph, error) {
	return q.reader(ctx, lens).Neighbourhood(ctx, walk.AroundQuery{ID: id, Depth: depth, Types: types, First: first})
}
