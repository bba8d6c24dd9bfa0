// Package bench makes programmes of any size that look like the real one, and
// measures the system on them: against the raw libraries, in the same run.
// README.md has the figures and the commands that make them.
package bench

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"

	"lotigraph/record"
)

// Programme is a made-up programme of work: records, and notes that name them in
// sentences like those of real notes. The same seed makes the same programme.
type Programme struct {
	seed     uint64
	boroughs []string
	partners []string
	people   []string
	projects []string
	words    []string // the shared vocabulary, most frequent first
}

// New makes a programme for so many notes. The other records grow as they do in
// life: far slower than the notes.
func New(seed uint64, notes int, boroughs []string) *Programme {
	rng := rand.New(rand.NewPCG(seed, 1))
	p := &Programme{seed: seed, boroughs: boroughs}
	root := 1
	for root*root < notes {
		root++
	}
	p.words = vocabulary(rng, 30_000)
	p.people = distinct(20+4*root, func() string { return pick(rng, firstNames) + " " + title(p.invent(rng)) + pick(rng, nameEnds) })
	p.partners = distinct(20+root, func() string { return title(p.invent(rng)) + " " + pick(rng, bodies) })
	p.projects = distinct(20+2*root, func() string {
		return pick(rng, adjectives) + " " + title(p.invent(rng)) + " " + pick(rng, things)
	})
	return p
}

// invent is a word of the rarer part of the vocabulary.
func (p *Programme) invent(rng *rand.Rand) string {
	return p.words[len(p.words)/10+rng.IntN(len(p.words)*9/10)]
}

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

func title(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

func distinct(n int, next func() string) []string {
	seen := map[string]bool{}
	list := make([]string, 0, n)
	for len(list) < n {
		if name := next(); !seen[name] {
			seen[name] = true
			list = append(list, name)
		}
	}
	return list
}

// Nodes are the records other than boroughs and texts, as saving operations.
func (p *Programme) Nodes() iter.Seq[record.SaveNode] {
	return func(yield func(record.SaveNode) bool) {
		for _, group := range []struct {
			kind  record.Kind
			names []string
		}{{record.PartnerKind, p.partners}, {record.PersonKind, p.people}, {record.ProjectKind, p.projects}} {
			for _, name := range group.names {
				if !yield(record.SaveNode{Kind: group.kind, Node: record.Node{Name: name, Stated: record.Public}}) {
					return
				}
			}
		}
	}
}

// Note is a made-up text, as it would be published.
type Note struct {
	Name string
	Body string
}

// Notes makes the first n notes, of about 700 words each. A note can be made
// again by its number alone.
func (p *Programme) Notes(n int) iter.Seq[Note] {
	return func(yield func(Note) bool) {
		for i := range n {
			if !yield(p.Note(i)) {
				return
			}
		}
	}
}

// Note makes the note of a number.
func (p *Programme) Note(i int) Note {
	rng := rand.New(rand.NewPCG(p.seed, uint64(i)+2))
	zipf := rand.NewZipf(rng, 1.07, 2, uint64(len(p.words)-1))
	var b strings.Builder
	week := i%52 + 1
	year := 2015 + i/52%12
	fmt.Fprintf(&b, "---\nurl: https://notes.example/%d\ndate: %d-%02d-%02d\n---\n\nWeeknote %d of %d (%d)\n\n%s\n", i, year, 1+(week-1)/5, 1+week%28, week, year, i, pick(rng, p.people))
	for b.Len() < 4300 {
		project := pick(rng, p.projects)
		fmt.Fprintf(&b, "\n%s\n\n", project)
		for range 2 + rng.IntN(3) {
			p.sentence(&b, rng, project)
			for range 2 + rng.IntN(3) {
				filler(&b, rng, func() string { return p.words[zipf.Uint64()] })
			}
		}
		// The long tail: words that stand in this note and nowhere else.
		fmt.Fprintf(&b, "The reference is %s%dx%d.\n", pick(rng, syllables), i, rng.IntN(1000))
	}
	return Note{Name: fmt.Sprintf("note-%06d.md", i), Body: b.String()}
}

// sentence writes one that says something about a project.
func (p *Programme) sentence(b *strings.Builder, rng *rand.Rand, project string) {
	switch rng.IntN(6) {
	case 0:
		fmt.Fprintf(b, "%s, %s and %s joined the kick-off of %s. ", pick(rng, p.boroughs), pick(rng, p.boroughs), pick(rng, p.boroughs), project)
	case 1:
		fmt.Fprintf(b, "%s was delivered by %s with %s. ", project, pick(rng, p.partners), pick(rng, p.boroughs))
	case 2:
		fmt.Fprintf(b, "%s (%s, %s) spoke about what residents need. ", pick(rng, p.people), pick(rng, jobs), pick(rng, p.boroughs))
	case 3:
		fmt.Fprintf(b, "%s funds %s until next year. ", pick(rng, p.partners), project)
	case 4:
		fmt.Fprintf(b, "%s at %s leads %s. ", pick(rng, p.people), pick(rng, p.partners), project)
	default:
		fmt.Fprintf(b, "%s hosted a show and tell about %s. ", pick(rng, p.boroughs), project)
	}
}

func filler(b *strings.Builder, rng *rand.Rand, word func() string) {
	n := 8 + rng.IntN(12)
	for i := range n {
		w := word()
		if i == 0 {
			w = title(w)
		}
		b.WriteString(w)
		if i < n-1 {
			b.WriteByte(' ')
		}
	}
	b.WriteString(". ")
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

// Partner is the name of the i-th of any number of organisations.
func (p *Programme) Partner(i int) string {
	rng := rand.New(rand.NewPCG(p.seed, 1_000_000+uint64(i)))
	return title(p.invent(rng)) + " " + title(p.invent(rng)) + " " + pick(rng, bodies)
}
