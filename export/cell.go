package export

import "strings"

// formulaSigns begin what a spreadsheet would run: the four of formulas, with
// their wide forms, and the spaces that it drops before it looks.
const formulaSigns = "=+-@\t\r\n＝＋－＠"

// guard makes a cell that begins like a formula plain text: it puts an apostrophe
// in front. A cell that begins with apostrophes and then like a formula gets one
// more, so that taking one away from what begins so gives every cell back.
func guard(s string) string {
	if rest := strings.TrimLeft(s, "'"); rest != "" && strings.IndexAny(rest, formulaSigns) == 0 {
		return "'" + s
	}
	return s
}

// clean leaves out of a text what XML cannot hold: control characters but tab
// and line ends, non-characters, and bytes that are not UTF-8.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r == '\r', r >= 0x20 && r < 0x7F, r > 0x9F && r <= 0xFFFD, r >= 0x10000 && r&0xFFFE != 0xFFFE:
			return r
		}
		return -1
	}, strings.ToValidUTF8(s, ""))
}
