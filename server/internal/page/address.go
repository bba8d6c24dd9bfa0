package page

import (
	"maps"
	"net/url"
	"slices"
	"strings"
)

// address writes addresses of the same page that differ in one thing.
type address struct {
	in   Reader
	path string
	q    url.Values
}

// here is the address itself.
func (a address) here() string { return a.in.with(a.path, maps.Clone(a.q)) }

// on is the same question at another path, from its first page on.
func (a address) on(path string) string { return a.in.with(path, a.copy()) }

// clean is the parameters of a search without those left empty.
func clean(q url.Values) url.Values {
	out := url.Values{}
	for key, values := range q {
		for _, v := range values {
			if strings.TrimSpace(v) != "" {
				out.Add(key, v)
			}
		}
	}
	return out
}

// set is the address with another value; every change goes back to page one.
func (a address) set(name, value string) string {
	q := a.copy()
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	return a.in.with(a.path, q)
}

// toggle is the address with a value chosen, or no longer.
func (a address) toggle(name, value string) string {
	q := a.copy()
	if i := slices.Index(q[name], value); i >= 0 {
		q[name] = slices.Delete(q[name], i, i+1)
	} else {
		q.Add(name, value)
	}
	return a.in.with(a.path, q)
}

func (a address) copy() url.Values {
	q := url.Values{}
	for key, values := range a.q {
		if key != "after" {
			q[key] = slices.Clone(values)
		}
	}
	return q
}

// kept are the parameters in force but for some, in order, for a form to carry.
func (a address) kept(but ...string) (list []Pair) {
	q := a.copy()
	for key, values := range a.in.LensParams() {
		q[key] = values
	}
	for _, name := range but {
		q.Del(name)
	}
	return Pairs(q)
}
