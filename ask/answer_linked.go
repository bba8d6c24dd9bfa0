package ask

import (
	"slices"
	"strconv"
	"strings"

	"lotigraph/record"
	"lotigraph/walk"
)

const (
	maxWays    = 5         // that an answer lists
	maxChains  = 3         // that its sentence tells, when they are longer than two links
	maxLinks   = 6         // in a way
	maxBoth    = 3         // that name both ends
	pathsTried = 20        // among which those are looked for
	linkedWork = 2_000_000 // links that each search may look at
)

// answerLinked finds how two records are linked: the best paths of statements
// (see walk.Between) and, where those are longer than two links, the texts that
// name both: to be named together says less than any statement.
func answerLinked(w *work) error {
	one, two := w.slots["one"].node, w.slots["two"].node
	w.out.Table.Columns = []string{"Way", "Step", "What", "Since", "Until", "Holds", "Source"}
	ways, whole, err := w.ways(w.Lens)
	if err != nil {
		return err
	}
	texts := walk.Paths{Complete: true}
	if len(ways) == 0 || len(ways[0].Hops) > 2 {
		texts, err = w.between(w.Lens, walk.PathQuery{First: maxBoth, MaxLength: 2, Through: []record.Kind{record.WeeknoteKind}})
		if err != nil {
			return err
		}
	}
	leftOut, err := w.proposedInWays()
	if err != nil {
		return err
	}
	for i, p := range slices.Concat(ways, texts.Paths) {
		if err := w.wayRows(i+1, p); err != nil {
			return err
		}
	}
	w.out.Sentence = linkedSentence(one.Name, two.Name, w.phrase(), ways, whole) + bothNamed(texts.Paths) + proposalsNote(0, leftOut)
	if !whole || !texts.Complete {
		w.out.Sentence += " The search stopped when it had looked at " + number(w.most()) + " links, so there may be other ways."
	}
	return nil
}

// most is how many links a search may look at.
func (w *work) most() int {
	if w.Work > 0 {
		return w.Work
	}
	return linkedWork
}

func (w *work) between(l record.Lens, q walk.PathQuery) (walk.Paths, error) {
	q.From, q.To, q.Damped, q.Work = w.slots["one"].node.ID, w.slots["two"].node.ID, true, w.most()
	return walk.Between(w.ctx, w.View.Graph, l, q)
}

// ways are the best paths of statements under a lens, and whether no better ones
// were left out for want of work. Records that are linked directly have a way for
// each of those links, and no other.
func (w *work) ways(l record.Lens) (ways []walk.Path, whole bool, err error) {
	kinds := slices.DeleteFunc(record.Kinds(), func(k record.Kind) bool { return k == record.WeeknoteKind })
	found, err := w.between(l, walk.PathQuery{First: pathsTried, MaxLength: maxLinks, Through: kinds, Direct: true})
	if err != nil {
		return nil, false, err
	}
	ways = straight(found.Paths)
	if len(ways) == 0 || len(ways[0].Hops) > 1 {
		return ways[:min(len(ways), maxWays)], found.Complete, nil
	}
	nodes := ways[0].Nodes
	hops, err := walk.Direct(w.ctx, w.View.Graph, l, nodes[0].ID, nodes[1].ID)
	ways = nil
	for _, h := range hops {
		ways = append(ways, walk.Path{Nodes: nodes, Hops: []walk.Hop{h}})
	}
	return ways, true, err
}

// straight leaves out the paths that are longer than the best: they say little.
func straight(paths []walk.Path) []walk.Path {
	return slices.DeleteFunc(paths, func(p walk.Path) bool { return len(p.Hops) > len(paths[0].Hops) })
}

// proposedInWays counts the proposals that the answer would rest on if they
// counted.
func (w *work) proposedInWays() (int, error) {
	if w.Lens.Proposed {
		return 0, nil
	}
	lens := w.Lens
	lens.Proposed = true
	ways, _, err := w.ways(lens)
	proposals := map[string]bool{}
	for _, p := range ways {
		for _, h := range p.Hops {
			if h.Link.Status == record.Proposed {
				proposals[h.Link.ID] = true
			}
		}
	}
	return len(proposals), err
}

// linkedSentence says which ways there are; whole is whether all better ones were
// found.
func linkedSentence(one, two, when string, ways []walk.Path, whole bool) string {
	switch {
	case len(ways) == 0 && whole:
		return "No chain of up to " + number(maxLinks) + " links leads from " + one + " to " + two + when + "."
	case len(ways) == 0:
		return "No chain of links from " + one + " to " + two + when + " was found."
	}
	linked := one + " and " + two + " are linked"
	if len(ways[0].Hops) == 1 {
		var said []string
		for _, p := range ways {
			said = append(said, p.Hops[0].Sentence)
		}
		return linked + " directly" + when + ": " + strings.Join(said, "; ") + "."
	}
	var through []string
	long := false
	for _, p := range ways {
		var names []string
		for _, n := range p.Nodes[1 : len(p.Nodes)-1] {
			names = append(names, n.Name)
		}
		long = long || len(names) > 1
		through = append(through, strings.Join(names, ", then "))
	}
	switch {
	case len(ways) == 1 || !long && len(ways) == 2:
		return linked + when + " through " + strings.Join(through, " and through ") + "."
	case !long:
		return linked + when + " through each of " + enumerate(through) + "."
	case len(ways) > maxChains:
		return linked + when + " through " + strings.Join(through[:maxChains], "; through ") + "; and in other ways."
	}
	return linked + when + " through " + strings.Join(through, "; through ") + "."
}

// bothNamed says which texts name both ends.
func bothNamed(texts []walk.Path) string {
	var names []string
	for _, p := range texts {
		names = append(names, p.Nodes[1].Name)
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return " " + names[0] + " names both."
	}
	return " Texts that name both: " + strings.Join(names, "; ") + "."
}

// wayRows has a row for each link of a way.
func (w *work) wayRows(way int, p walk.Path) error {
	for _, n := range p.Nodes {
		w.name(n)
	}
	for i, h := range p.Hops {
		state, _, err := w.state(h.Link, during)
		if err != nil {
			return err
		}
		said, err := w.saidOf(h.Link)
		if err != nil {
			return err
		}
		source, err := w.source(h.Link)
		if err != nil {
			return err
		}
		w.rest(h.Link)
		cells := []string{strconv.Itoa(way), strconv.Itoa(i + 1), said, h.Link.Since.String(), h.Link.Until.String(), string(state), source}
		w.out.Table.Rows = append(w.out.Table.Rows, Row{cells, []record.ID{p.Nodes[i].ID, p.Nodes[i+1].ID}, []string{h.Link.ID}})
	}
	return nil
}
