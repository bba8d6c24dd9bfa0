package view_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"lotigraph/record"
	"lotigraph/view"
)

// Every example of docs/search.md is understood whole, and finds something in
// the starter programme.
func TestDocumentedLanguage(t *testing.T) {
	data, err := os.ReadFile("../docs/search.md")
	if err != nil {
		t.Fatal(err)
	}
	v := seeded(t)
	rows := regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(string(data), -1)
	if len(rows) < 20 {
		t.Fatalf("the table has %d rows", len(rows))
	}
	for _, row := range rows {
		r := search(t, v, record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}, view.Request{Text: row[1], First: 5})
		if r.Total == 0 || len(r.Ignored) > 0 {
			t.Errorf("%s: %s; ignored: %s", row[1], r.Restated, strings.Join(r.Ignored, " "))
		}
	}
}
