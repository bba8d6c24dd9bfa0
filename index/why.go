package index

import (
	"fmt"
	"math"
	"slices"
)

// explain says of every hit why it is there, from the decisions in mapping.go.
func (r *run) explain(found []match, hits []Hit) {
	clauses := r.words.clauses()
	for i, m := range found {
		hits[i].Why = r.why(m, clauses)
	}
}

func (r *run) why(m match, clauses []*clause) []string {
	var list []string
	if r.words.op == isAll {
		return []string{"Nothing was typed to search for, so everything that fits the filters is listed."}
	}
	if said := r.saysTier(math.Floor(m.score)); said != "" {
		list = append(list, said)
	}
	for n, c := range clauses {
		if where := r.where(m.doc, n); where != "" {
			list = append(list, "“"+c.text+"” is in "+where+".")
		}
	}
	seg, i := r.s.at(m.doc)
	at, j, _, _ := r.scope.shown(seg, i)
	connected, recent := r.lift(at, j)
	if percent := math.Round(connected * 100); percent > 0 {
		records := "records"
		if r.scope.connections(at, j) == 1 {
			records = "record"
		}
		list = append(list, fmt.Sprintf("It is linked with %d %s, which raises it by %.0f%%.", r.scope.connections(at, j), records, percent))
	}
	if percent := math.Round(recent * 100); percent > 0 {
		list = append(list, fmt.Sprintf("It is of %s, which raises it by %.0f%%.", at.date(j).English(), percent))
	}
	return list
}

// saysTier says why a record stands where it does, "" where only its words count.
func (r *run) saysTier(tier float64) string {
	how := "With a letter or two changed"
	if !slices.ContainsFunc(r.words.clauses(), func(c *clause) bool { return len(c.fixes) > 0 }) {
		how = "Written out"
	}
	switch tier {
	case exactName:
		return "What was typed is its whole name."
	case exactAlias:
		return "What was typed is another name of it."
	case exactText:
		return "What was typed is the whole title of the text."
	case nearName:
		return "What was typed is a name of it, but for endings and small words."
	case fixedName, fixedAlias, fixedText:
		return how + ", what was typed is its name."
	case hasFixed:
		return how + ", it has what was typed, so it stands behind what has it as typed."
	}
	return ""
}

// where lists the fields that have a clause: "its name, its summary and 3 places
// of the text".
func (r *run) where(doc uint64, clause int) string {
	counts := map[string]int{}
	for p, marks := range r.marked[doc] {
		starts := map[int]bool{}
		for _, m := range marks {
			if m.clause == clause {
				starts[m.Start] = true
			}
		}
		counts[p.field] += len(starts)
	}
	var list []string
	for _, f := range slices.Backward(places[:]) {
		switch n := counts[f]; {
		case n == 0:
		case f != bodyField:
			list = append(list, "its "+f)
		case n == 1:
			list = append(list, "one place of the text")
		default:
			list = append(list, fmt.Sprintf("%d places of the text", n))
		}
	}
	return andList(list)
}
