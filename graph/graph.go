// Package graph keeps the records and their links in Badger, and answers for
// them through a lens. It is the only package that imports Badger, and the
// truth that everything else follows.
//
// # What is stored
//
// Every key is a tuple (see keys.go, where each table has its constructor): a
// table tag, then numbers and strings in an order-preserving encoding. Inside,
// records and links are compact integers ("refs"), given out in order and never
// again; readable ids are outside.
//
//	meta    name                           → a number: format, last change, next refs
//	log     number                         → entry: the change, its verdict, before and after
//	seen    change id                      → number: the verdict a repeated change gets
//	id      id                             → ref, for ever
//	node    ref                            → the record
//	touched ref                            → number of the last change that touched it
//	text    ref, version                   → the parts of a version of a text
//	body    ref, version                   → its bytes, for ever
//	link    link ref                       → the link, its ends and texts as refs
//	ruling  ruling ref                     → what a person settled about identity
//
// The rest is derived: each key below is a function of one record or one link
// (derive.go), is written with it in the same transaction, and can be made
// again from it. Invariant: a derived key is there exactly when its record or
// link says so; Check holds this.
//
//	name    folded name, ref               → 0 for the name, 1 for an alias, 2 for a part of a person's: find
//	order   kind, folded name, ref         lists in name order
//	dated   newest first, ref              weeknotes by date
//	source  source                         → ref: a text's identity
//	guarded ref                            records that not everybody may see
//	unknown kind, folded name, ref         texts that use a name which no record goes by
//	near    ref, direction, type, newest first, link ref   a record's links: one range per type
//	pair    from, type, to, link ref       links of one meaning: proposals meet what exists
//	proof   text ref, link ref             links that a text proves: new versions re-anchor them
//	waiting link ref                       proposals nobody reviewed
//	merged  from, to, ruling ref           a record goes by another one
//	held    to, from, ruling ref           the same, the other way round
//	distinct lower, higher, ruling ref     two records that are not one
//	norecord kind, folded name, ruling ref a name that is no record
//	doubt    link ref, ruling ref          somebody says that a link is wrong
//
// # Writing
//
// A change goes to the one committer (commit.go), which takes all that wait,
// applies them one after another to a stage above the newest snapshot
// (stage.go), writes the stage in one synced transaction and answers. A change
// that is refused leaves nothing behind but its entry in the log. Applying is a
// function of the state and the change alone: no clock, no chance, no map order.
//
// # Identity
//
// A merge is a ruling and rewrites nothing: every link, mention and name stays
// with the record for which it was written, and union.go joins them when they
// are read, for a viewer who may see both. So taking the ruling back leaves what
// was there, and what was added since where it belongs.
//
// # Reading
//
// A Snapshot is Badger's own view at one change number. Every read takes a
// record.Lens, runs over iterators, and stops when its context does. What walks
// along many links reads a Cut: the same links in memory (adjacency.go), the lens
// laid on them as they are passed. What other rooms make of a state is kept on its
// Shelf, and long work beside the requests of others rests between its steps (Rest).
package graph

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"lotigraph/record"
)

// Options are the true options of a store; the zero value is usable.
type Options struct {
	Logger *slog.Logger  // nil for none
	GC     time.Duration // how often the value log is collected; 0 for every ten minutes

	scratch bool // in a folder that goes when the store is closed
}

// Store is an open graph. It is safe for concurrent use.
type Store struct {
	db      *badger.DB
	log     *slog.Logger
	scratch bool
	waiting chan request
	stop    context.CancelFunc
	closing <-chan struct{} // closed when Close begins
	done    sync.WaitGroup
	stored  atomic.Uint64 // transactions, each with one sync
	ids     idCache       // the committer's own

	mu      sync.Mutex
	current *Snapshot     // the newest; nil once closed
	changed chan struct{} // closed at the next publication
	broken  error         // why nothing is written any more; nil while all is well
}

var errClosed = errors.New("the graph is closed")

// memTable is Badger's memtable: small enough to rest in little memory, large
// enough that 15 % of it, Badger's limit for a transaction, holds any change.
const memTable = 32 << 20

// memoryValue is the largest value that Badger keeps in memory, where it has no
// value log; a larger one would end the program.
const memoryValue = 1 << 20

// Open opens the graph in a folder, made when missing; "" keeps it in memory.
// A folder in use by another process is ErrConflict. One written in an older
// format is migrated; one in a format that this program does not know is
// refused and left as it is.
func Open(dir string, o Options) (*Store, error) {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if err := errors.Join(checkFormatFile(dir), checkManifest(dir)); err != nil {
		return nil, err
	}
	options := badgerOptions(dir, o.Logger)
	if o.scratch {
		options = options.WithSyncWrites(false)
	}
	db, err := badger.Open(options)
	if err != nil {
		if strings.Contains(err.Error(), "directory lock") {
			return nil, record.Conflict("the graph in %s is in use by another process; stop it, or work through it with --server", dir)
		}
		return nil, fmt.Errorf("open graph in %s: %w", dir, err)
	}
	s := &Store{db: db, log: o.Logger, scratch: o.scratch, waiting: make(chan request), changed: make(chan struct{}), ids: idCache{ids: map[ref]record.ID{}}}
	if err := s.migrate(dir); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := s.publish(nil); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.stop, s.closing = cancel, ctx.Done()
	s.done.Go(func() { s.commitLoop(ctx) })
	s.done.Go(func() { s.collectLoop(ctx, o.GC) })
	return s, nil
}

func badgerOptions(dir string, log *slog.Logger) badger.Options {
	o := badger.DefaultOptions(dir).
		WithLogger(badgerLog{log}).
		WithSyncWrites(true).       // durable when Commit returns
		WithDetectConflicts(false). // there is one writer
		WithMemTableSize(memTable).
		WithNumMemtables(2).
		WithValueThreshold(64 << 10).
		WithValueLogFileSize(16 << 20).
		WithBlockCacheSize(16 << 20).
		WithIndexCacheSize(8 << 20).
		WithCompression(options.Snappy)
	if dir == "" {
		// In memory there is no value log, and the threshold is the largest value.
		return o.WithInMemory(true).WithSyncWrites(false).WithValueThreshold(memoryValue)
	}
	return o
}

// Close finishes the changes under way and closes the graph. Snapshots still
// open must be closed first.
func (s *Store) Close() error {
	s.stop()
	s.done.Wait()
	s.mu.Lock()
	last := s.current
	s.current = nil
	s.mu.Unlock()
	if last != nil {
		last.Close()
	}
	err := s.db.Close()
	if s.scratch {
		err = errors.Join(err, os.RemoveAll(s.db.Opts().Dir))
	}
	return err
}

// Version is the number of the last change, 0 for a new graph.
func (s *Store) Version() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current == nil {
		return 0
	}
	return s.current.version
}

// Changed returns a channel that is closed at the next change. To miss none,
// ask for it before looking at the version.
func (s *Store) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// Sizes are the bytes of Badger's tables and of its value log, whose newest file
// counts as what was set aside for it. Badger measures the log now and then.
func (s *Store) Sizes() (tables, valueLog int64) {
	for _, t := range s.db.Tables() {
		tables += int64(t.OnDiskSize)
	}
	_, valueLog = s.db.Size()
	return tables, valueLog
}

// publish makes the newest state the one that Snapshot hands out. Stored is what
// was written since the one before, nil at the first.
func (s *Store) publish(stored *stage) error {
	s.mu.Lock()
	old, known := s.current, "" // nobody else makes another one current
	s.mu.Unlock()
	if old != nil {
		known = old.lineage
	}
	fresh, err := newSnapshot(s.db, known)
	if err != nil {
		return err
	}
	if old != nil && stored != nil {
		fresh.arrays, fresh.decoded = old.arrays.handDown(stored), old.decoded.handDown(stored)
		fresh.deeds, fresh.lasting = old.deeds, old.lasting
	}
	s.mu.Lock()
	changed := s.changed
	s.current, s.changed = fresh, make(chan struct{})
	s.mu.Unlock()
	close(changed)
	if old != nil {
		old.Close()
	}
	return nil
}

// Snapshot hands out the newest state. Close it; until then Badger keeps it.
func (s *Store) Snapshot() (*Snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current == nil {
		return nil, errClosed
	}
	s.current.users.Add(1)
	return s.current, nil
}

// collectLoop lets Badger give back the space of values that nothing points to.
func (s *Store) collectLoop(ctx context.Context, every time.Duration) {
	if every == 0 {
		every = 10 * time.Minute
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			for ctx.Err() == nil && s.db.RunValueLogGC(0.5) == nil {
				s.log.Debug("value log collected")
			}
		}
	}
}

// badgerLog passes Badger's warnings and errors on, and its chatter as debug.
type badgerLog struct{ log *slog.Logger }

func (b badgerLog) Errorf(f string, args ...any)   { b.log.Error("badger", "said", line(f, args)) }
func (b badgerLog) Warningf(f string, args ...any) { b.log.Warn("badger", "said", line(f, args)) }
func (b badgerLog) Infof(f string, args ...any)    { b.log.Debug("badger", "said", line(f, args)) }
func (b badgerLog) Debugf(f string, args ...any)   { b.log.Debug("badger", "said", line(f, args)) }

func line(f string, args []any) string { return strings.TrimSpace(fmt.Sprintf(f, args...)) }

// formatFile is the name of the file that says the format, so that a folder can
// be refused before Badger touches it.
const formatFile = "FORMAT"

func checkFormatFile(dir string) error {
	if dir == "" {
		return nil
	}
	raw, err := os.ReadFile(filepath.Join(dir, formatFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the graph's format: %w", err)
	}
	var version uint64
	if _, err := fmt.Sscanf(string(raw), formatLine, &version); err != nil || version == 0 || version > format {
		return record.Invalid("format", "the graph in %s says %q and this program knows formats up to %d; use the program that wrote it. Nothing was changed",
			dir, strings.TrimSpace(string(raw)), format)
	}
	return nil
}

// checkManifest refuses a folder that holds Badger's files but not the list of
// them: Badger would take it for a new one and delete them.
func checkManifest(dir string) error {
	if dir == "" {
		return nil
	}
	if _, err := os.Stat(filepath.Join(dir, badger.ManifestFilename)); !errors.Is(err, os.ErrNotExist) {
		return nil // there, or for Badger to complain about
	}
	for _, pattern := range []string{"*.sst", "*.vlog", "*.mem", formatFile} {
		if found, err := filepath.Glob(filepath.Join(dir, pattern)); err == nil && len(found) > 0 {
			return record.Invalid("MANIFEST", "the graph in %s is damaged: it has %s but not the file MANIFEST. Keep a copy of it and restore a backup. Nothing was changed",
				dir, filepath.Base(found[0]))
		}
	}
	return nil
}

const formatLine = "lotigraph graph format %d\n"

func writeFormatFile(dir string) error {
	if dir == "" {
		return nil
	}
	name, content := filepath.Join(dir, formatFile), fmt.Appendf(nil, formatLine, format)
	if have, err := os.ReadFile(name); err == nil && bytes.Equal(have, content) {
		return nil
	}
	f, err := os.Create(name + ".new")
	if err != nil {
		return fmt.Errorf("write the graph's format: %w", err)
	}
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil { // a name without its content would close the graph
		return fmt.Errorf("write the graph's format: %w", err)
	}
	return os.Rename(name+".new", name)
}
