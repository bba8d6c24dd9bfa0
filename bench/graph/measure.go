package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"lotigraph/bench"
)

// job is one sort of question, asked of every side that can answer it.
type job struct {
	name, goal string
	tasks      int
	sides      []side
}

// side answers a task; what it returns must be what the others return.
type side struct {
	name string
	ask  func(ctx context.Context, task int) (int, error)
}

// The sides, in the order of the columns.
const (
	memory   = "in memory"
	raw      = "raw Badger"
	postgres = "PostgreSQL"
)

type row struct {
	job
	took map[string]bench.Timing
	mean float64 // of what the tasks return
}

type table struct {
	world *world
	notes int
	rows  []row
}

func (t *table) measure(ctx context.Context, s settings) error {
	for _, j := range jobs(t.world, s) {
		if !strings.Contains(j.name, s.only) {
			continue
		}
		bench.Progress("measuring: %s", j.name)
		if err := t.compare(ctx, s.rounds, j); err != nil {
			return fmt.Errorf("%s: %w", j.name, err)
		}
	}
	return nil
}

// compare lets every side do every task in turn, so that all meet the same noise;
// who begins changes with every task. The first round warms up and does not count.
func (t *table) compare(ctx context.Context, rounds int, j job) error {
	r := row{job: j, took: map[string]bench.Timing{}}
	for round := range rounds + 1 {
		for task := range j.tasks {
			first := -1
			for k := range j.sides {
				side := j.sides[(task+k)%len(j.sides)]
				begun := time.Now()
				got, err := side.ask(ctx, task)
				took := time.Since(begun)
				switch {
				case err != nil:
					return fmt.Errorf("%s, question %d: %w", side.name, task, err)
				case first >= 0 && got != first:
					return fmt.Errorf("question %d: %s says %d, and others %d", task, side.name, got, first)
				}
				first = got
				if round > 0 {
					r.took[side.name] = append(r.took[side.name], took)
				}
			}
			r.mean += float64(first) / float64(j.tasks*(rounds+1))
		}
	}
	t.rows = append(t.rows, r)
	return nil
}

func (t *table) print(out io.Writer) {
	w := t.world
	fmt.Fprintf(out, "\n%d notes, %d links; p50 (p99) in ms\n\n", t.notes, w.links)
	tw := tabwriter.NewWriter(out, 0, 0, 1, ' ', 0)
	fmt.Fprintln(tw, "| question\t| found, mean\t| in memory\t| raw Badger\t| PostgreSQL\t| × Badger\t| × PostgreSQL\t| goal\t|\n|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|")
	for _, r := range t.rows {
		fmt.Fprintf(tw, "| %s\t| %.0f", r.name, r.mean)
		for _, side := range []string{memory, raw, postgres} {
			fmt.Fprintf(tw, "\t| %s", spread(r.took[side]))
		}
		for _, side := range []string{raw, postgres} {
			fmt.Fprintf(tw, "\t| %s", times(r.took[side], r.took[memory]))
		}
		fmt.Fprintf(tw, "\t| %s\t|\n", r.goal)
	}
	tw.Flush()
	slices.Sort(w.build)
	fmt.Fprintf(out, "\nlinks in memory: made in %.2f s (median of %d starts, the fastest %.2f; goal 1 s), %.1f bytes for each direction of a link (goal 16)\n",
		w.build.Quantile(.5).Seconds(), len(w.build), w.build[0].Seconds(), float64(w.cut.Bytes())/float64(2*w.links))
}

func spread(t bench.Timing) string {
	if len(t) == 0 {
		return "–"
	}
	return ms(t.Quantile(.5)) + " (" + ms(t.Quantile(.99)) + ")"
}

func times(theirs, ours bench.Timing) string {
	if len(theirs) == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f", float64(theirs.Quantile(.5))/float64(ours.Quantile(.5)))
}

func ms(d time.Duration) string {
	switch v := d.Seconds() * 1000; {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	default:
		return fmt.Sprintf("%.3f", v)
	}
}
