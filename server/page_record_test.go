package server_test

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/seed"
	"lotigraph/server"
)

// shows fetches a page, and looks for things in it.
func (s *service) shows(t testing.TB, path string, wants ...string) string {
	t.Helper()
	a := s.send(t, "GET", path, "", "Accept", "text/html")
	if a.status != 200 {
		t.Fatalf("%s: %d %s", path, a.status, a.raw)
	}
	wellFormed(t, a.raw)
	for _, want := range wants {
		if !strings.Contains(a.raw, want) {
			t.Errorf("%s lacks %s:\n%s", path, want, a.raw)
		}
	}
	return a.raw
}

// Every record of the small programme has its page, on which the sentence behind a
// link leads to the place in its text.
func TestRecordPages(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	const quiet, open = "/project/community-engagement-playbook", "/project/community-engagement-playbook?proposed=true"
	plain := s.shows(t, quiet, "4 proposed links are left out", `href="`+open+`"`, "0 of London’s 2 authorities joined", "Sutton: May have joined", `href="/search?kind=PROJECT&amp;theme=participation"`)
	if strings.Contains(plain, "Snook") {
		t.Errorf("a proposal is shown unasked:\n%s", plain)
	}
	page := s.shows(t, open, "2 of London’s 2 authorities joined", "Boroughs that joined", "Funders", "Snook is a partner in Community Engagement Playbook", "Kingston and Sutton joined the Playbook.")
	lands := regexp.MustCompile(`href="(/weeknote/loti-weeknote-70[^"]*)#passage"`).FindStringSubmatch(page)
	need(t, lands != nil, "no sentence leads to its text")
	s.shows(t, html.UnescapeString(lands[1]), `id="passage"`, `<a class="mention" href="/borough/sutton?proposed=true">Sutton</a>`, "Sutton</a> joined <a", "Community Engagement Playbook</a> is funded by", `title="Kingston upon Thames">Kingston</a>`)

	s.shows(t, "/borough/sutton?proposed=true", "Projects it joined", "Boroughs in the same projects", ">Kingston upon Thames</a>", "ONS code", "<mark>Sutton</mark>")
	s.shows(t, "/partner/snook?proposed=true", "Projects it works in", "Sector")
	s.shows(t, "/person/eddie-copeland?proposed=true", "Wrote", ">LOTI: Weeknote 70</a>")
	s.shows(t, "/person/eddie-copeland", "1 proposed link is left out", "Nothing is known yet", `href="/export/links.csv?focus=person%3Aeddie-copeland"`)
	s.shows(t, "/weeknote/loti-weeknote-70", `href="/export/links.csv?focus=weeknote%3Aloti-weeknote-70&amp;type=MENTIONS&amp;type=AUTHORED"`)
	s.shows(t, "/explore?focus=borough:sutton&type=MENTIONS", "</a> mentions <a", "Sutton</a>, on 30 November 2020")

	for path, want := range map[string]int{"/borough/nowhere": 404, "/project/%20x": 404, "/weeknote/loti-weeknote-70?passage=9-9999": 400, "/weeknote/loti-weeknote-70?version=x": 400, "/weeknote/loti-weeknote-70?version=2": 404} {
		if a := s.send(t, "GET", path, "", "Accept", "text/html"); a.status != want || want == 404 && !strings.Contains(a.raw, `role="search"`) {
			t.Errorf("%s: %d, not %d", path, a.status, want)
		}
	}
	s.commit(t, "merge", record.Op{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: record.Same, From: "partner:snook", To: "partner:ministry-of-housing-communities-and-local-government"}}})
	moved := s.send(t, "GET", "/partner/snook?proposed=true", "")
	if moved.status != 308 || moved.header.Get("Location") != "/partner/ministry-of-housing-communities-and-local-government?proposed=true" {
		t.Errorf("a merged record: %d %s", moved.status, moved.header.Get("Location"))
	}
	s.shows(t, moved.header.Get("Location"), "Also recorded as</dt><dd>Snook")
}

// What a text says, and of whom it is said, is counted on pages as by GraphQL.
func TestRecordPagesCountAsGraphQL(t *testing.T) {
	s := start(t, server.Config{})
	if _, err := s.importer.Folder(t.Context(), seed.FS(), ingest.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.publisher.Wait(t.Context(), s.store.Version()); err != nil {
		t.Fatal(err)
	}
	for _, lens := range []string{"", "as_of=2021-06-01", "proposed=true"} {
		argument := map[string]string{"": "{}", "as_of=2021-06-01": `{asOf:"2021-06-01"}`, "proposed=true": "{proposed:true}"}[lens]
		for _, id := range []string{"borough:camden", "project:community-engagement-playbook", "partner:london-office-of-technology-and-innovation", "person:eddie-copeland"} {
			n := s.answer(t, `query($id: ID!) { node(id:$id, lens:`+argument+`) { linkCounts { type direction count } links(types:[JOINED,PARTNER_IN,FUNDED_BY,WORKS_FOR,LEADS,AUTHORED,MEMBER_OF,SUCCEEDED_BY]) { proposalsLeftOut } } }`, map[string]any{"id": id})
			kind, slug, _ := strings.Cut(id, ":")
			page := s.shows(t, "/"+kind+"/"+slug+"?"+lens)
			for _, c := range n.at(t, "node", "linkCounts").([]any) {
				count := c.(map[string]any)
				lt, err := record.ParseLinkType(count["type"].(string))
				if err != nil {
					t.Fatal(err)
				}
				d := map[string]record.Direction{"OUT": record.Out, "IN": record.In}[count["direction"].(string)]
				want := fmt.Sprintf("%s <span class=\"meta group__total\">%v</span>", lt.Heading(d), count["count"])
				if lt == record.Mentions {
					want = fmt.Sprintf("Named in %v text", count["count"])
				}
				if !strings.Contains(page, want) {
					t.Errorf("%s, %s: the page lacks %q", id, lens, want)
				}
			}
			if left := fmt.Sprint(n.at(t, "node", "links", "proposalsLeftOut")); left != "0" && !strings.Contains(page, left+" proposed link") {
				t.Errorf("%s, %s: the page does not say that %s are left out", id, lens, left)
			}
		}
	}
}

// Of a record with many links its page tells some with their sentences, and the
// others page by page; every one is somewhere.
func TestManyLinks(t *testing.T) {
	s := start(t, server.Config{})
	const many = 64
	body := "Note"
	ops := []record.Op{{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Handle: "#snook", Node: record.Node{Name: "Snook", Stated: record.Public}}}}
	var links []record.Op
	for i := range many {
		handle, quote := fmt.Sprintf("#p%d", i), fmt.Sprintf("Snook works on Project %02d.", i)
		ops = append(ops, record.Op{SaveNode: &record.SaveNode{Kind: record.ProjectKind, Handle: handle, Node: record.Node{Name: fmt.Sprintf("Project %02d", i), Stated: record.Public}}})
		links = append(links, record.Op{SaveLink: &record.SaveLink{Link: record.Link{Type: record.PartnerIn, From: "#snook", To: record.ID(handle), Status: record.Confirmed, Confidence: 1,
			Evidence: []record.Evidence{{Text: "#note", Quote: quote, Method: "test", Confidence: 1}}}}})
		body += "\n\n" + quote
	}
	ops = append(ops, record.Op{SaveText: &record.SaveText{Handle: "#note", Title: "Note", Text: record.Text{Body: body, Main: record.Span{Start: 4, End: len(body)}},
		Details: record.Weeknote{Source: "note.md", Form: record.FormWeeknote, Visibility: record.Public}}})
	s.commit(t, "many", append(ops, links...)...)
	told := func(page string) int { return strings.Count(page, "1 sentence says so") }
	page := s.shows(t, "/partner/snook", "Projects it works in", fmt.Sprintf("Show all %d<", many))
	if n := told(page); n == 0 || n >= many {
		t.Errorf("%d of %d links are told at once", n, many)
	}
	seen := map[string]bool{}
	next := regexp.MustCompile(`href="(/partner/snook\?links=[^"]*)"`)
	for at := next.FindStringSubmatch(page); at != nil; at = next.FindStringSubmatch(page) {
		page = s.shows(t, html.UnescapeString(at[1]), fmt.Sprintf(" of %d<", many))
		for _, m := range regexp.MustCompile(`“Snook works on (Project \d\d)\.”`).FindAllStringSubmatch(page, -1) {
			if seen[m[1]] {
				t.Fatalf("%s is told twice", m[1])
			}
			seen[m[1]] = true
		}
	}
	if len(seen) != many {
		t.Errorf("page by page, %d of %d links are told", len(seen), many)
	}
	for _, at := range []string{"/partner/snook?links=partner_in-out&skip=x", "/partner/snook?links=partner_in-out&skip=-1"} {
		if a := s.send(t, "GET", at, "", "Accept", "text/html"); a.status != 400 {
			t.Errorf("%s: %d", at, a.status)
		}
	}
	s.shows(t, "/partner/snook?links=partner_in-out&skip=999")
}
