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
	cut      *graph.Cut
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

// record looks at a record and at the links that begin at it: in memory, since of few
// of them there is anything to say.
func (w *walk) record(ctx context.Context, n record.Node) error {
	at, err := w.cut.Handle(n.ID)
	if err != nil {
		return err
	}
	named := n.Kind() == record.BoroughKind
	links := slices.SortedFunc(w.cut.Told(at, record.Both, told()...), graph.AsListed)
	for _, t := range links {
		stands, err := w.stands(ctx, t)
		if err != nil {
			return err
		}
		named = named || stands
		if t.Out {
			if err := w.link(ctx, t, stands); err != nil {
				return err
			}
		}
	}
	if named {
		return nil
	}
	for mention := range w.cut.NearBy(at, record.Mentions) {
		if !mention.Out {
			return nil // one is enough
		}
	}
	w.add(UnnamedRecords, Item{Records: []record.Node{n}})
	return nil
}

// stands tells whether a text, as it is now, says a link.
func (w *walk) stands(ctx context.Context, t graph.Told) (bool, error) {
	if !t.Superseded() {
		return t.Evidence() > 0, nil
	}
	l, err := t.Link(ctx)
	return slices.ContainsFunc(l.Evidence, func(e record.Evidence) bool { return !e.Superseded }), err
}

// list puts a link on a list.
func (w *walk) list(ctx context.Context, name Name, t graph.Told, why string) error {
	l, err := t.Link(ctx)
	if err == nil {
		w.add(name, Item{Link: &l, Why: why})
	}
	return err
}

// link looks at a link.
func (w *walk) link(ctx context.Context, t graph.Told, stands bool) error {
	if !stands {
		if err := w.list(ctx, UnprovenLinks, t, ""); err != nil {
			return err
		}
	}
	if !t.Until().IsZero() {
		return nil
	}
	if t.Type == record.WorksFor {
		if days := w.cut.Days(t); len(days) > 0 && days[len(days)-1].Last().Compare(w.stale()) < 0 {
			return w.list(ctx, OldJobs, t, "last told of "+on(days[len(days)-1]))
		}
		return nil
	}
	for _, end := range []graph.Handle{t.From(), t.To()} {
		if w.cut.Kind(end) != record.ProjectKind || t.Type == record.SucceededBy || t.Type == record.FundedBy {
			continue
		}
		id, err := w.cut.ID(end)
		if err != nil {
			return err
		}
		why, err := w.finished(ctx, id)
		if err != nil {
			return err
		}
		if why != "" {
			if err := w.list(ctx, PastDate, t, why); err != nil {
				return err
			}
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

// on is a date behind a verb: "on 30 November 2020", "in 2021".
func on(d record.PartialDate) string {
	if d.IsDay() {
		return "on " + d.English()
	}
	return "in " + d.English()
}
