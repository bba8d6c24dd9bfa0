package index

import (
	"context"
	"strings"
	"testing"

	"lotigraph/record"
)

// TestRestated says queries back.
func TestRestated(t *testing.T) {
	s := snapshot(t, follow(t, "", readRecords(t)))
	find := func(_ context.Context, key Key, name string) ([]record.ID, []string, error) {
		if key == ByBorough && strings.EqualFold(name, "camden") {
			return []record.ID{"borough:camden"}, []string{"Camden"}, nil
		}
		return nil, nil, nil
	}
	links := newLinks(s, map[record.ID]Linked{
		"weeknote:loti-weeknote-70":            {Records: []record.ID{"borough:camden"}},
		"weeknote:digital-inclusion-in-camden": {Records: []record.ID{"borough:camden"}},
	})
	sc := s.Scope(nil, nil, links, record.PartialDate{})
	for text, want := range map[string]string{
		"":                                      "28 records, by name",
		"kind:weeknote borough:camden playbook": "1 text that mentions Camden and contains “playbook”",
		"kind:texts borough:camden":             "2 texts that mention Camden, by name",
		"borough:camden before:2021":            "1 record that mentions or is linked with Camden and is dated before 2021",
		"after:2020-12 kind:text":               "3 texts that are dated after December 2020, by name",
		"kind:blog":                             "2 blogs, by name",
		"camden NOT playbook":                   "2 records that contain “camden” and do not contain “playbook”, by name",
		"(brent OR sensors) london":             "1 record that contains either “brent” or “sensors” and contains “london”",
		"theme:data":                            "2 records that are about the theme data, by name",
		"year:1999":                             "No records that are dated 1999",
		"-borough:camden kind:weeknote":         "4 texts that do not mention Camden, by name",
		"form:weeknote -borough:camden":         "1 weeknote that does not mention Camden",
		"playbok":                               "4 records that contain “playbok” (or, likelier, “playbook”), by name",
		"-borough:camden sensors":               "2 records that neither mention nor are linked with Camden and contain “sensors”, by name",
		"kind:person borough:camden":            "No people who are linked with Camden",
		"borough:camden borough:Camden":         "2 records that mention or are linked with Camden, by name",
		"kind:borough kind:person":              "No boroughs that are also people",
		"latest blogs":                          "2 blogs, by name", // an order that is asked for otherwise holds
		"blogs and weeknotes":                   "4 records that are a blog or a weeknote (or say “blogs” and “weeknotes”), by name",
		"brent blogs, decks and weeknotes":      "1 record that contains “brent” and is a blog, a deck or a weeknote (or says “blogs” and “decks” and “weeknotes”)",
		"latest blogs and weeknotes":            "4 records that are a blog or a weeknote (or say “blogs” and “weeknotes”), by name",
		"london NOT blogs":                      "8 records that contain “london” and are not blogs and do not say “blogs”, by name",
		"brent -weeknotes":                      "1 record that contains “brent” and is not a weeknote and does not say “weeknotes”",
		"london NOT 2020":                       "8 records that contain “london” and are not from 2020 and do not say “2020”, by name",
		"???":                                   "Nothing was found, as there is no word to search for",
	} {
		r, err := s.Search(t.Context(), Query{Text: text, Find: find, Scope: sc, First: 5, Order: NameOrder})
		if err != nil {
			t.Fatal(err)
		}
		if r.Restated != want {
			t.Errorf("%q: %s\n\twant %s", text, r.Restated, want)
		}
	}
}
