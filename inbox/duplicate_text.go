package inbox

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

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
	// The bodies are read only here, of texts that share an address, a title or a day.
	first, err := r.opening(a.ID)
	if err != nil {
		return err
	}
	second, err := r.opening(b.ID)
	if err != nil {
		return err
	}
	alike, known := first.alike(second)
	worded := known && alike >= halfAlike
	switch {
	case w.a.page != "" && w.a.page == w.b.page:
		w.start(sameAddress, "the addresses are the same")
	case worded:
		score, much := someWording, "much"
		if alike >= mostAlike {
			score, much = sameWording, "most"
		}
		w.start(score, fmt.Sprintf("%s of their wording is the same: “%s …”", much, strings.Join(first.words[:6], " ")))
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
	words []string
	runs  []uint64 // hashes of inARow words each, sorted
}

// opening reads how a text begins, once.
func (r *reader) opening(id record.ID) (*opening, error) {
	if known := r.openings[id]; known != nil {
		return known, nil
	}
	body, err := r.body(id, 0)
	if len(body) > manyBytes {
		body = strings.ToValidUTF8(body[:manyBytes], "")
	}
	o := &opening{words: strings.Fields(record.Fold(body))}
	for i := range len(o.words) - inARow + 1 {
		o.runs = append(o.runs, hashOf(o.words[i:i+inARow]))
	}
	slices.Sort(o.runs)
	o.runs = slices.Compact(o.runs)
	r.openings[id] = o
	return o, err
}

// alike is the share of the shorter text's runs of words that the other has too;
// it is not known of texts of a few words.
func (o *opening) alike(p *opening) (share float64, known bool) {
	if len(o.words) > len(p.words) {
		o, p = p, o
	}
	if len(o.words) < fewWords {
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
