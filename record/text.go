package record

// Span is a half-open range of bytes, [Start, End), in a text's UTF-8 body.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// IsZero tells whether there is no span.
func (s Span) IsZero() bool { return s == Span{} }

// Contains tells whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Of is the part of body that the span covers, "" when it does not lie in it.
func (s Span) Of(body string) string {
	if s.Start < 0 || s.End < s.Start || s.End > len(body) {
		return ""
	}
	return body[s.Start:s.End]
}

// Text is one immutable version of a text. Title, byline, main part and
// furniture (front matter, menus, footers) are spans of the whole stored body.
type Text struct {
	ID        ID     `json:"id"`      // the weeknote record it is a version of
	Version   int    `json:"version"` // from 1
	Body      string `json:"body,omitempty"`
	Title     Span   `json:"title,omitzero"`
	Byline    Span   `json:"byline,omitzero"`
	Main      Span   `json:"main,omitzero"` // what is searched and read
	Furniture []Span `json:"furniture,omitempty"`

	// Visibility is who could read the version when it was last the one now read.
	// A text that opens up does not open its older versions.
	Visibility Visibility `json:"visibility,omitempty"`
}

// Document is a record as an index sees it: its names and, for a text, the
// main part. Gone says that the record is no longer there to be found.
type Document struct {
	Number  uint64 // of the last change that touched the record
	Gone    bool
	Node    Node
	Body    string // the whole stored text of a weeknote, "" for other kinds
	Main    Span   // the part of Body that is searched
	Version int    // of the text
}
