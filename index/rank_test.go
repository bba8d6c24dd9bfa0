package index

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"lotigraph/record"
)

var update = flag.Bool("update", false, "rewrite testdata/queries.txt and testdata/rank.txt")

// TestRank answers the queries of testdata/queries.txt and compares the answers
// with what stands there.
func TestRank(t *testing.T) {
	s := snapshot(t, follow(t, "", readRecords(t)))
	before, err := os.ReadFile("testdata/queries.txt")
	if err != nil {
		t.Fatal(err)
	}
	var after strings.Builder
	var queries, first, five int
	var reciprocal float64
	for _, line := range strings.Split(string(before), "\n") {
		text, target, ok := strings.Cut(line, " => ")
		if !ok {
			continue
		}
		queries++
		fmt.Fprintln(&after, line)
		for i, hit := range find(t, s, Query{Text: text}).Hits {
			star := " "
			if hit.ID == record.ID(target) {
				star = "*"
				reciprocal += 1 / float64(i+1)
				if i == 0 {
					first++
				}
				if i < 5 {
					five++
				}
			}
			if i < 5 || star == "*" {
				fmt.Fprintf(&after, "  %s %d %s\n", star, i+1, hit.ID)
			}
		}
	}
	n := float64(queries)
	compare(t, "testdata/queries.txt", after.String())
	compare(t, "testdata/rank.txt", fmt.Sprintf("queries   %d\nrecall@1  %.3f\nrecall@5  %.3f\nMRR       %.3f\n",
		queries, float64(first)/n, float64(five)/n, reciprocal/n))
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs; read it and run with -update if it is better. Now:\n%s", name, got)
	}
}

// TestRankExactName: a name or alias typed as it is, or folded, is the first
// hit, and what is not a text comes before a text of the same name.
func TestRankExactName(t *testing.T) {
	l := readRecords(t)
	for i := range 50 { // texts that shout the names do not drown them
		d := newText(record.ID(fmt.Sprintf("weeknote:shout-%d", i)), "Camden Snook LOTI Brent Kingston", strings.Repeat("Camden MHCLG playbook Brent. ", 30+i))
		d.Number = l.last() + 1
		l = append(l, d)
	}
	s := snapshot(t, follow(t, "", l))
	thing := map[string]bool{}
	for _, d := range l {
		if d.Node.Kind() != record.WeeknoteKind {
			thing[record.Fold(d.Node.Name)] = true
		}
	}
	for _, d := range l[:len(l)-50] {
		if d.Node.Kind() == record.WeeknoteKind && thing[record.Fold(d.Node.Name)] {
			continue
		}
		for _, name := range d.Node.Names() {
			for _, typed := range []string{name, strings.ToUpper(name), record.Fold(name), `"` + name + `"`, " " + name + "?"} {
				if r := find(t, s, Query{Text: typed, First: 5}); len(r.Hits) == 0 || r.Hits[0].ID != d.Node.ID {
					t.Errorf("%q finds %s first, want %s", typed, ids(r), d.Node.ID)
				} else if r.Hits[0].Score < 1 {
					t.Errorf("%q scores %g, which is no exact name", typed, r.Hits[0].Score)
				}
			}
		}
	}
}
