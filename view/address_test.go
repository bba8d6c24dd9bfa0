package view_test

import (
	"testing"

	"lotigraph/record"
	"lotigraph/view"
)

// TestSearchForAddress: an address, as a browser has it, finds the text that was
// published there, and nothing else; another finds what its words find.
func TestSearchForAddress(t *testing.T) {
	v := seeded(t)
	for typed, want := range map[string]record.ID{
		"https://loti.london/blog/weeknote53/":              "weeknote:loti-weeknote-53",
		" http://loti.london/blog/weeknote53 ":              "weeknote:loti-weeknote-53",
		"https://loti.london/blog/weeknote-6-of-2022/":      "weeknote:weeknote-6-of-2022",
		"https://loti.london/blog/no-such-weeknote-at-all/": "",
	} {
		r, err := v.Search(t.Context(), record.Lens{}, view.Request{Text: typed, First: 5, Snippets: 1, Explain: true})
		if err != nil {
			t.Fatal(err)
		}
		if want == "" && r.Total == 0 {
			continue
		}
		if r.Total != 1 || r.Hits[0].ID != want || len(r.Hits[0].Snippets) != 1 || r.Hits[0].Why[0] != "It was published at the address that was typed." {
			t.Errorf("%s finds %d: %v, want %s", typed, r.Total, r.Hits, want)
		}
	}
	if r, err := v.Search(t.Context(), record.Lens{AsOf: record.PartialDate{Year: 2019, Month: 8, Day: 1}}, view.Request{Text: "https://medium.com/loti/loti-weeknote-41-6c5c62e8a94a", First: 5}); err != nil || r.Total != 0 {
		t.Errorf("as of a day before it, the address finds %d: %v", r.Total, err)
	}
}
