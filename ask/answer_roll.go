package ask

import (
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// called is a roll of all boroughs: those that are not in something.
type called struct {
	graph.RollCallFilter
	isNot, are string // "has not joined X", "have not joined X"
	left       string // "joined and left again"
}

// roll calls the boroughs, in the period that was asked about.
func (w *work) roll(f graph.RollCallFilter) ([]graph.RollCallRow, error) {
	f.From, f.To = w.when.From, w.when.To
	return w.View.Graph.RollCall(w.ctx, w.Lens, f)
}

// absent answers with the boroughs of which no link says that they are in
// something, and tells those apart of which it is open.
func (w *work) absent(c called) error {
	rows, err := w.roll(c.RollCallFilter)
	if err != nil {
		return err
	}
	w.out.Table.Columns = []string{"Borough", "Why"}
	var never, open, left []string
	for _, r := range rows {
		why := ""
		switch r.State {
		case graph.Never:
			never, why = append(never, r.Borough.Name), "nothing says so"
		case graph.Unknown:
			open, why = append(open, r.Borough.Name), "a proposal, or a text that names both, leaves it open"
		case graph.HasLeft:
			left, why = append(left, r.Borough.Name), "it did once, and that has ended"
		default:
			continue
		}
		w.name(r.Borough)
		var ids []string
		for _, told := range r.Links {
			link, err := told.Link(w.ctx)
			if err != nil {
				return err
			}
			w.rest(link)
			ids = append(ids, link.ID)
		}
		w.out.Table.Rows = append(w.out.Table.Rows, Row{[]string{r.Borough.Name, why}, []record.ID{r.Borough.ID}, ids})
	}
	w.out.Sentence = absence(c, never, open, left, w.phrase())
	return nil
}

func absence(c called, never, open, left []string, when string) string {
	var text string
	switch n := len(never) + len(open); n {
	case 0:
		text = "As far as the records say, there is no borough that " + c.isNot + when + "."
	case 1:
		text = "As far as the records say, one borough " + c.isNot + when + ": " + enumerate(append(never, open...)) + "."
	default:
		text = record.Capital(number(n)) + " boroughs " + c.are + when + ", as far as the records say."
		if n <= maxNamed {
			text = strings.TrimSuffix(text, ".") + ": " + enumerate(append(never, open...)) + "."
		}
	}
	if len(open) > 0 {
		text += " For " + number(len(open)) + " of them it is open, since a proposal, or a text that names both, may say otherwise: " + enumerate(open) + "."
	}
	if len(left) > 0 {
		text += " Not counted: " + enumerate(left) + ", which " + c.left + "."
	}
	return text
}

func answerNotJoined(w *work) error {
	x := w.slots["project"].node
	return w.absent(called{RollCallFilter: graph.RollCallFilter{Project: string(x.ID)},
		isNot: "has not joined " + x.Name, are: "have not joined " + x.Name, left: "joined and left again"})
}

func answerNotMembers(w *work) error {
	x := w.slots["partner"].node
	return w.absent(called{RollCallFilter: graph.RollCallFilter{MemberOf: string(x.ID)},
		isNot: "is not a member of " + x.Name, are: "are not members of " + x.Name, left: "had been members"})
}

func answerNotInTheme(w *work) error {
	theme := w.slots["theme"].theme
	return w.absent(called{RollCallFilter: graph.RollCallFilter{Theme: theme},
		isNot: "has not joined any " + theme + " project", are: "have not joined any " + theme + " project", left: "joined and left again"})
}

// answerInTheme answers with the boroughs that joined a project of a theme, a row
// for each of the links that say so.
func answerInTheme(w *work) error {
	theme := w.slots["theme"].theme
	projects, err := w.ofTheme(theme)
	if err != nil {
		return err
	}
	var list []tie
	leftOut := 0
	w.out.Table.Columns = []string{"Borough", "Project", "Role", "Since", "Until", "Holds", "Status", "Source"}
	for _, p := range projects {
		ties, left, err := w.ties(p.ID, kindsOfTie{types: []record.LinkType{record.Joined}, direction: record.In})
		if err != nil {
			return err
		}
		leftOut += left
		if len(ties) > 0 {
			w.name(p)
		}
		for _, t := range ties {
			source, err := w.source(t.link)
			if err != nil {
				return err
			}
			w.row(t, t.far.Name, p.Name, t.link.Role, t.link.Since.String(), t.link.Until.String(), string(t.state), status(t.link), source)
		}
		list = append(list, ties...)
	}
	sortByName(list)
	w.out.Sentence = w.sentence(claim{one: "borough", many: "boroughs", verb: same("took part in a project about "+theme, "have taken part in a project about "+theme), past: true,
		on: verb{"is in a project about " + theme, "are in a project about " + theme, "be in a project about " + theme}}, list, leftOut)
	return nil
}

// ofTheme are the projects of a theme, by name.
func (w *work) ofTheme(theme string) (list []record.Node, err error) {
	for at, err := range w.View.Graph.Nodes(w.ctx, w.Lens, record.ProjectKind, graph.NodeFilter{Themes: []string{theme}}, graph.ByName, "") {
		if err != nil {
			return nil, err
		}
		list = append(list, at.Value)
	}
	return list, nil
}

func answerTheme(w *work) error {
	theme := w.slots["theme"].theme
	projects, err := w.ofTheme(theme)
	if err != nil {
		return err
	}
	w.out.Table.Columns = []string{"Project", "Status", "Start", "End", "Summary"}
	var names []string
	for _, p := range projects {
		w.name(p)
		names = append(names, p.Name)
		w.out.Table.Rows = append(w.out.Table.Rows, Row{[]string{p.Name, p.Project.Status, p.Project.Start.String(), p.Project.End.String(), p.Summary}, []record.ID{p.ID}, nil})
	}
	verb := " projects are"
	if len(projects) == 1 {
		verb = " project is"
	}
	w.out.Sentence = record.Capital(number(len(projects))) + verb + " about " + theme + ": " + enumerate(names) + "."
	return nil
}
