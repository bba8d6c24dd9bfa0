package extract

import (
	"strings"
	"testing"
	"time"
)

// TestLongTexts reads texts of the greatest size that a change may hold, made
// to be slow: a reader must not be stopped by one. A minute is not how fast it is,
// but what no text takes, even with the race detector, unless time grows as its square.
func TestLongTexts(t *testing.T) {
	lex := fewLexicon()
	for _, piece := range []string{"(", "‘A ", "Camden, ", "Open Data Hub and Camden, ", "Ann Lee (Head of Data, ", "\n* Ann Lee, Head of Data\n", "with Acme and ", "Camden’s Map. ", "{A 0} "} {
		body := "Weeknote 1\n\n" + strings.Repeat(piece, 200_000/len(piece))
		start := time.Now()
		Read(Source{Name: "x.md", Body: body}, lex)
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%q repeated takes %v", piece, took)
		} else {
			t.Logf("%q: %v", piece, took)
		}
	}
}
