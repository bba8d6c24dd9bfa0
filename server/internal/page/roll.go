package page

import (
	"cmp"
	"context"
	"slices"

	"lotigraph/graph"
	"lotigraph/record"
)

// Roll is which of London's authorities take part in a project, on the tile map
// and as a table.
type Roll struct {
	Says   string
	Tiles  []Tile
	Legend []RollState
	Rows   []RollRow
	Export string
}

// RollState is a state of the legend.
type RollState struct {
	State string // as a tile's class has it
	Words string
	Count int
}

// RollRow is one authority's line.
type RollRow struct {
	Place
	State, Says string
	Role        string
	Period      string
	Proof       string // where the sentences are, "" where there are none
}

// stateWords say what the states of a roll call mean.
var stateWords = map[graph.State]string{
	graph.HasJoined: "Joined", graph.HasLeft: "Joined, and left", graph.Unknown: "May have joined: a text or a proposal suggests it", graph.Never: "Nothing says that it joined",
}

// roll calls the boroughs for a project.
func (r Reader) roll(ctx context.Context, n record.Node) (*Roll, error) {
	rows, err := r.View.Graph.RollCall(ctx, r.Lens, graph.RollCallFilter{Project: string(n.ID)})
	if err != nil {
		return nil, err
	}
	roll, counts := &Roll{Export: r.To("/export/participations.csv", "project", string(n.ID))}, map[graph.State]int{}
	for _, row := range rows {
		counts[row.State]++
		line := RollRow{Place: r.Place(row.Borough), State: string(row.State), Says: stateWords[row.State]}
		if len(row.Links) > 0 {
			l := row.Links[0]
			line.Role, line.Period = l.Role, period(record.Link{Since: l.Since(), Until: l.Until()})
			line.Proof = r.To("/matrix/" + row.Borough.ID.Slug() + "/" + n.ID.Slug())
		}
		roll.Rows = append(roll.Rows, line)
		says := line.Says
		if line.Role != "" {
			says += ", " + line.Role
		}
		roll.Tiles = append(roll.Tiles, Tile{Place: line.Place, Short: short(row.Borough.Name), Column: row.Borough.Borough.Column, Row: row.Borough.Borough.Row,
			State: string(row.State), Says: says})
	}
	for _, s := range graph.States() {
		roll.Legend = append(roll.Legend, RollState{string(s), stateWords[s], counts[s]})
	}
	roll.Says = itoa(counts[graph.HasJoined]) + " of London’s " + itoa(len(rows)) + " authorities joined"
	return roll, nil
}

// Alongside is whom a borough or partner works with: others of its kind in the
// same projects, for partners the one of most projects first, for boroughs the
// most similar one.
type Alongside struct {
	Title string
	Rows  []Companion
	More  int
}

// Companion is one of them.
type Companion struct {
	Place
	Count  string
	Shared []Place
}

// companionsOn is how many the page shows.
const companionsOn = 10

// alongside is whom a partner works with; nil for other kinds. A borough's brief
// tells it better.
func (r Reader) alongside(ctx context.Context, n record.Node, links []record.Link) (*Alongside, error) {
	if n.Kind() != record.PartnerKind {
		return nil, nil
	}
	const t = record.PartnerIn
	shared := map[record.ID][]record.ID{}
	for _, project := range ends(links, n.ID, t, record.Out) {
		others, err := r.linksOf(ctx, project, record.In, t)
		if err != nil {
			return nil, err
		}
		for _, other := range ends(others, project, t, record.In) {
			if other != n.ID {
				shared[other] = append(shared[other], project)
			}
		}
	}
	a := &Alongside{Title: "Partners in the same projects"}
	for id, projects := range shared {
		c := Companion{Count: Count(len(projects), "project", "projects")}
		var err error
		if c.Place, err = r.PlaceOf(ctx, id); err != nil {
			return nil, err
		}
		for _, p := range projects {
			place, err := r.PlaceOf(ctx, p)
			if err != nil {
				return nil, err
			}
			c.Shared = append(c.Shared, place)
		}
		slices.SortFunc(c.Shared, byName)
		a.Rows = append(a.Rows, c)
	}
	if len(a.Rows) == 0 {
		return nil, nil
	}
	slices.SortFunc(a.Rows, func(x, y Companion) int {
		return cmp.Or(cmp.Compare(len(y.Shared), len(x.Shared)), byName(x.Place, y.Place))
	})
	a.More = max(0, len(a.Rows)-companionsOn)
	a.Rows = a.Rows[:min(len(a.Rows), companionsOn)]
	return a, nil
}

func byName(a, b Place) int {
	return cmp.Or(cmp.Compare(record.Fold(a.Name), record.Fold(b.Name)), cmp.Compare(a.Href, b.Href))
}

// ends are the far ends of links of a type, each once.
func ends(links []record.Link, id record.ID, t record.LinkType, d record.Direction) (list []record.ID) {
	for _, l := range links {
		if end, from := far(l, id); l.Type == t && from == d && !slices.Contains(list, end) {
			list = append(list, end)
		}
	}
	return list
}
