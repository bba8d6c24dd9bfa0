package page

import (
	"slices"
	"strings"

	"lotigraph/ingest"
	"lotigraph/record"
)

// Tried is what an import would do, thing by thing.
type Tried struct {
	Texts   []TriedRecord
	Records []TriedRecord
	Links   []TriedLinks
	More    int // things beside these
}

// TriedRecord is a text or another record as it would be.
type TriedRecord struct {
	Name, Kind string
	New        bool
	Details    []string // of a known one what would be otherwise
}

// TriedLinks are links that would come to the same.
type TriedLinks struct {
	Title string
	List  []TriedLink
}

// TriedLink is a link with the passages that would say it, or would no more.
type TriedLink struct {
	From, Verb, To, Role, Period string
	Quotes                       []string
}

// The groups of links, in their order.
const (
	wouldPropose = iota
	wouldConfirm
	wouldProve
	wouldLose
	wouldStay // its words are there, elsewhere in the text
)

func tried(t ingest.Trial) (out Tried) {
	groups := []TriedLinks{{Title: "Links it would propose"}, {Title: "Links it would confirm"}, {Title: "Known links that would have another sentence"},
		{Title: "Links whose sentence would be gone from the text"}}
	for _, effect := range t.Effects {
		switch {
		case effect.Node != nil && effect.Node.After.Weeknote != nil:
			out.Texts = append(out.Texts, triedRecord(effect.Node))
		case effect.Node != nil:
			out.Records = append(out.Records, triedRecord(effect.Node))
		case effect.Link != nil:
			if at := comesTo(effect.Link); at != wouldStay {
				groups[at].List = append(groups[at].List, triedLink(effect.Link, t.Names))
			}
		}
	}
	out.Links = slices.DeleteFunc(groups, func(g TriedLinks) bool { return len(g.List) == 0 })
	out.More = t.More
	return out
}

// comesTo is the group that a link belongs to.
func comesTo(w *record.Was[record.Link]) int {
	was, is := orZero(w.Before), *w.After
	gone := func(l record.Link) (n int) {
		for _, e := range l.Evidence {
			if e.Superseded {
				n++
			}
		}
		return n
	}
	switch {
	case w.Before != nil && gone(is) > gone(was):
		return wouldLose
	case w.Before != nil && len(is.Evidence) == len(was.Evidence) && is.Status == was.Status:
		return wouldStay
	case is.Status == record.Proposed:
		return wouldPropose
	case w.Before != nil && is.Status == was.Status:
		return wouldProve
	}
	return wouldConfirm
}

func triedRecord(w *record.Was[record.Node]) TriedRecord {
	is := w.After
	r := TriedRecord{Name: is.Name, Kind: is.Kind().Label(), New: w.Before == nil}
	if is.Weeknote != nil && r.New {
		r.Details = textFacts(*is)
		return r
	}
	r.Details = nodeChanges(w)
	return r
}

// textFacts is what was read of a text itself, for the eye of whoever adds it.
func textFacts(n record.Node) []string {
	w := n.Weeknote
	facts := []string{"kind of text: " + strings.ToLower(string(w.Form)), "date: not found", "author: not found", "may be seen by " + seers[w.Visibility]}
	if !w.Date.IsZero() {
		facts[1] = "date: " + w.Date.English()
	}
	if w.Byline != "" {
		facts[2] = "author: " + w.Byline
	}
	if n.URL != "" {
		facts = append(facts, "address: "+n.URL)
	}
	return facts
}

// seers are those who may see what has a visibility.
var seers = map[record.Visibility]string{record.Public: "everybody", record.Members: "members", record.Staff: "staff"}

func triedLink(w *record.Was[record.Link], names map[record.ID]string) TriedLink {
	l := w.After
	out := TriedLink{From: names[l.From], Verb: l.Type.Phrase(), To: names[l.To], Role: l.Role, Period: period(*l)}
	was := orZero(w.Before).Evidence
	for _, e := range l.Evidence {
		at := slices.IndexFunc(was, func(o record.Evidence) bool { return o.Quote == e.Quote && o.Text == e.Text })
		if at < 0 || e.Superseded && !was[at].Superseded {
			out.Quotes = append(out.Quotes, e.Quote)
		}
	}
	return out
}
