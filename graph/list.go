package graph

import (
	"context"
	"encoding/base64"
	"errors"
	"iter"
	"slices"
	"strings"

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
			err = s.scanDirected(prefix, start, o == OldestFirst, func(item *badger.Item) error {
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

// listed is the record of a key that ends with its ref, when the lens and the
// filter let it through.
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
	return node, nil
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
func (s *Snapshot) scanDirected(prefix, start tuple, backwards bool, f func(*badger.Item) error) error {
	if !backwards {
		return s.view.scan(prefix, start, false, f)
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
	shape := map[byte]string{orderTable: "nsn", datedTable: "nn", nearTable: "nnnnn"}[key[0]]
	rest, err := key[1:], error(nil)
	for _, element := range shape {
		if element == 's' {
			_, rest, err = rest.takeStr()
		} else {
			_, rest, err = rest.takeNum()
		}
		if err != nil {
			return false
		}
	}
	return len(rest) == 0
}

// LinkFilter chooses among a record's links; the zero value lets all through.
type LinkFilter struct {
	Types     []record.LinkType // none means every type, mentions included
	Direction record.Direction
}

// ranges are the near ranges that the filter asks for, in the order of a list:
// outgoing before incoming, then by type.
func (f LinkFilter) ranges(n ref) []tuple {
	types := f.Types
	if len(types) == 0 {
		types = record.LinkTypes()
	}
	var list []tuple
	for _, d := range []record.Direction{record.Out, record.In} {
		if f.Direction != record.Both && f.Direction != d {
			continue
		}
		for _, t := range record.LinkTypes() {
			if slices.Contains(types, t) {
				list = append(list, nearPrefix(n, d, t))
			}
		}
	}
	return list
}

// Links lists the links of a record that the lens shows: outgoing then incoming,
// each by type, newest first. Evidence that the viewer may not see is left out.
func (s *Snapshot) Links(ctx context.Context, l record.Lens, id record.ID, f LinkFilter, after string) iter.Seq2[At[record.Link], error] {
	return func(yield func(At[record.Link], error) bool) {
		err := s.eachLink(ctx, l, id, f, after, new(int), func(link *record.Link, cursor string) error {
			if !yield(At[record.Link]{*link, cursor}, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && err != errStop {
			yield(At[record.Link]{}, err)
		}
	}
}

func (s *Snapshot) eachLink(ctx context.Context, l record.Lens, id record.ID, f LinkFilter, after string, withheld *int, do func(*record.Link, string) error) error {
	if err := errors.Join(ctx.Err(), l.Validate()); err != nil {
		return err
	}
	n, _, err := s.refOf(l, id)
	if err != nil {
		return err
	}
	whole := table(nearTable).num(n)
	start, err := startBehind(whole, after)
	if err != nil {
		return err
	}
	for _, prefix := range f.ranges(n) {
		from := prefix
		if after != "" && string(start) > string(prefix) {
			if !strings.HasPrefix(string(start), string(prefix)) {
				continue // the cursor is behind this range
			}
			from = start
		}
		err := s.view.scan(prefix, from, false, func(item *badger.Item) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			at, err := nearTail(item.Key())
			if err != nil {
				return err
			}
			e, err := s.edge(at)
			if err != nil {
				return err
			}
			link, err := s.shown(l, at, e, withheld)
			if err != nil || link == nil {
				return err
			}
			return do(link, cursorOf(whole, item.Key()))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// LinkCount is how many links of a type a record has from one end.
type LinkCount struct {
	Type      record.LinkType
	Direction record.Direction // Out or In
	Count     int
}

// LinkCounts counts a record's links under the lens, in the order of Links,
// without the types it has none of.
func (s *Snapshot) LinkCounts(ctx context.Context, l record.Lens, id record.ID) ([]LinkCount, error) {
	var counts []LinkCount
	err := s.eachLink(ctx, l, id, LinkFilter{}, "", new(int), func(link *record.Link, _ string) error {
		d := record.Out
		if link.From != id {
			d = record.In
		}
		if last := len(counts) - 1; last >= 0 && counts[last].Type == link.Type && counts[last].Direction == d {
			counts[last].Count++
		} else {
			counts = append(counts, LinkCount{link.Type, d, 1})
		}
		return nil
	})
	return counts, err
}

// Withheld counts the proposals among a record's links that the lens leaves out.
func (s *Snapshot) Withheld(ctx context.Context, l record.Lens, id record.ID, f LinkFilter) (int, error) {
	withheld := 0
	err := s.eachLink(ctx, l, id, f, "", &withheld, func(*record.Link, string) error { return nil })
	return withheld, err
}

// Link reads a link by its id, whatever its status. One whose ends or evidence
// the viewer may not see is ErrNotFound.
func (s *Snapshot) Link(ctx context.Context, l record.Lens, id string) (record.Link, error) {
	if err := ctx.Err(); err != nil {
		return record.Link{}, err
	}
	at, err := linkRef(id)
	if err != nil {
		return record.Link{}, err
	}
	e, err := load[edge](s.view, linkKey(at))
	if err != nil {
		return record.Link{}, err
	}
	if e == nil || e.Withdrawn {
		return record.Link{}, record.NotFound("there is no %s", id)
	}
	asked := *e
	asked.Status = record.Confirmed
	link, err := s.shown(record.Lens{Viewer: l.Viewer}, at, &asked, new(int))
	if err != nil {
		return record.Link{}, err
	}
	if link == nil {
		return record.Link{}, record.NotFound("there is no %s", id)
	}
	link.Status = e.Status
	return *link, nil
}

// Holds says how surely a link holds on the lens's day, from the evidence that
// it carries.
func (s *Snapshot) Holds(l record.Lens, link record.Link) (record.Certainty, error) {
	e := &edge{Since: link.Since, Until: link.Until}
	proofs := make([]proof, 0, len(link.Evidence))
	for _, ev := range link.Evidence {
		n, ok, err := loadNumber(s.view, idKey(ev.Text))
		if err != nil {
			return record.No, err
		}
		if ok {
			proofs = append(proofs, proof{Text: n})
		}
	}
	return s.holds(l, e, proofs)
}
