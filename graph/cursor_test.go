package graph_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// library is a graph with lists worth paging: dates that coincide or are
// missing, names that fold alike, evidence that is hidden.
func library(t testing.TB) *graph.Store {
	s, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	var ops []record.Op
	for i := range 14 {
		id := record.ID(fmt.Sprintf("project:p-%d", 20-i)) // ids and refs run against each other
		node := saveNode(record.ProjectKind, []string{"Data Map", "data-map", "Playbook"}[i%3])
		node.SaveNode.Node.ID = id
		text := saveText(fmt.Sprint(i), fmt.Sprintf("Note %d\n\nSnook and Nitrous work.", i%4), record.Visibility(1+i%2), []string{"", "2021", "2021-05", "2021-05-03"}[i%4],
			map[string]record.ID{"Snook": "partner:snook"})
		text.SaveText.Handle = fmt.Sprint("#", i)
		link := func(from, quote string) record.Op {
			return during(saveLink(record.PartnerIn, record.ID(from), id, record.ID(fmt.Sprint("#", i)), quote, record.Confirmed), []string{"", "2020", "2021-01-02"}[i%3], "")
		}
		ops = append(ops, node, text, link("partner:snook", "Snook"), link("partner:nitrous", "Nitrous"))
		if i > 0 { // a second passage, which the public may see or may not
			again := link("partner:snook", "work")
			again.SaveLink.Link.Evidence[0].Text = record.ID(fmt.Sprint("#", i-1))
			ops = append(ops, again)
		}
	}
	ops = append([]record.Op{saveNode(record.PartnerKind, "Snook"), saveNode(record.PartnerKind, "Nitrous")}, ops...)
	if _, err := s.Commit(t.Context(), change("library", ops...)); err != nil {
		t.Fatal(err)
	}
	return s
}

// lists are the paged lists of a snapshot, each from behind a cursor on.
func lists(t testing.TB, snap *graph.Snapshot, l record.Lens) map[string]func(after string) iter.Seq2[graph.At[string], error] {
	all := map[string]func(after string) iter.Seq2[graph.At[string], error]{
		"links": func(after string) iter.Seq2[graph.At[string], error] {
			return named(snap.Links(t.Context(), l, "partner:snook", graph.LinkFilter{}, after), func(v record.Link) string { return v.ID })
		},
		"jobs": func(after string) iter.Seq2[graph.At[string], error] {
			f := graph.LinkFilter{Direction: record.Out, Types: []record.LinkType{record.PartnerIn, record.WorksFor}}
			return named(snap.Links(t.Context(), l, "partner:nitrous", f, after), func(v record.Link) string { return v.ID })
		},
		"participations": func(after string) iter.Seq2[graph.At[string], error] {
			return named(snap.Participations(t.Context(), l, graph.ParticipationFilter{}, after), func(v record.Link) string { return v.ID })
		},
	}
	for _, order := range []graph.Order{graph.ByName, graph.NewestFirst, graph.OldestFirst} {
		all[fmt.Sprint("order ", order)] = func(after string) iter.Seq2[graph.At[string], error] {
			return named(snap.Nodes(t.Context(), l, record.WeeknoteKind, graph.NodeFilter{}, order, after), func(v record.Node) string { return string(v.ID) })
		}
	}
	return all
}

func named[T any](list iter.Seq2[graph.At[T], error], name func(T) string) iter.Seq2[graph.At[string], error] {
	return func(yield func(graph.At[string], error) bool) {
		for at, err := range list {
			if !yield(graph.At[string]{Value: name(at.Value), Cursor: at.Cursor}, err) {
				return
			}
		}
	}
}

// collect reads a list to its end.
func collect(list iter.Seq2[graph.At[string], error]) (names, cursors []string, err error) {
	for at, err := range list {
		if err != nil {
			return nil, nil, err
		}
		names, cursors = append(names, at.Value), append(cursors, at.Cursor)
	}
	return names, cursors, nil
}

// Behind each cursor that a list gives stands the rest of that list.
func TestEveryCursorContinues(t *testing.T) {
	snap := snapshot(t, library(t))
	for _, l := range []record.Lens{public, members, staff} {
		for what, list := range lists(t, snap, l) {
			names, cursors, err := collect(list(""))
			if err != nil || len(names) < 4 {
				t.Fatalf("%s: %d items, %v", what, len(names), err)
			}
			for i, cursor := range cursors {
				if rest, _, err := collect(list(cursor)); err != nil || !slices.Equal(rest, names[i+1:]) {
					t.Errorf("%s behind item %d: %q, %v; want %q", what, i, rest, err, names[i+1:])
				}
			}
		}
	}
}

// Whatever is given as a cursor is refused or is a place in the list, behind
// which its end stands.
func FuzzCursor(f *testing.F) {
	s := library(f)
	snap, err := s.Snapshot()
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(snap.Close)
	for _, list := range lists(f, snap, public) {
		_, cursors, _ := collect(list(""))
		for _, cursor := range cursors {
			place, _ := base64.RawURLEncoding.DecodeString(cursor)
			f.Add(place)
			f.Add(append(place, 0))
			f.Add(place[:len(place)-1])
		}
	}
	f.Add([]byte{0, 0, 0, 0})
	f.Add([]byte("\xff"))
	f.Fuzz(func(t *testing.T, place []byte) {
		for _, cursor := range []string{base64.RawURLEncoding.EncodeToString(place), string(place)} {
			for _, l := range []record.Lens{public, staff} {
				for what, list := range lists(t, snap, l) {
					whole, _, err := collect(list(""))
					if err != nil {
						t.Fatal(err)
					}
					rest, _, err := collect(list(cursor))
					if err != nil && !errors.Is(err, record.ErrInvalid) {
						t.Fatalf("%s: %v", what, err)
					}
					if !slices.Equal(rest, whole[len(whole)-len(rest):]) {
						t.Fatalf("%s behind %q: %q is no end of %q", what, cursor, rest, whole)
					}
				}
			}
		}
	})
}
