package record

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// RulingSort says what a ruling settles.
type RulingSort string

// The rulings that a person can give: three about identity, and a doubt, which
// anybody can raise and which settles nothing by itself.
const (
	Same     RulingSort = "SAME"      // From is another record of what To is, and goes by To
	Distinct RulingSort = "DISTINCT"  // From and To are two, however alike they look
	NoRecord RulingSort = "NO_RECORD" // what goes by Name is no record of this Kind
	Doubt    RulingSort = "DOUBT"     // somebody says that Link is wrong, and in Says why
)

// Valid tells whether s is one of the four.
func (s RulingSort) Valid() bool { return s == Same || s == Distinct || s == NoRecord || s == Doubt }

// MaxDoubt is the most bytes in which somebody can say what is wrong.
const MaxDoubt = 4000

// Ruling is what a person settled about identity, or a doubt about a link: one
// entry in a ledger. It rewrites nothing. While a ruling that two records are the same stands, readers
// who may see both see one; withdrawn, it leaves exactly what was there before.
type Ruling struct {
	ID        string     `json:"id"` // "ruling:12"
	Sort      RulingSort `json:"sort"`
	From      ID         `json:"from,omitempty"` // of SAME and DISTINCT
	To        ID         `json:"to,omitempty"`
	Kind      Kind       `json:"kind,omitempty"` // of NO_RECORD
	Name      string     `json:"name,omitempty"`
	Link      string     `json:"link,omitempty"` // of DOUBT
	Says      string     `json:"says,omitempty"` // what is wrong, in somebody's words
	Revision  int        `json:"revision"`
	Withdrawn bool       `json:"withdrawn,omitempty"`
}

// Validate says whether the ruling is well formed by itself.
func (r Ruling) Validate() error {
	switch {
	case !r.Sort.Valid():
		return Invalid("sort", "%q is not a ruling; use SAME, DISTINCT, NO_RECORD or DOUBT", r.Sort)
	case r.Sort == Doubt:
		return r.validDoubt()
	case r.Sort == NoRecord:
		if !slices.Contains(NameKinds(), r.Kind) {
			return Invalid("kind", "a name that texts use is of one of the kinds %s", joinStringers(NameKinds()))
		}
		return validName("name", r.Name)
	}
	for _, end := range []struct {
		field string
		id    ID
	}{{"from", r.From}, {"to", r.To}} {
		if end.id.IsHandle() {
			continue
		}
		if err := end.id.Validate(); err != nil {
			return Under(end.field, err)
		}
	}
	if r.From == r.To {
		return Invalid("to", "a record is itself; name two")
	}
	return nil
}

// validDoubt says whether a doubt names a link and says something.
func (r Ruling) validDoubt() error {
	switch says := strings.TrimSpace(r.Says); {
	case r.Link == "":
		return Invalid("link", "say which link is wrong")
	case says == "":
		return Invalid("says", "say what is wrong")
	case len(says) > MaxDoubt || !utf8.ValidString(says):
		return Invalid("says", "say it in at most %d bytes of UTF-8", MaxDoubt)
	}
	return nil
}

// NameKinds are the kinds of record that reading a text may propose. The
// boroughs all exist, and a text is not made by naming it.
func NameKinds() []Kind { return []Kind{ProjectKind, PersonKind, PartnerKind} }

// Unknown is a name that a text uses and that no record goes by.
type Unknown struct {
	Kind       Kind     `json:"kind"`
	Name       string   `json:"name"`
	Aliases    []string `json:"aliases,omitempty"` // other forms that the text uses, or a well-known abbreviation
	Spans      []Span   `json:"spans"`             // where, in the version of the text now read
	Links      int      `json:"links,omitempty"`   // how many links the text says of it
	Method     string   `json:"method,omitempty"`  // the reading rule that found it
	Confidence float64  `json:"confidence,omitempty"`
}

// validUnknown says whether the names can stand with a text of that body.
func validUnknown(names []Unknown, body string) error {
	for i, u := range names {
		err := validName("name", u.Name)
		if err == nil && !slices.Contains(NameKinds(), u.Kind) {
			err = Invalid("kind", "a name that texts use is of one of the kinds %s", joinStringers(NameKinds()))
		}
		if err == nil && len(u.Spans) == 0 {
			err = Invalid("spans", "a name needs to say where it stands")
		}
		for _, span := range u.Spans {
			if err == nil {
				err = span.in(body)
			}
		}
		if err != nil {
			return Under(indexed("unknown", i), err)
		}
	}
	return nil
}

// GoesBy tells whether one of the record's names folds like the one given.
func (n Node) GoesBy(name string) bool {
	folded := Fold(name)
	return slices.ContainsFunc(n.Names(), func(own string) bool { return Fold(own) == folded })
}

// IsRuling tells whether an id is that of a ruling.
func IsRuling(id string) bool { return strings.HasPrefix(id, "ruling:") }
