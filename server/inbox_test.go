package server_test

import (
	"strings"
	"testing"

	"lotigraph/server"
)

const lanterns = "Weeknote 1\n\nSutton joined the “Bright Lamps” project, which is funded by the Lantern Foundation.\n\nSnook runs Bright Lamps.\n"

// A text is pasted, what it leaves open is listed and settled, and the answers
// show it; all of it through the API.
func TestInboxOverTheAPI(t *testing.T) {
	s := start(t, server.Config{Token: token})
	s.programme(t)
	s.answer(t, `mutation($b:String!) { importText(name:"pasted.md", body:$b) { added } }`, map[string]any{"b": lanterns}, token)
	if a := s.ask(t, `{ inbox { totalCount } }`, nil); a.code() != "UNAUTHENTICATED" {
		t.Errorf("the public reads the inbox: %s", a.raw)
	}
	const list = `{ inbox(filter:{sorts:[NAME]}) { totalCount nodes { id sort question settles name { kind name textCount linkCount rule evidence { quote weeknote { name } } } link { id } pair { score } } pageInfo { hasNextPage } } }`
	a := s.answer(t, list, nil, token)
	if got := fields(t, a.at(t, "inbox", "nodes", 0)); !strings.Contains(got, `"question":"Is Bright Lamps a project?"`) || !strings.Contains(got, `"name":{"evidence":[{"quote":"Sutton joined the “Bright Lamps” project`) {
		t.Errorf("first in the inbox: %s", got)
	}
	a = s.answer(t, `mutation { acceptName(kind:PROJECT, name:"bright lamps", reason:"it is one") { node { id name } texts proposals changes } }`, nil, token)
	if got := fields(t, a.at(t, "acceptName", "node")); got != `{"id":"project:bright-lamps","name":"Bright Lamps"}` {
		t.Errorf("accepted %s", got)
	}
	s.answer(t, `mutation { acceptName(kind:PARTNER, name:"Lantern Foundation", input:{name:"The Lantern Foundation", sector:"charity"}) { node { id } } }`, nil, token)
	links := s.answer(t, `{ inbox(filter:{source:"weeknote:weeknote-1", types:[JOINED]}) { nodes { question link { id evidence { quote } } } } }`, nil, token)
	id := links.at(t, "inbox", "nodes", 0, "link", "id")
	right := s.answer(t, `mutation($id:ID!) { correctLink(id:$id, input:{role:"lead", since:"2021-05"}) { link { id role since status confidence } change } }`, map[string]any{"id": id}, token)
	if got := fields(t, right.at(t, "correctLink", "link")); !strings.Contains(got, `"role":"lead","since":"2021-05","status":"CONFIRMED"`) {
		t.Errorf("corrected %s", got)
	}
	all := s.answer(t, `mutation { reviewAll(source:"weeknote:weeknote-1", status:CONFIRMED) { settled changes } }`, nil, token)
	if fields(t, all.at(t, "reviewAll", "settled")) == "0" {
		t.Error(all.raw)
	}
	got := s.answer(t, `{ participations(filter:{project:"Bright Lamps"}) { nodes { borough { name } partner { name } role since evidence { quote } } } }`, nil)
	if text := fields(t, got.Data); !strings.Contains(text, `"role":"lead"`) || !strings.Contains(text, "Snook") {
		t.Errorf("the answers: %s", text)
	}
	if a := s.ask(t, `mutation { reviewAll(status:REJECTED) { settled } }`, nil, token); a.code() != "BAD_USER_INPUT" {
		t.Errorf("everything at once: %s", a.raw)
	}
}

// Records are merged, seen as one under each id, and parted again.
func TestMergingOverTheAPI(t *testing.T) {
	s := start(t, server.Config{Token: token})
	s.programme(t)
	s.answer(t, `mutation { saveNode(input:{kind:PARTNER, name:"Snook Ltd", visibility:PUBLIC}) { node { id } } }`, nil, token)
	s.answer(t, `mutation { saveLink(input:{type:PARTNER_IN, from:"partner:snook-ltd", to:"project:community-engagement-playbook", evidence:[{weeknote:"weeknote:loti-weeknote-70", quote:"Snook is the partner"}]}) { link { id } } }`, nil, token)
	pairs := s.answer(t, `{ inbox(filter:{sorts:[PAIR]}) { nodes { id question pair { a { id } b { id } score reasons { text shared { name } } } } } }`, nil, token)
	if got := fields(t, pairs.at(t, "inbox", "nodes", 0, "pair")); !strings.Contains(got, "alike but for “Ltd”") || !strings.Contains(got, "Community Engagement Playbook") {
		t.Errorf("possible duplicates: %s", got)
	}
	preview := s.answer(t, `{ mergePreview(from:"partner:snook-ltd", into:"partner:snook") { from { name } into { name } names moves { type direction count } joins refusal } }`, nil, token)
	if got := fields(t, preview.at(t, "mergePreview")); got != `{"from":{"name":"Snook Ltd"},"into":{"name":"Snook"},"joins":1,"moves":[{"count":1,"direction":"OUT","type":"PARTNER_IN"}],"names":["Snook Ltd"],"refusal":null}` {
		t.Errorf("preview: %s", got)
	}
	merged := s.answer(t, `mutation { merge(from:"partner:snook-ltd", into:"partner:snook") { node { id aliases mergedFrom links { totalCount } } change } }`, nil, token)
	if got := fields(t, merged.at(t, "merge", "node")); !strings.Contains(got, `"aliases":["Snook Ltd"],"id":"partner:snook"`) || !strings.Contains(got, `"mergedFrom":["partner:snook-ltd"]`) {
		t.Errorf("merged: %s", got)
	}
	const asked = `{ node(id:"partner:snook-ltd") { id } search(query:"snook") { totalCount nodes { id } } participations(filter:{partner:"Snook Ltd"}) { totalCount nodes { partner { id } evidence { quote } } } rulings { id sort from { id } to { id } } }`
	if got := fields(t, s.answer(t, asked, nil).Data); !strings.Contains(got, `"node":{"id":"partner:snook"}`) || !strings.Contains(got, `"participations":{"nodes":[{"evidence":[{"quote":"Snook is the partner"}],"partner":{"id":"partner:snook"}}],"totalCount":1}`) || !strings.Contains(got, `"sort":"SAME"`) {
		t.Errorf("while they are one: %s", got)
	}
	s.answer(t, `mutation { unmerge(id:"partner:snook-ltd") { node { id mergedFrom } } notTheSame(a:"partner:snook", b:"partner:snook-ltd") { outcome } }`, nil, token)
	if got := fields(t, s.answer(t, asked, nil).Data); !strings.Contains(got, `"node":{"id":"partner:snook-ltd"}`) || !strings.Contains(got, `"sort":"DISTINCT"`) {
		t.Errorf("apart: %s", got)
	}
	if a := s.ask(t, `mutation { merge(from:"partner:snook", into:"partner:snook-ltd") { change } }`, nil, token); a.code() != "CONFLICT" {
		t.Errorf("against a ruling: %s", a.raw)
	}
	if got := fields(t, s.answer(t, `{ inbox(filter:{sorts:[PAIR]}) { totalCount } }`, nil, token).Data); got != `{"inbox":{"totalCount":0}}` {
		t.Errorf("asked again: %s", got)
	}
}
