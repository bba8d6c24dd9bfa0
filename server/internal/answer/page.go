package answer

import (
	"context"
	"iter"

	"lotigraph/graph"
	"lotigraph/record"
)

// maxPage is the most items that one page may have.
const maxPage = 100

// PageSize says whether a page may have that many items.
func PageSize(first int) error {
	if first < 1 || first > maxPage {
		return record.Invalid("first", "%d is not a page size; ask for 1 to %d and continue with after", first, maxPage)
	}
	return nil
}

// sequence is how the graph gives items with their cursors.
type sequence[T any] = iter.Seq2[graph.At[T], error]

// Connection is a page of items. Its total is counted only when asked for.
type Connection[T any] struct {
	edges   []Edge[T]
	info    PageInfo
	total   func(context.Context) (int, error)
	leftOut func(context.Context) (int, error)
}

// Edge is an item with the cursor that continues behind it.
type Edge[T any] struct {
	Cursor string
	Node   T
}

// PageInfo says whether there is more, and where to continue.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       *string
}

// The connections and edges of the schema.
type (
	WeeknoteConnection      = Connection[Weeknote]
	WeeknoteEdge            = Edge[Weeknote]
	ProjectConnection       = Connection[Project]
	ProjectEdge             = Edge[Project]
	BoroughConnection       = Connection[Borough]
	BoroughEdge             = Edge[Borough]
	PersonConnection        = Connection[Person]
	PersonEdge              = Edge[Person]
	PartnerConnection       = Connection[Partner]
	PartnerEdge             = Edge[Partner]
	LinkConnection          = Connection[Link]
	LinkEdge                = Edge[Link]
	MentionConnection       = Connection[Mention]
	MentionEdge             = Edge[Mention]
	ParticipationConnection = Connection[Participation]
	ParticipationEdge       = Edge[Participation]
)

// connect reads a page of a sequence that continues behind a cursor.
func connect[S, T any](seq func(after string) sequence[S], first int, after *string, as func(S) T) (*Connection[T], error) {
	if err := PageSize(first); err != nil {
		return nil, err
	}
	from := ""
	if after != nil {
		from = *after
	}
	c := &Connection[T]{edges: make([]Edge[T], 0, min(first, 20))}
	more := false
	for at, err := range seq(from) {
		if err != nil {
			return nil, err
		}
		if len(c.edges) == first {
			more = true
			break
		}
		c.edges = append(c.edges, Edge[T]{at.Cursor, as(at.Value)})
	}
	c.around(from, more)
	c.total = func(ctx context.Context) (int, error) { return count(ctx, seq("")) }
	return c, nil
}

// around notes where the page begins and ends.
func (c *Connection[T]) around(from string, more bool) {
	c.info.HasNextPage, c.info.HasPreviousPage = more, from != ""
	if last := len(c.edges) - 1; last >= 0 {
		c.info.StartCursor, c.info.EndCursor = &c.edges[0].Cursor, &c.edges[last].Cursor
	}
}

// count counts a sequence to its end.
func count[T any](ctx context.Context, seq sequence[T]) (n int, err error) {
	for _, err := range seq {
		if err != nil {
			return 0, err
		}
		n++
	}
	return n, ctx.Err()
}

// Nodes is the page as a flat list.
func (c *Connection[T]) Nodes() []T {
	list := make([]T, len(c.edges))
	for i, e := range c.edges {
		list[i] = e.Node
	}
	return list
}

// Edges is the page with cursors.
func (c *Connection[T]) Edges() []Edge[T] { return c.edges }

// PageInfo says whether there is more.
func (c *Connection[T]) PageInfo() PageInfo { return c.info }

// TotalCount counts the items of all pages.
func (c *Connection[T]) TotalCount(ctx context.Context) (int, error) { return c.total(ctx) }

// ProposalsLeftOut counts the proposals that only the lens keeps out.
func (c *Connection[T]) ProposalsLeftOut(ctx context.Context) (int, error) { return c.leftOut(ctx) }
