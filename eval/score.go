package eval

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lotigraph/extract"
)

// Tally is how often the reading of one class of things was right.
type Tally struct{ Right, Missed, False int }

// Precision is the share of what was found that is right, 0 where nothing was.
func (t Tally) Precision() float64 { return share(t.Right, t.Right+t.False) }

// Recall is the share of what is there that was found, 0 where nothing is.
func (t Tally) Recall() float64 { return share(t.Right, t.Right+t.Missed) }

// F1 is the harmonic mean of precision and recall.
func (t Tally) F1() float64 {
	p, r := t.Precision(), t.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Classes are what is scored, in the order in which it is shown. Of roles, only
// those of people found count; metadata is title, number, date and author.
func Classes() []string {
	return []string{"boroughs", "people", "roles", "organisations", "projects", "relations", "metadata"}
}

// predicates are the links that are scored.
var predicates = []string{"JOINED", "PARTNER_IN", "FUNDED_BY", "WORKS_FOR", "LEADS", "AUTHORED"}

// Score is how well some texts were read.
type Score struct {
	Texts  int
	Class  map[string]Tally
	Links  map[string]Tally // relations, by predicate
	Quotes [2]int           // quotes that are an exact part of their text, and all quotes
	Wrong  []string         // every miss and every false find, a line each
}

// NewScore is the score of no text.
func NewScore() *Score {
	return &Score{Class: make(map[string]Tally), Links: make(map[string]Tally)}
}

// Add scores the reading of one text.
func (s *Score) Add(c Case, f extract.Facts) {
	s.Texts++
	g := c.Gold
	s.names(g.File, "boroughs", g.Boroughs, f.Boroughs, same)
	s.people(g, f)
	s.names(g.File, "organisations", g.Organisations, f.Organisations, same)
	s.names(g.File, "projects", g.Projects, f.Projects, sameProject)
	s.links(c, f)
	s.metadata(g, f)
}

// names scores a list of names.
func (s *Score) names(file, class string, gold, found []string, eq func(a, b string) bool) {
	pairs, missed, wrong := match(gold, found, eq)
	s.count(s.Class, class, len(pairs), missed, wrong)
	s.note(file, class, missed, wrong)
}

func (s *Score) people(g Gold, f extract.Facts) {
	pairs, missed, wrong := match(g.People, f.People, func(a GoldPerson, b extract.PersonFact) bool { return samePerson(a.Name, b.Name) })
	var lost, extra, roles []string
	for _, p := range missed {
		lost = append(lost, p.Name)
	}
	for _, p := range wrong {
		extra = append(extra, p.Name)
	}
	s.count(s.Class, "people", len(pairs), lost, extra)
	s.note(g.File, "people", lost, extra)
	right := 0
	for _, p := range pairs {
		switch want, got := value(p.gold.Role), value(p.found.Role); {
		case want == "":
		case plain(want) == plain(got):
			right++
		default:
			roles = append(roles, fmt.Sprintf("%s: %q, read as %q", p.gold.Name, want, got))
		}
	}
	s.count(s.Class, "roles", right, roles, nil)
	s.note(g.File, "roles", roles, nil)
}

// links scores the links of a text. One that people only guessed is right when
// found and not missed when it is not.
func (s *Score) links(c Case, f extract.Facts) {
	var said, guessed, found []GoldLink
	for _, l := range c.Gold.Relations {
		if l.inferred() {
			guessed = append(guessed, l)
		} else {
			said = append(said, l)
		}
	}
	for _, r := range f.Relations {
		if slices.Contains(predicates, r.Predicate) {
			found = append(found, GoldLink{Subject: r.Subject, Predicate: r.Predicate, Object: r.Object, Quote: r.Quote})
		}
	}
	pairs, missed, rest := match(said, found, sameLink)
	more, _, wrong := match(guessed, rest, sameLink)
	for _, predicate := range predicates {
		right := 0
		for _, p := range append(pairs, more...) {
			if p.gold.Predicate == predicate {
				right++
			}
		}
		of := func(list []GoldLink) (out []string) {
			for _, l := range list {
				if l.Predicate == predicate {
					out = append(out, fmt.Sprintf("%s %s %s “%s”", l.Subject, l.Predicate, l.Object, l.Quote))
				}
			}
			return out
		}
		s.count(s.Links, predicate, right, of(missed), of(wrong))
		s.count(s.Class, "relations", right, of(missed), of(wrong))
		s.note(c.Gold.File, "relations", of(missed), of(wrong))
	}
	for _, l := range found {
		if s.Quotes[1]++; isPart(l.Quote, c.Source.Body) {
			s.Quotes[0]++
		}
	}
}

func (s *Score) metadata(g Gold, f extract.Facts) {
	number := func(n *int) *string {
		if n == nil {
			return nil
		}
		digits := strconv.Itoa(*n)
		return &digits
	}
	right := 0
	var missed []string
	for _, field := range []struct {
		name      string
		want, got *string
	}{{"title", g.Title, &f.Title}, {"number", number(g.Number), number(f.Number)}, {"date", g.Date, f.Date}, {"author", g.Author, f.Author}} {
		switch {
		case field.want == nil:
		case strings.EqualFold(strings.TrimSpace(*field.want), strings.TrimSpace(value(field.got))):
			right++
		default:
			missed = append(missed, fmt.Sprintf("%s %q, read as %q", field.name, *field.want, value(field.got)))
		}
	}
	s.count(s.Class, "metadata", right, missed, nil)
	s.note(g.File, "metadata", missed, nil)
}

func (s *Score) count(tallies map[string]Tally, class string, right int, missed, wrong []string) {
	t := tallies[class]
	t.Right += right
	t.Missed += len(missed)
	t.False += len(wrong)
	tallies[class] = t
}

func (s *Score) note(file, class string, missed, wrong []string) {
	for _, m := range missed {
		s.Wrong = append(s.Wrong, "miss  "+file+" "+class+": "+m)
	}
	for _, w := range wrong {
		s.Wrong = append(s.Wrong, "false "+file+" "+class+": "+w)
	}
}

// pair is something people found and its counterpart in the reading.
type pair[G, F any] struct {
	gold  G
	found F
}

// match pairs, in order, each thing that people found with the first one of the
// reading that is the same and not yet taken.
func match[G, F any](gold []G, found []F, eq func(G, F) bool) (pairs []pair[G, F], missed []G, wrong []F) {
	left := slices.Clone(found)
	for _, g := range gold {
		i := slices.IndexFunc(left, func(f F) bool { return eq(g, f) })
		if i < 0 {
			missed = append(missed, g)
			continue
		}
		pairs = append(pairs, pair[G, F]{g, left[i]})
		left = slices.Delete(left, i, i+1)
	}
	return pairs, missed, left
}

// value is what p points to, "" for nil.
func value(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}
