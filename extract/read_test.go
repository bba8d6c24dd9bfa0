package extract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lotigraph/record"
)

// published is the one text of the shared corpus that is as it was copied from
// the web, menus and footer included.
func published(t *testing.T) Reading {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(shared, "corpus", "weeknotes", "seed-weeknote-70.txt"))
	if err != nil {
		t.Skip("no shared corpus")
	}
	return Read(Source{Name: "seed-weeknote-70.txt", Body: strings.ReplaceAll(string(body), "\r\n", "\n")}, fewLexicon())
}

// link is a relation in words.
func link(r Reading, rel Relation) string {
	to := "this text"
	if rel.To != SelfText {
		to = r.Found[rel.To].Name
	}
	return strings.TrimSpace(r.Found[rel.From].Name + " " + rel.Type.String() + " " + to + " " + rel.Role)
}

func TestPublishedText(t *testing.T) {
	r := published(t)
	if r.Title != "LOTI: Weeknote 70" || r.Number != 70 || r.Date.String() != "2020-11-30" || r.Byline != "Eddie Copeland" || r.Form != record.FormWeeknote {
		t.Errorf("title %q, number %d, date %s, byline %q, form %s", r.Title, r.Number, r.Date, r.Byline, r.Form)
	}
	const kickOff = "Last week, we joined colleagues from LOTI boroughs Kingston, Sutton and Waltham Forest for the kick-off meeting of the highly anticipated MHCLG-funded project to develop a Community Engagement Playbook."
	want := map[string]string{
		"Kingston upon Thames JOINED Community Engagement Playbook participant":                         kickOff,
		"Sutton JOINED Community Engagement Playbook participant":                                       kickOff,
		"Waltham Forest JOINED Community Engagement Playbook participant":                               kickOff,
		"Community Engagement Playbook FUNDED_BY Ministry of Housing, Communities and Local Government": kickOff,
		"Snook PARTNER_IN Community Engagement Playbook delivery":                                       "Next up, the delivery partner (Snook) will be connected with:",
		"Eddie Copeland AUTHORED this text":                                                             "Eddie Copeland",
		"Genta WORKS_FOR London Office of Technology and Innovation Programme Manager":                  "",
		"PUBLIC PARTNER_IN Innovation in Procurement toolkit":                                           "",
	}
	for _, rel := range r.Relations {
		name := link(r, rel)
		if quote, ok := want[name]; ok {
			if got := rel.Span.Of(r.Text.Body); quote != "" && got != quote {
				t.Errorf("%s: quotes %q", name, got)
			}
			delete(want, name)
		}
	}
	for name := range want {
		t.Errorf("not found: %s", name)
	}
	for _, part := range []string{"Skip to content", "Join the LOTI conversation", "Sign up for our monthly newsletter"} {
		at := strings.LastIndex(r.Text.Body, part)
		if !slices.ContainsFunc(r.Text.Furniture, func(s record.Span) bool { return s.Contains(record.Span{Start: at, End: at + len(part)}) }) {
			t.Errorf("%q is not furniture", part)
		}
	}
	if main := r.Text.Main.Of(r.Text.Body); !strings.HasPrefix(main, "Improving how") || !strings.HasSuffix(main, "follow us on\u00a0Twitter.") {
		t.Errorf("the main part is %.30q … %q", main, main[len(main)-30:])
	}
}

func TestAbbreviationsBecomeFullNames(t *testing.T) {
	r := published(t)
	i := slices.IndexFunc(r.Found, func(f Found) bool { return slices.Contains(f.Aliases, "MHCLG") })
	if i < 0 || r.Found[i].Name != "Ministry of Housing, Communities and Local Government" || r.Found[i].Sector != "central government" {
		t.Errorf("MHCLG is not in %+v", r.Found)
	}
}

// TestFacts holds the shape that readings are compared in.
func TestFacts(t *testing.T) {
	r := Read(Source{Name: "notes/one.md", Body: "Weeknote 9\n\nAnn Lee\n\nCamden and Brent will pilot the Street Trees Toolkit. Ann Lee (Head of Data, Brent) leads the Street Trees Toolkit.\n"}, fewLexicon())
	got, err := json.Marshal(r.Facts("notes/one.md"))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"file":"one","title":"Weeknote 9","number":9,"date":null,"author":"Ann Lee","boroughs":["Camden","Brent"],` +
		`"people":[{"name":"Ann Lee","role":"Head of Data","organisation":"Brent"}],"organisations":[],"projects":["Street Trees Toolkit"],` +
		`"relations":[{"subject":"Ann Lee","predicate":"AUTHORED","object":"Weeknote 9","quote":"Ann Lee"},` +
		`{"subject":"Camden","predicate":"JOINED","object":"Street Trees Toolkit","role":"pilot","quote":"Camden and Brent will pilot the Street Trees Toolkit."},` +
		`{"subject":"Brent","predicate":"JOINED","object":"Street Trees Toolkit","role":"pilot","quote":"Camden and Brent will pilot the Street Trees Toolkit."},` +
		`{"subject":"Ann Lee","predicate":"WORKS_FOR","object":"Brent","role":"Head of Data","quote":"Ann Lee (Head of Data, Brent) leads the Street Trees Toolkit."},` +
		`{"subject":"Ann Lee","predicate":"LEADS","object":"Street Trees Toolkit","quote":"Ann Lee (Head of Data, Brent) leads the Street Trees Toolkit."}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	explained := r.Explain("one.md").Explain
	if len(explained.Names) != len(r.Found) || len(explained.Links) != len(r.Relations) || explained.Links[1].Rule == "" || explained.Links[1].Confidence == 0 {
		t.Errorf("explained as %+v", explained)
	}
}
