package server

import (
	"context"

	"lotigraph/server/internal/answer"
)

func (q query) BoroughBrief(ctx context.Context, borough string, lens *answer.Lens) (*answer.BoroughBrief, error) {
	return q.reader(ctx, lens).BoroughBrief(ctx, borough)
}
