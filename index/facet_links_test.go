package index

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search"
	topn "github.com/blevesearch/bleve/v2/search/collector"
	"github.com/blevesearch/bleve/v2/search/facet"
	"github.com/blevesearch/bleve/v2/search/searcher"
	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// linkKeys are the facets that only links can tell.
var linkKeys = []Key{ByBorough, ByLead, ByPartner, ByProject, ByPerson, ByAuthor, ByRole}

// linkedState is what was written up to one change, and the same in an index of
// Bleve's that has what each text is linked with as fields of its own.
type linkedState struct {
	texts map[record.ID]string
	rows  map[record.ID]Linked
	bleve *scorch.IndexSnapshot
}

// values are what a text is linked with, as a facet counts it.
func (l Linked) values(k Key) map[string]bool {
	set := map[string]bool{}
	from := l.Records
	switch k {
	case ByLead:
		from = l.Leads
	case ByAuthor:
		from = l.Authors
	case ByRole:
		for _, p := range l.Parts {
			set[p.Role] = true
		}
		return set
	}
	for _, id := range from {
		if id.Kind() == k.Kind() {
			set[string(id)] = true
		}
	}
	return set
}

// TestLinkFacetsAreBleves holds totals and facets across links against a count of
// every text and against Bleve's own facets, while texts and their links are
// written, changed and deleted and segments merge in both.
func TestLinkFacetsAreBleves(t *testing.T) {
	for seed, dir := range []string{"", t.TempDir()} {
		ix := follow(t, dir, nil)
		theirs, err := openStore(second(dir))
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		states := []linkedState{{}}
		done := make(chan error)
		go func() { done <- writeLinked(t, ix, theirs, uint64(seed), &mu, &states) }()
		var links *Links
		at, compared := 0, 0
		for more := true; more; {
			select {
			case err := <-done:
				if err != nil {
					t.Fatal(err)
				}
				more = false
			default:
			}
			s, err := ix.Snapshot()
			if err != nil {
				t.Fatal(err)
			}
			mu.Lock()
			known := slices.Clone(states)
			mu.Unlock()
			if n := int(s.Version()); n > 0 && n < len(known) && n != at {
				links = known[n].links(s, links, known[at])
				for _, word := range []string{"camden", "tablets", "playbook"} {
					known[n].compare(t, s, links, word)
				}
				at, compared = n, compared+1
			}
			s.Close()
		}
		if compared < 5 {
			t.Errorf("only %d states were compared", compared)
		}
		for _, state := range states[1:] {
			state.bleve.Close()
		}
		if err := theirs.close(); err != nil {
			t.Fatal(err)
		}
	}
}

// second is a folder for Bleve's index beside ours, none for one in memory.
func second(dir string) string {
	if dir == "" {
		return ""
	}
	return dir + "/theirs"
}

// writeLinked changes texts and what they are linked with.
func writeLinked(t *testing.T, ix *Index, theirs *store, seed uint64, mu *sync.Mutex, states *[]linkedState) error {
	rng := rand.New(rand.NewPCG(seed, 3))
	pick := func(list ...string) string { return list[rng.IntN(len(list))] }
	var l log
	for n := uint64(1); n <= 80; n++ {
		id := record.ID(fmt.Sprintf("weeknote:note-%d", rng.IntN(50)))
		text := pick("Camden", "Brent") + " " + pick("playbook", "tablets", "tablets playbook")
		d := newText(id, fmt.Sprint("Note ", n), text)
		d.Number, d.Node.Withdrawn = n, rng.IntN(9) == 0
		row := Linked{Authors: []record.ID{record.ID("person:p" + pick("1", "2"))}}
		for range rng.IntN(5) {
			row.Records = append(row.Records, record.ID(pick("borough:camden", "borough:brent", "partner:a", "partner:b", "project:x", "project:y", "person:p1")))
		}
		if rng.IntN(2) == 0 {
			row.Leads = append(row.Leads, "borough:camden")
			row.Parts = append(row.Parts, Participation{"borough:camden", "project:x", "lead"}, Participation{"partner:a", "project:y", pick("lead", "supplier")})
		}
		mu.Lock()
		last := (*states)[len(*states)-1]
		next := linkedState{texts: maps.Clone(last.texts), rows: maps.Clone(last.rows)}
		mu.Unlock()
		if next.texts == nil {
			next.texts, next.rows = map[record.ID]string{}, map[record.ID]Linked{}
		}
		batch := api.NewBatch()
		if d.Node.Withdrawn {
			delete(next.texts, id)
			delete(next.rows, id)
			batch.Delete(string(id))
		} else {
			next.texts[id], next.rows[id] = strings.ToLower(text), row
			doc := newDocument(&d)
			for _, k := range linkKeys {
				for value := range row.values(k) {
					doc.AddField(document.NewTextFieldCustom("linked "+k.String(), nil, []byte(value), api.IndexField|api.SkipFreqNorm|api.DocValues, nil))
				}
			}
			batch.Update(doc)
		}
		if err := theirs.scorch.Batch(batch); err != nil {
			return err
		}
		var err error
		if next.bleve, err = theirs.reader(); err != nil {
			return err
		}
		mu.Lock()
		*states = append(*states, next)
		mu.Unlock()
		l = append(l, d)
		if err := ix.CatchUp(t.Context(), l, n); err != nil {
			return err
		}
	}
	return nil
}

// links are those of the state: carried on from those of another one, or anew.
func (st linkedState) links(s *Snapshot, before *Links, was linkedState) *Links {
	if before == nil || s.Version()%7 == 0 {
		return newLinks(s, st.rows)
	}
	changed := map[record.ID]Linked{}
	for id := range was.rows {
		changed[id] = Linked{}
	}
	maps.Copy(changed, st.rows)
	return before.With(changed)
}

func (st linkedState) compare(t *testing.T, s *Snapshot, links *Links, word string) {
	t.Helper()
	ours := find(t, s, Query{Text: word, First: 1, Facets: linkKeys, Scope: s.Scope(nil, nil, links, record.PartialDate{})})
	total := 0
	counted := map[Key]map[string]int{}
	for _, k := range linkKeys {
		counted[k] = map[string]int{}
	}
	for id, text := range st.texts {
		if !strings.Contains(text, word) {
			continue
		}
		total++
		for _, k := range linkKeys {
			for value := range st.rows[id].values(k) {
				counted[k][value]++
			}
		}
	}
	theirTotal, theirs := st.bleves(t, word)
	if ours.Total != total || theirTotal != total {
		t.Errorf("change %d, %q: we find %d, Bleve %d, and there are %d", s.Version(), word, ours.Total, theirTotal, total)
	}
	for i, k := range linkKeys {
		got := map[string]int{}
		for _, v := range ours.Facets[i].Values {
			got[v.Value] = v.Count
		}
		if !maps.Equal(got, counted[k]) || !maps.Equal(theirs[k], counted[k]) {
			t.Errorf("change %d, %q by %s, in %d segments: we count %v, Bleve %v, and there are %v", s.Version(), word, k, len(s.segments), got, theirs[k], counted[k])
		}
	}
}

// bleves is what Bleve finds and counts.
func (st linkedState) bleves(t *testing.T, word string) (total int, counted map[Key]map[string]int) {
	t.Helper()
	builder := search.NewFacetsBuilder(st.bleve)
	for _, k := range linkKeys {
		builder.Add(k.String(), facet.NewTermsFacetBuilder("linked "+k.String(), 100))
	}
	top := topn.NewTopNCollector(1, 0, search.SortOrder{&search.SortScore{Desc: true}})
	top.SetFacetsBuilder(builder)
	found, err := searcher.NewTermSearcher(t.Context(), st.bleve, stemmed.term(word), bodyField, 1, search.SearcherOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	if err := top.Collect(t.Context(), found, st.bleve); err != nil {
		t.Fatal(err)
	}
	counted = map[Key]map[string]int{}
	for _, k := range linkKeys {
		counted[k] = map[string]int{}
		for _, term := range top.FacetResults()[k.String()].Terms.Terms() {
			counted[k][term.Term] = term.Count
		}
	}
	return int(top.Total()), counted
}
