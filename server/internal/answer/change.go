package answer

import (
	"context"
	"errors"

	"lotigraph/ingest"
	"lotigraph/record"
)

// NodeInput is a record as it shall be.
type NodeInput struct {
	ID             *record.ID
	Kind           record.Kind
	Name           string
	Aliases        []string
	Summary        string
	URL            string
	Visibility     record.Visibility
	Project        *ProjectInput
	Borough        *BoroughInput
	Partner        *PartnerInput
	ExpectRevision *int
}

// ProjectInput is what only a project has.
type ProjectInput struct {
	Themes     []string
	Status     string
	Start, End record.PartialDate
}

// BoroughInput is what only a borough has.
type BoroughInput struct {
	OnsCode     string
	Column, Row int
}

// PartnerInput is what only a partner organisation has.
type PartnerInput struct{ Sector string }

// Op is the operation that saves the record.
func (in NodeInput) Op() record.Op {
	n := record.Node{Name: in.Name, Aliases: in.Aliases, Summary: in.Summary, URL: in.URL, Stated: in.Visibility}
	if in.ID != nil {
		n.ID = *in.ID
	}
	if p := in.Project; p != nil {
		n.Project = &record.Project{Themes: p.Themes, Status: p.Status, Start: p.Start, End: p.End}
	}
	if b := in.Borough; b != nil {
		n.Borough = &record.Borough{ONSCode: b.OnsCode, Column: b.Column, Row: b.Row}
	}
	if p := in.Partner; p != nil {
		n.Partner = &record.Partner{Sector: p.Sector}
	}
	return record.Op{SaveNode: &record.SaveNode{Node: n, Kind: in.Kind}}
}

// LinkInput is a link as it shall be.
type LinkInput struct {
	ID             string
	Type           record.LinkType
	From, To       record.ID
	Role           string
	Since, Until   record.PartialDate
	Status         record.LinkStatus
	Evidence       []EvidenceInput
	ExpectRevision *int
}

// EvidenceInput is a passage that says a link.
type EvidenceInput struct {
	Weeknote record.ID
	Quote    string
	Start    *int
}

// Op is the operation that saves the link.
func (in LinkInput) Op() record.Op {
	l := record.Link{ID: in.ID, Type: in.Type, From: in.From, To: in.To, Role: in.Role,
		Since: in.Since, Until: in.Until, Status: in.Status, Confidence: 1}
	for _, e := range in.Evidence {
		proof := record.Evidence{Text: e.Weeknote, Quote: e.Quote, Method: record.Curated, Confidence: 1}
		if e.Start != nil {
			proof.Span = record.Span{Start: *e.Start, End: *e.Start + len(e.Quote)}
		}
		l.Evidence = append(l.Evidence, proof)
	}
	return record.Op{SaveLink: &record.SaveLink{Link: l}}
}

// ChangePayload says what a change did.
type ChangePayload struct {
	IDs         []string
	Outcome     record.Outcome
	Change      string
	DataVersion string
}

// NodePayload is a record after a change.
type NodePayload struct {
	ChangePayload
	Node Node
}

// LinkPayload is a link after a change.
type LinkPayload struct {
	ChangePayload
	Link Link
}

// Change says what an applied change did.
func (r Reader) Change(e record.Entry) ChangePayload {
	p := ChangePayload{Outcome: record.Unchanged, Change: Version(e.Number), DataVersion: Version(r.View.Version()), IDs: []string{}}
	for _, s := range e.Saved {
		if s.Outcome != record.Unchanged {
			p.Outcome = s.Outcome
		}
	}
	for _, effect := range e.Effects {
		if n := effect.Node; n != nil {
			p.IDs = append(p.IDs, string(present(n).ID))
		}
		if l := effect.Link; l != nil {
			p.IDs = append(p.IDs, present(l).ID)
		}
		if r := effect.Ruling; r != nil {
			p.IDs = append(p.IDs, present(r).ID)
		}
	}
	return p
}

// present is the thing as it is after the change, or as it was.
func present[T any](w *record.Was[T]) *T {
	if w.After != nil {
		return w.After
	}
	return w.Before
}

// SavedNode is the record that a change saved.
func (r Reader) SavedNode(ctx context.Context, e record.Entry) (*NodePayload, error) {
	n, err := r.Node(ctx, record.ID(saved(e)))
	if err != nil {
		return nil, err
	}
	return &NodePayload{r.Change(e), n}, nil
}

// SavedLink is the link that a change saved.
func (r Reader) SavedLink(ctx context.Context, e record.Entry) (*LinkPayload, error) {
	l, err := r.Link(ctx, saved(e))
	if err != nil {
		return nil, err
	}
	return &LinkPayload{r.Change(e), l}, nil
}

func saved(e record.Entry) string {
	if len(e.Saved) == 0 {
		return ""
	}
	return e.Saved[0].ID
}

// ImportReport says what importing a text did, or would do.
type ImportReport struct {
	in Reader
	ingest.Report
}

// Imported is the report of an import, to be read with the reader.
func (r Reader) Imported(report ingest.Report) *ImportReport { return &ImportReport{r, report} }

// Saved are the texts that were saved; a dry run saves none.
func (r *ImportReport) Saved(ctx context.Context) ([]Node, error) {
	list := []Node{}
	for _, id := range r.Report.Saved {
		n, err := r.in.Node(ctx, id)
		if errors.Is(err, record.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, nil
}

// DataVersion is the data version afterwards.
func (r *ImportReport) DataVersion() string { return Version(r.in.View.Version()) }

// ImportProblem is what is wrong with a text.
type ImportProblem struct{ ingest.Problem }

// Line is the line, if one can be named.
func (p ImportProblem) Line() *int {
	if p.Problem.Line == 0 {
		return nil
	}
	return &p.Problem.Line
}

// Field is the field, if one can be named.
func (p ImportProblem) Field() *string { return filled(p.Problem.Field) }

// Problems is what is wrong with the text.
func (r *ImportReport) Problems() []ImportProblem {
	list := make([]ImportProblem, len(r.Report.Problems))
	for i, p := range r.Report.Problems {
		list[i] = ImportProblem{p}
	}
	return list
}
