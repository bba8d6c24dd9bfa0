package page

import (
	"context"

	"lotigraph/graph"
	"lotigraph/record"
)

// Home is the front page.
type Home struct {
	Counts  []KindCount
	Waiting int // proposals nobody reviewed
	Tiles   []Tile
	Newest  []Result
}

// KindCount is how many records of a kind there are, and where they are listed.
type KindCount struct {
	Place
	Count string
}

// Tile is a borough's square on the tile map of London.
type Tile struct {
	Place
	Short       string // what fits on the square
	Column, Row int    // from 0
	State       string // its colour: "" for none
	Says        string // what the colour says, in words
}

// newest is how many texts the front page shows.
const newest = 4

// Home is the front page.
func (r Reader) Home(ctx context.Context) (Home, error) {
	var h Home
	census, err := r.View.Graph.Census(ctx, r.Lens)
	if err != nil {
		return h, err
	}
	h.Waiting = census.Proposals
	for _, kind := range record.Kinds() {
		if n := census.Kinds[kind]; n > 0 {
			h.Counts = append(h.Counts, KindCount{Place{Name: kind.Plural(), Href: r.To("/search", "kind", kind.String())}, record.Thousands(n)})
		}
	}
	if h.Tiles, err = r.tiles(ctx); err != nil {
		return h, err
	}
	for at, err := range r.View.Graph.Nodes(ctx, r.Lens, record.WeeknoteKind, graph.NodeFilter{}, graph.NewestFirst, "") {
		if err != nil {
			return h, err
		}
		h.Newest = append(h.Newest, Result{Place: r.Place(at.Value), Summary: at.Value.Summary, Facts: []string{at.Value.Weeknote.Date.English()}})
		if len(h.Newest) == newest {
			break
		}
	}
	return h, nil
}

// tiles are the 33 authorities on the tile map.
func (r Reader) tiles(ctx context.Context) ([]Tile, error) {
	var list []Tile
	for at, err := range r.View.Graph.Nodes(ctx, r.Lens, record.BoroughKind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil {
			return nil, err
		}
		n := at.Value
		list = append(list, Tile{Place: r.Place(n), Short: short(n.Name), Column: n.Borough.Column, Row: n.Borough.Row})
	}
	return list, nil
}
