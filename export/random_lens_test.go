package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lotigraph/export"
	"lotigraph/graph"
	"lotigraph/record"
)

// filter is a random filter on a lens: kinds, types, records found.
func (w *world) filter(l record.Lens) export.Options {
	o := export.Options{Lens: l, Licence: "a licence", DataVersion: "1", Now: noon()}
	some := func(n int) bool { return w.rng.IntN(n) > 0 }
	if some(2) {
		o.Kinds = slices.DeleteFunc(record.Kinds(), func(record.Kind) bool { return w.rng.IntN(3) == 0 })
	}
	if some(2) {
		o.Types = slices.DeleteFunc(record.LinkTypes(), func(record.LinkType) bool { return w.rng.IntN(3) == 0 })
	}
	if w.rng.IntN(3) == 0 {
		o.Found = map[record.ID]bool{}
		for _, ids := range w.ids {
			for _, id := range ids {
				o.Found[id] = some(2)
			}
		}
	}
	return o
}

var secrets = regexp.MustCompile(`(?i)` + secret + `\d+`)

// tokens are the secrets in a text.
func tokens(texts ...string) map[string]bool {
	found := map[string]bool{}
	for _, text := range texts {
		for _, token := range secrets.FindAllString(text, -1) {
			found[strings.ToLower(token)] = true
		}
	}
	return found
}

// shownTokens are the secrets that a lens shows anywhere: in records, in texts and
// in links.
func shownTokens(t *testing.T, s *graph.Snapshot, l record.Lens) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, kind := range record.Kinds() {
		for at, err := range s.Nodes(t.Context(), l, kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				t.Fatal(err)
			}
			n := at.Value
			maps.Copy(all, tokens(fmt.Sprintf("%s %q %s %s %v", n.ID, n.Names(), n.Summary, n.URL, deref(n.Project))))
			merged, err := s.MergedFrom(t.Context(), l, n.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range append(merged, n.ID) {
				if n.Weeknote == nil {
					break
				}
				for version := range 4 { // 0 is the one now read; no text of a world has more
					text, err := s.Text(t.Context(), l, id, version)
					if err != nil && !errors.Is(err, record.ErrNotFound) {
						t.Fatal(err)
					}
					maps.Copy(all, tokens(text.Body))
				}
			}
			for at, err := range s.Links(t.Context(), l, n.ID, graph.LinkFilter{}, "") {
				if err != nil {
					t.Fatal(err)
				}
				maps.Copy(all, tokens(fmt.Sprintf("%+v", at.Value)))
			}
		}
	}
	return all
}

// bytesOf is an export as bytes that can be searched: a workbook without its
// compression.
func bytesOf(t *testing.T, format string, raw []byte) string {
	t.Helper()
	if format != "xlsx" {
		return string(raw)
	}
	files, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range files.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, in); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// linksShown are the links that a lens shows, found from where they begin.
func linksShown(t *testing.T, s *graph.Snapshot, l record.Lens) (list []record.Link) {
	t.Helper()
	for _, kind := range record.Kinds() {
		for at, err := range s.Nodes(t.Context(), l, kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				t.Fatal(err)
			}
			for at, err := range s.Links(t.Context(), l, at.Value.ID, graph.LinkFilter{Direction: record.Out}, "") {
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, at.Value)
			}
		}
	}
	return list
}

// linkRows are the rows of a table of links that the lens shows, as they stand in
// a CSV file: without its order, which other tests hold.
func linkRows(t *testing.T, s *graph.Snapshot, o export.Options, ids []string) (list []string) {
	t.Helper()
	for _, l := range linksShown(t, s, o.Lens) {
		if !slices.Contains(ids, l.ID) {
			continue
		}
		row := func(text record.ID, quote string) {
			list = append(list, fmt.Sprintf("%q", []string{string(l.From), l.Type.String(), string(l.To), l.Role, l.Since.String(), l.Until.String(), string(l.Status), quote, string(text)}))
		}
		rows := len(list)
		for _, e := range l.Evidence {
			if !e.Superseded {
				row(e.Text, e.Quote)
			}
		}
		if len(list) == rows {
			row("", "")
		}
	}
	slices.Sort(list)
	return list
}

// tableRows are the rows of a table of links as they were before cells were guarded,
// without the columns that are only for people.
func tableRows(t *testing.T, rows [][]string) (list []string) {
	t.Helper()
	for _, row := range rows[1:] {
		var cells []string
		for i, head := range rows[0] {
			switch {
			case strings.HasSuffix(head, "_name"), head == "source_date", head == "holds":
			case i < len(row):
				cells = append(cells, row[i])
			default:
				cells = append(cells, "") // a workbook leaves out cells at the end
			}
		}
		for i, cell := range cells {
			if rest := strings.TrimLeft(cell, "'"); rest != cell && strings.IndexAny(rest, "=+-@\t\r\n＝＋－＠") == 0 {
				cells[i] = cell[1:]
			}
		}
		list = append(list, fmt.Sprintf("%q", cells))
	}
	slices.Sort(list)
	return list
}

// participationsShown counts who takes part in what, by walking along the links of
// each project.
func participationsShown(t *testing.T, s *graph.Snapshot, l record.Lens) (list []string) {
	t.Helper()
	for at, err := range s.Nodes(t.Context(), l, record.ProjectKind, graph.NodeFilter{}, graph.ByName, "") {
		if err != nil {
			t.Fatal(err)
		}
		f := graph.LinkFilter{Types: []record.LinkType{record.Joined, record.PartnerIn}, Direction: record.In}
		for at, err := range s.Links(t.Context(), l, at.Value.ID, f, "") {
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, fmt.Sprint(at.Value.From, " ", at.Value.To, " ", at.Value.Role))
		}
	}
	slices.Sort(list)
	return list
}

// TestAnyExportIsWhatTheLensShows is the law that an export of any graph, through
// any lens and filter, has what a walk over the graph finds, in every format; and
// that nothing the lens hides is in any of its bytes.
func TestAnyExportIsWhatTheLensShows(t *testing.T) {
	hidden := 0
	for seed := range uint64(10) {
		w := randomWorld(t, seed+100)
		w.rng = rand.New(rand.NewPCG(seed, 11))
		s := snapshot(t, w.store)
		every := shownTokens(t, s, staff())
		for range 3 {
			l := w.lens()
			o := w.filter(l)
			want, leftOut := listed(t, s, o)
			shown := shownTokens(t, s, l)
			what := fmt.Sprintf("seed %d, %+v, kinds %v, types %v, found %d", seed, l, o.Kinds, o.Types, len(o.Found))
			for _, f := range export.Formats() {
				var counts export.Counts
				o.Counts = &counts
				raw := write(t, s, f.Name, o)
				for token := range tokens(bytesOf(t, f.Name, raw)) {
					if !shown[token] {
						t.Errorf("%s, %s: %s is told, which the lens hides", what, f.Name, token)
					}
				}
				hasAll(t, what+", "+f.Name, s, o, f.Name, raw, want)
				if f.Name == "jsonl" && counts != (export.Counts{Nodes: len(want.nodes), Links: len(want.links), LeftOut: leftOut}) {
					t.Errorf("%s: counted %+v, left out are %d", what, counts, leftOut)
				}
			}
			hidden += len(every) - len(shown)
			if t.Failed() {
				return
			}
		}
	}
	if hidden == 0 {
		t.Error("no lens hid anything: that is not tested")
	}
}

// hasAll holds that an export of a format has what was listed.
func hasAll(t *testing.T, what string, s *graph.Snapshot, o export.Options, format string, raw []byte, want held) {
	t.Helper()
	var got, all []string
	switch format {
	case "links.csv":
		got, all = tableRows(t, cells(t, raw)), linkRows(t, s, o, want.links)
	case "xlsx":
		book, err := excelize.OpenReader(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		rows, err := book.GetRows("Links")
		if err != nil {
			t.Fatal(err)
		}
		got, all = tableRows(t, rows), linkRows(t, s, o, want.links)
		records, err := book.GetRows("Records")
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range records[1:] {
			got = append(got, row[1])
		}
		all = append(all, want.nodes...)
	case export.Participations:
		for _, row := range rows(t, raw) {
			got = append(got, row["participant_id"]+" "+row["project_id"]+" "+row["role"])
		}
		all = participationsShown(t, s, o.Lens)
	case export.MatrixTable:
		total := 0
		for _, row := range cells(t, raw)[1:] {
			for _, cell := range row[1:] {
				if cell != "" {
					total += 1 + strings.Count(cell, ";")
				}
			}
		}
		boroughs := slices.DeleteFunc(participationsShown(t, s, o.Lens), func(p string) bool { return !strings.HasPrefix(p, "borough:") })
		got, all = []string{fmt.Sprint(total)}, []string{fmt.Sprint(len(boroughs))}
	default:
		h := readers[format](t, raw)
		got, all = append(h.nodes, h.links...), append(slices.Clone(want.nodes), want.links...)
		if format == "nodes.csv" {
			all = slices.Clone(want.nodes)
		}
	}
	slices.Sort(got)
	slices.Sort(all)
	if slices.Equal(got, all) {
		return
	}
	for _, line := range got {
		if !slices.Contains(all, line) {
			t.Errorf("%s: the lens does not show %s", what, line)
		}
	}
	for _, line := range all {
		if !slices.Contains(got, line) {
			t.Errorf("%s: the export has no %s", what, line)
		}
	}
	t.Errorf("%s: the export has %d things, and the lens shows %d", what, len(got), len(all))
}

// cells are the rows of a CSV file.
func cells(t *testing.T, raw []byte) [][]string {
	t.Helper()
	list, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return list
}
