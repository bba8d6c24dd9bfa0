package answer

import (
	"context"
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// Node is one of the five kinds of record.
type Node interface {
	ID() record.ID
	Kind() record.Kind
	Name() string
}

// Record is what the five kinds share.
type Record struct {
	in   Reader
	node record.Node
}

// The five kinds of record.
type (
	Weeknote struct{ Record } // a dated text
	Project  struct{ Record } // something boroughs do together
	Borough  struct{ Record } // one of London's 33 authorities
	Person   struct{ Record } // somebody named in their work
	Partner  struct{ Record } // any other organisation
)

// wrap gives a record to the reader that read it.
func (r Reader) wrap(n record.Node) Node {
	shared := Record{r, n}
	switch n.Kind() {
	case record.WeeknoteKind:
		return Weeknote{shared}
	case record.ProjectKind:
		return Project{shared}
	case record.BoroughKind:
		return Borough{shared}
	case record.PersonKind:
		return Person{shared}
	default:
		return Partner{shared}
	}
}

// ID never changes.
func (n Record) ID() record.ID { return n.node.ID }

// Kind is one of the five.
func (n Record) Kind() record.Kind { return n.node.Kind() }

// Name is full and official.
func (n Record) Name() string { return n.node.Name }

// Aliases are the other names.
func (n Record) Aliases() []string { return slices.Clone(n.node.Aliases) }

// Summary is a sentence or two, if there is one.
func (n Record) Summary() *string { return filled(n.node.Summary) }

// URL is the record's own page, if it has one.
func (n Record) URL() *string { return filled(n.node.URL) }

// Revision counts the changes that touched the record.
func (n Record) Revision() int { return n.node.Revision }

// Links is a page of the record's links.
func (n Record) Links(ctx context.Context, types []record.LinkType, direction record.Direction, first int, after *string, lens *Lens) (*LinkConnection, error) {
	r, f := n.in.Through(lens), graph.LinkFilter{Types: types, Direction: direction}
	seq := func(after string) sequence[record.Link] { return r.View.Graph.Links(ctx, r.Lens, n.ID(), f, after) }
	c, err := connect(seq, first, after, r.link)
	if err != nil {
		return nil, err
	}
	c.total = func(ctx context.Context) (int, error) { return n.countLinks(ctx, r, f) }
	c.leftOut = func(ctx context.Context) (int, error) { return r.View.Graph.Withheld(ctx, r.Lens, n.ID(), f) }
	return c, nil
}

// countLinks adds up the counts of the types and directions of a filter.
func (n Record) countLinks(ctx context.Context, r Reader, f graph.LinkFilter) (total int, err error) {
	counts, err := r.View.Graph.LinkCounts(ctx, r.Lens, n.ID())
	for _, c := range counts {
		typed := len(f.Types) == 0 || slices.Contains(f.Types, c.Type)
		if typed && (f.Direction == record.Both || f.Direction == c.Direction) {
			total += c.Count
		}
	}
	return total, err
}

// LinkCounts counts the record's links by type and direction.
func (n Record) LinkCounts(ctx context.Context, lens *Lens) ([]graph.LinkCount, error) {
	r := n.in.Through(lens)
	return r.View.Graph.LinkCounts(ctx, r.Lens, n.ID())
}

// Mentions is a page of the texts that name the record.
func (n Record) Mentions(ctx context.Context, first int, after *string, lens *Lens) (*MentionConnection, error) {
	r, f := n.in.Through(lens), graph.LinkFilter{Types: []record.LinkType{record.Mentions}, Direction: record.In}
	seq := func(after string) sequence[record.Link] { return r.View.Graph.Links(ctx, r.Lens, n.ID(), f, after) }
	c, err := connect(seq, first, after, func(l record.Link) Mention { return Mention{r.link(l)} })
	if err != nil {
		return nil, err
	}
	c.total = func(ctx context.Context) (int, error) { return n.countLinks(ctx, r, f) }
	return c, nil
}

// ends are the records at the other end of links of one type: at most 100, those
// with the newest links, by name.
func ends[T Node](ctx context.Context, n Record, lens *Lens, t record.LinkType, d record.Direction) ([]T, error) {
	r := n.in.Through(lens)
	seen := map[record.ID]bool{}
	list := []T{}
	for at, err := range r.View.Graph.Links(ctx, r.Lens, n.ID(), graph.LinkFilter{Types: []record.LinkType{t}, Direction: d}, "") {
		if err != nil {
			return nil, err
		}
		far := at.Value.To
		if d == record.In {
			far = at.Value.From
		}
		if seen[far] {
			continue
		}
		seen[far] = true
		node, err := r.Node(ctx, far)
		if err != nil {
			return nil, err
		}
		if kind, ok := node.(T); ok {
			list = append(list, kind)
		}
		if len(list) == maxPage {
			break
		}
	}
	slices.SortFunc(list, func(a, b T) int { return strings.Compare(record.Fold(a.Name()), record.Fold(b.Name())) })
	return list, nil
}
