package view

import (
	"context"
	"errors"
	"slices"

	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/record"
)

// Reading all links takes seconds where there are a million, and every change
// publishes a new view. So a view goes on from what the one before it knew: the
// rows of the records that the changes between them touched are read anew, the
// others are shared. Changes that may move more than what they touch (a merge,
// something hidden, opened or withdrawn) make all rows anew.

// maxCarried is how many changes a look is carried over.
const maxCarried = 500

// carriedOn are the links of an earlier look, made up to date; nil when they
// have to be made anew.
func (a *gathering) carriedOn(ctx context.Context, ix *index.Snapshot, before prior, hidden []record.ID) (*index.Links, error) {
	if before.look == nil || before.look.links == nil || !before.look.links.Of(ix) || a.graph.Version()-before.version > maxCarried {
		return nil, nil
	}
	t := touched{ids: map[record.ID]bool{}, fresh: map[record.ID]bool{}, projects: map[record.ID]bool{}, merged: map[record.ID]bool{}}
	for from, to := range a.same {
		t.merged[from], t.merged[to] = true, true
	}
	for entry, err := range a.graph.Changes(ctx, before.version) {
		if err != nil {
			return nil, err
		}
		for _, effect := range entry.Effects {
			if !t.take(effect) {
				return nil, nil
			}
		}
	}
	if !t.hiddenAlike(before.look.hidden, hidden) {
		return nil, nil
	}
	if err := a.ledAnew(ctx, &t); err != nil {
		return nil, err
	}
	rows := map[record.ID]index.Linked{}
	for id := range t.ids {
		row, err := a.row(ctx, a.one(id))
		if err != nil {
			return nil, err
		}
		rows[a.one(id)] = row
	}
	return before.look.links.With(rows), nil
}

// touched are the records whose rows changes may have moved.
type touched struct {
	ids      map[record.ID]bool
	fresh    map[record.ID]bool // those that were not there before
	projects map[record.ID]bool // those around which more may have changed: their lead boroughs
	merged   map[record.ID]bool // those that are one with others
}

// take notes what an effect touches; it is false when that may be anything.
func (t *touched) take(e record.Effect) bool {
	switch {
	case e.Ruling != nil:
		return !saysSame(e.Ruling.Before) && !saysSame(e.Ruling.After)
	case e.Node != nil:
		return t.takeNode(e.Node.Before, e.Node.After)
	case e.Link != nil:
		t.takeLink(e.Link.Before)
		t.takeLink(e.Link.After)
	}
	return true
}

func saysSame(r *record.Ruling) bool { return r != nil && r.Sort == record.Same }

// takeNode notes a record that is new; what is said of one that was there moves no
// row, unless others may see it or its texts now.
func (t *touched) takeNode(before, after *record.Node) bool {
	if after == nil || after.Withdrawn || before != nil && before.Withdrawn {
		return false
	}
	if before == nil {
		t.ids[after.ID], t.fresh[after.ID] = true, true
		return true
	}
	if before.Stated != after.Stated {
		return false
	}
	was, is := before.Weeknote, after.Weeknote
	return was == nil || is == nil || was.Visibility == is.Visibility && was.Date == is.Date && was.Version == is.Version
}

func (t *touched) takeLink(l *record.Link) {
	if l == nil {
		return
	}
	switch l.Type {
	case record.Mentions: // says nothing in the row of what is mentioned
		t.ids[l.From] = true
		return
	case record.Authored:
		t.ids[l.To] = true
		return
	}
	t.ids[l.From], t.ids[l.To] = true, true
	for _, e := range l.Evidence {
		t.ids[e.Text] = true
	}
	switch {
	case l.Type == record.Joined && l.Role == lead, t.merged[l.From], t.merged[l.To]:
		t.projects[l.To] = true // what is said of a merged record may hide what others say of it
	}
}

// hiddenAlike tells whether the same records are hidden as before, those that
// were not there before left aside.
func (t *touched) hiddenAlike(before, now []record.ID) bool {
	was := map[record.ID]bool{}
	for _, id := range before {
		was[id] = true
	}
	kept := 0
	for _, id := range now {
		if was[id] {
			kept++
		} else if !t.fresh[id] {
			return false
		}
	}
	return kept == len(was)
}

// ledAnew adds what is linked with a project whose lead boroughs may have
// changed.
func (a *gathering) ledAnew(ctx context.Context, t *touched) error {
	cut, err := a.graph.Cut(ctx, a.lens)
	if err != nil {
		return err
	}
	for project := range t.projects {
		at, err := cut.Handle(project)
		if errors.Is(err, record.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		t.ids[a.one(project)] = true
		for arc := range cut.Near(at) {
			far, err := cut.ID(arc.Far)
			if err != nil {
				return err
			}
			t.ids[far] = true
		}
	}
	return nil
}

// row is what one record is linked with, as all would have it.
func (a *gathering) row(ctx context.Context, id record.ID) (index.Linked, error) {
	one := gathering{graph: a.graph, lens: a.lens, same: a.same, rows: map[record.ID]index.Linked{}, leads: map[record.ID][]record.ID{}}
	if id.Kind() != record.WeeknoteKind {
		one.link(id, id)
	}
	f := graph.LinkFilter{}
	if id.Kind() != record.WeeknoteKind {
		f.Types = otherThanMentions()
	}
	if err := one.links(ctx, id, f); err != nil {
		return index.Linked{}, err
	}
	row := one.rows[id]
	for _, project := range slices.Clone(row.Records) {
		if project.Kind() != record.ProjectKind {
			continue
		}
		other := gathering{graph: a.graph, lens: a.lens, same: a.same, rows: map[record.ID]index.Linked{}, leads: one.leads}
		if err := other.links(ctx, project, graph.LinkFilter{Types: []record.LinkType{record.Joined, record.PartnerIn}, Direction: record.In}); err != nil {
			return index.Linked{}, err
		}
		if id.Kind() == record.WeeknoteKind {
			row.Parts = append(row.Parts, other.rows[id].Parts...)
		}
	}
	return one.whole(id, row), nil
}

// links takes the links of a record from memory; one that may not be seen has none.
func (a *gathering) links(ctx context.Context, id record.ID, f graph.LinkFilter) error {
	cut, err := a.graph.Cut(ctx, a.lens)
	if err != nil {
		return err
	}
	at, err := cut.Handle(id)
	if errors.Is(err, record.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	told := f.Types
	if len(told) == 0 {
		told = otherThanMentions()
		for arc := range cut.Near(at) {
			if arc.Type != record.Mentions {
				continue
			}
			l, err := linkOf(cut, arc)
			if err != nil {
				return err
			}
			a.take(l)
		}
	}
	for t := range cut.Told(at, f.Direction, told...) {
		l, err := linkOf(cut, t.Arc)
		if err != nil {
			return err
		}
		l.Role = t.Role
		for text := range t.Texts() {
			id, err := cut.ID(text)
			if err != nil {
				return err
			}
			l.Evidence = append(l.Evidence, record.Evidence{Text: id})
		}
		a.take(l)
	}
	return nil
}

// linkOf is a link with its type and its ends.
func linkOf(cut *graph.Cut, arc graph.Arc) (l record.Link, err error) {
	l.Type = arc.Type
	if l.From, err = cut.ID(arc.Near); err != nil {
		return l, err
	}
	if l.To, err = cut.ID(arc.Far); err != nil {
		return l, err
	}
	if !arc.Out {
		l.From, l.To = l.To, l.From
	}
	return l, nil
}
