package record

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// PartialDate is a year, a month or a day of the Gregorian calendar: "2021",
// "2021-05" or "2021-05-17". Month and Day are 0 where unknown. The zero value
// is no date at all and prints as "".
type PartialDate struct {
	Year  int16
	Month uint8
	Day   uint8
}

// ParsePartialDate reads the three forms and "" (the zero date). Anything
// else, a date that no calendar has included, is ErrInvalid.
func ParsePartialDate(s string) (PartialDate, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return PartialDate{}, nil
	}
	for _, layout := range [...]string{"2006-01-02", "2006-01", "2006"} {
		t, err := time.Parse(layout, s)
		if err != nil || t.Year() == 0 {
			continue
		}
		d := DateOf(t)
		if len(layout) < len("2006-01-02") {
			d.Day = 0
		}
		if len(layout) < len("2006-01") {
			d.Month = 0
		}
		return d, nil
	}
	return PartialDate{}, Invalid("date", "%q is not a date; write 2021, 2021-05 or 2021-05-17", s)
}

// DateOf is the day of t in t's own zone.
func DateOf(t time.Time) PartialDate {
	return PartialDate{int16(t.Year()), uint8(t.Month()), uint8(t.Day())}
}

// IsZero tells whether there is no date.
func (d PartialDate) IsZero() bool { return d == PartialDate{} }

// IsDay tells whether the date is known to the day.
func (d PartialDate) IsDay() bool { return d.Day != 0 }

// First is the earliest day the date can mean; zero for no date.
func (d PartialDate) First() PartialDate {
	if d.IsZero() {
		return d
	}
	return PartialDate{d.Year, max(d.Month, 1), max(d.Day, 1)}
}

// Last is the latest day the date can mean; zero for no date.
func (d PartialDate) Last() PartialDate {
	switch {
	case d.IsZero() || d.IsDay():
		return d
	case d.Month == 0:
		return PartialDate{d.Year, 12, 31}
	}
	return DateOf(time.Date(int(d.Year), time.Month(d.Month)+1, 0, 0, 0, 0, 0, time.UTC))
}

// Number is the date as a count of days since 1970-01-01, of its first day;
// 0 for no date (and for that very day).
func (d PartialDate) Number() int {
	if d.IsZero() {
		return 0
	}
	f := d.First()
	return int(time.Date(int(f.Year), time.Month(f.Month), int(f.Day), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Compare orders dates by their first day, the vaguer one first when that is
// the same, and no date before all.
func (d PartialDate) Compare(e PartialDate) int {
	for _, pair := range [...][2]int{
		{int(d.Year), int(e.Year)},
		{int(max(d.Month, 1)), int(max(e.Month, 1))},
		{int(max(d.Day, 1)), int(max(e.Day, 1))},
		{int(d.Month), int(e.Month)},
		{int(d.Day), int(e.Day)},
	} {
		if pair[0] != pair[1] {
			if pair[0] < pair[1] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// String is the date as [ParsePartialDate] reads it: as exact as it is known
// and no more.
func (d PartialDate) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// English is the date as a sentence says it: "17 May 2021", "May 2021", "2021".
func (d PartialDate) English() string {
	parts := make([]string, 0, 3)
	if d.Day != 0 {
		parts = append(parts, strconv.Itoa(int(d.Day)))
	}
	if d.Month != 0 {
		parts = append(parts, time.Month(d.Month).String())
	}
	if d.Year != 0 {
		parts = append(parts, strconv.Itoa(int(d.Year)))
	}
	return strings.Join(parts, " ")
}

// MarshalText writes what [PartialDate.String] writes.
func (d PartialDate) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParsePartialDate] reads.
func (d *PartialDate) UnmarshalText(b []byte) (err error) {
	*d, err = ParsePartialDate(string(b))
	return err
}

// Certainty says how surely something holds on a day, given dates that may be
// partial.
type Certainty uint8

// The three answers.
const (
	No Certainty = iota
	Possibly
	Certainly
)

// Holds says whether a link that holds from since to until holds on the given
// day. A link without since possibly holds before its earliest evidence and
// certainly from it, which is the last day that its date can mean; one without
// until still holds. A zero day asks about no day in particular: Certainly.
func Holds(since, until, evidence, day PartialDate) Certainty {
	if day.IsZero() {
		return Certainly
	}
	answer := Certainly
	switch {
	case since.IsZero():
		if evidence.IsZero() || day.Compare(evidence.Last()) < 0 {
			answer = Possibly
		}
	case day.Compare(since.First()) < 0:
		return No
	case day.Compare(since.Last()) < 0:
		answer = Possibly
	}
	switch {
	case until.IsZero():
	case day.Compare(until.Last()) > 0:
		return No
	case day.Compare(until.First()) > 0:
		answer = Possibly
	}
	return answer
}
