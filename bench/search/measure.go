package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"lotigraph/bench"
)

// table is what was measured of one size.
type table struct {
	notes  int
	rows   []row
	single []figure
}

// row is one sort of search, by all sides.
type row struct {
	name string
	work string // of which goal it is
	hits int    // median total of the tasks
	took map[string]quantiles
}

// quantiles are medians over the rounds.
type quantiles struct{ p50, p99 time.Duration }

// figure is something that only the service does.
type figure struct{ name, value, goal string }

// compare lets every side do every task in turn, so that all meet the same noise;
// who begins changes with every task. The first round warms up and does not count.
func (t *table) compare(ctx context.Context, rounds int, j job) error {
	took := map[string][]bench.Timing{}
	var totals []int
	for round := range rounds + 1 {
		here := map[string]bench.Timing{}
		for i, task := range j.tasks {
			answers := map[string]found{}
			for k := range j.sides {
				side := j.sides[(i+k)%len(j.sides)]
				begun := time.Now()
				got, err := side.search(ctx, task)
				here[side.name] = append(here[side.name], time.Since(begun))
				if err != nil {
					return fmt.Errorf("%s: %q: %w", side.name, task.text, err)
				}
				answers[side.name] = got
			}
			if round == 0 {
				if err := agree(task, answers); err != nil {
					return err
				}
				totals = append(totals, answers[inProcess].total)
			}
		}
		if round > 0 {
			for name, timing := range here {
				took[name] = append(took[name], timing)
			}
		}
	}
	slices.Sort(totals)
	r := row{name: j.name, work: j.work, hits: totals[len(totals)/2], took: map[string]quantiles{}}
	for name, timings := range took {
		r.took[name] = medians(timings)
	}
	t.rows = append(t.rows, r)
	return nil
}

// agree holds that the sides did the same work: the service both ways and Bleve
// alone find as much and count alike. PostgreSQL cuts words in its own way.
func agree(t task, answers map[string]found) error {
	ours := answers[inProcess]
	for _, name := range []string{graphQL, alone} {
		theirs := answers[name]
		if ours.total != theirs.total {
			return fmt.Errorf("%q: the service finds %d and %s %d", t.text, ours.total, name, theirs.total)
		}
		for value, n := range theirs.facets {
			if known, ok := ours.facets[value]; ok && known != n {
				return fmt.Errorf("%q: the service counts %d of %s and %s %d", t.text, known, value, name, n)
			}
		}
		if len(theirs.facets) != len(ours.facets) {
			return fmt.Errorf("%q: the service has %d values of facets and %s %d", t.text, len(ours.facets), name, len(theirs.facets))
		}
	}
	return nil
}

func medians(rounds []bench.Timing) quantiles {
	median := func(q float64) time.Duration {
		var all bench.Timing
		for _, r := range rounds {
			all = append(all, r.Quantile(q))
		}
		return all.Quantile(.5)
	}
	return quantiles{median(.5), median(.99)}
}

// sides in the order of the columns.
var columns = []string{inProcess, graphQL, alone, postgres}

func (t *table) print(out io.Writer) {
	fmt.Fprintf(out, "\n%d notes; p50 (p99) in ms, medians over the rounds\n\n", t.notes)
	w := tabwriter.NewWriter(out, 0, 0, 1, ' ', 0)
	fmt.Fprint(w, "| search\t| found")
	for _, name := range columns {
		fmt.Fprintf(w, "\t| %s", name)
	}
	fmt.Fprintln(w, "\t| over Bleve\t| × PostgreSQL\t|")
	fmt.Fprintln(w, "|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|")
	for i, r := range t.rows {
		fmt.Fprintf(w, "| %s\t| %d", r.name, r.hits)
		for _, name := range columns {
			q, ok := r.took[name]
			if !ok {
				fmt.Fprint(w, "\t| –")
				continue
			}
			fmt.Fprintf(w, "\t| %s (%s)", ms(q.p50), ms(q.p99))
		}
		r.printRatios(w)
		if whole, n := t.each(r.work); n > 1 && (i+1 == len(t.rows) || t.rows[i+1].work != r.work) {
			fmt.Fprintf(w, "| *%s: one of each*\t| ", r.work)
			for _, name := range columns {
				if q, ok := whole.took[name]; ok {
					fmt.Fprintf(w, "\t| *%s*", ms(q.p50))
				} else {
					fmt.Fprint(w, "\t| –")
				}
			}
			whole.printRatios(w)
		}
	}
	w.Flush()
	fmt.Fprintln(out)
	w = tabwriter.NewWriter(out, 0, 0, 1, ' ', 0)
	fmt.Fprintln(w, "| work\t| figure\t| goal\t|")
	fmt.Fprintln(w, "|---\t|---\t|---\t|")
	for _, f := range t.single {
		fmt.Fprintf(w, "| %s\t| %s\t| %s\t|\n", f.name, f.value, f.goal)
	}
	w.Flush()
}

// printRatios ends a line with what the service over HTTP took in times of what
// others did.
func (r row) printRatios(w io.Writer) {
	ours, theirs := r.took[graphQL].p50, r.took[alone].p50
	fmt.Fprintf(w, "\t| %.2f × %+.2f ms", ratio(ours, theirs), (ours-theirs).Seconds()*1000)
	fmt.Fprintf(w, "\t| %.1f\t|\n", ratio(r.took[postgres].p50, ours))
}

// each is what one search of every sort of some work takes together, in medians, and
// how many sorts there are.
func (t *table) each(work string) (sum row, n int) {
	sum.took = map[string]quantiles{}
	for _, r := range t.rows {
		if r.work != work {
			continue
		}
		n++
		for name, q := range r.took {
			sum.took[name] = quantiles{p50: sum.took[name].p50 + q.p50}
		}
	}
	return sum, n
}

func ms(d time.Duration) string {
	switch v := d.Seconds() * 1000; {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	default:
		return fmt.Sprintf("%.2f", v)
	}
}

func ratio(a, b time.Duration) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// printGrowth says how the work grows from the smallest size to the largest.
func printGrowth(out io.Writer, all []*table) {
	if len(all) < 2 {
		return
	}
	first, last := all[0], all[len(all)-1]
	fmt.Fprintf(out, "\nfrom %d to %d notes, p50 (p99) becomes so many times what it was\n\n", first.notes, last.notes)
	w := tabwriter.NewWriter(out, 0, 0, 1, ' ', 0)
	fmt.Fprint(w, "| search")
	for _, name := range columns {
		fmt.Fprintf(w, "\t| %s", name)
	}
	fmt.Fprintln(w, "\t|\n|---\t|---\t|---\t|---\t|---\t|")
	for i, r := range last.rows {
		fmt.Fprintf(w, "| %s", r.name)
		for _, name := range columns {
			a, b := first.rows[i].took[name], r.took[name]
			fmt.Fprintf(w, "\t| %.1f (%.1f)", ratio(b.p50, a.p50), ratio(b.p99, a.p99))
		}
		fmt.Fprintln(w, "\t|")
	}
	w.Flush()
}
