package index

import (
	"slices"
	"strings"
	"sync"

	"lotigraph/record"
)

// Scope is what one viewer sees of a snapshot, made ready once for many
// searches. The index judges no visibility: whoever makes the scope has.
type Scope struct {
	snapshot *Snapshot
	hidden   ordSet
	union    map[ord]union // of records that are one with others
	links    *Links
	until    int32

	vocabulary sync.Map // term → how many documents with it may be seen

	hiddenOnce sync.Once
	hiddenDocs []uint64 // in order
	live       uint64   // all documents, those among them
	rarities   sync.Map // field and term → how many hidden documents have it

	newestOnce sync.Once
	newestDay  int32
	themesOnce sync.Once
	themesOf   map[ord][]string // of the projects that may be seen
}

// union is the record that one goes by.
type union struct {
	ord ord
	id  record.ID
	doc uint64
	ok  bool // whether the index has it
}

// Scope is the snapshot without the hidden records, with those of same found as
// the one that each goes by, and with the links, which may be nil: then nothing
// is known of them.
func (s *Snapshot) Scope(hidden []record.ID, same map[record.ID]record.ID, links *Links, asOf record.PartialDate) *Scope {
	sc := &Scope{snapshot: s, links: links, until: lastOf(asOf)}
	if len(hidden) > 0 {
		sc.hidden = newOrdSet(s.ids.n)
		for _, id := range hidden {
			if o, ok := s.store.registry.lookup(id); ok {
				sc.hidden.set(o)
			}
		}
	}
	if len(same) > 0 {
		sc.union = map[ord]union{}
	}
	for id, to := range same {
		ends := s.store.registry.add([]record.ID{id, to})
		u, ok := sc.union[ends[1]]
		if !ok {
			u = union{ord: ends[1], id: to}
			u.doc, u.ok = s.docOf(to)
			sc.union[ends[1]] = u
		}
		sc.union[ends[0]] = u
	}
	return sc
}

// scope is the query's own one, or one made of its lists.
func (s *Snapshot) scope(q Query) *Scope {
	if q.Scope != nil && q.Scope.snapshot == s {
		return q.Scope
	}
	return s.Scope(q.Hidden, q.Same, nil, q.Until)
}

// seen tells whether the words of document i of a segment may be searched.
func (sc *Scope) seen(seg *segment, i int) bool {
	return !sc.hidden.has(seg.ords[i]) && seg.days[i] <= sc.until
}

// shown is the document that stands for the one found, and the ord of its record:
// itself, or the record it goes by, which one tells. A record that is not in the
// index is shown with what stands for itself.
func (sc *Scope) shown(seg *segment, i int) (at *segment, j int, of ord, one bool) {
	if len(sc.union) == 0 {
		return seg, i, seg.ords[i], false
	}
	u, ok := sc.union[seg.ords[i]]
	if !ok {
		return seg, i, seg.ords[i], false
	}
	if u.ok {
		other, j := sc.snapshot.at(u.doc)
		return other, j, u.ord, true
	}
	return seg, i, u.ord, true
}

// id is that of an ord of the snapshot, or of a record that one goes by.
func (sc *Scope) id(o ord) record.ID {
	if u, ok := sc.union[o]; ok && u.ord == o {
		return u.id
	}
	return sc.snapshot.ids.at(o)
}

// row is what the document is linked with.
func (sc *Scope) row(seg *segment, i int) row {
	return sc.links.of(sc.ord(seg, i))
}

// ord is the one of the record that the document goes by.
func (sc *Scope) ord(seg *segment, i int) ord {
	o := seg.ords[i]
	if len(sc.union) > 0 {
		if u, ok := sc.union[o]; ok {
			return u.ord
		}
	}
	return o
}

// newest is the day of the newest text that may be seen.
func (sc *Scope) newest() int32 {
	sc.newestOnce.Do(func() {
		sc.newestDay = noDay
		for k := range sc.snapshot.segments {
			seg := &sc.snapshot.segments[k]
			for i, day := range seg.days {
				if day > sc.newestDay && sc.seen(seg, i) && !seg.gone(i) {
					sc.newestDay = day
				}
			}
		}
	})
	return sc.newestDay
}

// connections is how many links the document's record has that are known.
func (sc *Scope) connections(seg *segment, i int) int {
	if sc.links == nil {
		return 0
	}
	o := sc.ord(seg, i)
	if seg.kinds[i] == record.WeeknoteKind {
		return sc.links.linked(o)
	}
	n := sc.links.backlinks(o) // what has other ends is under those too
	if sc.links.of(o).has(linkedWith, o) {
		n--
	}
	return n
}

// themes are those of a project, or of the projects that a record is linked with.
func (sc *Scope) themes(seg *segment, i int) []string {
	all := sc.projectThemes()
	list := seg.columns.themes[i]
	for _, o := range sc.row(seg, i).part(linkedWith) {
		for _, theme := range all[o] {
			if !slices.Contains(list, theme) {
				list = append(list[:len(list):len(list)], theme)
			}
		}
	}
	return list
}

func (sc *Scope) projectThemes() map[ord][]string {
	sc.themesOnce.Do(func() {
		sc.themesOf = map[ord][]string{}
		for k := range sc.snapshot.segments {
			seg := &sc.snapshot.segments[k]
			for i, themes := range seg.columns.themes {
				if sc.seen(seg, i) && !seg.gone(i) {
					sc.themesOf[seg.ords[i]] = themes
				}
			}
		}
	})
	return sc.themesOf
}

// themesLike are the themes that go by the folded name, or else those that have
// all its words in theirs.
func (sc *Scope) themesLike(folded string) []string {
	var same, like []string
	words := strings.Fields(folded)
	for _, themes := range sc.projectThemes() {
		for _, theme := range themes {
			has := strings.Fields(record.Fold(theme))
			switch {
			case record.Fold(theme) == folded:
				same = append(same, theme)
			case len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(has, w) }):
				like = append(like, theme)
			}
		}
	}
	if len(same) > 0 {
		like = same
	}
	slices.Sort(like)
	return slices.Compact(like)
}
