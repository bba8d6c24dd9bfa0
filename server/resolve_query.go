package server

import (
	"context"
	"errors"

	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/server/internal/answer"
)

// query answers the fields of Query.
type query struct{ server *Server }

// reader reads what the request's viewer may see, through the lens of a field.
func (query) reader(ctx context.Context, l *answer.Lens) answer.Reader {
	return viewsOf(ctx).reader(l)
}

func (q query) Node(ctx context.Context, id record.ID, lens *answer.Lens) (answer.Node, error) {
	if err := id.Validate(); err != nil {
		return nil, err
	}
	n, err := q.reader(ctx, lens).Node(ctx, id)
	if errors.Is(err, record.ErrNotFound) {
		return nil, nil
	}
	return n, err
}

// maxIDs is the most records that one call of nodes returns.
const maxIDs = 100

func (q query) Nodes(ctx context.Context, ids []record.ID, lens *answer.Lens) ([]answer.Node, error) {
	if len(ids) > maxIDs {
		return nil, record.Invalid("ids", "%d are more than the %d allowed", len(ids), maxIDs)
	}
	return q.reader(ctx, lens).Nodes(ctx, ids)
}

func (q query) Find(ctx context.Context, name string, kinds []record.Kind, lens *answer.Lens) ([]answer.Node, error) {
	return q.reader(ctx, lens).Find(ctx, name, kinds)
}

func (q query) Boroughs(ctx context.Context, order graph.Order, first int, after *string, lens *answer.Lens) (*answer.BoroughConnection, error) {
	return answer.List[answer.Borough](ctx, q.reader(ctx, lens), record.BoroughKind, graph.NodeFilter{}, order, answer.Page{First: first, After: after})
}

func (q query) Projects(ctx context.Context, f *answer.ProjectFilter, order graph.Order, first int, after *string, lens *answer.Lens) (*answer.ProjectConnection, error) {
	return answer.List[answer.Project](ctx, q.reader(ctx, lens), record.ProjectKind, f.Filter(), order, answer.Page{First: first, After: after})
}

func (q query) People(ctx context.Context, order graph.Order, first int, after *string, lens *answer.Lens) (*answer.PersonConnection, error) {
	return answer.List[answer.Person](ctx, q.reader(ctx, lens), record.PersonKind, graph.NodeFilter{}, order, answer.Page{First: first, After: after})
}

func (q query) Partners(ctx context.Context, f *answer.PartnerFilter, order graph.Order, first int, after *string, lens *answer.Lens) (*answer.PartnerConnection, error) {
	return answer.List[answer.Partner](ctx, q.reader(ctx, lens), record.PartnerKind, f.Filter(), order, answer.Page{First: first, After: after})
}

func (q query) Weeknotes(ctx context.Context, f *answer.WeeknoteFilter, order graph.Order, first int, after *string, lens *answer.Lens) (*answer.WeeknoteConnection, error) {
	return answer.List[answer.Weeknote](ctx, q.reader(ctx, lens), record.WeeknoteKind, f.Filter(), order, answer.Page{First: first, After: after})
}

func (q query) Search(ctx context.Context, text string, f *answer.SearchFilter, order index.Order, first int, after *string, lens *answer.Lens) (*answer.SearchResult, error) {
	r := q.reader(ctx, lens)
	if after != nil { // a list of best fits goes on where it began
		pinned, err := viewsOf(ctx).behind(*after)
		if err != nil {
			return nil, err
		}
		r.View = pinned
	}
	return r.Search(ctx, text, f, order, answer.Page{First: first, After: after}, searchWants(ctx))
}

func (q query) Suggest(ctx context.Context, prefix string, kinds []record.Kind, first int, lens *answer.Lens) ([]answer.Suggestion, error) {
	return q.reader(ctx, lens).Suggest(ctx, prefix, kinds, first)
}

func (q query) Participations(ctx context.Context, f *graph.ParticipationFilter, first int, after *string, lens *answer.Lens) (*answer.ParticipationConnection, error) {
	if f == nil {
		f = &graph.ParticipationFilter{}
	}
	return q.reader(ctx, lens).Participations(ctx, *f, answer.Page{First: first, After: after})
}

func (q query) Dataset(ctx context.Context, lens *answer.Lens) (*answer.Dataset, error) {
	return q.reader(ctx, lens).Dataset(ctx, q.server.config.Licence)
}

func (q query) RollCall(ctx context.Context, project, theme, memberOf *string, from, to *record.PartialDate, lens *answer.Lens) (*answer.RollCall, error) {
	f := graph.RollCallFilter{}
	for _, given := range []struct{ to, from *string }{{&f.Project, project}, {&f.Theme, theme}, {&f.MemberOf, memberOf}} {
		if given.from != nil {
			*given.to = *given.from
		}
	}
	for _, given := range []struct{ to, from *record.PartialDate }{{&f.From, from}, {&f.To, to}} {
		if given.from != nil {
			*given.to = *given.from
		}
	}
	return q.reader(ctx, lens).RollCall(ctx, f)
}

func (q query) Matrix(ctx context.Context, f *graph.ParticipationFilter, lens *answer.Lens) (*answer.Matrix, error) {
	if f == nil {
		f = &graph.ParticipationFilter{}
	}
	return q.reader(ctx, lens).Matrix(ctx, *f)
}
