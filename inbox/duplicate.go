package inbox

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// Duplicate is two records that may be one.
type Duplicate struct {
	A, B    record.Node // A is the one to keep: the one with more links, else the shorter id
	Score   float64     // 0 to 1: how much speaks for it
	Reasons []Reason    // the strongest first
}

// Reason is something that speaks for two records being one, or against it.
type Reason struct {
	Text  string      // a sentence: “Thirty 3” and “Thirty3” are spelt alike
	Links []record.ID // the records that both are linked to, where that is the reason
}

// The scores. Names make a pair; what else is known of the records only moves it.
const (
	sameName     = 0.95 // two records of one kind by the very same name are hardly two
	samePage     = 0.90 // one web page is about one thing
	spacedAlike  = 0.93 // "Thirty 3", "Thirty3"
	sameWords    = 0.85 // another order, or but for a word like "Ltd" or "pilot"
	oneLetter    = 0.78 // a slip of the pen, or another name
	nickname     = 0.72 // Bob is Robert, and sometimes another Robert
	abbreviation = 0.70 // many bodies have the same initials
	initial      = 0.62 // "J. Smith" may be anybody whose name begins with J
	mostWords    = 0.30 // added to half the share of words in common
	sameTitle    = 0.80 // of texts: notes of one series share titles

	perShared = 0.04 // for each record that both are linked to …
	mostShare = 0.16 // … up to four
	together  = 0.20 // taken off when one text names both: it would not, for one
	otherDay  = 0.40 // taken off when two texts were published far apart

	threshold = 0.60 // below it a pair is more often two than one, and is not asked about
)

// maxBlock is how many records may share a key before it says nothing.
const maxBlock = 60

// Duplicates finds the records of one kind that may be one: the surest first, then
// by id. Boroughs are all different, and what one record became (SUCCEEDED_BY) is
// another one. What makes a pair is a likeness of names; only records that share a
// part of a name are compared, so that it takes no time for each pair there is.
func Duplicates(ctx context.Context, s *graph.Snapshot, l record.Lens) ([]Duplicate, error) {
	var found []Duplicate
	for _, kind := range append(record.NameKinds(), record.WeeknoteKind) {
		pairs, err := duplicatesOf(ctx, s, l, kind)
		if err != nil {
			return nil, err
		}
		found = append(found, pairs...)
	}
	slices.SortFunc(found, func(a, b Duplicate) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), cmp.Compare(a.A.ID, b.A.ID), cmp.Compare(a.B.ID, b.B.ID))
	})
	return found, nil
}

func duplicatesOf(ctx context.Context, s *graph.Snapshot, l record.Lens, kind record.Kind) ([]Duplicate, error) {
	var list []profile
	blocks := map[string][]int{}
	for at, err := range s.Nodes(ctx, l, kind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil {
			return nil, err
		}
		p := profileOf(at.Value)
		for _, key := range p.keys() {
			if b := blocks[key]; len(b) <= maxBlock && (len(b) == 0 || b[len(b)-1] != len(list)) {
				blocks[key] = append(b, len(list))
			}
		}
		list = append(list, p)
	}
	seen := map[[2]int]bool{}
	for _, block := range blocks {
		if len(block) > maxBlock {
			continue
		}
		for i, a := range block {
			for _, b := range block[i+1:] {
				seen[[2]int{a, b}] = true
			}
		}
	}
	near := neighbours{ctx: ctx, s: s, lens: l, known: map[record.ID]neighbourhood{}}
	var found []Duplicate
	for pair := range seen {
		d, err := near.judge(list[pair[0]], list[pair[1]])
		if err != nil {
			return nil, err
		}
		if d.Score >= threshold {
			found = append(found, d)
		}
	}
	return found, nil
}

// neighbours knows what records are linked to, once each was asked.
type neighbours struct {
	ctx   context.Context
	s     *graph.Snapshot
	lens  record.Lens
	known map[record.ID]neighbourhood
}

// neighbourhood is the far ends of a record's links.
type neighbourhood struct {
	links  int
	ends   map[record.ID]bool // by what was said, mentions and authorship left aside
	texts  map[record.ID]bool // that name the record
	became map[record.ID]bool // what it was followed by, or followed
}

func (n *neighbours) of(id record.ID) (neighbourhood, error) {
	if known, ok := n.known[id]; ok {
		return known, nil
	}
	h := neighbourhood{ends: map[record.ID]bool{}, texts: map[record.ID]bool{}, became: map[record.ID]bool{}}
	for at, err := range n.s.Links(n.ctx, n.lens, id, graph.LinkFilter{}, "") {
		if err != nil {
			return h, err
		}
		far := at.Value.To
		if far == id {
			far = at.Value.From
		}
		switch at.Value.Type {
		case record.Mentions:
			h.texts[far] = true
			continue
		case record.SucceededBy:
			h.became[far] = true
		case record.Authored:
		default:
			h.ends[far] = true
		}
		h.links++
	}
	n.known[id] = h
	return h, nil
}

// judge compares two records.
func (n *neighbours) judge(a, b profile) (d Duplicate, err error) {
	score, why := a.likeness(b)
	if score < threshold-mostShare {
		return d, nil
	}
	near, err := n.of(a.node.ID)
	if err != nil {
		return d, err
	}
	far, err := n.of(b.node.ID)
	if err != nil || near.became[b.node.ID] {
		return d, err
	}
	d = Duplicate{A: a.node, B: b.node, Score: score, Reasons: []Reason{{Text: why}}}
	if cmp.Or(-cmp.Compare(near.links, far.links), cmp.Compare(len(a.node.ID), len(b.node.ID)), cmp.Compare(a.node.ID, b.node.ID)) > 0 {
		d.A, d.B = b.node, a.node
	}
	if a.node.Weeknote == nil {
		d.linked(near, far)
	}
	d.Score = min(d.Score, 0.99)
	return d, nil
}

// linked weighs what two records are linked to.
func (d *Duplicate) linked(near, far neighbourhood) {
	var shared []record.ID
	for _, id := range slices.Sorted(maps.Keys(near.ends)) {
		if far.ends[id] {
			shared = append(shared, id)
		}
	}
	if len(shared) > 0 {
		d.Score += min(mostShare, perShared*float64(len(shared)))
		d.Reasons = append(d.Reasons, Reason{fmt.Sprintf("both are linked to %s", things(len(shared))), shared})
	}
	for text := range near.texts {
		if far.texts[text] {
			d.Score -= together
			d.Reasons = append(d.Reasons, Reason{Text: "but one text names both, as it would two"})
			return
		}
	}
}

func things(n int) string {
	if n == 1 {
		return "the same record"
	}
	return fmt.Sprintf("%d same records", n)
}

// likeness says how alike two records' names are, and in which way.
func (p profile) likeness(q profile) (score float64, why string) {
	if p.node.URL != "" && p.node.URL == q.node.URL && p.node.Weeknote == nil {
		score, why = samePage, "both have the web page "+p.node.URL
	}
	for _, x := range p.names {
		for _, y := range q.names {
			if s, how := alike(p.node.Kind(), x, y); s > score {
				score, why = s, fmt.Sprintf("“%s” and “%s” %s", x.text, y.text, how)
			}
		}
	}
	if v, w := p.node.Weeknote, q.node.Weeknote; v != nil && w != nil && !v.Date.IsZero() && !w.Date.IsZero() {
		const month = 31
		if v.Date.Last().Number()-w.Date.First().Number() > month || w.Date.Last().Number()-v.Date.First().Number() > month {
			score -= otherDay
		}
	}
	return score, why
}

// alike compares two names of records of a kind. Names that differ in a number,
// such as a year, are names of two.
func alike(kind record.Kind, x, y name) (score float64, how string) {
	switch {
	case x.folded == y.folded && kind == record.WeeknoteKind:
		return sameTitle, "are one title"
	case x.folded == y.folded:
		return sameName, "are one name"
	case kind == record.WeeknoteKind, !slices.Equal(x.numbers, y.numbers) && x.compact != y.compact:
		return 0, ""
	case x.compact == y.compact:
		return spacedAlike, "are spelt alike"
	case kind == record.PersonKind:
		return alikePeople(x, y)
	case x.bare != "" && x.bare == y.bare:
		return sameWords, "are made of the same words"
	case slices.Contains(x.acronyms(), y.compact) || slices.Contains(y.acronyms(), x.compact):
		return abbreviation, "could be a name and its abbreviation"
	case len(x.compact) >= 6 && oneApart(x.compact, y.compact):
		return oneLetter, "are one letter apart"
	}
	return overlap(x, y)
}

// overlap compares the words of two names: most of them must be the same.
func overlap(x, y name) (float64, string) {
	common := 0
	for _, w := range x.words {
		if slices.Contains(y.words, w) {
			common++
		}
	}
	all := len(x.words) + len(y.words) - common
	if common < 2 || 3*common <= 2*all || madeOf(x, y) || madeOf(y, x) {
		return 0, ""
	}
	return mostWords + float64(common)/float64(all)/2, "share most of their words"
}

// madeOf tells whether x is a thing that y has or makes: its guide, its fund.
func madeOf(x, y name) bool {
	return slices.ContainsFunc(x.words, func(w string) bool { return slices.Contains(products(), w) && !slices.Contains(y.words, w) })
}

// alikePeople compares the names of two people. Those who share but a surname are
// two.
func alikePeople(x, y name) (float64, string) {
	if len(x.words) < 2 || len(y.words) < 2 {
		return 0, ""
	}
	first, last := [2]string{x.words[0], y.words[0]}, [2]string{x.words[len(x.words)-1], y.words[len(y.words)-1]}
	switch {
	case first[0] == last[1] && first[1] == last[0]:
		return sameWords, "are the same names the other way round"
	case last[0] == last[1] && first[0] == first[1]:
		return sameWords, "differ only in a middle name"
	case last[0] == last[1] && samePerson(first[0], first[1]):
		return nickname, "differ in the short form of the first name"
	case last[0] == last[1] && (len(first[0]) == 1 || len(first[1]) == 1) && first[0][0] == first[1][0]:
		return initial, "agree in the surname and the initial"
	case oneApart(x.compact, y.compact) && (first[0] == first[1] && len(last[0]) >= 4 || last[0] == last[1] && len(first[0]) >= 5):
		return oneLetter, "are one letter apart"
	}
	return 0, ""
}

// oneApart tells whether one letter added, left out, changed or swapped with the
// next makes one word of another.
func oneApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

func samePerson(a, b string) bool {
	return slices.ContainsFunc(shortNames(), func(group string) bool {
		names := strings.Fields(group)
		return slices.Contains(names, a) && slices.Contains(names, b)
	})
}
