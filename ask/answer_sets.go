package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lotigraph/record"
)

func sortByName(list []tie) {
	slices.SortStableFunc(list, func(a, b tie) int {
		return cmp.Or(place(a.state)-place(b.state), byName(a, b))
	})
}

// sets are two lists of ties, and what the lens leaves out of both.
func (w *work) sets(one, two record.ID, k kindsOfTie) (first, second []tie, leftOut int, err error) {
	first, left, err := w.ties(one, k)
	if err != nil {
		return nil, nil, 0, err
	}
	second, more, err := w.ties(two, k)
	return first, second, left + more, err
}

func tied(list []tie, id record.ID) []tie {
	var own []tie
	for _, t := range list {
		if t.far.ID == id {
			own = append(own, t)
		}
	}
	return own
}

// weakest is a tie of two, as surely as the less sure of them.
func weakest(a, b tie) tie {
	if place(b.state) > place(a.state) {
		return b
	}
	return a
}

// pairs puts ties of one list beside those of the other with the same far end;
// each borough stands once, with its roles in both.
func (w *work) pairs(first, second []tie) (list []tie, err error) {
	one, two := w.slots["one"].label(), w.slots["two"].label()
	w.out.Table.Columns = []string{"Borough", "In " + one, "In " + two, "Holds"}
	seen := map[record.ID]bool{}
	for _, t := range first {
		other := tied(second, t.far.ID)
		if len(other) == 0 || seen[t.far.ID] {
			continue
		}
		seen[t.far.ID] = true
		both := weakest(t, other[0])
		list = append(list, both)
		ids := w.restAll(append(tied(first, t.far.ID), other...))
		w.name(t.far)
		w.out.Table.Rows = append(w.out.Table.Rows, Row{[]string{t.far.Name, roleCell(t), roleCell(other[0]), string(both.state)}, []record.ID{t.far.ID}, ids})
	}
	return list, nil
}

// roleCell is the part that somebody has, for a cell: the role, else "yes".
func roleCell(t tie) string { return cmp.Or(t.link.Role, "yes") }

func (w *work) restAll(list []tie) (ids []string) {
	for _, t := range list {
		w.rest(t.link)
		ids = append(ids, t.link.ID)
	}
	return ids
}

func joinedIn() kindsOfTie { return way(record.Joined, record.In) }

func answerBoth(w *work) error {
	one, two := w.slots["one"].node, w.slots["two"].node
	first, second, leftOut, err := w.sets(one.ID, two.ID, joinedIn())
	if err != nil {
		return err
	}
	list, err := w.pairs(first, second)
	if err != nil {
		return err
	}
	what := "took part in both " + one.Name + " and " + two.Name
	w.out.Sentence = w.sentence(claim{one: "borough", many: "boroughs", verb: same(what, "have taken part in both "+one.Name+" and "+two.Name), past: true}, list, leftOut)
	return nil
}

func answerEither(w *work) error {
	one, two := w.slots["one"].node, w.slots["two"].node
	first, second, leftOut, err := w.sets(one.ID, two.ID, joinedIn())
	if err != nil {
		return err
	}
	w.out.Table.Columns = []string{"Borough", "In " + one.Name, "In " + two.Name}
	all := append(slices.Clone(first), second...)
	sortByName(all)
	seen := map[record.ID]bool{}
	for _, t := range all {
		if seen[t.far.ID] {
			continue
		}
		seen[t.far.ID] = true
		a, b := tied(first, t.far.ID), tied(second, t.far.ID)
		cells := []string{t.far.Name, "", ""}
		if len(a) > 0 {
			cells[1] = roleCell(a[0])
		}
		if len(b) > 0 {
			cells[2] = roleCell(b[0])
		}
		w.name(t.far)
		w.out.Table.Rows = append(w.out.Table.Rows, Row{cells, []record.ID{t.far.ID}, w.restAll(append(a, b...))})
	}
	what := one.Name + " or " + two.Name
	w.out.Sentence = w.sentence(claim{one: "borough", many: "boroughs", verb: same("took part in "+what, "have taken part in "+what), past: true}, all, leftOut)
	return nil
}

func answerButNot(w *work) error {
	one, two := w.slots["one"].node, w.slots["two"].node
	first, second, leftOut, err := w.sets(one.ID, two.ID, joinedIn())
	if err != nil {
		return err
	}
	list := slices.DeleteFunc(slices.Clone(first), func(t tie) bool { return len(tied(second, t.far.ID)) > 0 })
	what := one.Name + " and not in " + two.Name
	w.out.Sentence = w.sentence(claim{one: "borough", many: "boroughs", verb: same("took part in "+what, "have taken part in "+what), past: true}, list, leftOut)
	return w.table("Borough", list)
}

// inProjects are the projects that somebody takes part in, pays for or leads.
func inProjects() kindsOfTie {
	return kindsOfTie{types: []record.LinkType{record.Joined, record.PartnerIn, record.FundedBy, record.Leads}, kinds: []record.Kind{record.ProjectKind}}
}

func answerTogether(w *work) error {
	one, two := w.slots["one"].node, w.slots["two"].node
	first, second, leftOut, err := w.sets(one.ID, two.ID, inProjects())
	if err != nil {
		return err
	}
	w.out.Table.Columns = []string{"Project", one.Name, two.Name, "Holds"}
	var shared []tie
	seen := map[record.ID]bool{}
	for _, t := range first {
		other := tied(second, t.far.ID)
		if len(other) == 0 || seen[t.far.ID] {
			continue
		}
		seen[t.far.ID] = true
		both := weakest(t, other[0])
		shared = append(shared, both)
		w.name(t.far)
		ids := w.restAll(append(tied(first, t.far.ID), other...))
		w.out.Table.Rows = append(w.out.Table.Rows, Row{[]string{t.far.Name, doing(t), doing(other[0]), string(both.state)}, []record.ID{t.far.ID}, ids})
	}
	w.out.Sentence = w.sentence(claim{together: true, subject: one.Name + " and " + two.Name, one: "project", many: "projects", verb: verb{is: "share", infinitive: "have shared"}, past: true}, shared, leftOut)
	return w.direct(one, two)
}

// doing is what somebody does in a project, for a cell.
func doing(t tie) string {
	switch t.link.Type {
	case record.FundedBy:
		return "funder"
	case record.Leads:
		return "leader"
	}
	return roleCell(t)
}

// direct adds the links from one to the other, beside what they share.
func (w *work) direct(one, two record.Node) error {
	ties, _, err := w.ties(one.ID, kindsOfTie{types: []record.LinkType{record.MemberOf, record.WorksFor, record.SucceededBy}})
	if err != nil {
		return err
	}
	for _, t := range tied(ties, two.ID) {
		from, to := one, two
		if t.link.From == two.ID {
			from, to = two, one
		}
		w.rest(t.link)
		w.out.Sentence += " Besides, " + from.Name + " " + t.link.Type.Phrase() + " " + to.Name + "."
	}
	return nil
}

// beside is a record that shares projects with another one.
type beside struct {
	tie
	projects []string
	ids      []record.ID
	links    []string
}

// besides are the records that share a project with one, each with those
// projects, by name. A project has itself.
func (w *work) besides(x record.Node, kind record.Kind) ([]*beside, int, error) {
	projects := []tie{{far: x, state: holds}}
	leftOut := 0
	if x.Kind() != record.ProjectKind {
		var err error
		if projects, leftOut, err = w.ties(x.ID, takingPart(record.Out)); err != nil {
			return nil, 0, err
		}
	}
	all := map[record.ID]*beside{}
	done := map[record.ID]bool{}
	for _, p := range projects {
		if done[p.far.ID] {
			continue
		}
		done[p.far.ID] = true
		ties, left, err := w.ties(p.far.ID, takingPart(record.In).of(kind))
		if err != nil {
			return nil, 0, err
		}
		leftOut += left
		for _, t := range ties {
			if t.far.ID != x.ID {
				addBeside(all, t, p)
			}
		}
	}
	var list []*beside
	for _, b := range all {
		list = append(list, b)
	}
	slices.SortFunc(list, func(a, b *beside) int {
		return cmp.Or(cmp.Compare(len(b.projects), len(a.projects)), byName(a.tie, b.tie))
	})
	return list, leftOut, nil
}

func takingPart(d record.Direction) kindsOfTie {
	return kindsOfTie{types: []record.LinkType{record.Joined, record.PartnerIn}, direction: d}
}

func addBeside(all map[record.ID]*beside, t, p tie) {
	if p.link.ID != "" {
		t.state = weakest(t, p).state
	}
	b := all[t.far.ID]
	if b == nil {
		b = &beside{tie: t}
		all[t.far.ID] = b
	}
	if place(t.state) < place(b.state) {
		b.state = t.state
	}
	if !slices.Contains(b.ids, p.far.ID) {
		b.projects, b.ids = append(b.projects, p.far.Name), append(b.ids, p.far.ID)
	}
	for _, l := range []record.Link{t.link, p.link} {
		if l.ID != "" && !slices.Contains(b.links, l.ID) {
			b.links = append(b.links, l.ID)
		}
	}
}

// restOn puts links by their ids among those that the answer rests on.
func (w *work) restOn(ids []string) error {
	for _, id := range ids {
		l, err := w.View.Graph.Link(w.ctx, w.Lens, id)
		if err != nil {
			return err
		}
		w.rest(l)
	}
	return nil
}

// sharing answers with who shares a project with a borough or an organisation.
func sharing(what, kind string, say func(string) claim) func(*work) error {
	return func(w *work) error {
		x := w.slots["body"].node
		list, leftOut, err := w.besides(x, kindsOf(kind)[0])
		if err != nil {
			return err
		}
		w.out.Table.Columns = []string{what, "Shared projects", "How many", "Holds"}
		var ties []tie
		for _, b := range list {
			ties = append(ties, b.tie)
			w.name(b.far)
			if err := w.restOn(b.links); err != nil {
				return err
			}
			w.out.Table.Rows = append(w.out.Table.Rows, Row{[]string{b.far.Name, strings.Join(b.projects, "; "), fmt.Sprint(len(b.projects)), string(b.state)},
				append([]record.ID{b.far.ID}, b.ids...), b.links})
		}
		w.out.Sentence = w.sentence(say(x.Name), ties, leftOut)
		return nil
	}
}

func answerPartnersBoth(w *work) error {
	one, two := w.slots["one"].node, w.slots["two"].node
	first, left, err := w.besides(one, record.PartnerKind)
	if err != nil {
		return err
	}
	second, more, err := w.besides(two, record.PartnerKind)
	if err != nil {
		return err
	}
	w.out.Table.Columns = []string{"Organisation", "With " + one.Name, "With " + two.Name, "Holds"}
	var ties []tie
	for _, a := range first {
		i := slices.IndexFunc(second, func(b *beside) bool { return b.far.ID == a.far.ID })
		if i < 0 {
			continue
		}
		b := second[i]
		both := weakest(a.tie, b.tie)
		ties = append(ties, both)
		w.name(a.far)
		links := append(slices.Clone(a.links), b.links...)
		if err := w.restOn(links); err != nil {
			return err
		}
		w.out.Table.Rows = append(w.out.Table.Rows, Row{[]string{a.far.Name, strings.Join(a.projects, "; "), strings.Join(b.projects, "; "), string(both.state)},
			append([]record.ID{a.far.ID}, append(a.ids, b.ids...)...), links})
	}
	what := "worked with both " + one.Name + " and " + two.Name
	w.out.Sentence = w.sentence(claim{one: "organisation", many: "organisations", verb: same(what, "have "+what), past: true}, ties, left+more)
	return nil
}
