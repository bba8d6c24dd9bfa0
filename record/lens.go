package record

import "strings"

// Visibility says who may see a text or a record. Less visible is greater.
type Visibility uint8

// The visibilities, most open first. 0 is "nobody said".
const (
	Public Visibility = iota + 1
	Members
	Staff
)

var visibilities = [...]string{Public: "PUBLIC", Members: "MEMBERS", Staff: "STAFF"}

// Visibilities lists every visibility, most open first.
func Visibilities() []Visibility { return []Visibility{Public, Members, Staff} }

// String is the visibility as the API spells it, "" for none.
func (v Visibility) String() string {
	if v < Public || v > Staff {
		return ""
	}
	return visibilities[v]
}

// ParseVisibility reads PUBLIC, MEMBERS or STAFF in any case; "" is 0.
// Anything else is ErrInvalid.
func ParseVisibility(s string) (Visibility, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, nil
	}
	for _, v := range Visibilities() {
		if strings.EqualFold(s, v.String()) {
			return v, nil
		}
	}
	return 0, Invalid("visibility", "%q is not a visibility; use one of %s", s, joinStringers(Visibilities()))
}

// MarshalText writes what [Visibility.String] writes.
func (v Visibility) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads what [ParseVisibility] reads.
func (v *Visibility) UnmarshalText(b []byte) (err error) {
	*v, err = ParseVisibility(string(b))
	return err
}

// Viewer is who is looking. The zero value is the public.
type Viewer struct {
	Clearance Visibility // the least open thing they may see; 0 counts as Public
	Name      string     // who acts, in the change log; "" for the public
}

// Sees tells whether the viewer may see something of visibility v.
func (w Viewer) Sees(v Visibility) bool { return v <= max(w.Clearance, Public) }

// Lens is how a reader looks at the graph. Every read takes one.
type Lens struct {
	Viewer   Viewer
	AsOf     PartialDate // a day in the world; zero makes no cut
	Proposed bool        // whether links that nobody reviewed count
}

// Validate says whether the lens can be looked through.
func (l Lens) Validate() error {
	if !l.AsOf.IsZero() && !l.AsOf.IsDay() {
		return Invalid("asOf", "%q is not a day; write it like 2021-05-17", l.AsOf)
	}
	return nil
}

// Shows tells whether links of status s count under the lens.
func (l Lens) Shows(s LinkStatus) bool {
	return s == Confirmed || s == Proposed && l.Proposed
}
