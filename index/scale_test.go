package index

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"lotigraph/record"
)

// programme is n made-up notes of about 700 words from a vocabulary with a long
// tail, and a tenth as many projects, partners and people.
func programme(n int) log {
	r := rand.New(rand.NewPCG(1, 1))
	zipf := rand.NewZipf(r, 1.1, 4, 30_000)
	word := func() string {
		n := zipf.Uint64()
		var b strings.Builder
		for n += 40; n > 0; n /= 40 {
			b.WriteString([]string{"ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "xu", "ja", "ke", "li", "mo", "nu",
				"ra", "se", "ti", "vo", "bu", "ca", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "ta", "ve", "wi", "zo", "yu"}[n%40])
		}
		return b.String()
	}
	words := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = word()
		}
		return strings.Join(list, " ")
	}
	var l log
	for i := range n + n/10 {
		var d record.Document
		if i < n {
			d = newText(record.ID(fmt.Sprintf("weeknote:note-of-the-programme-%d", i)), words(5), words(700)+".")
			d.Node.Weeknote.Date, _ = record.ParsePartialDate(fmt.Sprintf("20%02d-%02d-%02d", 12+i%12, 1+i%11, 1+i%27))
		} else {
			kind := []record.Kind{record.ProjectKind, record.PartnerKind, record.PersonKind}[i%3]
			d.Node = record.Node{ID: record.NewID(kind, fmt.Sprintf("thing-%d", i)), Name: words(3), Aliases: []string{words(2)}}
			if kind == record.ProjectKind {
				d.Node.Project = &record.Project{Themes: []string{"theme " + word()[:2]}}
			}
		}
		d.Number = uint64(i + 1)
		l = append(l, d)
	}
	return l
}

// linkedTo links every note with ten of the records that are none.
func linkedTo(s *Snapshot, n int) *Links {
	rows := map[record.ID]Linked{}
	r := rand.New(rand.NewPCG(2, 2))
	ids, kinds := s.store.registry.known()
	var things, notes []record.ID
	for i := range ids.n {
		id := ids.at(ord(i))
		if kinds[i] == record.WeeknoteKind {
			notes = append(notes, id)
		} else {
			things = append(things, id)
		}
	}
	for _, id := range notes {
		var row Linked
		for range 10 {
			row.Records = append(row.Records, things[int(float64(len(things))*r.Float64()*r.Float64())])
		}
		rows[id] = row
	}
	return newLinks(s, rows)
}

// BenchmarkScale prints how long searches take as the index grows.
func BenchmarkScale(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { scale(b, n) })
	}
}

func scale(b *testing.B, n int) {
	dir := b.TempDir()
	ix := follow(b, dir, programme(n))
	if err := ix.Close(); err != nil {
		b.Fatal(err)
	}
	begun := time.Now()
	ix = open(b, dir)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	s := snapshot(b, ix)
	opened := time.Since(begun)
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(opened.Milliseconds()), "ms-open")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n), "bytes/note")
	begun = time.Now()
	links := linkedTo(s, n)
	b.ReportMetric(float64(time.Since(begun).Milliseconds()), "ms-links")
	sc := s.Scope(nil, nil, links, record.PartialDate{})
	sc.Suggest(b.Context(), "x", nil, 5)
	vocabulary := strings.Fields(programme(100)[0].Body)
	three := []Key{ByProject, ByPartner, ByPerson}
	for _, q := range []struct {
		name string
		do   func(i int)
	}{
		{"word", func(i int) { find(b, s, Query{Text: vocabulary[i%50+5], Scope: sc, First: 10}) }},
		{"two words", func(i int) {
			find(b, s, Query{Text: vocabulary[i%50+5] + " " + vocabulary[i%40+12], Scope: sc, First: 10})
		}},
		{"either", func(i int) {
			find(b, s, Query{Text: vocabulary[i%50+5] + " OR " + vocabulary[i%40+12], Scope: sc, First: 10})
		}},
		{"word and facets", func(i int) { find(b, s, Query{Text: vocabulary[i%50+5], Scope: sc, First: 10, Facets: three}) }},
		{"all and facets", func(i int) { find(b, s, Query{Scope: sc, First: 10, Facets: three}) }},
		{"kind and dates and facets", func(i int) {
			find(b, s, Query{Text: "kind:weeknote after:2015 before:2018", Scope: sc, First: 10, Facets: three})
		}},
		{"misspelt", func(i int) { find(b, s, Query{Text: vocabulary[i%50+5] + "q", Scope: sc, First: 10}) }},
		{"prefix", func(i int) {
			w := vocabulary[i%50+5]
			find(b, s, Query{Text: w[:min(4, len(w))], Prefix: true, Scope: sc, First: 10})
		}},
		{"suggest", func(i int) { w := vocabulary[i%50+5]; sc.Suggest(b.Context(), w[:1+i%len(w)], nil, 5) }},
		{"suggest misspelt", func(i int) { sc.Suggest(b.Context(), "ti"+vocabulary[i%50+5]+"q", nil, 5) }},
	} {
		times := make([]time.Duration, 200)
		for i := range times {
			begun := time.Now()
			q.do(i)
			times[i] = time.Since(begun)
		}
		slices.Sort(times)
		b.Logf("%-26s p50 %8v  p99 %8v", q.name, times[100].Round(time.Microsecond), times[197].Round(time.Microsecond))
	}
}

// TestMemory holds that a document takes no more than 64 bytes of memory, its id
// included, whatever is written one by one.
func TestMemory(t *testing.T) {
	l := programme(600)
	ix := follow(t, "", l[:500])
	for n := 500; n < len(l); n += 20 {
		if err := ix.CatchUp(t.Context(), l[:min(n+20, len(l))], uint64(min(n+20, len(l)))); err != nil {
			t.Fatal(err)
		}
	}
	s, err := ix.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	m := s.Memory()
	if each := (m.Columns + m.IDs) / s.Size(); each > 64 || each < 20 {
		t.Errorf("a document takes %d bytes: %+v for %d", each, m, s.Size())
	}
	for i := range s.ids.n {
		if o, ok := s.store.registry.lookup(s.ids.at(ord(i))); !ok || o != ord(i) {
			t.Fatalf("the id %s of ord %d has ord %d", s.ids.at(ord(i)), i, o)
		}
	}
}
