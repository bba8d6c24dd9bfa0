package quality

import (
	"context"
	"slices"

	"lotigraph/graph"
	"lotigraph/inbox"
	"lotigraph/record"
)

// walk goes once over the records and their links.
type walk struct {
	s        *graph.Snapshot
	lens     record.Lens
	today    record.PartialDate
	items    map[Name][]Item
	projects map[record.ID]record.Node
}

func (w *walk) all(ctx context.Context) error {
	for _, kind := range record.Kinds() {
		if kind == record.WeeknoteKind {
			continue // a text proves itself, and no link to look at begins at one
		}
		for at, err := range w.s.Nodes(ctx, w.lens, kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				return err
			}
			graph.Rest(ctx)
			if err := w.record(ctx, at.Value); err != nil {
				return err
			}
		}
	}
	pairs, err := inbox.Duplicates(ctx, w.s, w.lens)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		item := Item{Records: []record.Node{p.A, p.B}}
		if len(p.Reasons) > 0 {
			item.Why = p.Reasons[0].Text
		}
		w.add(Duplicates, item)
	}
	return nil
}

func (w *walk) add(name Name, item Item) { w.items[name] = append(w.items[name], item) }

// told are the types of links that somebody tells of, mentions left out.
func told() []record.LinkType {
	return slices.DeleteFunc(record.LinkTypes(), record.LinkType.Derived)
}

// record looks at a record and at the links that begin at it.
func (w *walk) record(ctx context.Context, n record.Node) error {
	named := n.Kind() == record.BoroughKind
	for at, err := range w.s.Links(ctx, w.lens, n.ID, graph.LinkFilter{Types: told()}, "") {
		if err != nil {
			return err
		}
		link := at.Value
		named = named || stands(link)
		if link.From == n.ID {
			if err := w.link(ctx, link); err != nil {
				return err
			}
		}
	}
	if named {
		return nil
	}
	for _, err := range w.s.Links(ctx, w.lens, n.ID, graph.LinkFilter{Types: []record.LinkType{record.Mentions}, Direction: record.In}, "") {
		return err // one is enough
	}
	w.add(UnnamedRecords, Item{Records: []record.Node{n}})
	return nil
}

// link looks at a link.
func (w *walk) link(ctx context.Context, l record.Link) error {
	if !stands(l) {
		w.add(UnprovenLinks, Item{Link: &l})
	}
	if !l.Until.IsZero() {
		return nil
	}
	if l.Type == record.WorksFor {
		last, err := w.last(ctx, l)
		if err == nil && !last.IsZero() && last.Last().Compare(w.stale()) < 0 {
			w.add(OldJobs, Item{Link: &l, Why: "last told of " + on(last)})
		}
		return err
	}
	for _, end := range []record.ID{l.From, l.To} {
		if end.Kind() != record.ProjectKind || l.Type == record.SucceededBy || l.Type == record.FundedBy {
			continue
		}
		why, err := w.finished(ctx, end)
		if err != nil {
			return err
		}
		if why != "" {
			w.add(PastDate, Item{Link: &l, Why: why})
		}
	}
	return nil
}

// stale is the day before which the newest text is too old.
func (w *walk) stale() record.PartialDate {
	day := w.today.First()
	day.Year -= staleAfter
	return day
}

// finished says how it is known that a project has finished, "" where it has not.
func (w *walk) finished(ctx context.Context, id record.ID) (string, error) {
	n, ok := w.projects[id]
	if !ok {
		var err error
		if n, err = w.s.Node(ctx, w.lens, id); err != nil {
			return "", err
		}
		w.projects[id] = n
	}
	if n.Project == nil { // nothing but its name is known
		return "", nil
	}
	switch end := n.Project.End; {
	case !end.IsZero() && end.Last().Compare(w.today.First()) < 0:
		return "the project ended " + on(end), nil
	case end.IsZero() && n.Project.Status == "finished":
		return "the project has finished", nil
	}
	return "", nil
}

// last is the date of the newest text that says a link; zero where none is dated.
func (w *walk) last(ctx context.Context, l record.Link) (d record.PartialDate, err error) {
	for _, e := range l.Evidence {
		text, err := w.s.OwnNode(ctx, w.lens, e.Text)
		if err != nil {
			return d, err
		}
		if text.Weeknote.Date.Compare(d) > 0 {
			d = text.Weeknote.Date
		}
	}
	return d, nil
}

// stands tells whether a text, as it is now, says a link.
func stands(l record.Link) bool {
	return slices.ContainsFunc(l.Evidence, func(e record.Evidence) bool { return !e.Superseded })
}

// on is a date behind a verb: "on 30 November 2020", "in 2021".
func on(d record.PartialDate) string {
	if d.IsDay() {
		return "on " + d.English()
	}
	return "in " + d.English()
}
