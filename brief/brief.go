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
	Neighbours []record.Node // those with a project in which the partner takes part, by name
	There      []Line        // the partner's links to these projects
}

// Similar is a borough with projects in common.
type Similar struct {
	Borough record.Node
	Score   float64       // the Jaccard index, above 0 and at most 1
	Shared  []record.Node // the projects that both joined, by name
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
	if err := l.Validate(); err != nil {
		return Brief{}, err
	}
	found, err := s.Find(ctx, l, borough, record.BoroughKind)
	if err != nil {
		return Brief{}, err
	}
	if len(found) == 0 {
		return Brief{}, &record.Refusal{Class: record.ErrNotFound, Field: "borough",
			Reason: "none of London's 33 authorities is called \"" + borough + "\"; write it like Camden, or as an id like borough:camden"}
	}
	g := gathering{ctx: ctx, s: s, lens: l, ever: l, b: Brief{Borough: found[0]}, nodes: map[record.ID]record.Node{}}
	g.ever.AsOf = record.PartialDate{}
	for _, step := range []func() error{g.participations, g.own, g.people, g.memberships, g.neighbours, g.shared, g.alike, g.mentions} {
		if err := step(); err != nil {
			return Brief{}, err
		}
	}
	return g.b, nil
}

// gathering is a brief under way.
type gathering struct {
	ctx        context.Context
	s          *graph.Snapshot
	lens, ever record.Lens // as asked, and without its day
	b          Brief
	all        []record.Link // every participation that had begun by the lens's day
	nodes      map[record.ID]record.Node
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

// begun tells whether a link may have begun by the lens's day.
func (g *gathering) begun(link record.Link) bool {
	return g.lens.AsOf.IsZero() || link.Since.IsZero() || link.Since.First().Compare(g.lens.AsOf) <= 0
}

// participations reads everybody's once: most of a brief compares with others.
func (g *gathering) participations() error {
	for at, err := range g.s.Participations(g.ctx, g.ever, graph.ParticipationFilter{}, "") {
		if err != nil {
			return err
		}
		if g.begun(at.Value) {
			g.all = append(g.all, at.Value)
		}
	}
	var err error
	_, g.b.Proposals, err = g.s.CountParticipations(g.ctx, g.lens, graph.ParticipationFilter{Borough: string(g.b.Borough.ID)})
	return err
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
	for _, link := range g.all {
		if link.From != g.b.Borough.ID {
			continue
		}
		line, over, err := g.line(link, link.To)
		switch {
		case err != nil:
			return err
		case over:
			g.b.Left = append(g.b.Left, line)
		case link.Role == record.Joined.Roles()[0]:
			g.b.Led = append(g.b.Led, line)
		default:
			g.b.Joined = append(g.b.Joined, line)
		}
	}
	return nil
}

// linked yields the lines of the borough's links of a type.
func (g *gathering) linked(t record.LinkType, d record.Direction, take func(line Line, over bool)) error {
	for at, err := range g.s.Links(g.ctx, g.ever, g.b.Borough.ID, graph.LinkFilter{Types: []record.LinkType{t}, Direction: d}, "") {
		if err != nil {
			return err
		}
		if !g.begun(at.Value) {
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
		slices.SortStableFunc(list, func(a, b Line) int { return byName(a.Node, b.Node) })
	}
	return err
}

func (g *gathering) memberships() error {
	return g.linked(record.MemberOf, record.Out, func(line Line, _ bool) { g.b.Memberships = append(g.b.Memberships, line) })
}

// mentions finds the newest text that names the borough; texts of after the lens's
// day do not count.
func (g *gathering) mentions() error {
	var newest record.PartialDate
	f := graph.LinkFilter{Types: []record.LinkType{record.Mentions}, Direction: record.In}
	for at, err := range g.s.Links(g.ctx, g.lens, g.b.Borough.ID, f, "") {
		if err != nil {
			return err
		}
		text, err := g.node(at.Value.From)
		if err != nil {
			return err
		}
		day := text.Weeknote.Date
		if !g.lens.AsOf.IsZero() && day.First().Compare(g.lens.AsOf) > 0 {
			continue
		}
		g.b.TextsThatMention++
		if g.b.LastMention == nil || day.Compare(newest) > 0 {
			link := at.Value
			g.b.LastMention, newest = &link, day
		}
	}
	return nil
}
