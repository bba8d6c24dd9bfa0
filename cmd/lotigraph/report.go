package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"lotigraph/ingest"
)

// shownNames is how many unknown names a report for people lists.
const shownNames = 20

// sayReport prints what an import did. It returns errSaid when something was
// refused.
func (p *program) sayReport(r ingest.Report, o ingest.Options, asJSON bool) error {
	if asJSON {
		if err := p.printJSON(r); err != nil {
			return err
		}
	} else {
		p.sayWords(r, o)
	}
	p.sayProblems(r)
	if len(r.Problems) > 0 {
		return errSaid
	}
	return nil
}

func (p *program) sayWords(r ingest.Report, o ingest.Options) {
	if o.DryRun {
		fmt.Fprintln(p.stdout, "Nothing was changed; this is what would happen:")
	}
	fmt.Fprintf(p.stdout, "texts    %s\n", listed(counted{r.Added, "added"}, counted{r.Changed, "changed"}, counted{r.Unchanged, "there already"}, counted{r.Withdrawn, "left alone, as withdrawn"}))
	fmt.Fprintf(p.stdout, "records  %s\n", listed(counted{r.RecordsAdded, "added"}, counted{r.RecordsChanged, "changed"}))
	fmt.Fprintf(p.stdout, "links    %s\n", listed(counted{r.LinksConfirmed, "confirmed"}, counted{r.LinksProposed, "proposed for review"}, counted{r.LinksSupported, "with new evidence"}))
	if r.Mentions > 0 {
		fmt.Fprintf(p.stdout, "mentions %d of known records\n", r.Mentions)
	}
	if len(r.Unknown) > 0 {
		hint := "lotigraph inbox settles them; --accept-new makes records of them, and so does a table that lists them"
		if o.AcceptNew {
			hint = "lotigraph inbox settles them"
		}
		fmt.Fprintf(p.stdout, "%s that nobody knows; %s:\n", plural(len(r.Unknown), "name"), hint)
	}
	for i, u := range r.Unknown {
		if i == shownNames {
			fmt.Fprintf(p.stdout, "  and %d more; --json lists them all\n", len(r.Unknown)-i)
			break
		}
		fmt.Fprintf(p.stdout, "  %s (%s, in %s)\n", u.Name, u.Kind.Label(), plural(u.Count, "text"))
	}
	if r.Version > 0 {
		fmt.Fprintf(p.stdout, "data version %d\n", r.Version)
	}
}

// sayProblems says what was refused, each as file:line: field: reason.
func (p *program) sayProblems(r ingest.Report) {
	for _, problem := range r.Problems {
		fmt.Fprintln(p.stderr, problem.Error())
	}
}

// counted is a number of things with what became of them.
type counted struct {
	n    int
	what string
}

// listed says the numbers that are not 0.
func listed(counts ...counted) string {
	var parts []string
	for _, c := range counts {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	if parts == nil {
		return "no change"
	}
	return strings.Join(parts, ", ")
}

// plural says a number of things whose plural ends in s.
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// printJSON prints a value for machines, and for people who read JSON.
func (p *program) printJSON(v any) error {
	out := json.NewEncoder(p.stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(v)
}
