package brief

import (
	"cmp"
	"maps"
	"slices"

	"lotigraph/graph"
	"lotigraph/record"
)

// neighbours lists the boroughs whose tiles share a side with the borough's.
func (g *gathering) neighbours() error {
	for at, err := range g.s.Nodes(g.ctx, g.lens, record.BoroughKind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil {
			return err
		}
		g.nodes[at.Value.ID] = at.Value
		if beside(*g.b.Borough.Borough, *at.Value.Borough) {
			g.b.Neighbours = append(g.b.Neighbours, at.Value)
		}
	}
	return nil
}

func beside(a, b record.Borough) bool {
	across, down := max(a.Column-b.Column, b.Column-a.Column), max(a.Row-b.Row, b.Row-a.Row)
	return across+down == 1
}

// everybody notes who takes part in what, from memory: most of a brief compares
// with others, and of few of these links the sentences are told.
func (g *gathering) everybody() error {
	var err error
	if g.cut, err = g.s.Cut(g.ctx, g.ever); err != nil {
		return err
	}
	if g.me, err = g.cut.Handle(g.b.Borough.ID); err != nil {
		return err
	}
	g.joined, g.partners = map[graph.Handle]map[graph.Handle][]graph.Told{}, map[graph.Handle][]graph.Told{}
	known := 0
	for h := range graph.Handle(g.cut.Size()) {
		if g.cut.Kind(h) != record.ProjectKind {
			continue
		}
		anybody := false
		for t := range g.cut.Told(h, record.In, record.Joined, record.PartnerIn) {
			switch {
			case !g.began(t.Since()):
			case t.Type == record.PartnerIn:
				g.partners[t.Far] = append(g.partners[t.Far], t)
			default:
				anybody = true
				if g.joined[t.Far] == nil {
					g.joined[t.Far] = map[graph.Handle][]graph.Told{}
				}
				g.joined[t.Far][h] = append(g.joined[t.Far][h], t)
			}
		}
		if anybody {
			known++
		}
	}
	g.b.Known, g.b.ProjectsEver = known, len(g.joined[g.me])
	return g.ctx.Err()
}

// byProject sorts participations by the names of their projects.
func (g *gathering) byProject(list []graph.Told) error {
	names := map[graph.Handle]string{}
	for _, t := range list {
		_, name, err := g.cut.Called(t.Near)
		if err != nil {
			return err
		}
		names[t.Near] = record.Fold(name)
	}
	slices.SortStableFunc(list, func(a, b graph.Told) int {
		return cmp.Or(cmp.Compare(names[a.Near], names[b.Near]), cmp.Compare(a.Near, b.Near))
	})
	return nil
}

// told are links with their sentences, told from the side of the project or of who
// takes part in it.
func (g *gathering) told(list []graph.Told, ofProjects bool) (lines []Line, err error) {
	for _, t := range list {
		link, err := g.cut.Link(g.ctx, t.Arc)
		if err != nil {
			return nil, err
		}
		other := link.From
		if ofProjects {
			other = link.To
		}
		line, _, err := g.line(link, other)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// shared finds the organisations that the borough and its neighbours both work with:
// those with the most neighbours first, then by name, and no more than so many, each
// with so many links at most.
func (g *gathering) shared(most int) error {
	type partner struct {
		SharedPartner
		here, there []graph.Told
	}
	var list []partner
	for h, links := range g.partners {
		p := partner{}
		near := map[graph.Handle]bool{} // projects of neighbours
		for _, n := range g.b.Neighbours {
			at, err := g.cut.Handle(n.ID)
			if err != nil {
				return err
			}
			with := false
			for _, t := range links {
				if len(g.joined[at][t.Near]) > 0 {
					with, near[t.Near] = true, true
				}
			}
			if with {
				p.Neighbours = append(p.Neighbours, n)
			}
		}
		for _, t := range links {
			if len(g.joined[g.me][t.Near]) > 0 {
				p.here = append(p.here, t)
			}
			if near[t.Near] {
				p.there = append(p.there, t)
			}
		}
		if len(p.here) == 0 || len(p.Neighbours) == 0 {
			continue
		}
		var err error
		if p.Partner, err = g.cut.Node(h); err != nil {
			return err
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b partner) int {
		return cmp.Or(cmp.Compare(len(b.Neighbours), len(a.Neighbours)), byName(a.Partner, b.Partner))
	})
	for _, p := range list[:min(len(list), most)] {
		p.LinksHere = len(p.here)
		for _, part := range []struct {
			links []graph.Told
			lines *[]Line
		}{{p.here, &p.Here}, {p.there, &p.There}} {
			err := g.byProject(part.links)
			if err == nil {
				*part.lines, err = g.told(part.links[:min(len(part.links), most)], true)
			}
			if err != nil {
				return err
			}
		}
		g.b.Shared = append(g.b.Shared, p.SharedPartner)
	}
	return nil
}

// alike finds the boroughs most like this one, and so many at most of the projects
// that they joined and it did not.
func (g *gathering) alike(most int) error {
	mine := g.joined[g.me]
	var likes []like
	for h, theirs := range g.joined {
		both := 0
		for project := range theirs {
			if len(mine[project]) > 0 {
				both++
			}
		}
		if h == g.me || both == 0 {
			continue
		}
		n, err := g.cut.Node(h)
		if err != nil {
			return err
		}
		likes = append(likes, like{h, Similar{Borough: n, Score: float64(both) / float64(len(mine)+len(theirs)-both)}})
	}
	slices.SortFunc(likes, func(a, b like) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), byName(a.Borough, b.Borough))
	})
	likes = likes[:min(len(likes), maxSimilar)]
	for _, one := range likes {
		for project := range g.joined[one.at] {
			if len(mine[project]) == 0 {
				continue
			}
			n, err := g.cut.Node(project)
			if err != nil {
				return err
			}
			one.Shared = append(one.Shared, n)
		}
		slices.SortFunc(one.Shared, byName)
		g.b.Similar = append(g.b.Similar, one.Similar)
	}
	return g.notJoined(likes, most)
}

// like is a borough that is like this one.
type like struct {
	at graph.Handle
	Similar
}

// notJoined lists the projects of the similar boroughs that this one never joined:
// those of the most boroughs first, then by name.
func (g *gathering) notJoined(likes []like, most int) error {
	type missed struct {
		NotJoined
		by []graph.Told
	}
	found := map[graph.Handle]*missed{}
	for _, one := range likes {
		for project, links := range g.joined[one.at] {
			if len(g.joined[g.me][project]) > 0 {
				continue
			}
			if found[project] == nil {
				n, err := g.cut.Node(project)
				if err != nil {
					return err
				}
				found[project] = &missed{NotJoined: NotJoined{Project: n}}
			}
			found[project].by = append(found[project].by, links...)
		}
	}
	list := slices.SortedFunc(maps.Values(found), func(a, b *missed) int {
		return cmp.Or(cmp.Compare(len(b.by), len(a.by)), byName(a.Project, b.Project))
	})
	for _, m := range list[:min(len(list), most)] {
		var err error
		if m.By, err = g.told(m.by, false); err != nil {
			return err
		}
		g.b.NotJoined = append(g.b.NotJoined, m.NotJoined)
	}
	return nil
}
