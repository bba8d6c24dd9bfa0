package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"

	"lotigraph/bench"
	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/view"
)

// singles measures what has no other side.
func (t *table) singles(ctx context.Context, w *world, s settings) error {
	for _, single := range []struct {
		name    string
		measure func(context.Context, *world, settings) error
	}{{"links", t.links}, {"suggestions", t.suggestions}, {"memory", t.memory}, {"writes", t.writes}, {"indexing", t.indexing}, {"start", t.start}} {
		if !strings.Contains(single.name, s.only) {
			continue
		}
		if err := single.measure(ctx, w, s); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) add(name, goal, format string, args ...any) {
	t.single = append(t.single, figure{name, fmt.Sprintf(format, args...), goal})
}

func spread(q quantiles) string { return fmt.Sprintf("%s ms (%s ms)", ms(q.p50), ms(q.p99)) }

// rounds measures something again and again.
func (s settings) repeat(once func(rng *rand.Rand) error) (quantiles, error) {
	var all []bench.Timing
	for round := range s.rounds + 1 {
		rng := rand.New(rand.NewPCG(s.seed, 7))
		var here bench.Timing
		for range max(200, s.queries) {
			begun := time.Now()
			if err := once(rng); err != nil {
				return quantiles{}, err
			}
			here = append(here, time.Since(begun))
		}
		if round > 0 {
			all = append(all, here)
		}
	}
	return medians(all), nil
}

// suggestions completes what somebody types of a name: its first letters, more
// of them, a second word, a typo.
func (t *table) suggestions(ctx context.Context, w *world, s settings) error {
	bench.Progress("measuring: suggestions")
	v, err := w.publisher.Current()
	if err != nil {
		return err
	}
	defer v.Close()
	inside, err := s.repeat(func(rng *rand.Rand) error {
		_, err := v.Suggest(ctx, lens, w.typed(rng), nil, 8)
		return err
	})
	if err != nil {
		return err
	}
	outside, err := s.repeat(func(rng *rand.Rand) error {
		return w.service.ask(ctx, suggestQuery, map[string]any{"prefix": w.typed(rng)}, &struct{}{})
	})
	t.add("a suggestion, in process", "p99 ≤ 5 ms", "%s", spread(inside))
	t.add("… through GraphQL", "p99 ≤ 5 ms", "%s", spread(outside))
	return err
}

// typed is a part of a name as somebody types it.
func (w *world) typed(rng *rand.Rand) string {
	name := w.someName(rng)
	n := 1 + rng.IntN(len(name))
	if rng.IntN(4) == 0 && len(name) > 9 {
		i := 2 + rng.IntN(5) // two letters change places
		b := []byte(name)
		b[i], b[i+1] = b[i+1], b[i]
		name = string(b)
	}
	for n < len(name) && name[n]&0xC0 == 0x80 {
		n++
	}
	return name[:n]
}

// links is how long the first search that asks about links waits for them.
func (t *table) links(ctx context.Context, w *world, _ settings) error {
	v, err := w.publisher.Current()
	if err != nil {
		return err
	}
	defer v.Close()
	if _, err := v.Search(ctx, lens, view.Request{First: 1, Facets: facetKeys}); err != nil { // which reads what is read once for all
		return err
	}
	other := record.Lens{Viewer: record.Viewer{Clearance: record.Staff}, Proposed: true} // that nobody has looked through yet
	before := heap()
	begun := time.Now()
	_, err = v.Search(ctx, other, view.Request{First: 1, Facets: facetKeys})
	t.add("reading all links for a lens, once", "", "%.2f s", time.Since(begun).Seconds())
	t.add("… and what the lens keeps, a document", "", "%.0f bytes", float64(int64(heap())-int64(before))/float64(v.Index.Size()))
	return err
}

// heap is how many bytes are in use.
func heap() uint64 {
	runtime.GC()
	runtime.GC() // what a pool held is let go by the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func (t *table) memory(_ context.Context, w *world, _ settings) error {
	s, err := w.index.Snapshot()
	if err != nil {
		return err
	}
	defer s.Close()
	m := s.Memory()
	each := func(n int) float64 { return float64(n) / float64(s.Size()) }
	t.add("memory of the columns, a document", "≤ 64 bytes", "%.0f bytes: values %.0f, ids %.0f", each(m.Columns+m.IDs), each(m.Columns), each(m.IDs))
	t.add("… names for suggestions and orders by name", "", "%.0f bytes", each(m.Names))
	return nil
}

// writes saves a record and waits until a search finds it.
func (t *table) writes(ctx context.Context, w *world, s settings) error {
	bench.Progress("measuring: writes")
	for _, sort := range []string{"one record written → found", "one text written → found"} {
		n := 0
		stamp := time.Now().UnixNano()
		var took bench.Timing
		var written []record.Op
		for n < 100 {
			n++
			name := fmt.Sprintf("Zzz%dx%d", stamp, n)
			c := record.Change{ID: sort + name, Actor: "bench", Time: time.Now(), Ops: []record.Op{{SaveNode: &record.SaveNode{
				Kind: record.PartnerKind, Node: record.Node{Name: name, Stated: record.Public}}}}}
			if strings.Contains(sort, "text") {
				c.Ops = []record.Op{{SaveText: &record.SaveText{Title: name, Details: record.Weeknote{Source: name, Form: record.FormWeeknote, Visibility: record.Public},
					Text: longText(w, name, n)}}}
			}
			begun := time.Now()
			id, err := w.writeAndFind(ctx, c, name)
			took = append(took, time.Since(begun))
			if err != nil {
				return err
			}
			written = append(written, record.Op{Withdraw: &record.Withdraw{ID: id}})
		}
		if err := w.takeBack(ctx, sort, written); err != nil {
			return err
		}
		t.add(sort, "p99 ≤ 50 ms", "%s", spread(quantiles{took.Quantile(.5), took.Quantile(.99)}))
	}
	return nil
}

func longText(w *world, name string, n int) record.Text {
	body := name + "\n\n" + w.programme.Note(n).Text.Body
	return record.Text{Body: body, Title: record.Span{End: len(name)}, Main: record.Span{Start: len(name) + 2, End: len(body)}}
}

func (w *world) writeAndFind(ctx context.Context, c record.Change, name string) (id string, err error) {
	entry, err := w.store.Commit(ctx, c)
	if err != nil {
		return "", err
	}
	if err := w.publisher.Wait(ctx, entry.Number); err != nil {
		return "", err
	}
	got, err := w.inProcess(ctx, task{text: name})
	if err == nil && got.total != 1 {
		err = fmt.Errorf("%s was written, and a search finds %d", name, got.total)
	}
	return entry.Saved[0].ID, err
}

// takeBack withdraws what was written, since the other sides do not have it.
func (w *world) takeBack(ctx context.Context, sort string, ops []record.Op) error {
	now := time.Now()
	entry, err := w.store.Commit(ctx, record.Change{ID: fmt.Sprint("taken back: ", sort, now.UnixNano()), Actor: "bench", Time: now, Ops: ops})
	if err != nil {
		return err
	}
	return w.publisher.Wait(ctx, entry.Number)
}

// indexing lets the index and Bleve alone take the same documents in turn.
func (t *table) indexing(ctx context.Context, w *world, s settings) error {
	bench.Progress("measuring: indexing")
	const most = 5000
	from, err := w.store.Snapshot()
	if err != nil {
		return err
	}
	defer from.Close()
	source := partSource{Snapshot: from}
	for d, err := range from.Documents(ctx, 0) {
		if err != nil {
			return err
		}
		if d.Node.Weeknote != nil && d.Body != "" {
			if source.list = append(source.list, d); len(source.list) == most {
				break
			}
		}
	}
	var ours, theirs bench.Timing
	for range s.rounds {
		a, b, err := bench.Compare(1, func() error { return w.indexOurs(ctx, source) }, func() error { return w.indexAlone(source) })
		if err != nil {
			return err
		}
		ours, theirs = append(ours, a...), append(theirs, b...)
	}
	rate := func(t bench.Timing) float64 { return float64(len(source.list)) / t.Quantile(.5).Seconds() }
	t.add("indexing", "≥ 0.8 × Bleve", "%.2f × Bleve: %.0f and %.0f notes/s", rate(ours)/rate(theirs), rate(ours), rate(theirs))
	return nil
}

// partSource is some documents of a graph.
type partSource struct {
	*graph.Snapshot
	list []record.Document
}

func (w *world) indexOurs(ctx context.Context, source partSource) error {
	dir, err := os.MkdirTemp(w.dir, "ours-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	ix, err := index.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(ix.CatchUp(ctx, source, source.list[len(source.list)-1].Number), ix.Close())
}

func (w *world) indexAlone(source partSource) error {
	dir, err := os.MkdirTemp(w.dir, "alone-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	ix, err := bleve.New(filepath.Join(dir, "index"), bleveMapping())
	if err != nil {
		return err
	}
	batch := ix.NewBatch()
	for i := range source.list {
		err = errors.Join(err, batch.IndexAdvanced(index.BleveDocument(&source.list[i])))
		if batch.Size() == batchSize || i == len(source.list)-1 {
			err = errors.Join(err, ix.Batch(batch))
			batch = ix.NewBatch()
		}
	}
	return errors.Join(err, ix.Close())
}

// start closes the service and opens it again, until it answers a search.
func (t *table) start(ctx context.Context, w *world, s settings) error {
	bench.Progress("measuring: starts")
	var took, withLinks bench.Timing
	for range s.rounds {
		err := errors.Join(w.service.close(), w.stop(), w.index.Close(), w.store.Close())
		w.service, w.stop, w.index, w.store = nil, nil, nil, nil
		if err != nil {
			return err
		}
		begun := time.Now()
		if w.store, err = graph.Open(filepath.Join(w.dir, "graph"), graph.Options{}); err != nil {
			return err
		}
		if w.index, err = index.Open(filepath.Join(w.dir, "index")); err != nil {
			return err
		}
		w.publisher = view.New(w.store, w.index, slog.New(slog.DiscardHandler))
		if err := w.publish(ctx); err != nil {
			return err
		}
		if w.service, err = serve(w); err != nil {
			return err
		}
		if _, err := w.overHTTP(ctx, task{text: w.programme.Word(100)}); err != nil {
			return err
		}
		took = append(took, time.Since(begun))
		if _, err := w.overHTTP(ctx, task{text: w.programme.Word(100), facets: true}); err != nil {
			return err
		}
		withLinks = append(withLinks, time.Since(begun))
	}
	t.add("start until the first answer through GraphQL", "≤ 2 s", "%.2f s", took.Quantile(.5).Seconds())
	t.add("… until the first answer with facets across links", "", "%.2f s", withLinks.Quantile(.5).Seconds())
	return nil
}

// Documents are the documents behind a number, as the graph would tell them.
func (p partSource) Documents(_ context.Context, after uint64) iter.Seq2[record.Document, error] {
	return func(yield func(record.Document, error) bool) {
		for _, d := range p.list {
			if d.Number > after && !yield(d, nil) {
				return
			}
		}
	}
}
