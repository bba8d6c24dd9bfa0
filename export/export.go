// Package export writes the graph in the formats that other tools read: tables
// for spreadsheets, lines for programs, linked data, and the files of network
// tools. What is written is what a lens shows, no more and no less.
//
//	graph.Snapshot → records and links in one order (read.go)
//	             → columns that the formats share (columns.go) → one file per format
//
// The order of every export is the same and follows from the data alone: records
// by kind, name and id; links by type, then as their from ends are ordered, then
// by to end and id. Two exports of one data version are equal but for their time
// (and a workbook for how its parts lie in their archive).
//
// Records and links are written as they are read. What is held at once is the
// links of one type of one record.
//
// Invariant: a link is written exactly when both its ends are; those that lack
// one are counted.
package export

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"lotigraph/graph"
	"lotigraph/record"
)

// Format is one of the formats that other tools read.
type Format struct {
	Name      string // in a command and an address: "nodes.csv", "gexf"
	Extension string // of a file's name, without its dot
	MediaType string // with the character set where the type leaves it open
	Says      string // what it is and who reads it
}

// Participations is the name of the format with a filter of its own.
const Participations = "participations.csv"

// MatrixTable is the other one: the same participations as a matrix.
const MatrixTable = "matrix.csv"

// format is a row of the one table of formats.
type format struct {
	Format
	write func(*exporter) error
}

func table() []format {
	return []format{
		{Format{"nodes.csv", "csv", "text/csv; charset=utf-8; header=present", "a table of the records, which import reads back"}, nodesCSV},
		{Format{"links.csv", "csv", "text/csv; charset=utf-8; header=present", "a table of the links with a row for each quote, which import reads back"}, linksCSV},
		{Format{Participations, "csv", "text/csv; charset=utf-8; header=present", "a table of who takes part in which project, by name"}, participationsCSV},
		{Format{MatrixTable, "csv", "text/csv; charset=utf-8; header=present", "a table of boroughs by projects, with the roles in its cells"}, matrixCSV},
		{Format{"xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "a workbook with the records, the links and a sheet about the data"}, workbook},
		{Format{"jsonl", "jsonl", "application/jsonl; charset=utf-8", "JSON Lines: one record or link a line, with evidence and texts, for programs"}, jsonLines},
		{Format{"jsonld", "jsonld", "application/ld+json", "linked data in the words of schema.org and the W3C's organization ontology"}, jsonLD},
		{Format{"gexf", "gexf", "application/gexf+xml", "GEXF 1.3 for Gephi, with the dates of links"}, gexf},
		{Format{"graphml", "graphml", "application/graphml+xml", "GraphML for yEd, Cytoscape, networkx and igraph"}, graphML},
		{Format{"kumu", "json", "application/json", "elements and connections for Kumu"}, kumu},
	}
}

// Formats lists every format in its order.
func Formats() []Format {
	rows := table()
	list := make([]Format, len(rows))
	for i, f := range rows {
		list[i] = f.Format
	}
	return list
}

// Options say what to export and what to write into it.
type Options struct {
	Lens  record.Lens
	Kinds []record.Kind     // of the records; none means all
	Types []record.LinkType // of the links; none means all but MENTIONS

	Found  map[record.ID]bool // only these records, and the links among them; nil means all. Not of participations.csv
	Search string             // how Found was searched for, in plain English

	Participations graph.ParticipationFilter // of participations.csv and matrix.csv, which heed neither kinds nor types

	PublicURL   string    // where the world reaches the graph: a record's address is PublicURL/kind/slug; "" gives URNs
	Licence     string    // a name or an address
	DataVersion string    // as the API tells it
	Now         time.Time // when; zero leaves it out

	question string // what the export shows instead of records and links; "" where it shows those

	Counts *Counts // filled in when the export is whole; may be nil
}

// Counts are how much was written.
type Counts struct {
	Nodes, Links int // links.csv has a row for each piece of evidence; a link counts once
	LeftOut      int // links that the lens shows but that lack an end among the exported records
}

// Write writes an export. A format that there is not, or an option that is not
// valid, is ErrInvalid, and nothing is written then; after any later error what
// was written is not whole.
func Write(ctx context.Context, w io.Writer, s *graph.Snapshot, format string, o Options) error {
	f, err := named(format)
	if err == nil {
		err = o.validate()
	}
	if err != nil {
		return err
	}
	o.PublicURL = strings.TrimRight(o.PublicURL, "/")
	e := &exporter{ctx: ctx, s: s, o: o, w: bufio.NewWriterSize(w, 64<<10)}
	if err := f.write(e); err != nil {
		return fmt.Errorf("export %s: %w", f.Name, err)
	}
	if err := e.w.Flush(); err != nil {
		return fmt.Errorf("export %s: %w", f.Name, err)
	}
	if o.Counts != nil {
		*o.Counts = e.counts
	}
	return nil
}

func named(name string) (format, error) {
	rows := table()
	names := make([]string, len(rows))
	for i, f := range rows {
		if f.Name == name {
			return f, nil
		}
		names[i] = f.Name
	}
	return format{}, record.Invalid("format", "%q is not a format; use one of %s", name, strings.Join(names, ", "))
}

func (o Options) validate() error {
	for i, k := range o.Kinds {
		if !k.Valid() {
			return record.Invalid(fmt.Sprintf("kinds[%d]", i), "%s is not a kind", k)
		}
	}
	for i, t := range o.Types {
		if !t.Valid() {
			return record.Invalid(fmt.Sprintf("types[%d]", i), "%s is not a link type", t)
		}
	}
	if at, err := url.Parse(o.PublicURL); o.PublicURL != "" && (err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http") {
		return record.Invalid("publicUrl", "%q is not the address of a site; write it like https://graph.example.org", o.PublicURL)
	}
	return o.Lens.Validate()
}

// kinds are the kinds that are exported, in their order.
func (o Options) kinds() []record.Kind {
	if len(o.Kinds) == 0 {
		return record.Kinds()
	}
	return slices.DeleteFunc(record.Kinds(), func(k record.Kind) bool { return !slices.Contains(o.Kinds, k) })
}

// types are the link types that are exported, in their order.
func (o Options) types() []record.LinkType {
	return slices.DeleteFunc(record.LinkTypes(), func(t record.LinkType) bool {
		if len(o.Types) == 0 {
			return t.Derived()
		}
		return !slices.Contains(o.Types, t)
	})
}

// address is what a record or link is called in the world, for ever.
func (o Options) address(id string) string {
	if o.PublicURL == "" {
		return "urn:lotigraph:" + escaped(id)
	}
	kind, slug, _ := strings.Cut(id, ":")
	return o.PublicURL + "/" + kind + "/" + url.PathEscape(slug)
}

// escaped is an id as a URN may hold it.
func escaped(id string) string {
	kind, slug, _ := strings.Cut(id, ":")
	return kind + ":" + url.PathEscape(slug)
}

// exporter is one export under way.
type exporter struct {
	ctx    context.Context
	s      *graph.Snapshot
	o      Options
	w      *bufio.Writer // keeps its first error, which ready tells
	counts Counts
}

// ready is the error of what was written so far, or of the context.
func (e *exporter) ready() error {
	_, err := e.w.Write(nil)
	return errors.Join(err, e.ctx.Err())
}
