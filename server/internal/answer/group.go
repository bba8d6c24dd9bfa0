package answer

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/view"
)

// Group is a row of a chart: what is found with the same values.
type Group struct {
	in    Reader
	group view.Group
}

// GroupBy groups what a search with the filter finds.
func (r Reader) GroupBy(ctx context.Context, by []index.GroupKey, distinct index.Key, query string, f *SearchFilter) ([]Group, error) {
	if len(query) > maxQuery {
		return nil, record.Invalid("query", "%d bytes are more than the %d allowed", len(query), maxQuery)
	}
	q := view.Request{Text: query}
	if f != nil {
		q.Kinds, q.Forms, q.From, q.To, q.Choices = f.Kinds, f.Forms, f.From, f.To, f.choices()
	}
	found, err := r.View.GroupBy(ctx, r.Lens, q, index.Grouping{By: by, Distinct: distinct})
	list := make([]Group, len(found))
	for i, g := range found {
		list[i] = Group{r, g}
	}
	return list, err
}

// at is the value of the first key or the second; the zero value where there is
// no second one.
func (g Group) at(i int) view.GroupValue {
	if i >= len(g.group.Values) {
		return view.GroupValue{}
	}
	return g.group.Values[i]
}

// record is the record that a value is; nil where it is none.
func (g Group) record(ctx context.Context, i int) (Node, error) {
	if id := g.at(i).ID; id != "" {
		return g.in.Node(ctx, id)
	}
	return nil, nil
}

// Key is the first key.
func (g Group) Key() index.GroupKey { return g.at(0).Key }

// Value is the value of the first key.
func (g Group) Value() *string { return filled(g.at(0).Value) }

// Label is how it is called.
func (g Group) Label() string { return g.at(0).Label }

// Node is the record that it is.
func (g Group) Node(ctx context.Context) (Node, error) { return g.record(ctx, 0) }

// SecondKey is the second key.
func (g Group) SecondKey() *index.GroupKey {
	if len(g.group.Values) < 2 {
		return nil
	}
	key := g.at(1).Key
	return &key
}

// SecondValue is the value of the second key.
func (g Group) SecondValue() *string { return filled(g.at(1).Value) }

// SecondLabel is how it is called.
func (g Group) SecondLabel() *string { return filled(g.at(1).Label) }

// SecondNode is the record that it is.
func (g Group) SecondNode(ctx context.Context) (Node, error) { return g.record(ctx, 1) }

// Count is how many there are.
func (g Group) Count() int { return g.group.Count }

// MarshalGroupKey writes a key.
func MarshalGroupKey(k index.GroupKey) graphql.Marshaler { return word(strings.ToUpper(k.String())) }

// UnmarshalGroupKey reads a key.
func UnmarshalGroupKey(v any) (index.GroupKey, error) {
	return read(v, func(s string) (index.GroupKey, error) {
		for _, k := range index.GroupKeys() {
			if strings.EqualFold(s, k.String()) {
				return k, nil
			}
		}
		return 0, record.Invalid("", "%q is not a key", s)
	})
}

// measureOf is what each measure counts the different records of.
func measureOf() map[string]index.Key {
	return map[string]index.Key{"COUNT": 0, "DISTINCT_BOROUGHS": index.ByBorough, "DISTINCT_PARTNERS": index.ByPartner,
		"DISTINCT_PROJECTS": index.ByProject, "DISTINCT_PEOPLE": index.ByPerson}
}

// MarshalMeasure writes what is counted.
func MarshalMeasure(k index.Key) graphql.Marshaler {
	for name, key := range measureOf() {
		if key == k {
			return word(name)
		}
	}
	return graphql.Null
}

// UnmarshalMeasure reads what is counted.
func UnmarshalMeasure(v any) (index.Key, error) {
	return read(v, func(s string) (index.Key, error) {
		if k, ok := measureOf()[s]; ok {
			return k, nil
		}
		return 0, record.Invalid("", "%q is not a measure", s)
	})
}
