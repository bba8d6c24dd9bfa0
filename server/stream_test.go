package server_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"lotigraph/export"
	"lotigraph/record"
	"lotigraph/server"
)

// many puts so many records into the graph that no buffer on the way to a reader
// holds an export of them.
func (s *service) many(t testing.TB) {
	t.Helper()
	summary := strings.Repeat("words without end ", 200)
	for i := range 20 {
		var ops []record.Op
		for j := range 100 {
			ops = append(ops, record.Op{SaveNode: &record.SaveNode{Kind: record.PersonKind, Node: record.Node{Name: fmt.Sprint("Person ", 100*i+j), Summary: summary, Stated: record.Public}}})
		}
		if _, err := s.store.Commit(t.Context(), record.Change{ID: fmt.Sprint("many ", i), Time: time.Unix(0, 0).UTC(), Actor: "test", Ops: ops}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.publisher.Wait(t.Context(), s.store.Version()); err != nil {
		t.Fatal(err)
	}
}

// What an export is, its tag says: other data, another viewer, another question or
// another address of the site give another one; the same gives the same, whatever a
// proxy made of the tag.
func TestExportTags(t *testing.T) {
	s := start(t, server.Config{Token: token, PublicURL: "https://graph.example.org"})
	s.programme(t)
	tag := func(address string, headers ...string) string {
		t.Helper()
		a := s.send(t, http.MethodHead, address, "", headers...)
		if a.status != http.StatusOK || a.raw != "" || !strings.HasPrefix(a.header.Get("ETag"), `W/"`) {
			t.Errorf("HEAD %s: %d %q %v", address, a.status, a.raw, a.header)
		}
		return a.header.Get("ETag")
	}
	first := tag("/export/gexf?kind=BOROUGH&kind=PROJECT&proposed=true")
	if again := tag("/export/gexf?proposed=true&kind=BOROUGH&kind=PROJECT"); again != first {
		t.Errorf("the same question: %s and %s", first, again)
	}
	for _, have := range []string{first, strings.TrimPrefix(first, "W/"), `"other", ` + first, "*"} {
		a := s.send(t, http.MethodGet, "/export/gexf?proposed=true&kind=BOROUGH&kind=PROJECT", "", "If-None-Match", have)
		if a.status != http.StatusNotModified || a.raw != "" || a.header.Get("ETag") != first {
			t.Errorf("have %s: %d, %d bytes", have, a.status, len(a.raw))
		}
	}
	seen := map[string]string{first: "the first"}
	for _, other := range [][]string{{"/export/gexf"}, {"/export/graphml?kind=BOROUGH&kind=PROJECT&proposed=true"}, {"/export/gexf?kind=BOROUGH&kind=PROJECT&proposed=true", "Authorization", "Bearer " + token}} {
		got := tag(other[0], other[1:]...)
		if seen[got] != "" {
			t.Errorf("%v has the tag of %s", other, seen[got])
		}
		seen[got] = other[0]
	}
	s.commit(t, "more", record.Op{SaveNode: &record.SaveNode{Kind: record.PersonKind, Node: record.Node{Name: "Somebody"}}})
	if a := s.send(t, http.MethodGet, "/export/gexf?kind=BOROUGH&kind=PROJECT&proposed=true", "", "If-None-Match", first); a.status != http.StatusOK || a.header.Get("ETag") == first {
		t.Errorf("other data: %d %s", a.status, a.header.Get("ETag"))
	}
}

// Scripts of the origins allowed may read an export and what its headers say of it;
// no others may, and a cache keeps the two apart.
func TestExportToOtherOrigins(t *testing.T) {
	const friend = "https://charts.example.org"
	s := start(t, server.Config{CORSOrigins: []string{friend}})
	s.programme(t)
	a := s.send(t, http.MethodGet, "/export/kumu", "", "Origin", friend, "Sec-Fetch-Site", "cross-site")
	exposed := a.header.Get("Access-Control-Expose-Headers")
	if a.status != http.StatusOK || a.header.Get("Access-Control-Allow-Origin") != friend || !strings.Contains(exposed, "ETag") || !strings.Contains(exposed, "X-Licence") || !strings.Contains(exposed, "X-Data-Version") {
		t.Errorf("a friend: %d %v", a.status, a.header)
	}
	if vary := strings.Join(a.header.Values("Vary"), ","); !strings.Contains(vary, "Origin") || !strings.Contains(vary, "Authorization") || !strings.Contains(vary, "Cookie") {
		t.Errorf("a cache would take one answer for another: Vary %q", vary)
	}
	again := s.send(t, http.MethodGet, "/export/kumu", "", "Origin", friend, "If-None-Match", a.header.Get("ETag"))
	if again.status != http.StatusNotModified || again.header.Get("Access-Control-Allow-Origin") != friend {
		t.Errorf("a friend again: %d %v", again.status, again.header)
	}
	ask := s.send(t, http.MethodOptions, "/export/kumu", "", "Origin", friend, "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "if-none-match")
	if ask.status != http.StatusNoContent || !strings.Contains(ask.header.Get("Access-Control-Allow-Headers"), "If-None-Match") {
		t.Errorf("a friend's preflight: %d %v", ask.status, ask.header)
	}
	if other := s.send(t, http.MethodGet, "/export/kumu", "", "Origin", "https://elsewhere.example.org"); other.header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("somebody else: %v", other.header)
	}
}

// Every format says of itself which data it is, under which licence and from which
// site, in its bytes or, where it has no place for that, in the headers.
func TestExportSaysWhatItIs(t *testing.T) {
	s := start(t, server.Config{PublicURL: "https://graph.example.org", Licence: "OGL-UK-3.0"})
	s.programme(t)
	for _, f := range export.Formats() {
		a := s.send(t, http.MethodGet, "/export/"+f.Name+"?proposed=true", "")
		said := a.raw
		switch f.Extension {
		case "csv":
			said = fmt.Sprint(a.header)
		case "xlsx":
			said = unzipped(t, []byte(a.raw))
		}
		for _, what := range []string{"OGL-UK-3.0", "proposed"} {
			if !strings.Contains(said, what) {
				t.Errorf("%s does not say %s", f.Name, what)
			}
		}
		if f.Extension != "csv" && !strings.Contains(said, "https://graph.example.org") {
			t.Errorf("%s does not say the site", f.Name)
		}
	}
}

// giveUp is a caller who goes away at the first bytes of an answer.
type giveUp struct {
	*httptest.ResponseRecorder
	leave   context.CancelFunc
	written int
}

func (g *giveUp) Write(p []byte) (int, error) {
	g.leave()
	g.written += len(p)
	return len(p), nil
}

// When the caller goes away, the work stops: of megabytes only what was on its way
// is written, and the answer is not ended as if it was whole.
func TestExportStopsWithItsCaller(t *testing.T) {
	s := start(t, server.Config{})
	s.many(t)
	for _, f := range []string{"jsonl", "nodes.csv", "gexf", "graphml", "kumu", "jsonld"} {
		whole := len(s.send(t, http.MethodGet, "/export/"+f, "").raw)
		ctx, leave := context.WithCancel(t.Context())
		w := &giveUp{httptest.NewRecorder(), leave, 0}
		broken := func() (broken any) {
			defer func() { broken = recover() }()
			s.Config.Handler.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/export/"+f, nil))
			return nil
		}()
		if broken != http.ErrAbortHandler {
			t.Errorf("%s: the answer ended as if it was whole (%v)", f, broken)
		}
		if whole < 5<<20 || w.written > whole/10 {
			t.Errorf("%s: %d bytes of %d were written for nobody", f, w.written, whole)
		}
	}
}

// An export that fails after it has begun reaches nobody as whole.
func TestBrokenExportIsNotWhole(t *testing.T) {
	s := start(t, server.Config{})
	s.many(t)
	ctx, stop := context.WithCancel(t.Context())
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Config.Handler.ServeHTTP(&stopAfter{w, 10 << 10, stop}, r.WithContext(ctx)) // the server's work ends, the caller is there
	}))
	defer proxy.Close()
	answer, err := http.Get(proxy.URL + "/export/jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if n, err := io.Copy(io.Discard, answer.Body); err == nil {
		t.Errorf("%d bytes came, and nothing says that more were to come", n)
	}
}

type stopAfter struct {
	http.ResponseWriter
	left int
	stop context.CancelFunc
}

func (w *stopAfter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		w.stop()
	}
	return w.ResponseWriter.Write(p)
}

// timed counts how often an answer is given time anew.
type timed struct {
	*httptest.ResponseRecorder
	given int
}

func (w *timed) SetWriteDeadline(time.Time) error { w.given++; return nil }

// A long export is given time piece by piece, and not once for all: it may take as
// long as its reader needs.
func TestExportTakesItsTime(t *testing.T) {
	s := start(t, server.Config{})
	s.many(t)
	w := &timed{httptest.NewRecorder(), 0}
	s.Config.Handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/export/jsonl", nil))
	if pieces := w.Body.Len() >> 17; w.given < pieces {
		t.Errorf("an answer of %d bytes was given time %d times", w.Body.Len(), w.given)
	}
}

// unzipped are the parts of a workbook, one behind the other.
func unzipped(t *testing.T, raw []byte) string {
	t.Helper()
	files, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range files.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, in); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}
