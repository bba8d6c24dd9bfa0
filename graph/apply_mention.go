package graph

import (
	"cmp"
	"slices"

	"lotigraph/record"
)

// remention replaces the text's MENTIONS links by those now read.
func (a *applier) remention(text ref, details record.Weeknote, mentions []record.Mention, body string) error {
	old, err := a.mentionsOf(text)
	if err != nil {
		return err
	}
	said, err := a.mentionsSaid(text, details, mentions, body)
	if err != nil {
		return err
	}
	for _, e := range said {
		if err := a.putMention(old, e); err != nil {
			return err
		}
	}
	for _, m := range old { // no longer mentioned
		if !m.kept && !m.edge.Withdrawn {
			gone := *m.edge
			gone.Withdrawn = true
			if err := a.putEdge(m.link, m.edge, gone); err != nil {
				return err
			}
		}
	}
	return nil
}

// mentionsSaid is one link for each record that the text names, in the order in
// which they come first, with its passages in the order of the text.
func (a *applier) mentionsSaid(text ref, details record.Weeknote, mentions []record.Mention, body string) ([]edge, error) {
	var said []edge
	index := map[ref]int{}
	for _, m := range mentions {
		to, err := a.resolve(m.To)
		if err != nil {
			return nil, err
		}
		if to == text {
			return nil, record.Invalid("mentions", "a text does not mention itself")
		}
		at, known := index[to]
		if !known { // two names of one record are one mention
			at = len(said)
			index[to] = at
			said = append(said, edge{Type: record.Mentions, From: text, To: to, Since: details.Date, Status: record.Confirmed, Confidence: 1})
		}
		for _, span := range m.Spans {
			said[at].Proofs = append(said[at].Proofs, proof{Text: text, Version: details.Version, Start: span.Start, End: span.End,
				Quote: span.Of(body), Method: m.Method, Confidence: 1})
		}
	}
	for i := range said {
		said[i].Proofs = widest(said[i].Proofs)
	}
	return said, nil
}

// widest are the proofs, all of one text, in its order and without those that
// lie within another one.
func widest(proofs []proof) []proof {
	slices.SortStableFunc(proofs, func(p, q proof) int { return cmp.Or(cmp.Compare(p.Start, q.Start), cmp.Compare(q.End, p.End)) })
	kept := proofs[:0]
	for _, p := range proofs {
		if len(kept) == 0 || !kept[len(kept)-1].span().Contains(p.span()) {
			kept = append(kept, p)
		}
	}
	return kept
}

// mention is a MENTIONS link that was there before.
type mention struct {
	link ref
	edge *edge
	kept bool
}

// mentionsOf lists the MENTIONS links from a text, in the order of their refs.
func (a *applier) mentionsOf(text ref) ([]*mention, error) {
	links, err := refs(a.st, proofPrefix(text))
	if err != nil {
		return nil, err
	}
	var list []*mention
	for _, l := range links {
		e, err := load[edge](a.st, linkKey(l))
		if err != nil {
			return nil, err
		}
		if e.Type == record.Mentions && e.From == text {
			list = append(list, &mention{link: l, edge: e})
		}
	}
	return list, nil
}

// putMention makes a mention or renews the one that was there. One that a person
// took back stays as it is.
func (a *applier) putMention(old []*mention, e edge) error {
	for _, m := range old {
		if m.edge.To == e.To {
			m.kept = true
			if m.edge.Status == record.Rejected || sameEdge(*m.edge, e) {
				return nil
			}
			return a.putEdge(m.link, m.edge, e)
		}
	}
	l, err := a.next(metaNextLink)
	if err != nil {
		return err
	}
	return a.putEdge(l, nil, e)
}
