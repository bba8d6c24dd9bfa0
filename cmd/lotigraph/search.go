package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"lotigraph/record"
	"lotigraph/view"
)

// found is the answer to a search, wherever it was asked.
type found struct {
	Total      int      `json:"total"`
	Restated   string   `json:"restated"`
	Ignored    []string `json:"ignored"`
	DidYouMean string   `json:"didYouMean,omitempty"`
	Hits       []hit    `json:"hits"`
}

type hit struct {
	ID       record.ID   `json:"id"`
	Kind     record.Kind `json:"kind"`
	Name     string      `json:"name"`
	Score    float64     `json:"score"`
	Snippets []string    `json:"snippets"`
}

// search finds records in a data folder, or through a server.
func (p *program) search(ctx context.Context, args []string) error {
	f := p.flags("search", "QUERY", `Finds records by their names and words, the best first: words, "phrases", AND, OR, NOT, brackets and fields such as
borough:camden or year:2021. Whoever can open a data folder sees all of it; through a
server, what its token lets one see.`)
	data, server, asJSON := f.data("data"), f.server(), f.json()
	first := f.Int("first", 10, "how many to show, 1 to 100")
	words, err := f.parse(args)
	switch {
	case err != nil:
		return err
	case len(words) == 0:
		return misuse{"search", "search: say what to look for"}
	case *first < 1 || *first > 100:
		return misuse{"search", fmt.Sprintf("search: --first is 1 to 100, not %d", *first)}
	}
	var result found
	query := strings.Join(words, " ")
	if *server != "" {
		result, err = p.searchThrough(ctx, *server, query, *first)
	} else {
		result, err = p.searchFolder(ctx, *data, query, *first)
	}
	switch {
	case err != nil:
		return err
	case *asJSON:
		return p.printJSON(result)
	}
	p.sayFound(result)
	return nil
}

// snippets is how many passages are shown with a hit.
const snippets = 2

func (p *program) searchFolder(ctx context.Context, data, query string, first int) (result found, err error) {
	f, err := existingFolder(data, p.quiet())
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	v, end, err := f.view(ctx, p.quiet())
	if err != nil {
		return result, err
	}
	defer end()
	hits, err := v.Search(ctx, owner(), view.Request{Text: query, First: first, Snippets: snippets})
	result = found{Total: hits.Total, Restated: hits.Restated, Ignored: append([]string{}, hits.Ignored...), DidYouMean: hits.DidYouMean, Hits: []hit{}}
	for _, h := range hits.Hits {
		shown := hit{ID: h.ID, Kind: h.ID.Kind(), Name: h.Node.Name, Score: h.Score, Snippets: []string{}}
		for _, s := range h.Snippets {
			shown.Snippets = append(shown.Snippets, s.Text)
		}
		result.Hits = append(result.Hits, shown)
	}
	return result, err
}

const searchQuery = `query Search($query: String!, $first: Int!) {
  search(query: $query, first: $first) { totalCount restated ignored didYouMean edges { score snippets { text } node { id kind name } } }
}`

func (p *program) searchThrough(ctx context.Context, server, query string, first int) (result found, err error) {
	remote, err := p.remote(server)
	if err != nil {
		return result, err
	}
	var answer struct {
		Search struct {
			TotalCount int
			Restated   string
			Ignored    []string
			DidYouMean string
			Edges      []struct {
				Score    float64
				Snippets []struct{ Text string }
				Node     hit
			}
		}
	}
	err = remote.ask(ctx, searchQuery, map[string]any{"query": query, "first": first}, &answer)
	result = found{Total: answer.Search.TotalCount, Restated: answer.Search.Restated, Ignored: answer.Search.Ignored, DidYouMean: answer.Search.DidYouMean, Hits: []hit{}}
	for _, e := range answer.Search.Edges {
		shown := e.Node
		shown.Score, shown.Snippets = e.Score, []string{}
		for _, s := range e.Snippets {
			if len(shown.Snippets) < snippets {
				shown.Snippets = append(shown.Snippets, s.Text)
			}
		}
		result.Hits = append(result.Hits, shown)
	}
	return result, err
}

func (p *program) sayFound(result found) {
	fmt.Fprintln(p.stdout, result.Restated)
	for _, ignored := range result.Ignored {
		fmt.Fprintln(p.stdout, ignored)
	}
	if result.DidYouMean != "" {
		fmt.Fprintf(p.stdout, "Did you mean %s?\n", result.DidYouMean)
	}
	for _, h := range result.Hits {
		fmt.Fprintf(p.stdout, "%s (%s)  %s\n", h.Name, h.Kind.Label(), h.ID)
		for _, s := range h.Snippets {
			fmt.Fprintf(p.stdout, "    %s\n", strings.Join(strings.Fields(s), " "))
		}
	}
	if more := result.Total - len(result.Hits); more > 0 && len(result.Hits) > 0 {
		fmt.Fprintf(p.stdout, "and %d more; --first shows up to 100\n", more)
	}
}
