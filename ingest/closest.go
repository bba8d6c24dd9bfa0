package ingest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// spelling suggests names for one that no record goes by. It lists the names of
// a kind once, when they are first asked for.
type spelling struct {
	snapshot *graph.Snapshot
	names    map[record.Kind][]string
	asked    int
}

// maxSuggestions is for how many names of a table others are suggested.
const maxSuggestions = 200

// suggestion is the closest known names, as the end of a sentence, "" when none
// is close.
func (s *spelling) suggestion(ctx context.Context, name string, kinds []record.Kind) (string, error) {
	type near struct {
		name string
		off  int
	}
	fold := record.Fold(name)
	if s.asked++; s.asked > maxSuggestions {
		return "", nil
	}
	var all []near
	for _, kind := range kinds {
		names, err := s.of(ctx, kind)
		if err != nil {
			return "", err
		}
		for _, known := range names {
			f := record.Fold(known)
			limit := max(2, min(len(fold), len(f))/3)
			off := record.Distance(fold, f, limit)
			if off > limit && len(fold) > 3 && len(f) > 3 && (strings.Contains(f, fold) || strings.Contains(fold, f)) {
				off = limit
			}
			if off <= limit && f != fold {
				all = append(all, near{known, off})
			}
		}
	}
	slices.SortFunc(all, func(a, b near) int { return cmp.Or(cmp.Compare(a.off, b.off), cmp.Compare(a.name, b.name)) })
	var list []string
	for _, n := range all[:min(len(all), 3)] {
		list = append(list, fmt.Sprintf("%q", n.name))
	}
	if list == nil {
		return "", nil
	}
	return "; is it " + strings.Join(list, " or ") + "?", nil
}

// of are the names of a kind's records.
func (s *spelling) of(ctx context.Context, kind record.Kind) ([]string, error) {
	if list, ok := s.names[kind]; ok {
		return list, nil
	}
	list := []string{}
	if kind != record.WeeknoteKind { // texts are found by their exact titles
		for at, err := range s.snapshot.Nodes(ctx, everything(), kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				return nil, err
			}
			list = append(list, at.Value.Name)
		}
	}
	if s.names == nil {
		s.names = map[record.Kind][]string{}
	}
	s.names[kind] = list
	return list, nil
}
