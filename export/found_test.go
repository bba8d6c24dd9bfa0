package export_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"lotigraph/export"
	"lotigraph/record"
)

// TestFound is the law that an export of found records has those and no others, and
// of the whole graph's links exactly the ones among them.
func TestFound(t *testing.T) {
	s := snapshot(t, programme(t))
	type line struct {
		Node *struct{ ID record.ID }
		Link *struct {
			ID       string
			From, To record.ID
		}
		End *export.Counts
	}
	lines := func(o export.Options) (list []line) {
		for raw := range strings.Lines(string(write(t, s, "jsonl", o))) {
			var one line
			parse(t, []byte(raw), &one)
			list = append(list, one)
		}
		return list
	}
	whole := lines(export.Options{Lens: staff()})
	rng := rand.New(rand.NewPCG(3, 3))
	for range 5 {
		found, links, nodes := map[record.ID]bool{}, 0, 0
		for _, l := range whole {
			if l.Node != nil && rng.IntN(3) > 0 {
				found[l.Node.ID] = true
			}
		}
		for _, l := range whole {
			if l.Link != nil && found[l.Link.From] && found[l.Link.To] {
				links++
			}
		}
		got := 0
		for _, l := range lines(export.Options{Lens: staff(), Found: found, Search: "a test"}) {
			switch {
			case l.Node != nil && !found[l.Node.ID], l.Link != nil && (!found[l.Link.From] || !found[l.Link.To]):
				t.Errorf("%+v was not found", l)
			case l.Node != nil:
				nodes++
			case l.Link != nil:
				got++
			}
		}
		if nodes != len(found) || got != links || links == 0 {
			t.Errorf("%d of %d records and %d of %d links", nodes, len(found), got, links)
		}
	}
}
