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
func (v *View) carriedOn(ctx context.Context, cut *graph.Cut, k *look, before prior) (*index.Links, error) {
	if before.look == nil || before.look.links == nil || !before.look.links.Of(v.Index) || v.Version()-before.version > maxCarried {
		return nil, nil
	}
	t := touched{ids: map[record.ID]bool{}, fresh: map[record.ID]bool{}, projects: map[record.ID]bool{}, merged: map[record.ID]bool{}}
	for from, to := range k.same {
		t.merged[from], t.merged[to] = true, true
	}
	for entry, err := range v.Graph.Changes(ctx, before.version) {
		if err != nil {
			return nil, err
		}
		for _, effect := range entry.Effects {
			if !t.take(effect) {
				return nil, nil
			}
		}
	}
	if !t.hiddenAlike(before.look.hidden, k.hidden) {
		return nil, nil
	}
	if err := t.ledAnew(cut); err != nil {
		return nil, err
	}
	rows := map[record.ID]index.Linked{}
	for id := range t.ids {
		if to, ok := k.same[id]; ok {
			id = to
		}
		row, err := rowOf(cut, id)
		if err != nil {
			return nil, err
		}
		rows[id] = row
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
func (t *touched) ledAnew(cut *graph.Cut) error {
	for project := range t.projects {
		at, err := cut.Handle(project)
		if errors.Is(err, record.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		t.ids[project] = true
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

// rowOf is what one record is linked with, as all would have it; nothing where the
// cut does not show it.
func rowOf(cut *graph.Cut, id record.ID) (row index.Linked, err error) {
	at, err := cut.Handle(id)
	if errors.Is(err, record.ErrNotFound) {
		return row, nil
	}
	if err != nil {
		return row, err
	}
	one := gathering{cut: cut, some: map[graph.Handle]*linked{}, leads: map[graph.Handle][]graph.Handle{}}
	one.link(at, at)
	text := cut.Kind(at) == record.WeeknoteKind
	if text { // a text is an end of mentions and of who wrote it, and says more
		for arc := range cut.Near(at) {
			one.take(arc)
		}
	} else if err := one.links(at, record.Both, otherThanMentions()...); err != nil {
		return row, err
	}
	for _, project := range slices.Clone(one.at(at).records) {
		if cut.Kind(project) != record.ProjectKind {
			continue
		}
		if err := one.project(project, at, text); err != nil {
			return row, err
		}
	}
	return one.named(one.whole(at))
}

// project takes what a row has of a project beside the link with it: the boroughs
// that lead it, and where the row is a text's the participations that it says.
func (a *gathering) project(project, at graph.Handle, text bool) error {
	types := []record.LinkType{record.Joined, record.PartnerIn}
	if !text {
		types = types[:1]
	}
	for told := range a.cut.Told(project, record.In, types...) {
		p := partOf(told)
		a.led(told, p)
		if !text {
			continue
		}
		for said := range told.Texts() {
			switch one, err := a.one(said); {
			case errors.Is(err, record.ErrNotFound):
			case err != nil:
				return err
			case one == at:
				a.at(at).parts = append(a.at(at).parts, p)
			}
		}
	}
	return nil
}

// links takes the links of a record of some types.
func (a *gathering) links(h graph.Handle, d record.Direction, types ...record.LinkType) error {
	for told := range a.cut.Told(h, d, types...) {
		if err := a.takeTold(told); err != nil {
			return err
		}
	}
	return nil
}

// named is what a record is linked with, by their ids.
func (a *gathering) named(l linked) (row index.Linked, err error) {
	id := func(h graph.Handle) (of record.ID) {
		if err == nil {
			of, err = a.cut.ID(h)
		}
		return of
	}
	ids := func(list []graph.Handle) (of []record.ID) {
		for _, h := range list {
			of = append(of, id(h))
		}
		return of
	}
	row = index.Linked{Records: ids(l.records), Authors: ids(l.authors), Leads: ids(l.leads)}
	for _, p := range l.parts {
		row.Parts = append(row.Parts, index.Participation{Participant: id(p.participant), Project: id(p.project), Role: p.role})
	}
	return row, err
}
