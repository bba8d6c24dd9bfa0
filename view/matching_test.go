package view_test

import (
	"testing"

	"lotigraph/record"
	"lotigraph/view"
)

// What a search counts is what it finds in all, whatever is asked.
func TestMatchingIsWholeSearch(t *testing.T) {
	v := seeded(t)
	for _, text := range []string{"", "borough:camden", "digital year:2021", "kind:project data", "nothingofthesort"} {
		for _, l := range []record.Lens{{}, {Proposed: true}, {AsOf: record.PartialDate{Year: 2021, Month: 6, Day: 1}}} {
			ids, said, err := v.Matching(t.Context(), l, view.Request{Text: text})
			if err != nil {
				t.Fatal(err)
			}
			one, err := v.Search(t.Context(), l, view.Request{Text: text, First: 1})
			if err != nil {
				t.Fatal(err)
			}
			if len(ids) != one.Total || said == "" {
				t.Errorf("%q finds %d records (%s) and counts %d (%s)", text, len(ids), said, one.Total, one.Restated)
			}
			for _, hit := range one.Hits {
				if !ids[hit.ID] {
					t.Errorf("%q: %s is missing", text, hit.ID)
				}
			}
		}
	}
}
