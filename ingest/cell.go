package ingest

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"lotigraph/record"
)

// says is what a cell of a grid says of a borough and a project.
type says struct {
	nothing      bool // there is no link
	role         string
	status       record.LinkStatus
	since, until record.PartialDate
}

// cellWords are the words of a grid's cells and what each says. A date may stand
// behind one of them, or alone, where it says since when.
var cellWords = []struct {
	words []string
	says  says
}{
	{[]string{"", "-", "–", "—", ".", "0", "no", "n", "none", "n/a", "na", "not involved", "not joined", "false", "✗", "✘", "❌"}, says{nothing: true}},
	{[]string{"lead", "leads", "leading", "leader", "lead borough", "l"}, says{role: "lead"}},
	{[]string{"pilot", "pilots", "piloting", "pilot borough", "trial"}, says{role: "pilot"}},
	{[]string{"host", "hosts", "hosting", "host borough"}, says{role: "host"}},
	{[]string{"participant", "participates", "participating", "participated", "takes part", "took part", "partner borough", "member",
		"joined", "involved", "x", "y", "yes", "1", "true", "✓", "✔", "✔️", "✅", "☑", "•", "●", "■"}, says{role: "participant"}},
	// To be confirmed is what a proposal is: it waits for a person.
	{[]string{"tbc", "tbd", "to be confirmed", "?", "maybe", "possibly", "interested", "considering", "planned", "proposed"}, says{status: record.Proposed}},
}

const aboutCells = "write lead, pilot, host, participant (or x, yes, ✓), tbc or no, with a year or date behind it if you like"

var behindWord = regexp.MustCompile(`^(.*?)[\s,;:(]*(?:\b(since|from|until|till|to|left|ended|in)\b\s*)?((?:\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)[^()]*?)\)?$`)

// readCell reads a cell of a grid.
func readCell(text string) (says, error) {
	fold := strings.ToLower(oneLine(text))
	if s, ok := cellWord(fold); ok {
		return s, nil
	}
	m := behindWord.FindStringSubmatch(fold)
	if m == nil {
		return says{}, record.Invalid("", "%q is not understood; %s", oneLine(text), aboutCells)
	}
	s, ok := cellWord(first(m[1], "x"))
	if !ok || s.nothing {
		return says{}, record.Invalid("", "%q is not understood; %s", oneLine(text), aboutCells)
	}
	var err error
	switch m[2] {
	case "until", "till", "to", "left", "ended":
		s.until, err = sheetDate(m[3])
	default:
		s.since, s.until, err = sheetPeriod(m[3])
	}
	if err != nil {
		return says{}, record.Invalid("", "%q is not understood (%s); %s", oneLine(text), reasonOf(err), aboutCells)
	}
	return s, nil
}

func cellWord(fold string) (says, bool) {
	for _, row := range cellWords {
		for _, word := range row.words {
			if word == fold {
				s := row.says
				if s.status == "" {
					s.status = record.Confirmed
				}
				return s, true
			}
		}
	}
	return says{}, false
}

var periodJoint = regexp.MustCompile(`\s*(?:–|—|\bto\b|\buntil\b| - )\s*|^(\d{4})-(\d{4})$`)

// sheetPeriod reads a date, or two with a dash between: "2020–2022".
func sheetPeriod(s string) (since, until record.PartialDate, err error) {
	from, to := s, ""
	if m := periodJoint.FindStringSubmatchIndex(s); m != nil {
		if from, to = s[:m[0]], s[m[1]:]; m[2] >= 0 {
			from, to = s[m[2]:m[3]], s[m[4]:m[5]]
		}
	}
	if since, err = sheetDate(from); err == nil && to != "" {
		until, err = sheetDate(to)
	}
	if err == nil && !until.IsZero() && until.Last().Compare(since.First()) < 0 {
		err = record.Invalid("", "%s is before %s", until, since)
	}
	return since, until, err
}

// The dates of a table that need not be written as we do. Days come before
// months, as in Britain.
var (
	dayLayouts   = []string{"2/1/2006", "2.1.2006", "2-1-2006", "2 January 2006", "2 Jan 2006", "2-Jan-2006", "2-Jan-06", "January 2, 2006", "Jan 2, 2006", "2006/01/02", "2006-01-02 15:04:05", "2006-01-02T15:04:05"}
	monthLayouts = []string{"January 2006", "Jan 2006", "Jan-2006", "Jan-06", "01/2006", "2006/01"}
)

// sheetDate reads a date in a table: as we write it, as people do, or as the
// number of days by which spreadsheets count.
func sheetDate(s string) (record.PartialDate, error) {
	s = oneLine(s)
	if d, err := record.ParsePartialDate(s); err == nil {
		return d, nil
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		const first, last = 18264, 109575 // 1950 to 2199
		if n >= first && n < last {
			return record.DateOf(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(math.Floor(n)))), nil
		}
		if year := int(n); n == math.Trunc(n) && year >= 1900 && year < 2200 {
			return record.ParsePartialDate(strconv.Itoa(year))
		}
	}
	spoken := titled(s)
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, spoken); err == nil {
			return record.DateOf(t), nil
		}
	}
	for _, layout := range monthLayouts {
		if t, err := time.Parse(layout, spoken); err == nil {
			return record.PartialDate{Year: int16(t.Year()), Month: uint8(t.Month())}, nil
		}
	}
	return record.PartialDate{}, record.Invalid("date", "%q is not a date; write 2021, 2021-05 or 2021-05-17", s)
}

var ordinal = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)\b`)

// titled is a date as the layouts want it: months with a capital, days plain.
func titled(s string) string {
	s = strings.Replace(ordinal.ReplaceAllString(s, "$1"), "Sept ", "Sep ", 1)
	out := []rune(strings.ToLower(s))
	for i, r := range out {
		if i == 0 || out[i-1] < 'a' || out[i-1] > 'z' {
			out[i] = []rune(strings.ToUpper(string(r)))[0]
		}
	}
	return strings.Replace(string(out), "Sept ", "Sep ", 1)
}

// reasonOf is why something was refused, without the field.
func reasonOf(err error) string {
	if p, _ := problemOf("", 0, err); p != nil {
		return p.Reason
	}
	return fmt.Sprint(err)
}
