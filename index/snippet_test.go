package index

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"lotigraph/record"
)

// checkSnippets holds the laws of snippets against the documents themselves.
func checkSnippets(t *testing.T, l log, r Result, n int) {
	t.Helper()
	docs := map[record.ID]record.Document{}
	for _, d := range l {
		docs[d.Node.ID] = d
	}
	for _, h := range r.Hits {
		if len(h.Snippets) > n {
			t.Errorf("%s: %d snippets, at most %d were asked for", h.ID, len(h.Snippets), n)
		}
		for _, s := range h.Snippets {
			d := docs[h.ID]
			if s.Text == "" || len(s.Text) > maxSnippet && s.Field != "name" && s.Field != "alias" || !utf8.ValidString(s.Text) {
				t.Errorf("%s: snippet of %d bytes %q", h.ID, len(s.Text), s.Text)
			}
			if s.Field == bodyField {
				if s.Span.Of(d.Body) != s.Text || !d.Main.Contains(s.Span) {
					t.Errorf("%s: the body has %q at %v, the snippet is %q", h.ID, s.Span.Of(d.Body), s.Span, s.Text)
				}
			} else if !s.Span.IsZero() {
				t.Errorf("%s: a span in %s", h.ID, s.Field)
			}
			end := 0
			for _, m := range s.Marks {
				if m.Start < end || m.Len() <= 0 || m.End > len(s.Text) || !utf8.ValidString(m.Of(s.Text)) {
					t.Errorf("%s: mark %v in %q", h.ID, m, s.Text)
				}
				end = m.End
			}
		}
	}
}

// marked is a snippet with its marks in brackets.
func marked(s Snippet) string {
	text := s.Text
	for i := len(s.Marks) - 1; i >= 0; i-- {
		m := s.Marks[i]
		text = text[:m.Start] + "[" + text[m.Start:m.End] + "]" + text[m.End:]
	}
	return s.Field + ": " + text
}

func TestSnippets(t *testing.T) {
	l := readRecords(t)
	s := snapshot(t, follow(t, "", l))
	for _, test := range []struct {
		text string
		id   record.ID
		want []string
	}{
		{"camden playbook", "weeknote:loti-weeknote-70", []string{
			"body: This week we published the Community Engagement [Playbook] with Snook.",
			"body: [Camden], Brent and Kingston joined the project as\npilots, and MHCLG paid for it."}},
		{"camden", "weeknote:loti-weeknote-70", []string{
			"body: [Camden], Brent and Kingston joined the project as\npilots, and MHCLG paid for it.",
			"body: We also met [Camden] Council about its data platform."}},
		{"councils", "weeknote:loti-weeknote-70", []string{
			"body: We also met Camden [Council] about its data platform.",
			"body: The [councils] are hiring."}},
		{`"engagement playbook"`, "weeknote:loti-weeknote-70", []string{
			"body: This week we published the Community [Engagement] [Playbook] with Snook."}},
		{"mhclg", "partner:ministry-of-housing-communities-and-local-government", []string{"alias: [MHCLG]"}},
		{"dluhc housing", "partner:ministry-of-housing-communities-and-local-government", []string{
			"alias: [DLUHC]"}}, // the name has the other word
		{"six boroughs", "project:community-engagement-playbook", []string{
			"summary: A guide to consulting residents online, written with Snook and [six] [boroughs]."}},
		{"inclusion online", "project:get-online-london", []string{
			"summary: A helpline and network for people who are not [online] yet."}},
		{"o’brien", "person:onyeka-obrien", nil}, // the hit shows its name
		{"get online", "project:get-online-london", []string{"summary: A helpline and network for people who are not [online] yet."}},
		{"hub", "partner:hub", []string{"summary: A shared room for workshops in Southwark."}},
		{"weeknote 71", "weeknote:loti-weeknote-71", []string{"body: Six boroughs looked at a playbook for community work."}},
		{"governance faces", "weeknote:sensors-on-the-high-street", []string{
			"body: No cameras are used, so no [faces] are stored; the privacy assessment says so\n" +
				"at length, in words that a lawyer wrote, that a resident read, that the borough's own information " +
				"[governance] board\ndiscussed for most of an afternoon in March, and"}},
	} {
		r := find(t, s, Query{Text: test.text, Snippets: 2})
		checkSnippets(t, l, r, 2)
		found := false
		for _, h := range r.Hits {
			if h.ID != test.id {
				continue
			}
			found = true
			var got []string
			for _, snip := range h.Snippets {
				got = append(got, marked(snip))
			}
			if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("%q in %s:\n%s\nwant\n%s", test.text, h.ID, strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		}
		if !found {
			t.Errorf("%q does not find %s", test.text, test.id)
		}
	}
}

// TestSnippetOfLongSentence cuts on the edges of words, where most of the query
// is.
func TestSnippetOfLongSentence(t *testing.T) {
	filler := strings.Repeat("wörd upon wörd ", 40)
	d := newText("weeknote:long", "Long", filler+"camden "+filler+"the camden playbook "+filler+strings.Repeat("x", 600)+"camden")
	d.Number = 1
	s := snapshot(t, follow(t, "", log{d}))
	r := find(t, s, Query{Text: "playbook camden", Snippets: 3})
	checkSnippets(t, log{d}, r, 3)
	if len(r.Hits) != 1 || len(r.Hits[0].Snippets) != 1 {
		t.Fatalf("%v", r)
	}
	got := r.Hits[0].Snippets[0]
	if m := marked(got); !strings.Contains(m, "the [camden] [playbook] wörd") {
		t.Errorf("%s", m)
	}
	if !got.CutBefore || !got.CutAfter {
		t.Errorf("cut out of a sentence, and does not say so")
	}
	before, after := d.Body[got.Span.Start-1], d.Body[got.Span.End]
	if before != ' ' || after != ' ' {
		t.Errorf("cut at %q and %q", before, after)
	}
}

// FuzzSearch: nothing that is typed is an error, and snippets keep their laws.
func FuzzSearch(f *testing.F) {
	base := readRecords(f)
	for _, text := range []string{"camden", `"engagement playbook`, "“a” ’s & - \" \" «»", "\x00\xff\xfe", "e-scooters R&D", "ﬁ ß İ ǅ", "-", ""} {
		f.Add(text, "Camden’s playbook. It is "+text+" and so on.\n"+strings.Repeat("long ", 70)+text, 3)
	}
	f.Fuzz(func(t *testing.T, text, main string, n int) {
		l := base
		if main = strings.ToValidUTF8(main, "?"); len(main) > 20_000 {
			main = strings.ToValidUTF8(main[:20_000], "")
		}
		d := newText("weeknote:fuzz", "Fuzz", main)
		d.Number = l.last() + 1
		l = append(l[:len(l):len(l)], d)
		s := snapshot(t, follow(t, "", l))
		n = 1 + n&3
		for _, typed := range []string{text, main, `"` + main + `"`, text + " camden"} {
			r, err := s.Search(t.Context(), Query{Text: typed, First: 3, Snippets: n})
			if err != nil {
				t.Fatalf("%q: %v", typed, err)
			}
			if r.HasNext != (r.Total > len(r.Hits)) {
				t.Errorf("%q: total %d, %d hits, more %t", typed, r.Total, len(r.Hits), r.HasNext)
			}
			checkSnippets(t, l, r, n)
			if words := asIs.terms(typed); len(words) > 0 && typed == main && len(main) < maxQuery && len(words) < maxWords &&
				!strings.ContainsAny(main, "\"“”„‟«»()-:*?") && !strings.Contains(main, "NOT") && !strings.Contains(main, "OR") && !strings.Contains(fmt.Sprint(ids(find(t, s, Query{Text: typed}))), "weeknote:fuzz") {
				t.Errorf("%q does not find itself", main)
			}
		}
	})
}
