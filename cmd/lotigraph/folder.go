package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/seed"
	"lotigraph/view"
)

// The parts of a data folder.
const (
	graphFolder = "graph"
	indexFolder = "index"
	seedingMark = "seeding" // there while the starter programme is being loaded
)

// folder is an open data folder.
type folder struct {
	dir      string
	store    *graph.Store
	index    *index.Index
	importer *ingest.Importer
	fresh    bool // nothing was in it
}

// openFolder opens a data folder, made when missing. The 33 boroughs are in it
// from then on.
func openFolder(dir string, log *slog.Logger) (*folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	store, err := graph.Open(filepath.Join(dir, graphFolder), graph.Options{Logger: log})
	if errors.Is(err, record.ErrConflict) {
		return nil, record.Conflict("a server or another command is using %s; work through it with --server URL, or stop it first", dir)
	}
	if err != nil {
		return nil, err
	}
	f := &folder{dir: dir, store: store, importer: ingest.New(store), fresh: store.Version() == 0}
	if f.index, err = index.Open(filepath.Join(dir, indexFolder)); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	if why := f.index.Rebuilt(); why != "" && !f.fresh {
		log.Warn("the index is made anew from the graph", "why", why)
	}
	return f, nil
}

// existingFolder opens a data folder that must be there already.
func existingFolder(dir string, log *slog.Logger) (*folder, error) {
	if !holdsGraph(dir) {
		return nil, record.NotFound("there is no data in %s yet; `lotigraph serve` or `lotigraph import` puts some there", dir)
	}
	return openFolder(dir, log)
}

// holdsGraph tells whether there is a graph in a data folder.
func holdsGraph(dir string) bool {
	entries, err := os.ReadDir(filepath.Join(dir, graphFolder))
	return err == nil && len(entries) > 0
}

func (f *folder) close() error { return errors.Join(f.index.Close(), f.store.Close()) }

// prepare makes sure that the 33 boroughs exist, and that a folder that was
// empty gets the starter programme if it is to have it. A mark in the folder
// says that this is under way, so that a later start finishes what a kill broke
// off; loading it twice changes nothing.
func (f *folder) prepare(ctx context.Context, starter bool, progress ingest.Progress) (loaded bool, err error) {
	mark := filepath.Join(f.dir, seedingMark)
	if f.fresh && starter {
		if err := writeFile(mark, "The starter programme is being loaded. The next start of the server finishes this.\n"); err != nil {
			return false, fmt.Errorf("note that the starter programme is being loaded: %w", err)
		}
	}
	if f.fresh {
		if err := f.load(ctx, seed.FS(), record.BoroughKind.Plural()+".csv"); err != nil {
			return false, err
		}
	}
	if _, err := os.Stat(mark); !starter || errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	report, err := f.importer.Folder(ctx, seed.FS(), ingest.Options{Actor: "seed"}, progress)
	if err == nil {
		err = firstProblem(report)
	}
	if err != nil {
		return false, fmt.Errorf("load the starter programme: %w", err)
	}
	return true, os.Remove(mark)
}

// load imports one table.
func (f *folder) load(ctx context.Context, fsys fs.FS, name string) error {
	body, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	report, err := f.importer.File(ctx, ingest.File{Name: name, Body: body}, ingest.Options{Actor: "seed"})
	if err == nil {
		err = firstProblem(report)
	}
	if err != nil {
		return fmt.Errorf("load %s: %w", name, err)
	}
	return nil
}

func firstProblem(r ingest.Report) error {
	if len(r.Problems) == 0 {
		return nil
	}
	return r.Problems[0]
}

// owner is the lens of whoever can open a data folder: all of it is theirs.
func owner() record.Lens { return record.Lens{Viewer: record.Viewer{Clearance: record.Staff}} }

// view publishes the folder once, as it is now.
func (f *folder) view(ctx context.Context, log *slog.Logger) (v *view.View, end func(), err error) {
	publisher := view.New(f.store, f.index, log)
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- publisher.Run(running) }()
	end = func() {
		if v != nil {
			v.Close()
		}
		stop()
		<-ended
	}
	if err = publisher.Wait(ctx, f.store.Version()); err == nil {
		v, err = publisher.Current()
	}
	if err != nil {
		end()
		return nil, nil, err
	}
	return v, end, nil
}

// writeFile writes a small file that only the user may read, so that it is there
// whole or not at all.
func writeFile(name, text string) error { return writeFrom(name, strings.NewReader(text)) }

// writeFrom is writeFile for what is still to be read.
func writeFrom(name string, content io.Reader) error {
	temporary, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name()) // in vain once it has its name
	_, err = io.Copy(temporary, content)
	err = errors.Join(err, temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), name)
	}
	return err
}

// quiet is the log of commands that are no server: warnings and errors only.
func (p *program) quiet() *slog.Logger {
	return slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// patience is how long a server waits for its first view before it answers all
// the same; until there is one, /readyz and GraphQL say that it is not ready.
const patience = 5 * time.Second
