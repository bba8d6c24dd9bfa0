package export_test

import (
	"fmt"
	"strings"
	"testing"

	"lotigraph/export"
	"lotigraph/graph"
	"lotigraph/record"
)

// heavy is a graph of which an export has 8 MB of records and 6 MB of links.
func heavy(t testing.TB) *graph.Store {
	store := open(t)
	const texts, each = 10, 200
	summary := strings.Repeat("words without end ", 222)
	quoted := strings.Repeat("a quote without end ", 150)
	commit(t, store, node("", record.ProjectKind, record.Node{Name: "Project One"}))
	for i := range texts {
		var body strings.Builder
		fmt.Fprintf(&body, "Weeknote %d\n\n", i)
		for j := range each {
			fmt.Fprintf(&body, "%d.%d %s.\n\n", i, j, quoted)
		}
		commit(t, store, note("", fmt.Sprint(i, ".md"), "2021-05-17", record.Public, body.String()))
		for j := 0; j < each; j += 40 {
			var people, links []record.Op
			for k := j; k < j+40; k++ {
				name := fmt.Sprintf("Person %d of %d", k, i)
				id := record.NewID(record.PersonKind, record.Slugify(name))
				people = append(people, node("", record.PersonKind, record.Node{Name: name, Summary: summary}))
				links = append(links, says(id, record.Leads, "project:project-one", "", "2021", "", record.Confirmed, record.ID(fmt.Sprint("weeknote:weeknote-", i)), fmt.Sprintf("%d.%d %s.", i, k, quoted)))
			}
			commit(t, store, people...)
			commit(t, store, links...)
		}
	}
	return store
}

// TestExportHoldsLittle holds that an export of many megabytes is never in memory
// as a whole, nor are its links: what is in use while it is written does not grow
// by more than a small part of it. A workbook is kept in temporary files instead.
func TestExportHoldsLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	s := snapshot(t, heavy(t))
	o := export.Options{Lens: staff(), Kinds: withoutTexts()}
	write(t, s, "jsonl", o) // the snapshot and the store keep some of what they read: let them have it
	for _, format := range []string{"nodes.csv", "links.csv", "jsonl", "jsonld", "gexf", "graphml", "kumu"} {
		var m meter
		before := heap()
		if err := export.Write(t.Context(), &m, s, format, o); err != nil {
			t.Fatal(err)
		}
		grown := max(0, int64(m.most)-int64(before))
		t.Logf("%s: %d bytes, the heap grew by %d", format, m.bytes, grown)
		if m.bytes < 6_000_000 || grown > m.bytes/4 {
			t.Errorf("%s: while %d bytes were written the heap grew by %d", format, m.bytes, grown)
		}
	}
}
