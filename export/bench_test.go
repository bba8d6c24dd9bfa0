package export_test

import (
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"

	"lotigraph/export"
	"lotigraph/graph"
	"lotigraph/record"
)

// large is a graph on disk of 20,000 records, 2000 of them texts, and 100,000
// links with a quote each.
func large(b *testing.B) *graph.Store {
	store, err := graph.Open(b.TempDir(), graph.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	const records, texts, each = 9000, 2000, 50
	for i := 0; i < records; i += 300 {
		var ops []record.Op
		for j := i; j < i+300; j++ {
			ops = append(ops, node("", record.PartnerKind, record.Node{Name: fmt.Sprint("Partner ", j), Summary: "A body that works on projects of the programme."}),
				node("", record.ProjectKind, record.Node{Name: fmt.Sprint("Project ", j), Project: &record.Project{Themes: []string{"data"}}}))
		}
		commit(b, store, ops...)
	}
	for i := range texts {
		var body strings.Builder
		fmt.Fprintf(&body, "Weeknote %d\n\n", i)
		ops := []record.Op{{}}
		for j := range each {
			k := i*each + j
			quote := fmt.Sprintf("Partner %d works on Project %d, and says so at some length. ", k%records, k*7%records)
			body.WriteString(quote)
			ops = append(ops, says(record.ID(fmt.Sprint("partner:partner-", k%records)), record.PartnerIn, record.ID(fmt.Sprint("project:project-", (k*7+k/records)%records)),
				"delivery", "2021", "", record.Confirmed, "#text", strings.TrimSpace(quote)))
		}
		ops[0] = note("#text", fmt.Sprint(i, ".md"), "2021-05-17", record.Public, body.String())
		commit(b, store, ops...)
	}
	return store
}

// meter counts bytes, and looks at the heap now and then.
type meter struct {
	bytes, looked int64
	most          uint64 // of the heap that is in use, right after a collection
}

func (m *meter) Write(p []byte) (int, error) {
	m.bytes += int64(len(p))
	if m.bytes-m.looked > 1<<20 {
		m.looked = m.bytes
		m.most = max(m.most, heap())
	}
	return len(p), nil
}

func heap() uint64 {
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}

// BenchmarkExport writes the large graph in every format, and says how many bytes
// that is and how far the heap grew while it was written.
func BenchmarkExport(b *testing.B) {
	store := large(b)
	s := snapshot(b, store)
	o := about(staff())
	var counts export.Counts
	o.Counts = &counts
	write(b, s, "nodes.csv", o) // the snapshot keeps records that it read: let it have them
	for _, f := range export.Formats() {
		b.Run(f.Name, func(b *testing.B) {
			grown := 0.0
			for b.Loop() {
				var m meter
				before := heap()
				if err := export.Write(b.Context(), &m, s, f.Name, o); err != nil {
					b.Fatal(err)
				}
				if m.most > before {
					grown = math.Max(grown, float64(m.most-before))
				}
				b.SetBytes(m.bytes)
			}
			b.ReportMetric(grown/1e6, "MB-heap-grown")
			b.ReportMetric(float64(counts.Nodes), "nodes")
			b.ReportMetric(float64(counts.Links), "links")
		})
	}
}
