// Package brief gathers everything about one borough for one page: what somebody
// reads before they visit it. Every line is a link with its evidence, or is counted
// from links that are listed.
//
//	led, joined, left   its own participations in projects
//	people, memberships who works for it, and what it is a member of
//	shared partners     organisations in a project of its own and in one of a neighbour's
//	similar             boroughs that share most of its projects, and which these are
//	not joined          projects of those that it never joined
//
// Neighbours are the boroughs whose tiles share a side with its own on the map that
// boroughs are drawn on (London Squared, whose places are in the records). That is
// near to, but not the same as, a common boundary on the ground.
//
// Two boroughs are alike by the Jaccard index of the projects that they ever joined,
// as far as the lens shows: how many both joined, of how many either did (P. Jaccard,
// 1901). It is 0 for those that share none, and such are not listed.
package brief

import (
	"context"
	"math"
	"slices"

	"lotigraph/graph"
	"lotigraph/record"
)

// Line is a link in a brief.
type Line struct {
	Sentence string      // in plain English
	Node     record.Node // the other end
	Link     record.Link
	Certain  bool // whether it surely holds on the lens's day; true where there is none
}

// Brief is what is told of a borough under a lens.
type Brief struct {
	Borough             record.Node
	Led, Joined, Left   []Line // by the project's name
	People, Former      []Line // by the person's name; those who work there, and who did
	Memberships         []Line
	Neighbours          []record.Node // by name
	Shared              []SharedPartner
	Similar             []Similar
	NotJoined           []NotJoined
	LastMention         *record.Link // the MENTIONS link of the newest text that names it; nil when none does
	Proposals           int          // participations of it that only the lens leaves out
	TextsThatMention    int
	ProjectsEver, Known int // how many projects it ever joined, and how many there are with a borough
}

// SharedPartner is an organisation that works with the borough and with neighbours.
type SharedPartner struct {
	Partner    record.Node
	Here       []Line        // the partner's links to projects of the borough
	LinksHere  int           // how many these are, listed or not
	Neighbours []record.Node // those with a project in which the partner takes part, by name
	There      []Line        // the partner's links to these projects
}

// Similar is a borough with projects in common.
type Similar struct {
	Borough record.Node
	Score   float64       // the Jaccard index, above 0 and at most 1
	Shared  []record.Node // the projects that both joined, by name

	SharedCount int // how many these are, listed or not
}

// NotJoined is a project that similar boroughs joined and this one never did.
type NotJoined struct {
	Project record.Node
	By      []Line // the links of those who joined, the most similar borough first
}

// Limits of what a brief lists.
const (
	maxSimilar   = 5
	maxNotJoined = 20
)

// For gathers the brief of a borough, named by its name, an alias, its code or its
// id. A name that no borough goes by is ErrNotFound. The lens's day sorts what holds
// from what has ended; what began after it is left out.
func For(ctx context.Context, s *graph.Snapshot, l record.Lens, borough string) (Brief, error) {
	g, err := begin(ctx, s, l, borough)
	if err != nil {
		return Brief{}, err
	}
	for _, step := range []func() error{g.own, g.people, g.memberships, g.mentions, func() error { return g.others(math.MaxInt, maxNotJoined, true) }} {
		if err := step(); err != nil {
			return Brief{}, err
		}
	}
	return g.b, nil
}

// Others is the part of a brief that tells of others: neighbours, shared partners,
// similar boroughs and what those joined and it did not, with the counts of projects.
// Of partners, of their links, of shared projects and of others there are so many at
// most; the links of partners to projects of neighbours are left out.
func Others(ctx context.Context, s *graph.Snapshot, l record.Lens, borough string, most int) (Brief, error) {
	g, err := begin(ctx, s, l, borough)
	if err != nil {
		return Brief{}, err
	}
	err = g.others(most, min(most, maxNotJoined), false)
	return g.b, err
}

func begin(ctx context.Context, s *graph.Snapshot, l record.Lens, borough string) (*gathering, error) {
	if err := l.Validate(); err != nil {
		return nil, err
	}
	found, err := s.Find(ctx, l, borough, record.BoroughKind)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, &record.Refusal{Class: record.ErrNotFound, Field: "borough",
			Reason: "none of London's 33 authorities is called \"" + borough + "\"; write it like Camden, or as an id like borough:camden"}
	}
	g := &gathering{ctx: ctx, s: s, lens: l, ever: l, b: Brief{Borough: found[0]}, nodes: map[record.ID]record.Node{}}
	g.ever.AsOf = record.PartialDate{}
	return g, nil
}

// others tells of others.
func (g *gathering) others(shared, missed int, there bool) error {
	for _, step := range []func() error{g.everybody, g.neighbours} {
		if err := step(); err != nil {
			return err
		}
	}
	if err := g.shared(shared, there); err != nil {
		return err
	}
	return g.alike(shared, missed)
}

// gathering is a brief under way.
type gathering struct {
	ctx        context.Context
	s          *graph.Snapshot
	lens, ever record.Lens // as asked, and without its day
	b          Brief
	nodes      map[record.ID]record.Node
	cut        *graph.Cut // through ever
	me         graph.Handle
	all        *parts
}

// node reads a record once.
func (g *gathering) node(id record.ID) (record.Node, error) {
	if n, ok := g.nodes[id]; ok {
		return n, nil
	}
	n, err := g.s.Node(g.ctx, g.lens, id)
	if err == nil {
		g.nodes[id] = n
	}
	return n, err
}

// state is how a link lies to the lens's day.
func (g *gathering) state(link record.Link) (over, certain bool, err error) {
	if g.lens.AsOf.IsZero() {
		return !link.Until.IsZero(), true, nil
	}
	how, err := g.s.Holds(g.lens, link)
	return how == record.No, how == record.Certainly, err
}

// began tells whether what has this beginning may have begun by the lens's day.
func (g *gathering) began(since record.PartialDate) bool {
	return g.lens.AsOf.IsZero() || since.IsZero() || since.First().Compare(g.lens.AsOf) <= 0
}

// line is a link told from the side of one end.
func (g *gathering) line(link record.Link, other record.ID) (line Line, over bool, err error) {
	from, err := g.node(link.From)
	if err != nil {
		return line, false, err
	}
	to, err := g.node(link.To)
	if err != nil {
		return line, false, err
	}
	over, certain, err := g.state(link)
	line = Line{Sentence: sentence(from.Name, to.Name, link, over), Node: from, Link: link, Certain: certain || over}
	if other == link.To {
		line.Node = to
	}
	return line, over, err
}

// own sorts the borough's participations.
func (g *gathering) own() error {
	mine := graph.ParticipationFilter{Borough: string(g.b.Borough.ID)}
	for at, err := range g.s.Participations(g.ctx, g.ever, mine, "") {
		if err != nil {
			return err
		}
		if !g.began(at.Value.Since) {
			continue
		}
		line, over, err := g.line(at.Value, at.Value.To)
		switch {
		case err != nil:
			return err
		case over:
			g.b.Left = append(g.b.Left, line)
		case at.Value.Role == record.Joined.Roles()[0]:
			g.b.Led = append(g.b.Led, line)
		default:
			g.b.Joined = append(g.b.Joined, line)
		}
	}
	var err error
	_, g.b.Proposals, err = g.s.CountParticipations(g.ctx, g.lens, mine)
	return err
}

// linked yields the lines of the borough's links of a type.
func (g *gathering) linked(t record.LinkType, d record.Direction, take func(line Line, over bool)) error {
	for at, err := range g.s.Links(g.ctx, g.ever, g.b.Borough.ID, graph.LinkFilter{Types: []record.LinkType{t}, Direction: d}, "") {
		if err != nil {
			return err
		}
		if !g.began(at.Value.Since) {
			continue
		}
		other := at.Value.To
		if d == record.In {
			other = at.Value.From
		}
		line, over, err := g.line(at.Value, other)
		if err != nil {
			return err
		}
		take(line, over)
	}
	return nil
}

func (g *gathering) people() error {
	err := g.linked(record.WorksFor, record.In, func(line Line, over bool) {
		if over {
			g.b.Former = append(g.b.Former, line)
		} else {
			g.b.People = append(g.b.People, line)
		}
	})
	for _, list := range [][]Line{g.b.People, g.b.Former} {
		slices.SortStableFunc(list, func(a, b Line) int { return byNodeName(a.Node, b.Node) })
	}
	return err
}

func (g *gathering) memberships() error {
	return g.linked(record.MemberOf, record.Out, func(line Line, _ bool) { g.b.Memberships = append(g.b.Memberships, line) })
}

// mentions finds the newest text that names the borough; texts of after the lens's
// day do not count.
func (g *gathering) mentions() error {
	cut, err := g.s.Cut(g.ctx, g.lens)
	if err != nil {
		return err
	}
	me, err := cut.Handle(g.b.Borough.ID)
	if err != nil {
		return err
	}
	var newest graph.Arc
	for arc := range cut.Near(me) {
		day := cut.Day(arc.Far)
		if arc.Type != record.Mentions || arc.Out || !g.lens.AsOf.IsZero() && day.First().Compare(g.lens.AsOf) > 0 {
			continue
		}
		g.b.TextsThatMention++
		if g.b.TextsThatMention == 1 || day.Compare(cut.Day(newest.Far)) > 0 {
			newest = arc
		}
	}
	if g.b.TextsThatMention == 0 {
		return nil
	}
	link, err := cut.Link(g.ctx, newest)
	g.b.LastMention = &link
	return err
}
