package graph

import (
	"fmt"
	"slices"
	"strings"

	"lotigraph/record"
)

// saveLink makes a link, adds to the one of the same meaning, or edits one.
func (a *applier) saveLink(in record.Link) (record.Saved, error) {
	if in.Type.Derived() {
		return record.Saved{}, record.Invalid("type", "%s links are made by reading the texts, not by hand", in.Type)
	}
	e, err := a.inside(in)
	if err != nil {
		return record.Saved{}, err
	}
	if in.ID != "" {
		return a.editLink(in.ID, e)
	}
	l, before, err := a.sameMeaning(e)
	if err != nil {
		return record.Saved{}, err
	}
	if before == nil && e.Status == record.Proposed {
		if gone, err := a.settledElsewhere(e); err != nil || gone != 0 {
			return record.Saved{ID: linkID(gone), Outcome: record.Unchanged}, err
		}
	}
	if before == nil {
		if err := a.sourced(e); err != nil {
			return record.Saved{}, err
		}
		if l, err = a.next(metaNextLink); err != nil {
			return record.Saved{}, err
		}
		return record.Saved{ID: linkID(l), Outcome: record.Created}, a.putEdge(l, nil, e)
	}
	after := joined(*before, e)
	return a.putEdgeIfChanged(l, before, after)
}

// sourced holds that a new link has evidence in a text that stands.
func (a *applier) sourced(e edge) error {
	for i, p := range e.Proofs {
		text, err := a.node(p.Text)
		if err != nil || !text.Withdrawn {
			return err
		}
		if i == len(e.Proofs)-1 {
			return record.Conflict("%s was withdrawn; undo that first", text.ID)
		}
	}
	return nil
}

func (a *applier) putEdgeIfChanged(l ref, before *edge, after edge) (record.Saved, error) {
	saved := record.Saved{ID: linkID(l), Outcome: record.Unchanged}
	if sameEdge(*before, after) {
		return saved, nil
	}
	saved.Outcome = record.Changed
	return saved, a.putEdge(l, before, after)
}

// joined is a link after a link of the same meaning was said again. A person's
// word (CONFIRMED) settles a proposal; a proposal never changes what a person
// settled, nor brings back what was rejected or withdrawn, but its evidence
// counts for a link that stands. What was undone begins anew.
func joined(old, said edge) edge {
	after := old
	byPerson := said.Status == record.Confirmed
	if old.Undone {
		said.Revision = old.Revision
		return said
	}
	if (old.Status == record.Rejected || old.Withdrawn) && !byPerson {
		return old
	}
	after.Proofs = withProofs(old.Proofs, said.Proofs)
	if !byPerson && old.Status == record.Confirmed {
		return after
	}
	if byPerson {
		after.Status, after.Withdrawn = record.Confirmed, false
	}
	after.Confidence = max(old.Confidence, said.Confidence)
	after.Role = tellingRole(old.Type, old.Role, said.Role)
	if after.Since.IsZero() {
		after.Since = said.Since
	}
	if after.Until.IsZero() {
		after.Until = said.Until
	}
	return after
}

// tellingRole is the role that says more: any before none, and of a closed list
// the one that stands earlier in it.
func tellingRole(t record.LinkType, a, b string) string {
	switch roles := t.Roles(); {
	case a == "":
		return b
	case b == "" || roles == nil:
		return a
	case slices.Index(roles, b) < slices.Index(roles, a):
		return b
	}
	return a
}

// withProofs are the proofs and those of more that are not among them. A passage
// within another one of the same text says nothing new: a person's quote stays,
// and of two readings the surer one.
func withProofs(proofs, more []proof) []proof {
	out := slices.Clone(proofs)
	for _, p := range more {
		i := slices.IndexFunc(out, p.overlaps)
		switch {
		case i < 0:
			out = append(out, p)
		case out[i].Superseded || p.surer(out[i]):
			out[i] = p
		}
	}
	return out
}

// overlaps tells whether one of two proofs lies within the other.
func (p proof) overlaps(q proof) bool {
	return p.Text == q.Text && p.Version == q.Version && (p.span().Contains(q.span()) || q.span().Contains(p.span()))
}

// surer tells whether p is the better of two proofs by one passage.
func (p proof) surer(q proof) bool {
	if (p.Method == record.Curated) != (q.Method == record.Curated) {
		return p.Method == record.Curated
	}
	return p.Confidence > q.Confidence
}

// sameMeaning finds the link that says what e says: the same type and ends, for
// a job the same title or none, and periods that could be one. One that stands
// comes before one that was rejected or withdrawn.
func (a *applier) sameMeaning(e edge) (ref, *edge, error) {
	links, err := refs(a.st, pairPrefix(e.From, e.Type, e.To))
	if err != nil {
		return 0, nil, err
	}
	var at ref
	var gone *edge
	for _, l := range links {
		old, err := load[edge](a.st, linkKey(l))
		if err != nil {
			return 0, nil, err
		}
		if !saysTheSameAs(*old, e) {
			continue
		}
		if !old.Withdrawn && old.Status != record.Rejected {
			return l, old, nil
		}
		if gone == nil {
			at, gone = l, old
		}
	}
	return at, gone, nil
}

// editLink replaces what a person may edit and adds the evidence.
func (a *applier) editLink(id string, e edge) (record.Saved, error) {
	l, before, err := a.standingEdge(id)
	if err != nil {
		return record.Saved{}, err
	}
	one, err := a.sameEnds(*before, e)
	if err != nil {
		return record.Saved{}, err
	}
	if before.Type != e.Type || !one {
		return record.Saved{}, record.Invalid("id", "%s is a link of another type or between other records; withdraw it and save a new one", id)
	}
	after := *before
	after.Role, after.Since, after.Until, after.Status, after.Confidence = e.Role, e.Since, e.Until, e.Status, e.Confidence
	after.Proofs = withProofs(before.Proofs, e.Proofs)
	return a.putEdgeIfChanged(l, before, after)
}

// sameEnds tells whether two links join the same records, or records that are one.
func (a *applier) sameEnds(e, f edge) (bool, error) {
	for _, pair := range [][2]ref{{e.From, f.From}, {e.To, f.To}} {
		if pair[0] == pair[1] {
			continue
		}
		x, err := a.root(pair[0])
		if err != nil {
			return false, err
		}
		y, err := a.root(pair[1])
		if err != nil || x != y {
			return false, err
		}
	}
	return true, nil
}

func (a *applier) edgeByID(id string) (ref, *edge, error) {
	l, err := linkRef(id)
	if err != nil {
		return 0, nil, err
	}
	e, err := load[edge](a.st, linkKey(l))
	if err == nil && e == nil {
		err = record.NotFound("there is no %s", id)
	}
	return l, e, err
}

// standingEdge is edgeByID for a link that is to be edited: one that was
// withdrawn is ErrConflict.
func (a *applier) standingEdge(id string) (ref, *edge, error) {
	l, e, err := a.edgeByID(id)
	if err == nil && e.Withdrawn {
		err = record.Conflict("%s was withdrawn; undo that first", id)
	}
	return l, e, err
}

func (a *applier) reviewLink(r record.ReviewLink) (record.Saved, error) {
	_, before, err := a.standingEdge(r.Link)
	if err != nil {
		return record.Saved{}, err
	}
	if before.Type.Derived() {
		return record.Saved{}, record.Invalid("link", "%s is a mention; it follows from the text and is not reviewed", r.Link)
	}
	stands := func(e edge) bool {
		return !e.Withdrawn && (e.Status == record.Rejected) == (before.Status == record.Rejected)
	}
	return a.eachOfOne(r.Link, stands, func(e edge) edge {
		if e.Status != r.Status {
			e.Status, e.Confidence = r.Status, surest(e.Proofs)
			if r.Status == record.Confirmed {
				e.Confidence = 1
			}
		}
		return e
	})
}

// surest is the confidence of the surest proof.
func surest(proofs []proof) (c float64) {
	for _, p := range proofs {
		c = max(c, p.Confidence)
	}
	return c
}

// inside turns a link into an edge: ids and handles into refs, and every piece
// of evidence into one whose quote stands where it says.
func (a *applier) inside(in record.Link) (edge, error) {
	e := edge{Type: in.Type, Role: in.Role, Since: in.Since, Until: in.Until, Status: in.Status, Confidence: in.Confidence}
	for _, end := range []struct {
		field string
		id    record.ID
		kinds []record.Kind
		to    *ref
	}{{"from", in.From, in.Type.From(), &e.From}, {"to", in.To, in.Type.To(), &e.To}} {
		node, n, err := a.nodeByID(end.id)
		if err != nil {
			return e, record.Under(end.field, err)
		}
		if !slices.Contains(end.kinds, node.Kind()) {
			return e, record.Invalid(end.field, "%s is a %s; %s cannot have one there", node.ID, node.Kind().Label(), in.Type)
		}
		if node.Withdrawn {
			return e, record.Conflict("%s was withdrawn; undo that first", node.ID)
		}
		*end.to = n
	}
	if e.From == e.To {
		return e, record.Invalid("to", "a link joins two different records")
	}
	if e.Status == record.Confirmed {
		e.Confidence = 1
	}
	for i, ev := range in.Evidence {
		p, err := a.proof(ev)
		if err != nil {
			return e, record.Under(fmt.Sprintf("evidence[%d]", i), err)
		}
		e.Proofs = withProofs(e.Proofs, []proof{p})
	}
	return e, nil
}

// proof turns evidence into a proof, and holds its quote against the text.
func (a *applier) proof(ev record.Evidence) (proof, error) {
	node, text, err := a.nodeByID(ev.Text)
	if err != nil {
		return proof{}, record.Under("text", err)
	}
	if node.Weeknote == nil {
		return proof{}, record.Invalid("text", "%s is not a text", node.ID)
	}
	if ev.Version == 0 {
		ev.Version = node.Weeknote.Version
	}
	body, err := a.st.get(bodyKey(text, ev.Version))
	if err != nil {
		return proof{}, err
	}
	if body == nil {
		return proof{}, record.NotFound("%s has no version %d", node.ID, ev.Version)
	}
	if ev.Span.IsZero() {
		ev.Start = strings.Index(string(body), ev.Quote)
		ev.End = ev.Start + len(ev.Quote)
	}
	if ev.Start < 0 || ev.Span.Of(string(body)) != ev.Quote {
		return proof{}, record.Invalid("quote", "%q does not stand in %s there; copy the sentence exactly, with its quotation marks and dashes", ev.Quote, node.ID)
	}
	if ev.Method == "" {
		ev.Method = record.Curated
	}
	p := proofOf(ev, text)
	p.Superseded = false // where its quote stands is looked at below
	if p.Version == node.Weeknote.Version {
		return p, nil
	}
	version, read, err := a.read(text)
	p.anchor(version, read)
	return p, err
}

// sameEdge tells whether two edges would be stored alike.
func sameEdge(a, b edge) bool {
	if !slices.Equal(a.Proofs, b.Proofs) {
		return false
	}
	a.Proofs, b.Proofs = nil, nil
	return a.Type == b.Type && a.From == b.From && a.To == b.To && a.Role == b.Role && a.Since == b.Since && a.Until == b.Until &&
		a.Status == b.Status && a.Confidence == b.Confidence && a.Withdrawn == b.Withdrawn && a.Undone == b.Undone
}
