package graph

import (
	"bytes"
	"cmp"
	"context"
	"hash/fnv"
	"slices"
	"sync"
)

// deeds tells in which changes an id stands, so that the history of one record is
// read without the rest of the log. It is filled from the log when it is first
// asked, and then only from what came since. All snapshots of a store share it.
type deeds struct {
	mu     sync.Mutex
	upTo   uint64 // the last change that was read
	sorted []deed // by hash, then change
	fresh  []deed // of the changes since those in sorted, by change
}

// deed is an id, as a hash, in a change. Two ids of one hash cost a look at a
// change that says nothing of the one that was asked for.
type deed struct{ hash, change uint32 }

func (d deed) compare(e deed) int {
	return cmp.Or(cmp.Compare(d.hash, e.hash), cmp.Compare(d.change, e.change))
}

// merged is both of two sorted lists, sorted.
func merged(a, b []deed) []deed {
	list := make([]deed, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].compare(b[0]) <= 0 {
			list, a = append(list, a[0]), a[1:]
		} else {
			list, b = append(list, b[0]), b[1:]
		}
	}
	return append(append(list, a...), b...)
}

// maxFreshDeeds is how many lie beside the sorted ones; fewer in tests.
var maxFreshDeeds = 8192

// of lists the changes up to the snapshot's in which an id may stand, ascending.
func (d *deeds) of(ctx context.Context, s *Snapshot, id string) ([]uint64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.follow(ctx, s, s.version); err != nil {
		return nil, err
	}
	hash := hashOf([]byte(id))
	at, _ := slices.BinarySearchFunc(d.sorted, hash, func(e deed, h uint32) int { return cmp.Compare(e.hash, h) })
	var list []uint64
	take := func(e deed) {
		if e.hash == hash && uint64(e.change) <= s.version {
			list = append(list, uint64(e.change))
		}
	}
	for ; at < len(d.sorted) && d.sorted[at].hash == hash; at++ {
		take(d.sorted[at])
	}
	for _, e := range d.fresh {
		take(e)
	}
	return list, nil
}

// fewDeeds is how many changes are read in about a millisecond.
const fewDeeds = 20

// FollowLog reads in which changes each id stands, step by step, so that whoever asks
// for the first history after a start need not wait for that.
func (s *Snapshot) FollowLog(ctx context.Context) error {
	for {
		Rest(ctx)
		if done, err := s.deeds.step(ctx, s); done || err != nil {
			return err
		}
	}
}

// step reads a few changes; done tells whether these were the last.
func (d *deeds) step(ctx context.Context, s *Snapshot) (done bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	err = d.follow(ctx, s, d.upTo+fewDeeds)
	return d.upTo >= s.version, err
}

// follow reads the log up to a change, as far as the snapshot goes. What it read
// before an error stays.
func (d *deeds) follow(ctx context.Context, s *Snapshot, upTo uint64) error {
	for ; d.upTo < min(s.version, upTo); d.upTo++ {
		raw, err := s.view.get(logKey(d.upTo + 1))
		if err := cmp.Or(ctx.Err(), err); err != nil {
			return err
		}
		begun := len(d.fresh)
		idsIn(raw, func(id []byte) {
			e := deed{hashOf(id), uint32(d.upTo + 1)}
			if !slices.Contains(d.fresh[begun:], e) {
				d.fresh = append(d.fresh, e)
			}
		})
	}
	if len(d.fresh) > maxFreshDeeds {
		slices.SortFunc(d.fresh, deed.compare)
		d.sorted, d.fresh = merged(d.sorted, d.fresh), nil
	}
	return nil
}

func hashOf(id []byte) uint32 {
	h := fnv.New32a()
	h.Write(id)
	return h.Sum32()
}

// longestID is more bytes than any id has.
const longestID = 256

// idsIn yields what stands in quotes in JSON and looks like an id: it begins
// with a small letter and has a colon and no space.
func idsIn(raw []byte, yield func([]byte)) {
	for {
		open := bytes.IndexByte(raw, '"')
		if open < 0 {
			return
		}
		raw = raw[open+1:]
		end := bytes.IndexByte(raw, '"')
		if end < 0 {
			return
		}
		if text := raw[:end]; len(text) <= longestID && len(text) > 2 && text[0] >= 'a' && bytes.IndexByte(text, ':') > 0 && bytes.IndexByte(text, ' ') < 0 {
			yield(text)
		}
		raw = raw[end:]
	}
}
