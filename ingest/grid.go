package ingest

import (
	"context"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// grid is a sheet with boroughs on one side and projects on the other, and in
// each cell what the one is to the other. It is read with the boroughs down the
// side; one with the boroughs along the top is turned over first.
type grid struct {
	sheet
	turned bool
	cells  [][]string // by row and column of the sheet, from 0
	names  int        // the column with the boroughs' names
	head   int        // the row with the projects' names
}

// asGrid finds the boroughs of a sheet by looking names up. It is no grid where
// there are none, or where names stand among other things.
func (s sheet) asGrid(ctx context.Context, snapshot *graph.Snapshot) (grid, bool, error) {
	cells := make([][]string, 0, len(s.rows))
	for _, l := range s.rows {
		for len(cells) < l.number-1 && len(cells) < maxRows {
			cells = append(cells, nil)
		}
		cells = append(cells, l.cells)
	}
	known := map[string]bool{}
	isBorough := func(cell string) (bool, error) {
		fold := record.Fold(cell)
		if fold == "" || len(fold) > 60 {
			return false, nil
		}
		if is, ok := known[fold]; ok {
			return is, nil
		}
		hits, err := called(ctx, snapshot, cell, only(record.BoroughKind))
		known[fold] = len(hits) == 1
		return known[fold], err
	}
	down, score, err := mostBoroughs(cells, isBorough)
	if err != nil {
		return grid{}, false, err
	}
	over := turn(cells)
	along, scoreAlong, err := mostBoroughs(over, isBorough)
	if err != nil {
		return grid{}, false, err
	}
	g := grid{sheet: s, cells: cells, names: down}
	if scoreAlong > score {
		g = grid{sheet: s, turned: true, cells: over, names: along}
		score = scoreAlong
	}
	if score == 0 {
		return grid{}, false, nil
	}
	ok, err := g.findHead(isBorough)
	return g, ok, err
}

// mostBoroughs is the column, of the first few, in which most cells name a
// borough, and how many do.
func mostBoroughs(cells [][]string, isBorough func(string) (bool, error)) (column, most int, err error) {
	const near, far = 5, 2000
	for c := range near {
		count := 0
		for _, row := range cells[:min(len(cells), far)] {
			if c >= len(row) {
				continue
			}
			is, err := isBorough(row[c])
			if err != nil {
				return 0, 0, err
			}
			if is {
				count++
			}
		}
		if count > most {
			column, most = c, count
		}
	}
	return column, most, nil
}

// turn makes rows of columns. A sheet too wide and too long for that is not
// turned over: no grid is so large.
func turn(cells [][]string) [][]string {
	var over [][]string
	width := 0
	for _, row := range cells {
		width = max(width, len(row))
	}
	if width*len(cells) > 8*maxCells {
		return nil
	}
	for r, row := range cells {
		for c, cell := range row {
			if strings.TrimSpace(cell) == "" {
				continue
			}
			for len(over) <= c {
				over = append(over, nil)
			}
			for len(over[c]) < r {
				over[c] = append(over[c], "")
			}
			over[c] = append(over[c], cell)
		}
	}
	return over
}

// findHead finds the row of the projects' names: the last one above the first
// borough that has anything beside the boroughs' column.
func (g *grid) findHead(isBorough func(string) (bool, error)) (bool, error) {
	for r := range g.cells {
		is, err := isBorough(g.cell(r, g.names))
		if err != nil {
			return false, err
		}
		if !is {
			continue
		}
		for head := r - 1; head >= 0; head-- {
			for c := g.names + 1; c < len(g.cells[head]); c++ {
				if strings.TrimSpace(g.cells[head][c]) != "" {
					g.head = head
					return true, nil
				}
			}
		}
		return false, nil
	}
	return false, nil
}

func (g *grid) cell(row, column int) string {
	if row >= len(g.cells) || column >= len(g.cells[row]) {
		return ""
	}
	return oneLine(g.cells[row][column])
}

// place is where a cell stands in the sheet: its row from 1, its column from 0.
func (g *grid) at(row, column int) (int, int) {
	if g.turned {
		return column + 1, row
	}
	return row + 1, column
}

// claims reads the cells. What is not understood is a problem with its place.
func (g *grid) claims() (list []claim, problems []Problem) {
	for r := g.head + 1; r < len(g.cells); r++ {
		borough := g.cell(r, g.names)
		if fold := record.Fold(borough); fold == "" || fold == "total" || fold == "totals" || fold == "grand total" {
			continue
		}
		for c := g.names + 1; c < len(g.cells[r]); c++ {
			text, project := g.cell(r, c), g.cell(g.head, c)
			if text == "" || record.Fold(project) == "total" {
				continue
			}
			row, column := g.at(r, c)
			if project == "" {
				problems = append(problems, g.problem(row, column, "", "this cell says something, but no project stands at the head of it"))
				continue
			}
			s, err := readCell(text)
			if err != nil {
				problems = append(problems, g.problem(row, column, project, reasonOf(err)))
				continue
			}
			if s.nothing {
				continue
			}
			list = append(list, g.claim(r, c, s))
		}
	}
	return list, problems
}

func (g *grid) claim(r, c int, s says) claim {
	cl := claim{link: record.Link{Type: record.Joined, Role: s.role, Since: s.since, Until: s.until, Status: s.status, Confidence: 1}}
	if s.status == record.Proposed {
		cl.link.Confidence = 0.5
	}
	cl.row, cl.column = g.at(r, c)
	cl.from = claimEnd{name: g.cell(r, g.names), kinds: only(record.BoroughKind)}
	cl.from.row, cl.from.column = g.at(r, g.names)
	cl.to = claimEnd{name: g.cell(g.head, c), kinds: only(record.ProjectKind)}
	cl.to.row, cl.to.column = g.at(g.head, c)
	return cl
}
