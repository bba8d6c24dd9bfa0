package graph

import (
	"context"
	"encoding/base64"
	"iter"
	"maps"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"lotigraph/record"
)

// At is an item of a list and the cursor behind which the list goes on. A cursor
// is a place in an order, not a count: it stays right while others write.
type At[T any] struct {
	Value  T
	Cursor string
}

// NodeFilter narrows a list of records; the zero value lets all through. Lists
// within a field are alternatives, fields are conditions that must all hold.
type NodeFilter struct {
	Forms    []record.Form      // texts of these forms
	From, To record.PartialDate // texts that may date from this period; undated ones do not
	Themes   []string           // projects with one of these themes
	Statuses []string           // projects of these statuses
	Sectors  []string           // partners of these sectors
}

func (f NodeFilter) keeps(n *record.Node) bool {
	if len(f.Forms) > 0 && (n.Weeknote == nil || !slices.Contains(f.Forms, n.Weeknote.Form)) {
		return false
	}
	if (!f.From.IsZero() || !f.To.IsZero()) && (n.Weeknote == nil || !within(n.Weeknote.Date, f.From, f.To)) {
		return false
	}
	if len(f.Themes) > 0 && (n.Project == nil || !anyFolded(f.Themes, n.Project.Themes...)) {
		return false
	}
	if len(f.Statuses) > 0 && (n.Project == nil || !anyFolded(f.Statuses, n.Project.Status)) {
		return false
	}
	return len(f.Sectors) == 0 || n.Partner != nil && anyFolded(f.Sectors, n.Partner.Sector)
}

// within tells whether a date may lie in a period that is open where zero.
func within(d, from, to record.PartialDate) bool {
	return !d.IsZero() &&
		(from.IsZero() || d.Last().Compare(from.First()) >= 0) &&
		(to.IsZero() || d.First().Compare(to.Last()) <= 0)
}

func anyFolded(wanted []string, have ...string) bool {
	for _, w := range wanted {
		for _, h := range have {
			if record.Fold(w) == record.Fold(h) {
				return true
			}
		}
	}
	return false
}

// Order is how a list of records is sorted.
type Order uint8

// The orders. Texts can be sorted by date, undated ones last or first.
const (
	ByName Order = iota
	NewestFirst
	OldestFirst
)

// Nodes lists the records of a kind that the viewer may see, from behind the
// cursor on; "" starts at the beginning. A cursor of another list is ErrInvalid.
func (s *Snapshot) Nodes(ctx context.Context, l record.Lens, kind record.Kind, f NodeFilter, o Order, after string) iter.Seq2[At[record.Node], error] {
	prefix := orderPrefix(kind)
	if o != ByName {
		prefix = table(datedTable)
	}
	return func(yield func(At[record.Node], error) bool) {
		start, err := startBehind(prefix, after)
		if err == nil {
			err = l.Validate()
		}
		if o != ByName && kind != record.WeeknoteKind {
			err = record.Invalid("orderBy", "only weeknotes have dates to sort by; use NAME")
		}
		if err == nil {
			err = s.scanDirected(prefix, start, o == OldestFirst, func(item item) error {
				node, err := s.listed(ctx, l, item.Key(), f)
				if err != nil || node == nil {
					return err
				}
				if !yield(At[record.Node]{*node, cursorOf(prefix, item.Key())}, nil) {
					return errStop
				}
				return nil
			})
		}
		if err != nil && err != errStop {
			yield(At[record.Node]{}, err)
		}
	}
}

// Themes lists the themes of the projects that the lens shows, in order, each once.
func (s *Snapshot) Themes(ctx context.Context, l record.Lens) ([]string, error) {
	cut, err := s.Cut(ctx, l)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for h, err := range cut.byName(ctx, record.ProjectKind, NodeFilter{}, "") {
		if err != nil {
			return nil, err
		}
		node, err := s.node(ref(h))
		if err != nil {
			return nil, err
		}
		if node.Project == nil { // nothing but its name is known
			continue
		}
		for _, theme := range node.Project.Themes {
			seen[theme] = true
		}
	}
	return slices.Sorted(maps.Keys(seen)), nil
}

// listed is the record of a key that ends with its ref, when the lens and the
// filter let it through and it goes by no other. It belongs to the caller.
func (s *Snapshot) listed(ctx context.Context, l record.Lens, key tuple, f NodeFilter) (*record.Node, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	n, err := endNum(key)
	if err != nil {
		return nil, err
	}
	node, err := s.node(n)
	if err != nil || !f.keeps(node) {
		return nil, err
	}
	if visible, err := s.sees(l.Viewer, n, node); err != nil || !visible {
		return nil, err
	}
	u, err := s.unions(l.Viewer)
	if err != nil || u.one(n) != n {
		return nil, err
	}
	own, err := s.joined(l.Viewer, n)
	return &own, err
}

// endNum reads the number at the end of a name-order or date-order key.
func endNum(key tuple) (n uint64, err error) {
	_, rest, err := key[1:].takeNum()
	if err != nil {
		return 0, err
	}
	if key[0] == orderTable {
		if _, rest, err = rest.takeStr(); err != nil {
			return 0, err
		}
	}
	n, _, err = rest.takeNum()
	return n, err
}

// scanDirected is view.scan in either direction, starting at start.
func (s *Snapshot) scanDirected(prefix, start tuple, backwards bool, f func(item) error) error {
	if !backwards {
		return s.view.scan(prefix, start, f)
	}
	if s.view.over != nil {
		return s.view.over.scanBack(s.view, prefix, start, f)
	}
	o := badger.DefaultIteratorOptions
	o.Prefix, o.PrefetchValues, o.Reverse = prefix, false, true
	it := s.view.txn.NewIterator(o)
	defer it.Close()
	if len(start) == len(prefix) { // from the very end
		start = append(slices.Clone(prefix), 0xFF)
	} else {
		start = start[:len(start)-1] // startBehind's step forward is none backwards
	}
	for it.Seek(start); it.ValidForPrefix(prefix); it.Next() {
		if len(start) > len(prefix)+1 && string(it.Item().Key()) == string(start) {
			continue
		}
		if err := f(it.Item()); err != nil {
			return err
		}
	}
	return nil
}

// cursorOf is the place of a key behind its prefix, opaque to the caller.
func cursorOf(prefix, key []byte) string {
	return base64.RawURLEncoding.EncodeToString(key[len(prefix):])
}

// startBehind is the first key that may come after a cursor.
func startBehind(prefix tuple, cursor string) (tuple, error) {
	if cursor == "" {
		return prefix, nil
	}
	place, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(place) == 0 || len(cursor) > 4096 {
		return nil, badCursor(cursor)
	}
	key := append(slices.Clone(prefix), place...)
	if !wholeKey(key) {
		return nil, badCursor(cursor)
	}
	return append(key, 0), nil
}

func badCursor(cursor string) error {
	return record.Invalid("after", "%.60q is not a cursor of this list; use an endCursor that it gave", cursor)
}

// wholeKey tells whether the bytes are a key of a list, whole.
func wholeKey(key tuple) bool {
	return key[1:].hasShape(map[byte]string{orderTable: "nsn", datedTable: "nn", nearTable: "nnnnn"}[key[0]])
}
