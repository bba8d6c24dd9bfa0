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
const timelineOn = 25

// event is a link with its dates, before it is drawn.
type event struct {
	row          TimelineRow
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
func (r Reader) timeline(ctx context.Context, n record.Node, links []record.Link) (*Timeline, error) {
	var events []event
	t := &Timeline{}
	if p := n.Project; p != nil && !(p.Start.IsZero() && p.End.IsZero()) {
		e := event{row: TimelineRow{What: "The project itself", Period: period(record.Link{Since: p.Start, Until: p.End})}, since: p.Start, until: p.End}
		events = append(events, e)
	}
	for _, l := range links {
		e, err := r.event(ctx, n, l)
		if err != nil {
			return nil, err
		}
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

// event is a link with its dates.
func (r Reader) event(ctx context.Context, n record.Node, l record.Link) (e event, err error) {
	id, d := far(l, n.ID)
	place, err := r.PlaceOf(ctx, id)
	if err != nil {
		return e, err
	}
	e = event{since: l.Since, until: l.Until, row: TimelineRow{Href: place.Href, Period: period(l)}}
	if e.row.What = place.Name + " " + l.Type.Phrase() + " it"; d == record.Out {
		e.row.What = record.Capital(l.Type.Phrase()) + " " + place.Name
	}
	for _, ev := range l.Evidence {
		text, err := r.View.Graph.OwnNode(ctx, r.Lens, ev.Text)
		if err != nil {
			return e, err
		}
		if day := text.Weeknote.Date; !day.IsZero() && !slices.Contains(e.told, day) {
			e.told = append(e.told, day)
		}
	}
	slices.SortFunc(e.told, record.PartialDate.Compare)
	e.row.Told = toldWords(e.told)
	return e, nil
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
		row := e.row
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
