package e2e

import (
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

// is holds that an expression is true of the page.
func (b *tab) is(what, expression string) {
	b.t.Helper()
	if b.ask("("+expression+") ? 'yes' : 'no'") != "yes" {
		b.picture("failed")
		b.t.Errorf("not so: %s", what)
	}
}
