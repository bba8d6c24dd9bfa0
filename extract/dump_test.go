package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lotigraph/record"
)

func TestDump(t *testing.T) {
	glob := os.Getenv("DUMP")
	if glob == "" {
		t.Skip()
	}
	lex := boroughLexicon(t)
	if os.Getenv("SEED") != "" {
		lex = seedLexicon(t)
	}
	var b strings.Builder
	for _, g := range strings.Fields(glob) {
		files, _ := filepath.Glob(g)
		for _, f := range files {
			body, _ := os.ReadFile(f)
			r := Read(Source{Name: f, Body: string(body)}, lex)
			fmt.Fprintf(&b, "\n=== %s | %q n=%d date=%s by=%q form=%s\n", filepath.Base(f), r.Title, r.Number, r.Date, r.Byline, r.Form)
			for _, k := range record.Kinds() {
				for _, x := range r.Found {
					if x.Kind == k {
						fmt.Fprintf(&b, "  %s %q %q role=%q x%d [%s]\n", k, x.Name, x.Aliases, x.Role, len(x.Spans), x.Rule)
					}
				}
			}
			for _, rel := range r.Relations {
				to := r.Title
				if rel.To >= 0 {
					to = r.Found[rel.To].Name
				}
				fmt.Fprintf(&b, "  -> %s %s %s (%s) [%s] %.90q\n", r.Found[rel.From].Name, rel.Type, to, rel.Role, rel.Rule, rel.Span.Of(r.Text.Body))
			}
			if os.Getenv("BODY") != "" {
				fmt.Fprintln(&b, r.Text.Main.Of(r.Text.Body))
			}
		}
	}
	fmt.Println(b.String())
}
