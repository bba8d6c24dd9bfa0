package view

import (
	"context"
	"errors"
	"iter"
	"slices"

	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/record"
)

// gathering is what records are linked with, as one lens shows it. The index
// counts results by it; it judges nothing.
//
// A text is linked with what it mentions and with its authors, any other record
// with the far end of each of its links and with itself: a search narrowed to
// Camden finds Camden too.
type gathering struct {
	cut   *graph.Cut
	every []linked                        // by handle, where all are gathered; else …
	some  map[graph.Handle]*linked        // … those that were met
	leads map[graph.Handle][]graph.Handle // of projects
}

// linked is what one record is linked with.
type linked struct {
	records, authors, leads []graph.Handle
	parts                   []part
}

// part says that a borough or partner takes part in a project.
type part struct {
	participant, project graph.Handle
	role                 string
}

// otherThanMentions are the link types that are followed from their From end.
func otherThanMentions() []record.LinkType {
	return slices.DeleteFunc(record.LinkTypes(), func(t record.LinkType) bool { return t == record.Mentions })
}

// allLinks reads the links of every record that a cut shows, from memory.
func allLinks(ctx context.Context, cut *graph.Cut, ix *index.Snapshot) (*index.Links, error) {
	a := gathering{cut: cut, every: make([]linked, cut.Size()), leads: map[graph.Handle][]graph.Handle{}}
	for h := range graph.Handle(cut.Size()) {
		if cut.Kind(h) != 0 {
			a.link(h, h)
		}
	}
	for arc := range cut.Links() {
		if arc.Type != record.Joined && arc.Type != record.PartnerIn {
			a.take(arc)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for h := range graph.Handle(cut.Size()) {
		if kind := cut.Kind(h); kind != record.BoroughKind && kind != record.PartnerKind {
			continue
		}
		for told := range cut.Told(h, record.Out, record.Joined, record.PartnerIn) {
			if err := a.takeTold(told); err != nil {
				return nil, err
			}
		}
	}
	return a.index(ctx, ix)
}

// index hands all that was gathered to the index.
func (a *gathering) index(ctx context.Context, ix *index.Snapshot) (*index.Links, error) {
	every, err := a.cut.IDs(ctx)
	if err != nil {
		return nil, err
	}
	places := make([]int, len(every))
	ids := every[:0]
	for h, id := range every {
		if id != "" {
			places[h] = len(ids)
			ids = append(ids, id)
		}
	}
	return index.NewLinks(ix, ids, a.rows(places)), nil
}

// rows yields what each record is linked with by their places, in order.
func (a *gathering) rows(places []int) iter.Seq[index.LinkedPlaces] {
	return func(yield func(index.LinkedPlaces) bool) {
		var row index.LinkedPlaces
		add := func(to *[]int, list []graph.Handle) {
			*to = (*to)[:0]
			for _, h := range list {
				*to = append(*to, places[h])
			}
		}
		for h := range a.every {
			if a.cut.Kind(graph.Handle(h)) == 0 {
				continue
			}
			l := a.whole(graph.Handle(h))
			add(&row.Records, l.records)
			add(&row.Authors, l.authors)
			add(&row.Leads, l.leads)
			row.Parts = row.Parts[:0]
			for _, p := range l.parts {
				row.Parts = append(row.Parts, index.PlacedPart{Participant: places[p.participant], Project: places[p.project], Role: p.role})
			}
			if !yield(row) {
				return
			}
		}
	}
}

// at is what is known of a record so far.
func (a *gathering) at(h graph.Handle) *linked {
	if a.every != nil {
		return &a.every[h]
	}
	if a.some[h] == nil {
		a.some[h] = &linked{}
	}
	return a.some[h]
}

// take notes a link that is no participation.
func (a *gathering) take(arc graph.Arc) {
	from, to := arc.Near, arc.Far
	if !arc.Out {
		from, to = to, from
	}
	switch arc.Type {
	case record.Authored:
		row := a.at(to)
		row.authors = append(row.authors, from)
		a.link(to, from)
	case record.Mentions:
		a.link(from, to)
	default:
		a.link(from, to)
		a.link(to, from)
	}
}

// link notes that a record is linked with another one that is no text.
func (a *gathering) link(from, to graph.Handle) {
	if a.cut.Kind(to) != record.WeeknoteKind {
		row := a.at(from)
		row.records = append(row.records, to)
	}
}

// lead is the role of the boroughs that a facet of their own counts.
const lead = "lead"

// takeTold notes a link of whatever type: a participation at its two ends and at
// the texts that say it.
func (a *gathering) takeTold(told graph.Told) error {
	a.take(told.Arc)
	if told.Type != record.Joined && told.Type != record.PartnerIn {
		return nil
	}
	p := partOf(told)
	for _, h := range [...]graph.Handle{p.participant, p.project} {
		a.at(h).parts = append(a.at(h).parts, p)
	}
	for text := range told.Texts() {
		switch one, err := a.one(text); {
		case errors.Is(err, record.ErrNotFound):
		case err != nil:
			return err
		default:
			a.at(one).parts = append(a.at(one).parts, p)
		}
	}
	a.led(told, p)
	return nil
}

// partOf is a participation, from whichever end it is told.
func partOf(told graph.Told) part { return part{told.From(), told.To(), told.Role} }

// led notes a participation of who leads.
func (a *gathering) led(told graph.Told, p part) {
	if told.Type == record.Joined && told.Role == lead && !slices.Contains(a.leads[p.project], p.participant) {
		a.leads[p.project] = append(a.leads[p.project], p.participant)
	}
}

// one is the record that another one goes by.
func (a *gathering) one(h graph.Handle) (graph.Handle, error) {
	if a.cut.Kind(h) != 0 {
		return h, nil
	}
	id, err := a.cut.ID(h)
	if err != nil {
		return 0, err
	}
	return a.cut.Handle(id)
}

// whole is a record with the boroughs that lead the projects it is linked with. A
// text keeps the participations in projects that it mentions.
func (a *gathering) whole(h graph.Handle) linked {
	row := *a.at(h)
	for _, to := range row.records {
		row.leads = append(row.leads, a.leads[to]...)
	}
	if a.cut.Kind(h) == record.WeeknoteKind {
		row.parts = slices.DeleteFunc(row.parts, func(p part) bool { return !slices.Contains(row.records, p.project) })
	}
	return row
}
