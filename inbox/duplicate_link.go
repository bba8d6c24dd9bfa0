package inbox

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// surroundings are what a record is linked to.
type surroundings struct {
	links     int // mentions left aside
	mentions  map[record.ID][]record.Evidence
	all       map[record.ID]bool // texts left aside
	employers map[record.ID]bool
	others    map[record.ID]bool // all but the employers
	wrote     map[record.ID]bool
}

// around reads a record's links, once.
func (r *reader) Around(id record.ID) (*surroundings, error) {
	if known := r.near[id]; known != nil {
		return known, nil
	}
	n := &surroundings{mentions: map[record.ID][]record.Evidence{}, all: map[record.ID]bool{}, employers: map[record.ID]bool{},
		others: map[record.ID]bool{}, wrote: map[record.ID]bool{}}
	for at, err := range r.s.Links(r.ctx, r.lens, id, graph.LinkFilter{}, "") {
		if err != nil {
			return nil, err
		}
		end := at.Value.To
		if end == id {
			end = at.Value.From
		}
		if at.Value.Type != record.Mentions {
			n.links++
		}
		switch at.Value.Type {
		case record.Mentions:
			n.mentions[end] = at.Value.Evidence
			continue
		case record.Authored:
			n.wrote[end] = true
			continue
		case record.WorksFor:
			n.employers[end] = true
		default:
			n.others[end] = true
		}
		n.all[end] = true
	}
	r.near[id] = n
	return n, nil
}

// weighLinks weighs what the two are linked to.
func (r *reader) weighLinks(w *weighing, near, far *surroundings) error {
	jobs, others := shared(near.employers, far.employers), shared(near.others, far.others)
	if len(jobs) > 0 {
		names, err := r.list(jobs)
		if err != nil {
			return err
		}
		w.raise(perEmployer, "both work for "+names, jobs...)
	} else if len(near.employers) > 0 && len(far.employers) > 0 {
		w.lower(otherEmployer, "they work for different organisations")
	}
	if len(others) > 0 {
		names, err := r.list(others)
		if err != nil {
			return err
		}
		n, err := r.tellingOf(others)
		if err != nil {
			return err
		}
		// One shared link of one says less than four of four, and far more than one of ten.
		part := n / float64(min(len(near.others), len(far.others)))
		w.raise(perShared*part*n/(n+1), "both are linked to "+names, others...)
	}
	if both := shared(near.wrote, far.wrote); len(both) > 0 {
		w.lower(coauthors, "both wrote one text, as two people")
	}
	return nil
}

// tellingOf counts what two records are both linked to: each for one, or for less
// where much else is linked to it.
func (r *reader) tellingOf(ids []record.ID) (n float64, err error) {
	for _, id := range ids {
		if _, ok := r.telling[id]; !ok {
			links := 0
			for _, err := range r.s.Links(r.ctx, r.lens, id, graph.LinkFilter{Types: statedTypes()}, "") {
				if err != nil {
					return 0, err
				}
				if links++; links == mostLinks {
					break
				}
			}
			r.telling[id] = math.Sqrt(fewLinks / float64(max(fewLinks, links)))
		}
		n += r.telling[id]
	}
	return n, nil
}

// statedTypes are the types of link that are said of records, and not read off
// texts.
func statedTypes() []record.LinkType {
	return slices.DeleteFunc(record.LinkTypes(), func(t record.LinkType) bool { return t == record.Mentions || t == record.Authored })
}

// shared are the ids in both, sorted.
func shared[T any](a, b map[record.ID]T) (list []record.ID) {
	for id := range a {
		if _, ok := b[id]; ok {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}

// list says the names of records: "Camden, Nitrous and 3 more".
func (r *reader) list(ids []record.ID) (string, error) {
	const most = 3
	var names []string
	for _, id := range ids[:min(len(ids), most)] {
		n, err := r.s.Node(r.ctx, r.lens, id)
		if err != nil {
			return "", err
		}
		names = append(names, n.Name)
	}
	if more := len(ids) - most; more > 0 {
		names = append(names, fmt.Sprint(more, " more"))
	}
	last := len(names) - 1
	if last == 0 {
		return names[0], nil
	}
	return strings.Join(names[:last], ", ") + " and " + names[last], nil
}

// closeness says how near a text names both records.
type closeness int

const (
	apart       closeness = iota // not both, or by the same words
	oneText                      // both, in different sentences
	oneSentence                  // both in one sentence
	bracketed                    // one in brackets behind the other
)

// weighMentions weighs the texts that name both.
func (r *reader) weighMentions(w *weighing, like likeness, near, far *surroundings) error {
	closest, where := apart, record.ID("")
	for _, text := range shared(near.mentions, far.mentions) {
		c, err := r.closeness(text, near.mentions[text], far.mentions[text])
		if err != nil {
			return err
		}
		if c > closest {
			closest, where = c, text
		}
	}
	if closest == apart {
		return nil
	}
	title, err := r.list([]record.ID{where})
	if err != nil {
		return err
	}
	switch {
	case closest == bracketed && like.short: // the text says that they are one
		w.raise(perBracket, fmt.Sprintf("“%s” has the one in brackets behind the other", title))
	case closest >= oneSentence:
		w.lower(inSentence, fmt.Sprintf("one sentence of “%s” names both", title))
	case !like.shorter:
		w.lower(inText, fmt.Sprintf("“%s” names both", title))
	case w.a.node.Kind() == record.PersonKind:
		w.raise(perText, fmt.Sprintf("“%s” uses both names", title))
	}
	return nil
}

// closeness says how near two names come in a text.
func (r *reader) closeness(text record.ID, a, b []record.Evidence) (closest closeness, err error) {
	for _, x := range a {
		for _, y := range b {
			if x.Superseded || y.Superseded || x.Version != y.Version || record.Fold(x.Quote) == record.Fold(y.Quote) {
				continue
			}
			first, second := x.Span, y.Span
			if second.Start < first.Start {
				first, second = second, first
			}
			if second.Start < first.End { // one within the other: not two names
				continue
			}
			body, err := r.body(text, x.Version)
			if err != nil || second.End > len(body) {
				return closest, err
			}
			between := body[first.End:second.Start]
			switch {
			case strings.TrimSpace(between) == "(" && strings.HasPrefix(body[second.End:], ")"):
				return bracketed, nil
			case !endsSentenceIn(between):
				closest = oneSentence
			default:
				closest = max(closest, oneText)
			}
		}
	}
	return closest, nil
}

// endsSentenceIn tells whether a sentence or a line ends in the words between two
// names.
func endsSentenceIn(between string) bool {
	return strings.ContainsAny(between, "\n") || strings.Contains(between, ". ") || strings.Contains(between, "! ") || strings.Contains(between, "? ")
}

// passageOf is the version of a text that a passage is of.
type passageOf struct {
	text    record.ID
	version int
}

// body reads a version of a text once; "" when the lens does not show it.
func (r *reader) body(id record.ID, version int) (string, error) {
	if body, ok := r.bodies[passageOf{id, version}]; ok {
		return body, nil
	}
	text, err := r.s.Text(r.ctx, r.lens, id, version)
	if errors.Is(err, record.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	r.bodies[passageOf{id, version}] = text.Body
	return text.Body, nil
}
