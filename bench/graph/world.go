package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"lotigraph/bench"
	"lotigraph/graph"
	"lotigraph/record"
)

// lens shows the public everything, as a visitor sees it.
var lens = record.Lens{Proposed: true}

// world is one programme, everywhere it is walked.
type world struct {
	dir       string
	keep      bool
	programme *bench.Programme

	store    *graph.Store
	snapshot *graph.Snapshot
	cut      *graph.Cut
	links    int
	build    bench.Timing  // of the links in memory
	badger   *badgerSide   // nil when it is not measured
	postgres *postgresSide // likewise
}

func newWorld(ctx context.Context, s settings) (w *world, err error) {
	w = &world{keep: s.data != "", dir: s.data}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.close())
		}
	}()
	if w.dir == "" {
		if w.dir, err = os.MkdirTemp("", "lotigraph-graph-"); err != nil {
			return w, err
		}
		if err = os.Chmod(w.dir, 0o755); err != nil { // for the user that PostgreSQL runs as
			return w, err
		}
	}
	if err = w.load(ctx, s); err != nil {
		return w, err
	}
	if err = w.cutLinks(ctx, s); err != nil {
		return w, err
	}
	if s.badger {
		if w.badger, err = newBadgerSide(w); err != nil {
			return w, err
		}
	}
	if s.postgres {
		w.postgres, err = newPostgresSide(ctx, w)
	}
	return w, err
}

// load fills the graph, or finds it filled.
func (w *world) load(ctx context.Context, s settings) (err error) {
	dir := w.graphDir(s)
	done := dir + ".done"
	if w.store, err = graph.Open(dir, graph.Options{}); err != nil {
		return err
	}
	if _, missing := os.Stat(done); missing == nil {
		boroughs, err := bench.Boroughs(ctx, w.store)
		w.programme = bench.New(s.seed, s.notes, boroughs)
		return err
	}
	if w.store.Version() > 0 {
		return fmt.Errorf("%s was not filled to the end; remove it", dir)
	}
	begun := time.Now()
	if w.programme, err = bench.Load(ctx, w.store, s.seed, s.notes); err != nil {
		return err
	}
	bench.Progress("%d notes in the graph after %.0f s", s.notes, time.Since(begun).Seconds())
	return os.WriteFile(done, nil, 0o644)
}

// cutLinks makes the links in memory, several times, each time after a start.
func (w *world) cutLinks(ctx context.Context, s settings) (err error) {
	for range s.rounds {
		if w.snapshot != nil {
			w.snapshot.Close()
			if err := w.store.Close(); err != nil {
				return err
			}
			w.snapshot, w.cut = nil, nil
			if w.store, err = graph.Open(w.graphDir(s), graph.Options{}); err != nil {
				return err
			}
		}
		if w.snapshot, err = w.store.Snapshot(); err != nil {
			return err
		}
		begun := time.Now()
		if w.cut, err = w.snapshot.Cut(ctx, lens); err != nil {
			return err
		}
		w.build = append(w.build, time.Since(begun))
		bench.Progress("links in memory after %.2f s", w.build[len(w.build)-1].Seconds())
	}
	for range w.cut.Links() {
		w.links++
	}
	return nil
}

func (w *world) graphDir(s settings) string {
	return filepath.Join(w.dir, "graph"+strconv.Itoa(s.notes))
}

func (w *world) close() error {
	var all []error
	if w.postgres != nil {
		all = append(all, w.postgres.server.Close())
	}
	if w.badger != nil {
		all = append(all, w.badger.db.Close())
	}
	if w.snapshot != nil {
		w.snapshot.Close()
	}
	if w.store != nil {
		all = append(all, w.store.Close())
	}
	if !w.keep {
		all = append(all, os.RemoveAll(w.dir))
	}
	return errors.Join(all...)
}
