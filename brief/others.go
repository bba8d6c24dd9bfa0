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

// everybody finds who takes part in what: most of a brief compares with others, and of
// few of these links the sentences are told.
func (g *gathering) everybody() error {
	var err error
	if g.cut, err = g.s.Cut(g.ctx, g.ever); err != nil {
		return err
	}
	if g.me, err = g.cut.Handle(g.b.Borough.ID); err != nil {
		return err
	}
	if g.all, err = graph.Kept(g.ctx, g.s.Shelf(), partsKey(graph.SeenThrough(g.lens)), g.parts); err != nil {
		return err
	}
	g.b.Known, g.b.ProjectsEver = g.all.known, g.all.joined[g.me].count()
	return nil
}

// byName sorts what is about records by their names, behind what first tells apart.
func byName[T any](g *gathering, list []T, of func(T) graph.Handle, first func(a, b T) int) {
	slices.SortStableFunc(list, func(a, b T) int {
		return cmp.Or(first(a, b), cmp.Compare(g.all.names[of(a)], g.all.names[of(b)]))
	})
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

// partner is an organisation that works with the borough and with neighbours.
type partner struct {
	at   graph.Handle
	with uint64 // the neighbours, a bit for each
	here int    // its links to projects of the borough
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
	mine := g.all.joined[g.me]
	var list []partner
	for _, one := range g.all.partners {
		p := partner{at: one.at}
		for _, project := range one.projects {
			if mine.has(project) {
				p.here++
			}
			for i, projects := range near {
				if projects.has(project) {
					p.with |= 1 << i
				}
			}
		}
		if p.here > 0 && p.with != 0 {
			list = append(list, p)
		}
	}
	byName(g, list, func(p partner) graph.Handle { return p.at }, func(a, b partner) int {
		return cmp.Compare(bits.OnesCount64(b.with), bits.OnesCount64(a.with))
	})
	for _, p := range list[:min(len(list), most)] {
		told, err := g.sharedPartner(p, near, most, there)
		if err != nil {
			return err
		}
		g.b.Shared = append(g.b.Shared, told)
	}
	return nil
}

// sharedPartner tells of one of them.
func (g *gathering) sharedPartner(p partner, near []set, most int, there bool) (told SharedPartner, err error) {
	told.LinksHere = p.here
	if told.Partner, err = g.cut.Node(p.at); err != nil {
		return told, err
	}
	for i, n := range g.b.Neighbours {
		if p.with>>i&1 == 1 {
			told.Neighbours = append(told.Neighbours, n)
		}
	}
	mine := []set{g.all.joined[g.me]}
	if told.Here, err = g.work(p.at, mine, most); err != nil || !there {
		return told, err
	}
	told.There, err = g.work(p.at, near, most)
	return told, err
}

// work is what a partner does in projects of any of the sets, by their names.
func (g *gathering) work(partner graph.Handle, in []set, most int) ([]Line, error) {
	var links []graph.Told
	for t := range g.begun(partner, record.PartnerIn) {
		if slices.ContainsFunc(in, func(projects set) bool { return projects.has(t.Far) }) {
			links = append(links, t)
		}
	}
	byName(g, links, func(t graph.Told) graph.Handle { return t.Far }, func(graph.Told, graph.Told) int { return 0 })
	return g.told(links[:min(len(links), most)], true)
}

// nearProjects are the projects that each of the neighbours joined.
func (g *gathering) nearProjects() (near []set, err error) {
	for _, n := range g.b.Neighbours {
		at, err := g.cut.Handle(n.ID)
		if err != nil {
			return nil, err
		}
		near = append(near, g.all.joined[at])
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
	mine := g.all.joined[g.me]
	var likes []like
	for h, theirs := range g.all.joined {
		one := like{at: h, shared: mine.and(theirs)}
		if h != g.me && len(one.shared) > 0 {
			one.score = float64(len(one.shared)) / float64(mine.count()+theirs.count()-len(one.shared))
			likes = append(likes, one)
		}
	}
	byName(g, likes, func(l like) graph.Handle { return l.at }, func(a, b like) int { return cmp.Compare(b.score, a.score) })
	likes = likes[:min(len(likes), maxSimilar)]
	for _, one := range likes {
		told := Similar{Score: one.score, SharedCount: len(one.shared)}
		var err error
		if told.Borough, err = g.cut.Node(one.at); err != nil {
			return err
		}
		byName(g, one.shared, itself, func(a, b graph.Handle) int { return 0 })
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

func itself(h graph.Handle) graph.Handle { return h }

// notJoined lists the projects of the similar boroughs that this one never joined:
// those of the most boroughs first, then by name.
func (g *gathering) notJoined(likes []like, most int) error {
	mine, found := g.all.joined[g.me], map[graph.Handle][]graph.Told{}
	for _, one := range likes {
		for t := range g.begun(one.at, record.Joined) {
			if !mine.has(t.Far) {
				found[t.Far] = append(found[t.Far], t)
			}
		}
	}
	list := slices.Collect(maps.Keys(found))
	byName(g, list, itself, func(a, b graph.Handle) int { return cmp.Compare(len(found[b]), len(found[a])) })
	for _, project := range list[:min(len(list), most)] {
		var told NotJoined
		var err error
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
