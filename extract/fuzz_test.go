package extract

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"lotigraph/record"
)

// fewNodes are some known records, for tests that need no more.
func fewNodes() []record.Node {
	var nodes []record.Node
	add := func(kind record.Kind, name string, aliases ...string) {
		nodes = append(nodes, record.Node{ID: record.NewID(kind, record.Slugify(name)), Name: name, Aliases: aliases})
	}
	for _, b := range []string{"Barking and Dagenham", "Barnet", "Bexley", "Brent", "Bromley", "Camden", "Croydon", "Ealing", "Enfield", "Hackney",
		"Haringey", "Harrow", "Havering", "Hillingdon", "Hounslow", "Islington", "Lambeth", "Lewisham", "Merton", "Newham",
		"Redbridge", "Southwark", "Sutton", "Tower Hamlets", "Waltham Forest", "Wandsworth"} {
		add(record.BoroughKind, b, b+" Council", "London Borough of "+b, "LB "+b)
	}
	add(record.BoroughKind, "City of London", "City of London Corporation", "City Corporation")
	add(record.BoroughKind, "Greenwich", "Royal Borough of Greenwich", "Greenwich Council")
	add(record.BoroughKind, "Hammersmith and Fulham", "Hammersmith & Fulham", "LBHF", "H&F")
	add(record.BoroughKind, "Kensington and Chelsea", "Kensington & Chelsea", "RBKC", "Royal Borough of Kensington and Chelsea")
	add(record.BoroughKind, "Kingston upon Thames", "Kingston", "Kingston Council", "Royal Borough of Kingston upon Thames")
	add(record.BoroughKind, "Richmond upon Thames", "Richmond", "Richmond Council")
	add(record.BoroughKind, "Westminster", "City of Westminster", "Westminster City Council", "WCC")
	return nodes
}

func fewLexicon() *Lexicon { return NewLexicon(slices.Values(fewNodes())) }

var fuzzSeeds = []string{
	"", "\n", "---\n", "---\nurl: x\n---\n", "---\ndate: 2020-13-40\nvisibility: NOBODY\nwhat\n",
	"LOTI: Weeknote 70\n\nHeading\n\nLast week, we joined colleagues from Kingston, Sutton and Waltham Forest for the kick-off meeting of the MHCLG-funded project to develop a Community Engagement Playbook.\n\n  1. One item. Another.\n  2. Two\n\nEddie Copeland\n30 November 2020 ·\nSkip to content\n",
	"Weeknote 1\n\nBy Ann Lee, 3 May 2021\n\nBrent’s Ann Lee (Head of Data, Insight & AI) led the “Open Map” project with Acme (ACM).\n",
	"Titel\n\nRaphaëlle Lewis (for WCC and RBKC) — “‘(’”’ St Mungo’s' \u00a0 {A 0} {P 1} é\u0301 \xff\xfe\n",
	"# A\n* b\n- c\n1) d\n### e\n(((((",
	"Week 3\n\nWe are building the {P 0} with {A 1 2} and O’Brien's 'thing' at H&F…\n",
}

// FuzzRead holds the laws of a reading: every span lies in the text on the
// edges of characters, what is found lies in the title, the main part or the
// byline, quotes are not empty, ends exist, and the same text reads the same.
func FuzzRead(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add("weeknote.md", s)
	}
	lex := fewLexicon().With(record.Node{ID: "project:open-map", Name: "Open Map"}, record.Node{ID: "person:ann-lee", Name: "Ann Lee"})
	f.Fuzz(func(t *testing.T, name, body string) {
		r := Read(Source{Name: name, Body: body}, lex)
		if r.Text.Body != body {
			t.Fatal("the body is not stored as given")
		}
		spans := append([]record.Span{r.Text.Title, r.Text.Byline, r.Text.Main}, r.Text.Furniture...)
		for _, x := range r.Found {
			if len(x.Spans) == 0 || x.Name == "" || x.Rule == "" || !x.Kind.Valid() || x.Kind == record.WeeknoteKind {
				t.Fatalf("not well found: %+v", x)
			}
			for _, s := range x.Spans {
				if s.Len() <= 0 || !r.Text.Title.Contains(s) && !r.Text.Main.Contains(s) && !r.Text.Byline.Contains(s) {
					t.Fatalf("%q at %v lies outside title %v, main %v and byline %v", x.Name, s, r.Text.Title, r.Text.Main, r.Text.Byline)
				}
			}
			spans = append(spans, x.Spans...)
		}
		for _, rel := range r.Relations {
			if strings.TrimSpace(rel.Span.Of(body)) == "" || rel.From < 0 || rel.From >= len(r.Found) || rel.To < SelfText || rel.To >= len(r.Found) || rel.From == rel.To {
				t.Fatalf("not well said: %+v", rel)
			}
			if rel.Confidence <= 0 || rel.Confidence >= 1 || !slices.Contains(rel.Type.From(), r.Found[rel.From].Kind) {
				t.Fatalf("not a link: %+v", rel)
			}
			spans = append(spans, rel.Span)
		}
		for _, s := range spans {
			if s.Start < 0 || s.End < s.Start || s.End > len(body) {
				t.Fatalf("span %v outside a text of %d", s, len(body))
			}
			for _, edge := range []int{s.Start, s.End} {
				if utf8.ValidString(body) && edge < len(body) && !utf8.RuneStart(body[edge]) {
					t.Fatalf("span %v cuts a character", s)
				}
			}
		}
		for _, s := range r.Text.Furniture {
			if r.Text.Main.Len() > 0 && s.Start < r.Text.Main.End && r.Text.Main.Start < s.End {
				t.Fatalf("furniture %v overlaps the main part %v", s, r.Text.Main)
			}
		}
		if again := Read(Source{Name: name, Body: body}, lex); !reflect.DeepEqual(r.Found, again.Found) || !reflect.DeepEqual(r.Relations, again.Relations) {
			t.Fatal("the same text reads differently")
		}
	})
}

// FuzzUnits holds the laws of cutting: units lie in the part, in order, do not
// overlap, are trimmed, and leave out only white space and list marks.
func FuzzUnits(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		at := 0
		for _, u := range cutUnits(body, record.Span{End: len(body)}) {
			if u.Start < at || u.End <= u.Start || u.End > len(body) {
				t.Fatalf("unit %v behind %d in a text of %d", u.Span, at, len(body))
			}
			if text := u.Of(body); strings.TrimSpace(text) != text {
				t.Fatalf("%q is not trimmed", text)
			}
			if left := body[at:u.Start]; strings.Trim(left, " \t\n\r\f\v\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000") != "" && len(strings.Fields(left)) > 1 {
				t.Fatalf("left out: %q", left)
			}
			at = u.End
		}
		if left := strings.Fields(body[at:]); len(left) > 0 {
			t.Fatalf("left out at the end: %q", left)
		}
	})
}

// FuzzTokens holds the laws of tokens: in order, not overlapping, covering all
// but white space.
func FuzzTokens(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		at := 0
		for _, tok := range tokenize(body, record.Span{End: len(body)}) {
			if tok.Start < at || tok.End <= tok.Start || tok.text != tok.Of(body) {
				t.Fatalf("token %+v behind %d", tok, at)
			}
			if gap := body[at:tok.Start]; strings.TrimSpace(gap) != "" || tok.glue != (gap == "" && at > 0) && at > 0 {
				t.Fatalf("gap %q before %+v", gap, tok)
			}
			at = tok.End
		}
		if strings.TrimSpace(body[at:]) != "" {
			t.Fatalf("left out: %q", body[at:])
		}
	})
}
