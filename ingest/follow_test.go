package ingest_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lotigraph/graph"
	"lotigraph/ingest"
)

// guest follows addresses by a clock that nobody waits for.
type guest struct {
	ingest.Follower
	store *graph.Store
	now   time.Time
	waits []time.Duration // between pages and looks
	stop  context.CancelFunc
	looks int // after which it stops
}

func newGuest(t *testing.T, looks int) (*guest, context.Context) {
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	g := &guest{store: open(t), now: noon(), stop: stop, looks: looks}
	importer := ingest.New(g.store)
	g.Follower = ingest.Follower{
		Client: &http.Client{}, Every: time.Hour, State: filepath.Join(t.TempDir(), "follow", "state.json"),
		Now:   func() time.Time { return g.now },
		After: g.after,
		Import: func(ctx context.Context, f ingest.File) (ingest.Report, error) {
			return importer.File(ctx, f, ingest.Options{Now: noon})
		},
	}
	return g, ctx
}

func (g *guest) after(d time.Duration) <-chan time.Time {
	g.waits = append(g.waits, d)
	g.now = g.now.Add(d)
	c := make(chan time.Time, 1)
	c <- g.now
	return c
}

// follow looks as often as the guest may, and says what each look came to.
func (g *guest) follow(t *testing.T, ctx context.Context, address string) (said []string) {
	t.Helper()
	err := g.Run(ctx, address, false, func(r ingest.Round) {
		line := fmt.Sprintf("%d added %d changed %d there, wait %s", r.Report.Added, r.Report.Changed, r.Report.Unchanged, r.Wait)
		if r.Same {
			line = "the same, wait " + r.Wait.String()
		}
		if r.Failed != nil {
			line = fmt.Sprintf("failed, wait %s", r.Wait)
		}
		for _, p := range r.Report.Problems {
			line += "; " + p.Reason
		}
		if said = append(said, line); len(said) == g.looks {
			g.stop()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return said
}

const rssHead = `<rss version="2.0"><channel>`

func rssItem(n int, text string) string {
	return fmt.Sprintf("<item><title>Weeknote %d</title><link>/notes/%d</link><description>%s</description></item>", n, n, text)
}

// A feed is asked whether it changed; what is new in it comes in, and a new
// follower goes on where the old one was.
func TestFollowFeed(t *testing.T) {
	feed, agents := rssHead+rssItem(1, "Camden came."), map[string]bool{}
	var asked []string
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agents[r.UserAgent()] = true
		asked = append(asked, r.Header.Get("If-None-Match"))
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, len(feed)))
		w.Header().Set("Content-Type", "application/rss+xml")
		if r.Header.Get("If-None-Match") == fmt.Sprintf(`"%d"`, len(feed)) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, feed+"</channel></rss>")
	}))
	defer site.Close()
	g, ctx := newGuest(t, 2)
	if got, want := g.follow(t, ctx, site.URL+"/feed"), []string{"1 added 0 changed 0 there, wait 1h0m0s", "the same, wait 1h0m0s"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	feed += rssItem(2, "Sutton came.")
	again, ctx := newGuest(t, 1)
	again.State, again.Import = g.State, g.Import
	if got, want := again.follow(t, ctx, site.URL+"/feed"), []string{"1 added 0 changed 1 there, wait 1h0m0s"}; !slices.Equal(got, want) {
		t.Errorf("after a restart: got %q, want %q", got, want)
	}
	if asked[0] != "" || asked[2] == "" || len(agents) != 1 || !strings.Contains(fmt.Sprint(agents), "lotigraph") {
		t.Errorf("it asked with %q as %v", asked, agents)
	}
	s := snapshot(t, g.store)
	node, _, err := s.BySource(t.Context(), site.URL+"/notes/2")
	if err != nil || node.Name != "Weeknote 2" {
		t.Errorf("the second note is %+v %v", node, err)
	}
}

// A summary in a feed does not take the place of the whole text.
func TestFollowSummary(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, rssHead+rssItem(1, "Camden came.")+"</channel></rss>")
	}))
	defer site.Close()
	g, ctx := newGuest(t, 1)
	whole := "---\nurl: " + site.URL + "/notes/1\n---\n\nWeeknote 1\n\n" + strings.Repeat("Camden came, and that is the whole of it. ", 5)
	if _, err := g.Import(ctx, ingest.File{Name: "whole.md", Body: []byte(whole)}); err != nil {
		t.Fatal(err)
	}
	if got, want := g.follow(t, ctx, site.URL+"/feed"), []string{"0 added 0 changed 1 there, wait 1h0m0s"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Posts come page by page; later only as far as they bring anything new.
func TestFollowPosts(t *testing.T) {
	var asked []string
	edited := ""
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page := r.URL.Query().Get("page")
		asked = append(asked, page)
		if q := r.URL.Query(); q.Get("per_page") != "100" || q.Get("orderby") != "modified" || q.Get("_embed") != "author" {
			t.Errorf("it asks for %s", r.URL)
		}
		w.Header().Set("X-WP-TotalPages", "3")
		w.Header().Set("Content-Type", "application/json; charset=UTF-8")
		if page == "" {
			page = "1"
		}
		fmt.Fprintf(w, `[{"id": %s, "link": "http://%s/%s/", "date": "2021-01-04T09:00:00", "title": {"rendered": "Weeknote %s"}, "content": {"rendered": "<p>Camden came.%s</p>"}}]`, page, r.Host, page, page, edited)
	}))
	defer site.Close()
	g, ctx := newGuest(t, 2)
	got := g.follow(t, ctx, site.URL+"/wp-json/wp/v2/posts")
	if want := []string{"3 added 0 changed 0 there, wait 1h0m0s", "0 added 0 changed 1 there, wait 1h0m0s"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if want := []string{"", "2", "3", ""}; !slices.Equal(asked, want) {
		t.Errorf("it asked for pages %q, want %q", asked, want)
	}
	if !slices.Contains(g.waits, time.Second) {
		t.Errorf("it waited %v", g.waits)
	}
}

// A page is read as one that was saved, under its address.
func TestFollowPage(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=windows-1252")
		fmt.Fprint(w, "<title>Data Caf\xe9</title><link rel=canonical href='https://elsewhere.example/'><p>Camden came to the caf\xe9.</p>")
	}))
	defer site.Close()
	g, ctx := newGuest(t, 1)
	if got, want := g.follow(t, ctx, site.URL+"/old"), []string{"1 added 0 changed 0 there, wait 1h0m0s"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	_, text, err := snapshot(t, g.store).BySource(t.Context(), site.URL+"/new")
	if err != nil || !strings.Contains(text.Body, "Camden came to the café.") {
		t.Errorf("the text is %q %v", text.Body, err)
	}
}

// A site in trouble is asked more and more rarely, and never before the time it
// asks for; once it is well again, all is as before.
func TestFollowTrouble(t *testing.T) {
	answers := []func(w http.ResponseWriter){
		func(w http.ResponseWriter) { w.WriteHeader(http.StatusInternalServerError) },
		func(w http.ResponseWriter) { w.WriteHeader(http.StatusNotFound) },
		func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(http.StatusTooManyRequests)
		},
		func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", noon().Add(3*time.Hour).Format(http.TimeFormat))
			w.WriteHeader(http.StatusServiceUnavailable)
		},
		func(w http.ResponseWriter) { w.Header().Set("Content-Length", "500"); fmt.Fprint(w, rssHead) },
		func(w http.ResponseWriter) {
			w.Header().Set("Location", "ftp://example.org/")
			w.WriteHeader(http.StatusFound)
		},
		func(w http.ResponseWriter) { w.Header().Set("Location", "/feed"); w.WriteHeader(http.StatusFound) },
		func(w http.ResponseWriter) { fmt.Fprint(w, rssHead+rssItem(1, "Camden came.")+"</channel></rss>") },
	}
	n := 0
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n == 6 && len(r.Header.Get("Referer")) < 1000 {
			answers[n](w)
			return
		}
		n++
		answers[n-1](w)
	}))
	defer site.Close()
	g, ctx := newGuest(t, 8)
	got := []string{}
	err := g.Run(ctx, site.URL+"/feed", false, func(r ingest.Round) {
		if n == 6 && len(got) == 6 {
			n++ // the endless redirects have been seen
		}
		got = append(got, fmt.Sprintf("%s %v", r.Wait, r.Failed != nil))
		if len(got) == g.looks {
			g.stop()
		}
	})
	want := []string{"1m0s true", "2m0s true", "2h0m0s true", "57m0s true", "16m0s true", "32m0s true", "1h4m0s true", "1h0m0s false"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, want %q: %v", got, want, err)
	}
	for _, address := range []string{"file:///etc/hosts", "nothing", "ftp://example.org/feed"} {
		if err := g.Run(t.Context(), address, true, nil); err == nil {
			t.Errorf("it follows %s", address)
		}
	}
	// What was in trouble when the program ended is not asked at once.
	site.Close()
	g, ctx = newGuest(t, 1)
	if err := g.Run(ctx, site.URL+"/feed", true, nil); err == nil {
		t.Error("a site that is gone gives no error")
	}
	if err := g.Run(ctx, site.URL+"/feed", true, nil); err == nil || !strings.Contains(err.Error(), "look again in 1m0s") {
		t.Errorf("looking once more at once: %v", err)
	}
}
