package server

import (
	"crypto/rand"
	"sync"
	"time"

	"lotigraph/ingest"
	"lotigraph/server/internal/page"
)

// What is kept between the look at what an import would do and the import: so
// many files at the most, of so many bytes together, for so long. The oldest go
// first; whoever comes back later sends the file again.
const (
	maxHeld      = 32
	maxHeldBytes = 64 << 20
	heldFor      = 30 * time.Minute
)

// held is a file that somebody sent, with what became of it.
type held struct {
	file    ingest.File
	called  string       // what people call it: the file's name, or the first line of a pasted text
	form    page.AddForm // as it was filled in, for who goes back to it
	options ingest.Options
	report  ingest.Report // of the dry run, or of the import when it is done
	done    bool
	since   time.Time
	key     string
}

// hold keeps what was sent, the oldest first. It is safe for concurrent use.
type hold struct {
	mu   sync.Mutex
	list []held
}

// put keeps a file and returns the key that gets it back.
func (h *hold) put(one held, now time.Time) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	one.key, one.since = rand.Text(), now
	h.list = append(h.list, one)
	h.sweep(now)
	return one.key
}

// get is the file of a key; ok is false when it was let go.
func (h *hold) get(key string, now time.Time) (one held, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sweep(now)
	for _, one := range h.list {
		if one.key == key {
			return one, true
		}
	}
	return held{}, false
}

// finish notes what an import came to, the first of those that were sent at once; the
// file itself is let go, unless nothing could be done with it.
func (h *hold) finish(key string, r ingest.Report) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range h.list {
		one := &h.list[i]
		if one.key != key || one.done {
			continue
		}
		one.report = r
		if !r.Nothing() || len(r.Problems) == 0 {
			one.done, one.file.Body, one.form = true, nil, page.AddForm{ID: one.form.ID}
		}
	}
}

func (h *hold) sweep(now time.Time) {
	size := 0
	for _, one := range h.list {
		size += one.size()
	}
	for len(h.list) > 0 && (len(h.list) > maxHeld || size > maxHeldBytes || now.Sub(h.list[0].since) > heldFor) {
		size -= h.list[0].size()
		h.list = h.list[1:]
	}
}

// size is how many bytes are kept of it.
func (one held) size() int { return len(one.file.Body) + len(one.form.Text) }
