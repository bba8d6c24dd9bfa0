package record

import "time"

// Change is the only way to write: a few operations that happen together or
// not at all. It is at most [MaxChange] bytes and is never split.
type Change struct {
	ID     string    `json:"id"`   // chosen by the caller; saying it again returns the first verdict
	Time   time.Time `json:"time"` // when it was said; recorded, never compared
	Actor  string    `json:"actor"`
	Reason string    `json:"reason,omitempty"` // in words: "import of weeknote-70.txt"
	Expect []Expect  `json:"expect,omitempty"`
	Ops    []Op      `json:"ops"`
}

// MaxChange is the most bytes a change may take, its texts included.
const MaxChange = 1 << 20

// Expect makes a change conditional: the record or link must be at this
// revision, 0 meaning that it must not exist.
type Expect struct {
	ID       string `json:"id"`
	Revision int    `json:"revision"`
}

// Op is one operation: exactly one of its fields is set.
type Op struct {
	SaveNode    *SaveNode    `json:"saveNode,omitempty"`
	SaveText    *SaveText    `json:"saveText,omitempty"`
	SaveReading *SaveReading `json:"saveReading,omitempty"`
	SaveLink    *SaveLink    `json:"saveLink,omitempty"`
	ReviewLink  *ReviewLink  `json:"reviewLink,omitempty"`
	SaveRuling  *SaveRuling  `json:"saveRuling,omitempty"`
	Withdraw    *Withdraw    `json:"withdraw,omitempty"`
	Restore     *Restore     `json:"restore,omitempty"`
	Undo        *Undo        `json:"undo,omitempty"`
}

// Sort names what the operation does: "saveNode"; "" when it does nothing.
func (o Op) Sort() string {
	switch {
	case o.SaveNode != nil:
		return "saveNode"
	case o.SaveText != nil:
		return "saveText"
	case o.SaveReading != nil:
		return "saveReading"
	case o.SaveLink != nil:
		return "saveLink"
	case o.ReviewLink != nil:
		return "reviewLink"
	case o.SaveRuling != nil:
		return "saveRuling"
	case o.Withdraw != nil:
		return "withdraw"
	case o.Restore != nil:
		return "restore"
	case o.Undo != nil:
		return "undo"
	}
	return ""
}

// SaveNode saves a record that is not a text. With an id it creates or
// replaces that record; without one the id is made from the name. Revision and
// Withdrawn of the given node do not count. Saving what is already there
// changes nothing.
type SaveNode struct {
	Handle string `json:"handle,omitempty"` // "#snook": what later operations call it
	Node   Node   `json:"node"`

	// Kind is needed when Node.ID is empty, and ignored otherwise.
	Kind Kind `json:"kind,omitempty"`
	// Reuse says: where a record of this kind already goes by the node's name,
	// use that one and only add the aliases that it lacks.
	Reuse bool `json:"reuse,omitempty"`
}

// SaveText saves a text under its source. A source not seen before makes a new
// weeknote; another body makes a new version, in which the quotes of the old
// one are found again or marked as superseded. The same body and details
// change nothing, and the mentions are then left as they are.
type SaveText struct {
	Handle   string    `json:"handle,omitempty"`
	Title    string    `json:"title"`
	URL      string    `json:"url,omitempty"`
	Summary  string    `json:"summary,omitempty"`
	Details  Weeknote  `json:"details"` // Version is decided by the store
	Text     Text      `json:"text"`    // ID and Version are decided by the store
	Mentions []Mention `json:"mentions,omitempty"`
	Unknown  []Unknown `json:"unknown,omitempty"` // names that the text uses and that no record goes by
}

// SaveReading replaces what was read in a text whose words stay as they are:
// because more names are known than when it was read before.
type SaveReading struct {
	Text     ID        `json:"text"`
	Version  int       `json:"version"` // that was read; another one now is a conflict
	Mentions []Mention `json:"mentions,omitempty"`
	Unknown  []Unknown `json:"unknown,omitempty"`
}

// Mention says where a text names a record.
type Mention struct {
	To     ID     `json:"to"`
	Spans  []Span `json:"spans"`
	Method string `json:"method"`
}

// SaveLink saves a link. With an id it replaces role, dates and status of that
// link and adds the evidence. Without one, a link of the same meaning (type,
// ends, job title, overlapping period) gains the evidence, or a new link is
// made; a link that was rejected stays rejected when it is proposed again.
//
// In the evidence, Version 0 means the version now read, and a zero Span means
// "where the quote is first found".
type SaveLink struct {
	Link Link `json:"link"`
}

// ReviewLink confirms, rejects or reopens a link.
type ReviewLink struct {
	Link   string     `json:"link"`
	Status LinkStatus `json:"status"`
}

// SaveRuling gives a ruling about identity. One that stands already changes
// nothing; one against it is a conflict.
type SaveRuling struct {
	Ruling Ruling `json:"ruling"`
}

// Withdraw takes back a record, a text, a link or a ruling, by its id. Evidence
// goes with its text; nothing else is touched.
type Withdraw struct {
	ID string `json:"id"`
}

// Restore lets what was withdrawn stand again.
type Restore struct {
	ID string `json:"id"`
}

// Undo puts back what the numbered change touched, provided that nothing has
// touched it since.
type Undo struct {
	Number uint64 `json:"number"`
}

// Outcome says what an operation did.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "CREATED"
	Changed   Outcome = "CHANGED"
	Unchanged Outcome = "UNCHANGED"
)

// Saved is the record or link an operation was about, and what became of it.
type Saved struct {
	ID      string  `json:"id"`
	Outcome Outcome `json:"outcome"`
}

// Entry is a change as the log keeps it: its number, its verdict and what every
// touched thing was before and after. Refused entries have no effects.
type Entry struct {
	Number  uint64   `json:"number"`
	Change  Change   `json:"change"`
	Refusal string   `json:"refusal,omitempty"` // why it was refused; "" when it was applied
	Class   string   `json:"class,omitempty"`   // which of the four errors the refusal is
	Field   string   `json:"field,omitempty"`   // the field it is about
	Saved   []Saved  `json:"saved,omitempty"`   // one per operation, in order
	Effects []Effect `json:"effects,omitempty"`
}

// Err is the refusal as an error, nil when the change was applied.
func (e Entry) Err() error {
	if e.Refusal == "" {
		return nil
	}
	for _, class := range []error{ErrNotFound, ErrInvalid, ErrConflict, ErrForbidden} {
		if class.Error() == e.Class {
			return &Refusal{class, e.Field, e.Refusal}
		}
	}
	return Invalid(e.Field, "%s", e.Refusal)
}

// Refuse notes a refusal on the entry and drops what it had done.
func (e *Entry) Refuse(r *Refusal) {
	e.Refusal, e.Field, e.Class = r.Reason, r.Field, r.Class.Error()
	e.Saved, e.Effects = nil, nil
}

// Effect is one thing that a change touched; exactly one field is set.
type Effect struct {
	Node   *Was[Node]   `json:"node,omitempty"`
	Text   *Was[Text]   `json:"text,omitempty"` // without the body, which Text.ID and Version name
	Link   *Was[Link]   `json:"link,omitempty"`
	Ruling *Was[Ruling] `json:"ruling,omitempty"`
}

// Was is a thing before and after; nil where it did not exist.
type Was[T any] struct {
	Before *T `json:"before,omitempty"`
	After  *T `json:"after,omitempty"`
}
