package view

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"lotigraph/index"
	"lotigraph/record"
)

// Request is a search as a reader asks for it; who may see what is the lens's
// business.
type Request struct {
	Text     string             // what was typed, in the language of docs/search.md; "" lists everything
	Prefix   bool               // whether the last word is still being typed
	Kinds    []record.Kind      // none means every kind
	Forms    []record.Form      // of texts; none means every form
	Choices  []index.Choice     // restrictions that must all hold; Values are names or ids where a key names records
	From, To record.PartialDate // texts whose date may lie between these days; other records have none
	Order    index.Order
	First    int         // how many hits at the most
	After    string      // the cursor of the hit behind which to go on
	Snippets int         // how many passages to show per hit
	Facets   []index.Key // what to count the results by
	Values   int         // how many values a facet has at the most, those chosen beside; 0 means all
	Explain  bool        // whether hits say why they are there

	grouping index.Grouping
}

// Hit is a record found, with why.
type Hit struct {
	index.Hit
	Node record.Node
}

// Facet is what the results have of one key, the commonest value first.
type Facet struct {
	Key    index.Key
	Values []FacetValue
	More   int // values that are left out
}

// FacetValue is a value, how it is called, and how many results it would leave.
type FacetValue struct {
	index.FacetValue
	Label string
}

// Result is a page of hits.
type Result struct {
	Total   int // of all that match and may be seen
	Hits    []Hit
	HasNext bool

	Facets     []Facet
	Restated   string       // the query in plain English
	Ignored    []string     // what of the query was left out, as sentences
	DidYouMean string       // "" where nothing looks misspelt
	Instead    []index.Hint // where nothing was found: what to leave out
	Order      index.Order  // of the hits: the one asked for, unless the text asks for another
	Refreshed  bool         // the results have changed since the page before

	groups []index.Group
}

// Search finds records under the lens: what the viewer may not see is neither
// shown nor counted, and texts dated after the lens's day are not searched. A
// choice of what nobody is called is [record.ErrNotFound].
func (v *View) Search(ctx context.Context, l record.Lens, r Request) (Result, error) {
	if err := l.Validate(); err != nil {
		return Result{}, err
	}
	q := index.Query{Text: r.Text, Prefix: r.Prefix, Kinds: r.Kinds, Forms: r.Forms, Choices: r.Choices, From: r.From, To: r.To,
		Order: r.Order, First: r.First, After: r.After, Snippets: r.Snippets, Facets: r.Facets, Values: r.Values, Explain: r.Explain, Grouping: r.grouping}
	var err error
	if q.Scope, err = v.scope(ctx, l, q.NeedsLinks()); err != nil {
		return Result{}, err
	}
	if q.Choices, err = v.choices(ctx, l, q.Scope, r.Choices); err != nil {
		return Result{}, err
	}
	q.Find = v.finder(l, q.Scope)
	found, ok, err := v.addressed(ctx, l, q)
	if err == nil && !ok {
		found, err = v.Index.Search(ctx, q)
	}
	if err != nil {
		return Result{}, err
	}
	if found.HasNext && found.Order == index.BestFirst {
		v.paged.Store(time.Now().UnixNano())
	}
	result := Result{Total: found.Total, HasNext: found.HasNext, Restated: found.Restated, Ignored: found.Ignored,
		DidYouMean: found.DidYouMean, Instead: found.Instead, Order: found.Order, Refreshed: found.Refreshed, groups: found.Groups}
	for _, hit := range found.Hits {
		node, err := v.shown(ctx, l, hit.ID)
		if err != nil {
			return Result{}, err
		}
		result.Hits = append(result.Hits, Hit{hit, node})
	}
	result.Facets, err = v.facets(ctx, l, found.Facets)
	return result, err
}

// shown is a record that the index found.
func (v *View) shown(ctx context.Context, l record.Lens, id record.ID) (record.Node, error) {
	node, err := v.Graph.Node(ctx, record.Lens{Viewer: l.Viewer}, id)
	if err != nil {
		return node, fmt.Errorf("the index found %s, which the graph does not show: %v", id, err)
	}
	return node, nil
}

// finder says which records a name stands for under the lens.
func (v *View) finder(l record.Lens, scope *index.Scope) func(context.Context, index.Key, string) ([]record.ID, []string, error) {
	return func(ctx context.Context, key index.Key, name string) (ids []record.ID, labels []string, err error) {
		nodes, err := v.called(ctx, l, scope, key, name)
		for _, node := range nodes {
			ids, labels = append(ids, node.ID), append(labels, node.Name)
		}
		return ids, labels, err
	}
}

// called are the records of a key that go by the name; where none does, those of
// which it is a part, and else the one that it begins or nearly is.
func (v *View) called(ctx context.Context, l record.Lens, scope *index.Scope, key index.Key, name string) ([]record.Node, error) {
	nodes, err := v.Graph.Find(ctx, l, name, key.Kind())
	if err != nil {
		return nil, err
	}
	folded := record.Fold(name)
	whole := slices.DeleteFunc(slices.Clone(nodes), func(n record.Node) bool {
		return string(n.ID) != name && !slices.ContainsFunc(n.Names(), func(s string) bool { return record.Fold(s) == folded })
	})
	if len(whole) > 0 {
		return whole, nil
	}
	if len(nodes) > 0 {
		return nodes, nil
	}
	if id := record.NewID(key.Kind(), name); id.Validate() == nil {
		node, err := v.Graph.Node(ctx, record.Lens{Viewer: l.Viewer}, id)
		if err == nil {
			return []record.Node{node}, nil
		}
		if !errors.Is(err, record.ErrNotFound) {
			return nil, err
		}
	}
	near, err := scope.Suggest(ctx, name, []record.Kind{key.Kind()}, 2)
	if err != nil || len(near) != 1 {
		return nil, err
	}
	node, err := v.shown(ctx, l, near[0].ID)
	return []record.Node{node}, err
}

// choices finds the records that choices name.
func (v *View) choices(ctx context.Context, l record.Lens, scope *index.Scope, given []index.Choice) ([]index.Choice, error) {
	list := slices.Clone(given)
	for i := range list {
		c := &list[i]
		if c.Key.Kind() == 0 {
			continue
		}
		c.Records, c.Labels = slices.Clone(c.Records), slices.Clone(c.Labels)
		for _, name := range c.Values {
			nodes, err := v.called(ctx, l, scope, c.Key, name)
			if err != nil {
				return nil, err
			}
			if len(nodes) == 0 {
				return nil, &record.Refusal{Class: record.ErrNotFound, Field: "filter." + c.Key.String(),
					Reason: "no " + c.Key.Kind().Label() + " is called \"" + name + "\"; search for it to see how it is spelt"}
			}
			for _, node := range nodes {
				c.Records, c.Labels = append(c.Records, node.ID), append(c.Labels, node.Name)
			}
		}
	}
	return list, nil
}

// facets gives the values that are shown their names.
func (v *View) facets(ctx context.Context, l record.Lens, counted []index.Facet) ([]Facet, error) {
	var list []Facet
	for _, f := range counted {
		shown := Facet{Key: f.Key, More: f.More}
		for _, value := range f.Values {
			label, err := v.label(ctx, l, f.Key, value)
			if err != nil {
				return nil, err
			}
			shown.Values = append(shown.Values, FacetValue{value, label})
		}
		list = append(list, shown)
	}
	return list, nil
}

// label is how a value is called.
func (v *View) label(ctx context.Context, l record.Lens, key index.Key, value index.FacetValue) (string, error) {
	switch {
	case value.ID != "":
		node, err := v.shown(ctx, l, value.ID)
		return node.Name, err
	case key == index.ByKind:
		kind, err := record.ParseKind(value.Value)
		return index.KindLabel(kind), err
	case key == index.ByForm:
		return record.Form(value.Value).Label(), nil
	case key == index.ByYear && value.Value == index.NoDate:
		return "no date", nil
	}
	return value.Value, nil
}

// Suggestion is a record that what is being typed may go on to.
type Suggestion struct {
	index.Suggestion
	Node record.Node
}

// Suggest completes what is being typed to at most n records of each kind (none
// means all), as the lens shows them, kind by kind, that of the likeliest first.
func (v *View) Suggest(ctx context.Context, l record.Lens, typed string, kinds []record.Kind, n int) ([]Suggestion, error) {
	if err := l.Validate(); err != nil {
		return nil, err
	}
	scope, err := v.scope(ctx, l, false)
	if err != nil {
		return nil, err
	}
	found, err := scope.Suggest(ctx, typed, kinds, n)
	if err != nil {
		return nil, err
	}
	list := make([]Suggestion, len(found))
	for i, s := range found {
		node, err := v.shown(ctx, l, s.ID)
		if err != nil {
			return nil, err
		}
		list[i] = Suggestion{s, node}
	}
	return list, nil
}
