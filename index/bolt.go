package index

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
)

// Scorch keeps the list of its segments in root.bolt, a bbolt file. bbolt
// trusts the offsets in its pages: a damaged file makes it read or write
// anywhere in memory. So the file is read here first, with every bound checked.
//
// A page begins with id (8 bytes), kind (2), count (2) and overflow (4, further
// pages it takes). Pages 0 and 1 are metas, of which the newer valid one counts:
//
//	magic 4, version 4, page size 4, flags 4, root page 8, sequence 8,
//	freelist page 8, pages in use 8, transaction 8, FNV-1a of all that 8
//
// A leaf has count elements: flags 4 (1: the value is a bucket), offset of the
// key from the element 4, key size 4, value size 4. A branch has offset 4, key
// size 4, page 8. A bucket's value is root page 8, sequence 8, and if the root
// is 0 then a leaf inside the value. A freelist has count page numbers of 8
// bytes, the first of them being the count when that is 65535.
type boltFile struct {
	data     []byte
	pageSize uint64
	pages    uint64 // in use
	seen     map[uint64]bool
	yield    func(key, value []byte) error
}

const (
	boltBranch   = 0x01
	boltLeaf     = 0x02
	boltFreelist = 0x10

	boltHeader     = 16
	boltNoFreelist = 1<<64 - 1
	boltDepth      = 64
)

var errBolt = errors.New("root.bolt is damaged")

var native = binary.NativeEndian

// readBolt checks the file and yields every key that is no bucket.
func readBolt(data []byte, yield func(key, value []byte) error) error {
	meta, pageSize := newestMeta(data)
	if meta == nil {
		return errBolt
	}
	f := boltFile{
		data: data, pageSize: pageSize, pages: native.Uint64(meta[40:]),
		seen: map[uint64]bool{0: true, 1: true}, yield: yield,
	}
	if f.pages > uint64(len(data))/f.pageSize {
		return fmt.Errorf("%w: it was cut off", errBolt)
	}
	if err := f.tree(native.Uint64(meta[16:]), boltDepth); err != nil {
		return err
	}
	if free := native.Uint64(meta[32:]); free != boltNoFreelist {
		return f.freelist(free)
	}
	return nil
}

// newestMeta is the valid meta with the highest transaction.
func newestMeta(data []byte) (newest []byte, pageSize uint64) {
	for size := uint64(1 << 10); size <= 1<<16; size <<= 1 {
		for _, at := range [...]uint64{0, size} {
			if at+boltHeader+64 > uint64(len(data)) {
				continue
			}
			meta := data[at+boltHeader:][:64]
			sum := fnv.New64a()
			sum.Write(meta[:56])
			if native.Uint32(meta) != 0xED0CDAED || uint64(native.Uint32(meta[8:])) != size || native.Uint64(meta[56:]) != sum.Sum64() {
				continue
			}
			if newest == nil || native.Uint64(meta[48:]) > native.Uint64(newest[48:]) {
				newest, pageSize = meta, size
			}
		}
	}
	return newest, pageSize
}

// page is a page of the kinds given, header included; no page is met twice.
func (f *boltFile) page(id uint64, kinds uint16) (page []byte, err error) {
	if id >= f.pages || f.seen[id] {
		return nil, errBolt
	}
	page = f.data[id*f.pageSize:]
	extent := uint64(native.Uint32(page[12:])) + 1
	if native.Uint64(page) != id || native.Uint16(page[8:])&kinds == 0 || extent > f.pages-id {
		return nil, errBolt
	}
	for i := range extent {
		f.seen[id+i] = true
	}
	return page[:extent*f.pageSize], nil
}

// tree reads the pages of a bucket.
func (f *boltFile) tree(id uint64, depth int) error {
	page, err := f.page(id, boltBranch|boltLeaf)
	if err != nil || depth == 0 {
		return errBolt
	}
	if native.Uint16(page[8:]) == boltLeaf {
		return f.leaf(page, depth)
	}
	if native.Uint16(page[8:]) != boltBranch || native.Uint16(page[10:]) == 0 {
		return errBolt
	}
	return elements(page, func(at []byte) error {
		if _, ok := part(at, uint64(native.Uint32(at)), uint64(native.Uint32(at[4:]))); !ok {
			return errBolt
		}
		return f.tree(native.Uint64(at[8:]), depth-1)
	})
}

// leaf reads the keys of a leaf, which stand in order.
func (f *boltFile) leaf(page []byte, depth int) error {
	var last []byte
	return elements(page, func(at []byte) error {
		from, n := uint64(native.Uint32(at[4:])), uint64(native.Uint32(at[8:]))
		key, ok := part(at, from, n)
		value, ok2 := part(at, from+n, uint64(native.Uint32(at[12:])))
		if !ok || !ok2 || last != nil && bytes.Compare(last, key) >= 0 {
			return errBolt
		}
		last = key
		switch native.Uint32(at) {
		case 0:
			return f.yield(key, value)
		case 1:
			return f.bucket(value, depth)
		}
		return errBolt
	})
}

func (f *boltFile) bucket(value []byte, depth int) error {
	if len(value) < 16 || depth == 0 {
		return errBolt
	}
	if root := native.Uint64(value); root != 0 {
		return f.tree(root, depth-1)
	}
	inline := value[16:]
	if len(inline) < boltHeader || native.Uint16(inline[8:]) != boltLeaf {
		return errBolt
	}
	return f.leaf(inline, depth-1)
}

// freelist checks that what may be written over is not in use.
func (f *boltFile) freelist(id uint64) error {
	page, err := f.page(id, boltFreelist)
	if err != nil {
		return err
	}
	count, list := uint64(native.Uint16(page[10:])), page[boltHeader:]
	if count == 0xFFFF {
		count, list = native.Uint64(list), list[8:]
	}
	if count > uint64(len(list))/8 {
		return errBolt
	}
	for i := range count {
		free := native.Uint64(list[i*8:])
		if free >= f.pages || f.seen[free] {
			return errBolt
		}
		f.seen[free] = true
	}
	return nil
}

// elements hands out what is left of the page from each element on.
func elements(page []byte, do func(at []byte) error) error {
	count := int(native.Uint16(page[10:]))
	if boltHeader*(count+1) > len(page) {
		return errBolt
	}
	for i := range count {
		if err := do(page[boltHeader*(i+1):]); err != nil {
			return err
		}
	}
	return nil
}

func part(b []byte, from, n uint64) ([]byte, bool) {
	if from > uint64(len(b)) || n > uint64(len(b))-from {
		return nil, false
	}
	return b[from : from+n], true
}
