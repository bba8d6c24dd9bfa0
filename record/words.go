package record

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Capital is a text with a capital at its beginning.
func Capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// Thousands is a number with a comma before every three digits: "1,603,303".
func Thousands(n int) string {
	digits, sign := strings.CutPrefix(strconv.Itoa(n), "-")
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if sign {
		return "-" + digits
	}
	return digits
}
