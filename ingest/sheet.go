package ingest

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// sheet is a table as it was written.
type sheet struct {
	file string
	name string // of a sheet of a workbook, "" for a file that is one table
	rows []line
}

// line is a row of a sheet that has anything in it.
type line struct {
	number int // in the file, from 1
	cells  []string
}

// cell is the text of a cell, "" outside the row.
func (l line) cell(column int) string {
	if column < 0 || column >= len(l.cells) {
		return ""
	}
	return unguarded(l.cells[column])
}

// unguarded takes away the apostrophe that an export puts before a cell which a
// spreadsheet would run as a formula.
func unguarded(cell string) string {
	const formulaSigns = "=+-@\t\r\n＝＋－＠"
	rest := strings.TrimLeft(cell, "'")
	if len(rest) < len(cell) && rest != "" && strings.IndexAny(rest, formulaSigns) == 0 {
		return cell[1:]
	}
	return cell
}

// The bounds of tables.
const (
	maxTable   = 8 << 20 // bytes of a file
	maxCells   = 400_000 // of a file
	maxColumns = 2_000
	maxRows    = 1 << 20 // as many as a spreadsheet has

	maxProblems = 1_000 // of a file; more say nothing new
)

// source is what identifies the text that stands for what the sheet says.
func (s sheet) source() string {
	if s.name == "" {
		return s.file
	}
	return s.file + "#" + s.name
}

// title is what that text is called.
func (s sheet) title() string {
	if s.name == "" {
		return path.Base(s.file)
	}
	return path.Base(s.file) + ": " + s.name
}

// problem is one of the sheet; column -1 is no column in particular.
func (s sheet) problem(row, column int, field, reason string) Problem {
	p := Problem{File: s.file, Sheet: s.name, Line: row, Field: field, Reason: reason}
	if column >= 0 {
		p.Column = columnName(column)
	}
	return p
}

// columnName is the letters that a spreadsheet gives a column, counted from 0.
func columnName(n int) string {
	name := ""
	for n++; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// sheets reads the tables of a file. What cannot be read is a problem.
func sheets(f File) ([]sheet, []Problem) {
	if len(f.Body) > maxTable {
		return nil, []Problem{{File: f.Name, Reason: fmt.Sprintf("%d bytes are more than the %d that a table may have; split it, or bring an export as JSON Lines, which may have any size", len(f.Body), maxTable)}}
	}
	if formatOf(f) == bookFormat {
		return readBook(f)
	}
	body, problem := clean(File{Name: f.Name, Body: tableText(f.Body)}, maxTable)
	if problem != nil {
		return nil, []Problem{*problem}
	}
	s, problems := readTable(f.Name, body)
	return []sheet{s}, problems
}

// tableText is a table as UTF-8: spreadsheet programs also save UTF-16 with a
// mark, and Windows-1252 without one.
func tableText(b []byte) []byte {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		if text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(b); err == nil {
			return text
		}
	case !utf8.Valid(b):
		if text, err := charmap.Windows1252.NewDecoder().Bytes(b); err == nil {
			return text
		}
	}
	return b
}

// readTable reads a table whose cells are parted by commas, semicolons or tabs.
// Lines that begin with # are remarks.
func readTable(file, body string) (sheet, []Problem) {
	s := sheet{file: file}
	var problems []Problem
	comma, body := separator(body)
	in := csv.NewReader(strings.NewReader(body))
	in.Comma, in.Comment, in.FieldsPerRecord, in.TrimLeadingSpace = comma, '#', -1, comma != '\t'
	count := 0
	for {
		cells, err := in.Read()
		if err == io.EOF {
			return s, problems
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			problems = append(problems, Problem{File: file, Line: bad.StartLine, Reason: bad.Err.Error() + "; a cell with quotation marks is written in quotation marks, with each one inside doubled"})
			continue
		}
		if err != nil {
			return s, append(problems, Problem{File: file, Reason: err.Error()})
		}
		number, _ := in.FieldPos(0)
		for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
			cells = cells[:len(cells)-1]
		}
		if count += len(cells); count > maxCells || len(cells) > maxColumns {
			return s, append(problems, tooLarge(file, "", number))
		}
		if len(cells) > 0 {
			s.rows = append(s.rows, line{number, cells})
		}
	}
}

func tooLarge(file, sheet string, row int) Problem {
	return Problem{File: file, Sheet: sheet, Line: row, Reason: fmt.Sprintf("the table is too large: at most %d columns and %d cells are read; split it", maxColumns, maxCells)}
}

// separator is the sign between the cells of a table: the one that its first
// lines have most often, quotations aside, or the one that a line "sep=;" at its
// top says. That line is emptied.
func separator(body string) (rune, string) {
	if top, rest, _ := strings.Cut(body, "\n"); len(top) == 5 && strings.EqualFold(top[:4], "sep=") && strings.ContainsAny(top[4:], ",;\t") {
		return rune(top[4]), "\n" + rest
	}
	counts := map[rune]int{}
	quoted, lines := false, 0
	for text := range strings.Lines(body) {
		if !quoted && strings.HasPrefix(text, "#") {
			continue
		}
		for _, r := range text {
			switch {
			case r == '"':
				quoted = !quoted
			case !quoted:
				counts[r]++
			}
		}
		if lines++; lines == 10 || counts[','] > 0 && lines == 1 && counts[';']+counts['\t'] == 0 {
			break
		}
	}
	best := ','
	for _, r := range []rune{';', '\t'} {
		if cmp.Compare(counts[r], counts[best]) > 0 {
			best = r
		}
	}
	return best, body
}
