package answer

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"lotigraph/graph"
	"lotigraph/record"
)

// The connection and edge of the change log.
type (
	ChangeConnection = Connection[Change]
	ChangeEdge       = Edge[Change]
)

// Change is a change as the log keeps it.
type Change struct{ entry record.Entry }

// ChangeLog is a page of the change log, the newest first.
func (r Reader) ChangeLog(ctx context.Context, p Page) (*ChangeConnection, error) {
	before := uint64(0)
	if p.After != nil && *p.After != "" {
		number, err := strconv.ParseUint(*p.After, 10, 64)
		if err != nil || number == 0 {
			return nil, record.Invalid("after", "%.60q is not a cursor of this list; use an endCursor that it gave", *p.After)
		}
		before = number
	}
	seq := func(string) sequence[record.Entry] {
		return func(yield func(graph.At[record.Entry], error) bool) {
			for e, err := range r.View.Graph.Newest(ctx, before) {
				if !yield(graph.At[record.Entry]{Value: e, Cursor: Version(e.Number)}, err) {
					return
				}
			}
		}
	}
	c, err := connect(seq, p.First, p.After, func(e record.Entry) Change { return Change{e} })
	if err == nil {
		c.total = func(context.Context) (int, error) { return int(r.View.Version()), nil }
	}
	return c, err
}

// Number is what undo takes.
func (c Change) Number() string { return Version(c.entry.Number) }

// Time is when it was said.
func (c Change) Time() time.Time { return c.entry.Change.Time }

// Actor is who said it.
func (c Change) Actor() string { return c.entry.Change.Actor }

// Reason is why, in their words.
func (c Change) Reason() *string { return filled(c.entry.Change.Reason) }

// Refusal is why it was refused, if it was.
func (c Change) Refusal() *string { return filled(c.entry.Refusal) }

// maxTouched is how many of the things touched are named.
const maxTouched = 100

// IDs are the things that it touched.
func (c Change) IDs() []string {
	ids := []string{}
	for _, e := range c.entry.Effects {
		switch {
		case len(ids) == maxTouched:
			return ids
		case e.Node != nil:
			ids = append(ids, string(present(e.Node).ID))
		case e.Link != nil:
			ids = append(ids, present(e.Link).ID)
		case e.Ruling != nil:
			ids = append(ids, present(e.Ruling).ID)
		}
	}
	return ids
}

// Summary says what it did: how many of which operation.
func (c Change) Summary() string { return Summary(c.entry) }

// Summary says what a change did: "confirmed 3 links, read a text again".
func Summary(e record.Entry) string {
	var order []string
	counts := map[string]int{}
	for _, op := range e.Change.Ops {
		did := op.Sort()
		if op.ReviewLink != nil {
			did = string(op.ReviewLink.Status)
		}
		if op.SaveRuling != nil {
			did = string(op.SaveRuling.Ruling.Sort)
		}
		if counts[did] == 0 {
			order = append(order, did)
		}
		counts[did]++
	}
	parts := make([]string, len(order))
	for i, did := range order {
		words := deeds[did]
		parts[i] = words.one
		if n := counts[did]; n > 1 {
			parts[i] = fmt.Sprintf(words.many, n)
		}
	}
	return strings.Join(parts, ", ")
}

// deeds are the operations in words; a review goes by its verdict.
var deeds = map[string]struct{ one, many string }{
	"saveNode":    {"saved a record", "saved %d records"},
	"saveText":    {"stored a text", "stored %d texts"},
	"saveReading": {"read a text again", "read %d texts again"},
	"saveLink":    {"saved a link", "saved %d links"},
	"CONFIRMED":   {"confirmed a link", "confirmed %d links"},
	"REJECTED":    {"rejected a link", "rejected %d links"},
	"PROPOSED":    {"opened a link again", "opened %d links again"},
	"DOUBT":       {"reported a mistake", "reported %d mistakes"},
	"SAME":        {"merged two records", "merged %d pairs of records"},
	"DISTINCT":    {"said that two records are two", "said of %d pairs of records that they are two"},
	"NO_RECORD":   {"said that a name is no record", "said of %d names that they are no records"},
	"withdraw":    {"withdrew something", "withdrew %d things"},
	"restore":     {"restored something", "restored %d things"},
	"undo":        {"undid a change", "undid %d changes"},
}
