package index

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// TestReadBolt: a whole file has a segment, and no damage is followed out of
// the file.
func TestReadBolt(t *testing.T) {
	dir := t.TempDir()
	ix := open(t, dir)
	for i := 10; i <= 100; i += 10 {
		catchUp(t, ix, counted(i))
	}
	ix.Close()
	whole, err := os.ReadFile(filepath.Join(dir, "store", "root.bolt"))
	if err != nil {
		t.Fatal(err)
	}
	segments := 0
	err = readBolt(whole, func(key, _ []byte) error {
		if string(key) == "p" {
			segments++
		}
		return nil
	})
	if err != nil || segments == 0 {
		t.Errorf("a whole file: %v, %d segments", err, segments)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		b := append([]byte(nil), whole[:len(whole)-r.IntN(2)*r.IntN(len(whole))]...)
		for range r.IntN(200) {
			if len(b) > 0 {
				b[r.IntN(len(b))] ^= byte(r.IntN(256))
			}
		}
		readBolt(b, func([]byte, []byte) error { return nil })
	}
}

// A segment that several states of the index share is looked at once: a file of
// gigabytes would be read as often as there are states.
func TestSegmentsInBolt(t *testing.T) {
	dir := t.TempDir()
	ix := open(t, dir)
	defer ix.Close()
	for i := 1; i <= 100; i++ {
		catchUp(t, ix, counted(i))
		bolt, err := os.ReadFile(filepath.Join(dir, "store", "root.bolt"))
		if err != nil {
			t.Fatal(err)
		}
		named := map[string]int{}
		err = readBolt(bolt, func(key, value []byte) error {
			if string(key) == "p" {
				named[filepath.Base(string(value))]++
			}
			return nil
		})
		if err != nil {
			continue // it was being written
		}
		names, err := segmentsIn(bolt)
		if err != nil || len(names) != len(named) {
			t.Fatalf("%q of the segments %v: %v", names, named, err)
		}
		for _, times := range named {
			if times > 1 {
				return
			}
		}
	}
	t.Error("no two states shared a segment: the test saw nothing")
}
