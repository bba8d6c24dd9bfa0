package view

import (
	"context"
	"errors"
	"strings"

	"lotigraph/index"
	"lotigraph/record"
)

// addressed answers a request whose text is an address, pasted from a browser, with
// the text that was published there; ok is false when it is none or may not be
// seen.
func (v *View) addressed(ctx context.Context, l record.Lens, q index.Query) (found index.Result, ok bool, err error) {
	typed := strings.TrimSpace(q.Text)
	_, rest, ok := strings.Cut(typed, "://")
	if !ok || strings.ContainsAny(typed, " \n\t") {
		return index.Result{}, false, nil
	}
	rest = strings.TrimRight(rest, "/")
	for _, source := range [...]string{typed, "https://" + rest + "/", "https://" + rest, "http://" + rest + "/", "http://" + rest} {
		id, err := v.published(ctx, l, source)
		if err != nil {
			return index.Result{}, false, err
		}
		if id == "" {
			continue
		}
		q.Text, q.Only, q.Explain = "", map[record.ID]bool{id: true}, false
		found, err := v.Index.Search(ctx, q)
		if err != nil || found.Total == 0 {
			return index.Result{}, false, err
		}
		found.Restated = "1 text that was published at " + typed
		for i := range found.Hits {
			found.Hits[i].Why = []string{"It was published at the address that was typed."}
		}
		return found, true, nil
	}
	return index.Result{}, false, nil
}

// published is the text from a source, as the lens shows it; "" when there is none.
func (v *View) published(ctx context.Context, l record.Lens, source string) (record.ID, error) {
	node, _, err := v.Graph.BySource(ctx, source)
	if err == nil {
		node, err = v.Graph.Node(ctx, record.Lens{Viewer: l.Viewer}, node.ID)
	}
	if errors.Is(err, record.ErrNotFound) {
		return "", nil
	}
	return node.ID, err
}
