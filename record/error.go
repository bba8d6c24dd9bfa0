package record

import (
	"errors"
	"fmt"
)

// The four ways in which a request can fail through no fault of ours. Every
// other error is an internal one and its text is shown to nobody outside.
var (
	ErrNotFound  = errors.New("not found")   // no such record, or none that the viewer may see
	ErrInvalid   = errors.New("not valid")   // the request is not well formed; the text says where and why
	ErrConflict  = errors.New("conflict")    // somebody else changed it first
	ErrForbidden = errors.New("not allowed") // the viewer may not do this
)

// A Refusal is one of the four errors with the field it is about and what to
// do. errors.Is finds the sentinel in it.
type Refusal struct {
	Class  error  // one of the four sentinels
	Field  string // "name", "evidence[0].quote"; "" for the whole
	Reason string // a sentence for the person who asked
}

func (r *Refusal) Error() string {
	if r.Field == "" {
		return r.Reason
	}
	return r.Field + ": " + r.Reason
}

func (r *Refusal) Unwrap() error { return r.Class }

// Invalid is a refusal of a field, with its reason.
func Invalid(field, format string, args ...any) error {
	return &Refusal{ErrInvalid, field, fmt.Sprintf(format, args...)}
}

// NotFound is a refusal because what is named is not there.
func NotFound(format string, args ...any) error {
	return &Refusal{ErrNotFound, "", fmt.Sprintf(format, args...)}
}

// Conflict is a refusal because the record has moved on.
func Conflict(format string, args ...any) error {
	return &Refusal{ErrConflict, "", fmt.Sprintf(format, args...)}
}

// Forbidden is a refusal because the viewer may not.
func Forbidden(format string, args ...any) error {
	return &Refusal{ErrForbidden, "", fmt.Sprintf(format, args...)}
}

// Under puts a field in front of the field of a refusal: "links[2]" and "role"
// make "links[2].role". Other errors, and nil, are returned as they are.
func Under(field string, err error) error {
	var r *Refusal
	if !errors.As(err, &r) {
		return err
	}
	if r.Field != "" {
		field += "." + r.Field
	}
	return &Refusal{r.Class, field, r.Reason}
}
