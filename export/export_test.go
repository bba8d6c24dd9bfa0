package export_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lotigraph/export"
	"lotigraph/graph"
	"lotigraph/record"
)

var update = flag.Bool("update", false, "rewrite the golden files from what happens")

func noon() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) }

// about is what the golden exports say of themselves.
func about(l record.Lens) export.Options {
	return export.Options{Lens: l, PublicURL: "https://graph.example.org/", Licence: "https://example.org/licence", DataVersion: "small-1", Now: noon()}
}

func staff() record.Lens {
	return record.Lens{Viewer: record.Viewer{Clearance: record.Staff}, Proposed: true}
}

func open(t testing.TB) *graph.Store {
	t.Helper()
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func snapshot(t testing.TB, store *graph.Store) *graph.Snapshot {
	t.Helper()
	s, err := store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func commit(t testing.TB, store *graph.Store, ops ...record.Op) {
	t.Helper()
	c := record.Change{ID: fmt.Sprint("change ", store.Version()), Time: noon(), Actor: "a test", Ops: ops}
	if _, err := store.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func day(s string) record.PartialDate {
	d, err := record.ParsePartialDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func node(handle string, kind record.Kind, n record.Node) record.Op {
	n.Stated = record.Public
	return record.Op{SaveNode: &record.SaveNode{Handle: handle, Kind: kind, Node: n}}
}

func note(handle, source, date string, v record.Visibility, body string) record.Op {
	title, _, _ := strings.Cut(body, "\n")
	return record.Op{SaveText: &record.SaveText{Handle: handle, Title: title,
		Details: record.Weeknote{Source: source, Form: record.FormWeeknote, Date: day(date), Visibility: v},
		Text:    record.Text{Body: body, Title: record.Span{End: len(title)}, Main: record.Span{End: len(body)}}}}
}

// says is a link that a text says.
func says(from record.ID, t record.LinkType, to record.ID, role, since, until string, status record.LinkStatus, text record.ID, quote string) record.Op {
	return record.Op{SaveLink: &record.SaveLink{Link: record.Link{Type: t, From: from, To: to, Role: role, Since: day(since), Until: day(until),
		Status: status, Confidence: 0.5, Evidence: []record.Evidence{{Text: text, Quote: quote, Method: record.Curated, Confidence: 1}}}}}
}

// small is a graph with something of everything that an export has to get right:
// names like formulas and like markup, partial dates, two periods of one link, a
// proposal, a closed text, two records of one name and two that were merged.
func small(t testing.TB) *graph.Store {
	t.Helper()
	store := open(t)
	const open, closed = "#open", "#closed"
	commit(t, store,
		node("#camden", record.BoroughKind, record.Node{Name: "Camden", Aliases: []string{"LB Camden", "Camden Council"}, URL: "https://www.camden.gov.uk", Borough: &record.Borough{ONSCode: "E09000007", Column: 3, Row: 2}}),
		node("#sutton", record.BoroughKind, record.Node{Name: "Sutton", Borough: &record.Borough{ONSCode: "E09000029", Column: 3, Row: 6}}),
		node("#map", record.ProjectKind, record.Node{Name: "Data Map", Summary: "A map; of \"data\",\nin two lines.", Project: &record.Project{Themes: []string{"data sharing", "housing"}, Status: "live", Start: day("2020-11"), End: day("2022")}}),
		node("#sum", record.ProjectKind, record.Node{Name: "=SUM(A1:A9)", Aliases: []string{"+plus", "-minus"}, Summary: "'=quoted already", Project: &record.Project{}}),
		node("#lanterns", record.PartnerKind, record.Node{Name: "@home <Lantern> & Co", Partner: &record.Partner{Sector: "charity"}}),
		node("#snook", record.PartnerKind, record.Node{Name: "Snook", Partner: &record.Partner{Sector: "supplier"}}),
		node("#studio", record.PartnerKind, record.Node{Name: "Snook Studio", Partner: &record.Partner{}}),
		node("#twin", record.PartnerKind, record.Node{Name: "The Snook", Partner: &record.Partner{}}),
		node("#zoe", record.PersonKind, record.Node{Name: "Zoë O’Neill"}),
		note(open, "https://notes.example/1?a=1&b=2", "2021-05-17", record.Public,
			"Weeknote 1\n\nCamden leads the Data Map. Sutton may join the Data Map.\n- Snook works on the Data Map.\nSnook Studio works on the Data Map.\nZoë O’Neill (Head of Data, Camden) leads the Data Map.\n"+
				"Data Map is funded by @home. Camden is a member of @home. Data Map became =SUM(A1:A9)."),
		note(closed, "closed.md", "2021-06", record.Staff, "Weeknote 2\n\nSutton pilots =SUM(A1:A9). Camden leads the Data Map again."),
		says("#camden", record.Joined, "#map", "lead", "2021", "2022-03", record.Confirmed, open, "Camden leads the Data Map."),
		says("#camden", record.Joined, "#map", "lead", "2023-04-05", "", record.Confirmed, closed, "Camden leads the Data Map again."),
		says("#sutton", record.Joined, "#map", "participant", "", "", record.Proposed, open, "Sutton may join the Data Map."),
		says("#sutton", record.Joined, "#sum", "pilot", "2021-06", "", record.Confirmed, closed, "Sutton pilots =SUM(A1:A9)."),
		says("#snook", record.PartnerIn, "#map", "delivery", "", "", record.Confirmed, open, "- Snook works on the Data Map."),
		says("#studio", record.PartnerIn, "#map", "delivery", "", "", record.Confirmed, open, "Snook Studio works on the Data Map."),
		says("#map", record.FundedBy, "#lanterns", "", "2020-11-30", "", record.Confirmed, open, "Data Map is funded by @home."),
		says("#zoe", record.WorksFor, "#camden", "Head of Data", "", "", record.Confirmed, open, "Zoë O’Neill (Head of Data, Camden)"),
		says("#zoe", record.Leads, "#map", "", "", "", record.Confirmed, open, "Zoë O’Neill (Head of Data, Camden) leads the Data Map."),
		says("#zoe", record.Authored, open, "", "", "", record.Confirmed, open, "Zoë O’Neill"),
		says("#camden", record.MemberOf, "#lanterns", "", "", "", record.Confirmed, open, "Camden is a member of @home."),
		says("#map", record.SucceededBy, "#sum", "", "2022", "", record.Confirmed, open, "Data Map became =SUM(A1:A9)."),
		record.Op{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: record.Same, From: "#studio", To: "#snook"}}},
	)
	return store
}

// write exports to memory.
func write(t testing.TB, s *graph.Snapshot, format string, o export.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := export.Write(t.Context(), &b, s, format, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestGolden holds every format of the small graph to a file that people read.
func TestGolden(t *testing.T) {
	s := snapshot(t, small(t))
	for _, f := range export.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			got, name := write(t, s, f.Name, about(staff())), f.Name
			if f.Name == "xlsx" {
				got, name = sheets(t, got), "xlsx.txt"
			}
			file := filepath.Join("testdata", "small", name)
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("got\n%s", got)
			}
		})
	}
}

// sheets is a workbook as text: its sheets, and of each cell that is not empty
// the place, the sort and what is stored. The library that reads is the one that
// wrote; readers_test.go asks another.
func sheets(t *testing.T, raw []byte) []byte {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var b bytes.Buffer
	for _, name := range book.GetSheetList() {
		fmt.Fprintf(&b, "sheet %s\n", name)
		rows, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, value := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				sort, err := book.GetCellType(name, at)
				if err != nil {
					t.Fatal(err)
				}
				if value != "" {
					fmt.Fprintf(&b, "%s %s %q\n", at, map[bool]string{true: "text", false: "number"}[sort == excelize.CellTypeInlineString || sort == excelize.CellTypeSharedString], value)
				}
			}
		}
	}
	return b.Bytes()
}

// TestFormats holds that each format has all that a list of them shows.
func TestFormats(t *testing.T) {
	var names []string
	for _, f := range export.Formats() {
		names = append(names, f.Name)
		if f.Extension == "" || strings.HasPrefix(f.Extension, ".") || !strings.Contains(f.MediaType, "/") || f.Says == "" {
			t.Errorf("%+v", f)
		}
	}
	if want := []string{"nodes.csv", "links.csv", "participations.csv", "matrix.csv", "xlsx", "jsonl", "jsonld", "gexf", "graphml", "kumu"}; !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}

// TestRefusals holds that what cannot be exported is refused before anything is
// written, with a reason.
func TestRefusals(t *testing.T) {
	s := snapshot(t, small(t))
	for _, c := range []struct {
		format string
		o      export.Options
		want   string
	}{
		{"pdf", export.Options{}, `format: "pdf" is not a format; use one of nodes.csv,`},
		{"gexf", export.Options{Kinds: []record.Kind{9}}, "kinds[0]:"},
		{"gexf", export.Options{Types: []record.LinkType{record.Joined, 99}}, "types[1]:"},
		{"gexf", export.Options{Lens: record.Lens{AsOf: day("2021")}}, "asOf:"},
		{"jsonld", export.Options{PublicURL: "graph.example.org"}, "publicUrl:"},
		{"participations.csv", export.Options{Participations: graph.ParticipationFilter{Project: "Nowhere"}}, "filter"},
	} {
		var b bytes.Buffer
		err := export.Write(t.Context(), &b, s, c.format, c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) || b.Len() > 0 {
			t.Errorf("%s: got %v and %d bytes, want %q", c.format, err, b.Len(), c.want)
		}
	}
}

// full is a disk that is full after some bytes.
type full int

func (f *full) Write(b []byte) (int, error) {
	if *f -= full(len(b)); *f < 0 {
		return 0, os.ErrClosed
	}
	return len(b), nil
}

// TestBrokenPipe holds that an export whose reader went away ends with an error.
func TestBrokenPipe(t *testing.T) {
	s := snapshot(t, small(t))
	for _, f := range export.Formats() {
		room := full(40)
		if err := export.Write(t.Context(), &room, s, f.Name, export.Options{Lens: staff()}); err == nil {
			t.Errorf("%s: no error", f.Name)
		}
	}
}
