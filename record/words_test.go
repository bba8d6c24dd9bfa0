package record_test

import (
	"testing"

	"lotigraph/record"
)

func TestWords(t *testing.T) {
	for s, want := range map[string]string{"": "", "élan vital": "Élan vital", "LOTI": "LOTI", "a": "A"} {
		if got := record.Capital(s); got != want {
			t.Errorf("the capital of %q is %q", s, got)
		}
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1603303: "1,603,303", -100: "-100", -1000: "-1,000"} {
		if got := record.Thousands(n); got != want {
			t.Errorf("%d is written %s", n, got)
		}
	}
}
