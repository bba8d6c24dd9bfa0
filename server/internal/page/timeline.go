package page

import (
	"cmp"
	"context"
	"slices"

	"lotigraph/record"
)

// Timeline is when a record's links held, and when texts said so: a table in which
// each line has its bar.
type Timeline struct {
	From, To int // years, both drawn whole
	Years    []int
	Rows     []TimelineRow
	More     int // links without any date, or for which there is no room
}

// TimelineRow is one link's line. Places are thousandths of the whole width.
type TimelineRow struct {
	What       string
	Href       string
	Period     string // in words
	Told       string // when texts said so, in words
	Bar        bool
	Start, Len int
	Open       bool // no end is known
	Marks      []int
}

// timelineOn is how many lines are drawn.
const timelineOn = 15

// event is a link, or something else, with its dates, before it is drawn.
type event struct {
	of           *tie
	what         string // where it is no link
	since, until record.PartialDate
	told         []record.PartialDate
}

// first is the earliest date known of it.
func (e event) first() record.PartialDate {
	if !e.since.IsZero() {
		return e.since.First()
	}
	if len(e.told) > 0 {
		return e.told[0].First()
	}
	return e.until.First()
}

// timeline is when a record's links held; nil where no date is known.
func (r Reader) timeline(ctx context.Context, n record.Node, links []tie) (*Timeline, error) {
	cut, err := r.View.Graph.Cut(ctx, r.Lens)
	if err != nil {
		return nil, err
	}
	var events []event
	t := &Timeline{}
	if p := n.Project; p != nil && !(p.Start.IsZero() && p.End.IsZero()) {
		events = append(events, event{what: "The project itself", since: p.Start, until: p.End})
	}
	for i, l := range links {
		e := event{of: &links[i], since: l.Since(), until: l.Until(), told: cut.Days(l.Told)}
		if e.first().IsZero() {
			t.More++
			continue
		}
		events = append(events, e)
	}
	if len(events) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.first().Compare(b.first()) })
	if len(events) > timelineOn { // the newest tell most
		t.More += len(events) - timelineOn
		events = events[len(events)-timelineOn:]
	}
	t.draw(events)
	return t, nil
}

// row is the event without its drawing.
func (e event) row() TimelineRow {
	if e.of == nil {
		return TimelineRow{What: e.what, Period: period(record.Link{Since: e.since, Until: e.until})}
	}
	row := TimelineRow{Href: e.of.far.Href, Period: e.of.period(), Told: toldWords(e.told)}
	if row.What = e.of.far.Name + " " + e.of.Type.Phrase() + " it"; e.of.Out {
		row.What = record.Capital(e.of.Type.Phrase()) + " " + e.of.far.Name
	}
	return row
}

// toldWords is when texts said something, in words.
func toldWords(days []record.PartialDate) string {
	switch len(days) {
	case 0:
		return ""
	case 1:
		return days[0].English()
	}
	return days[0].English() + " to " + days[len(days)-1].English()
}

// draw turns dates into places.
func (t *Timeline) draw(events []event) {
	var low, high record.PartialDate
	for _, e := range events {
		for _, d := range append(slices.Clone(e.told), e.since, e.until) {
			if d.IsZero() {
				continue
			}
			if low.IsZero() || d.First().Compare(low) < 0 {
				low = d.First()
			}
			if d.Last().Compare(high) > 0 {
				high = d.Last()
			}
		}
	}
	t.From, t.To = int(low.Year), int(high.Year)
	step := (t.To-t.From)/8 + 1
	t.To += (step - (t.To-t.From+1)%step) % step // so that the years share the width evenly
	for y := t.From; y <= t.To; y += step {
		t.Years = append(t.Years, y)
	}
	begin := record.PartialDate{Year: low.Year}.First().Number()
	whole := record.PartialDate{Year: int16(t.To)}.Last().Number() + 1 - begin
	at := func(d record.PartialDate) int { return (d.Number() - begin) * 1000 / whole }
	for _, e := range events {
		row := e.row()
		if !e.since.IsZero() || !e.until.IsZero() {
			row.Bar, row.Open = true, e.until.IsZero()
			row.Start = at(cmp.Or(e.since, e.first()).First())
			end := 1000
			if !e.until.IsZero() {
				end = at(e.until.Last())
			}
			row.Len = max(end-row.Start, 6)
		}
		for _, d := range e.told {
			row.Marks = append(row.Marks, at(d.First()))
		}
		t.Rows = append(t.Rows, row)
	}
}
