// Vitals measures in headless Chromium how pages load for somebody who comes for
// the first time. It reads what to look at as JSON from its standard input, and
// writes what it saw to its standard output; bench/pages runs it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// question is what to look at: pages of a site, with the session of staff, which
// changes nothing where a page is for everybody.
type question struct {
	Site, CookieName, CookieValue string
	Pages                         []string
}

// vitals is what the browser measures of a page.
type vitals struct {
	Paint   float64 // when the largest thing was painted, ms after the start
	Shift   float64 // cumulative layout shift
	Blocked float64 // total blocking time, ms: what tasks of more than 50 ms take beyond that
}

// times is how often a page is loaded; what is told is the median of each figure.
const times = 3

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "vitals:", err)
		os.Exit(1)
	}
}

func run() error {
	var q question
	if err := json.NewDecoder(os.Stdin).Decode(&q); err != nil {
		return fmt.Errorf("read what to look at: %w", err)
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		return fmt.Errorf("measure without a browser, or install chromium: %w", err)
	}
	all, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.WindowSize(1280, 900))...)
	defer stop()
	browser, cancel := chromedp.NewContext(all)
	defer cancel()
	if err := chromedp.Do(browser); err != nil {
		return fmt.Errorf("start Chromium: %w", err)
	}
	seen := []vitals{}
	for _, page := range q.Pages {
		var each []vitals
		for range times {
			v, err := q.load(browser, page)
			if err != nil {
				return fmt.Errorf("%s: %w", page, err)
			}
			each = append(each, v)
		}
		seen = append(seen, vitals{
			median(each, func(v vitals) float64 { return v.Paint }),
			median(each, func(v vitals) float64 { return v.Shift }),
			median(each, func(v vitals) float64 { return v.Blocked }),
		})
	}
	return json.NewEncoder(os.Stdout).Encode(seen)
}

// load loads a page in a tab that has nothing of the site yet.
func (q question) load(browser context.Context, page string) (v vitals, err error) {
	ctx, cancel := context.WithTimeout(browser, time.Minute)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	defer cancel()
	cookie := network.SetCookieParams{Name: q.CookieName, Value: q.CookieValue, URL: q.Site + "/"}
	if err := chromedp.Do(ctx); err != nil {
		return v, err
	}
	if _, err := chromedp.Call(ctx, network.SetCookie, cookie); err != nil {
		return v, err
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(q.Site+page)); err != nil {
		return v, err
	}
	raw, err := chromedp.Run(ctx, chromedp.Evaluate[string](observe, chromedp.EvalAwaitPromise))
	if err != nil {
		return v, err
	}
	return v, errors.Join(json.Unmarshal([]byte(raw), &v), chromedp.Cancel(ctx))
}

// observe says what has happened since the page began to load, half a second after
// it has loaded. A shift right after a click or key would not count; there is none.
const observe = `new Promise(done => {
	const seen = {Paint: 0, Shift: 0, Blocked: 0}
	const watch = (type, add) => new PerformanceObserver(list => list.getEntries().forEach(add)).observe({type, buffered: true})
	watch('largest-contentful-paint', e => { seen.Paint = e.startTime })
	watch('layout-shift', e => { if (!e.hadRecentInput) seen.Shift += e.value })
	watch('longtask', e => { seen.Blocked += Math.max(0, e.duration - 50) })
	setTimeout(() => done(JSON.stringify(seen)), 500)
})`

func median(list []vitals, of func(vitals) float64) float64 {
	var values []float64
	for _, v := range list {
		values = append(values, of(v))
	}
	slices.Sort(values)
	return values[len(values)/2]
}
