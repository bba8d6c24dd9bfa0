package page

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"lotigraph/inbox"
	"lotigraph/record"
)

// Statement is a link as a person reads it: a sentence of ours, and the sentences
// that say so.
type Statement struct {
	Link     string // its id
	From, To Place
	Verb     string // "joined"
	Role     string
	Period   string   // "since May 2020", "" where no date is known
	Marks    []string // what to know beside: Proposed, Ended, Possibly then
	Proofs   []Proof
	Report   string // where to say that it is wrong
}

// Proof is a passage that says a link, with where it stands.
type Proof struct {
	Quote      string
	Source     Place  // leads to the passage in its text
	Date       string // of the text, in words
	Superseded bool   // the words are gone from the text as it is now
	Rule       string // what read it
	day        record.PartialDate
}

// newestFirst puts the sentences of the newest texts first, those of undated texts
// behind, and those that are gone from their text last.
func (s *Statement) newestFirst() {
	slices.SortStableFunc(s.Proofs, func(a, b Proof) int {
		return cmp.Or(order(a.Superseded, b.Superseded), b.day.Last().Compare(a.day.Last()))
	})
}

// Statement puts a link into words. Links come from the view through the lens.
func (r Reader) Statement(ctx context.Context, l record.Link) (s Statement, err error) {
	s = Statement{Link: l.ID, Verb: l.Type.Phrase(), Role: l.Role, Period: period(l), Report: r.To("/report", "link", l.ID)}
	if s.From, err = r.PlaceOf(ctx, l.From); err != nil {
		return s, err
	}
	if s.To, err = r.PlaceOf(ctx, l.To); err != nil {
		return s, err
	}
	if l.Status == record.Proposed {
		s.Marks = append(s.Marks, "Proposed")
	}
	if !l.Until.IsZero() {
		s.Marks = append(s.Marks, "Ended")
	}
	if certainty, err := r.View.Graph.Holds(r.Lens, l); err != nil {
		return s, err
	} else if !r.Lens.AsOf.IsZero() && certainty == record.Possibly {
		s.Marks = append(s.Marks, "Possibly then")
	}
	evidence := l.Evidence
	if l.Type == record.Mentions { // its words are the name alone
		if evidence, err = r.sentences(ctx, evidence); err != nil {
			return s, err
		}
	}
	s.Proofs, err = r.proofs(ctx, evidence)
	return s, err
}

// sentences are passages with what stands around each, to the ends of its sentence.
func (r Reader) sentences(ctx context.Context, evidence []record.Evidence) ([]record.Evidence, error) {
	list := slices.Clone(evidence)
	for i, e := range list {
		t, err := r.View.Graph.Text(ctx, r.Lens, e.Text, e.Version)
		if err != nil {
			return nil, err
		}
		list[i].Span = inbox.Around(t.Body, e.Span)
		list[i].Quote = list[i].Span.Of(t.Body)
	}
	return list, nil
}

// proofs are passages with where they stand.
func (r Reader) proofs(ctx context.Context, evidence []record.Evidence) ([]Proof, error) {
	var list []Proof
	for _, e := range evidence {
		text, err := r.View.Graph.OwnNode(ctx, r.Lens, e.Text) // the text that holds the words, merged or not
		if err != nil {
			return nil, err
		}
		place := Place{Name: text.Name, Kind: kindOf(text), Href: r.Passage(text, e.Version, e.Span)}
		list = append(list, Proof{Quote: e.Quote, Source: place, Date: text.Weeknote.Date.English(), Superseded: e.Superseded, Rule: e.Method, day: text.Weeknote.Date})
	}
	return list, nil
}

// Passage is the address at which a passage of a text is seen.
func (r Reader) Passage(text record.Node, version int, s record.Span) string {
	v := ""
	if version != text.Weeknote.Version {
		v = strconv.Itoa(version)
	}
	return r.To(At(text.ID)+"#passage", "version", v, "passage", fmt.Sprintf("%d-%d", s.Start, s.End))
}

// period is from when to when a link holds, in words; "" where nothing is known.
// A text does not go on naming: its date is a day.
func period(l record.Link) string {
	if l.Type.Derived() || l.Type == record.Authored {
		return on(l.Since)
	}
	switch {
	case l.Since.IsZero() && l.Until.IsZero():
		return ""
	case l.Until.IsZero():
		return "since " + l.Since.English()
	case l.Since.IsZero():
		return "until " + l.Until.English()
	case l.Since == l.Until:
		return on(l.Since)
	}
	return l.Since.English() + " to " + l.Until.English()
}

// on is when something happened, in words: "on 30 November 2020", "in 2021".
func on(d record.PartialDate) string {
	switch {
	case d.IsZero():
		return ""
	case d.Day > 0:
		return "on " + d.English()
	}
	return "in " + d.English()
}
