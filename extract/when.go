package extract

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"

	"lotigraph/record"
)

// period is from when until when something holds; a zero end is not said.
type period struct{ since, until record.PartialDate }

func (w period) isZero() bool { return w.since.IsZero() && w.until.IsZero() }

// A link gets a date only from words that stand right at what says the link:
// behind it ("joined the project in May 2021", "… since 2020") or inside it
// ("joined in May as …"). A time that the words only hint at gives none.
const (
	months    = `january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec`
	dayWords  = `(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?`
	datePart  = `(?:` + dayWords + `(\d{1,2})(?:st|nd|rd|th)? (?:of )?)?(` + months + `)\b(?:,? (\d{4})\b)?|((?:19|20)\d\d)\b|(yesterday|today|this week|last week|this month|last month|next month|this year|last year|next year)\b`
	plainDate = `(?:the (?:start|beginning|end) of |early |late |mid-|spring |summer |autumn |winter )?(?:` + datePart + `)`
)

var (
	rangeWords  = regexp.MustCompile(`^(?:from|between|for (?:\d+|[a-z]+) (?:months?|years?) from) (` + plainDate + `)(?: (?:to|until|till|and|–|-) (` + plainDate + `))?`)
	sinceWords  = regexp.MustCompile(`^(?:(?:ever )?since|starting (?:in|on|from)|beginning (?:in|on)|as of) (` + plainDate + `)`)
	untilWords  = regexp.MustCompile(`^(?:until|till|up to) (` + plainDate + `)`)
	onceWords   = regexp.MustCompile(`^(?:(?:in |on |at )(` + plainDate + `)|((?:this|last) (?:week|month|year)\b|today\b|yesterday\b|\d{1,2} (?:` + months + `) \d{4}\b))`)
	lengthWords = regexp.MustCompile(`^for (\d+|a|one|two|three|four|six|nine|twelve|eighteen) (months?|years?) from (` + plainDate + `)`)
	dateWords   = regexp.MustCompile(`^(?:the (?:start|beginning|end) of |early |late |mid-|spring |summer |autumn |winter )?(?:` + datePart + `)$`)

	// begins and ends say that what a sentence tells of begins or ends with it.
	begins = regexp.MustCompile(`\b(?:joined|joins|joining|started|starts|begun|began|appointed|signed up|became|becomes|launched|kicked off|commissioned|took over|renamed|rebranded|replaced|replaces|succeeded|merged|taken on|moved|moves)\b`)
	ends   = regexp.MustCompile(`\b(?:left|leaves|leaving|ended|finished|stepped down|retired|moved on)\b`)
	coming = regexp.MustCompile(`\b(?:will|going to|due to|about to|plans? to|soon)\b`)
)

// when reads the dates at a statement: what is the words of the statement, and
// behind what stands after them, both in small letters. today is the date of the
// text.
func when(what, behind string, today record.PartialDate) period {
	next := strings.TrimLeft(behind, " ,(")
	if w := wordsWhen(next, coming.MatchString(what), today); !w.isZero() {
		return w
	}
	if m := onceWords.FindStringSubmatch(next); m != nil {
		return once(what, cmp.Or(m[1], m[len(m)-1]), today)
	}
	whole := what + behind
	for i, r := range what { // inside: "joined in May as"
		if r != ' ' {
			continue
		}
		rest := whole[i+1:]
		if w := wordsWhen(rest, coming.MatchString(what), today); !w.isZero() {
			return w
		}
		if m := onceWords.FindStringSubmatch(rest); m != nil {
			return once(what, cmp.Or(m[1], m[len(m)-1]), today)
		}
	}
	return period{}
}

// once is the period of something that begins or ends on a date.
func once(what, date string, today record.PartialDate) period {
	ahead := coming.MatchString(what)
	switch d := resolve(date, ahead, today); {
	case ends.MatchString(what):
		return period{until: d}
	case begins.MatchString(what):
		return period{since: d}
	}
	return period{}
}

// wordsWhen reads words that say from when until when at the head of s.
func wordsWhen(s string, ahead bool, today record.PartialDate) period {
	const groups = 6 // of a date: its whole and five parts
	if m := lengthWords.FindStringSubmatch(s); m != nil {
		from := resolve(m[3], ahead, today)
		return period{from, after(from, m[1], m[2])}
	}
	if m := rangeWords.FindStringSubmatch(s); m != nil {
		until := record.PartialDate{}
		if m[1+groups] != "" {
			until = resolve(m[1+groups], ahead, today)
		}
		w := period{resolve(m[1], ahead, today), until}
		if w.since.IsZero() && until.Year != 0 && monthNumber(m[1]) > 0 { // "from May to July 2021"
			w.since, _ = makeDate(strconv.Itoa(int(until.Year)), monthNumber(m[1]), "")
		}
		if !w.until.IsZero() && w.until.Compare(w.since) < 0 {
			return period{}
		}
		return w
	}
	if m := sinceWords.FindStringSubmatch(s); m != nil {
		return period{since: resolve(m[1], ahead, today)}
	}
	if m := untilWords.FindStringSubmatch(s); m != nil {
		return period{until: resolve(m[1], true, today)}
	}
	return period{}
}

// resolve is the date that some words mean in a text of the given date: a month
// without a year is the nearest one ahead, or the nearest one gone, the text's
// own included. What cannot be told is no date.
func resolve(s string, ahead bool, today record.PartialDate) record.PartialDate {
	m := dateWords.FindStringSubmatch(s)
	if m == nil {
		return record.PartialDate{}
	}
	day, month, year, yearOnly, relative := m[1], monthNumber(m[2]), m[3], m[4], m[5]
	switch {
	case relative != "":
		return relativeDate(relative, today)
	case yearOnly != "":
		n, _ := strconv.Atoi(yearOnly)
		return record.PartialDate{Year: int16(n)}
	case year == "" && today.Month == 0:
		return record.PartialDate{}
	case year == "":
		n := int(today.Year)
		if ahead && month < int(today.Month) {
			n++
		} else if !ahead && month > int(today.Month) {
			n--
		}
		year = strconv.Itoa(n)
	}
	d, _ := makeDate(year, month, day)
	return d
}

// relativeDate is a date counted from that of the text, no more exact than the
// words: a week is its month, where it lies in one.
func relativeDate(words string, today record.PartialDate) record.PartialDate {
	unit := words[strings.LastIndexByte(words, ' ')+1:]
	step := map[string]int{"last": -1, "this": 0, "next": 1}[strings.TrimSuffix(words, " "+unit)]
	switch {
	case unit == "year" && today.Year != 0:
		return record.PartialDate{Year: today.Year + int16(step)}
	case unit == "month" && today.Month != 0:
		d := record.DateOf(time.Date(int(today.Year), time.Month(int(today.Month)+step), 1, 0, 0, 0, 0, time.UTC))
		return record.PartialDate{Year: d.Year, Month: d.Month}
	case !today.IsDay():
		return record.PartialDate{}
	}
	at := time.Date(int(today.Year), time.Month(today.Month), int(today.Day), 0, 0, 0, 0, time.UTC)
	switch unit {
	case "today":
		return today
	case "yesterday":
		return record.DateOf(at.AddDate(0, 0, -1))
	}
	monday := at.AddDate(0, 0, 7*step-(int(at.Weekday())+6)%7)
	first, last := record.DateOf(monday), record.DateOf(monday.AddDate(0, 0, 6))
	switch {
	case first.Year != last.Year:
		return record.PartialDate{}
	case first.Month != last.Month:
		return record.PartialDate{Year: first.Year}
	}
	return record.PartialDate{Year: first.Year, Month: first.Month}
}

// after is the last month of some months or years that begin with a date.
func after(from record.PartialDate, count, unit string) record.PartialDate {
	n, ok := map[string]int{"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "nine": 9, "twelve": 12, "eighteen": 18}[count]
	if !ok {
		n, _ = strconv.Atoi(count)
	}
	years := strings.HasPrefix(unit, "year")
	switch {
	case from.IsZero() || n == 0 || n > 120:
		return record.PartialDate{}
	case from.Month == 0 && years:
		return record.PartialDate{Year: from.Year + int16(n)}
	case from.Month == 0:
		return record.PartialDate{}
	case years:
		n *= 12
	}
	d := record.DateOf(time.Date(int(from.Year), time.Month(int(from.Month)+n-1), 1, 0, 0, 0, 0, time.UTC))
	return record.PartialDate{Year: d.Year, Month: d.Month}
}
