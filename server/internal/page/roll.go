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
	cut, err := r.View.Graph.Cut(ctx, r.Lens)
	if err != nil {
		return nil, err
	}
	mine := map[graph.Handle]tie{}
	shared := map[graph.Handle][]graph.Handle{} // by partner, the projects
	for _, l := range links {
		if _, again := mine[l.Far]; again || l.Type != record.PartnerIn || !l.Out {
			continue
		}
		mine[l.Far] = l
		seen := map[graph.Handle]bool{l.Near: true}
		for other := range cut.Told(l.Far, record.In, record.PartnerIn) {
			if !seen[other.Far] {
				seen[other.Far] = true
				shared[other.Far] = append(shared[other.Far], l.Far)
			}
		}
	}
	if len(shared) == 0 {
		return nil, nil
	}
	first, err := r.companions(cut, shared)
	if err != nil {
		return nil, err
	}
	a := &Alongside{Title: "Partners in the same projects", More: len(shared) - len(first)}
	for _, c := range first {
		projects := shared[c.at]
		slices.SortFunc(projects, func(a, b graph.Handle) int {
			return cmp.Or(cmp.Compare(mine[a].folded, mine[b].folded), cmp.Compare(mine[a].id, mine[b].id))
		})
		one := Companion{Place: c.place, Count: Count(len(projects), "project", "projects"), More: max(0, len(projects)-sharedOn)}
		for _, project := range projects[:min(len(projects), sharedOn)] {
			one.Shared = append(one.Shared, mine[project].far)
		}
		a.Rows = append(a.Rows, one)
	}
	return a, nil
}

// companion is a partner that a page names.
type companion struct {
	at     graph.Handle
	place  Place
	folded string // its name, for sorting
}

// companions are the partners with the most shared projects, then by name. Names are
// looked up of those alone that share as many as the last of them.
func (r Reader) companions(cut *graph.Cut, shared map[graph.Handle][]graph.Handle) (list []companion, err error) {
	var counts []int
	for _, projects := range shared {
		counts = append(counts, len(projects))
	}
	slices.Sort(counts)
	least := counts[max(0, len(counts)-companionsOn)]
	for h, projects := range shared {
		if len(projects) < least {
			continue
		}
		id, name, err := cut.Called(h)
		if err != nil {
			return nil, err
		}
		list = append(list, companion{h, Place{name, id.Kind().Label(), r.To(At(id))}, record.Fold(name)})
	}
	slices.SortFunc(list, func(a, b companion) int {
		return cmp.Or(cmp.Compare(len(shared[b.at]), len(shared[a.at])), cmp.Compare(a.folded, b.folded), cmp.Compare(a.place.Href, b.place.Href))
	})
	return list[:min(len(list), companionsOn)], nil
}
