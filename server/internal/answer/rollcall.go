package answer

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"lotigraph/graph"
	"lotigraph/record"
)

// RollCall is which of London's authorities joined something.
type RollCall struct {
	in   Reader
	rows []graph.RollCallRow
}

// RollCall calls the roll.
func (r Reader) RollCall(ctx context.Context, f graph.RollCallFilter) (*RollCall, error) {
	rows, err := r.View.Graph.RollCall(ctx, r.Lens, f)
	return &RollCall{r, rows}, err
}

// Rows are the authorities' answers.
func (c *RollCall) Rows() []RollCallRow {
	list := make([]RollCallRow, len(c.rows))
	for i, row := range c.rows {
		list[i] = RollCallRow{c.in, row}
	}
	return list
}

func (c *RollCall) count(s graph.State) (n int) {
	for _, row := range c.rows {
		if row.State == s {
			n++
		}
	}
	return n
}

// Joined counts those that joined.
func (c *RollCall) Joined() int { return c.count(graph.HasJoined) }

// Left counts those that left.
func (c *RollCall) Left() int { return c.count(graph.HasLeft) }

// Unknown counts those that may have joined.
func (c *RollCall) Unknown() int { return c.count(graph.Unknown) }

// Never counts those that did not.
func (c *RollCall) Never() int { return c.count(graph.Never) }

// Coverage is the share of the authorities that joined, from 0 to 1.
func (c *RollCall) Coverage() float64 {
	if len(c.rows) == 0 {
		return 0
	}
	return float64(c.Joined()) / float64(len(c.rows))
}

// Total counts the authorities.
func (c *RollCall) Total() int { return len(c.rows) }

// Lens is the lens that was looked through.
func (c *RollCall) Lens() LensUsed { return c.in.used() }

// RollCallRow is one authority's answer.
type RollCallRow struct {
	in  Reader
	row graph.RollCallRow
}

// Borough is the authority.
func (r RollCallRow) Borough() Borough { return r.in.wrap(r.row.Borough).(Borough) }

// State is how it stands.
func (r RollCallRow) State() graph.State { return r.row.State }

// Certain tells whether that is sure.
func (r RollCallRow) Certain() bool { return r.row.Certain }

// Since is since when, by the most telling link.
func (r RollCallRow) Since() record.PartialDate {
	if len(r.row.Links) == 0 {
		return record.PartialDate{}
	}
	return r.row.Links[0].Since()
}

// Until is until when, by the same link.
func (r RollCallRow) Until() record.PartialDate {
	if len(r.row.Links) == 0 {
		return record.PartialDate{}
	}
	return r.row.Links[0].Until()
}

// Participation is its part in the project, if there is one.
func (r RollCallRow) Participation(ctx context.Context) (*Participation, error) {
	if len(r.row.Links) == 0 || r.row.Links[0].Type != record.Joined {
		return nil, nil
	}
	link, err := r.row.Links[0].Link(ctx)
	if err != nil {
		return nil, err
	}
	return &Participation{r.in.link(link)}, nil
}

// Links are those that say so.
func (r RollCallRow) Links(ctx context.Context) ([]Link, error) {
	list := make([]Link, len(r.row.Links))
	for i, told := range r.row.Links {
		link, err := told.Link(ctx)
		if err != nil {
			return nil, err
		}
		list[i] = r.in.link(link)
	}
	return list, nil
}

func (r Reader) links(links []record.Link) []Link {
	list := make([]Link, len(links))
	for i, l := range links {
		list[i] = r.link(l)
	}
	return list
}

// used is the reader's lens as an answer says it.
func (r Reader) used() LensUsed {
	return LensUsed{r.Lens.AsOf, r.Lens.Proposed, max(r.Lens.Viewer.Clearance, record.Public)}
}

// MarshalRollCallState writes how a borough stands.
func MarshalRollCallState(s graph.State) graphql.Marshaler { return word(string(s)) }

// UnmarshalRollCallState is there for the generator; no argument is a state.
func UnmarshalRollCallState(v any) (graph.State, error) {
	return read(v, func(s string) (graph.State, error) { return graph.State(s), nil })
}
