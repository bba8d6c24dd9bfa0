package index

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"lotigraph/record"
)

// Choice restricts a search: what is found has one of the values.
type Choice struct {
	Key     Key
	Values  []string    // of kind, form, theme, year, role and the dates
	Records []record.ID // of the keys that name records
	Labels  []string    // how Records are called, to say the query back
}

// choice is a Choice, ready to be asked of a document.
type choice struct {
	key    Key
	kinds  kindSet
	forms  [16]bool
	themes []string // folded
	years  []years
	from   int32 // of dates that may lie …
	to     int32 // … between these days
	ords   []ord
	roles  []string
	labels []string // of the values, for people
	given  bool     // by a filter, not by the query's text
}

// years is a range of years; year 0 stands for no date.
type years struct{ from, to int }

// NoDate is the value of year for texts whose date nobody knows.
const NoDate = "none"

// compile reads the values of a choice that names no records.
func (c Choice) compile(s *Snapshot) (choice, error) {
	m := choice{key: c.Key, from: math.MinInt32, to: math.MaxInt32}
	if c.Key.Kind() != 0 {
		m.ords = s.store.registry.add(c.Records)
		return m, nil
	}
	for _, value := range c.Values {
		if err := m.read(value); err != nil {
			return choice{}, err
		}
	}
	return m, nil
}

// read takes one value.
func (m *choice) read(value string) error {
	label := value
	switch m.key {
	case ByKind:
		k, err := record.ParseKind(value)
		if err != nil {
			return err
		}
		m.kinds[k], label = true, KindLabel(k)
	case ByForm:
		f, err := record.ParseForm(value)
		if err != nil {
			return err
		}
		m.forms[formNumber(f)], label = true, formLabel(f)
	case ByTheme:
		m.themes = append(m.themes, record.Fold(value))
	case ByYear:
		y, err := parseYears(value)
		if err != nil {
			return err
		}
		m.years = append(m.years, y)
	case ByRole:
		m.roles = append(m.roles, strings.ToLower(value))
	case Before, After:
		d, err := record.ParsePartialDate(value)
		if err != nil {
			return err
		}
		if m.key == Before {
			m.to = int32(d.Number()) - 1
		} else {
			m.from = int32(d.Last().Number()) + 1
		}
		label = d.English()
	}
	m.labels = append(m.labels, label)
	return nil
}

// typedKind is a kind as people type it: "text", which is every weeknote, page and
// blog, or a form of text alone.
func typedKind(value string) Choice {
	one := strings.TrimSuffix(strings.ToLower(strings.TrimSpace(value)), "s")
	if f, err := record.ParseForm(one); err == nil && f != record.FormWeeknote {
		return Choice{Key: ByForm, Values: []string{string(f)}}
	}
	if one == textKind {
		value = record.WeeknoteKind.Slug()
	}
	return Choice{Key: ByKind, Values: []string{value}}
}

// textKind is how all texts are asked for, whatever their form.
const textKind = "text"

// KindLabel is a kind as results are counted by it: "boroughs", and "texts" for
// weeknotes, pages, blogs and the rest.
func KindLabel(k record.Kind) string {
	if k == record.WeeknoteKind {
		return textKind + "s"
	}
	return k.Plural()
}

func formLabel(f record.Form) string {
	switch f {
	case record.FormNews:
		return "news"
	}
	return f.Label() + "s"
}

// parseYears reads "2021", "2019-2021", "2019..2021" and "none".
func parseYears(s string) (years, error) {
	if strings.EqualFold(s, NoDate) {
		return years{}, nil
	}
	first, last, ranged := strings.Cut(strings.NewReplacer("..", "-", "–", "-").Replace(s), "-")
	if !ranged {
		last = first
	}
	from, err1 := strconv.Atoi(first)
	to, err2 := strconv.Atoi(last)
	if err1 != nil || err2 != nil || from < 1000 || to > 9999 || from > to {
		return years{}, record.Invalid("year", "%q is not a year; write 2021 or 2019-2021", s)
	}
	return years{from, to}, nil
}

// dateOf is the day of that number.
func dateOf(number int) record.PartialDate {
	return record.DateOf(time.Unix(int64(number)*86400, 0).UTC())
}

// lastOf is the last day that the date can mean, the end of time for none.
func lastOf(d record.PartialDate) int32 {
	if d.IsZero() {
		return math.MaxInt32
	}
	return int32(d.Last().Number())
}

// period is the choice of dates that may lie between two others, either of
// which may be none; ok is false when both are.
func period(from, to record.PartialDate) (c choice, ok bool) {
	c = choice{key: After, from: math.MinInt32, to: lastOf(to), given: true}
	if !from.IsZero() {
		c.from = int32(from.First().Number())
	}
	return c, !from.IsZero() || !to.IsZero()
}

// admits tells whether document i fits the choice. Whether a role fits may
// depend on the other choices: see parts.
func (m *choice) admits(sc *Scope, seg *segment, i int) bool {
	switch m.key {
	case ByKind:
		return m.kinds[seg.kinds[i]]
	case ByForm:
		return m.forms[seg.forms[i]]
	case ByYear:
		return m.admitsYear(seg, i)
	case Before, After:
		return seg.days[i] != noDay && seg.lastDay(i) >= m.from && seg.days[i] <= m.to
	case ByTheme:
		return slices.ContainsFunc(sc.themes(seg, i), func(t string) bool { return slices.Contains(m.themes, record.Fold(t)) })
	case ByRole:
		return parts{roles: m.roles}.in(sc, sc.row(seg, i))
	}
	r, sort := sc.row(seg, i), sortOf(m.key)
	return slices.ContainsFunc(m.ords, func(o ord) bool { return r.has(sort, o) })
}

func (m *choice) admitsYear(seg *segment, i int) bool {
	y := seg.year(i)
	return seg.forms[i] != 0 && slices.ContainsFunc(m.years, func(r years) bool { return r.from <= y && y <= r.to })
}

// sortOf is the sort of link that a key asks about.
func sortOf(k Key) uint32 {
	switch k {
	case ByAuthor:
		return writtenBy
	case ByLead:
		return ledBy
	}
	return linkedWith
}

// parts asks for a participation: in one of the roles, of one of the
// participants if there are any, in one of the projects if there are any.
type parts struct {
	roles                  []string
	participants, projects []ord
}

func (p parts) fits(t triple) bool {
	return (p.roles == nil || slices.Contains(p.roles, t.role)) &&
		(len(p.participants) == 0 || slices.Contains(p.participants, t.participant)) &&
		(len(p.projects) == 0 || slices.Contains(p.projects, t.project))
}

// in tells whether the row has such a participation.
func (p parts) in(sc *Scope, r row) bool {
	for _, n := range r.part(takesPart) {
		if p.fits(sc.links.triples[n&^sortOfLink]) {
			return true
		}
	}
	return false
}
