package graph_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// programme is a graph on disk of the size of a starter programme: 100 texts,
// 400 records, 5000 links.
func programme(b testing.TB, dir string) *graph.Store {
	s, err := graph.Open(dir, graph.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	say := func(id string, ops ...record.Op) {
		if _, err := s.Commit(b.Context(), change(id, ops...)); err != nil {
			b.Fatal(err)
		}
	}
	for i := range 200 {
		say(fmt.Sprint("records ", i), saveNode(record.PartnerKind, fmt.Sprint("Partner ", i)), saveNode(record.ProjectKind, fmt.Sprint("Project ", i)))
	}
	for i := range 100 {
		var ops []record.Op
		body := fmt.Sprintf("Note %d\n\n", i)
		for j := range 50 {
			k := i*50 + j // every link joins another pair; each project that has any has 200
			quote := fmt.Sprintf("Partner %d works on Project %d, and says so at some length. ", k%200, k/200)
			body += quote
			link := saveLink(record.PartnerIn, record.ID(fmt.Sprintf("partner:partner-%d", k%200)), record.ID(fmt.Sprintf("project:project-%d", k/200)), "#text", quote, record.Confirmed)
			ops = append(ops, during(link, []string{"", "2021", "2022-03-04"}[j%3], ""))
		}
		say(fmt.Sprint("text ", i), append([]record.Op{saveText(fmt.Sprint(i), body, record.Public, fmt.Sprintf("2021-%02d-%02d", 1+i%12, 1+i%28), nil)}, ops...)...)
	}
	return s
}

// BenchmarkCommit writes one small change after another, each synced.
func BenchmarkCommit(b *testing.B) {
	s, err := graph.Open(b.TempDir(), graph.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for i := 0; b.Loop(); i++ {
		if _, err := s.Commit(b.Context(), change(fmt.Sprint(i), saveNode(record.PartnerKind, fmt.Sprint("Partner ", i)))); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCommit64 does so from 64 writers at once.
func BenchmarkCommit64(b *testing.B) {
	s, err := graph.Open(b.TempDir(), graph.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	var n atomic.Int64
	b.SetParallelism(64)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			i := n.Add(1)
			if _, err := s.Commit(b.Context(), change(fmt.Sprint(i), saveNode(record.PartnerKind, fmt.Sprint("Partner ", i)))); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(graph.Syncs(s))/float64(n.Load()), "syncs/change")
}

func BenchmarkRead(b *testing.B) {
	s := programme(b, b.TempDir())
	snap, err := s.Snapshot()
	if err != nil {
		b.Fatal(err)
	}
	defer snap.Close()
	b.Run("Node", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, err := snap.Node(b.Context(), public, record.ID(fmt.Sprintf("partner:partner-%d", i%200))); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, page := range []struct {
		what  string
		lens  record.Lens
		after int // pages before it
	}{{"first page of 50 links", public, 0}, {"third page of 50 links", public, 2}, {"third page, to staff", staff, 2}} {
		b.Run(page.what, func(b *testing.B) {
			after, n := "", 0
			read := func() {
				n = 0
				for at, err := range snap.Links(b.Context(), page.lens, "project:project-0", graph.LinkFilter{}, after) {
					if err != nil {
						b.Fatal(err)
					}
					if n++; n == 50 {
						if page.after > 0 {
							after, page.after = at.Cursor, page.after-1
						}
						return
					}
				}
			}
			for page.after > 0 {
				read()
			}
			for b.Loop() {
				read()
			}
			b.ReportMetric(float64(n), "links")
		})
	}
	b.Run("LinkCounts", func(b *testing.B) {
		for b.Loop() {
			if _, err := snap.LinkCounts(b.Context(), public, "project:project-0"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Participations of a project", func(b *testing.B) {
		for b.Loop() {
			for _, err := range snap.Participations(b.Context(), public, graph.ParticipationFilter{Project: "Project 0"}, "") {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
