package export

import (
	"strings"
	"time"

	"lotigraph/record"
)

// pair is a named value, where the order of names is part of the format.
type pair struct{ name, value string }

// about is what every export says of itself where its format has a place: whose
// data it is, which version, how it was looked at, what was let through, under
// which licence, and when. What is not known is left out.
func (e *exporter) about() []pair {
	when := ""
	if !e.o.Now.IsZero() {
		when = e.o.Now.UTC().Format(time.RFC3339)
	}
	list := []pair{
		{"title", "LOTI Graph"},
		{"address", e.o.PublicURL},
		{"dataVersion", e.o.DataVersion},
		{"lens", lensWords(e.o.Lens)},
		{"filter", e.o.filterWords()},
		{"licence", e.o.Licence},
		{"exported", when},
	}
	kept := list[:0]
	for _, p := range list {
		if p.value != "" {
			kept = append(kept, p)
		}
	}
	return kept
}

// sentence is what an export says of itself as running text.
func (e *exporter) sentence() string {
	var parts []string
	for _, p := range e.about() {
		parts = append(parts, p.name+": "+p.value)
	}
	return strings.Join(parts, "; ")
}

func lensWords(l record.Lens) string {
	words := "no cut in time"
	if !l.AsOf.IsZero() {
		words = "as of " + l.AsOf.String()
	}
	if l.Proposed {
		words += ", proposed links included"
	} else {
		words += ", confirmed links only"
	}
	return words + ", seen as " + max(l.Viewer.Clearance, record.Public).String()
}

func (o Options) filterWords() string {
	if o.question != "" {
		return o.question
	}
	words := "records: all"
	if len(o.Kinds) > 0 {
		words = "records: " + joined(o.kinds())
	}
	if o.Found != nil {
		words += "; found by: " + o.Search
	}
	if len(o.Types) > 0 {
		return words + "; links: " + joined(o.types())
	}
	return words + "; links: all but MENTIONS"
}

func joined[T interface{ String() string }](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = v.String()
	}
	return strings.Join(words, ", ")
}
