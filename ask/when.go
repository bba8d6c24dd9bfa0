package ask

import (
	"strconv"
	"strings"
	"time"

	"lotigraph/record"
)

// When is the time that a question asks about. At most one of a day and a period
// is set; all zero asks about no time in particular.
type When struct {
	AsOf     record.PartialDate // a day
	From, To record.PartialDate // a period, open where zero; both ends count in full
}

// IsZero tells whether no time was asked about.
func (w When) IsZero() bool { return w == When{} }

func (w When) hasPeriod() bool { return !w.From.IsZero() || !w.To.IsZero() }

// phrase is the time as the end of a clause, with a space before it; "" for none.
func (w When) phrase() string {
	switch {
	case !w.AsOf.IsZero():
		return " as of " + w.AsOf.English()
	case w.From == w.To && !w.From.IsZero() && w.From.IsDay():
		return " on " + w.From.English()
	case w.From == w.To && !w.From.IsZero():
		return " in " + w.From.English()
	case !w.From.IsZero() && !w.To.IsZero():
		return " from " + w.From.English() + " to " + w.To.English()
	case !w.From.IsZero():
		return " since " + w.From.English()
	case !w.To.IsZero():
		return " up to " + w.To.English()
	}
	return ""
}

// timed is a question with its words of time taken out.
type timed struct {
	words []word
	when  When
	cost  int
}

// times are the ways to take the words of time out of a question; the first
// leaves them where they are. Now is today.
func times(list []word, today record.PartialDate) []timed {
	all := []timed{{words: list}}
	for at := range list {
		w, n := timeAt(list[at:], today)
		if n == 0 {
			continue
		}
		all = append(all, timed{without(list, at, n), w, 0})
		break // a second time is left over, and then there is no reading
	}
	if len(all) == 1 && len(list) > 1 { // "camden projects 2021"
		if d, n := dateAt(list[len(list)-1:]); n == 1 {
			all = append(all, timed{list[:len(list)-1], When{From: d, To: d}, costBareYear})
		}
	}
	return all
}

func without(list []word, at, n int) []word {
	rest := make([]word, 0, len(list)-n)
	return append(append(rest, list[:at]...), list[at+n:]...)
}

// timeAt reads words of time that begin a list: what they mean and how many they
// are, 0 when they are none.
func timeAt(list []word, today record.PartialDate) (When, int) {
	for _, p := range []struct {
		words string
		when  func() When
	}{
		{"at the moment", func() When { return When{AsOf: today} }}, {"at present", func() When { return When{AsOf: today} }},
		{"right now", func() When { return When{AsOf: today} }}, {"as of today", func() When { return When{AsOf: today} }},
		{"as of now", func() When { return When{AsOf: today} }}, {"these days", func() When { return When{AsOf: today} }},
		{"currently", func() When { return When{AsOf: today} }}, {"today", func() When { return When{AsOf: today} }},
		{"nowadays", func() When { return When{AsOf: today} }},
		{"this year", func() When { return span(record.PartialDate{Year: today.Year}) }},
		{"last year", func() When { return span(record.PartialDate{Year: today.Year - 1}) }},
		{"this month", func() When { return span(record.PartialDate{Year: today.Year, Month: today.Month}) }},
		{"last month", func() When { return span(monthBefore(today)) }},
	} {
		if n := begins(list, p.words); n > 0 && !today.IsZero() {
			return p.when(), n
		}
	}
	for _, p := range []struct {
		words string
		when  func(d record.PartialDate) When
	}{
		{"as of", func(d record.PartialDate) When { return When{AsOf: d.Last()} }},
		{"as at", func(d record.PartialDate) When { return When{AsOf: d.Last()} }},
		{"at the end of", func(d record.PartialDate) When { return When{AsOf: d.Last()} }},
		{"by the end of", func(d record.PartialDate) When { return When{AsOf: d.Last()} }},
		{"at the start of", func(d record.PartialDate) When { return When{AsOf: d.First()} }},
		{"at the beginning of", func(d record.PartialDate) When { return When{AsOf: d.First()} }},
		{"since", func(d record.PartialDate) When { return When{From: d} }},
		{"from", func(d record.PartialDate) When { return When{From: d} }},
		{"after", func(d record.PartialDate) When { return When{From: dayFrom(d.Last(), 1)} }},
		{"before", func(d record.PartialDate) When { return When{To: dayFrom(d.First(), -1)} }},
		{"until", func(d record.PartialDate) When { return When{To: d} }},
		{"till", func(d record.PartialDate) When { return When{To: d} }},
		{"up to", func(d record.PartialDate) When { return When{To: d} }},
		{"by", func(d record.PartialDate) When { return When{To: d} }},
		{"during", span}, {"throughout", span}, {"in", span},
	} {
		n := begins(list, p.words)
		if n == 0 {
			continue
		}
		d, m := dateAt(list[n:])
		if m == 0 {
			continue
		}
		if p.words == "from" {
			if w, k := rangeBehind(d, list[n+m:], "to", "until", "till"); k > 0 {
				return w, n + m + k
			}
		}
		return p.when(d), n + m
	}
	if n := begins(list, "between"); n > 0 {
		if d, m := dateAt(list[n:]); m > 0 {
			if w, k := rangeBehind(d, list[n+m:], "and"); k > 0 {
				return w, n + m + k
			}
		}
	}
	if n := begins(list, "on"); n > 0 {
		if d, m := dateAt(list[n:]); m > 0 && d.IsDay() {
			return When{AsOf: d}, n + m
		}
	}
	return When{}, 0
}

func rangeBehind(from record.PartialDate, list []word, joints ...string) (When, int) {
	for _, joint := range joints {
		n := begins(list, joint)
		if n == 0 {
			continue
		}
		if to, m := dateAt(list[n:]); m > 0 && to.Last().Compare(from.First()) >= 0 {
			return When{From: from, To: to}, n + m
		}
	}
	return When{}, 0
}

func span(d record.PartialDate) When { return When{From: d, To: d} }

// dayFrom is so many days behind a day.
func dayFrom(d record.PartialDate, days int) record.PartialDate {
	return record.DateOf(time.Date(int(d.Year), time.Month(d.Month), int(d.Day)+days, 0, 0, 0, 0, time.UTC))
}

func monthBefore(d record.PartialDate) record.PartialDate {
	t := time.Date(int(d.Year), time.Month(d.Month)-1, 1, 0, 0, 0, 0, time.UTC)
	return record.PartialDate{Year: int16(t.Year()), Month: uint8(t.Month())}
}

// begins is how many words a phrase has when the list begins with it, else 0.
func begins(list []word, phrase string) int {
	n := 0
	for text := range strings.FieldsSeq(phrase) {
		if n >= len(list) || list[n].text != text {
			return 0
		}
		n++
	}
	return n
}

// dateAt reads a date that begins a list: 2021, May 2021, 1 June 2021, June 1
// 2021, 2021-06-01. The count of words is 0 when it is none, or no day of any
// calendar.
func dateAt(list []word) (record.PartialDate, int) {
	number := func(i, low, high int) int {
		if i >= len(list) {
			return 0
		}
		text := strings.TrimRight(list[i].text, "stndrh") // 1st, 2nd, 3rd, 4th
		n, err := strconv.Atoi(text)
		if err != nil || n < low || n > high {
			return 0
		}
		return n
	}
	year := func(i int) int {
		if i < len(list) && len(list[i].text) != 4 {
			return 0
		}
		return number(i, 1990, 2100)
	}
	date := func(y, m, d, n int) (record.PartialDate, int) {
		p := record.PartialDate{Year: int16(y), Month: uint8(m), Day: uint8(d)}
		if read, err := record.ParsePartialDate(p.String()); err != nil || read != p {
			return record.PartialDate{}, 0
		}
		return p, n
	}
	month := func(i int) int {
		if i >= len(list) {
			return 0
		}
		return monthOf(list[i].text)
	}
	if d := number(0, 1, 31); d > 0 {
		skip := 1
		if begins(list[1:], "of") > 0 {
			skip = 2
		}
		if m := month(skip); m > 0 && year(skip+1) > 0 {
			return date(year(skip+1), m, d, skip+2)
		}
	}
	if m := month(0); m > 0 {
		if d := number(1, 1, 31); d > 0 && year(2) > 0 {
			return date(year(2), m, d, 3)
		}
		if y := year(1); y > 0 {
			return date(y, m, 0, 2)
		}
	}
	y := year(0)
	if y == 0 {
		return record.PartialDate{}, 0
	}
	if m := number(1, 1, 12); m > 0 && len(list[1].text) == 2 {
		if d := number(2, 1, 31); d > 0 && len(list[2].text) == 2 {
			return date(y, m, d, 3)
		}
		return date(y, m, 0, 2)
	}
	return date(y, 0, 0, 1)
}

// monthOf is the number of a month by its name or the first three letters of it,
// else 0.
func monthOf(text string) int {
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if text == name || text == name[:3] || m == time.September && text == "sept" {
			return int(m)
		}
	}
	return 0
}
