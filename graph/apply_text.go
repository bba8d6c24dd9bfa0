package graph

import (
	"strings"

	"lotigraph/record"
)

// saveText stores a text under its source: a new weeknote, a new version, or
// nothing when it is there already. The operation is completed with the id and
// version decided, which is how the log finds the body again.
func (a *applier) saveText(s *record.SaveText) (record.Saved, error) {
	node := record.Node{Name: s.Title, URL: s.URL, Summary: s.Summary, Weeknote: &s.Details}
	n, known, err := loadNumber(a.st, sourceKey(s.Details.Source))
	if err != nil {
		return record.Saved{}, err
	}
	var saved record.Saved
	if known {
		saved, err = a.saveVersion(n, node, s)
	} else {
		saved, n, err = a.saveNewText(node, s)
	}
	if s.Handle != "" && err == nil {
		a.handles[record.ID(s.Handle)] = n
	}
	return saved, err
}

func (a *applier) saveNewText(node record.Node, s *record.SaveText) (record.Saved, ref, error) {
	details := s.Details
	details.Version, details.Unknown = 1, s.Unknown
	node.Weeknote = &details
	n, err := a.createNode(&node, record.WeeknoteKind)
	if err != nil {
		return record.Saved{}, 0, err
	}
	if err := a.putText(n, node.ID, 1, s); err != nil {
		return record.Saved{}, 0, err
	}
	return record.Saved{ID: string(node.ID), Outcome: record.Created}, n, a.remention(n, details, s.Mentions, s.Text.Body)
}

func (a *applier) saveVersion(n ref, node record.Node, s *record.SaveText) (record.Saved, error) {
	before, err := a.node(n)
	if err != nil {
		return record.Saved{}, err
	}
	body, err := a.st.get(bodyKey(n, before.Weeknote.Version))
	if err != nil {
		return record.Saved{}, err
	}
	details := s.Details
	details.Version, details.Unknown = before.Weeknote.Version, s.Unknown
	node.ID, node.Revision, node.Withdrawn, node.Aliases = before.ID, before.Revision, before.Withdrawn, before.Aliases
	node.Weeknote = &details
	saved := record.Saved{ID: string(before.ID), Outcome: record.Unchanged}
	sameBody := string(body) == s.Text.Body
	if sameBody && same(*before, node) {
		s.Text.ID, s.Text.Version = before.ID, before.Weeknote.Version
		return saved, nil
	}
	if before.Withdrawn {
		return saved, record.Conflict("%s was withdrawn; undo that before importing it again", before.ID)
	}
	saved.Outcome = record.Changed
	if sameBody {
		s.Text.ID, s.Text.Version = before.ID, details.Version
	} else {
		if details.Version, err = a.freeVersion(n, details.Version); err != nil {
			return saved, err
		}
		if err := a.keepClosed(n, before.Weeknote.Version, before.Weeknote.Visibility); err != nil {
			return saved, err
		}
		if err := a.putText(n, before.ID, details.Version, s); err != nil {
			return saved, err
		}
		if err := a.reanchor(n, details.Version, s.Text.Body); err != nil {
			return saved, err
		}
	}
	if err := a.putNode(n, before, node); err != nil {
		return saved, err
	}
	return saved, a.remention(n, details, s.Mentions, s.Text.Body)
}

// saveReading replaces the mentions and the unknown names of a text.
func (a *applier) saveReading(s record.SaveReading) (record.Saved, error) {
	before, n, err := a.nodeByID(s.Text)
	if err != nil {
		return record.Saved{}, record.Under("text", err)
	}
	saved := record.Saved{ID: string(before.ID), Outcome: record.Unchanged}
	switch {
	case before.Weeknote == nil:
		return saved, record.Invalid("text", "%s is not a text", before.ID)
	case before.Withdrawn:
		return saved, record.Conflict("%s was withdrawn; undo that first", before.ID)
	case before.Weeknote.Version != s.Version:
		return saved, record.Conflict("version %d of %s was read, and it is at %d by now; read it again", s.Version, before.ID, before.Weeknote.Version)
	}
	_, body, err := a.read(n)
	if err != nil {
		return saved, err
	}
	if err := record.ValidReading(s.Mentions, s.Unknown, body); err != nil {
		return saved, err
	}
	touched := len(a.entry.Effects)
	after := before.Clone()
	after.Weeknote.Unknown = s.Unknown
	if !same(*before, after) {
		if err := a.putNode(n, before, after); err != nil {
			return saved, err
		}
	}
	if err := a.remention(n, *after.Weeknote, s.Mentions, body); err != nil {
		return saved, err
	}
	if len(a.entry.Effects) > touched {
		saved.Outcome = record.Changed
	}
	return saved, nil
}

// freeVersion is the first version behind the given one that was never used:
// after an undo there may be later ones.
func (a *applier) freeVersion(n ref, version int) (int, error) {
	for {
		version++
		if raw, err := a.st.get(textKey(n, version)); err != nil || raw == nil {
			return version, err
		}
	}
}

// keepClosed notes with a version that is read no longer who could read it.
func (a *applier) keepClosed(n ref, version int, v record.Visibility) error {
	parts, err := load[record.Text](a.st, textKey(n, version))
	if err != nil || parts == nil {
		return orMissing(err)
	}
	parts.Visibility = v
	raw, err := encode(parts)
	if err != nil {
		return err
	}
	a.st.set(textKey(n, version), raw)
	return nil
}

// putText stores a version of a text, for ever.
func (a *applier) putText(n ref, id record.ID, version int, s *record.SaveText) error {
	s.Text.ID, s.Text.Version = id, version
	parts := s.Text
	parts.Body, parts.Visibility = "", s.Details.Visibility
	raw, err := encode(parts)
	if err != nil {
		return err
	}
	a.st.set(textKey(n, version), raw)
	a.st.set(bodyKey(n, version), []byte(s.Text.Body))
	a.entry.Effects = append(a.entry.Effects, record.Effect{Text: &record.Was[record.Text]{After: &parts}})
	return nil
}

// reanchor looks for the quotes of a text in the version now read. A quote found
// again moves there; another is marked as superseded and stays where it was.
// Mentions are not moved: reading makes them anew.
func (a *applier) reanchor(text ref, version int, body string) error {
	links, err := refs(a.st, proofPrefix(text))
	if err != nil {
		return err
	}
	for _, l := range links {
		before, err := load[edge](a.st, linkKey(l))
		if err != nil {
			return err
		}
		if before.Type.Derived() {
			continue
		}
		after, moved := *before, false
		after.Proofs = append([]proof(nil), before.Proofs...)
		for i := range after.Proofs {
			if p := &after.Proofs[i]; p.Text == text {
				moved = p.anchor(version, body) || moved
			}
		}
		if moved {
			if err := a.putEdge(l, before, after); err != nil {
				return err
			}
		}
	}
	return nil
}

// anchor moves the proof to where its quote stands in the new body, the place
// nearest to the old one when it stands there several times.
func (p *proof) anchor(version int, body string) (changed bool) {
	best, found := 0, false
	for at := 0; ; {
		i := strings.Index(body[at:], p.Quote)
		if i < 0 {
			break
		}
		at += i
		if !found || abs(at-p.Start) < abs(best-p.Start) {
			best, found = at, true
		}
		at++
	}
	old := *p
	if found {
		p.Version, p.Start, p.End, p.Superseded = version, best, best+len(p.Quote), false
	} else {
		p.Superseded = true
	}
	return *p != old
}

func abs(n int) int { return max(n, -n) }
