package graph

import (
	"fmt"
	"reflect"
	"slices"

	"lotigraph/record"
)

// saveNode creates a record, replaces it, or finds the one that goes by its name.
func (a *applier) saveNode(s record.SaveNode) (record.Saved, error) {
	n, before, err := a.nodeToSave(s)
	if err != nil {
		return record.Saved{}, err
	}
	if s.Handle != "" {
		defer func() { a.handles[record.ID(s.Handle)] = n }()
	}
	if before == nil {
		if s.Node.Kind() == record.WeeknoteKind || s.Node.ID == "" && s.Kind == record.WeeknoteKind {
			return record.Saved{}, record.Invalid("kind", "a weeknote comes from a text; import the text")
		}
		if n, err = a.createNode(&s.Node, s.Kind); err != nil {
			return record.Saved{}, err
		}
		return record.Saved{ID: string(s.Node.ID), Outcome: record.Created}, nil
	}
	after := s.Node
	if s.Reuse {
		after = *before
		after.Aliases = withAliases(*before, s.Node.Names())
	}
	after.ID, after.Revision, after.Withdrawn = before.ID, before.Revision, before.Withdrawn
	if after.Aliases, err = a.ownAliases(n, *before, after.Aliases); err != nil {
		return record.Saved{}, err
	}
	saved := record.Saved{ID: string(before.ID), Outcome: record.Unchanged}
	if same(*before, after) {
		return saved, nil
	}
	if before.Withdrawn {
		return saved, record.Conflict("%s was withdrawn; undo that first", before.ID)
	}
	if before.Weeknote != nil {
		return saved, record.Invalid("id", "%s is a text; import a new version of it instead", before.ID)
	}
	if after.Borough != nil && after.Borough.ONSCode != before.Borough.ONSCode {
		if err := a.freeCode(after.Borough.ONSCode); err != nil {
			return saved, err
		}
	}
	saved.Outcome = record.Changed
	return saved, a.putNode(n, before, after)
}

// nodeToSave finds the record that an operation means; nil when it is new.
func (a *applier) nodeToSave(s record.SaveNode) (ref, *record.Node, error) {
	if s.Node.ID != "" {
		n, ok, err := loadNumber(a.st, idKey(s.Node.ID))
		if err != nil || !ok {
			return 0, nil, err
		}
		node, err := a.node(n)
		return n, node, err
	}
	if !s.Reuse {
		return 0, nil, nil
	}
	for _, name := range s.Node.Names() { // the name first, then the abbreviations
		if n, node, err := a.called(name, s.Kind); err != nil || node != nil {
			return n, node, err
		}
	}
	return 0, nil, nil
}

// called finds the record of a kind that has a name, else the first that is also
// called so; nil when there is none.
func (a *applier) called(name string, kind record.Kind) (at ref, found *record.Node, err error) {
	folded := record.Fold(name)
	known, err := refs(a.st, namePrefix(folded))
	if err != nil {
		return 0, nil, err
	}
	for _, n := range known {
		node, err := a.node(n)
		switch {
		case err != nil:
			return 0, nil, err
		case node.Kind() != kind:
		case record.Fold(node.Name) == folded:
			return n, node, nil
		case found == nil && node.GoesBy(name):
			at, found = n, node
		}
	}
	return at, found, nil
}

// createNode gives a new record its id and its ref.
func (a *applier) createNode(node *record.Node, kind record.Kind) (ref, error) {
	if node.Borough != nil {
		if err := a.freeCode(node.Borough.ONSCode); err != nil {
			return 0, err
		}
	}
	if node.ID == "" {
		id, err := a.freeID(kind, node.Name)
		if err != nil {
			return 0, err
		}
		node.ID = id
	}
	n, err := a.next(metaNextNode)
	if err != nil {
		return 0, err
	}
	node.Withdrawn = false
	a.st.set(idKey(node.ID), number(n))
	return n, a.putNode(n, nil, *node)
}

// ownAliases are the aliases that a record keeps as its own: not the names of
// records merged into it, which a reader sees among them and may send back.
func (a *applier) ownAliases(n ref, before record.Node, aliases []string) ([]string, error) {
	group, err := a.group(n)
	if err != nil || len(group) == 1 {
		return aliases, err
	}
	borrowed := map[string]bool{}
	for _, m := range group {
		node, err := a.node(m)
		if err != nil {
			return nil, err
		}
		for _, name := range node.Names() {
			borrowed[record.Fold(name)] = m != n && !before.GoesBy(name)
		}
	}
	return slices.DeleteFunc(slices.Clone(aliases), func(alias string) bool { return borrowed[record.Fold(alias)] }), nil
}

// freeCode refuses a second borough of one ONS code.
func (a *applier) freeCode(code string) error {
	holders, err := refs(a.st, namePrefix(record.Fold(code)))
	if err != nil {
		return err
	}
	for _, n := range holders {
		node, err := a.node(n)
		if err != nil {
			return err
		}
		if node.Borough != nil && node.Borough.ONSCode == code {
			return record.Conflict("%s is the code of %s already", code, node.ID)
		}
	}
	return nil
}

// freeID makes an id from a name: its slug, and where that is taken the slug
// with the first number that is free.
func (a *applier) freeID(kind record.Kind, name string) (record.ID, error) {
	slug := record.Slugify(name)
	for i := 1; ; i++ {
		id := record.NewID(kind, slug)
		if i > 1 {
			id = record.NewID(kind, fmt.Sprintf("%s-%d", slug, i))
		}
		if _, taken, err := loadNumber(a.st, idKey(id)); err != nil || !taken {
			return id, err
		}
	}
}

// withAliases are the aliases of a record and those of names that it lacks.
func withAliases(n record.Node, names []string) []string {
	known := map[string]bool{}
	for _, name := range n.Names() {
		known[record.Fold(name)] = true
	}
	aliases := slices.Clone(n.Aliases)
	for _, name := range names {
		if folded := record.Fold(name); !known[folded] {
			known[folded] = true
			aliases = append(aliases, name)
		}
	}
	return aliases
}

// same tells whether two records would be stored alike.
func same(a, b record.Node) bool {
	if len(a.Aliases) == 0 && len(b.Aliases) == 0 {
		a.Aliases, b.Aliases = nil, nil
	}
	if a.Weeknote != nil && b.Weeknote != nil && len(a.Weeknote.Unknown) == 0 && len(b.Weeknote.Unknown) == 0 {
		a.Weeknote, b.Weeknote = new(*a.Weeknote), new(*b.Weeknote)
		a.Weeknote.Unknown, b.Weeknote.Unknown = nil, nil
	}
	return reflect.DeepEqual(a, b)
}
