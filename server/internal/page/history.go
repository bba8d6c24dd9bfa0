package page

import (
	"context"
	"strconv"
	"strings"
	"time"

	"lotigraph/record"
	"lotigraph/server/internal/answer"
)

// History is what was changed, newest first.
type History struct {
	Title   string
	ID      string // of the thing; "" where it is everything's history
	About   Place
	Gone    bool // whether it is withdrawn, and can be restored
	Entries []Deed
	Next    string
	Here    string
}

// Deed is one change.
type Deed struct {
	Number  uint64
	Time    time.Time
	Actor   string
	Reason  string
	Text    string   // what it did
	Refusal string   // why it was refused
	Details []string // what of the thing is otherwise than before
	Things  []Place  // what it touched, where it is everything's history
	More    int      // things that it touched beside these
	Undo    bool     // whether it can be undone
}

const deedsPerPage = 50

// History lists the changes that touched a record or link, or all; before is the
// number of the change to go on behind.
func (r Reader) History(ctx context.Context, id, before string) (h History, err error) {
	r.Lens.Proposed = true
	h = History{Title: "What was changed", ID: id, Here: Reader{}.To("/history", "id", id)}
	if id != "" {
		if err := r.about(ctx, &h, id); err != nil {
			return h, err
		}
	}
	from, err := strconv.ParseUint(before, 10, 64)
	if before != "" && err != nil {
		return h, record.Invalid("before", "%q is not the number of a change", before)
	}
	changes := r.View.Graph.Newest(ctx, from)
	if id != "" {
		changes = r.View.Graph.NewestOf(ctx, id, from)
	}
	words := names{r, map[record.ID]string{}}
	for e, err := range changes {
		if err != nil {
			return h, err
		}
		if len(h.Entries) == deedsPerPage {
			h.Next = Reader{}.To("/history", "id", id, "before", strconv.FormatUint(e.Number+1, 10))
			break
		}
		d := Deed{Number: e.Number, Time: e.Change.Time, Actor: e.Change.Actor, Reason: e.Change.Reason, Text: record.Capital(answer.Summary(e)),
			Refusal: e.Refusal, Undo: e.Refusal == "" && len(e.Effects) > 0}
		if id == "" {
			d.Things, d.More = words.things(ctx, e)
		} else {
			var touched bool
			if d.Details, touched = words.touches(ctx, e, id); !touched {
				continue
			}
		}
		h.Entries = append(h.Entries, d)
	}
	return h, nil
}

// about says whose history it is. A thing that was withdrawn has one too.
func (r Reader) about(ctx context.Context, h *History, id string) error {
	if strings.HasPrefix(id, "link:") {
		h.Title = "History of a link"
		l, err := r.View.Graph.Link(ctx, r.Lens, id)
		if err != nil {
			h.Gone = true
			return nil
		}
		h.Gone = l.Withdrawn
		h.Title = "History of a link: " + names{r, map[record.ID]string{}}.link(ctx, l)
		return nil
	}
	if record.IsRuling(id) {
		h.Title = "History of what was said in " + strings.Replace(id, ":", " ", 1)
		return nil
	}
	n, err := r.View.Graph.OwnNode(ctx, r.Lens, record.ID(id))
	if err == nil {
		h.Title, h.About = "History of "+n.Name, r.Place(n)
		return nil
	}
	withdrawn, err := r.View.Graph.Withdrawn(record.ID(id))
	if err != nil {
		return err
	}
	if len(withdrawn) == 0 {
		return record.NotFound("there is nothing with the id %q", id)
	}
	h.Title, h.Gone = "History of "+withdrawn[0].Name+", which is withdrawn", true
	return nil
}

// touches tells whether a change touched a thing, and what of it is otherwise.
func (n names) touches(ctx context.Context, e record.Entry, id string) (details []string, touched bool) {
	for _, effect := range e.Effects {
		switch {
		case effect.Node != nil && nodeID(effect.Node) == id:
			return append(details, nodeChanges(effect.Node)...), true
		case effect.Link != nil:
			l := either(effect.Link)
			if l.ID == id {
				return append(details, linkChanges(effect.Link)...), true
			}
			if string(l.From) == id || string(l.To) == id {
				touched = true
				if l.Type != record.Mentions {
					details = append(details, n.link(ctx, l))
				}
			}
		case effect.Ruling != nil:
			ru := either(effect.Ruling)
			if ru.ID == id || string(ru.From) == id || string(ru.To) == id || ru.Link == id {
				touched = true
				details = append(details, n.ruling(ctx, ru))
			}
		}
	}
	return details, touched
}

func either[T any](w *record.Was[T]) T {
	if w.After != nil {
		return *w.After
	}
	return *w.Before
}

func nodeID(w *record.Was[record.Node]) string { return string(either(w).ID) }

// nodeChanges are the fields of a record that are otherwise.
func nodeChanges(w *record.Was[record.Node]) (list []string) {
	was, is := orZero(w.Before), orZero(w.After)
	turned := func(what, from, to string) { list = turn(list, what, from, to) }
	turned("name", was.Name, is.Name)
	turned("other names", strings.Join(was.Aliases, "; "), strings.Join(is.Aliases, "; "))
	turned("summary", was.Summary, is.Summary)
	turned("address", was.URL, is.URL)
	if was.Project != nil || is.Project != nil {
		a, b := orZero(was.Project), orZero(is.Project)
		turned("themes", strings.Join(a.Themes, "; "), strings.Join(b.Themes, "; "))
		turned("status", a.Status, b.Status)
		turned("start", a.Start.English(), b.Start.English())
		turned("end", a.End.English(), b.End.English())
	}
	if was.Partner != nil || is.Partner != nil {
		turned("sector", orZero(was.Partner).Sector, orZero(is.Partner).Sector)
	}
	if was.Weeknote != nil && is.Weeknote != nil {
		turned("version", itoa(was.Weeknote.Version), itoa(is.Weeknote.Version))
	}
	return stood(list, was.Withdrawn, is.Withdrawn)
}

// linkChanges are the fields of a link that are otherwise.
func linkChanges(w *record.Was[record.Link]) (list []string) {
	was, is := orZero(w.Before), orZero(w.After)
	turned := func(what, from, to string) { list = turn(list, what, from, to) }
	turned("status", strings.ToLower(string(was.Status)), strings.ToLower(string(is.Status)))
	turned("role", was.Role, is.Role)
	turned("since", was.Since.English(), is.Since.English())
	turned("until", was.Until.English(), is.Until.English())
	if len(was.Evidence) != len(is.Evidence) {
		list = append(list, became("sentences that say so", itoa(len(was.Evidence)), itoa(len(is.Evidence))))
	}
	return stood(list, was.Withdrawn, is.Withdrawn)
}

// turn adds how a field changed, if it did.
func turn(list []string, what, from, to string) []string {
	if from == to {
		return list
	}
	return append(list, became(what, from, to))
}

// stood adds that something was withdrawn or restored, if it was.
func stood(list []string, was, is bool) []string {
	switch {
	case is && !was:
		return append(list, "withdrawn")
	case was && !is:
		return append(list, "restored")
	}
	return list
}

func orZero[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// became says how a field changed.
func became(what, from, to string) string {
	switch {
	case from == "" || from == "0":
		return what + ": " + to
	case to == "":
		return what + ": nothing any more (it was " + from + ")"
	}
	return what + ": " + to + " (it was " + from + ")"
}
