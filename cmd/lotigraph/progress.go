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
	lines bool      // a line for each step
	last  time.Time // when it was last drawn
	drawn bool
}

// bar makes the progress of one piece of work.
func (p *program) bar(verbose bool) *bar {
	if !verbose && !p.terminal {
		return &bar{}
	}
	return &bar{out: p.stderr, lines: verbose}
}

// barWidth is how many signs wide the bar is.
const barWidth = 30

// show draws the bar. Only so often, because a terminal is slow.
func (b *bar) show(done, total int, name string) {
	switch {
	case b.out == nil || total == 0:
		return
	case b.lines:
		fmt.Fprintln(b.out, strings.TrimSpace(fmt.Sprintf("%d/%d %s", done, total, name)))
		return
	case time.Since(b.last) < 50*time.Millisecond && done < total:
		return
	}
	full := done * barWidth / total
	if r := []rune(name); len(r) > 30 {
		name = "…" + string(r[len(r)-29:])
	}
	fmt.Fprintf(b.out, "\r[%s%s] %d/%d %-30s", strings.Repeat("#", full), strings.Repeat(".", barWidth-full), done, total, name)
	b.last, b.drawn = time.Now(), true
}

// clear takes the bar off the terminal.
func (b *bar) clear() {
	if b.drawn {
		fmt.Fprintf(b.out, "\r%s\r", strings.Repeat(" ", 79))
	}
}
