package index

import (
	"cmp"
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
	keys   []Key
	chosen map[Key][]choice
	values [ByRole + 1]map[string]int // of the keys that are no records
	ords   [ByRole + 1]map[ord]int    // of those that are, but for …
	linked []uint32                   // boroughs, partners, projects and people, by ord
	ids    idList
	kinds  []record.Kind
	groups *groups
	joint  bool // a role is chosen, which depends on who takes part in what
}

func newCounts(r *run) counts {
	c := counts{keys: r.q.Facets, chosen: map[Key][]choice{}, groups: newGroups(r)}
	for _, m := range r.choices {
		c.chosen[m.key] = append(c.chosen[m.key], m)
	}
	c.joint = len(c.chosen[ByRole]) > 0
	c.ids, c.kinds = r.s.store.registry.known()
	for _, k := range c.keys {
		switch {
		case k > ByRole:
		case k.Kind() == 0:
			c.values[k] = map[string]int{}
		case sortOf(k) != linkedWith:
			c.ords[k] = map[ord]int{}
		case c.linked == nil:
			c.linked = make([]uint32, c.ids.n)
		}
	}
	return c
}

// take counts a document by every key whose other choices it fits.
func (c *counts) take(r *run, seg *segment, i int, m misses) {
	if m == 0 && c.groups != nil {
		c.groups.take(r, seg, i)
	}
	together := m == 0 && c.linked != nil && !c.joint
	if together { // the kinds are told apart when all is counted
		for _, o := range r.scope.row(seg, i).part(linkedWith) {
			if int(o) < len(c.linked) {
				c.linked[o]++
			}
		}
	}
	for _, k := range c.keys {
		if together && k.Kind() != 0 && sortOf(k) == linkedWith {
			continue
		}
		rest := m &^ k.bit()
		if c.joint && c.dependsOnRole(k) {
			rest &^= ByRole.bit()
		}
		if rest == 0 {
			c.count(r, k, seg, i)
		}
	}
}

// dependsOnRole tells whether another value of the key may change whether a role
// fits.
func (c *counts) dependsOnRole(k Key) bool { return k == ByBorough || k == ByPartner || k == ByProject }

func (c *counts) count(r *run, k Key, seg *segment, i int) {
	switch k {
	case ByKind:
		c.values[k][seg.kinds[i].String()]++
	case ByForm:
		if f := seg.forms[i]; f > 0 {
			c.values[k][string(record.Forms()[f-1])]++
		}
	case ByTheme:
		for _, theme := range r.scope.themes(seg, i) {
			c.values[k][theme]++
		}
	case ByYear:
		if seg.forms[i] == 0 {
			return
		}
		year := NoDate
		if y := seg.year(i); y != 0 {
			year = strconv.Itoa(y)
		}
		c.values[k][year]++
	case ByRole:
		c.countRoles(r, r.scope.row(seg, i))
	case ByLead, ByAuthor:
		for _, o := range r.scope.row(seg, i).part(sortOf(k)) {
			c.ords[k][o&^sortOfLink]++
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
			c.linked[o]++
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

// facets are the counts, key by key.
func (c *counts) facets() []Facet {
	list := make([]Facet, 0, len(c.keys))
	for _, k := range c.keys {
		f := Facet{Key: k, Values: []FacetValue{}}
		add := func(o ord, n int) {
			f.Values = append(f.Values, FacetValue{Value: string(c.ids.at(o)), ID: c.ids.at(o), Count: n, Chosen: c.chose(k, o)})
		}
		switch {
		case k.Kind() == 0:
			for value, n := range c.values[min(k, ByRole)] {
				f.Values = append(f.Values, FacetValue{Value: value, Count: n, Chosen: c.choseValue(k, value)})
			}
		case sortOf(k) != linkedWith:
			for o, n := range c.ords[k] {
				add(o, n)
			}
		default:
			for o, n := range c.linked {
				if n > 0 && c.kinds[o] == k.Kind() {
					add(ord(o), int(n))
				}
			}
		}
		slices.SortFunc(f.Values, func(a, b FacetValue) int {
			return cmp.Or(-cmp.Compare(a.Count, b.Count), cmp.Compare(a.Value, b.Value))
		})
		list = append(list, f)
	}
	return list
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
