package index

import (
	"context"
	"fmt"
	"iter"

	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// Source is what the index follows.
type Source interface {
	// Documents are the records touched by changes after the given number, each
	// once, in the order of the last change that touched it.
	Documents(ctx context.Context, after uint64) iter.Seq2[record.Document, error]
	// Lineage tells one history from another: what followed one is of no use to
	// one that follows the other, whatever their numbers.
	Lineage() string
}

// A batch is at most this many documents and about this many bytes of text.
const (
	batchDocuments = 500
	batchBytes     = 4 << 20
)

// CatchUp brings the index from its position to the number given, which is the
// last change of the source. It can be cancelled between batches and goes on
// from there when it is called again. A number below the position changes
// nothing: somebody else was faster. An index of another lineage is emptied
// first.
func (ix *Index) CatchUp(ctx context.Context, src Source, to uint64) error {
	ix.follow.Lock()
	defer ix.follow.Unlock()
	s, err := ix.pinOf(src.Lineage())
	if err != nil {
		return err
	}
	f := follower{store: s.store, lineage: src.Lineage(), position: s.version, last: s.version}
	s.Close()
	if to <= f.position {
		return nil
	}
	if err := f.run(ctx, src, to); err != nil {
		return fmt.Errorf("index: catch up from change %d: %w", f.position, err)
	}
	return nil
}

// pinOf pins the index for a lineage; one that followed another is emptied.
func (ix *Index) pinOf(lineage string) (*Snapshot, error) {
	s, err := ix.pin()
	if err != nil || s.version == 0 {
		return s, err
	}
	held, err := s.reader.GetInternal(lineageKey)
	if err == nil && string(held) == lineage {
		return s, nil
	}
	s.Close()
	if err != nil {
		return nil, fmt.Errorf("index: read its lineage: %w", err)
	}
	if err := ix.empty(); err != nil {
		return nil, err
	}
	return ix.pin()
}

// follower fills batches.
type follower struct {
	store     *store
	lineage   string
	position  uint64 // what the index holds
	last      uint64 // number of the last document in the batch
	batch     *api.Batch
	documents int
	bytes     int
}

func (f *follower) run(ctx context.Context, src Source, to uint64) error {
	f.batch = api.NewBatch()
	for doc, err := range src.Documents(ctx, f.position) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil && doc.Number < f.last {
			err = fmt.Errorf("%s of change %d follows change %d", doc.Node.ID, doc.Number, f.last)
		}
		if err != nil {
			return err
		}
		if f.documents >= batchDocuments || f.bytes >= batchBytes {
			if err := f.write(f.reached(doc.Number)); err != nil {
				return err
			}
		}
		f.add(doc)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.write(max(to, f.last))
}

// reached is the position that a full batch leads to when next is the number of
// the first document behind it: a change that goes on there is not held yet.
func (f *follower) reached(next uint64) uint64 {
	if next == f.last {
		return max(f.position, f.last-1)
	}
	return f.last
}

func (f *follower) add(doc record.Document) {
	id := string(doc.Node.ID)
	if doc.Gone || doc.Node.Withdrawn {
		f.batch.Delete(id)
	} else {
		f.batch.Update(newDocument(&doc))
	}
	f.last = doc.Number
	f.documents++
	f.bytes += doc.Main.Len() + len(doc.Node.Name) + len(doc.Node.Summary)
}

// write writes the batch together with the position it leads to.
func (f *follower) write(position uint64) error {
	f.batch.SetInternal(stateKey, writeState(position))
	f.batch.SetInternal(lineageKey, []byte(f.lineage))
	if err := f.store.scorch.Batch(f.batch); err != nil {
		return err
	}
	f.position = position
	f.batch, f.documents, f.bytes = api.NewBatch(), 0, 0
	return nil
}
