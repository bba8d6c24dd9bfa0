package ask

import (
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// How somebody has to do with a project.
const (
	leads = "leads it"
	named = "named beside it"
)

// maxRead is how many texts are read to find who is named beside a project.
const maxRead = 200

// answerWorkedOn answers with the people who lead a project, and those whom a
// sentence names that names the project too; and where they work.
func answerWorkedOn(w *work) error {
	x := w.slots["project"].node
	leaders, leftOut, err := w.ties(x.ID, way(record.Leads, record.In))
	if err != nil {
		return err
	}
	people, names := map[record.ID]string{}, map[string][]string{}
	var order []record.ID
	add := func(n record.Node, how, where string) {
		if people[n.ID] == "" {
			people[n.ID] = how + where
			names[how] = append(names[how], n.Name)
			order = append(order, n.ID)
		}
	}
	for _, t := range leaders {
		w.rest(t.link)
		add(t.far, leads, "")
	}
	read, more := 0, false
	for at, err := range w.View.Graph.Links(w.ctx, w.Lens, x.ID, graph.LinkFilter{Types: []record.LinkType{record.Mentions}, Direction: record.In}, "") {
		if err != nil {
			return err
		}
		if read++; read > maxRead {
			more = true
			break
		}
		if err := w.namedBeside(at.Value, add); err != nil {
			return err
		}
	}
	w.out.Table.Columns = []string{"Person", "How", "Works for", "As", "Since", "Source"}
	known, err := w.peopleNow(order, people)
	if err != nil {
		return err
	}
	w.out.Sentence = workedOnSentence(x.Name, names, known) + proposalsNote(0, leftOut)
	if more {
		w.out.Sentence += " Only the newest " + number(maxRead) + " texts that mention it were read."
	}
	return nil
}

// namedBeside calls add with the people whom a sentence of a text names that
// names the project too.
func (w *work) namedBeside(mention record.Link, add func(n record.Node, how, where string)) error {
	text, err := w.View.Graph.Text(w.ctx, w.Lens, mention.From, 0)
	if err != nil {
		return err
	}
	title, err := w.node(mention.From)
	if err != nil {
		return err
	}
	for at, err := range w.View.Graph.Links(w.ctx, w.Lens, mention.From, graph.LinkFilter{Types: []record.LinkType{record.Mentions}, Direction: record.Out}, "") {
		if err != nil {
			return err
		}
		if at.Value.To.Kind() != record.PersonKind || !inOneSentence(text.Body, mention.Evidence, at.Value.Evidence) {
			continue
		}
		person, err := w.node(at.Value.To)
		if err != nil {
			return err
		}
		w.rest(at.Value)
		add(person, named, " in "+title.Name)
	}
	return nil
}

func inOneSentence(body string, one, two []record.Evidence) bool {
	for _, a := range one {
		from, to := sentenceAround(body, a.Span)
		for _, b := range two {
			if !a.Superseded && !b.Superseded && b.Start >= from && b.End <= to {
				return true
			}
		}
	}
	return false
}

// sentenceAround is where the sentence around a span begins and ends: at a full
// stop with space behind it, or at the end of a line.
func sentenceAround(body string, s record.Span) (from, to int) {
	if s.Start > len(body) || s.End > len(body) {
		return 0, 0
	}
	from, to = 0, len(body)
	for _, end := range []string{". ", "! ", "? ", "\n"} {
		if at := strings.LastIndex(body[:s.Start], end); at >= 0 {
			from = max(from, at+len(end))
		}
		if at := strings.Index(body[s.End:], end); at >= 0 {
			to = min(to, s.End+at+1)
		}
	}
	return from, to
}

// peopleNow adds a row for each job that people have now, or one without; it
// counts the people of whom a job is known.
func (w *work) peopleNow(order []record.ID, how map[record.ID]string) (known int, err error) {
	for _, id := range order {
		n, err := w.node(id)
		if err != nil {
			return 0, err
		}
		w.name(n)
		jobs, _, err := w.ties(id, way(record.WorksFor, record.Out))
		if err != nil {
			return 0, err
		}
		jobs = slices.DeleteFunc(jobs, func(t tie) bool { return t.state == ended || t.state == toCome })
		if len(jobs) == 0 {
			w.out.Table.Rows = append(w.out.Table.Rows, Row{[]string{n.Name, how[id], "not known", "", "", ""}, []record.ID{id}, nil})
			continue
		}
		known++
		for _, t := range jobs {
			source, err := w.source(t.link)
			if err != nil {
				return 0, err
			}
			w.name(t.far)
			w.rest(t.link)
			w.out.Table.Rows = append(w.out.Table.Rows, Row{[]string{n.Name, how[id], t.far.Name, t.link.Role, t.link.Since.String(), source}, []record.ID{id, t.far.ID}, []string{t.link.ID}})
		}
	}
	return known, nil
}

func workedOnSentence(project string, names map[string][]string, known int) string {
	lead, beside := names[leads], names[named]
	all := len(lead) + len(beside)
	if all == 0 {
		return "As far as the records say, nobody leads " + project + ", and no sentence names a person beside it."
	}
	var text string
	if len(lead) > 0 {
		text = claim{plain: "nobody", verb: verb{is: "leads " + project, are: "lead " + project}}.main(lead, nil, "")
	}
	if len(beside) > 0 {
		text += " Named beside " + project + " in a sentence: " + enumerate(beside) + "."
	}
	switch {
	case known == 0:
		text += " Where they work now is not known."
	case known == all:
		text += " Where they work now is in the table."
	default:
		text += " Where they work now is known of " + number(known) + " of the " + number(all) + "."
	}
	return strings.TrimSpace(text)
}
