package main

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"

	"lotigraph/record"
)

// sort is a sort of page: one template, with different records.
type sort struct {
	name      string
	staff     bool // whether it is shown to staff alone
	explorer  bool // whether it may weigh as much as the explorer
	addresses []string
}

// chooser chooses what pages are about: the records that most notes name as well
// as those that hardly any does.
type chooser struct {
	*world
	rng   *rand.Rand
	notes int
}

func (c chooser) node(kind record.Kind) record.Node {
	list := c.programme.Records(kind)
	return list[c.rng.IntN(len(list))]
}

func (c chooser) page(kind record.Kind) string {
	return "/" + kind.Slug() + "/" + c.node(kind).ID.Slug()
}

// with is an address with parameters.
func with(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		q.Add(pairs[i], pairs[i+1])
	}
	return path + "?" + q.Encode()
}

// sorts are the sorts of page there are, each with so many addresses at the most.
func sorts(w *world, s settings) []sort {
	c := chooser{w, rand.New(rand.NewPCG(s.seed, 11)), s.notes}
	several := func(name string, make func() string) sort {
		one := sort{name: name}
		for range 4 * s.records { // some come twice
			if at := make(); len(one.addresses) < s.records && !slices.Contains(one.addresses, at) {
				one.addresses = append(one.addresses, at)
			}
		}
		return one
	}
	single := func(name string, addresses ...string) sort { return sort{name: name, addresses: addresses} }
	all := []sort{
		single("home", "/"),
		several("search, by words", func() string { return with("/search", "q", c.words()) }),
		several("search, a question", func() string { return with("/search", "q", "who works with "+c.node(record.PartnerKind).Name) }),
		several("search, narrowed down", func() string {
			return with("/search", "q", c.words(), "kind", "WEEKNOTE", "borough", string(c.node(record.BoroughKind).ID), "year", c.year())
		}),
		single("search, everything", "/search"),
	}
	for _, kind := range []record.Kind{record.BoroughKind, record.ProjectKind, record.PartnerKind, record.PersonKind} {
		all = append(all, several(kind.Label(), func() string { return c.page(kind) }))
	}
	all = append(all,
		several("weeknote", func() string { return "/weeknote/" + record.Slugify(c.programme.Note(c.rng.IntN(c.notes)).Title) }),
		single("matrix", "/matrix", "/matrix?turned=true", "/matrix?order=total", "/matrix?role=lead", "/matrix?from=2020&to=2021", "/matrix?proposed=true"),
		several("matrix, one cell", func() string {
			return "/matrix/" + c.node(record.BoroughKind).ID.Slug() + "/" + c.node(record.ProjectKind).ID.Slug()
		}),
	)
	explorers := []sort{
		several("explore, a neighbourhood", func() string {
			return with("/explore", "focus", string(c.node(record.Kinds()[c.rng.IntN(4)+1]).ID))
		}),
		several("explore, two steps", func() string { return with("/explore", "focus", string(c.node(record.PartnerKind).ID), "depth", "2") }),
		several("explore, paths", func() string {
			return with("/explore/paths", "from", string(c.node(record.PersonKind).ID), "to", string(c.node(record.PartnerKind).ID))
		}),
		single("explore, the network", "/explore/network", "/explore/network?sort=betweenness"),
	}
	for i := range explorers {
		explorers[i].explorer = true
	}
	all = append(all, explorers...)
	all = append(all,
		single("ask, the questions", "/ask"),
		several("ask, an answer", func() string { return with("/ask", "q", c.question()) }),
		single("about the data", "/about"),
		single("a work list", "/about/lists/past-date", "/about/lists/duplicates", "/about/lists/unnamed-records"),
		single("for developers", "/developers"),
	)
	staff := []sort{
		single("inbox", "/inbox", "/inbox?sort=link", "/inbox?sort=name"),
		single("add", "/add", "/add/link"),
		several("edit", func() string { return with("/edit", "id", string(c.node(record.PartnerKind).ID)) }),
		single("history", "/history"),
		several("history of a record", func() string { return with("/history", "id", string(c.node(record.PartnerKind).ID)) }),
	}
	for i := range staff {
		staff[i].staff = true
	}
	return append(all, staff...)
}

// words are one to three words of the notes, frequent and rare.
func (c chooser) words() string {
	text := c.programme.Word(c.rng.IntN(2000))
	for range c.rng.IntN(3) {
		text += " " + c.programme.Word(c.rng.IntN(300))
	}
	return text
}

func (c chooser) year() string { return fmt.Sprint(2015 + c.rng.IntN(12)) }

// question is one in plain English.
func (c chooser) question() string {
	switch c.rng.IntN(4) {
	case 0:
		return "which boroughs joined " + c.node(record.ProjectKind).Name
	case 1:
		return "what is " + c.node(record.BoroughKind).Name + " part of"
	case 2:
		return "which partners work on " + c.node(record.ProjectKind).Name
	default:
		return "who works for " + c.node(record.BoroughKind).Name
	}
}
