package export

import (
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"
)

// unguard is what a reader of our tables does with a cell.
func unguard(s string) string {
	if rest := strings.TrimLeft(s, "'"); len(rest) < len(s) && strings.IndexAny(rest, formulaSigns) == 0 {
		return s[1:]
	}
	return s
}

// FuzzGuard holds that a guarded cell is no formula and comes back.
func FuzzGuard(f *testing.F) {
	for _, s := range []string{"", "=1", "'=1", "''@a", "'plain", "＝1", "\t=1", "plain", "'", "-", " =1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := guard(s)
		if strings.IndexAny(got, formulaSigns) == 0 {
			t.Errorf("guard(%q) = %q begins like a formula", s, got)
		}
		if back := unguard(got); back != s {
			t.Errorf("%q came back as %q", s, back)
		}
	})
}

// FuzzClean holds that cleaned text is XML whatever it was, and that text which
// was clean stays as it was.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "plain", "a\x00b\x1Fc", "\xff\xfe", "\uFFFE\uFFFF\u0085", "<&>\"'", "Zoë 👩🏽\n\t\r"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := clean(s)
		if !utf8.ValidString(got) || clean(got) != got {
			t.Errorf("clean(%q) = %q", s, got)
		}
		var back struct {
			A string `xml:"a,attr"`
			T string `xml:",chardata"`
		}
		if err := xml.Unmarshal([]byte("<x a=\""+xmlText(s)+"\">"+xmlText(s)+"</x>"), &back); err != nil || back.A != got || back.T != got {
			t.Errorf("%q came back from XML as %q and %q (%v), want %q", s, back.A, back.T, err, got)
		}
	})
}
