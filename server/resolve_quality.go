package server

import (
	"context"

	"lotigraph/server/internal/answer"
)

func (q query) WorkLists(ctx context.Context, lens *answer.Lens) ([]answer.WorkList, error) {
	r := q.reader(ctx, lens)
	lists, err := q.server.workLists(ctx, r.View, r.Lens)
	return answer.WorkLists(lists), err
}
