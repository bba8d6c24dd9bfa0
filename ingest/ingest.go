// Package ingest turns files into changes: texts through a reading, tables row
// by row. It is the one way in for the seed, the command and the API alike.
//
//	text ─────────────────────────────┐
//	saved page (page.go, markup.go) ──┤
//	Word document (word.go) ──────────┤
//	posts (wordpress.go), feed ───────┴→ texts (note.go) → extract.Read with what
//	                                     the graph knows → one change per text (text.go)
//	table (sheet.go), workbook (book.go)
//	  → list of records, list of links (columns.go, table.go) → changes of some rows (batch.go)
//	  → grid (grid.go, cell.go), links that quote no text → claims (claim.go):
//	    a text that stands for the table, one sentence a claim, and the links that quote it
//	address on the web (follow.go) → texts, again and again
//
// What is stored of a page, a post or an item is the text that was made of it, and
// not its markup: every quote is exact in what is stored.
//
// Importing what is there already changes nothing: a text is known by its source
// and body, a row by its record, a cell by its sentence. What one text teaches, the
// next one in the same import knows, so files are read one after another, in the
// order of their names: lists of records, then texts, then lists of links and grids.
//
// A file, row or cell that cannot be read becomes a Problem that says where and
// why; the others go on, and what is stored is not harmed. What a file may cost is
// bounded: its size, what it unpacks to, how deep its markup goes.
package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"lotigraph/extract"
	"lotigraph/graph"
	"lotigraph/record"
)

// Options say how to import.
type Options struct {
	Actor      string            // who, in the change log; "import" when empty
	AcceptNew  bool              // names that nobody knows become records
	DryRun     bool              // say what would happen, and change nothing
	Visibility record.Visibility // over what the texts say; 0 leaves it to them
	Replaces   int               // the version, from 1, of the text read from the file's name before that the file is known to change, however different it is; 0 when that is not known
	Now        func() time.Time  // the clock of the change log; time.Now when nil
}

func (o Options) actor() string {
	if o.Actor == "" {
		return "import"
	}
	return o.Actor
}

func (o Options) now() time.Time {
	if o.Now == nil {
		return time.Now().UTC()
	}
	return o.Now().UTC()
}

// File is a file to import. Its name is the source of a text that says no
// address of its own.
type File struct {
	Name string // a path relative to what was imported, with slashes
	Body []byte
}

// MaxFile is the most bytes a text may have: it is one change, and a change
// has a limit of its own.
const MaxFile = record.MaxChange

// Problem is something in a file that could not be used.
type Problem struct {
	File   string `json:"file"`
	Sheet  string `json:"sheet,omitempty"`  // of a workbook
	Line   int    `json:"line,omitempty"`   // of a sheet the row; from 1, 0 for the whole file
	Column string `json:"column,omitempty"` // of a sheet or a grid: its letters
	Field  string `json:"field,omitempty"`  // of a table the column's heading
	Reason string `json:"reason"`
}

// Error says where, and then why: "links.csv:3: to: …" in a text or a table,
// "boroughs.xlsx: sheet Projects, row 14, column C (Role): …" in a workbook.
func (p Problem) Error() string {
	column := p.Field
	switch {
	case p.Column != "" && p.Field != "":
		column = fmt.Sprintf("column %s (%s)", p.Column, p.Field)
	case p.Column != "":
		column = "column " + p.Column
	}
	where := p.File
	if p.Sheet != "" {
		where += ": sheet " + p.Sheet
		if p.Line > 0 {
			where += fmt.Sprintf(", row %d", p.Line)
		}
		if column != "" {
			where += ", " + column
		}
		return where + ": " + p.Reason
	}
	if p.Line > 0 {
		where = fmt.Sprintf("%s:%d", where, p.Line)
	}
	if column != "" {
		where += ": " + column
	}
	return where + ": " + p.Reason
}

// Unknown is a name that texts use and that no record goes by.
type Unknown struct {
	Kind  record.Kind `json:"kind"`
	Name  string      `json:"name"`
	Count int         `json:"count"` // in how many texts
}

// Report says what an import did, or in a dry run would do.
type Report struct {
	Texts          int         `json:"texts"`
	Added          int         `json:"added"`          // texts that are new
	Changed        int         `json:"changed"`        // texts with a new version
	Unchanged      int         `json:"unchanged"`      // texts that were there already
	Withdrawn      int         `json:"withdrawn"`      // texts left alone because they were withdrawn
	RecordsAdded   int         `json:"recordsAdded"`   // records of other kinds
	RecordsChanged int         `json:"recordsChanged"` // records of other kinds
	LinksConfirmed int         `json:"linksConfirmed"` // from tables: new, or with new evidence
	LinksProposed  int         `json:"linksProposed"`  // from reading, waiting for review: new, or with new evidence
	LinksSupported int         `json:"linksSupported"` // settled links for which reading found new evidence
	Mentions       int         `json:"mentions"`       // of known records in the texts read
	Unknown        []Unknown   `json:"unknown"`        // most frequent first
	Problems       []Problem   `json:"problems"`
	Saved          []record.ID `json:"saved"`   // texts and records added or changed
	Version        uint64      `json:"version"` // of the data, afterwards
	Trial          *Trial      `json:"-"`       // of a dry run of one file

	places map[unknownName]int // in Unknown, while reports are added up
}

// Nothing tells that an import changed nothing, or would.
func (r *Report) Nothing() bool {
	return r.Added+r.Changed+r.RecordsAdded+r.RecordsChanged+r.LinksConfirmed+r.LinksProposed+r.LinksSupported == 0
}

// Add adds another report to this one. The unknown names stay as they come; see
// [Report.Sort].
func (r *Report) Add(o Report) {
	r.Texts += o.Texts
	r.Added += o.Added
	r.Changed += o.Changed
	r.Unchanged += o.Unchanged
	r.Withdrawn += o.Withdrawn
	r.RecordsAdded += o.RecordsAdded
	r.RecordsChanged += o.RecordsChanged
	r.LinksConfirmed += o.LinksConfirmed
	r.LinksProposed += o.LinksProposed
	r.LinksSupported += o.LinksSupported
	r.Mentions += o.Mentions
	r.Problems = append(r.Problems, o.Problems...)
	r.Saved = append(r.Saved, o.Saved...)
	r.Version = max(r.Version, o.Version)
	if len(o.Unknown) > 0 && r.places == nil {
		r.places = make(map[unknownName]int, len(r.Unknown)+len(o.Unknown))
		for i, u := range r.Unknown {
			r.places[unknownName{u.Kind, u.Name}] = i
		}
	}
	for _, u := range o.Unknown {
		key := unknownName{u.Kind, u.Name}
		i, ok := r.places[key]
		if !ok {
			i = len(r.Unknown)
			r.places[key] = i
			r.Unknown = append(r.Unknown, Unknown{Kind: u.Kind, Name: u.Name})
		}
		r.Unknown[i].Count += u.Count
	}
}

// Sort puts the most frequent unknown names first. Importing does that; who adds
// reports up does it when all are in.
func (r *Report) Sort() {
	slices.SortStableFunc(r.Unknown, func(a, b Unknown) int { return b.Count - a.Count })
	r.places = nil
}

// unknownName is what tells unknown names apart.
type unknownName struct {
	kind record.Kind
	name string
}

// Importer writes to one store. Imports through it run one after another.
type Importer struct {
	store  *graph.Store
	second SecondReader
	turn   chan struct{} // holds one token: whoever has it imports

	lexicon *extract.Lexicon // of the graph at version
	merged  map[record.ID][]record.Node
	version uint64
}

// New makes an importer for a store.
func New(store *graph.Store) *Importer {
	im := &Importer{store: store, turn: make(chan struct{}, 1)}
	im.turn <- struct{}{}
	return im
}

// File imports one file, by its ending; one of no ending that we know is a text.
// An error is a fault of ours; what is wrong with the file is a Problem.
func (im *Importer) File(ctx context.Context, f File, o Options) (Report, error) {
	work, end, err := im.begin(ctx, o)
	if err != nil {
		return Report{}, err
	}
	defer end()
	since := work.store.Version()
	r, err := work.file(ctx, f, o, allSheets)
	if err == nil {
		err = work.recognise(ctx, o, &r)
	}
	if err == nil && o.DryRun {
		r.Trial, err = trial(ctx, work.store, since)
	}
	r.Version = im.store.Version()
	return r, err
}

// begin waits for the importer's turn, and gives the importer that does the work:
// this one, or for a dry run one on a copy of the graph, so that what is said is
// what would happen. End must be called after it.
func (im *Importer) begin(ctx context.Context, o Options) (work *Importer, end func(), err error) {
	select {
	case <-im.turn:
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	leave := func() { im.turn <- struct{}{} }
	if !o.DryRun {
		return im, leave, nil
	}
	scratch, err := im.store.Copy()
	if err != nil {
		leave()
		return nil, nil, fmt.Errorf("copy the graph for a dry run: %w", err)
	}
	return New(scratch), func() { scratch.Close(); leave() }, nil
}

func (im *Importer) file(ctx context.Context, f File, o Options, w which) (r Report, err error) {
	switch formatOf(f) {
	case tableFormat, bookFormat:
		r, err = im.tables(ctx, f, o, w)
	case linesFormat:
		r, err = im.lines(ctx, f.Name, openBytes(f.Body), o)
	default:
		list, problems := Texts(f)
		r.Problems = problems
		for _, text := range list {
			one, failed := im.one(ctx, text, o)
			r.Add(one)
			if failed != nil {
				err = failed
				break
			}
		}
	}
	r.Sort()
	r.Version = im.store.Version()
	return r, err
}

// one imports a text.
func (im *Importer) one(ctx context.Context, f File, o Options) (r Report, err error) {
	if err := ctx.Err(); err != nil {
		return r, err
	}
	body, problem := clean(f, MaxFile)
	if problem != nil {
		return Report{Problems: []Problem{*problem}}, nil
	}
	if front, _, _ := strings.Cut(body, "\n---\n"); strings.Contains(front+"\n", "\n"+summaryLine) {
		fuller, err := im.hasFuller(ctx, f, body)
		if err != nil || fuller {
			return Report{Texts: 1, Unchanged: 1}, err
		}
	}
	return im.text(ctx, f.Name, body, o)
}

// hasFuller tells whether the graph has a longer text than this summary from the
// same address.
func (im *Importer) hasFuller(ctx context.Context, f File, body string) (bool, error) {
	s, err := im.store.Snapshot()
	if err != nil {
		return false, err
	}
	defer s.Close()
	source := f.Name
	if _, rest, ok := strings.Cut(body, "\nurl: "); ok {
		source, _, _ = strings.Cut(rest, "\n")
	}
	_, text, err := s.BySource(ctx, source)
	if isNotFound(err) {
		return false, nil
	}
	return len(text.Body) > len(body), err
}

// clean makes a file's bytes a text: UTF-8 without a byte order mark, lines
// ended by a line feed.
func clean(f File, most int) (string, *Problem) {
	switch {
	case len(f.Body) > most:
		return "", &Problem{File: f.Name, Reason: fmt.Sprintf("%d bytes are more than the %d that a text may have", len(f.Body), most)}
	case !utf8.Valid(f.Body):
		return "", &Problem{File: f.Name, Line: badLine(f.Body), Reason: "this is not UTF-8 text; save the file as UTF-8 and import it again"}
	}
	body := strings.TrimPrefix(string(f.Body), "\uFEFF")
	body = strings.ReplaceAll(body, "\r\n", "\n")
	if strings.TrimSpace(body) == "" {
		return "", &Problem{File: f.Name, Reason: "the file is empty"}
	}
	if i := strings.IndexByte(body, 0); i >= 0 {
		return "", &Problem{File: f.Name, Line: 1 + strings.Count(body[:i], "\n"), Reason: "this is not a text: it has a zero byte"}
	}
	return body, nil
}

// badLine is the line of the first byte that is not UTF-8.
func badLine(b []byte) int {
	line := 1
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		b = b[n:]
	}
	return line
}

// change starts a change of this import. Its id sums up what it says and the
// data version it was made for: said twice by accident, it happens once.
func (im *Importer) change(o Options, reason string, parts ...string) record.Change {
	sum := sha256.New()
	for _, part := range append([]string{fmt.Sprint(im.store.Version()), reason}, parts...) {
		fmt.Fprintf(sum, "%d:%s", len(part), part)
	}
	return record.Change{ID: "import:" + hex.EncodeToString(sum.Sum(nil)[:16]), Time: o.now(), Actor: o.actor(), Reason: reason}
}

// problemOf turns a refusal into a problem of the file; other errors stay errors.
func problemOf(file string, line int, err error) (*Problem, error) {
	var refusal *record.Refusal
	if !errors.As(err, &refusal) {
		return nil, err
	}
	return &Problem{File: file, Line: line, Field: fieldOfFile(refusal.Field), Reason: refusal.Reason}, nil
}

// fieldOfFile leaves out of a refused field what only the change knows: the
// operation, and the detail structs that a record keeps its columns in.
func fieldOfFile(field string) string {
	parts := strings.Split(field, ".")
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool {
		name, _, _ := strings.Cut(part, "[")
		return slices.Contains([]string{"ops", "node", "link", "borough", "project", "partner", "evidence", "date"}, name)
	}), ".")
}

// Lexicon is what the graph knows, for reading texts.
func Lexicon(ctx context.Context, s *graph.Snapshot) (*extract.Lexicon, error) {
	var failed error
	all := record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}
	lexicon := extract.NewLexicon(func(yield func(record.Node) bool) {
		for _, kind := range record.Kinds() {
			if kind == record.WeeknoteKind {
				continue
			}
			for at, err := range s.Nodes(ctx, all, kind, graph.NodeFilter{}, graph.ByName, "") {
				if err != nil {
					failed = err
					return
				}
				if !yield(at.Value) {
					return
				}
			}
		}
	})
	return lexicon, failed
}
