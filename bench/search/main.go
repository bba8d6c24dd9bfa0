// Search measures what searching costs: through the service in process and over
// HTTP, with Bleve alone and with PostgreSQL, in turn and in one run, on made-up
// programmes. `make bench-search` runs it.
//
//	world.go     the data: a graph, its index, Bleve alone, PostgreSQL
//	ours.go      searches in process and through GraphQL
//	bleve.go     the same documents and compiled queries in Bleve alone
//	postgres.go  the same records and links in PostgreSQL
//	work.go      what is searched for
//	measure.go   turns, and what they took
//	single.go    what has no other side: suggestions, writes, starts, memory
//	processor.go what the processor does for a search
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"lotigraph/bench"
)

// settings is what the flags say.
type settings struct {
	sizes    []int
	rounds   int
	queries  int
	seed     uint64
	data     string
	postgres bool
	only     string
	profile  string
	spent    bool
}

func main() { bench.Main("search", run) }

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("search", flag.ContinueOnError)
	sizes := flags.String("n", "1000", "how many notes; several numbers, with commas, for one table each and how the work grows")
	s := settings{}
	flags.IntVar(&s.rounds, "rounds", 3, "how often everything is measured; figures are medians over the rounds")
	flags.IntVar(&s.queries, "queries", 60, "how many different queries of each sort")
	flags.Uint64Var(&s.seed, "seed", 1, "which programme")
	flags.StringVar(&s.data, "data", "", "a folder where the data is kept and found again; none when left out")
	flags.BoolVar(&s.postgres, "postgres", true, "whether to measure PostgreSQL too")
	flags.StringVar(&s.only, "only", "", "measure only what has this in its name: a sort of search, or one of links, suggestions, memory, writes, indexing, start")
	flags.BoolVar(&s.spent, "processor", false, "measure only what the processor does for a search, which other work on the machine blurs less")
	flags.StringVar(&s.profile, "cpuprofile", "", "a file for a profile of where time goes")
	if err := flags.Parse(args); err != nil {
		return err
	}
	for _, size := range strings.Split(*sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(size))
		if err != nil || n < 100 {
			return fmt.Errorf("-n: %q is not a number of notes, from 100 on", size)
		}
		s.sizes = append(s.sizes, n)
	}
	var all []*table
	for _, n := range s.sizes {
		t, err := measure(ctx, s, n)
		if err != nil {
			return fmt.Errorf("%d notes: %w", n, err)
		}
		if t == nil { // it was printed
			continue
		}
		all = append(all, t)
		t.print(os.Stdout)
	}
	printGrowth(os.Stdout, all)
	return nil
}

// measure makes a world and runs everything in it.
func measure(ctx context.Context, s settings, n int) (t *table, err error) {
	w, err := newWorld(ctx, s, n)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	t = &table{notes: n}
	stop, err := bench.Profile(s.profile)
	if err != nil {
		return nil, err
	}
	defer stop()
	if s.spent {
		return nil, processor(ctx, w, s, os.Stdout)
	}
	list, err := jobs(ctx, w, s)
	if err != nil {
		return nil, err
	}
	for _, job := range list {
		bench.Progress("measuring: %s", job.name)
		if err := t.compare(ctx, s.rounds, job); err != nil {
			return nil, fmt.Errorf("%s: %w", job.name, err)
		}
	}
	return t, t.singles(ctx, w, s)
}
