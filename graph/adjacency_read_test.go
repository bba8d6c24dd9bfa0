package graph

import (
	"encoding/json"
	"fmt"
	"math"
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
			e.Proofs = append(e.Proofs, proof{Text: rng.Uint64N(1 << 33), Version: rng.IntN(4), Quote: pick() + pick(), Method: pick(), Confidence: rng.Float64() * math.Pow10(rng.IntN(30)-25), Superseded: rng.IntN(2) == 0})
		}
		raw, err := encode(e)
		if err != nil {
			t.Fatal(err)
		}
		both(raw)
		var whole edge
		if !whole.readStored(raw) || fmt.Sprintf("%#v", whole) != fmt.Sprintf("%#v", e) {
			t.Fatalf("%s\nreads %#v\nnot   %#v", raw, whole, e)
		}
		if new(edgeFacts).readStored(raw) {
			quick++
		}
	}
	if quick < 3000 {
		t.Errorf("only %d of 3000 links were read the quick way", quick)
	}
	both([]byte(` { "y": "JOINED", "f": 1, "t": 2 }`))
	both([]byte(`{"y":"JOINED","f":-1,"t":2,"a":"CONFIRMED","e":null}`))
}

// So it is with a stored record.
func TestReadFacts(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 1))
	words := []string{"plain", `a "quoted\" word`, "Ümläut – {dash}, [x]", "\\", "two\nlines\u2028", "<&>", ""}
	pick := func() string { return words[rng.IntN(len(words))] }
	dates := []record.PartialDate{{}, {Year: 2021}, {Year: 2021, Month: 5}, {Year: 987, Month: 12, Day: 31}}
	quick := 0
	for range 3000 {
		kind := record.Kinds()[rng.IntN(len(record.Kinds()))]
		node := record.Node{ID: record.NewID(kind, pick()), Name: pick(), Aliases: []string{pick(), pick()}, Summary: pick(), Revision: rng.IntN(9),
			Stated: record.Visibility(rng.IntN(4)), Withdrawn: rng.IntN(2) == 0}
		switch kind {
		case record.WeeknoteKind:
			node.Weeknote = &record.Weeknote{Source: pick(), Version: rng.IntN(5), Form: record.FormWeeknote, Date: dates[rng.IntN(4)], Byline: pick(),
				Visibility: record.Visibility(1 + rng.IntN(3)), Unknown: []record.Unknown{{Kind: record.PersonKind, Name: pick(), Spans: []record.Span{{End: 3}}}}}
		case record.BoroughKind:
			node.Borough = &record.Borough{ONSCode: pick(), Row: rng.IntN(3)}
		case record.ProjectKind:
			node.Project = &record.Project{Themes: []string{pick()}, Start: dates[rng.IntN(4)]}
		}
		raw, err := encode(node)
		if err != nil {
			t.Fatal(err)
		}
		got, err := readFacts(raw)
		if err != nil || bitsOf(got) != bitsOf(&node) || factsOf(got) != factsOf(&node) {
			t.Fatalf("%s\nreads %v, %+v, %v\nnot   %v, %+v", raw, bitsOf(got), factsOf(got), err, bitsOf(&node), factsOf(&node))
		}
		if _, ok := readStoredFacts(raw); ok {
			quick++
		}
	}
	if quick < 1000 { // an id may hold what is escaped
		t.Errorf("only %d of 3000 records were read the quick way", quick)
	}
	if got, err := readFacts([]byte(` { "id": "person:x", "withdrawn": true }`)); err != nil || !got.Withdrawn || got.Kind() != record.PersonKind {
		t.Errorf("what nobody wrote reads %+v, %v", got, err)
	}
	if _, err := readFacts([]byte(`{"id":"person:x","withdrawn":`)); err == nil {
		t.Error("half a record was read")
	}
}
