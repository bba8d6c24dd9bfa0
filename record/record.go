// Package record holds the nouns of the programme: what a record, a link, a
// text and a change are, and when each is well formed. Everything else in the
// house is built on it, and it is built on the standard library only.
//
// The shape in one paragraph: a [Node] is a weeknote, project, borough, person
// or partner. A [Link] joins two nodes; it is dated, has a status and carries
// [Evidence], and evidence is a span of a text with the exact words found
// there. Nothing is written but through a [Change], and nothing is read but
// through a [Lens].
//
// Invariant: for every piece of evidence e in a text t, t.Body[e.Start:e.End]
// == e.Quote, for ever; texts are never edited, an edit is a new version.
//
// Slices inside records belong to whoever was handed them: no package keeps a
// slice that it returned, and none changes a slice that it was given.
package record

import (
	"slices"
	"strings"
)

// ID names a record for ever: kind and slug, as in "borough:kingston-upon-thames".
// Inside a [Change] an ID that starts with "#" is a handle: it stands for the
// record that an earlier operation of the same change saves under that handle.
type ID string

// NewID puts a kind and a slug together.
func NewID(k Kind, slug string) ID { return ID(k.Slug() + ":" + slug) }

// Kind is the kind the id claims, or 0 when it claims none that exists.
func (id ID) Kind() Kind {
	kind, _, _ := strings.Cut(string(id), ":")
	return kindOfSlug(kind)
}

// Slug is the part behind the colon, "" when there is none.
func (id ID) Slug() string {
	_, slug, _ := strings.Cut(string(id), ":")
	return slug
}

// IsHandle tells whether the id is local to a change.
func (id ID) IsHandle() bool { return strings.HasPrefix(string(id), "#") }

// Node is one record. The fields below the common ones belong to one kind
// each; a field that another kind carries is refused by [Node.Validate].
type Node struct {
	ID       ID       `json:"id"`
	Name     string   `json:"name"`              // full and official; a weeknote's title
	Aliases  []string `json:"aliases,omitempty"` // abbreviations, older and other names
	Summary  string   `json:"summary,omitempty"`
	URL      string   `json:"url,omitempty"` // the record's own page; where a text was published
	Revision int      `json:"revision"`      // counts the changes that touched the record, from 1

	// Stated is the visibility somebody gave the record itself; 0 when nobody
	// did, and then the record is as open as the most open text naming it.
	Stated    Visibility `json:"stated,omitempty"`
	Withdrawn bool       `json:"withdrawn,omitempty"` // taken back; kept so that it can be undone

	Weeknote *Weeknote `json:"weeknote,omitempty"`
	Project  *Project  `json:"project,omitempty"`
	Borough  *Borough  `json:"borough,omitempty"`
	Partner  *Partner  `json:"partner,omitempty"`
}

// Kind is the kind of the record, from its id.
func (n Node) Kind() Kind { return n.ID.Kind() }

// Names are the name and then the aliases, in their order.
func (n Node) Names() []string { return append([]string{n.Name}, n.Aliases...) }

// Clone is the record with slices and details of its own.
func (n Node) Clone() Node {
	n.Aliases = slices.Clone(n.Aliases)
	n.Weeknote, n.Project, n.Borough, n.Partner = own(n.Weeknote), own(n.Project), own(n.Borough), own(n.Partner)
	if n.Project != nil {
		n.Project.Themes = slices.Clone(n.Project.Themes)
	}
	if n.Weeknote != nil {
		n.Weeknote.Unknown = slices.Clone(n.Weeknote.Unknown)
	}
	return n
}

func own[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}

// Weeknote is what a text record has beyond a name. Its body lives in [Text].
type Weeknote struct {
	Source     string      `json:"source"`             // address, else file name: what identifies the text
	Version    int         `json:"version"`            // the version now read, from 1
	Form       Form        `json:"form"`               // WEEKNOTE, PAGE, BLOG …
	Number     int         `json:"number,omitempty"`   // the number in the title, 0 for none; restarts each year
	Date       PartialDate `json:"date,omitzero"`      // when it was published
	Byline     string      `json:"byline,omitempty"`   // the author as printed
	Visibility Visibility  `json:"visibility"`         // who may read it
	Accepted   bool        `json:"accepted,omitempty"` // the names it uses were accepted as records
	Unknown    []Unknown   `json:"unknown,omitempty"`  // names it uses that no record goes by, as last read
}

// Project is what a project record has beyond a name.
type Project struct {
	Themes []string    `json:"themes,omitempty"`
	Status string      `json:"status,omitempty"` // live, finished, planned or unknown
	Start  PartialDate `json:"start,omitzero"`
	End    PartialDate `json:"end,omitzero"`
}

// Borough is what one of London's 33 authorities has beyond a name.
type Borough struct {
	ONSCode string `json:"onsCode"` // "E09000021"
	Column  int    `json:"column"`  // tile position from the left, from 0, after London Squared
	Row     int    `json:"row"`     // tile position from the top, from 0
}

// Partner is what an organisation has beyond a name.
type Partner struct {
	Sector string `json:"sector,omitempty"`
}
