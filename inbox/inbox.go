// Package inbox is what waits for a person, and what a person does about it.
//
// Reading a text proposes and never decides. What it leaves open waits here as
// one list:
//
//	a link      read from a sentence; nobody has said whether it is right
//	a name      that texts use and that no record goes by
//	a pair      of records that may be one
//	a report    by somebody who says that a link is wrong
//
// The list begins with reports, since somebody waits for an answer, and goes on
// with what settles most: a name that thirty texts use comes
// before a link that one sentence says. But for reports nothing is stored for it:
// it follows from the graph (proposed links, names that texts leave open, likenesses of
// records, less the rulings given), so a decision taken anywhere is seen here.
//
// A decision is an ordinary change, with an actor and a number, and is undone
// like any other. Decisions are remembered by what they mean: a link rejected, a
// name said to be no record, two records said to be two stay so when the text is
// read again or the sheet imported again.
//
//	decide.go      links: accept, reject, correct; all of one source or rule
//	name.go        names: a new record, another name of a known one, no record
//	identity.go    pairs: merge, with a preview; take it back; two, not one
//	duplicate.go   which records look alike, and why
//	lookalikes.go  … as last known, while they are looked for again
//	report.go      reports: raise one, reject what it is about, or close it
package inbox

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
)

// Inbox settles what waits in one graph. It is safe for concurrent use.
type Inbox struct {
	store    *graph.Store
	importer *ingest.Importer

	mu     sync.Mutex
	newest []Item // everything that waits, at version; in order
	at     uint64
	alike  lookalikes
	beside func(func(context.Context, *graph.Snapshot)) bool // nil where nothing is done beside requests
}

// New makes an inbox over a store. The importer reads texts again when a name
// becomes a record.
func New(store *graph.Store, importer *ingest.Importer) *Inbox {
	return &Inbox{store: store, importer: importer}
}

// Beside lets the inbox look for duplicates beside what asks, where that takes
// seconds: do does something with the newest snapshot, or returns false. It is
// called before anything else.
func (in *Inbox) Beside(do func(func(context.Context, *graph.Snapshot)) bool) { in.beside = do }

// By says who decides, and why.
type By struct {
	Actor    string
	Reason   string // in words, for the change log; "" for none
	ChangeID string // chosen by the caller, so that a decision said twice is one; made up when empty
	Now      time.Time
}

// Sort is what sort of thing waits.
type Sort string

// What waits.
const (
	Link Sort = "LINK" // a proposed link
	Name Sort = "NAME" // a name that no record goes by
	Pair Sort = "PAIR" // two records that may be one

	Reported Sort = "REPORT" // somebody says that a link is wrong
)

// Sorts lists them.
func Sorts() []Sort { return []Sort{Reported, Link, Name, Pair} }

// Item is one thing that waits; the field of its sort is set.
type Item struct {
	ID        string // "link:12", "name:person:jay", "pair:person:jon-smith:john-smith", "ruling:12"
	Sort      Sort
	Settles   int     // how many links and texts a decision would settle
	Certainty float64 // 0 to 1: how sure the proposal is
	Link      *record.Link
	Name      *graph.Naming
	Pair      *Duplicate
	Report    *Report
}

// Filter chooses among what waits; the zero value lets all through. Lists are
// alternatives.
type Filter struct {
	Sorts  []Sort
	Kinds  []record.Kind     // names and pairs of these kinds, links to or from records of them
	Types  []record.LinkType // links of these types; no names or pairs
	Rule   string            // read by this rule; no pairs
	Source record.ID         // read in this text; no pairs
	About  record.ID         // links of this record, pairs with it; no names
}

// Items lists what waits in a snapshot, what settles most first, from behind the
// cursor on; "" begins at the beginning. The list is the caller's, what it points
// to is not. The viewer must be staff: names nobody reviewed are nobody else's.
func (in *Inbox) Items(ctx context.Context, s *graph.Snapshot, w record.Viewer, f Filter, after string) ([]Item, error) {
	if !w.Sees(record.Staff) {
		return nil, record.Forbidden("the inbox is for those who may change things; send a token")
	}
	all, err := in.everything(ctx, s)
	if err != nil {
		return nil, err
	}
	if f, err = f.through(s, w); err != nil {
		return nil, err
	}
	place, err := placeOf(after)
	if err != nil {
		return nil, err
	}
	var list []Item
	for _, item := range all {
		if f.keeps(item) && (after == "" || compare(item, place) > 0) {
			list = append(list, item)
		}
	}
	return list, nil
}

// through is the filter with the ids that records go by now. A text stays the one
// that was named: its sentences are its own.
func (f Filter) through(s *graph.Snapshot, w record.Viewer) (Filter, error) {
	redirects, err := s.Redirects(record.Lens{Viewer: w})
	if to, ok := redirects[f.About]; ok {
		f.About = to
	}
	return f, err
}

// everything is all that waits, gathered once for each version of the graph.
func (in *Inbox) everything(ctx context.Context, s *graph.Snapshot) ([]Item, error) {
	in.mu.Lock()
	newest, at := in.newest, in.at
	in.mu.Unlock()
	if newest != nil && at == s.Version() {
		return newest, nil
	}
	list, alikeAt, err := in.gather(ctx, s)
	if err != nil {
		return nil, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if s.Version() >= in.at && alikeAt == in.alike.at { // no newer pairs were found meanwhile
		in.newest, in.at = list, s.Version()
	}
	return list, nil
}

// gather gathers what waits, with the pairs that were found in a version of the
// graph.
func (in *Inbox) gather(ctx context.Context, s *graph.Snapshot) (list []Item, alikeAt uint64, err error) {
	list = []Item{}
	l := decider()
	for link, err := range s.Waiting(ctx, l) {
		if err != nil {
			return nil, 0, err
		}
		if link.Status == record.Proposed && !link.Type.Derived() {
			list = append(list, Item{ID: link.ID, Sort: Link, Settles: max(1, len(link.Evidence)), Certainty: link.Confidence, Link: &link})
		}
	}
	for n, err := range s.Unknown(ctx, l) {
		if err != nil {
			return nil, 0, err
		}
		list = append(list, Item{ID: nameID(n.Kind, n.Name), Sort: Name, Settles: len(n.Texts) + n.AllLinks, Certainty: n.Confidence, Name: &n})
	}
	pairs, alikeAt, err := in.pairs(ctx, s, l)
	if err != nil {
		return nil, 0, err
	}
	list = append(list, pairs...)
	reports, err := reports(ctx, s, l)
	if err != nil {
		return nil, 0, err
	}
	list = append(list, reports...)
	slices.SortFunc(list, compare)
	return list, alikeAt, nil
}

// nameID is the id of a name that waits.
func nameID(kind record.Kind, name string) string {
	return "name:" + kind.Slug() + ":" + strings.ReplaceAll(record.Fold(name), " ", "-")
}

// compare orders what waits: reports first, then what settles more first, then what is surer, then by
// id, so that the order is total.
func compare(a, b Item) int {
	return cmp.Or(cmp.Compare(rank(a), rank(b)), -cmp.Compare(a.Settles, b.Settles), -cmp.Compare(a.Certainty, b.Certainty), cmp.Compare(a.ID, b.ID))
}

// rank puts reports first. It goes by the id alone, which cursors have.
func rank(i Item) int {
	if record.IsRuling(i.ID) {
		return 0
	}
	return 1
}

// Cursor is the place of an item in the list.
func (i Item) Cursor() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %s %s", i.Settles, strconv.FormatFloat(i.Certainty, 'g', -1, 64), i.ID))
}

// placeOf reads a cursor.
func placeOf(cursor string) (place Item, err error) {
	if cursor == "" {
		return place, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		parts := strings.SplitN(string(raw), " ", 3)
		if len(parts) == 3 {
			settles, bad := strconv.Atoi(parts[0])
			certainty, worse := strconv.ParseFloat(parts[1], 64)
			place, err = Item{ID: parts[2], Settles: settles, Certainty: certainty}, errors.Join(bad, worse)
		} else {
			err = errors.New("it has no three parts")
		}
	}
	if err != nil {
		return Item{}, record.Invalid("after", "%.60q is not a cursor of this list; use an endCursor that it gave", cursor)
	}
	return place, nil
}

// keeps tells whether the filter lets an item through.
func (f Filter) keeps(i Item) bool {
	if len(f.Sorts) > 0 && !slices.Contains(f.Sorts, i.Sort) {
		return false
	}
	switch i.Sort {
	case Link:
		return f.keepsLink(*i.Link)
	case Reported:
		return f.keepsLink(i.Report.Link)
	case Name:
		return len(f.Types) == 0 && f.About == "" && f.keepsKind(i.Name.Kind) && (f.Rule == "" || f.Rule == i.Name.Method) &&
			(f.Source == "" || slices.Contains(i.Name.Texts, f.Source))
	}
	return len(f.Types) == 0 && f.Rule == "" && f.Source == "" && f.keepsKind(i.Pair.A.Kind()) &&
		(f.About == "" || i.Pair.A.ID == f.About || i.Pair.B.ID == f.About)
}

func (f Filter) keepsKind(kinds ...record.Kind) bool {
	return len(f.Kinds) == 0 || slices.ContainsFunc(kinds, func(k record.Kind) bool { return slices.Contains(f.Kinds, k) })
}

func (f Filter) keepsLink(l record.Link) bool {
	return (len(f.Types) == 0 || slices.Contains(f.Types, l.Type)) && f.keepsKind(l.From.Kind(), l.To.Kind()) &&
		(f.About == "" || l.From == f.About || l.To == f.About) &&
		(f.Rule == "" && f.Source == "" || slices.ContainsFunc(l.Evidence, func(e record.Evidence) bool {
			return (f.Rule == "" || e.Method == f.Rule) && (f.Source == "" || e.Text == f.Source)
		}))
}

// commit says a change of a decision.
func (in *Inbox) commit(ctx context.Context, by By, part int, ops []record.Op, expect ...record.Expect) (record.Entry, error) {
	c := record.Change{ID: by.part(part), Time: by.Now, Actor: by.Actor, Reason: by.Reason, Ops: ops, Expect: expect}
	return in.store.Commit(ctx, c)
}

// part is the id of one of the changes of a decision.
func (by By) part(n int) string {
	if n == 0 {
		return by.ChangeID
	}
	return fmt.Sprintf("%s part %d", by.ChangeID, n+1)
}

// said are the changes of a decision that was said before under the same id; none
// when it is new. A decision said twice is one, whatever has happened since.
func (in *Inbox) said(ctx context.Context, by By) ([]record.Entry, error) {
	s, _, err := in.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	var entries []record.Entry
	for {
		entry, err := s.Change(ctx, by.part(len(entries)))
		if errors.Is(err, record.ErrNotFound) {
			return entries, nil
		}
		if err == nil {
			err = entry.Err()
		}
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry)
	}
}

// snapshot is the newest state, with what a person who decides sees of it.
func (in *Inbox) snapshot() (*graph.Snapshot, record.Lens, error) {
	s, err := in.store.Snapshot()
	return s, decider(), err
}

// decider is the lens of a person who decides: everything, proposals included.
func decider() record.Lens {
	return record.Lens{Viewer: record.Viewer{Clearance: record.Staff}, Proposed: true}
}

// Question is what is to be settled, as a question for a person. Names says what
// records are called.
func (i Item) Question(names func(record.ID) (string, error)) (string, error) {
	switch i.Sort {
	case Name:
		return fmt.Sprintf("Is %s a %s?", i.Name.Name, i.Name.Kind.Label()), nil
	case Pair:
		return fmt.Sprintf("Are %s and %s one %s?", i.Pair.A.Name, i.Pair.B.Name, i.Pair.A.Kind().Label()), nil
	}
	ask, link := "Is it right that ", i.Link
	if i.Sort == Reported {
		ask, link = "Is it wrong, as somebody says, that ", &i.Report.Link
	}
	from, err := names(link.From)
	if err != nil {
		return "", err
	}
	to, err := names(link.To)
	if err != nil {
		return "", err
	}
	says := from + " " + link.Type.Phrase() + " " + to
	for _, more := range [][2]string{{" as ", link.Role}, {" from ", link.Since.English()}, {" until ", link.Until.English()}} {
		if more[1] != "" {
			says += more[0] + more[1]
		}
	}
	return ask + says + "?", nil
}

// shownTexts is how many texts show how a name is used.
const shownTexts = 5

// Passages are the lines in which texts use a name, one of each text, as far as
// the lens shows them.
func Passages(ctx context.Context, s *graph.Snapshot, l record.Lens, n graph.Naming) (list []record.Evidence, err error) {
	for _, id := range n.Texts[:min(len(n.Texts), shownTexts)] {
		node, err := s.OwnNode(ctx, l, id)
		if errors.Is(err, record.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		text, err := s.Text(ctx, l, id, node.Weeknote.Version)
		if err != nil {
			return nil, err
		}
		for _, u := range node.Weeknote.Unknown {
			if u.Kind == n.Kind && record.Fold(u.Name) == record.Fold(n.Name) {
				span := Around(text.Body, u.Spans[0])
				list = append(list, record.Evidence{Text: id, Version: text.Version, Span: span, Quote: span.Of(text.Body), Method: u.Method, Confidence: u.Confidence})
				break
			}
		}
	}
	return list, nil
}

// Around is the sentence, or the line, in which a span stands: no more than some
// 300 bytes on either side.
func Around(body string, at record.Span) record.Span {
	const far = 300
	begin, end := at.Start, at.End
	for begin > 0 && at.Start-begin < far && body[begin-1] != '\n' && !endsSentence(body[:begin]) {
		begin--
	}
	for end < len(body) && end-at.End < far && body[end] != '\n' && !(end > at.End && endsSentence(body[:end+1])) {
		end++
	}
	for begin < at.Start && (!utf8.RuneStart(body[begin]) || body[begin] == ' ') {
		begin++
	}
	for end > at.End && end < len(body) && !utf8.RuneStart(body[end]) {
		end--
	}
	return record.Span{Start: begin, End: end}
}

// endsSentence tells whether a sentence ends before the space that the text ends
// with.
func endsSentence(text string) bool {
	before, ok := strings.CutSuffix(text, " ")
	return ok && before != "" && strings.ContainsAny(before[len(before)-1:], ".!?")
}
