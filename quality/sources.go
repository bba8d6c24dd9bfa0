package quality

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// Source is a place that texts come from.
type Source struct {
	Host        string // the site they were published on; "" for texts without an address
	Form        record.Form
	Texts       int
	First, Last record.PartialDate // of their dates; zero where none is dated
}

// Sources counts the texts that the lens shows by where they come from: those with
// most texts first.
func Sources(ctx context.Context, s *graph.Snapshot, l record.Lens) ([]Source, error) {
	type key struct {
		host string
		form record.Form
	}
	found := map[key]*Source{}
	for at, err := range s.Nodes(ctx, l, record.WeeknoteKind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil {
			return nil, err
		}
		text := at.Value
		k := key{hostOf(text.URL), text.Weeknote.Form}
		if found[k] == nil {
			found[k] = &Source{Host: k.host, Form: k.form}
		}
		found[k].add(text.Weeknote.Date)
	}
	var list []Source
	for _, source := range found {
		list = append(list, *source)
	}
	slices.SortFunc(list, func(a, b Source) int {
		return cmp.Or(b.Texts-a.Texts, cmp.Compare(a.Host, b.Host), cmp.Compare(a.Form, b.Form))
	})
	return list, nil
}

func (s *Source) add(d record.PartialDate) {
	s.Texts++
	if d.IsZero() {
		return
	}
	if s.First.IsZero() || d.Compare(s.First) < 0 {
		s.First = d
	}
	if d.Compare(s.Last) > 0 {
		s.Last = d
	}
}

func hostOf(address string) string {
	at, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(at.Hostname(), "www.")
}
