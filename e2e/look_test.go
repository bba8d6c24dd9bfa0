package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// On paper a page has every sentence unfolded, and nothing that can only be clicked.
func TestOnPaper(t *testing.T) {
	b := openTab(t)
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	b.view(720, 1000) // as wide as a page of A4
	b.open("/project/community-engagement-playbook")
	b.is("sentences are unfolded", `[...document.querySelectorAll('details blockquote')].every(q => q.getBoundingClientRect().height > 0)`)
	b.is("links show no addresses of this service", `[...document.querySelectorAll('a[href^="/"]')].every(a => ['none', 'normal'].includes(getComputedStyle(a, '::after').content))`)
	b.is("the menu stays away", `document.querySelector('nav').getBoundingClientRect().height === 0`)
	b.is("the data version is there", `document.querySelector('.foot .meta').getBoundingClientRect().height > 0`)
	b.open("/matrix")
	b.is("filters stay away", `document.querySelector('.filters').getBoundingClientRect().height === 0`)
	b.is("every row is there, with the total behind", `document.querySelector('.matrix tfoot').getBoundingClientRect().top >= [...document.querySelectorAll('.matrix tbody tr')].at(-1).getBoundingClientRect().bottom - 1`)
	b.is("all columns fit on a page laid across", `document.querySelector('.matrix').getBoundingClientRect().width <= 1010`)
}

// With the few colours that a reader forces, boroughs that joined still differ from
// those that did not, and so does the key to the map.
func TestForcedColours(t *testing.T) {
	b := openTab(t)
	b.prefers("forced-colors", "active")
	b.open("/project/community-engagement-playbook")
	for _, part := range []string{".tiles", ".legend"} {
		b.is(part+" tells states apart", `new Set(['JOINED', 'UNKNOWN', 'NEVER'].map(s => document.querySelector('`+part+` .is-' + s)).map(e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).borderTopStyle].join())).size === 3`)
	}
}

// Names that are longer than a phone is wide widen no page.
func TestLongNames(t *testing.T) {
	b := openTab(t)
	b.signIn()
	long := strings.Repeat("Averylongname", 20)
	at := b.send("/edit", url.Values{"kind": {"project"}, "name": {long}})
	id := "project:" + strings.TrimPrefix(at.Path, "/project/")
	linked := b.send("/add/link", url.Values{"from": {"Camden"}, "type": {"JOINED"}, "to": {id}, "role": {"lead"}, "text": {"weeknote:loti-weeknote-70"}, "quote": {"Community Engagement Playbook"}})
	b.view(320, 640)
	for _, path := range []string{"/search?q=" + long, "/search?kind=PROJECT&project=" + id, at.Path, "/borough/camden", "/matrix", "/matrix/camden/" + strings.TrimPrefix(id, "project:"),
		"/explore?focus=" + id, "/explore/paths?from=Sutton&to=" + id, "/inbox?about=" + id, "/history", "/history?id=" + id, "/edit?id=" + id, "/ask?q=What+is+Camden+part+of"} {
		b.narrow(path)
	}
	for _, made := range []*url.URL{linked, at} { // as it was, for the next
		b.send("/undo", url.Values{"change": {made.Query().Get("change")}})
	}
}

// send sends a form as staff and says where it led to.
func (b *tab) send(path string, form url.Values) *url.URL {
	b.t.Helper()
	c, err := staff()
	if err != nil {
		b.t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, site+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(c)
	res, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	res.Body.Close()
	to, err := res.Location()
	if err != nil {
		b.t.Fatalf("POST %s: %s leads nowhere", path, res.Status)
	}
	return to
}

// is holds that an expression is true of the page.
func (b *tab) is(what, expression string) {
	b.t.Helper()
	if b.ask("("+expression+") ? 'yes' : 'no'") != "yes" {
		b.picture("failed")
		b.t.Errorf("not so: %s", what)
	}
}
