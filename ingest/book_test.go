package ingest_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
)

// book makes a workbook of sheets, each a list of rows from row 1 on; nil is an
// empty row.
func book(t testing.TB, change func(*excelize.File), sheets ...any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i := 0; i < len(sheets); i += 2 {
		name := sheets[i].(string)
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				t.Fatal(err)
			}
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for row, cells := range sheets[i+1].([][]any) {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", row+1), &cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	if change != nil {
		change(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// programme is a workbook with a sheet of each sort, as people keep them: titles
// over the headings, dates as the program stores them, a sheet put away.
func programme(t testing.TB, role string) []byte {
	return book(t, func(f *excelize.File) {
		for _, err := range []error{
			f.SetSheetVisible("Old", false),
			f.MergeCell("Who", "B2", "C2"),
			f.MergeCell("Grid", "A1", "D1"),
			f.SetCellFormula("Grid", "D4", "1+1"),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	},
		"Who", [][]any{
			{"Our programme in 2021"},
			{nil, "Last looked at in May"},
			{"Council", "Project Name", "Role", "From date"},
			{"Camden", "Data Ethics", role, 44333},
			nil,
			{"Sutton", "Data Ethcs", "lead"},
			{"Sutton", "Data Ethics", "chairs it"},
		},
		"Grid", [][]any{
			{"Who is in what"},
			{"", "Data Ethics", "Data Skills", "Data Sharing"},
			{"Sutton", "pilot", 44197, "✓"},
			{"Barnet", "no", "who knows"},
		},
		"Projects", [][]any{
			{"Project name", "Themes", "Start date", "Status"},
			{"Data Ethics", "ethics", 44317, "live"},
			{"Data Skills", "skills", "May 2020", "live"},
			{"Data Sharing", "skills", "", "Live"},
		},
		"Old", [][]any{{"nothing", "that"}, {"counts", "here"}},
		"Empty", [][]any{},
		"Remarks", [][]any{{"Talk to Ann about this"}},
	)
}

var boroughTable = "name,aliases,ons_code,tile_column,tile_row\nCamden,,E09000007,3,2\nSutton,,E09000029,3,6\nBarnet,,E09000003,3,1\n"

// A workbook goes in sheet by sheet, its records before its links, and what is
// refused is said by sheet, row and column.
func TestBook(t *testing.T) {
	store := open(t)
	importer := ingest.New(store)
	folder := fstest.MapFS{"boroughs.csv": {Data: []byte(boroughTable)}, "programme.xlsx": {Data: programme(t, "Lead")}}
	options := ingest.Options{Actor: "a test", Now: noon}
	report, err := importer.Folder(t.Context(), folder, options, nil)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range report.Problems {
		said = append(said, p.Error())
	}
	want := []string{
		`programme.xlsx: sheet Remarks, row 1: the first line names no column that we know`,
		`programme.xlsx: sheet Grid, row 4, column D: the formula has no value stored with it`,
		`programme.xlsx: sheet Who, row 7, column C (Role): "chairs it" is not a role of JOINED`,
		`programme.xlsx: sheet Who, row 6, column B (Project Name): no record is called "Data Ethcs"; add it to its table first, or check the spelling; is it "Data Ethics"?`,
		`programme.xlsx: sheet Grid, row 4, column C (Data Skills): "who knows" is not understood`,
	}
	for _, w := range want {
		if !slices.ContainsFunc(said, func(s string) bool { return strings.HasPrefix(s, w) }) {
			t.Errorf("nobody says %s", w)
		}
	}
	if len(said) != len(want) {
		t.Errorf("the problems are\n%s", strings.Join(said, "\n"))
	}
	words := inWords(t, store, report)
	for _, quote := range []string{"Camden is lead in Data Ethics, since 17 May 2021.", "Sutton is a pilot in Data Ethics.",
		"Sutton is a participant in Data Skills, since 1 January 2021.", "Sutton is a participant in Data Sharing."} {
		if !strings.Contains(words, quote) {
			t.Errorf("no link says %q:\n%s", quote, words)
		}
	}
	version := store.Version()
	again, err := importer.Folder(t.Context(), folder, options, nil)
	if err != nil || again.Unchanged != 2 || store.Version() != version {
		t.Errorf("imported again: %+v %v, version %d then %d", again, err, version, store.Version())
	}
	folder["programme.xlsx"].Data = programme(t, "Pilot")
	edited, err := importer.Folder(t.Context(), folder, options, nil)
	if err != nil || edited.Changed != 1 || edited.Unchanged != 1 || edited.LinksConfirmed != 1 {
		t.Errorf("one cell edited: %+v %v", edited, err)
	}
	s := snapshot(t, store)
	for at, err := range s.Participations(t.Context(), record.Lens{}, graph.ParticipationFilter{Borough: "Camden"}, "") {
		if err != nil || at.Value.Role != "pilot" || at.Value.Since.String() != "2021-05-17" {
			t.Errorf("the edited link is %+v %v", at.Value, err)
		}
	}
	sound(t, store)
}

// Tables far larger than any that people keep are refused or read, and what they
// cost is bounded.
func TestLargeTables(t *testing.T) {
	store := open(t)
	importer := ingest.New(store)
	wide := strings.Repeat("x,", 3000) + "\n"
	var strange, sparse strings.Builder
	strange.WriteString("Borough,Data Ethics\n")
	for i := range 20_000 {
		fmt.Fprintf(&strange, "Nowhere %d,lead\n", i)
	}
	strange.WriteString("Camden,lead\nSutton,lead\n")
	for range 300_000 {
		sparse.WriteString("\n")
	}
	sparse.WriteString(strings.Repeat(",", 1500) + "Camden\n")
	far := book(t, func(f *excelize.File) {
		if err := f.SetCellValue("Grid", "A1048576", "Total"); err != nil {
			t.Fatal(err)
		}
	}, "Grid", [][]any{{"", "Data Ethics"}, {"Camden", "lead"}, {"Sutton", "x"}})
	for _, file := range []ingest.File{
		{Name: "boroughs.csv", Body: []byte(boroughTable)}, {Name: "projects.csv", Body: []byte("name\nData Ethics\n")},
		{Name: "wide.csv", Body: []byte(wide)}, {Name: "strange.csv", Body: []byte(strange.String())},
		{Name: "sparse.csv", Body: []byte(sparse.String())}, {Name: "far.xlsx", Body: far},
		{Name: "hollow.xlsx", Body: withSheet(t, far, strings.Repeat(`<row><c r="XFD1" s="0"/></row>`, 200_000), `<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`)},
		{Name: "none.xlsx", Body: []byte("PK\x03\x04 and no more")}, {Name: "old.xlsx", Body: []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")},
	} {
		report, err := importer.File(t.Context(), file, ingest.Options{Now: noon})
		if err != nil {
			t.Fatal(err)
		}
		if good := slices.Contains([]string{"boroughs.csv", "projects.csv", "far.xlsx"}, file.Name); good != (len(report.Problems) == 0) || len(report.Problems) > 1001 {
			t.Errorf("%s: %d problems: %v", file.Name, len(report.Problems), report.Problems[:min(len(report.Problems), 3)])
		}
	}
	sound(t, store)
}

// withSheet is a workbook with other rows in its first sheet.
func withSheet(t *testing.T, workbook []byte, rows, behind string) []byte {
	t.Helper()
	old, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, part := range old.File {
		if part.Name != "xl/worksheets/sheet1.xml" {
			if err := out.Copy(part); err != nil {
				t.Fatal(err)
			}
			continue
		}
		w, err := out.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(w, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData>%s</worksheet>`, rows, behind)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
