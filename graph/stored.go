package graph

import (
	"bytes"

	"lotigraph/record"
)

// storedReader takes apart by hand what the encoder of stored things wrote, once
// from the front: where there are a million of them, that is several times quicker
// than encoding/json. It knows no white space and no escapes in keys; whatever it
// does not expect makes it bad, and is left to encoding/json.
//
//	r.take('{')
//	for first := true; r.next('}', first); first = false {
//		switch string(r.key()) {
//		case "f":
//			… = r.number()
//		default:
//			r.skip()
//		}
//	}
type storedReader struct {
	raw []byte
	at  int
	bad bool
}

// take goes over a byte that must be there.
func (r *storedReader) take(b byte) {
	if r.at >= len(r.raw) || r.raw[r.at] != b {
		r.bad = true
		return
	}
	r.at++
}

// next goes to the next element of an object or a list; false when it went over
// its end, or it is bad.
func (r *storedReader) next(end byte, first bool) bool {
	switch {
	case r.bad:
		return false
	case r.at < len(r.raw) && r.raw[r.at] == end:
		r.at++
		return false
	case !first:
		r.take(',')
	}
	return !r.bad
}

// key is the name of a field, and goes to its value.
func (r *storedReader) key() []byte {
	r.take('"')
	from := r.at
	for r.at < len(r.raw) && r.raw[r.at] != '"' {
		r.at++
	}
	name := r.raw[from:r.at]
	r.take('"')
	r.take(':')
	return name
}

// text is what stands between the quotation marks of a string, its escapes as
// they are written.
func (r *storedReader) text() []byte {
	r.take('"')
	from := r.at
	for !r.bad {
		n := bytes.IndexByte(r.raw[r.at:], '"')
		if n < 0 {
			r.bad = true
			break
		}
		r.at += n + 1
		escapes := 0 // right before the quotation mark; an odd number escapes it
		for end := r.at - 2; end-escapes >= from && r.raw[end-escapes] == '\\'; {
			escapes++
		}
		if escapes%2 == 0 {
			return r.raw[from : r.at-1]
		}
	}
	return nil
}

// number is a whole number that is not negative.
func (r *storedReader) number() (n ref) {
	from := r.at
	for r.at < len(r.raw) && '0' <= r.raw[r.at] && r.raw[r.at] <= '9' {
		n = 10*n + ref(r.raw[r.at]-'0')
		r.at++
	}
	r.bad = r.bad || r.at == from || r.at > from+18 || !r.ended()
	return n
}

// ended tells whether the value at hand ends here.
func (r *storedReader) ended() bool {
	return r.at < len(r.raw) && (r.raw[r.at] == ',' || r.raw[r.at] == '}' || r.raw[r.at] == ']')
}

// flag is true or false.
func (r *storedReader) flag() bool {
	from := r.at
	for r.at < len(r.raw) && !r.ended() {
		r.at++
	}
	word := string(r.raw[from:r.at])
	r.bad = r.bad || word != "true" && word != "false"
	return word == "true"
}

// null goes over null, and tells whether it was there.
func (r *storedReader) null() bool {
	there := bytes.HasPrefix(r.raw[min(r.at, len(r.raw)):], []byte("null"))
	if there {
		r.at += len("null")
	}
	return there
}

// date is a partial date as it writes itself.
func (r *storedReader) date() (d record.PartialDate) {
	text := r.text()
	part := func(from, to int) (n int) {
		for _, b := range text[from:to] {
			r.bad = r.bad || b < '0' || b > '9'
			n = 10*n + int(b-'0')
		}
		return n
	}
	switch len(text) {
	case 10:
		d.Day = uint8(part(8, 10))
		fallthrough
	case 7:
		d.Month = uint8(part(5, 7))
		fallthrough
	case 4:
		d.Year = int16(part(0, 4))
	default:
		r.bad = true
	}
	return d
}

// skip goes over a value.
func (r *storedReader) skip() {
	for depth := 0; !r.bad; {
		switch {
		case r.at >= len(r.raw):
			r.bad = true
		case r.raw[r.at] == '"':
			r.text()
		case r.raw[r.at] == '{' || r.raw[r.at] == '[':
			depth++
			r.at++
		case depth > 0 && (r.raw[r.at] == '}' || r.raw[r.at] == ']'):
			depth--
			r.at++
		default:
			r.at++
		}
		if depth == 0 && r.ended() {
			return
		}
	}
}

// whole tells whether all was read, and as it was expected.
func (r *storedReader) whole() bool { return !r.bad && r.at == len(r.raw) }
