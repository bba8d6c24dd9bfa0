// Package index finds records by their words. It follows the graph's change
// log and is the only package that knows Bleve; the graph is the truth and the
// index folder may be deleted at any time.
//
// # What is kept
//
// One Bleve document per record, under the record's id, in one scorch index
// (Bleve's store of immutable segments). The fields are listed in mapping.go:
//
//	is, aka    the folded name and aliases, each as one term: exact names
//	name       the words of the name, as they are
//	alias      the words of the aliases, as they are
//	title      the words of name and aliases, stemmed
//	topic      themes, sector, ONS code, stemmed
//	summary    stemmed
//	body       the main part of a text, stemmed; stored once, for snippets
//	start      where the main part begins in the stored text (stored only)
//	word       every word of all that once, as it is: how words are spelt and go on
//	form, date of a text, theme of a project: for the columns
//
// There is no dynamic field: documents are built field by field in Go, so a
// field that is not in mapping.go does not exist. Kind, form, date and themes of
// every document are also held in plain arrays, one set per immutable segment
// (columns.go), where filters, facets and orders read them. A document's id is
// held once, as a number that outlives merges (registry.go).
//
// # Who sees what
//
// The index judges no visibility and knows no link. Whoever asks makes a [Scope]
// of what the graph says: which records are hidden, which are one with another,
// and what each is linked with ([Links], arrays by the registry's numbers, of
// which a new version shares all rows that a change did not touch). Words,
// corrections, completions, counts and hints are all taken through it: a word
// that only hidden records have is a word that nobody has.
//
// # From a query to an answer
//
//	token.go, parse.go, tidy.go   text → a tree of clauses and fields (the language is in parse.go)
//	dates.go, meant.go            dates and forms among the words → texts of that time or form
//	phrases.go                    words that say what a field would: "latest weeknotes", "blogs by eddie"
//	ask.go                        a question in words → most of its words
//	run.go                        fields → choices that must hold; the rest is searched for
//	spell.go, vocabulary.go       words that nobody has → those that were meant
//	short.go                      … or that they are short for
//	near.go                       names but for endings and small words
//	loosen.go, compound.go        what else a query that finds nothing may mean
//	query.go, best.go, phrase.go  tree → what goes through the documents that have it
//	posting.go, rarity.go         the posting lists of a term, and what it weighs
//	filter.go, facet.go, tally.go choices and counts, asked of columns and links
//	linkcount.go, incoming.go     counts across links, from whichever end is shorter
//	order.go, collect.go          the best of an order, behind a cursor
//	snippet.go, passage.go        the sentences to show
//	restate.go, why.go            the query, and the place of a hit, in words
//
// Words that nobody has are corrected, and what has them corrected stands behind
// what has them as typed. Where a query still finds nothing, its words may be one
// word written as two, beginnings of words in names, or misspelt names; then most
// of many words will do; and where that finds nothing, the result says what it
// would find without each of its parts. None of this looks at filters, so
// what is found under a filter is always a part of what is found without it.
//
// # Position
//
// Invariant: the index holds what the graph said after change number P, where
// P is [Index.Position]; P is written in the same atomic batch as the documents
// that lead to it. A batch that ends in the middle of change n says n-1, so
// that n is read again after a crash. Reading a change twice does no harm.
//
// With P stands the number of the mapping that wrote it and a checksum. An
// index of another mapping, or one that cannot be read, is thrown away and
// begins again at position 0. Segments are compared with their checksums and
// root.bolt is read with care (bolt.go) before anything trusts them. An index
// that is ahead of its graph (the graph was put back from a copy) cannot know
// it: whoever opens both compares the positions and calls [Index.Rebuild].
//
// # Score
//
// A hit's score is tier + b/(b+20), so it lies between 0 and 9. The tier is 8
// when the whole query is the name of a record that is not a text, 7 when it is
// an alias of one, 6 when it is a name of a text, 5 when it is a name of what is
// no text but for endings and small words, 4 when its words are there, and 3 to 0
// when they are only there corrected: names, aliases, titles, and then words. An exact name always comes
// first, whatever the words weigh, and a corrected word never before an exact
// one. b adds up what the query's words (and phrases) weigh in the record, raised
// by at most 35 parts in a hundred: for being no text, for its links and for being recent
// (lift, in mapping.go):
//
//	b       = Σ over words ( the best field + a tenth of the other fields )
//	field   = weight × idf × √tf × 1.2 / ( √tf + 1.2 × (1/4 + 3/4 × length/usual) )
//	idf     = ln(1 + (N − n + ½) / (n + ½))
//
// where the word is tf times in a field of length words, n of the N records
// that the viewer may see have it in that field (rarity.go), and weight and
// usual length come from mapping.go. The second line is BM25; the usual length is a
// constant there and no average, so that a score does not depend on how the segments
// happen to be merged. A phrase counts as the sum of its words. Equal scores are
// ordered by id, so the order is total. What raises a record is only worked out for
// one that its words alone do not keep from the page.
//
// # Reading
//
// A [Snapshot] pins one state: hits, totals and snippets of its searches come
// from that state alone, while batches and merges go on.
package index

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// Index is an open index. Its methods may be called from several goroutines;
// after Close only snapshots taken before still work.
type Index struct {
	// path is where the store lies, in a folder of its own, so that nothing
	// else in the index folder is ever removed; "" in memory.
	path string

	follow sync.Mutex // held while the index is written

	mu      sync.Mutex // guards what follows
	store   *store     // nil after Close
	rebuilt string
}

// store is one scorch index with what is derived from it. A rebuild replaces
// it as a whole.
type store struct {
	scorch *scorch.Scorch
	queue  *api.AnalysisQueue

	registry *registry
	tallies  sync.Pool
	ordSets  sync.Pool // of sets with nothing in them

	mu      sync.Mutex
	columns map[uint64]*columns // by segment
}

// ErrLocked says that another process has the folder open.
var ErrLocked = errors.New("the index folder is in use by another process")

var errClosed = errors.New("index: it is closed")

// Open opens the index in the folder, or one in memory when dir is "". What is
// missing, broken or of another mapping is made anew, empty, at position 0;
// [Index.Rebuilt] then says why. A folder that another process has open is
// [ErrLocked].
func Open(dir string) (*Index, error) {
	ix := &Index{}
	var err error
	if dir == "" {
		ix.store, err = renew("")
	} else {
		ix.path = filepath.Join(dir, "store")
		ix.store, ix.rebuilt, err = reopen(ix.path)
	}
	if err != nil {
		return nil, fmt.Errorf("index: open %s: %w", dir, err)
	}
	return ix, nil
}

// Rebuilt says why Open had to begin again with an empty index, "" when it did
// not have to.
func (ix *Index) Rebuilt() string {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	return ix.rebuilt
}

// Close closes the index after the batch that is being written. Snapshots stay
// readable until they are closed themselves.
func (ix *Index) Close() error {
	ix.follow.Lock()
	defer ix.follow.Unlock()
	ix.mu.Lock()
	defer ix.mu.Unlock()
	st := ix.store
	ix.store = nil
	if st == nil {
		return nil
	}
	return st.close()
}

// Position is the number of the last change that the index holds, 0 for none
// and for a closed index.
func (ix *Index) Position() uint64 {
	s, err := ix.pin()
	if err != nil {
		return 0
	}
	defer s.Close()
	return s.version
}

// Rebuild empties the index and puts it at position 0; the next CatchUp fills
// it. The old files are removed, and with them every word they held; snapshots
// taken before stay readable until they are closed.
func (ix *Index) Rebuild() error {
	ix.follow.Lock()
	defer ix.follow.Unlock()
	return ix.empty()
}

// empty is Rebuild, for those who hold the lock to write.
func (ix *Index) empty() error {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.store == nil {
		return errClosed
	}
	old := ix.store
	ix.store = nil
	if err := old.close(); err != nil {
		return fmt.Errorf("index: rebuild: %w", err)
	}
	var err error
	if ix.store, err = renew(ix.path); err != nil {
		return fmt.Errorf("index: rebuild: %w", err)
	}
	return nil
}

// Snapshot pins the index as it is now. Close it when it is no longer read.
func (ix *Index) Snapshot() (*Snapshot, error) {
	s, err := ix.pin()
	if err != nil {
		return nil, err
	}
	if err := s.load(); err != nil {
		s.Close()
		return nil, fmt.Errorf("index: snapshot: %w", err)
	}
	return s, nil
}

// pin is a snapshot without its columns.
func (ix *Index) pin() (*Snapshot, error) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.store == nil {
		return nil, errClosed
	}
	reader, err := ix.store.reader()
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	version, err := readState(reader)
	if err != nil {
		reader.Close()
		return nil, fmt.Errorf("index: %w", err)
	}
	return &Snapshot{store: ix.store, reader: reader, version: version}, nil
}

// Snapshot is the index at one moment. Any number of goroutines may search it;
// none may after Close.
type Snapshot struct {
	store    *store
	reader   *scorch.IndexSnapshot
	version  uint64
	segments []segment
	size     uint64        // of all segments, in documents, deleted ones included
	ids      idList        // by ord
	kindsOf  []record.Kind // by ord
	once     sync.Once
}

// Version is the number of the last change that the snapshot holds.
func (s *Snapshot) Version() uint64 { return s.version }

// Size is about how many records the snapshot holds, and no fewer.
func (s *Snapshot) Size() int { return int(s.size) }

// Close lets go of the snapshot. Closing it again does nothing.
func (s *Snapshot) Close() error {
	var err error
	s.once.Do(func() { err = s.reader.Close() })
	return err
}
