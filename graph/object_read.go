package graph

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// read decodes a stored link, several times as fast as encoding/json does.
func (e *edge) read(raw []byte) error {
	if e.readStored(raw) {
		return nil
	}
	*e = edge{}
	return json.Unmarshal(raw, e)
}

// readStored is read for what the encoder wrote; false for anything else.
func (e *edge) readStored(raw []byte) bool {
	r := storedReader{raw: raw}
	r.take('{')
	for first := true; r.next('}', first); first = false {
		switch string(r.key()) {
		case "y":
			e.Type = r.linkType()
		case "f":
			e.From = r.number()
		case "t":
			e.To = r.number()
		case "r":
			e.Role = r.words()
		case "s":
			e.Since = r.date()
		case "u":
			e.Until = r.date()
		case "a":
			e.Status = r.status()
		case "c":
			e.Confidence = r.decimal()
		case "e":
			e.Proofs = r.proofs()
		case "n":
			e.Revision = int(r.number())
		case "w":
			e.Withdrawn = r.flag()
		case "x":
			e.Undone = r.flag()
		default:
			return false
		}
	}
	return r.whole()
}

func (r *storedReader) proofs() (list []proof) {
	if r.null() {
		return nil
	}
	list = []proof{}
	r.take('[')
	for first := true; r.next(']', first); first = false {
		list = append(list, r.wholeProof())
	}
	return list
}

func (r *storedReader) wholeProof() (p proof) {
	r.take('{')
	for first := true; r.next('}', first); first = false {
		switch string(r.key()) {
		case "t":
			p.Text = r.number()
		case "v":
			p.Version = int(r.number())
		case "s":
			p.Start = int(r.number())
		case "e":
			p.End = int(r.number())
		case "q":
			p.Quote = r.words()
		case "m":
			p.Method = r.words()
		case "c":
			p.Confidence = r.decimal()
		case "x":
			p.Superseded = r.flag()
		default:
			r.bad = true
		}
	}
	return p
}

// words is a string as it was before it was written.
func (r *storedReader) words() string { return r.unescaped(r.text()) }

// unescaped is what was written between quotes, as it was before.
func (r *storedReader) unescaped(written []byte) string {
	if bytes.IndexByte(written, '\\') < 0 {
		return string(written)
	}
	words := ""
	r.bad = json.Unmarshal(slices.Concat([]byte{'"'}, written, []byte{'"'}), &words) != nil || r.bad
	return words
}

// decimal is a number as it writes itself.
func (r *storedReader) decimal() float64 {
	from := r.at
	for r.at < len(r.raw) && !r.ended() {
		r.at++
	}
	n, err := strconv.ParseFloat(string(r.raw[from:r.at]), 64)
	r.bad = r.bad || err != nil
	return n
}

// link reads a link from the store.
func (v view) link(l ref) (*edge, error) {
	raw, err := v.get(linkKey(l))
	if err != nil || raw == nil {
		return nil, err
	}
	e := new(edge)
	if err := e.read(raw); err != nil {
		return nil, fmt.Errorf("decode %s: %w", linkID(l), err)
	}
	return e, nil
}
