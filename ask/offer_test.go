package ask_test

import (
	"slices"
	"testing"
)

// A name that others go on from, and a theme named in part, lead to what may have
// been meant.
func TestOffers(t *testing.T) {
	a := seeded(t)
	for question, want := range map[string]string{
		"Which projects is Bloomberg in?":                       "Which projects did Bloomberg Associates take part in?",
		"Which boroughs have not joined any data project?":      "Which boroughs have not joined any data sharing project?",
		"Which boroughs have not joined any inclusion project?": "Which boroughs are in any digital inclusion project?",
	} {
		if got := asked(t, a, question); !slices.Contains(got.OtherReadings, want) {
			t.Errorf("%s offers %q and not %q", question, got.OtherReadings, want)
		}
	}
}
