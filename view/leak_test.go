package view_test

import (
	"fmt"
	"testing"

	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/view"
)

// TestNothingHiddenLeaks asks the public's questions of two graphs, of which one
// also holds what only staff may see: every answer is the same, whether it is a
// total, a score, a count, a suggestion, a correction, a hint or a sentence.
func TestNothingHiddenLeaks(t *testing.T) {
	open, closed := publicView(t, false), publicView(t, true)
	staff := record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}
	if n := search(t, closed, staff, view.Request{Text: "zanzibar", First: 1}).Total; n != 3 {
		t.Fatalf("staff find %d", n)
	}
	for _, text := range []string{"", "camden", "zanzibar", "zanzibr", "zanz*", "zanz", "quillfeather", "quilfeather", "tamsin quill", "camden zanzibar",
		"camden zanzibar nowhere", `"secret zanzibar"`, "alpha NOT zanzibar", "person:tamsin", "person:quillfeather alpha", "theme:espionage", "theme:data",
		"kind:person", "year:1999", "before:2000", "project zanzibar OR alpha", "what is zanzibar about?", "who is tamsin quillfeather?", "partner:zanzibar", "kind:project",
		"alphaa", "espionag", "https://example.org/zanzibar", "example.org/zanzibar", "zanzibarpapers", "camdenzanzibar", "quill feather", "zanzi bar", "tq alpha", "pza", "zanz papers",
		"tamsin q", "prject zanzibr", "project zanzibars", "reports by tamsin", "alpha by tamsin quillfeather", "latest reports", "camden reports", "1999", "january 1999 alpha",
		"since 1998", "espionages camden", "secrecy alpha camden", "secret papers of alpha in camden", "zanzibar espionage secret alpha beta", "camden zanbr"} {
		for _, prefix := range []bool{false, true} {
			r := view.Request{Text: text, Prefix: prefix, First: 50, Snippets: 2, Facets: index.Facets(), Explain: true}
			if got, want := publicAnswer(t, closed, r), publicAnswer(t, open, r); got != want {
				t.Errorf("%q:\n%s\nwithout what is hidden:\n%s", text, got, want)
			}
		}
		suggested := func(v *view.View) string {
			list, err := v.Suggest(t.Context(), record.Lens{}, text, nil, 5)
			if err != nil {
				t.Fatal(err)
			}
			var ids []record.ID
			for _, s := range list {
				ids = append(ids, s.ID)
			}
			return fmt.Sprint(ids)
		}
		if got, want := suggested(closed), suggested(open); got != want {
			t.Errorf("%q suggests %s, and without what is hidden %s", text, got, want)
		}
	}
}

// publicAnswer is all of an answer, scores and their order included.
func publicAnswer(t *testing.T, v *view.View, r view.Request) string {
	t.Helper()
	got := search(t, v, record.Lens{}, r)
	var hits []string
	for _, hit := range got.Hits {
		hits = append(hits, fmt.Sprint(hit.ID, hit.Score, hit.Snippets, hit.Why))
	}
	return fmt.Sprint(got.Total, hits, got.Facets, got.Restated, got.Ignored, got.DidYouMean, got.Instead)
}

func publicView(t *testing.T, secrets bool) *view.View {
	t.Helper()
	store, p := start(t, openIndex(t))
	w := newWorld(5)
	changes := []record.Change{w.begin()}
	for range 40 {
		op := w.text()
		op.SaveText.Details.Visibility = record.Public
		changes = append(changes, w.change(op))
	}
	if secrets {
		body := "The secret zanzibar of Tamsin Quillfeather in Camden. Espionage alpha data."
		date, _ := record.ParsePartialDate("1999-01-01")
		changes = append(changes, w.change(
			record.Op{SaveNode: &record.SaveNode{Kind: record.PersonKind, Node: record.Node{Name: "Tamsin Quillfeather"}}},
			record.Op{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Node: record.Node{Name: "Zanzibar", Summary: "alpha"}}},
			record.Op{SaveNode: &record.SaveNode{Kind: record.ProjectKind, Node: record.Node{Name: "Project Zanzibar", Project: &record.Project{Themes: []string{"espionage"}}}}},
			record.Op{SaveText: &record.SaveText{Title: "Zanzibar papers", URL: "https://example.org/zanzibar",
				Details: record.Weeknote{Source: "https://example.org/zanzibar", Form: record.FormReport, Date: date, Visibility: record.Staff},
				Text:    record.Text{Body: body, Main: record.Span{End: len(body)}},
				Mentions: []record.Mention{{To: "person:tamsin-quillfeather", Spans: []record.Span{{Start: 23, End: 42}}, Method: "a test"},
					{To: "borough:camden", Spans: []record.Span{{Start: 46, End: 52}}, Method: "a test"}}}},
			record.Op{SaveLink: &record.SaveLink{Link: record.Link{Type: record.Joined, From: "borough:camden", To: "project:project-0", Role: "host", Status: record.Confirmed, Confidence: 1,
				Evidence: []record.Evidence{{Text: "weeknote:zanzibar-papers", Quote: "Camden", Method: "a test", Confidence: 1}}}}}))
	}
	var last uint64
	for _, c := range changes {
		e, err := store.Commit(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		last = e.Number
	}
	if err := p.Wait(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	v, err := p.Current()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.Close)
	return v
}
