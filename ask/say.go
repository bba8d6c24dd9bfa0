package ask

import (
	"strconv"
	"strings"

	"lotigraph/record"
)

// claim is how a sentence says what a list of records has in common.
type claim struct {
	subject    string // who does it, when the records are what it is done to: "Camden"
	plain      string // "nobody", when the sentence begins with the names
	one, many  string // what the records are: "borough", "boroughs"
	is, are    string // what one does, what many do: "leads X", "lead X"
	infinitive string // behind "may" and "is known to": "lead X"
	past       bool   // what has ended still counts: "joined X"
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
	l := sortOut(list)
	when, main := w.phrase(), l.certain
	if c.past {
		main = append(main[:len(main):len(main)], l.ended...)
	}
	var b strings.Builder
	b.WriteString(c.main(namesOf(main), namesOf(l.maybe), when))
	if len(main) > 0 && len(l.maybe) > 0 {
		b.WriteString(" " + c.open(namesOf(l.maybe), when))
	}
	if len(l.ended) > 0 {
		b.WriteString(" " + w.endedNote(c, l.ended))
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
		return c.subject + " is not known to " + c.infinitive + " any " + c.one + when + ", but may " + c.infinitive + " " + counted(len(maybe), c.one, c.many) + ": " + enumerate(maybe) + "; the dates leave it open."
	case none && len(maybe) > 0:
		return capital(c.nobody()) + " is known to " + c.infinitive + when + ", but " + theyMay(len(maybe), c.infinitive) + ": " + enumerate(maybe) + "; the dates leave it open."
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
	return capital(number(len(certain))) + " " + c.many + " " + c.are + when + ": " + enumerate(certain) + "."
}

func (c claim) nobody() string {
	if c.plain != "" {
		return c.plain
	}
	return "no " + c.one
}

// open is the sentence about those of which it is only possible, beside others.
func (c claim) open(maybe []string, when string) string {
	who := capital(number(len(maybe))) + " more may " + c.infinitive + when
	if c.subject != "" {
		who = c.subject + " may " + c.infinitive + " " + number(len(maybe)) + " more" + when
	}
	return who + ", but the dates leave it open: " + enumerate(maybe) + "."
}

func theyMay(n int, infinitive string) string {
	if n == 1 {
		return "one may " + infinitive
	}
	return number(n) + " may " + infinitive
}

// endedNote says which have ended, and when.
func (w *work) endedNote(c claim, list []tie) string {
	var each []string
	for _, t := range list {
		each = append(each, t.far.Name+" (until "+t.link.Until.English()+")")
	}
	if c.past {
		return "Ended since: " + enumerate(each) + "."
	}
	return "Formerly: " + enumerate(each) + "."
}

// proposalsNote says what proposals there are: those shown, and those left out.
func proposalsNote(shown, leftOut int) string {
	switch {
	case shown == 1:
		return " One of these is a proposal that nobody has reviewed yet."
	case shown > 1:
		return " " + capital(number(shown)) + " of these are proposals that nobody has reviewed yet."
	case leftOut == 1:
		return " One proposal that nobody has reviewed yet is left out."
	case leftOut > 1:
		return " " + capital(number(leftOut)) + " proposals that nobody has reviewed yet are left out."
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

// number is a count in a sentence: a word up to ten.
func number(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
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
