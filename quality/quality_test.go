package quality_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lotigraph/graph"
	"lotigraph/quality"
	"lotigraph/record"
)

func open(t *testing.T) *graph.Store {
	t.Helper()
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func commit(t *testing.T, store *graph.Store, ops ...record.Op) record.Entry {
	t.Helper()
	e, err := store.Commit(t.Context(), record.Change{ID: fmt.Sprint(store.Version()), Time: time.Unix(0, 0), Actor: "test", Ops: ops})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func save(kind record.Kind, n record.Node) record.Op {
	n.Stated = record.Public
	return record.Op{SaveNode: &record.SaveNode{Handle: "#" + record.Slugify(n.Name), Kind: kind, Node: n}}
}

func text(source, date, body string, visibility record.Visibility, mentions ...record.Mention) record.Op {
	day, err := record.ParsePartialDate(date)
	if err != nil {
		panic(err)
	}
	title, _, _ := strings.Cut(body, "\n")
	return record.Op{SaveText: &record.SaveText{Handle: "#" + source, Title: title,
		Details:  record.Weeknote{Source: source, Form: record.FormWeeknote, Date: day, Visibility: visibility},
		Text:     record.Text{Body: body, Title: record.Span{End: len(title)}, Main: record.Span{Start: len(title), End: len(body)}},
		Mentions: mentions}}
}

func say(kind record.LinkType, from, to record.ID, source record.ID, quote string) record.Op {
	l := record.Link{Type: kind, From: from, To: to, Status: record.Confirmed, Confidence: 1}
	if quote != "" {
		l.Evidence = []record.Evidence{{Text: source, Quote: quote, Method: "test", Confidence: 1}}
	}
	return record.Op{SaveLink: &record.SaveLink{Link: l}}
}

// lists gives each work list as words: the names of its records, or its link, with
// the reason.
func lists(t *testing.T, store *graph.Store, l record.Lens, today string) map[quality.Name][]string {
	t.Helper()
	s, err := store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	day, err := record.ParsePartialDate(today)
	if err != nil {
		t.Fatal(err)
	}
	found, err := quality.Lists(t.Context(), s, l, day)
	if err != nil {
		t.Fatal(err)
	}
	out := map[quality.Name][]string{}
	for i, list := range found {
		if list.Name != quality.Names()[i] || list.Title == "" || list.Means == "" {
			t.Errorf("list %d is %+v", i, list)
		}
		for _, item := range list.Items {
			var words []string
			for _, n := range item.Records {
				words = append(words, n.Name)
			}
			if item.Link != nil {
				words = append(words, string(item.Link.From), item.Link.Type.Phrase(), string(item.Link.To))
			}
			out[list.Name] = append(out[list.Name], strings.TrimSuffix(strings.Join(words, " ")+": "+item.Why, ": "))
		}
	}
	return out
}

func TestWorkLists(t *testing.T) {
	store := open(t)
	note := "Note 1\nCamden joined Lamps. Ann works for Camden. Camden joined Benches."
	commit(t, store,
		save(record.BoroughKind, record.Node{Name: "Camden", Borough: &record.Borough{ONSCode: "E09000007", Column: 1, Row: 1}}),
		save(record.ProjectKind, record.Node{Name: "Lamps", Project: &record.Project{Status: "live", End: record.PartialDate{Year: 2021}}}),
		save(record.ProjectKind, record.Node{Name: "Benches", Project: &record.Project{Status: "finished"}}),
		save(record.PersonKind, record.Node{Name: "Ann Lee"}),
		save(record.PartnerKind, record.Node{Name: "Forgotten Ltd"}),
		save(record.PartnerKind, record.Node{Name: "Forgotten Limited"}),
		text("note-1", "2020-11-30", note, record.Public),
		say(record.Joined, "#camden", "#lamps", "#note-1", "Camden joined Lamps."),
		say(record.Joined, "#camden", "#benches", "#note-1", "Camden joined Benches."),
		say(record.WorksFor, "#ann-lee", "#camden", "#note-1", "Ann works for Camden."),
	)
	early := lists(t, store, record.Lens{}, "2020-12-31")
	if got := early[quality.PastDate]; !slices.Equal(got, []string{"borough:camden joined project:benches: the project has finished"}) {
		t.Errorf("past their date in 2020: %q", got)
	}
	if got := early[quality.OldJobs]; got != nil {
		t.Errorf("old jobs in 2020: %q", got)
	}
	late := lists(t, store, record.Lens{}, "2022-12-01")
	if got := late[quality.PastDate]; len(got) != 2 || !strings.Contains(strings.Join(got, "\n"), "borough:camden joined project:lamps: the project ended in 2021") {
		t.Errorf("past their date in 2022: %q", got)
	}
	if got := late[quality.OldJobs]; !slices.Equal(got, []string{"person:ann-lee works for borough:camden: last told of on 30 November 2020"}) {
		t.Errorf("old jobs in 2022: %q", got)
	}
	if got := late[quality.UnnamedRecords]; !slices.Equal(got, []string{"Forgotten Limited", "Forgotten Ltd"}) {
		t.Errorf("records that no text names: %q", got)
	}
	if got := late[quality.Duplicates]; len(got) != 1 || !strings.Contains(got[0], "Forgotten") {
		t.Errorf("possible duplicates: %q", got)
	}
	if got := late[quality.UnprovenLinks]; got != nil {
		t.Errorf("links without a sentence: %q", got)
	}
	// The lens's day is today.
	if got := lists(t, store, record.Lens{AsOf: record.PartialDate{Year: 2020, Month: 12, Day: 31}}, "2025-01-01")[quality.OldJobs]; got != nil {
		t.Errorf("old jobs as of 2020: %q", got)
	}

	// An edit takes a sentence away: its link has none any more.
	commit(t, store, text("note-1", "2020-11-30", "Note 1\nCamden joined Lamps. Camden joined Benches.", record.Public))
	if got := lists(t, store, record.Lens{}, "2020-12-31")[quality.UnprovenLinks]; !slices.Equal(got, []string{"person:ann-lee works for borough:camden"}) {
		t.Errorf("links whose sentence is gone: %q", got)
	}
}

// What the public may not see is on none of its lists.
func TestListsKeepSecrets(t *testing.T) {
	store := open(t)
	n := save(record.PartnerKind, record.Node{Name: "Hush Ltd"})
	n.SaveNode.Node.Stated = record.Staff
	commit(t, store, n, text("note-1", "2020-11-30", "Note 1\nSecret.", record.Staff))
	if got := lists(t, store, record.Lens{}, "2022"); len(got) != 0 {
		t.Errorf("the public reads %v", got)
	}
	staff := record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}
	if got := lists(t, store, staff, "2022")[quality.UnnamedRecords]; !slices.Equal(got, []string{"Hush Ltd"}) {
		t.Errorf("staff read %v", got)
	}
	s, err := store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var memo quality.Memo
	for _, l := range []record.Lens{staff, {}, staff} {
		found, err := memo.Find(t.Context(), s, l, record.PartialDate{Year: 2022})
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		if l == staff {
			want = 1
		}
		if len(found.Sources) != want || len(found.Lists[0].Items) != want {
			t.Errorf("%v: %+v", l.Viewer, found)
		}
	}
}

// What was last known is told, with its version, while it is found anew; but not
// when somebody was hidden since.
func TestLatest(t *testing.T) {
	defer quality.Few(0)()
	store := open(t)
	commit(t, store, save(record.PartnerKind, record.Node{Name: "Forgotten Ltd"}))
	var memo quality.Memo
	var waiting []func(context.Context, *graph.Snapshot)
	public := record.Lens{}
	ask := func() quality.Findings {
		t.Helper()
		s, err := store.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		found, err := memo.Latest(t.Context(), s, public, record.PartialDate{Year: 2022}, func(do func(context.Context, *graph.Snapshot)) bool {
			waiting = append(waiting, do)
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	unnamed := func(f quality.Findings) string {
		return fmt.Sprint(f.Version, ": ", len(f.Lists[0].Items), " ", len(waiting))
	}
	if got := unnamed(ask()); got != "1: 1 0" {
		t.Errorf("at first %s", got)
	}
	commit(t, store, save(record.PartnerKind, record.Node{Name: "Unheard Ltd"}))
	for range 2 { // it is found anew once, whoever asks
		if got := unnamed(ask()); got[:4] != "1: 1" || len(waiting) != 1 {
			t.Errorf("after a change %s", got)
		}
	}
	s, err := store.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	waiting[0](t.Context(), s)
	if got := unnamed(ask()); got != "2: 2 1" {
		t.Errorf("found anew: %s", got)
	}
	n := save(record.PartnerKind, record.Node{ID: "partner:unheard-ltd", Name: "Unheard Ltd"})
	n.SaveNode.Node.Stated = record.Staff
	commit(t, store, n)
	if got := unnamed(ask()); got != "3: 1 1" {
		t.Errorf("with a record that is staff's alone by now: %s", got)
	}
}
