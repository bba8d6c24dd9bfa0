package page

import (
	"strings"
	"testing"

	"lotigraph/record"
)

// What is shown first of a link is the sentence of the newest text, as the tables of
// answers name it; what is gone from its text comes last.
func TestNewestSentenceFirst(t *testing.T) {
	proof := func(quote, date string, gone bool) Proof {
		d, err := record.ParsePartialDate(date)
		if err != nil {
			t.Fatal(err)
		}
		return Proof{Quote: quote, Superseded: gone, day: d}
	}
	s := Statement{Proofs: []Proof{proof("undated", "", false), proof("2020", "2020-11-30", false), proof("gone", "2023", true), proof("another undated", "", false), proof("2021", "2021", false)}}
	s.newestFirst()
	var got []string
	for _, p := range s.Proofs {
		got = append(got, p.Quote)
	}
	if want := "2021, 2020, undated, another undated, gone"; strings.Join(got, ", ") != want {
		t.Errorf("in the order %q, want %s", got, want)
	}
}
