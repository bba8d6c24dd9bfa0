package page

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"

	"lotigraph/export"
	"lotigraph/index"
	"lotigraph/network"
	"lotigraph/record"
)

// Network is records of one kind, joined where they share records of another, with
// their measures.
type Network struct {
	Of, Through []Option
	From, To    string // days, as they were typed
	Weights     []Option
	Kept        []Pair
	Title       string // "Partners that share projects"
	Says        string
	Columns     []NetworkColumn
	Rows        []NetworkRow
	RowsLeft    string // what the table leaves out, "" for nothing
	Edges       []NetworkEdge
	EdgesLeft   string
	Sampled     string // how exact estimates are, "" where nothing is estimated
	Picture     Picture
	Drawn       string // what of the network the picture shows
	Years       []Option
	Exports     []Place
}

// NetworkColumn is a measure, with the address that sorts by it.
type NetworkColumn struct {
	Name, Means, Href string
	Chosen            bool
}

// NetworkRow is a record with its measures, in the order of the columns.
type NetworkRow struct {
	Place
	Values    []string
	Community int
	Around    string // where its surroundings are shown
}

// NetworkEdge is two records with what they share.
type NetworkEdge struct {
	A, B   Place
	Weight string
	Shared []Place
	More   int
}

// The page's sizes.
const (
	networkRows  = 100
	networkEdges = 150
	networkDots  = 50
	sharedShown  = 5
)

// measures are what the table shows of a record, in its order.
var measures = []struct {
	measure     network.Measure
	name, means string
	of          func(network.Node) string
}{
	{network.ByDegree, "Joined with", "How many of the others it shares something with.", func(n network.Node) string { return record.Thousands(n.Degree) }},
	{network.ByWeightedDegree, "Weight", "The sum of the weights of these joins: how much it shares.", func(n network.Node) string { return decimals(n.WeightedDegree, 2) }},
	{network.ByBetweenness, "Between", "Which part of the shortest ways between all others runs through it, from 0 to 1. High: it bridges.", func(n network.Node) string { return fraction(n.Betweenness) }},
	{network.ByCloseness, "Close", "How near it is to all that it reaches, from 0 to 1.", func(n network.Node) string { return fraction(n.Closeness) }},
	{network.ByPageRank, "PageRank", "Which part of its time somebody who wanders along the joins spends there.", func(n network.Node) string { return fraction(n.PageRank) }},
}

// decimals is a number with at most so many digits behind its point.
func decimals(v float64, digits int) string {
	s := fmt.Sprintf("%.*f", digits, v)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// fraction is a number from 0 to 1, always with three digits, so that a column of
// them can be compared by eye.
func fraction(v float64) string { return fmt.Sprintf("%.3f", v) }

// NetworkQuestion reads an address: of and through, kinds; from and to; weight;
// sort, a measure.
func NetworkQuestion(q url.Values) (ask network.Question, by network.Measure, err error) {
	ask = network.Question{Of: record.PartnerKind, Through: record.ProjectKind, Weight: network.Shared}
	for name, kind := range map[string]*record.Kind{"of": &ask.Of, "through": &ask.Through} {
		if v := q.Get(name); v != "" {
			if *kind, err = record.ParseKind(v); err != nil {
				return ask, by, record.Under(name, err)
			}
		}
	}
	for name, day := range map[string]*record.PartialDate{"from": &ask.From, "to": &ask.To} {
		if *day, err = record.ParsePartialDate(strings.TrimSpace(q.Get(name))); err != nil {
			return ask, by, record.Under(name, err)
		}
	}
	if v := q.Get("weight"); v != "" {
		ask.Weight = network.Weight(strings.ToUpper(v))
	}
	by = network.ByWeightedDegree
	if v := q.Get("sort"); v != "" {
		if by, err = network.ParseMeasure(strings.ToUpper(v)); err != nil {
			return ask, by, record.Under("sort", err)
		}
	}
	return ask, by, ask.Validate()
}

// Network is what an address asks for.
func (r Reader) Network(ctx context.Context, q url.Values) (n Network, err error) {
	ask, by, err := NetworkQuestion(q)
	if err != nil {
		return n, err
	}
	at := address{r, "/explore/network", clean(q)}
	years, err := r.years(ctx, at)
	if err != nil {
		return n, err
	}
	whole, err := network.Of(ctx, r.View.Graph, r.Lens, ask)
	if err != nil {
		return n, err
	}
	n = Network{From: q.Get("from"), To: q.Get("to"), Kept: at.kept("of", "through", "from", "to", "weight"), Years: years,
		Title: record.Capital(index.KindLabel(ask.Of)) + " that share " + index.KindLabel(ask.Through)}
	n.choices(at, ask, by)
	n.exports(at)
	n.Says = fmt.Sprintf("%s. %s something, which is %s %% of all pairs that there could be. They fall into %s that have nothing in common, and %s of those who share most.",
		Count(len(whole.Nodes), kindsOf(ask.Of, 1), index.KindLabel(ask.Of)), Count(len(whole.Edges), "pair shares", "pairs share"), decimals(100*whole.Density, 1),
		Count(whole.Components, "part", "parts"), Count(whole.Communities, "group", "groups"))
	if s := whole.Sampling; s != nil {
		n.Sampled = fmt.Sprintf("The network is large: Between and Close are estimated from %s, within %s and %s (95 %%).",
			Count(s.Sources, "record", "records"), decimals(s.BetweennessError, 4), decimals(s.ClosenessError, 4))
	}
	if err := n.rows(ctx, r, whole, by); err != nil {
		return n, err
	}
	nodes, edges := whole.Part(by, networkDots)
	edges = edges[:min(len(edges), networkEdges)]
	if err := n.joins(ctx, r, whole, edges); err != nil {
		return n, err
	}
	return n, n.draw(ctx, r, whole, nodes, edges)
}

// choices are which networks there are, and the measures to sort by.
func (n *Network) choices(at address, ask network.Question, by network.Measure) {
	for _, k := range record.Kinds() {
		n.Of = append(n.Of, Option{Label: record.Capital(index.KindLabel(k)), Value: k.String(), Chosen: k == ask.Of})
		n.Through = append(n.Through, Option{Label: index.KindLabel(k), Value: k.String(), Chosen: k == ask.Through})
	}
	n.Weights = []Option{
		{Label: "each as 1", Value: "", Chosen: ask.Weight != network.Newman},
		{Label: "less where many share it (Newman)", Value: string(network.Newman), Chosen: ask.Weight == network.Newman},
	}
	for _, m := range measures {
		n.Columns = append(n.Columns, NetworkColumn{m.name, m.means, at.set("sort", strings.ToLower(string(m.measure))), m.measure == by})
	}
}

// exports are the files of the network, whichever part of it the page shows.
func (n *Network) exports(at address) {
	at.q = at.copy()
	at.q.Del("sort")
	for _, f := range export.NetworkFormats() {
		n.Exports = append(n.Exports, Place{Name: "This network: " + f.Name + ", " + f.Says, Href: at.on("/export/" + f.Name)})
	}
}

// rows are the records that the measure puts first.
func (n *Network) rows(ctx context.Context, r Reader, whole *network.Network, by network.Measure) error {
	nodes, _ := whole.Part(by, networkRows)
	for _, node := range nodes {
		place, err := r.PlaceOf(ctx, node.ID)
		if err != nil {
			return err
		}
		row := NetworkRow{Place: place, Community: node.Community, Around: r.To("/explore", "focus", string(node.ID))}
		for _, m := range measures {
			row.Values = append(row.Values, m.of(node))
		}
		n.Rows = append(n.Rows, row)
	}
	if left := len(whole.Nodes) - len(nodes); left > 0 {
		n.RowsLeft = Count(left, "more record is", "more records are") + " not shown here."
	}
	return nil
}

// joins are the joins that the picture shows.
func (n *Network) joins(ctx context.Context, r Reader, whole *network.Network, edges []network.Edge) error {
	for _, e := range edges {
		edge, err := r.networkEdge(ctx, whole, e)
		if err != nil {
			return err
		}
		n.Edges = append(n.Edges, edge)
	}
	if left := len(whole.Edges) - len(edges); left > 0 {
		n.EdgesLeft = Count(left, "more join is", "more joins are") + " not shown here; the files have them."
	}
	return nil
}

func (r Reader) networkEdge(ctx context.Context, whole *network.Network, e network.Edge) (out NetworkEdge, err error) {
	out.Weight = decimals(e.Weight, 2)
	if out.A, err = r.PlaceOf(ctx, whole.Nodes[e.A].ID); err != nil {
		return out, err
	}
	if out.B, err = r.PlaceOf(ctx, whole.Nodes[e.B].ID); err != nil {
		return out, err
	}
	shared := whole.Shared(e)
	for _, id := range shared[:min(len(shared), sharedShown)] {
		place, err := r.PlaceOf(ctx, id)
		if err != nil {
			return out, err
		}
		out.Shared = append(out.Shared, place)
	}
	out.More = len(shared) - len(out.Shared)
	return out, nil
}

// draw draws the records that the measure puts first on a circle, group by group,
// with the joins between them across it.
func (n *Network) draw(ctx context.Context, r Reader, whole *network.Network, nodes []network.Node, edges []network.Edge) error {
	if len(nodes) == 0 {
		return nil
	}
	n.Drawn = "The picture shows all of them."
	if len(nodes) < len(whole.Nodes) {
		n.Drawn = fmt.Sprintf("The picture shows the first %d by the measure that the table is sorted by, and the heaviest joins between them.", len(nodes))
	}
	slices.SortStableFunc(nodes, func(a, b network.Node) int { return cmp.Compare(a.Community, b.Community) })
	p := Picture{Title: n.Title, Says: fmt.Sprintf("%s, %s and %s", n.Title, Count(len(nodes), "record", "records"), Count(len(edges), "join", "joins")), Groups: true}
	ring := max(150, float64(len(nodes)*(2*dotRadius+6))/(2*math.Pi))
	p.Width = int(2 * (ring + ringMargin))
	p.Height = p.Width
	dots := map[record.ID]PictureDot{}
	for i, node := range nodes {
		place, err := r.PlaceOf(ctx, node.ID)
		if err != nil {
			return err
		}
		dot := onRing(place, node, 2*math.Pi*float64(i)/float64(len(nodes)), ring, p.Width/2)
		dots[node.ID] = dot
		p.Dots = append(p.Dots, dot)
	}
	heaviest := 0.0
	for _, e := range edges {
		heaviest = max(heaviest, e.Weight)
	}
	for _, e := range edges {
		a, b := dots[whole.Nodes[e.A].ID], dots[whole.Nodes[e.B].ID]
		p.Lines = append(p.Lines, PictureLine{From: a.ID, To: b.ID, Weight: 1 + int(4*e.Weight/heaviest*0.999),
			Path: across(a, b, p.Width/2), Says: fmt.Sprintf("%s and %s share %s", a.Name, b.Name, decimals(e.Weight, 2))})
	}
	n.Picture = p
	return nil
}

// ringMargin is the room for labels around a ring.
const ringMargin = 240

// groupLooks is how many groups have a colour of their own.
const groupLooks = 6

// onRing places a record on a ring, its label running outwards.
func onRing(place Place, n network.Node, angle, ring float64, middle int) PictureDot {
	x, y := math.Cos(angle), math.Sin(angle)
	dot := PictureDot{Place: place, ID: string(n.ID), Radius: dotRadius, Look: "other",
		X: middle + int(math.Round(ring*x)), Y: middle + int(math.Round(ring*y)), Does: "go to its page", Anchor: "start"}
	dot.Label = lines(place.Name, labelRunes, 2)
	if n.Community <= groupLooks {
		dot.Look = fmt.Sprint("group", n.Community)
	}
	dot.Kind = fmt.Sprintf("%s, group %d", place.Kind, n.Community)
	out := ring + dotRadius + 6
	dot.LabelX, dot.LabelY = middle+int(math.Round(out*x)), middle+int(math.Round(out*y))
	degrees := angle * 180 / math.Pi
	if x < -1e-9 {
		dot.Anchor, degrees = "end", degrees+180
	}
	dot.Turn = fmt.Sprintf("rotate(%.1f %d %d) translate(0 %d)", degrees, dot.LabelX, dot.LabelY, 5-(len(dot.Label)-1)*lineStep/2)
	return dot
}

// across is the path of a line across a ring, bent towards its middle.
func across(a, b PictureDot, middle int) string {
	bend := func(p, q int) int { return middle + ((p+q)/2-middle)/3 }
	return fmt.Sprintf("M%d %dQ%d %d %d %d", a.X, a.Y, bend(a.X, b.X), bend(a.Y, b.Y), b.X, b.Y)
}
