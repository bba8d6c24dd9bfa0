package graph

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"lotigraph/record"
)

// Format history. A format is raised when an older program would misread what
// a newer one writes. What Open does with an older one: a table that is derived
// is made again; anything else gets a step of its own in migrate.go.
//
//	1  the first
//	2  the waiting table: proposals can be listed and counted without reading every link
//	3  boroughs are found by their ONS codes too
//	4  rulings about identity; names that no record goes by; people by a part of their name
//	5  doubts about links
const format = 5

// The tables. A tag is never used again for something else.
const (
	metaTable    = 'm'
	logTable     = 'c'
	seenTable    = 'v'
	idTable      = 'i'
	nodeTable    = 'n'
	touchedTable = 'g'
	textTable    = 't'
	bodyTable    = 'b'
	linkTable    = 'l'
	rulingTable  = 'r'

	nameTable     = 'f'
	orderTable    = 'o'
	datedTable    = 'd'
	sourceTable   = 's'
	guardedTable  = 'h'
	unknownTable  = 'u'
	nearTable     = 'a'
	pairTable     = 'p'
	proofTable    = 'e'
	waitingTable  = 'w'
	mergedTable   = 'j'
	heldTable     = 'k'
	distinctTable = 'x'
	noRecordTable = 'q'
	doubtTable    = 'z'
)

// derivedTables lists the tables that derive.go fills.
var derivedTables = [...]byte{nameTable, orderTable, datedTable, sourceTable, guardedTable, unknownTable,
	nearTable, pairTable, proofTable, waitingTable, mergedTable, heldTable, distinctTable, noRecordTable, doubtTable}

// ref is a record or a link inside the store.
type ref = uint64

// A tuple grows by appending elements. Properties of the encoding, which the
// tests hold: reading gives back what was written; the bytes of two tuples of
// the same shape compare as their elements do; no encoded element is a prefix
// of another of its type, so a shorter tuple is a prefix of exactly those that
// continue it.
//
//	number  one byte that says how many bytes follow (0 to 8), then those, big-endian
//	string  its bytes, with 0x00 written as 0x00 0xFF, ended by 0x00 0x01
type tuple []byte

func table(tag byte) tuple { return tuple{tag} }

func (t tuple) num(n uint64) tuple {
	var b [9]byte
	binary.BigEndian.PutUint64(b[1:], n)
	skip := 0
	for skip < 8 && b[1+skip] == 0 {
		skip++
	}
	b[skip] = byte(8 - skip)
	return append(t, b[skip:]...)
}

func (t tuple) str(s string) tuple {
	for i := range len(s) {
		t = append(t, s[i])
		if s[i] == 0 {
			t = append(t, 0xFF)
		}
	}
	return append(t, 0, 1)
}

// errKey says that bytes are not a tuple of the shape asked for.
var errKey = errors.New("malformed key")

func (t tuple) takeNum() (uint64, tuple, error) {
	if len(t) == 0 || t[0] > 8 || len(t) < 1+int(t[0]) {
		return 0, nil, errKey
	}
	var b [8]byte
	n := int(t[0])
	copy(b[8-n:], t[1:1+n])
	return binary.BigEndian.Uint64(b[:]), t[1+n:], nil
}

func (t tuple) takeStr() (string, tuple, error) {
	var b strings.Builder
	for i := 0; i < len(t); i++ {
		if t[i] != 0 {
			b.WriteByte(t[i])
			continue
		}
		if i+1 == len(t) {
			break
		}
		switch t[i+1] {
		case 1:
			return b.String(), t[i+2:], nil
		case 0xFF:
			b.WriteByte(0)
			i++
		default:
			return "", nil, errKey
		}
	}
	return "", nil, errKey
}

// hasShape tells whether the tuple is one of strings and numbers as the letters
// of shape say, s and n, and no more.
func (t tuple) hasShape(shape string) bool {
	var err error
	for _, element := range shape {
		if element == 's' {
			_, t, err = t.takeStr()
		} else {
			_, t, err = t.takeNum()
		}
		if err != nil {
			return false
		}
	}
	return len(t) == 0
}

// lastNum reads the number that a key of known prefix ends with.
func lastNum(key, prefix []byte) (ref, error) {
	if !bytes.HasPrefix(key, prefix) {
		return 0, errKey
	}
	n, rest, err := tuple(key[len(prefix):]).takeNum()
	if err != nil || len(rest) != 0 {
		return 0, fmt.Errorf("%w: %x", errKey, key)
	}
	return n, nil
}

// The meta names.
const (
	metaFormat     = "format"
	metaLast       = "last"       // number of the last change
	metaNextNode   = "nextNode"   // the last record's ref
	metaNextLink   = "nextLink"   // the last link's ref
	metaNextRuling = "nextRuling" // the last ruling's ref
)

func metaKey(name string) tuple        { return table(metaTable).str(name) }
func logKey(number uint64) tuple       { return table(logTable).num(number) }
func seenKey(changeID string) tuple    { return table(seenTable).str(changeID) }
func idKey(id record.ID) tuple         { return table(idTable).str(string(id)) }
func nodeKey(n ref) tuple              { return table(nodeTable).num(n) }
func touchedKey(n ref) tuple           { return table(touchedTable).num(n) }
func textKey(n ref, version int) tuple { return table(textTable).num(n).num(uint64(version)) }
func bodyKey(n ref, version int) tuple { return table(bodyTable).num(n).num(uint64(version)) }
func linkKey(l ref) tuple              { return table(linkTable).num(l) }
func namePrefix(folded string) tuple   { return table(nameTable).str(folded) }
func orderPrefix(k record.Kind) tuple  { return table(orderTable).num(uint64(k)) }
func sourceKey(source string) tuple    { return table(sourceTable).str(source) }
func guardedKey(n ref) tuple           { return table(guardedTable).num(n) }
func proofPrefix(text ref) tuple       { return table(proofTable).num(text) }
func waitingKey(l ref) tuple           { return table(waitingTable).num(l) }
func rulingKey(r ref) tuple            { return table(rulingTable).num(r) }
func mergedPrefix(from ref) tuple      { return table(mergedTable).num(from) }
func heldPrefix(to ref) tuple          { return table(heldTable).num(to) }
func distinctPrefix(a, b ref) tuple    { return table(distinctTable).num(min(a, b)).num(max(a, b)) }
func doubtPrefix(l ref) tuple          { return table(doubtTable).num(l) }
func noRecordPrefix(k record.Kind, folded string) tuple {
	return table(noRecordTable).num(uint64(k)).str(folded)
}
func unknownPrefix(k record.Kind, folded string) tuple {
	return table(unknownTable).num(uint64(k)).str(folded)
}
func datedKey(d record.PartialDate, n ref) tuple {
	return table(datedTable).num(newestFirst(d)).num(n)
}

// nearPrefix is the range of a record's links from one end, of one type, or of
// every type when t is 0.
func nearPrefix(n ref, d record.Direction, t record.LinkType) tuple {
	key := table(nearTable).num(n).num(uint64(d))
	if t != 0 {
		key = key.num(uint64(t))
	}
	return key
}

func pairPrefix(from ref, t record.LinkType, to ref) tuple {
	return table(pairTable).num(from).num(uint64(t)).num(to)
}

// newestFirst turns a date into a number that sorts later dates first and no
// date last.
func newestFirst(d record.PartialDate) uint64 {
	const far = 1 << 22 // days; beyond any year a date can have
	if d.IsZero() {
		return 2 * far
	}
	return uint64(far - d.Last().Number())
}

// idOf reads an id out of its key.
func idOf(key []byte) (record.ID, error) {
	if len(key) == 0 {
		return "", errKey
	}
	id, _, err := tuple(key[1:]).takeStr()
	return record.ID(id), err
}

// number and numberOf are the one encoding of values that are a number.
func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func numberOf(b []byte) (uint64, error) {
	if len(b) != 8 {
		return 0, fmt.Errorf("a stored number has %d bytes, not 8", len(b))
	}
	return binary.BigEndian.Uint64(b), nil
}
