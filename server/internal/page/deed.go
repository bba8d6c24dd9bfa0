package page

import (
	"context"

	"lotigraph/record"
	"lotigraph/server/internal/answer"
)

// shownThings is how many of the things that a change touched the history names.
const shownThings = 6

// names says in words what the log has by id. A page of the history names the same
// records again and again.
type names struct {
	r     Reader
	known map[record.ID]string
}

// of is the name of a record: its own, though it goes by another one or is
// withdrawn. One that is there no more has its id alone.
func (n names) of(ctx context.Context, id record.ID) string {
	if name, ok := n.known[id]; ok {
		return name
	}
	name := string(id)
	if node, err := n.r.View.Graph.OwnNode(ctx, n.r.Lens, id); err == nil {
		name = node.Name
	} else if list, err := n.r.View.Graph.Withdrawn(id); err == nil {
		for _, node := range list {
			if node.ID == id {
				name = node.Name
			}
		}
	}
	n.known[id] = name
	return name
}

// link reads a link as a sentence without its stop.
func (n names) link(ctx context.Context, l record.Link) string {
	return n.of(ctx, l.From) + " " + l.Type.Phrase() + " " + n.of(ctx, l.To)
}

// ruling says what was settled about identity, or reported.
func (n names) ruling(ctx context.Context, r record.Ruling) string {
	switch r.Sort {
	case record.Same:
		return n.of(ctx, r.From) + " is " + n.of(ctx, r.To)
	case record.Distinct:
		return n.of(ctx, r.From) + " is not " + n.of(ctx, r.To)
	case record.NoRecord:
		return "“" + r.Name + "” is no " + r.Kind.Label()
	}
	return "“" + r.Says + "”"
}

// Told says what a change did, with the name of what it touched when that is one
// thing: "confirmed a link: Camden joined City Tools".
func (r Reader) Told(ctx context.Context, e record.Entry) string {
	r.Lens.Proposed = true
	text := answer.Summary(e)
	if things, more := (names{r, map[record.ID]string{}}).things(ctx, e); len(things) == 1 && more == 0 {
		text += ": " + things[0].Name
	}
	return text
}

// things are what a change touched, each leading to its history, and how many more
// there are. Of a text's links to the records that it names there are many, which
// say little.
func (n names) things(ctx context.Context, e record.Entry) (list []Place, more int) {
	add := func(name, id string) {
		if len(list) == shownThings {
			more++
			return
		}
		list = append(list, Place{Name: name, Href: Reader{}.To("/history", "id", id)})
	}
	for _, effect := range e.Effects {
		switch {
		case effect.Node != nil:
			add(either(effect.Node).Name, nodeID(effect.Node))
		case effect.Link != nil && either(effect.Link).Type == record.Mentions:
		case effect.Link != nil && len(list) < shownThings:
			add(n.link(ctx, either(effect.Link)), either(effect.Link).ID)
		case effect.Link != nil:
			more++
		case effect.Ruling != nil:
			add(n.ruling(ctx, either(effect.Ruling)), either(effect.Ruling).ID)
		}
	}
	return list, more
}
