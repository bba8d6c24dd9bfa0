package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"

	"lotigraph/record"
)

// Snapshot is the graph at one change number. It is safe for concurrent use and
// must be closed.
type Snapshot struct {
	view    view
	version uint64
	lineage string
	users   atomic.Int64 // who still has to close it
	present *Snapshot    // what an earlier state was made of, which is closed with it; nil elsewhere

	decoded *decoded // records that were read
	deeds   *deeds   // where ids stand in the log

	mu     sync.Mutex                                   // of hidden and censuses
	hidden map[record.Visibility][]record.ID            // by clearance
	unseen [clearances]atomic.Pointer[map[ref]struct{}] // those in hidden

	mergesOnce sync.Once
	merges     *merges
	mergesErr  error
	unionsMu   sync.Mutex
	unionsOf   map[record.Visibility]*unions // by clearance

	arrays   *arrays
	cuts     cuts
	censuses map[record.Lens]Census
	shelf    Shelf
	lasting  *Shelf
}

var (
	errMissing = errors.New("missing")
	errStop    = errors.New("the caller has enough")
)

// newSnapshot takes one; the lineage is read once in a store's life, and known
// from then on.
func newSnapshot(db *badger.DB, known string) (*Snapshot, error) {
	s := &Snapshot{view: view{txn: db.NewTransaction(false)}, lineage: known, hidden: map[record.Visibility][]record.ID{}, unionsOf: map[record.Visibility]*unions{}, arrays: &arrays{}, decoded: &decoded{}, deeds: &deeds{}, lasting: &Shelf{}}
	s.users.Store(1)
	version, _, err := loadNumber(s.view, metaKey(metaLast))
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("read the data version: %w", err)
	}
	s.version = version
	if known == "" {
		if s.lineage, err = lineage(s.view); err != nil {
			s.Close()
			return nil, fmt.Errorf("read the first change: %w", err)
		}
	}
	return s, nil
}

// Version is the number of the last change in the snapshot.
func (s *Snapshot) Version() uint64 { return s.version }

// Close gives the snapshot back; the last one to do so lets Badger drop it.
func (s *Snapshot) Close() {
	if s.users.Add(-1) > 0 {
		return
	}
	if s.present != nil {
		s.present.Close()
		return
	}
	s.view.txn.Discard()
}

// node reads a record, through the snapshot's cache. The caller may not change it.
func (s *Snapshot) node(n ref) (*record.Node, error) {
	if known := s.decoded.node(n); known != nil {
		return known, nil
	}
	node, err := load[record.Node](s.view, nodeKey(n))
	if err != nil {
		return nil, err
	}
	if node == nil {
		return nil, fmt.Errorf("record %d: %w", n, errMissing)
	}
	s.decoded.keep(n, node)
	return node, nil
}

func (s *Snapshot) id(n ref) (record.ID, error) {
	node, err := s.node(n)
	if err != nil {
		return "", err
	}
	return node.ID, nil
}

// refOf finds the record that an id leads to as the viewer may see it, the one
// that it goes by when it was merged; ErrNotFound else.
func (s *Snapshot) refOf(l record.Lens, id record.ID) (ref, *record.Node, error) {
	n, node, err := s.ownRefOf(l, id)
	if err != nil {
		return 0, nil, err
	}
	u, err := s.unions(l.Viewer)
	if one := u.one(n); err == nil && one != n {
		n = one
		node, err = s.node(n)
	}
	return n, node, err
}

// refOfID is what an id leads to, whoever may see it; false where there is none.
func (s *Snapshot) refOfID(id record.ID) (n ref, known bool, err error) {
	if n, known := s.decoded.ref(id); known {
		return n, true, nil
	}
	return loadNumber(s.view, idKey(id))
}

// ownRefOf is refOf for the record of the id itself, merged or not.
func (s *Snapshot) ownRefOf(l record.Lens, id record.ID) (ref, *record.Node, error) {
	n, known, err := s.refOfID(id)
	if err != nil {
		return 0, nil, err
	}
	if !known {
		return 0, nil, record.NotFound("there is no record %s", id)
	}
	node, err := s.node(n)
	if err != nil {
		return 0, nil, err
	}
	visible, err := s.sees(l.Viewer, n, node)
	if err == nil && !visible {
		err = record.NotFound("there is no record %s", id)
	}
	return n, node, err
}

// Node reads a record by its id. One that is not there, was withdrawn or may not
// be seen is ErrNotFound. The id of a record that was merged gives the one it
// goes by now.
func (s *Snapshot) Node(ctx context.Context, l record.Lens, id record.ID) (record.Node, error) {
	if err := errors.Join(ctx.Err(), l.Validate()); err != nil {
		return record.Node{}, err
	}
	n, _, err := s.refOf(l, id)
	if err != nil {
		return record.Node{}, err
	}
	return s.joined(l.Viewer, n)
}

// OwnNode reads the record of the id itself, merged or not: a text that evidence
// quotes, or a record as it would be without its merge.
func (s *Snapshot) OwnNode(ctx context.Context, l record.Lens, id record.ID) (record.Node, error) {
	if err := errors.Join(ctx.Err(), l.Validate()); err != nil {
		return record.Node{}, err
	}
	_, node, err := s.ownRefOf(l, id)
	if err != nil {
		return record.Node{}, err
	}
	return node.Clone(), nil
}

// Text reads a version of the text of the id itself, merged or not; version 0 is
// the one now read.
func (s *Snapshot) Text(ctx context.Context, l record.Lens, id record.ID, version int) (record.Text, error) {
	if err := ctx.Err(); err != nil {
		return record.Text{}, err
	}
	n, node, err := s.ownRefOf(l, id)
	if err != nil {
		return record.Text{}, err
	}
	if node.Weeknote == nil {
		return record.Text{}, record.Invalid("id", "%s is not a text", id)
	}
	if version == 0 {
		version = node.Weeknote.Version
	}
	seen, err := s.seesVersion(l.Viewer, n, node.Weeknote, version)
	if err == nil && !seen {
		err = record.NotFound("there is no version %d of that text", version)
	}
	if err != nil {
		return record.Text{}, err
	}
	return s.text(n, version)
}

func (s *Snapshot) text(n ref, version int) (record.Text, error) {
	text, err := load[record.Text](s.view, textKey(n, version))
	if err != nil {
		return record.Text{}, err
	}
	if text == nil {
		return record.Text{}, record.NotFound("there is no version %d of that text", version)
	}
	body, err := s.view.get(bodyKey(n, version))
	text.Body = string(body)
	return *text, err
}

// BySource finds the text that was read from a source, withdrawn or not:
// ErrNotFound when there is none. It judges no visibility: it is for importers.
func (s *Snapshot) BySource(ctx context.Context, source string) (record.Node, record.Text, error) {
	n, ok, err := loadNumber(s.view, sourceKey(source))
	if err == nil && !ok {
		err = record.NotFound("no text was read from %s", source)
	}
	if err != nil {
		return record.Node{}, record.Text{}, err
	}
	node, err := s.node(n)
	if err != nil {
		return record.Node{}, record.Text{}, err
	}
	text, err := s.text(n, node.Weeknote.Version)
	return node.Clone(), text, err
}

// edge reads and decodes a link.
func (s *Snapshot) edge(l ref) (*edge, error) {
	e, err := s.view.link(l)
	if err == nil && e == nil {
		err = fmt.Errorf("%s: %w", linkID(l), errMissing)
	}
	return e, err
}

// decode reads the value of an item.
func decode[T any](item item) (*T, error) {
	v := new(T)
	err := item.Value(func(raw []byte) error { return json.Unmarshal(raw, v) })
	return v, err
}
