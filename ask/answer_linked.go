package ask

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"lotigraph/record"
)

// chain is a row of links from one record to another.
type chain struct {
	ties  []tie // the far end of each is the next record
	crowd float64
}

const (
	maxChains  = 10  // that an answer lists
	maxBetween = 300 // records at either end whose own links are read, to find chains of three and four
)

// answerLinked finds the shortest chains of links between two records: one link,
// or up to four. Among chains of one length those through records with few
// links of their own come first, since what is linked with everything says
// little; then they follow the names on the way. That a text mentions both is no
// link.
func answerLinked(w *work) error {
	one, two := w.slots["one"].node, w.slots["two"].node
	first, left, err := w.around(one.ID)
	if err != nil {
		return err
	}
	second, more, err := w.around(two.ID)
	if err != nil {
		return err
	}
	chains := direct(first, two.ID)
	if len(chains) == 0 {
		chains = throughOne(first, second)
	}
	cut := false
	if len(chains) == 0 {
		if chains, cut, err = w.further(first, second, one.ID, two.ID); err != nil {
			return err
		}
	}
	if err := w.weigh(chains); err != nil {
		return err
	}
	if err := w.chainTable(chains[:min(len(chains), maxChains)]); err != nil {
		return err
	}
	w.out.Sentence = w.linkedSentence(one.Name, two.Name, chains) + proposalsNote(0, left+more)
	if cut {
		w.out.Sentence += " Only chains by way of " + number(maxBetween) + " records were looked at."
	}
	return nil
}

// around are the links of a record, but for mentions, by the record at the other
// end.
func (w *work) around(id record.ID) (map[record.ID][]tie, int, error) {
	types := slices.DeleteFunc(record.LinkTypes(), func(t record.LinkType) bool { return t == record.Mentions })
	list, leftOut, err := w.ties(id, kindsOfTie{types: types})
	by := map[record.ID][]tie{}
	for _, t := range list {
		by[t.far.ID] = append(by[t.far.ID], t)
	}
	return by, leftOut, err
}

func direct(first map[record.ID][]tie, two record.ID) (chains []chain) {
	for _, t := range first[two] {
		chains = append(chains, chain{ties: []tie{t}})
	}
	return chains
}

// throughOne are the chains through a record that both are linked with.
func throughOne(first, second map[record.ID][]tie) (chains []chain) {
	for middle, to := range first {
		if from := second[middle]; len(from) > 0 {
			chains = append(chains, chain{ties: []tie{to[0], from[0]}})
		}
	}
	return chains
}

// further are the chains of three links and, where there are none, of four. Cut
// tells that not all were looked at.
func (w *work) further(first, second map[record.ID][]tie, one, two record.ID) (chains []chain, cut bool, err error) {
	behind, cut, err := w.behind(first, one, two)
	if err != nil {
		return nil, cut, err
	}
	for _, step := range behind {
		if from := second[step.to.far.ID]; len(from) > 0 {
			chains = append(chains, chain{ties: []tie{step.via, step.to, from[0]}})
		}
	}
	if len(chains) > 0 {
		return chains, cut, nil
	}
	before, more, err := w.behind(second, two, one)
	if err != nil {
		return nil, cut || more, err
	}
	ends := map[record.ID][]step{}
	for _, step := range before {
		ends[step.to.far.ID] = append(ends[step.to.far.ID], step)
	}
	for _, from := range behind {
		for _, to := range ends[from.to.far.ID] {
			if from.via.far.ID != to.via.far.ID {
				chains = append(chains, chain{ties: []tie{from.via, from.to, {link: to.to.link, far: to.via.far, state: to.to.state}, to.via}})
			}
		}
	}
	return chains, cut || more, nil
}

// step is two links in a row: via leads to a record, to from there to the next.
type step struct{ via, to tie }

// behind are the records that are two links away, by every record on the way.
func (w *work) behind(first map[record.ID][]tie, but ...record.ID) (steps []step, cut bool, err error) {
	near := sortedIDs(first)
	if len(near) > maxBetween {
		near, cut = near[:maxBetween], true
	}
	for _, id := range near {
		around, _, err := w.around(id)
		if err != nil {
			return nil, cut, err
		}
		for far, ties := range around {
			if !slices.Contains(but, far) {
				steps = append(steps, step{first[id][0], ties[0]})
			}
		}
	}
	return steps, cut, nil
}

func sortedIDs(m map[record.ID][]tie) (ids []record.ID) {
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// between are the records on the way. The last tie is seen from the far end, so
// its record is the one before.
func (c chain) between() (list []record.Node) {
	for _, t := range c.ties[:len(c.ties)-1] {
		list = append(list, t.far)
	}
	return list
}

// weigh puts chains in their order.
func (w *work) weigh(chains []chain) error {
	degrees := map[record.ID]float64{}
	for i := range chains {
		for _, n := range chains[i].between() {
			if degrees[n.ID] == 0 {
				counts, err := w.View.Graph.LinkCounts(w.ctx, w.Lens, n.ID)
				if err != nil {
					return err
				}
				for _, c := range counts {
					degrees[n.ID] += float64(c.Count)
				}
			}
			chains[i].crowd += math.Log1p(degrees[n.ID])
		}
	}
	slices.SortFunc(chains, func(a, b chain) int {
		return cmp.Or(cmp.Compare(a.crowd, b.crowd), cmp.Compare(a.route(), b.route()), cmp.Compare(a.ties[0].link.ID, b.ties[0].link.ID))
	})
	return nil
}

// route is the names on the way, to sort by.
func (c chain) route() string {
	var names []string
	for _, n := range c.between() {
		names = append(names, record.Fold(n.Name), string(n.ID))
	}
	return strings.Join(names, "\x00")
}

func (w *work) linkedSentence(one, two string, chains []chain) string {
	when := w.phrase()
	if len(chains) == 0 {
		return "No chain of up to four links leads from " + one + " to " + two + when + "."
	}
	if len(chains[0].ties) == 1 {
		var said []string
		for _, row := range w.out.Table.Rows {
			said = append(said, row.Cells[2])
		}
		return one + " and " + two + " are linked directly" + when + ": " + enumerate(said) + "."
	}
	var ways []string
	for _, c := range chains {
		var names []string
		for _, n := range c.between() {
			names = append(names, n.Name)
		}
		ways = append(ways, strings.Join(names, ", then "))
	}
	if len(chains) == 1 {
		return one + " and " + two + " are linked" + when + " through " + ways[0] + "."
	}
	text := one + " and " + two + " are linked" + when + " in " + number(len(chains)) + " ways: through "
	if len(chains[0].ties) > 2 {
		ways = ways[:min(len(ways), 3)]
		return text + strings.Join(ways, "; through ") + map[bool]string{true: "; and others"}[len(chains) > 3] + "."
	}
	return text + enumerate(ways) + "."
}

// chainTable has a row for each link of each chain, as a sentence.
func (w *work) chainTable(chains []chain) error {
	w.out.Table.Columns = []string{"Way", "Step", "What", "Since", "Until", "Holds", "Source"}
	for i, c := range chains {
		for j, t := range c.ties {
			said, err := w.saidOf(t.link)
			if err != nil {
				return err
			}
			source, err := w.source(t.link)
			if err != nil {
				return err
			}
			ends := []record.ID{t.link.From, t.link.To}
			for _, id := range ends {
				n, err := w.node(id)
				if err != nil {
					return err
				}
				w.name(n)
			}
			w.rest(t.link)
			w.out.Table.Rows = append(w.out.Table.Rows, Row{[]string{strconv.Itoa(i + 1), strconv.Itoa(j + 1), said, t.link.Since.String(), t.link.Until.String(), string(t.state), source}, ends, []string{t.link.ID}})
		}
	}
	return nil
}
