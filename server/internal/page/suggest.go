package page

import (
	"context"
	"slices"

	"lotigraph/index"
	"lotigraph/record"
)

// Suggested is the records of one kind that what is being typed may go on to.
type Suggested struct {
	Kind    string            `json:"kind"`
	Records []SuggestedRecord `json:"records"`
}

// SuggestedRecord is one of them.
type SuggestedRecord struct {
	Name string `json:"name"`
	Note string `json:"note,omitempty"` // by which other name it was found
	Href string `json:"href"`
	ID   string `json:"id"`
}

// Suggest is what is being typed may go on to, by kind, the kind of the best fit
// first.
func (r Reader) Suggest(ctx context.Context, typed string, kinds []record.Kind) ([]Suggested, error) {
	const most = 8
	found, err := r.View.Suggest(ctx, r.Lens, typed, kinds, most)
	list := []Suggested{}
	for _, f := range found {
		kind := index.KindLabel(f.Node.Kind())
		at := slices.IndexFunc(list, func(s Suggested) bool { return s.Kind == kind })
		if at < 0 {
			at, list = len(list), append(list, Suggested{Kind: kind})
		}
		one := SuggestedRecord{Name: f.Node.Name, Href: r.To(At(f.Node.ID)), ID: string(f.Node.ID)}
		for _, alias := range f.Node.Aliases {
			if f.Alias != "" && record.Fold(alias) == f.Alias {
				one.Note = "also called " + alias
			}
		}
		list[at].Records = append(list[at].Records, one)
	}
	return list, err
}
