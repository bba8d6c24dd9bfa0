package record_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"lotigraph/record"
)

func FuzzPartialDate(f *testing.F) {
	for _, s := range []string{"2021", "2021-05", "2020-02-29", "0001-01-01", "", "12"} {
		f.Add(s, "2021-05-17")
	}
	f.Fuzz(func(t *testing.T, s1, s2 string) {
		a, err := record.ParsePartialDate(s1)
		if err != nil {
			if !errors.Is(err, record.ErrInvalid) {
				t.Fatalf("%q: %v", s1, err)
			}
			return
		}
		if again, err := record.ParsePartialDate(a.String()); err != nil || again != a {
			t.Errorf("%q prints as %q, which reads as %v, %v", s1, a, again, err)
		}
		if a.First().Compare(a.Last()) > 0 || a.Compare(a) != 0 {
			t.Errorf("%v ends before it begins", a)
		}
		b, err := record.ParsePartialDate(s2)
		if err != nil {
			return
		}
		if a.Compare(b) != -b.Compare(a) || a.Compare(b) == 0 != (a == b) {
			t.Errorf("%v and %v have no one order", a, b)
		}
		if !a.IsZero() && !b.IsZero() && a.First().Compare(b.First()) < 0 && a.Compare(b) >= 0 {
			t.Errorf("%v begins before %v and sorts behind it", a, b)
		}
	})
}

func date(t *testing.T, s string) record.PartialDate {
	t.Helper()
	d, err := record.ParsePartialDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestHolds(t *testing.T) {
	for _, c := range []struct {
		since, until, evidence, day string
		want                        record.Certainty
	}{
		{"2021", "", "", "2021-05-01", record.Possibly}, // it may begin later in the year
		{"2021", "", "", "2021-12-31", record.Certainly},
		{"2021", "", "", "2020-12-31", record.No},
		{"2021-05", "", "", "2021-06-01", record.Certainly},
		{"2020", "2021", "", "2021-05-01", record.Possibly}, // it may have ended
		{"2020", "2021", "", "2022-01-01", record.No},
		{"", "", "2021-03-01", "2021-02-28", record.Possibly}, // before anybody said so
		{"", "", "2021-03-01", "2021-03-01", record.Certainly},
		{"", "", "", "2021-03-01", record.Possibly},
		{"", "", "2021-03", "2021-03-30", record.Possibly}, // the text may be of the 31st
		{"", "", "2021-03", "2021-03-31", record.Certainly},
		{"", "", "2021", "2020-12-31", record.Possibly},
		{"", "2020-06", "", "2021-03-01", record.No},
		{"", "2020", "2019-01-01", "2019-06-01", record.Certainly},
		{"2021", "", "", "", record.Certainly},
	} {
		got := record.Holds(date(t, c.since), date(t, c.until), date(t, c.evidence), date(t, c.day))
		if got != c.want {
			t.Errorf("from %q to %q, first said %q, on %q: %v, want %v", c.since, c.until, c.evidence, c.day, got, c.want)
		}
	}
}

func TestDatesInWords(t *testing.T) {
	for s, want := range map[string]string{"2021": "2021", "2021-05": "May 2021", "2021-05-17": "17 May 2021", "": ""} {
		if got := date(t, s).English(); got != want {
			t.Errorf("%q is %q in English, want %q", s, got, want)
		}
	}
	for _, s := range []string{"2021-13", "2021-02-30", "21", "May 2021", "2021-5", "0000", "2021-05-17T00:00"} {
		if d, err := record.ParsePartialDate(s); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%q was read as %v, %v", s, d, err)
		}
	}
}

// What folds alike is looked up alike; folding again changes nothing; a slug
// makes an id.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"The The Band", "the", strings.Repeat("long ", 30), strings.Repeat("ж", 90), "Kensington & Chelsea", "The Mayor’s Office", "Raphaëlle Lewis", "C-19", "  ", "The the", "ß"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := record.Fold(s)
		if again := record.Fold(folded); again != folded && !strings.HasPrefix(folded, "the ") {
			t.Errorf("%q folds to %q and then to %q", s, folded, again)
		}
		slug := record.Slugify(s)
		if slug == "" {
			return
		}
		for _, slug := range []string{slug, slug + "-2", slug + "-1234567890"} {
			if err := record.NewID(record.PartnerKind, slug).Validate(); err != nil {
				t.Errorf("%q makes the slug %q: %v", s, slug, err)
			}
		}
	})
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"Kensington & Chelsea", "kensington and chelsea", "KENSINGTON  AND CHELSEA"},
		{"The Helix Centre", "Helix Centre", "helix-centre"},
		{"Raphaëlle", "Raphaelle"},
		{"LOTI’s", "LOTI's", "lotis"},
	} {
		for _, s := range same[1:] {
			if record.Fold(s) != record.Fold(same[0]) {
				t.Errorf("%q and %q fold apart: %q, %q", same[0], s, record.Fold(same[0]), record.Fold(s))
			}
		}
	}
}

// What is not well formed is refused with the field and the reason.
func TestRefusals(t *testing.T) {
	good := record.Link{Type: record.Joined, From: "borough:camden", To: "project:x", Status: record.Confirmed,
		Evidence: []record.Evidence{{Text: "weeknote:n", Quote: "Camden joined."}}}
	link := func(edit func(*record.Link)) error {
		l := good
		l.Evidence = append([]record.Evidence(nil), good.Evidence...)
		edit(&l)
		return l.Validate()
	}
	mention := func(span record.Span) error {
		return record.Change{ID: "1", Actor: "a", Ops: []record.Op{{SaveText: &record.SaveText{Title: "T", Text: record.Text{Body: "T body"},
			Details:  record.Weeknote{Source: "s", Form: record.FormPage, Visibility: record.Public},
			Mentions: []record.Mention{{To: "partner:x", Spans: []record.Span{span}}}}}}}.Validate()
	}
	for _, c := range []struct {
		err   error
		field string
		words string
	}{
		{link(func(l *record.Link) {}), "", ""},
		{link(func(l *record.Link) { l.From = "partner:snook" }), "from", "goes from BOROUGH to PROJECT"},
		{link(func(l *record.Link) { l.Role = "boss" }), "role", "lead, pilot, host, participant"},
		{link(func(l *record.Link) { l.Evidence = nil }), "evidence", "sentence"},
		{link(func(l *record.Link) { l.Evidence[0].Quote = " " }), "evidence[0].quote", "exact words"},
		{link(func(l *record.Link) { l.Since, l.Until = date(t, "2022"), date(t, "2021") }), "until", "2021 is before 2022"},
		{link(func(l *record.Link) { l.Status = "MAYBE" }), "status", "PROPOSED"},
		{record.ID("camden").Validate(), "id", "borough:camden"},
		{record.ID("borough:Camden Town").Validate(), "id", "lower-case"},
		{record.ID("borough:camden--town").Validate(), "id", "single hyphens"},
		{record.ID("borough:" + strings.Repeat("x", 101)).Validate(), "id", "not an id"},
		{link(func(l *record.Link) { l.Confidence = math.NaN() }), "confidence", "between 0 and 1"},
		{link(func(l *record.Link) { l.Evidence[0].Confidence = 1.5 }), "evidence[0].confidence", "between 0 and 1"},
		{link(func(l *record.Link) { l.Evidence[0].Text = "project:x" }), "evidence[0].text", "not a text"},
		{link(func(l *record.Link) { l.To = "borough:camden" }), "to", "goes from BOROUGH to PROJECT"},
		{link(func(l *record.Link) { l.Type = 0 }), "type", "JOINED"},
		{mention(record.Span{Start: 1, End: 1}), "ops[0].text.mentions[0]", "no name"},
		{mention(record.Span{Start: 1, End: 99}), "ops[0].text.mentions[0].span", "do not lie"},
		{record.Node{ID: "person:a", Name: "A", Partner: &record.Partner{}}.Validate(), "partner", "person has no details"},
		{record.Node{ID: "person:a", Name: " A"}.Validate(), "name", "space"},
		{record.Node{ID: "person:a", Name: "A", URL: "javascript:alert(1)"}.Validate(), "url", "https://"},
		{record.Node{ID: "borough:camden", Name: "Camden", Borough: &record.Borough{ONSCode: "X"}}.Validate(), "borough.onsCode", "E09"},
		{record.Text{Body: "aé", Main: record.Span{End: 2}}.Validate(), "main.span", "inside a character"},
		{record.Text{Body: "a", Title: record.Span{Start: 1, End: 0}}.Validate(), "title.span", "do not lie"},
		{record.Change{ID: "1", Actor: "a"}.Validate(), "ops", "at least one"},
		{record.Change{ID: "1", Actor: "a", Ops: []record.Op{{}}}.Validate(), "ops[0]", "does one thing"},
		{record.Lens{AsOf: record.PartialDate{Year: 2021}}.Validate(), "asOf", "2021-05-17"},
	} {
		if c.words == "" {
			if c.err != nil {
				t.Errorf("a good one was refused: %v", c.err)
			}
			continue
		}
		var r *record.Refusal
		if !errors.As(c.err, &r) || !errors.Is(c.err, record.ErrInvalid) || r.Field != c.field || !strings.Contains(r.Reason, c.words) {
			t.Errorf("got %v; want field %q and %q in the reason", c.err, c.field, c.words)
		}
	}
}

// Each kind and type reads back from every spelling that is written.
func TestTables(t *testing.T) {
	for _, k := range record.Kinds() {
		for _, s := range []string{k.String(), k.Slug(), k.Plural()} {
			if got, err := record.ParseKind(s); err != nil || got != k {
				t.Errorf("%q reads as %v, %v", s, got, err)
			}
		}
	}
	for _, lt := range record.LinkTypes() {
		if got, err := record.ParseLinkType(lt.String()); err != nil || got != lt || lt.Phrase() == "" || len(lt.From()) == 0 || len(lt.To()) == 0 {
			t.Errorf("%v reads as %v, %v", lt, got, err)
		}
	}
	for _, v := range record.Visibilities() {
		if got, err := record.ParseVisibility(strings.ToLower(v.String())); err != nil || got != v {
			t.Errorf("%v reads as %v, %v", v, got, err)
		}
	}
}

// A day between the first and the last that the dates can mean is never a plain
// no, and one between the last beginning and the first end is certain.
func FuzzHolds(f *testing.F) {
	f.Add("2021", "2022-05", "2021-03", "2021-05-17")
	f.Fuzz(func(t *testing.T, s, u, e, d string) {
		var dates [4]record.PartialDate
		for i, text := range []string{s, u, e, d} {
			var err error
			if dates[i], err = record.ParsePartialDate(text); err != nil {
				return
			}
		}
		since, until, evidence, day := dates[0], dates[1], dates[2], dates[3]
		if !day.IsDay() || !since.IsZero() && !until.IsZero() && until.Last().Compare(since.First()) < 0 {
			return
		}
		got := record.Holds(since, until, evidence, day)
		outside := !since.IsZero() && day.Compare(since.First()) < 0 || !until.IsZero() && day.Compare(until.Last()) > 0
		begun := !since.IsZero() && day.Compare(since.Last()) >= 0 || since.IsZero() && !evidence.IsZero() && day.Compare(evidence.Last()) >= 0
		ended := !until.IsZero() && day.Compare(until.First()) > 0
		if (got == record.No) != outside || (got == record.Certainly) != (begun && !ended && !outside) {
			t.Errorf("from %q to %q, first said %q, on %q: %v", since, until, evidence, day, got)
		}
	})
}

func TestClone(t *testing.T) {
	n := record.Node{ID: "project:x", Name: "X", Aliases: []string{"a"}, Project: &record.Project{Themes: []string{"t"}}}
	c := n.Clone()
	c.Aliases[0], c.Project.Themes[0], c.Project.Status = "b", "u", "live"
	if n.Aliases[0] != "a" || n.Project.Themes[0] != "t" || n.Project.Status != "" {
		t.Errorf("changing a clone changed %+v with %+v", n, *n.Project)
	}
	if empty := (record.Node{}).Clone(); empty.Aliases != nil || empty.Project != nil {
		t.Errorf("the clone of nothing is %+v", empty)
	}
}
