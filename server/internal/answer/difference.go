package answer

import (
	"context"
	"encoding/base64"
	"slices"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"lotigraph/graph"
	"lotigraph/record"
)

// DifferenceEdge is a row with its cursor.
type DifferenceEdge = Edge[Difference]

// DifferenceConnection is a page of a difference.
type DifferenceConnection struct {
	*Connection[Difference]
	rows []graph.Difference
}

// Difference is one thing that differs.
type Difference struct {
	in  Reader
	row graph.Difference
}

// DifferenceAsked is between which days or versions; one pair is nil.
type DifferenceAsked struct {
	FromDate, ToDate       *record.PartialDate
	FromVersion, ToVersion *string
	What                   []graph.DifferenceSort
	Today                  time.Time
}

// Difference is a page of what differs.
func (r Reader) Difference(ctx context.Context, asked DifferenceAsked, p Page) (*DifferenceConnection, error) {
	rows, err := r.differences(ctx, asked)
	if err != nil {
		return nil, err
	}
	if len(asked.What) > 0 {
		rows = slices.DeleteFunc(rows, func(d graph.Difference) bool { return !slices.Contains(asked.What, d.What) })
	}
	behind := ""
	if p.After != nil {
		raw, err := base64.RawURLEncoding.DecodeString(*p.After)
		if err != nil || len(*p.After) > 4096 {
			return nil, record.Invalid("after", "%.60q is not a cursor of this list; use an endCursor that it gave", *p.After)
		}
		behind = string(raw)
	}
	seq := func(after string) sequence[graph.Difference] {
		return func(yield func(graph.At[graph.Difference], error) bool) {
			for _, row := range rows {
				if after != "" && row.Cursor() <= behind {
					continue
				}
				if !yield(graph.At[graph.Difference]{Value: row, Cursor: base64.RawURLEncoding.EncodeToString([]byte(row.Cursor()))}, nil) {
					return
				}
			}
		}
	}
	c, err := connect(seq, p.First, p.After, func(d graph.Difference) Difference { return Difference{r, d} })
	return &DifferenceConnection{c, rows}, err
}

func (r Reader) differences(ctx context.Context, asked DifferenceAsked) ([]graph.Difference, error) {
	byDate, byVersion := asked.FromDate != nil || asked.ToDate != nil, asked.FromVersion != nil || asked.ToVersion != nil
	switch {
	case byDate && byVersion:
		return nil, record.Invalid("fromVersion", "days and data versions cannot be mixed; say fromDate or fromVersion")
	case byDate && asked.FromDate == nil || !byDate && asked.FromVersion == nil:
		return nil, record.Invalid("fromDate", "say from when: fromDate, a day, or fromVersion, a data version")
	case byDate:
		to := record.DateOf(asked.Today)
		if asked.ToDate != nil {
			to = *asked.ToDate
		}
		return r.View.Graph.BetweenDays(ctx, r.Lens, *asked.FromDate, to)
	}
	from, err := versionNumber("fromVersion", *asked.FromVersion)
	to := r.View.Version()
	if err == nil && asked.ToVersion != nil {
		to, err = versionNumber("toVersion", *asked.ToVersion)
	}
	if err != nil {
		return nil, err
	}
	return r.View.Graph.BetweenVersions(ctx, r.Lens, from, to)
}

func versionNumber(field, version string) (uint64, error) {
	n, err := strconv.ParseUint(version, 10, 64)
	if err != nil {
		return 0, record.Invalid(field, "%.60q is not a data version; use one that an answer carried", version)
	}
	return n, nil
}

// Counts are how many rows there are of each sort.
func (c *DifferenceConnection) Counts() []DifferenceCount {
	list := []DifferenceCount{}
	for _, what := range graph.DifferenceSorts() {
		n := 0
		for _, row := range c.rows {
			if row.What == what {
				n++
			}
		}
		if n > 0 {
			list = append(list, DifferenceCount{what, n})
		}
	}
	return list
}

// DifferenceCount is how many rows are of a sort.
type DifferenceCount struct {
	What  graph.DifferenceSort
	Count int
}

// What is the sort.
func (d Difference) What() graph.DifferenceSort { return d.row.What }

// Sentence is the row in words.
func (d Difference) Sentence() string { return d.row.Sentence }

// Date is when it happened.
func (d Difference) Date() record.PartialDate { return d.row.Date }

// Certain tells whether it surely lies between the two days.
func (d Difference) Certain() bool { return d.row.Certain }

// Node is what it is about.
func (d Difference) Node() Node { return d.in.wrap(d.row.Node) }

// Other is the other end, if there is one.
func (d Difference) Other() Node {
	if d.row.Other == nil {
		return nil
	}
	return d.in.wrap(*d.row.Other)
}

// Link is the link, if it is still on record.
func (d Difference) Link() *Link {
	if d.row.Link == nil {
		return nil
	}
	link := d.in.link(*d.row.Link)
	return &link
}

// Evidence is the passages that say the link.
func (d Difference) Evidence() []Evidence {
	if link := d.Link(); link != nil {
		return link.Evidence()
	}
	return []Evidence{}
}

// MarshalDifferenceSort writes what a row tells.
func MarshalDifferenceSort(s graph.DifferenceSort) graphql.Marshaler { return word(string(s)) }

// UnmarshalDifferenceSort reads one.
func UnmarshalDifferenceSort(v any) (graph.DifferenceSort, error) {
	return read(v, func(s string) (graph.DifferenceSort, error) { return graph.DifferenceSort(s), nil })
}
