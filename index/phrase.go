package index

import (
	"cmp"
	"context"
	"slices"
)

// phrase finds the documents that have some words next to each other in a field;
// its score is the sum of theirs. Bleve's own phrase searcher compares every place
// of a word with every place of the next, which takes minutes on a text that says
// one word ten thousand times.
type phrase struct {
	ctx     context.Context
	all     *allOf
	cursors []*cursor // of its different words …
	words   []int     // … of which these follow each other
	spots   [][]spot  // by cursor, in order: those in the document it is at
	looked  int
}

// newPhrase is the phrase of some words, whose cursors read their spots.
func newPhrase(ctx context.Context, words []string, open func(word string) (*cursor, error)) (*phrase, error) {
	p := &phrase{ctx: ctx}
	known := map[string]int{}
	var parts []finding
	for _, word := range words {
		n, ok := known[word]
		if !ok {
			c, err := open(word)
			if err != nil {
				return nil, err
			}
			n = len(p.cursors)
			known[word] = n
			p.cursors, parts = append(p.cursors, c), append(parts, c)
		}
		p.words = append(p.words, n)
	}
	p.spots = make([][]spot, len(p.cursors))
	p.all = newAllOf(parts, nil)
	return p, nil
}

func (p *phrase) seek(doc uint64) (uint64, error) {
	if p.all.begun && p.all.doc >= doc {
		return p.all.doc, nil
	}
	for {
		at, err := p.all.seek(doc)
		if err != nil || at == noMore {
			return noMore, err
		}
		p.gather()
		if p.follow(func([]spot) bool { return true }) {
			return at, nil
		}
		if p.looked++; p.looked%256 == 0 && p.ctx.Err() != nil {
			return noMore, p.ctx.Err()
		}
		doc = at + 1
	}
}

func (p *phrase) score() float64 { return p.all.score() }

func (p *phrase) most() uint64 { return p.all.most() }

// gather takes the spots of all words in the document that is looked at.
func (p *phrase) gather() {
	for n, c := range p.cursors {
		list := p.spots[n][:0]
		c.read(func(s spot) { list = append(list, s) })
		if !slices.IsSortedFunc(list, spot.compare) {
			slices.SortFunc(list, spot.compare)
		}
		p.spots[n] = list
	}
}

func (s spot) compare(t spot) int {
	return cmp.Or(cmp.Compare(s.value, t.value), cmp.Compare(s.word, t.word))
}

// follow calls f with the spots of the words wherever they follow each other,
// until it has enough, and tells whether it had.
func (p *phrase) follow(f func(run []spot) (enough bool)) bool {
	run := make([]spot, 0, 16)
	for _, first := range p.spots[p.words[0]] {
		run = append(run[:0], first)
		for k, n := range p.words[1:] {
			want := spot{value: first.value, word: first.word + uint64(k) + 1}
			at, ok := slices.BinarySearchFunc(p.spots[n], want, spot.compare)
			if !ok {
				break
			}
			run = append(run, p.spots[n][at])
		}
		if len(run) == len(p.words) && f(run) {
			return true
		}
	}
	return false
}

// read yields the spots of every word of the phrase, wherever it is.
func (p *phrase) read(yield func(spot)) {
	p.follow(func(run []spot) bool {
		for _, s := range run {
			yield(s)
		}
		return false
	})
}
