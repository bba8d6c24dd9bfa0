package answer

import (
	"context"
	"fmt"

	"lotigraph/record"
	"lotigraph/walk"
)

// named is the id of the record that an argument gives by id, name or alias.
func (r Reader) named(ctx context.Context, argument string, given record.ID) (record.ID, error) {
	n, err := r.View.Graph.Named(ctx, r.Lens, argument, string(given))
	return n.ID, err
}

// PathResult is the paths between two records.
type PathResult struct {
	in  Reader
	got walk.Paths
}

// Paths finds the best paths between two records.
func (r Reader) Paths(ctx context.Context, q walk.PathQuery) (*PathResult, error) {
	var err error
	if q.From, err = r.named(ctx, "from", q.From); err != nil {
		return nil, err
	}
	if q.To, err = r.named(ctx, "to", q.To); err != nil {
		return nil, err
	}
	if len(q.Avoid) > walk.MaxAvoid {
		return nil, record.Invalid("avoid", "%d are more than the %d allowed", len(q.Avoid), walk.MaxAvoid)
	}
	for i, id := range q.Avoid {
		if q.Avoid[i], err = r.named(ctx, fmt.Sprintf("avoid[%d]", i), id); err != nil {
			return nil, err
		}
	}
	got, err := walk.Between(ctx, r.View.Graph, r.Lens, q)
	return &PathResult{r, got}, err
}

// Paths are the paths, the best first.
func (p *PathResult) Paths() []Path {
	list := make([]Path, len(p.got.Paths))
	for i, path := range p.got.Paths {
		list[i] = Path{p.in, path}
	}
	return list
}

// Complete tells whether the search ran to its end.
func (p *PathResult) Complete() bool { return p.got.Complete }

// Note says how the paths were found and what stopped the search.
func (p *PathResult) Note() *string { return filled(p.got.Note) }

// Lens is the lens that was looked through.
func (p *PathResult) Lens() LensUsed { return p.in.used() }

// Path is a way from one record to another.
type Path struct {
	in   Reader
	path walk.Path
}

// Nodes are the records on the way.
func (p Path) Nodes() []Node {
	list := make([]Node, len(p.path.Nodes))
	for i, n := range p.path.Nodes {
		list[i] = p.in.wrap(n)
	}
	return list
}

// Hops are the links between them.
func (p Path) Hops() []Hop {
	list := make([]Hop, len(p.path.Hops))
	for i, h := range p.path.Hops {
		list[i] = Hop{p.in.link(h.Link), h.Sentence}
	}
	return list
}

// Length counts the hops.
func (p Path) Length() int { return len(p.path.Hops) }

// Cost is what paths are ordered by.
func (p Path) Cost() float64 { return p.path.Cost }

// Hop is a step of a path.
type Hop struct {
	Link     Link
	Sentence string
}

// Subgraph is what lies around a record.
type Subgraph struct {
	in  Reader
	got walk.Neighbourhood
}

// Neighbourhood finds what lies around a record.
func (r Reader) Neighbourhood(ctx context.Context, q walk.AroundQuery) (*Subgraph, error) {
	var err error
	if q.ID, err = r.named(ctx, "id", q.ID); err != nil {
		return nil, err
	}
	got, err := walk.Around(ctx, r.View.Graph, r.Lens, q)
	return &Subgraph{r, got}, err
}

// Center is the record in the middle.
func (s *Subgraph) Center() Node { return s.in.wrap(s.got.Center) }

// Nodes are the records around it.
func (s *Subgraph) Nodes() []Neighbour {
	list := make([]Neighbour, len(s.got.Nodes))
	for i, n := range s.got.Nodes {
		list[i] = Neighbour{s.in.wrap(n.Node), n.Distance, n.Score}
	}
	return list
}

// Links are the links among them.
func (s *Subgraph) Links() []Link { return s.in.links(s.got.Links) }

// Counts counts the links by type.
func (s *Subgraph) Counts() []walk.TypeCount { return append([]walk.TypeCount{}, s.got.Counts...) }

// TotalNodes counts what was found.
func (s *Subgraph) TotalNodes() int { return s.got.Total }

// Complete tells whether all that was found is there.
func (s *Subgraph) Complete() bool { return s.got.Total == len(s.got.Nodes) }

// Note says what was left out.
func (s *Subgraph) Note() *string { return filled(s.got.Note) }

// Lens is the lens that was looked through.
func (s *Subgraph) Lens() LensUsed { return s.in.used() }

// Neighbour is a record near another one.
type Neighbour struct {
	Node     Node
	Distance int
	Score    float64
}
