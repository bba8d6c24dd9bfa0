package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkRead reads a text of about 700 words, as many at once as there are
// processors. The goal is 300 texts a second on two.
func BenchmarkRead(b *testing.B) {
	files, _ := filepath.Glob(filepath.Join("..", "seed", "texts", "weeknotes", "*.md"))
	if len(files) == 0 {
		b.Skip("no seed texts")
	}
	var parts []string
	words := 0
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		_, text, _ := strings.Cut(strings.TrimPrefix(string(body), "---\n"), "---\n")
		if words += len(strings.Fields(text)); words > 700 {
			break
		}
		parts = append(parts, text)
	}
	src := Source{Name: "weeknote.md", Body: strings.Join(parts, "\n")}
	lex := seedLexicon(b)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			Read(src, lex)
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "texts/s")
}
