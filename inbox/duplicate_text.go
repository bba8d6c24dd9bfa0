package inbox

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"lotigraph/record"
)

// lowerAmbiguous lowers the pairs by a short name that fits several records: it is
// one of them at most.
func lowerAmbiguous(judged []*weighing) {
	fits := map[record.ID][]*weighing{}
	for _, w := range judged {
		if w.short != "" {
			fits[w.short] = append(fits[w.short], w)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(fits)) {
		list := fits[id]
		for i, w := range list {
			if len(list) < 2 {
				break
			}
			short, other := w.a, list[(i+1)%len(list)]
			if w.b.node.ID == id {
				short = w.b
			}
			full := other.a
			if other.a.node.ID == id {
				full = other.b
			}
			w.lower(couldBeOthers, fmt.Sprintf("“%s” could also be “%s”", short.node.Name, full.node.Name))
		}
	}
}

// duplicate is the pair as it is shown.
func (r *reader) duplicate(w *weighing) (Duplicate, error) {
	near, err := r.Around(w.a.node.ID)
	if err != nil {
		return Duplicate{}, err
	}
	far, err := r.Around(w.b.node.ID)
	if err != nil {
		return Duplicate{}, err
	}
	d := Duplicate{A: w.a.node, B: w.b.node, Score: math.Round(w.score*1000) / 1000}
	if cmp.Or(-cmp.Compare(near.links, far.links), -cmp.Compare(len(near.mentions), len(far.mentions)),
		cmp.Compare(len(d.A.ID), len(d.B.ID)), cmp.Compare(d.A.ID, d.B.ID)) > 0 {
		d.A, d.B = d.B, d.A
	}
	slices.SortStableFunc(w.reasons, func(a, b weighed) int { return -cmp.Compare(a.weight, b.weight) })
	for _, reason := range w.reasons {
		d.Reasons = append(d.Reasons, reason.Reason)
	}
	return d, nil
}

// weighTexts weighs two texts, by address, title, day and wording.
func (r *reader) weighTexts(w *weighing) error {
	a, b := w.a.node, w.b.node
	titled := len(w.a.names) > 0 && len(w.b.names) > 0 && w.a.names[0].compact == w.b.names[0].compact
	alike, known, err := r.wording(a, b)
	if err != nil {
		return err
	}
	worded := known && alike >= halfAlike
	switch {
	case w.a.page != "" && w.a.page == w.b.page:
		w.start(sameAddress, "the addresses are the same")
	case worded:
		score, much := someWording, "much"
		if alike >= mostAlike {
			score, much = sameWording, "most"
		}
		first, err := r.opening(a)
		if err != nil {
			return err
		}
		w.start(score, fmt.Sprintf("%s of their wording is the same: “%s …”", much, first.begins))
	case titled:
		w.start(sameTitle, fmt.Sprintf("both have the title “%s”", a.Name))
	default:
		return nil
	}
	dated := !a.Weeknote.Date.IsZero() && !b.Weeknote.Date.IsZero()
	if titled && worded {
		w.raise(perTitle, fmt.Sprintf("both have the title “%s”", a.Name))
	}
	if dated && a.Weeknote.Date == b.Weeknote.Date && a.Weeknote.Date.IsDay() {
		w.raise(perDay, "both are of "+a.Weeknote.Date.English())
	}
	if !worded && known {
		w.lower(otherWording, "they say it in other words")
	}
	if !worded && dated && apartBy(a.Weeknote.Date, b.Weeknote.Date) > month {
		w.lower(otherTime, fmt.Sprintf("one is of %s, the other of %s", a.Weeknote.Date.English(), b.Weeknote.Date.English()))
	}
	return nil
}

// apartBy is how many days lie between two dates at the least.
func apartBy(a, b record.PartialDate) int {
	return max(a.First().Number()-b.Last().Number(), b.First().Number()-a.Last().Number())
}

// When two texts are alike: by the share of the wording of the shorter one, and by
// date.
const (
	mostAlike = 0.7
	halfAlike = 0.4
	inARow    = 4    // words
	fewWords  = 25   // of fewer nothing is said
	manyBytes = 4000 // from the beginning are compared
	month     = 31   // days; texts of one title that are further apart are two
)

// opening is how a text begins.
type opening struct {
	begins string   // its first words
	words  int      // how many there are
	runs   []uint64 // hashes of inARow words each, sorted
}

// shownWords is how many words show a text's wording.
const shownWords = 6

// maxOpenings is how many are kept while texts are compared, some 50 MB.
const maxOpenings = 10_000

// opening reads how a text begins, as a rule once.
func (r *reader) opening(n record.Node) (*opening, error) {
	if known := r.openings[n.ID]; known != nil {
		return known, nil
	}
	body, err := r.main(n)
	if err != nil {
		return nil, err
	}
	if len(body) > manyBytes {
		body = strings.ToValidUTF8(body[:manyBytes], "")
	}
	words := strings.Fields(record.Fold(body))
	o := &opening{begins: strings.Join(words[:min(len(words), shownWords)], " "), words: len(words), runs: make([]uint64, 0, len(words))}
	for i := range len(words) - inARow + 1 {
		o.runs = append(o.runs, hashOf(words[i:i+inARow]))
	}
	slices.Sort(o.runs)
	o.runs = slices.Compact(o.runs)
	if len(r.openings) >= maxOpenings {
		clear(r.openings)
	}
	r.openings[n.ID] = o
	return o, nil
}

// main is what a text says, without what stands around it; "" when the lens does not
// show it.
func (r *reader) main(n record.Node) (string, error) {
	text, err := r.s.Text(r.ctx, r.lens, n.ID, n.Weeknote.Version)
	switch {
	case errors.Is(err, record.ErrNotFound):
		return "", nil
	case err != nil:
		return "", err
	case text.Main.IsZero():
		return text.Body, nil
	}
	return text.Main.Of(text.Body), nil
}

// alike is the share of the shorter text's runs of words that the other has too;
// it is not known of texts of a few words.
func (o *opening) alike(p *opening) (share float64, known bool) {
	if o.words > p.words {
		o, p = p, o
	}
	if o.words < fewWords {
		return 0, false
	}
	same, rest := 0, p.runs
	for _, run := range o.runs {
		for len(rest) > 0 && rest[0] < run {
			rest = rest[1:]
		}
		if len(rest) > 0 && rest[0] == run {
			same++
		}
	}
	return float64(same) / float64(len(o.runs)), true
}

// wordings are how alike the wordings of texts are that were compared. A version of
// a text never changes, and to compare them all takes seconds: so what was found
// once holds for every state of the graph, and whoever sees both texts.
type wordings struct {
	mu    sync.Mutex
	share map[[2]wording]float32 // -1 where it is not known
}

// wordingsKey is where a graph keeps them.
type wordingsKey struct{}

// wording is a version of a text.
type wording struct{ text, version uint32 }

// maxWordings is how many there are at the most, some 30 MB.
const maxWordings = 1_000_000

func (w *wordings) find(pair [2]wording) (share float32, compared bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	share, compared = w.share[pair]
	return share, compared
}

func (w *wordings) keep(pair [2]wording, share float32) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.share == nil || len(w.share) >= maxWordings {
		w.share = map[[2]wording]float32{}
	}
	w.share[pair] = share
}

// wording says how alike the wordings of two texts are, which the lens shows; their
// bodies are read only where they were not compared before.
func (r *reader) wording(a, b record.Node) (share float64, known bool, err error) {
	var pair [2]wording
	for i, n := range []record.Node{a, b} {
		at, err := r.cut.Handle(n.ID)
		if err != nil {
			return 0, false, err
		}
		pair[i] = wording{uint32(at), uint32(n.Weeknote.Version)}
	}
	if share, compared := r.wordings.find(pair); compared {
		return float64(share), share >= 0, nil
	}
	first, err := r.opening(a)
	if err != nil {
		return 0, false, err
	}
	second, err := r.opening(b)
	if err != nil {
		return 0, false, err
	}
	if share, known = first.alike(second); !known {
		share = -1
	}
	r.wordings.keep(pair, float32(share))
	return max(0, share), known, nil
}
