package server

import (
	"context"
	"encoding/json"

	"github.com/99designs/gqlgen/graphql"

	"lotigraph/index"
	"lotigraph/server/internal/answer"
)

// searchWants reads from the query under way what it asks of its search. Facets
// that are asked for twice, under other names, are counted each for themselves.
func searchWants(ctx context.Context) (w answer.SearchWants) {
	operation := graphql.GetOperationContext(ctx)
	counted := 0
	for _, field := range graphql.CollectFieldsCtx(ctx, nil) {
		switch field.Name {
		case "facets":
			if counted++; counted == 1 {
				w.Facets, w.Values = facetArguments(field.ArgumentMap(operation.Variables))
			}
		case "edges":
			for _, below := range graphql.CollectFields(operation, field.Selections, nil) {
				w.Snippets = w.Snippets || below.Name == "snippets"
				w.Why = w.Why || below.Name == "why"
			}
		}
	}
	return w
}

// facetArguments are the arguments of the field facets; none when they are not
// well formed, which is said when the field itself is resolved.
func facetArguments(given map[string]any) (keys []index.Key, first int) {
	list, _ := given["keys"].([]any)
	for _, name := range list {
		text, _ := name.(string)
		key, err := index.ParseKey(text)
		if err != nil {
			return nil, 0
		}
		keys = append(keys, key)
	}
	switch n := given["first"].(type) {
	case int64:
		first = int(n)
	case int:
		first = n
	case json.Number:
		n64, _ := n.Int64()
		first = int(n64)
	}
	return keys, first
}
