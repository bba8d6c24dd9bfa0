// Package answer is what the API hands out: records, links, pages and reports,
// in the shapes of schema.graphqls.
//
// Every value carries the [Reader] it was read through: one view of the data
// and one lens. So a field inside a field reads from the same view as the field
// above it and inherits its lens, with nothing kept on the side; and what a
// mutation returns can be read from a newer view than the rest.
//
// The generated code binds to these types by name: an exported method is a
// field of the schema. Logic lives below, in graph, index and view.
//
// Invariant: nothing in here is read without the lens of its reader.
package answer

import (
	"context"
	"errors"

	"lotigraph/record"
	"lotigraph/view"
)

// Reader reads one view through one lens.
type Reader struct {
	View *view.View
	Lens record.Lens
}

// Lens is the lens that a field was given. Who is looking is not part of it.
type Lens struct {
	AsOf     record.PartialDate
	Proposed bool
}

// Through is the reader with the lens that a field was given, or the reader
// itself when the field was given none.
func (r Reader) Through(l *Lens) Reader {
	if l != nil {
		r.Lens.AsOf, r.Lens.Proposed = l.AsOf, l.Proposed
	}
	return r
}

// Node reads a record; ErrNotFound when there is none that the viewer may see.
func (r Reader) Node(ctx context.Context, id record.ID) (Node, error) {
	n, err := r.View.Graph.Node(ctx, r.Lens, id)
	if err != nil {
		return nil, err
	}
	return r.wrap(n), nil
}

// Nodes reads records in the order of their ids, nil where there is none.
func (r Reader) Nodes(ctx context.Context, ids []record.ID) ([]Node, error) {
	list := make([]Node, len(ids))
	for i, id := range ids {
		n, err := r.Node(ctx, id)
		if err != nil && !errors.Is(err, record.ErrNotFound) {
			return nil, err
		}
		list[i] = n
	}
	return list, nil
}

// Find reads the records that go by a name, the best fit first.
func (r Reader) Find(ctx context.Context, name string, kinds []record.Kind) ([]Node, error) {
	found, err := r.View.Graph.Find(ctx, r.Lens, name, kinds...)
	list := make([]Node, len(found))
	for i, n := range found {
		list[i] = r.wrap(n)
	}
	return list, err
}

// one reads a record of a kind that the caller knows.
func one[T Node](ctx context.Context, r Reader, id record.ID) (T, error) {
	n, err := r.Node(ctx, id)
	if err != nil {
		var none T
		return none, err
	}
	return n.(T), nil
}

// filled is s, or nothing when it is empty.
func filled(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
