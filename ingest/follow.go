package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Follower looks at an address on the web from time to time: a feed, the posts of
// a WordPress site or a page. What is new or changed there is imported. It is a
// polite guest: it asks whether anything changed before it asks for all, keeps to
// the time a site asks for, and asks more rarely the longer a site is in trouble.
type Follower struct {
	Client *http.Client                                // its Transport and Timeout count
	Now    func() time.Time                            // the clock
	After  func(time.Duration) <-chan time.Time        // and how to wait by it
	Import func(context.Context, File) (Report, error) // what to do with a text
	Every  time.Duration                               // between looks that go well
	State  string                                      // the file that remembers what the site said, so that a restart goes on; "" for none
}

// Round is what one look came to.
type Round struct {
	Report Report
	Same   bool          // nothing changed since the last look
	Failed error         // why the site could not be read; nil when it could
	Wait   time.Duration // until the next look
}

// The bounds of following.
const (
	maxFetch     = maxMarkup
	maxPages     = 50 // of a WordPress site, of 100 posts each
	maxRedirects = 5
	pauseOfPages = time.Second
	firstBackOff = time.Minute
	maxBackOff   = 6 * time.Hour
	maxRetry     = 24 * time.Hour
	fetchTimeout = time.Minute

	userAgent = "lotigraph-follow/1 (reads what a site publishes, now and then)"
)

// memory is what is remembered of an address between looks.
type memory struct {
	Address      string    `json:"address"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"lastModified,omitempty"`
	Whole        bool      `json:"whole,omitempty"`    // all pages were read once: later only the newest are
	Failures     int       `json:"failures,omitempty"` // in a row
	NotBefore    time.Time `json:"notBefore,omitzero"` // the next look, after a failure
}

// Run looks at the address again and again until the context ends, or once.
// Say, if not nil, is told of each look. The error is nil when the context ended
// it; looking once, a failure of the site is an error too.
func (f *Follower) Run(ctx context.Context, address string, once bool, say func(Round)) error {
	if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("%q is not an address on the web; it begins with https://", address)
	}
	m, err := f.recall(address)
	if err != nil {
		return err
	}
	for wait := m.NotBefore.Sub(f.Now()); ; {
		switch {
		case wait > 0 && once:
			return fmt.Errorf("%s had trouble or asked for a pause; look again in %s", address, wait.Round(time.Second))
		case wait > 0:
			select {
			case <-ctx.Done():
				return nil
			case <-f.After(wait):
			}
		}
		r, err := f.look(ctx, &m)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		if say != nil {
			say(r)
		}
		if once {
			return r.Failed
		}
		wait = r.Wait
	}
}

// look is one look. The error is a fault of ours; the site's are in the round.
func (f *Follower) look(ctx context.Context, m *memory) (r Round, err error) {
	got, err := f.fetch(ctx, f.firstPage(m.Address), m.ETag, m.LastModified)
	if err == nil && got.same {
		r.Same = true
	}
	if err == nil && !got.same {
		r.Report, err = f.take(ctx, m, got)
	}
	var trouble *trouble
	switch {
	case errors.As(err, &trouble):
		m.Failures++
		r.Failed, r.Wait = trouble, max(f.backOff(m.Failures), trouble.retry)
		m.NotBefore = f.Now().Add(r.Wait)
	case err != nil:
		return r, err
	default:
		m.Failures, m.NotBefore, r.Wait = 0, time.Time{}, f.Every
		if !got.same {
			m.ETag, m.LastModified = got.etag, got.modified
		}
	}
	r.Report.Sort()
	return r, f.remember(*m)
}

// backOff is how long to wait after so many failures in a row.
func (f *Follower) backOff(failures int) time.Duration {
	wait := min(firstBackOff, f.Every)
	for range min(failures-1, 20) {
		wait *= 2
	}
	return min(wait, max(maxBackOff, f.Every))
}

// take imports what was fetched, and of a WordPress site the further pages. What
// was read to its end once is read only as far as it brings anything new: posts
// come in the order in which they were changed.
func (f *Follower) take(ctx context.Context, m *memory, got fetched) (r Report, err error) {
	pages := 1
	if isPosts(m.Address) && !hasPage(m.Address) {
		pages = max(1, got.pages)
	}
	for page := 1; ; page++ {
		one, err := f.importAll(ctx, m.Address, got)
		r.Add(one)
		if err != nil {
			return r, err
		}
		if page == pages || m.Whole && one.Added+one.Changed == 0 {
			break
		}
		if page == maxPages {
			r.Problems = append(r.Problems, Problem{File: m.Address, Reason: fmt.Sprintf("the site has %d pages of posts, of which the %d with the latest changes were read", pages, maxPages)})
			break
		}
		select {
		case <-ctx.Done():
			return r, ctx.Err()
		case <-f.After(pauseOfPages):
		}
		next := withQuery(f.firstPage(m.Address), "page", strconv.Itoa(page+1))
		if got, err = f.fetch(ctx, next, "", ""); err != nil {
			return r, err
		}
	}
	m.Whole = true
	return r, nil
}

// importAll imports the texts in an answer.
func (f *Follower) importAll(ctx context.Context, address string, got fetched) (r Report, err error) {
	list, problems := got.texts(address)
	r.Problems = problems
	for _, text := range list {
		one, err := f.Import(ctx, text)
		r.Add(one)
		if err := errors.Join(err, ctx.Err()); err != nil {
			return r, err
		}
	}
	return r, nil
}

// fetched is an answer of a site.
type fetched struct {
	body           []byte
	mediaType      string
	address        *url.URL // after redirects
	etag, modified string
	pages          int  // that there are, 0 when not said
	same           bool // nothing changed
}

// trouble is a failure of a site, not of ours.
type trouble struct {
	reason string
	retry  time.Duration // how long the site asks to wait, 0 when it does not
}

func (t *trouble) Error() string { return t.reason }

// fetch asks for an address, unless it is as it was.
func (f *Follower) fetch(ctx context.Context, address, etag, modified string) (got fetched, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return got, err
	}
	request.Header.Set("User-Agent", userAgent)
	request.Header.Set("Accept", "application/rss+xml, application/atom+xml, application/json, application/xml;q=0.9, text/html;q=0.9, */*;q=0.1")
	if etag != "" {
		request.Header.Set("If-None-Match", etag)
	}
	if modified != "" {
		request.Header.Set("If-Modified-Since", modified)
	}
	client := *f.Client
	client.CheckRedirect = stayOnTheWeb
	if client.Timeout == 0 {
		client.Timeout = fetchTimeout
	}
	response, err := client.Do(request)
	if err != nil {
		if ctx.Err() != nil {
			return got, ctx.Err()
		}
		var failed *url.Error
		if errors.As(err, &failed) {
			err = failed.Err
		}
		return got, &trouble{reason: fmt.Sprintf("%s does not answer: %v", request.URL.Host, err)}
	}
	defer response.Body.Close()
	got = fetched{mediaType: response.Header.Get("Content-Type"), address: response.Request.URL,
		etag: response.Header.Get("ETag"), modified: response.Header.Get("Last-Modified"), same: response.StatusCode == http.StatusNotModified}
	got.pages, _ = strconv.Atoi(response.Header.Get("X-WP-TotalPages"))
	if got.same {
		return got, nil
	}
	if response.StatusCode != http.StatusOK {
		return got, &trouble{reason: request.URL.Host + " answers " + response.Status, retry: f.retryAfter(response.Header.Get("Retry-After"))}
	}
	got.body, err = io.ReadAll(io.LimitReader(response.Body, maxFetch+1))
	switch {
	case ctx.Err() != nil:
		return got, ctx.Err()
	case err != nil:
		return got, &trouble{reason: fmt.Sprintf("the answer of %s broke off: %v", request.URL.Host, err)}
	case len(got.body) > maxFetch:
		return got, &trouble{reason: fmt.Sprintf("the answer of %s has more than the %d bytes that are read", request.URL.Host, maxFetch)}
	}
	return got, nil
}

// stayOnTheWeb bounds redirects.
func stayOnTheWeb(request *http.Request, via []*http.Request) error {
	switch {
	case len(via) > maxRedirects:
		return fmt.Errorf("it redirects more than %d times", maxRedirects)
	case request.URL.Scheme != "http" && request.URL.Scheme != "https":
		return fmt.Errorf("it redirects to %s:, which is not the web", request.URL.Scheme)
	}
	return nil
}

// retryAfter is how long a site asks to wait: a number of seconds, or a time.
func (f *Follower) retryAfter(s string) time.Duration {
	if seconds, err := strconv.Atoi(strings.TrimSpace(s)); err == nil {
		return min(max(0, time.Duration(min(seconds, int(maxRetry/time.Second)))*time.Second), maxRetry)
	}
	if t, err := http.ParseTime(s); err == nil {
		return min(max(0, t.Sub(f.Now())), maxRetry)
	}
	return 0
}

// texts are the texts in the answer.
func (got fetched) texts(address string) (list []File, problems []Problem) {
	f := File{Name: address, Body: got.body}
	var notes []note
	head := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(got.body[:min(len(got.body), 500)]), "\uFEFF")))
	mediaType := strings.ToLower(got.mediaType)
	switch {
	case strings.Contains(mediaType, "json"), strings.HasPrefix(head, "["), strings.HasPrefix(head, "{"):
		notes, problems = posts(f)
	case strings.Contains(mediaType, "html"), strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		n, problem := page(f, got.mediaType)
		if problem != nil {
			return nil, []Problem{*problem}
		}
		if u, err := url.Parse(n.URL); err != nil || u.Host != got.address.Host {
			n.URL = webAddress(got.address.String()) // it names no address, or another site's
		}
		notes = []note{n}
	default:
		notes, problems = items(f, got.address.String())
	}
	for _, n := range notes {
		list = append(list, n.file(address))
	}
	return list, problems
}

// isPosts tells whether an address is that of the posts of a WordPress site.
func isPosts(address string) bool { return strings.Contains(address, "/wp-json/wp/v2/") }

func hasPage(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Query().Has("page")
}

// firstPage is the address to ask for. Of a WordPress site we ask for as many
// posts at a time as it gives, with their authors, the latest changes first.
func (f *Follower) firstPage(address string) string {
	if !isPosts(address) {
		return address
	}
	for _, p := range [][2]string{{"per_page", "100"}, {"_embed", "author"}, {"orderby", "modified"}, {"order", "desc"}} {
		if u, err := url.Parse(address); err == nil && !u.Query().Has(p[0]) {
			address = withQuery(address, p[0], p[1])
		}
	}
	return address
}

func withQuery(address, key, value string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	q.Set(key, value)
	u.RawQuery = q.Encode()
	return u.String()
}

// recall reads what is remembered of an address; a file of another address, or
// one that cannot be read, is nothing.
func (f *Follower) recall(address string) (memory, error) {
	m := memory{Address: address}
	if f.State == "" {
		return m, nil
	}
	raw, err := os.ReadFile(f.State)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return m, fmt.Errorf("read what is remembered of %s: %w", address, err)
	}
	var old memory
	if json.Unmarshal(raw, &old) == nil && old.Address == address {
		m = old
	}
	return m, nil
}

// remember keeps what is remembered: whole, or as it was.
func (f *Follower) remember(m memory) error {
	if f.State == "" {
		return nil
	}
	raw, err := json.MarshalIndent(m, "", "  ")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(f.State), 0o700)
	}
	if err != nil {
		return fmt.Errorf("remember %s: %w", m.Address, err)
	}
	next := f.State + ".next"
	if err := errors.Join(os.WriteFile(next, raw, 0o600), os.Rename(next, f.State)); err != nil {
		return fmt.Errorf("remember %s: %w", m.Address, err)
	}
	return nil
}
