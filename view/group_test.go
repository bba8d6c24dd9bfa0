package view_test

import (
	"slices"
	"strings"
	"testing"

	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/view"
)

func grouped(t *testing.T, v *view.View, l record.Lens, r view.Request, distinct index.Key, by ...index.GroupKey) []view.Group {
	t.Helper()
	got, err := v.GroupBy(t.Context(), l, r, index.Grouping{By: by, Distinct: distinct})
	if err != nil {
		t.Fatalf("group %+v by %v: %v", r, by, err)
	}
	return got
}

// checkGroups holds the laws of groups: those by a key of which a record has one
// value add up to the search's total; those by any other key are the facet's
// counts; those by two keys add up to those by one; and different records are
// counted as a search narrowed to the group counts them.
func checkGroups(t *testing.T, v *view.View, l record.Lens, r view.Request) {
	t.Helper()
	found := search(t, v, l, r)
	asks := func(k index.Key) bool {
		return strings.Contains(r.Text, k.String()+":") || slices.ContainsFunc(r.Choices, func(c index.Choice) bool { return c.Key == k })
	}
	single := []index.GroupKey{index.GroupKey(index.ByKind), index.GroupKey(index.ByForm), index.GroupKey(index.ByYear), index.ByQuarter, index.ByMonth}
	for _, by := range single {
		sum := 0
		for _, g := range grouped(t, v, l, r, 0, by) {
			sum += g.Count
		}
		if sum != found.Total {
			t.Errorf("version %d, %+v, %+v: groups by %s add up to %d of %d", v.Version(), l, r, by, sum, found.Total)
		}
	}
	for _, f := range found.Facets {
		if asks(f.Key) || asks(index.ByRole) {
			continue // a facet leaves its own choice out, groups do not; and which roles fit depends on what else is chosen
		}
		want := map[string]int{}
		for _, value := range f.Values {
			want[value.Value] = value.Count
		}
		parts := map[string]int{}
		for _, g := range grouped(t, v, l, r, 0, index.GroupKey(f.Key), index.ByMonth) {
			if f.Key == index.ByKind || g.Values[0].Value != "" {
				parts[g.Values[0].Value] += g.Count
			}
		}
		for _, g := range grouped(t, v, l, r, 0, index.GroupKey(f.Key)) {
			value := g.Values[0]
			if value.Value == "" {
				continue
			}
			if g.Count != want[value.Value] || parts[value.Value] != g.Count || value.Label == "" {
				t.Errorf("version %d, %+v, %+v: by %s, %q counts %d, by month too %d; the facet counts %d", v.Version(), l, r, f.Key, value, g.Count, parts[value.Value], want[value.Value])
			}
			delete(want, value.Value)
		}
		if len(want) > 0 {
			t.Errorf("version %d, %+v, %+v: by %s, %v are in no group", v.Version(), l, r, f.Key, want)
		}
	}
	if asks(index.ByKind) || asks(index.ByProject) || asks(index.ByRole) {
		return
	}
	for _, g := range grouped(t, v, l, r, index.ByProject, index.GroupKey(index.ByKind)) {
		one := r
		one.Choices = append(slices.Clone(r.Choices), index.Choice{Key: index.ByKind, Values: []string{g.Values[0].Value}})
		one.Facets = []index.Key{index.ByProject}
		if got := len(search(t, v, l, one).Facets[0].Values); got != g.Count {
			t.Errorf("version %d, %+v, %+v: %s has %d projects, and %d are found", v.Version(), l, r, g.Values[0].Label, g.Count, got)
		}
	}
}

// TestGroupOrder: time comes in its order, other values by how often, what has no
// value last.
func TestGroupOrder(t *testing.T) {
	v := seeded(t)
	l := record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}
	months := grouped(t, v, l, view.Request{}, 0, index.ByMonth)
	if n := len(months); n < 10 || months[n-1].Values[0].Label != "none" || months[n-2].Values[0].Label != "no exact date" {
		t.Fatalf("by month: got %v", months)
	}
	for i := range len(months) - 3 {
		if months[i].Values[0].Value >= months[i+1].Values[0].Value {
			t.Errorf("%v comes before %v", months[i], months[i+1])
		}
	}
	boroughs := grouped(t, v, l, view.Request{}, 0, index.GroupKey(index.ByBorough))
	for i := range len(boroughs) - 2 {
		if boroughs[i].Count < boroughs[i+1].Count {
			t.Errorf("%v comes before %v", boroughs[i], boroughs[i+1])
		}
	}
	for _, bad := range []index.Grouping{{By: []index.GroupKey{index.ByMonth, index.ByMonth}}, {By: make([]index.GroupKey, 3)}, {By: []index.GroupKey{200}}, {By: []index.GroupKey{index.ByMonth}, Distinct: index.ByYear}} {
		if got, err := v.GroupBy(t.Context(), l, view.Request{}, bad); err == nil {
			t.Errorf("grouped by %v: %v", bad, got)
		}
	}
}
