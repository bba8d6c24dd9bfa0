package main

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// changeLog lists what was changed, the newest first.
func (p *program) changeLog(ctx context.Context, args []string) error {
	f := p.flags("log", "", "Lists what was changed, the newest first: the number that lotigraph undo takes, when, by whom, what and why.")
	data, address, asJSON := f.data("data"), f.server(), f.json()
	first := f.Int("first", 20, "how many to show, 1 to 100")
	rest, err := f.parse(args)
	switch {
	case err != nil:
		return err
	case len(rest) > 0:
		return misuse{"log", fmt.Sprintf("log takes no arguments, and got %q", rest[0])}
	case *first < 1 || *first > 100:
		return misuse{"log", fmt.Sprintf("log: --first is 1 to 100, not %d", *first)}
	}
	return p.in(ctx, *data, *address, func(s *session) error {
		var got struct {
			Changes struct {
				Nodes []struct {
					Number  string    `json:"number"`
					Time    time.Time `json:"time"`
					Actor   string    `json:"actor"`
					Reason  string    `json:"reason"`
					Summary string    `json:"summary"`
					Refusal string    `json:"refusal"`
					IDs     []string  `json:"ids"`
				} `json:"nodes"`
			}
		}
		err := s.ask(ctx, `query Log($first: Int!) { changes(first: $first) { nodes { number time actor reason summary refusal ids } } }`, map[string]any{"first": *first}, &got)
		if err != nil {
			return err
		}
		if *asJSON {
			return p.printJSON(got.Changes.Nodes)
		}
		for _, c := range got.Changes.Nodes {
			fmt.Fprintf(p.stdout, "%6s  %s  %s %s", c.Number, c.Time.Format("2006-01-02 15:04"), c.Actor, c.Summary)
			if n := len(c.IDs); n > 0 {
				fmt.Fprintf(p.stdout, ": %s", strings.Join(c.IDs[:min(n, shownIDs)], ", "))
				if n > shownIDs {
					fmt.Fprintf(p.stdout, " and %d more", n-shownIDs)
				}
			}
			fmt.Fprintln(p.stdout)
			for _, more := range []string{c.Reason, c.Refusal} {
				if more != "" {
					fmt.Fprintf(p.stdout, "        %s\n", more)
				}
			}
		}
		return nil
	})
}

// shownIDs is how many of the things a change touched are named.
const shownIDs = 4
