package ask

import (
	"strings"

	"lotigraph/record"
)

// claim is how a sentence says what a list of records has in common.
type claim struct {
	together  bool   // the subject is two
	subject   string // who does it, when the records are what it is done to: "Camden"
	plain     string // "nobody", when the sentence begins with the names
	one, many string // what the records are: "borough", "boroughs"
	verb             // what they do; with past, what has ended still counts
	past      bool
	on        verb // the same as of a day; nothing where it is the same
	then      verb // the same in a period
	leaving   bool // it is about when it ended
}

// verb is what one does, what many do, and what they are known to do: "leads X",
// "lead X", "lead X". With a subject, is stands before the records.
type verb struct{ is, are, infinitive string }

func same(s, infinitive string) verb { return verb{s, s, infinitive} }

// at is the claim at the time that was asked about.
func (c claim) at(w When, asOf record.PartialDate) claim {
	switch {
	case w.hasPeriod() && c.then != verb{}:
		c.verb = c.then
	case !w.hasPeriod() && !asOf.IsZero() && c.on != verb{}:
		c.verb = c.on
	}
	return c
}

// listed sorts ties by how they stand, each record once, where it stands best.
type listed struct {
	certain, maybe, coming, ended []tie
	proposed                      int // of those shown, records that only proposals name
}

func sortOut(list []tie) (l listed) {
	seen := map[record.ID]bool{}
	for _, s := range []state{holds, possible, toCome, ended} {
		for _, t := range list {
			if t.state != s || seen[t.far.ID] {
				continue
			}
			seen[t.far.ID] = true
			if t.link.Status == record.Proposed {
				l.proposed++
			}
			switch s {
			case holds:
				l.certain = append(l.certain, t)
			case possible:
				l.maybe = append(l.maybe, t)
			case toCome:
				l.coming = append(l.coming, t)
			case ended:
				l.ended = append(l.ended, t)
			}
		}
	}
	return l
}

func namesOf(list []tie) (names []string) {
	for _, t := range list {
		names = append(names, t.far.Name)
	}
	return names
}

// sentence says who does what, for none, one and many, and what is open.
func (w *work) sentence(c claim, list []tie, leftOut int) string {
	c = c.at(w.when, w.Lens.AsOf)
	l := sortOut(list)
	main := l.certain
	if c.past {
		main = append(main[:len(main):len(main)], l.ended...)
	}
	names := namesOf(main)
	if c.leaving {
		names = untilOf(main)
	}
	return c.main(names, namesOf(l.maybe), w.phrase()) + c.notes(l, len(main) > 0, leftOut)
}

// notes say what is open, ended, yet to come or proposed; some tells that the
// sentence before them named somebody of whom it is certain.
func (c claim) notes(l listed, some bool, leftOut int) string {
	var b strings.Builder
	if some && len(l.maybe) > 0 {
		b.WriteString(" For " + number(len(l.maybe)) + " more the dates leave it open: " + enumerate(namesOf(l.maybe)) + ".")
	}
	if len(l.ended) > 0 && !c.leaving {
		b.WriteString(" " + endedNote(c, l.ended))
	}
	if len(l.coming) > 0 {
		b.WriteString(" Yet to begin: " + enumerate(namesOf(l.coming)) + ".")
	}
	b.WriteString(proposalsNote(l.proposed, leftOut))
	return b.String()
}

// main is the sentence about those of which it is certain, and where there are
// none, about those of which it is possible.
func (c claim) main(certain, maybe []string, when string) string {
	none := len(certain) == 0
	switch {
	case none && len(maybe) > 0 && c.subject != "":
		return c.subject + " " + map[bool]string{false: "is", true: "are"}[c.together] + " not known to " + c.infinitive + " any " + c.one + when + ", but for " + number(len(maybe)) + " the dates leave it open: " + enumerate(maybe) + "."
	case none && len(maybe) > 0:
		return record.Capital(c.nobody()) + " is known to " + c.infinitive + when + ", but for " + number(len(maybe)) + " the dates leave it open: " + enumerate(maybe) + "."
	case none && c.subject != "":
		return "As far as the records say, " + c.subject + " " + c.is + " no " + c.one + when + "."
	case none:
		return "As far as the records say, " + c.nobody() + " " + c.is + when + "."
	case c.subject != "":
		return c.subject + " " + c.is + " " + counted(len(certain), c.one, c.many) + when + ": " + enumerate(certain) + "."
	case c.plain != "" && len(certain) == 1:
		return certain[0] + " " + c.is + when + "."
	case c.plain != "":
		return enumerate(certain) + " " + c.are + when + "."
	case len(certain) == 1:
		return "One " + c.one + " " + c.is + when + ": " + certain[0] + "."
	}
	return record.Capital(number(len(certain))) + " " + c.many + " " + c.are + when + ": " + enumerate(certain) + "."
}

func (c claim) nobody() string {
	if c.plain != "" {
		return c.plain
	}
	return "no " + c.one
}

// endedNote says which have ended, and when.
func endedNote(c claim, list []tie) string {
	if c.past {
		return "Ended since: " + enumerate(untilOf(list)) + "."
	}
	return "Formerly: " + enumerate(untilOf(list)) + "."
}

func untilOf(list []tie) (each []string) {
	for _, t := range list {
		each = append(each, t.far.Name+" (until "+t.link.Until.English()+")")
	}
	return each
}

// proposalsNote says what proposals there are: those shown, and those left out.
func proposalsNote(shown, leftOut int) string {
	switch {
	case shown == 1:
		return " One of these is a proposal that nobody has reviewed yet."
	case shown > 1:
		return " " + record.Capital(number(shown)) + " of these are proposals that nobody has reviewed yet."
	case leftOut == 1:
		return " One proposal that nobody has reviewed yet is left out."
	case leftOut > 1:
		return " " + record.Capital(number(leftOut)) + " proposals that nobody has reviewed yet are left out."
	}
	return ""
}

// phrase is the time that the answer is about, as the end of a clause.
func (w *work) phrase() string {
	when := w.when
	if !when.hasPeriod() {
		when = When{AsOf: w.Lens.AsOf}
	}
	return when.phrase()
}

// maxNamed is how many records a sentence names.
const maxNamed = 8

// enumerate is a list in a sentence: "A, B and C", or with how many more there
// are. Names with an "and" of their own are parted by commas alike.
func enumerate(names []string) string {
	if more := len(names) - maxNamed; more > 1 {
		names = append(names[:maxNamed:maxNamed], number(more)+" more")
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// number is a count in a sentence: a word up to ten, a comma for each thousand.
func number(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return record.Thousands(n)
}

// counted is a number of things: "no project", "one project", "two projects".
func counted(n int, one, many string) string {
	if n == 0 || n == 1 {
		return number(n) + " " + one
	}
	return number(n) + " " + many
}

// table shows ties, one a row.
func (w *work) table(what string, list []tie) error {
	w.out.Table.Columns = []string{what, "Role", "Since", "Until", "Holds", "Status", "Source"}
	for _, t := range list {
		source, err := w.source(t.link)
		if err != nil {
			return err
		}
		w.row(t, t.far.Name, t.link.Role, t.link.Since.String(), t.link.Until.String(), string(t.state), status(t.link), source)
	}
	return nil
}

func status(l record.Link) string { return strings.ToLower(string(l.Status)) }

// row puts a tie into the table, its record among those named and its link among
// those that the answer rests on.
func (w *work) row(t tie, cells ...string) {
	w.name(t.far)
	w.rest(t.link)
	w.out.Table.Rows = append(w.out.Table.Rows, Row{cells, []record.ID{t.far.ID}, []string{t.link.ID}})
}
