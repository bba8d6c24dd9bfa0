package view

import (
	"context"

	"lotigraph/index"
	"lotigraph/record"
)

// Group is what a search finds with the same values of one key or two, as a row
// that a chart can take.
type Group struct {
	Values []GroupValue // one for each key
	Count  int          // of what is found, or of the different records that were to be counted
}

// GroupValue is a value of a key and how it is called.
type GroupValue struct {
	Key   index.GroupKey
	Value string    // as the filter of a search takes it; "" for what has none
	ID    record.ID // the record that the value is, "" where it is none
	Label string
}

// GroupBy groups what a search finds. Of the request it heeds what narrows it, no
// order, page, facets or snippets. Each record found is in one group for every
// value that it has of the key, or in that without a value: by a key of which a
// record has one at the most (kind, form, year, quarter, month) the groups add up
// to the search's total.
func (v *View) GroupBy(ctx context.Context, l record.Lens, r Request, g index.Grouping) ([]Group, error) {
	if len(g.By) == 0 {
		return nil, record.Invalid("by", "name one key or two")
	}
	r.Order, r.First, r.After, r.Snippets, r.Facets, r.Explain, r.grouping = index.BestFirst, 1, "", 0, nil, false, g
	found, err := v.Search(ctx, l, r)
	if err != nil {
		return nil, err
	}
	list := make([]Group, len(found.groups))
	for i, group := range found.groups {
		list[i].Count = group.Count
		for k, value := range group.Values {
			shown, err := v.groupValue(ctx, l, g.By[k], value)
			if err != nil {
				return nil, err
			}
			list[i].Values = append(list[i].Values, shown)
		}
	}
	return list, nil
}

func (v *View) groupValue(ctx context.Context, l record.Lens, k index.GroupKey, value string) (GroupValue, error) {
	shown := GroupValue{Key: k, Value: value, Label: value}
	switch {
	case value == "":
		shown.Label = "none"
		return shown, nil
	case k.Timely():
		if value == index.NoDate {
			shown.Label = "no date"
			if k != index.GroupKey(index.ByYear) {
				shown.Label = "no exact date"
			}
		}
		return shown, nil
	case k.Kind() != 0:
		shown.ID = record.ID(value)
	}
	label, err := v.label(ctx, l, index.Key(k), index.FacetValue{Value: value, ID: shown.ID})
	shown.Label = label
	return shown, err
}
