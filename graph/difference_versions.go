package graph

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"

	"lotigraph/record"
)

// BetweenVersions says in what the graph at one change number differs from that at
// another, as the lens shows either: links and records that are new on record,
// edited or gone, merges, and facts that lost their last source. The rows tell of
// the record; when a thing happened in the world stands with it. Numbers that the
// snapshot cannot read are ErrInvalid (see At).
//
// Those who may not see everything are told only of what they may see by now, and
// of an earlier name only when it is still a name of the record.
func (s *Snapshot) BetweenVersions(ctx context.Context, l record.Lens, from, to uint64) ([]Difference, error) {
	if err := errors.Join(ctx.Err(), l.Validate()); err != nil {
		return nil, err
	}
	if to < from {
		return nil, record.Invalid("toVersion", "%d is before fromVersion, %d", to, from)
	}
	after, err := s.At(ctx, to)
	if err != nil {
		return nil, record.Under("toVersion", err)
	}
	defer after.Close()
	before, err := s.At(ctx, from)
	if err != nil {
		return nil, record.Under("fromVersion", err)
	}
	defer before.Close()
	d := &differing{ctx: ctx, lens: l, before: before, after: after, now: s}
	nodes, links, err := d.touched()
	if err != nil {
		return nil, err
	}
	for _, id := range nodes {
		if err := d.record(id); err != nil {
			return nil, err
		}
	}
	for _, at := range links {
		if err := d.links(at); err != nil {
			return nil, err
		}
	}
	if err := d.merges(); err != nil {
		return nil, err
	}
	return d.done(), nil
}

// touched lists the records that changes between the states touched, and the
// links: those that were touched, and those that a touched text proves.
func (d *differing) touched() ([]record.ID, []ref, error) {
	nodes, links := map[record.ID]bool{}, map[ref]bool{}
	for entry, err := range logged[touched](d.ctx, d.now, d.before.version) {
		if err != nil {
			return nil, nil, err
		}
		if entry.Number > d.after.version {
			break
		}
		for _, e := range entry.Effects {
			switch {
			case e.Node != nil:
				nodes[e.Node.After.ID] = true
			case e.Link != nil && !e.Link.After.Type.Derived():
				at, err := linkRef(e.Link.After.ID)
				if err != nil {
					return nil, nil, err
				}
				links[at] = true
			}
		}
	}
	for id := range nodes {
		if id.Kind() != record.WeeknoteKind {
			continue
		}
		n, _, err := loadNumber(d.now.view, idKey(id))
		if err != nil {
			return nil, nil, err
		}
		for _, s := range []*Snapshot{d.before, d.after} {
			proved, err := refs(s.view, proofPrefix(n))
			if err != nil {
				return nil, nil, err
			}
			for _, at := range proved {
				links[at] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(nodes)), slices.Sorted(maps.Keys(links)), nil
}

// own is a record by itself as a state shows it; nil when it does not.
func (d *differing) own(s *Snapshot, id record.ID) (*record.Node, error) {
	n, err := s.OwnNode(d.ctx, d.lens, id)
	if errors.Is(err, record.ErrNotFound) {
		return nil, nil
	}
	return &n, err
}

func (d *differing) record(id record.ID) error {
	was, err := d.own(d.before, id)
	if err != nil {
		return err
	}
	is, err := d.own(d.after, id)
	switch {
	case err != nil:
		return err
	case was == nil && is == nil:
		return nil
	case was == nil && is.Weeknote != nil:
		return d.add(Difference{What: TextAdded, Sentence: "\"" + is.Name + "\" was added" + published(is) + ".", Date: is.Weeknote.Date, Certain: true, Node: *is}, nil)
	case was == nil:
		return d.add(Difference{What: RecordAdded, Sentence: is.Name + " was added as a " + is.Kind().Label() + ".", Certain: true, Node: *is}, nil)
	case is == nil:
		return d.add(Difference{What: RecordRemoved, Sentence: was.Name + " was taken back.", Certain: true, Node: *was}, nil)
	case was.Name != is.Name:
		return d.renamed(*was, *is)
	case is.Weeknote != nil && was.Weeknote.Version != is.Weeknote.Version:
		return d.add(Difference{What: TextChanged, Sentence: "Another version of \"" + is.Name + "\" is read.", Date: is.Weeknote.Date, Certain: true, Node: *is}, nil)
	case !alike(*was, *is):
		return d.add(Difference{What: RecordChanged, Sentence: "The record of " + is.Name + " was edited.", Certain: true, Node: *is}, nil)
	}
	return nil
}

func published(n *record.Node) string {
	if n.Weeknote.Date.IsZero() {
		return ""
	}
	return ", published" + on(n.Weeknote.Date)
}

// renamed tells the earlier name to staff, and to others while it is one.
func (d *differing) renamed(was, is record.Node) error {
	sentence := "A " + is.Kind().Label() + " is called " + is.Name + " now."
	present, err := d.own(d.now, is.ID)
	if err != nil {
		return err
	}
	if d.lens.Viewer.Sees(record.Staff) || present != nil && present.GoesBy(was.Name) {
		sentence = was.Name + " is called " + is.Name + " now."
	}
	return d.add(Difference{What: WasRenamed, Sentence: sentence, Certain: true, Node: is}, nil)
}

// alike tells whether two states of a record differ in nothing that a reader sees.
func alike(a, b record.Node) bool {
	for _, n := range []*record.Node{&a, &b} {
		*n = n.Clone()
		n.Revision = 0
		if n.Weeknote != nil {
			n.Weeknote.Unknown, n.Weeknote.Accepted, n.Weeknote.Visibility = nil, false, 0
		}
		n.Stated = 0
	}
	return reflect.DeepEqual(a, b)
}

// shownIn is a link as a state shows it, nil when it does not.
func (d *differing) shownIn(s *Snapshot, at ref) (*record.Link, error) {
	e, err := load[edge](s.view, linkKey(at))
	if err != nil || e == nil {
		return nil, err
	}
	link, withheld, err := s.shown(d.lens, at, e)
	if err != nil || link == nil || withheld {
		return nil, err
	}
	return link, nil
}

func (d *differing) links(at ref) error {
	was, err := d.shownIn(d.before, at)
	if err != nil {
		return err
	}
	is, err := d.shownIn(d.after, at)
	if err != nil {
		return err
	}
	switch {
	case was == nil && is == nil:
		return nil
	case was == nil:
		c := clauseOf(is.Type)
		return d.linkRow(c.begin, *is, is.Since, true, func(from, to string) string {
			return "On record now: " + from + " " + c.began + " " + to + asRole(*is) + on(is.Since)
		})
	case is == nil:
		return d.linkGone(*was)
	case was.Until.IsZero() && !is.Until.IsZero():
		c := clauseOf(is.Type)
		return d.linkRow(c.end, *is, is.Until, true, func(from, to string) string {
			return "On record now: " + from + " " + c.ended + " " + to + on(is.Until)
		})
	case said(*was) && !said(*is):
		return d.linkRow(LostSource, *is, is.Since, true, func(from, to string) string {
			return "No text that is now read says that " + from + " " + is.Type.Phrase() + " " + to
		})
	case was.Role != is.Role || was.Since != is.Since || was.Until != is.Until || was.Status != is.Status:
		return d.linkRow(LinkChanged, *is, is.Since, true, func(from, to string) string {
			return from + " " + is.Type.Phrase() + " " + to + ": " + changed(*was, *is)
		})
	}
	return nil
}

// linkGone adds a row for a link that is shown no longer, unless that is because
// another one stands for it, or an end of it is gone, which has a row of its own.
func (d *differing) linkGone(was record.Link) error {
	whole := d.lens
	whole.AsOf = record.PartialDate{}
	for _, end := range []record.ID{was.From, was.To} {
		if n, err := d.own(d.after, end); err != nil || n == nil {
			return err
		}
	}
	if now, err := d.after.Link(d.ctx, whole, was.ID); err == nil && now.ID != was.ID {
		return nil
	}
	return d.linkRow(LinkRemoved, was, was.Since, true, func(from, to string) string {
		return "No longer on record: " + from + " " + was.Type.Phrase() + " " + to + asRole(was)
	})
}

// said tells whether a text that is now read says the link.
func said(l record.Link) bool {
	return slices.ContainsFunc(l.Evidence, func(e record.Evidence) bool { return !e.Superseded })
}

// changed says in words what is other about a link.
func changed(was, is record.Link) string {
	var list string
	for _, field := range [...]struct{ name, was, is string }{
		{"role", was.Role, is.Role},
		{"since", was.Since.English(), is.Since.English()},
		{"until", was.Until.English(), is.Until.English()},
		{"status", string(was.Status), string(is.Status)},
	} {
		if field.was == field.is {
			continue
		}
		if list != "" {
			list += "; "
		}
		list += field.name + " " + orNone(field.is) + ", was " + orNone(field.was)
	}
	return list
}

func orNone(s string) string {
	if s == "" {
		return "not known"
	}
	return s
}

// merges adds rows for records that go by another one in one state and not in the
// other.
func (d *differing) merges() error {
	was, err := d.before.Redirects(d.lens)
	if err != nil {
		return err
	}
	is, err := d.after.Redirects(d.lens)
	if err != nil {
		return err
	}
	for _, side := range []struct {
		in, notIn map[record.ID]record.ID
		s         *Snapshot
		what      DifferenceSort
		words     string
	}{{is, was, d.after, WasMerged, " was merged with "}, {was, is, d.before, WasUnmerged, " is no longer merged with "}} {
		for _, from := range slices.Sorted(maps.Keys(side.in)) {
			if _, both := side.notIn[from]; both {
				continue
			}
			one, err := d.own(side.s, from)
			if err != nil {
				return err
			}
			other, err := d.own(side.s, side.in[from])
			if err != nil {
				return err
			}
			if one == nil || other == nil {
				continue
			}
			if err := d.add(Difference{What: side.what, Sentence: one.Name + side.words + other.Name + ".", Certain: true, Node: *one, Other: other}, nil); err != nil {
				return err
			}
		}
	}
	return nil
}
