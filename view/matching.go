package view

import (
	"context"

	"lotigraph/index"
	"lotigraph/record"
)

// matchingPage is how many hits are read at once where all are wanted.
const matchingPage = 1000

// Matching finds every record that a search finds, and says the search back in
// plain English. The order, page and extras of the request play no part.
func (v *View) Matching(ctx context.Context, l record.Lens, r Request) (ids map[record.ID]bool, restated string, err error) {
	r = Request{Text: r.Text, Kinds: r.Kinds, Forms: r.Forms, Choices: r.Choices, From: r.From, To: r.To, Order: index.NameOrder, First: matchingPage}
	ids = map[record.ID]bool{}
	for {
		page, err := v.Search(ctx, l, r)
		if err != nil {
			return nil, "", err
		}
		for _, hit := range page.Hits {
			ids[hit.ID] = true
			r.After = hit.Cursor
		}
		if !page.HasNext || len(page.Hits) == 0 {
			return ids, page.Restated, nil
		}
	}
}
