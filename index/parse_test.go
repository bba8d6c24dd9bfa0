package index

import (
	"context"
	"strings"
	"testing"
	"time"
)

// TestParse is the language, said back with brackets around everything.
func TestParse(t *testing.T) {
	for _, test := range []struct{ text, want, ignored string }{
		{"camden playbook", "(camden playbook)", ""},
		{"camden AND playbook", "(camden playbook)", ""},
		{"camden OR brent map", "(camden OR (brent map))", ""},
		{"(camden OR brent) map", "((camden OR brent) map)", ""},
		{"a OR b OR c", "(a OR b OR c)", ""},
		{"camden NOT council", "(camden NOT council)", ""},
		{"camden -council", "(camden NOT council)", ""},
		{"camden - council", "(camden council)", ""},
		{`-"data standards"`, `NOT "data standards"`, ""},
		{"-(camden OR brent) map", "(NOT (camden OR brent) map)", ""},
		{"NOT NOT camden", "camden", ""},
		{"and or not", "not", ""},
		{`“data standards”`, `"data standards"`, ""},
		{`"data standards`, "(data standards)", "quote"},
		{"co-design R&D", "(co-design R&D)", ""},
		{"procure*", "procure*", ""},
		{"latest weeknotes", "form:weeknote", ""},
		{"Most recent blogs about damp", "(form:blog damp)", ""},
		{"the latest news", "(latest news)", ""},
		{"latest", "latest", ""},
		{"weeknotes by eddie in 2020", "(weeknotes author:eddie 2020)", ""},
		{"blogs by Eddie Copeland about damp", `(blogs author:"Eddie Copeland" damp)`, ""},
		{"led by camden", "(led camden)", ""},
		{"75,000 people, places", "(75,000 people places)", ""},
		{"* **", "nothing", "by itself"},
		{"kind:project camden", "(kind:project camden)", ""},
		{`Borough:"Tower Hamlets" map`, `(borough:"Tower Hamlets" map)`, ""},
		{`borough:“Tower Hamlets”`, `borough:"Tower Hamlets"`, ""},
		{"council: Camden", "borough:Camden", ""},
		{"Week 8: Sharing data", "(Week 8 Sharing data)", ""},
		{"foo:bar", "(foo bar)", "not a field"},
		{"https://loti.london/x", "(https loti.london x)", ""},
		{"borough:", "borough", "no value"},
		{"(camden", "camden", "never closed"},
		{"camden) playbook", "(camden playbook)", "closes none"},
		{"OR camden", "camden", "one side"},
		{"camden AND", "camden", "one side"},
		{"camden NOT", "camden", "nothing behind"},
		{"()", "nothing", ""},
		{"the board", "board", ""},
		{"data data", "data", ""},
		{"???", "nothing", ""},
		{"\u202ecam\u200bden", "camden", "do not show"},
		{"which boroughs joined the playbook", "playbook", ""},
		{"who is the director of LOTI?", "(director LOTI)", ""},
	} {
		q := parse(test.text, false)
		got := q.root.String()
		if q.root.op == isNothing {
			got = "nothing"
		}
		if got != test.want {
			t.Errorf("%q is %s, want %s", test.text, got, test.want)
		}
		said := strings.Join(q.ignored, " ")
		if (test.ignored == "") != (said == "") || !strings.Contains(said, test.ignored) {
			t.Errorf("%q ignores %q, want %q", test.text, said, test.ignored)
		}
	}
}

// hostile are queries that somebody may send to hurt.
var hostile = []string{
	strings.Repeat("*", 1000), strings.Repeat("a* ", 1000), strings.Repeat("(", 10_000), strings.Repeat("(a ", 3000) + strings.Repeat(")", 3000),
	strings.Repeat("-", 10_000), strings.Repeat("NOT ", 2500) + "camden", strings.Repeat("a OR ", 2000), strings.Repeat("camden ", 1500),
	strings.Repeat("\x00\x01\x7f", 3000), strings.Repeat("\u202e\u200f", 1600) + "camden", strings.Repeat("é", 5000), strings.Repeat("x", 10_000),
	strings.Repeat(`"`, 10_000), strings.Repeat("kind:", 2000), strings.Repeat("borough:camden ", 700), strings.Repeat("-(camden OR ", 800),
	"\xff\xfe" + strings.Repeat("\xf0\x9f\x92", 3000), strings.Repeat("seventy different words of a vocabulary nobody knows ", 200),
	"year:99999999999999999999 before:0000-00-00 after:x theme:: kind:" + strings.Repeat("z", 5000),
}

// TestHostile: every such query is answered, soon, and what was left out is said.
func TestHostile(t *testing.T) {
	s := snapshot(t, follow(t, "", readRecords(t)))
	for _, text := range hostile {
		begun := time.Now()
		r := find(t, s, Query{Text: text, Prefix: true, Snippets: 3, Facets: Facets(), Explain: true, First: 10})
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%.20q takes %v", text, took)
		}
		if len(r.Restated) > 4*maxQuery || len(r.Ignored) > 100 {
			t.Errorf("%.20q is said back in %d bytes, with %d remarks", text, len(r.Restated), len(r.Ignored))
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range append(hostile, `(a OR "b c") -d kind:x*`, "which boroughs joined?") {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := parse(text, false)
		words, depth := 0, 0
		var walk func(n *node, d int)
		walk = func(n *node, d int) {
			depth = max(depth, d)
			if n.op == isClause {
				words++
			}
			for _, kid := range n.kids {
				walk(kid, d+1)
			}
		}
		walk(q.root, 0)
		if depth > 4*maxDepth+4 {
			t.Errorf("%d deep", depth)
		}
		again := parse(q.root.String(), false)
		if q.text != "" && q.root.op != isNothing && q.root.op != mostOf && again.root.op == isNothing {
			t.Errorf("%q is %q, of which nothing is left", text, q.root.String())
		}
	})
}

func FuzzSearchLanguage(f *testing.F) {
	l := readRecords(f)
	ix, err := Open("")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { ix.Close() })
	if err := ix.CatchUp(context.Background(), l, l.last()); err != nil {
		f.Fatal(err)
	}
	s := snapshot(f, ix)
	for _, text := range append(hostile[:4:4], "camdem OR -snook", "theme:data year:2021 playbok", "c* (") {
		f.Add(text, uint8(0), true)
	}
	f.Fuzz(func(t *testing.T, text string, order uint8, prefix bool) {
		q := Query{Text: text, Prefix: prefix, Order: Order(order % 4), First: 3, Snippets: 2, Facets: Facets(), Explain: true}
		begun := time.Now()
		r := find(t, s, q)
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%q takes %v", text, took)
		}
		if len(r.Hits) > r.Total || r.HasNext != (r.Total > len(r.Hits)) {
			t.Errorf("%q: %d of %d, more %t", text, len(r.Hits), r.Total, r.HasNext)
		}
		kinds := 0
		for _, v := range r.Facets[0].Values {
			kinds += v.Count
		}
		chosen := false
		for _, v := range r.Facets[0].Values {
			chosen = chosen || v.Chosen
		}
		if !chosen && kinds != r.Total && !strings.Contains(strings.ToLower(text), "kind") {
			t.Errorf("%q: %d by kind, %d in all", text, kinds, r.Total)
		}
		for _, hit := range r.Hits {
			for _, sn := range hit.Snippets {
				for _, m := range sn.Marks {
					if m.Start < 0 || m.End > len(sn.Text) || m.Start > m.End {
						t.Errorf("%q: mark %v of %q", text, m, sn.Text)
					}
				}
			}
		}
		if r.HasNext {
			q.After = r.Hits[len(r.Hits)-1].Cursor
			if next := find(t, s, q); next.Total != r.Total || len(next.Hits) == 0 {
				t.Errorf("%q: page 2 has %d of %d, page 1 %d", text, len(next.Hits), next.Total, r.Total)
			}
		}
	})
}

// TestNeedsLinks: a query that asks who wrote what waits for the links, however it is
// typed; one for words does not.
func TestNeedsLinks(t *testing.T) {
	for text, want := range map[string]bool{"weeknotes by eddie": true, "weeknotes by, eddie": true, "borough:camden": true, "kind:project": false, "baby food": false, "led by them": false} {
		if got := (Query{Text: text}).NeedsLinks(); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
