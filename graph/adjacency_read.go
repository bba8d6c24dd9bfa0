package graph

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"lotigraph/record"
)

// read decodes a stored link. What the encoder of edge writes is taken apart by
// hand, which is several times quicker where there are a million; anything else
// is left to encoding/json.
func (e *edgeFacts) read(raw []byte) error {
	*e = edgeFacts{Proofs: e.Proofs[:0], roles: e.roles, shown: e.shown}
	c := fieldCursor{raw: raw}
	for c.next() {
		switch c.key {
		case 'y':
			e.Type = typesByName[string(c.value)]
			c.bad = c.bad || e.Type == 0
		case 'f':
			e.From = c.number()
		case 't':
			e.To = c.number()
		case 'r':
			e.Role = e.role(&c)
		case 's':
			e.Since = c.date()
		case 'u':
			e.Until = c.date()
		case 'a':
			e.Status = statusesByName[string(c.value)]
			c.bad = c.bad || e.Status == ""
		case 'w':
			e.Withdrawn = string(c.value) == "true"
		case 'e':
			c.proofs(e)
		}
	}
	if c.bad {
		*e = edgeFacts{roles: e.roles, shown: e.shown}
		return json.Unmarshal(raw, e)
	}
	return nil
}

// role reads a role. Few are many links', so each is kept once.
func (e *edgeFacts) role(c *fieldCursor) string {
	if known, ok := e.roles[string(c.value)]; ok {
		return known
	}
	if e.roles == nil {
		e.roles = map[string]string{}
	}
	as := string(c.value)
	role := as
	if strings.Contains(as, `\`) {
		c.bad = json.Unmarshal([]byte(`"`+as+`"`), &role) != nil || c.bad
	}
	e.roles[as] = role
	return role
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

// fieldCursor goes through the fields of an object whose keys are one letter.
type fieldCursor struct {
	raw   []byte // an object, or what is left of it
	began bool
	key   byte
	value []byte // of a string what stands between the quotation marks; of a list all of it
	bad   bool   // the object is not of the kind that the encoder writes
}

// next goes to the next field; false at the end, or where it is bad.
func (c *fieldCursor) next() bool {
	opener := byte('{')
	if c.began {
		opener = ','
	}
	switch {
	case c.bad:
		return false
	case c.began && string(c.raw) == "}":
		return false
	case len(c.raw) < 6 || c.raw[0] != opener || c.raw[1] != '"' || c.raw[3] != '"' || c.raw[4] != ':':
		c.bad = true
		return false
	}
	c.began, c.key = true, c.raw[2]
	c.raw = c.raw[5:]
	n := valueLength(c.raw)
	if n <= 0 {
		c.bad = true
		return false
	}
	c.value, c.raw = c.raw[:n], c.raw[n:]
	if c.value[0] == '"' {
		c.value = c.value[1 : n-1]
	}
	return true
}

// valueLength is how many bytes the value at the start takes; 0 when it has no end.
func valueLength(raw []byte) int {
	depth := 0
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			n := stringLength(raw[i:])
			if n == 0 {
				return 0
			}
			i += n - 1
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	return 0
}

// stringLength is how many bytes a string takes, quotation marks included.
func stringLength(raw []byte) int {
	for end := 1; ; {
		at := bytes.IndexByte(raw[end:], '"')
		if at < 0 {
			return 0
		}
		end += at + 1
		escapes := 0 // right before the quotation mark; an odd number escapes it
		for raw[end-2-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return end
		}
	}
}

func (c *fieldCursor) number() ref {
	var n ref
	for _, b := range c.value {
		if b < '0' || b > '9' || n > 1<<58 {
			c.bad = true
			return 0
		}
		n = 10*n + ref(b-'0')
	}
	c.bad = c.bad || len(c.value) == 0
	return n
}

// date reads a partial date that was written by record.PartialDate.
func (c *fieldCursor) date() (d record.PartialDate) {
	part := func(from, to int) int {
		n, err := strconv.Atoi(string(c.value[from:to]))
		c.bad = c.bad || err != nil
		return n
	}
	switch n := len(c.value); n {
	case 10:
		d.Day = uint8(part(8, 10))
		fallthrough
	case 7:
		d.Month = uint8(part(5, 7))
		fallthrough
	case 4:
		d.Year = int16(part(0, 4))
	default:
		c.bad = true
	}
	return d
}

// proofs reads the list of proofs.
func (c *fieldCursor) proofs(e *edgeFacts) {
	list := c.value
	for len(list) > 2 { // beside its brackets
		n := valueLength(list[1:])
		if n <= 0 {
			c.bad = true
			return
		}
		var p proofFacts
		one := fieldCursor{raw: list[1 : 1+n]}
		for one.next() {
			switch one.key {
			case 't':
				p.Text = one.number()
			case 'v':
				p.Version = int(one.number())
			}
		}
		c.bad = c.bad || one.bad
		e.Proofs = append(e.Proofs, p)
		list = list[1+n:]
	}
}
