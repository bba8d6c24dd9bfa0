package inbox

import (
	"context"
	"errors"

	"lotigraph/graph"
	"lotigraph/record"
)

// Whoever decides something wants to see what waits next at once, and looking for
// duplicates among thousands of records takes seconds. So the inbox goes on with
// the pairs that were found last, less those that are none any more, and looks for
// new ones beside; they join the list when they are found.

// lookalikes are the possible duplicates that were found last.
type lookalikes struct {
	found   []Duplicate
	at      uint64 // the version that they were found in; 0 for none yet
	looking bool   // whether somebody looks for them now
}

// few is how many records are so few that looking for duplicates takes no time;
// less in tests.
var few = 500

// duplicates are the possible duplicates in a snapshot, as they were found in a
// version of the graph.
func (in *Inbox) duplicates(ctx context.Context, s *graph.Snapshot, l record.Lens) (found []Duplicate, at uint64, err error) {
	in.mu.Lock()
	last := in.alike
	in.mu.Unlock()
	if last.at == s.Version() && last.at > 0 {
		return last.found, last.at, nil
	}
	census, err := s.Census(ctx, l)
	if err != nil {
		return nil, 0, err
	}
	records := 0
	for _, n := range census.Kinds {
		records += n
	}
	if last.at == 0 || in.beside == nil || records <= few {
		found, err = in.look(ctx, s, l)
		return found, s.Version(), err
	}
	in.lookBeside(l)
	found, err = standing(ctx, s, l, last.found)
	return found, last.at, err
}

// look looks for duplicates, and remembers what is found.
func (in *Inbox) look(ctx context.Context, s *graph.Snapshot, l record.Lens) ([]Duplicate, error) {
	found, err := Duplicates(ctx, s, l)
	if err != nil {
		return nil, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if s.Version() > in.alike.at {
		in.alike.found, in.alike.at = found, s.Version()
		in.newest = nil // what waits is gathered again
	}
	return found, nil
}

// lookBeside has duplicates looked for, unless that is being done.
func (in *Inbox) lookBeside(l record.Lens) {
	looks := func(now bool) (before bool) {
		in.mu.Lock()
		defer in.mu.Unlock()
		before, in.alike.looking = in.alike.looking, now
		return before
	}
	if looks(true) {
		return
	}
	begun := in.beside(func(ctx context.Context, s *graph.Snapshot) {
		defer looks(false)
		in.look(ctx, s, l) // where it fails, whoever asks next begins it again
	})
	if !begun {
		looks(false)
	}
}

// standing are the pairs of which both are there and are two, as they are now.
func standing(ctx context.Context, s *graph.Snapshot, l record.Lens, pairs []Duplicate) (list []Duplicate, err error) {
	for _, d := range pairs {
		gone := false
		for _, n := range []*record.Node{&d.A, &d.B} {
			id := n.ID
			if *n, err = s.Node(ctx, l, id); errors.Is(err, record.ErrNotFound) || err == nil && n.ID != id {
				gone = true
			} else if err != nil {
				return nil, err
			}
		}
		if !gone {
			list = append(list, d)
		}
	}
	return list, nil
}
