// Package bench makes programmes of any size that look like the real one, and
// measures the system on them: against the raw libraries and PostgreSQL, in the
// same run. README.md has the figures and the commands that make them.
//
//	programme.go, note.go, words.go   a made-up programme: its records, and its notes
//	load.go                           … as changes, and into a graph
//	compare.go                        things in turn, and how long each took
//	postgres.go                       a PostgreSQL of its own, for as long as it is needed
//	search/, graph/, pages/           the programs behind make bench-search, bench-graph and bench-pages
package bench

import (
	"iter"
	"math/rand/v2"
	"slices"
	"strings"

	"lotigraph/record"
)

// Programme is a made-up programme of work: records, and notes that name them in
// sentences like those of real notes. The same seed makes the same programme.
//
// What is named follows Zipf's law, as it does in life: a few boroughs, partners
// and projects are in most notes, and most are in few. So do the words, whose
// vocabulary grows with the notes; and every note has words that no other has.
type Programme struct {
	seed     uint64
	notes    int
	boroughs []record.Node
	partners []record.Node
	people   []record.Node
	projects []record.Node
	words    []string // the shared vocabulary, most frequent first
}

// New makes a programme for so many notes. The other records grow with them, far
// more slowly. Of its boroughs, which it does not make, it knows the names.
func New(seed uint64, notes int, boroughs []string) *Programme {
	rng := rand.New(rand.NewPCG(seed, 1))
	p := &Programme{seed: seed, notes: notes}
	for _, name := range boroughs {
		p.boroughs = append(p.boroughs, node(record.BoroughKind, name))
	}
	p.words = vocabulary(rng, 30_000+notes)
	p.people = nodes(record.PersonKind, 20+notes/10, func() string { return pick(rng, firstNames) + " " + title(p.invent(rng)) + pick(rng, nameEnds) })
	p.partners = nodes(record.PartnerKind, 20+notes/50, func() string { return title(p.invent(rng)) + " " + pick(rng, bodies) })
	p.projects = nodes(record.ProjectKind, 20+notes/100, func() string {
		return pick(rng, adjectives) + " " + title(p.invent(rng)) + " " + pick(rng, things)
	})
	for i := range p.projects {
		p.projects[i].Project = &record.Project{Themes: []string{themes[i%len(themes)]}, Status: pick(rng, record.ProjectStatuses())}
	}
	return p
}

// invent is a word of the rarer part of the vocabulary.
func (p *Programme) invent(rng *rand.Rand) string {
	return p.words[len(p.words)/10+rng.IntN(len(p.words)*9/10)]
}

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

func title(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

func node(kind record.Kind, name string) record.Node {
	return record.Node{ID: record.NewID(kind, record.Slugify(name)), Name: name, Stated: record.Public}
}

// nodes makes n records of different ids.
func nodes(kind record.Kind, n int, next func() string) []record.Node {
	seen := map[record.ID]bool{}
	list := make([]record.Node, 0, n)
	for len(list) < n {
		if made := node(kind, next()); !seen[made.ID] {
			seen[made.ID] = true
			list = append(list, made)
		}
	}
	return list
}

// Nodes are the records other than boroughs and texts, as saving operations.
func (p *Programme) Nodes() iter.Seq[record.SaveNode] {
	return func(yield func(record.SaveNode) bool) {
		for _, n := range slices.Concat(p.partners, p.people, p.projects) {
			if !yield(record.SaveNode{Kind: n.Kind(), Node: n.Clone()}) {
				return
			}
		}
	}
}

// Records are the records of a kind, the one that most notes name first.
func (p *Programme) Records(kind record.Kind) []record.Node {
	return slices.Clone(map[record.Kind][]record.Node{record.BoroughKind: p.boroughs, record.PartnerKind: p.partners,
		record.PersonKind: p.people, record.ProjectKind: p.projects}[kind])
}

// Word is the i-th most frequent word of the notes, from 0; the last one beyond
// the end.
func (p *Programme) Word(i int) string { return p.words[min(i, len(p.words)-1)] }

// Partner is the name of the i-th of any number of organisations.
func (p *Programme) Partner(i int) string {
	rng := rand.New(rand.NewPCG(p.seed, 1_000_000_000+uint64(i)))
	return title(p.invent(rng)) + " " + title(p.invent(rng)) + " " + pick(rng, bodies)
}

// vocabulary is n distinct words: plain ones first, then invented ones.
func vocabulary(rng *rand.Rand, n int) []string {
	seen := map[string]bool{}
	list := make([]string, 0, n)
	for _, w := range plainWords {
		if !seen[w] {
			seen[w] = true
			list = append(list, w)
		}
	}
	for len(list) < n {
		var w strings.Builder
		for range 2 + rng.IntN(3) {
			w.WriteString(pick(rng, syllables))
		}
		if !seen[w.String()] {
			seen[w.String()] = true
			list = append(list, w.String())
		}
	}
	return list
}
