package server

import (
	"context"
	"time"

	"lotigraph/graph"
	"lotigraph/record"
	"lotigraph/server/internal/answer"
)

func (q query) Difference(ctx context.Context, fromDate, toDate *record.PartialDate, fromVersion, toVersion *record.ID, what []graph.DifferenceSort, first int, after *string, lens *answer.Lens) (*answer.DifferenceConnection, error) {
	asked := answer.DifferenceAsked{FromDate: fromDate, ToDate: toDate, FromVersion: (*string)(fromVersion), ToVersion: (*string)(toVersion), What: what, Today: time.Now()}
	return q.reader(ctx, lens).Difference(ctx, asked, answer.Page{First: first, After: after})
}
