package answer

import (
	"context"
	"slices"

	"lotigraph/record"
)

// Title is the name.
func (w Weeknote) Title() string { return w.Name() }

// Number is the number in the title, if there is one.
func (w Weeknote) Number() *int {
	if n := w.node.Weeknote.Number; n != 0 {
		return &n
	}
	return nil
}

// Date is when the text was published.
func (w Weeknote) Date() record.PartialDate { return w.node.Weeknote.Date }

// Form says what sort of text it is.
func (w Weeknote) Form() record.Form { return w.node.Weeknote.Form }

// Author is the byline as printed.
func (w Weeknote) Author() *string { return filled(w.node.Weeknote.Byline) }

// Visibility says who may read the text.
func (w Weeknote) Visibility() record.Visibility { return w.node.Weeknote.Visibility }

// Version is the version now read.
func (w Weeknote) Version() int { return w.node.Weeknote.Version }

// Source identifies the text when it is imported again.
func (w Weeknote) Source() string { return w.node.Weeknote.Source }

// Authors are the people who wrote the text.
func (w Weeknote) Authors(ctx context.Context, lens *Lens) ([]Person, error) {
	return ends[Person](ctx, w.Record, lens, record.Authored, record.In)
}

func (w Weeknote) text(ctx context.Context) (record.Text, error) {
	return w.in.View.Graph.Text(ctx, w.in.Lens, w.ID(), w.Version())
}

// Body is the whole stored text.
func (w Weeknote) Body(ctx context.Context) (string, error) {
	t, err := w.text(ctx)
	return t.Body, err
}

// TitleSpan is where the title stands in the body.
func (w Weeknote) TitleSpan(ctx context.Context) (*record.Span, error) {
	t, err := w.text(ctx)
	return known(t.Title), err
}

// BylineSpan is where the byline stands in the body.
func (w Weeknote) BylineSpan(ctx context.Context) (*record.Span, error) {
	t, err := w.text(ctx)
	return known(t.Byline), err
}

// MainSpan is the part of the body that is searched and read.
func (w Weeknote) MainSpan(ctx context.Context) (*record.Span, error) {
	t, err := w.text(ctx)
	return known(t.Main), err
}

// known is the span, or nothing when it is empty.
func known(s record.Span) *record.Span {
	if s.IsZero() {
		return nil
	}
	return &s
}

// details are the project's own fields, empty ones when it has none.
func (p Project) details() record.Project {
	if p.node.Project == nil {
		return record.Project{}
	}
	return *p.node.Project
}

// Themes say what the project is about.
func (p Project) Themes() []string { return slices.Clone(p.details().Themes) }

// Status says where the project stands.
func (p Project) Status() *string { return filled(p.details().Status) }

// Start is when the project began.
func (p Project) Start() record.PartialDate { return p.details().Start }

// End is when the project ended.
func (p Project) End() record.PartialDate { return p.details().End }

// Boroughs are those that joined.
func (p Project) Boroughs(ctx context.Context, lens *Lens) ([]Borough, error) {
	return ends[Borough](ctx, p.Record, lens, record.Joined, record.In)
}

// Partners are the organisations that work in it.
func (p Project) Partners(ctx context.Context, lens *Lens) ([]Partner, error) {
	return ends[Partner](ctx, p.Record, lens, record.PartnerIn, record.In)
}

// Funders are the organisations that pay for it.
func (p Project) Funders(ctx context.Context, lens *Lens) ([]Partner, error) {
	return ends[Partner](ctx, p.Record, lens, record.FundedBy, record.Out)
}

// People lead it.
func (p Project) People(ctx context.Context, lens *Lens) ([]Person, error) {
	return ends[Person](ctx, p.Record, lens, record.Leads, record.In)
}

// SucceededBy are the projects that followed it.
func (p Project) SucceededBy(ctx context.Context, lens *Lens) ([]Project, error) {
	return ends[Project](ctx, p.Record, lens, record.SucceededBy, record.Out)
}

// OnsCode is the code of the Office for National Statistics.
func (b Borough) OnsCode() string { return b.node.Borough.ONSCode }

// Tile is a place on the tile map of London.
type Tile struct{ Column, Row int }

// Tile is the borough's place on the tile map.
func (b Borough) Tile() Tile { return Tile{b.node.Borough.Column, b.node.Borough.Row} }

// Projects are those that the borough joined.
func (b Borough) Projects(ctx context.Context, lens *Lens) ([]Project, error) {
	return ends[Project](ctx, b.Record, lens, record.Joined, record.Out)
}

// People work for the borough.
func (b Borough) People(ctx context.Context, lens *Lens) ([]Person, error) {
	return ends[Person](ctx, b.Record, lens, record.WorksFor, record.In)
}

// MemberOf are the organisations that the borough is a member of.
func (b Borough) MemberOf(ctx context.Context, lens *Lens) ([]Partner, error) {
	return ends[Partner](ctx, b.Record, lens, record.MemberOf, record.Out)
}

// WorksFor are the boroughs and organisations that the person works for.
func (p Person) WorksFor(ctx context.Context, lens *Lens) ([]Node, error) {
	return ends[Node](ctx, p.Record, lens, record.WorksFor, record.Out)
}

// Leads are the projects that the person leads.
func (p Person) Leads(ctx context.Context, lens *Lens) ([]Project, error) {
	return ends[Project](ctx, p.Record, lens, record.Leads, record.Out)
}

// Wrote are the texts that the person wrote.
func (p Person) Wrote(ctx context.Context, lens *Lens) ([]Weeknote, error) {
	return ends[Weeknote](ctx, p.Record, lens, record.Authored, record.Out)
}

// Sector is the sector of the organisation.
func (p Partner) Sector() *string {
	if p.node.Partner == nil {
		return nil
	}
	return filled(p.node.Partner.Sector)
}

// Projects are those that the organisation works in.
func (p Partner) Projects(ctx context.Context, lens *Lens) ([]Project, error) {
	return ends[Project](ctx, p.Record, lens, record.PartnerIn, record.Out)
}

// Funds are the projects that the organisation pays for.
func (p Partner) Funds(ctx context.Context, lens *Lens) ([]Project, error) {
	return ends[Project](ctx, p.Record, lens, record.FundedBy, record.In)
}

// People work for the organisation.
func (p Partner) People(ctx context.Context, lens *Lens) ([]Person, error) {
	return ends[Person](ctx, p.Record, lens, record.WorksFor, record.In)
}

// Members are the boroughs and organisations that are members of this one.
func (p Partner) Members(ctx context.Context, lens *Lens) ([]Node, error) {
	return ends[Node](ctx, p.Record, lens, record.MemberOf, record.In)
}

// MemberOf are the organisations that this one is a member of.
func (p Partner) MemberOf(ctx context.Context, lens *Lens) ([]Partner, error) {
	return ends[Partner](ctx, p.Record, lens, record.MemberOf, record.Out)
}
