package brief

import (
	"cmp"
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

// projectsOf is the projects that each borough ever joined.
func (g *gathering) projectsOf() map[record.ID]map[record.ID]bool {
	of := map[record.ID]map[record.ID]bool{}
	for _, link := range g.all {
		if link.Type != record.Joined {
			continue
		}
		if of[link.From] == nil {
			of[link.From] = map[record.ID]bool{}
		}
		of[link.From][link.To] = true
	}
	return of
}

// shared finds the organisations that the borough and its neighbours both work with:
// those with the most neighbours first, then by name.
func (g *gathering) shared() error {
	of := g.projectsOf()
	mine := of[g.b.Borough.ID]
	partners := map[record.ID][]record.Link{}
	for _, link := range g.all {
		if link.Type == record.PartnerIn {
			partners[link.From] = append(partners[link.From], link)
		}
	}
	for id, links := range partners {
		partner, err := g.node(id)
		if err != nil {
			return err
		}
		p := SharedPartner{Partner: partner}
		for _, n := range g.b.Neighbours {
			if slices.ContainsFunc(links, func(l record.Link) bool { return of[n.ID][l.To] }) {
				p.Neighbours = append(p.Neighbours, n)
			}
		}
		for _, link := range links {
			line, _, err := g.line(link, link.To)
			if err != nil {
				return err
			}
			if mine[link.To] {
				p.Here = append(p.Here, line)
			}
			if slices.ContainsFunc(p.Neighbours, func(n record.Node) bool { return of[n.ID][link.To] }) {
				p.There = append(p.There, line)
			}
		}
		if len(p.Here) > 0 && len(p.Neighbours) > 0 {
			g.b.Shared = append(g.b.Shared, p)
		}
	}
	slices.SortFunc(g.b.Shared, func(a, b SharedPartner) int {
		return cmp.Or(cmp.Compare(len(b.Neighbours), len(a.Neighbours)), byName(a.Partner, b.Partner))
	})
	return nil
}

// alike finds the boroughs most like this one, and what they joined and it did not.
func (g *gathering) alike() error {
	of := g.projectsOf()
	mine := of[g.b.Borough.ID]
	g.b.ProjectsEver = len(mine)
	every := map[record.ID]bool{}
	for borough, theirs := range of {
		for project := range theirs {
			every[project] = true
		}
		if borough == g.b.Borough.ID {
			continue
		}
		one := Similar{Borough: g.nodes[borough]}
		for project := range theirs {
			if !mine[project] {
				continue
			}
			n, err := g.node(project)
			if err != nil {
				return err
			}
			one.Shared = append(one.Shared, n)
		}
		if len(one.Shared) == 0 {
			continue
		}
		slices.SortFunc(one.Shared, byName)
		one.Score = float64(len(one.Shared)) / float64(len(mine)+len(theirs)-len(one.Shared))
		g.b.Similar = append(g.b.Similar, one)
	}
	g.b.Known = len(every)
	slices.SortFunc(g.b.Similar, func(a, b Similar) int { return cmp.Or(cmp.Compare(b.Score, a.Score), byName(a.Borough, b.Borough)) })
	g.b.Similar = g.b.Similar[:min(len(g.b.Similar), maxSimilar)]
	return g.notJoined(mine)
}

// notJoined lists the projects of the similar boroughs that this one never joined:
// those of the most boroughs first, then by name.
func (g *gathering) notJoined(mine map[record.ID]bool) error {
	at := map[record.ID]int{}
	for _, one := range g.b.Similar {
		for _, link := range g.all {
			if link.Type != record.Joined || link.From != one.Borough.ID || mine[link.To] {
				continue
			}
			line, _, err := g.line(link, link.From)
			if err != nil {
				return err
			}
			project, err := g.node(link.To)
			if err != nil {
				return err
			}
			i, known := at[link.To]
			if !known {
				i = len(g.b.NotJoined)
				at[link.To] = i
				g.b.NotJoined = append(g.b.NotJoined, NotJoined{Project: project})
			}
			g.b.NotJoined[i].By = append(g.b.NotJoined[i].By, line)
		}
	}
	slices.SortFunc(g.b.NotJoined, func(a, b NotJoined) int {
		return cmp.Or(cmp.Compare(len(b.By), len(a.By)), byName(a.Project, b.Project))
	})
	g.b.NotJoined = g.b.NotJoined[:min(len(g.b.NotJoined), maxNotJoined)]
	return nil
}
