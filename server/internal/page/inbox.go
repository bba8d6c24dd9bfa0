package page

import (
	"context"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/inbox"
	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/server/internal/answer"
)

// Inbox is the page of what waits for a person.
type Inbox struct {
	Total  int
	Says   string // the total, in words
	Items  []Waiting
	Sorts  []Option
	Kinds  []Option
	Chosen []Choice
	All    *AllOf // where everything of one source or rule can be settled at once
	Here   string // this page, to come back to
	First  string
	Next   string
}

// Waiting is one thing that waits.
type Waiting struct {
	ID       string
	Question string
	Settles  string // what a decision would settle, in words
	Sure     string // how sure the proposal is, in words
	Link     *WaitingLink
	Name     *WaitingName
	Pair     *WaitingPair
	Report   *WaitingReport
	Correct  string // where it can be put right
}

// WaitingLink is a proposed link in its sentence.
type WaitingLink struct {
	Statement
	Revision int
	Passages []MarkedProof
	Rules    []Place // all that one rule has read
	Sources  []Place // all that one text says
}

// MarkedProof is a passage with the names in it marked.
type MarkedProof struct {
	Proof
	Pieces []Piece
}

// WaitingName is a name that no record goes by.
type WaitingName struct {
	Name, Kind, Slug string // the kind in words and as an address has it
	Aliases          string
	Organisation     bool
	Passages         []MarkedProof
}

// WaitingReport is what somebody says against a link, with its sentences.
type WaitingReport struct {
	Says string
	WaitingLink
}

// WaitingPair is two records that may be one.
type WaitingPair struct {
	Kept, Gone Side
	Reasons    []string
	Preview    string // where it is shown what a merge would do
}

// Side is one of the two.
type Side struct {
	Place
	ID      record.ID
	Aliases string
	Summary string
	Links   []string // counts, in words
}

// AllOf is everything that one source or rule has proposed.
type AllOf struct {
	Says string
	Href string
}

const waitingPerPage = 20

// InboxFilter reads what an address asks of the inbox: sort, kind, type (each as
// often as needed), rule, source and about.
func InboxFilter(q url.Values) (f inbox.Filter, err error) {
	for _, s := range q["sort"] {
		sort := inbox.Sort(strings.ToUpper(s))
		if !slices.Contains(inbox.Sorts(), sort) {
			return f, record.Invalid("sort", "%q is not known here; use report, link, name or pair", s)
		}
		f.Sorts = append(f.Sorts, sort)
	}
	if f.Kinds, err = parseAll("kind", q["kind"], record.ParseKind); err != nil {
		return f, err
	}
	if f.Types, err = parseAll("type", q["type"], record.ParseLinkType); err != nil {
		return f, err
	}
	f.Rule, f.Source, f.About = q.Get("rule"), record.ID(q.Get("source")), record.ID(q.Get("about"))
	return f, nil
}

func parseAll[T any](name string, values []string, parse func(string) (T, error)) (list []T, err error) {
	for _, v := range values {
		if v == "" {
			continue
		}
		one, err := parse(v)
		if err != nil {
			return nil, record.Under(name, err)
		}
		list = append(list, one)
	}
	return list, nil
}

// Inbox is what waits, as an address asks for it. The reader must be staff.
func (r Reader) Inbox(ctx context.Context, in *inbox.Inbox, q url.Values) (Inbox, error) {
	r.Lens.Proposed = true
	f, err := InboxFilter(q)
	if err != nil {
		return Inbox{}, err
	}
	all, err := in.Items(ctx, r.View.Graph, r.Lens.Viewer, f, "")
	if err != nil {
		return Inbox{}, err
	}
	rest := all
	if after := q.Get("after"); after != "" {
		if rest, err = in.Items(ctx, r.View.Graph, r.Lens.Viewer, f, after); err != nil {
			return Inbox{}, err
		}
	}
	q = clean(q)
	q.Del("change")
	at := address{Reader{}, "/inbox", q}
	b := Inbox{Total: len(all), Says: Count(len(all), "thing waits", "things wait"), Here: at.here()}
	if len(all) == 0 {
		b.Says = "Nothing waits"
	}
	for _, item := range rest[:min(len(rest), waitingPerPage)] {
		w, err := r.waiting(ctx, item)
		if err != nil {
			return b, err
		}
		b.Items = append(b.Items, w)
	}
	if len(rest) > waitingPerPage {
		b.Next = at.set("after", rest[waitingPerPage-1].Cursor())
	}
	if q.Get("after") != "" {
		b.First = at.set("after", "")
	}
	for _, s := range []struct{ value, label string }{{"report", "Reported mistakes"}, {"link", "Links"}, {"name", "Names nobody knows"}, {"pair", "Possible duplicates"}} {
		b.Sorts = append(b.Sorts, Option{Label: s.label, Href: at.toggle("sort", s.value), Chosen: slices.Contains(q["sort"], s.value)})
	}
	for _, k := range record.Kinds() {
		b.Kinds = append(b.Kinds, Option{Label: record.Capital(index.KindLabel(k)), Href: at.toggle("kind", k.Slug()), Chosen: slices.Contains(q["kind"], k.Slug())})
	}
	return b, r.chosenInbox(ctx, &b, at, f)
}

// chosenInbox names the restrictions that the lists of options do not show.
func (r Reader) chosenInbox(ctx context.Context, b *Inbox, at address, f inbox.Filter) error {
	if f.Rule != "" {
		b.Chosen = append(b.Chosen, Choice{"Read by the rule: " + f.Rule, at.set("rule", "")})
	}
	for _, one := range []struct {
		name, words string
		id          record.ID
	}{{"source", "Read in: ", f.Source}, {"about", "About: ", f.About}} {
		if one.id == "" {
			continue
		}
		n, err := r.View.Graph.OwnNode(ctx, r.Lens, one.id)
		if err != nil {
			return record.Under(one.name, err)
		}
		b.Chosen = append(b.Chosen, Choice{one.words + n.Name, at.set(one.name, "")})
	}
	for _, t := range f.Types {
		b.Chosen = append(b.Chosen, Choice{"Links that say: " + t.Phrase(), at.toggle("type", t.String())})
	}
	links := 0
	for _, item := range b.Items {
		if item.Link != nil {
			links++
		}
	}
	if links > 0 && (f.Rule != "" || f.Source != "") {
		b.All = &AllOf{Says: "Settle all the links at once", Href: at.on("/inbox/all")}
	}
	return nil
}

// waiting lays out one thing that waits.
func (r Reader) waiting(ctx context.Context, item inbox.Item) (w Waiting, err error) {
	w = Waiting{ID: item.ID, Settles: "settles " + Count(item.Settles, "link or text", "links and texts"), Sure: sure(item.Certainty)}
	if w.Question, err = item.Question(func(id record.ID) (string, error) {
		n, err := r.View.Graph.OwnNode(ctx, r.Lens, id)
		return n.Name, err
	}); err != nil {
		return w, err
	}
	switch item.Sort {
	case inbox.Link:
		w.Link, err = r.waitingLink(ctx, *item.Link)
		w.Correct = r.To("/inbox/correct", "id", item.ID)
	case inbox.Name:
		w.Name, err = r.waitingName(ctx, *item.Name)
		w.Correct = r.To("/inbox/name", "id", item.ID)
	case inbox.Pair:
		w.Pair, err = r.waitingPair(ctx, *item.Pair)
	case inbox.Reported:
		var l *WaitingLink
		if l, err = r.waitingLink(ctx, item.Report.Link); err == nil {
			w.Report = &WaitingReport{item.Report.Ruling.Says, *l}
		}
		w.Correct = r.To("/report", "link", item.Report.Link.ID)
	}
	return w, err
}

// sure is a confidence in words: how many of ten such readings were right.
func sure(c float64) string {
	switch n := int(math.Round(c * 10)); {
	case n >= 10:
		return "nearly always right"
	case n <= 0:
		return "rarely right"
	default:
		return fmt.Sprintf("right in about %d of 10 such cases", n)
	}
}

func (r Reader) waitingLink(ctx context.Context, l record.Link) (*WaitingLink, error) {
	s, err := r.Statement(ctx, l)
	if err != nil {
		return nil, err
	}
	w := &WaitingLink{Statement: s, Revision: l.Revision}
	names, err := r.namesOf(ctx, l.From, l.To)
	if err != nil {
		return nil, err
	}
	for i, p := range s.Proofs {
		w.Passages = append(w.Passages, MarkedProof{p, marked(p.Quote, names)})
		w.Rules = once(w.Rules, Place{Name: p.Rule, Href: Reader{}.To("/inbox", "rule", p.Rule)})
		w.Sources = once(w.Sources, Place{Name: p.Source.Name, Href: Reader{}.To("/inbox", "source", string(l.Evidence[i].Text))})
	}
	return w, nil
}

func once(list []Place, p Place) []Place {
	if slices.Contains(list, p) {
		return list
	}
	return append(list, p)
}

// namesOf are all the names that records go by.
func (r Reader) namesOf(ctx context.Context, ids ...record.ID) (names []string, err error) {
	for _, id := range ids {
		n, err := r.View.Graph.OwnNode(ctx, r.Lens, id)
		if err != nil {
			return nil, err
		}
		names = append(names, n.Names()...)
	}
	return names, nil
}

func (r Reader) waitingName(ctx context.Context, n graph.Naming) (*WaitingName, error) {
	w := &WaitingName{Name: n.Name, Kind: n.Kind.Label(), Slug: n.Kind.Slug(), Aliases: strings.Join(n.Aliases, "; "), Organisation: n.Kind == record.PartnerKind}
	passages, err := inbox.Passages(ctx, r.View.Graph, r.Lens, n)
	if err != nil {
		return nil, err
	}
	proofs, err := r.proofs(ctx, passages)
	for _, p := range proofs {
		w.Passages = append(w.Passages, MarkedProof{p, marked(p.Quote, append([]string{n.Name}, n.Aliases...))})
	}
	return w, err
}

func (r Reader) waitingPair(ctx context.Context, d inbox.Duplicate) (*WaitingPair, error) {
	w := &WaitingPair{Preview: r.To("/inbox/merge", "from", string(d.B.ID), "into", string(d.A.ID))}
	for _, reason := range d.Reasons {
		w.Reasons = append(w.Reasons, record.Capital(reason.Text))
	}
	var err error
	if w.Kept, err = r.side(ctx, d.A); err != nil {
		return nil, err
	}
	w.Gone, err = r.side(ctx, d.B)
	return w, err
}

// side is a record of a pair with what tells it from the other.
func (r Reader) side(ctx context.Context, n record.Node) (Side, error) {
	s := Side{Place: r.Place(n), ID: n.ID, Aliases: strings.Join(n.Aliases, "; "), Summary: n.Summary}
	counts, err := r.View.Graph.LinkCounts(ctx, r.Lens, n.ID)
	s.Links = linkWords(counts)
	return s, err
}

// linkWords are counts of links in words: "Boroughs that joined: 3".
func linkWords(counts []graph.LinkCount) (list []string) {
	for _, c := range counts {
		list = append(list, c.Type.Heading(c.Direction)+": "+record.Thousands(c.Count))
	}
	return list
}

// marked cuts a passage at the names in it, in whatever capitals.
func marked(quote string, names []string) []Piece {
	var marks []record.Span
	lower := strings.ToLower(quote)
	if len(lower) != len(quote) {
		return []Piece{{Text: quote}} // folding moved the bytes
	}
	for _, name := range names {
		name = strings.ToLower(name)
		for at := 0; name != ""; {
			i := strings.Index(lower[at:], name)
			if i < 0 {
				break
			}
			marks = append(marks, record.Span{Start: at + i, End: at + i + len(name)})
			at += i + len(name)
		}
	}
	slices.SortFunc(marks, func(a, b record.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End // of names that begin together, the longest
	})
	return answer.Pieces(quote, marks)
}
