package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is a tab of a real browser, which notes what goes wrong in it.
type tab struct {
	t   testing.TB
	ctx context.Context

	mu    sync.Mutex
	wrong []string // errors of the console, reports of the policy, loads from elsewhere
}

// openTab opens a tab that may load from one origin only.
func openTab(t testing.TB, origin string) *tab {
	t.Helper()
	chromium, err := exec.LookPath("chromium")
	need(t, err == nil, "this test needs Chromium: run `apt-get install chromium` as root")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.WindowSize(1280, 800))
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, func(event any) { b.judge(event, origin) }); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
		return err
	}))
	return b
}

// judge notes an event that should not be.
func (b *tab) judge(event any, origin string) {
	wrong := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		wrong = "exception: " + e.ExceptionDetails.Text
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			wrong = fmt.Sprintf("console.error: %s", e.Args[0].Value)
		}
	case *log.EventEntryAdded: // reports of the Content-Security-Policy among them
		if e.Entry.Level == log.EntryLevelError {
			wrong = "console: " + e.Entry.Text + " " + e.Entry.URL
		}
	case *network.EventRequestWillBeSent:
		url := e.Request.URL
		if !strings.HasPrefix(url, origin+"/") && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "blob:"+origin) {
			wrong = "loaded from elsewhere: " + url
		}
	}
	if wrong != "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.wrong = append(b.wrong, wrong)
	}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// ask evaluates an expression as soon as it is true, or fails.
func (b *tab) ask(expression string) string {
	b.t.Helper()
	answer, err := chromedp.Run(b.ctx, chromedp.Poll[string](expression, chromedp.WithPollingTimeout(20*time.Second)))
	if err != nil {
		b.t.Fatalf("%s: %v; went wrong: %q", expression, err, b.faults())
	}
	return answer
}

func (b *tab) faults() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.wrong
}

// picture saves what the tab shows, when LOTIGRAPH_PICTURES names a folder.
func (b *tab) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("LOTIGRAPH_PICTURES")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(dir+"/"+name+".png", png, 0o600)
	}
	if err != nil {
		b.t.Error(err)
	}
}

// GraphiQL opens with its examples, and pressing its button answers the first
// one, in a real browser, with nothing loaded from elsewhere and no complaint.
func TestGraphiQL(t *testing.T) {
	s := newPerson(t).serve("--data", t.TempDir())
	b := openTab(t, s.url)

	b.do(chromedp.Navigate(s.url + "/"))
	if heading := b.ask(`document.querySelector("h1")?.innerText`); !strings.Contains(heading, "LOTI Graph") {
		t.Errorf("the front page is headed %q", heading)
	}
	b.picture("home")

	b.do(chromedp.Navigate(s.url+"/graphiql"), chromedp.Click(chromedp.CSS(".graphiql-execute-button"), chromedp.NodeVisible))
	const shown = `document.querySelector(".result-window .CodeMirror")?.CodeMirror.getValue()`
	raw := b.ask(shown + `?.includes("}") && ` + shown)
	var answer struct {
		Data struct {
			Participations struct{ Nodes []struct{ Status string } }
		}
		Errors []any
	}
	if err := json.Unmarshal([]byte(raw), &answer); err != nil || len(answer.Errors) > 0 || len(answer.Data.Participations.Nodes) == 0 {
		t.Errorf("%v; GraphiQL shows %s", err, raw)
	}
	b.picture("graphiql")
	if wrong := b.faults(); len(wrong) > 0 {
		t.Errorf("it went wrong: %s", strings.Join(wrong, "\n"))
	}
}
