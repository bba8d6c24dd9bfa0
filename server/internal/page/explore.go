package page

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"lotigraph/record"
)

// Explore is a record with what is around it, step by step.
type Explore struct {
	Typed    string // the record, as it was typed
	Focus    *Place // nil when none was chosen yet
	Depth    int
	Depths   []Option
	Types    []Option
	Kept     []Pair // what the form carries along
	Picture  Picture
	Records  []ExploreRecord
	Links    []Statement
	LeftOut  []string // what is not shown, as sentences
	Years    []Option
	Exports  []Place
	Starters []Tile // the boroughs, to begin with; only where no record was chosen
	Faults
}

// ExploreRecord is a record of the picture, as its table has it.
type ExploreRecord struct {
	Place
	Links  int   // that the picture shows
	Steps  int   // from the middle
	Middle Place // the same with this record in the middle
	Open   Place // the same with what is around this record too, or without again
}

// The bounds of a picture that a person can still read.
const (
	maxDepth   = 3
	maxRecords = 60
	maxLinks   = 120
)

// Explore is what an address asks for: focus, a name or an id; depth; type, as
// often as needed; open, records whose surroundings are shown too.
func (r Reader) Explore(ctx context.Context, q url.Values) (e Explore, err error) {
	at := address{r, "/explore", clean(q)}
	e = Explore{Typed: q.Get("focus"), Depth: 1, Kept: at.kept("focus", "depth", "type", "open")}
	if text := q.Get("depth"); text != "" {
		if e.Depth, err = strconv.Atoi(text); err != nil || e.Depth < 1 || e.Depth > maxDepth {
			return e, record.Invalid("depth", "%q is not a number of steps from 1 to %d", text, maxDepth)
		}
	}
	types, err := linkTypes(at.q["type"])
	if err != nil {
		return e, err
	}
	e.choices(at, types)
	if e.Years, err = r.years(ctx, at); err != nil {
		return e, err
	}
	if strings.TrimSpace(e.Typed) == "" {
		e.Starters, err = r.starters(ctx)
		return e, err
	}
	id := e.record(ctx, r, "focus", e.Typed)
	if len(e.Faults) > 0 {
		return e, nil
	}
	focus, err := r.View.Graph.Node(ctx, r.Lens, id)
	if err != nil {
		return e, err
	}
	place := r.Place(focus)
	e.Focus, e.Typed = &place, focus.Name
	var opened []record.ID
	for _, one := range at.q["open"] {
		opened = append(opened, record.ID(one))
	}
	s, err := r.around(ctx, focus, e.Depth, types, opened)
	if err != nil {
		return e, err
	}
	at.q.Set("focus", string(focus.ID))
	e.Picture = r.drawn(focus, s, at, opened)
	return e, e.tables(ctx, r, focus, s, at, opened)
}

// starters are the boroughs on the tile map, each with what is around it.
func (r Reader) starters(ctx context.Context) ([]Tile, error) {
	tiles, err := r.tiles(ctx)
	for i := range tiles {
		tiles[i].Href = r.To("/explore", "focus", tiles[i].Name)
	}
	return tiles, err
}

func linkTypes(names []string) (list []record.LinkType, err error) {
	for _, name := range names {
		t, err := record.ParseLinkType(name)
		if err != nil {
			return nil, record.Under("type", err)
		}
		list = append(list, t)
	}
	return list, nil
}

// choices are how far and along which links the picture reaches.
func (e *Explore) choices(at address, types []record.LinkType) {
	for depth := 1; depth <= maxDepth; depth++ {
		e.Depths = append(e.Depths, Option{Label: Count(depth, "step", "steps"), Value: itoa(depth), Chosen: depth == e.Depth})
	}
	for _, t := range record.LinkTypes() {
		chosen := slices.Contains(types, t) || len(types) == 0 && !t.Derived()
		e.Types = append(e.Types, Option{Label: t.Phrase(), Value: t.String(), Chosen: chosen})
	}
}

// years are the same page as things stood at the end of each year that texts tell
// of, and now.
func (r Reader) years(ctx context.Context, at address) (list []Option, err error) {
	every := r.Lens
	every.AsOf = record.PartialDate{}
	cut, err := r.View.Graph.Cut(ctx, every)
	if err != nil {
		return nil, err
	}
	first, last := cut.Years()
	if first == 0 {
		return nil, nil
	}
	for year := first; year <= last; year++ {
		then := at
		then.in.Lens.AsOf = record.PartialDate{Year: year}.Last()
		list = append(list, Option{Label: fmt.Sprint(year), Href: then.here(), Chosen: r.Lens.AsOf == then.in.Lens.AsOf})
	}
	now := at
	now.in.Lens.AsOf = record.PartialDate{}
	return append(list, Option{Label: "All times", Href: now.here(), Chosen: r.Lens.AsOf.IsZero()}), nil
}

// drawn is the picture of a record's surroundings.
func (r Reader) drawn(focus record.Node, s surroundings, at address, opened []record.ID) Picture {
	knots := map[record.ID]*knot{}
	for id, n := range s.nodes {
		knots[id] = &knot{place: r.Place(n), id: id, hop: s.hops[id], order: fmt.Sprint(n.Kind(), record.Fold(n.Name))}
	}
	for id, parent := range s.parents {
		knots[parent].children = append(knots[parent].children, knots[id])
	}
	dots, width, height := columns(knots[focus.ID])
	p := Picture{Title: "What is around " + focus.Name, Width: width, Height: height,
		Says: fmt.Sprintf("%s with %s around it and %s", focus.Name, Count(len(dots)-1, "record", "records"), Count(len(s.links), "link", "links"))}
	for _, k := range dots {
		d := k.dot()
		d.Href, d.Does = at.toggle("open", string(k.id)), "show what is around it too"
		switch {
		case k.hop == 0:
			d.Href, d.Does = k.place.Href, "go to its page"
		case slices.Contains(opened, k.id):
			d.Does = "hide what is around it"
		}
		p.Dots = append(p.Dots, d)
	}
	p.Lines = linesOf(s.links, knots)
	return p
}

// linesOf are the links as lines: one for all links of two records.
func linesOf(links []record.Link, knots map[record.ID]*knot) (lines []PictureLine) {
	drawn := map[[2]record.ID]int{}
	for _, l := range links {
		a, b := knots[l.From], knots[l.To]
		says := a.place.Name + " " + l.Type.Phrase() + " " + b.place.Name
		pair := [2]record.ID{min(l.From, l.To), max(l.From, l.To)}
		if i, ok := drawn[pair]; ok {
			lines[i].Says += "; " + says
			lines[i].Weight = min(lines[i].Weight+1, 5)
			continue
		}
		drawn[pair] = len(lines)
		lines = append(lines, PictureLine{From: string(l.From), To: string(l.To), Path: curve(a, b), Says: says, Weight: 1, Look: lookOf(l)})
	}
	return lines
}

// lookOf is how the line of a link looks.
func lookOf(l record.Link) string {
	switch {
	case l.Status == record.Proposed:
		return "proposed"
	case !l.Until.IsZero():
		return "ended"
	}
	return ""
}

// tables say what the picture shows, and what it leaves out.
func (e *Explore) tables(ctx context.Context, r Reader, focus record.Node, s surroundings, at address, opened []record.ID) error {
	count := map[record.ID]int{}
	for _, l := range s.links {
		count[l.From]++
		count[l.To]++
		statement, err := r.Statement(ctx, l)
		if err != nil {
			return err
		}
		e.Links = append(e.Links, statement)
	}
	for _, d := range e.Picture.Dots {
		id := record.ID(d.ID)
		row := ExploreRecord{Place: r.Place(s.nodes[id]), Links: count[id], Steps: s.hops[id]}
		if id != focus.ID {
			centred := at.copy()
			centred.Del("open")
			centred.Set("focus", d.ID)
			row.Middle = Place{Name: "Centre", Href: r.with("/explore", centred)}
			row.Open = Place{Name: "Expand", Href: at.toggle("open", d.ID)}
			if slices.Contains(opened, id) {
				row.Open.Name = "Fold"
			}
		}
		e.Records = append(e.Records, row)
	}
	slices.SortStableFunc(e.Records, func(a, b ExploreRecord) int { return a.Steps - b.Steps })
	e.LeftOut = s.notes
	e.Exports = exportsOf(func(format string) string { return at.on("/export/" + format) })
	return nil
}

// exportsOf are the files of what a page shows, whose addresses at writes.
func exportsOf(at func(format string) string) (list []Place) {
	for _, f := range []struct{ format, name string }{{"gexf", "Gephi (GEXF)"}, {"graphml", "GraphML"}, {"nodes.csv", "Records (CSV)"}, {"links.csv", "Links with their sentences (CSV)"}, {"xlsx", "Workbook (Excel)"}, {"kumu", "Kumu"}} {
		list = append(list, Place{Name: "This picture: " + f.name, Href: at(f.format)})
	}
	return list
}

// Around is the ids of the records that an address of the explorer shows, in order.
func (r Reader) Around(ctx context.Context, q url.Values) ([]record.ID, error) {
	e, err := r.Explore(ctx, q)
	if err != nil {
		return nil, err
	}
	if len(e.Faults) > 0 {
		return nil, record.Invalid(e.Faults[0].Field, "%s", e.Faults[0].Text)
	}
	ids := map[record.ID]bool{}
	for _, d := range e.Picture.Dots {
		ids[record.ID(d.ID)] = true
	}
	return slices.Sorted(maps.Keys(ids)), nil
}
