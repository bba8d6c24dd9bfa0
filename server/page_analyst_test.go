package server_test

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"

	"lotigraph/record"
	"lotigraph/server"
)

// page gets a page of a service, whose markup must be sound.
func (s *service) page(t testing.TB, path string) string {
	t.Helper()
	a := s.send(t, "GET", path, "", "Accept", "text/html")
	if a.status != 200 {
		t.Fatalf("GET %s: %d %s", path, a.status, a.raw)
	}
	wellFormed(t, a.raw)
	return a.raw
}

// holds says which of some pieces a page lacks.
func holds(t testing.TB, page string, pieces ...string) {
	t.Helper()
	for _, want := range pieces {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
}

// An analyst reads the matrix, narrows it, and follows a cell to its sentence.
func TestMatrixPage(t *testing.T) {
	s := start(t, server.Config{})
	holds(t, s.page(t, "/matrix"), "0 boroughs in 0 projects", "No borough took part in a project that fits")
	s.programme(t)
	holds(t, s.page(t, "/matrix"), "No borough took part") // nobody has confirmed it

	graph := s.ask(t, `{ matrix(lens: {proposed: true}) { total rows { total } columns { total } } }`, nil)
	page := s.page(t, "/matrix?proposed=true")
	cell := `href="/matrix/sutton/community-engagement-playbook?proposed=true"`
	holds(t, page, "2 boroughs in 1 project: 2 participations", cell, `cell--proposed`, `/export/matrix.csv?proposed=true`)
	if got, want := fmt.Sprint(strings.Count(page, `<a class="cell `)), fmt.Sprint(graph.at(t, "matrix", "total")); got != want {
		t.Errorf("%s cells, GraphQL counts %s", got, want)
	}
	turned := s.page(t, "/matrix?proposed=true&turned=true&order=total")
	holds(t, turned, cell, `<th scope="row"><a class="govuk-link" href="/project/community-engagement-playbook?proposed=true">`)

	holds(t, s.page(t, "/matrix?proposed=true&theme=housing"), "0 boroughs in 0 projects", "Remove filter </span>Theme: housing")
	holds(t, s.page(t, "/matrix?proposed=true&theme=participation&to=2019"), "2 boroughs") // nobody knows when they joined
	for _, bad := range []string{"role=king", "from=yesterday", "theme=" + strings.Repeat("x", 3), "to=2021-13"} {
		a := s.send(t, "GET", "/matrix?"+bad, "", "Accept", "text/html")
		if want := 400; strings.HasPrefix(bad, "theme") == (a.status == want) {
			t.Errorf("%s: %d", bad, a.status)
		}
	}

	holds(t, s.page(t, "/matrix/sutton/community-engagement-playbook?proposed=true"), "Sutton in Community Engagement Playbook</h1>",
		"Kingston and Sutton joined the Playbook.", "Texts that name both")
	holds(t, s.page(t, "/matrix/sutton/community-engagement-playbook"), "No text that we have says that Sutton took part")
	if a := s.send(t, "GET", "/matrix/atlantis/community-engagement-playbook", "", "Accept", "text/html"); a.status != 404 {
		t.Errorf("a borough that is not there: %d", a.status)
	}

	csv := s.send(t, "GET", "/export/matrix.csv?proposed=true", "").raw
	if want := "borough,Community Engagement Playbook\nKingston upon Thames,joined (proposed)\nSutton,joined (proposed)\n"; csv != want {
		t.Errorf("the file says %q", csv)
	}
	if csv := s.send(t, "GET", "/export/matrix.csv?theme=housing", "").raw; csv != "borough\n" {
		t.Errorf("an empty matrix: %q", csv)
	}
}

// A matrix of many projects is shown a part at a time; its totals are of all.
func TestMatrixPageInParts(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	const many = 43
	for i := range many {
		name := fmt.Sprintf("Project %02d", i)
		s.commit(t, "the matrix grows by "+name, record.Op{SaveNode: &record.SaveNode{Kind: record.ProjectKind, Handle: "#new", Node: record.Node{Name: name, Stated: record.Public}}},
			record.Op{SaveLink: &record.SaveLink{Link: record.Link{Type: record.Joined, From: "borough:sutton", To: "#new", Status: record.Confirmed, Confidence: 1,
				Evidence: []record.Evidence{{Text: "weeknote:loti-weeknote-70", Quote: "Kingston and Sutton joined the Playbook.", Method: record.Curated, Confidence: 1}}}}})
	}
	if err := s.publisher.Wait(t.Context(), s.store.Version()); err != nil {
		t.Fatal(err)
	}
	total := fmt.Sprintf(`<a class="govuk-link" href="/borough/sutton">Sutton</a></th><td class="matrix__total">%d</td>`, many)
	for path, want := range map[string]struct {
		cells int
		says  []string
	}{
		"/matrix":               {36, []string{"Projects 1 to 36 of 43; totals are of all.", `href="/matrix?after=36"`, total}},
		"/matrix?after=36":      {7, []string{"Projects 37 to 43 of 43", `href="/matrix?after=0"`, total}},
		"/matrix?after=999":     {1, []string{"Projects 43 to 43 of 43"}},
		"/matrix?turned=true":   {36, []string{"Projects 1 to 36 of 43", `href="/matrix?after=36&amp;turned=true"`}},
		"/matrix?theme=nothing": {0, []string{"0 boroughs in 0 projects"}},
	} {
		page := s.page(t, path)
		holds(t, page, want.says...)
		if got := strings.Count(page, `<a class="cell `); got != want.cells {
			t.Errorf("%s: %d cells, want %d", path, got, want.cells)
		}
	}
	s.page(t, "/about") // which looks at projects of which nothing but the name is known
	if a := s.send(t, "GET", "/matrix?after=soon", "", "Accept", "text/html"); a.status != 400 || !strings.Contains(a.raw, "is not a number of projects") {
		t.Errorf("after=soon: %d", a.status)
	}
}

// Somebody asks in words, and by filling in a question; the page and the API give
// one answer.
func TestAskPage(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	holds(t, s.page(t, "/ask"), "Which boroughs joined …? (a project)", "Which boroughs joined …? (a partner organisation)", `href="/ask?template=boroughs-joined"`)

	question := "Which boroughs joined the Community Engagement Playbook?"
	page := s.page(t, "/ask?proposed=true&q="+url.QueryEscape(question))
	graph := s.ask(t, `query($q: String!) { ask(question: $q, lens: {proposed: true}) { understood sentence operation table { rows { cells } } } }`, map[string]any{"q": question})
	holds(t, page, fmt.Sprint(graph.at(t, "ask", "sentence")), fmt.Sprint(graph.at(t, "ask", "understood"))+"</h2>", "Kingston and Sutton joined the Playbook.",
		html.EscapeString(fmt.Sprint(graph.at(t, "ask", "operation"))), `<a class="govuk-link" href="/borough/sutton?proposed=true">Sutton</a>`)
	if got, want := strings.Count(page, `<tr class="govuk-table__row"><td`), len(graph.at(t, "ask", "table", "rows").([]any)); got != want || want != 2 {
		t.Errorf("the page has %d rows, GraphQL %d", got, want)
	}

	holds(t, s.page(t, "/ask?template=boroughs-joined&proposed=true"), `name="project"`, `data-suggest="/suggest?kind=PROJECT&amp;proposed=true"`, `name="proposed" value="true"`)
	holds(t, s.page(t, "/ask?template=boroughs-joined&proposed=true&project=the+Playbook"), fmt.Sprint(graph.at(t, "ask", "sentence")))
	holds(t, s.page(t, "/ask?template=theme-projects"), `<option value="participation">Participation</option>`)
	for path, want := range map[string]string{
		"/ask?template=partners-both&one=Sutton&two=":                   `href="#two"`,
		"/ask?template=boroughs-joined&project=the+Playbook&from=never": `href="#from"`,
		"/ask?template=boroughs-joined&project=Atlantis":                "Atlantis",
	} {
		a := s.send(t, "GET", path, "", "Accept", "text/html")
		wellFormed(t, a.raw)
		if a.status != 422 && a.status != 404 || !strings.Contains(a.raw, want) {
			t.Errorf("%s: %d lacks %s", path, a.status, want)
		}
	}
	if a := s.send(t, "GET", "/ask?template=nonsense", "", "Accept", "text/html"); a.status != 404 {
		t.Errorf("a question that is not there: %d", a.status)
	}
	holds(t, s.page(t, "/ask?proposed=true&q=how+are+sutton+and+snook+linked"), `href="/explore/paths?from=borough%3Asutton&amp;proposed=true&amp;to=partner%3Asnook"`)
	holds(t, s.page(t, "/ask?q=colourless+green+ideas"), "Not read as a question", "I could not read this as a question")
	holds(t, s.page(t, "/ask?q=a+%3Cscript%3E&as_of=2020-12-01"), `value="a &lt;script&gt;"`)
}

// A question typed into the search box has its answer above the results; a name
// has none.
func TestSearchAnswers(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	found := s.page(t, "/search?proposed=true&q=which+boroughs+joined+the+playbook")
	holds(t, found, `class="answer"`, "joined Community Engagement Playbook: Kingston upon Thames and Sutton", `href="/ask?proposed=true&amp;q=which`)
	for _, typed := range []string{"sutton", "community+engagement+playbook", "playbook+pays", "", "which+boroughs+joined+the+playbook&kind=BOROUGH"} {
		if page := s.page(t, "/search?proposed=true&q="+typed); strings.Contains(page, `class="answer"`) {
			t.Errorf("%q is answered", typed)
		}
	}
}

// An analyst looks at what is around a record, step by step; the tables and the
// files say what the picture shows.
func TestExplorePage(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	holds(t, s.page(t, "/explore"), "Begin with a borough", `href="/explore?focus=Sutton"`)
	page := s.page(t, "/explore?proposed=true&focus=snook")
	holds(t, page, "What is around Snook</h1>", "Snook with 1 record around it and 1 link", `data-id="project:community-engagement-playbook"`,
		"open=project%3Acommunity-engagement-playbook", "Snook is the partner", `/export/gexf?focus=partner%3Asnook&amp;proposed=true`)

	opened := s.page(t, "/explore?proposed=true&focus=snook&open=project:community-engagement-playbook")
	if deep := s.page(t, "/explore?proposed=true&focus=snook&depth=2"); picture(deep) == picture(page) || strings.Count(picture(deep), "<circle") != strings.Count(picture(opened), "<circle") {
		t.Error("opening the one neighbour is not what two steps show")
	}
	if dots, rows := strings.Count(picture(opened), "<circle"), strings.Count(opened, `<th scope="row"`); dots != 5 || rows != dots {
		t.Errorf("%d dots, %d records in the table", dots, rows)
	}
	links := s.ask(t, `{ node(id: "project:community-engagement-playbook") { linkCounts(lens: {proposed: true}) { type count } } }`, nil)
	want := 0
	for _, one := range links.at(t, "node", "linkCounts").([]any) {
		if count := one.(map[string]any); count["type"] != "MENTIONS" {
			n, _ := count["count"].(json.Number).Int64()
			want += int(n)
		}
	}
	if got := strings.Count(picture(opened), `class="line `); got != want || strings.Count(opened, `<li class="statement">`) != want {
		t.Errorf("%d lines; GraphQL counts %d links", got, want)
	}
	file := s.send(t, "GET", "/export/links.csv?proposed=true&focus=snook&depth=2", "").raw
	if got := strings.Count(file, "\n") - 1; got != want {
		t.Errorf("the file has %d links, the picture %d:\n%s", got, want, file)
	}

	holds(t, s.page(t, "/explore?proposed=true&focus=snook&type=MENTIONS"), "LOTI: Weeknote 70", `value="MENTIONS" checked="checked"`)
	holds(t, s.page(t, "/explore?focus=snook"), "Nothing is linked with Snook") // nothing is confirmed
	holds(t, s.page(t, "/explore?focus=snook&as_of=2020"), `aria-current="true">2020</a>`)
	for path, want := range map[string]int{"/explore?focus=atlantis": 422, "/explore?focus=snook&depth=9": 400, "/explore?focus=snook&type=LOVES": 400,
		"/export/gexf?focus=atlantis": 400, "/export/gexf?focus=snook&depth=x": 400, "/export/gexf?record=nonsense": 400, "/explore?focus=snook&open=nonsense": 200} {
		a := s.send(t, "GET", path, "", "Accept", "text/html")
		if a.status != want {
			t.Errorf("%s: %d, not %d", path, a.status, want)
		}
		wellFormed(t, a.raw)
	}
}

// picture is the drawing on a page.
func picture(page string) string {
	_, rest, _ := strings.Cut(page, "<svg")
	drawing, _, _ := strings.Cut(rest, "</svg>")
	return drawing
}

// How are Sutton and Snook linked? By a project; and without it, not at all but by
// the text that names both.
func TestPathsPage(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	holds(t, s.page(t, "/explore/paths"), "Type two records")
	page := s.page(t, "/explore/paths?proposed=true&from=sutton&to=snook&through=PROJECT")
	graph := s.ask(t, `{ paths(from: "Sutton", to: "Snook", through: [PROJECT], lens: {proposed: true}) { note paths { hops { sentence } } } }`, nil)
	found := graph.at(t, "paths", "paths").([]any)
	if got := strings.Count(page, `<section class="path">`); got != len(found) || got != 1 {
		t.Errorf("%d paths on the page, %d by GraphQL", got, len(found))
	}
	for i := range 2 {
		holds(t, page, html.EscapeString(fmt.Sprint(graph.at(t, "paths", "paths", 0, "hops", i, "sentence"))))
	}
	holds(t, page, "All times", "1 way from sutton to snook", "Kingston and Sutton joined the Playbook.", "Snook is the partner", "avoid=project%3Acommunity-engagement-playbook",
		html.EscapeString(fmt.Sprint(graph.at(t, "paths", "note"))), "/export/links.csv?proposed=true&amp;record=borough%3Asutton&amp;record=project")
	if file := s.send(t, "GET", "/export/links.csv?proposed=true&record=borough:sutton&record=project:community-engagement-playbook&record=partner:snook", "").raw; strings.Count(file, "\n") != 3 {
		t.Errorf("the file of the path:\n%s", file)
	}

	holds(t, s.page(t, "/explore/paths?proposed=true&from=sutton&to=snook&through=PROJECT&avoid=project:community-engagement-playbook"),
		"0 ways from", "Not by way of Community Engagement Playbook", "No path of at most")
	straight, detours := s.page(t, "/explore/paths?proposed=true&from=sutton&to=snook"), s.page(t, "/explore/paths?proposed=true&from=sutton&to=snook&detours=true")
	if a, b := strings.Count(straight, `<section class="path">`), strings.Count(detours, `<section class="path">`); a == 0 || a >= b {
		t.Errorf("%d ways, and %d when those with a detour count too", a, b)
	}
	holds(t, detours, "Ways with a detour: ", `id="detours" name="detours" value="true" checked`)
	holds(t, s.page(t, "/explore/paths?proposed=true&from=sutton&to=snook&damped=false&overlapping=true"), "overlapping\" value=\"true\" checked", `<option value="false" selected="selected">`)
	for path, want := range map[string]int{"from=atlantis&to=snook": 422, "from=snook&to=": 422, "from=snook&to=Snook": 422, "from=snook&to=sutton&through=GHOST": 400, "from=snook&to=sutton&avoid=borough:atlantis": 404} {
		a := s.send(t, "GET", "/explore/paths?"+path, "", "Accept", "text/html")
		if a.status != want {
			t.Errorf("%s: %d, not %d", path, a.status, want)
		}
		wellFormed(t, a.raw)
	}
}

// The boroughs that share projects, with their measures as a table that can be
// sorted, and as a picture.
func TestNetworkPage(t *testing.T) {
	s := start(t, server.Config{})
	holds(t, s.page(t, "/explore/network"), "Nobody shares anything")
	s.programme(t)
	page := s.page(t, "/explore/network?of=BOROUGH&proposed=true")
	graph := s.ask(t, `{ network(of: BOROUGH, through: PROJECT, lens: {proposed: true}) { nodeCount edgeCount components } }`, nil)
	holds(t, page, "Boroughs that share projects</h1>", fmt.Sprintf("%s boroughs. %s pair shares something, which is 100 %% of all pairs that there could be. They fall into %s part", graph.at(t, "network", "nodeCount"), graph.at(t, "network", "edgeCount"), graph.at(t, "network", "components")),
		"They share", `/export/network.gexf?of=BOROUGH&amp;proposed=true`, "sort=betweenness", `aria-sort="descending"`, "Kingston upon Thames and Sutton share 1")
	if dots, rows := strings.Count(picture(page), "<circle"), strings.Count(page, `<th scope="row"`); dots != 2 || rows != 2 {
		t.Errorf("%d dots, %d rows", dots, rows)
	}
	sorted := s.page(t, "/explore/network?of=BOROUGH&proposed=true&sort=page_rank&weight=NEWMAN&from=2020&to=2021")
	holds(t, sorted, `<option value="NEWMAN" selected="selected">`, "2 boroughs", `/export/network.graphml?from=2020&amp;of=BOROUGH`)
	for path, want := range map[string]int{"of=GHOST": 400, "sort=beauty": 400, "weight=heavy": 400, "from=soon": 400, "of=BOROUGH&through=PERSON": 200, "of=PROJECT&through=BOROUGH": 200} {
		if a := s.send(t, "GET", "/explore/network?"+path, "", "Accept", "text/html"); a.status != want {
			t.Errorf("%s: %d, not %d", path, a.status, want)
		}
	}
}
