package index

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"lotigraph/record"
)

// A date among the words of a query ("weeknotes from November 2020", "iot 2019")
// means the texts of that time, and whatever says so in its words. How it may be
// written:
//
//	2020   2019-2021   November 2020   Nov 2020   30 November 2020
//	30th of Nov 2020   November 30, 2020   2020-11   2020-11-30   30/11/2020   30.11.2020
//
// With "since", "after", "before" or "until" before it, it means the time from or
// to then.

// withDates puts dates in the place of the words that make them.
func withDates(text string, list []token) []token {
	var all []token
	for i := 0; i < len(list); {
		n, c := dateAt(text, list[i:])
		if n == 0 {
			all = append(all, list[i])
			i++
			continue
		}
		span := record.Span{Start: list[i].span.Start, End: list[i+n-1].span.End}
		all = append(all, token{sort: dateToken, text: span.Of(text), span: span, period: c})
		i += n
	}
	return all
}

// dateAt reads a date from the first tokens of a list: how many it takes, 0 for
// none, and the time that it means.
func dateAt(text string, list []token) (int, choice) {
	words := 0
	for words < len(list) && words < maxDateWords && list[words].sort == wordToken {
		words++
	}
	if words == 0 {
		return 0, choice{}
	}
	word := strings.ToLower(list[0].text)
	if bound, ok := bounds[word]; ok {
		n, c := dateAt(text, list[1:words])
		if n == 0 || c.from == math.MinInt32 || c.to == math.MaxInt32 {
			return 0, choice{}
		}
		said := c.labels[0]
		c.from, c.to, c.labels = bound.from(c), bound.to(c), []string{strings.Replace(bound.said, "…", said, 1)}
		return n + 1, c
	}
	for n := words; n > 0; n-- {
		typed := text[list[0].span.Start:list[n-1].span.End]
		if from, to, ok := readDate(typed); ok {
			c := choice{key: After, from: int32(from.First().Number()), to: lastOf(to), labels: []string{from.English()}}
			if from != to {
				c.labels[0] += " to " + to.English()
			}
			return n, c
		}
	}
	return 0, choice{}
}

// maxDateWords is how many words a date may have: "since 30th of November 2020".
const maxDateWords = 5

// bounds are the words that make a date a beginning or an end.
var bounds = map[string]struct {
	from, to func(choice) int32
	said     string
}{
	"since":  {func(c choice) int32 { return c.from }, noEnd, "… or later"},
	"after":  {func(c choice) int32 { return c.to + 1 }, noEnd, "after …"},
	"before": {noBeginning, func(c choice) int32 { return c.from - 1 }, "before …"},
	"until":  {noBeginning, func(c choice) int32 { return c.to }, "… or earlier"},
}

func noEnd(choice) int32       { return math.MaxInt32 }
func noBeginning(choice) int32 { return math.MinInt32 }

var (
	yearsTyped = regexp.MustCompile(`^((?:19|20)\d\d)(?:\s*[-–]\s*((?:19|20)\d\d))?$`)
	isoTyped   = regexp.MustCompile(`^(?:19|20)\d\d-\d\d(?:-\d\d)?$`)
	ukTyped    = regexp.MustCompile(`^(\d\d?)[/.](\d\d?)[/.]((?:19|20)\d\d)$`)
	dayTyped   = regexp.MustCompile(`(?i)^(\d\d?)(?:st|nd|rd|th)?(?:\s+of)?\s+([a-z]+)\.?,?\s+((?:19|20)\d\d)$`)
	monthTyped = regexp.MustCompile(`(?i)^([a-z]+)\.?(?:\s+(\d\d?)(?:st|nd|rd|th)?)?,?\s+((?:19|20)\d\d)$`)
)

// readDate reads what was typed as a date or as years; ok is false when it is
// none.
func readDate(typed string) (from, to record.PartialDate, ok bool) {
	if m := yearsTyped.FindStringSubmatch(typed); m != nil {
		from = record.PartialDate{Year: number[int16](m[1])}
		if to = from; m[2] != "" {
			to.Year = number[int16](m[2])
		}
		return from, to, from.Year <= to.Year
	}
	var d record.PartialDate
	if isoTyped.MatchString(typed) {
		d, err := record.ParsePartialDate(typed)
		return d, d, err == nil
	} else if m := ukTyped.FindStringSubmatch(typed); m != nil {
		d = record.PartialDate{Day: number[uint8](m[1]), Month: number[uint8](m[2]), Year: number[int16](m[3])}
	} else if m := dayTyped.FindStringSubmatch(typed); m != nil {
		d = record.PartialDate{Day: number[uint8](m[1]), Month: monthOf(m[2]), Year: number[int16](m[3])}
	} else if m := monthTyped.FindStringSubmatch(typed); m != nil {
		d = record.PartialDate{Day: number[uint8](m[2]), Month: monthOf(m[1]), Year: number[int16](m[3])}
	}
	known, err := record.ParsePartialDate(d.String())
	return d, d, err == nil && d.Month > 0 && known == d // the calendar has it
}

// number is the value of a few digits, 0 for none.
func number[T int16 | uint8](digits string) T {
	n, _ := strconv.Atoi(digits)
	return T(n)
}

// monthOf is the number of a month by its name or the first letters of it, else 0.
func monthOf(text string) uint8 {
	text = strings.ToLower(text)
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if text == name || text == name[:3] || m == time.September && text == "sept" {
			return uint8(m)
		}
	}
	return 0
}
