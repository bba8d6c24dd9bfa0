package index

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"lotigraph/record"
)

// TestQueryTable is the table of query.go, asked.
func TestQueryTable(t *testing.T) {
	l := log{
		newText("weeknote:a", "Alpha", "The data standards board met. Co-design is fun; R&D is not. Kensington & Chelsea came."),
		newText("weeknote:b", "Beta", "Standards for data. They co operate on design. Camden’s café reopened in Kensington and Chelsea."),
		newText("weeknote:c", "Gamma", "To be or not to be. Nothing else, the end."),
	}
	for i := range l {
		l[i].Number = uint64(i + 1)
	}
	l[1].Node.Aliases = []string{"Second Letter"}
	s := snapshot(t, follow(t, "", l))
	for _, test := range []struct{ text, want string }{
		{"data standards", "weeknote:a weeknote:b"},
		{"STANDARDS Data", "weeknote:a weeknote:b"},
		{"standard", "weeknote:a weeknote:b"},
		{`"data standards"`, "weeknote:a"},
		{`“data standards”`, "weeknote:a"},
		{`"data standards`, "weeknote:a weeknote:b"},
		{`"data standards" "board met"`, "weeknote:a"},
		{`"data standards" café`, ""},
		{`""`, ""},
		{`"" data`, "weeknote:a weeknote:b"},
		{"alpha board", "weeknote:a"}, // the name and the body
		{"letter camden beta", "weeknote:b"},
		{"alpha camden", ""}, // no record has both
		{"co-design", "weeknote:a"},
		{"co design", "weeknote:a weeknote:b"},
		{"r&d", "weeknote:a"},
		{"kensington & chelsea", "weeknote:a weeknote:b"},
		{"kensington and chelsea", "weeknote:a weeknote:b"},
		{"kensington/chelsea", "weeknote:a weeknote:b"},
		{"cafe", "weeknote:b"},
		{"CAFÉ", "weeknote:b"},
		{"camdens", "weeknote:b"},
		{"camden's", "weeknote:b"},
		{"the board", "weeknote:a"},
		{"the", "weeknote:a weeknote:c"},
		{"to be", "weeknote:c"},
		{`"not to be"`, "weeknote:c"},
		{"nonsense data", ""},
		{"data data data", "weeknote:a weeknote:b"},
		{"???", ""},
		{"", "weeknote:a weeknote:b weeknote:c"},
		{" \n\t", "weeknote:a weeknote:b weeknote:c"},
		{"-data", "weeknote:c"},
		{"+data -standards ~1 name:x^2", ""},
		{"dat*", "weeknote:a weeknote:b"},
		{"dat", ""},
		{"\x00\xff data \x01", "weeknote:a weeknote:b"},
		{strings.Repeat("data ", 3000) + "nonsense", "weeknote:a weeknote:b"},
		{"home about", ""}, // furniture
		{"weeknotes", "weeknote:a weeknote:b weeknote:c"}, // for what they are
		{"camden weeknotes", "weeknote:b"},
		{"weeknote", ""},
		{"camden blogs", ""},
		{"blogs and weeknotes camden", "weeknote:b"}, // no text is of both forms
		{`"weeknotes"`, ""},
	} {
		r := find(t, s, Query{Text: test.text, Snippets: 3})
		got := map[string]bool{}
		for _, h := range r.Hits {
			got[string(h.ID)] = true
		}
		want := strings.Fields(test.want)
		same := len(got) == len(want)
		for _, id := range want {
			same = same && got[id]
		}
		if !same || r.Total != len(want) {
			t.Errorf("%.40q finds %d: %s; want %s", test.text, r.Total, ids(r), test.want)
		}
	}
}

func TestFilters(t *testing.T) {
	s := snapshot(t, follow(t, "", readRecords(t)))
	day := func(text string) record.PartialDate {
		d, err := record.ParsePartialDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	const camden, blog, note = "borough:camden", "weeknote:digital-inclusion-in-camden", "weeknote:loti-weeknote-70"
	for _, test := range []struct {
		name string
		q    Query
		want string
	}{
		{"none", Query{}, camden + " " + blog + " " + note},
		{"kind", Query{Kinds: []record.Kind{record.BoroughKind}}, camden},
		{"kinds", Query{Kinds: []record.Kind{record.BoroughKind, record.WeeknoteKind}}, camden + " " + blog + " " + note},
		{"no such kind", Query{Kinds: []record.Kind{0}}, ""},
		{"form", Query{Forms: []record.Form{record.FormWeeknote}}, note},
		{"form and kind", Query{Forms: []record.Form{record.FormBlog}, Kinds: []record.Kind{record.WeeknoteKind}}, blog},
		{"hidden", Query{Hidden: []record.ID{camden, note, "weeknote:unknown"}}, blog},
		{"only", Query{Only: map[record.ID]bool{note: true, blog: true, "person:eddie-copeland": true}}, blog + " " + note},
		{"only and hidden", Query{Only: map[record.ID]bool{note: true, blog: true}, Hidden: []record.ID{blog}}, note},
		{"only nothing", Query{Only: map[record.ID]bool{}}, ""},
		{"one with another", Query{Same: map[record.ID]record.ID{note: blog}}, camden + " " + blog},
		{"one with another that does not match", Query{Same: map[record.ID]record.ID{note: "weeknote:sensors-on-the-high-street"}}, camden + " " + blog + " weeknote:sensors-on-the-high-street"},
		{"one with another, and hidden", Query{Same: map[record.ID]record.ID{note: blog}, Hidden: []record.ID{note}}, camden + " " + blog},
		{"until before both", Query{Until: day("2020-10-31")}, camden},
		{"until in the month of one", Query{Until: day("2020-11-01")}, camden + " " + blog},
		{"until the day of the other", Query{Until: day("2021-01-15")}, camden + " " + blog + " " + note},
		{"until the day before", Query{Until: day("2021-01-14")}, camden + " " + blog},
	} {
		test.q.Text = "camden"
		r := find(t, s, test.q)
		if got := ids(r); got != test.want || r.Total != len(r.Hits) || r.HasNext {
			t.Errorf("%s: %s, total %d, more %t; want %s", test.name, got, r.Total, r.HasNext, test.want)
		}
		test.q.Text = ""
		for _, h := range find(t, s, test.q).Hits {
			for _, id := range test.q.Hidden {
				if h.ID == id {
					t.Errorf("%s: %s is listed", test.name, id)
				}
			}
		}
	}
	r := find(t, s, Query{Text: "sensors", Until: day("2000-01-01")})
	if !strings.Contains(ids(r), "weeknote:sensors-on-the-high-street") {
		t.Errorf("an undated text is not searched: %s", ids(r))
	}
}

// TestPages reads every list page by page and expects the same list.
func TestPages(t *testing.T) {
	l := readRecords(t)
	for _, d := range counted(57) { // many of equal score
		d.Number = l.last() + 1
		l = append(l, d)
	}
	s := snapshot(t, follow(t, "", l))
	for n, text := range []string{"", "camden", "playbook", "note", "digital inclusion", "nothing at all", "note", "note", "note", "", "", ""} {
		order := Order(max(0, n-5) % 4)
		whole := find(t, s, Query{Text: text, First: 1000, Order: order})
		if whole.HasNext || whole.Total != len(whole.Hits) {
			t.Errorf("%q: total %d, %d hits, more %t", text, whole.Total, len(whole.Hits), whole.HasNext)
		}
		for i := range whole.Hits[:max(len(whole.Hits)-1, 0)] {
			a, b := whole.Hits[i], whole.Hits[i+1]
			if order == BestFirst && (a.Score < b.Score || a.Score == b.Score && a.ID >= b.ID) {
				t.Errorf("%q: %s (%g) stands before %s (%g)", text, a.ID, a.Score, b.ID, b.Score)
			}
		}
		for _, first := range []int{1, 3, 10} {
			var pages Result
			q := Query{Text: text, First: first, Order: order}
			for {
				page := find(t, s, q)
				pages.Hits = append(pages.Hits, page.Hits...)
				if page.Total != whole.Total {
					t.Fatalf("%q: total %d on a page, %d in all", text, page.Total, whole.Total)
				}
				if !page.HasNext {
					break
				}
				q.After = page.Hits[len(page.Hits)-1].Cursor
			}
			if ids(pages) != ids(whole) {
				t.Errorf("%q by %d: %s\nwant %s", text, first, ids(pages), ids(whole))
			}
		}
	}
}

func TestBadArguments(t *testing.T) {
	s := snapshot(t, follow(t, "", readRecords(t)))
	good := find(t, s, Query{Text: "camden", First: 1}).Hits[0].Cursor
	for _, after := range []string{"x", "!", good[:len(good)/2], good + "A", "AAAA",
		base64.RawURLEncoding.EncodeToString([]byte("s\x7f\xf8\x00\x00\x00\x00\x00\x00borough:camden"))} {
		_, err := s.Search(t.Context(), Query{First: 1, After: after})
		var r *record.Refusal
		if !errors.As(err, &r) || r.Class != record.ErrInvalid || r.Field != "after" {
			t.Errorf("cursor %q: %v", after, err)
		}
	}
	if _, err := s.Search(t.Context(), Query{}); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("first 0: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Search(ctx, Query{Text: "camden", First: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestScoreIgnoresSegments: the same records score the same, however they came
// to be in the index.
func TestScoreIgnoresSegments(t *testing.T) {
	l := readRecords(t)
	at := func(steps int) string {
		ix := open(t, "")
		for i := 0; i < len(l); i += steps {
			catchUp(t, ix, l[:min(i+steps, len(l))])
		}
		s := snapshot(t, ix)
		return fmt.Sprint(find(t, s, Query{Text: "community playbook", Snippets: 2}), find(t, s, Query{Text: `camden "digital inclusion"`}))
	}
	if one, many := at(len(l)), at(1); one != many {
		t.Errorf("in one batch:\n%s\none by one:\n%s", one, many)
	}
}

// TestManyTimesTheSameWord: a text that says little but often takes no long.
func TestManyTimesTheSameWord(t *testing.T) {
	d := newText("weeknote:again", "Again", strings.Repeat("again ", 100_000))
	d.Number = 1
	s := snapshot(t, follow(t, "", log{d}))
	begun := time.Now()
	for _, text := range []string{"again", `"again again"`, `"` + strings.Repeat("again ", 200) + `"`, `"again nothing"`} {
		find(t, s, Query{Text: text, Snippets: 3})
	}
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("it takes %v", took)
	}
}

func TestSearchConcurrently(t *testing.T) {
	s := snapshot(t, follow(t, t.TempDir(), readRecords(t)))
	q := Query{Text: "playbook camden", First: 5, Snippets: 2}
	want := fmt.Sprint(find(t, s, q))
	done := make(chan string)
	for range 8 {
		go func() {
			for range 50 {
				if r, err := s.Search(context.Background(), q); err != nil || fmt.Sprint(r) != want {
					done <- fmt.Sprint(r, err)
					return
				}
			}
			done <- ""
		}()
	}
	for range 8 {
		if bad := <-done; bad != "" {
			t.Error(bad)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{100, 5000} {
		l := readRecords(b)
		for _, d := range counted(n - len(l)) {
			d.Number = l.last() + 1
			l = append(l, d)
		}
		s := snapshot(b, follow(b, b.TempDir(), l))
		for _, q := range []Query{
			{Text: "", First: 20},
			{Text: "camden", First: 10},
			{Text: "camden", First: 10, Snippets: 2},
			{Text: "community engagement playbook", First: 10, Snippets: 2},
			{Text: `"camden wrote"`, First: 10},
		} {
			b.Run(fmt.Sprintf("%d/%s/%d", n, q.Text, q.Snippets), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					find(b, s, q)
				}
			})
		}
	}
}
