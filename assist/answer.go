package assist

import (
	"encoding/json"
	"errors"
	"strings"
)

// answer is what a model says of a piece of a text, not yet held against it.
type answer struct {
	names   []nameAnswer
	links   []linkAnswer
	unclear int // items that are not of the form asked for
}

type nameAnswer struct {
	Kind         string `json:"kind"`
	Name         string `json:"name"`
	Quote        string `json:"quote"`
	Role         string `json:"role"`
	Organisation string `json:"organisation"`
}

type linkAnswer struct {
	Type  string `json:"type"`
	From  string `json:"from"`
	To    string `json:"to"`
	Role  string `json:"role"`
	Since string `json:"since"`
	Until string `json:"until"`
	Quote string `json:"quote"`
}

// maxStarts is how many opening braces are tried as the beginning of an answer.
const maxStarts = 40

// parseAnswer finds the JSON in what a model wrote: alone, in a block of code,
// behind its thoughts or between other words. An item that is not of the form
// asked for is left out; an answer without lists is an error.
func parseAnswer(content string) (answer, error) {
	if _, behind, thought := strings.Cut(content, "</think>"); thought {
		if a, ok := firstAnswer(behind); ok {
			return a, nil
		}
	}
	if a, ok := firstAnswer(content); ok {
		return a, nil
	}
	return answer{}, errors.New("did not answer in the form asked for: JSON with names and links")
}

func firstAnswer(content string) (a answer, ok bool) {
	for range maxStarts {
		i := strings.IndexByte(content, '{')
		if i < 0 {
			break
		}
		content = content[i:]
		var lists struct {
			Names *[]json.RawMessage `json:"names"`
			Links *[]json.RawMessage `json:"links"`
		}
		if err := json.NewDecoder(strings.NewReader(content)).Decode(&lists); err == nil && (lists.Names != nil || lists.Links != nil) {
			a.names = items[nameAnswer](lists.Names, &a.unclear)
			a.links = items[linkAnswer](lists.Links, &a.unclear)
			return a, true
		}
		content = content[1:]
	}
	return answer{}, false
}

// items decodes each item of a list by itself and counts those that are unclear.
func items[T any](list *[]json.RawMessage, unclear *int) (out []T) {
	if list == nil {
		return nil
	}
	for _, raw := range *list {
		var item T
		if json.Unmarshal(raw, &item) != nil {
			*unclear++
			continue
		}
		out = append(out, item)
	}
	return out
}
