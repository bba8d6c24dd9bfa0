package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"lotigraph/bench"
	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/server"
	"lotigraph/view"
)

// token is what staff sign in with here.
const token = "a token for measuring"

// fresh is how many notes beside the others are read by the rules of reading, so
// that what they say waits in the inbox.
const fresh = 200

// world is a programme that is served.
type world struct {
	dir       string
	keep      bool
	programme *bench.Programme
	store     *graph.Store
	index     *index.Index
	publisher *view.Publisher
	site      string       // where the server answers
	client    *http.Client // that asks as everybody does, one connection for all
	staff     *http.Cookie
	stops     []func() error // in the order in which they are called
	changes   int
	reviewed  string // the link that is reviewed; "" until one is
}

func newWorld(ctx context.Context, s settings) (w *world, err error) {
	w = &world{dir: s.data, keep: s.data != "", client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.close())
		}
	}()
	if !w.keep {
		if w.dir, err = os.MkdirTemp("", "lotigraph-pages-"); err != nil {
			return w, err
		}
	}
	w.dir = filepath.Join(w.dir, "pages"+strconv.Itoa(s.notes))
	if err = os.MkdirAll(w.dir, 0o755); err != nil {
		return w, err
	}
	if w.store, err = graph.Open(filepath.Join(w.dir, "graph"), graph.Options{}); err != nil {
		return w, err
	}
	if err = w.load(ctx, s); err != nil {
		return w, err
	}
	if w.index, err = index.Open(filepath.Join(w.dir, "index")); err != nil {
		return w, err
	}
	if err = w.publish(ctx); err != nil {
		return w, err
	}
	if err = w.serve(); err != nil {
		return w, err
	}
	w.staff, err = w.signIn()
	return w, err
}

// load fills the graph, or finds it filled.
func (w *world) load(ctx context.Context, s settings) error {
	done := filepath.Join(w.dir, "done")
	if _, missing := os.Stat(done); missing == nil {
		boroughs, err := bench.Boroughs(ctx, w.store)
		w.programme = bench.New(s.seed, s.notes, boroughs)
		return err
	}
	if w.store.Version() > 0 {
		return fmt.Errorf("%s was not filled to the end; remove it", w.dir)
	}
	begun := time.Now()
	var err error
	if w.programme, err = bench.Load(ctx, w.store, s.seed, s.notes); err != nil {
		return err
	}
	importer := ingest.New(w.store)
	for i := range fresh {
		note := w.programme.Note(s.notes + i)
		if _, err := importer.File(ctx, ingest.File{Name: note.Name, Body: []byte(note.File())}, ingest.Options{}); err != nil {
			return err
		}
	}
	bench.Progress("%d notes in the graph after %.0f s", s.notes+fresh, time.Since(begun).Seconds())
	return os.WriteFile(done, nil, 0o644)
}

// publish follows the graph with the index and waits until it is level.
func (w *world) publish(ctx context.Context) error {
	w.publisher = view.New(w.store, w.index, slog.New(slog.DiscardHandler))
	w.stops = append(w.stops, whileRunning(w.publisher.Run))
	begun := time.Now()
	err := w.publisher.Wait(ctx, w.store.Version())
	if took := time.Since(begun); took > 5*time.Second {
		bench.Progress("indexed after %.0f s", took.Seconds())
	}
	return err
}

// whileRunning runs something until what it returns is called.
func whileRunning(run func(context.Context) error) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- run(ctx) }()
	return func() error {
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			return err
		}
		return nil
	}
}

func (w *world) serve() error {
	s, err := server.New(w.store, w.publisher, ingest.New(w.store), server.Config{Token: token})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	w.site = "http://" + listener.Addr().String()
	serving := whileRunning(func(ctx context.Context) error { return s.Serve(ctx, listener) })
	w.stops = append([]func() error{serving}, w.stops...)
	return nil
}

// signIn is the session of staff.
func (w *world) signIn() (*http.Cookie, error) {
	res, err := w.client.PostForm(w.site+"/sign-in", url.Values{"token": {token}, "back": {"/"}})
	if err != nil {
		return nil, err
	}
	res.Body.Close()
	for _, c := range res.Cookies() {
		return c, nil
	}
	return nil, fmt.Errorf("signing in: %s", res.Status)
}

// change changes something small, as people do, and waits until pages show it: what
// is kept for a version of the data has to be made anew. By turns a record is edited
// and a proposed participation reviewed, which moves links.
func (w *world) change(ctx context.Context) error {
	w.changes++
	op, err := w.edit(), error(nil)
	if w.changes%2 == 0 {
		if op, err = w.review(ctx); err != nil {
			return err
		}
	}
	entry, err := w.store.Commit(ctx, record.Change{ID: fmt.Sprintf("change %d of %d", w.changes, time.Now().UnixNano()), Actor: "bench", Time: time.Now(), Ops: []record.Op{op}})
	if err != nil {
		return err
	}
	return w.publisher.Wait(ctx, entry.Number)
}

// edit gives a partner another summary.
func (w *world) edit() record.Op {
	partner := w.programme.Records(record.PartnerKind)[0]
	partner.Summary = fmt.Sprintf("Summary %d of %d.", w.changes, time.Now().UnixNano())
	return record.Op{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Node: partner}}
}

// review confirms a participation that waits, the first time and every other time,
// and takes that back between.
func (w *world) review(ctx context.Context) (record.Op, error) {
	if w.reviewed == "" {
		s, err := w.store.Snapshot()
		if err != nil {
			return record.Op{}, err
		}
		defer s.Close()
		for l, err := range s.Waiting(ctx, record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}) {
			if err != nil {
				return record.Op{}, err
			}
			if l.Type == record.Joined || l.Type == record.PartnerIn {
				w.reviewed = l.ID
				break
			}
		}
	}
	status := record.Confirmed
	if w.changes%4 == 0 {
		status = record.Proposed
	}
	return record.Op{ReviewLink: &record.ReviewLink{Link: w.reviewed, Status: status}}, nil
}

func (w *world) close() error {
	w.client.CloseIdleConnections()
	var all []error
	for _, stop := range w.stops {
		all = append(all, stop())
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
