package server_test

import (
	"strings"
	"testing"

	"lotigraph/ingest"
	"lotigraph/seed"
	"lotigraph/server"
)

// The whole brief passes the limits, and a name that no borough has is said to be none.
func TestBoroughBrief(t *testing.T) {
	s := start(t, server.Config{})
	if _, err := s.importer.Folder(t.Context(), seed.FS(), ingest.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.publisher.Wait(t.Context(), s.store.Version()); err != nil {
		t.Fatal(err)
	}
	const line = "{ sentence certain role since until node { name } link { id } evidence { quote weeknote { name } } }"
	a := s.answer(t, `{ boroughBrief(borough:"E09000007") { borough { name } led `+line+` joined `+line+` left `+line+` people `+line+` formerPeople `+line+` memberships `+line+`
		neighbours { name } sharedPartners { partner { name } neighbours { name } here { sentence } there { sentence } } similar { borough { name } score shared { name } }
		notJoined { project { name } count by { sentence } } lastMention { weeknote { name } passages { quote } } mentionCount projectCount allProjectCount proposalsLeftOut lens { proposed } } }`, nil)
	got := fields(t, a.at(t, "boroughBrief"))
	for _, want := range []string{"Camden joined Inclusive digital place-based engagement as lead.", "(lead Camden, partner Middlesbrough Council, £80,000)",
		`{"name":"Barnet"}`, "Sudip Trivedi worked for Camden", "FutureGov"} {
		if !strings.Contains(got, want) {
			t.Errorf("the brief of Camden does not say %q", want)
		}
	}
	if a := s.ask(t, `{ boroughBrief(borough:"Bristol") { projectCount } }`, nil); a.code() != "NOT_FOUND" || !strings.Contains(string(a.raw), "Bristol") {
		t.Errorf("Bristol: %s", a.raw)
	}
}
