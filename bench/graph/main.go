// Graph measures what walking along links costs: through the links in memory,
// with raw Badger and with PostgreSQL, in turn and in one run, on a made-up
// programme. `make bench-graph` runs it.
//
//	world.go     the data: a graph, Badger alone, PostgreSQL
//	badger.go    the same links as keys in Badger, followed by scans of prefixes
//	postgres.go  the same links as a table, followed by recursive queries
//	jobs.go      what is asked
//	measure.go   turns, and what they took
package main

import (
	"context"
	"errors"
	"flag"
	"os"

	"lotigraph/bench"
)

// settings is what the flags say.
type settings struct {
	notes    int
	rounds   int
	tasks    int
	seed     uint64
	data     string
	badger   bool
	postgres bool
	only     string
	profile  string
}

func main() { bench.Main("graph", run) }

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("graph", flag.ContinueOnError)
	s := settings{}
	flags.IntVar(&s.notes, "n", 10_000, "how many notes")
	flags.IntVar(&s.rounds, "rounds", 3, "how often everything is measured; figures are over all rounds")
	flags.IntVar(&s.tasks, "tasks", 100, "how many different questions of each sort")
	flags.Uint64Var(&s.seed, "seed", 1, "which programme")
	flags.StringVar(&s.data, "data", "", "a folder where the graph is kept and found again; none when left out")
	flags.BoolVar(&s.badger, "badger", true, "whether to measure raw Badger too")
	flags.BoolVar(&s.postgres, "postgres", true, "whether to measure PostgreSQL too")
	flags.StringVar(&s.only, "only", "", "ask only the questions whose name has this in it")
	flags.StringVar(&s.profile, "cpuprofile", "", "a file for a profile of where time goes")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if s.notes < 100 || s.rounds < 1 || s.tasks < 1 {
		return errors.New("-n begins at 100, -rounds and -tasks at 1")
	}
	stop, err := bench.Profile(s.profile)
	if err != nil {
		return err
	}
	defer stop()
	w, err := newWorld(ctx, s)
	if err != nil {
		return err
	}
	t := &table{world: w, notes: s.notes}
	err = t.measure(ctx, s)
	t.print(os.Stdout) // what there is of it, also when somebody lost patience
	return errors.Join(err, w.close())
}
