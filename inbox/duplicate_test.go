package inbox

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lotigraph/record"
)

// TestPairs holds the likeness of names against testdata/pairs.txt, both ways
// round, and that pairs that are to be asked about are found at all.
func TestPairs(t *testing.T) {
	raw, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`^(one|two) (\w+) +(.+) / ([^|]+?)(?: \| (.+))?$`)
	n := 0
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		parts := form.FindStringSubmatch(line)
		if parts == nil {
			t.Fatalf("%q is no pair", line)
		}
		kind, err := record.ParseKind(parts[2])
		if err != nil {
			t.Fatal(err)
		}
		a, b := profileOf(named(kind, "a", parts[3])), profileOf(named(kind, "b", parts[4]))
		score, why := a.likeness(b)
		back, _ := b.likeness(a)
		met := slices.ContainsFunc(a.keys(), func(key string) bool { return slices.Contains(b.keys(), key) })
		switch {
		case score != back:
			t.Errorf("%s: %.2f one way, %.2f the other", line, score, back)
		case parts[1] == "two" && score >= threshold:
			t.Errorf("%s: %.2f, %s", line, score, why)
		case parts[1] == "one" && (score < threshold || !met || !strings.Contains(why, parts[5])):
			t.Errorf("%s: %.2f, %s, compared at all: %t", line, score, why, met)
		}
		n++
	}
	if n < 50 {
		t.Errorf("only %d pairs", n)
	}
}

func named(kind record.Kind, slug, name string) record.Node {
	n := record.Node{ID: record.NewID(kind, slug), Name: name}
	if kind == record.WeeknoteKind {
		n.Weeknote = &record.Weeknote{Source: slug}
	}
	return n
}
