package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// bar shows how far long work has come: on a terminal as one line that is
// written over, with --verbose as a line for each step, else not at all.
type bar struct {
	out   io.Writer
	lines bool             // a line for each step
	now   func() time.Time // the clock
	last  time.Time        // when it was last drawn
	drawn bool
	marks []mark // of the last seconds, oldest first
}

// mark is how much was done at a time.
type mark struct {
	at   time.Time
	done int
}

// bar makes the progress of one piece of work.
func (p *program) bar(verbose bool) *bar {
	if !verbose && !p.terminal {
		return &bar{}
	}
	return &bar{out: p.stderr, lines: verbose, now: time.Now}
}

const (
	barWidth   = 25 // signs
	barEvery   = 50 * time.Millisecond
	rateWindow = 20 * time.Second // the pace is that of so long; files differ
)

// show draws the bar. Only so often, because a terminal is slow.
func (b *bar) show(done, total int, name string) {
	switch {
	case b.out == nil || total == 0:
		return
	case b.lines:
		fmt.Fprintln(b.out, strings.TrimSpace(fmt.Sprintf("%d/%d %s", done, total, name)))
		return
	}
	now := b.now()
	if len(b.marks) == 0 {
		b.marks = append(b.marks, mark{now, done})
	}
	if now.Sub(b.last) < barEvery && done < total {
		return
	}
	if r := []rune(name); len(r) > 20 {
		name = "…" + string(r[len(r)-19:])
	}
	full := done * barWidth / total
	fmt.Fprintf(b.out, "\r[%s%s] %d/%d %-20s %-20s", strings.Repeat("#", full), strings.Repeat(".", barWidth-full), done, total, b.pace(now, done, total), name)
	b.last, b.drawn = now, true
}

// pace is how fast it goes and how long it will take: "43/s, 2m10s left"; "" as
// long as that cannot be told.
func (b *bar) pace(now time.Time, done, total int) string {
	if last := b.marks[len(b.marks)-1]; now.Sub(last.at) >= time.Second {
		b.marks = append(b.marks, mark{now, done})
	}
	for len(b.marks) > 2 && now.Sub(b.marks[1].at) > rateWindow {
		b.marks = b.marks[1:]
	}
	first := b.marks[0]
	spent := now.Sub(first.at).Seconds()
	if spent < 1 || done == first.done {
		return ""
	}
	rate := float64(done-first.done) / spent
	left := time.Duration(float64(total-done) / rate * float64(time.Second)).Round(time.Second)
	if rate < 10 {
		return fmt.Sprintf("%.1f/s, %s left", rate, left)
	}
	return fmt.Sprintf("%.0f/s, %s left", rate, left)
}

// clear takes the bar off the terminal.
func (b *bar) clear() {
	if b.drawn {
		fmt.Fprintf(b.out, "\r%s\r", strings.Repeat(" ", 110))
	}
}
