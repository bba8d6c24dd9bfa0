package ask

import (
	"cmp"
	"slices"

	"lotigraph/graph"
	"lotigraph/record"
)

// tie is a link that an answer counts, seen from the record that was asked about.
type tie struct {
	link  record.Link
	far   record.Node // at the other end
	state state

	folded string // its name, for sorting
}

// byName compares ties by what the far end is called.
func byName(a, b tie) int {
	return cmp.Or(cmp.Compare(a.folded, b.folded), cmp.Compare(a.far.ID, b.far.ID))
}

// state is how surely a link counts at the time asked about.
type state string

// The states, as a table shows them.
const (
	holds    state = "yes"
	possible state = "possibly" // the dates leave it open
	ended    state = "ended"    // by today, where no time was asked about
	toCome   state = "to come"  // not begun by today
)

// measure is what of a link has to lie in the period that was asked about.
type measure uint8

const (
	during measure = iota // it holds on some day of the period
	begun                 // it begins in the period
	over                  // it ends in the period
)

// kindsOfTie chooses links of a record.
type kindsOfTie struct {
	types     []record.LinkType
	direction record.Direction
	kinds     []record.Kind // at the far end; none means all
	roles     []string      // none means all
	measure   measure
}

// ties are the links of a record that the question asks for, those of the
// commonest standing first, then by the far end's name; and how many proposals
// the lens leaves out.
func (w *work) ties(id record.ID, k kindsOfTie) (list []tie, leftOut int, err error) {
	lens := w.Lens
	if w.when.hasPeriod() {
		lens.AsOf = record.PartialDate{} // the period cuts
	}
	shown := map[string]bool{}
	if list, err = w.tiesThrough(lens, id, k, false); err != nil {
		return nil, 0, err
	}
	for _, t := range list {
		shown[t.link.ID] = true
	}
	if !lens.Proposed {
		lens.Proposed = true
		proposals, err := w.tiesThrough(lens, id, k, true)
		if err != nil {
			return nil, 0, err
		}
		for _, t := range proposals {
			if !shown[t.link.ID] {
				leftOut++
			}
		}
	}
	slices.SortStableFunc(list, func(a, b tie) int {
		return cmp.Or(cmp.Compare(place(a.state), place(b.state)), cmp.Compare(a.folded, b.folded), a.link.Since.Compare(b.link.Since))
	})
	return list, leftOut, nil
}

func place(s state) int { return slices.Index([]state{holds, possible, toCome, ended}, s) }

// tiesThrough are the links that a lens shows; of those the proposals alone where they
// are asked for. They are chosen in memory, and read where they are chosen.
func (w *work) tiesThrough(l record.Lens, id record.ID, k kindsOfTie, proposals bool) (list []tie, err error) {
	cut, err := w.View.Graph.Cut(w.ctx, l)
	if err != nil {
		return nil, err
	}
	at, err := cut.Handle(id)
	if err != nil {
		return nil, err
	}
	var chosen []graph.Told
	for t := range cut.Told(at, k.direction, k.types...) {
		if proposals && !t.Proposed() || len(k.kinds) > 0 && !slices.Contains(k.kinds, cut.Kind(t.Far)) || len(k.roles) > 0 && !slices.Contains(k.roles, t.Role) {
			continue
		}
		chosen = append(chosen, t)
	}
	slices.SortFunc(chosen, graph.AsListed)
	for _, t := range chosen {
		link, err := cut.Link(w.ctx, t.Arc)
		if err != nil {
			return nil, err
		}
		state, counts, err := w.state(link, k.measure)
		if err != nil {
			return nil, err
		}
		if !counts {
			continue
		}
		far := link.From
		if far == id {
			far = link.To
		}
		node, err := w.node(far)
		if err != nil {
			return nil, err
		}
		list = append(list, tie{link, node, state, record.Fold(node.Name)})
	}
	return list, nil
}

// state is how a link stands at the time asked about, and whether it counts.
func (w *work) state(link record.Link, m measure) (state, bool, error) {
	evidence, err := w.earliest(link)
	if err != nil {
		return "", false, err
	}
	if w.when.hasPeriod() {
		switch within(link, evidence, w.when, m) {
		case record.Certainly:
			return holds, true, nil
		case record.Possibly:
			return possible, true, nil
		}
		return "", false, nil
	}
	if m == over && link.Until.IsZero() {
		return "", false, nil
	}
	if day := w.Lens.AsOf; !day.IsZero() {
		switch record.Holds(link.Since, link.Until, evidence, day) {
		case record.Certainly:
			return holds, true, nil
		case record.Possibly:
			return possible, true, nil
		}
		return "", false, nil
	}
	switch {
	case !link.Until.IsZero() && !w.Today.IsZero() && link.Until.Last().Compare(w.Today) < 0:
		return ended, true, nil
	case !link.Since.IsZero() && !w.Today.IsZero() && link.Since.First().Compare(w.Today) > 0:
		return toCome, true, nil
	}
	return holds, true, nil
}

// within says how surely a link holds, begins or ends in a period. What has no
// first day began by its earliest evidence.
func within(l record.Link, evidence record.PartialDate, w When, m measure) record.Certainty {
	switch m {
	case begun:
		if !l.Since.IsZero() {
			return lies(l.Since, w)
		}
		if evidence.IsZero() || w.To.IsZero() {
			if !evidence.IsZero() && !w.From.IsZero() && evidence.Last().Compare(w.From.First()) < 0 {
				return record.No
			}
			return record.Possibly
		}
		if !w.From.IsZero() && evidence.Last().Compare(w.From.First()) < 0 {
			return record.No // it had begun before
		}
		if w.From.IsZero() && evidence.Last().Compare(w.To.Last()) <= 0 {
			return record.Certainly
		}
		return record.Possibly
	case over:
		if l.Until.IsZero() {
			return record.No
		}
		return lies(l.Until, w)
	}
	if !w.To.IsZero() && !l.Since.IsZero() && l.Since.First().Compare(w.To.Last()) > 0 ||
		!w.From.IsZero() && !l.Until.IsZero() && l.Until.Last().Compare(w.From.First()) < 0 {
		return record.No
	}
	begins := l.Since.Last()
	if begins.IsZero() {
		begins = evidence.Last()
	}
	byThen := !begins.IsZero() && (w.To.IsZero() || begins.Compare(w.To.Last()) <= 0)
	stillThen := l.Until.IsZero() || w.From.IsZero() || l.Until.First().Compare(w.From.First()) >= 0
	if byThen && stillThen {
		return record.Certainly
	}
	return record.Possibly
}

// lies says how surely a date is in a period.
func lies(d record.PartialDate, w When) record.Certainty {
	after := w.From.IsZero() || d.First().Compare(w.From.First()) >= 0
	before := w.To.IsZero() || d.Last().Compare(w.To.Last()) <= 0
	if after && before {
		return record.Certainly
	}
	if !w.From.IsZero() && d.Last().Compare(w.From.First()) < 0 || !w.To.IsZero() && d.First().Compare(w.To.Last()) > 0 {
		return record.No
	}
	return record.Possibly
}

// earliest is the date of the first text that says a link; zero when none has a
// date.
func (w *work) earliest(link record.Link) (first record.PartialDate, err error) {
	for _, e := range link.Evidence {
		d, err := w.dateOf(e.Text)
		if err != nil {
			return first, err
		}
		if !d.IsZero() && (first.IsZero() || d.Last().Compare(first.Last()) < 0) {
			first = d
		}
	}
	return first, nil
}

// dateOf is when a text was published.
func (w *work) dateOf(text record.ID) (record.PartialDate, error) {
	if d, ok := w.dates[text]; ok {
		return d, nil
	}
	n, err := w.View.Graph.OwnNode(w.ctx, w.Lens, text)
	if err != nil {
		return record.PartialDate{}, err
	}
	w.dates[text] = n.Weeknote.Date
	return n.Weeknote.Date, nil
}

// source is the newest text that says a link, for a cell: its title and date.
func (w *work) source(link record.Link) (string, error) {
	var title string
	var newest record.PartialDate
	for _, e := range link.Evidence {
		n, err := w.View.Graph.OwnNode(w.ctx, w.Lens, e.Text)
		if err != nil {
			return "", err
		}
		if d := n.Weeknote.Date; title == "" || d.Compare(newest) > 0 {
			title, newest = n.Name, d
		}
	}
	if newest.IsZero() {
		return title, nil
	}
	return title + " (" + newest.English() + ")", nil
}
