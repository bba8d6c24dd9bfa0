package graph

import "bytes"

// An entry of the log tells every record and link that it touched, before and after,
// and what was read in a text: some ten thousand bytes. Who asks for the history of one
// thing needs little of that, and taking the rest apart is most of what it costs.

// briefly is a stored entry with the effects alone in which words stand, and with what
// was done to texts without what it says of them; the entry itself where it is not as
// the encoder writes one.
func briefly(raw, words []byte) []byte {
	r := storedReader{raw: raw}
	out := r.fields(nil, func(out []byte, key string) []byte {
		switch key {
		case "effects":
			return r.elements(out, func(out []byte) []byte {
				if one := r.value(); bytes.Contains(one, words) {
					return append(out, one...)
				}
				return nil
			})
		case "change":
			return r.fields(out, func(out []byte, key string) []byte {
				if key == "ops" {
					return r.elements(out, r.operation)
				}
				return append(out, r.value()...)
			})
		}
		return append(out, r.value()...)
	})
	if !r.whole() {
		return raw
	}
	return out
}

// operation is one of a change, a text's without its contents.
func (r *storedReader) operation(out []byte) []byte {
	return r.fields(out, func(out []byte, key string) []byte {
		one := r.value()
		if key == "saveText" || key == "saveReading" {
			one = []byte("{}")
		}
		return append(out, one...)
	})
}

// value goes over a value, and is what it went over.
func (r *storedReader) value() []byte {
	from := r.at
	if r.skip(); r.bad {
		return nil
	}
	return r.raw[from:r.at]
}

// fields copies an object, whose values copy appends, given their names.
func (r *storedReader) fields(out []byte, copy func(out []byte, key string) []byte) []byte {
	if r.null() {
		return append(out, "null"...)
	}
	r.take('{')
	out = append(out, '{')
	for first := true; r.next('}', first); first = false {
		if !first {
			out = append(out, ',')
		}
		key := string(r.key())
		out = copy(append(append(append(out, '"'), key...), '"', ':'), key)
	}
	return append(out, '}')
}

// elements copies a list, less the elements for which copy is nil.
func (r *storedReader) elements(out []byte, copy func(out []byte) []byte) []byte {
	if r.null() {
		return append(out, "null"...)
	}
	r.take('[')
	out = append(out, '[')
	some := false
	for first := true; r.next(']', first); first = false {
		before := len(out)
		if some {
			out = append(out, ',')
		}
		if more := copy(out); more != nil {
			out, some = more, true
		} else {
			out = out[:before]
		}
	}
	return append(out, ']')
}
