package eval

import (
	"fmt"
	"io"
)

// Print writes a score as a table of fixed width, with each predicate of the
// relations beneath them.
func (s *Score) Print(w io.Writer) {
	fmt.Fprintf(w, "%-16s %9s %7s %6s %7s %7s %6s\n", "class", "precision", "recall", "F1", "right", "missed", "false")
	for _, class := range Classes() {
		if class == "relations" {
			s.PrintLinks(w)
			continue
		}
		printRow(w, class, s.Class[class])
	}
	fmt.Fprintf(w, "quotes that are an exact part of the text: %d of %d\n", s.Quotes[0], s.Quotes[1])
}

// PrintLinks writes what a score says of relations, in the rows of that table.
func (s *Score) PrintLinks(w io.Writer) {
	printRow(w, "relations", s.Class["relations"])
	for _, predicate := range predicates {
		printRow(w, "  "+predicate, s.Links[predicate])
	}
}

func printRow(w io.Writer, name string, t Tally) {
	fmt.Fprintf(w, "%-16s %9.3f %7.3f %6.3f %7d %7d %6d\n", name, t.Precision(), t.Recall(), t.F1(), t.Right, t.Missed, t.False)
}

// Goal is the least that a class must reach; what is 0 is not asked for.
type Goal struct{ Precision, Recall, F1 float64 }

// Missed says which goal a class misses, "" for none.
func (g Goal) Missed(t Tally) string {
	for _, m := range []struct {
		name      string
		got, want float64
	}{{"precision", t.Precision(), g.Precision}, {"recall", t.Recall(), g.Recall}, {"F1", t.F1(), g.F1}} {
		if m.got < m.want {
			return fmt.Sprintf("%s is %.3f, and should be %g", m.name, m.got, m.want)
		}
	}
	return ""
}
