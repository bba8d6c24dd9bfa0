package main

import (
	"strings"
	"testing"
	"time"
)

// The bar says how fast the work goes of late, and how long the rest will take.
func TestBar(t *testing.T) {
	var out strings.Builder
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	b := &bar{out: &out, now: func() time.Time { return now }}
	for done := 0; done <= 1000; done += 10 {
		out.Reset()
		b.show(done, 1000, "a/very/long/name/of/a/weeknote.md")
		now = now.Add(100 * time.Millisecond)
		if done == 500 {
			if want := "500/1000 100/s, 5s left"; !strings.Contains(out.String(), want) {
				t.Errorf("it shows %q, without %q", out.String(), want)
			}
		}
	}
	if !strings.Contains(out.String(), "1000/1000 100/s, 0s left") {
		t.Errorf("at the end it shows %q", out.String())
	}
	b.clear()
}
