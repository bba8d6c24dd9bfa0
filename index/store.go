package index

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/util"
	api "github.com/blevesearch/bleve_index_api"
	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// lockWait is how long to wait for another process to let go of the folder.
const lockWait = time.Second

// analysers is how many documents of a batch are cut into words at once.
const analysers = 4

// openStore opens what is at path, or an empty store in memory.
func openStore(path string) (st *store, err error) {
	queue := api.NewAnalysisQueue(analysers)
	defer func() {
		if r := recover(); r != nil {
			st, err = nil, fmt.Errorf("it cannot be opened: %v", r)
		}
		if err != nil {
			queue.Close()
		}
	}()
	ix, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path":         path,
		"bolt_timeout": lockWait.String(),
	}, queue)
	if err != nil {
		return nil, err
	}
	if err := ix.Open(); err != nil {
		return nil, err
	}
	return &store{scorch: ix.(*scorch.Scorch), queue: queue, columns: map[uint64]*columns{}, registry: newRegistry()}, nil
}

func (st *store) close() error {
	defer st.queue.Close()
	return st.scorch.Close()
}

func (st *store) reader() (*scorch.IndexSnapshot, error) {
	reader, err := st.scorch.Reader()
	if err != nil {
		return nil, err
	}
	return reader.(*scorch.IndexSnapshot), nil
}

// renew begins again at path with an empty store at position 0.
func renew(path string) (*store, error) {
	if path != "" {
		if err := os.RemoveAll(path); err != nil {
			return nil, err
		}
	}
	st, err := openStore(path)
	if err != nil {
		return nil, err
	}
	if err := st.scorch.SetInternal(stateKey, writeState(0)); err != nil {
		return nil, errors.Join(err, st.close())
	}
	return st, nil
}

// reopen opens the store at path, or makes it anew and says why.
func reopen(path string) (st *store, reason string, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, "", err
	}
	if reason, err = damage(path); err != nil {
		return nil, "", err
	}
	if reason == "" {
		st, err = openStore(path)
		if errors.Is(err, bolterrors.ErrTimeout) {
			return nil, "", ErrLocked
		}
		if err == nil {
			if _, err = st.position(); err == nil {
				return st, "", nil
			}
			st.close()
		}
		reason = err.Error()
	}
	st, err = renew(path)
	return st, reason, err
}

func (st *store) position() (uint64, error) {
	reader, err := st.reader()
	if err != nil {
		return 0, err
	}
	defer reader.Close()
	return readState(reader)
}

// stateKey is where the position stands, in every batch.
var stateKey = []byte("lotigraph")

// lineageKey is where the lineage of the source stands, in every batch too.
var lineageKey = []byte("lotigraph lineage")

// writeState writes the position with the mapping and a checksum of both, as in
// "1 4711 1c291ca3".
func writeState(position uint64) []byte {
	state := fmt.Appendf(nil, "%d %d", mappingVersion, position)
	return fmt.Appendf(state, " %08x", crc32.ChecksumIEEE(state))
}

// readState reads the position. An error says why the index is of no use.
func readState(reader *scorch.IndexSnapshot) (position uint64, err error) {
	state, err := reader.GetInternal(stateKey)
	if err != nil {
		return 0, err
	}
	if state == nil {
		return 0, errors.New("it has no position")
	}
	var version int
	if _, err := fmt.Sscanf(string(state), "%d %d", &version, &position); err != nil {
		return 0, errors.New("its position cannot be read")
	}
	if version != mappingVersion {
		return 0, fmt.Errorf("it has mapping %d, and this program has %d", version, mappingVersion)
	}
	if !bytes.Equal(state, writeState(position)) {
		return 0, errors.New("its position does not match its checksum")
	}
	return position, nil
}

// damage reads what is at path before scorch does and says what is wrong with
// it, "" when nothing is. Scorch trusts its files, and reads them in goroutines
// of its own, where a fault would end the program.
func damage(path string) (reason string, err error) {
	root := filepath.Join(path, "root.bolt")
	if _, err := os.Stat(root); err != nil {
		return "it is missing", nil
	}
	// Opened to read, bbolt looks at no more than the file's first pages; it is
	// needed for its lock.
	db, err := bbolt.Open(root, 0o600, &bbolt.Options{ReadOnly: true, Timeout: lockWait})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return "", ErrLocked
	case errors.Is(err, os.ErrPermission):
		return "", err
	case err != nil:
		return "root.bolt is damaged: " + err.Error(), nil
	}
	defer db.Close()
	data, err := os.ReadFile(root)
	if err != nil {
		return "", err
	}
	names, err := segmentsIn(data)
	if err != nil {
		return err.Error(), nil
	}
	for _, name := range names {
		if err := checkSegment(filepath.Join(path, name)); err != nil {
			return err.Error(), nil
		}
	}
	return "", nil
}

// segmentsIn are the files of segments that root.bolt names, each once: several
// states of the index may stand in it, which share most of them.
func segmentsIn(bolt []byte) (names []string, err error) {
	seen := map[string]bool{}
	err = readBolt(bolt, func(key, value []byte) error {
		name := filepath.Base(string(value))
		if bytes.Equal(key, util.BoltPathKey) && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

// checkSegment compares a segment with the checksum in its last four bytes.
func checkSegment(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, f, info.Size()-4); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	var want uint32
	if err := binary.Read(f, binary.BigEndian, &want); err != nil || want != sum.Sum32() {
		return fmt.Errorf("%s does not match its checksum", filepath.Base(name))
	}
	return nil
}
