package page

import (
	"cmp"
	"context"
	"maps"
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
	More   int // that are shared too
}

// companionsOn is how many the page shows.
const companionsOn = 10

// sharedOn is how many of what it shares with each are named.
const sharedOn = 20

// alongside is whom a partner works with; nil for other kinds. A borough's brief
// tells it better.
func (r Reader) alongside(ctx context.Context, n record.Node, links []tie) (*Alongside, error) {
	if n.Kind() != record.PartnerKind {
		return nil, nil
	}
	const t = record.PartnerIn
	shared, who := map[record.ID][]Place{}, map[record.ID]tie{}
	mine := slices.DeleteFunc(slices.Clone(links), func(l tie) bool { return l.Type != t || !l.Out })
	named := map[record.ID]Place{}
	for _, l := range mine {
		named[l.id] = l.far
	}
	for _, project := range ends(mine) {
		others, err := r.ties(ctx, project, record.In, t)
		if err != nil {
			return nil, err
		}
		seen := map[record.ID]bool{n.ID: true}
		for _, other := range others {
			if !seen[other.id] {
				seen[other.id] = true
				who[other.id] = other
				shared[other.id] = append(shared[other.id], named[project])
			}
		}
	}
	if len(shared) == 0 {
		return nil, nil
	}
	most := slices.SortedFunc(maps.Keys(shared), func(a, b record.ID) int {
		return cmp.Or(cmp.Compare(len(shared[b]), len(shared[a])), cmp.Compare(who[a].folded, who[b].folded), cmp.Compare(a, b))
	})
	a := &Alongside{Title: "Partners in the same projects", More: max(0, len(most)-companionsOn)}
	for _, id := range most[:min(len(most), companionsOn)] {
		c := Companion{Place: who[id].far, Count: Count(len(shared[id]), "project", "projects"), Shared: shared[id]}
		slices.SortFunc(c.Shared, byName)
		if c.More = max(0, len(c.Shared)-sharedOn); c.More > 0 {
			c.Shared = c.Shared[:sharedOn]
		}
		a.Rows = append(a.Rows, c)
	}
	return a, nil
}

func byName(a, b Place) int {
	return cmp.Or(cmp.Compare(record.Fold(a.Name), record.Fold(b.Name)), cmp.Compare(a.Href, b.Href))
}
