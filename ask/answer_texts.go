package ask

import (
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/view"
	"lotigraph/walk"
)

// maxTexts is how many texts an answer lists; its sentence counts them all.
const maxTexts = 100

// texts are the texts that mention a record, the newest first, and how many there
// are in all.
func (w *work) texts(x record.ID, forms []record.Form) (list []record.Node, total int, err error) {
	r := view.Request{Kinds: []record.Kind{record.WeeknoteKind}, Forms: forms, Order: index.NewestFirst, First: maxTexts, From: w.when.From, To: w.when.To,
		Choices: []index.Choice{{Key: keyOf(x.Kind()), Values: []string{string(x)}}}}
	found, err := w.View.Search(w.ctx, w.Lens, r)
	for _, hit := range found.Hits {
		list = append(list, hit.Node)
	}
	return list, found.Total, err
}

func keyOf(k record.Kind) index.Key {
	for _, key := range []index.Key{index.ByBorough, index.ByProject, index.ByPerson, index.ByPartner} {
		if key.Kind() == k {
			return key
		}
	}
	return 0
}

// naming is the link by which a text mentions a record.
func (w *work) naming(text, x record.ID) (record.Link, bool, error) {
	for at, err := range w.View.Graph.Links(w.ctx, record.Lens{Viewer: w.Lens.Viewer}, text, graph.LinkFilter{Types: []record.LinkType{record.Mentions}, Direction: record.Out}, "") {
		if err != nil {
			return record.Link{}, false, err
		}
		if at.Value.To == x {
			return at.Value, true, nil
		}
	}
	return record.Link{}, false, nil
}

// mentioning answers with the texts that mention a record.
func mentioning(weeknotes bool) func(*work) error {
	return func(w *work) error {
		x := w.slots["thing"].node
		var forms []record.Form
		one, many := "text", "texts"
		if weeknotes {
			forms, one, many = []record.Form{record.FormWeeknote}, "weeknote", "weeknotes"
		}
		list, total, err := w.texts(x.ID, forms)
		if err != nil {
			return err
		}
		w.out.Table.Columns = []string{record.Capital(one), "Date", "Form", "Passages"}
		for _, n := range list {
			link, ok, err := w.naming(n.ID, x.ID)
			if err != nil {
				return err
			}
			row := Row{[]string{n.Name, n.Weeknote.Date.String(), strings.ToLower(string(n.Weeknote.Form)), ""}, []record.ID{n.ID}, nil}
			if ok {
				w.rest(link)
				row.Cells[3], row.Links = counted(len(link.Evidence), "passage", "passages"), []string{link.ID}
			}
			w.name(n)
			w.out.Table.Rows = append(w.out.Table.Rows, row)
		}
		w.out.Sentence = mentionSentence(x.Name, one, many, w.when, w.phrase(), list, total)
		return nil
	}
}

func mentionSentence(name, one, many string, w When, when string, list []record.Node, total int) string {
	if w.hasPeriod() { // texts without a date are in no period
		one, many, when = one+" dated"+when, many+" dated"+when, ""
	}
	switch {
	case total == 0:
		return "As far as the records say, no " + one + " mentions " + name + when + "."
	case total == 1:
		return "One " + one + " mentions " + name + when + ": " + titled(list[0]) + "."
	}
	text := record.Capital(number(total)) + " " + many + " mention " + name + when + ", the newest of them " + titled(list[0])
	if total > len(list) {
		return text + "; the newest " + number(len(list)) + " are listed."
	}
	return text + "."
}

func titled(n record.Node) string {
	if d := n.Weeknote.Date; !d.IsZero() {
		return n.Name + " (" + d.English() + ")"
	}
	return n.Name
}

// event is a thing that happened, and the day of it.
type event struct {
	date record.PartialDate
	row  Row
	link record.Link
}

// answerHappened answers with what links say that began, ended or was written of
// a record in a period, and which texts mention it then.
func answerHappened(w *work) error {
	x := w.slots["thing"].node
	events, leftOut, err := w.events(x)
	undated := w.undatedFacts
	if err != nil {
		return err
	}
	texts, total, err := w.texts(x.ID, nil)
	if err != nil {
		return err
	}
	facts := len(events)
	for _, n := range texts {
		events = append(events, event{date: n.Weeknote.Date, row: Row{[]string{n.Weeknote.Date.String(), n.Name + " mentions it", n.Name}, []record.ID{n.ID}, nil}})
		w.name(n)
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.date.Compare(b.date) })
	w.out.Table.Columns = []string{"Date", "What", "Source"}
	for _, e := range events {
		if e.link.ID != "" {
			w.rest(e.link)
		}
		w.out.Table.Rows = append(w.out.Table.Rows, e.row)
	}
	when := w.phrase()
	switch {
	case facts == 0 && total == 0:
		w.out.Sentence = "Nothing is recorded of " + x.Name + when + "."
	case facts == 0:
		w.out.Sentence = "No fact is recorded of " + x.Name + when + ", but " + counted(total, w.dated("text")+" mentions", w.dated("texts")+" mention") + " it."
	default:
		w.out.Sentence = record.Capital(counted(facts, "fact is", "facts are")) + " recorded of " + x.Name + when + ", and " + counted(total, w.dated("text")+" mentions", w.dated("texts")+" mention") + " it."
	}
	if undated > 0 {
		w.out.Sentence += " " + record.Capital(counted(undated, "fact without a date is", "facts without a date are")) + " left out."
	}
	w.out.Sentence += proposalsNote(0, leftOut)
	return nil
}

// dated says that texts without a date are left out, where a period was asked
// about.
func (w *work) dated(texts string) string {
	if w.when.hasPeriod() {
		return texts + " dated then"
	}
	return texts
}

// events are the facts of a record: what began or ended in the period asked
// about, and what a text of that period says.
func (w *work) events(x record.Node) (list []event, leftOut int, err error) {
	types := slices.DeleteFunc(record.LinkTypes(), func(t record.LinkType) bool { return t == record.Mentions })
	lens := w.Lens
	all, err := w.eventsThrough(lens, x, types)
	undated := w.undatedFacts
	defer func() { w.undatedFacts = undated }()
	if err != nil || lens.Proposed {
		return all, 0, err
	}
	lens.Proposed = true
	more, err := w.eventsThrough(lens, x, types)
	known := map[string]bool{}
	for _, e := range all {
		known[e.link.ID] = true
	}
	for _, e := range more {
		if e.link.Status == record.Proposed && !known[e.link.ID] {
			known[e.link.ID] = true
			leftOut++
		}
	}
	return all, leftOut, err
}

func (w *work) eventsThrough(l record.Lens, x record.Node, types []record.LinkType) (list []event, err error) {
	for at, err := range w.View.Graph.Links(w.ctx, l, x.ID, graph.LinkFilter{Types: types}, "") {
		if err != nil {
			return nil, err
		}
		more, err := w.eventsOf(at.Value, x)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

func (w *work) eventsOf(l record.Link, x record.Node) (list []event, err error) {
	said, err := w.saidOf(l)
	if err != nil {
		return nil, err
	}
	source, err := w.source(l)
	if err != nil {
		return nil, err
	}
	far := l.From
	if far == x.ID {
		far = l.To
	}
	node, err := w.node(far)
	if err != nil {
		return nil, err
	}
	add := func(d record.PartialDate, what string) {
		if w.when.hasPeriod() && d.IsZero() {
			w.undatedFacts++
		}
		if w.when.hasPeriod() && (d.IsZero() || lies(d, w.when) == record.No) {
			return
		}
		w.name(node)
		list = append(list, event{d, Row{[]string{d.String(), what, source}, []record.ID{x.ID, far}, []string{l.ID}}, l})
	}
	if !l.Since.IsZero() {
		add(l.Since, "began: "+said)
	}
	if !l.Until.IsZero() {
		add(l.Until, "ended: "+said)
	}
	if l.Since.IsZero() && l.Until.IsZero() {
		first, err := w.earliest(l)
		if err != nil {
			return nil, err
		}
		add(first, "first reported: "+said)
	}
	return list, nil
}

// saidOf is a link as a clause: "Camden joined City Tools as pilot".
func (w *work) saidOf(l record.Link) (string, error) {
	from, err := w.node(l.From)
	if err != nil {
		return "", err
	}
	to, err := w.node(l.To)
	if err != nil {
		return "", err
	}
	return walk.Clause(from, to, l), nil
}
