package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"lotigraph/bench"
	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/view"
)

// world is one programme, everywhere it is searched.
type world struct {
	dir       string
	keep      bool
	programme *bench.Programme

	store     *graph.Store
	index     *index.Index
	publisher *view.Publisher
	stop      func() error // the publisher
	service   *service
	bleve     *bleveAlone
	postgres  *postgresSide // nil when it is not measured
}

func newWorld(ctx context.Context, s settings, n int) (w *world, err error) {
	w = &world{dir: s.data, keep: s.data != ""}
	if !w.keep {
		if w.dir, err = os.MkdirTemp("", "lotigraph-search-"); err != nil {
			return nil, err
		}
		if err = os.Chmod(w.dir, 0o755); err != nil { // for the user that PostgreSQL runs as
			return nil, err
		}
	}
	w.dir = filepath.Join(w.dir, strconv.Itoa(n))
	defer func() {
		if err != nil {
			err = errors.Join(err, w.close())
		}
	}()
	if err := os.MkdirAll(w.dir, 0o755); err != nil {
		return w, err
	}
	if w.store, err = graph.Open(filepath.Join(w.dir, "graph"), graph.Options{}); err != nil {
		return w, err
	}
	if err := w.load(ctx, s.seed, n); err != nil {
		return w, err
	}
	if w.index, err = index.Open(filepath.Join(w.dir, "index")); err != nil {
		return w, err
	}
	if err := w.fill(ctx, s); err != nil {
		return w, err
	}
	w.service, err = serve(w)
	return w, err
}

// fill makes all sides at once.
func (w *world) fill(ctx context.Context, s settings) error {
	var all sync.WaitGroup
	var ours, alone, theirs error
	all.Go(func() { ours = w.publish(ctx) })
	all.Go(func() { w.bleve, alone = newBleveAlone(ctx, w) })
	if s.postgres {
		all.Go(func() { w.postgres, theirs = newPostgresSide(ctx, w) })
	}
	all.Wait()
	return errors.Join(ours, alone, theirs)
}

// done marks what a kept folder has whole.
func (w *world) done(part string) bool {
	_, err := os.Stat(filepath.Join(w.dir, part+".done"))
	return err == nil
}

func (w *world) mark(part string) error {
	return os.WriteFile(filepath.Join(w.dir, part+".done"), nil, 0o644)
}

func (w *world) load(ctx context.Context, seed uint64, n int) error {
	if w.done("graph") {
		boroughs, err := bench.Boroughs(ctx, w.store)
		w.programme = bench.New(seed, n, boroughs)
		return err
	}
	if w.store.Version() > 0 {
		return fmt.Errorf("%s was not filled to the end; remove it", w.dir)
	}
	begun := time.Now()
	var err error
	if w.programme, err = bench.Load(ctx, w.store, seed, n); err != nil {
		return err
	}
	bench.Progress("%d notes in the graph after %.0f s", n, time.Since(begun).Seconds())
	return w.mark("graph")
}

// publish follows the graph with the index and waits until it is level.
func (w *world) publish(ctx context.Context) error {
	w.publisher = view.New(w.store, w.index, slog.New(slog.DiscardHandler))
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- w.publisher.Run(running) }()
	w.stop = func() error {
		stop()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			return err
		}
		return nil
	}
	begun := time.Now()
	err := w.publisher.Wait(ctx, w.store.Version())
	if took := time.Since(begun); took > 5*time.Second {
		bench.Progress("indexed after %.0f s", took.Seconds())
	}
	return err
}

func (w *world) importer() *ingest.Importer { return ingest.New(w.store) }

// links are what every record is linked with, as the service counts it, for the
// other sides: itself where it is no text, what it mentions, and the other end of
// every link.
func (w *world) links(n int) map[record.ID]map[record.ID]bool {
	all := map[record.ID]map[record.ID]bool{}
	link := func(from, to record.ID) {
		if to.Kind() == record.WeeknoteKind {
			return
		}
		if all[from] == nil {
			all[from] = map[record.ID]bool{}
		}
		all[from][to] = true
	}
	for _, kind := range record.Kinds() {
		for _, node := range w.programme.Records(kind) {
			link(node.ID, node.ID)
		}
	}
	for c := range w.programme.Changes(n) {
		text := record.ID("")
		for _, op := range c.Ops {
			switch {
			case op.SaveText != nil:
				text = record.NewID(record.WeeknoteKind, record.Slugify(op.SaveText.Title))
				for _, m := range op.SaveText.Mentions {
					link(text, m.To)
				}
			case op.SaveLink != nil && op.SaveLink.Link.Type == record.Authored:
				link(text, op.SaveLink.Link.From)
			case op.SaveLink != nil:
				link(op.SaveLink.Link.From, op.SaveLink.Link.To)
				link(op.SaveLink.Link.To, op.SaveLink.Link.From)
			}
		}
	}
	return all
}

func (w *world) close() error {
	var all []error
	if w.postgres != nil {
		all = append(all, w.postgres.close())
	}
	if w.bleve != nil {
		all = append(all, w.bleve.index.Close())
	}
	if w.service != nil {
		all = append(all, w.service.close())
	}
	if w.stop != nil {
		all = append(all, w.stop())
	}
	if w.index != nil {
		all = append(all, w.index.Close())
	}
	if w.store != nil {
		all = append(all, w.store.Close())
	}
	if !w.keep {
		all = append(all, os.RemoveAll(filepath.Dir(w.dir)))
	}
	return errors.Join(all...)
}
