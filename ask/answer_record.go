package ask

import (
	"fmt"
	"strings"

	"lotigraph/record"
)

// answerParticipants tells boroughs and organisations apart.
func answerParticipants(w *work) error {
	x := w.slots["project"].node
	list, leftOut, err := w.ties(x.ID, takingPart(record.In))
	if err != nil {
		return err
	}
	l := sortOut(list)
	var boroughs, partners []string
	for _, t := range append(l.certain, l.ended...) {
		if t.far.Kind() == record.BoroughKind {
			boroughs = append(boroughs, t.far.Name)
		} else {
			partners = append(partners, t.far.Name)
		}
	}
	var parts []string
	for _, p := range []struct {
		names     []string
		one, many string
	}{{boroughs, "borough", "boroughs"}, {partners, "organisation", "organisations"}} {
		if len(p.names) > 0 {
			parts = append(parts, counted(len(p.names), p.one, p.many)+" ("+enumerate(p.names)+")")
		}
	}
	c := claim{one: "borough or organisation", many: "boroughs and organisations", verb: verb{"takes part in " + x.Name, "take part in " + x.Name, "take part in " + x.Name}, past: true,
		then: same("took part in "+x.Name, "have taken part in "+x.Name)}
	w.out.Sentence = w.sentence(c, list, leftOut)
	if len(parts) > 0 {
		does := c.at(w.when, w.Lens.AsOf).are
		if len(boroughs)+len(partners) == 1 {
			does = c.at(w.when, w.Lens.AsOf).is
		}
		w.out.Sentence = record.Capital(strings.Join(parts, " and ")) + " " + does + w.phrase() + "." + c.notes(l, true, leftOut)
	}
	return w.table("Participant", list)
}

// answerDidJoin says whether one is or was in another, how and when.
func answerDidJoin(w *work) error {
	a, b := w.slots["body"].node, w.slots["thing"].node
	list, _, err := w.ties(a.ID, intoThing())
	if err != nil {
		return err
	}
	own := tied(list, b.ID)
	leftOut, err := w.leftOutBetween(a.ID, b.ID)
	if err != nil {
		return err
	}
	if len(own) == 0 {
		w.out.Sentence = "As far as the records say, " + a.Name + " did not join " + b.Name + w.phrase() + "." + proposalsNote(0, leftOut)
		if leftOut == 0 {
			w.out.Sentence = "Nothing says that " + a.Name + " joined " + b.Name + w.phrase() + "."
		}
		return w.table("Joined", nil)
	}
	var sentences []string
	for _, t := range own {
		sentences = append(sentences, w.joinedHow(a, b, t))
	}
	w.out.Sentence = strings.Join(sentences, " ") + proposalsNote(proposalsIn(own), leftOut)
	return w.table("Joined", own)
}

// intoThing are the links by which somebody is in a project or an organisation.
func intoThing() kindsOfTie {
	return kindsOfTie{types: []record.LinkType{record.Joined, record.PartnerIn, record.MemberOf}, direction: record.Out}
}

func proposalsIn(list []tie) (n int) {
	for _, t := range list {
		if t.link.Status == record.Proposed {
			n++
		}
	}
	return n
}

func (w *work) leftOutBetween(a, b record.ID) (int, error) {
	if w.Lens.Proposed {
		return 0, nil
	}
	lens := w.Lens
	lens.Proposed = true
	list, err := w.tiesThrough(lens, a, intoThing(), true)
	return proposalsIn(tied(list, b)), err
}

// joinedHow is one way in which one is or was in another, as a sentence.
func (w *work) joinedHow(a, b record.Node, t tie) string {
	l := t.link
	text := a.Name + " took part in " + b.Name
	if l.Type == record.MemberOf {
		text = a.Name + " has been a member of " + b.Name
		if !l.Until.IsZero() {
			text = a.Name + " was a member of " + b.Name
		}
	}
	if l.Role != "" {
		text += " (" + l.Role + ")"
	}
	switch {
	case l.Since.IsZero() && l.Until.IsZero():
		return w.undated(text, l)
	case l.Until.IsZero():
		return text + " since " + l.Since.English() + "."
	case l.Since.IsZero():
		return text + " until " + l.Until.English() + "."
	}
	return text + " from " + l.Since.English() + " to " + l.Until.English() + "."
}

// undated adds what is known of the beginning of a link that has no date: the
// first text that says it.
func (w *work) undated(text string, l record.Link) string {
	first, err := w.earliest(l)
	if err != nil || first.IsZero() {
		return text + "; no date says since when."
	}
	return text + "; no date says since when, but a text of " + first.English() + " says so."
}

// answerWorksWhere says for whom somebody works, as what, and for whom before.
func answerWorksWhere(w *work) error {
	x := w.slots["person"].node
	list, leftOut, err := w.ties(x.ID, way(record.WorksFor, record.Out))
	if err != nil {
		return err
	}
	c := claim{subject: x.Name, one: "employer", many: "employers", verb: verb{is: "works for", infinitive: "work for"}, then: verb{is: "worked for", infinitive: "have worked for"}}
	w.out.Sentence = w.sentence(c, list, leftOut)
	if now := jobs(list); len(now) > 0 {
		w.out.Sentence = x.Name + " " + c.at(w.when, w.Lens.AsOf).is + " " + enumerate(now) + w.phrase() + "." + c.notes(sortOut(list), true, leftOut)
	}
	return w.table("Employer", list)
}

// jobs are the certain ones of a list: "Camden, as Head of Data".
func jobs(list []tie) (names []string) {
	seen := map[record.ID]int{}
	for _, t := range list {
		if t.state != holds {
			continue
		}
		if at, ok := seen[t.far.ID]; ok {
			if t.link.Role != "" && names[at] == t.far.Name {
				names[at] += " (" + t.link.Role + ")"
			}
			continue
		}
		seen[t.far.ID] = len(names)
		name := t.far.Name
		if t.link.Role != "" {
			name += " (" + t.link.Role + ")"
		}
		names = append(names, name)
	}
	return names
}

// maxChain is how many successors in a row are followed.
const maxChain = 10

// succession answers with what followed a record, and what followed that; or, the
// other way, with what went before.
func succession(back bool) func(*work) error {
	return func(w *work) error {
		x := w.slots["thing"].node
		d := record.Out
		c := claim{one: "record", many: "records", verb: same("followed "+x.Name, "have followed "+x.Name), past: true, plain: "nothing"}
		if back {
			d = record.In
			c.verb = same("came before "+x.Name, "have come before "+x.Name)
		}
		var list []tie
		leftOut := 0
		seen := map[record.ID]bool{x.ID: true}
		for queue := []record.ID{x.ID}; len(queue) > 0 && len(seen) < maxChain; queue = queue[1:] {
			ties, left, err := w.ties(queue[0], way(record.SucceededBy, d))
			if err != nil {
				return err
			}
			leftOut += left
			for _, t := range ties {
				if !seen[t.far.ID] {
					seen[t.far.ID] = true
					list, queue = append(list, t), append(queue, t.far.ID)
				}
			}
		}
		w.out.Sentence = w.sentence(c, list, leftOut)
		return w.table("Record", list)
	}
}

// answerWhatIs answers with what a record says of itself, and how many links of
// each sort it has.
func answerWhatIs(w *work) error {
	x := w.slots["thing"].node
	counts, err := w.View.Graph.LinkCounts(w.ctx, w.Lens, x.ID)
	if err != nil {
		return err
	}
	w.out.Table.Columns = []string{"What", "Value"}
	add := func(what, value string) {
		if value != "" {
			w.out.Table.Rows = append(w.out.Table.Rows, Row{[]string{what, value}, []record.ID{x.ID}, nil})
		}
	}
	add("Kind", x.Kind().Label())
	add("Also called", strings.Join(x.Aliases, "; "))
	add("Summary", x.Summary)
	if p := x.Project; p != nil {
		add("Themes", strings.Join(p.Themes, "; "))
		add("Status", p.Status)
		add("Began", p.Start.String())
		add("Ended", p.End.String())
	}
	if p := x.Partner; p != nil {
		add("Sector", p.Sector)
	}
	if b := x.Borough; b != nil {
		add("ONS code", b.ONSCode)
	}
	add("Page", x.URL)
	var recorded []string
	for _, c := range counts {
		label := countLabel(c.Type, c.Direction)
		add(label, fmt.Sprint(c.Count))
		recorded = append(recorded, fmt.Sprintf("%s: %d", strings.ToLower(label), c.Count))
	}
	article := "a "
	w.out.Sentence = x.Name + " is " + article + x.Kind().Label() + "."
	if x.Kind() == record.PersonKind {
		w.out.Sentence = x.Name + " is a person in these records."
	}
	switch {
	case x.Summary != "":
		w.out.Sentence += " " + x.Summary
	case len(recorded) > 0:
		w.out.Sentence += " Recorded of it: " + strings.Join(recorded, "; ") + "."
	}
	return w.restNewest(x.ID)
}

// countLabel is what a number of links is a number of.
func countLabel(t record.LinkType, d record.Direction) string {
	labels := map[record.LinkType][2]string{
		record.Joined: {"Projects joined", "Boroughs"}, record.PartnerIn: {"Projects as a partner", "Partners"}, record.FundedBy: {"Funders", "Projects funded"},
		record.WorksFor: {"Jobs", "People"}, record.Leads: {"Projects led", "People who lead it"}, record.Authored: {"Texts written", "Authors"},
		record.Mentions: {"Records mentioned", "Texts that mention it"}, record.MemberOf: {"Memberships", "Members"}, record.SucceededBy: {"Successors", "Predecessors"},
	}
	if d == record.Out {
		return labels[t][0]
	}
	return labels[t][1]
}

// restNewest rests the answer on a few links of a record, mentions left aside.
func (w *work) restNewest(id record.ID) error {
	const few = 10
	list, _, err := w.ties(id, kindsOfTie{types: []record.LinkType{record.Joined, record.PartnerIn, record.FundedBy, record.WorksFor, record.Leads, record.MemberOf, record.SucceededBy}})
	for _, t := range list[:min(len(list), few)] {
		w.rest(t.link)
		w.name(t.far)
	}
	return err
}
