package e2e

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// token is what staff sign in with here.
const token = "a token for tests"

var (
	site    string          // where the program serves
	browser context.Context // of the one browser; nil where there is none
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "lotigraph-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	stop, err := serve(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, "serve the program:", err)
		return 1
	}
	defer stop()
	if chromium, err := exec.LookPath("chromium"); err == nil {
		end, err := open(chromium)
		if err != nil {
			fmt.Fprintln(os.Stderr, "start Chromium:", err)
			return 1
		}
		defer end()
	}
	return m.Run()
}

// serve builds the program and serves the starter programme with it.
func serve(dir string) (stop func(), err error) {
	program := filepath.Join(dir, "lotigraph")
	build := exec.Command("go", "build", "-o", program, "./cmd/lotigraph")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build it: %w\n%s", err, out)
	}
	c := exec.Command(program, "serve", "--data", filepath.Join(dir, "data"), "--addr", "127.0.0.1:0")
	c.Env = append(os.Environ(), "LOTIGRAPH_TOKEN="+token)
	said, err := c.StderrPipe()
	if err != nil {
		return nil, err
	}
	c.Stdout = os.Stdout
	if err := c.Start(); err != nil {
		return nil, err
	}
	stop = func() {
		c.Process.Signal(syscall.SIGTERM)
		c.Wait()
	}
	lines := bufio.NewScanner(said)
	for site == "" && lines.Scan() {
		site = address.FindString(lines.Text())
	}
	if site == "" {
		stop()
		return nil, fmt.Errorf("it said no address")
	}
	go io.Copy(io.Discard, said)
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if res, err := http.Get(site + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return stop, nil
			}
		}
		if time.Since(begun) > time.Minute {
			stop()
			return nil, fmt.Errorf("it is not ready after a minute")
		}
	}
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// open starts the browser in which every test has a tab.
func open(chromium string) (end func(), err error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.WindowSize(1280, 900),
		chromedp.Flag("use-angle", "swiftshader"), chromedp.Flag("enable-unsafe-swiftshader", true), chromedp.Flag("ignore-gpu-blocklist", true))
	all, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(all)
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		stop()
		return nil, err
	}
	browser = ctx
	return func() { cancel(); stop() }, nil
}

// need skips a test where something it needs is missing; where everything must be
// there, it fails.
func need(t testing.TB, ok bool, what string) {
	t.Helper()
	switch {
	case ok:
	case os.Getenv("LOTIGRAPH_REQUIRE_ALL") != "":
		t.Fatal(what)
	default:
		t.Skip(what)
	}
}

// session signs in as staff.
func session() (*http.Cookie, error) {
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(site+"/sign-in", url.Values{"token": {token}, "back": {"/"}})
	if err != nil {
		return nil, err
	}
	res.Body.Close()
	for _, c := range res.Cookies() {
		return c, nil
	}
	return nil, fmt.Errorf("signing in: %s", res.Status)
}

// staff is the session that all tests share.
var staff = sync.OnceValues(session)
