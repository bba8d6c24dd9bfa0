package graph

import (
	"cmp"
	"context"
	"slices"

	"lotigraph/record"
)

// Node is the record of a handle, as the lens's viewer sees it; ErrNotFound where
// Kind is 0.
func (c *Cut) Node(h Handle) (record.Node, error) {
	if c.Kind(h) == 0 {
		return record.Node{}, record.NotFound("there is no record with the number %d", h)
	}
	return c.snapshot.joined(c.lens().Viewer, ref(h))
}

// IDs are the ids of all records that the lens shows, by handle, with "" for the
// others. For many records it is much quicker than ID, which reads a record whole.
func (c *Cut) IDs(ctx context.Context) ([]record.ID, error) {
	ids := make([]record.ID, c.Size())
	err := c.snapshot.view.scan(table(idTable), table(idTable), func(item item) error {
		return item.Value(func(raw []byte) error {
			n, err := numberOf(raw)
			if err != nil || c.Kind(Handle(n)) == 0 {
				return err
			}
			ids[n], err = idOf(item.Key())
			return cmp.Or(err, ctx.Err())
		})
	})
	return ids, err
}

// Called is the id and the name of a record that the lens shows: what a list of
// many has of each.
func (c *Cut) Called(h Handle) (record.ID, string, error) {
	n, err := c.snapshot.node(ref(h))
	if err != nil {
		return "", "", err
	}
	return n.ID, n.Name, nil
}

// Day is the date of a text; zero for an undated one, and for what is no text.
func (c *Cut) Day(h Handle) record.PartialDate {
	if int(h) >= len(c.all.days) {
		return record.PartialDate{}
	}
	return c.all.days[h].date()
}

// Days are the dates of the texts that say a link, of those that the viewer may
// see, each once and in order.
func (c *Cut) Days(t Told) (days []record.PartialDate) {
	for text := range t.Texts() {
		if d := c.Day(text); !d.IsZero() && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	slices.SortFunc(days, record.PartialDate.Compare)
	return days
}

// Years are the first and the last year of the texts that the lens shows; zero
// where none of them is dated.
func (c *Cut) Years() (first, last int16) {
	for h, day := range c.all.days {
		year := day.date().Year
		if year == 0 || c.Kind(Handle(h)) != record.WeeknoteKind {
			continue
		}
		if first == 0 || year < first {
			first = year
		}
		last = max(last, year)
	}
	return first, last
}
