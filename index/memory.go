package index

import (
	"unsafe"
)

// Memory is what a snapshot keeps in memory beside what Bleve does, in bytes.
type Memory struct {
	Columns int // kinds, forms, dates and themes, and the ord of each document
	IDs     int // the ids, and the table that finds their ords
	Names   int // folded names and the order of their words, once they were asked for
}

// Memory counts what the snapshot keeps, as it is laid out.
func (s *Snapshot) Memory() (m Memory) {
	for i := range s.segments {
		c := s.segments[i].columns
		m.Columns += c.bytes()
		m.Names += c.names.bytes()
	}
	m.IDs = s.store.registry.bytes()
	return m
}

func (c *columns) bytes() int {
	n := sizeOf(c.ords) + sizeOf(c.kinds) + sizeOf(c.forms) + sizeOf(c.days) + sizeOf(c.spans)
	for _, themes := range c.themes {
		n += sizeOf(themes) + stringBytes(themes) + int(unsafe.Sizeof(0)) + int(unsafe.Sizeof(themes))
	}
	return n
}

func (l *lazyNames) bytes() int {
	n := len(l.text) + sizeOf(l.ends) + sizeOf(l.words) + sizeOf(l.titles)
	for _, aliases := range l.aliases {
		n += int(unsafe.Sizeof(0)) + int(unsafe.Sizeof(aliases)) + sizeOf(aliases) + stringBytes(aliases)
	}
	return n
}

func (r *registry) bytes() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	n := sizeOf(r.ids.pages) + sizeOf(r.kinds) + sizeOf(r.table)
	for _, page := range r.ids.pages {
		n += len(page.text) + int(unsafe.Sizeof(*page.ends))
	}
	return n
}

// sizeOf is the bytes of a slice's array.
func sizeOf[T any](list []T) int {
	var one T
	return cap(list) * int(unsafe.Sizeof(one))
}

func stringBytes[T ~string](list []T) (n int) {
	for _, s := range list {
		n += len(s)
	}
	return n
}
