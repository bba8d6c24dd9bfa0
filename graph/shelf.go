package graph

import (
	"context"
	"errors"
	"sync"
)

// Shelf keeps what is made of a graph, so that it is made once. It knows nothing of
// what is on it: rooms above put it there under keys of types of their own, which
// name everything that the thing follows from, the lens too.
type Shelf struct {
	mu   sync.Mutex
	list map[any]*shelved
}

// shelved is a thing that is made or being made.
type shelved struct {
	made chan struct{} // closed when it is, or when that failed
	what any
	err  error
}

// maxShelved is how many things a shelf holds; beyond it, it is cleared.
const maxShelved = 256

// Shelf is for what follows from the snapshot alone; it goes with it.
func (s *Snapshot) Shelf() *Shelf { return &s.shelf }

// Lasting is for what holds in every state of the graph, such as what follows from
// versions of texts, which never change. All snapshots of a store share it, but for
// those of an earlier state, which have one each.
func (s *Snapshot) Lasting() *Shelf { return s.lasting }

// Kept is the thing of a key, made where it is not there yet: those who ask for it
// meanwhile wait for it. Nobody may change what it returns. What fails is not kept.
func Kept[T any](ctx context.Context, on *Shelf, key any, make func() (T, error)) (T, error) {
	for {
		one, mine := on.take(key)
		if mine {
			return fill(on, key, one, make)
		}
		select {
		case <-ctx.Done():
			var none T
			return none, ctx.Err()
		case <-one.made:
		}
		if one.err == nil {
			return one.what.(T), nil
		}
		if !errors.Is(one.err, context.Canceled) && !errors.Is(one.err, context.DeadlineExceeded) {
			var none T
			return none, one.err
		}
		// Who made it gave up, which is nobody else's end.
	}
}

// take finds a thing, or a place for one that the caller is to make.
func (s *Shelf) take(key any) (one *shelved, mine bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if one = s.list[key]; one != nil {
		return one, false
	}
	if s.list == nil || len(s.list) >= maxShelved {
		s.list = map[any]*shelved{}
	}
	one = &shelved{made: make(chan struct{}), err: errUnmade}
	s.list[key] = one
	return one, true
}

// errUnmade is what those hear who waited for somebody who never came to an end.
var errUnmade = errors.New("this was not made to the end")

// fill makes a thing for its place, which is given up where that fails.
func fill[T any](on *Shelf, key any, one *shelved, make func() (T, error)) (T, error) {
	defer func() {
		close(one.made)
		if one.err == nil {
			return
		}
		on.mu.Lock()
		defer on.mu.Unlock()
		if on.list[key] == one {
			delete(on.list, key)
		}
	}()
	what, err := make()
	one.what, one.err = what, err
	return what, err
}
