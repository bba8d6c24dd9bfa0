package page

import (
	"cmp"
	"context"
	"slices"

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

// How many texts the front page shows, and among how many it looks for them.
const (
	newest        = 4
	newestOfADate = 100
)

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
			h.Counts = append(h.Counts, KindCount{Place{Name: kindsOf(kind, n), Href: r.To("/search", "kind", kind.String())}, record.Thousands(n)})
		}
	}
	if h.Tiles, err = r.tiles(ctx); err != nil {
		return h, err
	}
	h.Newest, err = r.newest(ctx)
	return h, err
}

// newest are the texts of the latest dates. Of those of one date, which may be a
// year, the highest number comes first.
func (r Reader) newest(ctx context.Context) (list []Result, err error) {
	var texts []record.Node
	for at, err := range r.View.Graph.Nodes(ctx, r.Lens, record.WeeknoteKind, graph.NodeFilter{}, graph.NewestFirst, "") {
		if err != nil {
			return nil, err
		}
		n := at.Value
		if len(texts) >= newest && n.Weeknote.Date != texts[len(texts)-1].Weeknote.Date || len(texts) == newestOfADate {
			break
		}
		texts = append(texts, n)
	}
	slices.SortStableFunc(texts, func(a, b record.Node) int {
		return cmp.Or(b.Weeknote.Date.Compare(a.Weeknote.Date), cmp.Compare(b.Weeknote.Number, a.Weeknote.Number))
	})
	for _, n := range texts[:min(len(texts), newest)] {
		one := Result{Place: r.Place(n), Summary: n.Summary}
		if date := n.Weeknote.Date.English(); date != "" {
			one.Facts = []string{date}
		}
		list = append(list, one)
	}
	return list, nil
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
