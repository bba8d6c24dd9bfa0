package graph

import (
	"context"
	"errors"

	"lotigraph/record"
)

// BetweenDays says what happened in the world behind one day and until another, as
// the lens shows it: which links began and ended, and which texts were published.
// An event is certain when every day that its date can mean lies between, and
// possible when some do. A link whose beginning is not known is taken to begin
// when a text first says it, which is possible, never certain.
//
// So: a link that does not hold on the first day and may hold on the second has a
// row for its beginning, and one of which the reverse is true for its end.
func (s *Snapshot) BetweenDays(ctx context.Context, l record.Lens, from, to record.PartialDate) ([]Difference, error) {
	for field, day := range map[string]record.PartialDate{"fromDate": from, "toDate": to} {
		if !day.IsDay() {
			return nil, record.Invalid(field, "%q is not a day; write it like 2021-05-17", day)
		}
	}
	if to.Compare(from) < 0 {
		return nil, record.Invalid("toDate", "%s is before fromDate, %s", to, from)
	}
	l.AsOf = record.PartialDate{}
	if err := errors.Join(ctx.Err(), l.Validate()); err != nil {
		return nil, err
	}
	d := &differing{ctx: ctx, lens: l, before: s, after: s, now: s}
	p := period{from, to}
	for _, t := range record.LinkTypes() {
		if t.Derived() || t == record.Authored { // a text has a row of its own
			continue
		}
		for _, kind := range t.From() {
			if err := d.eachFrom(kind, t, func(link record.Link) error { return d.events(p, link) }); err != nil {
				return nil, err
			}
		}
	}
	for at, err := range s.Nodes(ctx, l, record.WeeknoteKind, NodeFilter{}, ByName, "") {
		if err != nil {
			return nil, err
		}
		if in, certain := p.begins(at.Value.Weeknote.Date); in {
			row := Difference{What: TextAdded, Sentence: "\"" + at.Value.Name + "\" was published" + on(at.Value.Weeknote.Date) + ".",
				Date: at.Value.Weeknote.Date, Certain: certain, Node: at.Value}
			if err := d.add(row, nil); err != nil {
				return nil, err
			}
		}
	}
	return d.done(), nil
}

// eachFrom calls do with the links of a type that go out from records of a kind.
func (d *differing) eachFrom(kind record.Kind, t record.LinkType, do func(record.Link) error) error {
	f := LinkFilter{Types: []record.LinkType{t}, Direction: record.Out}
	for at, err := range d.now.Nodes(d.ctx, d.lens, kind, NodeFilter{}, ByName, "") {
		if err != nil {
			return err
		}
		for link, err := range d.now.Links(d.ctx, d.lens, at.Value.ID, f, "") {
			if err == nil {
				err = do(link.Value)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// period is the days behind from, up to to.
type period struct{ from, to record.PartialDate }

// begins tells whether something of a date may have begun in the period, and
// whether it surely did.
func (p period) begins(d record.PartialDate) (in, certain bool) {
	if d.IsZero() {
		return false, false
	}
	in = d.Last().Compare(p.from) > 0 && d.First().Compare(p.to) <= 0
	return in, in && d.First().Compare(p.from) > 0 && d.Last().Compare(p.to) <= 0
}

// ends does so for a last day: what holds until a day has ended on the next.
func (p period) ends(d record.PartialDate) (in, certain bool) {
	if d.IsZero() {
		return false, false
	}
	in = d.Last().Compare(p.from) >= 0 && d.First().Compare(p.to) < 0
	return in, in && d.First().Compare(p.from) >= 0 && d.Last().Compare(p.to) < 0
}

// events adds the rows of a link's beginning and end.
func (d *differing) events(p period, link record.Link) error {
	c := clauseOf(link.Type)
	began, told := link.Since, ""
	if began.IsZero() {
		first, err := d.firstTold(link)
		if err != nil {
			return err
		}
		began, told = first, "; first told of"+on(first)+", since when is not known"
	}
	if in, certain := p.begins(began); in {
		certain = certain && told == ""
		err := d.linkRow(c.begin, link, began, certain, func(from, to string) string {
			if told != "" {
				return from + " " + link.Type.Phrase() + " " + to + asRole(link) + told
			}
			return from + " " + c.began + " " + to + asRole(link) + on(began)
		})
		if err != nil {
			return err
		}
	}
	if in, certain := p.ends(link.Until); in {
		return d.linkRow(c.end, link, link.Until, certain, func(from, to string) string {
			return from + " " + c.ended + " " + to + on(link.Until)
		})
	}
	return nil
}

// firstTold is the day of the earliest text that says a link.
func (d *differing) firstTold(link record.Link) (first record.PartialDate, err error) {
	for _, ev := range link.Evidence {
		text, err := d.now.OwnNode(d.ctx, d.lens, ev.Text)
		if err != nil {
			return first, err
		}
		if day := text.Weeknote.Date; !day.IsZero() && (first.IsZero() || day.Last().Compare(first.Last()) < 0) {
			first = day
		}
	}
	return first, nil
}
