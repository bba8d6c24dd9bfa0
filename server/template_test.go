package server

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"lotigraph/server/internal/page"
)

// The pages of records are well formed with everything there is to show, and with
// nothing.
func TestRecordTemplates(t *testing.T) {
	s, err := newSite()
	if err != nil {
		t.Fatal(err)
	}
	nasty := `<script>alert("x")</script> & 'y'`
	place := page.Place{Name: nasty, Kind: "borough", Href: "/borough/x?a=1&b=2"}
	statement := page.Statement{Link: "link:1", From: place, To: place, Verb: "joined", Role: nasty, Period: "since 2021", Marks: []string{"Proposed", "Ended"},
		Proofs: []page.Proof{{Quote: nasty, Source: place, Date: "2021", Superseded: true}}, Report: "/report?link=link%3A1"}
	about := page.Profile{ID: "borough:x", Name: nasty, Kind: "borough", Summary: nasty, Aliases: nasty, Staff: []page.Place{place},
		Facts: []page.Fact{{Name: "Themes", Places: []page.Place{place, place}}, {Name: "On the web", Text: nasty, Web: "https://example.org/?a=1&b=2"}, {Name: "Status", Text: nasty}}}
	left := &page.LeftOut{Says: "2 proposed links are left out", Href: "/x?proposed=true"}
	runs := []page.Run{{Words: []page.Words{{Text: nasty}, {Text: nasty, Href: "/x", Name: nasty}, {Text: nasty, Waits: "project"}}}, {Passage: true, First: true, Words: []page.Words{{Text: nasty}}}}
	blocks := []page.Block{{Sort: "heading", Runs: runs}, {Sort: "p", Runs: runs}, {Sort: "quote", Runs: runs},
		{Sort: "list", Items: []page.Block{{Sort: "p", Runs: runs}}}, {Sort: "numbers", Items: []page.Block{{Sort: "p", Runs: runs}}}}
	dot := page.RingRecord{Place: place, Slug: "borough", Label: nasty, Anchor: "end", Says: []string{nasty}, Faint: true}
	for _, f := range []frame{
		{Shown: page.Shown{Template: "record.html", Title: "nothing", Body: page.Record{}}},
		{Shown: page.Shown{Template: "weeknote.html", Title: "nothing", Body: page.Weeknote{}}},
		{Shown: page.Shown{Template: "weeknote.html", Title: nasty, Body: page.Weeknote{Profile: about, Title: runs, Byline: runs, Blocks: blocks, Older: true, Version: 1, Stray: nasty,
			Versions: []page.Option{{Label: nasty, Href: "/x"}, {Label: nasty, Chosen: true}}, Says: []page.Statement{statement, {}}, LeftOut: left,
			Names: []page.Names{{Title: nasty, List: []page.Place{place}}}, Unknown: []page.UnknownName{{Name: nasty, Kind: "project", Href: "/x"}}}}},
		{Shown: page.Shown{Template: "record.html", Title: nasty, Body: page.Record{Profile: about, LeftOut: left,
			Groups: []page.Group{{Title: nasty, Total: 2, Rows: []page.Row{{Statement: statement, Far: place, Ended: true}, {}}, More: "/x?links=joined-in"}},
			Roll: &page.Roll{Says: nasty, Tiles: []page.Tile{{Place: place, Short: "Xxx", State: "JOINED", Says: nasty}}, Legend: []page.RollState{{State: "LEFT", Words: nasty, Count: 3}},
				Rows: []page.RollRow{{Place: place, Says: nasty, Role: nasty, Period: nasty, Proof: "/x"}, {}}, Export: "/x"},
			Brief: &page.Brief{Says: nasty, Missed: []page.Missed{{Place: place, By: []page.Statement{statement}}},
				Partners: []page.SharedPartner{{Place: place, Neighbours: []page.Place{place, place}, Here: []page.Statement{statement}}}},
			Alongside: &page.Alongside{Title: nasty, Rows: []page.Companion{{Place: place, Count: "2 projects", Shared: []page.Place{place}}}, More: 2},
			Timeline:  &page.Timeline{Years: []int{2020, 2021}, Rows: []page.TimelineRow{{What: nasty, Href: "/x", Period: nasty, Told: nasty, Bar: true, Open: true, Len: 6, Marks: []int{3}}, {What: nasty}}, More: 1},
			Near:      &page.Ring{Width: 900, Height: 300, Centre: dot, Dots: []page.RingRecord{dot, {Guessed: true}}, More: 2},
			Named:     page.Named{Total: 9, All: "/x", Texts: []page.Mentioned{{Source: place, Date: "2021", Pieces: []page.Piece{{Text: nasty}, {Text: nasty, Match: true}}}, {}}}}}},
	} {
		var b bytes.Buffer
		if err := s.pages[f.Template].ExecuteTemplate(&b, "layout", f); err != nil {
			t.Errorf("%s (%s): %v", f.Template, f.Title, err)
			continue
		}
		if text := b.String(); strings.Contains(text, "alert(\"x\")</script>") || strings.Contains(text, "style=") {
			t.Errorf("%s (%s): text became markup", f.Template, f.Title)
		}
		d := xml.NewDecoder(&b)
		d.Entity = xml.HTMLEntity
		for err == nil {
			_, err = d.Token()
		}
		if err != io.EOF {
			t.Errorf("%s (%s): %v", f.Template, f.Title, err)
		}
		err = nil
	}
}

// What pages link to without a template stays with this service.
func TestLinksStayWithin(t *testing.T) {
	for address, ok := range map[string]bool{
		"/borough/camden": true, "/search?q=a&b=//c": true, "/": true,
		"//elsewhere.example": false, `/\elsewhere.example`: false, "https://elsewhere.example": false, "javascript:alert(1)": false, "": false,
	} {
		want := "#"
		if ok {
			want = address
		}
		if got := within(address); got != want {
			t.Errorf("%q leads to %q", address, got)
		}
	}
}
