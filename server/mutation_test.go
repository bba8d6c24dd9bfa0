package server_test

import (
	"strings"
	"testing"

	"lotigraph/record"
	"lotigraph/server"
)

func TestWhoMayChange(t *testing.T) {
	const change = `mutation { saveNode(input:{kind:PARTNER, name:"Snook"}) { node { id } } }`
	off, on := start(t, server.Config{}), start(t, server.Config{Token: token})
	for _, c := range []struct {
		name   string
		s      *service
		bearer []string
		status int
		code   string
	}{
		{"no token configured", off, nil, 403, "FORBIDDEN"},
		{"no token configured, one sent", off, []string{token}, 401, "UNAUTHENTICATED"},
		{"no token sent", on, nil, 401, "UNAUTHENTICATED"},
		{"a wrong token", on, []string{token + "x"}, 401, "UNAUTHENTICATED"},
		{"an empty token", on, []string{""}, 401, "UNAUTHENTICATED"},
		{"the token", on, []string{token}, 200, ""},
	} {
		if a := c.s.ask(t, change, nil, c.bearer...); a.status != c.status || a.code() != c.code {
			t.Errorf("%s: %d %s", c.name, a.status, a.raw)
		}
	}
	if a := on.ask(t, `{ dataset { dataVersion } }`, nil, "wrong"); a.status != 401 || a.Data != nil || a.header.Get("WWW-Authenticate") == "" {
		t.Errorf("reading with a wrong token: %d %s", a.status, a.raw)
	}
	if a := on.send(t, "GET", "/graphql?query={__typename}", "", "Authorization", "Basic eDp5"); a.status != 401 {
		t.Errorf("reading with another scheme: %d %s", a.status, a.raw)
	}
}

func TestTokenSeesMore(t *testing.T) {
	s := start(t, server.Config{Token: token})
	s.commit(t, "hidden", record.Op{SaveNode: &record.SaveNode{Kind: record.PersonKind, Node: record.Node{Name: "Nobody Named"}}})
	const question = `{ node(id:"person:nobody-named") { name } people { totalCount } dataset { lens { viewer } counts { count } } search(query:"Nobody Named") { totalCount } find(name:"Nobody Named") { id } }`
	if got := fields(t, s.answer(t, question, nil).Data); strings.Contains(got, "Nobody") || !strings.Contains(got, `"people":{"totalCount":0}`) || !strings.Contains(got, `"search":{"totalCount":0}`) {
		t.Errorf("the public sees %s", got)
	}
	if got := fields(t, s.answer(t, question, nil, token).Data); !strings.Contains(got, `"people":{"totalCount":1}`) || !strings.Contains(got, `"viewer":"STAFF"`) || !strings.Contains(got, `"search":{"totalCount":1}`) {
		t.Errorf("staff see %s", got)
	}
}

// A mutation's payload, and everything asked afterwards, holds the mutation.
func TestOwnWrites(t *testing.T) {
	s := start(t, server.Config{Token: token})
	s.programme(t)
	a := s.answer(t, `mutation { saveNode(input:{kind:PROJECT, name:"Thirty3", aliases:["City Tools"], visibility:PUBLIC, project:{status:"live", themes:["jobs"], start:"2019-07"}}, reason:"test") {
		node { id name revision ... on Project { start themes } } outcome change dataVersion } }`, nil, token)
	if got := fields(t, a.at(t, "saveNode", "node")); got != `{"id":"project:thirty3","name":"Thirty3","revision":1,"start":"2019-07","themes":["jobs"]}` {
		t.Errorf("saved %s", got)
	}
	if a.at(t, "saveNode", "outcome") != "CREATED" || a.at(t, "saveNode", "dataVersion") != a.Extensions["dataVersion"] {
		t.Error(a.raw)
	}
	if got := s.answer(t, `{ projects { totalCount } }`, nil); fields(t, got.Data) != `{"projects":{"totalCount":2}}` {
		t.Errorf("afterwards %s", got.raw)
	}
}

func TestLinksAreSavedAndReviewed(t *testing.T) {
	s := start(t, server.Config{Token: token})
	s.programme(t)
	const asked = `query { participations(filter:{borough:"Sutton"}) { nodes { link { id revision } status confidence } proposalsLeftOut } }`
	all := s.answer(t, strings.Replace(asked, "Sutton\"}", "Sutton\"}, lens:{proposed:true}", 1), nil)
	id := all.at(t, "participations", "nodes", 0, "link", "id")

	conflict := s.ask(t, `mutation($id:ID!) { reviewLink(id:$id, status:CONFIRMED, expectRevision:7) { change } }`, map[string]any{"id": id}, token)
	if conflict.code() != "CONFLICT" || conflict.status != 200 || !strings.Contains(conflict.Errors[0].Message, "1") {
		t.Errorf("a stale revision: %d %s", conflict.status, conflict.raw)
	}
	done := s.answer(t, `mutation($id:ID!) { reviewLink(id:$id, status:CONFIRMED, expectRevision:1, reason:"read it") { link { status from { name } } change } }`, map[string]any{"id": id}, token)
	if got := fields(t, done.at(t, "reviewLink", "link")); got != `{"from":{"name":"Sutton"},"status":"CONFIRMED"}` {
		t.Errorf("reviewed %s", got)
	}
	if got := s.answer(t, asked, nil); got.at(t, "participations", "nodes", 0, "status") != "CONFIRMED" {
		t.Errorf("afterwards %s", got.raw)
	}
	undone := s.answer(t, `mutation($c:ID!) { undo(change:$c) { ids outcome } }`, map[string]any{"c": done.at(t, "reviewLink", "change")}, token)
	if fields(t, undone.at(t, "undo", "ids")) != fields(t, []any{id}) {
		t.Errorf("undone %s", undone.raw)
	}
	if got := fields(t, s.answer(t, asked, nil).Data); got != `{"participations":{"nodes":[],"proposalsLeftOut":1}}` {
		t.Errorf("after the undo %s", got)
	}
	a := s.answer(t, `mutation { saveLink(input:{type:JOINED, from:"borough:sutton", to:"project:community-engagement-playbook", role:"pilot", since:"2020-11",
		evidence:[{weeknote:"weeknote:loti-weeknote-70", quote:"Kingston and Sutton joined the Playbook."}]}) { link { id role since status confidence evidence { quote start method } } outcome } }`, nil, token)
	if got := a.at(t, "saveLink", "link", "role"); got != "pilot" {
		t.Error(a.raw)
	}
	refused := s.ask(t, `mutation { saveLink(input:{type:JOINED, from:"borough:sutton", to:"project:community-engagement-playbook",
		evidence:[{weeknote:"weeknote:loti-weeknote-70", quote:"Words that nobody wrote."}]}) { link { id } } }`, nil, token)
	if field, _ := refused.Errors[0].Extensions["field"].(string); refused.code() != "BAD_USER_INPUT" || field != "input.evidence[0].quote" {
		t.Errorf("a quote that is not in the text: %s", refused.raw)
	}
}

func TestWithdrawing(t *testing.T) {
	s := start(t, server.Config{Token: token})
	s.programme(t)
	const asked = `{ weeknotes { totalCount } participations(lens:{proposed:true}) { nodes { status link { unsourced evidence { quote } } } } }`
	a := s.answer(t, `mutation { withdraw(id:"weeknote:loti-weeknote-70", reason:"a test") { ids outcome change } }`, nil, token)
	gone := s.answer(t, asked, nil, token)
	if got := fields(t, gone.at(t, "weeknotes")); got != `{"totalCount":0}` {
		t.Errorf("withdrawn, and yet %s", got)
	}
	if got := fields(t, gone.at(t, "participations", "nodes", 0)); got != `{"link":{"evidence":[],"unsourced":true},"status":"PROPOSED"}` {
		t.Errorf("a link without evidence: %s", got)
	}
	s.answer(t, `mutation($c:ID!) { undo(change:$c) { outcome } }`, map[string]any{"c": a.at(t, "withdraw", "change")}, token)
	if got := s.answer(t, asked, nil, token); got.at(t, "participations", "nodes", 0, "link", "unsourced") != false {
		t.Errorf("put back, and yet %s", got.raw)
	}
	for query, code := range map[string]string{
		`mutation { withdraw(id:"weeknote:no-such-note") { change } }`: "NOT_FOUND",
		`mutation { undo(change:"4711") { change } }`:                  "NOT_FOUND",
		`mutation { undo(change:"yesterday") { change } }`:             "BAD_USER_INPUT",
	} {
		if a := s.ask(t, query, nil, token); a.code() != code {
			t.Errorf("%s: %s", query, a.raw)
		}
	}
}

// Saying a change again under its id returns what happened then.
func TestChangeIDs(t *testing.T) {
	s := start(t, server.Config{Token: token})
	const change = `mutation { saveNode(input:{kind:PARTNER, name:"Snook", visibility:PUBLIC}, changeId:"once") { change outcome node { revision } } }`
	first := fields(t, s.answer(t, change, nil, token).Data)
	if second := fields(t, s.answer(t, change, nil, token).Data); second != first {
		t.Errorf("first %s, then %s", first, second)
	}
}

func TestRefusedRecords(t *testing.T) {
	s := start(t, server.Config{Token: token})
	for _, c := range []struct{ input, field string }{
		{`{kind:PARTNER, name:" "}`, "input.name"},
		{`{name:"Snook"}`, "input.kind"},
		{`{kind:PROJECT, name:"P", project:{status:"asleep"}}`, "input.project.status"},
		{`{kind:BOROUGH, name:"B"}`, "input.borough"},
		{`{kind:PARTNER, name:"P", url:"nowhere"}`, "input.url"},
		{`{kind:PARTNER, name:"P", expectRevision:1}`, "input.expectRevision"},
	} {
		a := s.ask(t, `mutation { saveNode(input:`+c.input+`) { change } }`, nil, token)
		if a.code() != "BAD_USER_INPUT" || a.Errors[0].Extensions["field"] != c.field {
			t.Errorf("%s: %s", c.input, a.raw)
		}
	}
}

func TestImportText(t *testing.T) {
	s := start(t, server.Config{Token: token})
	s.commit(t, "known", record.Op{SaveNode: &record.SaveNode{Kind: record.BoroughKind,
		Node: record.Node{Name: "Sutton", Borough: &record.Borough{ONSCode: "E09000029", Column: 3, Row: 6}}}})
	const imported = `mutation($body:String!, $dry:Boolean! = false) { importText(name:"weeknote-7.md", body:$body, dryRun:$dry) {
		added changed unchanged recordsAdded linksProposed mentions unknown { kind name count } problems { file line field reason } saved { name } dataVersion } }`
	body := map[string]any{"body": "---\ntitle: Weeknote 7\ndate: 2020-01-31\n---\n\nSutton had a good week.\n"}
	dry := s.answer(t, imported, map[string]any{"body": body["body"], "dry": true}, token)
	if got := fields(t, dry.at(t, "importText", "added")); got != "1" || dry.Extensions["dataVersion"] != "1" {
		t.Errorf("a dry run: %s", dry.raw)
	}
	a := s.answer(t, imported, body, token)
	if fields(t, a.at(t, "importText", "saved")) != `[{"name":"Weeknote 7"}]` || fields(t, a.at(t, "importText", "mentions")) != "1" {
		t.Errorf("imported: %s", a.raw)
	}
	if again := s.answer(t, imported, body, token); fields(t, again.at(t, "importText", "unchanged")) != "1" || again.Extensions["dataVersion"] != a.Extensions["dataVersion"] {
		t.Errorf("imported again: %s", again.raw)
	}
	if bad := s.answer(t, imported, map[string]any{"body": " "}, token); !strings.Contains(bad.raw, `"reason"`) {
		t.Errorf("an empty text: %s", bad.raw)
	}
	large := map[string]any{"body": "---\ntitle: Weeknote 8\n---\n\n" + strings.Repeat("A long week. ", 40_000)}
	if a := s.ask(t, imported, large, token); a.status != 200 || len(a.Errors) > 0 {
		t.Errorf("a text of half a megabyte: %d %.300s", a.status, a.raw)
	}
	if a := s.ask(t, imported, large); a.status != 413 || a.code() != "REQUEST_TOO_LARGE" {
		t.Errorf("without a token: %d %.300s", a.status, a.raw)
	}
	if a := s.ask(t, `query($body:String!) { find(name:$body) { id } }`, large, token); a.status != 413 {
		t.Errorf("a query of half a megabyte: %d %.300s", a.status, a.raw)
	}
	if a := s.ask(t, imported, map[string]any{"body": strings.Repeat("A very long week. ", 80_000)}, token); a.status != 413 {
		t.Errorf("a text of over a megabyte: %d %.300s", a.status, a.raw)
	}
}
