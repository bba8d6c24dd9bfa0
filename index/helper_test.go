package index

import (
	"context"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"
	"testing"

	"lotigraph/record"
)

// log is a source made of the documents themselves, in order.
type log []record.Document

func (l log) Lineage() string { return "a test" }

func (l log) Documents(_ context.Context, after uint64) iter.Seq2[record.Document, error] {
	return func(yield func(record.Document, error) bool) {
		for _, d := range l {
			if d.Number > after && !yield(d, nil) {
				return
			}
		}
	}
}

// last is the number of the last change.
func (l log) last() uint64 {
	if len(l) == 0 {
		return 0
	}
	return l[len(l)-1].Number
}

// menu and footer are around every main part, so that offsets are tested.
const (
	menu   = "Home · About · Weeknotes\n\n"
	footer = "\n\nSecretfooter © LOTI"
)

// newText is a text with furniture around its main part.
func newText(id record.ID, name, main string) record.Document {
	return record.Document{
		Node: record.Node{ID: id, Name: name, Weeknote: &record.Weeknote{Form: record.FormWeeknote, Visibility: record.Public}},
		Body: menu + main + footer,
		Main: record.Span{Start: len(menu), End: len(menu) + len(main)},
	}
}

// readRecords reads testdata/records.txt, one change per record.
func readRecords(t testing.TB) log {
	t.Helper()
	data, err := os.ReadFile("testdata/records.txt")
	if err != nil {
		t.Fatal(err)
	}
	var l log
	for i, section := range strings.Split("\n"+string(data), "\n-- ")[1:] {
		id, rest, _ := strings.Cut(section, " --\n")
		head, main, _ := strings.Cut(rest, "\n\n")
		d := record.Document{Node: record.Node{ID: record.ID(id)}}
		switch d.Node.Kind() {
		case record.WeeknoteKind:
			d = newText(d.Node.ID, "", strings.TrimSpace(main))
		case record.ProjectKind:
			d.Node.Project = &record.Project{}
		case record.BoroughKind:
			d.Node.Borough = &record.Borough{}
		case record.PartnerKind:
			d.Node.Partner = &record.Partner{}
		}
		for _, line := range strings.Split(strings.TrimSpace(head), "\n") {
			key, value, _ := strings.Cut(line, ": ")
			switch n := &d.Node; key {
			case "name":
				n.Name = value
			case "alias":
				n.Aliases = append(n.Aliases, value)
			case "summary":
				n.Summary = value
			case "theme":
				n.Project.Themes = append(n.Project.Themes, value)
			case "sector":
				n.Partner.Sector = value
			case "ons":
				n.Borough.ONSCode = value
			case "form":
				n.Weeknote.Form = record.Form(value)
			case "date":
				n.Weeknote.Date, err = record.ParsePartialDate(value)
			default:
				err = fmt.Errorf("field %q", key)
			}
			if err != nil {
				t.Fatalf("%s: %v", id, err)
			}
		}
		d.Number = uint64(i + 1)
		l = append(l, d)
	}
	return l
}

// open opens an index and closes it with the test.
func open(t testing.TB, dir string) *Index {
	t.Helper()
	ix, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

// follow opens an index and has it hold the log.
func follow(t testing.TB, dir string, l log) *Index {
	t.Helper()
	ix := open(t, dir)
	catchUp(t, ix, l)
	return ix
}

func catchUp(t testing.TB, ix *Index, l log) {
	t.Helper()
	if err := ix.CatchUp(t.Context(), l, l.last()); err != nil {
		t.Fatal(err)
	}
	if ix.Position() != l.last() {
		t.Fatalf("position %d, want %d", ix.Position(), l.last())
	}
}

func snapshot(t testing.TB, ix *Index) *Snapshot {
	t.Helper()
	s, err := ix.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func find(t testing.TB, s *Snapshot, q Query) Result {
	t.Helper()
	if q.First == 0 {
		q.First = 100
	}
	r, err := s.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("%q: %v", q.Text, err)
	}
	return r
}

// ids are the hits, in their order, as a line.
func ids(r Result) string {
	var list []string
	for _, h := range r.Hits {
		list = append(list, string(h.ID))
	}
	return strings.Join(list, " ")
}

// newLinks are the links of some records, by their places.
func newLinks(s *Snapshot, rows map[record.ID]Linked) *Links {
	var ids []record.ID
	places := map[record.ID]int{}
	place := func(id record.ID) int {
		if _, ok := places[id]; !ok {
			places[id] = len(ids)
			ids = append(ids, id)
		}
		return places[id]
	}
	all := func(list []record.ID) (of []int) {
		for _, id := range list {
			of = append(of, place(id))
		}
		return of
	}
	var placed []LinkedPlaces
	for id := range rows {
		place(id)
	}
	for _, id := range slices.Clone(ids) {
		row := LinkedPlaces{Records: all(rows[id].Records), Authors: all(rows[id].Authors), Leads: all(rows[id].Leads)}
		for _, p := range rows[id].Parts {
			row.Parts = append(row.Parts, PlacedPart{place(p.Participant), place(p.Project), p.Role})
		}
		placed = append(placed, row)
	}
	return NewLinks(s, ids, slices.Values(placed))
}
