package answer

import (
	"context"

	"lotigraph/record"
)

// Link is a dated, sourced statement that joins two records.
type Link struct {
	in   Reader
	link record.Link
}

func (r Reader) link(l record.Link) Link { return Link{r, l} }

// Link reads a link by its id, whatever its status.
func (r Reader) Link(ctx context.Context, id string) (Link, error) {
	l, err := r.View.Graph.Link(ctx, r.Lens, id)
	return r.link(l), err
}

// ID never changes.
func (l Link) ID() string { return l.link.ID }

// Type is what the link says.
func (l Link) Type() record.LinkType { return l.link.Type }

// From is the record that the statement begins with.
func (l Link) From(ctx context.Context) (Node, error) { return l.in.Node(ctx, l.link.From) }

// To is the record that the statement ends with.
func (l Link) To(ctx context.Context) (Node, error) { return l.in.Node(ctx, l.link.To) }

// Role is the role, if one is known.
func (l Link) Role() *string { return filled(l.link.Role) }

// Since is when the link began to hold.
func (l Link) Since() record.PartialDate { return l.link.Since }

// Until is when the link ceased to hold.
func (l Link) Until() record.PartialDate { return l.link.Until }

// Status is how far the link has come.
func (l Link) Status() record.LinkStatus { return l.link.Status }

// Confidence is how sure the reading is.
func (l Link) Confidence() float64 { return l.link.Confidence }

// Revision counts the changes that touched the link.
func (l Link) Revision() int { return l.link.Revision }

// Unsourced tells whether no evidence is left.
func (l Link) Unsourced() bool { return len(l.link.Evidence) == 0 }

// Evidence is the passages that say the link.
func (l Link) Evidence() []Evidence {
	list := make([]Evidence, len(l.link.Evidence))
	for i, e := range l.link.Evidence {
		list[i] = Evidence{l.in, e}
	}
	return list
}

// Certain tells whether the link certainly holds on the lens's day.
func (l Link) Certain() (bool, error) {
	certainty, err := l.in.View.Graph.Holds(l.in.Lens, l.link)
	return certainty == record.Certainly, err
}

// Evidence is a passage of a text that says a link.
type Evidence struct {
	in       Reader
	evidence record.Evidence
}

// Weeknote is the text.
func (e Evidence) Weeknote(ctx context.Context) (Weeknote, error) {
	n, err := e.in.View.Graph.OwnNode(ctx, e.in.Lens, e.evidence.Text) // the text that holds the words, merged or not
	if err != nil {
		return Weeknote{}, err
	}
	return e.in.wrap(n).(Weeknote), nil
}

// Date is when the text was published.
func (e Evidence) Date(ctx context.Context) (record.PartialDate, error) {
	w, err := e.Weeknote(ctx)
	if err != nil {
		return record.PartialDate{}, err
	}
	return w.Date(), nil
}

// Quote is the exact words.
func (e Evidence) Quote() string { return e.evidence.Quote }

// Start is the first byte of the quote.
func (e Evidence) Start() int { return e.evidence.Start }

// End is the byte behind the quote.
func (e Evidence) End() int { return e.evidence.End }

// Method is how the passage was found.
func (e Evidence) Method() string { return e.evidence.Method }

// Confidence is how sure this reading is.
func (e Evidence) Confidence() float64 { return e.evidence.Confidence }

// Superseded tells whether the words are gone from the version now read.
func (e Evidence) Superseded() bool { return e.evidence.Superseded }

// Version is the version of the text that holds the words.
func (e Evidence) Version() int { return e.evidence.Version }

// Mention is a text that names a record.
type Mention struct{ link Link }

// Weeknote is the text.
func (m Mention) Weeknote(ctx context.Context) (Weeknote, error) {
	return one[Weeknote](ctx, m.link.in, m.link.link.From)
}

// Date is when the text was published.
func (m Mention) Date(ctx context.Context) (record.PartialDate, error) {
	w, err := m.Weeknote(ctx)
	if err != nil {
		return record.PartialDate{}, err
	}
	return w.Date(), nil
}

// Passages are the places where the record is named.
func (m Mention) Passages() []Evidence { return m.link.Evidence() }

// Participation is a JOINED or PARTNER_IN link as a flat row.
type Participation struct{ Link }

// Borough is the one that joined, if it is one.
func (p Participation) Borough(ctx context.Context) (*Borough, error) {
	return ofKind[Borough](ctx, p.in, p.link.From, record.BoroughKind)
}

// Partner is the organisation, if it is one.
func (p Participation) Partner(ctx context.Context) (*Partner, error) {
	return ofKind[Partner](ctx, p.in, p.link.From, record.PartnerKind)
}

// Project is what they take part in.
func (p Participation) Project(ctx context.Context) (Project, error) {
	return one[Project](ctx, p.in, p.link.To)
}

// ofKind reads a record if it is of a kind.
func ofKind[T Node](ctx context.Context, r Reader, id record.ID, k record.Kind) (*T, error) {
	if id.Kind() != k {
		return nil, nil
	}
	n, err := one[T](ctx, r, id)
	if err != nil {
		return nil, err
	}
	return &n, nil
}
