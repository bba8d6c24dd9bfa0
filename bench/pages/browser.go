package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"

	"lotigraph/bench"
)

// vitals is what a browser measures of a page while it loads it for the first time.
type vitals struct {
	Paint   float64 // when the largest thing was painted, ms after the start
	Shift   float64 // how far the layout shifted: cumulative layout shift
	Blocked float64 // how long scripts and layout kept the page from answering: total blocking time, ms
}

// String is the three columns of the table.
func (v *vitals) String() string {
	if v == nil {
		return "–\t| –\t| –"
	}
	return fmt.Sprintf("%.0f ms\t| %.3f\t| %.0f ms", v.Paint, v.Shift, v.Blocked)
}

// look has a browser load the first address of every sort. What drives it is in a
// module of its own, e2e.
func look(ctx context.Context, w *world, rows []*row) error {
	bench.Progress("looking at the pages in Chromium")
	asked := struct {
		Site, CookieName, CookieValue string
		Pages                         []string
	}{w.site, w.staff.Name, w.staff.Value, nil}
	for _, r := range rows {
		asked.Pages = append(asked.Pages, r.addresses[0])
	}
	question, err := json.Marshal(asked)
	if err != nil {
		return err
	}
	command := exec.CommandContext(ctx, "go", "run", "./vitals")
	command.Dir = "e2e"
	command.Stdin, command.Stderr = bytes.NewReader(question), os.Stderr
	out, err := command.Output()
	if err != nil {
		return fmt.Errorf("look at the pages in a browser: %w", err)
	}
	var seen []vitals
	if err := json.Unmarshal(out, &seen); err != nil || len(seen) != len(rows) {
		return fmt.Errorf("the browser tells of %d pages, not %d: %w", len(seen), len(rows), err)
	}
	for i := range rows {
		rows[i].seen = &seen[i]
	}
	return nil
}
