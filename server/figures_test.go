package server_test

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/seed"
	"lotigraph/server"
)

// A figure on a page is the one that GraphQL gives for the same question through the
// same lens.
func TestPagesCountAsGraphQL(t *testing.T) {
	s := start(t, server.Config{})
	if _, err := s.importer.Folder(t.Context(), seed.FS(), ingest.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.publisher.Wait(t.Context(), s.store.Version()); err != nil {
		t.Fatal(err)
	}
	for _, lens := range []struct{ page, graph string }{{"", "{}"}, {"as_of=2020-01-15", `{asOf:"2020-01-15"}`}, {"proposed=true", "{proposed:true}"}, {"as_of=2021-06-01&proposed=true", `{asOf:"2021-06-01", proposed:true}`}} {
		t.Run(lens.page, func(t *testing.T) {
			for _, count := range []func(*testing.T, *service, string, string){matrixFigures, rollFigures, neighbourhoodFigures, facetFigures, boroughFigures} {
				count(t, s, lens.page, lens.graph)
			}
		})
	}
}

// number reads a figure of an answer.
func number(t *testing.T, a answered, path ...any) int {
	t.Helper()
	return whole(t, a.at(t, path...))
}

func whole(t *testing.T, v any) int {
	t.Helper()
	n, err := strconv.Atoi(fmt.Sprint(v))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// counted is a figure with its noun, as pages write it.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n) + " " + many
}

func matrixFigures(t *testing.T, s *service, pageLens, lens string) {
	a := s.answer(t, `{ matrix(lens:`+lens+`) { total proposalsLeftOut rows { borough { id name } total roles evidenceCounts cells { role project { name } certain status evidenceCount link { evidence { start } certain } } } columns { project { id name } total } } }`, nil)
	rows, columns := a.at(t, "matrix", "rows").([]any), a.at(t, "matrix", "columns").([]any)
	page := s.page(t, "/matrix?"+pageLens)
	holds(t, page, counted(len(rows), "borough", "boroughs")+" in "+counted(len(columns), "project", "projects")+": "+counted(number(t, a, "matrix", "total"), "participation", "participations"))
	if left := number(t, a, "matrix", "proposalsLeftOut"); (left > 0) != strings.Contains(page, counted(left, "proposed link is", "proposed links are")+" left out") {
		t.Errorf("%d proposals are left out, and the page says otherwise", left)
	}
	if total := number(t, a, "matrix", "total"); strings.Count(page, `<a class="cell `) != total || total == 0 {
		t.Errorf("%d cells on the page, %d by GraphQL", strings.Count(page, `<a class="cell `), total)
	}
	for _, row := range rows {
		r := row.(map[string]any)
		borough := r["borough"].(map[string]any)
		holds(t, page, fmt.Sprintf(`">%s</a></th><td class="matrix__total">%v</td>`, html.EscapeString(borough["name"].(string)), r["total"]))
		inShort := map[string]any{} // by project
		for i, role := range r["roles"].([]any) {
			if (role == nil) != (fmt.Sprint(r["evidenceCounts"].([]any)[i]) == "0") {
				t.Errorf("%v: role %v by %v passages", borough["name"], role, r["evidenceCounts"].([]any)[i])
			}
			if role != nil {
				inShort[columns[i].(map[string]any)["project"].(map[string]any)["name"].(string)] = role
			}
		}
		if fmt.Sprint(len(inShort)) != fmt.Sprint(r["total"]) {
			t.Errorf("%v joined %v, in short %v", borough["name"], r["total"], inShort)
		}
		for _, cell := range r["cells"].([]any) {
			c := cell.(map[string]any)
			link := c["link"].(map[string]any)
			if role, short := c["role"], inShort[c["project"].(map[string]any)["name"].(string)]; short != role && (role != nil || short != "joined") {
				t.Errorf("%v: a cell says %v, in short %v", borough["name"], role, short)
			}
			if c["certain"] != link["certain"] || fmt.Sprint(c["evidenceCount"]) != fmt.Sprint(len(link["evidence"].([]any))) {
				t.Errorf("a cell says %v", c)
			}
		}
	}
	if pairs := listedPairs(t, s, lens); pairs != number(t, a, "matrix", "total") {
		t.Errorf("%d boroughs in projects by the list, %d by the matrix", pairs, number(t, a, "matrix", "total"))
	}
	foot := regexp.MustCompile(`<tfoot>.*</tfoot>`).FindString(strings.ReplaceAll(page, "\n", " "))
	want := fmt.Sprintf(`<tfoot><tr><th scope="row">Total</th><td class="matrix__total">%d</td>`, number(t, a, "matrix", "total"))
	for _, column := range columns {
		want += fmt.Sprintf("<td>%v</td>", column.(map[string]any)["total"])
	}
	if foot != want+"</tr></tfoot>" {
		t.Errorf("the totals are %s, by GraphQL %s", foot, want)
	}
}

// listedPairs counts the boroughs in projects that a list of participations has, page
// by page.
func listedPairs(t *testing.T, s *service, lens string) int {
	t.Helper()
	pairs, listed, after := map[string]bool{}, 0, "null"
	for after != "" {
		a := s.answer(t, `{ participations(first:60, after:`+after+`, lens:`+lens+`) { totalCount nodes { certain borough { id } project { id } link { certain } } pageInfo { hasNextPage endCursor } } }`, nil)
		for _, node := range a.at(t, "participations", "nodes").([]any) {
			p := node.(map[string]any)
			if p["certain"] != p["link"].(map[string]any)["certain"] {
				t.Errorf("a participation says %v", p)
			}
			if p["borough"] != nil {
				pairs[fmt.Sprint(p["borough"], p["project"])] = true
			}
			listed++
		}
		if after = ""; a.at(t, "participations", "pageInfo", "hasNextPage") == true {
			after = fmt.Sprintf("%q", a.at(t, "participations", "pageInfo", "endCursor"))
		} else if n := number(t, a, "participations", "totalCount"); n != listed {
			t.Errorf("%d participations listed, %d counted", listed, n)
		}
	}
	return len(pairs)
}

func rollFigures(t *testing.T, s *service, pageLens, lens string) {
	for _, project := range []string{"community-engagement-playbook", "loti-data-academy", "rough-sleeping-insights-project"} {
		a := s.answer(t, `{ rollCall(project:"project:`+project+`", lens:`+lens+`) { joined left unknown never total } }`, nil)
		page := s.page(t, "/project/"+project+"?"+pageLens)
		holds(t, page, fmt.Sprintf("%d of London’s %d authorities joined", number(t, a, "rollCall", "joined"), number(t, a, "rollCall", "total")))
		sum := 0
		for state, words := range map[string]string{"joined": "Joined", "left": "Joined, and left", "unknown": "May have joined: a text or a proposal suggests it", "never": "Nothing says that it joined"} {
			n := number(t, a, "rollCall", state)
			holds(t, page, fmt.Sprintf("<span>%s: %d</span>", words, n))
			sum += n
		}
		if sum != 33 || number(t, a, "rollCall", "total") != 33 {
			t.Errorf("%s: the roll adds up to %d", project, sum)
		}
	}
}

func neighbourhoodFigures(t *testing.T, s *service, pageLens, lens string) {
	var types []string
	for _, lt := range record.LinkTypes() {
		if !lt.Derived() {
			types = append(types, lt.String())
		}
	}
	for _, id := range []string{"borough:camden", "project:community-engagement-playbook", "borough:hackney"} {
		for depth := 1; depth <= 2; depth++ {
			a := s.answer(t, fmt.Sprintf(`{ neighbourhood(id:%q, depth:%d, first:60, types:[%s], lens:%s) { totalNodes complete note counts { count } nodes { distance } links { id } } }`, id, depth, strings.Join(types, " "), lens), nil)
			page := s.page(t, fmt.Sprintf("/explore?focus=%s&depth=%d&%s", id, depth, pageLens))
			links, nodes := len(a.at(t, "neighbourhood", "links").([]any)), len(a.at(t, "neighbourhood", "nodes").([]any))
			if links == 0 {
				holds(t, page, "Nothing is linked with")
				continue
			}
			sum := 0
			for _, c := range a.at(t, "neighbourhood", "counts").([]any) {
				sum += whole(t, c.(map[string]any)["count"])
			}
			_, table, _ := strings.Cut(page, `id="records"`)
			table, rest, _ := strings.Cut(table, "</table>")
			if got := strings.Count(table, `<tr class="govuk-table__row"><th scope="row"`); got != nodes+1 {
				t.Errorf("%s, %d steps: %d records on the page, %d by GraphQL beside the one in the middle", id, depth, got-1, nodes)
			}
			if got := strings.Count(rest, "Report a mistake"); got != links || sum != links {
				t.Errorf("%s, %d steps: %d links on the page, %d by GraphQL, %d by its counts", id, depth, got, links, sum)
			}
			if note, ok := a.at(t, "neighbourhood", "note").(string); ok {
				holds(t, page, html.EscapeString(note))
			}
		}
	}
}

func facetFigures(t *testing.T, s *service, pageLens, lens string) {
	facet := regexp.MustCompile(`<span>(?:<span class="govuk-visually-hidden">Remove </span>)?([^<]*?)(?: <span aria-hidden="true">×</span>)?</span> <span class="numeric">([\d,]+)</span>`)
	for _, q := range []struct{ page, graph string }{{"q=data", `query:"data"`}, {"q=&borough=borough:camden", `query:"", filter:{boroughs:["borough:camden"]}`}, {"q=playbook&kind=WEEKNOTE", `query:"playbook", filter:{kinds:[WEEKNOTE]}`}} {
		a := s.answer(t, `{ search(`+q.graph+`, lens:`+lens+`) { totalCount facets(keys:[BOROUGH, PROJECT, PARTNER, THEME, YEAR], first:8) { key more values { label count } } } }`, nil)
		page := s.page(t, "/search?"+q.page+"&"+pageLens)
		checked := 0
		for _, f := range a.at(t, "search", "facets").([]any) {
			one := f.(map[string]any)
			_, part, found := strings.Cut(page, `id="facet-`+strings.ToLower(one["key"].(string))+`"`)
			if !found {
				continue
			}
			part, _, _ = strings.Cut(part, "</details>")
			shown := map[string]string{}
			for _, m := range facet.FindAllStringSubmatch(part, -1) {
				shown[html.UnescapeString(m[1])] = strings.ReplaceAll(m[2], ",", "")
			}
			for _, v := range one["values"].([]any) {
				value := v.(map[string]any)
				if got, there := shown[value["label"].(string)]; there && got != fmt.Sprint(value["count"]) {
					t.Errorf("%s, %v: the page counts %s of %v, GraphQL %v", q.page, one["key"], got, value["label"], value["count"])
				} else if there {
					checked++
				}
			}
		}
		if checked < 5 {
			t.Errorf("%s: %d counts were found on the page", q.page, checked)
		}
		if !strings.Contains(page, fmt.Sprintf(`<h1 class="govuk-heading-l">%d `, number(t, a, "search", "totalCount"))) {
			t.Errorf("%s: the page does not begin with how many GraphQL counts", q.page)
		}
	}
}

func boroughFigures(t *testing.T, s *service, pageLens, lens string) {
	for _, slug := range []string{"camden", "hackney", "sutton"} {
		a := s.answer(t, `{ boroughBrief(borough:"borough:`+slug+`", lens:`+lens+`) { projectCount allProjectCount led { node { id } } joined { node { id } } borough { name projects { id } linkCounts { type count } } } }`, nil)
		page := s.page(t, "/borough/"+slug+"?"+pageLens)
		holds(t, page, fmt.Sprintf("joined %d of the %s that any borough joined", number(t, a, "boroughBrief", "projectCount"), counted(number(t, a, "boroughBrief", "allProjectCount"), "project", "projects")))
		for _, c := range a.at(t, "boroughBrief", "borough", "linkCounts").([]any) {
			if count := c.(map[string]any); count["type"] == "JOINED" {
				holds(t, page, fmt.Sprintf(`Projects it joined <span class="meta group__total">%v</span>`, count["count"]))
			}
		}
	}
}
