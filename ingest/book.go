package ingest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxUnzipped is how many bytes a workbook may have when it is unpacked: a small
// file can be packed from a very large one.
const maxUnzipped = 64 << 20

// readBook reads the sheets of a workbook that are shown. Of a formula the value
// counts that was stored with it; a merged cell says the same in each of its
// places; rows and columns that are folded away are read.
func readBook(f File) (list []sheet, problems []Problem) {
	defer func() { // the library takes broken files apart, and falls over some
		if fault := recover(); fault != nil {
			problems = append(problems, Problem{File: f.Name, Reason: fmt.Sprintf("the workbook is damaged (%v); open it in a spreadsheet program and save it again", fault)})
		}
	}()
	refuse := func(sheet, reason string) {
		problems = append(problems, Problem{File: f.Name, Sheet: sheet, Reason: reason})
	}
	if bytes.HasPrefix(f.Body, []byte(oldOffice)) {
		refuse("", "this is an older kind of workbook, or one with a password; save it as .xlsx without a password")
		return nil, problems
	}
	book, err := excelize.OpenReader(bytes.NewReader(f.Body), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped, RawCellValue: true})
	if err != nil {
		refuse("", "this is not an .xlsx workbook that can be read: "+err.Error())
		return nil, problems
	}
	defer book.Close()
	cells, shown := 0, 0
	for _, name := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(name); err != nil || !visible {
			continue
		}
		shown++
		s := sheet{file: f.Name, name: name}
		bad, err := s.readRows(book, &cells)
		problems = append(problems, bad...)
		if err != nil {
			refuse(name, err.Error())
		}
		if len(s.rows) > 0 {
			list = append(list, s)
		}
	}
	if len(list)+len(problems) == 0 {
		refuse("", fmt.Sprintf("the workbook has nothing in the %d sheets that it shows", shown))
	}
	return list, problems
}

// readRows reads the rows of a sheet.
func (s *sheet) readRows(book *excelize.File, cells *int) (problems []Problem, err error) {
	rows, err := book.Rows(s.name)
	if err != nil {
		return nil, errors.New("it is not a sheet of cells; its cells cannot be read")
	}
	defer rows.Close()
	number := 0
	for rows.Next() {
		number++
		columns, err := rows.Columns()
		if err != nil {
			return problems, fmt.Errorf("row %d cannot be read: %w", number, err)
		}
		if *cells += len(columns); *cells > maxCells || len(columns) > maxColumns || number > maxRows {
			return append(problems, tooLarge(s.file, s.name, number)), nil
		}
		s.rows = append(s.rows, line{number, columns})
	}
	if err := rows.Error(); err != nil {
		return problems, fmt.Errorf("row %d cannot be read: %w", number+1, err)
	}
	merged, uncounted := extras(book, s.name)
	s.fillMerged(merged)
	for _, at := range uncounted {
		if column, row, err := excelize.CellNameToCoordinates(at); err == nil {
			problems = append(problems, s.problem(row, column-1, "", "the formula has no value stored with it; open the workbook in a spreadsheet program and save it again"))
		}
	}
	full := s.rows[:0]
	for _, l := range s.rows {
		if strings.TrimSpace(strings.Join(l.cells, "")) != "" {
			full = append(full, l)
		}
	}
	s.rows = full
	return problems, nil
}

// fillMerged writes the value of merged cells into each of their places.
func (s *sheet) fillMerged(merged []string) {
	filled := 0
	for _, area := range merged {
		from, to, _ := strings.Cut(area, ":")
		left, top, err := excelize.CellNameToCoordinates(from)
		right, bottom, err2 := excelize.CellNameToCoordinates(to)
		if err != nil || err2 != nil || right < left || bottom < top || (right-left+1)*(bottom-top+1) > maxColumns || right > maxColumns {
			continue // cells merged over a whole sheet are a decoration
		}
		value := ""
		if top <= len(s.rows) {
			value = s.rows[top-1].cell(left - 1)
		}
		for row := top; row <= bottom && row <= len(s.rows); row++ {
			for column := left; column <= right && value != "" && filled < maxCells; column++ {
				l := &s.rows[row-1]
				for len(l.cells) < column {
					l.cells = append(l.cells, "")
				}
				l.cells[column-1] = value
				filled++
			}
		}
	}
}

// extras are the areas of merged cells of a sheet, and the cells with a formula
// and no stored value. They are read from the sheet's own file: asked for them,
// the library makes the whole sheet in memory, as large as it claims to be.
func extras(book *excelize.File, name string) (merged, uncounted []string) {
	in := xml.NewDecoder(bytes.NewReader(partOf(book, name)))
	at, formula, value := "", false, false
	for {
		token, err := in.RawToken()
		if err != nil {
			return merged, uncounted
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "c":
				at, formula, value = attributeOf(e, "r"), false, false
			case "f":
				formula = true
			case "v", "is":
				value = true
			case "mergeCell":
				merged = append(merged, attributeOf(e, "ref"))
			}
		case xml.EndElement:
			if e.Name.Local == "c" && formula && !value && len(uncounted) < maxProblems {
				uncounted = append(uncounted, at)
			}
		}
	}
}

// partOf is the file of a sheet inside the workbook, nil when it cannot be found.
func partOf(book *excelize.File, name string) []byte {
	part := func(path string) []byte {
		raw, _ := book.Pkg.Load(path)
		b, _ := raw.([]byte)
		return b
	}
	var workbook struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		Relationships []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if xml.Unmarshal(part("xl/workbook.xml"), &workbook) != nil || xml.Unmarshal(part("xl/_rels/workbook.xml.rels"), &links) != nil {
		return nil
	}
	for _, s := range workbook.Sheets {
		for _, l := range links.Relationships {
			if s.Name != name || l.ID != s.ID {
				continue
			}
			if target, ok := strings.CutPrefix(l.Target, "/"); ok {
				return part(target)
			}
			return part(path.Join("xl", l.Target))
		}
	}
	return nil
}
