package server

import (
	"context"

	"lotigraph/index"
	"lotigraph/network"
	"lotigraph/record"
	"lotigraph/server/internal/answer"
)

func (q query) Network(ctx context.Context, of, through record.Kind, types []record.LinkType, from, to *record.PartialDate,
	weight network.Weight, by network.Measure, first *int, lens *answer.Lens) (*answer.Network, error) {
	asked := network.Question{Of: of, Through: through, Types: types, Weight: weight}
	for _, given := range []struct{ to, from *record.PartialDate }{{&asked.From, from}, {&asked.To, to}} {
		if given.from != nil {
			*given.to = *given.from
		}
	}
	return q.reader(ctx, lens).Network(ctx, asked, by, first)
}

func (q query) GroupBy(ctx context.Context, by []index.GroupKey, measure index.Key, text string, f *answer.SearchFilter, lens *answer.Lens) ([]answer.Group, error) {
	return q.reader(ctx, lens).GroupBy(ctx, by, measure, text, f)
}
