package view_test

import (
	"testing"

	"lotigraph/index"
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

// TestSearchByAuthor: "by" with a name asks for what somebody wrote, and with
// anything else is a word.
func TestSearchByAuthor(t *testing.T) {
	v := seeded(t)
	for typed, want := range map[string]string{
		"weeknotes by eddie in 2020":        "3 records that were written by Eddie Copeland and are weeknotes (or say “weeknotes”) and are from 2020 or say “2020”, newest first",
		"weeknotes by eddie about recovery": "3 records that were written by Eddie Copeland and are weeknotes (or say “weeknotes”) and contain “recovery”, newest first",
		"weeknotes by nobody":               "No records that are weeknotes (or say “weeknotes”) and contain “nobody”",
	} {
		r, err := v.Search(t.Context(), record.Lens{}, view.Request{Text: typed, First: 5, Order: index.NewestFirst})
		if err != nil || r.Restated != want || len(r.Ignored) > 0 {
			t.Errorf("%q: %q, %q (%v), want %q", typed, r.Restated, r.Ignored, err, want)
		}
	}
}
