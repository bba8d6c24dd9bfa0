package graph

import (
	"bytes"
	"encoding/json"

	"lotigraph/record"
)

// read decodes a stored link, as far as the arrays in memory need it.
func (e *edgeFacts) read(raw []byte) error {
	if e.readStored(raw) {
		return nil
	}
	*e = edgeFacts{roles: e.roles, shown: e.shown}
	return json.Unmarshal(raw, e)
}

// readStored is read for what the encoder wrote; false for anything else.
func (e *edgeFacts) readStored(raw []byte) bool {
	*e = edgeFacts{Proofs: e.Proofs[:0], roles: e.roles, shown: e.shown}
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
			e.Role = e.role(&r)
		case "s":
			e.Since = r.date()
		case "u":
			e.Until = r.date()
		case "a":
			e.Status = r.status()
		case "w":
			e.Withdrawn = r.flag()
		case "e":
			if r.null() {
				continue
			}
			r.take('[')
			for first := true; r.next(']', first); first = false {
				e.Proofs = append(e.Proofs, r.proof())
			}
		default:
			r.skip()
		}
	}
	return r.whole()
}

func (r *storedReader) proof() (p proofFacts) {
	r.take('{')
	for first := true; r.next('}', first); first = false {
		switch string(r.key()) {
		case "t":
			p.Text = r.number()
		case "v":
			p.Version = int(r.number())
		case "x":
			p.Superseded = r.flag()
		default:
			r.skip()
		}
	}
	return p
}

// role reads a role. Few are many links', so each is kept once.
func (e *edgeFacts) role(r *storedReader) string {
	written := r.text()
	if known, ok := e.roles[string(written)]; ok {
		return known
	}
	if e.roles == nil {
		e.roles = map[string]string{}
	}
	role := r.unescaped(written)
	if !r.bad {
		e.roles[string(written)] = role
	}
	return role
}

// linkType is one that is spelt as it writes itself.
func (r *storedReader) linkType() record.LinkType {
	t := typesByName[string(r.text())]
	r.bad = r.bad || t == 0
	return t
}

// status is one likewise.
func (r *storedReader) status() record.LinkStatus {
	s := statusesByName[string(r.text())]
	r.bad = r.bad || s == ""
	return s
}

var statusesByName = map[string]record.LinkStatus{
	string(record.Proposed): record.Proposed, string(record.Confirmed): record.Confirmed, string(record.Rejected): record.Rejected}

var typesByName = func() map[string]record.LinkType {
	byName := map[string]record.LinkType{}
	for _, t := range record.LinkTypes() {
		byName[t.String()] = t
	}
	return byName
}()

// readFacts decodes a stored record, as far as [bitsOf] and [factsOf] need it.
func readFacts(raw []byte) (*record.Node, error) {
	if node, ok := readStoredFacts(raw); ok {
		return node, nil
	}
	node := new(record.Node)
	return node, json.Unmarshal(raw, node)
}

// readStoredFacts is readFacts for what the encoder wrote; false for anything
// else.
func readStoredFacts(raw []byte) (*record.Node, bool) {
	node := new(record.Node)
	r := storedReader{raw: raw}
	r.take('{')
	for first := true; r.next('}', first); first = false {
		switch string(r.key()) {
		case "id":
			node.ID = record.ID(r.text())
			r.bad = r.bad || bytes.IndexByte([]byte(node.ID), '\\') >= 0
		case "stated":
			node.Stated = r.visibility()
		case "withdrawn":
			node.Withdrawn = r.flag()
		case "weeknote":
			node.Weeknote = r.weeknote()
		default:
			r.skip()
		}
	}
	return node, r.whole()
}

func (r *storedReader) weeknote() *record.Weeknote {
	w := new(record.Weeknote)
	r.take('{')
	for first := true; r.next('}', first); first = false {
		switch string(r.key()) {
		case "version":
			w.Version = int(r.number())
		case "date":
			w.Date = r.date()
		case "visibility":
			w.Visibility = r.visibility()
		default:
			r.skip()
		}
	}
	return w
}

// visibility is one that is spelt as it writes itself.
func (r *storedReader) visibility() record.Visibility {
	written := r.text()
	for _, v := range record.Visibilities() {
		if string(written) == v.String() {
			return v
		}
	}
	r.bad = true
	return 0
}
