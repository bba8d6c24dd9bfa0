package assist

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"lotigraph/record"
)

// period are the two dates of a link, as far as the quote bears them out; none
// when they exclude each other.
func period(quote, since, until string) (from, to record.PartialDate) {
	from, to = borneOut(quote, since), borneOut(quote, until)
	if !from.IsZero() && !to.IsZero() && to.Last().Compare(from.First()) < 0 {
		return record.PartialDate{}, record.PartialDate{}
	}
	return from, to
}

// borneOut is as much of a date as the quote gives: nothing without its year,
// the year alone without the name of its month, no day without its number.
func borneOut(quote, date string) record.PartialDate {
	d, err := record.ParsePartialDate(date)
	if err != nil || d.IsZero() {
		return record.PartialDate{}
	}
	words := strings.FieldsFunc(strings.ToLower(quote), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if !has(words, fmt.Sprintf("%04d", d.Year)) {
		return record.PartialDate{}
	}
	if month := strings.ToLower(time.Month(d.Month).String()); d.Month == 0 || !has(words, month, month[:3]) {
		return record.PartialDate{Year: d.Year}
	}
	if day := strconv.Itoa(int(d.Day)); d.Day == 0 || !has(words, day, "0"+day, day+"st", day+"nd", day+"rd", day+"th") {
		d.Day = 0
	}
	return d
}

// has tells whether one of the forms is among the words.
func has(words []string, forms ...string) bool {
	for _, w := range words {
		for _, form := range forms {
			if w == form {
				return true
			}
		}
	}
	return false
}
