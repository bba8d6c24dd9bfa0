package main

import (
	"context"
	"fmt"
	"strings"

	"lotigraph/record"
)

// differenceRow is a row of what differs, as it is printed.
type differenceRow struct {
	What     string             `json:"what"`
	Sentence string             `json:"sentence"`
	Date     record.PartialDate `json:"date,omitzero"`
	Certain  bool               `json:"certain"`
	Evidence []quoted           `json:"evidence"`
}

// quoted is a passage with the text that holds it.
type quoted struct {
	Quote    string `json:"quote"`
	Weeknote struct {
		Name string             `json:"name"`
		Date record.PartialDate `json:"date,omitzero"`
	} `json:"weeknote"`
}

const differenceQuery = `query Difference($fromDate: Date, $toDate: Date, $fromVersion: ID, $toVersion: ID, $first: Int!, $after: String, $lens: Lens) {
  difference(fromDate: $fromDate, toDate: $toDate, fromVersion: $fromVersion, toVersion: $toVersion, first: $first, after: $after, lens: $lens) {
    pageInfo { hasNextPage endCursor } nodes { what sentence date certain evidence { quote weeknote { name date } } } } }`

// diff says what differs between two days, or between two data versions.
func (p *program) diff(ctx context.Context, args []string) error {
	f := p.flags("diff", "FROM [TO]", `Says what differs between two days, written like 2021-05-17, or two data versions, which are numbers: who joined and
left, who moved job or leads what, what was merged or renamed, which texts were added and which facts lost their source.
TO is today, or the newest data version, when left out.`)
	data, address, asJSON := f.data("data"), f.server(), f.json()
	proposed := f.Bool("proposed", false, "links that nobody has reviewed too")
	words, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(words) < 1 || len(words) > 2 {
		return misuse{"diff", "diff: say two days, or two data versions"}
	}
	variables := map[string]any{"first": 100, "lens": map[string]any{"proposed": *proposed}}
	for i, word := range words {
		field := []string{"from", "to"}[i]
		if strings.Contains(word, "-") {
			field += "Date"
		} else {
			field += "Version"
		}
		variables[field] = word
	}
	return p.in(ctx, *data, *address, func(s *session) error {
		rows, err := differenceRows(ctx, s, variables)
		switch {
		case err != nil:
			return err
		case *asJSON:
			return p.printJSON(rows)
		}
		p.sayDifference(rows)
		return nil
	})
}

// differenceRows reads all pages of a difference.
func differenceRows(ctx context.Context, s *session, variables map[string]any) ([]differenceRow, error) {
	rows := []differenceRow{}
	for {
		var got struct {
			Difference struct {
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
				Nodes []differenceRow
			}
		}
		if err := s.ask(ctx, differenceQuery, variables, &got); err != nil {
			return nil, err
		}
		rows = append(rows, got.Difference.Nodes...)
		if !got.Difference.PageInfo.HasNextPage {
			return rows, nil
		}
		variables["after"] = got.Difference.PageInfo.EndCursor
	}
}

func (p *program) sayDifference(rows []differenceRow) {
	if len(rows) == 0 {
		fmt.Fprintln(p.stdout, "Nothing differs.")
	}
	for _, row := range rows {
		maybe := ""
		if !row.Certain {
			maybe = "  (possibly: its date is not known exactly)"
		}
		fmt.Fprintf(p.stdout, "%-14s %s%s\n", row.What, row.Sentence, maybe)
		for _, e := range row.Evidence {
			fmt.Fprintf(p.stdout, "    \"%s\" – %s\n", strings.Join(strings.Fields(e.Quote), " "), e.Weeknote.Name)
		}
	}
}
