package e2e

import (
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// modes are how pages are looked at.
var modes = []struct {
	name          string
	width, height int64
	prefers       []string
}{
	{"desktop", 1280, 900, nil},
	{"phone, dark", 390, 844, []string{"prefers-color-scheme", "dark"}},
	{"twice as large, forced colours", 640, 450, []string{"forced-colors", "active"}}, // 1280 at 200 %
}

// The most bytes that the first view of a page may take over the wire.
const (
	most        = 60_000
	mostExplore = 110_000
)

// Every page in every state: axe finds nothing, nothing is wider than a phone, the
// console and the policy are silent, nothing comes from elsewhere, and the first
// view is light.
func TestPages(t *testing.T) {
	axe, err := os.ReadFile("../server/web/node_modules/axe-core/axe.min.js")
	need(t, err == nil, "this test needs axe-core: run `npm ci --ignore-scripts` in server/web")
	list := pages(t)
	for _, mode := range modes {
		t.Run(mode.name, func(t *testing.T) {
			b := openTab(t)
			b.lenient = true
			b.signIn()
			b.view(mode.width, mode.height)
			b.prefers(mode.prefers...)
			for _, at := range list {
				b.look(at, string(axe))
			}
			if mode.width == 390 {
				b.view(320, 640)
				for _, at := range list {
					b.narrow(at)
				}
			}
		})
	}
}

// look opens a page, and has axe look at it.
func (b *tab) look(at, axe string) {
	b.t.Helper()
	b.open(at)
	b.judged(at, axe)
}

// judged has axe look at what the tab shows, with everything unfolded.
func (b *tab) judged(at, axe string) {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('details').forEach(d => d.open = true)`))
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](axe+";0")); err != nil {
		b.t.Fatalf("%s: load axe: %v", at, err)
	}
	raw, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](axeRun, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: run axe: %v", at, err)
	}
	var violations []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(raw), &violations); err != nil {
		b.t.Fatal(err)
	}
	for _, v := range violations {
		b.t.Errorf("%s: %s: %s\n\t%s", at, v.ID, v.Help, strings.Join(v.Nodes[:min(len(v.Nodes), 3)], "\n\t"))
	}
}

// What forms lead to: what is wrong with them, what they would do, what they did.
func TestBehindForms(t *testing.T) {
	axe, err := os.ReadFile("../server/web/node_modules/axe-core/axe.min.js")
	need(t, err == nil, "this test needs axe-core: run `npm ci --ignore-scripts` in server/web")
	b := openTab(t)
	b.lenient = true
	b.open("/sign-in?lost=true")
	b.judged("a sign-in after a form was sent too late", string(axe))
	b.signIn()
	for _, form := range []struct{ at, fill string }{
		{"/add", ""}, {"/add", "document.querySelector('#text').value = 'Weeknote 500\\n\\nCamden is leading the Digital Inclusion Toolkit. The Bright Lamps project began.'"},
		{"/add?id=weeknote:loti-weeknote-70", "document.querySelector('#text').value += ' Barnet is leading the Digital Inclusion Toolkit.'"},
		{"/edit?kind=project", "document.querySelector('#start').value = 'soon'"}, {"/add/link", ""}, {"/report?link=link:44", ""},
	} {
		b.open(form.at)
		b.do(chromedp.Evaluate[chromedp.Void](form.fill + `; document.querySelector('main form[method=post]').addEventListener('submit', () => { window.sent = true }); document.querySelector('main form[method=post]').requestSubmit()`))
		b.ask("!window.sent && document.readyState === 'complete' && document.querySelector('main') && 'there'")
		b.judged("what the form at "+form.at+" leads to", string(axe))
		b.is(form.at+" leads to a page of a phone's width", "document.documentElement.scrollWidth <= innerWidth")
	}
	made := b.send("/edit", url.Values{"kind": {"person"}, "name": {"Ann Onymous"}})
	b.look(made.RequestURI(), string(axe)) // with a notice
	b.send("/undo", url.Values{"change": {made.Query().Get("change")}})
}

const axeRun = `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']})
	.then(r => JSON.stringify(r.violations.map(v => ({ID: v.id, Help: v.help, Nodes: v.nodes.map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? ''))}))))`

// narrow holds that a page of 320 pixels needs no scrolling to the side.
func (b *tab) narrow(at string) {
	b.t.Helper()
	b.open(at)
	wide, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth`))
	if err != nil {
		b.t.Fatal(err)
	}
	if wide > 320 {
		which, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](widest))
		if err != nil {
			b.t.Fatal(err)
		}
		b.t.Errorf("%s is %d pixels wide on a screen of 320: %s", at, wide, which)
	}
}

const widest = `[...document.querySelectorAll('main *, header *, footer *')].filter(e => e.getBoundingClientRect().right > 321 && !e.closest('.wide')).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')`

// The first view of a page, with everything it loads, is light.
func TestPagesAreLight(t *testing.T) {
	for _, at := range pages(t) {
		limit := float64(most)
		if strings.HasPrefix(at, "/explore") {
			limit = mostExplore
		}
		b := openTab(t) // a browser that has nothing yet
		b.lenient = true
		b.signIn()
		b.open(at)
		b.mu.Lock()
		loaded := b.loaded
		b.mu.Unlock()
		if loaded > limit {
			t.Errorf("%s takes %.0f bytes over the wire, more than %.0f", at, loaded, limit)
		}
		if err := chromedp.Cancel(b.ctx); err != nil {
			t.Fatal(err)
		}
	}
}
