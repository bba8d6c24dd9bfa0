package e2e

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// ways are how people go about things.
var ways = []struct {
	name    string
	scripts bool
	keys    bool // whether by keyboard alone
}{
	{"by mouse", true, false}, {"by keyboard", true, true}, {"without scripts", false, false},
}

// journey does something in each of the ways.
func journey(t *testing.T, do func(b *tab, keys, scripts bool)) {
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			b := openTab(t)
			b.scripts(way.scripts)
			do(b, way.keys, way.scripts)
		})
	}
}

// search types into the box of the page and sends it.
func (b *tab) search(words string, keys bool) {
	b.t.Helper()
	if keys {
		b.tabTo("Search weeknotes")
		b.do(chromedp.KeyEvent(words), chromedp.KeyEvent(kb.Enter))
		return
	}
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), words, chromedp.NodeVisible), chromedp.Click(chromedp.CSS("#search button"), chromedp.NodeVisible))
}

// follow follows a link by its text.
func (b *tab) follow(text string, keys bool) {
	b.t.Helper()
	if keys {
		b.tabTo(text)
		b.press(kb.Enter)
		return
	}
	b.do(chromedp.Click(`//a[contains(normalize-space(.), "`+text+`")]`, chromedp.NodeVisible))
}

// Staff review three proposals: one is right, one is wrong, and one decision is taken back.
func TestReviewThreeProposals(t *testing.T) {
	journey(t, func(b *tab, keys, scripts bool) {
		b.open("/inbox?sort=link")
		b.sees("Sign in")
		if keys {
			b.tabTo("Token")
			b.do(chromedp.KeyEvent(token), chromedp.KeyEvent(kb.Enter))
		} else {
			b.do(chromedp.SendKeys(chromedp.CSS("#token"), token), chromedp.Click(chromedp.CSS("main form button"), chromedp.NodeVisible))
		}
		b.sees("wait for a person")
		questions := b.questions()
		if len(questions) < 3 {
			b.t.Fatalf("only %q wait", questions)
		}
		hears := func() { b.ask(`document.querySelector('.keys:not([hidden])') && 'heard'`) } // once the script runs
		decide := func(key string) {
			switch {
			case keys:
				hears()
				b.press("j") // to the first, and from there to the next
				b.press(key)
			default:
				b.do(chromedp.Click(chromedp.CSS(`#waits-0 [data-key="`+key+`"]`), chromedp.NodeVisible))
			}
		}
		decide("a")
		b.sees("You confirmed a link")
		decide("r")
		b.sees("You rejected a link")
		if keys {
			hears()
			b.press("u")
		} else {
			b.do(chromedp.Click(chromedp.CSS("#undo button"), chromedp.NodeVisible))
		}
		b.sees("You undid a change")
		left := b.questions() // of the first page
		if slices.Contains(left, questions[0]) || left[0] != questions[1] {
			b.t.Errorf("%q waited, the first was settled, and these wait: %q", questions, left)
		}
		// As it was, for the next.
		b.open("/history")
		b.do(chromedp.Click(`(//button[contains(., "Undo")])[3]`, chromedp.NodeVisible))
		b.sees("You undid a change")
	})
}

// questions are what the inbox asks.
func (b *tab) questions() []string {
	b.t.Helper()
	list, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll('.waits__question')].map(e => e.innerText)`))
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

// Suggestions help while one types, with the arrow keys and with the mouse.
func TestSuggestions(t *testing.T) {
	for _, keys := range []bool{true, false} {
		b := openTab(t)
		b.open("/")
		b.tabTo("Search weeknotes")
		b.do(chromedp.KeyEvent("community eng"))
		b.ask(`document.querySelector('#q-suggestions [role=option]')?.innerText`)
		if keys {
			b.press(kb.ArrowDown)
			b.ask(`document.querySelector('#q').getAttribute('aria-activedescendant')`)
			b.press(kb.Enter)
		} else {
			b.do(chromedp.Click(`//li[@role="option"][contains(., "Community Engagement Playbook")]`, chromedp.NodeVisible))
		}
		b.ask(`location.pathname === '/project/community-engagement-playbook' && 'there'`)
		b.sees("Community Engagement Playbook")
	}
}

// Staff want to know which boroughs joined a project, of whose name they have half.
func TestWhichBoroughsJoined(t *testing.T) {
	journey(t, func(b *tab, keys, scripts bool) {
		b.open("/")
		b.search("comunity engagement playbook", keys) // with a slip
		b.ask(`location.pathname === '/search' && 'there'`)
		b.follow("Community Engagement Playbook", keys)
		b.ask(`location.pathname === '/project/community-engagement-playbook' && 'there'`)
		for _, borough := range []string{"Kingston upon Thames", "Sutton", "Waltham Forest"} {
			b.sees(borough)
		}
		b.unfold(keys)
		b.sees("took part in last week’s kick-off of the Community Engagement Playbook")
	})
}

// Staff ask in words what a borough is part of.
func TestWhatIsCamdenPartOf(t *testing.T) {
	journey(t, func(b *tab, keys, scripts bool) {
		b.open("/")
		b.search("what is Camden part of?", keys)
		b.sees("Camden is or was part of")
		b.sees("Free School Meals Information Sharing Agreement")
		b.follow("The answer with all its sentences", keys)
		b.ask(`location.pathname === '/ask' && document.querySelector('main table') && document.querySelector('main blockquote') && 'shown'`)
	})
}

// An analyst asks how two partners are linked, and reads each step.
func TestHowAreTheyLinked(t *testing.T) {
	journey(t, func(b *tab, keys, scripts bool) {
		b.open("/explore/paths")
		if keys {
			b.tabTo("From")
			b.do(chromedp.KeyEvent("Snook"), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent("Microsoft"), chromedp.KeyEvent(kb.Enter))
		} else {
			b.do(chromedp.SendKeys(chromedp.CSS("#from"), "Snook", chromedp.NodeVisible), chromedp.SendKeys(chromedp.CSS("#to"), "Microsoft", chromedp.NodeVisible),
				chromedp.Click(chromedp.CSS("main form button[type=submit], main form button:not([type])"), chromedp.NodeVisible))
		}
		b.ask(`location.search.includes('Microsoft') && 'there'`)
		b.sees("Snook")
		b.sees("LOTI: Weeknote 70")
		b.ask(`document.querySelectorAll('main blockquote, main .proof').length > 0 && 'sentences'`)
	})
}

// unfold opens the first sentences behind a link.
func (b *tab) unfold(keys bool) {
	b.t.Helper()
	if keys {
		b.tabTo("say so")
		b.press(kb.Enter)
		return
	}
	b.do(chromedp.Click(`//summary[contains(., "so")]`, chromedp.NodeVisible))
}
