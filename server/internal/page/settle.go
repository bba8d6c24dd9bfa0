package page

import (
	"context"
	"net/url"
	"strings"

	"lotigraph/inbox"
	"lotigraph/record"
)

// Everything is what a source or rule has proposed, before it is settled at once.
type Everything struct {
	Says  string
	Items []Waiting
	More  int
	Kept  []Pair
	Back  string
}

// Everything shows what settling all of a source or rule would settle.
func (r Reader) Everything(ctx context.Context, in *inbox.Inbox, q url.Values) (Everything, error) {
	r.Lens.Proposed = true
	f, err := InboxFilter(q)
	if err != nil {
		return Everything{}, err
	}
	if f.Rule == "" && f.Source == "" {
		return Everything{}, record.Invalid("rule", "say of which rule or source; the inbox has links that do")
	}
	f.Sorts = []inbox.Sort{inbox.Link}
	items, err := in.Items(ctx, r.View.Graph, r.Lens.Viewer, f, "")
	if err != nil {
		return Everything{}, err
	}
	q = clean(q)
	e := Everything{Says: Count(len(items), "link", "links"), Kept: Pairs(q), Back: address{Reader{}, "/inbox", q}.here(), More: max(0, len(items)-100)}
	for _, item := range items[:min(len(items), 100)] {
		w, err := r.waiting(ctx, item)
		if err != nil {
			return e, err
		}
		e.Items = append(e.Items, w)
	}
	return e, nil
}

// One is a thing that waits, by its id; ErrNotFound when it was settled.
func (r Reader) One(ctx context.Context, in *inbox.Inbox, id string) (Waiting, error) {
	r.Lens.Proposed = true
	items, err := in.Items(ctx, r.View.Graph, r.Lens.Viewer, inbox.Filter{}, "")
	if err != nil {
		return Waiting{}, err
	}
	for _, item := range items {
		if item.ID == id {
			return r.waiting(ctx, item)
		}
	}
	return Waiting{}, record.NotFound("%q does not wait any more: somebody settled it, or its text was read again", id)
}

// Merge is what merging two records would do.
type Merge struct {
	From, Into Side
	Names      string
	Moves      []string
	Joins      string
	Refusal    string
	Swap       string // the same the other way round
}

// Merge previews a merge.
func (r Reader) Merge(ctx context.Context, in *inbox.Inbox, from, into record.ID) (Merge, error) {
	r.Lens.Proposed = true
	p, err := in.PreviewMerge(ctx, from, into)
	if err != nil {
		return Merge{}, err
	}
	m := Merge{Names: strings.Join(p.Names, "; "), Moves: linkWords(p.Moves), Refusal: p.Refusal, Swap: r.To("/inbox/merge", "from", string(into), "into", string(from))}
	if p.Joins > 0 {
		m.Joins = Count(p.Joins, "of them says what a link of the other says already, and will be one with it", "of them say what links of the other say already, and will be one with those")
	}
	m.From, err = r.side(ctx, p.From)
	if err != nil {
		return m, err
	}
	m.Into, err = r.side(ctx, p.Into)
	return m, err
}
