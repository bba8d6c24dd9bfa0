package main

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"lotigraph/extract"
	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/seed"
)

// extract prints what texts name and say, one JSON object a line. Each text is
// read by itself: what one teaches, the next does not know.
func (p *program) extract(ctx context.Context, args []string) error {
	f := p.flags("extract", "PATH...", `Prints what each text names and says, one JSON object a line, and stores nothing. Tables in folders are passed over.
What is known beforehand is the built-in starter programme, or with --data what that folder holds.`)
	data := f.data("")
	explain := f.Bool("explain", false, "also print the rule and the confidence of each find")
	paths, err := f.parse(args)
	switch {
	case err != nil:
		return err
	case len(paths) == 0:
		return misuse{"extract", "extract: say which texts to read"}
	}
	lexicon, err := p.lexicon(ctx, *data)
	if err != nil {
		return err
	}
	out := json.NewEncoder(p.stdout)
	out.SetEscapeHTML(false)
	sources, problems := ingest.Sources(paths)
	bar := p.bar(false)
	for i, source := range sources {
		bar.show(i, len(sources), source.Name)
		if ingest.IsTable(source.Name) {
			continue
		}
		files, bad := textsOf(source)
		problems = append(problems, bad...)
		for _, file := range files {
			reading := read(file, lexicon)
			facts := reading.Facts(path.Base(file.Name))
			if *explain {
				facts = reading.Explain(path.Base(file.Name))
			}
			bar.clear()
			if err := errors.Join(ctx.Err(), out.Encode(facts)); err != nil {
				return err
			}
		}
	}
	bar.clear()
	if p.sayProblems(ingest.Report{Problems: problems}); len(problems) > 0 {
		return errSaid
	}
	return nil
}

// read reads one text.
func read(f ingest.File, lexicon *extract.Lexicon) extract.Reading {
	body := strings.ReplaceAll(strings.TrimPrefix(string(f.Body), "\uFEFF"), "\r\n", "\n")
	return extract.Read(extract.Source{Name: f.Name, Body: body}, lexicon)
}

// textsOf are the texts in a file.
func textsOf(source ingest.Source) ([]ingest.File, []ingest.Problem) {
	body, err := source.Read()
	if err != nil {
		return nil, []ingest.Problem{{File: source.Name, Reason: err.Error()}}
	}
	files, problems := ingest.Texts(ingest.File{Name: source.Name, Body: body})
	for _, f := range files {
		if !utf8.Valid(f.Body) {
			return nil, append(problems, ingest.Problem{File: source.Name, Reason: "this is not UTF-8 text; save the file as UTF-8 and try again"})
		}
	}
	return files, problems
}

// lexicon is what is known before a text is read: what a data folder holds, or
// the tables of the starter programme.
func (p *program) lexicon(ctx context.Context, data string) (lexicon *extract.Lexicon, err error) {
	var store *graph.Store
	if data == "" {
		store, err = starterTables(ctx)
	} else {
		var f *folder
		if f, err = existingFolder(data, p.quiet()); err == nil {
			store, err = f.store, f.index.Close()
		}
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	s, err := store.Snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return ingest.Lexicon(ctx, s)
}

// starterTables is a graph in memory of the records that the starter programme
// lists.
func starterTables(ctx context.Context) (*graph.Store, error) {
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		return nil, err
	}
	f := folder{store: store, importer: ingest.New(store)}
	for _, kind := range record.Kinds() {
		name := kind.Plural() + ".csv"
		if _, err := fs.Stat(seed.FS(), name); errors.Is(err, fs.ErrNotExist) {
			continue // weeknotes are no table
		}
		if err := f.load(ctx, seed.FS(), name); err != nil {
			return nil, errors.Join(err, store.Close())
		}
	}
	return store, nil
}
