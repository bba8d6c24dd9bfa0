package graph

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// Copy is the graph as it is now, apart, in a temporary folder that goes when the
// copy is closed: what is done to it stays with it.
func (s *Store) Copy() (*Store, error) {
	dir, err := os.MkdirTemp("", "lotigraph-copy-")
	if err != nil {
		return nil, fmt.Errorf("copy the graph: %w", err)
	}
	copied, err := Open(dir, Options{Logger: s.log, scratch: true})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
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
	if err := copied.publish(nil); err != nil {
		return nil, errors.Join(err, copied.Close())
	}
	return copied, nil
}
