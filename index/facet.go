package index

import (
	"slices"
	"strconv"

	"lotigraph/record"
)

// Facet is what the records found have of one key. A value counts the records
// that would be found if it were what is chosen of that key: the choice that was
// made of the key itself is left out, every other one holds.
type Facet struct {
	Key    Key
	Values []FacetValue // the commonest first
	More   int          // values that are left out
}

// FacetValue is a value and how many records it would find.
type FacetValue struct {
	Value  string    // for a Choice: "PROJECT", "2021", "lead"; the id where it is a record
	ID     record.ID // the record that the value is, "" where it is none
	Count  int
	Chosen bool // whether it is among what was chosen
}

// misses are the keys whose choices a document does not fit, as bits.
type misses uint32

func (k Key) bit() misses { return 1 << k }

// fails asks every choice about a document.
func (r *run) fails(seg *segment, i int) (m misses) {
	for k := range r.choices {
		c := &r.choices[k]
		if m&c.key.bit() != 0 {
			continue
		}
		fits := false
		if c.key == ByRole {
			p := r.parts
			p.roles = c.roles
			fits = p.in(r.scope, r.scope.row(seg, i))
		} else {
			fits = c.admits(r.scope, seg, i)
		}
		if !fits {
			m |= c.key.bit()
		}
	}
	return m
}

// counts counts what is found by the keys asked for.
type counts struct {
	keys    []Key // each once
	chosen  map[Key][]choice
	tallies [ByRole + 1]*tally         // of each key asked for, but for …
	values  [ByRole + 1]map[string]int // … themes and roles
	linked  *linkCount                 // boroughs, partners, projects and people
	ids     idList
	kinds   []record.Kind
	groups  *groups
	joint   bool // a role is chosen, which depends on who takes part in what
}

func newCounts(r *run) counts {
	c := counts{chosen: map[Key][]choice{}, groups: newGroups(r)}
	for _, k := range r.q.Facets {
		if !slices.Contains(c.keys, k) {
			c.keys = append(c.keys, k)
		}
	}
	for _, m := range r.choices {
		c.chosen[m.key] = append(c.chosen[m.key], m)
	}
	c.joint = len(c.chosen[ByRole]) > 0
	if len(c.keys) == 0 {
		return c
	}
	c.ids, c.kinds = r.s.store.registry.known()
	tallies := &r.s.store.tallies
	for _, k := range c.keys {
		switch {
		case k > ByRole:
		case k == ByTheme || k == ByRole:
			c.values[k] = map[string]int{}
		case k.Kind() == 0:
			c.tallies[k] = newTally(tallies, lastYear+1)
		case sortOf(k) != linkedWith:
			c.tallies[k] = newTally(tallies, c.ids.n)
		default:
			if c.linked == nil {
				c.linked = newLinkCount(r.s.store, r.scope.links, c.kinds)
			}
			c.linked.asked[k.Kind()] = true
		}
	}
	return c
}

// lastYear is the last that a date may have.
const lastYear = 9999

// take counts a document by every key whose other choices it fits.
func (c *counts) take(r *run, seg *segment, i int, m misses) {
	if m == 0 && c.groups != nil {
		c.groups.take(r, seg, i)
	}
	if m == 0 && c.linked != nil && !c.joint {
		c.linked.take(r.scope.ord(seg, i))
	}
	for _, k := range c.keys {
		rest := m &^ k.bit()
		if c.joint && c.dependsOnRole(k) {
			rest &^= ByRole.bit()
		}
		if rest != 0 {
			continue
		}
		switch {
		case k.Kind() == 0 || sortOf(k) != linkedWith || c.joint:
			c.count(r, k, seg, i)
		case m != 0:
			c.linked.takeFor(k.Kind(), r.scope.ord(seg, i))
		}
	}
}

// dependsOnRole tells whether another value of the key may change whether a role
// fits.
func (c *counts) dependsOnRole(k Key) bool { return k == ByBorough || k == ByPartner || k == ByProject }

func (c *counts) count(r *run, k Key, seg *segment, i int) {
	switch k {
	case ByKind:
		c.tallies[k].add(ord(seg.kinds[i]))
	case ByForm:
		if f := seg.forms[i]; f > 0 {
			c.tallies[k].add(ord(f))
		}
	case ByTheme:
		for _, theme := range r.scope.themes(seg, i) {
			c.values[k][theme]++
		}
	case ByYear:
		if seg.forms[i] > 0 {
			c.tallies[k].add(ord(seg.year(i)))
		}
	case ByRole:
		c.countRoles(r, r.scope.row(seg, i))
	case ByLead, ByAuthor:
		for _, o := range r.scope.row(seg, i).part(sortOf(k)) {
			c.tallies[k].add(o &^ sortOfLink)
		}
	default:
		c.countLinked(r, k, r.scope.row(seg, i))
	}
}

// countRoles counts the roles of the participations that are asked for, each
// once in a document.
func (c *counts) countRoles(r *run, list row) {
	for _, role := range r.roles(list) {
		c.values[ByRole][role]++
	}
}

// roles are those of the participations that are asked for, each once.
func (r *run) roles(list row) (seen []string) {
	p := parts{participants: r.parts.participants, projects: r.parts.projects}
	for _, n := range list.part(takesPart) {
		t := r.scope.links.triples[n&^sortOfLink]
		if t.role != "" && p.fits(t) && !slices.Contains(seen, t.role) {
			seen = append(seen, t.role)
		}
	}
	return seen
}

func (c *counts) countLinked(r *run, k Key, list row) {
	for _, o := range list.part(linkedWith) {
		if int(o) < len(c.kinds) && c.kinds[o] == k.Kind() && (!c.joint || !c.dependsOnRole(k) || c.fitsRole(r, k, o, list)) {
			c.linked.to.add(o)
		}
	}
}

// fitsRole tells whether the chosen roles would fit if o were what is chosen of
// the key.
func (c *counts) fitsRole(r *run, k Key, o ord, list row) bool {
	p := parts{participants: []ord{o}, projects: r.parts.projects}
	other := ByPartner
	switch k {
	case ByPartner:
		other = ByBorough
	case ByProject:
		p = parts{participants: r.parts.participants, projects: []ord{o}}
	}
	if k != ByProject {
		for _, m := range c.chosen[other] {
			p.participants = append(p.participants, m.ords...)
		}
	}
	return !slices.ContainsFunc(c.chosen[ByRole], func(m choice) bool {
		p.roles = m.roles
		return !p.in(r.scope, list)
	})
}

// facets are the counts of some keys, with so many values each, those chosen
// beside; 0 means all. It gives back what was counted with.
func (c *counts) facets(keys []Key, most int) []Facet {
	if c.linked != nil {
		c.linked.count()
	}
	list := make([]Facet, 0, len(keys))
	for _, k := range keys {
		top := ranking{most: most}
		switch {
		case k > ByRole:
		case c.values[k] != nil:
			for value, n := range c.values[k] {
				top.add(n, c.choseValue(k, value), func() FacetValue { return FacetValue{Value: value} })
			}
		case c.tallies[k] != nil && k.Kind() == 0:
			c.tallies[k].each(func(o ord, n int) {
				value := valueName(k, o)
				top.add(n, c.choseValue(k, value), func() FacetValue { return FacetValue{Value: value} })
			})
		default:
			c.ofRecords(k, &top)
		}
		list = append(list, top.facet(k))
	}
	for _, t := range c.tallies {
		t.release()
	}
	c.linked.release()
	return list
}

// ofRecords ranks the values of a key that are records.
func (c *counts) ofRecords(k Key, top *ranking) {
	t := c.tallies[k]
	if sortOf(k) == linkedWith {
		t = c.linked.to
	}
	t.each(func(o ord, n int) {
		if c.kinds[o] == k.Kind() {
			top.add(n, c.chose(k, o), func() FacetValue { return FacetValue{Value: string(c.ids.at(o)), ID: c.ids.at(o)} })
		}
	})
}

// valueName is a value of kind, form or year as a facet shows it.
func valueName(k Key, n ord) string {
	switch {
	case k == ByKind:
		return record.Kind(n).String()
	case k == ByForm:
		return string(record.Forms()[n-1])
	case n == 0:
		return NoDate
	}
	return strconv.Itoa(int(n))
}

func (c *counts) chose(k Key, o ord) bool {
	return slices.ContainsFunc(c.chosen[k], func(m choice) bool { return slices.Contains(m.ords, o) })
}

func (c *counts) choseValue(k Key, value string) bool {
	return slices.ContainsFunc(c.chosen[k], func(m choice) bool {
		switch k {
		case ByKind:
			kind, err := record.ParseKind(value)
			return err == nil && m.kinds[kind]
		case ByForm:
			return m.forms[formNumber(record.Form(value))]
		case ByTheme:
			return slices.Contains(m.themes, record.Fold(value))
		case ByYear:
			y, err := parseYears(value)
			return err == nil && slices.ContainsFunc(m.years, func(r years) bool { return r.from <= y.from && y.from <= r.to })
		case ByRole:
			return slices.Contains(m.roles, value)
		}
		return false
	})
}
