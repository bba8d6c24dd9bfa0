package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"unicode/utf8"

	"lotigraph/ingest"
	"lotigraph/record"
)

// imports reads texts, tables and folders into a data folder, or through a
// server into its.
func (p *program) imports(ctx context.Context, args []string) error {
	f := p.flags("import", "PATH...", `Reads texts (.md, .txt), Word documents (.docx), saved web pages (.html), posts of a WordPress site (.json), feeds (.xml, .rss, .atom), tables
(.csv, .tsv, .xlsx), exports (.jsonl) and folders of them into the graph, and says what was added, changed and proposed. Tables of
records are read first, then texts, then tables of links and grids of boroughs and projects. The same file again
changes nothing; an edited text becomes a new version. A file, a row or a cell that cannot be read is said, and the
others go on. An import that was broken off goes on when it is run again. The path - means a text that is piped in.`)
	data, server, asJSON := f.data("data"), f.server(), f.json()
	accept := f.Bool("accept-new", false, "let names that nobody knows become records; what is read about them stays proposed")
	dry := f.Bool("dry-run", false, "only say what would happen; through a server, each file by itself")
	sees := f.String("visibility", "", "who may see the texts: PUBLIC, MEMBERS or STAFF; what each says itself when left out")
	verbose := f.Bool("verbose", false, "say each file before it is read")
	second := f.second()
	name := f.String("name", "pasted.md", "what to call the text that is piped in when the path is -")
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
	case *second.url != "" && *second.model == "":
		return misuse{"import", "import: --reader-url needs --reader-model, the name by which that server knows the model"}
	case *second.url != "" && *server != "":
		return misuse{"import", "import: through a server, the server decides who reads; give --reader-url to lotigraph serve"}
	}
	if slices.Contains(paths, "-") {
		if paths, err = p.piped(paths, *name); err != nil {
			return err
		}
		defer os.RemoveAll(filepath.Dir(paths[0]))
	}
	o := ingest.Options{Actor: "import", AcceptNew: *accept, DryRun: *dry, Visibility: visibility}
	bar := p.bar(*verbose)
	var report ingest.Report
	if *server != "" {
		report, err = p.importThrough(ctx, *server, paths, o, bar)
	} else {
		report, err = p.importInto(ctx, *data, paths, o, second, bar)
	}
	bar.clear()
	if err != nil {
		p.sayProblems(report)
		return err
	}
	return p.sayReport(report, o, *asJSON)
}

// piped puts what is piped in into a file of its own, so that it is imported as
// files are. The folder of the file is the caller's to remove.
func (p *program) piped(paths []string, name string) ([]string, error) {
	switch {
	case len(paths) > 1:
		return nil, misuse{"import", "import: - means what is piped in, and goes alone"}
	case p.stdin == nil:
		return nil, misuse{"import", "import: nothing is piped in"}
	case name == "" || name != filepath.Base(name):
		return nil, misuse{"import", fmt.Sprintf("import: --name %q is not the name of a file", name)}
	}
	body, err := io.ReadAll(io.LimitReader(p.stdin, ingest.MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read what is piped in: %w", err)
	}
	dir, err := os.MkdirTemp("", "lotigraph-piped-")
	if err != nil {
		return nil, fmt.Errorf("keep what is piped in: %w", err)
	}
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, body, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("keep what is piped in: %w", err), os.RemoveAll(dir))
	}
	return []string{file}, nil
}

// importMemory is how many bytes an import tries to get by with: the store tidies
// up behind it in bursts, and garbage that is left lying would add up to some
// times what is used. GOMEMLIMIT is the user's word over ours.
const importMemory = 400 << 20

// importInto imports into a data folder.
func (p *program) importInto(ctx context.Context, data string, paths []string, o ingest.Options, second secondFlags, bar *bar) (r ingest.Report, err error) {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(importMemory))
	}
	f, err := openFolder(data, p.quiet())
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	if _, err := f.prepare(ctx, false, nil); err != nil {
		return r, err
	}
	if err := p.readWith(f.importer, second, p.quiet()); err != nil {
		return r, err
	}
	return f.importer.Paths(ctx, paths, o, bar.show)
}

// importMutation imports one file. Its answer is read into an importReply.
const importMutation = `mutation Import($name: String!, $body: String!, $base64: Boolean!, $accept: Boolean!, $visibility: Visibility, $dry: Boolean!) {
  importText(name: $name, body: $body, base64: $base64, acceptNew: $accept, visibility: $visibility, dryRun: $dry) {
    added changed unchanged withdrawn recordsAdded recordsChanged linksConfirmed linksProposed linksSupported mentions
    unknown { kind name count }
    problems { file sheet line column field reason }
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

// importThrough imports through a server, one request a text or table. What the
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
		if size, err := source.Size(); err == nil && size > ingest.MaxFile && ingest.IsLines(source.Name) {
			r.Problems = append(r.Problems, ingest.Problem{File: source.Name, Reason: fmt.Sprintf("%d bytes are more than the %d that a server takes at once; stop the server and import it with --data into its folder, where such a file may have any size", size, ingest.MaxFile)})
			continue
		}
		body, err := source.Read()
		if err != nil {
			r.Problems = append(r.Problems, ingest.Problem{File: source.Name, Reason: err.Error()})
			continue
		}
		file := ingest.File{Name: source.Name, Body: body}
		files := []ingest.File{file}
		if !ingest.IsTable(file.Name) { // pages and feeds become texts here, which are smaller by far
			files, problems = ingest.Texts(file)
			r.Problems = append(r.Problems, problems...)
		}
		for _, f := range files {
			one, err := remote.importFile(ctx, f, o)
			r.Add(one)
			if err != nil {
				return r, err
			}
		}
	}
	r.Sort()
	bar.show(len(sources), len(sources), "")
	return r, nil
}

// importFile sends one text or table. That the server refuses it is a problem in
// the report.
func (r *remote) importFile(ctx context.Context, f ingest.File, o ingest.Options) (ingest.Report, error) {
	body, inBase64 := string(f.Body), false
	if !utf8.Valid(f.Body) {
		if !ingest.IsTable(f.Name) {
			return ingest.Report{Problems: []ingest.Problem{{File: f.Name, Reason: "this is not UTF-8 text; save the file as UTF-8 and try again"}}}, nil
		}
		body, inBase64 = base64.StdEncoding.EncodeToString(f.Body), true
	}
	var visibility *record.Visibility
	if o.Visibility != 0 {
		visibility = &o.Visibility
	}
	var got importReply
	err := r.ask(ctx, importMutation, map[string]any{"name": f.Name, "body": body, "base64": inBase64,
		"accept": o.AcceptNew, "visibility": visibility, "dry": o.DryRun}, &got)
	report := got.ImportText.Report
	report.Texts = report.Added + report.Changed + report.Unchanged
	report.Version, _ = strconv.ParseUint(got.ImportText.DataVersion, 10, 64) // opaque: 0 when it is no number
	for _, saved := range got.ImportText.Saved {
		report.Saved = append(report.Saved, saved.ID)
	}
	var refused *record.Refusal
	if errors.As(err, &refused) {
		report.Problems = append(report.Problems, ingest.Problem{File: f.Name, Field: refused.Field, Reason: refused.Reason})
		err = nil
	}
	return report, err
}
