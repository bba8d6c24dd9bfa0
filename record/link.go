package record

import (
	"fmt"
	"strings"
)

// LinkType is one of the ways in which two records are linked.
type LinkType uint8

// The link types. Each is read from its From end to its To end.
const (
	Joined LinkType = iota + 1
	PartnerIn
	FundedBy
	WorksFor
	Leads
	Authored
	Mentions
	MemberOf
	SucceededBy
)

// linkType is a row of the one table of link types.
type linkType struct {
	name     string
	from, to []Kind
	phrase   string   // the link as a clause: from + phrase + to
	out, in  string   // headings over the far ends, as seen from either end
	roles    []string // the closed list, most telling first, the last one the default; nil when there is none
	freeRole bool     // the role is free text that tells two links apart (a job title)
	derived  bool     // made by reading only, never by hand
}

var linkTypes = [...]linkType{
	Joined: {name: "JOINED", from: []Kind{BoroughKind}, to: []Kind{ProjectKind}, phrase: "joined", out: "Projects it joined", in: "Boroughs that joined",
		roles: []string{"lead", "pilot", "host", "participant"}},
	PartnerIn: {name: "PARTNER_IN", from: []Kind{PartnerKind}, to: []Kind{ProjectKind}, phrase: "is a partner in", out: "Projects it works in", in: "Partners",
		roles: []string{"lead", "delivery", "supplier", "research", "data", "advisory"}},
	FundedBy:    {name: "FUNDED_BY", from: []Kind{ProjectKind}, to: []Kind{PartnerKind}, phrase: "is funded by", out: "Funders", in: "Projects it funds"},
	WorksFor:    {name: "WORKS_FOR", from: []Kind{PersonKind}, to: []Kind{BoroughKind, PartnerKind}, phrase: "works for", out: "Works for", in: "People", freeRole: true},
	Leads:       {name: "LEADS", from: []Kind{PersonKind}, to: []Kind{ProjectKind}, phrase: "leads", out: "Leads", in: "Led by"},
	Authored:    {name: "AUTHORED", from: []Kind{PersonKind}, to: []Kind{WeeknoteKind}, phrase: "wrote", out: "Wrote", in: "Written by"},
	Mentions:    {name: "MENTIONS", from: []Kind{WeeknoteKind}, to: Kinds(), phrase: "mentions", out: "Names", in: "Named in", derived: true},
	MemberOf:    {name: "MEMBER_OF", from: []Kind{BoroughKind, PartnerKind}, to: []Kind{PartnerKind}, phrase: "is a member of", out: "Member of", in: "Members"},
	SucceededBy: {name: "SUCCEEDED_BY", from: []Kind{ProjectKind, PartnerKind}, to: []Kind{ProjectKind, PartnerKind}, phrase: "was succeeded by", out: "Succeeded by", in: "Follows"},
}

// LinkTypes lists every link type in its order.
func LinkTypes() []LinkType {
	list := make([]LinkType, 0, len(linkTypes)-1)
	for t := Joined; int(t) < len(linkTypes); t++ {
		list = append(list, t)
	}
	return list
}

// Valid tells whether t is in the table.
func (t LinkType) Valid() bool { return t >= Joined && int(t) < len(linkTypes) }

// String is the type as the API spells it: "PARTNER_IN".
func (t LinkType) String() string {
	if !t.Valid() {
		return fmt.Sprintf("LinkType(%d)", t)
	}
	return linkTypes[t].name
}

// Phrase reads the type as a clause between its two ends: "is funded by".
func (t LinkType) Phrase() string { return linkTypes[t].phrase }

// Heading is what stands over the records at the far ends of a record's links of
// the type: "Boroughs that joined", seen from a project. Anything but In is Out.
func (t LinkType) Heading(d Direction) string {
	if d == In {
		return linkTypes[t].in
	}
	return linkTypes[t].out
}

// From and To are the kinds that each end may have.
func (t LinkType) From() []Kind { return linkTypes[t].from }

// To is the kinds that the far end may have.
func (t LinkType) To() []Kind { return linkTypes[t].to }

// Roles is the closed list of roles, most telling first; nil when the type has
// none, or free ones.
func (t LinkType) Roles() []string { return linkTypes[t].roles }

// FreeRole tells whether the role is free text, such as a job title, so that
// two roles between the same ends are two links.
func (t LinkType) FreeRole() bool { return linkTypes[t].freeRole }

// Derived tells whether links of this type come from reading a text and from
// nothing else.
func (t LinkType) Derived() bool { return linkTypes[t].derived }

// ParseLinkType reads a type in upper or lower case. Anything else is ErrInvalid.
func ParseLinkType(s string) (LinkType, error) {
	for _, t := range LinkTypes() {
		if strings.EqualFold(strings.TrimSpace(s), t.String()) {
			return t, nil
		}
	}
	return 0, Invalid("type", "%q is not a link type; use one of %s", s, joinStringers(LinkTypes()))
}

// MarshalText writes the type as the API spells it.
func (t LinkType) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what [ParseLinkType] reads.
func (t *LinkType) UnmarshalText(b []byte) (err error) {
	*t, err = ParseLinkType(string(b))
	return err
}

// LinkStatus says how far a link has come.
type LinkStatus string

// A link read from a sentence is proposed; a person confirms or rejects it.
const (
	Proposed  LinkStatus = "PROPOSED"
	Confirmed LinkStatus = "CONFIRMED"
	Rejected  LinkStatus = "REJECTED"
)

// Valid tells whether s is one of the three.
func (s LinkStatus) Valid() bool { return s == Proposed || s == Confirmed || s == Rejected }

// Link joins two records. From, To, Type and (for a job) Role say what it
// means; two periods of the same meaning are two links.
type Link struct {
	ID         string      `json:"id"`
	Type       LinkType    `json:"type"`
	From       ID          `json:"from"`
	To         ID          `json:"to"`
	Role       string      `json:"role,omitempty"`
	Since      PartialDate `json:"since,omitzero"` // unknown when zero
	Until      PartialDate `json:"until,omitzero"` // still holds when zero
	Status     LinkStatus  `json:"status"`
	Confidence float64     `json:"confidence"` // 0 to 1; 1 when a person confirmed it
	Evidence   []Evidence  `json:"evidence"`
	Revision   int         `json:"revision"`
	Withdrawn  bool        `json:"withdrawn,omitempty"`
}

// Evidence is the passage of a text that says a link.
type Evidence struct {
	Text       ID      `json:"text"`
	Version    int     `json:"version"`
	Span               // where in the body of that version
	Quote      string  `json:"quote"`                // exactly the words of the span
	Method     string  `json:"method"`               // the reading rule's name, or "curated"
	Confidence float64 `json:"confidence"`           // 0 to 1, of this reading alone
	Superseded bool    `json:"superseded,omitempty"` // the words are gone from the version now read
}

// The methods of evidence that no reading rule gave.
const (
	Curated = "curated" // a person did
	Model   = "model"   // a language model did, asked besides the rules
)

// Same tells whether two pieces of evidence are the same passage.
func (e Evidence) Same(f Evidence) bool {
	return e.Text == f.Text && e.Version == f.Version && e.Span == f.Span
}

// Direction says from which end a link is looked at.
type Direction uint8

// The directions; Both is the zero value.
const (
	Both Direction = iota
	Out
	In
)

// OneMeaning tells whether two links of one type between the same records could
// be one: for a job the same title or none, and periods of which neither ends
// before the other begins. A second period of the same meaning is a second link.
func OneMeaning(a, b Link) bool {
	before := func(end, begin PartialDate) bool {
		return !end.IsZero() && !begin.IsZero() && end.Last().Compare(begin.First()) < 0
	}
	oneJob := !a.Type.FreeRole() || a.Role == "" || b.Role == "" || Fold(a.Role) == Fold(b.Role)
	return a.Type == b.Type && oneJob && !before(a.Until, b.Since) && !before(b.Until, a.Since)
}
