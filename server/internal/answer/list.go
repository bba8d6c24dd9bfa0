package answer

import (
	"context"

	"lotigraph/graph"
	"lotigraph/record"
)

// Page says which part of a list to return.
type Page struct {
	First int
	After *string
}

// List is a page of the records of one kind.
func List[T Node](ctx context.Context, r Reader, kind record.Kind, f graph.NodeFilter, o graph.Order, p Page) (*Connection[T], error) {
	seq := func(after string) sequence[record.Node] {
		return r.View.Graph.Nodes(ctx, r.Lens, kind, f, o, after)
	}
	return connect(seq, p.First, p.After, func(n record.Node) T { return r.wrap(n).(T) })
}

// Participations is a page of who takes part in what.
func (r Reader) Participations(ctx context.Context, f graph.ParticipationFilter, p Page) (*ParticipationConnection, error) {
	seq := func(after string) sequence[record.Link] {
		return r.View.Graph.Participations(ctx, r.Lens, f, after)
	}
	c, err := connect(seq, p.First, p.After, func(l record.Link) Participation { return Participation{r.link(l)} })
	if err != nil {
		return nil, err
	}
	c.total = func(ctx context.Context) (int, error) {
		listed, _, err := r.View.Graph.CountParticipations(ctx, r.Lens, f)
		return listed, err
	}
	c.leftOut = func(ctx context.Context) (int, error) {
		_, withheld, err := r.View.Graph.CountParticipations(ctx, r.Lens, f)
		return withheld, err
	}
	return c, nil
}

// WeeknoteFilter says which texts a list shows.
type WeeknoteFilter struct {
	Forms    []record.Form // none means every form
	From, To record.PartialDate
}

// Filter is the filter as the graph takes it; weeknotes proper when nobody said
// anything.
func (f *WeeknoteFilter) Filter() graph.NodeFilter {
	if f == nil {
		return graph.NodeFilter{Forms: []record.Form{record.FormWeeknote}}
	}
	return graph.NodeFilter{Forms: f.Forms, From: f.From, To: f.To}
}

// ProjectFilter says which projects a list shows.
type ProjectFilter struct{ Themes, Statuses []string }

// Filter is the filter as the graph takes it.
func (f *ProjectFilter) Filter() graph.NodeFilter {
	if f == nil {
		return graph.NodeFilter{}
	}
	return graph.NodeFilter{Themes: f.Themes, Statuses: f.Statuses}
}

// PartnerFilter says which organisations a list shows.
type PartnerFilter struct{ Sectors []string }

// Filter is the filter as the graph takes it.
func (f *PartnerFilter) Filter() graph.NodeFilter {
	if f == nil {
		return graph.NodeFilter{}
	}
	return graph.NodeFilter{Sectors: f.Sectors}
}
