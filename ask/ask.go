// Package ask answers questions that are typed in plain English, without a
// model: "Which boroughs joined the Community Engagement Playbook?".
//
// What can be asked is one list of templates (templates.go). A template has
// patterns in which it may be put, typed slots for names, and a function that
// answers it from the graph. So everything that is understood can be listed,
// asked by name with its slots ([Asker.Template]), and quoted as one figure.
//
//	words.go    the question as words; contractions, courtesies, misspelt words
//	when.go     "in 2021", "since May 2020", "as of 1 June 2021"
//	pattern.go  how a question may be put, and matching it
//	name.go     the words of a slot → the records that go by them
//	reading.go  all readings of a question, the nearest first
//	offer.go    what else may have been meant
//	tie.go      the links that an answer counts, and how surely they hold
//	say.go      sentences for none, one and many
//	answer_*.go the answers
//	search.go   where nothing is understood: what search finds
//
// A wrong reading is worse than none. A reading must use every word of the
// question, but for a few that carry no meaning; one word left over and there is
// no reading. Words that are misspelt or names that are given in part cost, and
// the cheapest reading wins; where two records are as near, none is guessed and
// the answer asks which was meant.
//
// Invariant: every question in OtherReadings is understood when it is asked
// verbatim of the same data. Invariant: an answer reads nothing but through the
// lens, and says how many proposals the lens left out.
package ask

import (
	"context"
	"slices"

	"lotigraph/record"
	"lotigraph/view"
)

// Asker answers questions from one view through one lens.
type Asker struct {
	View  *view.View
	Lens  record.Lens
	Today record.PartialDate // what "now" means, and which links have ended
	Work  int                // links that a search for ways between records may look at; 0 for two million

	seen map[string][]candidate // what words stand for, as far as they were looked up for one answer
}

// Answer is what a question came to.
type Answer struct {
	Template   string // the name of the template, "" when the question was not understood
	Understood string // how the question was read, "" when it was not
	Sentence   string
	Nodes      []record.Node // every record that the answer names
	Links      []record.Link // what it rests on, with evidence
	Table      *Table        // nil when the question was not understood

	Found []view.Hit // what search finds, the best first, when the question was not understood

	OtherReadings []string // questions that may have been meant, to be asked verbatim

	Question string      // the reading as a question that leads to it; "" when there is none
	Slots    []SlotValue // what the template's slots were filled with
	Lens     record.Lens // that was looked through: "as of" in a question sets its day
	When     When        // the period that was asked about; a day is in Lens
}

// Table is an answer as rows of text. All rows have as many cells as there are
// columns.
type Table struct {
	Columns []string
	Rows    []Row
}

// Row is one line of a table.
type Row struct {
	Cells   []string
	Records []record.ID // that the row is about, the first of them first of all
	Links   []string    // the ids of the links that it rests on
}

// SlotValue is what a slot was filled with: the id of a record, or a theme.
type SlotValue struct {
	Name, Value string
	Label       string // for people
}

// Ask answers a question. A question that cannot be read gives an answer without
// a reading, never an error; errors are the lens's, or come from below.
func (a Asker) Ask(ctx context.Context, question string) (*Answer, error) {
	if err := a.Lens.Validate(); err != nil {
		return nil, err
	}
	a.seen = map[string][]candidate{}
	r, err := a.read(ctx, question)
	if err != nil {
		return nil, err
	}
	if r.chosen == nil {
		return a.unread(ctx, question, r)
	}
	answer, err := a.answer(ctx, *r.chosen)
	if err != nil {
		return nil, err
	}
	answer.OtherReadings = a.others(ctx, *r.chosen, r)
	return answer, nil
}

// Template answers the template of a name with its slots filled: names, aliases,
// ids or themes. The period is for templates that take one. A template, slot or
// record that is not there, and a name of several records, is an error that says
// so.
func (a Asker) Template(ctx context.Context, name string, slots map[string]string, w When) (*Answer, error) {
	if err := a.Lens.Validate(); err != nil {
		return nil, err
	}
	a.seen = map[string][]candidate{}
	r, err := a.filled(ctx, name, slots, w)
	if err != nil {
		return nil, err
	}
	answer, err := a.answer(ctx, r)
	if err != nil {
		return nil, err
	}
	answer.OtherReadings = a.others(ctx, r, readings{})
	return answer, nil
}

// answer answers a reading.
func (a Asker) answer(ctx context.Context, r reading) (*Answer, error) {
	if !r.when.AsOf.IsZero() {
		a.Lens.AsOf = r.when.AsOf
	}
	w := &work{Asker: a, ctx: ctx, reading: r, dates: map[record.ID]record.PartialDate{}, nodes: map[record.ID]record.Node{},
		named: map[record.ID]bool{}, rested: map[string]bool{}}
	w.out = &Answer{Template: r.template.Name, Understood: r.understood(a.Lens), Lens: a.Lens, Question: r.question(),
		When: When{From: r.when.From, To: r.when.To}, Table: &Table{}}
	for _, s := range r.template.Slots {
		v := r.slots[s.Name]
		w.out.Slots = append(w.out.Slots, SlotValue{s.Name, v.id(), v.label()})
		if v.theme == "" {
			w.name(v.node)
		}
	}
	if err := r.template.answer(w); err != nil {
		return nil, err
	}
	w.shorten()
	return w.out, nil
}

// maxRows is how many rows a table has; the sentence counts them all.
const maxRows = 500

// shorten cuts a table that is too long, with the links and records that only the
// rows left out have, and says so.
func (w *work) shorten() {
	all := len(w.out.Table.Rows)
	if all <= maxRows {
		return
	}
	w.out.Table.Rows = w.out.Table.Rows[:maxRows]
	links, records := map[string]bool{}, map[record.ID]bool{}
	for _, row := range w.out.Table.Rows {
		for _, id := range row.Links {
			links[id] = true
		}
		for _, id := range row.Records {
			records[id] = true
		}
	}
	for _, v := range w.slots {
		records[v.node.ID] = true
	}
	w.out.Links = slices.DeleteFunc(w.out.Links, func(l record.Link) bool { return !links[l.ID] })
	w.out.Nodes = slices.DeleteFunc(w.out.Nodes, func(n record.Node) bool { return !records[n.ID] })
	w.out.Sentence += " The table has the first " + number(maxRows) + " of " + number(all) + " rows."
}

// work is an answer in the making.
type work struct {
	Asker
	reading
	ctx    context.Context
	out    *Answer
	dates  map[record.ID]record.PartialDate // of texts
	nodes  map[record.ID]record.Node
	named  map[record.ID]bool // nodes of the answer
	rested map[string]bool    // links of the answer

	undatedFacts int // that a period leaves out
}

// node reads a record, once.
func (w *work) node(id record.ID) (record.Node, error) {
	if n, ok := w.nodes[id]; ok {
		return n, nil
	}
	n, err := w.View.Graph.Node(w.ctx, w.Lens, id)
	if err == nil {
		w.nodes[id] = n
	}
	return n, err
}

// name puts a record among those that the answer names, once.
func (w *work) name(n record.Node) {
	if w.named[n.ID] {
		return
	}
	w.named[n.ID] = true
	w.out.Nodes = append(w.out.Nodes, n)
}

// rest puts a link among those that the answer rests on, once.
func (w *work) rest(l record.Link) {
	if w.rested[l.ID] {
		return
	}
	w.rested[l.ID] = true
	w.out.Links = append(w.out.Links, l)
}
