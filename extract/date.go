package extract

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"lotigraph/record"
)

var (
	dayFirst   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})`)
	monthFirst = regexp.MustCompile(`^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})`)
	monthOnly  = regexp.MustCompile(`^([A-Za-z]{3,9})\.?,?\s+(\d{4})$`)
	numbers    = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})|^(\d{1,2})[/.](\d{1,2})[/.](\d{4})`)
	dateLead   = regexp.MustCompile(`^(?i)(?:(?:first )?(?:published|posted|updated|last updated|date|written)\b:?\s*(?:on\s+)?)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?`)
	addressDay = regexp.MustCompile(`/((?:19|20)\d{2})/(\d{2})/(\d{2})/`)
)

// spokenDate reads a date as people write it: "30 November 2020", "November
// 30, 2020", "Monday 30th November 2020", "2020-11-30", "30/11/2020". The whole
// of s must be the date.
func spokenDate(s string) (record.PartialDate, bool) {
	s = strings.TrimSpace(s)
	s = s[len(dateLead.FindString(s)):]
	if s == "" || len(s) > 40 {
		return record.PartialDate{}, false
	}
	for _, form := range []struct {
		pattern          *regexp.Regexp
		year, month, day int
	}{{dayFirst, 3, 2, 1}, {monthFirst, 3, 1, 2}, {monthOnly, 2, 1, 0}} {
		m := form.pattern.FindStringSubmatch(s)
		if m == nil || len(m[0]) != len(s) {
			continue
		}
		day := ""
		if form.day > 0 {
			day = m[form.day]
		}
		return makeDate(m[form.year], monthNumber(m[form.month]), day)
	}
	m := numbers.FindStringSubmatch(s)
	switch {
	case m == nil || len(m[0]) != len(s):
		return record.PartialDate{}, false
	case m[1] != "":
		month, _ := strconv.Atoi(m[2])
		return makeDate(m[1], month, m[3])
	}
	month, _ := strconv.Atoi(m[5])
	return makeDate(m[6], month, m[4])
}

// monthNumber is the number of an English month, 0 for another word.
func monthNumber(s string) int {
	s = strings.ToLower(s)
	for m := time.January; m <= time.December; m++ {
		full := strings.ToLower(m.String())
		if s == full || s == full[:3] || s == "sept" && m == time.September {
			return int(m)
		}
	}
	return 0
}

func makeDate(year string, month int, day string) (record.PartialDate, bool) {
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(day)
	if month < 1 || month > 12 || y < 1900 || y > 2200 || day != "" && (d < 1 || d > 31) {
		return record.PartialDate{}, false
	}
	date := record.PartialDate{Year: int16(y), Month: uint8(month), Day: uint8(d)}
	parsed, err := record.ParsePartialDate(date.String())
	return parsed, err == nil
}

// addressDate is the day in an address such as …/2020/02/04/weeknote.
func addressDate(url string) record.PartialDate {
	m := addressDay.FindStringSubmatch(url)
	if m == nil {
		return record.PartialDate{}
	}
	month, _ := strconv.Atoi(m[2])
	date, _ := makeDate(m[1], month, m[3])
	return date
}
