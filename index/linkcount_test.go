package index

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"lotigraph/record"
)

// TestLinksCountBothWays holds what is counted along rows and along incoming links
// against a count of every record, while links change.
func TestLinksCountBothWays(t *testing.T) {
	ix := follow(t, "", nil)
	s, err := ix.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rng := rand.New(rand.NewPCG(4, 9))
	ends := []record.Kind{record.BoroughKind, record.ProjectKind, record.PartnerKind, record.PersonKind}
	end := func() record.ID { // a few have most links
		n := rng.ExpFloat64() * 6
		return record.ID(fmt.Sprintf("%s:e%d", ends[rng.IntN(len(ends))].Slug(), int(n)))
	}
	rows := map[record.ID]Linked{}
	links := newLinks(s, nil)
	common, rare, known, beside := 0, 0, 0, 0
	for change := range 60 {
		changed := map[record.ID]Linked{}
		n := 1 + rng.IntN(4)
		if change%20 == 0 {
			n = 800
		}
		for range n {
			var l Linked
			for range rng.IntN(6) {
				l.Records = append(l.Records, end())
			}
			id := record.ID(fmt.Sprintf("weeknote:n%d", rng.IntN(1000)))
			changed[id], rows[id] = l, l
		}
		links = links.With(changed)

		_, kinds := s.store.registry.known()
		c := newLinkCount(s.store, links, kinds)
		c.asked[record.BoroughKind], c.asked[record.PartnerKind] = true, true
		c.asked[record.ProjectKind] = rng.IntN(2) == 0
		want := map[record.ID]int{}
		share := rng.Float64() * rng.Float64()
		for id, l := range rows {
			if rng.Float64() > share {
				continue
			}
			o, _ := s.store.registry.lookup(id)
			only := rng.IntN(3) == 0
			if only {
				c.takeFor(record.PartnerKind, o)
				beside++
			} else {
				c.take(o)
			}
			met := map[record.ID]bool{}
			for _, to := range l.Records {
				if k := to.Kind(); c.asked[k] && !met[to] && (!only || k == record.PartnerKind) {
					want[to]++
				}
				met[to] = true
			}
		}
		c.count()
		ids, _ := s.store.registry.known()
		got := 0
		c.to.each(func(o uint32, n int) {
			id := ids.at(o)
			if !c.asked[id.Kind()] {
				return
			}
			got++
			if n != want[id] {
				t.Errorf("change %d: %s is counted %d times and not %d", change, id, n, want[id])
			}
		})
		if got != len(want) {
			t.Errorf("change %d: %d are counted and not %d", change, got, len(want))
		}
		if in := links.turned.made.Load(); in != nil {
			common, rare = common+len(in.common), rare+len(in.rare)
			known += len(links.changed)
		}
		c.release()
	}
	if common == 0 || rare == 0 || known == 0 || beside == 0 {
		t.Errorf("not all ways were gone: %d common ends, %d rare ones, %d rows changed since, %d beside", common, rare, known, beside)
	}
}
