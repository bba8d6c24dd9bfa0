package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Pictures of every page at the width of a desk and of a phone, for eyes to look at.
func TestPictures(t *testing.T) {
	if os.Getenv("LOTIGRAPH_PICTURES") == "" {
		t.Skip("this makes pictures, and checks nothing: name a folder in LOTIGRAPH_PICTURES")
	}
	b := openTab(t)
	b.lenient = true
	b.signIn()
	b.view(1280, 1000)
	b.open("/project/community-engagement-playbook")
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(os.Getenv("LOTIGRAPH_PICTURES"), "readme.png"), png, 0o600) // docs/project.png
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []struct {
		name          string
		width, height int64
	}{{"desk", 1280, 900}, {"phone", 390, 844}} {
		b.view(size.width, size.height)
		for _, at := range pages(t) {
			b.open(at)
			b.picture(strings.Trim(notName.ReplaceAllString(at, "-"), "-") + "." + size.name)
		}
	}
}

var notName = regexp.MustCompile(`[^a-z0-9]+`)
