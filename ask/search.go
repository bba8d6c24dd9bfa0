package ask

import (
	"context"
	"slices"
	"strings"

	"lotigraph/view"
)

// maxFound is how many records search shows of a question that was not read.
const maxFound = 10

// foundPassages is how many passages show why each was found.
const foundPassages = 2

// unread answers a question that has no reading, or several: by what they are,
// and by what search finds.
func (a Asker) unread(ctx context.Context, question string, r readings) (*Answer, error) {
	answer := &Answer{Lens: a.Lens, OtherReadings: a.askable(ctx, slices.Concat(r.near, r.further, r.offers), "")}
	words := strings.ToValidUTF8(question, " ")
	if len(words) > maxQuestion {
		words = strings.ToValidUTF8(words[:maxQuestion], "")
	}
	found, err := a.View.Search(ctx, a.Lens, view.Request{Text: words, First: maxFound, Snippets: foundPassages})
	if err != nil {
		return nil, err
	}
	answer.Found = found.Hits
	for _, hit := range found.Hits {
		answer.Nodes = append(answer.Nodes, hit.Node)
	}
	search := "here is what search finds."
	if len(found.Hits) == 0 {
		search = "search finds nothing for it either."
	}
	switch {
	case strings.TrimSpace(question) == "":
		answer.Sentence = "Nothing was asked. Ask, for example: " + templates()[0].example()
	case len(r.near) > 1 && len(answer.OtherReadings) > 1:
		answer.Sentence = "This can be read in " + number(len(r.near)) + " ways, so I did not guess; choose one of the readings. Until then, " + search
	case r.unknown != "":
		answer.Sentence = "I could not read this as a question: " + r.unknown + "; " + search
	default:
		answer.Sentence = "I could not read this as a question; " + search
	}
	return answer, nil
}
