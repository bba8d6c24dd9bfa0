package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"lotigraph/bench"
)

// On a machine that is busy with other work, how long a search takes says little,
// and what the processor did for it still something. That of a search over HTTP
// has that of whoever asks in it, and PostgreSQL's is another process's.

// processor prints what each side's searches took of the processor, and what they
// allocated.
func processor(ctx context.Context, w *world, s settings, out io.Writer) error {
	if _, err := w.inProcess(ctx, task{text: w.programme.Word(100), facets: true}); err != nil { // so that links are read
		return err
	}
	t := tabwriter.NewWriter(out, 0, 0, 1, ' ', 0)
	fmt.Fprintf(t, "\n%d notes; processor time in ms (kB allocated) of a search\n\n", w.notes())
	fmt.Fprintf(t, "| search\t| %s\t|\n|---\t|---\t|---\t|---\t|\n", strings.Join(columns[:3], "\t| "))
	list, err := jobs(ctx, w, s)
	if err != nil {
		return err
	}
	for _, job := range list {
		bench.Progress("measuring: %s", job.name)
		fmt.Fprintf(t, "| %s", job.name)
		for _, side := range job.sides[:3] {
			took, bytes, err := s.worked(ctx, job, side)
			if err != nil {
				return fmt.Errorf("%s: %s: %w", job.name, side.name, err)
			}
			fmt.Fprintf(t, "\t| %s (%d)", ms(took), bytes>>10)
		}
		fmt.Fprintln(t, "\t|")
	}
	return t.Flush()
}

// worked is what a side's searches took in the round in which it was least, after
// one that warms up.
func (s settings) worked(ctx context.Context, j job, of side) (least time.Duration, bytes uint64, err error) {
	for round := range s.rounds + 1 {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begun := processorTime()
		for _, task := range j.tasks {
			if _, err := of.search(ctx, task); err != nil {
				return 0, 0, err
			}
		}
		took := (processorTime() - begun) / time.Duration(len(j.tasks))
		runtime.ReadMemStats(&after)
		if round > 0 && (least == 0 || took < least) {
			least, bytes = took, (after.TotalAlloc-before.TotalAlloc)/uint64(len(j.tasks))
		}
	}
	return least, bytes, nil
}

// processorTime is what this process took of the processor so far.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
