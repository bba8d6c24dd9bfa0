package graph

import (
	"bytes"
	"cmp"
	"testing"

	"lotigraph/record"
)

// The laws of the key encoding: what is written is read, and bytes compare as
// tuples do.
func FuzzTuple(f *testing.F) {
	f.Add("", uint64(0), "a", uint64(1))
	f.Add("a\x00", uint64(255), "a", uint64(256))
	f.Add("a\x00\xff", uint64(1<<40), "a\x00\x01", uint64(1<<63))
	f.Fuzz(func(t *testing.T, s1 string, n1 uint64, s2 string, n2 uint64) {
		a, b := tuple{}.str(s1).num(n1), tuple{}.str(s2).num(n2)
		s, rest, err := a.takeStr()
		if err != nil || s != s1 {
			t.Fatalf("%q came back as %q, %v", s1, s, err)
		}
		n, rest, err := rest.takeNum()
		if err != nil || n != n1 || len(rest) != 0 {
			t.Fatalf("%d came back as %d with %x left, %v", n1, n, rest, err)
		}
		want := cmp.Or(cmp.Compare(s1, s2), cmp.Compare(n1, n2))
		if got := bytes.Compare(a, b); got != want {
			t.Errorf("(%q, %d) and (%q, %d) compare as %d, their keys as %d", s1, n1, s2, n2, want, got)
		}
		if s1 != s2 && bytes.HasPrefix(a, tuple{}.str(s2)) {
			t.Errorf("the key of %q is a prefix of that of %q", s2, s1)
		}
	})
}

// Whatever bytes are taken for a key, they are read or refused.
func FuzzTake(f *testing.F) {
	f.Add([]byte{8, 1, 2})
	f.Add([]byte{'a', 0})
	f.Fuzz(func(t *testing.T, raw []byte) {
		tuple(raw).takeNum()
		tuple(raw).takeStr()
		if len(raw) > 0 {
			wholeKey(raw)
			endNum(raw)
			nearTail(raw)
		}
	})
}

func TestNewestFirst(t *testing.T) {
	order := []string{"2022-02", "2022-02-03", "2021", "2020-11-30", "1969-05-01", ""}
	for i := 1; i < len(order); i++ {
		a, _ := record.ParsePartialDate(order[i-1])
		b, _ := record.ParsePartialDate(order[i])
		if newestFirst(a) > newestFirst(b) {
			t.Errorf("%q sorts behind %q", order[i-1], order[i])
		}
	}
}
