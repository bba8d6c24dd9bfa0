// Pages measures what the pages cost, on a made-up programme served by the real
// server: how long the server takes, how many bytes a first view takes over the
// wire, and in headless Chromium how soon the largest thing is painted, how far
// the layout shifts and how long scripts block. `make bench-pages` runs it.
//
//	world.go    the data, and the server on a socket of this machine
//	sorts.go    the sorts of page, and the addresses of each
//	measure.go  what the server takes
//	browser.go  what the browser measures, asked of e2e/vitals
//	table.go    the figures beside their goals
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
	notes   int
	rounds  int
	records int
	seed    uint64
	data    string
	only    string
	browser bool
	changes int
	profile string
	memory  string
	hold    bool
}

func main() { bench.Main("pages", run) }

func run(ctx context.Context, args []string) (err error) {
	flags := flag.NewFlagSet("pages", flag.ContinueOnError)
	s := settings{}
	flags.IntVar(&s.notes, "n", 10_000, "how many notes")
	flags.IntVar(&s.rounds, "rounds", 3, "how often every address is asked for; the first time counts apart")
	flags.IntVar(&s.records, "records", 40, "how many different addresses of each sort of page")
	flags.Uint64Var(&s.seed, "seed", 1, "which programme")
	flags.StringVar(&s.data, "data", "", "a folder where the data is kept and found again; none when left out")
	flags.StringVar(&s.only, "only", "", "measure only the sorts of page whose name has this in it")
	flags.BoolVar(&s.browser, "browser", true, "whether to look at the pages in Chromium too")
	flags.IntVar(&s.changes, "changes", 5, "how often a page of each sort is asked for right after a change")
	flags.StringVar(&s.profile, "cpuprofile", "", "a file for a profile of where the server's time goes")
	flags.StringVar(&s.memory, "memprofile", "", "a file for a profile of what the server allocates")
	flags.BoolVar(&s.hold, "hold", false, "serve until interrupted, and measure nothing")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if s.notes < 100 || s.rounds < 1 || s.records < 1 {
		return errors.New("-n begins at 100, -rounds and -records at 1")
	}
	w, err := newWorld(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	if s.hold {
		bench.Progress("serving on %s; staff sign in with the token %q", w.site, token)
		<-ctx.Done()
		return nil
	}
	if err := w.started(ctx); err != nil {
		return err
	}
	stop, err := bench.Profile(s.profile)
	if err != nil {
		return err
	}
	rows, err := measure(ctx, w, s)
	stop()
	err = errors.Join(err, bench.Allocations(s.memory))
	if err == nil && s.browser {
		err = look(ctx, w, rows)
	}
	print(os.Stdout, s, rows) // what there is of it, also when somebody lost patience
	return err
}
