package ask_test

import (
	"os"
	"strings"
	"testing"

	"lotigraph/ask"
)

// docs/ask.md lists every question, and the figures of the judged sets.
func TestDocumented(t *testing.T) {
	data, err := os.ReadFile("../docs/ask.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	for _, tpl := range ask.Templates() {
		if row := "| `" + tpl.Name + "` | " + tpl.Example + " |"; !strings.Contains(doc, row) {
			t.Errorf("docs/ask.md lacks the row %s", row)
		}
	}
	for _, set := range []string{"judged", "held"} {
		golden, err := os.ReadFile("testdata/" + set + ".golden")
		if err != nil {
			t.Fatal(err)
		}
		if figures, _, _ := strings.Cut(string(golden), "\n"); !strings.Contains(doc, figures) {
			t.Errorf("docs/ask.md lacks the figures of %s: %s", set, figures)
		}
	}
}
