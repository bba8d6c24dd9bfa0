package e2e

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// Pictures of every page at the width of a desk and of a phone, for eyes to look at.
func TestPictures(t *testing.T) {
	need(t, os.Getenv("LOTIGRAPH_PICTURES") != "" || os.Getenv("LOTIGRAPH_REQUIRE_ALL") != "", "this makes pictures: name a folder in LOTIGRAPH_PICTURES")
	if os.Getenv("LOTIGRAPH_PICTURES") == "" {
		t.Setenv("LOTIGRAPH_PICTURES", t.TempDir())
	}
	b := openTab(t)
	b.lenient = true
	b.signIn()
	for _, size := range []struct {
		name          string
		width, height int64
	}{{"desk", 1280, 900}, {"phone", 390, 844}} {
		b.view(size.width, size.height)
		for _, at := range samples(t) {
			b.open(at)
			b.picture(strings.Trim(notName.ReplaceAllString(at, "-"), "-") + "." + size.name)
		}
	}
}

var notName = regexp.MustCompile(`[^a-z0-9]+`)
