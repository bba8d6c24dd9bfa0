package assist

import (
	"strings"
	"unicode/utf8"

	"lotigraph/record"
)

// maxPiece is the most bytes that are asked about at once. With the question and
// the answer, a piece fits into the 4096 tokens that small servers allow.
const maxPiece = 6000

// overlap is how much of a piece is asked about again with the next. It is the
// most that a quote may have, so that no quote is lost at an edge.
const overlap = maxQuote

// pieces cuts the main part, behind a line where one ends in the second half of
// a piece, else behind a word, else between two characters.
func pieces(body string, main record.Span) []record.Span {
	var list []record.Span
	for start := main.Start; ; {
		if main.End-start <= maxPiece {
			return append(list, record.Span{Start: start, End: main.End})
		}
		end := cut(body, start+maxPiece/2, start+maxPiece)
		list = append(list, record.Span{Start: start, End: end})
		start = cut(body, end-2*overlap, end-overlap)
	}
}

// cut is the best place to cut in [from, to]: as near to the end of it as
// can be.
func cut(body string, from, to int) int {
	for _, mark := range []string{"\n", " "} {
		if i := strings.LastIndex(body[from:to], mark); i >= 0 {
			return from + i + 1
		}
	}
	for at := to; at > from && at > to-utf8.UTFMax; at-- {
		if utf8.RuneStart(body[at]) {
			return at
		}
	}
	return to
}
