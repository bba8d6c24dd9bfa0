package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"lotigraph/record"
)

// task is one search, the same for every side.
type task struct {
	text     string
	facets   bool
	filtered bool // weeknotes between two days, the newest first, instead of a text
	from, to record.PartialDate
}

// side is one way of answering tasks.
type side struct {
	name   string
	search func(context.Context, task) (found, error)
}

// job is tasks of one sort, and who does them.
type job struct {
	name  string
	work  string // of which goal it is
	tasks []task
	sides []side
}

const (
	inProcess = "in process"
	graphQL   = "GraphQL"
	alone     = "Bleve"
	postgres  = "PostgreSQL"
)

// jobs draws the searches. Each finds something by its words alone: what does not
// is answered by other words, which only the service looks for.
func jobs(ctx context.Context, w *world, s settings) ([]job, error) {
	sides := []side{{inProcess, w.inProcess}, {graphQL, w.overHTTP}, {alone, w.bleve.search}}
	if w.postgres != nil {
		sides = append(sides, side{postgres, w.postgres.search})
	}
	rng := rand.New(rand.NewPCG(s.seed, 99))
	var list []job
	work := "ranked"
	var failed error
	add := func(name string, make func() task) {
		j := job{name: name, work: work, sides: sides}
		if !strings.Contains(name, s.only) {
			return
		}
		for drawn := 0; len(j.tasks) < s.queries && failed == nil; drawn++ {
			if drawn > 1000*s.queries {
				failed = fmt.Errorf("%s: too few searches find something in %d notes", name, w.notes())
			}
			task := make()
			got, err := w.bleve.search(ctx, task)
			if failed = cmp.Or(failed, err); got.total > 0 {
				j.tasks = append(j.tasks, task)
			}
		}
		list = append(list, j)
	}
	word := func() string { return w.someWord(rng) }
	add("one word", func() task { return task{text: word()} })
	add("two words", func() task { return task{text: word() + " " + word()} })
	add("either of two words", func() task { return task{text: word() + " OR " + word()} })
	add("any of three words", func() task { return task{text: word() + " OR " + word() + " OR " + word()} })
	add("a phrase", func() task { return task{text: `"` + w.somePhrase(rng) + `"`} })
	add("a name", func() task { return task{text: w.someName(rng)} })
	work = "3 facets"
	add("one word, 3 facets", func() task { return task{text: word(), facets: true} })
	add("either of two words, 3 facets", func() task { return task{text: word() + " OR " + word(), facets: true} })
	work = "dates"
	add("weeknotes of some years, 3 facets", func() task {
		t := task{facets: true, filtered: true}
		year := int16(2015 + rng.IntN(10))
		t.from = record.PartialDate{Year: year, Month: uint8(1 + rng.IntN(12)), Day: 1}
		t.to = record.PartialDate{Year: year + 2, Month: 12, Day: 31}
		return t
	})
	return list, failed
}

// notes is how many notes the world has.
func (w *world) notes() int {
	var n int
	fmt.Sscan(baseOf(w.dir), &n)
	return n
}

func baseOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// someWord is a word such as people search for: neither one that is in every
// note nor one that is in none, the middle ranks being as likely as the high ones.
func (w *world) someWord(rng *rand.Rand) string {
	const first, last = 60, 3000
	rank := first * math.Pow(last/first, rng.Float64())
	return w.programme.Word(int(rank))
}

// somePhrase is two words that follow each other in a note.
func (w *world) somePhrase(rng *rand.Rand) string {
	for {
		n := w.programme.Note(rng.IntN(w.notes()))
		words := strings.Fields(n.Text.Main.Of(n.Text.Body))
		i := 10 + rng.IntN(len(words)-20)
		a, b := words[i], words[i+1]
		if len(a) > 3 && len(b) > 3 && a == strings.ToLower(a) && b == strings.ToLower(b) && !strings.ContainsAny(a+b, ".,()") {
			return a + " " + b
		}
	}
}

// someName is the name of a project, a partner or a person.
func (w *world) someName(rng *rand.Rand) string {
	kind := []record.Kind{record.ProjectKind, record.PartnerKind, record.PersonKind}[rng.IntN(3)]
	list := w.programme.Records(kind)
	return list[rng.IntN(len(list))].Name
}

// statements are the single statements of a script.
func statements(script string) (list []string) {
	for _, s := range strings.Split(script, ";") {
		if s = strings.TrimSpace(s); s != "" {
			list = append(list, s)
		}
	}
	return list
}
