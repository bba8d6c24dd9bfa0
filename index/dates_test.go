package index

import (
	"testing"

	"lotigraph/record"
)

// TestDates reads dates among words, and what only looks like one.
func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"weeknotes from november 2020": "are from November 2020 or say “november 2020”",
		"30 November 2020":             "are from 30 November 2020 or say “30 November 2020”",
		"the 30th of nov 2020":         "are from 30 November 2020 or say “30th of nov 2020”",
		"November 30th, 2020":          "are from 30 November 2020 or say “November 30th, 2020”",
		"2020-11-30":                   "are from 30 November 2020 or say “2020-11-30”",
		"2020-11":                      "are from November 2020 or say “2020-11”",
		"30/11/2020":                   "are from 30 November 2020 or say “30/11/2020”",
		"30.11.2020 camden":            "are from 30 November 2020 or say “30.11.2020”",
		"iot in 2019":                  "are from 2019 or say “2019”",
		"iot 2019-2021":                "are from 2019 to 2021 or say “2019-2021”",
		"projects since 2022":          "are from 2022 or later or say “since 2022”",
		"before May 2021":              "are from before May 2021 or say “before May 2021”",
		"camden after 3 may 2021":      "are from after 3 May 2021 or say “after 3 may 2021”",
		"until 2020":                   "are from 2020 or earlier or say “until 2020”",
		"what happened in sept 2019":   "are from September 2019 or say “sept 2019”",
		"30 February 2020":             "are from February 2020 or say “February 2020”",
		"31/02/2020":                   "are from 2020 or say “2020”",
		"weeknote 46":                  "",
		"November":                     "",
		"may playbook":                 "",
		"12020":                        "",
		"2021-2019":                    "",
		`"november 2020"`:              "",
	} {
		said := ""
		var walk func(n *node)
		walk = func(n *node) {
			if n.op == isMeant && n.field.Key == After {
				said = n.field.saysMeant()
			}
			for _, kid := range n.kids {
				walk(kid)
			}
		}
		walk(parse(text, true).root)
		if said != want {
			t.Errorf("%q: %q, want %q", text, said, want)
		}
	}
}

// TestDatesFind: a date finds the texts of that time and what says so, and is
// still a part of names.
func TestDatesFind(t *testing.T) {
	day := newText("weeknote:a", "Notes", "Camden met us.")
	month := newText("weeknote:b", "More notes", "Camden and Brent met us.")
	year := newText("weeknote:c", "Week 3 of 2020", "Camden again.")
	page := newText("weeknote:d", "A page", "Camden joined on 30 November 2020 and left in May.")
	l := log{day, month, year, page}
	for i, date := range []string{"2020-11-30", "2020-11", "2020", ""} {
		var err error
		if l[i].Node.Weeknote.Date, err = record.ParsePartialDate(date); err != nil {
			t.Fatal(err)
		}
		l[i].Number = uint64(i + 1)
	}
	s := snapshot(t, follow(t, "", l))
	for text, want := range map[string]string{
		"camden 30 november 2020":     "weeknote:a weeknote:b weeknote:d weeknote:c",
		"camden in november 2020":     "weeknote:a weeknote:b weeknote:c weeknote:d",
		"brent nov 2020":              "weeknote:b",
		"camden 2019":                 "",
		"week 3 of 2020":              "weeknote:c",
		"camden NOT november 2020":    "",
		"what did brent do in 2020":   "weeknote:b",
		"camden before december 2020": "weeknote:a weeknote:b weeknote:c",
	} {
		if got := ids(find(t, s, Query{Text: text})); got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}
