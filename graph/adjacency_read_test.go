package graph

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"lotigraph/record"
)

// Taking a stored link apart by hand gives what encoding/json gives, whatever is
// in it; so does what nobody wrote.
func TestReadEdge(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	words := []string{"", "lead", `a "quoted\" word`, "Ümläut – {dash}, [x]", "\\", "two\nlines\u2028", "<&>"}
	dates := []record.PartialDate{{}, {Year: 2021}, {Year: 2021, Month: 5}, {Year: 987, Month: 12, Day: 31}}
	pick := func() string { return words[rng.IntN(len(words))] }
	both := func(raw []byte) {
		var want, got edgeFacts
		wrong := json.Unmarshal(raw, &want)
		err := got.read(raw)
		got.roles = nil
		if (err == nil) != (wrong == nil) || err == nil && fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%s\nreads %+v, %v\nnot   %+v, %v", raw, got, err, want, wrong)
		}
	}
	quick := 0
	for range 3000 {
		e := edge{Type: record.LinkTypes()[rng.IntN(9)], From: rng.Uint64N(1 << 40), To: rng.Uint64N(300), Role: pick(), Since: dates[rng.IntN(4)], Until: dates[rng.IntN(4)],
			Status: []record.LinkStatus{record.Proposed, record.Confirmed, record.Rejected}[rng.IntN(3)], Confidence: rng.Float64(), Revision: rng.IntN(9), Withdrawn: rng.IntN(2) == 0, Undone: rng.IntN(2) == 0}
		for range rng.IntN(4) {
			e.Proofs = append(e.Proofs, proof{Text: rng.Uint64N(1 << 33), Version: rng.IntN(4), Quote: pick() + pick(), Method: pick(), Superseded: rng.IntN(2) == 0})
		}
		raw, err := encode(e)
		if err != nil {
			t.Fatal(err)
		}
		both(raw)
		c := fieldCursor{raw: raw}
		for c.next() {
		}
		if !c.bad {
			quick++
		}
	}
	if quick < 3000 {
		t.Errorf("only %d of 3000 links were read the quick way", quick)
	}
	both([]byte(` { "y": "JOINED", "f": 1, "t": 2 }`))
	both([]byte(`{"y":"JOINED","f":-1,"t":2,"a":"CONFIRMED","e":null}`))
}
