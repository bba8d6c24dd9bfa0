package index

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"lotigraph/record"
)

// GroupKey is something by which results can be grouped: what they can be counted
// by, and the finer parts of a year.
type GroupKey Key

// The parts of a year, behind all keys. Every other facet is a GroupKey by its
// own number.
const (
	ByQuarter GroupKey = 64 + iota
	ByMonth
)

// GroupKeys lists them in their order.
func GroupKeys() []GroupKey {
	var list []GroupKey
	for _, k := range Facets() {
		list = append(list, GroupKey(k))
		if k == ByYear {
			list = append(list, ByQuarter, ByMonth)
		}
	}
	return list
}

// String is the key in a word: "month".
func (k GroupKey) String() string {
	switch k {
	case ByQuarter:
		return "quarter"
	case ByMonth:
		return "month"
	}
	return Key(k).String()
}

// Kind is the kind of record that a value names, 0 where it names none.
func (k GroupKey) Kind() record.Kind { return Key(k).Kind() }

// Timely tells whether the values are parts of time, whose order is their own.
func (k GroupKey) Timely() bool { return k == GroupKey(ByYear) || k == ByQuarter || k == ByMonth }

// Grouping says how to group what is found. The zero value does not.
type Grouping struct {
	By       []GroupKey // one or two
	Distinct Key        // counts the different records of this key that a group is linked with; 0 counts what is found
}

// MaxGroups is how many groups there may be.
const MaxGroups = 10_000

func (g Grouping) validate() error {
	if len(g.By) == 0 && g.Distinct == 0 {
		return nil
	}
	if len(g.By) == 0 || len(g.By) > 2 {
		return record.Invalid("by", "name one key or two, not %d", len(g.By))
	}
	for i, k := range g.By {
		if !slices.Contains(GroupKeys(), k) {
			return record.Invalid(fmt.Sprintf("by[%d]", i), "there is no key %d", k)
		}
	}
	if len(g.By) == 2 && g.By[0] == g.By[1] {
		return record.Invalid("by[1]", "%s is named twice", g.By[1])
	}
	if g.Distinct != 0 && (g.Distinct.Kind() == 0 || !slices.Contains(Facets(), g.Distinct)) {
		return record.Invalid("measure", "%s does not name records", g.Distinct)
	}
	return nil
}

// linked tells whether the grouping needs to know of links.
func (g Grouping) linked() bool {
	return g.Distinct != 0 || slices.ContainsFunc(g.By, func(k GroupKey) bool { return Key(k).linked() || Key(k) == ByTheme })
}

// Group is what is found with the same values of the keys.
type Group struct {
	Values []string // one for each key: as in a facet, "2021-Q2", "2021-05", NoDate for a text without one, "" for what has no value
	Count  int
}

// groups counts what is found by the values of one key or two.
type groups struct {
	Grouping
	count    map[[2]string]int
	distinct map[[2]string]map[ord]bool
	ids      idList
	kinds    []record.Kind
	full     bool // there are more than MaxGroups
}

func newGroups(r *run) *groups {
	if len(r.q.Grouping.By) == 0 {
		return nil
	}
	g := &groups{Grouping: r.q.Grouping, count: map[[2]string]int{}, distinct: map[[2]string]map[ord]bool{}}
	g.ids, g.kinds = r.s.store.registry.known()
	return g
}

// take counts a document that fits, once in each group to which it belongs.
func (g *groups) take(r *run, seg *segment, i int) {
	first := g.values(r, g.By[0], seg, i)
	second := []string{""}
	if len(g.By) == 2 {
		second = g.values(r, g.By[1], seg, i)
	}
	var linked []ord
	if g.Distinct != 0 {
		linked = g.ords(r, g.Distinct, seg, i)
	}
	for _, a := range first {
		for _, b := range second {
			at := [2]string{a, b}
			if _, known := g.count[at]; !known && len(g.count) == MaxGroups {
				g.full = true
				return
			}
			g.count[at]++
			if g.Distinct == 0 {
				continue
			}
			if g.distinct[at] == nil {
				g.distinct[at] = map[ord]bool{}
			}
			for _, o := range linked {
				g.distinct[at][o] = true
			}
		}
	}
}

// values are those of a document, each once; one empty one where it has none.
func (g *groups) values(r *run, k GroupKey, seg *segment, i int) (list []string) {
	switch {
	case k.Timely():
		list = append(list, partOfYear(k, seg, i))
	case k == GroupKey(ByKind):
		list = append(list, seg.kinds[i].String())
	case k == GroupKey(ByForm):
		if f := seg.forms[i]; f > 0 {
			list = append(list, string(record.Forms()[f-1]))
		}
	case k == GroupKey(ByTheme):
		list = slices.Clone(r.scope.themes(seg, i))
	case k == GroupKey(ByRole):
		list = r.roles(r.scope.row(seg, i))
	default:
		for _, o := range g.ords(r, Key(k), seg, i) {
			list = append(list, string(g.ids.at(o)))
		}
	}
	slices.Sort(list)
	if list = slices.Compact(list); len(list) == 0 {
		list = []string{""}
	}
	return list
}

// partOfYear is when a text is dated, as exactly as the key asks and no more
// exactly than is known: a text of "2021" is in no month. What is no text has no
// such value.
func partOfYear(k GroupKey, seg *segment, i int) string {
	if seg.forms[i] == 0 {
		return ""
	}
	d := seg.date(i)
	switch {
	case d.IsZero() || k != GroupKey(ByYear) && d.Month == 0:
		return NoDate
	case k == ByQuarter:
		return fmt.Sprintf("%d-Q%d", d.Year, (d.Month+2)/3)
	case k == ByMonth:
		return fmt.Sprintf("%d-%02d", d.Year, d.Month)
	}
	return fmt.Sprint(d.Year)
}

// ords are the records of a key that a document is linked with.
func (g *groups) ords(r *run, k Key, seg *segment, i int) (list []ord) {
	row := r.scope.row(seg, i)
	for _, o := range row.part(sortOf(k)) {
		o &^= sortOfLink
		if int(o) >= len(g.kinds) || g.kinds[o] != k.Kind() {
			continue
		}
		if r.counts.joint && r.counts.dependsOnRole(k) && !r.counts.fitsRole(r, k, o, row) {
			continue
		}
		list = append(list, o)
	}
	return list
}

// result lists the groups: by the first key, then by the second. The parts of
// time come in their order, other values by how many are found with them; what
// has no value is last.
func (g *groups) result() ([]Group, error) {
	if g == nil {
		return nil, nil
	}
	if g.full {
		return nil, record.Invalid("by", "there are more than %d groups; narrow what is grouped, or group by less", MaxGroups)
	}
	total := [2]map[string]int{{}, {}}
	for at, n := range g.count {
		for i := range total {
			total[i][at[i]] += n
		}
	}
	keys := slices.Collect(maps.Keys(g.count))
	slices.SortFunc(keys, func(a, b [2]string) int {
		for i, k := range g.By {
			if c := k.order(a[i], b[i], total[i]); c != 0 {
				return c
			}
		}
		return 0
	})
	list := make([]Group, len(keys))
	for i, at := range keys {
		n := g.count[at]
		if g.Distinct != 0 {
			n = len(g.distinct[at])
		}
		list[i] = Group{slices.Clone(at[:len(g.By)]), n}
	}
	return list, nil
}

// order puts values in order, those without any last and undated ones before them.
func (k GroupKey) order(a, b string, total map[string]int) int {
	rank := func(s string) int {
		switch {
		case s == "":
			return 2
		case s == NoDate && k.Timely():
			return 1
		}
		return 0
	}
	if c := cmp.Compare(rank(a), rank(b)); c != 0 {
		return c
	}
	if !k.Timely() {
		if c := cmp.Compare(total[b], total[a]); c != 0 {
			return c
		}
	}
	return cmp.Compare(a, b)
}
