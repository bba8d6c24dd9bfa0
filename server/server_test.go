package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/server"
	"lotigraph/view"
)

const token = "a-token-for-tests"

// service is a running server over a graph and an index in memory.
type service struct {
	*httptest.Server
	store     *graph.Store
	publisher *view.Publisher
	importer  *ingest.Importer
}

// start serves an empty graph until the test ends.
func start(t testing.TB, c server.Config) *service {
	t.Helper()
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open("")
	if err != nil {
		t.Fatal(err)
	}
	publisher := view.New(store, ix, slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- publisher.Run(ctx) }()
	importer := ingest.New(store)
	s, err := server.New(store, publisher, importer, c)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s.Handler())
	web.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	t.Cleanup(func() {
		web.Close()
		stop()
		<-ended
		if err := errors.Join(ix.Close(), store.Close()); err != nil {
			t.Error(err)
		}
	})
	wait, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := publisher.Wait(wait, 0); err != nil {
		t.Fatal(err)
	}
	return &service{web, store, publisher, importer}
}

// commit makes a change and waits until it can be read.
func (s *service) commit(t testing.TB, id string, ops ...record.Op) record.Entry {
	t.Helper()
	e, err := s.store.Commit(t.Context(), record.Change{ID: id, Time: time.Unix(0, 0).UTC(), Actor: "test", Ops: ops})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.publisher.Wait(t.Context(), e.Number); err != nil {
		t.Fatal(err)
	}
	return e
}

// answered is an answer over HTTP.
type answered struct {
	status int
	header http.Header
	raw    string
	Data   map[string]any
	Errors []struct {
		Message    string
		Path       []any
		Extensions map[string]any
	}
	Extensions map[string]any
}

// code is the code of the first error, "" when there is none.
func (a answered) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

// at follows a path of names and positions into the data.
func (a answered) at(t testing.TB, path ...any) any {
	t.Helper()
	var v any = a.Data
	for i, step := range path {
		switch at := v.(type) {
		case map[string]any:
			v = at[step.(string)]
		case []any:
			if n := step.(int); n < len(at) {
				v = at[n]
				continue
			}
			t.Fatalf("%v has %d items in %s", path[:i], len(at), a.raw)
		default:
			t.Fatalf("nothing at %v in %s", path[:i], a.raw)
		}
	}
	return v
}

// send sends a request with headers given in pairs.
func (s *service) send(t testing.TB, method, path, body string, headers ...string) answered {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answered{status: res.StatusCode, header: res.Header, raw: string(raw)}
	if strings.Contains(res.Header.Get("Content-Type"), "json") {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if err := d.Decode(&a); err != nil {
			t.Fatalf("%v in %s", err, raw)
		}
	}
	return a
}

// ask posts an operation; as its bearer when a token is given.
func (s *service) ask(t testing.TB, query string, variables map[string]any, bearer ...string) answered {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	headers := []string{"Content-Type", "application/json"}
	if len(bearer) > 0 {
		headers = append(headers, "Authorization", "Bearer "+bearer[0])
	}
	return s.send(t, http.MethodPost, "/graphql", string(body), headers...)
}

// answer is an answer without errors.
func (s *service) answer(t testing.TB, query string, variables map[string]any, bearer ...string) answered {
	t.Helper()
	a := s.ask(t, query, variables, bearer...)
	if len(a.Errors) > 0 || a.status != http.StatusOK {
		t.Fatalf("%s\n%d %s", query, a.status, a.raw)
	}
	return a
}

// fields reduces JSON to text for comparing.
func fields(t testing.TB, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func day(t testing.TB, s string) record.PartialDate {
	t.Helper()
	d, err := record.ParsePartialDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const note = `Weeknote 70

Kingston and Sutton joined the Playbook. Snook is the partner, and MHCLG pays for it.

Eddie Copeland
30 November 2020
`

// programme commits a small programme: two boroughs, a project, two partners
// and the weeknote that says how they belong together, as proposals.
func (s *service) programme(t testing.TB) {
	t.Helper()
	save := func(k record.Kind, n record.Node) record.Op {
		return record.Op{SaveNode: &record.SaveNode{Kind: k, Node: n, Handle: "#" + record.Slugify(n.Name)}}
	}
	say := func(lt record.LinkType, from, to record.ID, quote string) record.Op {
		return record.Op{SaveLink: &record.SaveLink{Link: record.Link{Type: lt, From: from, To: to, Status: record.Proposed, Confidence: 0.75,
			Evidence: []record.Evidence{{Text: "#note", Quote: quote, Method: "test", Confidence: 0.75}}}}}
	}
	span := func(quote string) []record.Span {
		i := strings.Index(note, quote)
		return []record.Span{{Start: i, End: i + len(quote)}}
	}
	s.commit(t, "programme",
		save(record.BoroughKind, record.Node{Name: "Kingston upon Thames", Aliases: []string{"Kingston"}, Borough: &record.Borough{ONSCode: "E09000021", Column: 2, Row: 5}}),
		save(record.BoroughKind, record.Node{Name: "Sutton", Borough: &record.Borough{ONSCode: "E09000029", Column: 3, Row: 6}}),
		save(record.ProjectKind, record.Node{Name: "Community Engagement Playbook", Aliases: []string{"the Playbook"}, Project: &record.Project{Themes: []string{"participation"}, Status: "live"}}),
		save(record.PartnerKind, record.Node{Name: "Snook", Partner: &record.Partner{Sector: "private"}}),
		save(record.PartnerKind, record.Node{Name: "Ministry of Housing, Communities and Local Government", Aliases: []string{"MHCLG"}}),
		save(record.PersonKind, record.Node{Name: "Eddie Copeland"}),
		record.Op{SaveText: &record.SaveText{Handle: "#note", Title: "LOTI: Weeknote 70",
			Details: record.Weeknote{Source: "weeknote-70.txt", Form: record.FormWeeknote, Number: 70, Date: day(t, "2020-11-30"), Byline: "Eddie Copeland", Visibility: record.Public},
			Text:    record.Text{Body: note, Title: span("Weeknote 70")[0], Byline: span("Eddie Copeland")[0], Main: record.Span{Start: 13, End: 100}},
			Mentions: []record.Mention{
				{To: "#kingston-upon-thames", Spans: span("Kingston"), Method: "name"}, {To: "#sutton", Spans: span("Sutton"), Method: "name"},
				{To: "#community-engagement-playbook", Spans: span("Playbook"), Method: "name"}, {To: "#snook", Spans: span("Snook"), Method: "name"},
				{To: "#ministry-of-housing-communities-and-local-government", Spans: span("MHCLG"), Method: "name"},
				{To: "#eddie-copeland", Spans: span("Eddie Copeland"), Method: "name"},
			}}},
		say(record.Joined, "#kingston-upon-thames", "#community-engagement-playbook", "Kingston and Sutton joined the Playbook."),
		say(record.Joined, "#sutton", "#community-engagement-playbook", "Kingston and Sutton joined the Playbook."),
		say(record.PartnerIn, "#snook", "#community-engagement-playbook", "Snook is the partner"),
		say(record.FundedBy, "#community-engagement-playbook", "#ministry-of-housing-communities-and-local-government", "MHCLG pays for it"),
		say(record.Authored, "#eddie-copeland", "#note", "Eddie Copeland"),
	)
}
