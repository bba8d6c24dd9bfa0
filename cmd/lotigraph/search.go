package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lotigraph/index"
	"lotigraph/record"
)

// found is the answer to a search, as GraphQL gives it.
type found struct {
	Total       int           `json:"total"`
	Restated    string        `json:"restated"`
	Ignored     []string      `json:"ignored"`
	DidYouMean  string        `json:"didYouMean,omitempty"`
	Instead     []hint        `json:"instead,omitempty"`
	Refreshed   bool          `json:"refreshed,omitempty"`
	Hits        []hit         `json:"hits"`
	Facets      []searchFacet `json:"facets,omitempty"`
	Next        string        `json:"next,omitempty"` // for --after
	DataVersion string        `json:"dataVersion,omitempty"`
}

// hint is what a search without one of its words would find.
type hint struct {
	Drop       string `json:"drop"`
	TotalCount int    `json:"totalCount"`
}

type hit struct {
	ID       record.ID   `json:"id"`
	Kind     record.Kind `json:"kind"`
	Name     string      `json:"name"`
	Date     string      `json:"date,omitempty"`
	Form     record.Form `json:"form,omitempty"`
	URL      string      `json:"url,omitempty"`
	Score    float64     `json:"score"`
	Snippets []string    `json:"snippets"`
	Why      []string    `json:"why,omitempty"`
}

type searchFacet struct {
	Key    string `json:"key"`
	Values []struct {
		Value string `json:"value"`
		Label string `json:"label"`
		Count int    `json:"count"`
	} `json:"values"`
	More int `json:"more,omitempty"`
}

const searchQuery = `query Search($query: String!, $first: Int!, $after: String, $order: SearchOrder!, $facets: [FacetKey!]!, $count: Boolean!, $why: Boolean!, $lens: Lens) {
  dataset { dataVersion }
  search(query: $query, first: $first, after: $after, orderBy: $order, lens: $lens) {
    totalCount restated ignored didYouMean instead { drop totalCount } refreshed pageInfo { hasNextPage endCursor }
    edges { score why @include(if: $why) snippets { pieces { text } } node { id kind name url ... on Weeknote { date form } } }
    facets(keys: $facets) @include(if: $count) { key more values { value label count } }
  }
}`

// orders are those of a search as the program calls them.
var orders = map[string]string{"relevance": "RELEVANCE", "newest": "NEWEST_FIRST", "oldest": "OLDEST_FIRST", "name": "NAME"}

// search finds records.
func (p *program) search(ctx context.Context, args []string) error {
	f := p.flags("search", "QUERY", `Finds records by their names and words, the best first: words, "phrases", AND, OR, NOT, brackets and fields such as
borough:camden or year:2021. Whoever can open a data folder sees all of it; through a
server, what its token lets one see.`)
	data, server, asJSON, look := f.data("data"), f.server(), f.json(), f.lens()
	first := f.Int("first", 10, "how many to show, 1 to 100")
	after := f.String("after", "", "go on behind this `CURSOR`, which --json gives as next")
	order := f.String("order", "relevance", "relevance, newest, oldest or name")
	facets := f.String("facets", "", "count all that is found by these `KEYS`, parted by commas: kind, form, theme, year, borough, lead, partner, project, person, author, role")
	explain := f.Bool("explain", false, "say why each result is there")
	words, err := f.parse(args)
	switch {
	case err != nil:
		return err
	case len(words) == 0:
		return misuse{"search", "search: say what to look for"}
	case *first < 1 || *first > 100:
		return misuse{"search", fmt.Sprintf("search: --first is 1 to 100, not %d", *first)}
	case orders[*order] == "":
		return misuse{"search", fmt.Sprintf("search: --order is relevance, newest, oldest or name, not %q", *order)}
	}
	lens, err := look.variable()
	if err != nil {
		return err
	}
	keys := parted(strings.ToUpper(*facets), ",")
	for _, key := range keys {
		if k, err := index.ParseKey(key); err != nil || !slices.Contains(index.Facets(), k) {
			return misuse{"search", fmt.Sprintf("search: --facets counts by kind, form, theme, year, borough, lead, partner, project, person, author or role, not by %q", strings.ToLower(key))}
		}
	}
	variables := map[string]any{"query": strings.Join(words, " "), "first": *first, "order": orders[*order],
		"facets": append([]string{}, keys...), "count": len(keys) > 0, "why": *explain, "lens": lens}
	if *after != "" {
		variables["after"] = *after
	}
	return p.in(ctx, *data, *server, func(s *session) error {
		result, err := s.search(ctx, variables)
		if err != nil {
			return err
		}
		if *asJSON {
			return p.printJSON(result)
		}
		p.sayFound(result)
		return nil
	})
}

// snippets is how many passages are shown with a hit.
const snippets = 2

func (s *session) search(ctx context.Context, variables map[string]any) (found, error) {
	var answer struct {
		Dataset struct{ DataVersion string }
		Search  struct {
			TotalCount int
			Restated   string
			Ignored    []string
			DidYouMean string
			Instead    []hint
			Refreshed  bool
			Facets     []searchFacet
			PageInfo   struct {
				HasNextPage bool
				EndCursor   string
			}
			Edges []struct {
				Score    float64
				Why      []string
				Snippets []struct{ Pieces []struct{ Text string } }
				Node     hit
			}
		}
	}
	if err := s.ask(ctx, searchQuery, variables, &answer); err != nil {
		return found{}, err
	}
	got := answer.Search
	result := found{Total: got.TotalCount, Restated: got.Restated, Ignored: got.Ignored, DidYouMean: got.DidYouMean, Instead: got.Instead,
		Refreshed: got.Refreshed, Hits: []hit{}, Facets: got.Facets, DataVersion: answer.Dataset.DataVersion}
	if got.PageInfo.HasNextPage {
		result.Next = got.PageInfo.EndCursor
	}
	for _, e := range got.Edges {
		shown := e.Node
		shown.Score, shown.Why, shown.Snippets = e.Score, e.Why, []string{}
		for _, s := range e.Snippets[:min(snippets, len(e.Snippets))] {
			text := ""
			for _, piece := range s.Pieces {
				text += piece.Text
			}
			shown.Snippets = append(shown.Snippets, text)
		}
		result.Hits = append(result.Hits, shown)
	}
	return result, nil
}

func (p *program) sayFound(result found) {
	fmt.Fprintln(p.stdout, result.Restated)
	for _, ignored := range result.Ignored {
		fmt.Fprintln(p.stdout, ignored)
	}
	if result.Refreshed {
		fmt.Fprintln(p.stdout, "The results have changed since the page before.")
	}
	if result.DidYouMean != "" {
		fmt.Fprintf(p.stdout, "Did you mean %s?\n", result.DidYouMean)
	}
	for _, h := range result.Instead {
		fmt.Fprintf(p.stdout, "Without “%s”: %d\n", h.Drop, h.TotalCount)
	}
	for _, h := range result.Hits {
		p.sayHit(h)
	}
	if more := result.Total - len(result.Hits); more > 0 && len(result.Hits) > 0 {
		fmt.Fprintf(p.stdout, "%d of %d shown; --first shows up to 100\n", len(result.Hits), result.Total)
	}
	for _, facet := range result.Facets {
		fmt.Fprintf(p.stdout, "\nby %s\n", strings.ToLower(facet.Key))
		for _, value := range facet.Values {
			fmt.Fprintf(p.stdout, "%6d  %s\n", value.Count, value.Label)
		}
		if facet.More > 0 {
			fmt.Fprintf(p.stdout, "        and %d more\n", facet.More)
		}
	}
}

func (p *program) sayHit(h hit) {
	about := h.Kind.Label()
	if h.Form != "" {
		about = h.Form.Label()
	}
	if h.Date != "" {
		about += ", " + h.Date
	}
	fmt.Fprintf(p.stdout, "%s (%s)  %s\n", h.Name, about, h.ID)
	for _, s := range h.Snippets {
		fmt.Fprintf(p.stdout, "    %s\n", strings.Join(strings.Fields(s), " "))
	}
	if h.URL != "" && h.Kind == record.WeeknoteKind {
		fmt.Fprintf(p.stdout, "    %s\n", h.URL)
	}
	for _, why := range h.Why {
		fmt.Fprintf(p.stdout, "    · %s\n", why)
	}
}
