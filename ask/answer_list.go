package ask

import (
	"slices"

	"lotigraph/record"
)

// kindsOf are kinds by their names in an id.
func kindsOf(slugs ...string) (list []record.Kind) {
	for _, k := range record.Kinds() {
		if slices.Contains(slugs, k.Slug()) {
			list = append(list, k)
		}
	}
	return list
}

// listing answers with the links of one record: who is at their other ends. What
// is the heading of those, and say the claim about the record of that name.
func listing(slot, what string, ways []kindsOfTie, say func(name string) claim) func(*work) error {
	return func(w *work) error {
		x := w.slots[slot].node
		var list []tie
		leftOut := 0
		for _, k := range ways {
			more, left, err := w.ties(x.ID, k)
			if err != nil {
				return err
			}
			list, leftOut = append(list, more...), leftOut+left
		}
		if len(ways) > 1 {
			slices.SortStableFunc(list, func(a, b tie) int { return place(a.state) - place(b.state) })
		}
		w.out.Sentence = w.sentence(say(x.Name), list, leftOut)
		return w.table(what, list)
	}
}

func way(t record.LinkType, d record.Direction) kindsOfTie {
	return kindsOfTie{types: []record.LinkType{t}, direction: d}
}

func (k kindsOfTie) as(roles ...string) kindsOfTie      { k.roles = roles; return k }
func (k kindsOfTie) of(kinds ...record.Kind) kindsOfTie { k.kinds = kinds; return k }
func (k kindsOfTie) by(m measure) kindsOfTie            { k.measure = m; return k }

func boroughsOf(m measure) []kindsOfTie { return []kindsOfTie{way(record.Joined, record.In).by(m)} }

func boroughsLeft() []kindsOfTie {
	return []kindsOfTie{way(record.Joined, record.In).by(over), way(record.MemberOf, record.In).of(record.BoroughKind).by(over)}
}

func haveLeft() []kindsOfTie {
	return []kindsOfTie{way(record.Joined, record.In).by(over), way(record.PartnerIn, record.In).by(over), way(record.MemberOf, record.In).by(over)}
}

func projectsOf(m measure) []kindsOfTie {
	return []kindsOfTie{way(record.Joined, record.Out).by(m), way(record.PartnerIn, record.Out).by(m)}
}

func partOf() []kindsOfTie { return append(projectsOf(during), way(record.MemberOf, record.Out)) }

func leadersOf() []kindsOfTie {
	return []kindsOfTie{way(record.Joined, record.In).as("lead"), way(record.PartnerIn, record.In).as("lead"), way(record.Leads, record.In)}
}

func leadBoroughsOf() []kindsOfTie { return []kindsOfTie{way(record.Joined, record.In).as("lead")} }

func ledBy() []kindsOfTie {
	return []kindsOfTie{way(record.Joined, record.Out).as("lead"), way(record.PartnerIn, record.Out).as("lead"), way(record.Leads, record.Out)}
}

func fundersOf() []kindsOfTie  { return []kindsOfTie{way(record.FundedBy, record.Out)} }
func fundedBy() []kindsOfTie   { return []kindsOfTie{way(record.FundedBy, record.In)} }
func partnersOf() []kindsOfTie { return []kindsOfTie{way(record.PartnerIn, record.In)} }

func deliverersOf() []kindsOfTie {
	return []kindsOfTie{way(record.PartnerIn, record.In).as("delivery", "supplier")}
}

func membersOf(m measure) []kindsOfTie { return []kindsOfTie{way(record.MemberOf, record.In).by(m)} }

func boroughMembersOf(m measure) []kindsOfTie {
	return []kindsOfTie{way(record.MemberOf, record.In).of(record.BoroughKind).by(m)}
}

func peopleOf() []kindsOfTie  { return []kindsOfTie{way(record.WorksFor, record.In)} }
func authorsOf() []kindsOfTie { return []kindsOfTie{way(record.Authored, record.In)} }
func writtenBy() []kindsOfTie { return []kindsOfTie{way(record.Authored, record.Out)} }
