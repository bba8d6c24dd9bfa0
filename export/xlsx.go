package export

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"lotigraph/record"
)

// The bounds of a workbook, which are those of spreadsheet programs.
const (
	maxRows = 1 << 20 // of a sheet, its heading included
	maxCell = 32_767  // characters of a cell
)

// The years of which a day is written as a date and a year as a number. Others are
// text: spreadsheets count days from 1900, and import would take such a number for
// something else.
const firstSheetYear, lastSheetYear = 1950, 2199

// book is a workbook being written. Its sheets are kept in temporary files until
// they are packed, straight into the export.
type book struct {
	file       *excelize.File
	head, date int // styles
	cut        int // cells that were too long
}

// workbook writes the records, the links and a sheet about the data. The two
// tables have the columns that import reads.
func workbook(e *exporter) (err error) {
	b := &book{file: excelize.NewFile()}
	defer func() { err = errors.Join(err, b.file.Close()) }()
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(e.w) })
	if b.head, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	dateFormat := "yyyy-mm-dd"
	if b.date, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &dateFormat}); err != nil {
		return err
	}
	if err := b.file.SetSheetName("Sheet1", "Records"); err != nil {
		return err
	}
	if err := writeSheet(b, "Records", e.nodeColumns(), e.nodes()); err != nil {
		return err
	}
	if err := writeSheet(b, "Links", proofColumns(), e.proven()); err != nil {
		return err
	}
	if err := b.about(e); err != nil {
		return err
	}
	if err := b.properties(e); err != nil {
		return err
	}
	_, err = b.file.WriteTo(e.w)
	return err
}

// writeSheet writes a sheet of rows with a heading that stays in sight and can
// be filtered by.
func writeSheet[T any](b *book, name string, columns []column[T], rows iter.Seq2[T, error]) error {
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	out, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	heads := make([]any, len(columns))
	for i, c := range columns {
		heads[i] = excelize.Cell{Value: c.name, StyleID: b.head}
		if err := out.SetColWidth(i+1, i+1, columnWidth(c.name, c.sort)); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := out.SetRow("A1", heads); err != nil {
		return err
	}
	row := 1
	for value, err := range rows {
		if err != nil {
			return err
		}
		if row++; row > maxRows {
			return record.Invalid("format", "the sheet %s would have more than %d rows; export nodes.csv and links.csv, or fewer kinds and types", name, maxRows)
		}
		cells := make([]any, len(columns))
		for i, c := range columns {
			cells[i] = b.cell(c.of(value))
		}
		if err := out.SetRow("A"+strconv.Itoa(row), cells); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(columns), row)
	if err != nil {
		return err
	}
	if err := b.file.AutoFilter(name, "A1:"+last, nil); err != nil {
		return err
	}
	return out.Flush()
}

// columnWidth is how many characters of a column are in sight.
func columnWidth(name string, s sort) float64 {
	switch {
	case s == whole, s == number:
		return 10
	case s == date, slices.Contains([]string{"kind", "status", "type", "holds", "visibility"}, name):
		return 13
	case s == long, name == "quote", name == "summary":
		return 60
	}
	return 32
}

// cell is a value as a cell: a number, a day or guarded text. A date that is
// known to the year is a number, one known to the month is text, and so is one of
// another age.
func (b *book) cell(value any) any {
	switch v := value.(type) {
	case int, float64, nil:
		return v
	case record.PartialDate:
		switch {
		case v.Year < firstSheetYear || v.Year > lastSheetYear:
		case v.IsDay():
			day := time.Date(int(v.Year), time.Month(v.Month), int(v.Day), 0, 0, 0, 0, time.UTC)
			return excelize.Cell{Value: day, StyleID: b.date}
		case v.Month == 0:
			return int(v.Year)
		}
		return v.String()
	}
	return b.short(guard(clean(text(value))))
}

// short cuts a text that no cell can hold, and counts it.
func (b *book) short(s string) string {
	if len(s) <= maxCell {
		return s
	}
	units := 0 // of UTF-16, by which cells are measured
	for i, r := range s {
		if units++; r > 0xFFFF {
			units++
		}
		if units > maxCell {
			b.cut++
			return s[:i]
		}
	}
	return s
}

// about writes the sheet that says what the others hold, and what their columns
// mean.
func (b *book) about(e *exporter) error {
	var list []pair
	for _, p := range e.about() {
		if p.name == "dataVersion" {
			p.name = "data version"
		}
		list = append(list, p)
	}
	list = append(list,
		pair{"records", strconv.Itoa(e.counts.Nodes)},
		pair{"links", fmt.Sprintf("%d, each with a row for every quote", e.counts.Links)},
		pair{"left out", fmt.Sprintf("%d links, since an end of theirs is not among the records", e.counts.LeftOut)},
		pair{"cells", "those that begin like a formula have an apostrophe in front"})
	if b.cut > 0 {
		list = append(list, pair{"cut", fmt.Sprintf("%d cells were longer than the %d characters that a cell can hold", b.cut, maxCell)})
	}
	list = append(list, glossary...)
	return writeSheet(b, "About", []column[pair]{
		{"about the data", words, func(p pair) any { return p.name }},
		{"what it says", long, func(p pair) any { return p.value }},
	}, func(yield func(pair, error) bool) {
		for _, p := range list {
			if !yield(p, nil) {
				return
			}
		}
	})
}

// glossary is what the columns mean of which the heading does not say it.
var glossary = []pair{
	{"column id, from, to, source", "what a record is called for ever; its address ends so"},
	{"column aliases, themes", "several are parted by ;"},
	{"column since, until, start, end", "as exact as they are known: a year, a month or a day; empty is not known, or not over"},
	{"column status (of a link)", "CONFIRMED: a person settled it. PROPOSED: it was read in a text, and nobody has settled it yet"},
	{"column holds", "on the day as of which the data stands: certainly, or possibly where dates are not known exactly; empty where there is no such day"},
	{"column quote", "the words that say so, as they stand in the text of source, source_name and source_date"},
	{"column visibility", "who may see the record; empty is whoever may see a text that names it"},
}

// properties writes what a file manager shows of the workbook.
func (b *book) properties(e *exporter) error {
	p := excelize.DocProperties{Creator: "LOTI Graph", Title: "LOTI Graph", Description: clean(e.sentence())}
	if !e.o.Now.IsZero() {
		p.Created = e.o.Now.UTC().Format(time.RFC3339)
		p.Modified = p.Created
	}
	return b.file.SetDocProps(&p)
}
