package brief

import (
	"cmp"
	"maps"
	"math/bits"
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

// name is a record's name for sorting, made once.
func (g *gathering) name(h graph.Handle) (string, error) {
	if known, ok := g.folded[h]; ok {
		return known, nil
	}
	id, name, err := g.cut.Called(h)
	if err != nil {
		return "", err
	}
	folded := record.Fold(name) + "\x00" + string(id)
	g.folded[h] = folded
	return folded, nil
}

// byName sorts what is about records by their names, behind what first tells apart.
func byName[T any](g *gathering, list []T, of func(T) graph.Handle, first func(a, b T) int) error {
	for _, one := range list {
		if _, err := g.name(of(one)); err != nil {
			return err
		}
	}
	slices.SortStableFunc(list, func(a, b T) int {
		return cmp.Or(first(a, b), cmp.Compare(g.folded[of(a)], g.folded[of(b)]))
	})
	return nil
}

// byProject sorts participations by the names of their projects.
func (g *gathering) byProject(list []graph.Told) error {
	return byName(g, list, func(t graph.Told) graph.Handle { return t.Near }, func(graph.Told, graph.Told) int { return 0 })
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
// with so many links at most; the links to the neighbours' projects are left out where
// they are not asked for.
func (g *gathering) shared(most int, there bool) error {
	near, err := g.nearProjects()
	if err != nil {
		return err
	}
	type partner struct {
		at          graph.Handle
		with        uint64 // the neighbours, a bit for each
		here, there []graph.Told
	}
	var list []partner
	for h, links := range g.partners {
		p := partner{at: h}
		for _, t := range links {
			if len(g.joined[g.me][t.Near]) > 0 {
				p.here = append(p.here, t)
			}
			if near[t.Near] != 0 {
				p.there, p.with = append(p.there, t), p.with|near[t.Near]
			}
		}
		if len(p.here) > 0 && len(p.there) > 0 {
			list = append(list, p)
		}
	}
	err = byName(g, list, func(p partner) graph.Handle { return p.at }, func(a, b partner) int {
		return cmp.Compare(bits.OnesCount64(b.with), bits.OnesCount64(a.with))
	})
	if err != nil {
		return err
	}
	for _, p := range list[:min(len(list), most)] {
		told := SharedPartner{LinksHere: len(p.here)}
		if told.Partner, err = g.cut.Node(p.at); err != nil {
			return err
		}
		for i, n := range g.b.Neighbours {
			if p.with>>i&1 == 1 {
				told.Neighbours = append(told.Neighbours, n)
			}
		}
		if !there {
			p.there = nil
		}
		for _, part := range []struct {
			links []graph.Told
			lines *[]Line
		}{{p.here, &told.Here}, {p.there, &told.There}} {
			err := g.byProject(part.links)
			if err == nil {
				*part.lines, err = g.told(part.links[:min(len(part.links), most)], true)
			}
			if err != nil {
				return err
			}
		}
		g.b.Shared = append(g.b.Shared, told)
	}
	return nil
}

// nearProjects are the projects that neighbours joined: which of them did, a bit for
// each.
func (g *gathering) nearProjects() (map[graph.Handle]uint64, error) {
	near := map[graph.Handle]uint64{}
	for i, n := range g.b.Neighbours {
		at, err := g.cut.Handle(n.ID)
		if err != nil {
			return nil, err
		}
		for project := range g.joined[at] {
			near[project] |= 1 << i
		}
	}
	return near, nil
}

// like is a borough that is like this one.
type like struct {
	at     graph.Handle
	score  float64
	shared []graph.Handle
}

// alike finds the boroughs most like this one, with so many of the shared projects,
// and so many of the projects that they joined and it did not.
func (g *gathering) alike(shared, missed int) error {
	mine := g.joined[g.me]
	var likes []like
	for h, theirs := range g.joined {
		one := like{at: h}
		for project := range theirs {
			if len(mine[project]) > 0 {
				one.shared = append(one.shared, project)
			}
		}
		if h != g.me && len(one.shared) > 0 {
			one.score = float64(len(one.shared)) / float64(len(mine)+len(theirs)-len(one.shared))
			likes = append(likes, one)
		}
	}
	err := byName(g, likes, func(l like) graph.Handle { return l.at }, func(a, b like) int { return cmp.Compare(b.score, a.score) })
	if err != nil {
		return err
	}
	likes = likes[:min(len(likes), maxSimilar)]
	for _, one := range likes {
		told := Similar{Score: one.score, SharedCount: len(one.shared)}
		if told.Borough, err = g.cut.Node(one.at); err != nil {
			return err
		}
		err = byName(g, one.shared, func(h graph.Handle) graph.Handle { return h }, func(a, b graph.Handle) int { return 0 })
		if err != nil {
			return err
		}
		for _, project := range one.shared[:min(len(one.shared), shared)] {
			n, err := g.cut.Node(project)
			if err != nil {
				return err
			}
			told.Shared = append(told.Shared, n)
		}
		g.b.Similar = append(g.b.Similar, told)
	}
	return g.notJoined(likes, missed)
}

// notJoined lists the projects of the similar boroughs that this one never joined:
// those of the most boroughs first, then by name.
func (g *gathering) notJoined(likes []like, most int) error {
	found := map[graph.Handle][]graph.Told{}
	for _, one := range likes {
		for project, links := range g.joined[one.at] {
			if len(g.joined[g.me][project]) == 0 {
				found[project] = append(found[project], links...)
			}
		}
	}
	list := slices.Collect(maps.Keys(found))
	err := byName(g, list, func(h graph.Handle) graph.Handle { return h }, func(a, b graph.Handle) int {
		return cmp.Compare(len(found[b]), len(found[a]))
	})
	if err != nil {
		return err
	}
	for _, project := range list[:min(len(list), most)] {
		var told NotJoined
		if told.Project, err = g.cut.Node(project); err != nil {
			return err
		}
		if told.By, err = g.told(found[project], false); err != nil {
			return err
		}
		g.b.NotJoined = append(g.b.NotJoined, told)
	}
	return nil
}
