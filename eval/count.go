package eval

import (
	"encoding/csv"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lotigraph/extract"
	"lotigraph/record"
)

// Count is how often a reading rule found something, and how often that was
// right; a link that people only guessed counts half.
type Count struct {
	Right float64
	Seen  int
}

// Counts is a count for each rule.
type Counts map[string]Count

func (c Counts) add(rule string, right float64) {
	c[rule] = Count{c[rule].Right + right, c[rule].Seen + 1}
}

// AddNames counts the names that a reading found, those for which keep is true.
func (c Counts) AddNames(g Gold, f extract.Facts, keep func(extract.NameFact) bool) {
	for _, n := range f.Explain.Names {
		if !keep(n) {
			continue
		}
		right := 0.0
		if g.has(n) {
			right = 1
		}
		c.add(n.Rule, right)
	}
}

// AddLinks counts the links that a reading found.
func (c Counts) AddLinks(g Gold, f extract.Facts) {
	for _, l := range f.Explain.Links {
		right := 0.0
		for _, want := range g.Relations {
			switch {
			case !sameLink(want, GoldLink{Subject: l.Subject, Predicate: l.Predicate, Object: l.Object}):
			case want.inferred():
				right = max(right, 0.5)
			default:
				right = 1
			}
		}
		if slices.Contains(predicates, l.Predicate) {
			c.add(l.Rule, right)
		}
	}
}

// has tells whether people found the name too.
func (g Gold) has(n extract.NameFact) bool {
	is := func(eq func(a, b string) bool) func(string) bool {
		return func(name string) bool { return eq(name, n.Name) }
	}
	switch n.Kind {
	case record.BoroughKind.String():
		return slices.ContainsFunc(g.Boroughs, is(same))
	case record.PartnerKind.String():
		return slices.ContainsFunc(g.Organisations, is(same))
	case record.ProjectKind.String():
		return slices.ContainsFunc(g.Projects, is(sameProject))
	}
	return slices.ContainsFunc(g.People, func(p GoldPerson) bool { return samePerson(p.Name, n.Name) })
}

// Write writes the table that package extract carries.
func (c Counts) Write(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"rule", "right", "seen"}) // Error tells of it below
	for _, rule := range slices.Sorted(maps.Keys(c)) {
		_ = out.Write([]string{rule, strconv.FormatFloat(c[rule].Right, 'g', -1, 64), strconv.Itoa(c[rule].Seen)})
	}
	out.Flush()
	return out.Error()
}

// CountRules counts the rules over some texts: all rules as a reader uses them
// who knows nothing but the boroughs, and the rules for known names as one uses
// them who knows the whole starter programme. Links for which evidence is weighed
// are those found with weights to which the text itself did not contribute.
func CountRules(cases []Case) (Counts, error) {
	few, err := Lexicon(record.BoroughKind)
	if err != nil {
		return nil, err
	}
	all, err := Lexicon(record.BoroughKind, record.PartnerKind, record.PersonKind, record.ProjectKind)
	if err != nil {
		return nil, err
	}
	others, err := Others()
	if err != nil {
		return nil, err
	}
	fitting := NewFitting(cases, others)
	counts := make(Counts)
	for i, c := range cases {
		f := extract.Read(c.Source, few.Weighed(fitting.Without(i))).Explain(c.Source.Name)
		counts.AddNames(c.Gold, f, func(extract.NameFact) bool { return true })
		counts.AddLinks(c.Gold, f)
		f = extract.Read(c.Source, all).Explain(c.Source.Name)
		counts.AddNames(c.Gold, f, func(n extract.NameFact) bool {
			return strings.Contains(n.Rule, "known ") && n.Kind != record.BoroughKind.String()
		})
	}
	return counts, nil
}
