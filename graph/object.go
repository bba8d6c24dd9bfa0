package graph

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"lotigraph/record"
)

// edge is a link as it is stored: its ends and texts are refs, so that no id,
// which may hold a person's name, stands anywhere but with its record.
type edge struct {
	Type       record.LinkType    `json:"y"`
	From       ref                `json:"f"`
	To         ref                `json:"t"`
	Role       string             `json:"r,omitempty"`
	Since      record.PartialDate `json:"s,omitzero"`
	Until      record.PartialDate `json:"u,omitzero"`
	Status     record.LinkStatus  `json:"a"`
	Confidence float64            `json:"c"`
	Proofs     []proof            `json:"e"`
	Revision   int                `json:"n"`
	Withdrawn  bool               `json:"w,omitempty"`
	Undone     bool               `json:"x,omitempty"` // withdrawn since the change that made it was undone, which is no word against it
}

// proof is evidence as it is stored.
type proof struct {
	Text       ref     `json:"t"`
	Version    int     `json:"v"`
	Start      int     `json:"s"`
	End        int     `json:"e"`
	Quote      string  `json:"q"`
	Method     string  `json:"m,omitempty"`
	Confidence float64 `json:"c"`
	Superseded bool    `json:"x,omitempty"`
}

// proofOf is evidence as it is stored, its text as a ref.
func proofOf(ev record.Evidence, text ref) proof {
	return proof{Text: text, Version: ev.Version, Start: ev.Start, End: ev.End, Quote: ev.Quote,
		Method: ev.Method, Confidence: ev.Confidence, Superseded: ev.Superseded}
}

func (p proof) span() record.Span { return record.Span{Start: p.Start, End: p.End} }

// ruling is a ruling as it is stored.
type ruling struct {
	Sort      record.RulingSort `json:"s"`
	From      ref               `json:"f,omitempty"`
	To        ref               `json:"t,omitempty"`
	Kind      record.Kind       `json:"k,omitempty"`
	Name      string            `json:"m,omitempty"`
	Link      ref               `json:"l,omitempty"`
	Says      string            `json:"d,omitempty"`
	Revision  int               `json:"n"`
	Withdrawn bool              `json:"w,omitempty"`
}

// rulingID is a ruling's id outside.
func rulingID(r ref) string { return "ruling:" + strconv.FormatUint(r, 10) }

// rulingRef reads a ruling's id.
func rulingRef(id string) (ref, error) {
	digits, ok := strings.CutPrefix(id, "ruling:")
	r, err := strconv.ParseUint(digits, 10, 64)
	if !ok || err != nil {
		return 0, record.Invalid("id", "%q is not the id of a ruling; it looks like ruling:12", id)
	}
	return r, nil
}

// outside is the ruling with ids for refs.
func (ru *ruling) outside(r ref, id func(ref) (record.ID, error)) (*record.Ruling, error) {
	out := &record.Ruling{ID: rulingID(r), Sort: ru.Sort, Kind: ru.Kind, Name: ru.Name, Revision: ru.Revision, Withdrawn: ru.Withdrawn}
	switch ru.Sort {
	case record.NoRecord:
		return out, nil
	case record.Doubt:
		out.Link, out.Says = linkID(ru.Link), ru.Says
		return out, nil
	}
	var err error
	if out.From, err = id(ru.From); err != nil {
		return nil, err
	}
	out.To, err = id(ru.To)
	return out, err
}

// linkID is a link's id outside.
func linkID(l ref) string { return "link:" + strconv.FormatUint(l, 10) }

// linkRef reads a link's id.
func linkRef(id string) (ref, error) {
	digits, ok := strings.CutPrefix(id, "link:")
	l, err := strconv.ParseUint(digits, 10, 64)
	if !ok || err != nil {
		return 0, record.Invalid("id", "%q is not the id of a link; it looks like link:12", id)
	}
	return l, nil
}

// getter reads one key, nil when it is not there.
type getter interface {
	get(key tuple) ([]byte, error)
}

// load reads and decodes one value; nil when it is not there.
func load[T any](g getter, key tuple) (*T, error) {
	raw, err := g.get(key)
	if err != nil || raw == nil {
		return nil, err
	}
	v := new(T)
	if err := json.Unmarshal(raw, v); err != nil {
		return nil, fmt.Errorf("decode %x: %w", []byte(key), err)
	}
	return v, nil
}

// loadNumber reads a value that is a number; ok is false when it is not there.
func loadNumber(g getter, key tuple) (n uint64, ok bool, err error) {
	raw, err := g.get(key)
	if err != nil || raw == nil {
		return 0, false, err
	}
	n, err = numberOf(raw)
	return n, err == nil, err
}

func encode(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return raw, nil
}
