package main

import (
	"context"
	"errors"
	"strconv"

	"lotigraph/ingest"
	"lotigraph/record"
)

// imports reads texts, tables and folders into a data folder, or through a
// server into its.
func (p *program) imports(ctx context.Context, args []string) error {
	f := p.flags("import", "PATH...", `Reads texts (.md, .txt), tables (.csv) and folders of them into the graph, and says what was added, changed
and proposed. Tables of records are read first, then texts, then tables of links. The same file again changes
nothing; an edited text becomes a new version. A file that cannot be read is said, and the others go on.`)
	data, server, asJSON := f.data("data"), f.server(), f.json()
	accept := f.Bool("accept-new", false, "let names that nobody knows become records; what is read about them stays proposed")
	dry := f.Bool("dry-run", false, "only say what would happen; through a server, each file by itself")
	sees := f.String("visibility", "", "who may see the texts: PUBLIC, MEMBERS or STAFF; what each says itself when left out")
	verbose := f.Bool("verbose", false, "say each file before it is read")
	paths, err := f.parse(args)
	if err != nil {
		return err
	}
	visibility, err := record.ParseVisibility(*sees)
	switch {
	case err != nil:
		return misuse{"import", "import: " + err.Error()}
	case len(paths) == 0:
		return misuse{"import", "import: say which files or folders to import"}
	}
	o := ingest.Options{Actor: "import", AcceptNew: *accept, DryRun: *dry, Visibility: visibility}
	bar := p.bar(*verbose)
	var report ingest.Report
	if *server != "" {
		report, err = p.importThrough(ctx, *server, paths, o, bar)
	} else {
		report, err = p.importInto(ctx, *data, paths, o, bar)
	}
	bar.clear()
	if err != nil {
		p.sayProblems(report)
		return err
	}
	return p.sayReport(report, o, *asJSON)
}

// importInto imports into a data folder.
func (p *program) importInto(ctx context.Context, data string, paths []string, o ingest.Options, bar *bar) (r ingest.Report, err error) {
	f, err := openFolder(data, p.quiet())
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	if _, err := f.prepare(ctx, false, nil); err != nil {
		return r, err
	}
	return f.importer.Paths(ctx, paths, o, bar.show)
}

// importMutation imports one file. Its answer is read into an importReply.
const importMutation = `mutation Import($name: String!, $body: String!, $accept: Boolean!, $visibility: Visibility, $dry: Boolean!) {
  importText(name: $name, body: $body, acceptNew: $accept, visibility: $visibility, dryRun: $dry) {
    added changed unchanged withdrawn recordsAdded recordsChanged linksConfirmed linksProposed linksSupported mentions
    unknown { kind name count }
    problems { file line field reason }
    saved { id }
    dataVersion
  }
}`

// importReply is the answer to importMutation: a report as the API spells it.
type importReply struct {
	ImportText struct {
		ingest.Report
		Saved       []struct{ ID record.ID } `json:"saved"`
		DataVersion string                   `json:"dataVersion"`
	}
}

// importThrough imports through a server, one request a file. A file that the
// server refuses is a problem; the others go on.
func (p *program) importThrough(ctx context.Context, server string, paths []string, o ingest.Options, bar *bar) (r ingest.Report, err error) {
	remote, err := p.remote(server)
	if err != nil {
		return r, err
	}
	sources, problems := ingest.Sources(paths)
	r.Problems = problems
	for i, source := range sources {
		bar.show(i, len(sources), source.Name)
		one, err := remote.importSource(ctx, source, o)
		var refused *record.Refusal
		switch {
		case errors.As(err, &refused):
			one.Problems = append(one.Problems, ingest.Problem{File: source.Name, Field: refused.Field, Reason: refused.Reason})
		case err != nil:
			return r, err
		}
		r.Add(one)
	}
	bar.show(len(sources), len(sources), "")
	return r, nil
}

// importSource sends one file.
func (r *remote) importSource(ctx context.Context, source ingest.Source, o ingest.Options) (ingest.Report, error) {
	body, problem := bodyOf(source)
	if problem != nil {
		return ingest.Report{Problems: []ingest.Problem{*problem}}, nil
	}
	var visibility *record.Visibility
	if o.Visibility != 0 {
		visibility = &o.Visibility
	}
	var got importReply
	err := r.ask(ctx, importMutation, map[string]any{"name": source.Name, "body": body,
		"accept": o.AcceptNew, "visibility": visibility, "dry": o.DryRun}, &got)
	report := got.ImportText.Report
	report.Texts = report.Added + report.Changed + report.Unchanged
	report.Version, _ = strconv.ParseUint(got.ImportText.DataVersion, 10, 64) // opaque: 0 when it is no number
	for _, saved := range got.ImportText.Saved {
		report.Saved = append(report.Saved, saved.ID)
	}
	return report, err
}
