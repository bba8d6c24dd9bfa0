package index

import (
	"slices"
	"strings"

	"lotigraph/record"
)

// Key is something that a query can ask about and that results can be counted
// by.
type Key uint8

// The keys, in the order in which facets are shown. The first four are columns
// of the index; those from Borough on say what a record is linked with, which
// only a [Scope] knows; the last two are for queries alone.
const (
	ByKind Key = iota + 1
	ByForm
	ByTheme
	ByYear
	ByBorough
	ByLead
	ByPartner
	ByProject
	ByPerson
	ByAuthor
	ByRole
	Before
	After
)

// keys is the one table of keys: how each is typed, what a record has when the
// value fits, and the kind of record that the value names.
var keys = [...]struct {
	name   string
	says   string // with the value behind it
	kind   record.Kind
	others []string // other ways to type it
}{
	ByKind:    {name: "kind"},
	ByForm:    {name: "form"},
	ByTheme:   {name: "theme", says: "are about the theme"},
	ByYear:    {name: "year", says: "are dated"},
	ByBorough: {name: "borough", says: mentioned, kind: record.BoroughKind, others: []string{"council"}},
	ByLead:    {name: "lead", says: "belong to projects led by", kind: record.BoroughKind},
	ByPartner: {name: "partner", says: mentioned, kind: record.PartnerKind},
	ByProject: {name: "project", says: "belong to", kind: record.ProjectKind},
	ByPerson:  {name: "person", says: mentioned, kind: record.PersonKind},
	ByAuthor:  {name: "author", says: "were written by", kind: record.PersonKind},
	ByRole:    {name: "role", says: "have the role"},
	Before:    {name: "before", says: "are dated before"},
	After:     {name: "after", says: "are dated after"},
}

// mentioned says of texts and of other records what a choice of one means.
const mentioned = "mention or are linked with"

// Facets lists the keys that results can be counted by, in their order.
func Facets() []Key {
	return []Key{ByKind, ByForm, ByTheme, ByYear, ByBorough, ByLead, ByPartner, ByProject, ByPerson, ByAuthor, ByRole}
}

// Valid tells whether k is in the table.
func (k Key) Valid() bool { return k >= ByKind && int(k) < len(keys) }

// String is the key as it is typed: "borough"; "" for none.
func (k Key) String() string {
	if !k.Valid() {
		return ""
	}
	return keys[k].name
}

// Kind is the kind of record that a value of the key names, 0 where it names
// none.
func (k Key) Kind() record.Kind {
	if !k.Valid() {
		return 0
	}
	return keys[k].kind
}

// wants is what a value of a key that names no record must be.
func (k Key) wants() string {
	switch k {
	case ByKind:
		var kinds, forms []string
		for _, kind := range record.Kinds() {
			if kind == record.WeeknoteKind {
				kinds = append(kinds, textKind)
				continue
			}
			kinds = append(kinds, kind.Slug())
		}
		for _, form := range record.Forms() {
			forms = append(forms, form.Label())
		}
		return "kind; use " + orList(kinds) + ", or a form of text: " + orList(forms)
	case ByForm:
		return "form of text"
	case ByYear:
		return "year; write 2021 or 2019-2021"
	case ByRole:
		return "role that links have"
	case Before, After:
		return "date; write 2021, 2021-05 or 2021-05-17"
	}
	return k.String() + " of a project"
}

// linked tells whether the key asks about links.
func (k Key) linked() bool { return k >= ByBorough && k <= ByRole }

// ParseKey reads a key in any case. Anything else is ErrInvalid.
func ParseKey(s string) (Key, error) {
	folded := strings.ToLower(strings.TrimSpace(s))
	for k := ByKind; k.Valid(); k++ {
		if folded == keys[k].name || slices.Contains(keys[k].others, folded) {
			return k, nil
		}
	}
	var names []string
	for k := ByKind; k.Valid(); k++ {
		names = append(names, keys[k].name)
	}
	return 0, record.Invalid("key", "%q is not a field; use one of %s", s, strings.Join(names, ", "))
}
