package ingest

import (
	"slices"
	"strings"

	"lotigraph/record"
)

// The columns that a list may have, by what it lists, each with the other words
// that head it. Case, spaces, hyphens, underscores and a plural make no
// difference.
var (
	linkColumns = []string{"from", "type", "to", "role", "since", "until", "status", "source", "quote"}
	nodeColumns = []string{"kind", "id", "name", "aliases", "summary", "url", "onscode", "tilecolumn", "tilerow", "sector", "themes", "status", "start", "end", "visibility"}

	// exportColumns are what an export says besides, for people to read.
	exportColumns = []string{"fromname", "toname", "sourcename", "sourcedate", "holds"}

	linkWords = map[string]string{
		"from": "from", "subject": "from",
		"type": "type", "linktype": "type", "relation": "type", "relationship": "type",
		"to": "to", "object": "to",
		"role": "role", "part": "role", "involvement": "role", "jobtitle": "role", "position": "role", "participation": "role",
		"since": "since", "start": "since", "startdate": "since", "fromdate": "since", "datefrom": "since", "began": "since", "started": "since", "joined": "since", "datejoined": "since", "joinedon": "since", "startyear": "since",
		"until": "until", "end": "until", "enddate": "until", "todate": "until", "dateto": "until", "ended": "until", "left": "until", "dateleft": "until", "finished": "until", "endyear": "until",
		"status": "status",
		"source": "source", "text": "source", "weeknote": "source", "document": "source",
		"quote": "quote", "sentence": "quote", "evidence": "quote", "words": "quote",
	}
	// endWords head the columns that name an end of a link by its kind.
	endWords = map[string]string{
		"borough": "borough", "council": "borough", "authority": "borough", "localauthority": "borough", "boroughname": "borough", "nameofborough": "borough", "councilname": "borough", "boroughcouncil": "borough",
		"project": "project", "projectname": "project", "nameofproject": "project", "projecttitle": "project", "initiative": "project",
		"partner": "partner", "partnername": "partner", "organisation": "partner", "organization": "partner", "organisationname": "partner", "partnerorganisation": "partner", "supplier": "partner", "company": "partner",
		"person": "person", "personname": "person", "nameofperson": "person", "contact": "person", "contactname": "person",
		"funder": "funder", "fundername": "funder", "fundedby": "funder",
	}
	nodeWords = map[string]string{
		"kind": "kind", "id": "id",
		"name": "name", "fullname": "name", "officialname": "name",
		"alias": "aliases", "aliases": "aliases", "alsoknownas": "aliases", "othername": "aliases", "abbreviation": "aliases", "acronym": "aliases", "formername": "aliases",
		"summary": "summary", "description": "summary", "about": "summary",
		"url": "url", "link": "url", "website": "url", "webpage": "url", "webaddress": "url", "page": "url",
		"onscode": "onscode", "gsscode": "onscode", "ons": "onscode",
		"tilecolumn": "tilecolumn", "tilerow": "tilerow",
		"sector": "sector", "organisationtype": "sector", "typeoforganisation": "sector",
		"theme": "themes", "themes": "themes", "topic": "themes",
		"status": "status", "projectstatus": "status",
		"start": "start", "startdate": "start", "since": "start", "fromdate": "start", "began": "start", "started": "start",
		"end": "end", "enddate": "end", "until": "end", "todate": "end", "ended": "end", "finished": "end",
		"visibility": "visibility",
	}
)

func foldColumn(name string) string {
	return strings.ReplaceAll(record.Fold(name), " ", "")
}

// wordIn is what a heading stands for, "" when it is none of the words.
func wordIn(words map[string]string, heading string) string {
	fold := foldColumn(heading)
	if word, ok := words[fold]; ok {
		return word
	}
	return words[strings.TrimSuffix(fold, "s")]
}

// list is a sheet of which each row says one thing: a record or a link.
type list struct {
	sheet
	links    bool
	headings []string  // as printed
	columns  []string  // what each stands for; what is not known stays as printed, folded
	kind     string    // what the records are, where a heading says it
	ends     [2]string // the kinds of the ends, where headings say it: "borough", "project"
	rows     []row
}

// headingRows is how many rows may come before and with the headings.
const headingRows = 15

// asList reads the sheet as a list, when a row near its top heads one. A heading
// alone is not enough unless lenient is set: it may be the corner of a grid.
func (s sheet) asList(lenient bool) (list, bool) {
	for i, l := range s.rows[:min(len(s.rows), headingRows)] {
		head := list{sheet: s, headings: l.cells}
		if !head.headsLinks(l.cells) && !head.headsRecords(l.cells, lenient) {
			continue
		}
		for _, below := range s.rows[i+1:] {
			r := row{line: below.number, cells: map[string]string{}, width: len(below.cells)}
			for c, column := range head.columns {
				if column != "" && r.cells[column] == "" {
					r.cells[column] = below.cell(c)
				}
			}
			head.rows = append(head.rows, r)
		}
		return head, true
	}
	return list{}, false
}

// headsLinks tells whether the cells head a list of links, and keeps what they
// stand for.
func (t *list) headsLinks(cells []string) bool {
	columns := make([]string, len(cells))
	var ends []string
	for i, cell := range cells {
		columns[i] = wordIn(linkWords, cell)
		if end := wordIn(endWords, cell); columns[i] == "" && end != "" && !slices.Contains(ends, end) {
			columns[i] = end
			ends = append(ends, end)
		}
		if columns[i] == "" {
			columns[i] = foldColumn(cell)
		}
	}
	named := slices.Contains(columns, "from") && slices.Contains(columns, "to")
	if !named {
		pair, ok := pairOf(ends)
		if !ok {
			return false
		}
		t.ends = pair
	}
	t.links, t.columns = true, columns
	return true
}

// headsRecords tells whether the cells head a list of records.
func (t *list) headsRecords(cells []string, lenient bool) bool {
	columns := make([]string, len(cells))
	known, kind := 0, ""
	for i, cell := range cells {
		columns[i] = wordIn(nodeWords, cell)
		if end := wordIn(endWords, cell); columns[i] == "" && kind == "" && end != "" && end != "funder" && !slices.Contains(columns[:i], "name") {
			columns[i], kind = "name", end
		}
		if columns[i] != "" {
			known++
		} else {
			columns[i] = foldColumn(cell)
		}
	}
	if !slices.Contains(columns, "name") || known < 2 && !lenient {
		return false
	}
	t.columns, t.kind = columns, kind
	return true
}

// pairs are the link types that headings naming two kinds stand for.
var pairs = []struct {
	from, to string
	link     record.LinkType
}{
	{"borough", "project", record.Joined}, {"partner", "project", record.PartnerIn}, {"project", "funder", record.FundedBy},
	{"person", "borough", record.WorksFor}, {"person", "partner", record.WorksFor}, {"person", "project", record.Leads},
}

func pairOf(ends []string) ([2]string, bool) {
	for _, p := range pairs {
		if slices.Contains(ends, p.from) && slices.Contains(ends, p.to) {
			return [2]string{p.from, p.to}, true
		}
	}
	return [2]string{}, false
}

// linkType is the type that the headings stand for, 0 when they name no kinds.
func (t list) linkType() record.LinkType {
	for _, p := range pairs {
		if t.ends == [2]string{p.from, p.to} {
			return p.link
		}
	}
	return 0
}

// column is where a column stands, -1 for nowhere.
func (t list) column(name string) int { return slices.Index(t.columns, name) }

// at places a refusal of a row: in a workbook by the column's letter and heading.
func (t list) at(row int, err error) (*Problem, error) {
	p, err := problemOf(t.file, row, err)
	if p == nil {
		return p, err
	}
	p.Sheet = t.name
	field := strings.ToLower(p.Field)
	if side := slices.Index([]string{"from", "to"}, field); t.links && side >= 0 && t.column(field) < 0 {
		field = t.ends[side]
		p.Field = t.heading(t.column(field))
	}
	if c := t.column(field); c >= 0 && t.name != "" {
		p.Column, p.Field = columnName(c), t.heading(c)
	}
	return p, err
}

// heading is what stands over a column.
func (t list) heading(column int) string {
	if column < 0 || column >= len(t.headings) {
		return ""
	}
	return oneLine(t.headings[column])
}

// strange are the problems of columns that nobody reads.
func (t list) strange(known []string) []Problem {
	var problems []Problem
	for i, c := range t.columns {
		if c == "" || slices.Contains(known, c) || t.links && slices.Contains(exportColumns, c) || c == t.ends[0] && c != "" || c == t.ends[1] && c != "" {
			continue
		}
		reason := "this column is not known and was passed over; known are " + strings.Join(known, ", ")
		if t.name == "" {
			problems = append(problems, Problem{File: t.file, Line: t.headLine(), Field: c, Reason: reason})
		} else {
			problems = append(problems, t.problem(t.headLine(), i, t.heading(i), reason))
		}
	}
	return problems
}

// headLine is the row of the headings.
func (t list) headLine() int {
	for _, l := range t.sheet.rows {
		if len(l.cells) == len(t.headings) && slices.Equal(l.cells, t.headings) {
			return l.number
		}
	}
	return 1
}
