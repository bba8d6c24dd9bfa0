package server_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lotigraph/ingest"
	"lotigraph/seed"
	"lotigraph/server"
)

// seeded serves the starter programme on a day that does not move.
func seeded(t testing.TB) *service {
	t.Helper()
	s := start(t, server.Config{Now: func() time.Time { return time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC) }})
	if _, err := s.importer.Folder(t.Context(), seed.FS(), ingest.Options{Actor: "seed"}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.publisher.Wait(t.Context(), s.store.Version()); err != nil {
		t.Fatal(err)
	}
	return s
}

const askQuery = `query($q: String!) { ask(question: $q) { understood sentence template operation slots { name value } table { columns rows { cells records links } } links { id } nodes { id } otherReadings } }`

// The operation of every template, and the one that an answer carries, give what
// the typed question gives.
func TestQuestionsAreOperations(t *testing.T) {
	s := seeded(t)
	questions := s.answer(t, `{ questions { name example operation period slots { name kinds about } } }`, nil).at(t, "questions").([]any)
	if len(questions) < 20 {
		t.Fatalf("%d questions", len(questions))
	}
	for _, q := range questions {
		q := q.(map[string]any)
		a := s.answer(t, askQuery, map[string]any{"q": q["example"]})
		if a.at(t, "ask", "template") != q["name"] {
			t.Errorf("%s is read as %v", q["example"], a.at(t, "ask", "template"))
			continue
		}
		want := fields(t, []any{a.at(t, "ask", "understood"), a.at(t, "ask", "sentence"), a.at(t, "ask", "table")})
		variables := map[string]any{}
		for _, slot := range a.at(t, "ask", "slots").([]any) {
			slot := slot.(map[string]any)
			variables[slot["name"].(string)] = slot["value"]
		}
		for _, same := range []answered{s.answer(t, q["operation"].(string), variables), s.answer(t, a.at(t, "ask", "operation").(string), nil)} {
			if got := fields(t, []any{same.at(t, "askTemplate", "understood"), same.at(t, "askTemplate", "sentence"), same.at(t, "askTemplate", "table")}); got != want {
				t.Errorf("%s: typed\n%s\nby name\n%s", q["name"], want, got)
			}
		}
		linked := fields(t, a.at(t, "ask", "links"))
		named := fields(t, a.at(t, "ask", "nodes"))
		columns := len(a.at(t, "ask", "table", "columns").([]any))
		rows := a.at(t, "ask", "table", "rows").([]any)
		if len(rows) == 0 {
			t.Errorf("the example of %s finds nothing: %s", q["name"], a.at(t, "ask", "sentence"))
		}
		for _, row := range rows {
			row := row.(map[string]any)
			if len(row["cells"].([]any)) != columns {
				t.Errorf("%s: %v has not %d cells", q["name"], row["cells"], columns)
			}
			for _, id := range row["links"].([]any) {
				if !strings.Contains(linked, fields(t, id)) {
					t.Errorf("%s: the row %v rests on %s, which is not among the links", q["name"], row["cells"], id)
				}
			}
			if first := row["records"].([]any)[0]; !strings.Contains(named, fields(t, first)) {
				t.Errorf("%s: %s is in the table and not among the nodes", q["name"], first)
			}
		}
	}
}

// Answers agree with what the rest of the API says of the same.
func TestAnswersAgree(t *testing.T) {
	s := seeded(t)
	first := func(question string) (ids []string) {
		for _, row := range s.answer(t, askQuery, map[string]any{"q": question}).at(t, "ask", "table", "rows").([]any) {
			id := row.(map[string]any)["records"].([]any)[0].(string)
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
		return ids
	}
	listed := func(query string, path ...any) (ids []string) {
		for _, n := range s.answer(t, query, nil).at(t, path...).([]any) {
			ids = append(ids, n.(map[string]any)["id"].(string))
		}
		slices.Sort(ids)
		return ids
	}
	called := func(arguments string, states ...string) (ids []string) {
		for _, row := range s.answer(t, `{ rollCall(`+arguments+`) { rows { state borough { id } } } }`, nil).at(t, "rollCall", "rows").([]any) {
			row := row.(map[string]any)
			if slices.Contains(states, row["state"].(string)) {
				ids = append(ids, row["borough"].(map[string]any)["id"].(string))
			}
		}
		slices.Sort(ids)
		return ids
	}
	for question, want := range map[string][]string{
		"Which boroughs joined the Strategic Insights Tool?":            called(`project: "Strategic Insights Tool"`, "JOINED", "LEFT"),
		"Which boroughs are in Strategic Insights Tool on 1 July 2023?": called(`project: "Strategic Insights Tool", lens: {asOf: "2023-07-01"}`, "JOINED"),
		"Which boroughs have not joined Family Context?":                called(`project: "Family Context"`, "NEVER", "UNKNOWN", "LEFT"),
		"Which boroughs are members of LOTI?":                           called(`memberOf: "LOTI"`, "JOINED"),
		"Which boroughs have not joined any homelessness project?":      called(`theme: "homelessness"`, "NEVER", "UNKNOWN", "LEFT"),
		"Who works for Westminster?":                                    listed(`{ node(id: "borough:westminster") { ... on Borough { people { id } } } }`, "node", "people"),
		"Who funds the Community Engagement Playbook?":                  listed(`{ node(id: "project:community-engagement-playbook") { ... on Project { funders { id } } } }`, "node", "funders"),
		"Which partners work on City Tools?":                            listed(`{ node(id: "project:city-tools") { ... on Project { partners { id } } } }`, "node", "partners"),
		"What did Onyeka write?":                                        listed(`{ node(id: "person:onyeka-onyekwelu") { ... on Person { wrote { id } } } }`, "node", "wrote"),
		"Which texts mention Snook?":                                    listed(`{ search(query: "", filter: {kinds: [WEEKNOTE], partners: ["Snook"]}, first: 100) { nodes { id } } }`, "search", "nodes"),
	} {
		if got := first(question); len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s\nanswers %v\nwant    %v", question, got, want)
		}
	}
}

// Bad arguments are named, with what is wrong with them.
func TestAskRefuses(t *testing.T) {
	s := seeded(t)
	for query, want := range map[string]string{
		`{ askTemplate(name: "who-knows", slots: []) { sentence } }`:                                                                             `name: no question is called "who-knows"`,
		`{ askTemplate(name: "funders", slots: []) { sentence } }`:                                                                               `slots: the slot "project" is empty`,
		`{ askTemplate(name: "funders", slots: [{name: "borough", value: "Camden"}]) { sentence } }`:                                             `has no slot "borough"; it has project`,
		`{ askTemplate(name: "funders", slots: [{name: "project", value: "Camden"}]) { sentence } }`:                                             `nothing of that sort is called "Camden"`,
		`{ askTemplate(name: "together", slots: [{name: "one", value: "Camden"}, {name: "two", value: "LB Camden"}]) { sentence } }`:             `two slots are filled with the same record`,
		`{ askTemplate(name: "funders", slots: [{name: "project", value: "City Tools"}, {name: "project", value: "City Tools"}]) { sentence } }`: `filled twice`,
		`{ askTemplate(name: "what-is", slots: [{name: "thing", value: "Camden"}], from: "2020") { sentence } }`:                                 `asks about no period`,
		`{ askTemplate(name: "funders", slots: [{name: "project", value: "City Tools"}], from: "2021", to: "2020") { sentence } }`:               `2020 is before 2021`,
		fmt.Sprintf(`{ ask(question: %q) { sentence } }`, strings.Repeat("why ", 3000)):                                                          `more than the 10000 allowed`,
		`{ ask(question: "Who funds City Tools?", lens: {asOf: "2021"}) { sentence } }`:                                                          `2021`,
	} {
		if a := s.ask(t, query, nil); a.code() != "BAD_USER_INPUT" && a.code() != "NOT_FOUND" || !strings.Contains(a.raw, strings.ReplaceAll(want, `"`, `\"`)) {
			t.Errorf("%.200s\n%.600s\nwant %s", query, a.raw, want)
		}
	}
}
