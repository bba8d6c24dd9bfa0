package answer

import (
	"context"

	"lotigraph/brief"
	"lotigraph/record"
)

// BoroughBrief is everything about one borough.
type BoroughBrief struct {
	in Reader
	b  brief.Brief
}

// BoroughBrief gathers the brief of a borough.
func (r Reader) BoroughBrief(ctx context.Context, borough string) (*BoroughBrief, error) {
	b, err := brief.For(ctx, r.View.Graph, r.Lens, borough)
	return &BoroughBrief{r, b}, err
}

// Borough is what the brief is about.
func (b *BoroughBrief) Borough() Borough { return b.in.wrap(b.b.Borough).(Borough) }

// Led are the projects that it leads.
func (b *BoroughBrief) Led() []BriefLine { return b.in.lines(b.b.Led) }

// Joined are those that it takes part in otherwise.
func (b *BoroughBrief) Joined() []BriefLine { return b.in.lines(b.b.Joined) }

// Left are those that it takes part in no longer.
func (b *BoroughBrief) Left() []BriefLine { return b.in.lines(b.b.Left) }

// People work for it.
func (b *BoroughBrief) People() []BriefLine { return b.in.lines(b.b.People) }

// FormerPeople did.
func (b *BoroughBrief) FormerPeople() []BriefLine { return b.in.lines(b.b.Former) }

// Memberships are what it is a member of.
func (b *BoroughBrief) Memberships() []BriefLine { return b.in.lines(b.b.Memberships) }

// Neighbours are the boroughs beside it.
func (b *BoroughBrief) Neighbours() []Borough { return wrapAll[Borough](b.in, b.b.Neighbours) }

// SharedPartners work with it and with neighbours.
func (b *BoroughBrief) SharedPartners() []SharedPartner {
	list := make([]SharedPartner, len(b.b.Shared))
	for i, p := range b.b.Shared {
		list[i] = SharedPartner{b.in.wrap(p.Partner).(Partner), wrapAll[Borough](b.in, p.Neighbours), b.in.lines(p.Here), b.in.lines(p.There)}
	}
	return list
}

// Similar are the boroughs most like it.
func (b *BoroughBrief) Similar() []SimilarBorough {
	list := make([]SimilarBorough, len(b.b.Similar))
	for i, one := range b.b.Similar {
		list[i] = SimilarBorough{b.in.wrap(one.Borough).(Borough), one.Score, wrapAll[Project](b.in, one.Shared)}
	}
	return list
}

// NotJoined are projects that those joined, and it never did.
func (b *BoroughBrief) NotJoined() []ProjectNotJoined {
	list := make([]ProjectNotJoined, len(b.b.NotJoined))
	for i, one := range b.b.NotJoined {
		list[i] = ProjectNotJoined{b.in.wrap(one.Project).(Project), len(one.By), b.in.lines(one.By)}
	}
	return list
}

// LastMention is the newest text that names it.
func (b *BoroughBrief) LastMention() *Mention {
	if b.b.LastMention == nil {
		return nil
	}
	return &Mention{b.in.link(*b.b.LastMention)}
}

// MentionCount is how many texts name it.
func (b *BoroughBrief) MentionCount() int { return b.b.TextsThatMention }

// ProjectCount is how many projects it ever joined.
func (b *BoroughBrief) ProjectCount() int { return b.b.ProjectsEver }

// AllProjectCount is how many projects any borough ever joined.
func (b *BoroughBrief) AllProjectCount() int { return b.b.Known }

// ProposalsLeftOut are what only the lens leaves out.
func (b *BoroughBrief) ProposalsLeftOut() int { return b.b.Proposals }

// Lens is the lens that was looked through.
func (b *BoroughBrief) Lens() LensUsed { return b.in.used() }

// SharedPartner is an organisation that works with a borough and its neighbours.
type SharedPartner struct {
	Partner    Partner
	Neighbours []Borough
	Here       []BriefLine
	There      []BriefLine
}

// SimilarBorough is a borough with projects in common.
type SimilarBorough struct {
	Borough Borough
	Score   float64
	Shared  []Project
}

// ProjectNotJoined is a project that similar boroughs joined.
type ProjectNotJoined struct {
	Project Project
	Count   int
	By      []BriefLine
}

// BriefLine is a link in a brief.
type BriefLine struct {
	in   Reader
	line brief.Line
}

func (r Reader) lines(lines []brief.Line) []BriefLine {
	list := make([]BriefLine, len(lines))
	for i, l := range lines {
		list[i] = BriefLine{r, l}
	}
	return list
}

// Sentence is the link in words.
func (l BriefLine) Sentence() string { return l.line.Sentence }

// Node is the other end.
func (l BriefLine) Node() Node { return l.in.wrap(l.line.Node) }

// Role is the role, if one is known.
func (l BriefLine) Role() *string { return filled(l.line.Link.Role) }

// Since is when it began.
func (l BriefLine) Since() record.PartialDate { return l.line.Link.Since }

// Until is when it ended.
func (l BriefLine) Until() record.PartialDate { return l.line.Link.Until }

// Certain tells whether it surely holds on the lens's day.
func (l BriefLine) Certain() bool { return l.line.Certain }

// Link is the link.
func (l BriefLine) Link() Link { return l.in.link(l.line.Link) }

// Evidence is the passages that say so.
func (l BriefLine) Evidence() []Evidence { return l.Link().Evidence() }

func wrapAll[T Node](r Reader, nodes []record.Node) []T {
	list := make([]T, len(nodes))
	for i, n := range nodes {
		list[i] = r.wrap(n).(T)
	}
	return list
}
