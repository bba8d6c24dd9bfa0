package ingest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"lotigraph/record"
)

// A file of JSON Lines as export writes it comes back as it was: records with
// their ids, texts with their details, links with role, dates, status, quotes,
// rules and confidences. What a text mentions is read in it again; nothing is
// proposed from it, since the file has the links. Not in the file, and so not
// back: links rejected or withdrawn, rulings. Records that were merged come back as the one they were
// exported as, with the names of all; merged texts come back each, and merged.

// lineNode and lineLink are a record and a link as a line has them.
type lineNode struct {
	ID         record.ID          `json:"id"`
	Name       string             `json:"name"`
	Aliases    []string           `json:"aliases"`
	Summary    string             `json:"summary"`
	URL        string             `json:"url"`
	Source     string             `json:"source"`
	Form       record.Form        `json:"form"`
	Number     int                `json:"number"`
	Date       record.PartialDate `json:"date"`
	Byline     string             `json:"byline"`
	Visibility record.Visibility  `json:"visibility"`
	Version    int                `json:"version"`
	Body       string             `json:"body"`
	Themes     []string           `json:"themes"`
	Status     string             `json:"status"`
	Start      record.PartialDate `json:"start"`
	End        record.PartialDate `json:"end"`
	ONSCode    string             `json:"onsCode"`
	TileColumn int                `json:"tileColumn"`
	TileRow    int                `json:"tileRow"`
	Sector     string             `json:"sector"`
}

// oneLined is what a line may hold: one of these. A link's evidence is named as
// that of the graph is.
type oneLined struct {
	About json.RawMessage `json:"about"`
	Node  *lineNode       `json:"node"`

	// Earlier is a version of a text that follows, Merged a text that goes by another
	// one.
	Earlier *lineNode `json:"earlier"`
	Merged  *struct {
		lineNode
		Into record.ID `json:"into"`
	} `json:"merged"`

	Link *record.Link    `json:"link"`
	End  json.RawMessage `json:"end"`
}

// numbered is a thing with the line that it stands in.
type numbered[T any] struct {
	line int
	of   T
}

// opener opens a file, from its beginning each time: JSON Lines are read in passes,
// a line at a time, so that a file may be larger than memory.
type opener func() (io.ReadCloser, error)

// openBytes opens what is in memory already.
func openBytes(b []byte) opener {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }
}

// maxLine is how many bytes a line may have: a text of the greatest length fits,
// whatever signs are escaped in it.
const maxLine = 16 << 20

// lineFile is a file of JSON Lines on its way into the graph.
type lineFile struct {
	im      *Importer
	name    string
	open    opener
	options Options
	report  *Report
	ids     map[record.ID]record.ID // of the file's texts, in this graph
	earlier map[version]int         // of the file's texts, in this graph
}

// version is one of a text in the file.
type version struct {
	text   record.ID
	number int
}

// lines imports a file of JSON Lines: records, then texts, then links. One that is
// cut short is read as far as it goes, and a problem says so.
func (im *Importer) lines(ctx context.Context, name string, open opener, o Options) (r Report, err error) {
	f := lineFile{im, name, open, o, &r, map[record.ID]record.ID{}, map[version]int{}}
	for _, pass := range []func(context.Context) error{f.records, f.texts, f.links} {
		err := pass(ctx)
		if fault := (unread{}); errors.As(err, &fault) {
			f.say(0, "%s", plain(fault.error))
			return r, nil
		}
		if err != nil {
			return r, err
		}
	}
	return r, nil
}

// unread is why a file could not be read.
type unread struct{ error }

func (f *lineFile) say(line int, format string, args ...any) {
	f.report.Problems = append(f.report.Problems, Problem{File: f.name, Line: line, Reason: fmt.Sprintf(format, args...)})
}

func (f *lineFile) batch() batch {
	return batch{im: f.im, options: f.options, report: f.report, source: f.name, place: func(line int, err error) (*Problem, error) { return problemOf(f.name, line, err) }}
}

// each calls do with every line that can be read. Those that cannot are said when
// first is set.
func (f *lineFile) each(ctx context.Context, first bool, do func(numbered[oneLined]) error) error {
	file, err := f.open()
	if err != nil {
		return unread{err}
	}
	defer file.Close()
	in := bufio.NewReaderSize(file, 64<<10)
	for number := 1; ; number++ {
		raw, long, err := nextLine(in, maxLine)
		if err != nil && err != io.EOF {
			return unread{err}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		l := numbered[oneLined]{line: number}
		if len(bytes.TrimSpace(raw)) > 0 {
			switch failed := json.Unmarshal(raw, &l.of); {
			case failed == nil && !long:
				if err := do(l); err != nil {
					return err
				}
			case long && first:
				f.say(number, "this line has more than %d bytes, as no export writes", maxLine)
			case first:
				f.say(number, "this is not a line of an export: %v", failed)
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// nextLine reads a line, without what is beyond its limit.
func nextLine(in *bufio.Reader, limit int) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if long = long || len(line)+len(part) > limit; !long {
			line = append(line, part...)
		}
		if err != bufio.ErrBufferFull {
			return line, long, err
		}
	}
}

// records imports the records that are no texts, and says what is wrong with the
// file as a whole.
func (f *lineFile) records(ctx context.Context) error {
	b, whole := f.batch(), false
	err := f.each(ctx, true, func(l numbered[oneLined]) error {
		switch n := l.of.Node; {
		case n != nil && n.ID.Kind() != record.WeeknoteKind:
			return b.add(ctx, l.line, record.Op{SaveNode: &record.SaveNode{Node: n.record(), Kind: n.ID.Kind()}})
		case l.of.End != nil:
			whole = true
		case l.of.Merged != nil && l.of.Merged.ID.Kind() != record.WeeknoteKind:
			f.say(l.line, "%s was passed over: only texts stand in a file as merged, other records are one there", l.of.Merged.ID)
		case n == nil && l.of.Earlier == nil && l.of.Merged == nil && l.of.Link == nil && l.of.About == nil:
			f.say(l.line, "this line says none of about, node, earlier, merged, link and end; lotigraph export --format jsonl writes such files")
		}
		return nil
	})
	if err == nil && !whole {
		f.say(0, "the file has no end line, so it is not whole; what is there was read")
	}
	if err != nil {
		return err
	}
	return b.flush(ctx)
}

// texts imports the texts, and merges again those that were.
func (f *lineFile) texts(ctx context.Context) error {
	var merges []numbered[record.Op]
	err := f.each(ctx, false, func(l numbered[oneLined]) (err error) {
		n := l.of.Node
		if l.of.Earlier != nil && l.of.Earlier.ID.Kind() == record.WeeknoteKind {
			return f.earlierText(ctx, numbered[lineNode]{l.line, *l.of.Earlier})
		}
		if l.of.Merged != nil && l.of.Merged.ID.Kind() == record.WeeknoteKind {
			n = &l.of.Merged.lineNode
			merges = append(merges, numbered[record.Op]{l.line, record.Op{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: record.Same, From: n.ID, To: l.of.Merged.Into}}}})
		}
		if n != nil && n.ID.Kind() == record.WeeknoteKind {
			f.ids[n.ID], err = f.im.lineText(ctx, f.name, numbered[lineNode]{l.line, *n}, f.options, f.report)
		}
		return err
	})
	if err != nil {
		return err
	}
	b := f.batch()
	for _, m := range merges {
		ruling := &m.of.SaveRuling.Ruling
		ruling.From, ruling.To = f.here(ruling.From), f.here(ruling.To)
		if err := b.addOrSay(ctx, m.line, m.of, m.of.Validate()); err != nil {
			return err
		}
	}
	return b.flush(ctx)
}

// here is the id in this graph of what has the given one in the file.
func (f *lineFile) here(id record.ID) record.ID {
	if to := f.ids[id]; to != "" {
		return to
	}
	return id
}

func (f *lineFile) links(ctx context.Context) error {
	b := f.batch()
	err := f.each(ctx, false, func(l numbered[oneLined]) error {
		if l.of.Link == nil || l.of.Link.Type.Derived() {
			return nil
		}
		link := f.placed(*l.of.Link)
		if len(link.Evidence) == 0 {
			f.say(l.line, "%s %s %s was left out: the file has no words for it, since the text that said so was taken back or is closed", link.From, link.Type, link.To)
			return nil
		}
		for _, part := range inParts(link) {
			if err := b.add(ctx, l.line, record.Op{SaveLink: &record.SaveLink{Link: part}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return b.flush(ctx)
}

// inParts is a link with more quotes than a change can hold as several of the same
// meaning, which become one again.
func inParts(link record.Link) (parts []record.Link) {
	const most = record.MaxChange / 4
	evidence, from, size := link.Evidence, 0, 0
	for i, e := range evidence {
		if size += len(e.Quote); size > most && i > from {
			link.Evidence = evidence[from:i]
			parts, from, size = append(parts, link), i, len(e.Quote)
		}
	}
	link.Evidence = evidence[from:]
	return append(parts, link)
}

// record is a line as a record that is no text.
func (n lineNode) record() record.Node {
	out := record.Node{ID: n.ID, Name: n.Name, Aliases: n.Aliases, Summary: n.Summary, URL: n.URL, Stated: n.Visibility}
	switch n.ID.Kind() {
	case record.ProjectKind:
		out.Project = &record.Project{Themes: n.Themes, Status: n.Status, Start: n.Start, End: n.End}
	case record.BoroughKind:
		out.Borough = &record.Borough{ONSCode: n.ONSCode, Column: n.TileColumn, Row: n.TileRow}
	case record.PartnerKind:
		out.Partner = &record.Partner{Sector: n.Sector}
	}
	return out
}

// placed is a link with the ids that texts have in this graph, and with the quotes
// of the versions that are there.
func (f *lineFile) placed(l record.Link) record.Link {
	l.ID, l.Revision, l.From, l.To = "", 0, f.here(l.From), f.here(l.To)
	evidence := l.Evidence
	l.Evidence = nil
	for _, e := range evidence {
		number, known := 0, true // the version now read
		if e.Superseded {
			number, known = f.earlier[version{e.Text, e.Version}]
		}
		if known {
			e.Text, e.Version, e.Superseded = f.here(e.Text), number, false
			l.Evidence = append(l.Evidence, e)
		}
	}
	return l
}
