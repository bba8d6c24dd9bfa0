package graph

import (
	"errors"
	"fmt"
	"io"
)

// Copy is the graph as it is now, in memory and apart: what is done to it stays
// with it. Close it.
func (s *Store) Copy() (*Store, error) {
	copied, err := Open("", Options{Logger: s.log})
	if err != nil {
		return nil, err
	}
	in, out := io.Pipe()
	go func() {
		_, err := s.db.Backup(out, 0)
		out.CloseWithError(err)
	}()
	const pending = 16 // writes under way at once
	if err := copied.db.Load(in, pending); err != nil {
		in.CloseWithError(err)
		return nil, errors.Join(fmt.Errorf("copy the graph: %w", err), copied.Close())
	}
	if err := copied.publish(); err != nil {
		return nil, errors.Join(err, copied.Close())
	}
	return copied, nil
}
