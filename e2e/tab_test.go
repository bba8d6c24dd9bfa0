package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tab is a tab of the browser, which notes what goes wrong in it.
type tab struct {
	t   testing.TB
	ctx context.Context

	mu      sync.Mutex
	wrong   []string // errors of the console, reports of the policy, loads from elsewhere
	loaded  float64  // bytes, as they came over the wire
	lenient bool     // whether a page may answer with an error status
}

// openTab opens a tab that may load from the site only.
func openTab(t testing.TB) *tab {
	t.Helper()
	need(t, browser != nil, "this test needs Chromium: run `apt-get install chromium` as root")
	ctx, cancel := context.WithTimeout(browser, 3*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, b.judge); err != nil {
		t.Fatal(err)
	}
	call(b, network.Enable, network.EnableParams{})
	b.view(1280, 900)
	t.Cleanup(func() {
		for _, wrong := range b.faults() {
			t.Error(wrong)
		}
	})
	return b
}

// judge notes an event that should not be.
func (b *tab) judge(event any) {
	wrong := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		wrong = "exception: " + e.ExceptionDetails.Text
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			wrong = fmt.Sprintf("console.error: %s", e.Args[0].Value)
		}
	case *log.EventEntryAdded: // reports of the Content-Security-Policy among them
		if e.Entry.Level == log.EntryLevelError && !(b.lenient && strings.Contains(e.Entry.Text, "responded with a status of 4")) {
			wrong = "console: " + e.Entry.Text + " " + e.Entry.URL
		}
	case *network.EventRequestWillBeSent:
		url := e.Request.URL
		if !strings.HasPrefix(url, site+"/") && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "blob:"+site) {
			wrong = "loaded from elsewhere: " + url
		}
	case *network.EventLoadingFinished:
		b.mu.Lock()
		b.loaded += e.EncodedDataLength
		b.mu.Unlock()
	}
	if wrong != "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.wrong = append(b.wrong, wrong)
	}
}

func (b *tab) faults() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.wrong
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// call gives the browser a command.
func call[P, R any](b *tab, command cdp.Command[P, R], params P) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, command, params); err != nil {
		b.t.Fatalf("%s: %v", command.Method, err)
	}
}

// signIn gives the tab the session of staff.
func (b *tab) signIn() {
	b.t.Helper()
	c, err := staff()
	if err != nil {
		b.t.Fatal(err)
	}
	call(b, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: site + "/"})
}

func (b *tab) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(site + path))
}

// ask evaluates an expression until it says something, from one page to the next,
// or fails.
func (b *tab) ask(expression string) string {
	b.t.Helper()
	for begun := time.Now(); ; time.Sleep(30 * time.Millisecond) {
		answer, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("String(("+expression+") || '')"))
		if err == nil && answer != "" { // an error may be a page that is being left
			return answer
		}
		if time.Since(begun) > patience {
			b.picture("failed")
			b.t.Fatalf("%s: %v; went wrong: %q", expression, err, b.faults())
		}
	}
}

// patience is how long a test waits for a page.
const patience = 10 * time.Second

// sees waits until the page says something.
func (b *tab) sees(text string) {
	b.t.Helper()
	b.ask(fmt.Sprintf("document.body.innerText.replace(/\\s+/g, ' ').includes(%q) && 'yes'", text))
}

// view sets the size of the window.
func (b *tab) view(width, height int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, height))
}

// prefers sets what the reader prefers: "prefers-color-scheme", "dark" ….
func (b *tab) prefers(features ...string) {
	b.t.Helper()
	p := emulation.SetEmulatedMediaParams{}
	for i := 0; i < len(features); i += 2 {
		p.Features = append(p.Features, &emulation.MediaFeature{Name: features[i], Value: features[i+1]})
	}
	call(b, emulation.SetEmulatedMedia, p)
}

// scripts switches scripts on or off.
func (b *tab) scripts(on bool) {
	b.t.Helper()
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
}

// press presses keys, one after another.
func (b *tab) press(keys ...string) {
	b.t.Helper()
	for _, key := range keys {
		b.do(chromedp.KeyEvent(key))
	}
}

// tabTo presses the tab key until something with this text or label has the
// focus, which must be seen, and never lost.
func (b *tab) tabTo(text string) {
	b.t.Helper()
	b.ask(`document.readyState === 'complete' && 'loaded'`) // a page that is being left has no focus
	for range 200 {
		b.press(kb.Tab)
		now, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](focused))
		if err != nil {
			b.t.Fatal(err)
		}
		name, seen, _ := strings.Cut(now, "\n")
		if seen != "seen" {
			b.t.Fatalf("the focus is on %q and cannot be seen (%s)", name, seen)
		}
		if strings.Contains(name, text) {
			return
		}
	}
	b.t.Fatalf("the tab key does not lead to %q", text)
}

// focused is what has the focus, and whether that can be seen.
const focused = `(() => {
	const e = document.activeElement
	if (!e || e === document.body) return 'nothing\nnothing has it'
	const style = getComputedStyle(e), box = e.getBoundingClientRect()
	const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none'
	const inside = box.width > 0 && box.height > 0
	const name = e.labels?.[0]?.innerText || e.getAttribute('aria-label') || e.innerText || e.value || e.tagName
	return name.replace(/\s+/g, ' ').trim() + '\n' + (seen && inside ? 'seen' : style.outline + ' ' + style.boxShadow + ' ' + box.width + 'x' + box.height)
})()`

// picture saves what the tab shows, when LOTIGRAPH_PICTURES names a folder.
func (b *tab) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("LOTIGRAPH_PICTURES")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600)
	}
	if err != nil {
		b.t.Error(err)
	}
}
