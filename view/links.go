package view

import (
	"context"
	"slices"

	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/record"
)

// gathering is what every record is linked with, as one lens shows it. The index
// counts results by it; it judges nothing.
//
// A text is linked with what it mentions and with its authors, any other record
// with the far end of each of its links and with itself: a search narrowed to
// Camden finds Camden too.
type gathering struct {
	graph *graph.Snapshot
	lens  record.Lens
	same  map[record.ID]record.ID
	rows  map[record.ID]index.Linked
	leads map[record.ID][]record.ID // of projects
}

// otherThanMentions are the link types that are followed from their From end.
func otherThanMentions() []record.LinkType {
	return slices.DeleteFunc(record.LinkTypes(), func(t record.LinkType) bool { return t == record.Mentions })
}

// all reads the links of every record, from memory.
func (a *gathering) all(ctx context.Context, ix *index.Snapshot) (*index.Links, error) {
	cut, err := a.graph.Cut(ctx, a.lens)
	if err != nil {
		return nil, err
	}
	ids := make([]record.ID, cut.Size())
	for h := range ids {
		kind := cut.Kind(graph.Handle(h))
		if kind == 0 {
			continue
		}
		if ids[h], err = cut.ID(graph.Handle(h)); err != nil {
			return nil, err
		}
		a.link(ids[h], ids[h])
	}
	for arc := range cut.Links() {
		if arc.Type != record.Joined && arc.Type != record.PartnerIn {
			a.take(record.Link{Type: arc.Type, From: ids[arc.Near], To: ids[arc.Far]})
		}
	}
	for h, id := range ids {
		if kind := id.Kind(); kind != record.BoroughKind && kind != record.PartnerKind {
			continue
		}
		for told := range cut.Told(graph.Handle(h), record.Out, record.Joined, record.PartnerIn) {
			l := record.Link{Type: told.Type, From: id, To: ids[told.Far], Role: told.Role}
			for text := range told.Texts() {
				if ids[text] == "" { // it goes by another one
					if ids[text], err = cut.ID(text); err != nil {
						return nil, err
					}
				}
				l.Evidence = append(l.Evidence, record.Evidence{Text: ids[text]})
			}
			a.take(l)
		}
	}
	for id, row := range a.rows {
		a.rows[id] = a.whole(id, row)
	}
	return index.NewLinks(ix, a.rows), nil
}

func (a *gathering) take(l record.Link) {
	switch l.Type {
	case record.Authored:
		row := a.rows[l.To]
		row.Authors = append(row.Authors, l.From)
		a.rows[l.To] = row
		a.link(l.To, l.From)
		return
	case record.Mentions:
		a.link(l.From, l.To)
		return
	case record.Joined, record.PartnerIn:
		a.participation(l)
	}
	a.link(l.From, l.To)
	a.link(l.To, l.From)
}

// link notes that a record is linked with another one that is no text.
func (a *gathering) link(from, to record.ID) {
	if to.Kind() == record.WeeknoteKind {
		return
	}
	row := a.rows[from]
	row.Records = append(row.Records, to)
	a.rows[from] = row
}

// lead is the role of the boroughs that a facet of their own counts.
const lead = "lead"

// participation notes it at its two ends and at the texts that say it.
func (a *gathering) participation(l record.Link) {
	p := index.Participation{Participant: l.From, Project: l.To, Role: l.Role}
	at := []record.ID{l.From, l.To}
	for _, e := range l.Evidence {
		at = append(at, a.one(e.Text))
	}
	for _, id := range at {
		row := a.rows[id]
		row.Parts = append(row.Parts, p)
		a.rows[id] = row
	}
	if l.Type == record.Joined && l.Role == lead && !slices.Contains(a.leads[l.To], l.From) {
		a.leads[l.To] = append(a.leads[l.To], l.From)
	}
}

// one is the record that an id goes by.
func (a *gathering) one(id record.ID) record.ID {
	if to, ok := a.same[id]; ok {
		return to
	}
	return id
}

// whole gives a record the boroughs that lead the projects it is linked with. A
// text keeps the participations in projects that it mentions.
func (a *gathering) whole(id record.ID, row index.Linked) index.Linked {
	for _, to := range row.Records {
		row.Leads = append(row.Leads, a.leads[to]...)
	}
	if id.Kind() == record.WeeknoteKind {
		row.Parts = slices.DeleteFunc(row.Parts, func(p index.Participation) bool { return !slices.Contains(row.Records, p.Project) })
	}
	return row
}
