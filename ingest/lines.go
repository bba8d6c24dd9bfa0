package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"lotigraph/extract"
	"lotigraph/record"
)

// A file of JSON Lines as export writes it comes back as it was: records with
// their ids, texts with their details, links with role, dates, status, quotes,
// rules and confidences. What a text mentions is read in it again; nothing is
// proposed from it, since the file has the links. Not in the file, and so not
// back: earlier versions of texts and the quotes in them, links rejected or
// withdrawn, rulings. Records that were merged come back as the one they were
// exported as, with the names of all.

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
	Link  *record.Link    `json:"link"`
	End   json.RawMessage `json:"end"`
}

// numbered is a thing with the line that it stands in.
type numbered[T any] struct {
	line int
	of   T
}

// lineFile is a file of JSON Lines, sorted out.
type lineFile struct {
	records, texts []numbered[lineNode]
	links          []numbered[record.Link]
	problems       []Problem
}

// readLines sorts a file out. One that is cut short is read as far as it goes,
// and a problem says so.
func readLines(f File) (sorted lineFile) {
	whole := false
	for i, raw := range bytes.Split(f.Body, []byte("\n")) {
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		var l oneLined
		err := json.Unmarshal(raw, &l)
		switch {
		case err != nil:
			sorted.problems = append(sorted.problems, Problem{File: f.Name, Line: i + 1, Reason: "this is not a line of an export: " + err.Error()})
		case l.Node != nil && l.Node.ID.Kind() == record.WeeknoteKind:
			sorted.texts = append(sorted.texts, numbered[lineNode]{i + 1, *l.Node})
		case l.Node != nil:
			sorted.records = append(sorted.records, numbered[lineNode]{i + 1, *l.Node})
		case l.Link != nil:
			sorted.links = append(sorted.links, numbered[record.Link]{i + 1, *l.Link})
		case l.End != nil:
			whole = true
		case l.About == nil:
			sorted.problems = append(sorted.problems, Problem{File: f.Name, Line: i + 1, Reason: "this line says none of about, node, link and end; lotigraph export --format jsonl writes such files"})
		}
	}
	if !whole {
		sorted.problems = append(sorted.problems, Problem{File: f.Name, Reason: "the file has no end line, so it is not whole; what is there was read"})
	}
	return sorted
}

// lines imports a file of JSON Lines: records, then texts, then links.
func (im *Importer) lines(ctx context.Context, f File, o Options) (r Report, err error) {
	if len(f.Body) > maxMarkup {
		return Report{Problems: []Problem{{File: f.Name, Reason: fmt.Sprintf("%d bytes are more than the %d that such a file may have; export fewer kinds at a time", len(f.Body), maxMarkup)}}}, nil
	}
	sorted := readLines(f)
	r.Problems = sorted.problems
	b := batch{im: im, options: o, report: &r, source: f.Name, place: func(line int, err error) (*Problem, error) { return problemOf(f.Name, line, err) }}
	for _, n := range sorted.records {
		if err := b.add(ctx, n.line, record.Op{SaveNode: &record.SaveNode{Node: n.of.record(), Kind: n.of.ID.Kind()}}); err != nil {
			return r, err
		}
	}
	if err := b.flush(ctx); err != nil {
		return r, err
	}
	ids := map[record.ID]record.ID{} // of the file's texts, in this graph
	for _, n := range sorted.texts {
		if ids[n.of.ID], err = im.lineText(ctx, f.Name, n, o, &r); err != nil {
			return r, err
		}
	}
	for _, l := range sorted.links {
		link, ok := placed(l.of, ids)
		if !ok {
			continue
		}
		if len(link.Evidence) == 0 {
			r.Problems = append(r.Problems, Problem{File: f.Name, Line: l.line, Reason: fmt.Sprintf("%s %s %s was left out: its words are gone from the texts as they are now, and the file has no others for it", link.From, link.Type, link.To)})
			continue
		}
		if err := b.add(ctx, l.line, record.Op{SaveLink: &record.SaveLink{Link: link}}); err != nil {
			return r, err
		}
	}
	return r, b.flush(ctx)
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

// lineText saves a text with the details that its line has, and returns its id in
// this graph; "" when it was refused.
func (im *Importer) lineText(ctx context.Context, file string, n numbered[lineNode], o Options, r *Report) (record.ID, error) {
	s, err := im.store.Snapshot()
	if err != nil {
		return "", err
	}
	defer s.Close()
	if err := im.know(ctx, s); err != nil {
		return "", err
	}
	r.Texts++
	l := n.of
	reading := extract.Read(extract.Source{Name: l.Source, Body: l.Body}, im.lexicon)
	d, err := im.draft(s, l.Source, reading, Options{})
	if err != nil {
		return "", err
	}
	save := d.text
	save.Title, save.URL, save.Summary, save.Mentions = l.Name, l.URL, l.Summary, d.mentions()
	save.Details = record.Weeknote{Source: l.Source, Form: l.Form, Number: l.Number, Date: l.Date, Byline: l.Byline, Visibility: max(l.Visibility, record.Public)}
	if o.Visibility != 0 {
		save.Details.Visibility = o.Visibility
	}
	if node, _, err := s.BySource(ctx, l.Source); err == nil {
		save.Details.Accepted = node.Weeknote.Accepted
	}
	c := im.change(o, fmt.Sprintf("import of %s, line %d", file, n.line), l.Body)
	c.Ops = []record.Op{{SaveText: &save}}
	entry, err := im.store.Commit(ctx, c)
	if err != nil {
		problem, err := problemOf(file, n.line, err)
		if problem != nil {
			r.Problems = append(r.Problems, *problem)
		}
		return "", err
	}
	if entry.Saved[0].Outcome == record.Unchanged {
		r.Unchanged++
	}
	r.count(entry, d)
	im.learn(entry)
	return record.ID(entry.Saved[0].ID), nil
}

// placed is a link with the ids that texts have in this graph, and with the quotes
// of the versions in the file. What a text mentions was read in it.
func placed(l record.Link, ids map[record.ID]record.ID) (record.Link, bool) {
	if l.Type.Derived() {
		return l, false
	}
	here := func(id record.ID) record.ID {
		if to := ids[id]; to != "" {
			return to
		}
		return id
	}
	l.ID, l.Revision, l.From, l.To = "", 0, here(l.From), here(l.To)
	l.Evidence = slices.DeleteFunc(slices.Clone(l.Evidence), func(e record.Evidence) bool { return e.Superseded })
	for i := range l.Evidence {
		e := &l.Evidence[i]
		e.Text, e.Version = here(e.Text), 0
	}
	return l, true
}
