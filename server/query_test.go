package server_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"lotigraph/record"
	"lotigraph/server"
)

// The question that the programme asks most: who joined what, and who says so.
func TestParticipations(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	const question = `{ participations(filter:{project:"Community Engagement Playbook"}%s) { nodes { borough { name } partner { name } project { name } role status evidence { quote weeknote { name date } } } totalCount proposalsLeftOut } }`
	if got := fields(t, s.answer(t, fmt.Sprintf(question, ""), nil).Data); got != `{"participations":{"nodes":[],"proposalsLeftOut":3,"totalCount":0}}` {
		t.Errorf("proposals are not to be shown, but counted: %s", got)
	}
	a := s.answer(t, fmt.Sprintf(question, ", lens:{proposed:true}"), nil)
	row := func(end, name, quote string) string {
		other := map[string]string{"borough": "partner", "partner": "borough"}[end]
		ends := map[string]string{end: fmt.Sprintf(`{"name":%q}`, name), other: "null"}
		return fmt.Sprintf(`{"borough":%s,"evidence":[{"quote":%q,"weeknote":{"date":"2020-11-30","name":"LOTI: Weeknote 70"}}],"partner":%s,"project":{"name":"Community Engagement Playbook"},"role":null,"status":"PROPOSED"}`,
			ends["borough"], quote, ends["partner"])
	}
	want := `{"nodes":[` + strings.Join([]string{
		row("borough", "Kingston upon Thames", "Kingston and Sutton joined the Playbook."),
		row("borough", "Sutton", "Kingston and Sutton joined the Playbook."),
		row("partner", "Snook", "Snook is the partner"),
	}, ",") + `],"proposalsLeftOut":0,"totalCount":3}`
	if got := fields(t, a.at(t, "participations")); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if a.Extensions["dataVersion"] != a.header.Get("X-Data-Version") || a.Extensions["dataVersion"] == "" {
		t.Errorf("data version %v in the extensions, %q in the header", a.Extensions["dataVersion"], a.header.Get("X-Data-Version"))
	}
}

func TestLensIsInherited(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	a := s.answer(t, `{ participations(lens:{proposed:true}, first:1) { nodes { project { funders { name aliases } none: funders(lens:{proposed:false}) { name } links(types:[FUNDED_BY]) { nodes { to { ... on Partner { funds { boroughs { name } } } } } } } } } }`, nil)
	project := a.at(t, "participations", "nodes", 0, "project")
	want := `{"funders":[{"aliases":["MHCLG"],"name":"Ministry of Housing, Communities and Local Government"}],` +
		`"links":{"nodes":[{"to":{"funds":[{"boroughs":[{"name":"Kingston upon Thames"},{"name":"Sutton"}]}]}}]},"none":[]}`
	if got := fields(t, project); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRecords(t *testing.T) {
	s := start(t, server.Config{Licence: "CC BY 4.0"})
	s.programme(t)
	for _, c := range []struct{ name, query, want string }{
		{"node", `{ node(id:"borough:sutton") { id kind name aliases summary url revision ... on Borough { onsCode tile { column row } } } }`,
			`{"node":{"aliases":[],"id":"borough:sutton","kind":"BOROUGH","name":"Sutton","onsCode":"E09000029","revision":1,"summary":null,"tile":{"column":3,"row":6},"url":null}}`},
		{"no such node", `{ node(id:"borough:atlantis") { id } }`, `{"node":null}`},
		{"nodes in order", `{ nodes(ids:["partner:snook","borough:atlantis","borough:sutton"]) { name } }`, `{"nodes":[{"name":"Snook"},null,{"name":"Sutton"}]}`},
		{"find by alias", `{ find(name:"mhclg") { id } }`, `{"find":[{"id":"partner:ministry-of-housing-communities-and-local-government"}]}`},
		{"find by kind", `{ find(name:"Sutton", kinds:[PROJECT]) { id } }`, `{"find":[]}`},
		{"boroughs", `{ boroughs { totalCount nodes { name } } }`, `{"boroughs":{"nodes":[{"name":"Kingston upon Thames"},{"name":"Sutton"}],"totalCount":2}}`},
		{"projects by theme", `{ projects(filter:{themes:["Participation"]}) { nodes { name themes status start end } } }`,
			`{"projects":{"nodes":[{"end":null,"name":"Community Engagement Playbook","start":null,"status":"live","themes":["participation"]}]}}`},
		{"projects by status", `{ projects(filter:{statuses:["finished"]}) { totalCount } }`, `{"projects":{"totalCount":0}}`},
		{"partners by sector", `{ partners(filter:{sectors:["private"]}, orderBy:NAME) { nodes { name sector } } }`, `{"partners":{"nodes":[{"name":"Snook","sector":"private"}]}}`},
		{"people", `{ people { nodes { name } } }`, `{"people":{"nodes":[{"name":"Eddie Copeland"}]}}`},
		{"weeknotes", `{ weeknotes { nodes { title number date form author visibility version source titleSpan { start end } bylineSpan { start } authors(lens:{proposed:true}) { name } } } }`,
			`{"weeknotes":{"nodes":[{"author":"Eddie Copeland","authors":[{"name":"Eddie Copeland"}],"bylineSpan":{"start":100},"date":"2020-11-30","form":"WEEKNOTE","number":70,"source":"weeknote-70.txt","title":"LOTI: Weeknote 70","titleSpan":{"end":11,"start":0},"version":1,"visibility":"PUBLIC"}]}}`},
		{"weeknotes of another form", `{ weeknotes(filter:{forms:[BLOG]}) { totalCount } }`, `{"weeknotes":{"totalCount":0}}`},
		{"weeknotes of every form, before a date", `{ weeknotes(filter:{forms:[], to:"2019"}) { totalCount } }`, `{"weeknotes":{"totalCount":0}}`},
		{"link counts", `{ node(id:"project:community-engagement-playbook") { linkCounts(lens:{proposed:true}) { type direction count } } }`,
			`{"node":{"linkCounts":[{"count":1,"direction":"OUT","type":"FUNDED_BY"},{"count":2,"direction":"IN","type":"JOINED"},{"count":1,"direction":"IN","type":"PARTNER_IN"},{"count":1,"direction":"IN","type":"MENTIONS"}]}}`},
		{"links", `{ node(id:"partner:snook") { links(types:[PARTNER_IN], direction:OUT, lens:{proposed:true}) { totalCount nodes { type from { name } to { name } role since until status confidence unsourced certain evidence { quote start end date method superseded version } } } } }`,
			`{"node":{"links":{"nodes":[{"certain":true,"confidence":0.75,"evidence":[{"date":"2020-11-30","end":74,"method":"test","quote":"Snook is the partner","start":54,"superseded":false,"version":1}],"from":{"name":"Snook"},"role":null,"since":null,"status":"PROPOSED","to":{"name":"Community Engagement Playbook"},"type":"PARTNER_IN","unsourced":false,"until":null}],"totalCount":1}}}`},
		{"proposals left out", `{ node(id:"partner:snook") { links(types:[PARTNER_IN]) { totalCount proposalsLeftOut } } }`, `{"node":{"links":{"proposalsLeftOut":1,"totalCount":0}}}`},
		{"possible before the evidence", `{ node(id:"partner:snook") { links(types:[PARTNER_IN], lens:{proposed:true, asOf:"2020-01-01"}) { nodes { certain } } } }`, `{"node":{"links":{"nodes":[{"certain":false}]}}}`},
		{"mentions", `{ node(id:"borough:sutton") { mentions { totalCount nodes { date weeknote { name } passages { quote } } } } }`,
			`{"node":{"mentions":{"nodes":[{"date":"2020-11-30","passages":[{"quote":"Sutton"}],"weeknote":{"name":"LOTI: Weeknote 70"}}],"totalCount":1}}}`},
		{"dataset", `{ dataset(lens:{asOf:"2021-05-17"}) { counts { kind count } proposalsWaiting licence lens { asOf proposed viewer } } }`,
			`{"dataset":{"counts":[{"count":1,"kind":"WEEKNOTE"},{"count":1,"kind":"PROJECT"},{"count":2,"kind":"BOROUGH"},{"count":1,"kind":"PERSON"},{"count":2,"kind":"PARTNER"}],"lens":{"asOf":"2021-05-17","proposed":false,"viewer":"PUBLIC"},"licence":"CC BY 4.0","proposalsWaiting":5}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fields(t, s.answer(t, c.query, nil).Data); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestBody(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	a := s.answer(t, `{ weeknotes { nodes { body mainSpan { start end } } } node(id:"partner:snook") { links(lens:{proposed:true}, direction:OUT) { nodes { evidence { quote start end weeknote { body } } } } } }`, nil)
	if a.at(t, "weeknotes", "nodes", 0, "body") != note {
		t.Error("the body is not the text as it was stored")
	}
	e := a.at(t, "node", "links", "nodes", 0, "evidence", 0).(map[string]any)
	var from, to int
	fmt.Sscan(fmt.Sprint(e["start"], " ", e["end"]), &from, &to)
	if note[from:to] != e["quote"] {
		t.Errorf("body[%d:%d] is not %q", from, to, e["quote"])
	}
}

func TestSearch(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	a := s.answer(t, `{ search(query:"Playbook", first:1) { totalCount nodes { name } edges { cursor score node { name kind } snippets { text field marks { start end } pieces { text match } span { start } } } pageInfo { hasNextPage endCursor } } }`, nil)
	if got := a.at(t, "search", "nodes", 0, "name"); got != "Community Engagement Playbook" {
		t.Errorf("the record of that name is not first: %s", a.raw)
	}
	next := s.answer(t, `query($after:String) { search(query:"Playbook", first:1, after:$after) { nodes { name } } }`, map[string]any{"after": a.at(t, "search", "pageInfo", "endCursor")})
	if got := next.at(t, "search", "nodes", 0, "name"); got != "LOTI: Weeknote 70" {
		t.Errorf("the text that says the word is not second: %s", next.raw)
	}
	only := s.answer(t, `{ search(query:"Playbook", filter:{kinds:[WEEKNOTE], forms:[WEEKNOTE]}) { totalCount edges { snippets { pieces { text match } } } } }`, nil)
	if !strings.Contains(only.raw, `"match":true`) {
		t.Errorf("no snippet marks the word: %s", only.raw)
	}
}

func TestPaging(t *testing.T) {
	s := start(t, server.Config{})
	for i := range 7 {
		s.commit(t, fmt.Sprint("person", i), record.Op{SaveNode: &record.SaveNode{Kind: record.PersonKind,
			Node: record.Node{Name: fmt.Sprintf("Person %c", 'A'+i), Stated: record.Public}}})
	}
	const page = `query($after:String) { people(first:3, after:$after) { totalCount nodes { name } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
	var names []string
	after := any(nil)
	for more := true; more; {
		a := s.answer(t, page, map[string]any{"after": after})
		for _, n := range a.at(t, "people", "nodes").([]any) {
			names = append(names, n.(map[string]any)["name"].(string))
		}
		if got := a.at(t, "people", "pageInfo", "hasPreviousPage"); got != (after != nil) {
			t.Errorf("hasPreviousPage is %v", got)
		}
		more, after = a.at(t, "people", "pageInfo", "hasNextPage").(bool), a.at(t, "people", "pageInfo", "endCursor")
		s.commit(t, fmt.Sprint("between", len(names)), record.Op{SaveNode: &record.SaveNode{Kind: record.PersonKind,
			Node: record.Node{Name: "Aaron " + fmt.Sprint(len(names)), Stated: record.Public}}})
	}
	if got := strings.Join(names, ", "); got != "Person A, Person B, Person C, Person D, Person E, Person F, Person G" {
		t.Errorf("pages read while others write: %s", got)
	}
}

// A bad argument is refused with its name and the reason.
func TestBadArguments(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	for _, c := range []struct{ query, code, field, says string }{
		{`{ boroughs(first:101) { nodes { id } } }`, "BAD_USER_INPUT", "first", "1 to 100"},
		{`{ boroughs(first:0) { nodes { id } } }`, "BAD_USER_INPUT", "first", "1 to 100"},
		{`{ boroughs(first:-3) { nodes { id } } }`, "BAD_USER_INPUT", "first", "1 to 100"},
		{`{ node(id:"borough:sutton") { links(first:1000) { totalCount } } }`, "BAD_USER_INPUT", "first", "1 to 100"},
		{`{ search(query:"x", first:500) { totalCount } }`, "BAD_USER_INPUT", "first", "1 to 100"},
		{`{ boroughs(after:"nonsense") { nodes { id } } }`, "BAD_USER_INPUT", "after", "cursor"},
		{`{ node(id:"nonsense") { id } }`, "BAD_USER_INPUT", "id", "borough:camden"},
		{`{ dataset(lens:{asOf:"2021-05"}) { dataVersion } }`, "BAD_USER_INPUT", "lens.asOf", "2021-05-17"},
		{`{ weeknotes(filter:{from:"soon"}) { totalCount } }`, "BAD_USER_INPUT", "filter.from", "2021-05"},
		{`{ participations(filter:{project:"Atlantis"}) { totalCount } }`, "NOT_FOUND", "", "Atlantis"},
		{`{ boroughs(orderBy:SIZE) { totalCount } }`, "GRAPHQL_VALIDATION_FAILED", "", "SIZE"},
		{`{ boroughs { population } }`, "GRAPHQL_VALIDATION_FAILED", "", "population"},
		{`{ boroughs {`, "GRAPHQL_PARSE_FAILED", "", "Expected"},
	} {
		a := s.ask(t, c.query, nil)
		if a.code() != c.code {
			t.Errorf("%s: %s", c.query, a.raw)
			continue
		}
		if field, _ := a.Errors[0].Extensions["field"].(string); c.field != "" && field != c.field {
			t.Errorf("%s: the field is %q: %s", c.query, field, a.raw)
		}
		if !strings.Contains(a.Errors[0].Message, c.says) {
			t.Errorf("%s: %q does not say %q", c.query, a.Errors[0].Message, c.says)
		}
	}
}

// All fields of one answer come from one view, whatever is written meanwhile.
func TestOneView(t *testing.T) {
	s := start(t, server.Config{})
	const people = 60
	for i := range people {
		s.commit(t, fmt.Sprint("person", i), record.Op{SaveNode: &record.SaveNode{Kind: record.PersonKind,
			Node: record.Node{Name: fmt.Sprintf("Person %02d", i), Stated: record.Public}}})
	}
	var writers sync.WaitGroup
	stop := make(chan struct{})
	writers.Go(func() {
		for i := people; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			s.commit(t, fmt.Sprint("more", i), record.Op{SaveNode: &record.SaveNode{Kind: record.PersonKind,
				Node: record.Node{Name: fmt.Sprintf("Person %03d", i), Stated: record.Public}}})
		}
	})
	for range 20 {
		a := s.answer(t, `{ people(first:50) { totalCount nodes { id name aliases revision linkCounts { count } worksFor { name } } } a:dataset { dataVersion counts { kind count } } b:dataset { dataVersion } }`, nil)
		if v := a.at(t, "a", "dataVersion"); v != a.at(t, "b", "dataVersion") || v != a.Extensions["dataVersion"] {
			t.Fatalf("versions differ within an answer: %s", a.raw)
		}
		if total, counted := a.at(t, "people", "totalCount"), a.at(t, "a", "counts", 3, "count"); total != counted {
			t.Fatalf("%v people by the list, %v by the counts", total, counted)
		}
		if n := len(a.at(t, "people", "nodes").([]any)); n != 50 {
			t.Fatalf("%d people on a page of 50", n)
		}
	}
	close(stop)
	writers.Wait()
}
