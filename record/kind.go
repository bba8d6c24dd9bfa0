package record

import (
	"fmt"
	"strings"
)

// Kind is one of the five kinds of record.
type Kind uint8

// The kinds, in the order in which lists of several kinds show them.
const (
	WeeknoteKind Kind = iota + 1
	ProjectKind
	BoroughKind
	PersonKind
	PartnerKind
)

// kinds is the one table of kinds: what each is called in an id and an
// address, in the plural, and in a sentence.
var kinds = [...]struct{ slug, plural, label string }{
	WeeknoteKind: {"weeknote", "weeknotes", "weeknote"},
	ProjectKind:  {"project", "projects", "project"},
	BoroughKind:  {"borough", "boroughs", "borough"},
	PersonKind:   {"person", "people", "person"},
	PartnerKind:  {"partner", "partners", "partner organisation"},
}

// Kinds lists every kind in its order.
func Kinds() []Kind {
	return []Kind{WeeknoteKind, ProjectKind, BoroughKind, PersonKind, PartnerKind}
}

// Valid tells whether k is one of the five.
func (k Kind) Valid() bool { return k >= WeeknoteKind && k <= PartnerKind }

// Slug is the kind in an id and an address: "borough"; "" for no kind.
func (k Kind) Slug() string {
	if !k.Valid() {
		return ""
	}
	return kinds[k].slug
}

// Plural is the kind as a heading or a file name: "boroughs"; "" for no kind.
func (k Kind) Plural() string {
	if !k.Valid() {
		return ""
	}
	return kinds[k].plural
}

// Label is the kind in a sentence: "partner organisation".
func (k Kind) Label() string {
	if !k.Valid() {
		return fmt.Sprintf("kind %d", k)
	}
	return kinds[k].label
}

// String is the kind as the API spells it: "BOROUGH".
func (k Kind) String() string {
	if !k.Valid() {
		return fmt.Sprintf("Kind(%d)", k)
	}
	return strings.ToUpper(kinds[k].slug)
}

// ParseKind reads a kind in any of its spellings: "BOROUGH", "borough" or
// "boroughs". Anything else is ErrInvalid.
func ParseKind(s string) (Kind, error) {
	folded := strings.ToLower(strings.TrimSpace(s))
	for _, k := range Kinds() {
		if folded == kinds[k].slug || folded == kinds[k].plural {
			return k, nil
		}
	}
	return 0, Invalid("kind", "%q is not a kind; use one of %s", s, joinStringers(Kinds()))
}

func kindOfSlug(s string) Kind {
	for _, k := range Kinds() {
		if kinds[k].slug == s {
			return k
		}
	}
	return 0
}

// MarshalText writes the kind as the API spells it.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what [ParseKind] reads.
func (k *Kind) UnmarshalText(b []byte) (err error) {
	*k, err = ParseKind(string(b))
	return err
}

// Form says what sort of text a weeknote record is. Lists default to WEEKNOTE.
type Form string

// The forms of text.
const (
	FormWeeknote Form = "WEEKNOTE"
	FormPage     Form = "PAGE"
	FormBlog     Form = "BLOG"
	FormNews     Form = "NEWS"
	FormDeck     Form = "DECK"
	FormReport   Form = "REPORT"
)

// Forms lists every form in its order.
func Forms() []Form {
	return []Form{FormWeeknote, FormPage, FormBlog, FormNews, FormDeck, FormReport}
}

// Label is the form for people: "weeknote", "blog".
func (f Form) Label() string { return strings.ToLower(string(f)) }

// ParseForm reads a form in upper or lower case. Anything else is ErrInvalid.
func ParseForm(s string) (Form, error) {
	for _, f := range Forms() {
		if strings.EqualFold(strings.TrimSpace(s), string(f)) {
			return f, nil
		}
	}
	return "", Invalid("form", "%q is not a form of text; use one of %s", s, joinStringers(Forms()))
}

func joinStringers[T any](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = fmt.Sprint(v)
	}
	return strings.Join(words, ", ")
}
