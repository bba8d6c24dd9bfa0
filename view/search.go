package view

import (
	"context"
	"fmt"

	"lotigraph/index"
	"lotigraph/record"
)

// Request is a search as a reader asks for it; who may see what is the lens's
// business.
type Request struct {
	Text     string        // what was typed; "" lists everything
	Kinds    []record.Kind // none means every kind
	Forms    []record.Form // of texts; none means every form
	First    int           // how many hits at the most
	After    string        // the cursor of the hit behind which to go on
	Snippets int           // how many passages to show per hit
}

// Hit is a record found, with why.
type Hit struct {
	index.Hit
	Node record.Node
}

// Result is a page of hits.
type Result struct {
	Total   int // of all that match and may be seen
	Hits    []Hit
	HasNext bool
}

// Search finds records under the lens: what the viewer may not see is neither
// shown nor counted, and texts dated after the lens's day are not searched.
func (v *View) Search(ctx context.Context, l record.Lens, r Request) (Result, error) {
	if err := l.Validate(); err != nil {
		return Result{}, err
	}
	hidden, err := v.Graph.Hidden(ctx, l)
	if err != nil {
		return Result{}, err
	}
	same, err := v.Graph.Redirects(l)
	if err != nil {
		return Result{}, err
	}
	found, err := v.Index.Search(ctx, index.Query{Text: r.Text, Kinds: r.Kinds, Forms: r.Forms, Hidden: hidden, Same: same,
		Until: l.AsOf, First: r.First, After: r.After, Snippets: r.Snippets})
	if err != nil {
		return Result{}, err
	}
	result := Result{Total: found.Total, HasNext: found.HasNext}
	for _, hit := range found.Hits {
		node, err := v.Graph.Node(ctx, record.Lens{Viewer: l.Viewer}, hit.ID)
		if err != nil {
			return Result{}, fmt.Errorf("the index found %s, which the graph does not show: %v", hit.ID, err)
		}
		result.Hits = append(result.Hits, Hit{hit, node})
	}
	return result, nil
}
