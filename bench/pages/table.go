package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"lotigraph/bench"
)

// The goals.
const (
	goalServer   = 20 * time.Millisecond // 95 of 100 pages
	goalBytes    = 60_000
	goalExplorer = 110_000
)

// print prints the figures, each sort of page in a line that says which goals it
// misses.
func print(out io.Writer, s settings, rows []*row) {
	fmt.Fprintf(out, "\n%d notes; the server in ms: p50 / p95, and how long the processor works for a page\n\n", s.notes)
	tw := tabwriter.NewWriter(out, 0, 0, 1, ' ', 0)
	fmt.Fprintln(tw, "| page\t| addresses\t| first time\t| again\t| work\t| after a change\t| first view\t| largest paint\t| shift\t| blocked\t| goals\t|\n|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|")
	for _, r := range rows {
		fmt.Fprintf(tw, "| %s\t| %d\t| %s\t| %s\t| %s\t| %s\t| %.1f kB\t| %s\t| %s\t|\n",
			r.name, len(r.addresses), spread(r.once), spread(r.again), ms(r.worked), spread(r.change), float64(r.bytes)/1000, r.seen, r.verdict())
	}
	tw.Flush()
	fmt.Fprintf(out, "\nGoals: p95 of the server ≤ %d ms; first view ≤ %d kB, the explorer ≤ %d kB.\n", goalServer.Milliseconds(), goalBytes/1000, goalExplorer/1000)
}

func spread(t bench.Timing) string {
	if len(t) == 0 {
		return "–"
	}
	return ms(t.Quantile(.5)) + " / " + ms(t.Quantile(.95))
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f", d.Seconds()*1000) }

// verdict says which goals are missed.
func (r *row) verdict() string {
	missed := ""
	for _, one := range []struct {
		name string
		took bench.Timing
	}{{"first time", r.once}, {"again", r.again}, {"after a change", r.change}} {
		if one.took.Quantile(.95) > goalServer {
			missed += ", " + one.name
		}
	}
	most := goalBytes
	if r.explorer {
		most = goalExplorer
	}
	if r.bytes > most {
		missed += ", bytes"
	}
	if missed == "" {
		return "met"
	}
	return "**missed**: " + missed[2:]
}
