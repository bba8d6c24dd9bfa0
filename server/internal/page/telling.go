package page

// tellingProofs is how many sentences stand beside an answer on a page of results.
const tellingProofs = 2

// Telling are a few of the sentences behind an answer: the one that says most of its
// links, and then the one that says most of the rest. Words that are gone from their
// text are left out. All of them are on the answer's own page.
func (a *Answer) Telling() (list []Proof) {
	type passage struct{ quote, at string }
	rest := a.Links
	for len(list) < tellingProofs && len(rest) > 0 {
		says := map[passage]int{}
		var best Proof
		most := 0
		for _, s := range rest {
			for _, p := range s.Proofs {
				at := passage{p.Quote, p.Source.Href}
				if says[at]++; says[at] > most && !p.Superseded {
					most, best = says[at], p
				}
			}
		}
		if most == 0 {
			break
		}
		list = append(list, best)
		var unsaid []Statement
		for _, s := range rest {
			if !s.saidBy(best) {
				unsaid = append(unsaid, s)
			}
		}
		rest = unsaid
	}
	return list
}

// saidBy tells whether the sentence is among those that say the link.
func (s Statement) saidBy(p Proof) bool {
	for _, q := range s.Proofs {
		if q.Quote == p.Quote && q.Source.Href == p.Source.Href {
			return true
		}
	}
	return false
}
