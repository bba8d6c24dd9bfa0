package answer

import (
	"context"
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"lotigraph/graph"
	"lotigraph/inbox"
	"lotigraph/record"
)

// The connection and edge of the inbox.
type (
	InboxItemConnection = Connection[InboxItem]
	InboxItemEdge       = Edge[InboxItem]
)

// InboxFilter says which part of the inbox to list.
type InboxFilter struct {
	Sorts         []inbox.Sort
	Kinds         []record.Kind
	Types         []record.LinkType
	Rule          string
	Source, About record.ID
}

// Filter is the filter as the inbox takes it.
func (f *InboxFilter) Filter() inbox.Filter {
	if f == nil {
		return inbox.Filter{}
	}
	return inbox.Filter(*f)
}

// InboxItem is one thing that waits.
type InboxItem struct {
	in   Reader
	item inbox.Item
}

// Inbox is a page of what waits.
func (r Reader) Inbox(ctx context.Context, in *inbox.Inbox, f inbox.Filter, p Page) (*InboxItemConnection, error) {
	r.Lens.Proposed = true
	seq := func(after string) sequence[inbox.Item] {
		return func(yield func(graph.At[inbox.Item], error) bool) {
			items, err := in.Items(ctx, r.View.Graph, r.Lens.Viewer, f, after)
			if err != nil {
				yield(graph.At[inbox.Item]{}, err)
				return
			}
			for _, item := range items {
				if !yield(graph.At[inbox.Item]{Value: item, Cursor: item.Cursor()}, nil) {
					return
				}
			}
		}
	}
	return connect(seq, p.First, p.After, func(i inbox.Item) InboxItem { return InboxItem{r, i} })
}

// ID identifies the thing for as long as it waits.
func (i InboxItem) ID() string { return i.item.ID }

// Sort says what sort of thing it is.
func (i InboxItem) Sort() inbox.Sort { return i.item.Sort }

// Settles is how many texts and links a decision would settle.
func (i InboxItem) Settles() int { return i.item.Settles }

// Certainty is how sure the proposal is.
func (i InboxItem) Certainty() float64 { return i.item.Certainty }

// Question is what is to be settled, as a question.
func (i InboxItem) Question() (string, error) {
	name := func(id record.ID) (string, error) {
		n, err := i.in.View.Graph.OwnNode(context.Background(), i.in.Lens, id)
		return n.Name, err
	}
	return i.item.Question(name)
}

// Link is the proposed link, if it is one.
func (i InboxItem) Link() *Link {
	if i.item.Link == nil {
		return nil
	}
	return new(i.in.link(*i.item.Link))
}

// Name is the name that no record goes by, if it is one.
func (i InboxItem) Name() *OpenName {
	if i.item.Name == nil {
		return nil
	}
	return &OpenName{i.in, *i.item.Name}
}

// Pair is the records that may be one, if it is those.
func (i InboxItem) Pair() *Duplicate {
	if i.item.Pair == nil {
		return nil
	}
	return &Duplicate{i.in, *i.item.Pair}
}

// Report is what somebody says against a link, if it is that.
func (i InboxItem) Report() *Report {
	if i.item.Report == nil {
		return nil
	}
	return &Report{i.in, *i.item.Report}
}

// Report is what somebody says against a link.
type Report struct {
	in     Reader
	report inbox.Report
}

// ID is the report's identifier.
func (r Report) ID() string { return r.report.Ruling.ID }

// Says is what is wrong.
func (r Report) Says() string { return r.report.Ruling.Says }

// Link is the link, as it is now.
func (r Report) Link() Link { return r.in.link(r.report.Link) }

// OpenName is a name that no record goes by.
type OpenName struct {
	in     Reader
	naming graph.Naming
}

// Kind is what kind of record it seems to be.
func (n OpenName) Kind() record.Kind { return n.naming.Kind }

// Name is the name as the first text has it.
func (n OpenName) Name() string { return n.naming.Name }

// Aliases are other forms of it.
func (n OpenName) Aliases() []string { return append([]string{}, n.naming.Aliases...) }

// TextCount is how many texts use it.
func (n OpenName) TextCount() int { return len(n.naming.Texts) }

// LinkCount is how many links they say of it.
func (n OpenName) LinkCount() int { return n.naming.AllLinks }

// Rule is the reading rule that found it.
func (n OpenName) Rule() string { return n.naming.Method }

// Evidence is passages that use the name.
func (n OpenName) Evidence(ctx context.Context) ([]Evidence, error) {
	passages, err := inbox.Passages(ctx, n.in.View.Graph, n.in.Lens, n.naming)
	list := make([]Evidence, len(passages))
	for i, e := range passages {
		list[i] = Evidence{n.in, e}
	}
	return list, err
}

// Duplicate is two records that may be one.
type Duplicate struct {
	in   Reader
	pair inbox.Duplicate
}

// A is the one that would be kept.
func (d Duplicate) A(ctx context.Context) (Node, error) { return d.in.Node(ctx, d.pair.A.ID) }

// B is the one that would go by it.
func (d Duplicate) B(ctx context.Context) (Node, error) { return d.in.Node(ctx, d.pair.B.ID) }

// Score is how much speaks for it.
func (d Duplicate) Score() float64 { return d.pair.Score }

// Reasons are what speaks for it.
func (d Duplicate) Reasons() []DuplicateReason {
	list := make([]DuplicateReason, len(d.pair.Reasons))
	for i, r := range d.pair.Reasons {
		list[i] = DuplicateReason{d.in, r}
	}
	return list
}

// DuplicateReason is something that speaks for two records being one.
type DuplicateReason struct {
	in     Reader
	reason inbox.Reason
}

// Text is the reason as a sentence.
func (r DuplicateReason) Text() string { return r.reason.Text }

// Shared are the records that both are linked to.
func (r DuplicateReason) Shared(ctx context.Context) ([]Node, error) {
	list := []Node{}
	for _, id := range r.reason.Links {
		n, err := r.in.Node(ctx, id)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, nil
}

// Ruling is what a person settled about identity.
type Ruling struct {
	in     Reader
	ruling record.Ruling
}

// Rulings are those that stand.
func (r Reader) Rulings(ctx context.Context) ([]Ruling, error) {
	rulings, err := r.View.Graph.Rulings(ctx, r.Lens)
	list := make([]Ruling, len(rulings))
	for i, ru := range rulings {
		list[i] = Ruling{r, ru}
	}
	return list, err
}

// ID is the ruling's identifier.
func (r Ruling) ID() string { return r.ruling.ID }

// Sort says what it settles.
func (r Ruling) Sort() record.RulingSort { return r.ruling.Sort }

// From is the first record, as it is by itself.
func (r Ruling) From(ctx context.Context) (Node, error) { return r.end(ctx, r.ruling.From) }

// To is the second record, as it is by itself.
func (r Ruling) To(ctx context.Context) (Node, error) { return r.end(ctx, r.ruling.To) }

func (r Ruling) end(ctx context.Context, id record.ID) (Node, error) {
	if id == "" {
		return nil, nil
	}
	n, err := r.in.View.Graph.OwnNode(ctx, r.in.Lens, id)
	if err != nil {
		return nil, err
	}
	return r.in.wrap(n), nil
}

// Kind is the kind that the name is none of.
func (r Ruling) Kind() *record.Kind {
	if r.ruling.Kind == 0 {
		return nil
	}
	return &r.ruling.Kind
}

// Name is the name that is no record.
func (r Ruling) Name() *string { return filled(r.ruling.Name) }

// Revision counts the changes that touched the ruling.
func (r Ruling) Revision() int { return r.ruling.Revision }

// MergePreview is what merging two records would do.
type MergePreview struct {
	in      Reader
	preview inbox.MergePreview
}

// Previewed is a preview, to be read with the reader.
func (r Reader) Previewed(p inbox.MergePreview) *MergePreview { return &MergePreview{r, p} }

// From is the record that would go by the other one.
func (m *MergePreview) From() Node { return m.in.wrap(m.preview.From) }

// Into is the record that would stay.
func (m *MergePreview) Into() Node { return m.in.wrap(m.preview.Into) }

// Names are those by which the record that stays would be found besides its own.
func (m *MergePreview) Names() []string { return append([]string{}, m.preview.Names...) }

// Moves are the links that would be shown with the record that stays.
func (m *MergePreview) Moves() []graph.LinkCount { return m.preview.Moves }

// Joins is how many links would be one with others.
func (m *MergePreview) Joins() int { return m.preview.Joins }

// Refusal is why it cannot be done.
func (m *MergePreview) Refusal() *string { return filled(m.preview.Refusal) }

// CorrectionInput is what is otherwise in a link than it was read.
type CorrectionInput struct {
	Type         *record.LinkType
	From, To     *record.ID
	Role         *string
	Since, Until *record.PartialDate
}

// Correction is the correction as the inbox takes it.
func (in CorrectionInput) Correction(revision *int) inbox.Correction {
	return inbox.Correction{Type: in.Type, From: in.From, To: in.To, Role: in.Role, Since: in.Since, Until: in.Until, Revision: revision}
}

// NameInput is what a name becomes when it becomes a record.
type NameInput struct {
	Name    string
	Aliases []string
	Sector  string
}

// Record is the new record as the inbox takes it.
func (in *NameInput) Record() *inbox.NewRecord {
	if in == nil {
		return nil
	}
	return new(inbox.NewRecord(*in))
}

// ChangesPayload says what several changes did.
type ChangesPayload struct {
	Changes     []string
	Settled     int
	DataVersion string
}

// Changes says what several changes did; nil ones did nothing.
func (r Reader) Changes(entries []record.Entry) *ChangesPayload {
	p := &ChangesPayload{Changes: []string{}, DataVersion: Version(r.View.Version())}
	for _, e := range entries {
		p.Changes = append(p.Changes, Version(e.Number))
		for _, saved := range e.Saved {
			if saved.Outcome != record.Unchanged {
				p.Settled++
			}
		}
	}
	return p
}

// NamePayload says what became of a name.
type NamePayload struct {
	ChangesPayload
	Node             Node
	Texts, Proposals int
}

// Named says what became of a name.
func (r Reader) Named(ctx context.Context, id record.ID, entries []record.Entry) (*NamePayload, error) {
	n, err := r.Node(ctx, id)
	if err != nil {
		return nil, err
	}
	p := &NamePayload{ChangesPayload: *r.Changes(entries), Node: n}
	for _, e := range entries {
		for i, op := range e.Change.Ops {
			switch {
			case op.SaveReading != nil:
				p.Texts++
			case op.SaveLink != nil && e.Saved[i].Outcome != record.Unchanged:
				p.Proposals++
			}
		}
	}
	return p, nil
}

// MergedFrom lists the ids of records merged into this one.
func (n Record) MergedFrom(ctx context.Context) ([]record.ID, error) {
	return n.in.View.Graph.MergedFrom(ctx, n.in.Lens, n.ID())
}

// MarshalInboxSort writes a sort of thing that waits.
func MarshalInboxSort(s inbox.Sort) graphql.Marshaler { return word(string(s)) }

// UnmarshalInboxSort reads a sort of thing that waits.
func UnmarshalInboxSort(v any) (inbox.Sort, error) {
	return read(v, func(s string) (inbox.Sort, error) {
		for _, known := range inbox.Sorts() {
			if strings.EqualFold(s, string(known)) {
				return known, nil
			}
		}
		return "", record.Invalid("", "%q is not known here; use one of %v", s, inbox.Sorts())
	})
}

// MarshalRulingSort writes a sort of ruling.
func MarshalRulingSort(s record.RulingSort) graphql.Marshaler { return word(string(s)) }

// UnmarshalRulingSort is there for the generator; no argument is a sort of ruling.
func UnmarshalRulingSort(v any) (record.RulingSort, error) {
	return read(v, func(s string) (record.RulingSort, error) {
		if sort := record.RulingSort(s); sort.Valid() {
			return sort, nil
		}
		return "", fmt.Errorf("%q is no ruling", s)
	})
}
