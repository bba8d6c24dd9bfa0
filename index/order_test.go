package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lotigraph/record"
)

// TestOrders sorts by date, with what has none last, and by name.
func TestOrders(t *testing.T) {
	s := snapshot(t, follow(t, "", readRecords(t)))
	for order, want := range map[Order]string{
		NewestFirst: "weeknote:community-engagement-playbook weeknote:loti-weeknote-71 weeknote:loti-weeknote-70",
		OldestFirst: "weeknote:how-we-spot-rogue-landlords weeknote:digital-inclusion-in-camden weeknote:loti-weeknote-70",
		NameOrder:   "borough:brent borough:camden project:community-engagement-playbook",
	} {
		if got := ids(find(t, s, Query{Order: order, First: 3})); got != want {
			t.Errorf("%v: %s, want %s", order, got, want)
		}
	}
	r := find(t, s, Query{Order: OldestFirst, First: 1000})
	undated := slices.IndexFunc(r.Hits, func(h Hit) bool { return h.ID == "weeknote:sensors-on-the-high-street" })
	dated := slices.IndexFunc(r.Hits, func(h Hit) bool { return h.ID == "weeknote:community-engagement-playbook" })
	if undated < dated {
		t.Error("what has no date is not last")
	}
}

// TestCursorsWhileWriting turns the pages of a list while records are written:
// what was there all the time is shown once, in the orders whose places do not
// move; by score it is said that the results have changed.
func TestCursorsWhileWriting(t *testing.T) {
	l := readRecords(t)
	for _, d := range counted(40) {
		d.Number = l.last() + 1
		d.Node.Weeknote.Date, _ = record.ParsePartialDate(fmt.Sprintf("2020-%02d", 1+len(l)%12))
		l = append(l, d)
	}
	for order := BestFirst; order <= NameOrder; order++ {
		ix := follow(t, "", l)
		more := slices.Clone(l)
		seen := map[record.ID]int{}
		q := Query{Text: "camden", Order: order, First: 7}
		for page := 0; ; page++ {
			s := snapshot(t, ix)
			r := find(t, s, q)
			if r.Refreshed != (page > 0 && order == BestFirst) {
				t.Errorf("%v, page %d: refreshed %t", order, page, r.Refreshed)
			}
			for _, h := range r.Hits {
				seen[h.ID]++
			}
			if !r.HasNext || order == BestFirst && page == 4 {
				break
			}
			q.After = r.Hits[len(r.Hits)-1].Cursor
			for i := range 3 {
				d := newText(record.ID(fmt.Sprintf("weeknote:new-%d-%d", page, i)), fmt.Sprintf("New %d", i), "Camden again.")
				d.Node.Weeknote.Date, _ = record.ParsePartialDate(fmt.Sprintf("20%02d", 18+i*2))
				d.Number = more.last() + 1
				more = append(more, d)
			}
			catchUp(t, ix, more)
		}
		if order == BestFirst {
			continue
		}
		for _, h := range find(t, snapshot(t, follow(t, "", l)), Query{Text: "camden"}).Hits {
			if seen[h.ID] != 1 {
				t.Errorf("%v: %s is shown %d times", order, h.ID, seen[h.ID])
			}
		}
	}
}

// TestSpelling: an exact word always comes first; what is not seen corrects
// nothing; numbers and short words are left alone.
func TestSpelling(t *testing.T) {
	l := readRecords(t)
	d := newText("weeknote:secret", "Secret", "The Xylophonist of Camdem met us. Xylophonist.")
	d.Number = l.last() + 1
	l = append(l, d)
	s := snapshot(t, follow(t, "", l))
	all := Query{First: 5}
	hidden := Query{First: 5, Hidden: []record.ID{"weeknote:secret"}}
	for _, test := range []struct {
		q          Query
		text, want string
		mean       string
	}{
		{all, "xylophonits", "weeknote:secret", "xylophonist"},
		{hidden, "xylophonits", "", ""},
		{hidden, "xylophonist", "", ""},
		{all, "camdem", "weeknote:secret borough:camden", "camden"},
		{hidden, "camdem", "borough:camden", "camden"},
		{hidden, "cmaden", "borough:camden", "camden"},
		{hidden, "brnt", "borough:brent", "brent"},
		{hidden, "E09000008", "", ""},
		{hidden, "cpd", "", ""},
		{hidden, "kensington chelsae", "borough:kensington-and-chelsea", "kensington chelsea"},
		{hidden, "engagementplaybook", "project:community-engagement-playbook", "engagement playbook"},
	} {
		test.q.Text = test.text
		r := find(t, s, test.q)
		if got := ids(r); !strings.HasPrefix(got, test.want) || test.want == "" && got != "" || r.DidYouMean != test.mean {
			t.Errorf("%q finds %q and means %q, want %q and %q", test.text, got, r.DidYouMean, test.want, test.mean)
		}
	}
	r := find(t, s, Query{Text: "camdem"})
	for i, h := range r.Hits {
		if (h.ID == "weeknote:secret") != (i == 0) {
			t.Errorf("an exact word does not come first: %s", ids(r))
		}
	}
}

// TestSpellingForgets: words that nothing has are not kept, however many are typed
// while the data stay as they are.
func TestSpellingForgets(t *testing.T) {
	s := snapshot(t, follow(t, "", shortNames()))
	sc := s.Scope(nil, nil, nil, record.PartialDate{})
	kept := func() (n int) {
		sc.vocabulary.Range(func(_, _ any) bool { n++; return true })
		return n
	}
	find(t, s, Query{Text: "hakney", First: 1, Scope: sc})
	before := kept()
	for i := range 20 {
		find(t, s, Query{Text: strings.Repeat("qzx", 5) + strings.Repeat("j", i), First: 1, Scope: sc})
	}
	if before == 0 || kept() != before {
		t.Errorf("%d words are kept, and were %d", kept(), before)
	}
}

// TestPrefix lets the last word go on, and only where that is asked for.
func TestPrefix(t *testing.T) {
	s := snapshot(t, follow(t, "", readRecords(t)))
	for text, want := range map[string]string{
		"tower ham":              "borough:tower-hamlets",
		"community engagement p": "project:community-engagement-playbook",
		"kens":                   "borough:kensington-and-chelsea",
		"scoot":                  "project:smart-street-sensors",
	} {
		if r := find(t, s, Query{Text: text, Prefix: true, First: 1}); ids(r) != want {
			t.Errorf("%q finds %s, want %s", text, ids(r), want)
		}
	}
	if r := find(t, s, Query{Text: "scoot"}); r.Total > 1 {
		t.Errorf("without being asked: %s", ids(r))
	}
}

// TestInstead: a query that finds nothing says what it would find without each
// of its parts.
func TestInstead(t *testing.T) {
	s := snapshot(t, follow(t, "", readRecords(t)))
	r := find(t, s, Query{Text: "camden zzqqy tablets"})
	if fmt.Sprint(r.Instead) != "[{zzqqy 1}]" {
		t.Errorf("%v", r.Instead)
	}
	if r := find(t, s, Query{Text: "kind:person camden"}); fmt.Sprint(r.Instead) != "[{kind:person 3} {camden 3}]" {
		t.Errorf("%v", r.Instead)
	}
}

// TestNewestFirst: who asks for the latest gets that first, page by page.
func TestNewestFirst(t *testing.T) {
	s := snapshot(t, follow(t, "", readRecords(t)))
	var got []record.ID
	q := Query{Text: "latest blogs", First: 1}
	for {
		r := find(t, s, q)
		if r.Total != 2 || r.Restated != "2 blogs, newest first" || r.Order != NewestFirst {
			t.Errorf("%d, %q", r.Total, r.Restated)
		}
		got = append(got, r.Hits[0].ID)
		if !r.HasNext {
			break
		}
		q.After = r.Hits[0].Cursor
	}
	if want := ids(find(t, s, Query{Text: "kind:blog", Order: NewestFirst})); fmt.Sprint(got) != "["+want+"]" {
		t.Errorf("%v, want %s", got, want)
	}
}

// TestSuggest completes names and aliases by any of their words.
func TestSuggest(t *testing.T) {
	s := snapshot(t, follow(t, "", readRecords(t)))
	sc := s.Scope([]record.ID{"person:eddie-copeland"}, nil, nil, record.PartialDate{})
	for text, want := range map[string]string{
		"cam":         "borough:camden weeknote:digital-inclusion-in-camden",
		"hamlets":     "borough:tower-hamlets",
		"ham tow":     "borough:tower-hamlets",
		"mhcl":        "partner:ministry-of-housing-communities-and-local-government",
		"R&":          "borough:kensington-and-chelsea",
		"H&F":         "borough:hammersmith-and-fulham partner:ministry-of-housing-communities-and-local-government",
		"zoe":         "person:zoe-mcdonald",
		"edd":         "",
		"kensignton":  "borough:kensington-and-chelsea",
		"playbok":     "project:community-engagement-playbook weeknote:community-engagement-playbook",
		"R":           "borough:kingston-upon-thames borough:kensington-and-chelsea weeknote:how-we-spot-rogue-landlords",
		"cep":         "project:community-engagement-playbook weeknote:community-engagement-playbook",
		"brnt":        "",
		"the hub":     "partner:hub",
		"":            "",
		"zzzzzzzzzzz": "",
	} {
		list, err := sc.Suggest(t.Context(), text, nil, 3)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, g := range list {
			got = append(got, string(g.ID))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
}

// TestWhy says why hits are there.
func TestWhy(t *testing.T) {
	s := snapshot(t, follow(t, "", readRecords(t)))
	links := newLinks(s, map[record.ID]Linked{
		"borough:camden":            {Records: []record.ID{"borough:camden", "project:digital-inclusion"}},
		"project:digital-inclusion": {Records: []record.ID{"borough:camden", "project:digital-inclusion"}},
		"weeknote:loti-weeknote-70": {Records: []record.ID{"borough:camden"}},
	})
	sc := s.Scope(nil, nil, links, record.PartialDate{})
	for _, test := range []struct{ text, want string }{
		{"camden", "What was typed is its whole name. “camden” is in its name and its alias. It is linked with 2 records, which raises it by 2%."},
		{"camden council", "What was typed is another name of it. “camden” is in its name and its alias. “council” is in its alias. It is linked with 2 records, which raises it by 2%."},
		{"camdne", "With a letter or two changed, what was typed is its name. “camdne” is in its name and its alias. It is linked with 2 records, which raises it by 2%."},
		{"playbook pilots", "“playbook” is in one place of the text. “pilots” is in one place of the text. It is linked with 1 record, which raises it by 1%. It is of 15 January 2021, which raises it by 10%."},
		{"nowhere OR camden", "What was typed is its whole name. “camden” is in its name and its alias. It is linked with 2 records, which raises it by 2%."},
	} {
		r, err := s.Search(t.Context(), Query{Text: test.text, Scope: sc, First: 1, Explain: true, Snippets: 2})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(r.Hits) > 0 {
			got = strings.Join(r.Hits[0].Why, " ")
		}
		if got != test.want {
			t.Errorf("%q: %s\n\twant %s", test.text, got, test.want)
		}
	}
}
